//! The listing is the truth, and the balances are those of the truth, whatever the clock, the window and the page size.

use domain::{Date, Details, Money, Party, Span, StructuredReference, Transaction};
use proptest::prelude::*;
use sandbox::{Settings, Truth};

use crate::client::{AccountRef, Amount, Balance, Movement, Rig};

fn number(account: Option<&AccountRef>) -> Option<String> {
    let account = account?;
    account
        .iban
        .clone()
        .or_else(|| account.bban.clone())
        .or_else(|| account.other.as_ref().map(|other| other.identification.clone()))
}

/// What a client understands of a movement.
pub fn understood(movement: &Movement) -> Transaction {
    let amount = movement.transaction_amount.money();
    let (name, account, bic, own) = if amount.is_debit() {
        (&movement.creditor_name, &movement.creditor_account, &movement.creditor_agent, &movement.debtor_account)
    } else {
        (&movement.debtor_name, &movement.debtor_account, &movement.debtor_agent, &movement.creditor_account)
    };
    let one_line = movement.remittance_information_unstructured.iter();
    let lines = movement.remittance_information_unstructured_array.iter();
    Transaction {
        booked_on: movement.booking_date.unwrap(),
        value_on: movement.value_date,
        amount,
        details: Details {
            counterparty: Party { name: name.clone(), account: number(account.as_ref()), bic: bic.clone() },
            remittance: one_line.chain(lines).cloned().collect(),
            structured: movement
                .remittance_information_structured
                .as_ref()
                .map(|structured| StructuredReference::parse(&structured.reference)),
            end_to_end_id: movement.end_to_end_id.clone(),
            mandate_id: movement.mandate_id.clone(),
            creditor_id: movement.creditor_id.clone(),
            purpose_code: movement.purpose_code.clone(),
            bank_transaction_code: movement.bank_transaction_code.clone(),
            proprietary_code: movement.proprietary_bank_transaction_code.clone(),
            additional_information: movement.additional_information.clone(),
            card_reference: own.as_ref().and_then(|own| own.masked_pan.clone()),
            original_amount: movement.entry_details.first().map(|detail| detail.transaction_amount.money()),
            exchange_rate: movement.currency_exchange.first().map(|exchange| exchange.exchange_rate.clone()),
            fee: None,
            bank_id: movement.transaction_id.clone(),
            entry_reference: movement.entry_reference.clone(),
            balance_after: movement.balance_after_transaction.as_ref().map(|b| b.balance_amount.money()),
        },
    }
}

/// The truth of a window in the order in which a bank lists it.
pub fn listed(truth: &Truth, newest_first: bool) -> Vec<Transaction> {
    let mut rows: Vec<Transaction> = truth.booked.iter().map(|row| row.transaction.clone()).collect();
    if newest_first {
        rows.reverse();
    }
    rows
}

pub fn amount_of(balances: &[Balance], kind: &str) -> (Money, Date) {
    let found: Vec<&Balance> = balances.iter().filter(|balance| balance.balance_type == kind).collect();
    let [balance] = found[..] else { panic!("one {kind} is expected in {balances:?}") };
    (balance.balance_amount.money(), balance.reference_date.unwrap())
}

fn sum(opening: Money, rows: &[Transaction]) -> Money {
    rows.iter().fold(opening, |sum, row| sum.checked_add(row.amount).unwrap())
}

