//! People, their logins, and the organizations they work for. One plain function an action; pages and the API call
//! the same ones, so a rule stands in one place.

mod entrance;
mod farewell;
mod field;
mod login;
mod mandate;
mod members;
mod organization;
mod passkey;
mod roles;
mod second_factor;
mod session;
mod throttle;
mod vat;
mod vat_digits;

pub use entrance::{
    AskError, Asked, EnterError, ask_for_password, ask_to_sign_up, finish_password, finish_sign_up, link,
};
pub use farewell::{FarewellError, Proof, erase_login, owned_alone};
pub use field::{FieldError, Problem};
pub use login::{LogInError, PasswordChangeError, SignUpError, change_password, log_in, set_language, sign_up};
pub use mandate::{
    MandateError, Represented, ask_for_mandate, change_mandate, clients, end_mandate, give_mandate, given_mandates,
    integrate, mandate_link, represented, represented_saw, return_mandate, withdraw_link,
};
pub use members::{
    AcceptError, MemberError, accept, accept_as_newcomer, invitation, invite, members, remove, role, set_role, withdraw,
};
pub(crate) use organization::having;
pub use organization::{
    BillingFields, OrganizationError, OrganizationFields, billing, billing_is_missing, create_organization,
    organization, organizations, organizations_with, set_billing, update_organization,
};
pub use passkey::{PasskeyAnswer, add_passkey, enter_by_passkey, options_to_add, options_to_enter, remove_passkey};
pub use roles::Right;
pub use second_factor::{
    FactorError, Factors, answer, check_present, disable_totp, enable_totp, factors, new_recovery_codes, new_totp,
    same_totp,
};
pub use session::{
    LoggedIn, Login, choose_organization, cookies, log_out, log_out_everywhere, session, start_session, work_for,
};
pub use throttle::{Brake, brake};
pub use vat::{VatError, VatNumber};

pub use crate::store::email_link::{EmailLink, Purpose};
pub use crate::store::membership::{Invitation, Person, Role};
pub use crate::store::organization::{Address, Billing, Organization, OrganizationKind};
pub use crate::store::representation::{Mandate, MandateLink};
pub use crate::store::second_factor::Passkey;
pub use crate::store::user::User;

/// An e-mail address as a form takes it; `None` when it is none.
pub fn email_of(text: &str) -> Option<String> {
    field::email(text).ok()
}
