//! From observations to a verdict: one bad probe proves nothing, and neither does a good one
//! after an outage. When we ourselves cannot see the world, we say that we are blind.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

use crate::handbook::Handbook;
use crate::handbook::system::{ComponentState, Monitor, Probe, Rule};
use crate::value::{Key, Span, Timestamp};

/// One look at one monitor's target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    /// When.
    pub at: Timestamp,
    /// Where it failed: since when, if whoever saw it knows.
    pub since: Option<Timestamp>,
    /// What was seen.
    pub sight: Sight,
    /// In plain words: "answers 503 instead of 200".
    pub detail: String,
}

/// What was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sight {
    /// As it should be.
    Good,
    /// Not as it should be.
    Failed,
    /// Not as it should be, but the reference targets failed in the same moment: our own line.
    Blind,
}

/// What is believed of a monitor's target.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Not looked often enough.
    #[default]
    Unknown,
    /// It works.
    Up,
    /// It does not.
    Down,
}

/// What is remembered of one monitor.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watch {
    /// The last observations that count, oldest first: (when, good).
    recent: VecDeque<(Timestamp, bool)>,
    /// What is believed.
    pub verdict: Verdict,
    /// While down: the first failure that led to it.
    pub down_since: Option<Timestamp>,
    /// The last look, whatever it saw.
    pub last: Option<Timestamp>,
    /// So many looks in a row were blind.
    pub blind: u32,
    /// What the last look saw.
    pub detail: String,
}

impl Watch {
    /// Takes in one observation; says whether the verdict changed.
    pub fn observe(&mut self, rule: Rule, seen: &Observation) -> bool {
        // Clocks jump; the order of looks does not.
        let at = self.last.map_or(seen.at, |last| last.max(seen.at));
        self.last = Some(at);
        self.detail.clone_from(&seen.detail);
        if seen.sight == Sight::Blind {
            self.blind = self.blind.saturating_add(1);
            return false;
        }
        self.blind = 0;
        self.recent.push_back((at, seen.sight == Sight::Good));
        let keep = usize::from(rule.of.max(rule.recover).max(1));
        while self.recent.len() > keep {
            self.recent.pop_front();
        }
        let before = self.verdict;
        self.judge(rule, seen.since);
        self.verdict != before
    }

    fn judge(&mut self, rule: Rule, since: Option<Timestamp>) {
        let failed = |(at, good): &(Timestamp, bool)| (!good).then_some(*at);
        let last_of = self.recent.len().saturating_sub(usize::from(rule.of));
        let failures: Vec<_> = self.recent.iter().skip(last_of).filter_map(failed).collect();
        let needed = usize::from(rule.recover.max(1));
        let good_run = self.recent.iter().rev().take_while(|(_, good)| *good).count();
        match self.verdict {
            Verdict::Down if good_run >= needed => {
                self.verdict = Verdict::Up;
                self.down_since = None;
                // An old failure must not count towards the next outage.
                self.recent.retain(|(_, good)| *good);
            }
            Verdict::Down => {}
            Verdict::Up | Verdict::Unknown => {
                if failures.len() >= usize::from(rule.fails.max(1)) {
                    self.verdict = Verdict::Down;
                    self.down_since = since.or_else(|| failures.first().copied());
                } else if good_run >= needed {
                    self.verdict = Verdict::Up;
                }
            }
        }
    }

    /// Whether the last look failed without a verdict yet: it may be about to fall.
    #[must_use]
    pub fn is_suspect(&self) -> bool {
        self.verdict != Verdict::Down && self.recent.back().is_some_and(|(_, good)| !good)
    }

    /// Whether so many looks in a row were blind that we must say so.
    #[must_use]
    pub fn is_blind(&self, rule: Rule) -> bool {
        self.blind >= u32::from(rule.fails.max(1))
    }
}

/// What is remembered of every monitor.
pub type Watches = BTreeMap<Key, Watch>;

/// How every component fares.
pub type Standing = BTreeMap<Key, ComponentState>;

/// How every component fares by what its monitors say. A component without a monitor shares the
/// fate of what it depends on.
#[must_use]
pub fn standing(handbook: &Handbook, watches: &Watches) -> Standing {
    let of_monitors = |key: &Key| {
        let mut own = monitors_of(handbook, key).peekable();
        own.peek()?;
        Some(own.map(|monitor| shown(monitor, watches.get(&monitor.key))).max().unwrap_or_default())
    };
    let state = |key: &Key| {
        of_monitors(key).unwrap_or_else(|| {
            handbook.needs(key).iter().filter_map(of_monitors).max().unwrap_or_default()
        })
    };
    handbook.components.iter().map(|one| (one.key.clone(), state(&one.key))).collect()
}

fn monitors_of<'a>(handbook: &'a Handbook, key: &'a Key) -> impl Iterator<Item = &'a Monitor> {
    handbook.monitors.values().filter(move |monitor| monitor.component.as_ref() == Some(key))
}

fn shown(monitor: &Monitor, watch: Option<&Watch>) -> ComponentState {
    match watch {
        Some(watch) if watch.verdict == Verdict::Down => monitor.shows,
        Some(watch) if watch.is_blind(monitor.rule) => ComponentState::Blind,
        _ => ComponentState::Operational,
    }
}

