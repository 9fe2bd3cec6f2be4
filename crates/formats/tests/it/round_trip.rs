//! Random statements, written and read back: equal as far as the format can carry them. What a format cannot carry is
//! said by its function here, and nowhere else.

use domain::{
    AccountReference, Balance, BalanceKind, Bic, Currency, Date, Details, Entry, Iban, Money, Pages, Part, Party,
    Statement, StructuredReference, Transaction,
};
use formats::Format;
use proptest::prelude::*;

const WORDS: &str = "[A-Za-z0-9éèçüÄ]([A-Za-z0-9éèçü,.()'-]{0,8}[A-Za-z0-9é])?";

/// A few words, as short as the shortest field allows.
fn text(words: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(WORDS, 1..=words).prop_map(|words| words.join(" ")).prop_filter("no reserved word", |text| {
        !matches!(text.as_str(), "NOTPROVIDED" | "NONREF" | "EREF" | "KREF" | "MARF" | "PREF")
    })
}

fn reference() -> impl Strategy<Value = String> {
    "[A-Z0-9]([A-Z0-9-]{0,12}[A-Z0-9])?".prop_filter("no reserved word", |text| {
        !matches!(text.as_str(), "NONREF" | "EREF" | "KREF" | "MARF" | "PREF" | "NOTPROVIDED")
    })
}

fn date() -> impl Strategy<Value = Date> {
    (2001i16..2060, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| Date::new(year, month, day).unwrap())
}

fn iban() -> impl Strategy<Value = Iban> {
    "[0-9]{12}".prop_map(|bban| Iban::from_national("BE", &bban).unwrap())
}

fn bic() -> impl Strategy<Value = String> {
    "[A-Z]{4}BE[A-Z0-9]{2}".prop_filter("a BIC", |text| Bic::parse(text).is_ok())
}

fn structured() -> impl Strategy<Value = StructuredReference> {
    prop_oneof![
        (0u64..10_000_000_000).prop_map(|number| {
            let check = if number % 97 == 0 { 97 } else { number % 97 };
            StructuredReference::Ogm(format!("{number:010}{check:02}"))
        }),
        "[A-Z0-9]{1,15}".prop_map(|body| {
            let digits = format!("{body}RF00");
            let rest = digits.chars().fold(0, |rest, c| {
                let value = c.to_digit(36).unwrap();
                (if value > 9 { rest * 100 } else { rest * 10 } + value) % 97
            });
            StructuredReference::Creditor(format!("RF{:02}{body}", 98 - rest))
        }),
        "[A-Z]{3}-[0-9]{3,8}".prop_map(StructuredReference::Other),
    ]
}

fn details(currency: Currency) -> impl Strategy<Value = Details> {
    let party = (prop::option::of(text(2)), prop::option::of(iban()), prop::option::of(bic()));
    let references = (
        prop::option::of(reference()),
        prop::option::of(reference()),
        prop::option::of("BE[0-9]{2}ZZZ[0-9]{10}"),
        prop::option::of(reference()),
        prop::option::of(reference()),
    );
    let texts = (prop::collection::vec(text(3), 0..3), prop::option::of(structured()), prop::option::of(text(5)));
    let codes = (
        prop::option::of("[A-Z]{4}"),
        prop::option::of(prop::sample::select(vec!["PMNT-RCDT-ESCT", "PMNT-ICDT-STDO", "ACMT-MDOP-CHRG"])),
        prop::option::of("[A-Z0-9]{4}"),
    );
    let money = (
        prop::option::of((1i64..1_000_000, prop::option::of("[1-9]\\.[0-9]{1,6}"))),
        prop::option::of(1i64..1000),
        prop::option::of("[X]{8,12}[0-9]{4}"),
    );
    (party, references, texts, codes, money).prop_map(move |(party, references, texts, codes, money)| {
        let usd = Currency::parse("USD").unwrap();
        Details {
            counterparty: Party { name: party.0, account: party.1.map(|iban| iban.to_string()), bic: party.2 },
            end_to_end_id: references.0,
            mandate_id: references.1,
            creditor_id: references.2,
            bank_id: references.3,
            entry_reference: references.4,
            remittance: texts.0,
            structured: texts.1,
            additional_information: texts.2,
            purpose_code: codes.0,
            bank_transaction_code: codes.1.map(str::to_owned),
            proprietary_code: codes.2,
            original_amount: money.0.as_ref().map(|(minor, _)| Money::new(*minor, usd)),
            exchange_rate: money.0.and_then(|(_, rate)| rate),
            fee: money.1.map(|minor| Money::new(minor, currency)),
            card_reference: money.2,
            balance_after: None,
        }
    })
}

