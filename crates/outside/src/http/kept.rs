//! Connections that are kept for the next call. HTTP/1.1, one call at a time on each: a receiver
//! that is told a thousand times is connected to once, and nothing is spent on what deliveries do
//! not need.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http_body_util::{BodyExt as _, Full};
use hyper::Request;
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use reqwest::header::{AUTHORIZATION, HOST, HeaderValue, USER_AGENT};
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::Instant;
use tokio_rustls::TlsConnector;
use url::{Position, Url};

use super::{AGENT, Answer, Call, HttpError};
use crate::guard::{ConnectError, Guard};

/// So many connections wait for their next call; beyond that all that wait are closed.
const MOST: usize = 1024;

/// A connection that waited longer is not used again: what lies between may have forgotten it.
const WAITS: Duration = Duration::from_secs(60);

/// Scheme, host and port.
type Origin = (bool, String, u16);
type Sender = SendRequest<Full<Bytes>>;

/// The connections of one client.
#[derive(Clone)]
pub(super) struct Kept {
    guard: Guard,
    tls: TlsConnector,
    idle: Arc<Mutex<Idle>>,
}

#[derive(Default)]
struct Idle {
    by: HashMap<Origin, Vec<(Instant, Sender)>>,
    count: usize,
}

impl Kept {
    pub(super) fn new(guard: Guard, mut tls: ClientConfig) -> Self {
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        Self { guard, tls: TlsConnector::from(Arc::new(tls)), idle: Arc::default() }
    }

    /// Makes one call. A kept connection that the other side had closed in the meantime is replaced;
    /// a request that may have arrived is never repeated.
    pub(super) async fn call(&self, call: Call) -> Result<Answer, HttpError> {
        let (origin, most, limit) = (origin(&call.url)?, call.most, call.limit);
        let mut request = request(call)?;
        while let Some(mut sender) = self.take(&origin) {
            if sender.ready().await.is_err() {
                continue;
            }
            match sender.try_send_request(request).await {
                Ok(response) => return self.read(origin, sender, response, most).await,
                Err(mut failed) => match failed.take_message() {
                    Some(unsent) => request = unsent,
                    None => return Err(broken(failed.error())),
                },
            }
        }
        let mut sender = self.connect(&origin, limit).await?;
        let response = sender.send_request(request).await.map_err(|error| broken(&error))?;
        self.read(origin, sender, response, most).await
    }

    fn take(&self, origin: &Origin) -> Option<Sender> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let (since, sender) = idle.by.get_mut(origin)?.pop()?;
            idle.count -= 1;
            if since.elapsed() < WAITS && !sender.is_closed() {
                return Some(sender);
            }
        }
    }

    fn keep(&self, origin: Origin, sender: Sender) {
        if sender.is_closed() {
            return;
        }
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.count >= MOST {
            *idle = Idle::default();
        }
        idle.count += 1;
        idle.by.entry(origin).or_default().push((Instant::now(), sender));
    }

    async fn connect(&self, origin: &Origin, limit: Duration) -> Result<Sender, HttpError> {
        let (encrypted, host, port) = origin;
        let stream = self.guard.connect(host, *port, limit).await.map_err(|error| match error {
            ConnectError::Blocked(blocked) => HttpError::Blocked(blocked),
            other => HttpError::NoConnection(other.to_string()),
        })?;
        if !encrypted {
            return begin(stream).await;
        }
        let bare = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let name = ServerName::try_from(bare).map_err(|_| HttpError::Address(host.clone()))?;
        let line = self.tls.connect(name, stream).await.map_err(|error| {
            let other = || format!("no encrypted line ({})", crate::guard::plain(&error));
            HttpError::NoConnection(crate::tls::plain(&error).unwrap_or_else(other))
        })?;
        begin(line).await
    }

    async fn read(
        &self,
        origin: Origin,
        sender: Sender,
        response: hyper::Response<Incoming>,
        most: usize,
    ) -> Result<Answer, HttpError> {
        let (head, mut rest) = response.into_parts();
        let (mut body, mut cut) = (Vec::new(), false);
        while let Some(frame) = rest.frame().await {
            let frame = frame.map_err(|error| broken(&error))?;
            let Some(chunk) = frame.data_ref() else { continue };
            let room = most.saturating_sub(body.len());
            body.extend_from_slice(&chunk[..chunk.len().min(room)]);
            if chunk.len() > room {
                cut = true;
                break;
            }
        }
        if !cut {
            self.keep(origin, sender);
        }
        Ok(Answer { status: head.status.as_u16(), headers: head.headers, body, cut })
    }
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Kept").field("guard", &self.guard).finish_non_exhaustive()
    }
}

/// Begins to speak HTTP on a new connection.
async fn begin(
    line: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
) -> Result<Sender, HttpError> {
    let (sender, line) = handshake(TokioIo::new(line)).await.map_err(|error| broken(&error))?;
    // It ends with its sender; whatever goes wrong is told to the call that it goes wrong for.
    tokio::spawn(async move {
        let _told_there = line.await;
    });
    Ok(sender)
}

fn origin(url: &Url) -> Result<Origin, HttpError> {
    let whole = || HttpError::Address(url.to_string());
    let host = url.host_str().ok_or_else(whole)?.to_owned();
    Ok((url.scheme() == "https", host, url.port_or_known_default().ok_or_else(whole)?))
}

fn request(call: Call) -> Result<Request<Full<Bytes>>, HttpError> {
    let url = &call.url;
    let no_address = || HttpError::Address(url.to_string());
    let mut request = Request::new(Full::new(Bytes::from(call.body)));
    let target = &url[Position::BeforePath..Position::AfterQuery];
    *request.uri_mut() = target.parse().map_err(|_| no_address())?;
    *request.method_mut() = call.method;
    *request.headers_mut() = call.headers;
    let headers = request.headers_mut();
    let host = &url[Position::BeforeHost..Position::AfterPort];
    headers.insert(HOST, HeaderValue::from_str(host).map_err(|_| no_address())?);
    headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
    if !url.username().is_empty() || url.password().is_some() {
        let who = credentials(url);
        headers.insert(AUTHORIZATION, HeaderValue::from_str(&who).map_err(|_| no_address())?);
    }
    Ok(request)
}

/// What stands before the host of an address: user and password (RFC 7617).
fn credentials(url: &Url) -> String {
    let plain = |coded: &str| percent_encoding::percent_decode_str(coded).collect::<Vec<u8>>();
    let who = [plain(url.username()), plain(url.password().unwrap_or_default())].join(&b':');
    format!("Basic {}", STANDARD.encode(who))
}

fn broken(error: &hyper::Error) -> HttpError {
    let words = super::fault::cause(error);
    HttpError::Broken(format!("the connection broke ({words})"))
}
