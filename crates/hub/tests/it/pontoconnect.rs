//! A client that was generated from Ponto Connect's own description, by people who never saw this hub
//! (`pontoconnect_rs`), reads everything over a socket. Its models are strict: ids are UUIDs, amounts are numbers.

use std::fmt::Debug;
use std::net::{IpAddr, Ipv4Addr};

use domain::{AccountId, SynchronizationId};
use hub::store::synchronization as store;
use hub::store::synchronization::Subtype;
use pontoconnect_rs::apis::configuration::Configuration;
use pontoconnect_rs::apis::{
    Error, account_api, financial_institution_api, integration_account_api, integration_api, payment_api,
    pending_transaction_api, synchronization_api, transaction_api, usage_api, user_info_api,
};
use vault::Secret;

use crate::testing::{Company, MEUSE, TestHub, basic};

const SECRET: &str = "a-secret-of-the-software-0123456789";
const BACK: &str = "https://software.example/back";
const TRANSACTIONS: i64 = 1000;

struct Scene {
    test: TestHub,
    ana: Company,
    account: AccountId,
    base: String,
    /// With the token of the organization.
    organization: Configuration,
    /// With the application's own token.
    partner: Configuration,
}

async fn scene() -> Scene {
    let test = TestHub::open().await;
    let uris = [BACK.to_owned()];
    test.hub.ensure_application("Software", "software", Some(&Secret::new(SECRET.to_owned())), &uris).await.unwrap();
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", TRANSACTIONS).await;
    let base = format!("{}/ponto-connect", test.listen().await);
    let configured = |token: &serde_json::Value| {
        let mut configuration = Configuration::new();
        configuration.base_path.clone_from(&base);
        configuration.oauth_access_token = Some(token["access_token"].as_str().unwrap().to_owned());
        configuration
    };
    let tokens = test.consent(&ana, ("software", SECRET), BACK, &[account]).await;
    let header = basic("software", SECRET);
    let fields = [("grant_type", "client_credentials")];
    let own = test.form("/ponto-connect/oauth2/token", &[("authorization", &header)], &fields).await.json();
    let (organization, partner) = (configured(&tokens), configured(&own));
    Scene { test, ana, account, base, organization, partner }
}

/// What the client understood, which must not be nothing.
fn understood<T, E: Debug>(answer: Result<Option<T>, Error<E>>) -> T {
    answer.unwrap_or_else(|error| panic!("{error:?}")).expect("the document has data")
}

fn refused<T: Debug, E>(answer: Result<T, Error<E>>) -> (u16, String) {
    match answer {
        Err(Error::ResponseError(answer)) => (answer.status.as_u16(), answer.content),
        Err(Error::Reqwest(_) | Error::Serde(_) | Error::Io(_)) => panic!("the client did not understand the answer"),
        Ok(answer) => panic!("{answer:?} was not refused"),
    }
}

