/// What is said of people, steps, partners and duties in an incident.
pub struct Team {
    /// What happened, for the timeline.
    pub told: TeamTold,
    /// What people are written.
    pub call: TeamCalls,
    /// The clocks of duties: since somebody knew, since it was classified, since the fix.
    pub starts: [&'static str; 3],
    /// Who calls a partner in, instead of a name.
    pub caller: &'static str,
    /// How a partner reaches us, instead of a number.
    pub by_the_link: &'static str,
    /// What a partner is told where the handbook has no words, with the same holes.
    pub callout: &'static str,
}

/// What happened, for the timeline.
pub struct TeamTold {
    /// Somebody of this partner.
    pub partner: fn(&str) -> String,
    /// A role, as what somebody is called for.
    pub role: fn(&str) -> String,
    /// An alarm chain, as what somebody is called for.
    pub chain: fn(&str) -> String,
    /// Somebody was asked: who, for what, until when.
    pub asked: fn(&str, &str, &str) -> String,
    /// Somebody is there, for what.
    pub answered: fn(&str) -> String,
    /// Somebody says that a person is there: who, for what.
    pub answered_by: fn(&str, &str) -> String,
    /// Somebody cannot, for what.
    pub declined: fn(&str) -> String,
    /// Somebody says that a person cannot: who, for what.
    pub declined_by: fn(&str, &str) -> String,
    /// Nobody answered, for what.
    pub unanswered: fn(&str) -> String,
    /// All are asked once more, for what.
    pub again: fn(&str) -> String,
    /// A role is taken.
    pub taken: fn(&str) -> String,
    /// Somebody says that a person takes a role: who, which.
    pub taken_by: fn(&str, &str) -> String,
    /// A role is offered: which, to whom.
    pub offered: fn(&str, &str) -> String,
    /// The offer is declined.
    pub offer_declined: fn(&str) -> String,
    /// Somebody says that a person declines the offer: who, which role.
    pub offer_declined_by: fn(&str, &str) -> String,
    /// A role is laid down.
    pub left: fn(&str) -> String,
    /// A step is given to somebody: which, to whom.
    pub assigned: fn(&str, &str) -> String,
    /// A step is taken.
    pub taken_on: fn(&str) -> String,
    /// A step is done.
    pub done: fn(&str) -> String,
    /// A step is done: which, what else is known.
    pub done_with: fn(&str, &str) -> String,
    /// A step is left out: which, why.
    pub skipped: fn(&str, &str) -> String,
    /// A step is open again.
    pub reopened: fn(&str) -> String,
    /// A partner was written to.
    pub called: fn(&str) -> String,
    /// Somebody telephoned with a partner.
    pub telephoned: fn(&str) -> String,
    /// A partner says something: who, what.
    pub said: fn(&str, &str) -> String,
    /// Their own number for it.
    pub ticket: fn(&str) -> String,
    /// When they will say more.
    pub back_at: fn(&str) -> String,
    /// A partner's link is no longer valid.
    pub link_ended: fn(&str) -> String,
    /// A duty applies.
    pub applies: fn(&str) -> String,
    /// A duty does not apply: which, why.
    pub applies_not: fn(&str, &str) -> String,
    /// A clock runs: of which duty, which clock, from when.
    pub started: fn(&str, &str, &str) -> String,
    /// A report is due soon: duty, stage, when.
    pub reminded: fn(&str, &str, &str) -> String,
    /// A report is late: duty, stage, since when.
    pub late: fn(&str, &str, &str) -> String,
    /// A report was sent: duty, stage, when.
    pub sent: fn(&str, &str, &str) -> String,
    /// Nothing more is to be sent.
    pub finished: fn(&str) -> String,
    /// Something waits for a second person: which kind of notice.
    pub proposed: fn(&str) -> String,
    /// A second person let it out.
    pub approved: &'static str,
    /// A second person did not: why.
    pub sent_back: fn(&str) -> String,
    /// How things are.
    pub situation: fn(&str) -> String,
    /// A note.
    pub noted: fn(&str) -> String,
    /// A text leaves out what people need: what, why.
    pub left_out: fn(&str, &str) -> String,
    /// Another level: which, why.
    pub level: fn(&str, &str) -> String,
    /// A person says how a component fares: which, how.
    pub state_set: fn(&str, &str) -> String,
    /// A component is left to measurement again.
    pub state_measured: fn(&str) -> String,
}

/// What people are written: each a subject, and what they must know.
pub struct TeamCalls {
    /// Somebody is asked whether they are there: the plan's title.
    pub asked: fn(&str) -> String,
    /// For what, and until when an answer is waited for.
    pub asked_for: fn(&str, &str) -> String,
    /// The label of the link to look and answer.
    pub look: &'static str,
    /// Somebody is asked to take over a role: which, in which incident.
    pub offered: fn(&str, &str) -> String,
    /// Until they do, the holder holds it.
    pub offered_else: &'static str,
    /// A step was given to somebody, in which incident.
    pub assigned: fn(&str) -> String,
    /// A text waits for a second person, in which incident.
    pub proposed: fn(&str) -> String,
    /// Nothing goes out before somebody has read it.
    pub proposed_else: &'static str,
    /// A report is due soon: duty, stage, when.
    pub duty: fn(&str, &str, &str) -> String,
    /// A report is late: duty, stage, since when.
    pub duty_late: fn(&str, &str, &str) -> String,
    /// What happens if nobody acts.
    pub duty_else: &'static str,
    /// A partner is called in: by which community.
    pub partner: fn(&str) -> String,
    /// The label of a partner's link.
    pub partner_look: &'static str,
    /// What the link is good for.
    pub partner_else: &'static str,
}
