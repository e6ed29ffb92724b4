use model::handbook::rota::{Instead, Rota, Shift};
use model::language::{Localized, Zone};
use model::value::{Key, Span, Timestamp, Wall};
use proptest::prelude::*;

fn key(text: &str) -> Key {
    text.parse().unwrap()
}

fn wall(day: &str, hour: u8) -> Wall {
    Wall::new(day.parse().unwrap(), hour, 0, 0).unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn berlin() -> Zone {
    Zone::named("Europe/Berlin").unwrap()
}

/// Weeks that begin on Mondays at nine, from 5 October 2026 on.
fn weekly() -> Rota {
    Rota {
        key: key("technik"),
        title: Localized::default(),
        people: ["anna", "ben", "cem"].map(key).to_vec(),
        starts: wall("2026-10-05", 9),
        turn: Span::days(7),
        instead: Vec::new(),
    }
}

#[test]
fn whoever_takes_over_at_nine_does_so_at_nine_also_when_the_clocks_change() {
    let rota = weekly();
    let on_call = |moment| rota.on_call(at(moment), &berlin()).map(Key::as_str);
    assert_eq!(on_call("2026-10-05T08:59:59+02:00"), None);
    assert_eq!(on_call("2026-10-05T09:00:00+02:00"), Some("anna"));
    assert_eq!(on_call("2026-10-12T08:59:59+02:00"), Some("anna"));
    assert_eq!(on_call("2026-10-12T09:00:00+02:00"), Some("ben"));
    // The clocks go back on 25 October.
    assert_eq!(on_call("2026-10-26T08:59:59+01:00"), Some("cem"));
    assert_eq!(on_call("2026-10-26T09:00:00+01:00"), Some("anna"));
    // And forward on 28 March.
    assert_eq!(on_call("2027-03-29T08:59:59+02:00"), Some("anna"));
    assert_eq!(on_call("2027-03-29T09:00:00+02:00"), Some("ben"));
}

#[test]
fn in_the_hour_that_comes_twice_nobody_is_relieved_twice() {
    let rota = Rota { starts: wall("2026-10-24", 2), turn: Span::days(1), ..weekly() };
    let zone = berlin();
    let shifts = rota.shifts(at("2026-10-24T22:00:00Z"), at("2026-10-25T22:00:00Z"), &zone);
    let people: Vec<_> = shifts.iter().map(|shift| shift.person.as_str()).collect();
    assert_eq!(people, ["anna", "ben"]);
    assert_eq!(shifts[1].from, at("2026-10-25T02:00:00+02:00"), "the first of the two");
}

#[test]
fn whoever_steps_in_is_called_for_just_that_time() {
    let instead = |person, from, until| Instead { person: key(person), from, until };
    let rota = Rota {
        instead: vec![
            instead("dana", wall("2026-10-07", 9), wall("2026-10-09", 9)),
            instead("eva", wall("2026-10-08", 9), wall("2026-10-08", 21)),
        ],
        ..weekly()
    };
    let zone = berlin();
    let shifts = rota.shifts(at("2026-10-05T07:00:00Z"), at("2026-10-13T07:00:00Z"), &zone);
    let said: Vec<_> = shifts
        .iter()
        .map(|Shift { person, from, .. }| format!("{person} {}", zone.wall(*from)))
        .collect();
    assert_eq!(
        said,
        [
            "anna 2026-10-05T09:00:00",
            "dana 2026-10-07T09:00:00",
            "eva 2026-10-08T09:00:00",
            "dana 2026-10-08T21:00:00",
            "anna 2026-10-09T09:00:00",
            "ben 2026-10-12T09:00:00",
        ]
    );
}

proptest! {
    #[test]
    fn the_list_of_shifts_says_the_same_as_asking_at_any_moment(
        hours in 1_u64..400,
        days in 0_u32..400,
        hour in 0_u8..24,
        ask in 0_u64..60 * 24 * 400,
        swap in proptest::option::of((0_u32..400, 1_u64..200)),
    ) {
        let zone = berlin();
        let day = |days| "2026-03-01".parse::<model::value::Day>().unwrap().plus_days(days);
        let starts = Wall::new(day(days), hour, 30, 0).unwrap();
        let instead = swap.map(|(days, hours)| {
            let from = Wall::new(day(days), 12, 0, 0).unwrap();
            Instead { person: key("dana"), from, until: from.plus(Span::minutes(60 * hours)) }
        });
        let turn = Span::minutes(60 * hours);
        let rota = Rota { starts, turn, instead: instead.into_iter().collect(), ..weekly() };
        let begin = at("2026-03-01T00:00:00Z");
        let asked = begin.after(Span::minutes(ask));
        let shifts = rota.shifts(begin, begin.after(Span::days(401)), &zone);
        let listed = shifts.iter().find(|shift| shift.from <= asked && asked < shift.until);
        prop_assert_eq!(listed.map(|shift| &shift.person), rota.on_call(asked, &zone));
        for pair in shifts.windows(2) {
            prop_assert!(pair[0].until <= pair[1].from);
            prop_assert!(pair[0].person != pair[1].person || pair[0].until < pair[1].from);
        }
    }
}