/// Lists a window of every account of a bank and holds it against the truth.
async fn check(rig: &Rig, bank: &str, back: i64, length: i64, page_rows: usize) {
    let consent = rig.authorise(bank).await;
    let control = rig.sandbox.control();
    let today = rig.sandbox.control().accounts(bank).unwrap()[0].last_day;
    let from = today.saturating_sub(Span::new().days(back));
    let to = from.saturating_add(Span::new().days(length)).min(today);
    let known = control.accounts(bank).unwrap();
    for (account, state) in rig.accounts(bank, &consent).await.iter().zip(&known) {
        let path = format!(
            "/{bank}/v1/accounts/{}/transactions?bookingStatus=booked&dateFrom={from}&dateTo={to}&itemsPerPage={page_rows}&withBalance=true",
            account.resource_id
        );
        let pages = rig.pages(&consent, &path).await;
        let truth = control.truth_between(bank, &state.key, Some(from), Some(to)).unwrap();
        let served: Vec<Transaction> =
            pages.iter().flat_map(|page| page.transactions.booked.as_ref().unwrap()).map(understood).collect();
        assert_eq!(served, listed(&truth, bank != "seine"), "{bank} {} from {from} to {to}", state.key);
        assert!(pages.iter().all(|page| page.transactions.booked.as_ref().unwrap().len() <= page_rows));
        for page in &pages {
            let balances = page.balances.as_ref().unwrap();
            let (opening, _) = amount_of(balances, "openingBooked");
            let (closing, _) = amount_of(balances, "closingBooked");
            assert_eq!(sum(opening, &served), closing, "opening and movements make closing");
        }
        if bank != "lys" {
            let mut running = truth.opening.as_ref().unwrap().amount;
            for row in &truth.booked {
                running = running.checked_add(row.transaction.amount).unwrap();
                assert_eq!(row.transaction.details.balance_after, Some(running));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_listing_is_the_truth_and_adds_up(
        seed in 0u64..1_000,
        days in 0i64..120,
        back in 0i64..90,
        length in 0i64..90,
        page_rows in 1usize..60,
        late in 0u32..12,
        corrections in 0u32..4,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let rig = Rig::with(Settings { seed, transactions: 600, ..Settings::default() });
            rig.advance_days(days);
            let control = rig.sandbox.control();
            for bank in ["meuse", "lys", "seine"] {
                for account in control.accounts(bank).unwrap() {
                    control.book_late(bank, &account.key, late).unwrap();
                    for _ in 0..corrections {
                        // A quiet savings account may have nothing recent to correct.
                        let _ = control.correct(bank, &account.key, None, None);
                    }
                }
                check(&rig, bank, back, length, page_rows).await;
            }
        });
    }
}

#[tokio::test]
async fn the_demo_has_at_least_five_thousand_movements_on_the_accounts_it_links() {
    for seed in [1, 2, 77] {
        let rig = Rig::with(Settings { seed, ..Settings::default() });
        let control = rig.sandbox.control();
        let meuse: u64 = control.accounts("meuse").unwrap().iter().map(|account| account.booked).sum();
        let seine = control.accounts("seine").unwrap()[0].booked;
        assert!(meuse + seine >= 5_000, "seed {seed}: {meuse} and {seine}");
        assert!(meuse + seine < 8_000, "seed {seed}: {meuse} and {seine}");
    }
}

#[tokio::test]
async fn traffic_is_varied_and_its_numbers_are_valid() {
    let rig = Rig::with(Settings::default());
    let control = rig.sandbox.control();
    let truth = control.truth("meuse", &control.accounts("meuse").unwrap()[0].key).unwrap();
    let rows: Vec<&Transaction> = truth.booked.iter().map(|row| &row.transaction).collect();
    let count = |wanted: &dyn Fn(&Details) -> bool| rows.iter().filter(|row| wanted(&row.details)).count();
    let is_ogm = |reference: &StructuredReference| matches!(reference, StructuredReference::Ogm(digits) if domain::ogm_is_valid(digits));
    assert!(count(&|d| d.structured.as_ref().is_some_and(is_ogm)) > 500);
    assert!(count(&|d| d.mandate_id.is_some() && d.creditor_id.is_some()) > 100);
    assert!(count(&|d| d.card_reference.is_some()) > 100);
    assert!(count(&|d| d.original_amount.is_some() && d.exchange_rate.is_some()) > 5);
    assert!(count(&|d| d.purpose_code.as_deref() == Some("SALA")) >= 40);
    assert!(count(&|d| d.purpose_code.as_deref() == Some("VATX")) >= 5);
    assert!(count(&|d| d.bank_transaction_code.as_deref() == Some("PMNT-IDDT-UPDD")) > 10);
    assert!(count(&|d| d.remittance.len() > 1) > 50);
    let ibans = rows.iter().filter_map(|row| row.details.counterparty.account.as_deref());
    let foreign = ibans.filter(|iban| !domain::Iban::parse(iban).unwrap().as_str().starts_with("BE")).count();
    assert!(foreign > 20, "{foreign} counterparties abroad");
    let strip = |row: &Transaction| {
        let mut row = row.clone();
        (row.details.bank_id, row.details.entry_reference, row.details.balance_after) = (None, None, None);
        row
    };
    let twins = rows.windows(2).filter(|pair| strip(pair[0]) == strip(pair[1])).count();
    assert!(twins > 10, "{twins} twins");
    let ids: std::collections::HashSet<&str> = rows.iter().map(|row| row.details.bank_id.as_deref().unwrap()).collect();
    assert_eq!(ids.len(), rows.len(), "a bank that behaves gives every row its own id");
}

#[tokio::test]
async fn a_transfer_between_own_accounts_is_booked_on_both() {
    let rig = Rig::with(Settings::default());
    let control = rig.sandbox.control();
    let accounts = control.accounts("meuse").unwrap();
    let transfers = |key: &str| -> Vec<(Date, i64, Option<String>)> {
        let rows = control.truth("meuse", key).unwrap().booked.into_iter().map(|row| row.transaction);
        rows.filter(|row| row.details.purpose_code.as_deref() == Some("INTC"))
            .map(|row| (row.booked_on, row.amount.minor(), row.details.end_to_end_id))
            .collect()
    };
    let (one, other) = (transfers(&accounts[0].key), transfers(&accounts[1].key));
    assert!(one.len() >= 5);
    let turned: Vec<_> = other.into_iter().map(|(day, minor, id)| (day, -minor, id)).collect();
    assert_eq!(one, turned);
}

#[test]
fn amounts_are_decimals_of_the_currency() {
    let amount = Amount { currency: "EUR".into(), amount: "-12.30".into() };
    assert_eq!(amount.money().minor(), -1230);
}
