//! Delivery: nobody is lost, whatever breaks off and whenever.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;

use model::dispatch::{Next, Outcome, Pace, Shard, Walk};
use model::value::{Span, Timestamp};
use proptest::prelude::*;

const WINDOW: usize = 16;

/// What the world does with one attempt, and whether the process dies around it.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Accepted,
    Refused,
    Gone,
    Later,
    /// It arrived, and the answer was lost.
    ArrivedUnknown,
    /// It did not arrive, and the answer was lost.
    VanishedUnknown,
    ChannelDown,
    /// The process dies before the call.
    DiesBefore,
    /// The process dies after the other side took it, before the result is stored.
    DiesAfter,
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        12 => Just(Fate::Accepted),
        1 => Just(Fate::Refused),
        1 => Just(Fate::Gone),
        2 => Just(Fate::Later),
        1 => Just(Fate::ArrivedUnknown),
        1 => Just(Fate::VanishedUnknown),
        1 => Just(Fate::ChannelDown),
        1 => Just(Fate::DiesBefore),
        1 => Just(Fate::DiesAfter),
    ]
}

/// The world: counts who got it, and keeps what survives a crash.
struct World {
    disk: Shard,
    inbox: BTreeMap<u16, u32>,
    crashes: u32,
    now: Timestamp,
    pace: Pace,
}

impl World {
    fn new(people: u16) -> Self {
        let pace = Pace {
            window: WINDOW,
            first_wait: Span::seconds(1),
            longest_wait: Span::minutes(5),
            give_up_at: Timestamp(i64::MAX),
            fall_back_at: None,
        };
        let disk = Shard::planned(0, (0..people).map(|offset| offset * 3).collect());
        Self { disk, inbox: BTreeMap::new(), crashes: 0, now: Timestamp(0), pace }
    }

    /// One life of the process: until it is done (true) or dies (false).
    fn live(&mut self, fates: &mut impl Iterator<Item = Fate>) -> bool {
        let mut walk = Walk::resume(self.disk.clone(), self.pace);
        loop {
            match walk.next(self.now) {
                Next::Done => {
                    self.disk = walk.shard().clone();
                    return true;
                }
                Next::Wait(until) => {
                    assert!(until > self.now, "waiting leads on");
                    self.now = until;
                }
                Next::FallBack => panic!("there is no other channel"),
                Next::Busy => panic!("nothing is in flight between windows here"),
                Next::Send(offsets) => {
                    assert!(!offsets.is_empty() && walk.in_flight() <= WINDOW);
                    self.disk = walk.shard().clone();
                    for offset in offsets {
                        if !self.attempt(&mut walk, offset, fates) {
                            self.crashes += 1;
                            return false;
                        }
                    }
                    self.disk = walk.shard().clone();
                }
            }
        }
    }

    fn attempt(
        &mut self,
        walk: &mut Walk,
        offset: u16,
        fates: &mut impl Iterator<Item = Fate>,
    ) -> bool {
        let reason = String::new;
        let outcome = match fates.next().unwrap_or(Fate::Accepted) {
            Fate::DiesBefore => return false,
            Fate::DiesAfter => {
                *self.inbox.entry(offset).or_default() += 1;
                return false;
            }
            Fate::Accepted => {
                *self.inbox.entry(offset).or_default() += 1;
                Outcome::Accepted { receipt: reason() }
            }
            Fate::ArrivedUnknown => {
                *self.inbox.entry(offset).or_default() += 1;
                Outcome::Unknown { reason: reason() }
            }
            Fate::VanishedUnknown => Outcome::Unknown { reason: reason() },
            Fate::Refused => Outcome::Refused { reason: reason() },
            Fate::Gone => Outcome::Gone { reason: reason() },
            Fate::Later => Outcome::Later { after: Span::seconds(3), reason: reason() },
            Fate::ChannelDown => Outcome::ChannelDown { after: Span::seconds(9), reason: reason() },
        };
        walk.take(offset, &outcome, self.now);
        true
    }
}

