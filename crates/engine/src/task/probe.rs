//! Looking: each monitor at its interval, the references in the moment of a failure, and what
//! the observations add up to.

use std::collections::BTreeMap;

use model::handbook::Handbook;
use model::handbook::system::{Monitor, Probe};
use model::incident::{Actor, Cause, Command, Incident, Route, decide, route};
use model::intake::Source;
use model::value::{Key, Span, Timestamp};
use model::verdict::{
    Observation, Sight, Standing, Watches, down_since, heartbeat, is_blind, parent_is_suspect,
    standing,
};
use outside::monitor::look;
use store::monitor::put_steps;
use tokio::task::JoinSet;

use crate::alarm::Trouble;
use crate::{Engine, EngineError};

/// How often one looks whether a heartbeat has come.
const LOOK_FOR_BEAT: Span = Span::seconds(30);

/// What is known of all monitors. The database has it too; this saves reading it at each look.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub(crate) watches: Watches,
    /// When this process began to look.
    pub(crate) started: Option<Timestamp>,
}

impl Engine {
    /// Repeats `probe_step` for every monitor at its interval, and begins anew when the handbook
    /// changes.
    pub(super) async fn run_probes(&self) {
        loop {
            let mut loops = JoinSet::new();
            if let Ok(version) = self.handbook().await {
                for monitor in version.handbook.monitors.values() {
                    let (engine, monitor) = (self.clone(), monitor.clone());
                    loops.spawn(async move {
                        let mut pulse = tokio::time::interval(pause(&monitor).to_std());
                        pulse.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
                        loop {
                            pulse.tick().await;
                            super::settle("probe", engine.probe_step(&monitor.key).await).await;
                        }
                    });
                }
            }
            let changed = self.shared.probes_changed.notified();
            let patience = std::time::Duration::from_secs(1);
            if loops.is_empty() {
                let _ = tokio::time::timeout(patience, changed).await;
            } else {
                changed.await;
            }
        }
    }

    /// Looks at one monitor once and draws the conclusions. One public step of the recurring
    /// task, so that tests never sleep.
    ///
    /// # Errors
    ///
    /// [`EngineError::Unknown`] for a monitor that the handbook does not have.
    pub async fn probe_step(&self, key: &Key) -> Result<(), EngineError> {
        let handbook = self.handbook().await?.handbook;
        let monitor = handbook.monitors.get(key).ok_or_else(|| EngineError::Unknown {
            kind: "monitor",
            key: key.to_string(),
            known: handbook.monitors.keys().map(Key::as_str).collect::<Vec<_>>().join(", "),
        })?;
        let _turn = match monitor.probe.is_reported() {
            true => Some(self.shared.reporting.lock().await),
            false => None,
        };
        let observation = self.observe(&handbook, monitor).await?;
        tracing::debug!(monitor = %key, sight = ?observation.sight, detail = observation.detail);
        self.judge(&handbook, monitor, &observation).await
    }

    async fn observe(
        &self,
        handbook: &Handbook,
        monitor: &Monitor,
    ) -> Result<Observation, EngineError> {
        if let Probe::Heartbeat { grace } = &monitor.probe {
            let beats: BTreeMap<Key, Timestamp> = self.store.beats().await?.into_iter().collect();
            let (now, started) = (self.now(), self.started().await);
            let last = beats.get(&monitor.key).copied();
            let sight = heartbeat(monitor.every, *grace, last, started, now);
            let detail = last.map_or("never reported".into(), |at| format!("last reported {at}"));
            return Ok(Observation { at: now, since: None, sight, detail });
        }
        if let Some(source) = Source::of(monitor) {
            return self.look_at_reports(monitor, &source).await;
        }
        let (ok, detail) = match look(&self.wire.http, &monitor.probe).await {
            Some(finding) => (finding.ok, finding.detail),
            None => (false, "this kind of monitor is not probed".into()),
        };
        let sight = match ok {
            true => Sight::Good,
            false if !monitor.is_reference() && self.sees_nothing(handbook).await => Sight::Blind,
            false => Sight::Failed,
        };
        Ok(Observation { at: self.now(), since: None, sight, detail })
    }

    /// When this process began to look.
    pub(crate) async fn started(&self) -> Timestamp {
        let now = self.now();
        *self.shared.judging.lock().await.started.get_or_insert(now)
    }

    /// Whether every reference fails at this moment: then we ourselves are cut off, and a failed
    /// look says nothing about the target.
    async fn sees_nothing(&self, handbook: &Handbook) -> bool {
        let references = handbook.monitors.values().filter(|one| one.is_reference());
        let mut looks = JoinSet::new();
        for reference in references {
            let (http, probe) = (self.wire.http.clone(), reference.probe.clone());
            looks.spawn(async move { look(&http, &probe).await.is_some_and(|finding| finding.ok) });
        }
        let has_reference = !looks.is_empty();
        while let Some(look) = looks.join_next().await {
            if matches!(look, Ok(true)) {
                return false;
            }
        }
        has_reference
    }

