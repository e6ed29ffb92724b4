//! Mails that come back: read from a real mailbox, counted in the reach, each once.

use std::time::Duration;

use engine::Engine;
use engine::task::UNREAD;
use model::dispatch::Tally;
use model::incident::{Command, Incident};
use model::value::{PublicId, Span};
use notlicht::demo::sink::Options;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use crate::both::both;
use crate::dovecot::{Dovecot, USER};
use crate::house::{House, key};
use crate::notice::update;
use crate::relay::second_relay;

mod postfix;

const GONE: &str = include_str!("../../../outside/tests/bounces/postfix-no-such-user.eml");
const REFUSED: &str = include_str!("../../../outside/tests/bounces/exchange-mailbox-full.eml");
const PROSE: &str = include_str!("../../../outside/tests/bounces/qmail-prose.eml");

impl House {
    /// From now on bounces come back to this mailbox.
    async fn bounces_to(&self, server: &str) {
        let name = "from_name = \"Lindenhof Lage\"";
        let settings = format!(
            "{name}\nbounces = \"bounces@x.example\"\nbounces_server = \"{server}\"\n\
             bounces_password = \"bounces-password\""
        );
        self.change("channels.toml", name, &settings).await;
    }

    /// People subscribe, and all of them are told of an outage.
    async fn told_all(&mut self, people: usize) -> Incident {
        self.subscribe(people).await;
        let opened = self.outage().await;
        self.act(&opened.id, Command::Release { number: 1 }).await;
        self.deliver_all().await;
        assert_eq!(self.told(), people);
        opened
    }

    /// What a mail to this person came back to.
    async fn token(&self, incident: &PublicId, person: &str) -> String {
        let store = &self.engine.store;
        let all = store.dispatches_of::<engine::body::Body>(incident).await.unwrap();
        let mail = |order: &store::dispatch::Order<_>| {
            order.notice == Some(1)
                && order.channel == key("mail")
                && order.audience == key("everybody")
        };
        let dispatch = all.iter().find(|one| mail(&one.order)).unwrap().id;
        let address = format!("{person}@people.example");
        let found = store.subscriber_at(&key("mail"), &address).await.unwrap();
        self.engine.keys.bounce_token(dispatch, found.unwrap())
    }

    /// How the notices' readers stand on this channel: the newest notice last.
    async fn tallies(&self, incident: &PublicId, channel: &str) -> Vec<Tally> {
        let case = self.engine.case(incident).await.unwrap();
        let reach = self.engine.reach(&case).await.unwrap();
        let mut tallies: Vec<_> = reach
            .iter()
            .flat_map(|one| &one.ways)
            .filter(|way| way.channel == key(channel) && way.audience == key("everybody"))
            .map(|way| way.tally)
            .collect();
        tallies.reverse();
        tallies
    }
}

fn plain(dovecot: &Dovecot) -> String {
    format!("imap://{USER}@127.0.0.1:{}/INBOX", dovecot.plain)
}

fn mail(sample: &str, token: &str) -> String {
    assert!(sample.contains("1-2-TOKEN"));
    sample.replace("1-2-TOKEN", token)
}

async fn alarms(engine: &Engine) -> Vec<(String, String)> {
    let all = engine.alarms().await.unwrap();
    all.into_iter().map(|one| (one.kind, one.subject)).collect()
}

