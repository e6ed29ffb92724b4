//! Other programs report what is down, and what is up again: observations for the verdict.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use model::handbook::Handbook;
use model::handbook::system::{Monitor, Probe};
use model::intake::{Report, Source, look};
use model::value::Key;
use model::verdict::Observation;
use outside::intake::{alertmanager, hook};
use store::Write;
use store::intake::put_steps;
use store::monitor::beat_steps;

use crate::{Engine, EngineError};

/// What became of a message, as its sender is told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// So many reports were in it.
    pub reports: usize,
    /// So many of them concern a monitor.
    pub matched: usize,
    /// The monitors.
    pub monitors: BTreeSet<Key>,
    /// By what reports that concern no monitor call themselves.
    pub others: Vec<String>,
    /// So many items the mapping leaves out.
    pub left_out: usize,
    /// States that the mapping does not know.
    pub unknown: Vec<String>,
}

/// The most names that an answer repeats.
const NAMED: usize = 10;

impl fmt::Display for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.reports == 1 { "" } else { "s" };
        write!(f, "{} report{plural}, {} matched", self.reports, self.matched)?;
        let monitors: Vec<_> = self.monitors.iter().map(ToString::to_string).collect();
        for (label, names) in
            [("", &monitors), ("; not matched", &self.others), ("; unknown state", &self.unknown)]
        {
            if !names.is_empty() {
                write!(f, "{label}: {}", names[..names.len().min(NAMED)].join(", "))?;
            }
            if names.len() > NAMED {
                write!(f, " and {} more", names.len() - NAMED)?;
            }
        }
        match self.left_out {
            0 => Ok(()),
            count => write!(f, "; left out: {count}"),
        }
    }
}

impl Engine {
    /// Takes in what a source sent, and draws the conclusions. The same message may come again,
    /// and late.
    ///
    /// # Errors
    ///
    /// [`EngineError::Unreadable`] for what the source cannot mean; [`EngineError::BadLink`]
    /// where the handbook no longer has its monitor; or when the database does not answer.
    pub async fn take_reports(&self, source: &Source, body: &[u8]) -> Result<Taken, EngineError> {
        let handbook = self.handbook().await?.handbook;
        let (reports, mut taken) = read(&handbook, source, body)?;
        self.keep(&handbook, source, &reports, &mut taken).await?;
        tracing::debug!(%source, %taken, "reports");
        for monitor in &taken.monitors {
            self.probe_step(monitor).await?;
        }
        Ok(taken)
    }

    /// Stores what was reported, as far as it concerns a monitor.
    async fn keep(
        &self,
        handbook: &Handbook,
        source: &Source,
        reports: &[Report],
        taken: &mut Taken,
    ) -> Result<(), EngineError> {
        let _turn = self.shared.reporting.lock().await;
        let (now, mut known) = (self.now(), self.store.reported(source).await?);
        let mut write = Write::new();
        let ours =
            handbook.monitors.values().filter(|one| Source::of(one).as_ref() == Some(source));
        for monitor in ours.filter(|one| one.probe.silent_after().is_some()) {
            write = write.and(beat_steps(&monitor.key, now));
        }
        for report in reports {
            let concerned: Vec<_> = concerned(handbook, source, report).collect();
            // What a handbook before this one listened to must still come to its end.
            if concerned.is_empty() && !known.contains_key(&report.subject) {
                taken.others.push(name(report));
                continue;
            }
            taken.matched += usize::from(!concerned.is_empty());
            taken.monitors.extend(concerned);
            let subject = known.entry(report.subject.clone()).or_default();
            subject.take(report, now);
            write = write.and(put_steps(source, &report.subject, subject));
        }
        if !write.is_empty() {
            self.store.write(write).await?;
        }
        Ok(())
    }

    /// What a monitor sees in all that was reported.
    pub(crate) async fn look_at_reports(
        &self,
        monitor: &Monitor,
        source: &Source,
    ) -> Result<Observation, EngineError> {
        let known = self.store.reported(source).await?;
        let now = self.now();
        let at = if monitor.probe.silent_after().is_some() {
            let beats: BTreeMap<_, _> = self.store.beats().await?.into_iter().collect();
            match beats.get(&monitor.key) {
                Some(heard) => *heard,
                None => self.started().await,
            }
        } else {
            now
        };
        let own = known.values().filter(|one| source.concerns(monitor, &one.labels));
        Ok(look(own, at, now))
    }

    /// Ends everything that is still reported to be down to this monitor, because whoever
    /// reported it will not; tells how many there were.
    ///
    /// # Errors
    ///
    /// [`EngineError::Unknown`] for a monitor that others do not report to.
    pub async fn end_reports(&self, key: &Key) -> Result<usize, EngineError> {
        let handbook = self.handbook().await?.handbook;
        let reported = |one: &&Monitor| one.probe.is_reported();
        let found = handbook.monitors.get(key).filter(reported);
        let Some((monitor, source)) = found.and_then(|one| Some((one, Source::of(one)?))) else {
            let known = handbook.monitors.values().filter(reported);
            return Err(EngineError::Unknown {
                kind: "monitor that others report to",
                key: key.to_string(),
                known: match known.map(|one| one.key.as_str()).collect::<Vec<_>>() {
                    none if none.is_empty() => "none".into(),
                    some => some.join(", "),
                },
            });
        };
        let known = self.store.reported(&source).await?;
        let now = self.now();
        let (mut write, mut count) = (Write::new(), 0);
        for (name, mut subject) in known {
            if subject.is_down() && source.concerns(monitor, &subject.labels) {
                let labels = subject.labels.clone();
                subject.take(&Report { labels, ..Report::default() }, now);
                write = write.and(put_steps(&source, &name, &subject));
                count += 1;
            }
        }
        if !write.is_empty() {
            self.store.write(write).await?;
        }
        Ok(count)
    }
}

fn read(
    handbook: &Handbook,
    source: &Source,
    body: &[u8],
) -> Result<(Vec<Report>, Taken), EngineError> {
    let (reports, mut taken) = match source {
        Source::Alertmanager => (alertmanager::read(body)?, Taken::default()),
        Source::Hook(key) => {
            let probe = handbook.monitors.get(key).map(|monitor| &monitor.probe);
            let Some(Probe::Hook { mapping, .. }) = probe else { return Err(EngineError::BadLink) };
            let said = hook::read(mapping, body)?;
            let (left_out, unknown) = (said.others, said.unknown);
            (said.reports, Taken { left_out, unknown, ..Taken::default() })
        }
    };
    taken.reports = reports.len();
    Ok((reports, taken))
}

fn concerned<'a>(
    handbook: &'a Handbook,
    source: &'a Source,
    report: &'a Report,
) -> impl Iterator<Item = Key> + 'a {
    let monitors = handbook.monitors.values();
    monitors.filter(|one| source.concerns(one, &report.labels)).map(|one| one.key.clone())
}

fn name(report: &Report) -> String {
    match report.labels.get("alertname") {
        Some(name) => format!("alertname={name}"),
        None => "an alert without a name".into(),
    }
}
