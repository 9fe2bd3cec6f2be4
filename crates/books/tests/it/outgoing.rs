//! Statement files that leave, into a folder: they add up, they read back, and what was acknowledged is never written
//! again.

use std::collections::BTreeMap;
use std::path::Path;

use domain::{Date, Proof, TransactionId};

use crate::desk::{Desk, Engine, engines, held, offer};
use crate::provider::{Held, MEUSE, Movement};

const IBAN: &str = "BE68539007547034";

pub async fn with(engine: &Engine, account: Held) -> Desk {
    let desk = Desk::open(engine, true).await;
    desk.sign_up("claire@example.org").await;
    offer(&desk.shelf, vec![account]);
    let accounts = desk.connect(MEUSE).await;
    desk.link_all(&accounts).await;
    desk.work().await;
    desk
}

/// The files of a folder by their names.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap());
    entries.map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap())).collect()
}

pub async fn import(desk: &Desk) {
    let page = desk.get("/connections").await.body;
    let at = page.find("/connections/").unwrap();
    let connection = page[at..at + "/connections/".len() + 36].to_owned();
    desk.clock.advance_seconds(60);
    desk.post(&format!("{connection}/import"), &[]).await;
    desk.work().await;
}

fn movement(id: u128, booked_on: Date, minor: i64) -> Movement {
    Movement { id: TransactionId::from_u128(id), booked_on, minor, label: format!("late {id}") }
}

#[tokio::test]
async fn every_format_adds_up_and_reads_back() {
    for engine in engines() {
        let desk = with(&engine, held(1, MEUSE, IBAN, 40)).await;
        for (format, ending) in [("camt053", "xml"), ("coda", "cod"), ("mt940", "sta"), ("ofx", "ofx"), ("csv", "csv")]
        {
            let settings = [("name", format), ("folder", format), ("format", format), ("every", "month")];
            let page = desk.add_target("files", &settings).await;
            desk.deliver().await;
            let written = files(&desk.files().join(format));
            let names: Vec<&String> = written.keys().collect();
            let name = |number: u32, day: &str| format!("{IBAN}-EUR-{number:05}-{day}.{ending}");
            assert_eq!(names, [&name(1, "2026-01-31"), &name(2, "2026-02-28")], "{format}");
            let (mut count, mut ids) = (0, std::collections::BTreeSet::new());
            for bytes in written.values() {
                let file = formats::read_all(bytes).unwrap();
                assert!(file.defects.is_empty(), "{format}: {:?}", file.defects);
                let [statement] = file.statements.as_slice() else { panic!("{format}: one statement a file") };
                // OFX has no opening balance, so it proves nothing by itself.
                let proof = if format == "ofx" { Proof::Unproven } else { Proof::Proven };
                assert_eq!(file.summary.statements[0].proof, proof, "{format}");
                count += statement.entries.len();
                ids.extend(statement.entries.iter().filter_map(|entry| entry.transaction.details.bank_id.clone()));
            }
            assert_eq!((count, ids.len()), (40, 40), "{format}: every line once, under an id of its own");
            let shown = desk.get(&page).await.body;
            assert!(shown.contains("40 lines delivered") && shown.contains(&name(2, "2026-02-28")), "{shown}");
            // Nothing new: nothing is written, whoever asks.
            desk.post(&format!("{page}/again"), &[]).await;
            desk.deliver().await;
            assert_eq!(files(&desk.files().join(format)), written, "{format}");
        }
    }
}

