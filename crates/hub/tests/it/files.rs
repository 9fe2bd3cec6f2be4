//! Files out and in: what is exported comes in again without being doubled, beside the bank's own interface or before it.

use axum::body::Body;
use domain::AccountId;
use http::{Request, StatusCode};
use hub::store;

use crate::dashboard::Walk;
use crate::ledger::page;
use crate::testing::{Answer, Company, TestHub};

pub const STATEMENT: &str = "\
:20:STARTUMS\r
:25:BE68539007547034\r
:28C:1/1\r
:60F:C260131EUR1000,00\r
:61:2602020202D25,50NTRFINVOICE7//B1\r
:86:Bakery Peeters invoice 7\r
:61:2602030203C100,00NTRFNONREF//B2\r
:86:Customer Janssens order 12\r
:61:2602030203C100,00NTRFNONREF//B3\r
:86:Customer Janssens order 12\r
:62F:C260203EUR1174,50\r
-\r
";

/// Sends a file as a browser does.
pub async fn upload(hub: &TestHub, company: &Company, name: &str, body: &str) -> Answer {
    let boundary = "----------formboundary";
    let text = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"account\"\r\n\r\n\r\n--{boundary}\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n{body}\r\n--{boundary}--\r\n"
    );
    let request = Request::builder()
        .method("POST")
        .uri("/app/files")
        .header("host", "hub.example")
        .header("cookie", &company.cookie)
        .header("content-type", format!("multipart/form-data; boundary={boundary}"));
    hub.send(request.body(Body::from(text)).unwrap()).await
}

/// Sends a file and opens the page that says what came of it.
async fn took(hub: &TestHub, company: &Company, name: &str, body: &str) -> (String, String) {
    let answer = upload(hub, company, name, body).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{name}: {}", answer.body);
    let path = answer.header("location").to_owned();
    let shown = page(hub, company, &path).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    (path, shown.body)
}

async fn only_account(hub: &TestHub, company: &Company) -> store::account::Account {
    let mut tx = hub.hub.db.read().await.unwrap();
    let mut known = store::account::list(&mut tx, company.organization).await.unwrap();
    assert_eq!(known.len(), 1);
    known.remove(0)
}

async fn ids(hub: &TestHub, company: &Company, account: AccountId) -> Vec<String> {
    let mut tx = hub.hub.db.read().await.unwrap();
    let (cursor, all) = (store::transaction::Cursor::Newest, store::transaction_list::Filter::default());
    let found =
        store::transaction_list::page(&mut tx, company.organization, account, all, cursor, 10_000).await.unwrap();
    let mut ids: Vec<String> = found.rows.iter().map(|row| row.id.to_string()).collect();
    ids.sort();
    ids
}

