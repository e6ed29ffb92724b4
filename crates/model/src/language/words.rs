mod console;
mod draft;
mod guest;
mod handbook;
mod hook;
mod page;
mod panel;
mod print;
mod reach;
mod report;
mod room;
mod rubric;
mod short;
mod subscription;
mod team;
mod upload;
mod way;

pub(crate) use console::{Console, Levels, Permissions};
pub use draft::Drafts;
pub use guest::Guest;
pub(crate) use handbook::FileWords;
pub use handbook::{Handbook, Misfits};
pub use hook::Hook;
pub(crate) use page::Page;
pub(crate) use panel::{
    PanelAid, PanelCrew, PanelDuties, PanelLead, PanelRefused, PanelSecond, PanelStory, PanelTasks,
    Panels,
};
pub use print::Print;
pub(crate) use print::{PrintControl, PrintDuty};
pub use reach::Reach;
pub use report::Report;
pub use room::Room;
pub(crate) use room::{Editor, Told};
pub(crate) use rubric::Rubric;
pub(crate) use short::Short;
pub use subscription::Subscription;
pub use team::Team;
pub(crate) use team::{TeamCalls, TeamTold};
pub use upload::Uploads;
pub use way::Ways;

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
    /// The holding update once all is well again and nobody has given the all-clear.
    pub watching: Watching,
    /// Words of mails.
    pub mail: Mail,
    /// Words of alerts to staff.
    pub alert: Alerts,
    /// Words of the public page.
    pub page: Page,
    /// Words of subscriptions.
    pub subscription: Subscription,
    /// Words of the form to subscribe a webhook.
    pub hook: Hook,
    /// Words of short messages to telephones.
    pub short: Short,
    /// Words of the console.
    pub console: &'static Console,
    /// Words of the printed handbook.
    pub print: &'static Print,
    /// Words of the handbook in the console.
    pub handbook: &'static Handbook,
    /// Words of drafts of it.
    pub drafts: &'static Drafts,
    /// Words of bringing in an archive.
    pub uploads: &'static Uploads,
    /// Words of the picture of reach.
    pub reach: &'static Reach,
    /// Words of the list of channels.
    pub ways: &'static Ways,
    /// Words of the incident room.
    pub room: &'static Room,
    /// People, steps, partners and duties.
    pub team: &'static Team,
    /// Those who come by a link.
    pub guest: &'static Guest,
    /// A report that is prepared.
    pub report: &'static Report,
    /// Words of the panels of the incident room.
    pub panel: &'static Panels,
    /// Words of the rubric by which a notice is judged.
    pub rubric: Rubric,
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

/// A holding update in the program's own words; it may have the holes of a template.
pub struct Watching {
    /// What happened.
    pub headline: &'static str,
    /// What we do.
    pub body: &'static str,
    /// When the next notice comes.
    pub next: &'static str,
}

/// Words of mails to recipients.
pub struct Mail {
    /// "Nächste Meldung um …" from a clock.
    pub next_update: fn(&str) -> String,
    /// The promise below it.
    pub promised: &'static str,
    /// Before what was told earlier, for who hears of it for the first time.
    pub so_far: &'static str,
    /// Above what one audience is told in addition: its title.
    pub for_audience: fn(&str) -> String,
    /// Text of the button to the page, from the community's name.
    pub to_page: fn(&str) -> String,
    /// Why you get this mail, from the community's name.
    pub why: fn(&str) -> String,
    /// "Leave".
    pub leave: &'static str,
    /// "Change your choices".
    pub choices: &'static str,
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
    /// The same where nobody has read what was written anew.
    pub held_else_unread: fn(&str) -> String,
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
    /// The mailbox of bounces cannot be read: subject, from the channel's key.
    pub bounces_unread: fn(&str) -> String,
    /// The same: text.
    pub bounces_unread_text: &'static str,
    /// A channel reaches nobody: subject, from the channel's key.
    pub channel_down: fn(&str) -> String,
    /// The same: text.
    pub channel_down_text: &'static str,
    /// No more letters about subscriptions go within this hour: subject, from their number.
    pub letters: fn(u32) -> String,
    /// What that means, and what to do.
    pub letters_text: &'static str,
    /// Link text: look and release now.
    pub release: &'static str,
    /// Link text: all-clear.
    pub all_clear: &'static str,
    /// Links change nothing before you press a button.
    pub links_safe: &'static str,
    /// Heading above the text as it will go out.
    pub preview: &'static str,
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

/// A number with a mark between its thousands.
pub(super) fn grouped(number: u64, mark: char) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}
