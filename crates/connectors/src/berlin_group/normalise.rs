//! Understands what a Berlin Group bank said. Pure: a raw answer in, transactions and defects out.

use domain::{
    Balance, BalanceKind, Currency, Date, Defect, Details, Iban, Money, Party, PendingTransaction, StructuredReference,
    Transaction,
};
use serde_json::Value;
use serde_json::value::RawValue;

use super::wire;
use crate::statement_answer;
use crate::{AccountsPage, BankAccount, BankError, BankReply, Listed, ListedPending, RawAnswer, TransactionsPage};

type Read<T> = Result<T, Defect>;

pub(super) fn accounts(answer: &RawAnswer) -> Result<AccountsPage, BankError> {
    let wire: wire::Accounts = json(answer)?;
    let mut page = AccountsPage::default();
    for (index, raw) in wire.accounts.into_iter().enumerate() {
        match account(&format!("accounts/{index}"), raw) {
            Ok(account) => page.accounts.push(account),
            Err(defect) => page.defects.push(defect),
        }
    }
    Ok(page)
}

fn account(path: &str, raw: &RawValue) -> Read<BankAccount> {
    let wire: wire::Account = item(path, raw)?;
    let missing = |what: &str| Defect::new(path, raw.get(), format!("an account needs {what}"));
    let (reference, reference_type) = if let Some(iban) = wire.iban {
        match Iban::parse(&iban) {
            Ok(iban) => (iban.as_str().to_owned(), "IBAN"),
            // Some card issuers put a masked number where the IBAN belongs.
            Err(_) => (iban, "MASKEDPAN"),
        }
    } else if let Some(bban) = wire.bban {
        (bban, "BBAN")
    } else if let Some(pan) = wire.masked_pan {
        (pan, "MASKEDPAN")
    } else if let Some(msisdn) = wire.msisdn {
        (msisdn, "MSISDN")
    } else if let Some(other) = wire.other.and_then(|other| given(other.identification)) {
        // A number with signs that a BBAN may not have; for software it is a domestic number all the same.
        (other, "BBAN")
    } else {
        return Err(missing("an IBAN or another reference"));
    };
    let currency = wire.currency.as_deref().map(Currency::parse);
    let Some(Ok(currency)) = currency else { return Err(missing("a currency")) };
    Ok(BankAccount {
        resource_id: wire.resource_id.ok_or_else(|| missing("a resourceId"))?,
        reference,
        reference_type,
        currency,
        subtype: match wire.cash_account_type.as_deref() {
            Some("SVGS") => "savings",
            Some("CARD") => "card",
            Some(_) | None => "checking",
        },
        name: given(wire.display_name).or(given(wire.name)),
        product: given(wire.product),
        holder_name: given(wire.owner_name),
    })
}

pub(super) fn balances(answer: &RawAnswer, currency: Currency) -> Result<TransactionsPage, BankError> {
    let wire: wire::Balances = json(answer)?;
    let mut page = TransactionsPage::default();
    read_balances(&wire.balances, currency, &mut page);
    Ok(page)
}

pub(super) fn transactions(answer: &RawAnswer, currency: Currency) -> Result<TransactionsPage, BankError> {
    if statement_answer::is_file(answer) {
        return statement_answer::read(answer, currency);
    }
    let wire: wire::Report = json(answer)?;
    let mut page = TransactionsPage { next: wire.transactions.links.next.map(wire::Link::href), ..Default::default() };
    for (index, raw) in wire.transactions.booked.iter().enumerate() {
        match booked(&format!("transactions/booked/{index}"), raw, currency) {
            Ok(transaction) => page.booked.push(Listed { transaction, raw: raw.get().to_owned() }),
            Err(defect) => page.defects.push(defect),
        }
    }
    for (index, raw) in wire.transactions.pending.iter().enumerate() {
        match pending(&format!("transactions/pending/{index}"), raw, currency) {
            Ok(transaction) => page.pending.push(ListedPending { transaction }),
            Err(defect) => page.defects.push(defect),
        }
    }
    read_balances(&wire.balances, currency, &mut page);
    Ok(page)
}

fn read_balances(raws: &[&RawValue], currency: Currency, page: &mut TransactionsPage) {
    for (index, raw) in raws.iter().enumerate() {
        match balance(&format!("balances/{index}"), raw, currency) {
            Ok(balance) => page.balances.extend(balance),
            Err(defect) => page.defects.push(defect),
        }
    }
}

/// A balance; `None` for a kind or a shape that says nothing about booked or available money of a day.
fn balance(path: &str, raw: &RawValue, currency: Currency) -> Read<Option<Balance>> {
    let wire: wire::Balance = item(path, raw)?;
    let kind = match wire.balance_type.as_deref() {
        Some("openingBooked") => BalanceKind::OpeningBooked,
        Some("closingBooked") => BalanceKind::ClosingBooked,
        Some("interimBooked") => BalanceKind::InterimBooked,
        Some("interimAvailable") => BalanceKind::Available,
        Some("forwardAvailable") => BalanceKind::ForwardAvailable,
        Some(_) | None => return Ok(None),
    };
    let told = wire.reference_date.or(wire.last_change_date_time);
    let Some(date) = told.map(|text| civil_date(path, &text)).transpose()? else { return Ok(None) };
    Ok(Some(Balance { kind, date, amount: money(path, &wire.balance_amount, currency)? }))
}

