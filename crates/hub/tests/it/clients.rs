//! The exact calls of software that was written for Ponto, each asserting what that software relies on. Modules for
//! Odoo first, by version, then what else calls Ponto's API.

use axum::body::Body;
use domain::Timestamp;
use serde_json::{Value, json};

use crate::testing::{Answer, MEUSE, TestHub, basic};

const REFERENCE: &str = "BE68539007547034";

struct Scene {
    test: TestHub,
    organization: domain::OrganizationId,
    account: domain::AccountId,
    client_id: String,
    secret: String,
}

async fn scene(transactions: i64) -> Scene {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, REFERENCE, transactions).await;
    let made = hub::integrations::create_custom(&test.hub, ana.organization, "Odoo", &[account]).await.unwrap();
    let (client_id, secret) = (made.client_id, made.secret.expose().clone());
    Scene { test, organization: ana.organization, account, client_id, secret }
}

/// Headers of the modules for Odoo.
const JSON: &[(&str, &str)] = &[("accept", "application/json")];
const JSON_API: &[(&str, &str)] = &[("accept", "application/vnd.api+json")];

impl Scene {
    fn basic(&self) -> String {
        basic(&self.client_id, &self.secret)
    }

    async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let mut request = http::Request::builder().method(method).uri(path).header("host", "api.myponto.com");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.test.send(request.body(body.into()).unwrap()).await
    }

    /// `POST /oauth2/token?grant_type=client_credentials` with an empty form, as Odoo's modules send it.
    async fn log_in(&self) -> String {
        let header = self.basic();
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("accept", "application/json"),
            ("authorization", header.as_str()),
            ("content-length", "0"),
        ];
        let answer = self.send("POST", "/oauth2/token?grant_type=client_credentials", &headers, Body::empty()).await;
        assert_eq!(answer.status, 200, "some versions accept 200 only");
        let token = answer.json();
        assert!(token["expires_in"].as_i64().unwrap() > 0, "without it there is a login before every request");
        token["access_token"].as_str().unwrap().to_owned()
    }

    async fn ask(
        &self,
        method: &str,
        path: &str,
        token: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Answer {
        let bearer = format!("Bearer {token}");
        let mut all = headers.to_vec();
        all.push(("authorization", &bearer));
        if body.is_some() && !headers.iter().any(|(name, _)| *name == "content-type") {
            all.push(("content-type", "application/json"));
        }
        self.send(method, path, &all, body.map_or_else(Body::empty, |body| Body::from(body.to_string()))).await
    }

    async fn get(&self, path: &str, token: &str) -> Answer {
        let answer = self.ask("GET", path, token, JSON, None).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer
    }

    async fn rows(&self, path: &str, token: &str) -> Vec<Value> {
        self.get(path, token).await.json()["data"].as_array().unwrap().clone()
    }

    fn transactions(&self, query: &str) -> String {
        format!("/accounts/{}/transactions?limit=100{query}", self.account)
    }

    /// Follows `links.prev` or `links.next` until it is absent, adding the limit to each link once more as OCA 13 and
    /// 15 do.
    async fn follow(&self, from: &str, link: &str, token: &str) -> Vec<Value> {
        let mut path = from.to_owned();
        let mut found = Vec::new();
        for _ in 0..20 {
            let page = self.get(&path, token).await.json();
            found.extend(page["data"].as_array().unwrap().iter().cloned());
            let Some(onward) = page["links"].get(link) else { return found };
            path = format!("{}&limit=100", on_the_same_host(onward.as_str().expect("a link is a text or absent")));
        }
        panic!("links.{link} never ends")
    }

    /// The synchronization of the older modules, which know no `customerIpAddress`.
    async fn synchronize(&self, token: &str, subtype: &str) -> Answer {
        let attributes = json!({ "resourceType": "account", "resourceId": self.account, "subtype": subtype });
        let body = json!({ "data": { "type": "synchronization", "attributes": attributes } });
        let answer = self.ask("POST", "/synchronizations", token, JSON, Some(body)).await;
        assert!([200, 201, 400].contains(&answer.status.as_u16()), "{}", answer.body);
        answer
    }
}

