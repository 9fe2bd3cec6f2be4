//! A host that asks for a client certificate, and reads the signature of each request as Ponto Connect does.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};

use aws_lc_rs::digest::{SHA512, digest};
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::{KeyPair as _, RSA_PSS_2048_8192_SHA256, UnparsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use domain::{Clock, Entropy, Environment, Timestamp};
use outbound::{ByHost, Door, Fetch, FetchError, Identity, IdentityError, Limits, Network, Signer, Signing};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};

const AUTHORITY: &[u8] = include_bytes!("identity/authority.pem");
const CLIENT: (&[u8], &[u8]) = (include_bytes!("identity/client.pem"), include_bytes!("identity/client.key"));
const STRANGER: (&[u8], &[u8]) = (include_bytes!("identity/stranger.pem"), include_bytes!("identity/stranger.key"));
const SIGNATURE_KEY: &[u8] = include_bytes!("identity/signature.key");
const NOW: i64 = 1_790_000_000;

struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(NOW).unwrap()
    }
}

impl Entropy for Still {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(7);
    }
}

/// A request as the host got it.
#[derive(Debug, Clone)]
struct Got {
    line: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

/// The host: it answers `welcome` to whoever shows a certificate of its authority, and hangs up on everybody else.
fn host(connections: usize) -> (SocketAddr, Arc<Mutex<Vec<Got>>>) {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(AUTHORITY).unwrap()).unwrap();
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone()).build().unwrap();
    let chain = vec![CertificateDer::from_pem_slice(include_bytes!("identity/server.pem")).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("identity/server.key")).unwrap();
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)
        .unwrap();
    let (config, listener) = (Arc::new(config), TcpListener::bind("127.0.0.1:0").unwrap());
    let (address, got) = (listener.local_addr().unwrap(), Arc::new(Mutex::new(Vec::new())));
    let kept = got.clone();
    std::thread::spawn(move || {
        for _ in 0..connections {
            let Ok((socket, _)) = listener.accept() else { return };
            let tls = ServerConnection::new(config.clone()).unwrap();
            let mut stream = StreamOwned::new(tls, socket);
            if let Some(request) = read(&mut stream) {
                kept.lock().unwrap().push(request);
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 7\r\nconnection: close\r\n\r\nwelcome");
                let _ = stream.flush();
            }
        }
    });
    (address, got)
}

fn read(stream: &mut impl Read) -> Option<Got> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    let head = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
        match stream.read(&mut chunk) {
            Ok(0) | Err(_) => return None,
            Ok(read) => bytes.extend_from_slice(&chunk[..read]),
        }
    };
    let text = String::from_utf8(bytes[..head].to_vec()).unwrap();
    let mut lines = text.lines();
    let line = lines.next()?.to_owned();
    let split = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    let mut got = Got { line, headers: lines.filter_map(split).collect(), body: String::new() };
    let length: usize = got.header("content-length").parse().unwrap_or(0);
    while bytes.len() < head + 4 + length {
        let read = stream.read(&mut chunk).ok()?;
        bytes.extend_from_slice(&chunk[..read]);
    }
    got.body = String::from_utf8(bytes[head + 4..].to_vec()).unwrap();
    Some(got)
}

fn limits() -> Limits {
    Limits { allow_private_addresses: true, ..Limits::default() }
}

fn known(who: (&[u8], &[u8])) -> Network {
    Network::known_as(limits(), &Identity::parse(who.0, who.1, Some(AUTHORITY)).unwrap())
}

fn post(address: SocketAddr, body: &'static str) -> http::Request<Bytes> {
    http::Request::post(format!("https://localhost:{}/ponto-connect/synchronizations?x=1", address.port()))
        .header("authorization", "Bearer t")
        .header("ibanity-idempotency-key", "k-1")
        .body(Bytes::from_static(body.as_bytes()))
        .unwrap()
}

