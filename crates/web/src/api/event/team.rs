use model::incident::{
    AidEvent, Call, CallEvent, Callee, CrewEvent, DutyEvent, Event, Start, TaskEvent,
};
use model::value::Key;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::moment::Moment;
use super::super::word::{Level, Named, State, named};

/// What the people in the room did. Fields that an act does not have are left out.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(super) struct Team {
    /// What was done.
    act: Act,
    /// The role concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    /// The alarm chain concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    chain: Option<String>,
    /// The person concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<String>,
    /// The outside partner concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    partner: Option<String>,
    /// The step, by an id that stays the same as long as its words do.
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<String>,
    /// What the step is, or what a partner was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    what: Option<Named>,
    /// The duty concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    duty: Option<String>,
    /// The report of the duty, or the clock of it: `aware`, `classified`, `fixed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<String>,
    /// Whether the duty applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    applies: Option<bool>,
    /// The component concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    component: Option<String>,
    /// How the component fares; by measurement where it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<State>,
    /// How grave it is from now on.
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<Level>,
    /// Until when an answer is waited for, when a report is due or was sent, from when a clock runs,
    /// when a partner says more.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<Moment>,
    /// The number of the event that proposed what was decided about.
    #[serde(skip_serializing_if = "Option::is_none")]
    proposed: Option<u64>,
    /// What a text leaves out: the items of the rubric.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lacks: Vec<&'static str>,
    /// What was said or written, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// What was done in the room.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Act {
    /// Somebody was asked whether they are there.
    Asked,
    /// They are.
    Answered,
    /// They cannot.
    Declined,
    /// Nobody is left to be asked.
    Unanswered,
    /// Everybody is asked once more.
    AskedAgain,
    /// A role was taken.
    RoleTaken,
    /// Somebody was asked to take a role over.
    RoleOffered,
    /// They do not.
    OfferDeclined,
    /// A role was laid down.
    RoleLeft,
    /// Somebody does a step.
    StepAssigned,
    /// A step is done.
    StepDone,
    /// A step was left out.
    StepSkipped,
    /// A step is to be done after all.
    StepReopened,
    /// A partner was called in.
    PartnerCalled,
    /// A partner answered.
    PartnerAnswered,
    /// The link of a partner was ended.
    LinkEnded,
    /// Somebody decided whether a duty applies.
    DutyDecided,
    /// A clock of a duty runs.
    ClockStarted,
    /// Staff were reminded of a report.
    ReportReminded,
    /// Staff were told that a report is late.
    ReportLate,
    /// A report was sent.
    ReportSent,
    /// Nothing more is to be sent.
    DutyFinished,
    /// A text waits for a second person.
    Proposed,
    /// A second person let it out.
    Approved,
    /// A second person did not.
    SentBack,
    /// How things are.
    Situation,
    /// A note.
    #[default]
    Noted,
    /// A text leaves out what people need (`lacks`), and why.
    LeftOut,
    /// Another level.
    LevelChanged,
    /// A person says how a component fares.
    StateSet,
}

impl Team {
    fn act(act: Act) -> Self {
        Self { act, ..Self::default() }
    }

    fn says(act: Act, text: &str) -> Self {
        let text = (!text.is_empty()).then(|| text.to_owned());
        Self { text, ..Self::act(act) }
    }

    fn call(act: Act, call: &Call) -> Self {
        let (role, chain) = match call {
            Call::Role(key) => (Some(key.to_string()), None),
            Call::Chain(key) => (None, Some(key.to_string())),
        };
        Self { role, chain, ..Self::act(act) }
    }

    fn of_person(self, who: &Option<Key>) -> Self {
        Self { person: who.as_ref().map(ToString::to_string), ..self }
    }

    fn role(act: Act, role: &Key) -> Self {
        Self { role: Some(role.to_string()), ..Self::act(act) }
    }

