//! The cursor rules that clients were written against: newest stored first, `after` older, `before` the adjacent newer
//! page, and no link where there is nothing.

use serde_json::{Value, json};

use crate::testing::TestHub;

struct Scene {
    test: TestHub,
    organization: domain::OrganizationId,
    account: domain::AccountId,
    token: String,
    /// Newest first.
    ids: Vec<String>,
}

async fn scene(transactions: i64) -> Scene {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", 0).await;
    let mut ids: Vec<String> =
        test.book(ana.organization, account, transactions).await.iter().map(ToString::to_string).collect();
    ids.reverse();
    let token = test.custom_token(ana.organization, &[account]).await;
    Scene { test, organization: ana.organization, account, token, ids }
}

impl Scene {
    async fn list(&self, query: &str) -> Value {
        let answer = self.test.get(&format!("/accounts/{}/transactions{query}", self.account), &self.token).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    }

    fn url(&self, query: &str) -> String {
        format!("https://hub.example/accounts/{}/transactions{query}", self.account)
    }
}

fn ids(list: &Value) -> Vec<&str> {
    list["data"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn two_rows_page_as_clients_have_seen_it() {
    let scene = scene(2).await;
    let (a, b) = (scene.ids[0].as_str(), scene.ids[1].as_str());

    let all = scene.list("").await;
    assert_eq!(ids(&all), [a, b]);
    assert_eq!((&all["meta"]["paging"], &all["links"]), (&json!({ "limit": 10 }), &json!({ "first": scene.url("") })));

    let first = scene.list("?limit=1").await;
    assert_eq!(ids(&first), [a]);
    assert_eq!(first["meta"]["paging"], json!({ "limit": 1, "after": a }));
    let next = scene.url(&format!("?after={a}&limit=1"));
    assert_eq!(first["links"], json!({ "first": scene.url("?limit=1"), "next": next }));

    let second = scene.list(&format!("?after={a}&limit=2")).await;
    assert_eq!(ids(&second), [b]);
    assert_eq!(second["meta"]["paging"], json!({ "limit": 2, "before": b }));
    let prev = scene.url(&format!("?before={b}&limit=2"));
    assert_eq!(second["links"], json!({ "first": scene.url("?limit=2"), "prev": prev }));

    let unknown = "0192f000-0000-7000-8000-00000000dead";
    for query in [format!("?after={b}"), format!("?before={a}"), format!("?after={unknown}"), "?after=nonsense".into()]
    {
        let nothing = scene.list(&query).await;
        assert_eq!(nothing["data"], json!([]), "{query}");
        assert_eq!(
            (&nothing["meta"]["paging"], &nothing["links"]),
            (&json!({ "limit": 10 }), &json!({ "first": scene.url("") }))
        );
    }
}

#[tokio::test]
async fn a_cursor_of_another_account_gives_nothing() {
    let scene = scene(3).await;
    let other = scene.test.account(scene.organization, "BE71096123456769", 0).await;
    let theirs = scene.test.book(scene.organization, other, 1).await[0];
    assert_eq!(scene.list(&format!("?after={theirs}")).await["data"], json!([]));
}

#[tokio::test]
async fn before_is_adjacent_and_the_way_up_ends() {
    let scene = scene(25).await;
    let oldest = &scene.ids[24];
    let page = scene.list(&format!("?limit=10&before={oldest}")).await;
    assert_eq!(ids(&page), scene.ids[14..24].iter().map(String::as_str).collect::<Vec<_>>());

    // Older Odoo modules follow `prev` until it is absent, adding the limit to each link once more.
    let mut seen: Vec<String> = ids(&page).into_iter().map(str::to_owned).collect();
    let mut page = page;
    let mut steps = 0;
    while let Some(prev) = page["links"]["prev"].as_str() {
        let query = prev.split_once('?').unwrap().1;
        page = scene.list(&format!("?{query}&limit=10")).await;
        let mut upper: Vec<String> = ids(&page).into_iter().map(str::to_owned).collect();
        upper.append(&mut seen);
        seen = upper;
        steps += 1;
        assert!(steps < 10, "the way up never ends");
    }
    assert_eq!(seen, scene.ids[..24]);
}

#[tokio::test]
async fn the_whole_list_by_after_until_an_empty_page() {
    let scene = scene(250).await;
    let mut seen: Vec<String> = Vec::new();
    let mut query = "?limit=100".to_owned();
    loop {
        let page = scene.list(&query).await;
        if page["data"] == json!([]) {
            break;
        }
        seen.extend(ids(&page).into_iter().map(str::to_owned));
        query = format!("?limit=100&after={}", seen.last().unwrap());
    }
    assert_eq!(seen, scene.ids);
}

#[tokio::test]
async fn a_late_booking_is_found_above_the_last_row_seen_whatever_its_date() {
    let scene = scene(5).await;
    let newest_seen = scene.ids[0].clone();
    assert_eq!(scene.list(&format!("?before={newest_seen}")).await["data"], json!([]));
    let late = scene.test.book(scene.organization, scene.account, 1).await[0].to_string();
    let above = scene.list(&format!("?before={newest_seen}")).await;
    assert_eq!(ids(&above), [late.as_str()]);
    assert!(
        above["data"][0]["attributes"]["executionDate"].as_str().unwrap() < "2026-02-05",
        "it is booked in the past"
    );
    assert_eq!(ids(&scene.list("").await)[1..], scene.ids.iter().map(String::as_str).collect::<Vec<_>>());
}

#[tokio::test]
async fn limits_are_checked_and_both_spellings_work() {
    let scene = scene(12).await;
    for limit in ["0", "-1", "101", "1001", "x"] {
        let path = format!("/accounts/{}/transactions?limit={limit}", scene.account);
        let answer = scene.test.get(&path, &scene.token).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "invalid_paging_limit"), "{limit}");
    }
    let bracketed = scene.list("?page%5Blimit%5D=2").await;
    assert_eq!(ids(&bracketed).len(), 2);
    let next = bracketed["links"]["next"].as_str().unwrap();
    let (_, query) = next.split_once('?').unwrap();
    assert_eq!(ids(&scene.list(&format!("?{query}")).await), [&scene.ids[2], &scene.ids[3]]);
    assert_eq!(ids(&scene.list("?limit=3&limit=3&unknown=1").await).len(), 3);
}

