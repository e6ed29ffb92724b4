mod control;
mod duty;

pub(crate) use control::PrintControl;
pub(crate) use duty::PrintDuty;

/// Words of the printed handbook.
pub struct Print {
    /// Link in the console: the handbook as a file for the browser's printer.
    pub print_it: &'static str,
    /// Link in the console: the same as PDF.
    pub as_pdf: &'static str,
    /// What it is: "Notfallhandbuch".
    pub title: &'static str,
    /// "Fassung 7 vom 24. November 2026" from number and date.
    pub version: fn(u32, &str) -> String,
    /// "Entwurf vom 24. November 2026" from a date.
    pub draft: fn(&str) -> String,
    /// What a draft is.
    pub draft_lede: &'static str,
    /// How to use it.
    pub cover_lede: &'static str,
    /// Label: since when this version is there.
    pub made_at: &'static str,
    /// Label: who made this version.
    pub made_by: &'static str,
    /// Label: why.
    pub reason: &'static str,
    /// Label: when it was printed.
    pub printed_at: &'static str,
    /// Label: the public page.
    pub public_page: &'static str,
    /// Heading of the table of contents.
    pub contents: &'static str,
    /// Before the number of a page.
    pub page: &'static str,
    /// Between the number of a page and how many there are.
    pub of: &'static str,
    /// Before the line for who did a step.
    pub done_by: &'static str,
    /// Before the line for when.
    pub done_at: &'static str,
    /// The page for the wall: heading.
    pub card: &'static str,
    /// The sentence below it.
    pub card_lede: &'static str,
    /// Whom to call: heading.
    pub call: &'static str,
    /// What to tell on the phone: heading.
    pub tell: &'static str,
    /// What to tell: who, what, where, when.
    pub tell_lines: [&'static str; 5],
    /// What to do: heading.
    pub doing: &'static str,
    /// What to do where the handbook says nothing of its own.
    pub do_lines: [&'static str; 4],
    /// What not to do: heading.
    pub dont: &'static str,
    /// What not to do where the handbook says nothing of its own.
    pub dont_lines: [&'static str; 4],
    /// Where everybody finds how things stand, from the page's address.
    pub card_page: fn(&str) -> String,
    /// Somebody who takes turns, from the rota's title.
    pub on_call: fn(&str) -> String,
    /// Some lines were left out here.
    pub card_more: &'static str,
    /// Finding: so many lines did not fit, and what to do.
    pub card_too_long: fn(usize) -> String,
    /// Levels: heading.
    pub levels: &'static str,
    /// What they are for.
    pub levels_lede: &'static str,
    /// What an incident is.
    pub level_incident: &'static str,
    /// What an emergency is.
    pub level_emergency: &'static str,
    /// What a crisis is.
    pub level_crisis: &'static str,
    /// Label: how to see that it has come to a level.
    pub criteria: &'static str,
    /// Label: who declares a level.
    pub declared_by: &'static str,
    /// Label: plans that begin at a level.
    pub plans: &'static str,
    /// Alarm chains: heading.
    pub chains: &'static str,
    /// How they are used.
    pub chains_lede: &'static str,
    /// Head of a column: the number of a line.
    pub number: &'static str,
    /// Head of a column: by which channels.
    pub call_by: &'static str,
    /// Head of a column: how long to wait for an answer.
    pub wait: &'static str,
    /// Head of a column: when somebody answered.
    pub reached_at: &'static str,
    /// Before what to do when nobody answered.
    pub nobody_answered: &'static str,
    /// Roles: heading, and head of a column.
    pub roles: &'static str,
    /// What they are for.
    pub roles_lede: &'static str,
    /// Label: what a role does.
    pub task: &'static str,
    /// Head of a column: who holds it.
    pub holder: &'static str,
    /// Head of a column: who stands in, in this order.
    pub deputies: &'static str,
    /// Rotas: heading.
    pub rotas: &'static str,
    /// How far they go.
    pub rotas_lede: &'static str,
    /// Head of a column: from when.
    pub from: &'static str,
    /// People: heading.
    pub contacts: &'static str,
    /// What is private about it.
    pub contacts_lede: &'static str,
    /// They were left out: write them by hand.
    pub contacts_absent: &'static str,
    /// Head of a column: the name.
    pub name: &'static str,
    /// Telephone.
    pub phone: &'static str,
    /// Mail address.
    pub email: &'static str,
    /// When somebody last saw that a number or address works, from a day.
    pub verified: fn(&str) -> String,
    /// Partners: heading.
    pub partners: &'static str,
    /// What they are for.
    pub partners_lede: &'static str,
    /// Label: when a partner can be reached.
    pub hours: &'static str,
    /// Label: how soon a partner promises to act.
    pub response: &'static str,
    /// Label: what a partner can do, and where.
    pub can_do: &'static str,
    /// Label: where the contract is to be found.
    pub contract: &'static str,
    /// Label: when a number was last tried.
    pub called_on: &'static str,
    /// What to say to a partner on the telephone.
    pub callout: &'static str,
    /// Line to write on: when we called.
    pub called_at: &'static str,
    /// Line to write on: whom we spoke with.
    pub spoke_with: &'static str,
    /// Line to write on: the number under which they keep it.
    pub ticket: &'static str,
    /// Heading of a plan, from its title.
    pub plan: fn(&str) -> String,
    /// Label: how grave.
    pub level: &'static str,
    /// Label: when the plan is for.
    pub trigger: &'static str,
    /// It is for any part, from a state.
    pub for_any: fn(&str) -> String,
    /// It is for these parts, from names and a state.
    pub for_components: fn(&str, &str) -> String,
    /// Label: who was trained in a plan, and when.
    pub trained: &'static str,
    /// Label: when a plan was last exercised.
    pub exercised_on: &'static str,
    /// Label: when somebody last read all of it.
    pub reviewed_on: &'static str,
    /// Line to write on: when it began.
    pub begun_at: &'static str,
    /// Line to write on: who leads.
    pub led_by: &'static str,
    /// What is done before anything else: heading.
    pub immediate: &'static str,
    /// Steps: heading.
    pub steps: &'static str,
    /// Label: who does it.
    pub who: &'static str,
    /// Label: how long it may take.
    pub within: &'static str,
    /// Label: how to see that it is done.
    pub check: &'static str,
    /// Label: what to do if a step does not work.
    pub otherwise: &'static str,
    /// Label: the partner who is called.
    pub partner: &'static str,
    /// Label: when somebody last did it.
    pub proven_on: &'static str,
    /// How people are told: heading.
    pub telling: &'static str,
    /// Label: who is told.
    pub audiences: &'static str,
    /// Label: who is woken.
    pub alerted: &'static str,
    /// Label: the alarm chain that runs by itself.
    pub alarm: &'static str,
    /// Label: how long a role waits.
    pub acknowledged: &'static str,
    /// After a span the deputy is called.
    pub answer: fn(&str) -> String,
    /// Label: who lets out what somebody wrote.
    pub second: &'static str,
    /// A second person does.
    pub by_second: &'static str,
    /// Label: the first notice.
    pub first_notice: &'static str,
    /// It goes out by itself after a span.
    pub hold: fn(&str) -> String,
    /// Label: from one notice to the next.
    pub rhythm: &'static str,
    /// At least once in a span.
    pub every: fn(&str) -> String,
    /// Label: the all-clear.
    pub all_clear: &'static str,
    /// A person gives it.
    pub all_clear_by_hand: &'static str,
    /// It goes out by itself after a span.
    pub all_clear_after: fn(&str) -> String,
    /// The log for writing by hand: heading.
    pub log: &'static str,
    /// What belongs there.
    pub log_lede: &'static str,
    /// Line to write on: who keeps the log.
    pub log_keeper: &'static str,
    /// Head of a column: when.
    pub log_at: &'static str,
    /// Head of a column: what happened.
    pub log_what: &'static str,
    /// Head of a column: who.
    pub log_who: &'static str,
    /// What can fail: heading.
    pub components: &'static str,
    /// What stands there.
    pub components_lede: &'static str,
    /// The order of starting again: heading.
    pub restart: &'static str,
    /// Why in this order.
    pub restart_lede: &'static str,
    /// How long each part can be missing: heading.
    pub times: &'static str,
    /// Head of a column: the part.
    pub part: &'static str,
    /// Label: the longest outage that can be borne.
    pub mtpd: &'static str,
    /// Label: how soon it is to run again.
    pub rto: &'static str,
    /// Label: how much of the newest data may be lost.
    pub rpo: &'static str,
    /// Label: what must work at the least.
    pub minimum: &'static str,
    /// Label: what people do meanwhile.
    pub workaround: &'static str,
    /// Label: who answers for it.
    pub owner: &'static str,
    /// Label: what it needs.
    pub needs: &'static str,
    /// Label: the places where it runs.
    pub runs_on: &'static str,
    /// Label: when it was last restored to try it.
    pub restored_on: &'static str,
    /// Label: channels that go down with it.
    pub channels_fall: &'static str,
    /// Without what nobody hears of an outage: heading.
    pub lifeline: &'static str,
    /// Label: the names of the page and the mail.
    pub dns: &'static str,
    /// Label: the sign-in of the team.
    pub sign_in: &'static str,
    /// Channels and places: heading.
    pub channels_and_places: &'static str,
    /// What stands there.
    pub channels_lede: &'static str,
    /// Channels: heading.
    pub channels: &'static str,
    /// Head of a column: the channel.
    pub channel: &'static str,
    /// Head of a column: who has its account.
    pub known_by: &'static str,
    /// Head of a column: when it was last tried.
    pub tested_on: &'static str,
    /// Places: heading.
    pub places: &'static str,
    /// Head of a column: the place.
    pub place: &'static str,
    /// Head of a column: in which it lies.
    pub inside: &'static str,
    /// Prepared texts: heading.
    pub texts: &'static str,
    /// How they are used.
    pub texts_lede: &'static str,
    /// Texts that several plans use: heading.
    pub shared_texts: &'static str,
    /// What is written in the place of a name in braces: heading.
    pub holes: &'static str,
    /// Words of document control.
    pub control: PrintControl,
    /// Words of duties.
    pub duty: PrintDuty,
}
