//! Whom each notice has reached, as a picture: solid, dotted, hatched and empty areas.

use askama::Template;
use engine::reach::{Reached, Way};
use model::dispatch::Tally;
use model::permission::Permission;

use super::Scene;

/// One bar. Widths are hundredths of a percent, so that no rounding leaves a gap.
struct Bar {
    name: String,
    accepted: Piece,
    unsure: Piece,
    refused: Piece,
    said: String,
    counting: bool,
    taken_over: bool,
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
    bars: Vec<Bar>,
    correct: Option<String>,
}

#[derive(Template)]
#[template(path = "console/room/reach.html")]
struct Reach<'a> {
    scene: &'a Scene,
    notices: Vec<Told>,
}

pub(super) fn html(scene: &Scene) -> askama::Result<String> {
    let notices = scene.reach.iter().map(|reached| told(scene, reached)).collect();
    Reach { scene, notices }.render()
}

fn told(scene: &Scene, reached: &Reached) -> Told {
    let room = &scene.words.room;
    let writes = scene.incident().is_open() && scene.may(Permission::Writer);
    Told {
        number: reached.number,
        head: headline(scene, reached.number),
        at: scene.moment(reached.at),
        iso: scene.zone().iso(reached.at),
        reached: (room.reached)(
            &(room.count)(reached.sum.accepted),
            &(room.count)(reached.sum.planned),
        ),
        bars: reached.ways.iter().map(|way| bar(scene, way)).collect(),
        correct: writes
            .then(|| scene.path(&format!("/write/correction-{}#editor", reached.number))),
    }
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

fn bar(scene: &Scene, way: &Way) -> Bar {
    let handbook = &scene.case.handbook;
    let audience = handbook.audiences.get(&way.audience);
    let title = audience.map_or(way.audience.as_str(), |one| one.title.get(scene.language));
    let tally = way.tally;
    let shares = shares(tally);
    let mut x = 0;
    let mut piece = |width: u64| {
        let drawn = Piece { x: percent(x), width: percent(width) };
        x += width;
        drawn
    };
    Bar {
        name: format!("{title} · {}", way.channel),
        accepted: piece(shares[0]),
        unsure: piece(shares[1]),
        refused: piece(shares[2]),
        said: said(scene, tally),
        counting: !way.counted,
        taken_over: way.taken_over,
    }
}

fn said(scene: &Scene, tally: Tally) -> String {
    let room = &scene.words.room;
    let all = [
        (tally.planned, room.planned),
        (tally.accepted, room.accepted),
        (tally.unsure, room.unsure),
        (tally.refused + tally.gone, room.not_taken),
        (tally.open, room.waiting),
        (tally.passed, room.passed),
    ];
    let shown = all.into_iter().enumerate().filter(|(at, (count, _))| *at < 2 || *count > 0);
    shown.map(|(_, (count, say))| say(&(room.count)(count))).collect::<Vec<_>>().join(", ")
}

/// What is accepted, unsure and refused of the whole, in hundredths of a percent. Whatever there
/// is can be seen: it gets at least one percent.
fn shares(tally: Tally) -> [u64; 3] {
    let whole = tally.planned.max(1);
    let share = |count: u64| match count {
        0 => 0,
        some => (some * 10_000 / whole).max(100),
    };
    let (unsure, refused) = (share(tally.unsure), share(tally.refused + tally.gone));
    [share(tally.accepted).min(10_000_u64.saturating_sub(unsure + refused)), unsure, refused]
}

fn percent(hundredths: u64) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_refusal_among_a_million_can_be_seen_and_no_bar_is_too_long() {
        let tally = Tally { planned: 1_000_000, accepted: 999_999, refused: 1, ..Tally::default() };
        assert_eq!(shares(tally), [9900, 0, 100]);
        assert_eq!(shares(Tally::default()), [0, 0, 0]);
        let all = Tally { planned: 3, accepted: 3, ..Tally::default() };
        assert_eq!(percent(shares(all)[0]), "100.00%");
    }
}