both! {
    async fn who_comes_back_is_counted_once_and_not_as_told(mut house) {
        let Some(mut dovecot) = Dovecot::start().await else { return };
        house.bounces_to(&plain(&dovecot)).await;
        let opened = house.told_all(4).await;
        house.engine.bounce_step().await.unwrap();
        let before = house.tallies(&opened.id, "mail").await;
        assert_eq!((before[0].accepted, before[0].gone, before[0].refused), (4, 0, 0));
        dovecot.put(&mail(GONE, &house.token(&opened.id, "de-0").await)).await;
        dovecot.put(&mail(REFUSED, &house.token(&opened.id, "en-1").await)).await;
        dovecot.put(&mail(GONE, &house.token(&opened.id, "de-0").await)).await;
        for _ in 0..2 {
            house.engine.bounce_step().await.unwrap();
            let after = house.tallies(&opened.id, "mail").await;
            assert_eq!((after[0].accepted, after[0].gone, after[0].refused), (2, 1, 1));
        }
        let case = house.engine.case(&opened.id).await.unwrap();
        let reach = house.engine.reach(&case).await.unwrap();
        let sum = reach[0].sum;
        assert_eq!((sum.planned - sum.accepted, sum.gone, sum.refused), (2, 1, 1));
        // The address that is gone is not tried again; the one that was refused is.
        house.act(&opened.id, update("Neues.")).await;
        house.deliver_all().await;
        let newest = house.tallies(&opened.id, "mail").await[1];
        assert_eq!((newest.planned, newest.accepted), (3, 3));
        assert_eq!((house.subjects("de-0").len(), house.subjects("en-1").len()), (1, 2));
    }

    async fn a_forged_bounce_and_one_in_prose_change_nothing_and_are_counted(mut house) {
        let Some(mut dovecot) = Dovecot::start().await else { return };
        house.bounces_to(&plain(&dovecot)).await;
        let opened = house.told_all(2).await;
        let good = house.token(&opened.id, "de-0").await;
        let other = house.token(&opened.id, "en-1").await;
        let (begin, _) = good.rsplit_once('-').unwrap();
        let (_, tag) = other.rsplit_once('-').unwrap();
        for forged in [format!("{begin}-{tag}"), begin.to_owned(), "1-1-".to_owned()] {
            dovecot.put(&mail(GONE, &forged)).await;
        }
        dovecot.put(&mail(PROSE, &good)).await;
        house.engine.bounce_step().await.unwrap();
        let tally = house.tallies(&opened.id, "mail").await[0];
        assert_eq!((tally.accepted, tally.gone, tally.refused), (2, 0, 0));
        let place = house.engine.store.inbox(&key("mail")).await.unwrap().unwrap();
        assert_eq!((place.unclear, place.read_at), (4, house.clock.now()));
    }

    async fn a_crash_anywhere_between_reading_and_counting_counts_everybody_once(mut house) {
        const PEOPLE: usize = 12;
        let Some(mut dovecot) = Dovecot::start().await else { return };
        house.bounces_to(&plain(&dovecot)).await;
        let opened = house.told_all(PEOPLE).await;
        let mut dice = StdRng::seed_from_u64(7);
        let mut crashes = 0;
        for at in 0..PEOPLE {
            let person = format!("{}-{at}", if at % 2 == 0 { "de" } else { "en" });
            dovecot.put(&mail(GONE, &house.token(&opened.id, &person).await)).await;
            for _ in 0..3 {
                let moment = Duration::from_micros(dice.random_range(0..30_000));
                let step = house.engine.bounce_step();
                crashes += usize::from(tokio::time::timeout(moment, step).await.is_err());
                house.engine = house.another().await;
            }
            house.engine.bounce_step().await.unwrap();
            let tally = house.tallies(&opened.id, "mail").await[0];
            let gone = u64::try_from(at + 1).unwrap();
            assert_eq!((tally.gone, tally.accepted + tally.gone), (gone, PEOPLE as u64));
        }
        assert!(crashes > 0, "some hit");
        let place = house.engine.store.inbox(&key("mail")).await.unwrap().unwrap();
        assert_eq!(place.unclear, 0);
    }

    async fn one_node_reads_and_another_takes_over_when_it_died(mut house) {
        let Some(mut dovecot) = Dovecot::start().await else { return };
        house.bounces_to(&plain(&dovecot)).await;
        let opened = house.told_all(2).await;
        house.engine.bounce_step().await.unwrap();
        dovecot.put(&mail(GONE, &house.token(&opened.id, "de-0").await)).await;
        let other = house.node("other").await;
        other.bounce_step().await.unwrap();
        assert_eq!(house.tallies(&opened.id, "mail").await[0].gone, 0, "the first one reads");
        house.clock.pass(Span::minutes(6));
        other.bounce_step().await.unwrap();
        assert_eq!(house.tallies(&opened.id, "mail").await[0].gone, 1);
        house.engine.bounce_step().await.unwrap();
        assert_eq!(house.tallies(&opened.id, "mail").await[0].gone, 1);
    }

    async fn whoever_steps_in_tells_exactly_those_who_came_back(mut house) {
        let Some(mut dovecot) = Dovecot::start().await else { return };
        house.bounces_to(&plain(&dovecot)).await;
        let first = house.lose_relay(Options::default()).await;
        second_relay(&house).await;
        let second = std::mem::replace(&mut house.sink, crate::relay::revived(first).await);
        let opened = house.told_all(4).await;
        dovecot.put(&mail(REFUSED, &house.token(&opened.id, "de-2").await)).await;
        house.engine.bounce_step().await.unwrap();
        house.deliver_all().await;
        let told: Vec<_> = second.received().into_iter().map(|one| one.recipient).collect();
        assert_eq!(told, ["de-2@people.example"]);
        let (mail, relay) =
            (house.tallies(&opened.id, "mail").await, house.tallies(&opened.id, "relay2").await);
        assert_eq!((mail[0].accepted, mail[0].refused, mail[0].passed), (3, 1, 1));
        assert_eq!((relay[0].planned, relay[0].accepted), (1, 1));
    }

    async fn a_mailbox_that_cannot_be_read_for_long_is_an_alarm_and_calms(house) {
        house.bounces_to("imap://bounces@127.0.0.1:1/INBOX").await;
        house.engine.bounce_step().await.unwrap();
        house.clock.pass(Span::minutes(29));
        house.engine.bounce_step().await.unwrap();
        assert_eq!(alarms(&house.engine).await, [], "not for a short time");
        house.clock.pass(Span::minutes(1));
        assert_eq!(UNREAD, Span::minutes(30));
        for _ in 0..2 {
            house.engine.bounce_step().await.unwrap();
        }
        let unread = ("bounces-unread".to_owned(), "mail".to_owned());
        assert_eq!(alarms(&house.engine).await, [unread], "one, for staff");
        house.deliver_all().await;
        assert!(house.subjects("erika")[0].contains("mail"), "{:?}", house.subjects("erika"));
        let dovecot = Dovecot::start().await;
        let (from, to) = match &dovecot {
            Some(dovecot) => ("imap://bounces@127.0.0.1:1/INBOX", plain(dovecot)),
            // Nobody waits for a mailbox that the handbook no longer has.
            None => ("bounces_server", "#".to_owned()),
        };
        house.change("channels.toml", from, &to).await;
        house.engine.bounce_step().await.unwrap();
        assert_eq!(alarms(&house.engine).await, []);
    }
}
