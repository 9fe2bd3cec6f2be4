//! Pages offer nothing that would be refused: every link and form of every page is held against the table of rights.

use std::collections::{BTreeSet, VecDeque};

use hub::store::membership::Role;
use hub::web::rights::RIGHTS;

use crate::testing::{Company, TestHub};

/// The row of the table that an address falls under: the one with the most words in common.
fn needed(method: &str, path: &str) -> Option<hub::people::Right> {
    let fits = |pattern: &str| {
        let (mut words, mut score) = (path.split('/'), 0);
        for part in pattern.split('/') {
            match words.next() {
                Some(word) if word == part => score += 1,
                Some(_) if part.starts_with('{') => {}
                Some(_) | None => return None,
            }
        }
        words.next().is_none().then_some(score)
    };
    let rows = RIGHTS.iter().filter(|(known, _, _)| *known == method);
    rows.filter_map(|(_, pattern, right)| Some((fits(pattern)?, *right)))
        .max_by_key(|(score, _)| *score)
        .map(|(_, r)| r)
}

/// The values of an attribute in the elements that begin like this.
fn elements<'a>(html: &'a str, begin: &'a str) -> impl Iterator<Item = &'a str> {
    html.split(begin).skip(1).filter_map(|rest| rest.split('>').next())
}

fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = element.split_once(&format!("{name}=\""))?;
    rest.split('"').next()
}

/// What a page lets one do: method and path, below `/app`.
fn offered(html: &str) -> Vec<(&'static str, String)> {
    let path = |address: &str| address.split(['?', '#']).next().unwrap_or_default().to_owned();
    let links = elements(html, "<a ").filter_map(|a| attribute(a, "href")).map(|href| ("GET", path(href)));
    let forms = elements(html, "<form ").filter_map(|form| {
        let method = if attribute(form, "method") == Some("post") { "POST" } else { "GET" };
        Some((method, path(attribute(form, "action")?)))
    });
    links.chain(forms).filter(|(_, path)| path.starts_with("/app")).collect()
}

async fn visited(test: &TestHub, who: &Company, role: Role) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut next = VecDeque::from(["/app".to_owned()]);
    while let Some(path) = next.pop_front() {
        if path.contains("/file") && path.contains("/export") || path.contains("/raw/") || !seen.insert(path.clone()) {
            continue;
        }
        let page = test.page(&path, &who.cookie).await;
        assert!(
            page.status.is_success() || page.status.is_redirection(),
            "{path} for {}: {}",
            role.code(),
            page.status
        );
        for (method, target) in offered(&page.body) {
            // Everybody's own, with any role or none.
            if matches!(target.as_str(), "/app/organizations/new" | "/app/profile/erase") {
                continue;
            }
            let right = needed(method, &target).unwrap_or_else(|| panic!("{path} offers {method} {target}: nowhere"));
            assert!(role.may(right), "{path} offers {} {method} {target}, which would be refused", role.code());
            if method == "GET" && !target.starts_with("/app/banks/") && !target.starts_with("/app/link/0") {
                next.push_back(target);
            }
        }
    }
    seen
}

#[tokio::test]
async fn no_page_offers_what_its_reader_may_not_do() {
    let test = TestHub::open().await;
    let owner = test.company("ana@example.com").await;
    let account = test.account(owner.organization, "BE68539007547034", 3).await;
    test.custom_token(owner.organization, &[account]).await;
    for role in Role::ALL {
        let who = match role {
            Role::Owner => Company { cookie: owner.cookie.clone(), ..owner },
            Role::Admin | Role::Member | Role::Accountant => {
                test.colleague(&owner, &format!("{}@example.com", role.code()), role).await
            }
        };
        let seen = visited(&test, &who, role).await;
        assert!(seen.len() > 15 && seen.iter().any(|path| path.starts_with("/app/integrations/0")), "{seen:?}");
        let links = seen.contains("/app/link");
        assert_eq!(links, role.may(hub::people::Right::Operate), "whoever may, finds it: {}", role.code());
    }
}

#[tokio::test]
async fn an_integration_page_counts_its_requests_and_tells_the_last_reading() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", 3).await;
    let token = test.custom_token(ana.organization, &[account]).await;
    let id = hub::integrations::list(&test.hub, ana.organization).await.unwrap()[0].integration.id;
    let path = format!("/app/integrations/{id}");
    assert!(test.page(&path, &ana.cookie).await.body.contains("0 today, 0 in the last 30 days"));
    for _ in 0..3 {
        assert_eq!(test.get(&format!("/accounts/{account}/transactions"), &token).await.status, 200);
    }
    while test.hub.work_once().await.unwrap() {}
    let page = test.page(&path, &ana.cookie).await.body;
    assert!(page.contains("3 today, 3 in the last 30 days") && !page.contains("<dd>never</dd>"), "{page}");
    test.clock.advance_seconds(40 * 86_400);
    let page = test.page(&path, &test.company("late@example.com").await.cookie).await;
    assert_eq!(page.status, 404, "another organization's integration is not there");
}
