use axum::http::StatusCode;

use crate::client::{Rig, values_of};

const OK_URI: &str = "https://hub.test/return?state=a%20b";
const NOK_URI: &str = "https://hub.test/refused?state=c";

fn location(answer: &axum::http::Response<bytes::Bytes>) -> &str {
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    answer.headers()["location"].to_str().unwrap()
}

#[tokio::test]
async fn the_user_logs_in_chooses_and_returns_with_the_query_kept() {
    let rig = Rig::new();
    let asked = rig.ask("meuse").await;
    let page = asked.links.sca_redirect.href;
    let (status, html) = rig.open(&page).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(html.matches("<form").count(), 1);
    assert_eq!(values_of(&html, "user"), ["demo"]);
    assert_eq!(values_of(&html, "password"), ["demo"]);
    assert_eq!(values_of(&html, "action"), ["continue", "refuse"]);

    let answer = rig.submit(&page, "user=demo&password=demo&action=continue").await;
    assert_eq!(location(&answer), format!("/meuse/login/{}", asked.consent_id));
    let (_, html) = rig.open(&page).await;
    assert!(html.contains("name=\"code\""));
    let answer = rig.submit(&page, "code=123+456&action=continue").await;
    assert_eq!(location(&answer), format!("/meuse/login/{}", asked.consent_id));
    let (_, html) = rig.open(&page).await;
    assert_eq!(values_of(&html, "action"), ["confirm", "refuse"]);
    let offered = values_of(&html, "accounts");
    assert_eq!(offered.len(), 2);
    let iban = &rig.sandbox.control().accounts("meuse").unwrap()[0];
    let grouped = domain::Iban::parse(iban.reference.as_str()).unwrap().grouped();
    assert!(html.contains(&grouped), "the IBAN is readable");

    let answer = rig.submit(&page, &format!("accounts={}&action=confirm", offered[1])).await;
    assert_eq!(location(&answer), OK_URI);
    assert_eq!(rig.consent_status("meuse", &asked.consent_id).await, "valid");
    let got = rig.accounts("meuse", &asked.consent_id).await;
    assert_eq!(got.iter().map(|account| account.resource_id.clone()).collect::<Vec<_>>(), offered[1..]);

    // A double click and a stale form of an earlier step lead back again and change nothing.
    for form in ["action=confirm", "code=000000&action=continue", "action=refuse"] {
        assert_eq!(location(&rig.submit(&page, form).await), OK_URI);
    }
    assert_eq!(rig.consent_status("meuse", &asked.consent_id).await, "valid");
    let (status, html) = rig.open(&page).await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("closed") && !html.contains("<form"));
}

#[tokio::test]
async fn wrong_answers_are_told_in_one_sentence_and_can_be_repeated() {
    let rig = Rig::new();
    let asked = rig.ask("meuse").await;
    let page = asked.links.sca_redirect.href;
    for form in ["user=demo&password=wrong&action=continue", "user=&password=demo&action=continue"] {
        let answer = rig.submit(&page, form).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let html = String::from_utf8_lossy(answer.body()).into_owned();
        assert!(html.contains("The user id or the password is wrong."), "{html}");
    }
    rig.submit(&page, "user=anybody&password=demo&action=continue").await;
    let answer = rig.submit(&page, "code=111111&action=continue").await;
    assert!(String::from_utf8_lossy(answer.body()).contains("You can try 2 more times."));
    let answer = rig.submit(&page, "code=&action=continue").await;
    assert!(String::from_utf8_lossy(answer.body()).contains("You can try once more."));
    rig.submit(&page, "code=123456&action=continue").await;
    let answer = rig.submit(&page, "action=confirm").await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(String::from_utf8_lossy(answer.body()).contains("Choose at least one account"));
    assert_eq!(rig.consent_status("meuse", &asked.consent_id).await, "received");
}

#[tokio::test]
async fn a_third_wrong_code_rejects() {
    let rig = Rig::new();
    let asked = rig.ask("lys").await;
    let page = asked.links.sca_redirect.href;
    rig.submit(&page, "user=demo&password=demo&action=continue").await;
    for _ in 0..2 {
        assert_eq!(rig.submit(&page, "code=1&action=continue").await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(location(&rig.submit(&page, "code=1&action=continue").await), NOK_URI);
    assert_eq!(rig.consent_status("lys", &asked.consent_id).await, "rejected");
    assert_eq!(location(&rig.submit(&page, "code=123456&action=continue").await), NOK_URI);
    assert_eq!(rig.consent_status("lys", &asked.consent_id).await, "rejected");
}

#[tokio::test]
async fn the_user_can_refuse_at_every_step() {
    let rig = Rig::new();
    let steps = ["user=demo&password=demo&action=continue", "code=123456&action=continue"];
    for taken in 0..=steps.len() {
        let asked = rig.ask("seine").await;
        let page = asked.links.sca_redirect.href;
        for form in &steps[..taken] {
            rig.submit(&page, form).await;
        }
        assert_eq!(location(&rig.submit(&page, "action=refuse").await), NOK_URI);
        assert_eq!(rig.consent_status("seine", &asked.consent_id).await, "rejected");
    }
}

#[tokio::test]
async fn steps_cannot_be_skipped_nor_foreign_accounts_chosen() {
    let rig = Rig::new();
    let asked = rig.ask("meuse").await;
    let page = asked.links.sca_redirect.href;
    rig.submit(&page, "code=123456&action=continue").await;
    rig.submit(&page, "accounts=x&action=confirm").await;
    let (_, html) = rig.open(&page).await;
    assert!(html.contains("name=\"password\""), "still at the first step");
    rig.submit(&page, "user=demo&password=demo&action=continue").await;
    rig.submit(&page, "code=123456&action=continue").await;
    let other_bank = rig.authorise("seine").await;
    let foreign = &rig.accounts("seine", &other_bank).await[0].resource_id;
    let answer = rig.submit(&page, &format!("accounts={foreign}&action=confirm")).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn pages_load_nothing_from_elsewhere_and_allow_the_way_back() {
    let rig = Rig::new();
    let asked = rig.ask("meuse").await;
    let request = axum::http::Request::get(&asked.links.sca_redirect.href).body(bytes::Bytes::new()).unwrap();
    let answer = rig.send(request).await.unwrap();
    let policy = answer.headers()["content-security-policy"].to_str().unwrap();
    assert!(
        policy.starts_with("default-src 'none'; style-src 'self'; form-action 'self' https://hub.test"),
        "{policy}"
    );
    let html = String::from_utf8_lossy(answer.body()).into_owned();
    assert!(!html.contains("<script") && !html.contains("style=") && !html.contains("src="), "{html}");
    let (status, css) = rig.open(&format!("http://{}/meuse/assets/bank.css", crate::client::HOST)).await;
    assert!(status == StatusCode::OK && css.contains("--accent") && !css.contains("url("));
    let (status, html) = rig.open(&format!("http://{}/meuse/login/unknown", crate::client::HOST)).await;
    assert!(status == StatusCode::NOT_FOUND && html.contains("Unknown request"));
}
