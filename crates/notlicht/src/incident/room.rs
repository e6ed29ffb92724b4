//! The room on a terminal: what is late, who holds what, what is next.

use anstyle::Style;
use engine::incident::Case;
use model::incident::{
    Actor, Answer, Call, Calling, Help, Helper, Owed, Part, Post, Presence, Stand, Work, calls,
    helpers, owed, posts, tell_who, works,
};
use model::language::Language;
use model::value::{Key, Timestamp};

use crate::say::{BAD, GOOD, LIGHT, QUIET, plain};

/// Everything that a line is made of.
struct Room<'a> {
    case: &'a Case,
    now: Timestamp,
}

/// The room, line by line; of one that is over only the duties that are still owed.
pub(super) fn lines(case: &Case, now: Timestamp) -> Vec<String> {
    let room = Room { case, now };
    let (incident, handbook) = (&case.incident, &case.handbook);
    let duties = owed(handbook, incident, now);
    if !incident.is_open() {
        let open = |one: &&Owed| one.obligation.as_ref().is_some_and(|it| it.is_open());
        return duties.iter().filter(open).flat_map(|one| room.duty(one)).collect();
    }
    let posts = posts(handbook, incident);
    let works = works(handbook, incident, now);
    let helpers = helpers(handbook, incident, now);
    let mut lines = vec![room.head()];
    lines.extend(
        incident
            .situation
            .as_ref()
            .map(|(at, text)| format!("{}  {QUIET}as of {}{QUIET:#}", plain(text), room.at(*at))),
    );
    lines.extend(room.second());
    let mut part = |head: &str, found: Vec<String>| {
        if !found.is_empty() {
            lines.push(format!("\n{QUIET}{head}{QUIET:#}"));
            lines.extend(found);
        }
    };
    part("Late", room.late(&works, &helpers, &duties));
    part("Roles", posts.iter().map(|post| room.post(post)).collect());
    part("Alarm chains", room.chains());
    part("Steps", works.iter().map(|work| room.work(work)).collect());
    let near = helpers.iter().filter(|helper| helper.near);
    part("Partners", near.flat_map(|helper| room.helper(helper)).collect());
    let decided = duties.iter().filter(|one| one.obligation.is_some());
    let mut found: Vec<String> = decided.flat_map(|one| room.duty(one)).collect();
    found.extend(room.undecided(&duties));
    part("Duties to report", found);
    part("Set by hand", room.by_hand());
    lines.push(String::new());
    lines
}

fn row(style: Style, mark: &str, text: &str) -> String {
    format!("  {style}{mark}{style:#}  {}", plain(text))
}

