//! The one light of the room: it falls on the next right thing, and says what happens if nobody
//! does it.

use askama::Template;
use model::draft::Slot;
use model::incident::{
    Incident, Notice, Phase, Proposal, Proposed, Writing, fill, fill_as_of, next_notice,
    promise_for,
};
use model::notice::{Kind, Passages, Texts};
use model::permission::Permission;
use model::value::{PublicId, Timestamp};

use super::passage::{Aside, asides};
use super::scene::Scene;
use crate::page::dial::{Dial, Mark, countdown};

/// A notice as it would go out, in one language.
struct Quote {
    tag: &'static str,
    headline: String,
    body: Vec<String>,
}

/// What can be done about a notice that waits.
struct Acts {
    number: u32,
    /// Changes with the text, so that nobody lets out what they have not read.
    seen: String,
    release: bool,
    hold: bool,
    veto: bool,
}

/// A moment that comes nearer.
struct Clock {
    dial: Dial,
    digits: String,
    iso: String,
    /// Milliseconds since 1970, for the script that counts down.
    until: i64,
    /// How long it counts in all, in milliseconds.
    whole: i64,
}

#[derive(Template)]
#[template(path = "console/room/light.html")]
struct Light<'a> {
    scene: &'a Scene,
    head: String,
    clock: Option<Clock>,
    quotes: Vec<Quote>,
    /// What single audiences are told in addition.
    asides: Vec<Aside>,
    otherwise: Option<String>,
    acts: Option<Acts>,
    all_clear: bool,
    /// Where one writes: the address and the label.
    write: Option<(String, &'static str)>,
    late: bool,
    /// Who wrote it, where it waits for a second person.
    by: Option<String>,
    /// What a second person decides.
    asks: Vec<String>,
}

impl Light<'_> {
    fn vetoes(&self) -> bool {
        self.acts.as_ref().is_some_and(|acts| acts.veto)
    }
}

/// The light, and what its tag is made of: a dial that counts down by itself is no news.
pub(super) fn html(scene: &Scene) -> askama::Result<(String, String)> {
    let mut light = light(scene);
    let html = light.render()?;
    if let Some(clock) = light.clock.as_mut().filter(|clock| clock.whole > 0) {
        clock.dial.marks.clear();
    }
    Ok((light.render()?, html))
}

fn light(scene: &Scene) -> Light<'_> {
    let (incident, room) = (scene.incident(), &scene.words.room);
    let plain = |head: String| Light {
        scene,
        head,
        clock: None,
        quotes: vec![],
        asides: vec![],
        otherwise: None,
        acts: None,
        all_clear: false,
        write: None,
        late: false,
        by: None,
        asks: vec![],
    };
    if let Some(at) = incident.closed_at {
        return plain((room.closed)(&scene.moment(at)));
    }
    if let Some(proposed) = &incident.proposed {
        return second(scene, proposed, plain(String::new()));
    }
    if let Some(notice) = incident.pending() {
        return waiting(scene, notice, plain(String::new()));
    }
    if incident.recovered_at.is_some() {
        return recovered(scene, plain(room.recovered.to_owned()));
    }
    let write = scene.may(Permission::Writer).then(|| ("#editor".to_owned(), room.write));
    let Some(promise) = incident.promise else {
        return Light { write, ..plain(room.nothing_due.to_owned()) };
    };
    let clock = scene.clock(promise.at);
    let holding = scene.policy().is_some_and(|policy| policy.holding);
    let late = promise.at <= scene.now;
    let otherwise = if holding { room.else_holding } else { room.else_late };
    Light {
        write,
        late,
        clock: Some(minutes(scene, incident, promise.at)),
        otherwise: (!late).then(|| otherwise(&clock)),
        ..plain(if late { (room.late)(&clock) } else { (room.next)(&clock) })
    }
}

fn waiting<'a>(scene: &'a Scene, notice: &Notice, plain: Light<'a>) -> Light<'a> {
    let room = &scene.words.room;
    let until = notice.publish_at();
    // Where the plan wants a second person, nobody lets out what they wrote.
    let own = notice.writer.as_ref() == Some(&scene.me);
    let needs_another = own && scene.policy().is_some_and(|policy| policy.approval);
    let acts = Acts {
        number: notice.number,
        seen: seen(notice),
        release: scene.may(Permission::Approver) && !needs_another,
        hold: until.is_some() && scene.may(Permission::Writer),
        veto: scene.may(Permission::Approver),
    };
    let head = if until.is_some() { room.read_this } else { room.stopped };
    let at = until.unwrap_or(scene.now).max(scene.now);
    let write = scene.may(Permission::Writer).then(|| ("#editor".to_owned(), room.edit));
    Light {
        head: head.to_owned(),
        clock: until.map(|until| seconds(scene, notice, until)),
        quotes: quotes(scene, notice.kind, &notice.texts, at),
        asides: added(scene, notice.kind, &notice.passages, at),
        otherwise: until.map(|until| {
            let clock = scene.clock(until);
            if scene.policy().is_some_and(|policy| notice.is_unread(policy)) {
                (scene.words.panel.second.else_prepared)(&clock)
            } else {
                (room.else_out)(&clock, &scene.people())
            }
        }),
        acts: Some(acts),
        write,
        ..plain
    }
}