/// 100,000 where optimised; fewer where a debug build would take minutes.
fn cases() -> u32 {
    std::env::var("NOTLICHT_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(100_000)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn nobody_is_lost_whatever_breaks_off_and_whenever(
        people in 1_u16..60,
        fates in prop::collection::vec(fate(), 0..90),
    ) {
        let mut world = World::new(people);
        let mut fates = fates.into_iter();
        while !world.live(&mut fates) {}
        let shard = &world.disk;
        for offset in shard.planned.iter() {
            let got = world.inbox.get(&offset).copied().unwrap_or(0);
            prop_assert!(shard.is_settled(offset), "{} is settled", offset);
            if shard.accepted.contains(offset) {
                prop_assert!(got >= 1, "{} is said to have it and has it", offset);
            }
            // Each crash, and each lost answer, repeats a person at most once.
            prop_assert!(got <= world.crashes + 2, "{} got {}", offset, got);
        }
        let repeats: u32 = world.inbox.values().map(|got| got - 1).sum();
        let doubts = 2 * u32::from(people);
        prop_assert!(repeats <= world.crashes * u32::try_from(WINDOW).unwrap() + doubts);
        prop_assert!(shard.intent.is_empty() && shard.doubted.is_empty());
        prop_assert_eq!(shard.settled, 65_536);
    }
}

fn pace(give_up_at: Timestamp) -> Pace {
    Pace {
        window: 4,
        first_wait: Span::seconds(10),
        longest_wait: Span::seconds(60),
        give_up_at,
        fall_back_at: None,
    }
}

fn walk_of(people: u16, give_up_at: Timestamp) -> Walk {
    Walk::resume(Shard::planned(0, (0..people).collect()), pace(give_up_at))
}

fn unknown() -> Outcome {
    Outcome::Unknown { reason: "cut after the dot".into() }
}

#[test]
fn a_mail_cut_after_the_final_dot_is_repeated_once_and_then_stays_unsure() {
    let mut walk = walk_of(1, Timestamp(i64::MAX));
    let mut now = Timestamp(0);
    let mut sends = 0;
    loop {
        match walk.next(now) {
            Next::Send(offsets) => {
                sends += 1;
                for offset in offsets {
                    walk.take(offset, &unknown(), now);
                }
            }
            Next::Wait(until) => now = until,
            Next::Done => break,
            Next::Busy | Next::FallBack => panic!("nothing is in flight"),
        }
    }
    assert_eq!(sends, 2);
    assert_eq!(walk.shard().tally().unsure, 1);
}

#[test]
fn a_dead_channel_makes_everybody_wait_and_costs_nobody_a_try() {
    let mut walk = walk_of(8, Timestamp(i64::MAX));
    let Next::Send(offsets) = walk.next(Timestamp(0)) else { panic!("four are sent") };
    let down = Outcome::ChannelDown { after: Span::seconds(30), reason: "refused".into() };
    for offset in offsets {
        walk.take(offset, &down, Timestamp(0));
    }
    let until = Timestamp(0).after(Span::seconds(30));
    assert_eq!(walk.next(Timestamp(0)), Next::Wait(until), "one pause, not one for each");
    assert_eq!(walk.next(until), Next::Send(vec![0, 1, 2, 3]));
}

#[test]
fn what_cannot_be_delivered_in_time_is_counted_as_not_reached() {
    let deadline = Timestamp(0).after(Span::minutes(1));
    let mut walk = walk_of(2, deadline);
    let mut now = Timestamp(0);
    let later = Outcome::Later { after: Span::seconds(50), reason: "greylisted".into() };
    loop {
        match walk.next(now) {
            Next::Send(offsets) => {
                for offset in offsets {
                    walk.take(offset, &later, now);
                }
            }
            Next::Wait(until) => now = until,
            Next::Done => break,
            Next::Busy | Next::FallBack => panic!("nothing is in flight"),
        }
    }
    assert_eq!((walk.shard().tally().refused, walk.shard().tally().accepted), (2, 0));
    assert!(now >= deadline, "the last try came after the time was up");
}

#[test]
fn whoever_asked_to_be_left_alone_for_an_hour_is_so_through_a_restart() {
    let mut walk = walk_of(2, Timestamp(i64::MAX));
    assert_eq!(walk.next(Timestamp(0)), Next::Send(vec![0, 1]));
    let later = |seconds| Outcome::Later { after: Span::seconds(seconds), reason: "429".into() };
    walk.take(0, &later(3600), Timestamp(0));
    walk.take(1, &later(20), Timestamp(0));
    let mut walk = Walk::resume(walk.shard().clone(), pace(Timestamp(i64::MAX)));
    let soon = Timestamp(0).after(Span::seconds(20));
    assert_eq!(walk.next(Timestamp(0)), Next::Wait(soon));
    assert_eq!(walk.next(soon), Next::Send(vec![1]), "the first one is left alone");
    let accepted = Outcome::Accepted { receipt: "ok".into() };
    walk.take(1, &accepted, soon);
    assert_eq!(walk.next(soon), Next::Wait(Timestamp(0).after(Span::seconds(3600))));
}

