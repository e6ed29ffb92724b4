/// Words of a report to an authority or partner, as it is prepared.
pub struct Report {
    /// To whom.
    pub to: &'static str,
    /// By which law.
    pub law: &'static str,
    /// Our name, as who reports.
    pub from: &'static str,
    /// The number of this incident.
    pub number: &'static str,
    /// What happened, as a heading.
    pub happened: &'static str,
    /// What it is called.
    pub what: &'static str,
    /// Since when.
    pub since: &'static str,
    /// When we noticed it.
    pub noticed: &'static str,
    /// Since when we knew of what makes us report.
    pub aware: &'static str,
    /// The level.
    pub level: &'static str,
    /// The parts concerned.
    pub parts: &'static str,
    /// How things are.
    pub situation: &'static str,
    /// When it ended.
    pub ended: &'static str,
    /// When it is expected to end.
    pub expected: &'static str,
    /// It goes on.
    pub goes_on: &'static str,
    /// What was done, as a heading.
    pub done: &'static str,
    /// Nothing was ticked off.
    pub nothing_done: &'static str,
    /// A partner was called in.
    pub partner: fn(&str) -> String,
    /// What people were told, as a heading.
    pub told: &'static str,
    /// A notice: when, its kind, its headline.
    pub notice: fn(&str, &str, &str) -> String,
    /// Nothing was told.
    pub nothing_told: &'static str,
    /// What was reported before, as a heading.
    pub before: &'static str,
    /// What this report must say, as a heading.
    pub must: &'static str,
    /// What is to be written by hand.
    pub open: &'static str,
}
