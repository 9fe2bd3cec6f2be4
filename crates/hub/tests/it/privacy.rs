//! Everything of an organization: taken along as one archive, and gone but for what a law keeps.

use std::collections::BTreeSet;

use db::Row;
use domain::OrganizationId;
use hub::privacy::{End, TABLES};
use hub::store::job;

use crate::dashboard::{PASSWORD, Walk};
use crate::testing::{Company, TestHub};

const RIGHT: &str = "correct horse battery";

/// Reads an archive with Python, which did not write it: names and, of those asked for, the content.
fn opened(archive: &[u8], shown: &str) -> (Vec<String>, String) {
    let number = archive.len();
    let file = std::env::temp_dir().join(format!("passerelle-privacy-{}-{number}.zip", std::process::id()));
    std::fs::write(&file, archive).unwrap();
    let script = "import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\n\
                  print('\\n'.join(z.namelist()))\nprint('====')\n\
                  [print(z.read(n).decode()) for n in z.namelist() if sys.argv[2] in n]";
    let told = std::process::Command::new("python3").args(["-c", script]).arg(&file).arg(shown).output().unwrap();
    std::fs::remove_file(&file).unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let told = String::from_utf8(told.stdout).unwrap();
    let (names, content) = told.split_once("====\n").unwrap();
    (names.lines().map(str::to_owned).collect(), content.to_owned())
}

async fn archive(test: &TestHub, who: &Company) -> Vec<u8> {
    test.bytes(who, "/app/privacy/export", &[("present", RIGHT)]).await
}

/// Every table of the schema that has a column for an organization.
async fn tables(test: &TestHub) -> BTreeSet<String> {
    let sql = match std::env::var("PASSERELLE_TEST_POSTGRES") {
        Ok(_) => {
            "SELECT table_name AS name FROM information_schema.columns \
                  WHERE column_name = 'organization_id' AND table_schema = 'public'"
        }
        Err(_) => {
            "SELECT m.name AS name FROM sqlite_master m JOIN pragma_table_info(m.name) c \
                   WHERE m.type = 'table' AND c.name = 'organization_id'"
        }
    };
    let rows = test.hub.db.read().await.unwrap().all(sql, &[]).await.unwrap();
    rows.iter().map(|row: &Row| row.text("name").unwrap()).collect()
}

/// How many rows of an organization each table holds, where it holds any.
async fn held(test: &TestHub, organization: OrganizationId) -> Vec<(String, i64)> {
    let mut held = Vec::new();
    for table in tables(test).await {
        let sql = format!("SELECT COUNT(*) AS n FROM {table} WHERE organization_id = $1");
        let sql: &'static str = Box::leak(sql.into_boxed_str());
        let mut tx = test.hub.db.read().await.unwrap();
        let count = tx.one(sql, &[organization.to_string().into()]).await.unwrap().int("n").unwrap();
        if count > 0 {
            held.push((table, count));
        }
    }
    held
}

#[tokio::test]
async fn every_table_with_rows_of_organizations_is_decided_about() {
    let test = TestHub::open().await;
    let mut known: BTreeSet<String> = TABLES.iter().map(|table| table.name.to_owned()).collect();
    assert_eq!(known.len(), TABLES.len());
    // The people's own; the organization is taken out of them.
    known.insert("sessions".to_owned());
    assert_eq!(
        tables(&test).await,
        known,
        "crates/hub/src/privacy/owned.rs: what is exported, and what becomes of it?"
    );
    // Every column that it names exists, and what is secret is not exported.
    let organization = OrganizationId::from_u128(7);
    for table in TABLES {
        let secret = |column: &str| ["hash", "sealed", "consent", "secret"].iter().any(|word| column.contains(word));
        let secret = |column: &str| secret(column) && column != "earlier_secret_until";
        let allowed = ["audit_entries", "audit_heads", "debit_mandates"].contains(&table.name);
        assert!(allowed || !table.columns.iter().any(|column| secret(column)), "{}", table.name);
    }
    assert_eq!(held(&test, organization).await, []);
}

