//! Roles: every page and action for every role, and every way to get more than one was given.

use hub::people::{self, Role};
use hub::store::membership;
use hub::web::rights::RIGHTS;
use vault::Secret;

use crate::testing::{Answer, Company, TestHub, cookie_of};

const PASSWORD: &str = "correct horse battery";
const NOBODY: &str = "0192f000-0000-7000-8000-00000000ffff";

impl TestHub {
    /// Somebody else who works for a company.
    pub async fn colleague(&self, company: &Company, email: &str, role: Role) -> Company {
        let hub = &self.hub;
        let user = people::sign_up(hub, email, Secret::new(PASSWORD.to_owned())).await.unwrap();
        let (organization, now) = (company.organization, self.now());
        let joined: Result<bool, db::DbError> =
            db::write!(hub.db, tx => { membership::insert(&mut tx, organization, user, role, now).await });
        assert!(joined.unwrap());
        let login = people::start_session(hub, user, &http::HeaderMap::new()).await.unwrap();
        Company { user, organization, cookie: cookie_of(&login) }
    }

    /// A form as a browser with a cookie sends it.
    pub async fn submit(&self, who: &Company, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.form(path, &[("cookie", &who.cookie), ("sec-fetch-site", "same-origin")], fields).await
    }

    async fn ask(&self, who: &Company, method: &str, path: &str) -> u16 {
        let answer = match method {
            "GET" => self.page(path, &who.cookie).await,
            _ => self.submit(who, path, &[]).await,
        };
        answer.status.as_u16()
    }
}

fn filled(route: &str) -> String {
    route.split('/').map(|part| if part.starts_with('{') { NOBODY } else { part }).collect::<Vec<_>>().join("/")
}

/// The routes of the dashboard, read from where they are made.
fn routes() -> Vec<(String, String)> {
    let source = include_str!("../../src/web/mod.rs");
    let mut found = Vec::new();
    for part in source.split(".route(").skip(1) {
        let path = part.split('"').nth(1).unwrap().to_owned();
        let handlers = part.split(".route(").next().unwrap().split("\n        .").next().unwrap();
        for (call, method) in [("get(", "GET"), ("post(", "POST")] {
            if handlers.contains(&format!(" {call}")) || handlers.contains(&format!(").{call}")) {
                found.push((method.to_owned(), path.clone()));
            }
        }
    }
    found
}

#[test]
fn the_table_of_rights_names_every_page_and_action_and_nothing_else() {
    // Making an organization and erasing a login need a login only, and a bank leads back with a random state; what is not under /app is the
    // door, and the rest is not there.
    let open = |path: &str| {
        let door = ["/app/organizations/new", "/app/profile/erase", "/app/link/return", "/app/{*rest}"];
        !path.starts_with("/app") || door.contains(&path)
    };
    let mut made: Vec<_> = routes().into_iter().filter(|(_, path)| !open(path)).collect();
    let mut known: Vec<_> = RIGHTS.iter().map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned())).collect();
    made.sort();
    known.sort();
    assert!(made.len() > 40, "the routes are read from the source: {made:?}");
    assert_eq!(made, known, "web/mod.rs and web/rights.rs");
}

#[tokio::test]
async fn every_page_and_action_asks_for_the_role() {
    let test = TestHub::open().await;
    let owner = test.company("ana@example.com").await;
    for role in Role::ALL {
        let who = match role {
            Role::Owner => Company { cookie: owner.cookie.clone(), ..owner },
            Role::Admin | Role::Member | Role::Accountant => {
                test.colleague(&owner, &format!("{}@example.com", role.code()), role).await
            }
        };
        for (method, route, right) in RIGHTS {
            // It would end the very session.
            if *route == "/app/profile/log-out-everywhere" {
                continue;
            }
            let path = filled(route);
            let status = test.ask(&who, method, &path).await;
            assert_eq!(status == 403, !role.may(*right), "{method} {path} for {}: {status}", role.code());
            assert!(status < 500, "{method} {path} for {}: {status}", role.code());
        }
    }
    for (method, route, _) in RIGHTS {
        let stranger = Company { cookie: "x=y".into(), ..owner };
        let status = test.ask(&stranger, method, &filled(route)).await;
        assert_eq!(status, 303, "{method} {route} sends strangers to the door");
    }
    let reader = test.colleague(&owner, "reads@example.com", Role::Accountant).await;
    let refused = test.submit(&reader, "/app/billing", &[]).await;
    assert!(refused.body.contains("Ask an owner or an administrator"), "a refusal says what to do");
}

