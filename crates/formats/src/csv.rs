//! CSV (being written).
/// A CSV profile.
#[derive(Debug, Clone)]
pub struct Profile;
/// Why a profile is refused.
#[derive(Debug, thiserror::Error)]
#[error("CSV profiles are not read yet")]
pub struct ProfileError;
impl Profile {
    /// Reads TOML.
    pub fn parse(_text: &str) -> Result<Profile, ProfileError> {
        Err(ProfileError)
    }
}
