//! What the program says in English.

mod console;
mod draft;
mod guest;
mod handbook;
mod hook;
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

use super::words::{Alerts, Facts, Kinds, Mail, Page, StateWords, Watching, Words, list};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn month(number: i8) -> &'static str {
    usize::try_from(number - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or("")
}

fn span(seconds: u64) -> String {
    match seconds {
        1 => "1 second".to_owned(),
        0..=119 => format!("{seconds} seconds"),
        120..=7199 => format!("{} minutes", seconds / 60),
        7200..=172_799 => format!("{} hours", seconds / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}

pub(super) static WORDS: Words = Words {
    tag: "en",
    name: "English",
    and: "and",
    still_works: |names| match names {
        [] => "other parts are affected too".to_owned(),
        [one] => format!("{one} still works"),
        many => format!("{} still work", list(many, "and")),
    },
    clock: |digits, zone| format!("{digits} ({zone})"),
    date: |day, number, year| format!("{day} {} {year}", month(number)),
    weekday: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    today_at: |clock| format!("today, {clock}"),
    date_at: |date, clock| format!("{date}, {clock}"),
    zone: str::to_owned,
    span,
    facts: Facts {
        broken: "What does not work",
        works: "What works",
        doing: "What we are doing",
        you_can: "What you can do",
        data: "Your data",
    },
    state: StateWords {
        operational: "Working",
        degraded: "Limited",
        partial: "Partly down",
        major: "Down",
        maintenance: "Planned work",
        blind: "Cannot be measured now",
    },
    notice: Kinds {
        first: "First notice",
        update: "Update",
        holding: "Holding update",
        correction: "Correction",
        all_clear: "All-clear",
        emergency: "Emergency notice",
    },
    watching: Watching {
        headline: "All measures are good again, and we keep watching.",
        body: "Something was disturbed since {since}. Now we see no fault any more. We give the all-clear if it stays so.",
        next: "The next update comes at {next_update}.",
    },
    mail: Mail {
        next_update: |clock| format!("Next update at {clock}"),
        promised: "Promised, even if there is nothing new.",
        so_far: "In case you have not heard of this outage yet: this is what happened before.",
        for_audience: |title| format!("In addition, for: {title}"),
        to_page: |community| format!("See the state of {community}"),
        why: |community| {
            format!("You get this mail because you asked for notices from {community}.")
        },
        leave: "Unsubscribe",
        choices: "Change your choices",
        permanent: "Permanent link:",
        no_reply: "Please do not reply to this mail.",
        imprint: "Legal notice",
        privacy: "Privacy",
        signed: |community| format!("Your team at {community}"),
        drill: "[DRILL]",
    },
    alert: Alerts {
        held: |title| format!("Please look: the first notice is ready ({title})"),
        held_else_unread: |clock| {
            format!(
                "Nobody has read the new text. If nobody acts, the prepared text goes out at {clock}."
            )
        },
        held_else: |clock| format!("If nobody acts, this notice goes out by itself at {clock}."),
        still_held: |title| format!("Reminder: a notice is still on hold ({title})"),
        still_held_else: "Somebody stopped the clock. Until it is released, nobody is told anything.",
        update_due: |title, clock| format!("Please write: an update is due at {clock} ({title})"),
        update_else_holding: |clock| {
            format!("If nobody writes, an honest holding update goes out at {clock}.")
        },
        update_else_late: |clock| {
            format!("If nobody writes, the page says from {clock} on that we are late.")
        },
        missed: |title| format!("A promised update is missing ({title})"),
        missed_else: "The page now says that we are late. Please write the update at once.",
        recovered: |title| format!("All measures are good again: give the all-clear? ({title})"),
        recovered_else: |clock| {
            format!("If nobody acts and it stays so, the all-clear goes out at {clock}.")
        },
        recovered_wait: "If nobody acts, the incident stays open. A person gives the all-clear.",
        blind: "We are blind: our own connection is gone",
        blind_text: "The reference targets do not answer either, so no incident was opened. Please check the line of the host that Notlicht runs on.",
        stopped: |names| format!("Monitoring has stopped: {names}"),
        stopped_text: "No measurement has come for more than three intervals. An outage would go unnoticed now. Please check whether Notlicht still works.",
        no_plan: |component| format!("Outage without a plan: {component}"),
        no_plan_text: "There is no plan for this part. Please decide yourself and open the incident with “notlicht incident declare”.",
        bounces_unread: |channel| {
            format!("Who did not get mails is not known: the bounces of “{channel}” cannot be read")
        },
        bounces_unread_text: "Notices still go out. But Notlicht has not got into the mailbox of bounces for half an hour, so whoever could not be reached still counts as told. “notlicht doctor” says what is wrong: usually the password or the server's address. Nothing is lost meanwhile; it is read as soon as it can be.",
        channel_down: |channel| format!("Nothing gets out over “{channel}” any more"),
        channel_down_text: "Every try has failed for more than half a minute. Notlicht keeps trying, and whoever has another way gets the notice there, if the handbook says so. What was seen stands in the incident room under “Channels” and in “notlicht channel list”. Please check the channel, or pause it there.",
        letters: |most| format!("{most} confirmation mails within an hour: no more go out"),
        letters_text: "Whoever subscribes now gets no mail for the time being. Do so many people want notices just now? Then start Notlicht with a higher limit (--letters-per-hour). If not, somebody misuses the form, and you need not do anything. The notices themselves still go out.",
        release: "Look and release",
        all_clear: "Give the all-clear",
        links_safe: "The links show a page first. Nothing happens before you press a button there.",
        preview: "This is how the notice will go out:",
    },
    page: Page {
        brand: "Status",
        skip: "Skip to content",
        languages: "Language",
        incident: "Outage",
        all_well: "All working",
        all_well_headline: |community| format!("{community} is working."),
        all_well_lede: |names| match names {
            [one] => format!("{one} works as usual. If something fails, it says so here."),
            many => {
                format!("{} work as usual. If something fails, it says so here.", list(many, "and"))
            }
        },
        checked_at: |clock| format!("last checked at {clock}"),
        not_checked: "not measured yet",
        unbegun: "Being set up",
        unbegun_headline: "A status page is being set up here.",
        unbegun_lede: "Nobody looks yet whether something has failed.",
        since: |moment| format!("since {moment}"),
        overdue: "Update overdue",
        overdue_headline: "We are late.",
        overdue_text: |clock| format!("The update for {clock} is missing. We are sorry."),
        overdue_holds: |clock| {
            format!(
                "Until it is here, what we said at {clock} holds. We keep working on the fault."
            )
        },
        promise: |clock| format!("Next update at {clock}"),
        promised: "Promised, even if there is nothing new.",
        stale: |clock| {
            format!(
                "Is it after {clock} and nothing new stands here? Then this view is out of date."
            )
        },
        reload: "Reload the page",
        no_promise: "The next update will stand here as soon as we can promise it.",
        detected: |names| match names {
            [one] => format!("{one} does not answer at the moment."),
            many => format!("{} do not answer at the moment.", list(many, "and")),
        },
        detected_lede: "Our monitoring has just noticed this. The team is alerted, the first notice will follow in a moment.",
        blind_headline: "We cannot measure at the moment.",
        blind_lede: "Our own connection is disturbed. Whether anything is down we do not know right now.",
        notices: "Our notices",
        permanent: "permanent link",
        components: |community| format!("The parts of {community}"),
        past: "Past incidents",
        no_past: "No incident is on record so far.",
        from_to: |from, to| format!("from {from} to {to}"),
        follow: "Follow without an address",
        feed: "Atom feed",
        apart: |community| {
            format!(
                "This page runs apart from {community}. It stays up when something fails there."
            )
        },
        imprint: "Legal notice",
        privacy: "Privacy",
        as_of: |moment| format!("Run with Notlicht. This view is from {moment}"),
        emergency: "Emergency notice",
        back: "To the current state",
        corrected_by: |number| format!("corrected in notice {number}"),
        corrects: |number| format!("corrects notice {number}"),
        not_found: "This page does not exist.",
        not_found_lede: "The link may be incomplete. The current state is here:",
        leave: "Stop the notices",
        leave_lede: "Press the button and this address gets no more notices.",
        leave_button: "Unsubscribe",
        left: "You are unsubscribed. We will not write to you again.",
        bad_link: "This link does not fit.",
        bad_link_lede: "It is incomplete or no longer valid. Please open it from the mail once more.",
        desk: "Check a notice",
        desk_release: "Release now",
        desk_hold: "Stop the clock",
        desk_veto: "Withdraw",
        desk_all_clear: "Give the all-clear",
        desk_reason: "Why? (goes into the timeline)",
        desk_done: "Done. This is how it stands now:",
        drill: "DRILL",
        drill_means: "Nothing leaves the house. What goes out here reaches nobody.",
        number: |number| format!("Notice {number}"),
        also: "Other open incidents",
        more: "Read all about it",
        recovered: |clock| {
            format!("All measures are good again since {clock}. We are still watching.")
        },
        impaired: |names| match names {
            [one] => format!("{one} does not work as usual at the moment."),
            many => format!("{} do not work as usual at the moment.", list(many, "and")),
        },
        noticed_lede: "Our monitoring has noticed this. The team is alerted.",
        maintenance_headline: |names| format!("Planned work: {}.", list(names, "and")),
        closed: "Resolved",
        lasted: |span| format!("lasted {span}"),
        all_past: "All past incidents",
        data: "Data for programs (JSON)",
        concerned: |names| format!("Affected: {}", list(names, "and")),
        desk_otherwise: "If nobody acts",
        desk_published: |moment| format!("This notice is published: {moment}."),
        desk_withdrawn: |moment| format!("This notice is withdrawn: {moment}."),
        desk_closed: |moment| format!("This incident is over: {moment}."),
        desk_nothing: "There is nothing to decide here at the moment.",
        desk_reason_missing: "Please write briefly why. Nothing has happened yet.",
        desk_refused: "This does not fit any more: something has changed. This is how it stands now:",
        busy: "This does not work at the moment.",
        busy_lede: "Our memory does not answer. Nothing has happened. Please try again in a minute.",
        foreign: "We did not accept this.",
        foreign_lede: "The button stood on somebody else’s page. Nothing has happened. Please open the link from the mail and press the button there.",
        others: |number| format!("+ {number} more"),
        then_stale: "After that this note is out of date.",
        to_page: "See more",
        new_window: "opens a new window",
    },
    hook: hook::HOOK,
    short: short::SHORT,
    subscription: subscription::SUBSCRIPTION,
    console: &console::CONSOLE,
    print: &print::PRINT,
    handbook: &handbook::HANDBOOK,
    drafts: &draft::DRAFTS,
    uploads: &upload::UPLOADS,
    reach: &reach::REACH,
    ways: &way::WAYS,
    room: &room::ROOM,
    team: &team::TEAM,
    guest: &guest::GUEST,
    report: &report::REPORT,
    panel: &panel::PANELS,
    rubric: rubric::RUBRIC,
};