#[tokio::test]
async fn an_owner_takes_everything_along() {
    let test = TestHub::that_bills().await;
    let (ana, account, token) = test.payer("ana@example.com", "BE68539007547034").await;
    test.book(ana.organization, account, 2_500).await;
    let (bob, _, _) = test.payer("bob@example.com", "BE71096123456769").await;
    test.days(30).await;
    let ana = Company { cookie: test.log_in(&ana).await, ..ana };
    for wrong in ["", "wrong horse battery"] {
        let page = test.submit(&ana, "/app/privacy/export", &[("present", wrong)]).await;
        assert!(page.body.contains("Your present password is not right."), "{}", page.body);
    }
    let bytes = archive(&test, &ana).await;
    let (names, content) = opened(&bytes, "statements/");
    let has = |start: &str| names.iter().filter(|name| name.starts_with(start)).count();
    assert_eq!((has("README.txt"), has("people.json"), has("invoices/")), (1, 1, 2), "{names:?}");
    assert_eq!(has("tables/transactions/"), 3, "2,503 rows in pages of a thousand");
    assert!(has("statements/BE68539007547034-EUR-") >= 1 && content.contains("Invoice 17"), "{names:?}");
    let (_, tables) = opened(&bytes, "tables/");
    assert!(tables.contains("BE68539007547034") && tables.contains("exported"), "its own log tells of the export");
    let everything = String::from_utf8_lossy(&bytes);
    for secret in [&token, "BE71096123456769", "bob@example.com", &bob.organization.to_string(), "argon2"] {
        assert!(!everything.contains(secret), "{secret}");
    }
    // Nobody but an owner.
    let admin = test.colleague(&ana, "admin@example.com", hub::people::Role::Admin).await;
    for path in ["/app/privacy", "/app/privacy/erase"] {
        assert_eq!(test.page(path, &admin.cookie).await.status, 403);
    }
    assert_eq!(test.submit(&admin, "/app/privacy/export", &[("present", RIGHT)]).await.status, 403);
    assert!(!test.page("/app", &admin.cookie).await.body.contains("Data and privacy"));
}

