//! What each role may do.

use crate::store::membership::Role;

/// What an action needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Right {
    /// Looking, searching, exporting what is seen.
    See,
    /// Linking and renewing accounts, synchronizing, importing files.
    Operate,
    /// Deciding who outside reads which account: integrations, webhooks, mandates.
    Share,
    /// The organization itself, its billing, its people; unlinking an account, which erases its history.
    Manage,
    /// Deciding about owners, and the end of the organization.
    Own,
}

impl Right {
    /// Every right.
    pub const ALL: [Right; 5] = [Right::See, Right::Operate, Right::Share, Right::Manage, Right::Own];
}

impl Role {
    /// Whether a role has a right. This is the only place that says so.
    pub const fn may(self, right: Right) -> bool {
        match (self, right) {
            (Role::Owner, _) | (Role::Admin, Right::See | Right::Operate | Right::Share | Right::Manage) => true,
            (Role::Member, Right::See | Right::Operate) | (Role::Accountant, Right::See) => true,
            (Role::Admin, Right::Own)
            | (Role::Member, Right::Share | Right::Manage | Right::Own)
            | (Role::Accountant, Right::Operate | Right::Share | Right::Manage | Right::Own) => false,
        }
    }
}