#[test]
fn nobody_waits_for_a_day_because_the_clock_was_turned_back() {
    let tomorrow = Timestamp(0).after(Span::minutes(24 * 60));
    let mut walk = walk_of(2, Timestamp(i64::MAX));
    assert_eq!(walk.next(tomorrow), Next::Send(vec![0, 1]));
    let later = |after| Outcome::Later { after, reason: "450".into() };
    walk.take(0, &later(Span::ZERO), tomorrow);
    walk.take(1, &later(Span::minutes(60)), tomorrow);
    let mut shard = walk.shard().clone();
    shard.later.heed_the_clock(Timestamp(0));
    let mut walk = Walk::resume(shard, pace(Timestamp(i64::MAX)));
    assert_eq!(walk.next(Timestamp(0)), Next::Send(vec![0, 1]), "both waits mean another day");
}

#[test]
fn more_than_a_fifth_put_off_means_that_the_channel_rests() {
    for (put_off, rests) in [(10, false), (11, true)] {
        let calm = Pace { window: 50, ..pace(Timestamp(i64::MAX)) };
        let mut walk = Walk::resume(Shard::planned(0, (0..100).collect()), calm);
        let Next::Send(window) = walk.next(Timestamp(0)) else { panic!("fifty are sent") };
        for offset in window {
            let outcome = if offset < put_off {
                Outcome::Later { after: Span::ZERO, reason: "452".into() }
            } else {
                Outcome::Accepted { receipt: "ok".into() }
            };
            walk.take(offset, &outcome, Timestamp(0));
        }
        assert_eq!(matches!(walk.next(Timestamp(0)), Next::Wait(_)), rests, "{put_off}");
    }
}

#[test]
fn another_channel_gets_exactly_those_whom_this_one_did_not_tell() {
    let at = Timestamp(0).after(Span::seconds(30));
    let pace = Pace { fall_back_at: Some(at), ..pace(Timestamp(i64::MAX)) };
    let mut walk = Walk::resume(Shard::planned(0, (0..8).collect()), pace);
    let Next::Send(offsets) = walk.next(Timestamp(0)) else { panic!("four are sent") };
    let reason = String::new;
    let outcomes = [
        Outcome::Accepted { receipt: reason() },
        Outcome::Gone { reason: reason() },
        Outcome::Refused { reason: reason() },
        Outcome::ChannelDown { after: Span::minutes(9), reason: reason() },
    ];
    for (offset, outcome) in offsets.into_iter().zip(outcomes) {
        walk.take(offset, &outcome, Timestamp(0));
    }
    assert_eq!(walk.next(Timestamp(0)), Next::Wait(at), "it does not wait for the dead channel");
    assert_eq!(walk.next(at), Next::FallBack);
    let passed = walk.fall_back(&[0, 1, 3, 4, 5, 6].into_iter().collect(), at);
    assert_eq!(passed.iter().collect::<Vec<_>>(), [1, 3, 4, 5, 6]);
    let back = Timestamp(0).after(Span::minutes(9));
    assert_eq!(walk.next(at), Next::Wait(back), "one has no other address");
    assert_eq!(walk.next(back), Next::Send(vec![7]));
    walk.take(7, &Outcome::Accepted { receipt: reason() }, back);
    assert_eq!(walk.next(back), Next::Done);
    // A bounce comes later: who was told is passed on too, and nobody twice.
    let mut shard = walk.shard().clone();
    shard.accepted.remove(0);
    shard.gone.insert(0);
    let mut walk = Walk::resume(shard, pace);
    assert_eq!(walk.next(back), Next::FallBack);
    assert_eq!(walk.fall_back(&(0..8).collect(), back).iter().collect::<Vec<_>>(), [0, 2]);
    assert_eq!(walk.next(back), Next::Done);
}

