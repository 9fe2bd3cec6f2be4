use domain::{Balance, BalanceKind, Date, Money};

/// The bank's balances around a listing.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// Before the first movement.
    pub opening: (Date, Money),
    /// After the last one.
    pub closing: (Date, Money),
}

impl Frame {
    /// The earliest opening and the latest closing balance that came with a listing.
    pub fn of(balances: &[Balance]) -> Option<Frame> {
        let dated = |kind| balances.iter().filter(move |balance| balance.kind == kind).map(|b| (b.date, b.amount));
        let opening = dated(BalanceKind::OpeningBooked).min_by_key(|(day, _)| *day)?;
        let closing = dated(BalanceKind::ClosingBooked).max_by_key(|(day, _)| *day)?;
        Some(Frame { opening, closing })
    }

    /// Whether the movements lead from the opening to the closing balance.
    pub fn holds(&self, amounts: impl IntoIterator<Item = Money>) -> bool {
        domain::Proof::of(Some(self.opening.1), amounts, Some(self.closing.1)) == domain::Proof::Proven
    }
}
