//! What other programs report, in whatever order and however often it comes.

use model::intake::{LATE, Report, Subject, look};
use model::value::{Span, Timestamp};
use model::verdict::Sight;
use proptest::prelude::*;

const START: Timestamp = Timestamp(1_795_524_420_000_000);

fn at(seconds: i64) -> Timestamp {
    Timestamp(START.0 + seconds * 1_000_000)
}

fn down(begun: i64) -> Report {
    Report { is_down: true, begun_at: Some(at(begun)), ..Report::default() }
}

fn up(begun: i64, ended: i64) -> Report {
    let (begun_at, ended_at) = (Some(at(begun)), Some(at(ended)));
    Report { begun_at, ended_at, ..Report::default() }
}

/// Without any moment of its own, as simple programs report.
fn plain(is_down: bool) -> Report {
    Report { is_down, ..Report::default() }
}

fn after(reports: &[(Report, i64)]) -> Subject {
    let mut subject = Subject::default();
    for (report, heard) in reports {
        subject.take(report, at(*heard));
    }
    subject
}

#[test]
fn one_alert_is_believed_and_so_is_its_end() {
    assert!(after(&[(down(0), 1)]).is_down());
    assert!(!after(&[(down(0), 1), (up(0, 60), 61)]).is_down());
    assert!(after(&[(down(0), 1), (up(0, 60), 61), (down(90), 91)]).is_down(), "the next outage");
}

#[test]
fn a_late_report_of_a_fault_that_is_over_does_not_bring_it_back() {
    assert!(!after(&[(down(0), 1), (up(0, 60), 61), (down(0), 62)]).is_down());
    assert!(!after(&[(up(0, 60), 61), (down(0), 62)]).is_down(), "although the end came first");
    let subject = after(&[(down(0), 1), (up(0, 60), 61), (down(90), 91), (up(0, 60), 92)]);
    assert!(subject.is_down(), "nor does a late end end the next one");
}

#[test]
fn an_end_counts_although_the_beginning_was_moved_back_meanwhile() {
    // Two Prometheus servers see it one after the other: Alertmanager then tells the earlier.
    assert!(!after(&[(down(5), 6), (up(0, 60), 61)]).is_down());
}

#[test]
fn an_alert_that_was_only_cut_off_is_believed_again_although_it_began_before_its_end() {
    let late = LATE.as_seconds() as i64;
    let cut = [(down(0), 1), (up(0, 60), 61), (down(0), 61 + late)];
    assert!(!after(&cut).is_down());
    let mut subject = after(&[(down(0), 1), (up(0, 60), 61), (down(0), 62 + late)]);
    assert!(subject.is_down());
    subject.take(&up(0, 70 + late), at(71 + late));
    assert!(!subject.is_down(), "and its end too");
}

#[test]
fn programs_that_tell_no_time_are_taken_in_the_order_in_which_they_speak() {
    let words = [true, true, false, false, true, false];
    let mut subject = Subject::default();
    for (second, is_down) in (0..).zip(words) {
        subject.take(&plain(is_down), at(second));
        assert_eq!(subject.is_down(), is_down, "word {second}");
    }
    let subject = after(&[(plain(true), 10), (plain(true), 300)]);
    assert_eq!(look([&subject], at(300), at(300)).since, Some(at(10)), "repeating changes nothing");
}

#[test]
fn a_clock_that_is_wrong_neither_hides_an_outage_nor_keeps_one() {
    for skew in [-7200, -60, 60, 7200] {
        let mut subject = after(&[(down(skew), 1), (up(skew, skew + 60), 61)]);
        assert!(!subject.is_down(), "{skew}");
        subject.take(&down(skew + 300), at(301));
        assert!(subject.is_down(), "{skew}");
        subject.take(&up(skew + 300, skew + 360), at(361));
        assert!(!subject.is_down(), "{skew}");
    }
    let never = i64::MAX / 1_000_000 - START.0 / 1_000_000 - 1;
    let mut subject = after(&[(down(never), 1)]);
    assert!(subject.is_down());
    subject.take(&up(never, never), at(60));
    assert!(!subject.is_down());
    subject.take(&down(70), at(71));
    assert!(subject.is_down());
}

#[test]
fn the_outage_is_told_from_where_the_alert_began_unless_that_cannot_be() {
    let day = 24 * 3600;
    for (begun, told) in [(-600, -600), (-day, -day), (-day - 1, 0), (1, 0), (0, 0)] {
        let seen = look([&after(&[(down(begun), 0)])], at(0), at(0));
        assert_eq!((seen.sight, seen.since), (Sight::Failed, Some(at(told))), "{begun}");
    }
}

#[test]
fn several_alerts_are_down_while_any_of_them_is() {
    let one = after(&[(down(0), 1)]);
    let two = after(&[(Report { detail: "two".into(), ..down(9) }, 10)]);
    let over = after(&[(down(0), 1), (up(0, 9), 10)]);
    assert_eq!(look([&one, &two, &over], at(10), at(10)).since, Some(at(0)));
    let seen = look([&over, &two], at(10), at(10));
    assert_eq!((seen.sight, seen.since, seen.detail.as_str()), (Sight::Failed, Some(at(9)), "two"));
    let seen = look([&over, &over], at(3), at(10));
    assert_eq!((seen.sight, seen.at), (Sight::Good, at(3)));
}

/// The reports of a few outages after each other, each said once or more, and an order.
fn stories() -> impl Strategy<Value = (Vec<Report>, Vec<Report>, bool)> {
    let outages = prop::collection::vec((1..20_i64, 1..20_i64, any::<bool>()), 1..5);
    let told = outages.prop_map(|outages| {
        let (mut clock, mut reports, mut last_is_open) = (0, Vec::new(), false);
        let count = outages.len();
        for (number, (pause, length, ends)) in outages.into_iter().enumerate() {
            clock += pause;
            reports.push(down(clock));
            last_is_open = number + 1 == count && !ends;
            if !last_is_open {
                reports.push(up(clock, clock + length));
                clock += length;
            }
        }
        (reports, last_is_open)
    });
    told.prop_flat_map(|(reports, is_open)| {
        let whole = reports.clone();
        let again = prop::collection::vec(prop::sample::select(reports.clone()), 0..6);
        let mixed = again
            .prop_flat_map(move |again| Just([reports.clone(), again].concat()).prop_shuffle());
        (Just(whole), mixed, Just(is_open))
    })
}

fn cases() -> u32 {
    std::env::var("NOTLICHT_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(100_000)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn in_whatever_order_and_however_often_reports_come_the_same_is_believed_in_the_end(
        (story, mixed, is_open) in stories()
    ) {
        // All within the time in which late ones are expected.
        let heard = |reports: &[Report]| {
            let times = reports.iter().cloned().zip(200..);
            after(&times.collect::<Vec<_>>())
        };
        let (straight, crooked) = (heard(&story), heard(&mixed));
        prop_assert_eq!(straight.is_down(), is_open);
        prop_assert_eq!((straight.down_at, straight.up_at), (crooked.down_at, crooked.up_at));
        prop_assert!(LATE > Span::seconds(mixed.len() as u64));
    }
}