/// Amounts that leave have an original amount that leaves.
fn signed(mut details: Details, amount: Money) -> Details {
    if amount.is_debit() {
        details.original_amount = details.original_amount.map(|original| original.checked_neg().unwrap());
    }
    details
}

fn entry(currency: Currency) -> impl Strategy<Value = Entry> {
    let amount = (-99_999_999i64..99_999_999).prop_map(move |minor| Money::new(minor, currency));
    let part = (amount.clone(), details(currency)).prop_map(|(amount, details)| Part {
        amount: Some(amount),
        // A payment inside a batch has no entry reference of its own.
        details: Details { entry_reference: None, ..signed(details, amount) },
    });
    // One part is no batch: it is the entry.
    let parts = prop_oneof![3 => Just(Vec::new()), 1 => prop::collection::vec(part, 2..4)];
    (amount, date(), prop::option::of(-20i64..20), details(currency), parts).prop_map(
        |(amount, booked_on, value, details, parts)| Entry {
            transaction: Transaction {
                booked_on,
                value_on: value.map(|days| booked_on + domain::Span::new().days(days)),
                amount,
                details: signed(details, amount),
            },
            position: 0,
            raw: String::new(),
            parts,
        },
    )
}

pub(crate) fn statement() -> impl Strategy<Value = Statement> {
    let currency = prop::sample::select(vec!["EUR", "GBP", "JPY"]).prop_map(|code| Currency::parse(code).unwrap());
    currency.prop_flat_map(move |currency| {
        let balances = (date(), date(), -9_999_999i64..9_999_999, prop::option::of(0i64..1000), prop::bool::ANY);
        let facts = (prop::option::of(reference()), 1u32..999, prop::bool::ANY, prop::option::of(text(2)), bic());
        (Just(currency), iban(), balances, facts, prop::collection::vec(entry(currency), 0..5)).prop_map(
            |(currency, iban, balances, facts, entries)| {
                let money = |minor: i64| Money::new(minor, currency);
                let (from, to) =
                    if balances.0 <= balances.1 { (balances.0, balances.1) } else { (balances.1, balances.0) };
                let sum: i64 = entries.iter().map(|entry| entry.transaction.amount.minor()).sum();
                let other =
                    balances.3.map(|minor| Balance { kind: BalanceKind::Available, date: to, amount: money(minor) });
                Statement {
                    account: AccountReference::Iban(iban),
                    currency,
                    id: facts.0,
                    number: Some(facts.1.to_string()),
                    period: balances.4.then_some((from, to)),
                    holder: facts.3,
                    servicer_bic: Some(facts.4),
                    opening: Some(Balance { kind: BalanceKind::OpeningBooked, date: from, amount: money(balances.2) }),
                    closing: Some(Balance {
                        kind: BalanceKind::ClosingBooked,
                        date: to,
                        amount: money(balances.2 + sum),
                    }),
                    other_balances: other.into_iter().collect(),
                    entries: entries
                        .into_iter()
                        .zip(1..)
                        .map(|(entry, position)| Entry { position, ..entry })
                        .collect(),
                    pages: facts.2.then_some(Pages { number: 1, last: true }),
                }
            },
        )
    })
}