#[tokio::test]
async fn an_erased_organization_leaves_nothing_but_its_invoices() {
    let test = TestHub::that_bills().await;
    let (ana, account, token) = test.payer("ana@example.com", "BE68539007547034").await;
    let (bob, of_bob, _) = test.payer("bob@example.com", "BE71096123456769").await;
    let before_bob = held(&test, bob.organization).await;
    test.announce(ana.organization, account).await;
    test.get(&format!("/accounts/{account}/transactions"), &token).await;
    test.days(30).await;
    let ana = Company { cookie: test.log_in(&ana).await, ..ana };
    let token = test.token_of(&ana, account).await;
    test.submit(&ana, "/app/people/invitations", &[("email", "x@example.com"), ("role", "member")]).await;
    assert!(held(&test, ana.organization).await.len() > 12, "{:?}", held(&test, ana.organization).await);
    let page = test.page("/app/privacy/erase", &ana.cookie).await.body;
    assert!(
        page.contains("One linked account with") && page.contains("2 integrations") && page.contains("(1)"),
        "{page}"
    );
    let name = "Company of ana@example.com";
    for (fields, said) in [
        ([("name", "Company"), ("present", RIGHT)], "This is not the name of the organization"),
        ([("name", name), ("present", "wrong horse battery")], "Your present password is not right."),
    ] {
        let page = test.submit(&ana, "/app/privacy/erase", &fields).await;
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    let done = test.submit(&ana, "/app/privacy/erase", &[("name", name), ("present", RIGHT)]).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let kept: BTreeSet<_> = TABLES.iter().filter(|table| table.end == End::KeptByLaw).map(|table| table.name).collect();
    let left = held(&test, ana.organization).await;
    assert!(left.iter().all(|(table, _)| kept.contains(table.as_str())), "{left:?}");
    // The invoice of March, and the last one: 1 April, one day.
    assert_eq!(left, [("invoices".to_owned(), 2)]);
    assert_eq!(test.get("/accounts", &token).await.status, 401, "software is shut out");
    assert_eq!(
        test.page("/app", &ana.cookie).await.header("location"),
        "/app/organizations/new?next=%2Fapp",
        "still in"
    );
    let mail = test.mailbox("ana@example.com").await;
    assert!(mail.iter().any(|mail| mail.contains("is erased") && mail.contains("(2)")), "{mail:?}");
    let last = test.mailbox("invoices-ana@example.com").await;
    assert!(last.iter().any(|mail| mail.contains("€0.31")), "two of thirty days with VAT: {last:?}");
    // Nothing of the neighbour was touched.
    let after_bob = held(&test, bob.organization).await;
    for (table, count) in before_bob.iter().filter(|(table, _)| table != "tokens" && table != "jobs") {
        assert!(after_bob.iter().any(|(known, now)| known == table && now >= count), "{table}");
    }
    assert_eq!(test.get("/accounts", &test.token_of(&bob, of_bob).await).await.status, 200);
    // What a process wrote in that very instant goes an hour later.
    let hub = &test.hub;
    let (id, now) = (domain::JobId::new(&hub.environment), test.now());
    let late: Result<(), db::DbError> = db::write!(hub.db, tx => {
        job::add(&mut tx, id, ana.organization, "late", "late", now + domain::Span::new().hours(48)).await
    });
    late.unwrap();
    test.work().await;
    assert_eq!(held(&test, ana.organization).await.len(), 2);
    test.clock.advance_seconds(3_601);
    test.work().await;
    assert_eq!(held(&test, ana.organization).await, [("invoices".to_owned(), 2)]);
}

#[tokio::test]
async fn who_pays_for_others_cannot_end_before_that_does() {
    let test = TestHub::open().await;
    let (maker, user) = (test.company("maker@example.com").await, test.company("ana@example.com").await);
    let back = "https://books.example/".to_owned();
    let secret = vault::Secret::new("a secret that is long enough to be one".to_owned());
    test.hub.ensure_application("Bundled", "bundled", Some(&secret), std::slice::from_ref(&back)).await.unwrap();
    test.hub.set_payer("bundled", Some(maker.organization)).await.unwrap();
    // Nor while somebody may begin to use it.
    let form = [("name", "Company of maker@example.com"), ("present", RIGHT)];
    let refused = test.submit(&maker, "/app/privacy/erase", &form).await;
    assert!(refused.body.contains("pays for software that others use"), "{}", refused.body);
    let account = test.account(user.organization, "BE68539007547034", 0).await;
    test.consent(&user, ("bundled", secret.expose()), &back, &[account]).await;
    // Its users are told that they pay nothing, here and where they consent.
    let page = test.page("/app/integrations", &user.cookie).await.body;
    assert!(page.contains("Paid by the software’s maker") && !page.contains("€4.00 a month"), "{page}");
    let refused = test.submit(&maker, "/app/privacy/erase", &form).await;
    assert!(refused.body.contains("pays for software that others use"), "{}", refused.body);
    assert!(held(&test, maker.organization).await.iter().any(|(table, _)| table == "organizations"));
    // When the last one is gone, and what it used is invoiced, the operator lets the maker go.
    hub::privacy::erase(test.hub.clone(), user.organization).await.unwrap();
    let other = test.company("bob@example.com").await;
    let account = test.account(other.organization, "BE71096123456769", 0).await;
    test.consent(&other, ("bundled", secret.expose()), &back, &[account]).await;
    let known = hub::integrations::list(&test.hub, other.organization).await.unwrap()[0].integration.id;
    assert!(hub::integrations::revoke(&test.hub, other.organization, known).await.unwrap());
    test.clock.advance_seconds(31 * 86_400);
    assert!(test.hub.set_payer("bundled", None).await.is_err(), "the month before may be invoiced still");
    test.clock.advance_seconds(31 * 86_400);
    test.hub.set_payer("bundled", None).await.unwrap();
    hub::privacy::erase(test.hub.clone(), maker.organization).await.unwrap();
}

#[tokio::test]
async fn makers_pay_for_what_erased_organizations_used() {
    let test = TestHub::that_bills().await;
    let (maker, _, _) = test.payer("maker@example.com", "BE71096123456769").await;
    let user = test.company("ana@example.com").await;
    let back = "https://books.example/".to_owned();
    let secret = vault::Secret::new("a secret that is long enough to be one".to_owned());
    test.hub.ensure_application("Bundled", "bundled", Some(&secret), std::slice::from_ref(&back)).await.unwrap();
    test.hub.set_payer("bundled", Some(maker.organization)).await.unwrap();
    let account = test.account(user.organization, "BE68539007547034", 0).await;
    test.consent(&user, ("bundled", secret.expose()), &back, &[account]).await;
    test.days(9).await;
    hub::privacy::erase(test.hub.clone(), user.organization).await.unwrap();
    test.days(21).await;
    let invoice = test.invoices(&maker).await.remove(0).document;
    let brought: Vec<_> = invoice.lines.iter().filter(|line| line.software == "Bundled").collect();
    assert_eq!(brought.iter().map(|line| (line.days, line.net_minor)).collect::<Vec<_>>(), [(10, 129)]);
    assert!(brought[0].account.starts_with("Company of ana@example.com · "), "{brought:?}");
}

#[tokio::test]
async fn the_last_invoices_are_collected_by_a_mandate_that_was_never_used() {
    let test = TestHub::that_bills().await;
    let (ana, _, _) = test.payer("ana@example.com", "BE68539007547034").await;
    let good = [("holder", "Ana Peeters"), ("iban", "BE71 0961 2345 6769"), ("sure", "yes")];
    assert_eq!(test.submit(&ana, "/app/billing/debit", &good).await.status, 303);
    test.days(30).await;
    hub::privacy::erase(test.hub.clone(), ana.organization).await.unwrap();
    let due = domain::Date::constant(2026, 5, 1);
    let made = hub::billing::settle::collect(&test.hub, due).await.unwrap();
    assert_eq!(made.count, 2, "March, and one day of April");
    for invoice in test.invoices(&ana).await {
        hub::billing::settle::paid(&test.hub, &invoice.document.number, due).await.unwrap();
    }
    let kept: Vec<_> = held(&test, ana.organization).await.into_iter().map(|(table, _)| table).collect();
    assert!(kept.iter().all(|table| table.starts_with("invoice") || table == "debit_mandates"), "{kept:?}");
}

#[tokio::test]
async fn one_archive_is_written_at_a_time() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let turn = hub::privacy::turn(&test.hub).unwrap();
    let waits = test.submit(&ana, "/app/privacy/export", &[("present", RIGHT)]).await;
    assert_eq!((waits.status.as_u16(), waits.header("location")), (303, "/app/privacy"));
    drop(turn);
    assert!(!archive(&test, &ana).await.is_empty());
}

