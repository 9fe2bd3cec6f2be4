use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use async_trait::async_trait;
use bytes::Bytes;
use outbound::{Door, Fetch, FetchError};
use tokio::sync::Notify;

/// A door at which its party may die: at the chosen request, before it goes out or after it was answered. What the
/// party was doing is dropped there, as a killed process would drop it.
pub struct Deadly {
    inner: Door,
    /// Requests until death, doubled; odd means after the answer; negative means immortal.
    countdown: AtomicI64,
    died: Notify,
    deaths: AtomicUsize,
}

impl Deadly {
    /// A door that nobody dies at until [`Deadly::arm`] is called.
    pub fn new(inner: Door) -> Deadly {
        Deadly { inner, countdown: AtomicI64::new(-1), died: Notify::new(), deaths: AtomicUsize::new(0) }
    }

    /// Lets the party die at a later request.
    pub fn arm(&self, requests: i64, after_answer: bool) {
        self.countdown.store(requests * 2 + i64::from(after_answer), Ordering::SeqCst);
    }

    /// Nobody dies any more.
    pub fn disarm(&self) {
        self.countdown.store(-1, Ordering::SeqCst);
    }

    /// Runs a piece of work to its end; `None` when the party died in it.
    pub async fn live<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            () = self.died.notified() => None,
            done = work => Some(done),
        }
    }

    /// How often its party has died here.
    pub fn deaths(&self) -> usize {
        self.deaths.load(Ordering::SeqCst)
    }

    async fn die(&self) -> ! {
        self.disarm();
        self.deaths.fetch_add(1, Ordering::SeqCst);
        self.died.notify_one();
        std::future::pending().await
    }
}

#[async_trait]
impl Fetch for Deadly {
    async fn fetch(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, FetchError> {
        let countdown = self.countdown.load(Ordering::SeqCst);
        if countdown == 0 {
            self.die().await;
        }
        if countdown > 1 {
            self.countdown.store(countdown - 2, Ordering::SeqCst);
        }
        let answer = self.inner.fetch(request).await;
        if countdown == 1 {
            self.die().await;
        }
        answer
    }
}
