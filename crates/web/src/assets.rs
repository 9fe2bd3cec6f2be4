use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use vault::token;

struct Asset {
    name: &'static str,
    kind: &'static str,
    body: &'static [u8],
}

/// Everything a page loads. It travels inside the program; nothing comes from another host.
const ALL: [Asset; 4] = [
    Asset { name: "passerelle.css", kind: "text/css; charset=utf-8", body: include_bytes!("../assets/passerelle.css") },
    Asset {
        name: "passerelle.js",
        kind: "text/javascript; charset=utf-8",
        body: include_bytes!("../assets/passerelle.js"),
    },
    Asset { name: "icon.svg", kind: "image/svg+xml", body: include_bytes!("../assets/icon.svg") },
    Asset { name: "passkey.js", kind: "text/javascript; charset=utf-8", body: include_bytes!("../assets/passkey.js") },
];

static PATHS: LazyLock<Vec<String>> = LazyLock::new(|| {
    ALL.iter().map(|asset| format!("{}-{}", asset.name, &token::hex(&token::sha256(asset.body))[..16])).collect()
});

/// The address of an embedded file, with a part of its hash: it changes when the file does, so a browser may keep
/// what it has for ever. An unknown name is a mistake of the caller and stops a test.
pub fn asset(name: &str) -> String {
    let at = ALL.iter().position(|asset| asset.name == name).expect("an asset is named as in the table");
    format!("/assets/{}", PATHS[at])
}

/// Serves the embedded files under `/assets/`.
pub fn assets<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{name}", get(serve)).route("/favicon.ico", get(favicon))
}

async fn serve(Path(name): Path<String>) -> Response {
    let Some(at) = PATHS.iter().position(|path| *path == name) else { return StatusCode::NOT_FOUND.into_response() };
    answer(&ALL[at], "public, max-age=31536000, immutable")
}

/// Browsers ask for this address unasked; the answer is the same picture under a name that never changes.
async fn favicon() -> Response {
    answer(&ALL[2], "public, max-age=86400")
}

fn answer(asset: &'static Asset, caching: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static(caching)),
    ];
    (headers, asset.body).into_response()
}
