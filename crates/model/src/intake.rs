//! What other programs report: something is down, something is up again.
//!
//! The other program has counted and waited before it reports, so one report is believed. But
//! reports come twice, late, and in any order: senders repeat what they think was lost, and two
//! that stand in for each other both send. So all that is kept of a subject is the newest
//! beginning and the newest end. Both only grow, and in whatever order the same reports come, the
//! same two moments remain.

use std::collections::BTreeMap;
use std::fmt;

use crate::handbook::system::{Monitor, Probe};
use crate::value::{Key, Span, Timestamp};
use crate::verdict::{Observation, Sight};

/// For so long after an end was heard, a report of a fault that began before it is a late one.
/// Afterwards it is news: an Alertmanager that was cut off from Prometheus says that an alert is
/// resolved, and later that it fires since the same moment as before. Those that stand in for
/// each other are at most some quarters of a minute apart.
pub const LATE: Span = Span::minutes(2);

/// A beginning further back than this is not told as the beginning of an outage.
const OLD: Span = Span::minutes(24 * 60);

/// The names and values that tell alerts apart.
pub type Labels = BTreeMap<String, String>;

/// Who reports.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// The Alertmanagers, which all report to one address.
    Alertmanager,
    /// Whoever reports to the hook of this monitor.
    Hook(Key),
}

impl Source {
    /// To whom this monitor listens, if others report to it.
    #[must_use]
    pub fn of(monitor: &Monitor) -> Option<Self> {
        match monitor.probe {
            Probe::Alertmanager { .. } => Some(Self::Alertmanager),
            Probe::Hook { .. } => Some(Self::Hook(monitor.key.clone())),
            Probe::Http { .. } | Probe::Tcp { .. } | Probe::Heartbeat { .. } => None,
        }
    }

    /// Whether what this source reports with these labels concerns this monitor.
    #[must_use]
    pub fn concerns(&self, monitor: &Monitor, labels: &Labels) -> bool {
        match (&monitor.probe, self) {
            (Probe::Alertmanager { labels: wanted, .. }, Self::Alertmanager) => {
                wanted.iter().all(|(name, value)| labels.get(name) == Some(value))
            }
            (Probe::Hook { .. }, Self::Hook(key)) => *key == monitor.key,
            _ => false,
        }
    }

    /// Its name in addresses.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Alertmanager => "alertmanager",
            Self::Hook(key) => key.as_str(),
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Alertmanager => f.write_str(self.name()),
            Self::Hook(key) => write!(f, "hook:{key}"),
        }
    }
}

/// One report about one subject.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// What it is about: the same at each report.
    pub subject: String,
    /// What tells it apart.
    pub labels: Labels,
    /// Whether it is down.
    pub is_down: bool,
    /// When the fault began, by the clock of whoever reports.
    pub begun_at: Option<Timestamp>,
    /// When it ended, by the same clock.
    pub ended_at: Option<Timestamp>,
    /// In plain words, if it says any.
    pub detail: String,
}

/// What is kept of one subject. The two moments are by the clock of whoever reports, which need
/// not be ours: they are compared with each other only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    /// What tells it apart.
    pub labels: Labels,
    /// What was last said about it.
    pub detail: String,
    /// The newest beginning of a fault; zero where there was none.
    pub down_at: Timestamp,
    /// The newest end; zero where there was none.
    pub up_at: Timestamp,
    /// When we heard of that end, by our clock.
    pub up_heard_at: Timestamp,
}

impl Subject {
    /// Whether it is down by all that was reported.
    #[must_use]
    pub fn is_down(&self) -> bool {
        self.down_at > self.up_at
    }

    /// Takes in a report, however late it comes and however often it came before.
    pub fn take(&mut self, report: &Report, now: Timestamp) {
        // Nobody's clock is a day ahead: such a moment would outlast all that is said later.
        let known = |at: Option<Timestamp>| at.filter(|at| *at <= now.after(OLD));
        if report.is_down {
            self.begin(known(report.begun_at), now);
        } else {
            let ended = known(report.ended_at).unwrap_or(now.max(self.down_at));
            let ended = ended.max(known(report.begun_at).unwrap_or_default());
            if ended > self.up_at {
                (self.up_at, self.up_heard_at) = (ended, now);
            }
        }
        self.labels.clone_from(&report.labels);
        if !report.detail.is_empty() {
            self.detail.clone_from(&report.detail);
        }
    }

    fn begin(&mut self, begun: Option<Timestamp>, now: Timestamp) {
        let anew = Timestamp(self.up_at.0.saturating_add(1));
        let is_late = now.since(self.up_heard_at) <= LATE;
        let down_at = match begun {
            Some(begun) if begun > self.up_at || is_late => begun,
            Some(_) => anew,
            None if self.is_down() => return,
            None => now.max(anew),
        };
        self.down_at = self.down_at.max(down_at);
    }

    /// Since when it is down, as it can be told: not from the future, and not from long ago.
    fn since(&self, now: Timestamp) -> Timestamp {
        let is_sane = self.down_at <= now && now.since(self.down_at) <= OLD;
        if is_sane { self.down_at } else { now }
    }
}

/// What a monitor sees in all that was reported to it. `at` is when it looks; where the other
/// program must not be silent, when it was last heard.
#[must_use]
pub fn look<'a>(
    subjects: impl IntoIterator<Item = &'a Subject>,
    at: Timestamp,
    now: Timestamp,
) -> Observation {
    let down: Vec<_> = subjects.into_iter().filter(|subject| subject.is_down()).collect();
    let Some(first) = down.iter().min_by_key(|subject| subject.down_at) else {
        let detail = "nothing is reported to be down".into();
        return Observation { at, since: None, sight: Sight::Good, detail };
    };
    let since = down.iter().map(|subject| subject.since(now)).min();
    let detail = match down.len() {
        1 => first.detail.clone(),
        count => format!("{} (and {} more)", first.detail, count - 1),
    };
    Observation { at, since, sight: Sight::Failed, detail }
}
