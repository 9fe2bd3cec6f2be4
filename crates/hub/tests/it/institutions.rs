//! Banks out of reach, reports about banks, and what the operator decides while the hub runs.

use connectors::{InstitutionState, Maintainer};
use domain::InstitutionId;
use hub::institutions::{self, Maintenance, Standing};
use hub::store::{bank_wish, problem_report};

use crate::dashboard::Walk;
use crate::testing::TestHub;

const LYS: &str = "0192f000-0000-7000-8000-0000000000a2";
const MEUSE: &str = "0192f000-0000-7000-8000-0000000000a1";

fn id(text: &str) -> InstitutionId {
    InstitutionId::parse(text).unwrap()
}

fn standing(state: InstitutionState) -> Standing {
    Standing { state, maintained_by: None, replaced_by: None }
}

#[tokio::test]
async fn a_bank_out_of_reach_offers_files_and_remembers_who_waits() {
    let mut walk = Walk::begin().await;
    walk.enter("ada@example.org").await;
    let page = walk.open("/app/link?country=BE&q=kbc").await;
    assert!(page.text().contains("Banks that we cannot reach yet"), "{}", page.text());
    let page = walk.browser.follow(&page, "KREDBEBB").await.unwrap();
    assert!(page.text().contains("statement files"), "{}", page.text());
    let wish = page.form("/app/banks/KREDBEBB").unwrap();
    walk.browser.submit(&wish).await.unwrap();
    let page = walk.browser.submit(&wish).await.unwrap();
    assert!(page.text().contains("You will hear from us"), "{}", page.text());
    assert!(!page.html.contains(">Tell me<"), "the button is gone: {}", page.text());
    {
        let mut tx = walk.hub.hub.db.read().await.unwrap();
        assert_eq!(bank_wish::demand(&mut tx).await.unwrap(), [("KREDBEBB".to_owned(), 1)]);
    }
    assert_eq!(walk.open("/app/banks/QQQQBEBB").await.status.as_u16(), 404);
    let reached = walk.open("/app/banks/MEUSBEBB").await;
    assert_eq!(reached.status.as_u16(), 404, "a bank that only we know is no bank of the directory");
}

#[tokio::test]
async fn who_waited_for_a_bank_is_told_once_when_it_comes() {
    let mut walk = Walk::begin().await;
    walk.enter("ada@example.org").await;
    // The wish of a day when nobody reached this bank yet.
    db::write!(walk.hub.hub.db, tx => {
        let row = tx.one("SELECT organization_id FROM organizations", &[]).await?;
        let organization = row.parse("organization_id")?;
        bank_wish::add(&mut tx, organization, "LYSBBEBB", "ada@example.org", walk.hub.hub.environment.now()).await
    })
    .unwrap();
    for _ in 0..3 {
        walk.hub.clock.advance_seconds(60);
        walk.hub.work().await;
    }
    let letters = walk.hub.mailbox("ada@example.org").await;
    let told = letters.iter().filter(|text| text.contains("Lys Bank can be connected now")).count();
    assert_eq!(told, 1, "{letters:?}");
}

#[tokio::test]
async fn a_report_tells_codes_and_no_account() {
    let mut walk = Walk::begin().await;
    walk.enter("ada@example.org").await;
    walk.link("Lys Bank").await;
    // The bank fails, with an account number in its sentence.
    let account = walk.hub.hub.db.read().await.unwrap().all("SELECT reference FROM accounts", &[]).await.unwrap();
    let iban = account.first().unwrap().text("reference").unwrap();
    let reply = format!(
        r#"{{"statusCode":500,"requestId":"r-1","body":{{"tppMessages":[{{"code":"INTERNAL_SERVER_ERROR","text":"{iban}"}}]}}}}"#
    );
    db::write!(walk.hub.hub.db, tx => {
        let sql = "UPDATE synchronizations SET status = 'error', error_code = 'financialInstitutionUnavailable', \
             error_detail = 'x', error_reply = $1 WHERE organization_id <> ''";
        tx.run(sql, &[(&reply).into()]).await
    })
    .unwrap();
    let page = walk.open(&format!("/app/institutions/{LYS}/report")).await;
    let empty = walk.send(&page, "/report", &[]).await;
    assert!(empty.text().contains("This field is needed") || empty.html.contains("aria-invalid"), "{}", empty.text());
    let sent = walk.send(&page, "/report", &[("words", "An account is missing.")]).await;
    assert!(sent.text().contains("Your report is kept as"), "{}", sent.text());
    let mut tx = walk.hub.hub.db.read().await.unwrap();
    let reports = problem_report::open(&mut tx, Some(id(LYS))).await.unwrap();
    let [report] = &reports[..] else { panic!("{reports:?}") };
    assert_eq!((report.email.as_str(), report.words.as_str()), ("ada@example.org", "An account is missing."));
    assert!(report.diagnostic.contains("INTERNAL_SERVER_ERROR") && report.diagnostic.contains("r-1"));
    assert!(!report.diagnostic.contains(&iban), "{}", report.diagnostic);
    let ended = {
        drop(tx);
        institutions::figures(&walk.hub.hub).await.unwrap()
    };
    assert_eq!(ended[0].institution, id(LYS));
    assert_eq!(ended[0].error_code.as_deref(), Some("financialInstitutionUnavailable"));
}

