mod duty;
mod lead;

pub(crate) use duty::PanelDuties;
pub(crate) use lead::{PanelLead, PanelRefused, PanelSecond, PanelStory};

/// Words of the panels of the incident room.
pub struct Panels {
    /// Something new waits while one types.
    pub news: &'static str,
    /// Button.
    pub save: &'static str,
    /// Link: to the form that was not taken.
    pub there: &'static str,
    /// Who is there: roles and alarm chains.
    pub crew: PanelCrew,
    /// Steps of the plan.
    pub tasks: PanelTasks,
    /// Outside partners.
    pub aid: PanelAid,
    /// Duties to report.
    pub duties: PanelDuties,
    /// How things are.
    pub lead: PanelLead,
    /// A second person reads before it goes out.
    pub second: PanelSecond,
    /// The timeline.
    pub story: PanelStory,
    /// Why something was not done.
    pub refused: PanelRefused,
}

/// Who is there: roles and alarm chains.
pub struct PanelCrew {
    /// Heading.
    pub head: &'static str,
    /// So many of so many roles are taken.
    pub filled: fn(usize, usize) -> String,
    /// The plan names no role.
    pub none: &'static str,
    /// Nobody holds it.
    pub nobody: &'static str,
    /// State: the holder is there.
    pub here: &'static str,
    /// State: a deputy is there.
    pub stands_in: &'static str,
    /// State: somebody was asked.
    pub called: &'static str,
    /// State: nobody.
    pub missing: &'static str,
    /// Taken, when.
    pub since: fn(&str) -> String,
    /// Somebody was asked: who, when.
    pub asked: fn(&str, &str) -> String,
    /// It came in over these channels.
    pub arrived: fn(&str) -> String,
    /// It is under way over these channels.
    pub under_way: fn(&str) -> String,
    /// These channels did not take it.
    pub refused: fn(&str) -> String,
    /// Until when an answer is waited for.
    pub waits: fn(&str) -> String,
    /// They did not answer.
    pub silent: &'static str,
    /// They said that they cannot.
    pub cannot: &'static str,
    /// Who is asked after that.
    pub then: fn(&str) -> String,
    /// Who is alerted, all at once.
    pub together: fn(&str) -> String,
    /// Somebody acted: who, when.
    pub acted: fn(&str, &str) -> String,
    /// Somebody was asked to take over: who, when.
    pub offered: fn(&str, &str) -> String,
    /// You were asked to take over.
    pub to_you: &'static str,
    /// You were called.
    pub asked_you: &'static str,
    /// Button: take the role.
    pub take: &'static str,
    /// Button: I cannot.
    pub decline: &'static str,
    /// Hand the role over.
    pub hand_over: &'static str,
    /// Label: to whom.
    pub to_whom: &'static str,
    /// Button: ask them.
    pub offer: &'static str,
    /// Button: take what was offered.
    pub accept: &'static str,
    /// Button: do not.
    pub refuse: &'static str,
    /// Button: lay the role down.
    pub leave: &'static str,
    /// Lay down another's role.
    pub leave_for: &'static str,
    /// What that means.
    pub leave_hint: &'static str,
    /// Button: call everybody again.
    pub again: &'static str,
    /// Heading of an alarm chain.
    pub chain: fn(&str) -> String,
    /// Button: I am there.
    pub i_am_here: &'static str,
    /// Nobody answered.
    pub unanswered: &'static str,
    /// Somebody answered: who, when.
    pub answered: fn(&str, &str) -> String,
    /// Asked next, when.
    pub next: fn(&str) -> String,
    /// Comes after that.
    pub later: &'static str,
    /// Need not be asked any more.
    pub spared: &'static str,
}

/// Steps of the plan.
pub struct PanelTasks {
    /// Heading.
    pub head: &'static str,
    /// So many of so many are settled.
    pub count: fn(usize, usize) -> String,
    /// The plan has none.
    pub none: &'static str,
    /// Heading: before anything else.
    pub immediate: &'static str,
    /// Heading: then.
    pub steps: &'static str,
    /// Heading: starting again.
    pub restart: &'static str,
    /// So many are late.
    pub late_count: fn(usize) -> String,
    /// State.
    pub done: &'static str,
    /// State.
    pub skipped: &'static str,
    /// State.
    pub late: &'static str,
    /// State.
    pub running: &'static str,
    /// State.
    pub open: &'static str,
    /// Due, when.
    pub due: fn(&str) -> String,
    /// Was due, when.
    pub was_due: fn(&str) -> String,
    /// How long it may take.
    pub within: fn(&str) -> String,
    /// Who settled it, when.
    pub by: fn(&str, &str) -> String,
    /// Who does it, since when.
    pub since: fn(&str, &str) -> String,
    /// Nobody does it yet.
    pub nobody: &'static str,
    /// How to see that it is done.
    pub check: fn(&str) -> String,
    /// If it does not work.
    pub otherwise: fn(&str) -> String,
    /// The partner for it.
    pub partner: fn(&str) -> String,
    /// Why it was left out.
    pub because: fn(&str) -> String,
    /// Button.
    pub take: &'static str,
    /// Button.
    pub tick: &'static str,
    /// More that can be done with it.
    pub more: &'static str,
    /// Label: what else is to be known.
    pub note: &'static str,
    /// Button: done, with a note.
    pub tick_with: &'static str,
    /// Button.
    pub skip: &'static str,
    /// Label: why.
    pub reason: &'static str,
    /// Button.
    pub reopen: &'static str,
    /// Button: give it to somebody.
    pub give: &'static str,
    /// Label.
    pub to_whom: &'static str,
    /// Button: call the partner.
    pub call: &'static str,
}

/// Outside partners.
pub struct PanelAid {
    /// Heading.
    pub head: &'static str,
    /// The handbook names none.
    pub none: &'static str,
    /// Those that no step names.
    pub more: &'static str,
    /// State.
    pub not_called: &'static str,
    /// State.
    pub called: &'static str,
    /// State.
    pub answered: &'static str,
    /// State.
    pub late: &'static str,
    /// Called: when, over which channels.
    pub called_at: fn(&str, &str) -> String,
    /// Telephoned, when.
    pub phoned_at: fn(&str) -> String,
    /// What they were told.
    pub told: &'static str,
    /// What to say on the telephone.
    pub say: &'static str,
    /// Who wrote it down, when.
    pub said_at: fn(&str, &str) -> String,
    /// Their number.
    pub ticket_is: fn(&str) -> String,
    /// Says more, when.
    pub back_at: fn(&str) -> String,
    /// Was to say more, when.
    pub back_late: fn(&str) -> String,
    /// How soon they promise to act.
    pub response: fn(&str) -> String,
    /// Button: write to them.
    pub call: &'static str,
    /// Button: write to them once more.
    pub call_again: &'static str,
    /// What they get.
    pub call_hint: &'static str,
    /// Button: somebody telephoned.
    pub phoned: &'static str,
    /// Button: their link is no longer valid.
    pub revoke: &'static str,
    /// Under it: what that does.
    pub revoke_hint: &'static str,
    /// Their link is no longer valid, since when.
    pub revoked: fn(&str) -> String,
    /// Button: write down what they say.
    pub answer: &'static str,
    /// Label.
    pub said: &'static str,
    /// Label.
    pub ticket: &'static str,
    /// Label.
    pub back: &'static str,
    /// Link: telephone.
    pub phone: fn(&str) -> String,
}