fn on_the_same_host(link: &str) -> &str {
    link.strip_prefix("http://api.myponto.com").expect("links lead to the host that was called")
}

/// `%Y-%m-%dT%H:%M:%S.%fZ` of Python: a fraction of one to six digits and the Z are compulsory.
fn strict_python_date(text: &str) -> Timestamp {
    let (whole, fraction) = text.split_once('.').unwrap_or_else(|| panic!("{text} has no fraction"));
    let digits = fraction.strip_suffix('Z').unwrap_or_else(|| panic!("{text} has no Z"));
    assert!((1..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()), "{text}");
    let shape: String = whole.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    assert_eq!(shape, "9999-99-99T99:99:99", "{text}");
    text.parse().unwrap()
}

#[test]
fn the_date_check_is_as_strict_as_python() {
    assert!(std::panic::catch_unwind(|| strict_python_date("2026-02-01T00:00:00.000Z")).is_ok());
    for bad in ["2026-02-01T00:00:00Z", "2026-02-01", "2026-02-01T00:00:00.000+00:00", "2026-02-01 00:00:00.0Z"] {
        assert!(std::panic::catch_unwind(|| strict_python_date(bad)).is_err(), "{bad}");
    }
}

fn executed(row: &Value) -> Timestamp {
    strict_python_date(row["attributes"]["executionDate"].as_str().unwrap())
}

