//! The example's shop: a real server on a listener of its own, so that it can really die.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};

use super::skin;

/// The shop.
#[derive(Debug)]
pub struct Shop {
    address: SocketAddr,
    mood: Arc<Mood>,
    life: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct Mood {
    /// So many answers are still to be errors.
    errors: AtomicU32,
    /// So many errors were answered.
    stumbled: AtomicU32,
    /// So many pages were answered.
    served: AtomicU32,
}

impl Shop {
    /// Opens the shop on a free port.
    ///
    /// # Errors
    /// When nothing can be listened on.
    pub async fn open() -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let (address, mood) = (listener.local_addr()?, Arc::<Mood>::default());
        let life = Some(tokio::spawn(live(listener, router(&mood))));
        Ok(Self { address, mood, life })
    }

    /// Where it is.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The next answer is an error, once.
    pub fn stumble(&self) {
        self.mood.errors.store(1, Ordering::SeqCst);
    }

    /// How many errors were answered.
    #[must_use]
    pub fn stumbled(&self) -> u32 {
        self.mood.stumbled.load(Ordering::SeqCst)
    }

    /// How many pages were answered.
    #[must_use]
    pub fn served(&self) -> u32 {
        self.mood.served.load(Ordering::SeqCst)
    }

    /// Dies: when this returns, nobody listens any more and every connection is cut.
    pub async fn die(&mut self) {
        if let Some(life) = self.life.take() {
            life.abort();
            // It ends by being aborted, which is what was asked for.
            let _ = life.await;
        }
    }

    /// Comes back where it was.
    ///
    /// # Errors
    /// When somebody else took the port meanwhile.
    pub async fn come_back(&mut self) -> std::io::Result<()> {
        self.die().await;
        let listener = TcpListener::bind(self.address).await?;
        self.life = Some(tokio::spawn(live(listener, router(&self.mood))));
        Ok(())
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        if let Some(life) = &self.life {
            life.abort();
        }
    }
}

/// Listener and connections belong to this task and end with it.
async fn live(listener: TcpListener, router: Router) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((tcp, _)) => {
                    let router = TowerToHyperService::new(router.clone());
                    connections.spawn(async move {
                        let server = Builder::new(TokioExecutor::new());
                        // How a visitor ends the conversation is no concern of the shop.
                        let _ = server.serve_connection(TokioIo::new(tcp), router).await;
                    });
                }
                Err(why) => {
                    tracing::warn!(%why, "the shop cannot accept a connection");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

fn router(mood: &Arc<Mood>) -> Router {
    Router::new().route("/", get(front)).with_state(Arc::clone(mood))
}

async fn front(State(mood): State<Arc<Mood>>) -> Response {
    let take = |left: u32| left.checked_sub(1);
    if mood.errors.fetch_update(Ordering::SeqCst, Ordering::SeqCst, take).is_ok() {
        mood.stumbled.fetch_add(1, Ordering::SeqCst);
        return (StatusCode::SERVICE_UNAVAILABLE, "Gerade ist zu viel los.\n").into_response();
    }
    mood.served.fetch_add(1, Ordering::SeqCst);
    skin::page("de", "Lindenhof-Shop", "Ein ausgedachter Laden für die Vorführung", SHELF)
}

const SHELF: &str = "<p>Frisch aus dem Garten, gemacht von Menschen aus dem Lindenhof.</p>\
    <table><tr><th>Ware</th><th class=\"number\">Preis</th></tr>\
    <tr><td>Lindenblütenhonig, 500 g</td><td class=\"number\">8,50 €</td></tr>\
    <tr><td>Apfelmus, 2 Gläser</td><td class=\"number\">6,20 €</td></tr>\
    <tr><td>Saatgut „Bunte Wiese“</td><td class=\"number\">3,90 €</td></tr></table>\
    <h2>Ihr Warenkorb</h2><p class=\"quiet\">Der Warenkorb ist leer.</p>";

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    #![expect(clippy::disallowed_methods, reason = "a visitor is not guarded")]
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpStream;

    use super::*;

    async fn ask(tcp: &mut TcpStream) -> String {
        tcp.write_all(b"GET / HTTP/1.1\r\nHost: shop\r\n\r\n").await.unwrap();
        let mut bytes = vec![0; 65_536];
        let read = tcp.read(&mut bytes).await.unwrap_or(0);
        String::from_utf8_lossy(&bytes[..read]).into_owned()
    }

    #[tokio::test]
    async fn a_shop_that_dies_takes_its_visitors_with_it_and_comes_back_where_it_was() {
        let mut shop = Shop::open().await.unwrap();
        let mut visitor = TcpStream::connect(shop.address()).await.unwrap();
        assert!(ask(&mut visitor).await.contains("Warenkorb"));
        shop.stumble();
        assert!(ask(&mut visitor).await.starts_with("HTTP/1.1 503"));
        assert!(ask(&mut visitor).await.starts_with("HTTP/1.1 200"), "it stumbles only once");
        assert_eq!((shop.stumbled(), shop.served()), (1, 2));
        shop.die().await;
        assert_eq!(visitor.read(&mut [0]).await.unwrap_or(0), 0, "the connection is cut");
        TcpStream::connect(shop.address()).await.unwrap_err();
        shop.come_back().await.unwrap();
        let mut visitor = TcpStream::connect(shop.address()).await.unwrap();
        assert!(ask(&mut visitor).await.contains("Warenkorb"));
    }
}
