/// How things are.
pub struct PanelLead {
    /// Heading.
    pub head: &'static str,
    /// Nobody has written how things are.
    pub none: &'static str,
    /// Written, when.
    pub as_of: fn(&str) -> String,
    /// Button.
    pub write: &'static str,
    /// Label.
    pub text: &'static str,
    /// Button.
    pub note: &'static str,
    /// Label.
    pub note_text: &'static str,
    /// How grave.
    pub level: fn(&str) -> String,
    /// Button.
    pub change: &'static str,
    /// Label.
    pub new_level: &'static str,
    /// Label.
    pub why: &'static str,
    /// A mark: set by hand.
    pub by_hand: &'static str,
    /// Heading.
    pub set_by_hand: &'static str,
    /// What that means.
    pub hand_hint: &'static str,
    /// Label.
    pub state: &'static str,
    /// Button.
    pub set: &'static str,
    /// Button.
    pub measured: &'static str,
}

/// A second person reads before it goes out.
pub struct PanelSecond {
    /// Button.
    pub propose: &'static str,
    /// What that means.
    pub hint: &'static str,
    /// It was handed in.
    pub proposed: &'static str,
    /// Heading for who may approve: the kind of the notice.
    pub head: fn(&str) -> String,
    /// Heading for the writer.
    pub own: fn(&str) -> String,
    /// Who wrote it, when.
    pub by: fn(&str, &str) -> String,
    /// Button.
    pub approve: &'static str,
    /// Button.
    pub back: &'static str,
    /// Label.
    pub why: &'static str,
    /// What happens otherwise.
    pub else_nothing: &'static str,
    /// What goes out otherwise, when.
    pub else_prepared: fn(&str) -> String,
    /// It was sent back: by whom, why.
    pub came_back: fn(&str, &str) -> String,
}

/// The timeline.
pub struct PanelStory {
    /// Label of the filter.
    pub filter: &'static str,
    /// Everything.
    pub all: &'static str,
    /// Notices, people, steps, partners, duties, parts, notes.
    pub kinds: [&'static str; 7],
    /// Nothing of the kind.
    pub none: &'static str,
    /// Label of the files.
    pub export: &'static str,
    /// Link.
    pub table: &'static str,
    /// Link.
    pub data: &'static str,
    /// Link.
    pub text: &'static str,
    /// Heads of the table: when, kind, who, what.
    pub columns: [&'static str; 4],
}

/// Why something was not done.
pub struct PanelRefused {
    /// It is over.
    pub closed: &'static str,
    /// A second person must read.
    pub needs_second: &'static str,
    /// One's own text.
    pub own: &'static str,
    /// It is gone.
    pub no_proposal: &'static str,
    /// Words are missing.
    pub nothing_said: &'static str,
    /// No such thing, from its key.
    pub unknown: fn(&str) -> String,
    /// No such step.
    pub no_task: &'static str,
    /// The plan does not tell an audience: its key.
    pub not_told: fn(&str) -> String,
    /// It is settled.
    pub settled: &'static str,
    /// The role is taken.
    pub taken: &'static str,
    /// They were not asked.
    pub not_asked: &'static str,
    /// The partner was not called in.
    pub not_called: &'static str,
    /// Not decided.
    pub undecided: &'static str,
    /// Not yet.
    pub future: &'static str,
}