    /// Takes in an observation: remembers it, tells open incidents, opens what must be opened.
    async fn judge(
        &self,
        handbook: &Handbook,
        monitor: &Monitor,
        observation: &Observation,
    ) -> Result<(), EngineError> {
        let mut memory = self.shared.judging.lock().await;
        self.remember(&mut memory).await?;
        let watch = memory.watches.entry(monitor.key.clone()).or_default();
        let before = (watch.verdict, watch.is_blind(monitor.rule));
        watch.observe(monitor.rule, observation);
        let changed = before != (watch.verdict, watch.is_blind(monitor.rule));
        if changed {
            let (verdict, detail) = (watch.verdict, &watch.detail);
            tracing::info!(monitor = %monitor.key, ?verdict, detail, "verdict");
        }
        let put = put_steps(&monitor.key, watch);
        self.store.write(put).await?;
        self.conclude(handbook, &memory.watches).await?;
        if changed {
            self.shared.page_changed.notify_one();
        }
        Ok(())
    }

    /// Reads what was known before this process started.
    async fn remember(&self, memory: &mut Memory) -> Result<(), EngineError> {
        if memory.watches.is_empty() {
            memory.watches = self.store.monitors().await?;
        }
        memory.started.get_or_insert(self.now());
        Ok(())
    }

    async fn conclude(&self, handbook: &Handbook, watches: &Watches) -> Result<(), EngineError> {
        let all = standing(handbook, watches);
        if is_blind(handbook, watches) {
            self.raise(&Trouble::Blind).await?;
        } else {
            self.calm(&Trouble::Blind).await?;
        }
        let mut open = Vec::new();
        for case in self.open_cases().await? {
            let command = Command::Observe { standing: all.clone() };
            let by = Actor::Program;
            let news = decide(&case.handbook, &case.incident, &command, &by, self.now())?;
            if !case.incident.drill && !news.is_empty() {
                self.act(&case.incident.id, &command, &by).await?;
            }
            open.push(case.incident);
        }
        for component in &handbook.components {
            self.dispose(handbook, watches, &all, &mut open, &component.key).await?;
        }
        Ok(())
    }

    /// Does what `route` says about one component.
    async fn dispose(
        &self,
        handbook: &Handbook,
        watches: &Watches,
        all: &Standing,
        open: &mut Vec<Incident>,
        key: &Key,
    ) -> Result<(), EngineError> {
        let suspect = parent_is_suspect(handbook, watches, key);
        let refs: Vec<&Incident> = open.iter().collect();
        match route(handbook, &refs, all, key, suspect) {
            Route::Nothing => self.calm_plan(all, key).await,
            Route::NoPlan => self.raise(&Trouble::NoPlan(key.clone())).await.map(|_| ()),
            Route::Attach(id) => {
                let components = [key.clone()].into();
                self.act(&id, &Command::Attach { components }, &Actor::Program).await?;
                self.reload(open, &id).await
            }
            Route::Open(plan) => {
                let since = down_since(handbook, watches, key).unwrap_or_else(|| self.now());
                let (cause, affected) = (Cause::Verdict(key.clone()), [key.clone()].into());
                let by = Actor::Program;
                let opened =
                    self.open(&plan, false, cause, since, affected, all.clone(), &by).await;
                match opened {
                    Ok(id) => self.reload(open, &id).await,
                    // Somebody opened it in the same moment: the next look attaches.
                    Err(EngineError::Store(why)) if why.is_conflict() => Ok(()),
                    Err(why) => Err(why),
                }
            }
        }
    }

    async fn calm_plan(&self, all: &Standing, key: &Key) -> Result<(), EngineError> {
        let state = all.get(key).copied().unwrap_or_default();
        if state.is_broken() { Ok(()) } else { self.calm(&Trouble::NoPlan(key.clone())).await }
    }

    async fn reload(
        &self,
        open: &mut Vec<Incident>,
        id: &model::value::PublicId,
    ) -> Result<(), EngineError> {
        let fresh = self.case(id).await?.incident;
        open.retain(|incident| incident.id != *id);
        open.push(fresh);
        Ok(())
    }

    /// How every component fares by what is known now.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn standing(&self) -> Result<Standing, EngineError> {
        let handbook = self.handbook().await?.handbook;
        Ok(standing(&handbook, &self.store.monitors().await?))
    }

    /// A heartbeat reports that it is alive.
    ///
    /// # Errors
    ///
    /// [`EngineError::Unknown`] when the handbook has no such heartbeat.
    pub async fn beat(&self, monitor: &Key) -> Result<(), EngineError> {
        let handbook = self.handbook().await?.handbook;
        let is_heartbeat = |one: &&Monitor| matches!(one.probe, Probe::Heartbeat { .. });
        handbook.monitors.get(monitor).filter(is_heartbeat).ok_or(EngineError::BadLink)?;
        self.store.write(store::monitor::beat_steps(monitor, self.now())).await?;
        Ok(())
    }
}

/// How long to wait between two looks. Whether a beat has come costs nothing to look up: who
/// looked only as often as the beats come would notice a missing one, or its return, a day late.
fn pause(monitor: &Monitor) -> Span {
    match monitor.probe {
        Probe::Heartbeat { .. } => monitor.every.min(LOOK_FOR_BEAT),
        Probe::Http { .. }
        | Probe::Tcp { .. }
        | Probe::Alertmanager { .. }
        | Probe::Hook { .. } => monitor.every,
    }
}