#[tokio::test]
async fn a_file_makes_a_proven_account_once_and_can_be_undone() {
    let hub = TestHub::open().await;
    let claire = hub.company("claire@atelier.example").await;
    let (path, shown) = took(&hub, &claire, "february.sta", STATEMENT).await;
    assert!(shown.contains("3 transactions read: 3 new, 0 known already."), "{shown}");
    let account = only_account(&hub, &claire).await;
    assert_eq!(account.reference, "BE68539007547034");
    assert_eq!(account.proof(), domain::Proof::Proven, "{account:?}");
    let first = ids(&hub, &claire, account.id).await;
    let (_, again) = took(&hub, &claire, "february (1).sta", STATEMENT).await;
    assert!(again.contains("3 transactions read: 0 new, 3 known already."), "{again}");
    assert_eq!(ids(&hub, &claire, account.id).await, first);
    assert!(again.contains("The same file was taken in before") && !again.contains("/undo"), "{again}");
    let one = format!("/app/accounts/{}/transactions/{}", account.id, first[0]);
    let origin = page(&hub, &claire, &one).await.body;
    assert!(origin.contains("february.sta") && origin.contains(&path), "where a row comes from: {origin}");
    for page_of in ["", "/proof", "/export"] {
        let answer = page(&hub, &claire, &format!("/app/accounts/{}{page_of}", account.id)).await;
        assert_eq!(answer.status, StatusCode::OK, "{page_of}: {}", answer.body);
        assert!(!answer.body.contains("Broken"), "{page_of}");
    }
    let mallory = hub.company("mallory@other.example").await;
    assert_eq!(page(&hub, &mallory, &path).await.status, StatusCode::NOT_FOUND);
    let undo = shown.split("action=\"").find(|part| part.contains("/undo")).unwrap().split('"').next().unwrap();
    let refused = hub.form(undo, &[("cookie", &mallory.cookie)], &[]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let reader = hub.colleague(&claire, "reader@atelier.example", store::membership::Role::Accountant).await;
    assert_eq!(hub.form(undo, &[("cookie", &reader.cookie)], &[]).await.status, StatusCode::FORBIDDEN);
    assert!(!page(&hub, &reader, &path).await.body.contains("/undo"), "nothing is offered that would be refused");
    let undone = hub.form(undo, &[("cookie", &claire.cookie)], &[]).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
    let after = only_account(&hub, &claire).await;
    assert_eq!((after.booked_count, after.booked.minor(), after.closing), (0, 0, None));
    let (_, back) = took(&hub, &claire, "february.sta", STATEMENT).await;
    assert!(back.contains("3 transactions read"), "{back}");
    assert_eq!(ids(&hub, &claire, account.id).await, first, "the same movements get their ids back");
    assert_eq!(only_account(&hub, &claire).await.proof(), domain::Proof::Proven);
    let log = page(&hub, &claire, "/app/audit").await.body;
    assert!(log.contains("uploaded a statement file") && log.contains("took a statement file back"), "{log}");
}

#[tokio::test]
async fn what_is_no_statement_is_refused_with_a_reason() {
    let hub = TestHub::open().await;
    let claire = hub.company("claire@atelier.example").await;
    let answer = upload(&hub, &claire, "photo.jpg", "JFIF nothing of a bank").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("this is not a bank statement"), "{}", answer.body);
    let mut tx = hub.hub.db.read().await.unwrap();
    assert!(store::account::list(&mut tx, claire.organization).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_earlier_file_moves_the_beginning_and_a_hole_is_a_gap() {
    let hub = TestHub::open().await;
    let claire = hub.company("claire@atelier.example").await;
    took(&hub, &claire, "february.sta", STATEMENT).await;
    let january = STATEMENT
        .replace(":60F:C260131EUR1000,00", ":60F:C251231EUR900,00")
        .replace("260202", "260110")
        .replace("260203", "260111")
        .replace("0202D", "0110D")
        .replace("0203C", "0111C")
        .replace(":62F:C260111EUR1174,50", ":62F:C260111EUR1074,50");
    took(&hub, &claire, "january.sta", &january).await;
    let account = only_account(&hub, &claire).await;
    assert_eq!(account.closing.unwrap().1.minor(), 117_450, "an older file does not turn the balance back");
    assert_eq!(account.opening.unwrap().1.minor(), 90_000);
    assert!(matches!(account.proof(), domain::Proof::Broken(gap) if gap.minor() == -7_450), "{:?}", account.proof());
    let proof = page(&hub, &claire, &format!("/app/accounts/{}/proof", account.id)).await;
    assert!(proof.body.contains("data-gaps=\"1\""), "{}", proof.body);
    assert!(!proof.body.contains("class=\"broken\""), "every day adds up; what is missing lies between them");
}

/// An account of a bank, exported by somebody who has it there.
async fn exported(walk: &mut Walk, account: &str, format: &str) -> String {
    let page = walk.open(&format!("{account}/export/file?format={format}&from=2025-11-01&to=2026-03-02")).await;
    assert_eq!(page.status, 200, "{format}: {}", page.text());
    page.html.clone()
}

#[tokio::test]
async fn a_file_of_the_same_period_brings_nothing_twice() {
    let mut walk = Walk::begin().await;
    walk.enter("claire@atelier.example").await;
    walk.link("Banque de la Meuse").await;
    let company = walk.company().await;
    let path = walk.first_account().await;
    let account = AccountId::parse(path.rsplit('/').next().unwrap()).unwrap();
    let before = ids(&walk.hub, &company, account).await;
    for format in ["camt053", "mt940", "csv", "json", "ofx"] {
        let file = exported(&mut walk, &path, format).await;
        let (_, shown) = took(&walk.hub, &company, format, &file).await;
        assert!(shown.contains(": 0 new,"), "{format}: {shown}");
        assert_eq!(ids(&walk.hub, &company, account).await, before, "{format}");
    }
    let proof = walk.open(&format!("{path}/proof")).await;
    assert!(!proof.html.contains("class=\"broken\""), "{}", proof.text());
    let pdf = walk.open(&format!("{path}/export/file?format=pdf&from=2026-02-01&to=2026-03-02")).await;
    assert!(pdf.html.starts_with("%PDF-1.4") && pdf.html.contains("Proven"), "{}", pdf.html);
}

#[tokio::test]
async fn a_bank_that_is_reached_after_its_files_finds_its_movements_known() {
    for format in ["camt053", "mt940"] {
        let mut walk = Walk::begin().await;
        walk.enter("claire@atelier.example").await;
        walk.link("Banque de la Meuse").await;
        let path = walk.first_account().await;
        let file = exported(&mut walk, &path, format).await;
        let page = walk.open("/app/profile").await;
        walk.browser.submit(&page.form("/logout").unwrap()).await.unwrap();
        walk.enter("paul@other.example").await;
        let company = walk.company().await;
        took(&walk.hub, &company, "history", &file).await;
        let account = only_account(&walk.hub, &company).await;
        let before = ids(&walk.hub, &company, account.id).await;
        assert!(before.len() > 50);
        walk.link("Banque de la Meuse").await;
        let after = ids(&walk.hub, &company, account.id).await;
        let kept = before.iter().filter(|id| after.contains(id)).count();
        assert_eq!(kept, before.len(), "{format}: no id is lost");
        let mut tx = walk.hub.hub.db.read().await.unwrap();
        let linked = store::account::get(&mut tx, company.organization, account.id).await.unwrap().unwrap();
        assert!(linked.authorization.is_some(), "the account is the same one");
        assert_eq!(linked.proof(), domain::Proof::Proven, "{format}: nothing is doubled");
    }
}

#[tokio::test]
async fn a_file_of_the_future_does_not_move_the_banks_balance() {
    let hub = TestHub::open().await;
    let claire = hub.company("claire@atelier.example").await;
    took(&hub, &claire, "february.sta", STATEMENT).await;
    let future = STATEMENT.replace(":60F:C260131", ":60F:C300131").replace("2602", "3002");
    took(&hub, &claire, "future.sta", &future.replace("EUR1174,50", "EUR9174,50")).await;
    let (day, money) = only_account(&hub, &claire).await.closing.unwrap();
    assert_eq!((day.to_string().as_str(), money.minor()), ("2026-02-03", 117_450));
}

/// The path of the form that takes a file back, from the page that says what came of it.
fn undo_of(shown: &str) -> String {
    let form = shown.split("action=\"").find(|part| part.contains("/undo"));
    form.unwrap_or_else(|| panic!("nothing to undo: {shown}")).split('"').next().unwrap().to_owned()
}

async fn take_back(hub: &TestHub, company: &Company, shown: &str) {
    let undone = hub.form(&undo_of(shown), &[("cookie", &company.cookie)], &[]).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
}

/// The same period as another program of the bank words and numbers it.
fn reworded() -> String {
    STATEMENT
        .replace("Bakery Peeters invoice 7", "BAKERY PEETERS")
        .replace("Customer Janssens order 12", "CUSTOMER JANSSENS")
        .replace("//B", "//X")
}

/// The same period and a day more.
fn longer() -> String {
    STATEMENT.replace(
        ":62F:C260203EUR1174,50",
        ":61:2602040204D4,50NTRFNONREF//B4\r\n:86:Post office\r\n:62F:C260204EUR1170,00",
    )
}

#[tokio::test]
async fn a_file_that_was_undone_and_comes_again_beside_another_doubles_nothing() {
    let hub = TestHub::open().await;
    let claire = hub.company("claire@atelier.example").await;
    let (_, first) = took(&hub, &claire, "february.sta", STATEMENT).await;
    take_back(&hub, &claire, &first).await;
    took(&hub, &claire, "reworded.sta", &reworded()).await;
    let account = only_account(&hub, &claire).await;
    assert_eq!(account.booked_count, 3);
    let standing = ids(&hub, &claire, account.id).await;
    let (_, again) = took(&hub, &claire, "february.sta", STATEMENT).await;
    assert!(again.contains("3 transactions read: 0 new, 3 known already."), "{again}");
    let account = only_account(&hub, &claire).await;
    assert_eq!((account.booked_count, account.booked.minor()), (3, 17_450));
    assert_eq!(ids(&hub, &claire, account.id).await, standing);
    assert_eq!(account.proof(), domain::Proof::Proven);
}

#[tokio::test]
async fn undoing_a_file_leaves_what_another_one_tells() {
    for other in [longer(), longer().replace("invoice 7", "").replace("order 12", "").replace("//B", "//X")] {
        let hub = TestHub::open().await;
        let claire = hub.company("claire@atelier.example").await;
        let (first_path, first) = took(&hub, &claire, "february.sta", STATEMENT).await;
        let (second_path, second) = took(&hub, &claire, "longer.sta", &other).await;
        assert!(second.contains("4 transactions read: 1 new, 3 known already."), "{second}");
        let account = only_account(&hub, &claire).await;
        let all = ids(&hub, &claire, account.id).await;
        take_back(&hub, &claire, &first).await;
        let account = only_account(&hub, &claire).await;
        assert_eq!(ids(&hub, &claire, account.id).await, all, "the other file stands, and so do its movements");
        assert_eq!((account.booked_count, account.booked.minor()), (4, 17_000));
        assert_eq!(account.proof(), domain::Proof::Proven, "{account:?}");
        assert!(!page(&hub, &claire, &first_path).await.body.contains("/undo"));
        take_back(&hub, &claire, &page(&hub, &claire, &second_path).await.body).await;
        let account = only_account(&hub, &claire).await;
        assert_eq!((account.booked_count, account.booked.minor(), account.closing), (0, 0, None));
        // What came back with a file goes with it again.
        let (_, back) = took(&hub, &claire, "february.sta", STATEMENT).await;
        assert!(back.contains("3 transactions read: 3 new"), "{back}");
        take_back(&hub, &claire, &back).await;
        assert_eq!(only_account(&hub, &claire).await.booked_count, 0);
        let mut tx = hub.hub.db.read().await.unwrap();
        let subtype = store::synchronization::Subtype::AccountTransactions;
        let latest = store::synchronization::latest_of(&mut tx, claire.organization, account.id, subtype).await;
        assert!(latest.unwrap().is_none(), "no bank was asked: nobody has to wait");
    }
}

#[tokio::test]
async fn two_statements_of_one_day_with_the_same_line_are_two() {
    let hub = TestHub::open().await;
    let claire = hub.company("claire@atelier.example").await;
    let statement = |number: u32, opening: &str, closing: &str| {
        format!(
            ":20:STARTUMS\r\n:25:BE68539007547034\r\n:28C:1/{number}\r\n:60F:C260202EUR{opening}\r\n\
             :61:2602020202D5,00NTRFNONREF\r\n:86:Coffee\r\n:62F:C260202EUR{closing}\r\n-\r\n"
        )
    };
    let file = statement(1, "1000,00", "995,00") + &statement(2, "995,00", "990,00");
    let (_, shown) = took(&hub, &claire, "coffee.sta", &file).await;
    assert!(shown.contains("2 transactions read: 2 new"), "{shown}");
    assert_eq!(only_account(&hub, &claire).await.proof(), domain::Proof::Proven);
    let (_, again) = took(&hub, &claire, "coffee again.sta", &file).await;
    assert!(again.contains("0 new, 2 known"), "{again}");
}

#[tokio::test]
async fn what_a_file_announces_or_tells_in_another_currency_is_not_booked_and_said() {
    let hub = TestHub::open().await;
    let claire = hub.company("claire@atelier.example").await;
    let entry = |amount: &str, currency: &str, status: &str| {
        format!(
            "<Ntry><Amt Ccy=\"{currency}\">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>{status}</Cd></Sts>\
             <BookgDt><Dt>2026-03-01</Dt></BookgDt></Ntry>"
        )
    };
    let balance = |kind: &str, amount: &str| {
        format!(
            "<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">{amount}</Amt>\
             <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-01</Dt></Dt></Bal>"
        )
    };
    let file = format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt>\
         <GrpHdr><MsgId>M-1</MsgId><CreDtTm>2026-03-02T06:00:00+01:00</CreDtTm></GrpHdr><Stmt><Id>S-1</Id>\
         <Acct><Id><IBAN>BE68539007547034</IBAN></Id><Ccy>EUR</Ccy></Acct>{}{}{}{}{}</Stmt></BkToCstmrStmt></Document>",
        balance("OPBD", "10.00"),
        balance("CLBD", "17.00"),
        entry("7.00", "EUR", "BOOK"),
        entry("900.00", "USD", "BOOK"),
        entry("5.00", "EUR", "PDNG"),
    );
    let (_, shown) = took(&hub, &claire, "mixed.xml", &file).await;
    assert!(shown.contains("One transaction read: 1 new"), "{shown}");
    assert!(shown.contains("data-announced=\"1\""), "{shown}");
    assert!(shown.contains("in the currency of its statement"), "{shown}");
    let account = only_account(&hub, &claire).await;
    assert_eq!((account.booked_count, account.booked.minor()), (1, 700), "dollars are no euros");
}

#[tokio::test]
async fn undoing_a_file_leaves_what_the_bank_tells_as_well() {
    for format in ["json", "mt940"] {
        let mut walk = Walk::begin().await;
        walk.enter("claire@atelier.example").await;
        walk.link("Banque de la Meuse").await;
        let path = walk.first_account().await;
        let file = walk.open(&format!("{path}/export/file?format={format}&from=2026-02-01&to=2026-03-02")).await;
        let file = file.html.clone();
        let page_of = walk.open("/app/profile").await;
        walk.browser.submit(&page_of.form("/logout").unwrap()).await.unwrap();
        walk.enter("paul@other.example").await;
        let company = walk.company().await;
        let (upload, _) = took(&walk.hub, &company, "history", &file).await;
        let account = only_account(&walk.hub, &company).await;
        walk.link("Banque de la Meuse").await;
        let told = ids(&walk.hub, &company, account.id).await;
        // Nothing is left that only the file tells, so that nothing is offered; and who has the form open loses nothing.
        let shown = page(&walk.hub, &company, &upload).await.body;
        assert!(!shown.contains("/undo"), "{format}: {shown}");
        let mut tx = walk.hub.hub.db.read().await.unwrap();
        let standing = store::file::standing(&mut tx, company.organization, account.id).await.unwrap();
        drop(tx);
        let form = format!("/app/files/{}/undo", standing[0].id);
        let undone = walk.hub.form(&form, &[("cookie", &company.cookie)], &[]).await;
        assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
        assert_eq!(ids(&walk.hub, &company, account.id).await, told, "{format}");
    }
}

const OF_MEUSE: &str = "\
<?xml version=\"1.0\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt>\
<GrpHdr><MsgId>1</MsgId><CreDtTm>2026-02-04T00:00:00Z</CreDtTm></GrpHdr><Stmt><Id>1</Id>\
<Acct><Id><IBAN>BE68539007547034</IBAN></Id><Ccy>EUR</Ccy><Svcr><FinInstnId><BICFI>MEUSBEBB</BICFI></FinInstnId></Svcr></Acct>\
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-02-02</Dt></Dt></Bal>\
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">15.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-02-03</Dt></Dt></Bal>\
<Ntry><Amt Ccy=\"EUR\">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-02-03</Dt></BookgDt></Ntry>\
</Stmt></BkToCstmrStmt></Document>";

#[tokio::test]
async fn files_go_on_with_an_account_that_was_offered_or_unlinked() {
    let hub = TestHub::open().await;
    let claire = hub.company("claire@atelier.example").await;
    let account = hub.account(claire.organization, "BE68539007547034", 0).await;
    for _ in 0..2 {
        let (organization, now) = (claire.organization, hub.now());
        let unlinked: Result<(), db::DbError> =
            db::write!(hub.hub.db, tx => { store::account::unlink(&mut tx, organization, account, now).await });
        unlinked.unwrap();
        let (_, shown) = took(&hub, &claire, "february.xml", OF_MEUSE).await;
        assert!(shown.contains("One transaction read"), "{shown}");
        let known = only_account(&hub, &claire).await;
        assert_eq!((known.id, known.is_fed_by_files(), known.booked_count), (account, true, 1));
    }
}

/// A statement of an hour: opening, movement, closing.
fn hour(number: u32, opening: &str, amount: (&str, &str), closing: &str) -> String {
    let (mark, amount) = amount;
    format!(
        ":20:STARTUMS\r\n:25:BE68539007547034\r\n:28C:7/{number}\r\n:60F:C260202EUR{opening}\r\n\
         :61:2602020202{mark}{amount}NTRFNONREF//H{number}\r\n:86:Counter {number}\r\n:62F:C260202EUR{closing}\r\n-\r\n"
    )
}

/// What holds of a day: its openings and its closings.
async fn held(hub: &TestHub, company: &Company) -> (Vec<i64>, Vec<i64>) {
    let account = only_account(hub, company).await;
    let mut tx = hub.hub.db.read().await.unwrap();
    let (organization, days) = (company.organization, (domain::Date::MIN, domain::Date::MAX));
    let told =
        store::balance::newest(&mut tx, organization, account.id, account.currency, days.0, days.1).await.unwrap();
    let (opening, closing): (Vec<_>, Vec<_>) =
        told.iter().partition(|row| row.kind == domain::BalanceKind::OpeningBooked);
    let minor = |rows: Vec<&store::balance::StoredBalance>| rows.iter().map(|row| row.amount.minor()).collect();
    (minor(opening), minor(closing))
}

#[tokio::test]
async fn of_several_files_of_a_day_the_first_opens_it_in_whatever_order_they_come() {
    let files = [
        hour(1, "1000,00", ("D", "25,50"), "974,50"),
        hour(2, "974,50", ("C", "100,00"), "1074,50"),
        hour(3, "1074,50", ("D", "4,50"), "1070,00"),
    ];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let hub = TestHub::open().await;
        let claire = hub.company("claire@atelier.example").await;
        for (sent, number) in order.into_iter().enumerate() {
            took(&hub, &claire, &format!("{number}.sta"), &files[number]).await;
            if sent == 1 && !order[..2].contains(&2) {
                assert_eq!(held(&hub, &claire).await, (vec![100_000], vec![107_450]), "{order:?}");
            }
        }
        assert_eq!(held(&hub, &claire).await, (vec![100_000], vec![107_000]), "{order:?}");
        let account = only_account(&hub, &claire).await;
        assert_eq!((account.booked_count, account.booked.minor()), (3, 7_000), "{order:?}");
        assert_eq!(account.proof(), domain::Proof::Proven, "{order:?}: {account:?}");
    }
}

