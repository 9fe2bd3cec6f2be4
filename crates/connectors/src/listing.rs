use domain::{Balance, Currency, Defect, PendingTransaction, Transaction};

/// One page of a listing, understood.
#[derive(Debug, Clone, Default)]
pub struct TransactionsPage {
    /// Booked movements in the order of the bank.
    pub booked: Vec<Listed>,
    /// Movements announced but not booked.
    pub pending: Vec<ListedPending>,
    /// Balances that came with the page.
    pub balances: Vec<Balance>,
    /// What could not be understood.
    pub defects: Vec<Defect>,
    /// The link to the next page, verbatim.
    pub next: Option<String>,
}

/// A booked movement with the place it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The movement.
    pub transaction: Transaction,
    /// The text it was read from, for recognising a page that is served twice.
    pub raw: String,
}

/// A pending movement with the place it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPending {
    /// The movement.
    pub transaction: PendingTransaction,
}

/// The accounts of a consent, understood.
#[derive(Debug, Clone, Default)]
pub struct AccountsPage {
    /// The accounts.
    pub accounts: Vec<BankAccount>,
    /// What could not be understood.
    pub defects: Vec<Defect>,
}

/// One currency of one account as a bank lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankAccount {
    /// The bank's id of it in this consent; not stable at every bank.
    pub resource_id: String,
    /// IBAN without blanks, or the reference that the bank uses instead.
    pub reference: String,
    /// `IBAN`, `BBAN`, `MASKEDPAN`, `PAN` or `MSISDN`.
    pub reference_type: &'static str,
    /// Its currency.
    pub currency: Currency,
    /// `checking`, `savings`, `card` or `securities`, the words of the wire.
    pub subtype: &'static str,
    /// The name that the person gave it, or the bank's.
    pub name: Option<String>,
    /// The bank's product name.
    pub product: Option<String>,
    /// Who owns it.
    pub holder_name: Option<String>,
}