/// Writes, reads back, and checks what always holds: no defect, and the same proof.
fn back(format: &str, statement: &Statement) -> Result<Statement, TestCaseError> {
    let written = Format::named(format).unwrap().write(std::slice::from_ref(statement)).unwrap();
    let file = formats::read_all(&written.bytes)
        .map_err(|error| TestCaseError::fail(format!("{error}: {}", String::from_utf8_lossy(&written.bytes))))?;
    prop_assert_eq!(&file.defects, &[], "{}", String::from_utf8_lossy(&written.bytes));
    prop_assert_eq!(file.statements.len(), 1);
    let mut read = file.statements.into_iter().next().unwrap();
    for entry in &mut read.entries {
        prop_assert!(!entry.raw.is_empty() || format == "json", "the text of an entry is kept");
        entry.raw.clear();
    }
    Ok(read)
}

/// camt.053: everything but the balance after a movement; in a batch, who and why stand in the payments.
fn in_camt053(mut statement: Statement) -> Statement {
    for entry in statement.entries.iter_mut().filter(|entry| !entry.parts.is_empty()) {
        let own = std::mem::take(&mut entry.transaction.details);
        entry.transaction.details = Details {
            entry_reference: own.entry_reference,
            bank_id: own.bank_id,
            bank_transaction_code: own.bank_transaction_code,
            proprietary_code: own.proprietary_code,
            additional_information: own.additional_information,
            original_amount: own.original_amount,
            exchange_rate: own.exchange_rate,
            fee: own.fee,
            card_reference: own.card_reference,
            ..Details::default()
        };
    }
    statement
}

/// CSV: movements with the balances and the holder of their statement.
fn in_csv(statement: Statement) -> Statement {
    let mut statement =
        Statement { id: None, period: None, servicer_bic: None, other_balances: Vec::new(), pages: None, ..statement };
    for entry in &mut statement.entries {
        entry.parts.clear();
    }
    statement
}

/// MT940: no holder, BIC, period, parts, charges; a value date always; the code is a SWIFT type and is mapped.
fn in_mt940(statement: Statement) -> Statement {
    let mut statement = Statement { period: None, holder: None, servicer_bic: None, pages: None, ..statement };
    for entry in &mut statement.entries {
        entry.parts.clear();
        let transaction = &mut entry.transaction;
        transaction.value_on = transaction.value_on.or(Some(transaction.booked_on));
        let details = &mut transaction.details;
        details.original_amount = None;
        details.exchange_rate = None;
        details.fee = None;
        details.card_reference = None;
        // Read from the type, so nothing of what was there before.
        details.bank_transaction_code = None;
        let own = details.proprietary_code.take().filter(|code| code.starts_with(['N', 'F', 'S']));
        details.proprietary_code = Some(own.unwrap_or("NMSC".to_owned()));
    }
    statement
}

/// OFX: one movement has a name, an account and one memo, and no code but CREDIT and DEBIT.
fn in_ofx(statement: Statement) -> Statement {
    let closing = statement.closing.as_ref().unwrap().date;
    let days = || statement.entries.iter().map(|entry| entry.transaction.booked_on);
    let span = (days().min().unwrap_or(closing), days().max().unwrap_or(closing));
    let period = Some(statement.period.unwrap_or(span));
    let mut statement = Statement {
        id: None,
        number: None,
        holder: None,
        servicer_bic: None,
        opening: None,
        pages: None,
        period,
        ..statement
    };
    for entry in &mut statement.entries {
        entry.parts.clear();
        let transaction = &mut entry.transaction;
        let own = std::mem::take(&mut transaction.details);
        let day = transaction.booked_on.to_string().replace('-', "");
        let memo: Vec<String> = own.structured.map(|s| s.printed()).into_iter().chain(own.remittance).collect();
        transaction.details = Details {
            counterparty: Party { bic: None, ..own.counterparty },
            remittance: if memo.is_empty() { Vec::new() } else { vec![memo.join(" ")] },
            bank_id: Some(own.bank_id.unwrap_or(format!("{day}-{}", entry.position))),
            entry_reference: own.entry_reference,
            proprietary_code: Some(if transaction.amount.is_debit() { "DEBIT" } else { "CREDIT" }.to_owned()),
            ..Details::default()
        };
    }
    statement
}

