use domain::{Date, Proof};
use sandbox::{Sandbox, SandboxError, Settings};

use crate::client::{Rig, environment};
use crate::truth::{amount_of, understood};

const TWO_MONTHS: [(&str, &[u8]); 2] = [
    ("february.xml", include_bytes!("../statements/february.camt053.xml")),
    ("january.xml", include_bytes!("../statements/january.camt053.xml")),
];
const BROKEN: (&str, &[u8]) = ("broken.xml", include_bytes!("../statements/does-not-add-up.camt053.xml"));

fn settings(files: &[(&str, &[u8])]) -> Settings {
    let load = files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    Settings { transactions: 500, load, ..Settings::default() }
}

#[tokio::test]
async fn statements_are_chained_whatever_the_order_of_the_files() {
    let rig = Rig::with(settings(&TWO_MONTHS));
    let control = rig.sandbox.control();
    let accounts = control.accounts("meuse").unwrap();
    let keys: Vec<&str> = accounts.iter().map(|account| account.key.as_str()).collect();
    assert_eq!(keys, ["BE68539007547034-EUR", "BE68539007547034-USD"]);
    let account = &accounts[0];
    assert_eq!(account.booked, 5);
    assert_eq!(account.opening.as_ref().unwrap().amount.decimal(), "1000.00");
    assert_eq!(account.closing.as_ref().unwrap().amount.decimal(), "1434.56");
    assert_eq!((account.first_day, account.last_day), (Date::constant(2026, 1, 1), Date::constant(2026, 2, 28)));

    let consent = rig.authorise("meuse").await;
    let resource = rig.accounts("meuse", &consent).await[0].resource_id.clone();
    let path =
        format!("/meuse/v1/accounts/{resource}/transactions?bookingStatus=booked&dateFrom=2010-01-01&withBalance=true");
    let pages = rig.pages(&consent, &path).await;
    let served: Vec<_> =
        pages.iter().flat_map(|page| page.transactions.booked.as_ref().unwrap()).map(understood).collect();
    assert_eq!(served, crate::truth::listed(&control.truth("meuse", &account.key).unwrap(), true));
    let balances = pages[0].balances.as_ref().unwrap();
    assert_eq!(amount_of(balances, "openingBooked").0.decimal(), "1000.00");
    assert_eq!(amount_of(balances, "openingBooked").1, Date::constant(2026, 1, 1));
    assert_eq!(amount_of(balances, "closingBooked").0.decimal(), "1434.56");
    assert_eq!(amount_of(balances, "closingBooked").1, Date::constant(2026, 2, 28));
    let oldest = served.last().unwrap();
    assert_eq!(oldest.details.bank_id.as_deref(), Some("REF-1"));
    assert_eq!(oldest.details.structured.as_ref().unwrap().printed(), "+++090/9337/55493+++");
    assert!(served.iter().any(|row| row.details.bank_id.is_none()), "no id is invented where the file has none");

    // The balance between the two files is known, because they follow from each other.
    let path = path.replace("2010-01-01", "2026-02-01");
    let pages = rig.pages(&consent, &path).await;
    assert_eq!(amount_of(pages[0].balances.as_ref().unwrap(), "openingBooked").0.decimal(), "1134.50");
}

#[tokio::test]
async fn what_does_not_add_up_stays_so() {
    let rig = Rig::with(settings(&[BROKEN]));
    let control = rig.sandbox.control();
    let account = &control.accounts("meuse").unwrap()[0];
    let truth = control.truth("meuse", &account.key).unwrap();
    let rows = truth.booked.iter().map(|row| row.transaction.amount);
    let proof = Proof::of(
        truth.opening.as_ref().map(|balance| balance.amount),
        rows,
        truth.closing.as_ref().map(|balance| balance.amount),
    );
    assert_eq!(proof.to_string(), "broken(5.00)");
    let consent = rig.authorise("meuse").await;
    let resource = rig.accounts("meuse", &consent).await[0].resource_id.clone();
    let path =
        format!("/meuse/v1/accounts/{resource}/transactions?bookingStatus=booked&dateFrom=2026-03-10&withBalance=true");
    let pages = rig.pages(&consent, &path).await;
    let balances = pages[0].balances.clone().unwrap();
    assert!(balances.iter().all(|balance| balance.balance_type != "openingBooked"), "the balance inside is unknown");
    let mut booked = pages.iter().flat_map(|page| page.transactions.booked.iter().flatten());
    assert!(booked.all(|row| row.balance_after_transaction.is_none()), "and so is the one after each movement");
    assert_eq!(amount_of(&balances, "closingBooked").0.decimal(), "205.00");
}

