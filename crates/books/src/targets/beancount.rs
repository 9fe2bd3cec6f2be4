//! Beancount 2 and 3. Traps: a `balance` directive holds at the beginning of its day, so the end of a day is written as
//! the next one; without a tolerance of its own a balance may be off by a cent and still pass.

use std::fmt::Write;

use async_trait::async_trait;
use domain::ToSpan;

use super::parcel::on_one_line;
use super::plain_text::{self, Sheet, facts, sheet, words};
use super::{About, Batch, Delivered, Desk, FOLDER, Halt, Parcel, Target, Title};

/// The target.
pub(crate) struct Beancount;

const ABOUT: About = About {
    title: Title::Name("Beancount"),
    settings: &[FOLDER],
    place: Some("targets-place-account"),
    identity: &["folder"],
    batch: Batch::Journal,
};

#[async_trait]
impl Target for Beancount {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    async fn check(&self, desk: &Desk<'_>) -> Result<String, Halt> {
        plain_text::check(desk).await
    }

    async fn deliver(&self, desk: &Desk<'_>, parcel: &Parcel) -> Result<Delivered, Halt> {
        let Some(whole) = &parcel.whole else { return Ok(Delivered::default()) };
        plain_text::deliver(desk, parcel, "beancount", render(&sheet(&parcel.journal, whole))).await
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn render(sheet: &Sheet<'_>) -> String {
    let mut out = String::new();
    let mut line = |text: String| {
        // Writing into a text cannot fail.
        let _ = writeln!(out, "{text}");
    };
    let commodity = sheet.commodity();
    sheet.head().iter().for_each(|head| line(format!("; {head}")));
    line(String::new());
    line(format!("{} open {} {commodity}", sheet.begins_on, sheet.account));
    line(format!("{} open {} {commodity}", sheet.begins_on, sheet.suspense));
    if let Some((day, money)) = sheet.opening {
        line(format!("{day} open {} {commodity}", sheet.equity));
        line(format!("\n{day} * \"Balance told by the bank\""));
        line(format!("  {}  {} {commodity}", sheet.account, money.decimal()));
        line(format!("  {}", sheet.equity));
    }
    for (day, told) in &sheet.days {
        for item in &told.lines {
            let (partner, label) = words(item);
            if item.taken_back {
                line(format!("\n; taken back by the bank: {day} {} {partner} {label} {}", item.amount, item.key));
                continue;
            }
            line(format!("\n{day} * {} {}", quoted(&partner), quoted(&label)));
            for (name, value) in facts(item) {
                line(format!("  {name}: {}", quoted(&value)));
            }
            line(format!("  {}  {} {commodity}", sheet.account, item.amount.decimal()));
            line(format!("  {}", sheet.suspense));
        }
        told.unproven.iter().for_each(|told| line(format!("\n; {}", on_one_line(told))));
        if let (Some(money), Ok(next)) = (told.proven, day.checked_add(1.day())) {
            line(format!("\n{next} balance {}  {} ~ 0 {commodity}", sheet.account, money.decimal()));
        }
    }
    out
}
