use std::collections::HashSet;

use domain::Date;
use sandbox::Settings;

use crate::client::{Balances, HOST, OneAccount, Page, Rig, refused};
use crate::truth::{amount_of, understood};

#[tokio::test]
async fn accounts_say_what_they_are() {
    let rig = Rig::new();
    let consent = rig.authorise("seine").await;
    let accounts = rig.accounts("seine", &consent).await;
    assert_eq!(accounts.len(), 3);
    assert_eq!((accounts[0].currency.as_str(), accounts[1].currency.as_str()), ("EUR", "USD"));
    assert_eq!(accounts[0].iban, accounts[1].iban, "one number with two currencies");
    assert_ne!(accounts[0].resource_id, accounts[1].resource_id);
    for account in &accounts {
        assert!(domain::Iban::parse(account.iban.as_deref().unwrap()).unwrap().country() == "FR");
        assert_eq!(
            (account.bic.as_str(), account.status.as_str(), account.usage.as_str()),
            ("SEINFRPP", "enabled", "ORGA")
        );
        assert!(account.balances.is_none(), "balances were not asked for");
        assert!(account.bban.is_none());
        assert!(!account.name.is_empty() && !account.product.is_empty() && account.owner_name.is_some());
        let path = format!("/seine/v1/accounts/{}?withBalance=true", account.resource_id);
        let one: OneAccount = rig.get(&consent, &path).await.unwrap();
        assert_eq!(one.account.balances.unwrap().len(), 3);
        assert_eq!(one.account.cash_account_type, account.cash_account_type);
    }
    let unknown = rig.get::<OneAccount>(&consent, "/seine/v1/accounts/nothing").await;
    assert_eq!(unknown.unwrap_err(), refused(404, "RESOURCE_UNKNOWN"));
}

#[tokio::test]
async fn resource_ids_stay_or_are_minted_anew_as_the_bank_has_it() {
    let rig = Rig::new();
    for (bank, stays) in [("meuse", true), ("lys", false), ("seine", true)] {
        let mut seen = Vec::new();
        for _ in 0..2 {
            let consent = rig.authorise(bank).await;
            let accounts = rig.accounts(bank, &consent).await;
            seen.push(accounts.into_iter().map(|account| account.resource_id).collect::<HashSet<_>>());
        }
        assert_eq!(seen[0] == seen[1], stays, "{bank}");
        assert_eq!(seen[0].is_disjoint(&seen[1]), !stays, "{bank}");
    }
}

#[tokio::test]
async fn balances_are_of_today_and_follow_from_what_is_announced() {
    let rig = Rig::new();
    let consent = rig.authorise("meuse").await;
    let account = &rig.accounts("meuse", &consent).await[0];
    let path = format!("/meuse/v1/accounts/{}/balances", account.resource_id);
    let report: Balances = rig.get(&consent, &path).await.unwrap();
    assert_eq!(report.account.currency.as_deref(), Some("EUR"));
    let state = &rig.sandbox.control().accounts("meuse").unwrap()[0];
    let (closing, on) = amount_of(&report.balances, "closingBooked");
    assert_eq!(Some((closing, on)), state.closing.as_ref().map(|balance| (balance.amount, balance.date)));
    assert_eq!(on, Date::constant(2026, 9, 15));
    let truth = rig.sandbox.control().truth("meuse", &state.key).unwrap();
    assert!(!truth.pending.is_empty());
    let expected = truth.pending.iter().fold(closing, |sum, row| sum.checked_add(row.amount).unwrap());
    let stated = report.balances.iter().find(|balance| balance.balance_type == "expected").unwrap();
    assert_eq!(stated.balance_amount.money(), expected);
}

