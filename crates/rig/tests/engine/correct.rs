//! A wrong notice is put right where it was read.

use model::incident::Command;
use notlicht::demo::sink::Options;

use crate::both::both;
use crate::house::House;
use crate::notice::{correction, update};
use crate::relay::{revived, second_relay};

/// Who of those that subscribed got a correction, in order.
fn corrected(house: &House) -> Vec<String> {
    let mut all: Vec<String> = house
        .sink
        .received()
        .into_iter()
        .filter(|one| one.notice.subject.contains("Doch"))
        .map(|one| one.recipient)
        .filter(|to| to.ends_with("@people.example"))
        .collect();
    all.sort();
    all
}

both! {
    async fn a_correction_goes_to_exactly_those_who_were_sent_the_wrong_notice(mut house) {
        house.subscribe(4).await;
        let opened = house.outage().await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        house.deliver_all().await;
        assert_eq!(house.told(), 4);
        house.subscribe_more(4, 3).await;
        house.act(&opened.id, correction("Doch anders", 1)).await;
        house.deliver_all().await;
        let those: Vec<String> = ["de-0", "de-2", "en-1", "en-3"]
            .into_iter()
            .map(|name| format!("{name}@people.example"))
            .collect();
        assert_eq!(corrected(&house), those, "who came later never read the wrong one");
        house.act(&opened.id, update("Neues")).await;
        house.deliver_all().await;
        assert_eq!(house.told(), 4 + 4 + 7, "an update goes to all of them");
    }

    async fn a_correction_goes_over_the_relay_by_which_the_wrong_notice_went(mut house) {
        house.subscribe(4).await;
        let opened = house.outage().await;
        let dead = house.lose_relay(Options::default()).await;
        let version = second_relay(&house).await;
        house.act(&opened.id, Command::Adopt { handbook: version }).await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        house.deliver_all().await;
        assert_eq!(house.told(), 4);
        let first = revived(dead).await;
        house.act(&opened.id, correction("Doch anders", 1)).await;
        house.deliver_all().await;
        assert_eq!(corrected(&house).len(), 4);
        let people = first.received().into_iter();
        let people = people.filter(|one| one.recipient.ends_with("@people.example"));
        assert_eq!(people.count(), 0, "the other relay did not send them the wrong one");
    }

    async fn whoever_was_not_sent_the_wrong_notice_yet_is_sent_the_right_one_alone(mut house) {
        house.subscribe(4).await;
        let opened = house.outage().await;
        let dead = house.lose_relay(Options::default()).await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        house.deliver().await;
        house.act(&opened.id, correction("Doch anders", 1)).await;
        house.sink = revived(dead).await;
        house.deliver_all().await;
        assert_eq!((corrected(&house).len(), house.told()), (4, 4));
    }
}
