//! Signing up, logging in, sessions, organizations and billing.

use http::{HeaderMap, HeaderValue, header};
use hub::people::{
    self, BillingFields, LogInError, OrganizationError, OrganizationFields, PasswordChangeError, Problem, SignUpError,
};
use vault::Secret;

use crate::testing::{TestHub, cookie_of};

const PASSWORD: &str = "correct horse battery";

fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

fn with_cookie(cookie: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::COOKIE, HeaderValue::from_str(cookie).unwrap());
    headers
}

#[tokio::test]
async fn one_login_an_address_whatever_its_case() {
    let test = TestHub::open().await;
    people::sign_up(&test.hub, " Ana@Example.com ", secret(PASSWORD)).await.unwrap();
    let again = people::sign_up(&test.hub, "ana@example.COM", secret(PASSWORD)).await;
    assert!(matches!(again, Err(SignUpError::EmailTaken)), "{again:?}");
    people::log_in(&test.hub, "ANA@example.com", secret(PASSWORD), &HeaderMap::new()).await.unwrap();
}

#[tokio::test]
async fn every_mistake_of_a_form_is_told_at_once() {
    let test = TestHub::open().await;
    let Err(SignUpError::Invalid(errors)) = people::sign_up(&test.hub, "ana", secret("short")).await else {
        panic!("a short password for no address was accepted")
    };
    let told: Vec<_> = errors.iter().map(|error| (error.field, error.problem.clone())).collect();
    assert_eq!(told, [("email", Problem::NotAnEmail), ("password", Problem::TooShort(10))]);
    let same = people::sign_up(&test.hub, "ana@example.com", secret("ANA@example.com")).await;
    assert!(matches!(same, Err(SignUpError::Invalid(errors)) if errors[0].problem == Problem::PasswordIsEmail));
}

#[tokio::test]
async fn guessing_is_stopped_and_time_lets_in_again() {
    let test = TestHub::open().await;
    people::sign_up(&test.hub, "ana@example.com", secret(PASSWORD)).await.unwrap();
    let headers = HeaderMap::new();
    for email in ["ana@example.com", "nobody@example.com"] {
        for _ in 0..10 {
            let refused = people::log_in(&test.hub, email, secret("wrong password"), &headers).await;
            assert!(matches!(refused, Err(LogInError::Refused)), "{refused:?}");
        }
        // The right password does not help now, and an unknown address is treated the same.
        let blocked = people::log_in(&test.hub, &email.to_uppercase(), secret(PASSWORD), &headers).await;
        assert!(matches!(blocked, Err(LogInError::TooManyAttempts { retry_in_s: 900 })), "{blocked:?}");
    }
    test.clock.advance_seconds(15 * 60 + 1);
    people::log_in(&test.hub, "ana@example.com", secret(PASSWORD), &headers).await.unwrap();
}

#[tokio::test]
async fn a_session_ends_after_idleness_and_after_a_month() {
    let test = TestHub::open().await;
    let user = people::sign_up(&test.hub, "ana@example.com", secret(PASSWORD)).await.unwrap();
    let headers = with_cookie(&cookie_of(&people::start_session(&test.hub, user, &HeaderMap::new()).await.unwrap()));
    for _ in 0..65 {
        test.clock.advance_seconds(11 * 3600);
        let seen = people::session(&test.hub, &headers).await.unwrap();
        assert_eq!(seen.map(|who| who.user.id), Some(user));
    }
    test.clock.advance_seconds(11 * 3600);
    assert_eq!(people::session(&test.hub, &headers).await.unwrap(), None, "it lived longer than thirty days");

    let headers = with_cookie(&cookie_of(&people::start_session(&test.hub, user, &HeaderMap::new()).await.unwrap()));
    test.clock.advance_seconds(12 * 3600);
    assert_eq!(people::session(&test.hub, &headers).await.unwrap(), None, "it lived through twelve idle hours");
}

#[tokio::test]
async fn logging_in_ends_the_session_before_and_logging_out_everywhere_ends_all() {
    let test = TestHub::open().await;
    let user = people::sign_up(&test.hub, "ana@example.com", secret(PASSWORD)).await.unwrap();
    let first = people::log_in(&test.hub, "ana@example.com", secret(PASSWORD), &HeaderMap::new()).await.unwrap();
    let first = with_cookie(&cookie_of(&first));
    let second = people::log_in(&test.hub, "ana@example.com", secret(PASSWORD), &first).await.unwrap();
    let second = with_cookie(&cookie_of(&second));
    assert_eq!(people::session(&test.hub, &first).await.unwrap(), None);
    assert!(people::session(&test.hub, &second).await.unwrap().is_some());
    people::start_session(&test.hub, user, &HeaderMap::new()).await.unwrap();
    assert_eq!(people::log_out_everywhere(&test.hub, user).await.unwrap(), 2);
    assert_eq!(people::session(&test.hub, &second).await.unwrap(), None);
}

