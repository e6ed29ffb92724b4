/// Everything the program itself says in one language. A missing phrase does not compile.
pub struct Words {
    /// The language's tag.
    pub tag: &'static str,
    /// Its own name for itself.
    pub name: &'static str,
    /// "and", as between the last two of a list.
    pub and: &'static str,
    /// Clause on what still works, from a list of names; "" cannot happen.
    pub still_works: fn(&[&str]) -> String,
    /// "13:47 Uhr (MEZ)" from clock and zone.
    pub clock: fn(&str, &str) -> String,
    /// "24. November 2026" from day, month number, year.
    pub date: fn(i8, i8, i16) -> String,
    /// "Dienstag" by weekday number, Monday is 0.
    pub weekday: [&'static str; 7],
    /// "heute, 13:47 Uhr (MEZ)".
    pub today_at: fn(&str) -> String,
    /// "23. November 2026, 13:47 Uhr (MEZ)" from date and clock.
    pub date_at: fn(&str, &str) -> String,
    /// A zone's short name from the English one: CET is MEZ in German.
    pub zone: fn(&str) -> String,
    /// Span of time in words.
    pub span: fn(u64) -> String,
    /// The heads under which a notice states its facts.
    pub facts: Facts,
    /// Words for states of a component.
    pub state: StateWords,
    /// Words for kinds of notice.
    pub notice: Kinds,
    /// Words of mails.
    pub mail: Mail,
    /// Words of alerts to staff.
    pub alert: Alerts,
    /// Words of the public page.
    pub page: Page,
}

/// The heads under which a notice states its facts; also the headings of a template.
pub struct Facts {
    /// What does not work.
    pub broken: &'static str,
    /// What still works.
    pub works: &'static str,
    /// What we do.
    pub doing: &'static str,
    /// What you can do.
    pub you_can: &'static str,
    /// Whether data are concerned.
    pub data: &'static str,
}

/// Words for states of a component.
pub struct StateWords {
    /// All is well.
    pub operational: &'static str,
    /// Slow or limited.
    pub degraded: &'static str,
    /// Some of it is down.
    pub partial: &'static str,
    /// Down.
    pub major: &'static str,
    /// Planned work.
    pub maintenance: &'static str,
    /// We cannot see it.
    pub blind: &'static str,
}

/// Words for kinds of notice.
pub struct Kinds {
    /// First notice.
    pub first: &'static str,
    /// Update.
    pub update: &'static str,
    /// Holding update.
    pub holding: &'static str,
    /// Correction.
    pub correction: &'static str,
    /// All-clear.
    pub all_clear: &'static str,
    /// Emergency notice, from the host.
    pub emergency: &'static str,
}

/// Words of mails to recipients.
pub struct Mail {
    /// "Nächste Meldung um …" from a clock.
    pub next_update: fn(&str) -> String,
    /// The promise below it.
    pub promised: &'static str,
    /// Text of the button to the page, from the community's name.
    pub to_page: fn(&str) -> String,
    /// Why you get this mail, from the community's name.
    pub why: fn(&str) -> String,
    /// "Leave".
    pub leave: &'static str,
    /// Before the permanent link.
    pub permanent: &'static str,
    /// Please do not answer.
    pub no_reply: &'static str,
    /// Legal notice.
    pub imprint: &'static str,
    /// Privacy.
    pub privacy: &'static str,
    /// The signature, from the community's name.
    pub signed: fn(&str) -> String,
    /// Subject mark of a drill.
    pub drill: &'static str,
}

/// Words of alerts to staff: subjects and what happens if nobody acts.
pub struct Alerts {
    /// A first notice is held: subject from the plan's title.
    pub held: fn(&str) -> String,
    /// What happens if nobody acts, from a clock with seconds.
    pub held_else: fn(&str) -> String,
    /// Somebody stopped the clock: subject.
    pub still_held: fn(&str) -> String,
    /// What happens if nobody acts: nothing goes out.
    pub still_held_else: &'static str,
    /// An update is due: subject from title and clock.
    pub update_due: fn(&str, &str) -> String,
    /// What happens if nobody acts: a holding update goes out.
    pub update_else_holding: fn(&str) -> String,
    /// What happens if nobody acts: the page says we are late.
    pub update_else_late: fn(&str) -> String,
    /// The promise was missed: subject.
    pub missed: fn(&str) -> String,
    /// What to do about it.
    pub missed_else: &'static str,
    /// All measures are good again: subject.
    pub recovered: fn(&str) -> String,
    /// What happens if nobody acts: the all-clear goes out, from a clock.
    pub recovered_else: fn(&str) -> String,
    /// What happens if nobody acts: nothing, the incident stays open.
    pub recovered_wait: &'static str,
    /// We cannot see anything: subject.
    pub blind: &'static str,
    /// What that means.
    pub blind_text: &'static str,
    /// Monitoring has stopped: subject, from names.
    pub stopped: fn(&str) -> String,
    /// What that means.
    pub stopped_text: &'static str,
    /// No plan fits: subject, from the component's name.
    pub no_plan: fn(&str) -> String,
    /// What to do.
    pub no_plan_text: &'static str,
    /// Link text: look and release now.
    pub release: &'static str,
    /// Link text: stop the clock.
    pub hold: &'static str,
    /// Link text: withdraw.
    pub veto: &'static str,
    /// Link text: all-clear.
    pub all_clear: &'static str,
    /// Links change nothing before you press a button.
    pub links_safe: &'static str,
    /// Heading above the text as it will go out.
    pub preview: &'static str,
}

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
}

/// "Shop, Forum und App" in the language's way.
#[must_use]
pub fn list(names: &[&str], and: &str) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} {and} {last}", most.join(", ")),
    }
}