#[tokio::test]
async fn the_question_is_judged() {
    let rig = Rig::new();
    let consent = rig.authorise("lys").await;
    let account = &rig.accounts("lys", &consent).await[0].resource_id;
    let ask = async |query: &str| {
        let path = format!("/lys/v1/accounts/{account}/transactions?{query}");
        rig.get::<Page>(&consent, &path).await.map(|_| ())
    };
    for (query, status, code) in [
        ("dateFrom=2026-09-01", 400, "FORMAT_ERROR"),
        ("bookingStatus=booked", 400, "FORMAT_ERROR"),
        ("bookingStatus=some&dateFrom=2026-09-01", 400, "FORMAT_ERROR"),
        ("bookingStatus=information&dateFrom=2026-09-01", 400, "PARAMETER_NOT_SUPPORTED"),
        ("bookingStatus=booked&dateFrom=01/09/2026", 400, "FORMAT_ERROR"),
        ("bookingStatus=booked&dateFrom=2026-02-30", 400, "FORMAT_ERROR"),
        ("bookingStatus=booked&dateFrom=2026-09-01&dateTo=2026-08-31", 400, "PARAMETER_NOT_CONSISTENT"),
        ("bookingStatus=booked&dateFrom=2026-06-16", 400, "PERIOD_INVALID"),
        ("bookingStatus=booked&dateFrom=2026-09-01&itemsPerPage=0", 400, "FORMAT_ERROR"),
        ("bookingStatus=booked&dateFrom=2026-09-01&itemsPerPage=1001", 400, "FORMAT_ERROR"),
        ("bookingStatus=booked&dateFrom=2026-09-01&deltaList=true", 400, "PARAMETER_NOT_SUPPORTED"),
        ("pageToken=made-up", 400, "FORMAT_ERROR"),
    ] {
        assert_eq!(ask(query).await.unwrap_err(), refused(status, code), "{query}");
    }
    ask("bookingStatus=booked&dateFrom=2026-06-17").await.unwrap();
    ask("bookingStatus=pending").await.unwrap();
}

#[tokio::test]
async fn a_listing_stays_as_it_began_while_the_bank_books_on() {
    let rig = Rig::new();
    let control = rig.sandbox.control();
    for bank in ["meuse", "lys", "seine"] {
        let consent = rig.authorise(bank).await;
        let key = control.accounts(bank).unwrap()[0].key.clone();
        let resource = rig.accounts(bank, &consent).await[0].resource_id.clone();
        let before = control.truth_between(bank, &key, Some(Date::constant(2026, 7, 1)), None).unwrap();
        let path = format!(
            "/{bank}/v1/accounts/{resource}/transactions?bookingStatus=booked&dateFrom=2026-07-01&itemsPerPage=7&withBalance=true"
        );
        let mut address = url::Url::parse(&format!("http://{HOST}{path}")).unwrap();
        let mut served = Vec::new();
        loop {
            let page: Page = rig.get(&consent, address.as_str()).await.unwrap();
            served.extend(page.transactions.booked.unwrap().iter().map(understood));
            let (closing, _) = amount_of(page.balances.as_ref().unwrap(), "closingBooked");
            assert_eq!(closing, before.closing.as_ref().unwrap().amount);
            // Between two pages: a late booking, a correction, new ids, and another day.
            control.book_late(bank, &key, 1).unwrap();
            control.correct(bank, &key, None, None).unwrap();
            control.reissue_ids(bank, &key).unwrap();
            if served.len() < 30 {
                rig.advance_days(1);
            }
            let Some(next) = page.transactions.links.next else { break };
            address = address.join(&next.href).unwrap();
        }
        assert_eq!(served, crate::truth::listed(&before, bank != "seine"), "{bank}");
        let after = control.truth_between(bank, &key, Some(Date::constant(2026, 7, 1)), None).unwrap();
        assert!(after.booked.len() > before.booked.len());
    }
}

