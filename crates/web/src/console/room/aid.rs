//! Outside partners: when they were called, what they were told, what they answer, when they say
//! more.

use askama::Template;
use model::handbook::people::Partner;
use model::incident::{Aid, Answer, Help, Helper, callout, helpers};
use model::value::{Key, Phone};

use super::ask::Ask;
use super::scene::Scene;

/// Something that a partner said.
struct Said {
    text: String,
    more: String,
}

/// A partner.
struct Row {
    id: String,
    name: String,
    what: String,
    shape: &'static str,
    state: &'static str,
    lines: Vec<String>,
    /// When they wanted to say more, where that has passed.
    late: Option<String>,
    answers: Vec<Said>,
    /// Heading and text of what they were told, or are to be told.
    told: Option<(&'static str, String)>,
    /// The number to dial, and how it is said.
    phone: Option<(String, String)>,
    asks: Vec<String>,
}

#[derive(Template)]
#[template(path = "console/room/partners.html")]
struct Partners {
    head: &'static str,
    none: &'static str,
    more: &'static str,
    rows: Vec<Row>,
    /// Those whom neither the plan names nor anybody called.
    others: Vec<Row>,
}

pub(super) fn html(scene: &Scene) -> askama::Result<String> {
    let words = &scene.words.panel.aid;
    let all = helpers(&scene.case.handbook, scene.incident(), scene.now);
    let (rows, others): (Vec<&Helper>, Vec<&Helper>) = all.iter().partition(|one| one.near);
    let row = |helper: &Helper| row(scene, helper);
    Partners {
        head: words.head,
        none: words.none,
        more: words.more,
        rows: rows.into_iter().filter_map(row).collect(),
        others: others.into_iter().filter_map(row).collect(),
    }
    .render()
}

fn row(scene: &Scene, helper: &Helper) -> Option<Row> {
    let words = &scene.words.panel.aid;
    let partner = scene.case.handbook.partners.get(&helper.partner)?;
    let aid = helper.aid.as_ref();
    let back = aid.and_then(|aid| aid.answers.last()).and_then(|last| last.back_at);
    let late = back.filter(|_| helper.state == Help::Late);
    let (shape, state) = match helper.state {
        Help::NotCalled => ("open", words.not_called),
        Help::Late => ("degraded", words.late),
        Help::Called => ("now", words.called),
        Help::Answered => ("operational", words.answered),
    };
    let mut lines = Vec::new();
    lines.extend(aid.and_then(|aid| called(scene, aid)));
    let ended = aid.and_then(|aid| aid.revoked_at);
    lines.extend(ended.map(|at| (words.revoked)(&scene.dated(at))));
    if let (None, Some(span)) = (aid, partner.response) {
        lines.push((words.response)(&(scene.words.span)(span.as_seconds())));
    }
    Some(Row {
        id: format!("partner-{}", partner.key),
        name: scene.name(&partner.key),
        what: partner.what.get(scene.language).to_owned(),
        shape,
        state,
        lines,
        late: late.map(|at| (words.back_late)(&scene.dated(at))),
        answers: aid
            .map(|aid| aid.answers.iter().map(|one| said(scene, one)).collect())
            .unwrap_or_default(),
        told: told(scene, partner, aid),
        phone: phone(scene, &partner.key),
        asks: if scene.acts() { asks(scene, &partner.key, aid) } else { vec![] },
    })
}

fn called(scene: &Scene, aid: &Aid) -> Option<String> {
    let words = &scene.words.panel.aid;
    let at = scene.dated(aid.called_at?);
    let ways = scene.list(aid.channels.iter().map(Key::to_string));
    Some(if aid.channels.is_empty() {
        (words.phoned_at)(&at)
    } else {
        (words.called_at)(&at, &ways)
    })
}

fn said(scene: &Scene, answer: &Answer) -> Said {
    let words = &scene.words.panel.aid;
    let ticket = (!answer.ticket.is_empty()).then(|| (words.ticket_is)(&answer.ticket));
    let back = answer.back_at.map(|at| (words.back_at)(&scene.dated(at)));
    let by = (words.said_at)(&scene.who(&answer.by), &scene.dated(answer.at));
    let more = [Some(by), ticket, back].into_iter().flatten().collect::<Vec<_>>();
    Said { text: answer.said.clone(), more: more.join(" · ") }
}

fn told(scene: &Scene, partner: &Partner, aid: Option<&Aid>) -> Option<(&'static str, String)> {
    let words = &scene.words.panel.aid;
    match aid.filter(|aid| aid.called_at.is_some()) {
        Some(aid) => Some((words.told, aid.told.get(scene.language).to_owned())),
        None => {
            let text = partner.callout.as_ref()?.get(scene.language);
            let me = |hole: &str| (hole == "caller").then(|| scene.who(&scene.me));
            let (handbook, incident) = (&scene.case.handbook, scene.incident());
            let say = callout(handbook, incident, partner, text, scene.language, me);
            Some((words.say, say))
        }
    }
}

fn phone(scene: &Scene, key: &Key) -> Option<(String, String)> {
    let shown = scene.phone(key)?;
    let dialled = shown.parse::<Phone>().ok()?;
    Some((format!("tel:{dialled}"), (scene.words.panel.aid.phone)(shown)))
}

fn asks(scene: &Scene, key: &Key, aid: Option<&Aid>) -> Vec<String> {
    let words = &scene.words.panel.aid;
    let rest = format!("/partner/{key}");
    let ask = |act, label| scene.ask(&rest, act, label).about(format!("partner-{key}-h"));
    let call = if aid.is_some() { words.call_again } else { words.call };
    let answer = ask("answer", words.answer)
        .area("said", words.said, "")
        .needed()
        .line("ticket", words.ticket)
        .time("back", words.back)
        .button(scene.words.panel.save);
    let mut asks = vec![ask("call", call), ask("phone", words.phoned), answer];
    // They have a link that still opens the incident.
    if aid.is_some_and(|aid| aid.called_at.is_some() && aid.revoked_at.is_none()) {
        asks.push(ask("revoke", words.revoke).warned(words.revoke_hint).button(words.revoke));
    }
    asks.into_iter().map(Ask::html).collect()
}
