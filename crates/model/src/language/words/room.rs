/// Words of the incident room.
pub struct Room {
    /// "jetzt 03:26 Uhr".
    pub now: fn(&str) -> String,
    /// Label of the list of places in the room.
    pub places: &'static str,
    /// Heading over a notice that waits: read it.
    pub read_this: &'static str,
    /// Heading when the clock stands.
    pub stopped: &'static str,
    /// Heading when all is well again.
    pub recovered: &'static str,
    /// Heading when the next notice is due: when.
    pub next: fn(&str) -> String,
    /// Heading when it is late: since when.
    pub late: fn(&str) -> String,
    /// Heading when nothing is asked of anybody.
    pub nothing_due: &'static str,
    /// Heading of a closed incident.
    pub closed: fn(&str) -> String,
    /// Otherwise a holding update goes out.
    pub else_holding: fn(&str) -> String,
    /// Otherwise nothing goes out, and the page says that we are late.
    pub else_late: fn(&str) -> String,
    /// Otherwise it goes out by itself: when, and to whom ("6.310 Menschen").
    pub else_out: fn(&str, &str) -> String,
    /// "6.310 Menschen" or "1 Mensch".
    pub people: fn(u64) -> String,
    /// A count with its separators.
    pub count: fn(u64) -> String,
    /// Time left, read out: "noch 2 Minuten".
    pub left: fn(&str) -> String,
    /// What stopping the clock does.
    pub hold_hint: &'static str,
    /// Let it out now.
    pub release: &'static str,
    /// Stop the clock.
    pub hold: &'static str,
    /// Change it first.
    pub edit: &'static str,
    /// Never let it out.
    pub veto: &'static str,
    /// Why, in a few words.
    pub reason: &'static str,
    /// Give the all-clear.
    pub all_clear: &'static str,
    /// Write the next notice.
    pub write: &'static str,
    /// Since somebody looked, the text changed: look again.
    pub changed: &'static str,
    /// The rules say no.
    pub refused: &'static str,
    /// The reach of what was told, as a heading.
    pub reach: &'static str,
    /// Nothing was told yet.
    pub no_reach: &'static str,
    /// How many were planned.
    pub planned: fn(&str) -> String,
    /// Taken.
    pub accepted: fn(&str) -> String,
    /// May have arrived.
    pub unsure: fn(&str) -> String,
    /// Refused, or the address is gone.
    pub not_taken: fn(&str) -> String,
    /// Not settled yet.
    pub waiting: fn(&str) -> String,
    /// "7 told by another channel".
    pub passed: fn(&str) -> String,
    /// Over all channels: how many have it, of how many.
    pub reached: fn(&str, &str) -> String,
    /// The page, as a way.
    pub page: &'static str,
    /// It stands on the page.
    pub on_page: &'static str,
    /// A newer notice took over.
    pub taken_over: &'static str,
    /// The audience is being counted.
    pub counting: &'static str,
    /// The timeline, as a heading.
    pub timeline: &'static str,
    /// The end that is expected, as a heading.
    pub expected: &'static str,
    /// None is set.
    pub no_expected: &'static str,
    /// Label of a clock time.
    pub expected_at: &'static str,
    /// Take it back.
    pub expected_none: &'static str,
    /// What cannot be read as a time.
    pub bad_time: &'static str,
    /// The notices so far, as a heading.
    pub notices: &'static str,
    /// Correct this one.
    pub correct: &'static str,
    /// The editor.
    pub editor: Editor,
    /// What happened.
    pub told: Told,
}