#[tokio::test]
async fn a_late_line_travels_alone_and_nothing_is_rewritten() {
    for engine in engines() {
        let desk = with(&engine, held(1, MEUSE, IBAN, 40)).await;
        // Only the ends of months have balances, so a file a day would prove nothing: two files come all the same.
        let page = desk.add_target("files", &[("folder", "out"), ("every", "day")]).await;
        desk.deliver().await;
        let folder = desk.files().join("out");
        let before = files(&folder);
        assert_eq!(before.len(), 2, "{:?}", before.keys());
        {
            let mut shelf = desk.shelf.lock().unwrap();
            let account = &mut shelf.accounts[0];
            account.book(movement(77, Date::constant(2026, 2, 10), 4_242));
            let told = account.balances.last().unwrap().2;
            account.balances.push(("closingBooked", Date::constant(2026, 2, 28), told + 4_242));
        }
        import(&desk).await;
        desk.deliver().await;
        let after = files(&folder);
        assert_eq!(after.len(), 3, "{:?}: {}", after.keys(), desk.get(&page).await.body);
        assert!(before.iter().all(|(name, bytes)| after[name] == *bytes), "what was acknowledged stays");
        let file = formats::read_all(after.values().last().unwrap()).unwrap();
        let statement = &file.statements[0];
        assert_eq!(statement.entries.len(), 1);
        assert_eq!(statement.entries[0].transaction.booked_on, Date::constant(2026, 2, 10));
        let last = formats::read_all(before.values().last().unwrap()).unwrap();
        let amount = |balance: &Option<domain::Balance>| balance.as_ref().unwrap().amount;
        assert_eq!(amount(&statement.opening), amount(&last.statements[0].closing), "the files are a chain");
        assert_eq!(file.summary.statements[0].proof, Proof::Proven);
        assert_eq!(statement.number.as_deref(), Some("3"));
    }
}

#[tokio::test]
async fn what_nothing_proves_waits_or_says_so_in_its_name() {
    for engine in engines() {
        let mut account = held(1, MEUSE, IBAN, 40);
        account.balances.clear();
        let desk = with(&engine, account).await;
        let page = desk.add_target("files", &[("folder", "strict"), ("every", "month"), ("format", "csv")]).await;
        desk.deliver().await;
        assert!(files(&desk.files().join("strict")).is_empty());
        let shown = desk.get(&page).await.body;
        assert!(shown.contains("20 parked") && shown.contains("no balance that proves this file"), "{shown}");
        let settings =
            [("name", "open"), ("folder", "open"), ("every", "month"), ("format", "csv"), ("unproven", "true")];
        desk.add_target("files", &settings).await;
        desk.deliver().await;
        let written = files(&desk.files().join("open"));
        let names: Vec<&String> = written.keys().collect();
        // February ended two days ago: its balance may still come.
        assert_eq!(names, [&format!("{IBAN}-EUR-00001-2026-01-31.unproven.csv")]);
    }
}

#[tokio::test]
async fn what_does_not_add_up_is_never_written() {
    let mut account = held(1, MEUSE, IBAN, 40);
    account.balances.iter_mut().filter(|told| told.0 == "closingBooked").for_each(|told| told.2 += 1);
    let desk = with(&Engine::Sqlite, account).await;
    let settings = [("folder", "out"), ("every", "month"), ("unproven", "true")];
    let page = desk.add_target("files", &settings).await;
    desk.deliver().await;
    assert!(files(&desk.files().join("out")).is_empty());
    let shown = desk.get(&page).await.body;
    assert!(shown.contains("balances and lines do not agree") && shown.contains("0.01"), "{shown}");
    // The bank mends its balances: the same lines go by themselves when the journal is looked at again.
    {
        let mut shelf = desk.shelf.lock().unwrap();
        let account = &mut shelf.accounts[0];
        let mended: Vec<_> = account.balances.iter().filter(|told| told.0 == "closingBooked").copied().collect();
        account.balances.extend(mended.into_iter().map(|(kind, day, minor)| (kind, day, minor - 1)));
    }
    import(&desk).await;
    desk.deliver().await;
    assert_eq!(files(&desk.files().join("out")).len(), 2);
}

