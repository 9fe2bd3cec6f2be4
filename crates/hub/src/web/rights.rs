//! What each page and action of the dashboard needs: the one table that `visit::Member` asks. An
//! address that is not in it is refused to everybody, so nothing can be forgotten; a test compares it with the router.

use axum::http::Method;

use crate::people::Right::{self, Manage, Operate, See, Share};

/// Method, address as the router has it, and the right that it takes.
pub const RIGHTS: &[(&str, &str, Right)] = &[
    ("GET", "/app", See),
    ("GET", "/app/accounts", See),
    ("GET", "/app/accounts/{id}", See),
    ("GET", "/app/accounts/{id}/export", See),
    ("GET", "/app/accounts/{id}/export/file", See),
    ("GET", "/app/accounts/{id}/part", See),
    ("GET", "/app/accounts/{id}/proof", See),
    ("GET", "/app/accounts/{id}/raw/{raw}", See),
    ("GET", "/app/accounts/{id}/renew", Operate),
    ("POST", "/app/accounts/{id}/renew", Operate),
    ("POST", "/app/accounts/{id}/synchronize", Operate),
    ("GET", "/app/accounts/{id}/transactions/{transaction}", See),
    ("GET", "/app/accounts/{id}/unlink", Manage),
    ("POST", "/app/accounts/{id}/unlink", Manage),
    ("GET", "/app/banks/{bic}", See),
    ("POST", "/app/banks/{bic}", Operate),
    ("GET", "/app/billing", See),
    ("POST", "/app/billing", Manage),
    ("GET", "/app/institutions/{id}/report", Operate),
    ("POST", "/app/institutions/{id}/report", Operate),
    ("GET", "/app/integrations", See),
    ("GET", "/app/integrations/new", Share),
    ("POST", "/app/integrations/new", Share),
    ("GET", "/app/integrations/{id}", See),
    ("POST", "/app/integrations/{id}", Share),
    ("GET", "/app/integrations/{id}/revoke", Share),
    ("POST", "/app/integrations/{id}/revoke", Share),
    ("POST", "/app/integrations/{id}/secret", Share),
    ("GET", "/app/integrations/{id}/webhook", Share),
    ("POST", "/app/integrations/{id}/webhook", Share),
    ("POST", "/app/integrations/{id}/webhook/{event}", Share),
    ("GET", "/app/link", Operate),
    ("GET", "/app/link/attempts/{id}", Operate),
    ("POST", "/app/link/attempts/{id}", Operate),
    ("GET", "/app/link/attempts/{id}/part", Operate),
    ("GET", "/app/link/progress", Operate),
    ("GET", "/app/link/progress/part", Operate),
    ("GET", "/app/link/{institution}", Operate),
    ("POST", "/app/link/{institution}", Operate),
    ("GET", "/app/notices", See),
    ("POST", "/app/notices", Operate),
    ("POST", "/app/notices/remove", Operate),
    ("GET", "/app/organization", See),
    ("POST", "/app/organization", Manage),
    ("POST", "/app/organizations/switch", See),
    ("GET", "/app/people", See),
    ("POST", "/app/people/invitations", Manage),
    ("POST", "/app/people/invitations/{id}/withdraw", Manage),
    // Who may do what to whom also depends on both roles: `people::members` judges that.
    ("POST", "/app/people/{user}/remove", See),
    ("POST", "/app/people/{user}/role", Manage),
    ("GET", "/app/audit", See),
    ("GET", "/app/clients", See),
    ("POST", "/app/clients/links", Share),
    ("POST", "/app/clients/links/{id}/withdraw", Share),
    ("GET", "/app/clients/{mandate}", See),
    ("POST", "/app/clients/{mandate}/return", Share),
    ("POST", "/app/clients/{mandate}/integrations", Share),
    ("GET", "/app/clients/{mandate}/accounts/{account}", See),
    ("GET", "/app/mandate/{token}", Share),
    ("POST", "/app/mandate/{token}", Share),
    ("GET", "/app/representatives", See),
    ("POST", "/app/representatives/{mandate}", Share),
    ("POST", "/app/representatives/{mandate}/end", Share),
    // What protects one's own login is everybody's own affair.
    ("GET", "/app/profile/security", See),
    ("GET", "/app/profile/totp", See),
    ("POST", "/app/profile/totp", See),
    ("POST", "/app/profile/totp/off", See),
    ("POST", "/app/profile/recovery", See),
    ("POST", "/app/profile/passkeys", See),
    ("POST", "/app/profile/passkeys/{credential}/remove", See),
    ("GET", "/app/profile", See),
    ("POST", "/app/profile/log-out-everywhere", See),
    ("POST", "/app/profile/password", See),
    ("GET", "/app/renewals/{id}", Operate),
    ("POST", "/app/renewals/{id}", Operate),
    ("GET", "/app/transactions", See),
];

/// The right that a request takes; `None` when the table does not know its address.
pub fn needed(method: &Method, route: &str) -> Option<Right> {
    let method = if method == Method::HEAD { "GET" } else { method.as_str() };
    RIGHTS.iter().find(|(known, path, _)| *known == method && *path == route).map(|(_, _, right)| *right)
}
