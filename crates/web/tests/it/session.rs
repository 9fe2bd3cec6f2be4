use domain::{Environment, SeededEntropy, SimulatedClock, Timestamp};
use web::Cookies;
use web::session::{self, Lifetime, Standing};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_000_000 + seconds).unwrap()
}

#[test]
fn what_begins_is_presented_and_only_its_hash_is_kept() {
    let environment = Environment::new(SimulatedClock::at(at(0)), SeededEntropy::new(1));
    let cookies = Cookies::new("hub", false);
    let (hash, cookie) = session::begin(&environment, &cookies, &Lifetime::default());
    let line = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
    assert!(!line.contains(&hash));
    assert_eq!(session::presented(&cookies, &crate::with_cookie(&line)), Some(hash.clone()));
    assert_eq!(session::presented(&cookies, &axum::http::HeaderMap::new()), None);
    let (second, _) = session::begin(&environment, &cookies, &Lifetime::default());
    assert_ne!(hash, second, "every login has its own token");
    assert!(session::end(&cookies).to_str().unwrap().contains("Max-Age=0"));
}

#[test]
fn a_session_ends_by_idleness_and_by_age() {
    let lifetime = Lifetime { idle_seconds: 100, absolute_seconds: 1000 };
    let standing = |now, created, seen| lifetime.standing(at(now), at(created), at(seen));
    assert_eq!(standing(59, 0, 0), Standing::Live);
    assert_eq!(standing(60, 0, 0), Standing::LiveUnseen);
    assert_eq!(standing(99, 0, 0), Standing::LiveUnseen);
    assert_eq!(standing(100, 0, 0), Standing::Ended);
    assert_eq!(standing(999, 0, 990), Standing::Live);
    assert_eq!(standing(1000, 0, 999), Standing::Ended);
    assert_eq!(standing(0, 5, 5), Standing::Live, "a clock that was set back ends nothing");
}
