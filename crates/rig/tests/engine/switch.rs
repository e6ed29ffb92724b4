//! What the operator decides about channels, what the handbook limits, and how channels fare.

use model::fare::Position;
use model::incident::Command;
use model::value::Span;
use notlicht::demo::sink::Options;

use crate::both::both;
use crate::house::{House, key};
use crate::relay::revived;

both! {
    async fn a_paused_channel_sends_nothing_until_it_is_resumed(mut house) {
        house.subscribe(10).await;
        let opened = house.outage().await;
        house.sink.reset();
        house.switch(Position::Paused).await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        for _ in 0..5 {
            let next = house.deliver().await.expect("it waits to be resumed");
            house.clock.set(next);
        }
        assert!(house.mails().is_empty(), "nothing went over it");
        let chat = house.chat();
        assert_eq!(chat.last().unwrap(), "notice.first", "other channels are not concerned");
        house.switch(Position::Automatic).await;
        house.deliver().await;
        assert_eq!(house.told(), 10, "and then at once");
    }

    async fn a_forced_channel_is_tried_every_few_seconds_although_it_fails(mut house) {
        house.subscribe(10).await;
        let opened = house.outage().await;
        let dead = house.lose_relay(Options::default()).await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        house.switch(Position::Forced).await;
        for _ in 0..10 {
            let next = house.deliver().await.expect("it goes on trying");
            assert!(next.since(house.clock.now()) <= Span::seconds(2));
            house.clock.set(next);
        }
        house.sink = revived(dead).await;
        house.deliver().await;
        assert_eq!(house.told(), 10);
    }

    async fn no_more_go_in_a_second_than_the_handbook_allows(mut house) {
        house.subscribe(12).await;
        let opened = house.outage().await;
        house.deliver_all().await;
        house.limit("per_second = 5").await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        let mut seconds = 0;
        while house.told() < 12 {
            let begun = house.clock.now();
            let before = house.mails().len();
            while house.clock.now().since(begun) < Span::seconds(1) {
                let next = house.deliver().await;
                let next = next.unwrap_or(begun).max(house.clock.now().after(Span::millis(100)));
                house.clock.set(next.min(begun.after(Span::seconds(1))));
            }
            // Five were saved up before, and five more may go within the second.
            assert!(house.mails().len() - before <= if seconds == 0 { 10 } else { 5 });
            seconds += 1;
            assert!(seconds < 20, "everybody is told in the end");
        }
    }

    async fn one_domain_gets_no_more_in_a_second_and_holds_up_no_other(mut house) {
        house.subscribe(10).await;
        let opened = house.outage().await;
        house.deliver_all().await;
        house.limit("per_second_and_domain = 4").await;
        house.sink.reset();
        house.act(&opened.id, Command::Release { number: 1 }).await;
        house.deliver().await;
        assert_eq!((house.told(), house.subjects("erika").len()), (4, 1));
        house.deliver_all().await;
        assert_eq!(house.told(), 10);
        assert!(house.sink.received().iter().all(|one| one.arrivals == 1));
    }

    async fn whether_a_channel_works_is_seen_on_every_node(mut house) {
        house.subscribe(3).await;
        let opened = house.outage().await;
        let dead = house.lose_relay(Options::default()).await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        for _ in 0..2 {
            let next = house.deliver().await.expect("it goes on trying");
            house.clock.set(next);
        }
        let other = house.node("other").await;
        let mail = |channels: Vec<engine::channel::ChannelState>| {
            let mut channels = channels.into_iter();
            channels.find(|one| one.channel == key("mail")).unwrap().healths
        };
        let seen = mail(other.channels().await.unwrap());
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].0, "node");
        assert!(seen[0].1.is_down() && seen[0].1.reason.is_some(), "{seen:?}");
        house.sink = revived(dead).await;
        house.deliver_all().await;
        house.deliver().await;
        let seen = mail(other.channels().await.unwrap());
        assert!(!seen[0].1.is_down() && seen[0].1.told_at.is_some(), "{seen:?}");
    }

    async fn staff_are_told_once_that_a_channel_is_dead_and_it_is_over_when_it_works(mut house) {
        house.subscribe(3).await;
        let opened = house.outage().await;
        house.deliver_all().await;
        let dead = house.lose_relay(Options::default()).await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        for _ in 0..40 {
            house.engine.watch_step().await.unwrap();
            let next = house.deliver().await.expect("it goes on trying");
            house.clock.set(next);
        }
        let down = |alarms: Vec<store::alarm::Alarm>| {
            let ours = alarms.into_iter().filter(|one| one.kind == "channel-down");
            ours.map(|one| one.subject).collect::<Vec<_>>()
        };
        assert_eq!(down(house.engine.alarms().await.unwrap()), ["mail"]);
        house.deliver().await;
        let told = house.chat().iter().filter(|one| *one == "alert.channel-down").count();
        assert_eq!(told, 1, "over the channel that works, and once");
        house.sink = revived(dead).await;
        house.deliver_all().await;
        house.deliver().await;
        house.engine.watch_step().await.unwrap();
        assert!(down(house.engine.alarms().await.unwrap()).is_empty());
    }
}

impl House {
    async fn switch(&self, position: Position) {
        let mail = key("mail");
        self.engine.switch_channel(&mail, position, "erika", "a test").await.unwrap();
    }

    /// Adds a setting to the mail channel, and lets the incident follow that.
    async fn limit(&mut self, setting: &str) {
        let name = "from_name = \"Lindenhof Lage\"";
        let version = self.change("channels.toml", name, &format!("{name}\n{setting}")).await;
        let opened = self.only().await;
        self.act(&opened.id, Command::Adopt { handbook: version }).await;
    }
}
