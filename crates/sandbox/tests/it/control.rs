use serde_json::{Value, json};

use crate::client::{HOST, Rig, refused};

async fn command(rig: &Rig, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
    let request = axum::http::Request::builder().method(method).uri(format!("http://{HOST}{path}"));
    let body = body.map_or_else(String::new, |body| body.to_string());
    let request = request.header("Content-Type", "application/json").body(bytes::Bytes::from(body)).unwrap();
    let answer = rig.send(request).await.unwrap();
    (answer.status().as_u16(), serde_json::from_slice(answer.body()).unwrap())
}

#[tokio::test]
async fn the_truth_is_told_with_every_field() {
    let rig = Rig::new();
    let (status, banks) = command(&rig, "GET", "/control/banks", None).await;
    assert_eq!(status, 200);
    let slugs: Vec<&str> = banks.as_array().unwrap().iter().map(|bank| bank["slug"].as_str().unwrap()).collect();
    assert_eq!(slugs, ["meuse", "lys", "seine", "sambre"]);
    let account = &banks[0]["accounts"][0];
    let key = account["key"].as_str().unwrap();
    let (_, truth) = command(&rig, "GET", &format!("/control/meuse/accounts/{key}/truth"), None).await;
    assert_eq!(truth["count"], account["booked"]);
    assert_eq!(truth["booked"].as_array().unwrap().len() as u64, truth["count"].as_u64().unwrap());
    assert_eq!(truth["closing"]["amount"], account["closing"]["amount"]);
    let row = &truth["booked"][0];
    assert!(row["row"].is_string() && row["details"]["bank_id"].is_string(), "{row}");
    let (_, part) = command(&rig, "GET", &format!("/control/meuse/accounts/{key}/truth?from=2026-09-14"), None).await;
    assert!(part["count"].as_u64().unwrap() < truth["count"].as_u64().unwrap());
}

#[tokio::test]
async fn commands_change_the_bank() {
    let rig = Rig::new();
    let control = rig.sandbox.control();
    let account = control.accounts("meuse").unwrap()[0].clone();
    let base = format!("/control/meuse/accounts/{}", account.key);
    let (status, late) = command(&rig, "POST", &format!("{base}/late"), Some(json!({"count": 3}))).await;
    assert_eq!((status, late.as_array().unwrap().len()), (200, 3));
    assert_eq!(control.accounts("meuse").unwrap()[0].booked, account.booked + 3);
    let row = late[0]["row"].as_str().unwrap();
    let (status, corrected) =
        command(&rig, "POST", &format!("{base}/correct"), Some(json!({"row": row, "text": "Autre texte"}))).await;
    assert_eq!((status, &corrected["details"]["remittance"]), (200, &json!(["Autre texte"])));
    assert_eq!(corrected["amount"], late[0]["amount"]);
    let (status, _) = command(&rig, "POST", &format!("{base}/reissue"), None).await;
    assert_eq!(status, 200);

    let new = json!({"name": "Chantier", "currency": "EUR", "rows_per_day": 40, "history_days": 30});
    let (status, added) = command(&rig, "POST", "/control/lys/accounts", Some(new)).await;
    assert_eq!(status, 200);
    assert!(added["booked"].as_u64().unwrap() > 600);
    let (_, faults) = command(&rig, "PUT", "/control/faults", Some(json!({"seed": 4, "rates": {"slow": 9}}))).await;
    assert_eq!(faults, json!({"seed": 4, "rates": {"slow": 9}}));
    assert_eq!(command(&rig, "GET", "/control/faults", None).await.1, faults);
    let (_, log) = command(&rig, "GET", "/control/log", None).await;
    assert_eq!(log, json!({"fired": [], "exceeded": 0}));

    let consent = rig.authorise("meuse").await;
    let (_, consents) = command(&rig, "GET", "/control/consents", None).await;
    assert_eq!((&consents[0]["id"], &consents[0]["status"]), (&json!(consent), &json!("valid")));
    let end = format!("/control/consents/{consent}/end");
    let (status, _) = command(&rig, "POST", &end, Some(json!({"ending": "revokedByPsu"}))).await;
    assert_eq!(status, 200);
    let outcome = rig.get::<crate::client::Accounts>(&consent, "/meuse/v1/accounts").await;
    assert_eq!(outcome.unwrap_err(), refused(401, "CONSENT_INVALID"));
    let (status, error) = command(&rig, "POST", &end, Some(json!({"ending": "expired"}))).await;
    assert_eq!(status, 404);
    assert!(error["error"].as_str().unwrap().contains("no valid consent"), "{error}");
}

