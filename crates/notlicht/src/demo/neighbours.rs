//! What else the example's handbook watches: forum, login, app, a page elsewhere, a database.

use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::skin;

/// A server that runs until it is dropped.
#[derive(Debug)]
pub(super) struct Server {
    /// Where it listens.
    pub(super) address: SocketAddr,
    task: JoinHandle<()>,
}

impl Server {
    /// Serves pages on a free port.
    pub(super) async fn start(router: Router) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(async move {
            if let Err(why) = axum::serve(listener, router).await {
                tracing::warn!(%why, "a server of the demo ended");
            }
        });
        Ok(Self { address, task })
    }

    /// Accepts connections like a database that nobody says anything to.
    pub(super) async fn silent() -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(async move { while listener.accept().await.is_ok() {} });
        Ok(Self { address, task })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The pages that stay up.
pub(super) fn pages() -> Router {
    let forum = || async {
        let body = "<h2>Neu</h2><p>Wer tauscht Tomaten gegen Zucchini?</p>\
                    <p>Treffen am Samstag unter der Linde</p>";
        skin::page("de", "Lindenhof-Forum", "Ein ausgedachtes Forum für die Vorführung", body)
    };
    Router::new()
        .route("/forum", get(forum))
        .route("/login/health", get(|| async { "ok\n" }))
        .route("/app/health", get(|| async { "ok\n" }))
        .route("/elsewhere", get(|| async { "somebody else's page\n" }))
}
