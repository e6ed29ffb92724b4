/// Words for those who come by a link: outside partners, and staff who are called.
pub struct Guest {
    /// What a partner's page is called.
    pub head: &'static str,
    /// What they were told, as a heading, with the moment.
    pub told: fn(&str) -> String,
    /// How the parts fare, as a heading.
    pub parts: &'static str,
    /// What visitors were told so far, as a heading.
    pub notices: &'static str,
    /// Nothing was told yet.
    pub no_notices: &'static str,
    /// What they have answered so far, as a heading.
    pub answered: &'static str,
    /// The form to answer, as a heading.
    pub answer: &'static str,
    /// Label: what they say.
    pub said: &'static str,
    /// Under it: what helps.
    pub said_hint: &'static str,
    /// Label: their own number for it.
    pub ticket: &'static str,
    /// Label: when they will say more.
    pub back_at: &'static str,
    /// The button.
    pub send: &'static str,
    /// The button that needs no words: we have seen it and are on it.
    pub seen: &'static str,
    /// What that button says for them.
    pub seen_says: &'static str,
    /// It was sent.
    pub sent: &'static str,
    /// Nothing was written.
    pub empty: &'static str,
    /// What was written as a time is none.
    pub bad_time: &'static str,
    /// The incident is over, since when.
    pub over: fn(&str) -> String,
    /// Thanks, and that the link is good for nothing more.
    pub over_lede: &'static str,
    /// The link was ended before the incident was over, as a heading.
    pub ended: &'static str,
    /// Who to turn to instead.
    pub ended_lede: &'static str,
    /// Staff are called, as a heading.
    pub wanted: &'static str,
    /// For what, until when.
    pub wanted_for: fn(&str, &str) -> String,
    /// A role that somebody hands over.
    pub offered: fn(&str) -> String,
    /// I am there.
    pub yes: &'static str,
    /// I cannot.
    pub no: &'static str,
    /// Their yes has come.
    pub thanks: &'static str,
    /// Their no has come.
    pub no_matter: &'static str,
    /// Somebody else was faster.
    pub too_late: &'static str,
}
