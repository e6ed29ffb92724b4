//! Whom a notice has reached, after how long, and whom it has not.

use engine::reach::Reached;
use engine::reach::unreached::Person;
use model::dispatch::SHARD;
use model::incident::{Command, Incident};
use model::reach::Standing;
use model::value::Span;
use notlicht::demo::sink::Options;

use crate::both::both;
use crate::house::{House, key};
use crate::notice::update;
use crate::relay::revived;

async fn reach(house: &House, incident: &Incident) -> Vec<Reached> {
    let case = house.engine.case(&incident.id).await.unwrap();
    house.engine.reach(&case).await.unwrap()
}

/// Who subscribed and does not have this notice.
async fn unreached(house: &House, incident: &Incident, number: u32) -> Vec<Person> {
    let case = house.engine.case(&incident.id).await.unwrap();
    let all = house.engine.unreached(&case, number, "erika").await.unwrap();
    let spans: Vec<i64> = all.spans(0).collect();
    let mut people = Vec::new();
    for span in spans {
        assert_eq!(span % SHARD, 0);
        people.extend(house.engine.unreached_in(&all, span).await.unwrap());
    }
    assert_eq!(people.len() as u64, all.sum.planned - all.sum.accepted);
    people.retain(|one| one.key.is_none());
    people
}

both! {
    async fn the_room_knows_after_how_long_half_of_the_people_had_a_notice(mut house) {
        house.subscribe(30).await;
        let opened = house.outage().await;
        let dead = house.lose_relay(Options::default()).await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        let released = house.clock.now();
        house.deliver().await;
        let before = reach(&house, &opened).await.remove(0);
        assert!(before.sum.accepted > 0, "the chat had it at once");
        assert_eq!((before.curve.after(50), before.sum.open), (None, before.sum.planned - before.sum.accepted));
        house.clock.set(released.after(Span::minutes(4)));
        house.sink = revived(dead).await;
        house.deliver_all().await;
        let after = reach(&house, &opened).await.remove(0);
        assert_eq!((after.sum.planned, after.sum.accepted), (before.sum.planned, before.sum.planned));
        let spans = [50, 90, 99].map(|percent| after.curve.after(percent).unwrap());
        assert!(spans.iter().all(|span| *span >= Span::minutes(4)), "{spans:?}");
        assert!(spans[2] < Span::minutes(10), "{spans:?}");
        assert_eq!(after.curve.points[0].after, Span::ZERO);
        let last = after.curve.points.last().unwrap();
        assert_eq!((last.reached, after.curve.planned), (after.sum.accepted, after.sum.planned));
    }

    async fn each_is_counted_once_over_all_audiences_and_channels(mut house) {
        house.subscribe(6).await;
        let opened = house.outage().await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        house.deliver_all().await;
        let notice = reach(&house, &opened).await.remove(0);
        let everybody = notice.audiences.iter().find(|one| one.key == key("everybody")).unwrap();
        assert_eq!((everybody.sum.planned, everybody.sum.accepted), (6, 6));
        let of_audiences: u64 = notice.audiences.iter().map(|one| one.sum.planned).sum();
        assert!(notice.sum.planned <= of_audiences);
        assert_eq!(notice.sum.planned, notice.sum.accepted);
    }

    async fn who_has_a_notice_not_is_listed_with_their_addresses_and_each_look_is_noted(
        mut house
    ) {
        house.subscribe(4).await;
        let opened = house.outage().await;
        let dead = house.lose_relay(Options::default()).await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        house.deliver().await;
        let open = unreached(&house, &opened, 1).await;
        let addresses: Vec<&str> =
            open.iter().flat_map(|one| &one.addresses).map(|(_, address)| address.as_str()).collect();
        let wanted = ["de-0", "en-1", "de-2", "en-3"].map(|name| format!("{name}@people.example"));
        assert_eq!(addresses, wanted);
        assert!(open.iter().all(|one| one.standing == Standing::Open));
        let note = house.engine.store.newest_audit(1).await.unwrap().remove(0);
        assert_eq!((note.actor.as_str(), note.act.as_str()), ("erika", "reach.unreached"));
        assert_eq!(note.subject, format!("{}#1", opened.id));
        // Who leaves is still counted, but nobody can write to them.
        house.engine.leave(open[0].id).await.unwrap();
        assert_eq!(unreached(&house, &opened, 1).await[0].addresses, []);
        house.act(&opened.id, update("Neues")).await;
        house.sink = revived(dead).await;
        house.deliver_all().await;
        let late = unreached(&house, &opened, 1).await;
        assert!(late.iter().all(|one| one.standing == Standing::TakenOver), "{late:?}");
        let left = unreached(&house, &opened, 2).await;
        assert_eq!(left.len(), 0, "who had left before is not asked for: {left:?}");
        let case = house.engine.case(&opened.id).await.unwrap();
        let why = house.engine.unreached(&case, 9, "erika").await.unwrap_err().to_string();
        assert!(why.contains("no notice 9"), "{why}");
    }
}
