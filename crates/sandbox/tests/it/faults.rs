use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sandbox::{Fault, Faults, Settings};

use crate::client::{Accounts, Page, Rig, refused};
use crate::truth::understood;

const FROM: &str = "2026-08-01";

/// A rig with one account, its consent and resource id, and faults set after the login.
async fn rig_with(bank: &str, faults: Faults) -> (Rig, String, String, String) {
    let rig = Rig::new();
    let consent = rig.authorise(bank).await;
    let resource = rig.accounts(bank, &consent).await[0].resource_id.clone();
    let key = rig.sandbox.control().accounts(bank).unwrap()[0].key.clone();
    rig.sandbox.control().set_faults(faults).unwrap();
    (rig, consent, resource, key)
}

fn always(fault: Fault) -> Faults {
    Faults::none().with(fault, 100)
}

fn path(bank: &str, resource: &str, status: &str) -> String {
    format!("/{bank}/v1/accounts/{resource}/transactions?bookingStatus={status}&dateFrom={FROM}&itemsPerPage=20")
}

#[tokio::test]
async fn a_page_comes_twice_and_the_listing_goes_on() {
    let (rig, consent, resource, key) = rig_with("meuse", always(Fault::PageTwice)).await;
    let truth = rig.sandbox.control().truth_between("meuse", &key, FROM.parse().ok(), None).unwrap();
    let pages = rig.pages(&consent, &path("meuse", &resource, "booked")).await;
    let rows: Vec<_> = pages.iter().map(|page| page.transactions.booked.as_ref().unwrap()).collect();
    assert!(rows.len() >= 4 && rows.len() % 2 == 0);
    assert!(rows.chunks(2).all(|pair| pair[0] == pair[1]), "each page comes exactly twice");
    let once: Vec<_> = rows.iter().step_by(2).flat_map(|rows| rows.iter()).map(understood).collect();
    assert_eq!(once, crate::truth::listed(&truth, true));
}

#[tokio::test]
async fn half_a_page_is_no_json() {
    let (rig, consent, resource, _) = rig_with("meuse", always(Fault::HalfPage)).await;
    let headers = [("Consent-ID", consent.as_str()), ("PSU-IP-Address", "192.0.2.7")];
    let answer = rig.raw("GET", &path("meuse", &resource, "booked"), &headers, "").await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(!answer.body().is_empty());
    assert!(serde_json::from_slice::<serde_json::Value>(answer.body()).is_err());
}

#[tokio::test]
async fn a_dropped_connection_is_an_error_of_the_network() {
    let (rig, consent, resource, _) = rig_with("meuse", always(Fault::ConnectionDrop)).await;
    let headers = [("Consent-ID", consent.as_str()), ("PSU-IP-Address", "192.0.2.7")];
    let request_path = path("meuse", &resource, "booked");
    let mut request = axum::http::Request::get(format!("http://{}{request_path}", crate::client::HOST))
        .header("X-Request-ID", "99391c7e-ad88-49ec-a2ad-99ddcb1f7721");
    for (name, value) in headers {
        request = request.header(name, value);
    }
    assert!(rig.send(request.body(bytes::Bytes::new()).unwrap()).await.is_err());
}

#[tokio::test]
async fn refusals_come_with_the_standards_codes() {
    for (fault, status, code) in [
        (Fault::TooManyRequests, 429, "ACCESS_EXCEEDED"),
        (Fault::ServerError, 500, "INTERNAL_SERVER_ERROR"),
        (Fault::ConsentEnded, 401, "CONSENT_INVALID"),
    ] {
        let (rig, consent, resource, _) = rig_with("seine", always(fault)).await;
        let outcome = rig.get::<Page>(&consent, &path("seine", &resource, "booked")).await;
        assert_eq!(outcome.unwrap_err(), refused(status, code));
        let ended = fault == Fault::ConsentEnded;
        let status = if ended { "revokedByPsu" } else { "valid" };
        assert_eq!(rig.consent_status("seine", &consent).await, status);
        rig.sandbox.control().set_faults(Faults::none()).unwrap();
        assert_eq!(rig.get::<Accounts>(&consent, "/seine/v1/accounts").await.is_err(), ended);
        assert_eq!(rig.sandbox.control().exceeded(), 0, "a faulty refusal is not the client's doing");
    }
}