#[tokio::test]
async fn consents_end_at_the_banks_first() {
    let mut walk = Walk::begin().await;
    walk.enter("claire@atelier.example").await;
    walk.link("Banque de la Meuse").await;
    let page = walk.open("/app/privacy/erase").await;
    let page = walk.send(&page, "/app/privacy/erase", &[("name", "Atelier"), ("present", PASSWORD)]).await;
    assert!(page.text().contains("The organization is erased."), "{}", page.text());
    let mail = walk.hub.mailbox("claire@atelier.example").await;
    let told = mail.iter().find(|mail| mail.contains("is erased")).unwrap();
    assert!(!told.contains("could not be reached"), "the bank was told: {told}");

    // A bank that is away does not keep the data here, and the owner is told to go there.
    let mut walk = Walk::begin().await;
    walk.enter("claire@atelier.example").await;
    walk.link("Banque de la Meuse").await;
    walk.network.listen("bank.test", None);
    let page = walk.open("/app/privacy/erase").await;
    walk.send(&page, "/app/privacy/erase", &[("name", "Atelier"), ("present", PASSWORD)]).await;
    let mail = walk.hub.mailbox("claire@atelier.example").await;
    let told = mail.iter().find(|mail| mail.contains("is erased")).unwrap();
    assert!(told.contains("could not be reached to be told: Banque de la Meuse"), "{told}");
}
