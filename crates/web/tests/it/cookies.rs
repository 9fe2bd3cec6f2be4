use axum::response::IntoResponse;
use web::{Cookies, Flash, Redirect, Tone};

#[test]
fn over_https_a_cookie_is_bound_to_this_host() {
    let cookie = Cookies::new("hub", true).set("session", "abc", Some(60));
    assert_eq!(cookie, "__Host-passerelle-hub-session=abc; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60");
    let cookie = Cookies::new("books", false).set("session", "abc", None);
    assert_eq!(cookie, "passerelle-books-session=abc; Path=/; HttpOnly; SameSite=Lax");
}

#[test]
fn only_the_own_cookie_is_read() {
    let headers =
        crate::with_cookie("passerelle-books-session=b; passerelle-hub-session=h;x=y; passerelle-hub-sessionx=n");
    assert_eq!(Cookies::new("hub", false).get(&headers, "session").as_deref(), Some("h"));
    assert_eq!(Cookies::new("hub", true).get(&headers, "session"), None);
    assert_eq!(Cookies::new("hub", false).get(&crate::with_cookie("passerelle-hub-session="), "session"), None);
}

#[test]
fn a_flash_travels_unchanged_and_a_forged_one_is_nothing() {
    let cookies = Cookies::new("hub", false);
    let flash = Flash { tone: Tone::Care, text: "L’accès prend fin; bientôt <b>".to_owned() };
    let set = flash.cookie(&cookies).to_str().unwrap().to_owned();
    let pair = set.split(';').next().unwrap();
    assert_eq!(Flash::of(&cookies, &crate::with_cookie(pair)), Some(flash));
    for forged in ["good", "loud.YQ", "good.%%%", "good._w"] {
        let line = format!("passerelle-hub-flash={forged}");
        assert_eq!(Flash::of(&cookies, &crate::with_cookie(&line)), None, "{forged}");
    }
}

#[test]
fn a_redirect_leads_only_where_it_may() {
    let location = |redirect: Redirect| redirect.into_response().headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(location(Redirect::to_local("/app/accounts?after=3", "/app")), "/app/accounts?after=3");
    for foreign in ["//evil.example", "/\\evil.example", "https://evil.example", "", "app", "/a\\b", "/a b", "/a\nb"] {
        assert_eq!(location(Redirect::to_local(foreign, "/app")), "/app", "{foreign:?}");
    }
    let cookies = Cookies::new("hub", false);
    let response =
        Redirect::to("/app").flash(&cookies, &Flash::good("x")).cookie(cookies.clear("session")).into_response();
    assert_eq!(response.status(), 303);
    assert_eq!(response.headers().get_all("set-cookie").iter().count(), 2);
}
