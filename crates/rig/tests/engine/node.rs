//! Several nodes on one database, and nodes that never come back.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use engine::body::Body;
use model::dispatch::{Shard, Tally};
use model::incident::Command;
use model::value::{PublicId, Span};
use notlicht::demo::sink::Options;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use store::dispatch::Stored;
use store::shard::{freeze_steps, save_steps};

use crate::both::both;
use crate::house::House;
use crate::notice::update;

const SLOW: Options = Options { delay: Duration::from_millis(2), refuse_first_try: false };

/// What became of the notices to everybody, by their number.
async fn tallies(house: &House, incident: &PublicId) -> BTreeMap<u32, Tally> {
    let mut tallies = BTreeMap::new();
    for dispatch in house.engine.store.dispatches_of::<Body>(incident).await.unwrap() {
        if dispatch.order.audience.as_str() == "everybody" {
            assert!(dispatch.done_at.is_some(), "{dispatch:?}");
            let sum: &mut Tally = tallies.entry(dispatch.order.notice.unwrap()).or_default();
            for shard in house.engine.store.shards_of(dispatch.id).await.unwrap() {
                *sum += shard.tally();
            }
        }
    }
    tallies
}

/// For each person the numbers of the updates in the order in which they came.
fn updates(house: &House) -> BTreeMap<String, Vec<usize>> {
    let mut read: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for one in house.sink.received() {
        let mut words = one.notice.subject.split_whitespace();
        let number: Option<usize> = words.find_map(|word| word.parse().ok());
        read.entry(one.recipient).or_default().extend(number);
    }
    read
}

both! {
    async fn two_nodes_that_deliver_at_once_tell_nobody_twice(mut house) {
        house.relay(SLOW).await;
        house.subscribe(50).await;
        let opened = house.outage().await;
        let other = house.node("other").await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        let (one, two) = tokio::join!(house.engine.delivery_step(), other.delivery_step());
        one.unwrap();
        two.unwrap();
        house.deliver_all().await;
        assert_eq!(house.told(), 50);
        assert!(house.sink.received().iter().all(|one| one.arrivals == 1));
    }

    async fn what_a_node_held_that_never_comes_back_is_taken_over(mut house) {
        house.relay(SLOW).await;
        house.subscribe(50).await;
        let opened = house.outage().await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        let dead = house.node("dead").await;
        tokio::select! {
            _ = house.sink.wait_for(20, Duration::from_secs(30)) => {}
            _ = dead.delivery_step() => panic!("it dies before the end"),
        }
        drop(dead);
        let next = house.deliver().await.expect("the lease runs out");
        assert!(next.since(house.clock.now()) <= Span::minutes(2));
        house.deliver_all().await;
        assert_eq!(house.told(), 50);
        assert_eq!(house.subjects("erika").len(), 2);
    }

    async fn crashes_and_newer_notices_in_any_order_give_nobody_an_older_after_a_newer(mut house) {
        const PEOPLE: usize = 30;
        house.relay(SLOW).await;
        house.subscribe(PEOPLE).await;
        let opened = house.outage().await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        house.deliver_all().await;
        let mut dice = StdRng::seed_from_u64(10);
        const LAST: usize = 20;
        for number in 1..=LAST {
            house.act(&opened.id, update(&format!("Stand {number} vom Shop"))).await;
            let after = house.sink.look(|ledger| ledger.arrivals()) + dice.random_range(0..30);
            tokio::select! {
                _ = house.sink.wait_for(after, Duration::from_secs(30)) => {}
                _ = house.engine.delivery_step() => {}
            }
            if dice.random_bool(0.5) {
                house.engine = house.another().await;
                house.engine.take_up_delivery().await.unwrap();
            }
        }
        house.engine.take_up_delivery().await.unwrap();
        house.deliver_all().await;
        let read = updates(&house);
        let people = read.iter().filter(|(who, _)| who.ends_with("@people.example"));
        assert_eq!(people.clone().count(), PEOPLE);
        for (who, numbers) in people {
            assert!(numbers.is_sorted(), "{who} read {numbers:?}");
            assert_eq!(numbers.last(), Some(&LAST), "{who} has the newest");
        }
        let newest = tallies(&house, &opened.id).await.pop_last().unwrap().1;
        assert_eq!((newest.planned, newest.accepted), (PEOPLE as u64, PEOPLE as u64));
    }

    async fn a_crash_between_the_last_mail_and_the_note_that_all_is_done_is_made_good(mut house) {
        house.subscribe(3).await;
        let opened = house.outage().await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        let store = &house.engine.store;
        let undone: Vec<Stored<Body>> = store.undone_dispatches().await.unwrap();
        let (dispatch, now) = (undone.first().unwrap(), house.clock.now());
        let mut shard = Shard::planned(0, [1].into_iter().collect());
        store.write(freeze_steps(dispatch.id, &[shard.clone()], now)).await.unwrap();
        shard.accepted = shard.planned.clone();
        let until = now.after(Span::minutes(1));
        let (lease, _) = store.lease_shard("dead", now, until, &BTreeSet::new()).await.unwrap().unwrap();
        assert_eq!(lease.dispatch, dispatch.id);
        store.write(save_steps(&lease, &shard, None, None)).await.unwrap();
        house.deliver_all().await;
        let stored = house.engine.store.dispatch::<Body>(dispatch.id).await.unwrap().unwrap();
        assert!(stored.done_at.is_some());
    }

    async fn an_address_that_is_gone_is_not_tried_again(mut house) {
        house.world.give_up_machines();
        let opened = house.outage().await;
        assert_eq!(house.world.asked(), 1);
        house.act(&opened.id, Command::Release { number: 1 }).await;
        house.deliver_all().await;
        assert_eq!(house.world.asked(), 1, "no more after “gone”");
        assert_eq!(house.subjects("erika").len(), 2, "people are told as ever");
        let again = house.engine.apply_contacts(&house.contacts).await;
        again.unwrap();
        house.act(&opened.id, update("Neues.")).await;
        house.deliver_all().await;
        assert_eq!(house.world.asked(), 2, "who put the address in anew wants it tried");
    }

    async fn after_a_day_without_a_relay_it_is_given_up_and_counted_as_not_reached(mut house) {
        house.subscribe(3).await;
        let opened = house.outage().await;
        house.lose_relay(Options::default()).await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        let begun = house.clock.now();
        for _ in 0..5 {
            house.clock.set(house.deliver().await.expect("it goes on trying"));
        }
        let day = begun.after(Span::minutes(24 * 60));
        house.clock.set(day.before(Span::seconds(1)));
        // One message after the other gets its last try, and then there is nothing left to try.
        while let Some(next) = house.deliver().await {
            house.clock.set(next);
            assert!(next.since(day) <= Span::minutes(15), "it comes to an end");
        }
        let first = tallies(&house, &opened.id).await[&1];
        assert_eq!((first.planned, first.accepted, first.refused, first.open), (3, 0, 3, 0));
    }
}