#[tokio::test]
async fn it_reads_a_thousand_transactions_to_the_end() {
    let scene = scene().await;
    let account = scene.account.to_string();
    let mut read: Vec<String> = Vec::new();
    loop {
        let last = read.last().cloned();
        let list = transaction_api::list_transactions;
        let page =
            understood(list(&scene.organization, &account, Some(100.0), None, last.as_deref()).await.map(|it| it.data));
        if page.is_empty() {
            break;
        }
        for row in &page {
            let told = row.attributes.as_deref().unwrap();
            assert!(told.amount.is_some_and(|amount| amount < 0.0), "{row:?}");
            assert_eq!((row.r#type.as_str(), told.currency.as_deref()), ("transaction", Some("EUR")));
            assert!(told.execution_date.is_some() && told.value_date.is_some() && told.digest.is_some(), "{row:?}");
        }
        read.extend(page.iter().map(|row| row.id.to_string()));
    }
    assert_eq!(read.len(), 1000);
    let distinct: std::collections::BTreeSet<_> = read.iter().collect();
    assert_eq!(distinct.len(), 1000, "no row comes twice");
    // The way back up, page by page.
    let mut up: Vec<String> = Vec::new();
    loop {
        let first = up.first().unwrap_or(read.last().unwrap()).clone();
        let list = transaction_api::list_transactions;
        let page =
            understood(list(&scene.organization, &account, Some(100.0), Some(&first), None).await.map(|it| it.data));
        if page.is_empty() {
            break;
        }
        up.splice(..0, page.iter().map(|row| row.id.to_string()));
    }
    assert_eq!(up, read[..999]);
    let one =
        understood(transaction_api::get_transaction(&scene.organization, &account, &read[7]).await.map(|it| it.data));
    assert_eq!(one.id.to_string(), read[7]);
    let unknown = transaction_api::get_transaction(&scene.organization, &account, &account).await;
    let (status, content) = refused(unknown);
    assert!(status == 404 && content.contains("resourceNotFound"), "{status} {content}");
}

#[tokio::test]
async fn it_reads_accounts_institutions_and_the_organization() {
    let scene = scene().await;
    let software = &scene.organization;
    let accounts = understood(account_api::list_accounts(software, Some(10.0), None, None).await.map(|it| it.data));
    let one = understood(account_api::get_account(software, &scene.account.to_string()).await.map(|it| it.data));
    assert_eq!(accounts, [*one.clone()]);
    let told = one.attributes.unwrap();
    assert_eq!((told.reference.as_deref(), told.reference_type.as_deref()), (Some("BE68539007547034"), Some("IBAN")));
    assert_eq!((told.current_balance, told.available_balance), (Some(987.65), Some(900.0)));
    assert!(told.authorization_expiration_expected_at.is_some() && told.deprecated == Some(false), "{told:?}");

    let list = financial_institution_api::list_organization_financial_institutions;
    let linked = understood(list(software, None, None, None).await.map(|it| it.data));
    assert_eq!(linked.iter().map(|bank| bank.id.to_string()).collect::<Vec<_>>(), [MEUSE], "only the organization's");
    let bank = financial_institution_api::get_organization_financial_institution(software, MEUSE).await;
    let bank = understood(bank.map(|it| it.data)).attributes.unwrap();
    assert_eq!((bank.name.as_deref(), bank.payments_enabled), (Some("Banque de la Meuse"), Some(false)));
    let mut stranger = Configuration::new();
    stranger.base_path.clone_from(&scene.base);
    let all = understood(list(&stranger, Some(100.0), None, None).await.map(|it| it.data));
    assert!(all.len() > 1, "the catalogue is public");

    let info = user_info_api::get_user_info(software).await.unwrap();
    assert_eq!(info.sub, Some(scene.ana.organization.to_string()));
    assert_eq!((info.name.as_deref(), info.payments_activated), (Some("Company of ana@example.com"), Some(false)));
    let (account, id) = (scene.account.to_string(), scene.account.to_string());
    let (status, content) = refused(payment_api::get_payment(software, &account, &id).await);
    assert!(status == 403 && content.contains("paymentsNotActivated"), "{status} {content}");
}

#[tokio::test]
async fn it_reads_announced_transactions_and_what_a_synchronization_changed() {
    let scene = scene().await;
    let (software, account) = (&scene.organization, scene.account.to_string());
    let test = &scene.test;
    let ip = Some(IpAddr::from(Ipv4Addr::new(203, 0, 113, 7)));
    let subtype = Subtype::AccountTransactionsWithUnsettled;
    let asked = hub::sync::request(&test.hub, scene.ana.organization, scene.account, subtype, ip).await;
    let id: SynchronizationId = asked.unwrap();
    let booked = test.book(scene.ana.organization, scene.account, 2).await;
    let seen = test.announce(scene.ana.organization, scene.account).await.to_string();
    let (hub, now, organization) = (&test.hub, test.now(), scene.ana.organization);
    let written: Result<(), db::DbError> = db::write!(hub.db, tx => {
        store::count(&mut tx, organization, id, 2, 0, (TRANSACTIONS, TRANSACTIONS + 2)).await?;
        store::finish(&mut tx, organization, id, None, now).await
    });
    written.unwrap();

    let id = id.to_string();
    let run = understood(synchronization_api::get_synchronization(software, &id).await.map(|it| it.data));
    let told = run.attributes.unwrap();
    assert_eq!((told.status.as_deref(), told.errors), (Some("success"), Some(Vec::new())));
    assert_eq!(told.resource_id.map(|id| id.to_string()), Some(account.clone()));
    let list = transaction_api::list_updated_transactions_for_synchronization;
    let changed = understood(list(software, &id, None, None, None).await.map(|it| it.data));
    let changed: Vec<String> = changed.iter().map(|row| row.id.to_string()).collect();
    assert_eq!(changed, [booked[1].to_string(), booked[0].to_string()]);

    let list = pending_transaction_api::list_updated_pending_transactions_for_synchronization;
    let updated = understood(list(software, &id, None, None, None).await.map(|it| it.data));
    let list = pending_transaction_api::list_pending_transactions;
    let all = understood(list(software, &account, Some(5.0), None, None).await.map(|it| it.data));
    let one = pending_transaction_api::get_pending_transaction(software, &account, &seen).await;
    let one = understood(one.map(|it| it.data));
    assert_eq!(one.id.to_string(), seen);
    assert_eq!((updated, all), (vec![*one.clone()], vec![*one]));
}

#[tokio::test]
async fn an_application_reads_its_customers_and_their_usage() {
    let scene = scene().await;
    let organization = scene.ana.organization.to_string();
    let list = integration_account_api::list_integration_account;
    let held = understood(list(&scene.partner, None, None, None).await.map(|it| it.data));
    assert_eq!(held.len(), 1);
    assert!(held[0].attributes.as_deref().unwrap().created_at.is_some(), "{held:?}");
    let usage = usage_api::get_organization_usage(&scene.partner, &organization, "2026-03").await;
    let usage = understood(usage.map(|it| it.data));
    let told = usage.attributes.unwrap();
    assert_eq!((usage.id.as_str(), told.account_count.is_some(), told.total_accounts), ("2026-03", true, Some(1.0)));
    assert_eq!((told.bulk_payment_bundle_count, told.payment_account_count), (Some(0.0), Some(0.0)));

    let revoked = account_api::revoke_account(&scene.organization, &scene.account.to_string()).await;
    assert_eq!(understood(revoked.map(|it| it.data)).id.to_string(), scene.account.to_string());
    let left = account_api::list_accounts(&scene.organization, None, None, None).await;
    assert_eq!(understood(left.map(|it| it.data)).len(), 0);
    integration_api::delete_organization_integration(&scene.partner, &organization).await.unwrap();
    let (status, _) = refused(account_api::list_accounts(&scene.organization, None, None, None).await);
    assert_eq!(status, 401, "its tokens ended with it");
}
