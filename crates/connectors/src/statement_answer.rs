//! A bank that answers with a statement file (camt.05x, MT940) instead of its protocol's own records.

use domain::{Balance, BalanceKind, Currency, Defect, Statement};

use crate::{BankError, BankReply, Listed, ListedPending, RawAnswer, TransactionsPage};

/// Whether an answer is a statement file, by its media type.
pub(crate) fn is_file(answer: &RawAnswer) -> bool {
    matches!(answer.content_type.as_str(), "application/xml" | "text/xml" | "text/plain")
}

/// Reads the statements of one account. A statement in another currency is a defect.
pub(crate) fn read(answer: &RawAnswer, currency: Currency) -> Result<TransactionsPage, BankError> {
    let file = formats::read_all(&answer.body).map_err(|error| {
        let body = String::from_utf8_lossy(&answer.body).chars().take(2000).collect();
        let reply = BankReply { body, at: answer.received_at, ..BankReply::default() };
        BankError::Broken { what: error.to_string(), reply: Box::new(reply) }
    })?;
    let mut page = TransactionsPage { defects: file.defects, ..TransactionsPage::default() };
    let mut foreign = Vec::new();
    for (index, statement) in file.statements.into_iter().enumerate() {
        if statement.currency == currency {
            add(&mut page, statement);
        } else {
            let rule = format!("the account is held in {currency}");
            page.defects.push(Defect::new(format!("statement/{}", index + 1), statement.currency.code(), rule));
            foreign.push(index + 1);
        }
    }
    let own = file.pending.into_iter().filter(|pending| !foreign.contains(&pending.statement));
    page.pending = own.map(|pending| ListedPending { transaction: pending.transaction }).collect();
    Ok(page)
}

fn add(page: &mut TransactionsPage, statement: Statement) {
    for entry in statement.entries {
        page.booked.push(Listed { transaction: entry.transaction, raw: entry.raw });
    }
    let told = [statement.opening, statement.closing].into_iter().flatten().chain(statement.other_balances);
    for balance in told {
        // A file that comes in several statements repeats each day's closing balance as the next one's opening.
        let inner =
            balance.kind == BalanceKind::OpeningBooked && page.balances.iter().any(|b| closes_before(b, &balance));
        if !inner && !page.balances.contains(&balance) {
            page.balances.push(balance);
        }
    }
}

fn closes_before(earlier: &Balance, opening: &Balance) -> bool {
    earlier.kind == BalanceKind::ClosingBooked && earlier.date <= opening.date && earlier.amount == opening.amount
}
