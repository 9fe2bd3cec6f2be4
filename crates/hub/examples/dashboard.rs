//! The hub's dashboard with simulated banks and an empty database, to look at pages while working on them:
//! `cargo run -p hub --example dashboard [HUB_PORT BANK_PORT]`. Everything is gone when it ends.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "an example stops where it cannot go on")]

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use domain::{Clock, Environment, Timestamp};
use hub::{Hub, Settings};
use outbound::{Limits, Network};
use tokio::net::TcpListener;
use vault::SystemEntropy;

struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

#[tokio::main]
async fn main() {
    let mut ports = std::env::args().skip(1);
    let [hub_port, bank_port] = ["8690", "8691"].map(|port| ports.next().unwrap_or_else(|| port.to_owned()));
    let environment = Environment::new(Arc::new(SystemClock), Arc::new(SystemEntropy::new()));
    let banks = sandbox::Sandbox::open(sandbox::Settings::default(), environment.clone()).unwrap();
    let listener = TcpListener::bind(format!("127.0.0.1:{bank_port}")).await.unwrap();
    tokio::spawn(async move { banks.serve(listener).await });

    let folder = std::env::temp_dir().join(format!("passerelle-dashboard-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let settings = Settings {
        database: format!("sqlite:{}", folder.join("hub.sqlite").display()),
        key_file: folder.join("hub.keys"),
        public_url: format!("http://127.0.0.1:{hub_port}"),
        sandbox_url: Some(format!("http://127.0.0.1:{bank_port}")),
        price_minor: 400,
        billing: hub::billing::terms::Terms::default(),
        connect_url: None,
        custom_url: None,
        trust_forwarded_proto: false,
        support: None,
        throttle_seconds: 300,
        requests_per_minute: 6000,
        owners_need_second_factor: false,
        bank_lists: false,
        mail: hub::mail::MailSettings::folder(folder.join("mail")),
    };
    let door = Arc::new(Network::new(Limits { allow_private_addresses: true, ..Limits::default() }));
    let hub = Hub::open(settings, environment, door).await.unwrap();
    hub.ensure_application("Demo Books", "demo-books", None, &["http://127.0.0.1/back".to_owned()]).await.unwrap();
    let worker = hub.clone();
    tokio::spawn(async move {
        loop {
            match worker.work_once().await {
                Ok(true) => {}
                Ok(false) => tokio::time::sleep(Duration::from_millis(200)).await,
                Err(error) => eprintln!("{error}"),
            }
        }
    });
    let listener = TcpListener::bind(format!("127.0.0.1:{hub_port}")).await.unwrap();
    println!("http://127.0.0.1:{hub_port}/app");
    let service = hub::router(hub).into_make_service_with_connect_info::<SocketAddr>();
    tokio::select! {
        ended = axum::serve(listener, service) => ended.unwrap(),
        _ = tokio::signal::ctrl_c() => {}
    }
    std::fs::remove_dir_all(&folder).ok();
}