#[tokio::test]
async fn a_late_booking_and_a_correction_are_seen_by_the_next_listing_and_are_true() {
    let faults = always(Fault::LateBooking).with(Fault::TextCorrected, 100);
    let (rig, consent, resource, key) = rig_with("meuse", faults).await;
    let first = rig.booked("meuse", &consent, &resource, FROM).await;
    rig.sandbox.control().set_faults(Faults::none()).unwrap();
    let second = rig.booked("meuse", &consent, &resource, FROM).await;
    assert_eq!(second.len(), first.len() + 1);
    let truth = rig.sandbox.control().truth_between("meuse", &key, FROM.parse().ok(), None).unwrap();
    assert_eq!(second.iter().map(understood).collect::<Vec<_>>(), crate::truth::listed(&truth, true));
    let texts = |rows: &[crate::client::Movement]| -> Vec<Option<String>> {
        rows.iter().map(|row| row.remittance_information_unstructured.clone()).collect()
    };
    assert!(texts(&second).iter().flatten().any(|text| text.contains("(corr. ")));
    assert!(!texts(&first).iter().flatten().any(|text| text.contains("(corr. ")));
    let late = truth.booked.iter().find(|row| row.row.contains("late-")).unwrap();
    let age = (domain::Date::constant(2026, 9, 15) - late.transaction.booked_on).get_days();
    assert!((0..=10).contains(&age), "dated {age} days back");
}

#[tokio::test]
async fn a_redated_movement_crosses_the_day_a_fortnight_ago_under_its_id() {
    for bank in ["meuse", "lys"] {
        let (rig, consent, resource, key) = rig_with(bank, always(Fault::Redated)).await;
        let first = rig.booked(bank, &consent, &resource, FROM).await;
        rig.sandbox.control().set_faults(Faults::none()).unwrap();
        let second = rig.booked(bank, &consent, &resource, FROM).await;
        assert_eq!(second.len(), first.len());
        let truth = rig.sandbox.control().truth_between(bank, &key, FROM.parse().ok(), None).unwrap();
        assert_eq!(second.iter().map(understood).collect::<Vec<_>>(), crate::truth::listed(&truth, true));
        let sum: i64 = truth.booked.iter().map(|row| row.transaction.amount.minor()).sum();
        let (opening, closing) = (truth.opening.unwrap().amount.minor(), truth.closing.unwrap().amount.minor());
        assert_eq!(opening + sum, closing, "the balances follow");
        // The name of a row within the bank tells on which day it was booked first.
        let first_day = |row: &str| row.split('.').next().unwrap().parse::<domain::Date>().unwrap();
        let moved: Vec<_> =
            truth.booked.iter().filter(|row| first_day(&row.row) != row.transaction.booked_on).collect();
        let [moved] = moved.as_slice() else { panic!("not one row moved: {moved:?}") };
        let edge = domain::Date::constant(2026, 9, 1);
        assert_ne!(first_day(&moved.row) < edge, moved.transaction.booked_on < edge, "{moved:?}");
        if bank == "meuse" {
            let id = |rows: &[crate::client::Movement]| -> std::collections::BTreeSet<_> {
                rows.iter().map(|row| row.transaction_id.clone()).collect()
            };
            assert_eq!(id(&first), id(&second));
        }
    }
}

#[tokio::test]
async fn reissued_ids_change_ids_only() {
    let (rig, consent, resource, key) = rig_with("meuse", always(Fault::ReissuedIds)).await;
    let first = rig.booked("meuse", &consent, &resource, FROM).await;
    rig.sandbox.control().set_faults(Faults::none()).unwrap();
    let second = rig.booked("meuse", &consent, &resource, FROM).await;
    let changed = first.iter().zip(&second).filter(|(a, b)| a.transaction_id != b.transaction_id).count();
    assert!(changed > first.len() / 8 && changed < first.len() / 2, "{changed} of {}", first.len());
    for (before, after) in first.iter().zip(&second) {
        assert_eq!(before.transaction_amount, after.transaction_amount);
        assert_eq!(before.entry_reference, after.entry_reference);
    }
    let ids: std::collections::HashSet<_> = second.iter().map(|row| row.transaction_id.clone()).collect();
    assert_eq!(ids.len(), second.len());
    assert_eq!(rig.sandbox.control().truth("meuse", &key).unwrap().account.booked, {
        let state = &rig.sandbox.control().accounts("meuse").unwrap()[0];
        state.booked
    });
}

