//! A small scripted HTTP server: one connection, one request, one answer.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// What the server does with a request.
#[derive(Clone)]
pub(crate) enum Act {
    /// Answers with a status line, headers and a body.
    Answer(u16, Vec<(&'static str, String)>, Vec<u8>),
    /// Reads the request and cuts the line.
    Cut,
    /// Reads the request and never answers.
    Silence,
}

impl Act {
    /// A plain page.
    pub(crate) fn page(status: u16, body: &str) -> Self {
        Self::Answer(status, Vec::new(), body.as_bytes().to_vec())
    }

    /// A redirect.
    pub(crate) fn redirect(to: impl Into<String>) -> Self {
        Self::Answer(302, vec![("location", to.into())], Vec::new())
    }
}

/// The server, with all requests it got.
pub(crate) struct Page {
    pub(crate) address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Page {
    /// Answers by the request's path.
    pub(crate) async fn start(script: impl Fn(&str) -> Act + Send + Sync + 'static) -> Self {
        Self::listen(None, script).await
    }

    /// The same over an encrypted line.
    pub(crate) async fn start_tls(
        tls: TlsAcceptor,
        script: impl Fn(&str) -> Act + Send + Sync + 'static,
    ) -> Self {
        Self::listen(Some(tls), script).await
    }

    async fn listen(
        tls: Option<TlsAcceptor>,
        script: impl Fn(&str) -> Act + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (seen, script) = (Arc::clone(&requests), Arc::new(script));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (script, seen, tls) = (Arc::clone(&script), Arc::clone(&seen), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        None => serve(stream, script, seen).await,
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                serve(stream, script, seen).await;
                            }
                        }
                    }
                });
            }
        });
        Self { address, requests }
    }

    pub(crate) fn url(&self, path: &str) -> url::Url {
        format!("http://{}{path}", self.address).parse().unwrap()
    }

    /// All requests so far, head and body.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

async fn serve<S: Fn(&str) -> Act>(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    script: Arc<S>,
    seen: Arc<Mutex<Vec<String>>>,
) {
    let mut bytes = Vec::new();
    let mut part = [0; 4096];
    let request = loop {
        let read = stream.read(&mut part).await.unwrap_or(0);
        if read == 0 {
            return;
        }
        bytes.extend_from_slice(&part[..read]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok()
            });
            if body.len() >= length.unwrap_or(0) {
                break text;
            }
        }
    };
    let path = request.split(' ').nth(1).unwrap_or("/").to_owned();
    let is_head = request.starts_with("HEAD");
    seen.lock().unwrap().push(request);
    match script(&path) {
        Act::Cut => {}
        Act::Silence => std::future::pending::<()>().await,
        Act::Answer(status, headers, body) => {
            let mut head = format!("HTTP/1.1 {status} x\r\nconnection: close\r\n");
            for (name, value) in headers {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
            head.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
            let mut answer = head.into_bytes();
            if !is_head {
                answer.extend_from_slice(&body);
            }
            let _gone = stream.write_all(&answer).await;
            let _gone = stream.shutdown().await;
        }
    }
}

/// A server that keeps its connections and answers only once so many requests wait at the same
/// time.
pub(crate) struct Gate {
    pub(crate) url: url::Url,
}

impl Gate {
    pub(crate) async fn start(together: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
        let barrier = Arc::new(tokio::sync::Barrier::new(together));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(through(stream, Arc::clone(&barrier)));
            }
        });
        Self { url }
    }
}

async fn through(mut stream: tokio::net::TcpStream, barrier: Arc<tokio::sync::Barrier>) {
    let mut bytes = Vec::new();
    let mut part = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse::<usize>().ok()
            });
            if body.len() >= length.unwrap_or(0) {
                barrier.wait().await;
                bytes.clear();
                if stream.write_all(b"HTTP/1.1 204 x\r\n\r\n").await.is_err() {
                    return;
                }
                continue;
            }
        }
        match stream.read(&mut part).await {
            Ok(read) if read > 0 => bytes.extend_from_slice(&part[..read]),
            _ => return,
        }
    }
}
