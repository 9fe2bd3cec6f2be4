//! What every party needs to run: a port, a router, work in the background, and an orderly end.

use std::future::Future;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use domain::caught;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How long a worker with nothing to do waits before it looks again.
const IDLE: Duration = Duration::from_millis(150);
/// How long a worker waits after a failure, so that a broken database is not asked in a tight loop.
const AFTER_FAILURE: Duration = if cfg!(test) { IDLE } else { Duration::from_secs(2) };
/// How long open requests and running work may take after the end was asked for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Opens a port.
///
/// # Errors
/// In one sentence: the port is taken, or the address is not one of this machine.
pub async fn listen(party: &str, address: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| {
        let what = if error.kind() == ErrorKind::AddrInUse {
            "another program listens there; stop it, or choose another port".to_owned()
        } else if error.kind() == ErrorKind::PermissionDenied {
            "this port needs more rights; choose one above 1023".to_owned()
        } else {
            error.to_string()
        };
        anyhow::anyhow!("the {party} cannot listen on {address}: {what} (setting {party}.listen)")
    })
}

/// Everything that runs, and the way to end it.
pub struct Running {
    tasks: JoinSet<()>,
    stop: watch::Sender<bool>,
}

impl Default for Running {
    fn default() -> Running {
        Running { tasks: JoinSet::new(), stop: watch::channel(false).0 }
    }
}

impl Running {
    /// Answers requests on a port.
    pub fn serve(&mut self, party: &'static str, listener: TcpListener, router: Router) {
        let mut stop = self.stop.subscribe();
        self.tasks.spawn(async move {
            let service = router.into_make_service_with_connect_info::<SocketAddr>();
            let ended = axum::serve(listener, service).with_graceful_shutdown(async move {
                // The sender lives as long as `Running`; when it is gone, everything ends too.
                let _ = stop.wait_for(|stop| *stop).await;
            });
            if let Err(error) = ended.await {
                tracing::error!(party, %error, "the port was lost");
            }
        });
    }

    /// Calls a function again and again: at once while it finds work, after a pause when it finds none. A panic is a
    /// failure like another: this worker does everybody's work, so it outlives the one piece that breaks it.
    pub fn work<F, R, E>(&mut self, party: &'static str, mut work_once: F)
    where
        F: FnMut() -> R + Send + 'static,
        R: Future<Output = Result<bool, E>> + Send,
        E: std::fmt::Display + Send,
    {
        let mut stop = self.stop.subscribe();
        self.tasks.spawn(async move {
            while !*stop.borrow() {
                let pause = match caught(async { work_once().await }).await {
                    Ok(Ok(true)) => continue,
                    Ok(Ok(false)) => IDLE,
                    Ok(Err(error)) => {
                        tracing::error!(party, %error, "the work failed and will be tried again");
                        AFTER_FAILURE
                    }
                    Err(panicked) => {
                        tracing::error!(party, %panicked, "the work failed and will be tried again");
                        AFTER_FAILURE
                    }
                };
                let stopped = tokio::time::timeout(pause, stop.wait_for(|stop| *stop)).await;
                if stopped.is_ok() {
                    return;
                }
            }
        });
    }

    /// Waits until somebody asks for the end (SIGTERM or SIGINT), then ends.
    pub async fn until_told(self) -> anyhow::Result<()> {
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        tracing::info!("ending");
        self.end().await;
        Ok(())
    }

    /// Lets open requests and running work finish, within limits, and ends.
    pub async fn end(mut self) {
        self.stop.send_replace(true);
        let all = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(PATIENCE, all).await.is_err() {
            tracing::warn!("something did not end in time and was cut off; it will be done again at the next start");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[tokio::test]
    async fn a_busy_port_is_told_in_a_sentence() {
        let first = listen("hub", "127.0.0.1:0").await.unwrap();
        let address = first.local_addr().unwrap().to_string();
        let said = listen("hub", &address).await.unwrap_err().to_string();
        assert!(said.contains("another program listens there") && said.contains("hub.listen"), "{said}");
    }

    #[tokio::test]
    async fn work_goes_on_while_there_is_some_and_ends_when_told() {
        let calls = Arc::new(AtomicUsize::new(0));
        let mut running = Running::default();
        let counted = calls.clone();
        running.work("test", move || {
            let before = counted.fetch_add(1, Ordering::SeqCst);
            async move { Ok::<bool, String>(before < 20) }
        });
        while calls.load(Ordering::SeqCst) < 20 {
            tokio::task::yield_now().await;
        }
        running.end().await;
        assert!(calls.load(Ordering::SeqCst) <= 22);
    }

    #[tokio::test]
    async fn a_worker_outlives_a_panic() {
        let calls = Arc::new(AtomicUsize::new(0));
        let mut running = Running::default();
        let counted = calls.clone();
        running.work("test", move || {
            let before = counted.fetch_add(1, Ordering::SeqCst);
            assert!(before != 0, "on purpose, while the work is begun");
            async move {
                assert!(before != 1, "on purpose, in its middle");
                Ok::<bool, String>(false)
            }
        });
        while calls.load(Ordering::SeqCst) < 4 {
            tokio::time::sleep(IDLE).await;
        }
        running.end().await;
    }
}
