//! Sends an answer the way the faults of its call want it.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, Full};
use serde::Serialize;

use crate::Sandbox;
use crate::faults::{Fault, Roll};
use crate::problem::Problem;

/// A body that is ready, and what shall happen to it.
pub(crate) struct Answer {
    body: Vec<u8>,
    content_type: &'static str,
    roll: Roll,
}

impl Answer {
    /// A JSON body.
    pub(crate) fn json(body: &impl Serialize, roll: Roll) -> Answer {
        let body = serde_json::to_vec(body).expect("wire types have text keys only");
        Answer { body, content_type: "application/json", roll }
    }

    /// An XML body.
    pub(crate) fn xml(body: Vec<u8>, roll: Roll) -> Answer {
        Answer { body, content_type: "application/xml", roll }
    }
}

impl Sandbox {
    /// Sends an answer or a refusal: late, cut in half or broken off where a fault says so.
    pub(crate) async fn deliver(&self, outcome: Result<Answer, Problem>) -> Response {
        let Answer { mut body, content_type, mut roll } = match outcome {
            Ok(answer) => answer,
            Err(problem) => return problem.into_response(),
        };
        if roll.has(Fault::Slow) {
            (self.0.pause)(Duration::from_secs(5 + roll.dice.below(26))).await;
        }
        let whole = body.len();
        if roll.has(Fault::HalfPage) || roll.has(Fault::ConnectionDrop) {
            body.truncate(whole / 2);
        }
        let mut answer = if roll.has(Fault::ConnectionDrop) {
            let broken = || std::io::Error::new(std::io::ErrorKind::ConnectionReset, "the bank hung up");
            // An error after the data makes the server break the connection instead of ending the body.
            let body = Full::new(bytes::Bytes::from(body)).map_err(move |never| match never {});
            let body = body.with_trailers(async move { Some(Err::<axum::http::HeaderMap, _>(broken())) });
            let mut answer = Response::new(Body::new(body));
            answer.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(whole));
            answer
        } else {
            Response::new(Body::from(body))
        };
        answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        answer
    }
}
