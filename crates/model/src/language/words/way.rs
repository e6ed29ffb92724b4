/// Words of the list of channels.
pub struct Ways {
    /// Above the list.
    pub head: &'static str,
    /// Nobody has used it lately.
    pub unused: &'static str,
    /// It works and told somebody at this moment.
    pub works: fn(&str) -> String,
    /// It works and has told nobody yet.
    pub fresh: &'static str,
    /// It fails, from what was seen.
    pub fails: fn(&str) -> String,
    /// It is tried again at this time.
    pub rests: fn(&str) -> String,
    /// It is being tried.
    pub tried: &'static str,
    /// Nothing goes over it, by whose decision and since when.
    pub paused: fn(&str, &str) -> String,
    /// It is tried again and again, by whose decision and since when.
    pub forced: fn(&str, &str) -> String,
    /// Another channel steps in for it.
    pub stands_in: fn(&str) -> String,
    /// The button that stops it.
    pub pause: &'static str,
    /// The button that lets it work by itself again.
    pub resume: &'static str,
    /// The button that tries it although it fails.
    pub force: &'static str,
    /// The label of the field for why.
    pub why: &'static str,
    /// Nobody said why.
    pub no_reason: &'static str,
}
