//! Outside partners: what they were told, what they said.

use model::handbook::Handbook;
use model::incident::{Answer as Its, Help, Helper};
use schemars::JsonSchema;
use serde::Serialize;

use super::super::by::{By, by};
use super::super::moment::Moment;
use super::super::word::{Named, named};

/// An outside partner.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Partner {
    /// The key in the handbook.
    partner: String,
    /// What they do for the community, by language.
    what: Named,
    /// Whether the plan names them or somebody called them.
    named_by_plan: bool,
    /// How it stands.
    state: Stands,
    /// When they were last called in.
    called_at: Option<Moment>,
    /// Over which channels they were written to; none where somebody telephoned.
    channels: Vec<String>,
    /// What they were told, by language.
    told: Option<Named>,
    /// The id of the step for which they were called.
    step: Option<String>,
    /// What they said, the first first.
    answers: Vec<Answer>,
}

/// How it stands with a partner.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "PartnerState")]
enum Stands {
    /// They were not called in.
    NotCalled,
    /// They were, and have not answered.
    Called,
    /// They have.
    Answered,
    /// They wanted to say more, and that moment has passed.
    Late,
}

/// What a partner said.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PartnerAnswer")]
struct Answer {
    /// When.
    at: Moment,
    /// Who wrote it down: they themselves, or who talked to them.
    by: By,
    /// What they said.
    said: String,
    /// Their own number for it.
    ticket: Option<String>,
    /// When they will say more.
    back_at: Option<Moment>,
}

impl Partner {
    pub(super) fn of(handbook: &Handbook, helper: &Helper) -> Self {
        let aid = helper.aid.as_ref();
        let found = handbook.partners.get(&helper.partner);
        let called = aid.filter(|aid| aid.called_at.is_some());
        let channels = aid.map(|aid| aid.channels.iter().map(ToString::to_string).collect());
        let answers = aid.map(|aid| aid.answers.iter().map(answer).collect());
        Self {
            partner: helper.partner.to_string(),
            what: found.map(|one| named(&one.what)).unwrap_or_default(),
            named_by_plan: helper.near,
            state: match helper.state {
                Help::NotCalled => Stands::NotCalled,
                Help::Called => Stands::Called,
                Help::Answered => Stands::Answered,
                Help::Late => Stands::Late,
            },
            called_at: aid.and_then(|aid| aid.called_at).map(Moment),
            channels: channels.unwrap_or_default(),
            told: called.map(|aid| named(&aid.told)),
            step: aid.and_then(|aid| aid.task.as_ref()).map(ToString::to_string),
            answers: answers.unwrap_or_default(),
        }
    }
}

fn answer(its: &Its) -> Answer {
    Answer {
        at: Moment(its.at),
        by: by(&its.by),
        said: its.said.clone(),
        ticket: Some(its.ticket.clone()).filter(|ticket| !ticket.is_empty()),
        back_at: its.back_at.map(Moment),
    }
}
