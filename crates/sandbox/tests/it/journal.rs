use std::io::Write;
use std::path::PathBuf;

use domain::Date;
use sandbox::{Ending, Fault, Faults, NewAccount, Sandbox, SandboxError, Settings};

use crate::client::{Rig, environment, refused, values_of};

/// A file in a folder of this test's own.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Scratch {
        let folder = std::env::temp_dir().join(format!("sandbox-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("journal.jsonl");
        let _ = std::fs::remove_file(&path);
        Scratch(path)
    }

    fn settings(&self) -> Settings {
        Settings { transactions: 700, journal: Some(self.0.clone()), ..Settings::default() }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(self.0.parent().unwrap());
    }
}

#[tokio::test]
async fn everything_that_happened_is_there_after_a_kill() {
    let scratch = Scratch::new("replay");
    let rig = Rig::with(scratch.settings());
    let control = rig.sandbox.control();
    let consent = rig.authorise("meuse").await;
    let withdrawn = rig.authorise("lys").await;
    control.end_consent(&withdrawn, Ending::Expired).unwrap();
    let half_way = rig.ask("seine").await;
    rig.submit(&half_way.links.sca_redirect.href, "user=demo&password=demo&action=continue").await;
    rig.submit(&half_way.links.sca_redirect.href, "code=9&action=continue").await;
    let key = control.accounts("meuse").unwrap()[0].key.clone();
    control.book_late("meuse", &key, 3).unwrap();
    let corrected = control.correct("meuse", &key, None, Some("Facture rectifiée")).unwrap();
    assert_eq!(corrected.transaction.details.remittance, ["Facture rectifiée"]);
    control.reissue_ids("meuse", &key).unwrap();
    control.set_faults(Faults::none().with(Fault::Slow, 3)).unwrap();
    let new = NewAccount { name: "Projet".into(), currency: "CHF".parse().unwrap(), rows_per_day: 4, history_days: 60 };
    let added = control.add_account("seine", new).unwrap();
    assert!(added.booked > 100);
    for _ in 0..4 {
        rig.get_alone::<crate::client::Accounts>(&consent, "/meuse/v1/accounts").await.unwrap();
    }
    let known: Vec<_> = ["meuse", "lys", "seine"].iter().flat_map(|bank| control.accounts(bank).unwrap()).collect();
    let truth = control.truth("meuse", &key).unwrap();
    let consents = control.consents();

    // A kill: nothing is closed or told; the file is all that is left. The next start is on a later day.
    let (environment, clock) = environment();
    clock.advance_seconds(3600);
    let again = Rig::of(Sandbox::open(scratch.settings(), environment).unwrap(), clock);
    let control = again.sandbox.control();
    let replayed: Vec<_> = ["meuse", "lys", "seine"].iter().flat_map(|bank| control.accounts(bank).unwrap()).collect();
    assert_eq!(replayed, known);
    assert_eq!(control.truth("meuse", &key).unwrap(), truth);
    assert_eq!(control.consents(), consents);
    assert_eq!(control.faults(), Faults::none().with(Fault::Slow, 3));
    control.set_faults(Faults::none()).unwrap();
    let outcome = again.get_alone::<crate::client::Accounts>(&consent, "/meuse/v1/accounts").await;
    assert_eq!(outcome.unwrap_err(), refused(429, "ACCESS_EXCEEDED"), "the accesses are counted on");
    let page = half_way.links.sca_redirect.href;
    again.submit(&page, "code=123456&action=continue").await;
    let (_, html) = again.open(&page).await;
    assert_eq!(values_of(&html, "accounts").len(), 4, "the login goes on where it was, with the new account");
}

#[tokio::test]
async fn a_link_is_followed_after_a_restart() {
    let scratch = Scratch::new("paging");
    let rig = Rig::with(scratch.settings());
    let consent = rig.authorise("meuse").await;
    let resource = rig.accounts("meuse", &consent).await[0].resource_id.clone();
    let whole = rig.booked("meuse", &consent, &resource, "2026-08-01").await;
    let path =
        format!("/meuse/v1/accounts/{resource}/transactions?bookingStatus=booked&dateFrom=2026-08-01&itemsPerPage=9");
    let first: crate::client::Page = rig.get(&consent, &path).await.unwrap();
    let next = first.transactions.links.next.unwrap().href;
    let (environment, clock) = environment();
    let again = Rig::of(Sandbox::open(scratch.settings(), environment).unwrap(), clock);
    let second: crate::client::Page = again.get(&consent, &next).await.unwrap();
    assert_eq!(second.transactions.booked.unwrap(), whole[9..18]);
}

#[test]
fn a_history_does_not_move_when_the_bank_is_opened_later() {
    let scratch = Scratch::new("base");
    let rig = Rig::with(scratch.settings());
    let first_day = rig.sandbox.control().accounts("meuse").unwrap()[0].first_day;
    let (environment, clock) = environment();
    clock.advance_seconds(40 * 24 * 3600);
    let later = Sandbox::open(scratch.settings(), environment).unwrap();
    let account = &later.control().accounts("meuse").unwrap()[0];
    assert_eq!(account.first_day, first_day);
    assert_eq!(account.last_day, Date::constant(2026, 10, 25));
}

#[test]
fn a_torn_last_line_is_cut_and_a_broken_one_in_the_middle_is_named() {
    let scratch = Scratch::new("torn");
    let open = || Sandbox::open(scratch.settings(), environment().0);
    let control = open().unwrap().control();
    let key = control.accounts("lys").unwrap()[0].key.clone();
    control.book_late("lys", &key, 1).unwrap();
    let before = control.truth("lys", &key).unwrap();
    let mut file = std::fs::OpenOptions::new().append(true).open(&scratch.0).unwrap();
    file.write_all(br#"{"event":"late_booked","bank":"lys","acc"#).unwrap();
    let control = open().unwrap().control();
    assert_eq!(control.truth("lys", &key).unwrap(), before);
    control.book_late("lys", &key, 1).unwrap();
    assert_eq!(open().unwrap().control().truth("lys", &key).unwrap().booked.len(), before.booked.len() + 1);

    let content = std::fs::read_to_string(&scratch.0).unwrap();
    std::fs::write(&scratch.0, content.replacen("late_booked", "late_bookd", 1)).unwrap();
    match open() {
        Err(SandboxError::JournalLine { line: 2, .. }) => {}
        other => panic!("{:?}", other.err()),
    }
}

#[test]
fn a_journal_of_other_settings_is_refused() {
    let scratch = Scratch::new("other");
    Sandbox::open(scratch.settings(), environment().0).unwrap();
    let reopen = |change: fn(&mut Settings)| {
        let mut settings = scratch.settings();
        change(&mut settings);
        Sandbox::open(settings, environment().0)
    };
    let refused = |change: fn(&mut Settings), reason: &str| {
        let error = reopen(change).err().unwrap().to_string();
        assert!(error.contains(reason), "{error}");
    };
    refused(|s| s.seed = 2, "another seed");
    refused(|s| s.base = Some(Date::constant(2020, 1, 1)), "another base day");
    refused(|s| s.transactions = 1, "another amount of history");
    assert!(reopen(|_| {}).is_ok());
}