/// Since when this component is down, by its monitors or those of what it depends on.
#[must_use]
pub fn down_since(handbook: &Handbook, watches: &Watches, key: &Key) -> Option<Timestamp> {
    let mut keys = handbook.needs(key);
    keys.push(key.clone());
    let since = |key: &Key| {
        let own = monitors_of(handbook, key);
        own.filter_map(|monitor| watches.get(&monitor.key)?.down_since).min()
    };
    since(key).or_else(|| keys.iter().filter_map(since).min())
}

/// Whether a monitor of something that this component depends on failed at its last look, so
/// that the cause may lie there and it is worth waiting for that verdict.
#[must_use]
pub fn parent_is_suspect(handbook: &Handbook, watches: &Watches, key: &Key) -> bool {
    handbook.needs(key).iter().any(|need| {
        monitors_of(handbook, need)
            .any(|monitor| watches.get(&monitor.key).is_some_and(Watch::is_suspect))
    })
}

/// Whether we are blind: a monitor's looks were blind so often that a verdict would be due.
#[must_use]
pub fn is_blind(handbook: &Handbook, watches: &Watches) -> bool {
    handbook
        .monitors
        .values()
        .any(|one| watches.get(&one.key).is_some_and(|watch| watch.is_blind(one.rule)))
}

/// The monitors that nobody has looked at for more than three intervals: an outage would go
/// unnoticed. `started` is when this process began to look.
#[must_use]
pub fn stalled(
    handbook: &Handbook,
    watches: &Watches,
    started: Timestamp,
    now: Timestamp,
) -> Vec<Key> {
    let silent = |monitor: &&Monitor| {
        let last = watches.get(&monitor.key).and_then(|watch| watch.last).unwrap_or(started);
        now.since(last.max(started)) > patience(monitor)
    };
    handbook.monitors.values().filter(silent).map(|monitor| monitor.key.clone()).collect()
}

fn patience(monitor: &Monitor) -> Span {
    let limit = match &monitor.probe {
        Probe::Http { timeout, .. } | Probe::Tcp { timeout, .. } => *timeout,
        Probe::Heartbeat { grace } => *grace,
        Probe::Alertmanager { silent_after, .. } | Probe::Hook { silent_after, .. } => {
            match silent_after {
                // Its last look is the last report.
                Some(silence) => return *silence,
                None => Span::ZERO,
            }
        }
    };
    Span::from_micros(monitor.every.times(3).micros().saturating_add(limit.micros()))
}

/// Whether a heartbeat is missing: the last beat, or the start of watching where none ever came,
/// lies further back than the interval and its grace.
#[must_use]
pub fn heartbeat(
    every: Span,
    grace: Span,
    last_beat: Option<Timestamp>,
    started: Timestamp,
    now: Timestamp,
) -> Sight {
    let from = last_beat.map_or(started, |beat| beat.max(started.min(beat)));
    if now > from.after(every).after(grace) { Sight::Failed } else { Sight::Good }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: Rule = Rule { fails: 3, of: 5, recover: 2 };

    fn look(watch: &mut Watch, looks: &str) {
        for (at, sight) in looks.chars().enumerate() {
            let sight = match sight {
                '+' => Sight::Good,
                '-' => Sight::Failed,
                _ => Sight::Blind,
            };
            let base = watch.last.map_or(0, |last| last.0 + 1);
            let at = Timestamp(base + i64::try_from(at).unwrap_or(0));
            watch.observe(RULE, &Observation { at, since: None, sight, detail: String::new() });
        }
    }

    fn after(looks: &str) -> Watch {
        let mut watch = Watch::default();
        look(&mut watch, looks);
        watch
    }

    #[test]
    fn one_bad_probe_opens_nothing() {
        assert_eq!(after("++-+").verdict, Verdict::Up);
        assert_eq!(after("++--+").verdict, Verdict::Up);
    }

    #[test]
    fn three_failures_among_five_are_believed_and_dated_from_the_first() {
        let watch = after("++-+--");
        assert_eq!(watch.verdict, Verdict::Down);
        assert!(watch.down_since.is_some_and(|since| since < watch.last.unwrap_or_default()));
    }

    #[test]
    fn one_good_probe_does_not_end_an_outage_and_two_do() {
        let mut watch = after("---");
        look(&mut watch, "+");
        assert_eq!(watch.verdict, Verdict::Down);
        look(&mut watch, "-+");
        assert_eq!(watch.verdict, Verdict::Down);
        look(&mut watch, "+");
        assert_eq!(watch.verdict, Verdict::Up);
        look(&mut watch, "-");
        assert_eq!(watch.verdict, Verdict::Up, "old failures no longer count");
    }

    #[test]
    fn our_own_lost_line_is_no_outage_of_theirs() {
        let watch = after("++????");
        assert_eq!(watch.verdict, Verdict::Up);
        assert!(watch.is_blind(RULE));
        assert!(!after("++??+").is_blind(RULE));
    }

    #[test]
    fn silence_is_the_finding_of_a_heartbeat() {
        let every = Span::minutes(60);
        let grace = Span::minutes(10);
        let beat = Some(Timestamp(0));
        let at = |minutes| Timestamp(0).after(Span::minutes(minutes));
        assert_eq!(heartbeat(every, grace, beat, at(0), at(69)), Sight::Good);
        assert_eq!(heartbeat(every, grace, beat, at(0), at(71)), Sight::Failed);
        assert_eq!(heartbeat(every, grace, None, at(0), at(71)), Sight::Failed);
    }
}