    /// Of an event of the room; nothing for the others.
    pub(super) fn of(event: &Event) -> Option<Self> {
        Some(match event {
            Event::Call(event) => Self::of_call(event),
            Event::Crew(event) => match event {
                CrewEvent::Taken { role, who } => Self::role(Act::RoleTaken, role).of_person(who),
                CrewEvent::Offered { role, to } => {
                    Self { person: Some(to.to_string()), ..Self::role(Act::RoleOffered, role) }
                }
                CrewEvent::OfferDeclined { role, who } => {
                    Self::role(Act::OfferDeclined, role).of_person(who)
                }
                CrewEvent::Left { role } => Self::role(Act::RoleLeft, role),
            },
            Event::Task(event) => Self::of_task(event),
            Event::Aid(event) => Self::of_aid(event),
            Event::Duty(event) => Self::of_duty(event),
            Event::Proposed { .. } => Self::act(Act::Proposed),
            Event::Approved { proposed } => {
                Self { proposed: Some(*proposed), ..Self::act(Act::Approved) }
            }
            Event::SentBack { proposed, reason } => {
                Self { proposed: Some(*proposed), ..Self::says(Act::SentBack, reason) }
            }
            Event::Situation { text } => Self::says(Act::Situation, text),
            Event::Noted { text } => Self::says(Act::Noted, text),
            Event::LeftOut { items, reason } => Self {
                lacks: items.iter().map(|item| item.word()).collect(),
                ..Self::says(Act::LeftOut, reason)
            },
            Event::LevelChanged { level, reason } => {
                Self { level: Some((*level).into()), ..Self::says(Act::LevelChanged, reason) }
            }
            Event::StateSet { component, state } => Self {
                component: Some(component.to_string()),
                state: state.map(Into::into),
                ..Self::act(Act::StateSet)
            },
            // Told elsewhere.
            Event::Opened { .. }
            | Event::Attached { .. }
            | Event::Confirmed { .. }
            | Event::StandingChanged { .. }
            | Event::Prepared { .. }
            | Event::Alerted { .. }
            | Event::Rewritten { .. }
            | Event::Held { .. }
            | Event::Withdrawn { .. }
            | Event::Published { .. }
            | Event::Recovered
            | Event::Relapsed
            | Event::EndExpected { .. }
            | Event::Adopted { .. }
            | Event::Closed => return None,
        })
    }

    fn of_call(event: &CallEvent) -> Self {
        match event {
            CallEvent::Asked { call, who, until, .. } => {
                let (person, partner) = match who {
                    Callee::Person(key) => (Some(key.to_string()), None),
                    Callee::Partner(key) => (None, Some(key.to_string())),
                };
                Self { person, partner, at: Some(Moment(*until)), ..Self::call(Act::Asked, call) }
            }
            CallEvent::Answered { call, who } => Self::call(Act::Answered, call).of_person(who),
            CallEvent::Declined { call, who } => Self::call(Act::Declined, call).of_person(who),
            CallEvent::Unanswered { call } => Self::call(Act::Unanswered, call),
            CallEvent::Again { call } => Self::call(Act::AskedAgain, call),
        }
    }

    fn of_task(event: &TaskEvent) -> Self {
        let (TaskEvent::Assigned { task, what, .. }
        | TaskEvent::Done { task, what, .. }
        | TaskEvent::Skipped { task, what, .. }
        | TaskEvent::Reopened { task, what }) = event;
        let done = match event {
            TaskEvent::Assigned { to, .. } => {
                let person = to.as_ref().map(ToString::to_string);
                Self { person, ..Self::act(Act::StepAssigned) }
            }
            TaskEvent::Done { note, .. } => Self::says(Act::StepDone, note),
            TaskEvent::Skipped { reason, .. } => Self::says(Act::StepSkipped, reason),
            TaskEvent::Reopened { .. } => Self::act(Act::StepReopened),
        };
        Self { step: Some(task.to_string()), what: Some(named(what)), ..done }
    }

    fn of_aid(event: &AidEvent) -> Self {
        match event {
            AidEvent::Called { partner, task, said, .. } => Self {
                partner: Some(partner.to_string()),
                step: task.as_ref().map(ToString::to_string),
                what: Some(named(said)),
                ..Self::act(Act::PartnerCalled)
            },
            AidEvent::Answered { partner, said, back_at, .. } => Self {
                partner: Some(partner.to_string()),
                at: back_at.map(Moment),
                ..Self::says(Act::PartnerAnswered, said)
            },
            AidEvent::Revoked { partner } => {
                Self { partner: Some(partner.to_string()), ..Self::act(Act::LinkEnded) }
            }
        }
    }

    fn of_duty(event: &DutyEvent) -> Self {
        let (DutyEvent::Decided { duty, .. }
        | DutyEvent::Started { duty, .. }
        | DutyEvent::Reminded { duty, .. }
        | DutyEvent::Sent { duty, .. }
        | DutyEvent::Finished { duty, .. }) = event;
        let staged = |act, stage: &str, at| Self {
            stage: Some(stage.to_owned()),
            at: Some(Moment(at)),
            ..Self::act(act)
        };
        let done = match event {
            DutyEvent::Decided { applies, reason, .. } => {
                Self { applies: Some(*applies), ..Self::says(Act::DutyDecided, reason) }
            }
            DutyEvent::Started { start, at, .. } => {
                staged(Act::ClockStarted, Start::word(*start), *at)
            }
            DutyEvent::Reminded { stage, due, late, .. } => {
                let act = if *late { Act::ReportLate } else { Act::ReportReminded };
                staged(act, stage.as_str(), *due)
            }
            DutyEvent::Sent { stage, at, text, .. } => {
                let text = Some(text.clone());
                Self { text, ..staged(Act::ReportSent, stage.as_str(), *at) }
            }
            DutyEvent::Finished { reason, .. } => Self::says(Act::DutyFinished, reason),
        };
        Self { duty: Some(duty.to_string()), ..done }
    }
}