fn ids(rows: &[Value]) -> Vec<String> {
    rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

fn newest_first(booked: &[domain::TransactionId]) -> Vec<String> {
    booked.iter().rev().map(ToString::to_string).collect()
}

#[tokio::test]
async fn odoo_community_16_to_19_reads_the_whole_history() {
    let scene = scene(230).await;
    let token = scene.log_in().await;
    // The account whose reference, without blanks and in capitals, is the journal's; only the first 100 are seen.
    let accounts = scene.rows("/accounts?limit=100", &token).await;
    let sanitized = |account: &&Value| {
        let reference = account["attributes"]["reference"].as_str().expect("a reference that is no text crashes it");
        reference.split_whitespace().collect::<String>().to_uppercase() == REFERENCE
    };
    let account = accounts.iter().find(sanitized).unwrap()["id"].as_str().unwrap().to_owned();
    let list = format!("/accounts/{account}/transactions?limit=100");
    let mut lines: Vec<Value> = Vec::new();
    let mut path = list.clone();
    let mut requests = 0;
    loop {
        let rows = scene.rows(&path, &token).await;
        requests += 1;
        let Some(last) = rows.last() else { break };
        path = format!("{list}&after={}", last["id"].as_str().unwrap());
        lines.extend(rows);
    }
    assert_eq!((lines.len(), requests), (230, 4));
    for line in &lines {
        let told = &line["attributes"];
        executed(line);
        strict_python_date(told["valueDate"].as_str().unwrap());
        assert!(told["amount"].is_number() && told["remittanceInformation"].is_string(), "{line}");
        let texts = ["description", "counterpartName", "counterpartReference", "remittanceInformation"];
        assert!(texts.iter().all(|name| told.get(name).is_none_or(Value::is_string)), "null empties the label: {line}");
    }
    // A scheduled run stops at the first id of the run before; what came late stands above it, whatever its date.
    let last_identifier = lines[0]["id"].clone();
    let late = scene.test.book(scene.organization, scene.account, 2).await;
    let rows = scene.rows(&list, &token).await;
    let new: Vec<Value> = rows.into_iter().take_while(|row| row["id"] != last_identifier).collect();
    assert_eq!(ids(&new), newest_first(&late));
    assert!(executed(&new[0]) < executed(&lines[0]), "it is booked in the past");
}

#[tokio::test]
async fn odoo_community_14_reads_until_a_page_ends_before_its_window() {
    let scene = scene(230).await;
    let token = scene.log_in().await;
    let since: Timestamp = "2026-02-20T00:00:00Z".parse().unwrap();
    let late = scene.test.book(scene.organization, scene.account, 27).await;
    let mut kept: Vec<Value> = Vec::new();
    let mut path = scene.transactions("");
    loop {
        let rows = scene.rows(&path, &token).await;
        let Some(last) = rows.last().cloned() else { break };
        kept.extend(rows.into_iter().filter(|row| executed(row) >= since));
        if executed(&last) < since {
            break;
        }
        path = scene.transactions(&format!("&after={}", last["id"].as_str().unwrap()));
    }
    // The days of the month go round and round in this account, so the first page ends before the window.
    let in_window = late.iter().rev().map(ToString::to_string).take(9).collect::<Vec<_>>();
    assert_eq!(ids(&kept)[..in_window.len()], in_window, "late rows of the window stand on the first page");
    assert!(kept.iter().all(|row| executed(row) >= since));
}

#[tokio::test]
async fn odoo_community_12_polls_its_synchronization_and_reads_on() {
    let scene = scene(130).await;
    let token = scene.log_in().await;
    let made = scene.synchronize(&token, "accountTransactions").await.json();
    let id = made["data"]["id"].as_str().expect("any answer but 400 must have data.id");
    for _ in 0..10 {
        scene.get(&format!("/synchronizations/{id}"), &token).await.json();
    }
    let again = scene.synchronize(&token, "accountTransactions").await;
    assert_eq!(
        (again.status.as_u16(), again.code().as_str()),
        (400, "accountRecentlySynchronized"),
        "it goes on at 400"
    );
    let first = scene.rows(&scene.transactions(""), &token).await;
    let after = |rows: &[Value]| format!("&after={}", rows.last().unwrap()["id"].as_str().unwrap());
    let second = scene.rows(&scene.transactions(&after(&first)), &token).await;
    let end = scene.rows(&scene.transactions(&after(&second)), &token).await;
    assert_eq!((first.len(), second.len(), end.len()), (100, 30, 0));
}

#[tokio::test]
async fn odoo_community_13_and_15_go_up_from_what_they_know() {
    let scene = scene(250).await;
    let token = scene.log_in().await;
    for expected in [201, 400] {
        let answer = scene.synchronize(&token, "accountTransactions").await;
        assert_eq!(answer.status.as_u16(), expected, "{}", answer.body);
        assert_eq!(answer.json().get("attributes"), None, "an id there would make it poll for minutes");
    }
    // The first time they follow next until it is absent and keep the id of the first row.
    let whole = scene.follow(&scene.transactions(""), "next", &token).await;
    assert_eq!(whole.len(), 250);
    assert!(whole.iter().all(|row| executed(row) < scene.test.now()));
    let known = whole[0]["id"].as_str().unwrap();

    // Then they go up from there: nothing new is an empty page without a way up.
    let up = scene.transactions(&format!("&before={known}"));
    assert_eq!(scene.follow(&up, "prev", &token).await, Vec::<Value>::new());
    let late = scene.test.book(scene.organization, scene.account, 250).await;
    let found = scene.follow(&up, "prev", &token).await;
    let mut found: Vec<String> = ids(&found);
    found.sort_unstable();
    let mut wanted = newest_first(&late);
    wanted.sort_unstable();
    assert_eq!(found, wanted, "each late row once, none twice, none missed");
}

#[tokio::test]
async fn odoo_enterprise_13_asks_for_both_kinds_polls_and_goes_up() {
    let scene = scene(120).await;
    let token = scene.log_in().await;
    let accounts = scene.rows("/accounts", &token).await;
    assert_eq!(accounts.len(), 1);
    for subtype in ["accountTransactions", "accountDetails"] {
        let made = scene.synchronize(&token, subtype).await.json();
        let id = made["data"]["id"].as_str().unwrap();
        let polled = scene.get(&format!("/synchronizations/{id}"), &token).await.json();
        let status = polled["data"]["attributes"]["status"].as_str().unwrap();
        assert!(["pending", "running", "success", "error"].contains(&status), "{status}");
        assert_eq!(polled["data"]["attributes"]["errors"], json!([]));
        // The second time within minutes it goes on at this code and no other.
        assert_eq!(scene.synchronize(&token, subtype).await.code(), "accountRecentlySynchronized");
    }
    let told = &scene.get(&format!("/accounts/{}", scene.account), &token).await.json()["data"]["attributes"];
    assert!(told["currentBalance"].is_number() && told["availableBalance"].is_number(), "{told}");
    assert!(["reference", "description", "currency"].iter().all(|name| told[name].is_string()), "{told}");
    let list = format!("/accounts/{}/transactions?limit=100", scene.account);
    let whole = scene.follow(&list, "next", &token).await;
    // Its day is the one in Brussels, which is that of UTC at midnight.
    assert!(whole.iter().all(|row| executed(row).to_string().ends_with("T00:00:00Z")));
    let late = scene.test.book(scene.organization, scene.account, 3).await;
    let above = scene.follow(&format!("{list}&before={}", whole[0]["id"].as_str().unwrap()), "prev", &token).await;
    assert_eq!(ids(&above), newest_first(&late));
    // A token that ended is asked for again on this code, and only on it.
    scene.test.clock.advance_seconds(1800);
    let ended = scene.ask("GET", "/accounts", &token, JSON, None).await;
    assert_eq!((ended.status.as_u16(), ended.code().as_str()), (401, "credentialsInvalid"));
    scene.get("/accounts", &scene.log_in().await).await;
}

#[tokio::test]
async fn the_node_client_ends_where_paging_names_no_next_row() {
    let scene = scene(7).await;
    let token = scene.log_in().await;
    let mut after: Option<String> = None;
    let mut found = 0;
    loop {
        let cursor = after.map(|id| format!("&after={id}")).unwrap_or_default();
        let page = scene.get(&format!("/accounts/{}/transactions?limit=3{cursor}", scene.account), &token).await.json();
        found += page["data"].as_array().unwrap().len();
        after = page["meta"]["paging"]["after"].as_str().map(str::to_owned);
        if after.is_none() {
            break;
        }
    }
    assert_eq!(found, 7);
}

#[tokio::test]
async fn the_ruby_client_builds_every_address_from_the_root() {
    let scene = scene(3).await;
    // Its host has the port in it, and its token comes from a form.
    let root = scene.send("GET", "/", &[("accept", "application/vnd.api+json")], Body::empty()).await.json();
    let fill = |template: &Value, id: &str| {
        let template = on_the_same_host(template.as_str().unwrap());
        let mut filled = template.replace("{accountId}", &scene.account.to_string());
        if let Some(at) = filled.find('{') {
            filled.truncate(at);
            filled.push_str(id);
        } else if id.is_empty() {
            filled = template.split('{').next().unwrap().to_owned();
        }
        filled
    };
    let links = &root["links"];
    let header = scene.basic();
    let headers = [("authorization", header.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    let granted =
        scene.send("POST", &fill(&links["oauth2"]["token"], ""), &headers, "grant_type=client_credentials").await;
    let token = granted.json()["access_token"].as_str().unwrap().to_owned();
    let lists = [
        fill(&links["accounts"], ""),
        fill(&links["financialInstitutions"], ""),
        fill(&links["account"]["transactions"], ""),
        fill(&links["account"]["pendingTransactions"], ""),
    ];
    for list in &lists {
        assert!(list.ends_with('/'), "the last placeholder is left empty: {list}");
        let page = scene.get(list, &token).await.json();
        assert!(page["data"].is_array(), "{page}");
        for row in page["data"].as_array().unwrap() {
            assert!(row["type"].is_string() && row["id"].is_string() && row["attributes"].is_object(), "{row}");
        }
    }
    let attributes = json!({ "resourceType": "account", "resourceId": scene.account, "subtype": "accountDetails" });
    let body = json!({ "data": { "type": "synchronization", "attributes": attributes } });
    let made = scene.ask("POST", &fill(&links["synchronizations"], ""), &token, JSON_API, Some(body)).await;
    assert_eq!(made.status, 201, "{}", made.body);
    // Everything of 400 and above is read as errors[].{code,detail,meta}.
    for path in ["/accounts/nothing", "/nothing", "/accounts?limit=0"] {
        let refused = scene.ask("GET", path, &token, JSON_API, None).await;
        let error = &refused.json()["errors"][0];
        assert!(refused.status.as_u16() >= 400 && error["code"].is_string() && error["detail"].is_string(), "{error}");
        assert!(error["meta"].is_object(), "{error}");
    }
}

#[tokio::test]
async fn the_clients_of_java_and_dotnet_take_ids_as_uuids_and_404_as_none() {
    let scene = scene(5).await;
    let token = scene.log_in().await;
    let list = scene.get(&format!("/accounts/{}/transactions?limit=2", scene.account), &token).await.json();
    let cursor: domain::TransactionId = list["meta"]["paging"]["after"].as_str().unwrap().parse().unwrap();
    let page =
        scene.get(&format!("/accounts/{}/transactions?limit=2&after={cursor}", scene.account), &token).await.json();
    let before = page["meta"]["paging"]["before"].as_str().unwrap();
    let back = scene.get(&format!("/accounts/{}/transactions?limit=2&before={before}", scene.account), &token).await;
    assert_eq!(back.json()["data"], list["data"]);
    let unknown = "0192f000-0000-7000-8000-00000000dead";
    for path in [format!("/accounts/{unknown}"), format!("/accounts/{}/transactions/{unknown}", scene.account)] {
        let none = scene.ask("GET", &path, &token, JSON, None).await;
        assert_eq!((none.status.as_u16(), none.code().as_str()), (404, "resourceNotFound"));
        assert!(none.json()["errors"][0]["detail"].is_string());
    }
    let attributes = json!({ "resourceType": "account", "resourceId": unknown, "subtype": "accountDetails" });
    let body = json!({ "data": { "type": "synchronization", "attributes": attributes } });
    let refused = scene.ask("POST", "/synchronizations", &token, JSON, Some(body)).await;
    assert_eq!(refused.code(), "invalidSynchronizationResource");
    for limit in ["0", "-1", "101", "1001"] {
        let path = format!("/accounts/{}/transactions?limit={limit}", scene.account);
        assert_eq!(scene.ask("GET", &path, &token, JSON, None).await.code(), "invalid_paging_limit");
    }
}

#[tokio::test]
async fn the_official_java_client_finds_nothing_null_where_it_reads_on() {
    let scene = scene(3).await;
    let token = scene.log_in().await;
    scene.test.announce(scene.organization, scene.account).await;
    scene.synchronize(&token, "accountTransactions").await;
    let account = scene.account;
    for path in [
        "/ponto-connect/accounts".to_owned(),
        format!("/ponto-connect/accounts/{account}/transactions"),
        format!("/ponto-connect/accounts/{account}/pending-transactions"),
        "/ponto-connect/financial-institutions".to_owned(),
    ] {
        let answer = scene.get(&path, &token).await;
        assert!(!answer.header("ibanity-request-id").is_empty());
        let page = answer.json();
        assert!(page["meta"]["paging"]["limit"].is_number() && page["links"]["first"].is_string(), "{page}");
        for row in page["data"].as_array().unwrap() {
            let bank = path.ends_with("institutions");
            assert!(bank || row["relationships"].is_object(), "{row}");
            let synchronized =
                row.get("meta").is_none_or(|meta| meta["latestSynchronization"]["attributes"].is_object());
            assert!(synchronized, "{row}");
        }
    }
    // It always sends a key, and a body with DELETE.
    let keyed = [("ibanity-idempotency-key", "0192f000-0000-7000-8000-00000000beef")];
    let body = json!({ "data": { "type": "account", "id": account } });
    let path = format!("/ponto-connect/accounts/{account}");
    assert_eq!(scene.ask("DELETE", &path, &token, &keyed, Some(body)).await.status, 200);
}

#[tokio::test]
async fn a_client_with_brackets_stays_on_its_host_and_filters_by_country() {
    let scene = scene(250).await;
    let token = scene.log_in().await;
    scene.synchronize(&token, "accountTransactions").await;
    let mut path =
        format!("/accounts/{}/transactions?page[limit]=100", scene.account).replace('[', "%5B").replace(']', "%5D");
    let mut found = 0;
    loop {
        let page = scene.get(&path, &token).await.json();
        assert!(page["meta"]["latestSynchronization"]["attributes"]["errors"].is_array(), "{}", page["meta"]);
        found += page["data"].as_array().unwrap().len();
        let Some(next) = page["links"]["next"].as_str() else { break };
        path = on_the_same_host(next).to_owned();
    }
    assert_eq!(found, 250);
    let banks = scene.get("/financial-institutions?filter%5Bcountry%5D%5Beq%5D=BE", &token).await.json();
    assert_eq!(banks["data"][0]["id"], MEUSE);
    let none = scene.get("/financial-institutions?filter%5Bcountry%5D%5Beq%5D=PT", &token).await.json();
    assert_eq!(none["data"], json!([]));
}

#[tokio::test]
async fn clients_that_speak_json_api_are_answered_in_it() {
    let scene = scene(150).await;
    // One logs in with a form, synchronizes for a person who is there, and reads by next.
    let form = format!("grant_type=client_credentials&client_id={}&client_secret={}", scene.client_id, scene.secret);
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("accept", "application/vnd.api+json")];
    let granted = scene.send("POST", "/oauth2/token", &headers, form).await.json();
    let token = granted["access_token"].as_str().unwrap();
    let attributes = json!({ "resourceType": "account", "resourceId": scene.account, "subtype": "accountTransactions",
        "customerIpAddress": "203.0.113.7" });
    let body = json!({ "data": { "type": "synchronization", "attributes": attributes } });
    let both = [("accept", "application/vnd.api+json"), ("content-type", "application/vnd.api+json")];
    let made = scene.ask("POST", "/synchronizations", token, &both, Some(body)).await;
    assert_eq!((made.status.as_u16(), made.header("content-type")), (201, "application/vnd.api+json"));
    assert_eq!(made.json()["data"]["attributes"]["customerOnline"], true);
    // One sends the media type with everything, GET too.
    let first = scene.ask("GET", &scene.transactions(""), token, &both, None).await;
    assert_eq!(first.header("content-type"), "application/vnd.api+json");
    let next = first.json()["links"]["next"].as_str().unwrap().to_owned();
    let last = scene.ask("GET", on_the_same_host(&next), token, &both, None).await.json();
    assert_eq!((last["data"].as_array().unwrap().len(), last["links"].get("next")), (50, None));
}

#[tokio::test]
async fn the_elixir_client_logs_in_with_json_below_ponto_connect() {
    let scene = scene(1).await;
    let root = scene.send("GET", "/ponto-connect/", JSON, Body::empty()).await.json();
    let address = on_the_same_host(root["links"]["oauth2"]["token"].as_str().unwrap());
    let header = scene.basic();
    let headers = [("authorization", header.as_str()), ("content-type", "application/json"), JSON[0]];
    let body = json!({ "grant_type": "client_credentials" }).to_string();
    let granted = scene.send("POST", address, &headers, body).await.json();
    assert_eq!(granted["token_type"], "bearer");
    let token = granted["access_token"].as_str().unwrap();
    let accounts = on_the_same_host(root["links"]["accounts"].as_str().unwrap()).replace("{accountId}", "");
    assert_eq!(scene.rows(&accounts, token).await.len(), 1);
    assert_eq!(scene.rows("/ponto-connect/accounts?limit=100&unknown=1", token).await.len(), 1);
}
