/// Words of the public page.
pub struct Page {
    /// After the community's name: "Lage".
    pub brand: &'static str,
    /// Skip link.
    pub skip: &'static str,
    /// Label of the language navigation.
    pub languages: &'static str,
    /// State badge while an incident is open.
    pub incident: &'static str,
    /// Badge when all is well.
    pub all_well: &'static str,
    /// Headline when all is well, from the community's name.
    pub all_well_headline: fn(&str) -> String,
    /// Sentence when all is well, from the components' names.
    pub all_well_lede: fn(&[&str]) -> String,
    /// "zuletzt geprüft um …" from a clock.
    pub checked_at: fn(&str) -> String,
    /// Nothing has been measured yet.
    pub not_checked: &'static str,
    /// There is no handbook yet: badge.
    pub unbegun: &'static str,
    /// The same: headline.
    pub unbegun_headline: &'static str,
    /// The same: what that means.
    pub unbegun_lede: &'static str,
    /// "seit …" from a moment.
    pub since: fn(&str) -> String,
    /// Badge when a notice is overdue.
    pub overdue: &'static str,
    /// Headline when overdue.
    pub overdue_headline: &'static str,
    /// From the promised clock: the notice is missing, sorry.
    pub overdue_text: fn(&str) -> String,
    /// From the last notice's clock: until then that one holds.
    pub overdue_holds: fn(&str) -> String,
    /// The lamp's headline, from a clock.
    pub promise: fn(&str) -> String,
    /// Below it.
    pub promised: &'static str,
    /// From a clock: after it this view is out of date.
    pub stale: fn(&str) -> String,
    /// Reload link.
    pub reload: &'static str,
    /// No next notice is promised yet.
    pub no_promise: &'static str,
    /// Detected and not yet announced: headline, from the broken components' names.
    pub detected: fn(&[&str]) -> String,
    /// Detected and not yet announced: what we do.
    pub detected_lede: &'static str,
    /// We cannot measure: headline.
    pub blind_headline: &'static str,
    /// We cannot measure: sentence.
    pub blind_lede: &'static str,
    /// Heading of notices.
    pub notices: &'static str,
    /// Permanent link.
    pub permanent: &'static str,
    /// Heading of components, from the community's name.
    pub components: fn(&str) -> String,
    /// Heading of past incidents.
    pub past: &'static str,
    /// There was none.
    pub no_past: &'static str,
    /// "von … bis …" from two moments.
    pub from_to: fn(&str, &str) -> String,
    /// Heading of the follow box.
    pub follow: &'static str,
    /// The feed.
    pub feed: &'static str,
    /// This page runs apart, from the community's name.
    pub apart: fn(&str) -> String,
    /// Legal notice.
    pub imprint: &'static str,
    /// Privacy.
    pub privacy: &'static str,
    /// "Mit Notlicht betrieben. Stand dieser Ansicht: …" from a moment.
    pub as_of: fn(&str) -> String,
    /// Heading of an emergency notice from the host.
    pub emergency: &'static str,
    /// Back to the page.
    pub back: &'static str,
    /// Mark of a corrected notice: number of the correction.
    pub corrected_by: fn(u32) -> String,
    /// Mark of a correction: number of the wrong notice.
    pub corrects: fn(u32) -> String,
    /// Not found.
    pub not_found: &'static str,
    /// Not found: what to do.
    pub not_found_lede: &'static str,
    /// Title of the page for leaving.
    pub leave: &'static str,
    /// What leaving does.
    pub leave_lede: &'static str,
    /// Button.
    pub leave_button: &'static str,
    /// Done.
    pub left: &'static str,
    /// A link that does not fit.
    pub bad_link: &'static str,
    /// What to do about it.
    pub bad_link_lede: &'static str,
    /// Title of a staff page for a held notice.
    pub desk: &'static str,
    /// Button: release.
    pub desk_release: &'static str,
    /// Button: hold.
    pub desk_hold: &'static str,
    /// Button: veto.
    pub desk_veto: &'static str,
    /// Button: publish the all-clear.
    pub desk_all_clear: &'static str,
    /// Label of the reason field.
    pub desk_reason: &'static str,
    /// The act is done.
    pub desk_done: &'static str,
    /// Drill mark.
    pub drill: &'static str,
    /// What a drill means, beside that mark.
    pub drill_means: &'static str,
    /// "Meldung 3" from a notice's number.
    pub number: fn(u32) -> String,
    /// Heading of further open incidents.
    pub also: &'static str,
    /// Link to everything about one incident.
    pub more: &'static str,
    /// The measures are good again since a clock, the incident is still open.
    pub recovered: fn(&str) -> String,
    /// Parts that answer, but not as usual: headline from their names.
    pub impaired: fn(&[&str]) -> String,
    /// Broken, and no incident is open for it: what we do.
    pub noticed_lede: &'static str,
    /// Planned work and nothing else: headline from the names of the parts.
    pub maintenance_headline: fn(&[&str]) -> String,
    /// Badge of a closed incident.
    pub closed: &'static str,
    /// "dauerte 68 Minuten" from a span of time.
    pub lasted: fn(&str) -> String,
    /// Link to all past incidents.
    pub all_past: &'static str,
    /// Link to the data for programs.
    pub data: &'static str,
    /// "Betroffen: Anmeldung und App" from names.
    pub concerned: fn(&[&str]) -> String,
    /// Staff page: heading of what happens if nobody acts.
    pub desk_otherwise: &'static str,
    /// Staff page: the notice is on the page since a moment.
    pub desk_published: fn(&str) -> String,
    /// Staff page: the notice was withdrawn at a moment.
    pub desk_withdrawn: fn(&str) -> String,
    /// Staff page: the incident was closed at a moment.
    pub desk_closed: fn(&str) -> String,
    /// Staff page: there is nothing to decide.
    pub desk_nothing: &'static str,
    /// Staff page: a withdrawal needs a reason.
    pub desk_reason_missing: &'static str,
    /// Staff page: the act does not fit any more.
    pub desk_refused: &'static str,
    /// The memory does not answer: title.
    pub busy: &'static str,
    /// The memory does not answer: what to do.
    pub busy_lede: &'static str,
    /// The request came from another site: title.
    pub foreign: &'static str,
    /// What to do about it.
    pub foreign_lede: &'static str,
    /// Banner on other sites: "+ 2 weitere" from the number of further open incidents.
    pub others: fn(usize) -> String,
    /// Banner on other sites, after the promise: from then on it is out of date.
    pub then_stale: &'static str,
    /// Banner on other sites: link to the page, as short as can be.
    pub to_page: &'static str,
    /// Said of a link to those who cannot see it: it opens a new window.
    pub new_window: &'static str,
}