#[tokio::test]
async fn a_late_booking_moves_the_closing_of_a_loaded_account() {
    let rig = Rig::with(settings(&TWO_MONTHS));
    let control = rig.sandbox.control();
    let before = control.accounts("meuse").unwrap()[0].clone();
    let late = control.book_late("meuse", &before.key, 1).unwrap().remove(0);
    let after = control.accounts("meuse").unwrap()[0].clone();
    assert_eq!(after.booked, before.booked + 1);
    let moved = before.closing.unwrap().amount.checked_add(late.transaction.amount).unwrap();
    assert_eq!(after.closing.unwrap().amount, moved);
    assert_eq!(after.opening, before.opening);
    assert!(late.transaction.booked_on >= Date::constant(2026, 2, 18));
}

#[test]
fn other_banks_keep_their_traffic_and_the_same_file_twice_counts_once() {
    let [february, january] = TWO_MONTHS;
    let sandbox = Sandbox::open(settings(&[february, january, february]), environment().0).unwrap();
    let control = sandbox.control();
    assert_eq!(control.accounts("meuse").unwrap()[0].booked, 5);
    assert_eq!(control.accounts("lys").unwrap().len(), 2);
    assert!(control.accounts("seine").unwrap()[0].booked > 50);
}

#[test]
fn what_is_no_statement_is_named() {
    let error = Sandbox::open(settings(&[("holiday.jpg", b"\xFF\xD8\xFF\xE0 not a statement")]), environment().0);
    let error = error.err().unwrap();
    assert!(matches!(&error, SandboxError::Unreadable { name, .. } if name == "holiday.jpg"), "{error}");
}

/// A notification of one movement: its status, and its amount.
fn notification(status: &str, amount: &str) -> Vec<u8> {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn>
        <GrpHdr><MsgId>N1</MsgId><CreDtTm>2026-03-02T08:00:00</CreDtTm></GrpHdr>
        <Ntfctn><Id>N1</Id><CreDtTm>2026-03-02T08:00:00</CreDtTm><Acct><Id><IBAN>BE68539007547034</IBAN></Id><Ccy>EUR</Ccy></Acct>
        <Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>{status}</Cd></Sts>
        <BookgDt><Dt>2026-03-02</Dt></BookgDt><BkTxCd/></Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"#
    )
    .into_bytes()
}

#[test]
fn a_file_in_which_nothing_is_booked_says_what_it_holds_instead() {
    let refused =
        |bytes: &[u8]| Sandbox::open(settings(&[("note.xml", bytes)]), environment().0).err().unwrap().to_string();
    let booked = notification("BOOK", "10.00");
    assert!(Sandbox::open(settings(&[("note.xml", &booked)]), environment().0).is_ok());
    assert_eq!(
        refused(&notification("INFO", "10.00")),
        "note.xml: nothing in it is booked, neither a movement nor a balance, so there is nothing to load; announced but \
         not booked: 1"
    );
    let unreadable = refused(&notification("BOOK", "12..34"));
    assert!(unreadable.contains("; not readable: 1, the first at Ntfctn[1]/Ntry[1]/Amt: an amount is"), "{unreadable}");
    assert!(unreadable.ends_with("(12..34)"), "{unreadable}");
}

#[test]
fn a_file_that_is_missing_leaves_the_balances_around_the_gap() {
    let (_, january) = TWO_MONTHS[1];
    let sandbox = Sandbox::open(settings(&[BROKEN, ("january.xml", january)]), environment().0).unwrap();
    let control = sandbox.control();
    let key = control.accounts("meuse").unwrap()[0].key.clone();
    let bounds = |from: (i8, i8), to: (i8, i8)| {
        let day = |(month, day)| Some(Date::constant(2026, month, day));
        let truth = control.truth_between("meuse", &key, day(from), day(to)).unwrap();
        let decimal = |balance: Option<domain::Balance>| balance.map(|balance| balance.amount.decimal());
        (decimal(truth.opening), decimal(truth.closing))
    };
    let of = |opening: &str, closing: &str| (Some(opening.to_owned()), Some(closing.to_owned()));
    assert_eq!(bounds((1, 1), (1, 31)), of("1000.00", "1134.50"));
    assert_eq!(bounds((1, 10), (2, 15)), of("1200.00", "1134.50"), "inside a statement that adds up, and in the gap");
    assert_eq!(bounds((3, 1), (3, 31)), of("100.00", "205.00"));
    assert_eq!(bounds((3, 10), (3, 31)), (None, Some("205.00".to_owned())), "inside one that does not");
}
