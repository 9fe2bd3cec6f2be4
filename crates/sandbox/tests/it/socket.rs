use sandbox::{Fault, Faults, Sandbox, Settings};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::client::environment;

/// Sends a request by hand and reads until the bank closes.
async fn exchange(port: u16, head: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let request = format!("{head}\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // A broken connection is what some tests look for; what came before it counts.
    let _ = stream.read_to_end(&mut answer).await;
    answer
}

async fn serve() -> (Sandbox, u16) {
    let sandbox = Sandbox::open(Settings { transactions: 500, ..Settings::default() }, environment().0).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let served = sandbox.clone();
    tokio::spawn(async move { served.serve(listener).await });
    (sandbox, port)
}

#[tokio::test]
async fn a_socket_serves_the_banks_and_the_control_to_loopback() {
    let (_, port) = serve().await;
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    assert!(text(exchange(port, "GET / HTTP/1.1").await).contains("Banque de la Meuse"));
    assert!(text(exchange(port, "GET /control/log HTTP/1.1").await).starts_with("HTTP/1.1 200"));
    let refused = text(exchange(port, "GET /meuse/v1/accounts HTTP/1.1").await);
    assert!(refused.starts_with("HTTP/1.1 400") && refused.contains("FORMAT_ERROR"), "{refused}");
    let lost = text(exchange(port, "GET /somewhere HTTP/1.1").await);
    assert!(lost.starts_with("HTTP/1.1 404"), "{lost}");
}

#[tokio::test]
async fn a_dropped_connection_ends_before_the_announced_length() {
    let (sandbox, port) = serve().await;
    let rig = crate::client::Rig::of(sandbox.clone(), environment().1);
    let consent = rig.authorise("meuse").await;
    sandbox.control().set_faults(Faults::none().with(Fault::ConnectionDrop, 100)).unwrap();
    let head = format!(
        "GET /meuse/v1/accounts HTTP/1.1\r\nX-Request-ID: 99391c7e-ad88-49ec-a2ad-99ddcb1f7721\r\n\
         PSU-IP-Address: 192.0.2.7\r\nConsent-ID: {consent}"
    );
    let answer = String::from_utf8_lossy(&exchange(port, &head).await).into_owned();
    let (headers, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let length = headers.lines().find_map(|line| line.strip_prefix("content-length: "));
    let announced: usize = length.map_or(usize::MAX, |length| length.parse().unwrap());
    assert!(body.len() < announced, "{} of {announced} bytes came: {headers}", body.len());
}
