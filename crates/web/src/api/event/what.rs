use model::incident::{Alert as ItsAlert, Cause, Event};
use model::value::Key;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::moment::Moment;
use super::super::passage::Passages;
use super::super::said::Texts;
use super::super::word::{Level, NoticeKind, States, states};
use super::team::Team;

/// What happened. `type` says which fields there are.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum What {
    /// The incident was opened.
    Opened {
        /// The plan.
        plan: String,
        /// The version of the handbook.
        handbook: u32,
        /// Whether it is a drill.
        drill: bool,
        /// The component whose verdict opened it; none where somebody declared it.
        by_verdict_on: Option<String>,
        /// How grave.
        level: Level,
        /// Since when something is wrong.
        since: Moment,
        /// The components concerned.
        components: Vec<String>,
        /// How all components fare.
        states: States,
    },
    /// Further components are concerned.
    Attached {
        /// Which.
        components: Vec<String>,
    },
    /// Measurement sees broken what somebody declared.
    Confirmed {
        /// Which.
        components: Vec<String>,
    },
    /// Components fare differently.
    StatesChanged {
        /// How all fare now.
        states: States,
    },
    /// A notice is ready and waits.
    Prepared {
        /// Its number.
        notice: u32,
        /// What it is for.
        kind: NoticeKind,
        /// What it says; holes are open.
        texts: Texts,
        /// When it goes out by itself.
        publish_at: Moment,
    },
    /// Staff were alerted.
    Alerted {
        /// To what.
        alert: Alert,
    },
    /// Somebody wrote a waiting notice anew.
    Rewritten {
        /// Its number.
        notice: u32,
        /// What it says now; holes are open.
        texts: Texts,
        /// What single audiences are told in addition now, where that is not what is prepared.
        passages: Passages,
    },
    /// The clock of a notice was stopped.
    Held {
        /// Its number.
        notice: u32,
    },
    /// A notice never goes out.
    Withdrawn {
        /// Its number.
        notice: u32,
        /// Why.
        reason: String,
    },
    /// A notice is out.
    Published {
        /// Its number.
        notice: u32,
        /// What it is for.
        kind: NoticeKind,
        /// What people read.
        texts: Texts,
        /// What single audiences read in addition.
        passages: Passages,
        /// When the next update is promised.
        next_update: Option<Moment>,
        /// The notice that it corrects.
        corrects: Option<u32>,
    },
    /// All components concerned are well again.
    Recovered,
    /// They are not after all.
    Relapsed,
    /// Staff expect the end then, or no longer expect one.
    EndExpected {
        /// When.
        at: Option<Moment>,
    },
    /// A newer version of the handbook is followed.
    Adopted {
        /// Which.
        handbook: u32,
    },
    /// It is over.
    Closed,
    /// The people in the room did something: `act` says what.
    Team(Box<Team>),
}

/// What staff were told. `about` says which fields there are.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "about", rename_all = "snake_case")]
pub(super) enum Alert {
    /// The first notice is ready and goes out by itself.
    Held {
        /// Which.
        notice: u32,
        /// When.
        publish_at: Moment,
    },
    /// Somebody stopped the clock, and it still stands.
    StillHeld {
        /// Which.
        notice: u32,
    },
    /// An update is due.
    UpdateDue {
        /// When it was promised.
        promise: Moment,
    },
    /// A promise passed without a notice.
    Missed {
        /// When it was promised.
        promise: Moment,
    },
    /// All components concerned are well again.
    Recovered {
        /// When the all-clear goes out by itself, if it does.
        publish_at: Option<Moment>,
    },
}

fn keys<'a>(keys: impl IntoIterator<Item = &'a Key>) -> Vec<String> {
    keys.into_iter().map(ToString::to_string).collect()
}

impl What {
    fn published(event: &Event) -> Self {
        let Event::Published { number, kind, texts, passages, next_update, corrects } = event
        else {
            return Self::Team(Box::default());
        };
        Self::Published {
            notice: *number,
            kind: (*kind).into(),
            texts: Texts::of(texts),
            passages: Passages::of(passages),
            next_update: next_update.map(Moment),
            corrects: *corrects,
        }
    }

    pub(super) fn of(event: &Event) -> Self {
        match event {
            Event::Opened { plan, handbook, drill, cause, level, since, affected, standing } => {
                Self::Opened {
                    plan: plan.to_string(),
                    handbook: *handbook,
                    drill: *drill,
                    by_verdict_on: match cause {
                        Cause::Verdict(key) => Some(key.to_string()),
                        Cause::Declared => None,
                    },
                    level: (*level).into(),
                    since: Moment(*since),
                    components: keys(affected),
                    states: states(standing),
                }
            }
            Event::Attached { components } => Self::Attached { components: keys(components) },
            Event::Confirmed { components } => Self::Confirmed { components: keys(components) },
            Event::StandingChanged { standing } => Self::StatesChanged { states: states(standing) },
            Event::Prepared { number, kind, texts, publish_at } => Self::Prepared {
                notice: *number,
                kind: (*kind).into(),
                texts: Texts::of(texts),
                publish_at: Moment(*publish_at),
            },
            Event::Alerted { alert } => Self::Alerted { alert: Alert::of(*alert) },
            Event::Rewritten { number, texts, passages } => Self::Rewritten {
                notice: *number,
                texts: Texts::of(texts),
                passages: Passages::of(passages),
            },
            Event::Held { number } => Self::Held { notice: *number },
            Event::Withdrawn { number, reason } => {
                Self::Withdrawn { notice: *number, reason: reason.clone() }
            }
            Event::Published { .. } => Self::published(event),
            Event::Recovered => Self::Recovered,
            Event::Relapsed => Self::Relapsed,
            Event::EndExpected { at } => Self::EndExpected { at: at.map(Moment) },
            Event::Adopted { handbook } => Self::Adopted { handbook: *handbook },
            Event::Closed => Self::Closed,
            other => Self::Team(Box::new(Team::of(other).unwrap_or_default())),
        }
    }
}

impl Alert {
    fn of(alert: ItsAlert) -> Self {
        match alert {
            ItsAlert::Held { number, publish_at } => {
                Self::Held { notice: number, publish_at: Moment(publish_at) }
            }
            ItsAlert::StillHeld { number } => Self::StillHeld { notice: number },
            ItsAlert::UpdateDue { promise } => Self::UpdateDue { promise: Moment(promise) },
            ItsAlert::Missed { promise } => Self::Missed { promise: Moment(promise) },
            ItsAlert::Recovered { publish_at } => {
                Self::Recovered { publish_at: publish_at.map(Moment) }
            }
        }
    }
}