#[tokio::test]
async fn a_file_that_restates_a_day_is_believed() {
    let hub = TestHub::open().await;
    let claire = hub.company("claire@atelier.example").await;
    took(&hub, &claire, "wrong.sta", &hour(1, "1000,00", ("D", "25,50"), "974,50")).await;
    took(&hub, &claire, "right.sta", &hour(1, "2000,00", ("D", "25,50"), "1974,50")).await;
    assert_eq!(held(&hub, &claire).await, (vec![200_000], vec![197_450]));
}

#[tokio::test]
async fn what_an_undone_file_asserted_is_taken_back_in_the_feed() {
    let hub = TestHub::open().await;
    let claire = hub.company("claire@atelier.example").await;
    let (_, first) = took(&hub, &claire, "february.sta", STATEMENT).await;
    let wrong = STATEMENT.replace("EUR1000,00", "EUR3000,00").replace("EUR1174,50", "EUR3174,50");
    let (_, second) = took(&hub, &claire, "wrong.sta", &wrong).await;
    let account = only_account(&hub, &claire).await;
    let feed = async || {
        let mut tx = hub.hub.db.read().await.unwrap();
        let read = store::balance::feed(&mut tx, claire.organization, account.id, account.currency, 0, 1000).await;
        read.unwrap().iter().map(|row| (row.seq, row.amount.minor(), row.withdrawn)).collect::<Vec<_>>()
    };
    let before = feed().await;
    take_back(&hub, &claire, &second).await;
    let after = feed().await;
    assert_eq!(after[..before.len()], before[..], "the feed is only appended to");
    assert_eq!(held(&hub, &claire).await, (vec![100_000], vec![117_450]), "what the other file told holds again");
    take_back(&hub, &claire, &first).await;
    assert_eq!(held(&hub, &claire).await, (vec![], vec![]));
    let end = feed().await;
    assert_eq!(end[..after.len()], after[..]);
    assert!(end[after.len()..].iter().all(|row| row.2), "{end:?}");
    assert_eq!(only_account(&hub, &claire).await.closing, None);
}