#[test]
fn nobody_is_given_up_by_the_clock_alone() {
    let deadline = Timestamp(0).after(Span::minutes(1));
    let mut walk = walk_of(6, deadline);
    let tomorrow = Timestamp(0).after(Span::minutes(24 * 60));
    assert_eq!(walk.next(tomorrow), Next::Send(vec![0, 1, 2, 3]), "everybody gets a last try");
    let down = Outcome::ChannelDown { after: Span::ZERO, reason: String::new() };
    walk.take(0, &Outcome::Accepted { receipt: String::new() }, tomorrow);
    walk.take(1, &Outcome::Unknown { reason: String::new() }, tomorrow);
    walk.take(2, &down, tomorrow);
    walk.take(3, &Outcome::Accepted { receipt: String::new() }, tomorrow);
    assert_eq!(walk.next(tomorrow), Next::Done, "the last try shows that the channel is dead");
    let tally = walk.shard().tally();
    assert_eq!((tally.accepted, tally.unsure, tally.refused), (2, 1, 3));
}

#[test]
fn whoever_waits_behind_a_silent_relay_is_passed_on_although_some_are_in_its_hands() {
    let at = Timestamp(0).after(Span::seconds(30));
    let pace = Pace { fall_back_at: Some(at), ..pace(Timestamp(i64::MAX)) };
    let mut walk = Walk::resume(Shard::planned(0, (0..8).collect()), pace);
    assert_eq!(walk.next(Timestamp(0)), Next::Send(vec![0, 1, 2, 3]));
    assert_eq!(walk.next(Timestamp(0)), Next::Busy);
    assert_eq!(walk.next(at), Next::FallBack);
    let everybody = (0..8).collect();
    assert_eq!(walk.fall_back(&everybody, at).iter().collect::<Vec<_>>(), [4, 5, 6, 7]);
    assert_eq!(walk.next(at), Next::Busy, "what is in flight may still arrive");
    for offset in 0..3 {
        let down = Outcome::ChannelDown { after: Span::ZERO, reason: "silent".into() };
        walk.take(offset, &down, at);
    }
    walk.take(3, &Outcome::Accepted { receipt: String::new() }, at);
    assert_eq!(walk.next(at), Next::FallBack);
    assert_eq!(walk.fall_back(&everybody, at).iter().collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(walk.next(at), Next::Done);
}

#[test]
fn whoever_a_living_channel_has_not_come_to_stays_with_it() {
    let at = Timestamp(0).after(Span::seconds(30));
    let pace = Pace { fall_back_at: Some(at), ..pace(Timestamp(i64::MAX)) };
    let mut walk = Walk::resume(Shard::planned(0, (0..8).collect()), pace);
    assert_eq!(walk.next(Timestamp(0)), Next::Send(vec![0, 1, 2, 3]));
    let later = Outcome::Later { after: Span::minutes(9), reason: "greylisted".into() };
    walk.take(0, &later, Timestamp(0));
    for offset in 1..4 {
        walk.take(offset, &Outcome::Accepted { receipt: String::new() }, Timestamp(0));
    }
    walk.lives_until(at.after(Span::seconds(30)));
    assert_eq!(walk.next(at), Next::FallBack);
    let everybody = (0..8).collect();
    let passed = walk.fall_back(&everybody, at);
    assert_eq!(passed.iter().collect::<Vec<_>>(), [0], "who was put off for so long");
    assert_eq!(walk.next(at), Next::Send(vec![4, 5, 6, 7]));
}

#[test]
fn whoever_is_taken_back_unsent_is_the_first_to_be_sent_to() {
    let mut walk = walk_of(8, Timestamp(i64::MAX));
    assert_eq!(walk.next(Timestamp(0)), Next::Send(vec![0, 1, 2, 3]));
    walk.recall(2);
    assert!(!walk.shard().intent.contains(2));
    assert_eq!(walk.next_few(Timestamp(0), 0), Next::Busy);
    walk.take(0, &Outcome::Accepted { receipt: String::new() }, Timestamp(0));
    assert_eq!(walk.next_few(Timestamp(0), 2), Next::Send(vec![2, 4]));
}

#[test]
fn a_stored_shard_reads_back_as_it_was() {
    let set: model::dispatch::Ids = [0, 5, 65_535].into_iter().collect();
    let read = model::dispatch::Ids::from_bytes(&set.to_bytes()).unwrap();
    assert_eq!(read, set);
    assert!(model::dispatch::Ids::from_bytes(b"rubbish").is_err());
}
