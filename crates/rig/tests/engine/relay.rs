//! A relay that refuses, dies, or was written down wrong; and ourselves dying in the middle.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use engine::EngineError;
use engine::body::{AlertBody, Body};
use engine::delivery::WINDOW;
use model::incident::Command;
use model::value::Span;
use notlicht::demo::sink::{Options, Sink};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use store::dispatch::{Order, create_steps};

use crate::both::both;
use crate::house::{House, key};
use crate::notice::update;

both! {
    async fn an_update_reaches_subscribers_although_the_relay_refused_the_first_try(mut house) {
        house.relay(Options { refuse_first_try: true, ..Options::default() }).await;
        house.subscribe(30).await;
        let opened = house.outage().await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        house.deliver_all().await;
        assert_eq!(house.told(), 30);
        house.act(&opened.id, update("Neues.")).await;
        house.deliver_all().await;
        assert_eq!(house.told(), 60);
        assert!(house.sink.received().iter().all(|one| one.arrivals == 1), "nobody is told twice");
    }

    async fn a_dead_relay_makes_all_wait_and_then_everybody_gets_it(mut house) {
        house.subscribe(30).await;
        let opened = house.outage().await;
        house.sink.reset();
        let address = house.lose_relay(Options::default()).await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        for _ in 0..6 {
            let next = house.deliver().await.expect("it goes on trying");
            assert!(next.since(house.clock.now()) <= Span::minutes(5), "and not too rarely");
            house.clock.set(next);
        }
        assert_eq!(house.chat().last().unwrap(), "notice.first", "other channels do not wait");
        house.sink = revived(address).await;
        house.deliver_all().await;
        assert_eq!(house.told(), 30);
        assert_eq!(house.subjects("erika").len(), 1, "the team as well");
    }

    async fn a_dead_relay_is_tried_more_and_more_rarely(mut house) {
        let opened = house.outage().await;
        house.lose_relay(Options::default()).await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        let begun = house.clock.now();
        let mut tries = 0;
        while house.clock.now().since(begun) < Span::minutes(60) {
            house.clock.set(house.deliver().await.expect("it goes on trying"));
            tries += 1;
        }
        assert!((10..100).contains(&tries), "{tries} tries in an hour");
    }

    async fn adopting_a_handbook_with_the_right_relay_repairs_it_in_mid_outage(mut house) {
        house.subscribe(30).await;
        let opened = house.outage().await;
        let dead = house.lose_relay(Options::default()).await;
        let wrong = format!("port = {}", dead.port());
        let right = format!("port = {}", house.sink.address().port());
        house.act(&opened.id, Command::Release { number: 1 }).await;
        for _ in 0..6 {
            let next = house.deliver().await.unwrap();
            house.clock.set(next);
        }
        house.deliver().await;
        let version = house.change("channels.toml", &wrong, &right).await;
        house.deliver().await;
        assert_eq!(house.told(), 0, "the incident follows its version until somebody adopts");
        house.act(&opened.id, Command::Adopt { handbook: version }).await;
        house.deliver().await;
        assert_eq!(house.told(), 30, "and then at once, not at the next try");
    }

    async fn a_second_relay_tells_within_a_minute_exactly_those_whom_the_first_could_not(
        mut house
    ) {
        house.subscribe(30).await;
        let opened = house.outage().await;
        let dead = house.lose_relay(Options::default()).await;
        let version = second_relay(&house).await;
        house.act(&opened.id, Command::Adopt { handbook: version }).await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        let released = house.clock.now();
        for _ in 0..50 {
            if house.told() > 0 {
                break;
            }
            if let Some(next) = house.deliver().await {
                house.clock.set(next);
            }
        }
        assert!(house.clock.now().since(released) <= Span::seconds(60));
        house.deliver_all().await;
        assert_eq!((house.told(), house.subjects("erika").len()), (30, 1));
        let second = std::mem::replace(&mut house.sink, revived(dead).await);
        house.deliver_all().await;
        assert_eq!(house.told(), 0, "nobody is told by both");
        assert!(second.received().iter().all(|one| one.arrivals == 1));
        let case = house.engine.case(&opened.id).await.unwrap();
        let reach = house.engine.reach(&case).await.unwrap();
        let way = |channel: &str| {
            let mut ways = reach[0].ways.iter();
            ways.find(|way| way.channel == key(channel) && way.audience == key("everybody"))
                .unwrap()
                .tally
        };
        assert_eq!((way("mail").passed, way("mail").open, way("mail").accepted), (30, 0, 0));
        assert_eq!((way("relay2").planned, way("relay2").accepted), (30, 30));
        assert_eq!(reach[0].sum.planned, reach[0].sum.accepted);
    }

    async fn who_has_no_address_elsewhere_waits_for_the_first_relay_and_is_not_lost(mut house) {
        house.subscribe(10).await;
        let opened = house.outage().await;
        let dead = house.lose_relay(Options::default()).await;
        let version = second_relay(&house).await;
        // A channel with an address book of its own, in which nobody stands.
        house.act(&opened.id, Command::Adopt { handbook: version }).await;
        let version = house.change("channels.toml", "addresses = \"mail\"", "").await;
        house.act(&opened.id, Command::Adopt { handbook: version }).await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        for _ in 0..12 {
            let next = house.deliver().await.expect("it goes on trying");
            house.clock.set(next);
        }
        assert_eq!(house.told(), 0);
        house.sink = revived(dead).await;
        house.deliver_all().await;
        assert_eq!(house.told(), 10);
    }

    async fn an_update_takes_over_from_the_relay_that_stepped_in(mut house) {
        house.subscribe(10).await;
        let opened = house.outage().await;
        house.lose_relay(Options::default()).await;
        let version = second_relay(&house).await;
        house.act(&opened.id, Command::Adopt { handbook: version }).await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        // The second one dies too, just when it is asked.
        let second = house.lose_relay(Options::default()).await;
        for _ in 0..12 {
            let next = house.deliver().await.expect("it goes on trying");
            house.clock.set(next);
        }
        house.act(&opened.id, update("Neues.")).await;
        house.sink = revived(second).await;
        house.deliver_all().await;
        let subjects = house.subjects("de-0");
        assert_eq!((house.told(), subjects.len()), (10, 1), "only the newest: {subjects:?}");
        assert!(subjects[0].contains("Neues"), "{subjects:?}");
    }

    async fn a_broken_channel_does_not_keep_the_others_waiting(mut house) {
        house.subscribe(3).await;
        house.world.break_page("/hooks/team-chat");
        let opened = house.outage().await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        house.deliver().await;
        assert_eq!(house.told(), 3);
        assert!(house.chat().is_empty());
        house.world.mend_page("/hooks/team-chat");
        house.deliver_all().await;
        let mut chat = house.chat();
        chat.sort();
        assert_eq!(chat, ["alert.held", "notice.first"]);
    }

    async fn what_cannot_be_read_does_not_keep_the_others_waiting(mut house) {
        house.subscribe(3).await;
        let words = AlertBody {
            kind: "held".into(),
            words: BTreeMap::new(),
            preview: None,
            at: house.clock.now(),
            people: BTreeSet::new(),
            endpoints: BTreeSet::new(),
            partners: BTreeSet::new(),
            round: 0,
            handbook: 99,
        };
        let unreadable = Order {
            incident: None,
            notice: None,
            kind: "alert".into(),
            channel: key("mail"),
            audience: key("staff-alert"),
            body: Body::Alert(words),
            drill: false,
            created_at: house.clock.now(),
        };
        house.engine.store.write(create_steps(&unreadable)).await.unwrap();
        house.shop.die().await;
        house.looks("shop-page", 3).await;
        let opened = house.only().await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        let step = house.engine.delivery_step().await;
        assert!(matches!(step, Err(EngineError::BadHandbook(99, _))), "it is said: {step:?}");
        assert_eq!((house.told(), house.subjects("erika").len()), (3, 2));
    }

    async fn an_orderly_stop_in_the_middle_repeats_nothing(mut house) {
        house.relay(Options { delay: Duration::from_millis(5), ..Options::default() }).await;
        house.subscribe(400).await;
        let opened = house.outage().await;
        house.deliver_all().await;
        house.sink.reset();
        house.act(&opened.id, Command::Release { number: 1 }).await;
        let engine = house.engine.clone();
        let step = tokio::spawn(async move { engine.delivery_step().await });
        house.sink.wait_for(20, Duration::from_secs(30)).await.unwrap();
        house.engine.wind_down().await;
        step.await.unwrap().unwrap();
        let told = house.told();
        assert!((1..400).contains(&told), "{told} were told before it stopped");
        house.engine = house.another().await;
        house.deliver_all().await;
        assert_eq!(house.told(), 400);
        assert!(house.sink.received().iter().all(|one| one.arrivals == 1), "nobody is told twice");
    }

    async fn a_crash_between_any_two_writes_of_a_dispatch_loses_nobody(mut house) {
        const PEOPLE: usize = 30;
        const ROUNDS: usize = 25;
        house.relay(Options { delay: Duration::from_millis(1), ..Options::default() }).await;
        house.subscribe(PEOPLE).await;
        let opened = house.outage().await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        house.deliver_all().await;
        let mut dice = StdRng::seed_from_u64(13);
        let (mut repeated, mut crashes) = (0, 0);
        for round in 1..=ROUNDS {
            house.sink.reset();
            house.act(&opened.id, update(&format!("Neues, Nummer {round}."))).await;
            for _ in 0..2 {
                crashes += usize::from(house.crash(&mut dice).await);
            }
            house.deliver_all().await;
            let received = house.sink.received();
            let people: BTreeSet<_> = received.iter().map(|one| &one.recipient).collect();
            assert_eq!(house.told(), PEOPLE, "round {round}");
            assert_eq!(people.len(), received.len(), "a repeat is the same message");
            let most = received.iter().map(|one| one.arrivals).max().unwrap();
            assert!(most <= 3, "a crash repeats a message at most once");
            let arrivals: u32 = received.iter().map(|one| one.arrivals).sum();
            repeated += usize::try_from(arrivals).unwrap() - received.len();
            let updates = house.chat().iter().filter(|kind| *kind == "notice.update").count();
            assert!(updates >= round, "machines are not lost either");
        }
        assert!(crashes >= ROUNDS, "most crashes hit: {crashes}");
        assert!(repeated <= crashes * WINDOW);
    }
}

