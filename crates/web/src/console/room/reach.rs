//! Whom each notice has reached, as a picture: solid, dotted, hatched and empty areas.

use askama::Template;
use engine::reach::{Reached, Way};
use model::permission::Permission;
use model::reach::Sum;
use model::value::Key;

use super::Scene;

mod chart;

use chart::chart;

/// One bar. Widths are hundredths of a percent, so that no rounding leaves a gap.
struct Bar {
    name: String,
    accepted: Piece,
    unsure: Piece,
    refused: Piece,
    passed: Piece,
    said: String,
    counting: bool,
    taken_over: bool,
    /// An audience over all its channels.
    whole: bool,
}

/// A figure of the sum, and what it looks like in the bars.
struct Figure {
    label: &'static str,
    count: String,
    /// The attribute of the square beside it, and its value.
    key: Option<(&'static str, &'static str)>,
}

struct Piece {
    x: String,
    width: String,
}

struct Told {
    number: u32,
    head: String,
    at: String,
    iso: String,
    reached: String,
    figures: Vec<Figure>,
    /// The drawing of the curve, where this is the newest notice.
    chart: Option<String>,
    /// Else what it shows, in words.
    said: Option<String>,
    bars: Vec<Bar>,
    correct: Option<String>,
    /// How many do not have it, and where their list is for who may see it.
    missing: Option<(String, Option<String>)>,
}

#[derive(Template)]
#[template(path = "console/room/reach.html")]
struct Reach<'a> {
    scene: &'a Scene,
    notices: Vec<Told>,
}

pub(super) fn html(scene: &Scene) -> askama::Result<String> {
    let all = scene.reach.iter().enumerate();
    let notices = all.map(|(at, reached)| told(scene, reached, at == 0));
    let notices = notices.collect::<askama::Result<Vec<Told>>>()?;
    Reach { scene, notices }.render()
}

fn told(scene: &Scene, reached: &Reached, newest: bool) -> askama::Result<Told> {
    let room = &scene.words.room;
    let writes = scene.incident().is_open() && scene.may(Permission::Writer);
    let chart = if newest { chart(scene, reached) } else { None };
    let chart = chart.map(|chart| chart.render()).transpose()?;
    let sum = reached.sum;
    Ok(Told {
        number: reached.number,
        head: headline(scene, reached.number),
        at: scene.moment(reached.at),
        iso: scene.zone().iso(reached.at),
        reached: (room.reached)(&(room.count)(sum.accepted), &(room.count)(sum.planned)),
        figures: if newest { figures(scene, sum) } else { vec![] },
        said: (chart.is_none() && sum.accepted > 0).then(|| chart::said(scene, reached)),
        chart,
        bars: bars(scene, reached),
        correct: writes
            .then(|| scene.path(&format!("/write/correction-{}#editor", reached.number))),
        missing: missing(scene, reached),
    })
}

/// The sum in figures; what is nought is left out, but for the first two.
fn figures(scene: &Scene, sum: Sum) -> Vec<Figure> {
    let words = scene.words.reach;
    let figure =
        |label, count, key| (count, Figure { label, count: (scene.words.room.count)(count), key });
    let (refused, unsure) = (("fill", "url(#p-ref)"), ("fill", "url(#p-uns)"));
    let (accepted, open) = (("class", "r-accepted"), ("class", "r-open"));
    let all = [
        figure(words.planned, sum.planned, None),
        figure(words.accepted, sum.accepted, Some(accepted)),
        figure(words.open, sum.open, Some(open)),
        figure(words.unsure, sum.unsure, Some(unsure)),
        figure(words.refused, sum.refused, Some(refused)),
        figure(words.gone, sum.gone, Some(refused)),
        figure(words.taken_over, sum.taken_over, Some(open)),
    ];
    let shown = all.into_iter().enumerate().filter(|(at, (count, _))| *at < 2 || *count > 0);
    shown.map(|(_, (_, figure))| figure).collect()
}

fn missing(scene: &Scene, reached: &Reached) -> Option<(String, Option<String>)> {
    let count = reached.sum.planned - reached.sum.accepted;
    let said = (scene.words.reach.have_not)(&(scene.words.room.count)(count));
    let list = || scene.path(&format!("/notice/{}/unreached.csv", reached.number));
    (count > 0).then(|| (said, scene.may(Permission::SEES_ADDRESSES).then(list)))
}

