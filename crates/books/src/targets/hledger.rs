//! hledger. Traps: in strict mode every account and commodity must be declared; assertions are checked by day and then
//! by their place in the file, so a day's balance stands after its lines; `;` ends a description and a leading
//! parenthesis begins a code.

use std::fmt::Write;

use async_trait::async_trait;

use super::parcel::on_one_line;
use super::plain_text::{self, Sheet, facts, sheet, words};
use super::{About, Batch, Delivered, Desk, FOLDER, Halt, Parcel, Target, Title};

/// The target.
pub(crate) struct Hledger;

const ABOUT: About = About {
    title: Title::Name("hledger"),
    settings: &[FOLDER],
    place: Some("targets-place-account"),
    identity: &["folder"],
    batch: Batch::Journal,
};

#[async_trait]
impl Target for Hledger {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    async fn check(&self, desk: &Desk<'_>) -> Result<String, Halt> {
        plain_text::check(desk).await
    }

    async fn deliver(&self, desk: &Desk<'_>, parcel: &Parcel) -> Result<Delivered, Halt> {
        let Some(whole) = &parcel.whole else { return Ok(Delivered::default()) };
        let sheet = sheet(&parcel.journal, whole);
        let digits = sheet.journal.currency.minor_digits() as usize;
        let declared = format!("commodity 1000.{} {}", "0".repeat(digits), sheet.commodity());
        let text = render(&sheet, &[declared]);
        plain_text::deliver(desk, parcel, "journal", text).await
    }
}

/// The journal format, which ledger reads too; what is declared differs.
pub(super) fn render(sheet: &Sheet<'_>, declared: &[String]) -> String {
    let mut out = String::new();
    let mut line = |text: String| {
        // Writing into a text cannot fail.
        let _ = writeln!(out, "{text}");
    };
    let commodity = sheet.commodity();
    sheet.head().iter().for_each(|head| line(format!("; {head}")));
    line(String::new());
    declared.iter().for_each(|told| line(told.clone()));
    let accounts = [Some(&sheet.account), Some(&sheet.suspense), sheet.opening.map(|_| &sheet.equity)];
    accounts.into_iter().flatten().for_each(|account| line(format!("account {account}")));
    if let Some((day, money)) = sheet.opening {
        let decimal = money.decimal();
        line(format!("\n{day} * Balance told by the bank"));
        line(format!("    {}  {decimal} {commodity} = {decimal} {commodity}", sheet.account));
        line(format!("    {}  {} {commodity}", sheet.equity, negated(&decimal)));
    }
    for (day, told) in &sheet.days {
        for item in &told.lines {
            let description = description(item);
            if item.taken_back {
                line(format!("\n; taken back by the bank: {day} {} {description} {}", item.amount, item.key));
                continue;
            }
            line(format!("\n{day} * {description}"));
            for (name, value) in facts(item) {
                line(format!("    ; {name}: {}", value.replace(',', ";")));
            }
            let decimal = item.amount.decimal();
            line(format!("    {}  {decimal} {commodity}", sheet.account));
            line(format!("    {}  {} {commodity}", sheet.suspense, negated(&decimal)));
        }
        told.unproven.iter().for_each(|told| line(format!("\n; {}", on_one_line(told))));
        if let Some(money) = told.proven {
            let zero = domain::Money::zero(money.currency()).decimal();
            line(format!("\n{day} * Balance told by the bank"));
            line(format!("    {}  {zero} {commodity} = {} {commodity}", sheet.account, money.decimal()));
        }
    }
    out
}

/// A decimal with its sign turned, as text: the amount of a line may be the smallest that there is.
fn negated(decimal: &str) -> String {
    match decimal.strip_prefix('-') {
        Some(positive) => positive.to_owned(),
        None if decimal.bytes().all(|b| matches!(b, b'0' | b'.')) => decimal.to_owned(),
        None => format!("-{decimal}"),
    }
}

/// Payee and note. `;` would begin a comment, and two blanks or a leading mark would be read as something else.
fn description(item: &super::Item) -> String {
    let (partner, label) = words(item);
    let clean = |text: &str| text.replace(';', ",").replace('|', "/");
    let (partner, label) = (clean(&partner), clean(&label));
    let whole = match (partner.is_empty(), label.is_empty()) {
        (false, false) => format!("{partner} | {label}"),
        (false, true) => partner,
        (true, _) => label,
    };
    let marked = whole.starts_with(['(', '*', '!', '=']);
    if marked { format!("- {whole}") } else { whole }
}
