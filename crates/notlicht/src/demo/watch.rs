//! A visitor who never tires: asks for the page every 10 ms and notes when it changes.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::{HeaderMap, Method};
use model::value::{Span, Timestamp};
use outside::guard::Guard;
use outside::http::{Call, Http, Way};
use outside::tls::Trust;
use tokio::task::JoinHandle;

use super::skin::escaped;
use crate::rim::now;

/// The time between two looks.
const EVERY: Duration = Duration::from_millis(10);
/// How long an answer may take.
const LIMIT: Duration = Duration::from_secs(2);

/// What was seen, from this time on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) at: Timestamp,
    /// The page, or nothing where there was no answer.
    pub(super) page: Option<String>,
}

/// The visitor. Goes away when dropped.
#[derive(Debug)]
pub(super) struct Watch {
    looks: Arc<Mutex<Vec<Look>>>,
    task: JoinHandle<()>,
}

impl Watch {
    /// Begins to look at the page.
    pub(super) fn start(page: SocketAddr) -> anyhow::Result<Self> {
        let http = Http::new(Guard::new(true, vec![]), &Trust::new(vec![])?)?;
        let url = format!("http://{page}/de/").parse()?;
        let call = Call {
            method: Method::GET,
            url,
            headers: HeaderMap::new(),
            body: vec![],
            way: Way::Kept,
            limit: LIMIT,
            most: 1 << 20,
        };
        let looks: Arc<Mutex<Vec<Look>>> = Arc::default();
        let seen = Arc::clone(&looks);
        let task = tokio::spawn(async move {
            let mut pulse = tokio::time::interval(EVERY);
            pulse.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                pulse.tick().await;
                let answer = http.call(call.clone()).await.ok();
                let good = answer.filter(|answer| answer.status == 200);
                let page = good.map(|answer| String::from_utf8_lossy(&answer.body).into_owned());
                let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
                if seen.last().is_none_or(|last| last.page != page) {
                    seen.push(Look { at: now(), page });
                }
            }
        });
        Ok(Self { looks, task })
    }

    /// What was seen, oldest first; only changes.
    pub(super) fn looks(&self) -> MutexGuard<'_, Vec<Look>> {
        self.looks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// When the page first carried this sentence.
    pub(super) fn carried(&self, sentence: &str) -> Option<Timestamp> {
        let sentence = escaped(sentence);
        let plain = |page: &str| page.contains(&sentence);
        self.looks().iter().find(|look| look.page.as_deref().is_some_and(plain)).map(|look| look.at)
    }

    /// When the page was first different from what it was at that time.
    pub(super) fn changed_after(&self, at: Timestamp) -> Option<Timestamp> {
        self.looks().iter().find(|look| look.at >= at && look.page.is_some()).map(|look| look.at)
    }

    /// For how long the page did not answer since that time: not at all where nobody noticed,
    /// and nothing while it still does not.
    pub(super) fn away_since(&self, at: Timestamp) -> Option<Span> {
        let looks = self.looks();
        let mut later = looks.iter().skip_while(|look| look.at < at);
        let Some(gone) = later.by_ref().find(|look| look.page.is_none()) else {
            return Some(Span::ZERO);
        };
        let back = later.find(|look| look.page.is_some())?;
        Some(back.at.since(gone.at))
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.task.abort();
    }
}