/// What somebody wrote waits for a second person; what the plan has prepared goes on meanwhile.
fn second<'a>(scene: &'a Scene, proposed: &Proposed, plain: Light<'a>) -> Light<'a> {
    let (incident, words) = (scene.incident(), &scene.words.panel.second);
    let kind = proposed.proposal.kind();
    let label = kind.label(scene.language);
    let own = proposed.by == scene.me;
    let pending = incident.pending();
    let until = pending.and_then(|notice| Some((notice, notice.publish_at()?)));
    let texts = proposed.proposal.texts().cloned().unwrap_or_default();
    let acts = pending.map(|notice| Acts {
        number: notice.number,
        seen: seen(notice),
        release: false,
        hold: until.is_some() && scene.may(Permission::Writer),
        veto: false,
    });
    Light {
        head: if own { (words.own)(label) } else { (words.head)(label) },
        clock: until.map(|(notice, at)| seconds(scene, notice, at)),
        quotes: match &proposed.proposal {
            Proposal::Write(Writing { next_update: Some(next), .. }) => {
                let next = Some(*next);
                quoted(scene, fill(&scene.case.handbook, incident, &texts, next, scene.now))
            }
            _ => quotes(scene, kind, &texts, scene.now),
        },
        asides: match &proposed.proposal {
            Proposal::Write(Writing { next_update: next @ Some(_), passages, .. }) => {
                asides(scene, kind, passages, *next, scene.now)
            }
            other => added(scene, kind, other.passages(), scene.now),
        },
        otherwise: Some(match until {
            Some((_, at)) => (words.else_prepared)(&scene.clock(at)),
            None => words.else_nothing.to_owned(),
        }),
        acts,
        write: (own && scene.may(Permission::Writer)).then(|| {
            (
                scene.path(&format!("/write/{}#editor", Slot::from(&proposed.proposal))),
                scene.words.room.edit,
            )
        }),
        by: Some((words.by)(&scene.who(&proposed.by), &scene.dated(proposed.at))),
        asks: decisions(scene, proposed, own),
        ..plain
    }
}

fn decisions(scene: &Scene, proposed: &Proposed, own: bool) -> Vec<String> {
    let words = &scene.words.panel.second;
    if own || !scene.may(Permission::Approver) {
        return vec![];
    }
    let rest = format!("/proposal/{}", proposed.seq);
    let back = scene.ask(&rest, "back", words.back).line("reason", words.why).needed();
    vec![scene.ask(&rest, "approve", words.approve).main().html(), back.html()]
}

fn recovered<'a>(scene: &'a Scene, plain: Light<'a>) -> Light<'a> {
    let (incident, handbook) = (scene.incident(), &scene.case.handbook);
    let texts = handbook.plans.get(&incident.plan).and_then(|plan| plan.texts.get(&Kind::AllClear));
    let by_itself = next_notice(handbook, incident)
        .and_then(|(at, due)| (due == model::incident::Due::AllClear).then_some(at));
    let room = &scene.words.room;
    Light {
        quotes: texts
            .map(|texts| quotes(scene, Kind::AllClear, texts, scene.now))
            .unwrap_or_default(),
        asides: added(scene, Kind::AllClear, &Passages::new(), scene.now),
        otherwise: by_itself.map(|at| (room.else_out)(&scene.clock(at), &scene.people())),
        all_clear: scene.may(Permission::Approver),
        write: scene
            .may(Permission::Writer)
            .then(|| (scene.path("/write/all-clear#editor"), room.edit)),
        ..plain
    }
}

/// What stands for a notice in a form: it changes with every letter of it.
pub(super) fn seen(notice: &Notice) -> String {
    let said = (&notice.texts, &notice.passages);
    let json = serde_json::to_string(&said).unwrap_or_default();
    PublicId::derive(&["seen", &json]).to_string()
}

fn quotes(scene: &Scene, kind: Kind, texts: &Texts, at: Timestamp) -> Vec<Quote> {
    quoted(scene, fill_as_of(&scene.case.handbook, scene.incident(), kind, texts, at))
}

fn added(scene: &Scene, kind: Kind, written: &Passages, at: Timestamp) -> Vec<Aside> {
    let next = promise_for(&scene.case.handbook, scene.incident(), kind, at);
    asides(scene, kind, written, next, at)
}

/// In the reader's language first.
fn quoted(scene: &Scene, filled: Texts) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = filled
        .into_iter()
        .map(|(language, text)| {
            let body = text.lines(language);
            Quote { tag: language.tag(), headline: text.headline, body }
        })
        .collect();
    quotes.sort_by_key(|quote| quote.tag != scene.language.tag());
    quotes
}

/// The dial of a hold time: sixty strokes for the whole of it.
fn seconds(scene: &Scene, notice: &Notice, until: Timestamp) -> Clock {
    let hold = scene.policy().map(|policy| policy.hold).unwrap_or_default();
    let left = until.since(scene.now);
    let exact = scene.zone().digits(until, true);
    debug_assert!(notice.is_pending());
    Clock {
        dial: countdown(left, hold),
        digits: exact,
        iso: scene.zone().iso(until),
        until: until.0 / 1000,
        whole: hold.micros() / 1000,
    }
}

/// The dial of a promise, which matches the clock on the wall.
fn minutes(scene: &Scene, incident: &Incident, at: Timestamp) -> Clock {
    let from = incident.published().next_back().and_then(|notice| match notice.phase {
        Phase::Published { at, .. } => Some(at),
        _ => None,
    });
    Clock {
        dial: Dial::of(from.unwrap_or(scene.now), scene.now, at, scene.zone()),
        digits: scene.zone().digits(at, false),
        iso: scene.zone().iso(at),
        until: at.0 / 1000,
        whole: 0,
    }
}