/// CODA: the communication is either structured, or a direct debit's, or one free text.
fn in_coda(statement: Statement) -> Statement {
    let mut statement = Statement { id: None, period: None, pages: None, other_balances: Vec::new(), ..statement };
    statement.number = statement.number.map(|number| format!("{:0>3}", number));
    for entry in &mut statement.entries {
        let amount = entry.transaction.amount;
        let own = std::mem::take(&mut entry.transaction.details);
        let information = own.additional_information.clone();
        entry.transaction.details = coda_details(own, amount, if entry.parts.is_empty() { '0' } else { '1' });
        let transaction = &mut entry.transaction;
        transaction.value_on = transaction.value_on.or(Some(transaction.booked_on));
        entry.transaction.details.additional_information = information;
        for part in &mut entry.parts {
            let own = std::mem::take(&mut part.details);
            part.details = coda_details(own, part.amount.unwrap(), '5');
        }
    }
    statement
}

fn coda_details(own: Details, amount: Money, kind: char) -> Details {
    let code = if amount.is_debit() { "0101000" } else { "0150000" };
    let mut details = Details {
        counterparty: own.counterparty,
        end_to_end_id: own.end_to_end_id,
        purpose_code: own.purpose_code,
        bank_id: own.bank_id,
        proprietary_code: Some(format!("{kind}{code}")),
        bank_transaction_code: Some(if amount.is_debit() { "PMNT-ICDT-ESCT" } else { "PMNT-RCDT-ESCT" }.to_owned()),
        ..Details::default()
    };
    let free = own.remittance.join(" ");
    match own.structured {
        Some(reference @ (StructuredReference::Ogm(_) | StructuredReference::Creditor(_))) => {
            details.structured = Some(reference);
        }
        Some(StructuredReference::Qr(text) | StructuredReference::Other(text)) => {
            details.remittance.push(format!("{text} {free}").trim().to_owned());
        }
        None if own.mandate_id.is_some() || own.creditor_id.is_some() => {
            details.mandate_id = own.mandate_id;
            details.creditor_id = own.creditor_id;
            let cut: String = free.chars().take(62).collect();
            details.remittance.extend(Some(cut.trim().to_owned()).filter(|text| !text.is_empty()));
        }
        None => details.remittance.extend(Some(free).filter(|text| !text.is_empty())),
    }
    details
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn json_carries_everything(statement in statement()) {
        prop_assert_eq!(back("json", &statement)?, statement);
    }

    #[test]
    fn camt053_round_trip(statement in statement()) {
        prop_assert_eq!(back("camt053", &statement)?, in_camt053(statement));
    }

    #[test]
    fn csv_round_trip(statement in statement().prop_filter("rows", |s| !s.entries.is_empty())) {
        prop_assert_eq!(back("csv", &statement)?, in_csv(statement));
    }

    #[test]
    fn mt940_round_trip(statement in statement()) {
        let mut read = back("mt940", &statement)?;
        prop_assert_eq!(read.proof(), statement.proof());
        for entry in &mut read.entries {
            entry.transaction.details.bank_transaction_code = None;
        }
        prop_assert_eq!(read, in_mt940(statement));
    }

    #[test]
    fn ofx_round_trip(statement in statement()) {
        prop_assert_eq!(back("ofx", &statement)?, in_ofx(statement));
    }

    #[test]
    fn coda_round_trip(statement in statement()) {
        let read = back("coda", &statement)?;
        prop_assert_eq!(read.proof(), statement.proof());
        prop_assert_eq!(read, in_coda(statement));
    }
}

/// Every format that is written is in the tests above; a new one without a test fails here.
#[test]
fn every_written_format_is_tested() {
    let written: Vec<&str> =
        formats::ALL.iter().filter(|format| format.is_written()).map(|format| format.name).collect();
    let mut sorted = written.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, ["camt053", "coda", "csv", "json", "mt940", "ofx"]);
}
