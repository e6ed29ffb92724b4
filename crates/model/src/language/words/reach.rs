/// Words of the picture of reach.
pub struct Reach {
    /// How many are to be told, as a label.
    pub planned: &'static str,
    /// Have it.
    pub accepted: &'static str,
    /// Are still being tried.
    pub open: &'static str,
    /// May have it.
    pub unsure: &'static str,
    /// Refused, or given up.
    pub refused: &'static str,
    /// The address no longer exists.
    pub gone: &'static str,
    /// A newer notice goes to them instead.
    pub taken_over: &'static str,
    /// An audience over all its channels.
    pub all_ways: &'static str,
    /// "Half of them had it after 2 seconds", from the span.
    pub half_after: fn(&str) -> String,
    /// "90 % after 5 minutes", from percent and span.
    pub share_after: fn(u64, &str) -> String,
    /// Fewer than half of them have it.
    pub not_half: &'static str,
    /// "1,234 planned", at the top of the curve.
    pub of_planned: fn(&str) -> String,
    /// "1,200 have it", at its end.
    pub have_it: fn(&str) -> String,
    /// How many do not have it.
    pub have_not: fn(&str) -> String,
    /// The list of those who do not have it.
    pub list: &'static str,
    /// What the curve shows, for who does not see it: from how many have it, of how many, and the
    /// sentence on the shares.
    pub curve: fn(&str, &str, &str) -> String,
}