#[tokio::test]
async fn repeated_ids_sit_on_two_rows_of_one_answer() {
    let (rig, consent, resource, key) = rig_with("meuse", always(Fault::RepeatedIds)).await;
    let page: Page = rig.get(&consent, &path("meuse", &resource, "booked")).await.unwrap();
    let rows = page.transactions.booked.unwrap();
    let ids: std::collections::HashSet<_> = rows.iter().map(|row| row.transaction_id.clone()).collect();
    assert_eq!(ids.len(), rows.len() - 1);
    let truth = rig.sandbox.control().truth("meuse", &key).unwrap();
    let ids: std::collections::HashSet<_> =
        truth.booked.iter().map(|row| row.transaction.details.bank_id.clone()).collect();
    assert_eq!(ids.len(), truth.booked.len(), "the truth is not touched");
}

#[tokio::test]
async fn pending_movements_change_and_vanish() {
    let (rig, consent, resource, _) = rig_with("seine", Faults::none()).await;
    let ask = async || {
        let page: Page = rig.get(&consent, &path("seine", &resource, "pending")).await.unwrap();
        page.transactions.pending.unwrap()
    };
    let honest = ask().await;
    assert!(!honest.is_empty());
    rig.sandbox.control().set_faults(always(Fault::PendingVanishes)).unwrap();
    assert_eq!(ask().await.len(), honest.len() - 1);
    rig.sandbox.control().set_faults(always(Fault::PendingChanges)).unwrap();
    let changed = ask().await;
    let differing = honest.iter().zip(&changed).filter(|(a, b)| a.transaction_amount != b.transaction_amount).count();
    assert_eq!((changed.len(), differing), (honest.len(), 1));
}

#[tokio::test]
async fn a_slow_answer_waits_through_the_hook_and_arrives() {
    let waited = Arc::new(AtomicU64::new(0));
    let seen = waited.clone();
    let pause: sandbox::Pause = Arc::new(move |length| {
        seen.fetch_add(length.as_secs(), Ordering::SeqCst);
        Box::pin(std::future::ready(()))
    });
    let rig = Rig::with(Settings { transactions: 500, pause, ..Settings::default() });
    let consent = rig.authorise("lys").await;
    rig.sandbox.control().set_faults(always(Fault::Slow)).unwrap();
    rig.get::<Accounts>(&consent, "/lys/v1/accounts").await.unwrap();
    assert!((5..=30).contains(&waited.load(Ordering::SeqCst)));
}

/// One run of calls under all faults: every status and body, and what fired.
async fn run(seed: u64) -> (Vec<String>, Vec<sandbox::Fired>) {
    let (rig, consent, resource, _) = rig_with("meuse", Faults::all(seed, 12).with(Fault::ConsentEnded, 0)).await;
    let headers = [("Consent-ID", consent.as_str()), ("PSU-IP-Address", "192.0.2.7")];
    let mut seen = Vec::new();
    for _ in 0..40 {
        let mut next = Some(path("meuse", &resource, "both"));
        while let Some(address) = next.take() {
            let request_id = "99391c7e-ad88-49ec-a2ad-99ddcb1f7721";
            let address =
                if address.starts_with('/') { format!("http://{}{address}", crate::client::HOST) } else { address };
            let mut request = axum::http::Request::get(address).header("X-Request-ID", request_id);
            for (name, value) in headers {
                request = request.header(name, value);
            }
            match rig.send(request.body(bytes::Bytes::new()).unwrap()).await {
                Err(error) => seen.push(error.to_string()),
                Ok(answer) => {
                    seen.push(format!("{} {}", answer.status(), String::from_utf8_lossy(answer.body())));
                    let page = serde_json::from_slice::<Page>(answer.body()).ok();
                    next = page.and_then(|page| page.transactions.links.next).map(|next| next.href);
                }
            }
        }
        rig.clock.advance_seconds(7 * 3600);
    }
    (seen, rig.sandbox.control().fired())
}

#[tokio::test]
async fn a_seed_repeats_itself_exactly() {
    let (one, fired) = run(5).await;
    let (again, fired_again) = run(5).await;
    assert_eq!(one, again);
    assert_eq!(fired, fired_again);
    let kinds: std::collections::BTreeSet<Fault> = fired.iter().map(|fired| fired.fault).collect();
    assert!(kinds.len() >= Fault::ALL.len() - 1, "only {kinds:?} fired");
    assert_ne!(one, run(6).await.0);
}
