use domain::Date;

use crate::client::{CONSENT_HEADERS, ConsentCreated, ConsentInformation, HOST, Rig, consent_body, refused};

async fn create(rig: &Rig, headers: &[(&str, &str)], body: &str) -> Result<ConsentCreated, crate::client::Refusal> {
    rig.call("POST", "/meuse/v1/consents", headers, body).await
}

#[tokio::test]
async fn a_consent_is_received_with_links_to_the_login_and_to_itself() {
    let rig = Rig::new();
    let asked = rig.ask("meuse").await;
    assert_eq!(asked.consent_status, "received");
    assert_eq!(asked.links.sca_redirect.href, format!("http://{HOST}/meuse/login/{}", asked.consent_id));
    let own: ConsentInformation = rig.call("GET", &asked.links.own.href, &[], "").await.unwrap();
    assert_eq!(own.consent_status, "received");
    assert!(own.recurring_indicator && own.frequency_per_day == 4 && own.access.accounts.is_empty());
    assert_eq!(own.last_action_date, Date::constant(2026, 9, 15));
    assert_eq!(asked.links.status.href, format!("{}/status", asked.links.own.href));
    assert_eq!(rig.consent_status("meuse", &asked.consent_id).await, "received");
}

#[tokio::test]
async fn a_valid_consent_names_the_accounts_that_were_chosen() {
    let rig = Rig::new();
    let consent = rig.authorise("seine").await;
    let path = format!("/seine/v1/consents/{consent}");
    let information: ConsentInformation = rig.call("GET", &path, &[], "").await.unwrap();
    assert_eq!(information.consent_status, "valid");
    let named = information.access.accounts;
    assert_eq!(named.len(), 3);
    assert!(named.iter().all(|account| account.iban.is_some() && account.currency.is_some()));
    assert_eq!(information.access.balances.as_ref(), Some(&named));
    assert_eq!(information.access.transactions.as_ref(), Some(&named));
}

#[tokio::test]
async fn the_bank_shortens_to_its_maximum_and_keeps_what_is_shorter() {
    let rig = Rig::new();
    for (bank, asked, granted) in [
        ("meuse", "9999-12-31", "2027-03-14"),
        ("lys", "9999-12-31", "2026-12-14"),
        ("lys", "2026-10-01", "2026-10-01"),
    ] {
        let path = format!("/{bank}/v1/consents");
        let created: ConsentCreated = rig.call("POST", &path, CONSENT_HEADERS, &consent_body(asked)).await.unwrap();
        let path = format!("{path}/{}", created.consent_id);
        let information: ConsentInformation = rig.call("GET", &path, &[], "").await.unwrap();
        assert_eq!(information.valid_until.to_string(), granted, "{bank} {asked}");
    }
}

#[tokio::test]
async fn what_is_missing_or_malformed_is_named() {
    let rig = Rig::new();
    let without = |name: &str| -> Vec<(&str, &str)> {
        CONSENT_HEADERS.iter().copied().filter(|(header, _)| *header != name).collect()
    };
    let body = consent_body("9999-12-31");
    for missing in ["PSU-IP-Address", "TPP-Redirect-URI"] {
        let outcome = create(&rig, &without(missing), &body).await;
        assert_eq!(outcome.unwrap_err(), refused(400, "FORMAT_ERROR"), "{missing}");
    }
    let outcome = create(&rig, &without("Content-Type"), &body).await;
    assert_eq!(outcome.unwrap_err(), refused(415, "FORMAT_ERROR"));
    let mut relative = without("TPP-Redirect-URI");
    relative.push(("TPP-Redirect-URI", "javascript:alert(1)"));
    assert_eq!(create(&rig, &relative, &body).await.unwrap_err(), refused(400, "FORMAT_ERROR"));

    let wrong_bodies = [
        ("{}".to_owned(), "FORMAT_ERROR"),
        (consent_body("2026-09-14"), "FORMAT_ERROR"),
        (consent_body("tomorrow"), "FORMAT_ERROR"),
        (body.replace("\"frequencyPerDay\":4", "\"frequencyPerDay\":0"), "FORMAT_ERROR"),
        (body.replace("\"recurringIndicator\":true", "\"recurringIndicator\":false"), "FORMAT_ERROR"),
        (body.replace("\"accounts\":[]", "\"accounts\":[{\"iban\":\"BE68539007547034\"}]"), "FORMAT_ERROR"),
        (
            body.replace(
                "\"accounts\":[],\"balances\":[],\"transactions\":[]",
                "\"availableAccounts\":\"allAccounts\"",
            ),
            "PARAMETER_NOT_SUPPORTED",
        ),
    ];
    for (wrong, code) in wrong_bodies {
        assert_eq!(create(&rig, CONSENT_HEADERS, &wrong).await.unwrap_err(), refused(400, code), "{wrong}");
    }
}

#[tokio::test]
async fn a_request_without_an_id_of_its_own_is_refused() {
    let rig = Rig::new();
    for id in [None, Some("not-a-uuid")] {
        let mut request = axum::http::Request::get(format!("http://{HOST}/meuse/v1/accounts"));
        if let Some(id) = id {
            request = request.header("X-Request-ID", id);
        }
        let answer = rig.send(request.body(bytes::Bytes::new()).unwrap()).await.unwrap();
        assert_eq!(crate::client::refusal(answer.status(), answer.body()), refused(400, "FORMAT_ERROR"));
    }
}