impl Room<'_> {
    fn at(&self, at: Timestamp) -> String {
        self.case.handbook.zone.dated(at, self.now, Language::EN)
    }

    fn who(&self, by: &Actor) -> String {
        tell_who(by, Language::EN, |_| None)
    }

    fn head(&self) -> String {
        let incident = &self.case.incident;
        let level = incident.level.label(Language::EN);
        let end = incident.expected_end.map(|at| format!(", expected end {}", self.at(at)));
        let since = self.at(incident.since);
        format!("{level}, since {since}{}", end.unwrap_or_default())
    }

    fn second(&self) -> Option<String> {
        let proposed = self.case.incident.proposed.as_ref()?;
        let kind = proposed.proposal.kind().label(Language::EN);
        let (who, at) = (self.who(&proposed.by), self.at(proposed.at));
        let do_it = "“notlicht incident proposal approve” or “send-back”";
        Some(format!(
            "{LIGHT}Waits for a second person:{LIGHT:#} {kind} by {}, {at}: {do_it}",
            plain(&who)
        ))
    }

    /// What is late, before all else.
    fn late(&self, works: &[Work], helpers: &[Helper], duties: &[Owed]) -> Vec<String> {
        let steps = works.iter().filter(|work| work.state == Stand::Late).filter_map(|work| {
            let what = work.task.what.get(Language::EN);
            Some(format!("step {}, was due {}: {what}", work.number, self.at(work.due?)))
        });
        let partners = helpers.iter().filter(|helper| helper.state == Help::Late);
        let partners = partners.filter_map(|helper| {
            let back = helper.aid.as_ref()?.answers.last()?.back_at?;
            Some(format!("partner {}, was to say more {}", helper.partner, self.at(back)))
        });
        let reports = duties.iter().flat_map(|owed| {
            let late = owed.reports.iter().filter(|report| report.late);
            late.filter_map(|report| {
                let (duty, due) = (&owed.duty, self.at(report.due?));
                Some(format!("report {duty}, {}, was due {due}", report.stage))
            })
        });
        steps.chain(partners).chain(reports).map(|text| row(BAD, "!", &text)).collect()
    }

    fn post(&self, post: &Post) -> String {
        let (style, mark) = match post.state {
            Presence::Here | Presence::StandsIn => (GOOD, "✓"),
            Presence::Called => (LIGHT, "?"),
            Presence::Missing => (BAD, "!"),
        };
        let mut text = format!("{:<14} ", post.role.as_str());
        match &post.held.holder {
            Some((by, at)) => {
                let stands_in = if post.state == Presence::StandsIn { " (stands in)" } else { "" };
                text += &format!("{}{stands_in}, since {}", self.who(by), self.at(*at));
            }
            None => text += &format!("nobody{}", self.called(&post.calling)),
        }
        if let Some((to, at)) = &post.held.offered {
            text += &format!("; offered to {to}, {}", self.at(*at));
        }
        row(style, mark, &text)
    }

    fn called(&self, calling: &Calling) -> String {
        if calling.unanswered.is_some() {
            return ": all were called, nobody answered".into();
        }
        let Some(last) = calling.asked.last() else { return String::new() };
        let who = last.who.key();
        if calling.declined.contains(&last.who) {
            format!(": {who} cannot")
        } else {
            format!(": {who} called {}, answer by {}", self.at(last.at), self.at(last.until))
        }
    }

    fn chains(&self) -> Vec<String> {
        let (incident, handbook) = (&self.case.incident, &self.case.handbook);
        let chain = |call: Call| {
            let calling = incident.calling(&call);
            let Call::Chain(key) = call else { return None };
            Some(match &calling.answered {
                Some((by, at)) => {
                    let text = format!(
                        "{:<14} {} is there, since {}",
                        key.as_str(),
                        self.who(by),
                        self.at(*at)
                    );
                    row(GOOD, "✓", &text)
                }
                None if calling.is_open() => row(
                    LIGHT,
                    "?",
                    &format!("{:<14} nobody yet{}", key.as_str(), self.called(&calling)),
                ),
                None => {
                    let found = handbook.chains.get(&key).and_then(|one| one.otherwise.as_ref());
                    let then = found.map(|said| format!(". {}", said.get(Language::EN)));
                    let then = then.unwrap_or_default();
                    row(
                        BAD,
                        "!",
                        &format!("{:<14} nobody is left to be called{then}", key.as_str()),
                    )
                }
            })
        };
        calls(handbook, incident).into_iter().filter_map(chain).collect()
    }

    fn work(&self, work: &Work) -> String {
        let (style, mark) = match work.state {
            Stand::Done => (GOOD, "✓"),
            Stand::Skipped => (QUIET, "–"),
            Stand::Late => (BAD, "!"),
            Stand::Running => (LIGHT, "…"),
            Stand::Open if work.next => (LIGHT, "→"),
            Stand::Open => (QUIET, "·"),
        };
        let again = if work.task.part == Part::Restart { "Start again: " } else { "" };
        let mut text = format!("{:>2} {again}{}", work.number, work.task.what.get(Language::EN));
        if let Some(settled) = &work.progress.settled {
            let left_out = if settled.skipped { "left out by" } else { "" };
            let said =
                if settled.said.is_empty() { "".into() } else { format!(": {}", settled.said) };
            let done =
                format!("{left_out} {}, {}{said}", self.who(&settled.by), self.at(settled.at));
            return row(style, mark, &format!("{text} ({})", done.trim()));
        }
        let doer = work.progress.assigned.as_ref().map(|(by, _)| self.who(by));
        let role = work.task.role.as_ref().map(|role| format!("{role}, nobody yet"));
        text += &format!(" [{}]", doer.or(role).unwrap_or_else(|| "nobody yet".into()));
        if let Some(due) = work.due {
            let was = if work.state == Stand::Late { "LATE, was due" } else { "due" };
            text += &format!(" {was} {}", self.at(due));
        }
        row(style, mark, &text)
    }

    fn helper(&self, helper: &Helper) -> Vec<String> {
        let (style, mark) = match helper.state {
            Help::NotCalled => (QUIET, "·"),
            Help::Called => (LIGHT, "?"),
            Help::Answered => (GOOD, "✓"),
            Help::Late => (BAD, "!"),
        };
        let key = helper.partner.as_str();
        let Some(aid) = &helper.aid else {
            return vec![row(style, mark, &format!("{key:<14} not called"))];
        };
        let called = aid.called_at.map(|at| {
            let how = if aid.channels.is_empty() { "telephoned" } else { "called" };
            format!("{how} {}", self.at(at))
        });
        let ended = aid.revoked_at.map(|at| format!(", link ended {}", self.at(at)));
        let called = called.unwrap_or_default() + &ended.unwrap_or_default();
        let mut lines = vec![row(style, mark, &format!("{key:<14} {called}"))];
        if let Some(last) = aid.answers.last() {
            lines.push(format!("     {}", plain(&self.answer(last, helper.state))));
        }
        lines
    }

    fn answer(&self, answer: &Answer, state: Help) -> String {
        let mut text = format!("“{}” {}", answer.said, self.at(answer.at));
        if !answer.ticket.is_empty() {
            text += &format!(", their number {}", answer.ticket);
        }
        if let Some(at) = answer.back_at {
            let says = if state == Help::Late { "LATE, was to say more" } else { "says more" };
            text += &format!(", {says} {}", self.at(at));
        }
        text
    }

    fn duty(&self, owed: &Owed) -> Vec<String> {
        let key = owed.duty.as_str();
        let Some(obligation) = &owed.obligation else { return vec![] };
        if !obligation.applies {
            return vec![row(QUIET, "–", &format!("{key} does not apply: {}", obligation.reason))];
        }
        if let Some(at) = obligation.finished_at {
            return vec![row(GOOD, "✓", &format!("{key} is done, {}", self.at(at)))];
        }
        let reports = owed.reports.iter().map(|report| {
            let name = format!("{key}, {}", report.stage);
            match (&report.sent, report.due) {
                (Some(sent), _) => row(GOOD, "✓", &format!("{name}: sent {}", self.at(sent.at))),
                (None, Some(due)) if report.late => {
                    row(BAD, "!", &format!("{name}: LATE, was due {}", self.at(due)))
                }
                (None, Some(due)) => row(LIGHT, "…", &format!("{name}: due {}", self.at(due))),
                (None, None) => row(QUIET, "·", &format!("{name}: its clock does not run yet")),
            }
        });
        reports.collect()
    }

    fn undecided(&self, duties: &[Owed]) -> Option<String> {
        let open = duties.iter().filter(|one| one.obligation.is_none());
        let keys: Vec<&str> = open.map(|one| one.duty.as_str()).collect();
        let decide = "“notlicht incident duty applies” or “not”";
        (!keys.is_empty())
            .then(|| row(LIGHT, "?", &format!("to be decided: {}; {decide}", keys.join(", "))))
    }

    fn by_hand(&self) -> Vec<String> {
        let state = |(key, state): (&Key, &model::handbook::system::ComponentState)| {
            row(LIGHT, "·", &format!("{key}: {}", state.label(Language::EN)))
        };
        self.case.incident.by_hand.iter().map(state).collect()
    }
}