#[tokio::test]
async fn a_changed_password_ends_every_session() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let wrong = people::change_password(&test.hub, ana.user, secret("not this one"), secret("a new long one")).await;
    assert!(matches!(wrong, Err(PasswordChangeError::Refused)));
    people::change_password(&test.hub, ana.user, secret(PASSWORD), secret("a new long one")).await.unwrap();
    assert_eq!(people::session(&test.hub, &with_cookie(&ana.cookie)).await.unwrap(), None);
    people::log_in(&test.hub, "ana@example.com", secret("a new long one"), &HeaderMap::new()).await.unwrap();
}

#[tokio::test]
async fn an_organization_is_its_members_alone() {
    let test = TestHub::open().await;
    let (ana, bob) = (test.company("ana@example.com").await, test.company("bob@example.com").await);
    assert_eq!(people::organization(&test.hub, bob.user, ana.organization).await.unwrap(), None);
    let fields = OrganizationFields {
        name: "Taken over".into(),
        kind: "business".into(),
        country: "BE".into(),
        ..Default::default()
    };
    let taken = people::update_organization(&test.hub, bob.user, ana.organization, &fields).await;
    assert!(matches!(taken, Err(OrganizationError::Unknown)));
    let bob_in = people::session(&test.hub, &with_cookie(&bob.cookie)).await.unwrap().unwrap();
    assert!(!people::choose_organization(&test.hub, &bob_in, ana.organization).await.unwrap());
    assert!(people::choose_organization(&test.hub, &bob_in, bob.organization).await.unwrap());
    let bob_in = people::session(&test.hub, &with_cookie(&bob.cookie)).await.unwrap().unwrap();
    assert_eq!(bob_in.session.organization_id, Some(bob.organization));
    let held = people::organization(&test.hub, ana.user, ana.organization).await.unwrap().unwrap();
    assert_eq!(held.name, "Company of ana@example.com");
}

#[tokio::test]
async fn a_vat_number_is_checked_for_its_country() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let mut fields = OrganizationFields {
        name: "Peeters".into(),
        kind: "business".into(),
        vat_number: "0403.019.262".into(),
        country: "be".into(),
        ..Default::default()
    };
    let wrong = people::update_organization(&test.hub, ana.user, ana.organization, &fields).await;
    assert!(
        matches!(wrong, Err(OrganizationError::Invalid(errors)) if errors.len() == 1 && errors[0].field == "vat_number")
    );
    fields.vat_number = "0403.019.261".into();
    people::update_organization(&test.hub, ana.user, ana.organization, &fields).await.unwrap();
    let held = people::organization(&test.hub, ana.user, ana.organization).await.unwrap().unwrap();
    assert_eq!((held.vat_number.as_deref(), held.address.country.as_str()), (Some("BE0403019261"), "BE"));
}

#[tokio::test]
async fn billing_is_asked_for_where_linking_costs_something() {
    let test = TestHub::open().await;
    let ana = test.newcomer("ana@example.com").await;
    assert!(people::billing_is_missing(&test.hub, ana.organization).await.unwrap());
    let mut fields = BillingFields {
        name: "Peeters BV".into(),
        email: "invoices@example.com".into(),
        street: "Kerkstraat 1".into(),
        postal_code: "9000".into(),
        city: String::new(),
        country: "BE".into(),
    };
    let wrong = people::set_billing(&test.hub, ana.organization, &fields).await;
    assert!(matches!(wrong, Err(OrganizationError::Invalid(errors)) if errors.len() == 1 && errors[0].field == "city"));
    fields.city = "Gent".into();
    people::set_billing(&test.hub, ana.organization, &fields).await.unwrap();
    fields.name = "Peeters NV".into();
    people::set_billing(&test.hub, ana.organization, &fields).await.unwrap();
    assert!(!people::billing_is_missing(&test.hub, ana.organization).await.unwrap());
    assert_eq!(people::billing(&test.hub, ana.organization).await.unwrap().unwrap().name, "Peeters NV");
    let free =
        TestHub::open_with(std::sync::Arc::new(outbound::InProcess::new()), |settings| settings.price_minor = 0).await;
    let bob = free.newcomer("bob@example.com").await;
    assert!(!people::billing_is_missing(&free.hub, bob.organization).await.unwrap());
}