#[tokio::test]
async fn a_promotion_takes_the_badge_away_without_a_restart() {
    let mut walk = Walk::begin().await;
    walk.enter("ada@example.org").await;
    let beta = walk.open(&format!("/app/link/{LYS}")).await;
    assert!(beta.text().contains("is in beta") && beta.text().contains("Report a problem"), "{}", beta.text());
    assert!(institutions::decide(&walk.hub.hub, id(LYS), standing(InstitutionState::Stable)).await.unwrap());
    let stable = walk.open(&format!("/app/link/{LYS}")).await;
    assert!(!stable.text().contains("is in beta"), "{}", stable.text());
    let nobody = InstitutionId::from_u128(1);
    assert!(!institutions::decide(&walk.hub.hub, nobody, standing(InstitutionState::Stable)).await.unwrap());
}

#[tokio::test]
async fn a_maintenance_stops_new_permissions_and_synchronizations_and_the_hubs_own_stops_reading() {
    let mut walk = Walk::begin().await;
    walk.enter("ada@example.org").await;
    walk.link("Banque de la Meuse").await;
    let offered = walk.open(&format!("/app/link/{MEUSE}")).await;
    let by = |maintained_by| Standing { maintained_by: Some(maintained_by), ..standing(InstitutionState::Maintenance) };
    institutions::decide(&walk.hub.hub, id(MEUSE), by(Maintainer::Bank)).await.unwrap();
    let refused = walk.send(&offered, "/app/link/", &[]).await;
    assert_eq!(refused.status.as_u16(), 409);
    assert!(refused.text().contains("takes no new connections"), "{}", refused.text());
    assert!(!walk.hub.hub.is_closed(id(MEUSE)), "the bank's own maintenance leaves what is stored readable");
    let account = walk.first_account().await;
    let page = walk.open(&account).await;
    walk.hub.clock.advance_seconds(60);
    walk.send(&page, "/synchronize", &[]).await;
    while walk.hub.hub.work_once().await.unwrap() {}
    let page = walk.open(&account).await;
    assert!(page.text().contains("under maintenance"), "{}", page.text());
    institutions::decide(&walk.hub.hub, id(MEUSE), by(Maintainer::Hub)).await.unwrap();
    assert!(walk.hub.hub.is_closed(id(MEUSE)));
}

#[tokio::test]
async fn a_replaced_connection_leads_to_its_successor() {
    let mut walk = Walk::begin().await;
    walk.enter("ada@example.org").await;
    let replaced = Standing { replaced_by: Some(id(LYS)), ..standing(InstitutionState::Deprecated) };
    institutions::decide(&walk.hub.hub, id(MEUSE), replaced).await.unwrap();
    let page = walk.open(&format!("/app/link/{MEUSE}")).await;
    let next = walk.browser.follow(&page, "Connect to Lys Bank instead").await.unwrap();
    assert!(next.url.path().ends_with(LYS), "{}", next.url);
}

