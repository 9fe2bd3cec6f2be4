use std::collections::HashMap;
use std::sync::RwLock;

use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::{Fetch, FetchError};

/// A network inside this process: host names lead to routers. For stories and tests.
#[derive(Default)]
pub struct InProcess {
    routers: RwLock<HashMap<String, Router>>,
}

impl InProcess {
    /// A network on which nobody listens yet.
    pub fn new() -> InProcess {
        InProcess::default()
    }

    /// Lets a router answer for an authority such as `bank.test`; `None` takes it down.
    pub fn listen(&self, authority: &str, router: Option<Router>) {
        let mut routers = self.routers.write().expect("no holder of this lock panics");
        match router {
            Some(router) => routers.insert(authority.to_owned(), router),
            None => routers.remove(authority),
        };
    }
}

#[async_trait]
impl Fetch for InProcess {
    async fn fetch(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, FetchError> {
        let host = request.uri().authority().map(|authority| authority.as_str().to_owned()).unwrap_or_default();
        let unreachable = |reason: String| FetchError::Unreachable { host: host.clone(), reason };
        let router = self.routers.read().expect("no holder of this lock panics").get(&host).cloned();
        let router = router.ok_or_else(|| unreachable("nobody listens there".into()))?;
        let mut request = request.map(Body::from);
        if !request.headers().contains_key(http::header::HOST) {
            let value = host.parse().map_err(|_| unreachable("not a host name".into()))?;
            request.headers_mut().insert(http::header::HOST, value);
        }
        let answer = router.oneshot(request).await.map_err(|never| match never {})?;
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.map_err(|error| unreachable(error.to_string()))?.to_bytes();
        Ok(http::Response::from_parts(parts, body))
    }
}
