//! Who we are to a host that asks for more than a token: a TLS client certificate, and where it wants that too, a
//! signature over each request.
//!
//! Isabel's Ponto Connect asks for both (`api.ibanity.com`); its custom integrations (`api.myponto.com`) and hubs of ours
//! ask for neither.

use std::sync::Arc;

use async_trait::async_trait;
use aws_lc_rs::digest::{SHA512, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::RSA_PSS_SHA256;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use domain::Environment;
use http::{HeaderValue, header};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;

use crate::{Door, Fetch, FetchError};

/// Why files do not make an identity. The text names what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// Certificate and key are not PEM, do not fit, or the key is locked by a passphrase.
    #[error("the certificate and its key cannot be used together ({0}); both are PEM, the key without a passphrase")]
    Certificate(String),
    /// The authority is not PEM.
    #[error("the authority is not a certificate in PEM")]
    Authority,
    /// The key does not sign.
    #[error("the signature key is not an RSA key in PEM without a passphrase")]
    SignatureKey,
}

/// A TLS client certificate with its key, and the authority that the host's own certificate is checked against where
/// that is none of the system's.
#[derive(Clone)]
pub struct Identity {
    pub(crate) client: reqwest::Identity,
    pub(crate) authority: Vec<reqwest::Certificate>,
}

impl Identity {
    /// Reads a certificate (with the chain above it, if there is one) and its key, both in PEM.
    pub fn parse(certificate: &[u8], key: &[u8], authority: Option<&[u8]>) -> Result<Identity, IdentityError> {
        let both = [certificate, b"\n", key].concat();
        let wrong = |error: reqwest::Error| IdentityError::Certificate(root_of(&error));
        let client = reqwest::Identity::from_pem(&both).map_err(wrong)?;
        let bundle = authority.map(reqwest::Certificate::from_pem_bundle).transpose();
        let bundle = bundle.ok().filter(|read| read.as_ref().is_none_or(|certificates| !certificates.is_empty()));
        let authority = bundle.ok_or(IdentityError::Authority)?.unwrap_or_default();
        let identity = Identity { client, authority };
        // Whether the key fits the certificate shows only when a client is made of them.
        let tried = reqwest::Client::builder().identity(identity.client.clone()).build();
        tried.map(|_| identity).map_err(wrong)
    }
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity(…)")
    }
}

/// The key that signs requests, under the id that the host knows it by.
#[derive(Clone)]
pub struct Signer {
    id: String,
    key: Arc<KeyPair>,
}

impl Signer {
    /// Reads an RSA key in PEM. `id` is what the host calls the certificate of this key.
    pub fn parse(id: &str, key: &[u8]) -> Result<Signer, IdentityError> {
        let read = PrivateKeyDer::from_pem_slice(key).map_err(|_| IdentityError::SignatureKey)?;
        let key = match &read {
            PrivateKeyDer::Pkcs8(der) => KeyPair::from_pkcs8(der.secret_pkcs8_der()),
            PrivateKeyDer::Pkcs1(der) => KeyPair::from_der(der.secret_pkcs1_der()),
            PrivateKeyDer::Sec1(_) | _ => return Err(IdentityError::SignatureKey),
        };
        key.map(|key| Signer { id: id.to_owned(), key: Arc::new(key) }).map_err(|_| IdentityError::SignatureKey)
    }
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({})", self.id)
    }
}

/// A door that signs what goes through it: HTTP signatures as in draft-cavage-http-signatures-12, RSASSA-PSS with
/// SHA-256, over the request line, host, digest of the body, instant, token, and the host's own headers.
pub struct Signing {
    /// Where requests go on to.
    pub door: Door,
    /// The key.
    pub signer: Signer,
    /// The clock that says when.
    pub environment: Environment,
}

#[async_trait]
impl Fetch for Signing {
    async fn fetch(&self, mut request: http::Request<Bytes>) -> Result<http::Response<Bytes>, FetchError> {
        let host = request.uri().authority().map(|authority| authority.as_str().to_owned()).unwrap_or_default();
        let failed =
            || FetchError::Unreachable { host: host.clone(), reason: "the request could not be signed".into() };
        let body = STANDARD.encode(digest(&SHA512, request.body()).as_ref());
        let body = HeaderValue::try_from(format!("SHA-512={body}")).map_err(|_| failed())?;
        request.headers_mut().insert("digest", body);
        if !request.headers().contains_key(header::HOST) {
            request.headers_mut().insert(header::HOST, HeaderValue::try_from(&host).map_err(|_| failed())?);
        }
        let created = self.environment.now().as_second();
        let (names, text) = signed_text(&request, created);
        let mut signature = vec![0; self.signer.key.public_modulus_len()];
        let random = SystemRandom::new();
        self.signer.key.sign(&RSA_PSS_SHA256, &random, text.as_bytes(), &mut signature).map_err(|_| failed())?;
        let line = format!(
            "keyId=\"{}\",created={created},algorithm=\"hs2019\",headers=\"{names}\",signature=\"{}\"",
            self.signer.id,
            STANDARD.encode(signature)
        );
        request.headers_mut().insert("signature", HeaderValue::try_from(line).map_err(|_| failed())?);
        self.door.fetch(request).await
    }

    async fn address(&self, host: &str, port: u16) -> Result<std::net::SocketAddr, FetchError> {
        self.door.address(host, port).await
    }
}

/// The names of what is signed, and the text of it.
fn signed_text(request: &http::Request<Bytes>, created: i64) -> (String, String) {
    let path = request.uri().path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    let method = request.method().as_str().to_ascii_lowercase();
    let mut lines = vec![("(request-target)".to_owned(), format!("{method} {path}"))];
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    lines.extend(["host", "digest"].iter().filter_map(|name| Some(((*name).to_owned(), header(name)?))));
    lines.push(("(created)".to_owned(), created.to_string()));
    lines.extend(header("authorization").map(|value| ("authorization".to_owned(), value)));
    let own = request.headers().keys().map(http::HeaderName::as_str).filter(|name| name.starts_with("ibanity-"));
    lines.extend(own.filter_map(|name| Some((name.to_owned(), header(name)?))));
    let names = lines.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(" ");
    let text = lines.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join("\n");
    (names, text)
}

fn root_of(error: &dyn std::error::Error) -> String {
    let mut reason = error;
    while let Some(source) = reason.source() {
        reason = source;
    }
    reason.to_string()
}