#[tokio::test]
async fn people_are_told_the_history_that_the_simulated_banks_give() {
    let walk = Walk::begin().await;
    for bank in walk.banks.control().institutions() {
        let ending = format!("/{}", bank.slug);
        // One is known from the list of the sandbox alone.
        if bank.slug == "sambre" {
            continue;
        }
        let known = walk.hub.hub.institutions();
        let told = known.into_iter().find(|profile| profile.base_url.ends_with(&ending)).unwrap();
        // A day less is said where the bank's calendar may be ahead of ours.
        assert!([bank.history_days, bank.history_days - 1].contains(&told.history_days), "{}", bank.name);
        assert_eq!(told.consent_days, bank.consent_days, "{}", bank.name);
    }
}

#[tokio::test]
async fn a_planned_maintenance_is_announced_obeyed_and_over_by_itself() {
    let mut walk = Walk::begin().await;
    walk.enter("ada@example.org").await;
    walk.link("Banque de la Meuse").await;
    let (hub, clock) = (walk.hub.hub.clone(), walk.hub.clock.clone());
    let now = hub.environment.now();
    let hours = |count: i64| now + domain::ToSpan::hours(count);
    let planned = |from: i64, until: i64| Maintenance { by: Maintainer::Bank, from: hours(from), until: hours(until) };
    for (from, until) in [(5, 5), (6, 5), (-3, -1)] {
        assert!(!institutions::plan(&hub, id(MEUSE), planned(from, until)).await.unwrap(), "{from} {until}");
    }
    assert!(!institutions::plan(&hub, InstitutionId::from_u128(1), planned(1, 2)).await.unwrap());
    assert!(institutions::plan(&hub, id(MEUSE), planned(10, 34)).await.unwrap());
    let wire = async |walk: &Walk| {
        let found = walk.hub.call("GET", &format!("/financial-institutions/{MEUSE}"), None, None).await.json();
        let told = |name: &str| found["data"]["attributes"][name].as_str().unwrap_or_default().to_owned();
        [told("maintenanceFrom"), told("maintenanceTo"), told("maintenanceType"), told("status")]
    };
    let (from, until) = ("2026-03-02T22:00:00.000Z", "2026-03-03T22:00:00.000Z");
    assert_eq!(wire(&walk).await, [from, until, "", "stable"], "announced");
    let page = walk.open(&format!("/app/link/{MEUSE}")).await;
    assert!(page.text().contains("will be in maintenance from"), "{}", page.text());
    assert!(page.form("/app/link/").is_ok(), "until then it can be connected");
    let calls = async || {
        let sql = "SELECT COUNT(*) AS n FROM bank_calls";
        hub.db.read().await.unwrap().one(sql, &[]).await.unwrap().int("n").unwrap()
    };
    let work = async || while hub.work_once().await.unwrap() {};
    // The hours before it are used as always; in it nobody is asked, whoever wants it; after it, what is missing comes.
    for _ in 0..20 {
        clock.advance_seconds(1800);
        work().await;
    }
    let before = calls().await;
    assert_eq!(wire(&walk).await, [from, until, "financialInstitution", "stable"]);
    let page = walk.open(&format!("/app/link/{MEUSE}")).await;
    assert!(page.text().contains("expected to be over on"), "{}", page.text());
    for _ in 0..47 {
        work().await;
        clock.advance_seconds(1800);
        hub.work_once().await.unwrap();
    }
    // A person asks, too; the session of the browser is over by then.
    let sql = "SELECT organization_id, id FROM accounts ORDER BY id LIMIT 1";
    let row = hub.db.read().await.unwrap().one(sql, &[]).await.unwrap();
    let (organization, account) = (row.parse("organization_id").unwrap(), row.parse("id").unwrap());
    let subtype = hub::store::synchronization::Subtype::AccountTransactions;
    let person = Some("203.0.113.7".parse().unwrap());
    hub::sync::request(&hub, organization, account, subtype, person).await.unwrap();
    work().await;
    assert_eq!(calls().await, before, "no call in the bank's maintenance");
    assert!(hub.environment.now() < hours(34));
    for _ in 0..12 {
        clock.advance_seconds(1800);
        work().await;
    }
    assert!(calls().await > before, "it went on by itself");
    assert_eq!(wire(&walk).await, ["", "", "", "stable"]);
    // Taken back like any decision.
    let later = Maintenance { by: Maintainer::Hub, from: hub.environment.now(), until: hours(500) };
    assert!(institutions::plan(&hub, id(MEUSE), later).await.unwrap() && hub.is_closed(id(MEUSE)));
    assert!(institutions::restore(&hub, id(MEUSE)).await.unwrap() && !hub.is_closed(id(MEUSE)));
    assert!(!institutions::restore(&hub, id(MEUSE)).await.unwrap());
}