#[tokio::test]
async fn a_deleted_consent_is_terminated_and_gives_nothing() {
    let rig = Rig::new();
    let consent = rig.authorise("seine").await;
    assert_eq!(rig.accounts("seine", &consent).await.len(), 3);
    let path = format!("/seine/v1/consents/{consent}");
    for _ in 0..2 {
        let answer = rig.raw("DELETE", &path, &[], "").await.unwrap();
        assert_eq!(answer.status(), 204);
    }
    assert_eq!(rig.consent_status("seine", &consent).await, "terminatedByTpp");
    let outcome = rig.get::<crate::client::Accounts>(&consent, "/seine/v1/accounts").await;
    assert_eq!(outcome.unwrap_err(), refused(401, "CONSENT_INVALID"));
}

#[tokio::test]
async fn a_consent_is_known_at_its_own_bank_only() {
    let rig = Rig::new();
    let consent = rig.authorise("meuse").await;
    let elsewhere = rig.get::<crate::client::Accounts>(&consent, "/seine/v1/accounts").await;
    assert_eq!(elsewhere.unwrap_err(), refused(403, "CONSENT_UNKNOWN"));
    let unknown = rig.get::<crate::client::Accounts>("nobody", "/meuse/v1/accounts").await;
    assert_eq!(unknown.unwrap_err(), refused(403, "CONSENT_UNKNOWN"));
    let path = format!("/lys/v1/consents/{consent}");
    let read = rig.call::<ConsentInformation>("GET", &path, &[], "").await;
    assert_eq!(read.unwrap_err(), refused(403, "CONSENT_UNKNOWN"));
    let missing = rig.call::<crate::client::Accounts>("GET", "/meuse/v1/accounts", &[], "").await;
    assert_eq!(missing.unwrap_err(), refused(400, "FORMAT_ERROR"));
    let no_bank = rig.get::<crate::client::Accounts>(&consent, "/nowhere/v1/accounts").await;
    assert_eq!(no_bank.unwrap_err(), refused(404, "RESOURCE_UNKNOWN"));
    let no_path = rig.get::<crate::client::Accounts>(&consent, "/meuse/v1/nothing").await;
    assert_eq!(no_path.unwrap_err(), refused(404, "RESOURCE_UNKNOWN"));
    let method = rig.call::<crate::client::Accounts>("POST", "/meuse/v1/accounts", &[], "").await;
    assert_eq!(method.unwrap_err(), refused(405, "SERVICE_INVALID"));
}

#[tokio::test]
async fn a_consent_expires_after_its_last_day_and_not_before() {
    let rig = Rig::new();
    let consent = rig.authorise("lys").await;
    rig.advance_days(90);
    assert_eq!(rig.consent_status("lys", &consent).await, "valid");
    assert_eq!(rig.accounts("lys", &consent).await.len(), 2);
    rig.advance_days(1);
    assert_eq!(rig.consent_status("lys", &consent).await, "expired");
    let outcome = rig.get::<crate::client::Accounts>(&consent, "/lys/v1/accounts").await;
    assert_eq!(outcome.unwrap_err(), refused(401, "CONSENT_EXPIRED"));
}

#[tokio::test]
async fn an_unauthorised_consent_gives_nothing_and_is_rejected_after_a_day() {
    let rig = Rig::new();
    let asked = rig.ask("meuse").await;
    let outcome = rig.get::<crate::client::Accounts>(&asked.consent_id, "/meuse/v1/accounts").await;
    assert_eq!(outcome.unwrap_err(), refused(401, "CONSENT_INVALID"));
    rig.advance_days(1);
    assert_eq!(rig.consent_status("meuse", &asked.consent_id).await, "rejected");
}

#[tokio::test]
async fn a_consent_covers_what_it_names() {
    let rig = Rig::new();
    let all = rig.authorise("seine").await;
    let accounts = rig.accounts("seine", &all).await;
    let dollars = accounts.iter().find(|account| account.currency == "USD").unwrap();
    let iban = dollars.iban.clone().unwrap();
    let access = format!(r#""accounts":[{{"iban":"{iban}","currency":"USD"}}]"#);
    let body = consent_body("9999-12-31").replace(r#""accounts":[],"balances":[],"transactions":[]"#, &access);
    let asked: ConsentCreated = rig.call("POST", "/seine/v1/consents", CONSENT_HEADERS, &body).await.unwrap();
    let page = &asked.links.sca_redirect.href;
    rig.submit(page, "user=demo&password=demo&action=continue").await;
    rig.submit(page, "code=123456&action=continue").await;
    let (_, html) = rig.open(page).await;
    let offered = crate::client::values_of(&html, "accounts");
    assert_eq!(offered, [dollars.resource_id.as_str()], "only the account that was asked for is offered");
    rig.submit(page, &format!("accounts={}&action=confirm", offered[0])).await;
    let got = rig.accounts("seine", &asked.consent_id).await;
    assert_eq!(got.len(), 1);
    assert!(got[0].links.transactions.is_none() && got[0].links.balances.is_none());
    let path = format!("/seine/v1/accounts/{}/balances", offered[0]);
    let outcome = rig.get::<crate::client::Balances>(&asked.consent_id, &path).await;
    assert_eq!(outcome.unwrap_err(), refused(401, "CONSENT_INVALID"));
}
