//! People, their logins, and the organizations they work for. One plain function an action; pages and the API call
//! the same ones, so a rule stands in one place.

mod field;
mod login;
mod organization;
mod session;
mod vat;

pub use field::{FieldError, Problem};
pub use login::{LogInError, Login, PasswordChangeError, SignUpError, change_password, log_in, sign_up, start_session};
pub use organization::{
    BillingFields, OrganizationError, OrganizationFields, billing, billing_is_missing, create_organization,
    organization, organizations, set_billing, update_organization,
};
pub use session::{
    LoggedIn, choose_organization, clearing_cookie, cookie_of, log_out, log_out_everywhere, session, session_cookie,
};
pub use vat::{VatError, VatNumber};

pub use crate::store::organization::{Address, Billing, Organization, OrganizationKind};
pub use crate::store::user::User;