/// A walk whose hub asks the sandbox which banks it runs.
async fn walk_with_lists() -> Walk {
    let mut walk = Walk::begin().await;
    walk.hub = TestHub::open_with(walk.network.clone(), |settings| {
        settings.throttle_seconds = 0;
        settings.bank_lists = true;
    })
    .await;
    walk.network.listen("hub.example", Some(hub::router(walk.hub.hub.clone())));
    walk
}

#[tokio::test]
async fn a_bank_that_is_listed_at_run_time_is_found_connected_and_shown_when_it_is_gone() {
    let mut walk = walk_with_lists().await;
    let hub = walk.hub.hub.clone();
    let names = || hub.institutions().into_iter().map(|bank| bank.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(), ["Banque de la Meuse", "Lys Bank", "Crédit de la Seine"], "those with a file");
    walk.hub.work().await;
    let all = ["Banque de la Meuse", "Caisse de la Sambre", "Lys Bank", "Crédit de la Seine"];
    assert_eq!(names(), all, "by country and name, each once");
    walk.enter("ada@example.org").await;
    let found = walk.open("/app/link?q=SAMBBEBB").await;
    assert!(found.text().contains("Caisse de la Sambre"), "{}", found.text());
    let sambre = hub.institutions()[1].id;
    let page = walk.open(&format!("/app/link/{sambre}")).await;
    assert!(page.text().contains("Known from the list of sandbox.") && page.text().contains("is in beta"));
    walk.link("Caisse de la Sambre").await;
    walk.hub.work().await;
    let account = walk.first_account().await;
    assert!(walk.open(&account).await.text().contains("Caisse de la Sambre"));
    // Another process knows it from the database, under the same id.
    let environment = domain::Environment::new(walk.hub.clock.clone(), domain::SeededEntropy::new(77));
    let beside = hub::Hub::open(hub.settings.clone(), environment, walk.network.clone()).await.unwrap();
    assert!(beside.institution(sambre).is_some());
    // A host that does not answer, or lists nothing, takes nothing away.
    let day = 86_400;
    let lists = |answer: Option<&'static str>| {
        let answered = async move || answer.ok_or(http::StatusCode::BAD_GATEWAY);
        Some(axum::Router::new().route("/institutions", axum::routing::get(answered)))
    };
    for answer in [None, Some("{\"institutions\": []}"), Some("<html>")] {
        walk.network.listen("bank.test", lists(answer));
        walk.hub.clock.advance_seconds(day);
        walk.hub.work().await;
        assert_eq!(hub.standing(hub.institution(sambre).unwrap()).state, InstitutionState::Beta, "{answer:?}");
    }
    // One that lists others: the bank stays, takes no new connections, and comes back as what it was.
    let other = r#"{"institutions": [{"bic": "OISEFRPP", "name": "Banque de l’Oise", "country": "FR",
        "address": "/oise", "consentDays": 90, "historyDays": 90}, {"bic": "wrong"}]}"#;
    walk.network.listen("bank.test", lists(Some(other)));
    walk.hub.clock.advance_seconds(3_600);
    walk.hub.work().await;
    assert_eq!(names(), [&all[..3], &["Banque de l’Oise"], &all[3..]].concat());
    assert_eq!(hub.standing(hub.institution(sambre).unwrap()).state, InstitutionState::Deprecated);
    let wire = walk.hub.call("GET", &format!("/financial-institutions/{sambre}"), None, None).await.json();
    assert_eq!(wire["data"]["attributes"]["deprecated"], true, "{wire}");
    walk.network.listen("bank.test", Some(walk.banks.router()));
    walk.hub.clock.advance_seconds(day);
    walk.hub.work().await;
    assert_eq!(hub.standing(hub.institution(sambre).unwrap()).state, InstitutionState::Beta, "under the same id");
    // What the operator decides goes before all of it.
    institutions::decide(&hub, sambre, standing(InstitutionState::Stable)).await.unwrap();
    assert_eq!(hub.standing(hub.institution(sambre).unwrap()).state, InstitutionState::Stable);
}