/// Movements of a history that is cut into files anywhere, days too; all of a day and an amount look alike.
fn piece(rows: &[(u32, i64)], before: i64) -> String {
    let euro = |minor: i64| format!("{},{:02}", minor.abs() / 100, minor.abs() % 100);
    let mark = |minor: i64| if minor < 0 { "D" } else { "C" };
    let entries: String = rows
        .iter()
        .map(|(day, minor)| {
            format!(":61:2602{day:02}02{day:02}{}{}NTRFNONREF\r\n:86:Counter\r\n", mark(*minor), euro(*minor))
        })
        .collect();
    let after = before + rows.iter().map(|row| row.1).sum::<i64>();
    let (first, last) = (rows[0].0, rows[rows.len() - 1].0);
    format!(
        ":20:STARTUMS\r\n:25:BE68539007547034\r\n:28C:7/1\r\n:60F:{}2602{first:02}EUR{}\r\n{entries}:62F:{}2602{last:02}EUR{}\r\n-\r\n",
        mark(before),
        euro(before),
        mark(after),
        euro(after)
    )
}

#[tokio::test]
async fn a_history_cut_into_files_at_random_comes_in_whole_in_any_order() {
    for seed in 0..12 {
        let random = domain::SeededEntropy::new(seed);
        let below = |bound: u64| usize::try_from(random.below(bound)).unwrap();
        let mut rows: Vec<(u32, i64)> = Vec::new();
        for day in 2..14 {
            rows.extend((0..below(4)).map(|_| (day, [-350, -350, -1200, 5000][below(4)])));
        }
        let mut cuts: Vec<usize> = (0..4).map(|_| 1 + below(rows.len() as u64 - 1)).chain([0, rows.len()]).collect();
        cuts.sort_unstable();
        cuts.dedup();
        let mut files: Vec<String> = Vec::new();
        for cut in cuts.windows(2) {
            let before: i64 = rows[..cut[0]].iter().map(|row| row.1).sum();
            files.push(piece(&rows[cut[0]..cut[1]], 1_000_000 + before));
        }
        match seed % 3 {
            0 => {}
            1 => files.reverse(),
            _ => files.sort_by_cached_key(|_| random.next_u64()),
        }
        let hub = TestHub::open().await;
        let claire = hub.company("claire@atelier.example").await;
        for file in files.iter().chain(&files) {
            took(&hub, &claire, "piece.sta", file).await;
        }
        let account = only_account(&hub, &claire).await;
        let sum: i64 = rows.iter().map(|row| row.1).sum();
        assert_eq!(
            (account.booked_count, account.booked.minor()),
            (i64::try_from(rows.len()).unwrap(), sum),
            "seed {seed}: {files:#?}"
        );
    }
}
