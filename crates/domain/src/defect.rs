/// Something a bank or a file said that cannot be understood. It is kept and shown; it never stops its neighbours.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Defect {
    /// Where it stands: a path (`transactions/booked/3/bookingDate`) or `line:column` in a file.
    pub path: String,
    /// What stood there, shortened to 200 characters.
    pub value: String,
    /// Which rule it breaks, in a sentence a bookkeeper can read.
    pub rule: String,
}

impl Defect {
    /// A defect; the value is cut to 200 characters so that a hostile file cannot fill the store.
    pub fn new(path: impl Into<String>, value: &str, rule: impl Into<String>) -> Defect {
        Defect { path: path.into(), value: value.chars().take(200).collect(), rule: rule.into() }
    }
}