/// Words of the editor.
pub struct Editor {
    /// Heading, with the kind of the notice.
    pub head: fn(&str) -> String,
    /// Label of the headline.
    pub headline: &'static str,
    /// Label of the text.
    pub text: &'static str,
    /// Fold: what single audiences are told in addition; to how many something is said.
    pub passages: fn(usize) -> String,
    /// Who reads that.
    pub passages_hint: &'static str,
    /// "Gesichert um 03:26 Uhr (MEZ)": by whom, when.
    pub saved: fn(&str, &str) -> String,
    /// Nothing was typed yet: this is the prepared text.
    pub prepared: &'static str,
    /// Being saved.
    pub saving: &'static str,
    /// Saving does not work: what to do.
    pub unsaved: &'static str,
    /// Somebody else writes too: who.
    pub also: fn(&str) -> String,
    /// Store a draft by hand.
    pub save: &'static str,
    /// Take what is written as what goes out.
    pub take: &'static str,
    /// Taking it does not stop the clock.
    pub take_hint: &'static str,
    /// Take it and let it out.
    pub take_release: &'static str,
    /// Publish.
    pub publish: &'static str,
    /// Correct.
    pub publish_correction: &'static str,
    /// Publish the all-clear and close.
    pub publish_all_clear: &'static str,
    /// To how many it goes.
    pub goes_to: fn(&str) -> String,
    /// Label: when the next comes.
    pub next: &'static str,
    /// By the plan's rhythm: how long.
    pub by_plan: fn(&str) -> String,
    /// "in 20 Minuten".
    pub within: fn(&str) -> String,
    /// What stands in braces is filled in, as a heading.
    pub holes: &'static str,
    /// The previews, as a heading.
    pub previews: &'static str,
    /// Subject of a mail.
    pub subject: &'static str,
    /// Behind a title: in how many parts a short message travels.
    pub parts: fn(u32) -> String,
    /// What keeps it from going out, as a heading.
    pub faults: &'static str,
    /// A fault: language, line, what.
    pub fault: fn(&str, usize, &str) -> String,
    /// There is no headline.
    pub no_headline: &'static str,
    /// A second headline in the text.
    pub second_headline: &'static str,
    /// A heading that a notice does not have: found, known.
    pub unknown_heading: fn(&str, &str) -> String,
    /// A heading for the second time.
    pub twice_heading: fn(&str) -> String,
    /// Nothing below a heading.
    pub empty_heading: fn(&str) -> String,
    /// Earlier states, as a heading.
    pub states: &'static str,
    /// Choose what is written.
    pub kinds: &'static str,
    /// Approvers let it out.
    pub needs_approver: &'static str,
}

/// What happened, for the timeline.
pub struct Told {
    /// The program.
    pub program: &'static str,
    /// Somebody by the link in this machine's channel.
    pub link: fn(&str) -> String,
    /// Opened by a verdict on this part.
    pub opened: fn(&str) -> String,
    /// Declared.
    pub declared: &'static str,
    /// Further parts are concerned.
    pub attached: fn(&str) -> String,
    /// Measured too.
    pub confirmed: fn(&str) -> String,
    /// How parts fare now.
    pub standing: fn(&str) -> String,
    /// All parts fare well.
    pub standing_well: &'static str,
    /// A notice is ready, and when it goes out.
    pub prepared: fn(&str, &str) -> String,
    /// Written anew.
    pub rewritten: fn(u32) -> String,
    /// The clock stands.
    pub held: fn(u32) -> String,
    /// Withdrawn, and why.
    pub withdrawn: fn(u32, &str) -> String,
    /// Out: kind and number.
    pub published: fn(&str, u32) -> String,
    /// Well again.
    pub recovered: &'static str,
    /// Broken again.
    pub relapsed: &'static str,
    /// The end is expected then.
    pub expected: fn(&str) -> String,
    /// No end is expected.
    pub expected_none: &'static str,
    /// A newer handbook version is followed.
    pub adopted: fn(u32) -> String,
    /// Over.
    pub closed: &'static str,
    /// Staff alerted: a notice waits.
    pub alert_held: &'static str,
    /// Staff alerted: it still waits.
    pub alert_still: &'static str,
    /// Staff alerted: an update is due then.
    pub alert_due: fn(&str) -> String,
    /// Staff alerted: a promise passed.
    pub alert_missed: fn(&str) -> String,
    /// Staff alerted: all is well.
    pub alert_recovered: &'static str,
}