#[tokio::test]
async fn changes_replay_from_any_place_and_say_when_there_is_more() {
    let scene = scene(5).await;
    let path = format!("/accounts/{}/changes", scene.account);
    let whole = scene.test.get(&format!("{path}?limit=1000"), &scene.token).await;
    let oldest_first: Vec<String> = scene.ids.iter().rev().cloned().collect();
    let list = whole.json();
    let rows = list["data"].as_array().unwrap();
    let told: Vec<&str> = rows.iter().map(|row| row["attributes"]["transactionId"].as_str().unwrap()).collect();
    assert_eq!(told, oldest_first);
    assert!(rows.iter().all(|row| row["attributes"]["action"] == "created"));
    let part =
        scene.test.get(&format!("{path}?after={}&limit=2", rows[1]["id"].as_str().unwrap()), &scene.token).await.json();
    assert_eq!(part["data"].as_array().unwrap()[..], rows[2..4]);
    assert!(part["links"]["next"].as_str().unwrap().contains("after=4"));
    assert_eq!(part["links"].get("prev"), None);
    let end = scene.test.get(&format!("{path}?after=5"), &scene.token).await.json();
    assert_eq!((&end["data"], end["links"].get("next")), (&json!([]), None));
    for wrong in ["after=x", "after=-1", "before=3", "limit=1001"] {
        assert_eq!(scene.test.get(&format!("{path}?{wrong}"), &scene.token).await.status, 400, "{wrong}");
    }
}

#[tokio::test]
async fn filters_leave_rows_out_and_change_no_place() {
    let scene = scene(120).await;
    let days = "filter%5BexecutionDate%5D%5Bgte%5D=2026-02-10&filter[executionDate][lte]=2026-02-12T00:00:00.000Z";
    let whole = scene.list(&format!("?limit=100&{days}")).await;
    let wanted: Vec<String> = ids(&whole).into_iter().map(str::to_owned).collect();
    let place = |id: &str| scene.ids.iter().position(|known| known == id).unwrap();
    assert_eq!(wanted.len(), 12, "three days of each of four rounds");
    assert!(wanted.windows(2).all(|pair| place(&pair[0]) < place(&pair[1])), "in the order of the whole list");

    // Down by `next` and up again by `prev`, each page the one that the whole list would have given.
    let mut pages = vec![scene.list(&format!("?limit=4&{days}")).await];
    while let Some(next) = pages.last().unwrap()["links"]["next"].as_str() {
        let query = next.split_once('?').unwrap().1.to_owned();
        pages.push(scene.list(&format!("?{query}")).await);
    }
    let down: Vec<&str> = pages.iter().flat_map(ids).collect();
    assert_eq!(down, wanted);
    let mut up = pages.last().unwrap().clone();
    for expected in pages.iter().rev().skip(1) {
        let query = up["links"]["prev"].as_str().unwrap().split_once('?').unwrap().1.to_owned();
        up = scene.list(&format!("?{query}")).await;
        assert_eq!(ids(&up), ids(expected));
    }
    assert_eq!(up["links"].get("prev"), None, "nothing above is let through, though newer rows exist");

    // A row that the filter leaves out is a place all the same.
    let newest = &scene.ids[0];
    let below = scene.list(&format!("?limit=4&after={newest}&{days}")).await;
    assert_eq!((ids(&below), below["links"].get("prev")), (ids(&pages[0]), None));

    scene.test.clock.advance_seconds(60);
    let later = scene.test.book(scene.organization, scene.account, 3).await;
    let since = scene.list("?limit=2&filter[updatedAt][gte]=2026-03-02T12:01:00.000Z").await;
    assert_eq!(ids(&since), [later[2].to_string(), later[1].to_string()]);
    let query = since["links"]["next"].as_str().unwrap().split_once('?').unwrap().1.to_owned();
    let rest = scene.list(&format!("?{query}")).await;
    assert_eq!((ids(&rest), rest["links"].get("next")), (vec![later[0].to_string().as_str()], None));
    for wrong in ["filter[executionDate][gte]=soon", "filter[updatedAt][gte]=now"] {
        let answer = scene.test.get(&format!("/accounts/{}/transactions?{wrong}", scene.account), &scene.token).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "validationError"), "{wrong}");
    }
}