#[tokio::test]
async fn nobody_gets_more_than_was_given() {
    let test = TestHub::open().await;
    let owner = test.company("ana@example.com").await;
    let admin = test.colleague(&owner, "admin@example.com", Role::Admin).await;
    let member = test.colleague(&owner, "member@example.com", Role::Member).await;
    let role_of = |who: &Company| format!("/app/people/{}/role", who.user);
    // An administrator makes no owner, neither of others nor of themselves, and touches none.
    for (whom, role) in [(&admin, "owner"), (&member, "owner"), (&owner, "member")] {
        assert_eq!(test.submit(&admin, &role_of(whom), &[("role", role)]).await.status, 403);
    }
    assert_eq!(test.submit(&admin, &format!("/app/people/{}/remove", owner.user), &[]).await.status, 403);
    let invited = [("email", "friend@example.com"), ("role", "owner")];
    assert_eq!(test.submit(&admin, "/app/people/invitations", &invited).await.status, 403);
    assert_eq!(test.submit(&member, &role_of(&member), &[("role", "admin")]).await.status, 403);
    assert_eq!(test.submit(&member, &format!("/app/people/{}/remove", admin.user), &[]).await.status, 403);
    assert_eq!(test.submit(&owner, &role_of(&owner), &[("role", "emperor")]).await.status, 404);
    // People of another organization are not there.
    let other = test.company("bob@example.com").await;
    assert_eq!(test.submit(&other, &role_of(&member), &[("role", "accountant")]).await.status, 404);
    assert_eq!(test.submit(&other, &format!("/app/people/{}/remove", member.user), &[]).await.status, 404);
    // The last owner stays, in that role.
    let kept = test.submit(&owner, &role_of(&owner), &[("role", "admin")]).await;
    assert_eq!(kept.header("location"), "/app/people");
    test.submit(&owner, &format!("/app/people/{}/remove", owner.user), &[]).await;
    assert_eq!(people::role(&test.hub, owner.organization, owner.user).await.unwrap(), Some(Role::Owner));
    test.submit(&owner, &role_of(&admin), &[("role", "owner")]).await;
    test.submit(&owner, &format!("/app/people/{}/remove", owner.user), &[]).await;
    assert_eq!(people::role(&test.hub, owner.organization, owner.user).await.unwrap(), None, "with another it may go");
    // Whoever was sent away is out at once.
    test.submit(&admin, &format!("/app/people/{}/remove", member.user), &[]).await;
    assert_eq!(
        test.page("/app/accounts", &member.cookie).await.header("location"),
        "/app/organizations/new?next=%2Fapp%2Faccounts"
    );
}

#[tokio::test]
async fn an_invitation_is_for_one_address_and_one_use() {
    let test = TestHub::open().await;
    let owner = test.company("ana@example.com").await;
    let form = [("email", "new@example.com"), ("role", "accountant")];
    assert_eq!(test.submit(&owner, "/app/people/invitations", &form).await.status, 303);
    let link = test.newest_link("new@example.com", "/invitation/").await.replace("https://hub.example", "");
    // Somebody who is logged in with another address cannot take it.
    let mallory = test.company("mallory@example.com").await;
    let taken = test.submit(&mallory, &link, &[]).await;
    assert!(taken.body.contains("but you are logged in with another address"), "{}", taken.body);
    assert!(people::role(&test.hub, owner.organization, mallory.user).await.unwrap().is_none());
    // A newcomer chooses a password and is in, as what the invitation says.
    let joined = test.form(&link, &[], &[("password", PASSWORD), ("role", "owner")]).await;
    assert_eq!((joined.status.as_u16(), joined.header("location")), (303, "/app"));
    let (people, open) = people::members(&test.hub, owner.organization).await.unwrap();
    let new = people.iter().find(|person| person.email == "new@example.com").unwrap();
    assert_eq!((new.role, open.len()), (Role::Accountant, 0));
    assert_eq!(test.form(&link, &[], &[("password", PASSWORD)]).await.status, 410, "once");

    // Somebody with a login logs in first; an invitation that was taken back or is old is none.
    test.submit(&owner, "/app/people/invitations", &[("email", "Mallory@example.com"), ("role", "member")]).await;
    let link = test.newest_link("Mallory@example.com", "/invitation/").await.replace("https://hub.example", "");
    let password = test.form(&link, &[], &[("password", "my own password now")]).await;
    assert!(password.body.contains("Log in to accept") && password.headers.get("set-cookie").is_none());
    let id = people::members(&test.hub, owner.organization).await.unwrap().1[0].id;
    let stranger = format!("/app/people/invitations/{id}/withdraw");
    assert_eq!(test.submit(&mallory, &stranger, &[]).await.status, 404);
    test.submit(&owner, &stranger, &[]).await;
    assert_eq!(test.submit(&mallory, &link, &[]).await.status, 410);
    test.submit(&owner, "/app/people/invitations", &[("email", "mallory@example.com"), ("role", "member")]).await;
    let link = test.newest_link("mallory@example.com", "/invitation/").await.replace("https://hub.example", "");
    assert_eq!(test.submit(&mallory, &link, &[]).await.header("location"), "/app");
    assert!(test.page("/app/people", &mallory.cookie).await.body.contains("new@example.com"), "and works there now");
    let known = test.submit(&owner, "/app/people/invitations", &[("email", "mallory@example.com"), ("role", "owner")]);
    assert!(known.await.body.contains("works for the organization already"));
    test.submit(&owner, "/app/people/invitations", &[("email", "late@example.com"), ("role", "member")]).await;
    let link = test.newest_link("late@example.com", "/invitation/").await.replace("https://hub.example", "");
    test.clock.advance_seconds(7 * 86_400 + 1);
    assert_eq!(test.form(&link, &[], &[("password", PASSWORD)]).await.status, 410);
}
