//! The world around the house: pages that the monitors look at, machines that are told, and pages
//! of our own without any policy, where whatever can run does run.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::Uri;
use axum::response::{Html, IntoResponse as _, Response};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

type Pages = Arc<Mutex<BTreeMap<String, String>>>;

/// All of it on one listener.
pub(crate) struct World {
    pub(crate) address: SocketAddr,
    pages: Pages,
    task: JoinHandle<()>,
}

impl World {
    pub(crate) async fn build() -> Self {
        let pages = Pages::default();
        let router = Router::new().fallback(show).with_state(Arc::clone(&pages));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, pages, task }
    }

    /// Shows this HTML, without any policy; gives its address.
    pub(crate) fn put(&self, path: &str, html: &str) -> String {
        self.pages.lock().unwrap().insert(path.to_owned(), html.to_owned());
        format!("http://{}{path}", self.address)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn show(State(pages): State<Pages>, uri: Uri) -> Response {
    match pages.lock().unwrap().get(uri.path()) {
        Some(html) => Html(html.clone()).into_response(),
        None => "Alles da.\n".into_response(),
    }
}