impl House {
    /// The process dies somewhere in its delivery, and is started again; says whether it was
    /// before the end.
    async fn crash(&mut self, dice: &mut StdRng) -> bool {
        let moment = Duration::from_micros(dice.random_range(0..12_000));
        let after = self.sink.look(|ledger| ledger.arrivals()) + dice.random_range(1..30);
        let step = self.engine.delivery_step();
        let hit = if dice.random_bool(0.5) {
            tokio::time::timeout(moment, step).await.is_err()
        } else {
            tokio::select! {
                _ = self.sink.wait_for(after, Duration::from_secs(30)) => true,
                _ = step => false,
            }
        };
        self.engine = self.another().await;
        self.engine.take_up_delivery().await.unwrap();
        hit
    }
}

/// A relay at an address where another has just died.
pub(crate) async fn revived(address: std::net::SocketAddr) -> Sink {
    for _ in 0..10_000 {
        match Sink::start(address, Options::default()).await {
            Ok(sink) => return sink,
            Err(_) => tokio::task::yield_now().await,
        }
    }
    panic!("the port stays taken");
}

/// A handbook in which the relay of now steps in for the one that was lost.
pub(crate) async fn second_relay(house: &House) -> u32 {
    let port = house.sink.address().port();
    let relay = format!(
        "[channel.relay2]\nkind = \"email\"\nhost = \"127.0.0.1\"\nport = {port}\n\
         security = \"plain\"\nfrom = \"lage@lindenhof.example\"\naddresses = \"mail\"\n\n"
    );
    house.change("channels.toml", "[channel.chat]", &format!("{relay}[channel.chat]")).await;
    let name = "from_name = \"Lindenhof Lage\"";
    house.change("channels.toml", name, &format!("{name}\nfalls_back_to = \"relay2\"")).await
}