/// A file that was begun is the same when it is begun again, whatever the bank has said since.
#[tokio::test]
async fn a_file_that_was_begun_keeps_its_lines_and_balances() {
    for engine in engines() {
        let mut desk = with(&engine, held(1, MEUSE, IBAN, 40)).await;
        desk.add_target("files", &[("name", "model"), ("folder", "model"), ("every", "month")]).await;
        desk.deliver().await;
        let model = files(&desk.files().join("model"));
        let page = desk.add_target("files", &[("folder", "out"), ("every", "month")]).await;
        let folder = desk.files().join("out");
        std::fs::remove_dir(&folder).unwrap();
        std::fs::write(&folder, b"a file where the folder was").unwrap();
        desk.deliver().await;
        assert!(desk.get(&page).await.body.contains("A file could not be written"));
        {
            let mut shelf = desk.shelf.lock().unwrap();
            let account = &mut shelf.accounts[0];
            account.book(movement(77, Date::constant(2026, 1, 10), 4_242));
            let told: Vec<_> = account.balances.iter().filter(|told| told.0 == "closingBooked").copied().collect();
            account.balances.extend(told.into_iter().map(|(kind, day, minor)| (kind, day, minor + 4_242)));
        }
        import(&desk).await;
        std::fs::remove_file(&folder).unwrap();
        desk.reopen().await;
        desk.post(&format!("{page}/again"), &[]).await;
        desk.deliver().await;
        let written = files(&folder);
        let first = model.keys().next().unwrap();
        assert_eq!(written[first], model[first], "the file that was begun");
        let entries = |bytes: &Vec<u8>| formats::read_all(bytes).unwrap().statements[0].entries.len();
        assert_eq!(written.values().map(entries).sum::<usize>(), 41, "{:?}", written.keys());
        let proofs = written.values().map(|bytes| formats::read_all(bytes).unwrap().summary.statements[0].proof);
        assert!({ proofs }.all(|proof| proof == Proof::Proven), "{:?}", written.keys());
    }
}

#[tokio::test]
async fn a_file_that_is_there_is_recognised_and_another_is_not_written_over() {
    let desk = with(&Engine::Sqlite, held(1, MEUSE, IBAN, 40)).await;
    desk.add_target("files", &[("folder", "one"), ("every", "month")]).await;
    desk.deliver().await;
    let written = files(&desk.files().join("one"));
    // As after a crash between the writing and the acknowledgement, for the first; somebody else's file, for the second.
    let two = desk.files().join("two");
    std::fs::create_dir_all(&two).unwrap();
    let (first, second) = (written.keys().next().unwrap(), written.keys().last().unwrap());
    std::fs::write(two.join(first), &written[first]).unwrap();
    std::fs::write(two.join(second), b"mine").unwrap();
    let page = desk.add_target("files", &[("name", "two"), ("folder", "two"), ("every", "month")]).await;
    desk.deliver().await;
    let shown = desk.get(&page).await.body;
    assert!(shown.contains("20 lines delivered") && shown.contains("holds something else"), "{shown}");
    assert_eq!(files(&two)[second], b"mine");
    std::fs::remove_file(two.join(second)).unwrap();
    desk.post(&format!("{page}/again"), &[]).await;
    desk.deliver().await;
    assert_eq!(files(&two), written);
}

#[tokio::test]
async fn actual_gets_ofx_and_a_target_can_be_removed() {
    for engine in engines() {
        let desk = with(&engine, held(1, MEUSE, IBAN, 10)).await;
        let page = desk.add_target("actual", &[("folder", "actual"), ("every", "month")]).await;
        desk.deliver().await;
        let written = files(&desk.files().join("actual"));
        assert!(written.len() == 2 && written.keys().all(|name| name.ends_with(".ofx")), "{:?}", written.keys());
        let text = String::from_utf8(written.values().next().unwrap().clone()).unwrap();
        assert_eq!(text.matches("<FITID>").count(), 5, "{text}");

        assert!(desk.get(&format!("{page}/remove")).await.body.contains("What it received stays as it is"));
        desk.sign_up("mallory@example.org").await;
        assert_eq!(desk.get(&format!("{page}/remove")).await.status, 404);
        assert_eq!(desk.post(&format!("{page}/remove"), &[]).await.status, 404);
        desk.log_in("claire@example.org").await;
        assert_eq!(desk.post(&format!("{page}/remove"), &[]).await.location, "/targets");
        assert_eq!(desk.get(&page).await.status, 404);
        assert_eq!(files(&desk.files().join("actual")), written);
        // Added again, it finds what is there.
        let page = desk.add_target("actual", &[("folder", "actual"), ("every", "month")]).await;
        desk.deliver().await;
        assert_eq!(files(&desk.files().join("actual")), written);
        assert!(desk.get(&page).await.body.contains("10 lines delivered"));
    }
}
