//! Looks whether a port takes connections, and whether the right program answers there.

use std::time::Duration;

use model::handbook::system::Probe;
use tokio::io::AsyncReadExt;
use tokio::time::Instant;

use super::Finding;
use crate::guard::{ConnectError, Guard, plain};

/// What is connected to and what is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TcpSpec {
    /// Name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// What the other side must begin with, such as `SSH-2.0`; none where connecting is enough.
    pub banner: Option<String>,
    /// How long all of it may take.
    pub limit: Duration,
}

/// Looks once, as the handbook says; nothing for another kind of probe.
pub(super) async fn look(guard: &Guard, wanted: &Probe) -> Option<Finding> {
    let Probe::Tcp { host, port, banner, timeout } = wanted else { return None };
    let (host, banner, limit) = (host.clone(), banner.clone(), timeout.to_std());
    Some(probe(guard, &TcpSpec { host, port: *port, banner, limit }).await)
}

/// Looks once.
pub async fn probe(guard: &Guard, spec: &TcpSpec) -> Finding {
    let begun = Instant::now();
    let seen = tokio::time::timeout(spec.limit, connect(guard, spec)).await;
    let late = || Err(format!("no answer within {} s", spec.limit.as_secs_f32()));
    Finding::new(seen.unwrap_or_else(|_elapsed| late()), begun.elapsed())
}

async fn connect(guard: &Guard, spec: &TcpSpec) -> Result<String, String> {
    let stream = guard.connect(&spec.host, spec.port, spec.limit).await;
    let mut stream = stream.map_err(|error: ConnectError| error.to_string())?;
    let Some(banner) = &spec.banner else { return Ok("takes connections".to_owned()) };
    let mut heard = vec![0; banner.len()];
    let mut length = 0;
    while length < heard.len() {
        match stream.read(&mut heard[length..]).await {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(error) => return Err(format!("connected, then {}", plain(&error))),
        }
    }
    if heard == banner.as_bytes() {
        return Ok(format!("answers “{banner}”"));
    }
    let heard: String = String::from_utf8_lossy(&heard[..length])
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    Err(if heard.is_empty() {
        format!("says nothing instead of “{banner}”")
    } else {
        format!("answers “{heard}” instead of “{banner}”")
    })
}
