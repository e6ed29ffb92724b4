/// Duties to report.
pub struct PanelDuties {
    /// Heading.
    pub head: &'static str,
    /// The handbook has none.
    pub none: &'static str,
    /// So many are to be decided.
    pub undecided: fn(usize) -> String,
    /// What brings it about.
    pub trigger: fn(&str) -> String,
    /// Whom it binds.
    pub binds: fn(&str) -> String,
    /// Who must be told.
    pub to: fn(&str) -> String,
    /// Who sees to it.
    pub owner: fn(&str) -> String,
    /// Button.
    pub applies: &'static str,
    /// Button.
    pub applies_not: &'static str,
    /// Label: since when somebody knew.
    pub aware_at: &'static str,
    /// Label: why.
    pub reason: &'static str,
    /// Label: why, if one likes.
    pub reason_may: &'static str,
    /// It was decided that it does not apply: when, why.
    pub not_since: fn(&str, &str) -> String,
    /// Decide otherwise.
    pub again: &'static str,
    /// From when a clock counts: which, when.
    pub counts: fn(&str, &str) -> String,
    /// Due, when.
    pub due: fn(&str) -> String,
    /// Was due, when.
    pub late: fn(&str) -> String,
    /// Sent, when.
    pub sent: fn(&str) -> String,
    /// No clock runs.
    pub no_clock: &'static str,
    /// So much of the time has passed, in per cent.
    pub used: fn(u32) -> String,
    /// When it is called for at all.
    pub only_if: fn(&str) -> String,
    /// Link: the report.
    pub report: &'static str,
    /// Link: what was sent.
    pub report_sent: &'static str,
    /// Button: the clock of awareness.
    pub aware: &'static str,
    /// Button: the clock of classification.
    pub classified: &'static str,
    /// Button: the clock of the fix.
    pub fixed: &'static str,
    /// Label: when that was.
    pub at: &'static str,
    /// Button: nothing more is to be sent.
    pub finish: &'static str,
    /// Nothing more is to be sent, since when.
    pub finished: fn(&str) -> String,
    /// Heading: what must be in it.
    pub content: &'static str,
    /// Label: the report.
    pub text: &'static str,
    /// Who sends it.
    pub lede: &'static str,
    /// Label: when it was sent.
    pub sent_at: &'static str,
    /// Button.
    pub send: &'static str,
    /// Heading: what was sent, when.
    pub was_sent: fn(&str) -> String,
    /// Heading: send another.
    pub once_more: &'static str,
    /// Link: the law.
    pub source: &'static str,
    /// What nobody could confirm.
    pub unconfirmed: fn(&str) -> String,
    /// It was not decided whether it applies.
    pub decide_first: &'static str,
    /// Link: to the room.
    pub back: &'static str,
    /// The moment cannot be read.
    pub bad_moment: &'static str,
}
