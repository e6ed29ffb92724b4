//! Probes: one call is one look at one thing, and says in plain words what was seen.
//!
//! A probe never judges an outage and never repeats itself: that is the verdict's work. A heartbeat
//! is not probed; there the silence is the finding. Nor is what other programs report.

pub mod http;
pub mod tcp;

use std::time::Duration;

use model::handbook::system::Probe;

use crate::http::Http;

/// What one probe saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Whether all was as expected.
    pub ok: bool,
    /// How long it took, in milliseconds.
    pub millis: u32,
    /// What was seen, short and plain: "answers 503 instead of 200".
    pub detail: String,
}

/// Looks once, in the way that the handbook names. Where others report, it gives nothing.
pub async fn look(http: &Http, probe: &Probe) -> Option<Finding> {
    match probe {
        Probe::Http { .. } => http::look(http, probe).await,
        Probe::Tcp { .. } => tcp::look(http.guard(), probe).await,
        Probe::Heartbeat { .. } | Probe::Alertmanager { .. } | Probe::Hook { .. } => None,
    }
}

impl Finding {
    /// From what was seen after `taken`: fine, or a complaint.
    fn new(seen: Result<String, String>, taken: Duration) -> Self {
        let millis = u32::try_from(taken.as_millis()).unwrap_or(u32::MAX);
        let ok = seen.is_ok();
        let (Ok(detail) | Err(detail)) = seen;
        Self { ok, millis, detail }
    }
}