fn booked(path: &str, raw: &RawValue, currency: Currency) -> Read<Transaction> {
    let mut wire: wire::Movement = item(path, raw)?;
    let amount = money(path, &wire.transaction_amount, currency)?;
    let date = |text: Option<String>| text.map(|text| civil_date(path, &text)).transpose();
    let value_on = date(wire.value_date.take())?;
    // Without any date a movement cannot be placed in a day; today's would be a guess.
    let booked_on = date(wire.booking_date.take())?.or(value_on);
    let booked_on = booked_on.ok_or_else(|| Defect::new(path, raw.get(), "a booked movement needs a booking date"))?;
    Ok(Transaction { booked_on, value_on, amount, details: details(path, wire, amount)? })
}

fn pending(path: &str, raw: &RawValue, currency: Currency) -> Read<PendingTransaction> {
    let mut wire: wire::Movement = item(path, raw)?;
    let amount = money(path, &wire.transaction_amount, currency)?;
    // A pending movement without a readable date is still worth showing.
    let date = |text: Option<String>| text.and_then(|text| civil_date(path, &text).ok());
    let expected_on = date(wire.booking_date.take());
    let value_on = date(wire.value_date.take());
    Ok(PendingTransaction { expected_on, value_on, amount, details: details(path, wire, amount)? })
}

fn details(path: &str, wire: wire::Movement, amount: Money) -> Read<Details> {
    let exchange = wire.currency_exchange.first();
    let balance_after = wire.balance_after_transaction.map(|b| money(path, &b.balance_amount, amount.currency()));
    // The other side of money that leaves is its creditor.
    let (name, ultimate, account, agent, own) = if amount.is_debit() {
        (wire.creditor_name, wire.ultimate_creditor, wire.creditor_account, wire.creditor_agent, wire.debtor_account)
    } else {
        (wire.debtor_name, wire.ultimate_debtor, wire.debtor_account, wire.debtor_agent, wire.creditor_account)
    };
    let mut remittance: Vec<String> =
        wire.remittance_information_unstructured_array.into_iter().filter(|line| !line.trim().is_empty()).collect();
    if remittance.is_empty() {
        remittance = given(wire.remittance_information_unstructured)
            .map(|text| text.lines().map(str::to_owned).collect())
            .unwrap_or_default();
    }
    let structured = wire
        .remittance_information_structured
        .or(wire.remittance_information_structured_array.into_iter().next())
        .map(|structured| match structured {
            wire::Structured::Object { reference } | wire::Structured::Text(reference) => reference,
        });
    Ok(Details {
        counterparty: Party {
            name: given(name).or(given(ultimate)),
            account: account.and_then(reference),
            bic: given(agent),
        },
        remittance,
        structured: given(structured).map(|text| StructuredReference::parse(&text)),
        end_to_end_id: given(wire.end_to_end_id).filter(|id| id != "NOTPROVIDED"),
        mandate_id: given(wire.mandate_id),
        creditor_id: given(wire.creditor_id),
        purpose_code: given(wire.purpose_code),
        bank_transaction_code: given(wire.bank_transaction_code),
        proprietary_code: given(wire.proprietary_bank_transaction_code),
        additional_information: given(wire.additional_information),
        // A card's number stands where the own account would.
        card_reference: own.and_then(|account| given(account.masked_pan)),
        original_amount: exchange.as_ref().and_then(|e| e.instructed_amount.as_ref()).and_then(original),
        exchange_rate: exchange.and_then(|e| e.exchange_rate).map(|rate| plain(&rate)),
        fee: None,
        bank_id: given(wire.transaction_id),
        entry_reference: given(wire.entry_reference),
        balance_after: balance_after.transpose()?,
    })
}

fn reference(account: wire::PartyAccount) -> Option<String> {
    let iban = given(account.iban).map(|iban| Iban::parse(&iban).map_or(iban, |iban| iban.as_str().to_owned()));
    iban.or(given(account.bban))
        .or(given(account.masked_pan))
        .or(given(account.msisdn))
        .or(account.other.and_then(|other| given(other.identification)))
}

fn original(wire: &wire::Amount) -> Option<Money> {
    let currency = Currency::parse(&wire.currency).ok()?;
    Money::parse(&plain(&wire.amount), currency).ok()
}

fn money(path: &str, wire: &wire::Amount, expected: Currency) -> Read<Money> {
    let shown = format!("{} {}", plain(&wire.amount), wire.currency);
    let currency = Currency::parse(&wire.currency).map_err(|error| Defect::new(path, &shown, error.to_string()))?;
    if currency != expected {
        return Err(Defect::new(path, &shown, format!("the account is held in {expected}")));
    }
    Money::parse(&plain(&wire.amount), currency).map_err(|error| Defect::new(path, &shown, error.to_string()))
}

/// The text of a JSON text or number, digits untouched.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The civil date in front of a date or date-time, as written: no zone may move a movement to another day.
fn civil_date(path: &str, text: &str) -> Read<Date> {
    let date = text.trim().get(..10).and_then(|day| day.parse().ok());
    date.ok_or_else(|| Defect::new(path, text, "a date such as 2026-05-31 is expected"))
}

fn given(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn item<'a, T: serde::Deserialize<'a>>(path: &str, raw: &'a RawValue) -> Read<T> {
    serde_json::from_str(raw.get()).map_err(|error| Defect::new(path, raw.get(), error.to_string()))
}

fn json<'a, T: serde::Deserialize<'a>>(answer: &'a RawAnswer) -> Result<T, BankError> {
    serde_json::from_slice(&answer.body).map_err(|error| {
        let body = String::from_utf8_lossy(&answer.body).chars().take(2000).collect();
        let reply = BankReply { body, at: answer.received_at, ..BankReply::default() };
        BankError::Broken { what: error.to_string(), reply: Box::new(reply) }
    })
}