#[tokio::test]
async fn wrong_commands_are_explained() {
    let rig = Rig::new();
    let key = rig.sandbox.control().accounts("meuse").unwrap()[0].key.clone();
    let correct = format!("/control/meuse/accounts/{key}/correct");
    for (method, path, body, status, reason) in [
        ("GET", "/control/nowhere/accounts", None, 404, "no simulated bank 'nowhere'"),
        ("GET", "/control/meuse/accounts/x/truth", None, 404, "no account 'x'"),
        ("POST", correct.as_str(), Some(json!({"row": "2026-09-15.9999"})), 404, "no booked movement"),
        ("POST", correct.as_str(), Some(json!({"rows": "x"})), 400, "unknown field"),
        ("PUT", "/control/faults", Some(json!({"rates": {"slow": 101}})), 400, "percentage"),
        ("PUT", "/control/faults", Some(json!({"rates": {"sloth": 1}})), 400, "cannot be read"),
    ] {
        let (got, error) = command(&rig, method, path, body).await;
        assert_eq!(got, status, "{path}");
        assert!(error["error"].as_str().unwrap().contains(reason), "{error}");
    }
    let request = axum::http::Request::post(format!("http://{HOST}/control/meuse/accounts/{key}/late"));
    let answer = rig.send(request.body(bytes::Bytes::from("{\"count\":1}")).unwrap()).await.unwrap();
    assert_eq!(answer.status(), 400, "a plain form from a foreign page is not a command");
}

#[tokio::test]
async fn a_movement_is_booked_and_edited_by_hand() {
    let rig = Rig::new();
    let control = rig.sandbox.control();
    for bank in ["meuse", "lys"] {
        let before = control.accounts(bank).unwrap()[0].clone();
        let base = format!("/control/{bank}/accounts/{}/transactions", before.key);
        let details = json!({
            "counterparty": { "account": "BE43068999999501" },
            "structured": { "scheme": "ogm", "reference": "090933755493" },
            "bank_id": "not for others to say",
        });
        let new = json!({ "amount": "-12.30", "value_on": "2026-01-02", "details": details });
        let (status, booked) = command(&rig, "POST", &base, Some(new)).await;
        assert_eq!((status, &booked["amount"]), (200, &json!("-12.30")), "{booked}");
        assert_eq!((&booked["value_on"], &booked["booked_on"]), (&json!("2026-01-02"), &json!(before.last_day)));
        assert_ne!(booked["details"]["bank_id"], "not for others to say");
        let after = control.accounts(bank).unwrap()[0].clone();
        assert_eq!(after.booked, before.booked + 1);
        let moved = after.closing.unwrap().amount.minor() - before.closing.unwrap().amount.minor();
        assert_eq!(moved, -1230);

        let address = format!("{base}/{}", booked["row"].as_str().unwrap());
        let edit = json!({ "counterparty": { "name": "Imprimerie" }, "remittance": ["Facture 7"] });
        let (_, edited) = command(&rig, "PATCH", &address, Some(edit)).await;
        assert_eq!(edited["details"]["counterparty"], json!({ "name": "Imprimerie", "account": "BE43068999999501" }));
        assert_eq!((&edited["details"]["remittance"], &edited["amount"]), (&json!(["Facture 7"]), &json!("-12.30")));
        let edit = json!({ "counterparty": { "name": "Another" } });
        let (_, again) = command(&rig, "PATCH", &address, Some(edit)).await;
        assert_eq!(again["details"]["counterparty"]["name"], "Imprimerie", "a name that is there stays");

        for (wrong, status) in [("1.234", 400), ("much", 400), ("10000000000.01", 400)] {
            assert_eq!(command(&rig, "POST", &base, Some(json!({ "amount": wrong }))).await.0, status, "{wrong}");
        }
        let future = json!({ "amount": "1", "booked_on": "2999-01-01" });
        assert_eq!(command(&rig, "POST", &base, Some(future)).await.0, 400);
        assert_eq!(command(&rig, "PATCH", &format!("{base}/2026-01-01.late-99"), Some(json!({}))).await.0, 404);
    }
}

#[tokio::test]
async fn the_banks_are_listed_for_whoever_wants_to_offer_them() {
    let rig = Rig::new();
    let names = async |path: &str| {
        let (status, list) = command(&rig, "GET", path, None).await;
        assert_eq!(status, 200);
        let names =
            list["institutions"].as_array().unwrap().iter().map(|bank| bank["bic"].as_str().unwrap().to_owned());
        names.collect::<Vec<_>>()
    };
    assert_eq!(names("/institutions").await, ["MEUSBEBB", "LYSBBEBB", "SEINFRPP", "SAMBBEBB"]);
    assert_eq!(names("/institutions?country=FR").await, ["SEINFRPP"]);
}
