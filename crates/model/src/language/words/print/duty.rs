/// Words of duties on paper.
pub struct PrintDuty {
    /// Duties: heading.
    pub title: &'static str,
    /// What they are.
    pub lede: &'static str,
    /// Label: the law.
    pub law: &'static str,
    /// Label: whom it binds.
    pub who: &'static str,
    /// Label: what brings it about.
    pub trigger: &'static str,
    /// Label: who must be told.
    pub to: &'static str,
    /// Label: the role that sees to it.
    pub owner: &'static str,
    /// Label: when it was last compared with its source.
    pub verified_on: &'static str,
    /// Label: where the law can be read.
    pub source: &'static str,
    /// Label: what nobody could confirm yet.
    pub unconfirmed: &'static str,
    /// Line to write on: since when we know.
    pub aware_at: &'static str,
    /// Line to write on: when it was classified.
    pub classified_at: &'static str,
    /// Label: when a report is due.
    pub due: &'static str,
    /// Label: when it is due, where there is more than one limit.
    pub earliest: &'static str,
    /// Label: when a report is called for at all.
    pub only_if: &'static str,
    /// Label: what it must say.
    pub content: &'static str,
    /// So many hours.
    pub hours: fn(u64) -> String,
    /// So many calendar months.
    pub months: fn(u32) -> String,
    /// Without delay, from what starts the clock.
    pub at_once: fn(&str) -> String,
    /// So much later at most, from a span and what starts the clock.
    pub at_most: fn(&str, &str) -> String,
    /// The clock starts when somebody knows.
    pub aware: &'static str,
    /// The clock starts when it is classified.
    pub classified: &'static str,
    /// The clock starts with the fix.
    pub fixed: &'static str,
    /// The clock starts when an earlier report was sent, from its title.
    pub sent: fn(&str) -> String,
}