/// The ways of each audience, and all of them together where there are several.
fn bars(scene: &Scene, reached: &Reached) -> Vec<Bar> {
    let mut bars = Vec::new();
    for audience in &reached.audiences {
        let name = title(scene, &audience.key);
        let ways: Vec<&Way> =
            reached.ways.iter().filter(|way| way.audience == audience.key).collect();
        if ways.len() > 1 && audience.sum.planned > 0 {
            let name = format!("{name} · {}", scene.words.reach.all_ways);
            bars.push(Bar { whole: true, ..bar(scene, name, audience.sum, 0) });
        }
        bars.extend(ways.into_iter().map(|way| way_bar(scene, &name, way)));
    }
    bars
}

fn headline(scene: &Scene, number: u32) -> String {
    let notice = scene.incident().notice(number);
    let texts = notice.and_then(|notice| match &notice.phase {
        model::incident::Phase::Published { texts, .. } => Some(texts),
        _ => None,
    });
    let text = texts.and_then(|texts| texts.get(&scene.language).or(texts.values().next()));
    let kind = notice.map_or("", |notice| notice.kind.label(scene.language));
    text.map_or_else(String::new, |text| format!("{kind}: {}", text.headline))
}

fn title(scene: &Scene, audience: &Key) -> String {
    let found = scene.case.handbook.audiences.get(audience);
    found.map_or(audience.as_str(), |one| one.title.get(scene.language)).to_owned()
}

fn way_bar(scene: &Scene, audience: &str, way: &Way) -> Bar {
    Bar {
        counting: !way.counted,
        taken_over: way.taken_over,
        ..bar(scene, format!("{audience} · {}", way.channel), way.sum(), way.tally.passed)
    }
}

fn bar(scene: &Scene, name: String, sum: Sum, passed: u64) -> Bar {
    let shares = shares(sum, passed);
    let mut x = 0;
    let mut piece = |width: u64| {
        let drawn = Piece { x: percent(x), width: percent(width) };
        x += width;
        drawn
    };
    Bar {
        name,
        accepted: piece(shares[0]),
        unsure: piece(shares[1]),
        refused: piece(shares[2]),
        passed: piece(shares[3]),
        said: said(scene, sum, passed),
        counting: false,
        taken_over: false,
        whole: false,
    }
}

fn said(scene: &Scene, sum: Sum, passed: u64) -> String {
    let room = &scene.words.room;
    let all = [
        (sum.planned, room.planned),
        (sum.accepted, room.accepted),
        (sum.unsure, room.unsure),
        (sum.refused + sum.gone, room.not_taken),
        (sum.open + sum.taken_over, room.waiting),
        (passed, room.passed),
    ];
    let shown = all.into_iter().enumerate().filter(|(at, (count, _))| *at < 2 || *count > 0);
    shown.map(|(_, (count, say))| say(&(room.count)(count))).collect::<Vec<_>>().join(", ")
}

/// What is accepted, unsure, refused and passed on of the whole, in hundredths of a percent.
/// Whatever there is can be seen: it gets at least one percent.
fn shares(sum: Sum, passed: u64) -> [u64; 4] {
    let whole = sum.planned.max(1);
    let share = |count: u64| match count {
        0 => 0,
        some => (some * 10_000 / whole).max(100),
    };
    let (unsure, refused) = (share(sum.unsure), share(sum.refused + sum.gone));
    let accepted = share(sum.accepted).min(10_000_u64.saturating_sub(unsure + refused));
    let passed = share(passed).min(10_000_u64.saturating_sub(accepted + unsure + refused));
    [accepted, unsure, refused, passed]
}

fn percent(hundredths: u64) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_refusal_among_a_million_can_be_seen_and_no_bar_is_too_long() {
        let sum = Sum { planned: 1_000_000, accepted: 999_999, refused: 1, ..Sum::default() };
        assert_eq!(shares(sum, 0), [9900, 0, 100, 0]);
        assert_eq!(shares(Sum::default(), 0), [0, 0, 0, 0]);
        let all = Sum { planned: 3, accepted: 3, ..Sum::default() };
        assert_eq!(percent(shares(all, 0)[0]), "100.00%");
        assert_eq!(shares(all, 3)[3], 0);
    }
}
