//! People, their logins, and the organizations they work for. One plain function an action; pages and the API call
//! the same ones, so a rule stands in one place.

mod field;
mod login;
mod organization;
mod session;
mod vat;

pub use field::{FieldError, Problem};
pub use login::{LogInError, PasswordChangeError, SignUpError, change_password, log_in, sign_up};
pub use organization::{
    BillingFields, OrganizationError, OrganizationFields, billing, billing_is_missing, create_organization,
    organization, organizations, set_billing, update_organization,
};
pub use session::{LoggedIn, Login, choose_organization, cookies, log_out, log_out_everywhere, session, start_session};
pub use vat::{VatError, VatNumber};

pub use crate::store::organization::{Address, Billing, Organization, OrganizationKind};
pub use crate::store::user::User;