#[tokio::test]
async fn the_host_lets_in_who_shows_its_certificate_and_nobody_else() {
    let (address, got) = host(3);
    let answer = known(CLIENT).fetch(post(address, "{}")).await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.body().as_ref()), (200, b"welcome".as_slice()));
    let stranger = known(STRANGER).fetch(post(address, "{}")).await;
    assert!(matches!(stranger, Err(FetchError::Unreachable { .. })), "{stranger:?}");
    // Without the authority the host's own certificate is nobody's.
    let unknown = Network::known_as(limits(), &Identity::parse(CLIENT.0, CLIENT.1, None).unwrap());
    assert!(matches!(unknown.fetch(post(address, "{}")).await, Err(FetchError::Unreachable { .. })));
    assert_eq!(got.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn each_request_is_signed_over_what_counts() {
    let (address, got) = host(2);
    let signer = Signer::parse("certificate-1", SIGNATURE_KEY).unwrap();
    let environment = Environment::new(Arc::new(Still), Arc::new(Still));
    let door: Door = Arc::new(Signing { door: Arc::new(known(CLIENT)), signer, environment });
    door.fetch(post(address, "{\"data\":{}}")).await.unwrap();
    let plain = http::Request::get(format!("https://localhost:{}/ponto-connect/accounts", address.port()));
    door.fetch(plain.body(Bytes::new()).unwrap()).await.unwrap();

    let key = PrivateKeyDer::from_pem_slice(SIGNATURE_KEY).unwrap();
    let PrivateKeyDer::Pkcs8(key) = key else { panic!() };
    let key = KeyPair::from_pkcs8(key.secret_pkcs8_der()).unwrap();
    let public = UnparsedPublicKey::new(&RSA_PSS_2048_8192_SHA256, key.public_key().as_ref());
    let got = got.lock().unwrap().clone();
    let expected = [
        (
            "(request-target) host digest (created) authorization ibanity-idempotency-key",
            "post /ponto-connect/synchronizations?x=1",
        ),
        ("(request-target) host digest (created)", "get /ponto-connect/accounts"),
    ];
    for (request, (names, target)) in got.iter().zip(expected) {
        assert!(request.line.to_lowercase().starts_with(target), "{}", request.line);
        let body = STANDARD.encode(digest(&SHA512, request.body.as_bytes()).as_ref());
        assert_eq!(request.header("digest"), format!("SHA-512={body}"));
        let line = request.header("signature");
        let head =
            format!("keyId=\"certificate-1\",created={NOW},algorithm=\"hs2019\",headers=\"{names}\",signature=\"");
        let signature = line.strip_prefix(&head).and_then(|rest| rest.strip_suffix('"')).expect("the parts in order");
        let lines: Vec<String> = names
            .split(' ')
            .map(|name| match name {
                "(request-target)" => format!("{name}: {target}"),
                "(created)" => format!("{name}: {NOW}"),
                other => format!("{other}: {}", request.header(other)),
            })
            .collect();
        let signature = STANDARD.decode(signature).unwrap();
        public.verify(lines.join("\n").as_bytes(), &signature).expect("the host can check it");
        let other = lines.join("\n").replace(target, "get /elsewhere");
        assert!(public.verify(other.as_bytes(), &signature).is_err(), "it is over the request line");
    }
    assert_eq!(got.len(), 2);
}

#[tokio::test]
async fn only_the_host_that_it_is_for_sees_the_certificate() {
    let (address, got) = host(2);
    let (own, other) = (format!("localhost:{}", address.port()), "localhost:1".to_owned());
    let door = |place: String| ByHost { ways: vec![(place, Arc::new(known(CLIENT)))], rest: Arc::new(known(STRANGER)) };
    assert!(door(own).fetch(post(address, "{}")).await.is_ok());
    assert!(door(other).fetch(post(address, "{}")).await.is_err());
    assert_eq!(got.lock().unwrap().len(), 1);
    let place = |text: &str| ByHost::place(&text.parse().unwrap());
    assert_eq!(place("https://API.example.org/x").as_deref(), Some("api.example.org:443"));
    assert_eq!(place("http://api.example.org:443/x"), None, "never in the clear");
}

#[test]
fn files_that_make_no_identity_are_told_apart() {
    let refused = |certificate: &[u8], key: &[u8]| Identity::parse(certificate, key, None).unwrap_err();
    assert!(matches!(refused(CLIENT.0, STRANGER.1), IdentityError::Certificate(_)), "a key of another certificate");
    assert!(matches!(refused(b"nothing", CLIENT.1), IdentityError::Certificate(_)));
    assert_eq!(Identity::parse(CLIENT.0, CLIENT.1, Some(b"?")).err(), Some(IdentityError::Authority));
    assert_eq!(Signer::parse("x", CLIENT.1).err(), Some(IdentityError::SignatureKey), "not an RSA key");
    assert_eq!(Signer::parse("x", b"?").err(), Some(IdentityError::SignatureKey));
}