#[tokio::test]
async fn links_are_followed_only_for_the_account_they_belong_to() {
    let rig = Rig::new();
    let consent = rig.authorise("meuse").await;
    let accounts = rig.accounts("meuse", &consent).await;
    let path = format!(
        "/meuse/v1/accounts/{}/transactions?bookingStatus=booked&dateFrom=2026-08-01&itemsPerPage=5",
        accounts[0].resource_id
    );
    let page: Page = rig.get(&consent, &path).await.unwrap();
    let next = page.transactions.links.next.unwrap().href;
    assert!(next.starts_with(&format!("http://{HOST}/meuse/")), "this bank writes absolute links: {next}");
    let elsewhere = next.replace(&accounts[0].resource_id, &accounts[1].resource_id);
    let outcome = rig.get::<Page>(&consent, &elsewhere).await;
    assert_eq!(outcome.unwrap_err(), refused(400, "FORMAT_ERROR"));
    let first: Page = rig.get(&consent, &page.transactions.links.first.href).await.unwrap();
    assert_eq!(first.transactions.booked, page.transactions.booked);
}

#[tokio::test]
async fn a_window_outside_the_history_is_answered_at_its_edges() {
    let rig = Rig::new();
    let consent = rig.authorise("meuse").await;
    let resource = rig.accounts("meuse", &consent).await[0].resource_id.clone();
    let state = rig.sandbox.control().accounts("meuse").unwrap()[0].clone();
    let ask = async |query: &str| -> Page {
        let path = format!("/meuse/v1/accounts/{resource}/transactions?bookingStatus=booked&withBalance=true&{query}");
        rig.get(&consent, &path).await.unwrap()
    };
    let before = ask("dateFrom=2025-01-01&dateTo=2025-02-01").await;
    assert!(before.transactions.booked.unwrap().is_empty());
    let balances = before.balances.unwrap();
    let opening = state.opening.as_ref().unwrap().amount;
    assert_eq!(amount_of(&balances, "openingBooked").0, opening);
    assert_eq!(amount_of(&balances, "closingBooked").0, opening);
    let whole = ask("dateFrom=2025-01-01&itemsPerPage=1").await;
    assert_eq!(amount_of(whole.balances.as_ref().unwrap(), "openingBooked"), (opening, state.first_day));
    let closing = state.closing.as_ref().unwrap().amount;
    assert_eq!(amount_of(whole.balances.as_ref().unwrap(), "closingBooked"), (closing, state.last_day));
    let later = ask("dateFrom=2026-12-01").await;
    assert!(later.transactions.booked.unwrap().is_empty());
    assert_eq!(amount_of(later.balances.as_ref().unwrap(), "openingBooked").0, closing);
}

#[tokio::test]
async fn pending_movements_are_booked_later_under_another_id() {
    let rig = Rig::with(Settings { transactions: 8_000, ..Settings::default() });
    let consent = rig.authorise("meuse").await;
    let resource = rig.accounts("meuse", &consent).await[0].resource_id.clone();
    let path =
        format!("/meuse/v1/accounts/{resource}/transactions?bookingStatus=both&dateFrom=2026-09-15&withBalance=true");
    let page: Page = rig.get(&consent, &path).await.unwrap();
    let pending = page.transactions.pending.unwrap();
    assert!(pending.len() >= 3, "{} pending", pending.len());
    assert!(pending.iter().all(|row| row.booking_date.is_none() && row.balance_after_transaction.is_none()));
    let booked_only: Page = rig.get(&consent, &path.replace("both", "booked")).await.unwrap();
    assert!(booked_only.transactions.pending.is_none());
    let pending_only: Page = rig.get(&consent, &path.replace("both", "pending")).await.unwrap();
    assert!(pending_only.transactions.booked.is_none());

    rig.advance_days(3);
    let booked = rig.booked("meuse", &consent, &resource, "2026-09-16").await;
    for announced in &pending {
        let found = booked.iter().find(|row| {
            row.transaction_amount == announced.transaction_amount
                && row.remittance_information_unstructured == announced.remittance_information_unstructured
                && row.remittance_information_structured == announced.remittance_information_structured
        });
        let found = found.unwrap_or_else(|| panic!("never booked: {announced:?}"));
        assert_ne!(found.transaction_id, announced.transaction_id);
    }
}

