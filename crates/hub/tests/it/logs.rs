//! The log is for the operator: it names no person, no account and no secret, whatever happens.

use std::io::Write;
use std::sync::{Arc, Mutex};

use domain::AccountId;

use crate::dashboard::Walk;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn it_names_nobody_whatever_happens() {
    let log = Log::default();
    let writer = log.clone();
    let lines = tracing_subscriber::fmt().with_writer(move || writer.clone()).with_ansi(false).finish();
    let _guard = tracing::subscriber::set_default(lines);
    // While there is only one subscriber, a test on another thread that reaches a line first decides, having none, that
    // nobody wants it. With two, all of them are asked.
    let _second = tracing::Dispatch::new(tracing::subscriber::NoSubscriber::default());
    let mut walk = Walk::begin().await;
    walk.enter("ada@example.org").await;
    walk.link("Banque de la Meuse").await;
    let company = walk.company().await;
    let linked = {
        let mut tx = walk.hub.hub.db.read().await.unwrap();
        hub::store::account::list(&mut tx, company.organization).await.unwrap()
    };
    // The bank is gone: a synchronization, a renewal and a new connection fail.
    walk.network.listen("bank.test", None);
    let path = format!("/app/accounts/{}", linked[0].id);
    let page = walk.open(&path).await;
    walk.send(&page, "/synchronize", &[]).await;
    while walk.hub.hub.work_once().await.unwrap() {}
    let page = walk.open(&path).await;
    walk.send(&page, "/renew", &[]).await;
    walk.open("/app/transactions?q=Ada+Lovelace").await;
    walk.open("/invitation/a-token-that-is-none").await;
    walk.hub.form("/login", &[], &[("email", "ada@example.org"), ("password", "wrong wrong wrong")]).await;
    let said = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(said.contains("synchronization ended") && said.contains("a bank could not be asked"), "{said}");
    let resource_ids = linked.iter().filter_map(|account| account.resource_id.clone());
    let references = linked.iter().map(|account| account.reference.clone());
    let personal = ["ada@", "Lovelace", "Atelier", "a-token", "wrong"].map(str::to_owned);
    for secret in resource_ids.chain(references).chain(personal) {
        assert!(!said.contains(&secret), "{secret} in {said}");
    }
}

#[tokio::test]
async fn a_log_in_reads_what_is_old_again_with_the_persons_address() {
    let mut walk = Walk::begin().await;
    walk.enter("ada@example.org").await;
    walk.link("Banque de la Meuse").await;
    let account = AccountId::parse(walk.first_account().await.rsplit('/').next().unwrap()).unwrap();
    let company = walk.company().await;
    let runs = async |walk: &Walk| {
        let mut tx = walk.hub.hub.db.read().await.unwrap();
        let known = hub::store::synchronization::recent(&mut tx, company.organization, account, 20).await.unwrap();
        (known.len(), known[0].attended)
    };
    let log_in = async |walk: &mut Walk| {
        let page = walk.open("/app/profile").await;
        let page = walk.browser.submit(&page.form("/logout").unwrap()).await.unwrap();
        let fields = [("email", "ada@example.org"), ("password", crate::dashboard::PASSWORD)];
        let page = walk.send(&page, "/login", &fields).await;
        assert!(page.url.path() == "/app", "{}", page.text());
    };
    let (before, _) = runs(&walk).await;
    log_in(&mut walk).await;
    assert_eq!(runs(&walk).await.0, before, "it was read a moment ago");
    walk.hub.clock.advance_seconds(2 * 3600);
    log_in(&mut walk).await;
    assert_eq!(runs(&walk).await, (before + 1, true));
    log_in(&mut walk).await;
    assert_eq!(runs(&walk).await.0, before + 1, "one that waits is enough");
}