#[tokio::test]
async fn days_are_booked_as_the_clock_goes_on() {
    let rig = Rig::new();
    let control = rig.sandbox.control();
    let key = control.accounts("meuse").unwrap()[0].key.clone();
    let before = control.truth("meuse", &key).unwrap();
    rig.advance_days(10);
    let after = control.truth("meuse", &key).unwrap();
    assert_eq!(after.booked[..before.booked.len()], before.booked[..], "what was booked stays");
    assert!(after.booked.len() > before.booked.len());
    let new = &after.booked[before.booked.len()..];
    assert!(new.iter().all(|row| row.transaction.booked_on > Date::constant(2026, 9, 15)));
    // A bank that is opened later with the same history knows the same days.
    let again =
        Rig::with(Settings { transactions: 2_000, base: Some(Date::constant(2026, 9, 15)), ..Settings::default() });
    again.advance_days(10);
    assert_eq!(again.sandbox.control().truth("meuse", &key).unwrap(), after);
}

#[tokio::test]
async fn positional_references_move_when_a_late_item_is_booked() {
    let rig = Rig::with(Settings { transactions: 8_000, ..Settings::default() });
    let control = rig.sandbox.control();
    let key = control.accounts("lys").unwrap()[0].key.clone();
    let consent = rig.authorise("lys").await;
    let resource = rig.accounts("lys", &consent).await[0].resource_id.clone();
    let before = rig.booked("lys", &consent, &resource, "2026-09-01").await;
    assert!(before.iter().all(|row| row.transaction_id.is_none() && row.balance_after_transaction.is_none()));
    for row in &before {
        let reference = row.entry_reference.as_deref().unwrap();
        assert!(reference.starts_with(&format!("{}-", row.booking_date.unwrap())), "{reference}");
    }
    control.book_late("lys", &key, 8).unwrap();
    let after = rig.booked("lys", &consent, &resource, "2026-09-01").await;
    assert_eq!(after.len(), before.len() + 8);
    let moved = before.iter().filter(|row| !after.contains(row)).count();
    assert!(moved > 0, "no reference moved");
    let references: HashSet<_> = after.iter().map(|row| row.entry_reference.clone()).collect();
    assert_eq!(references.len(), after.len(), "still one place each");
}

#[tokio::test]
async fn seine_answers_in_xml_to_who_prefers_it() {
    let rig = Rig::new();
    let consent = rig.authorise("seine").await;
    let resource = rig.accounts("seine", &consent).await[0].resource_id.clone();
    let path = format!("/seine/v1/accounts/{resource}/transactions?bookingStatus=booked&dateFrom=2026-08-01");
    let headers = |accept: &'static str| {
        [("Consent-ID", consent.clone()), ("PSU-IP-Address", "192.0.2.7".into()), ("Accept", accept.to_owned())]
    };
    let ask = async |accept: &'static str| {
        let headers = headers(accept);
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        rig.raw("GET", &path, &headers, "").await.unwrap()
    };
    let json = ask("application/json, application/xml;q=0.9").await;
    assert_eq!(json.headers()["content-type"], "application/json");
    let answer = ask("application/xml, application/json;q=0.5").await;
    assert_eq!(answer.headers()["content-type"], "application/xml");
    let file = formats::read_all(answer.body()).unwrap();
    assert!(file.defects.is_empty(), "{:?}", file.defects);
    let [statement] = &file.statements[..] else { panic!("one statement is expected") };
    assert_eq!(statement.proof(), domain::Proof::Proven);
    let control = rig.sandbox.control();
    let key = control.accounts("seine").unwrap()[0].key.clone();
    let truth = control.truth_between("seine", &key, Some(Date::constant(2026, 8, 1)), None).unwrap();
    let amounts = |rows: &mut dyn Iterator<Item = (Date, i64)>| rows.collect::<Vec<_>>();
    assert_eq!(
        amounts(&mut statement.entries.iter().map(|e| (e.transaction.booked_on, e.transaction.amount.minor()))),
        amounts(&mut truth.booked.iter().map(|row| (row.transaction.booked_on, row.transaction.amount.minor()))),
    );
    let none = ask("text/plain").await;
    assert_eq!(crate::client::refusal(none.status(), none.body()), refused(406, "REQUESTED_FORMATS_INVALID"));
}
