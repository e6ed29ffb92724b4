//! Whoever has not heard of an incident before: told once, and with all that they must know.

use model::incident::Command;
use model::language::Language;
use notlicht::demo::sink::Options;
use store::subscription::Wish;

use crate::both::both;
use crate::house::{House, PAGE};
use crate::notice::{correction, update};
use crate::relay::revived;

const GERMAN: &str = "Falls Sie von dieser Störung noch nichts gehört haben";
const ENGLISH: &str = "In case you have not heard of this outage yet";

/// Somebody asks for a subscription, and gets the letter: the token of its link.
async fn asked(house: &House, name: &str) -> String {
    let address = format!("{name}@people.example");
    let wish = Wish { address, language: Language::EN, components: None };
    house.engine.ask(&wish).await.unwrap();
    house.deliver_all().await;
    house.mails_to(name).pop().unwrap().token(&format!("{PAGE}/confirm/")).unwrap()
}

/// The only mail to this person.
fn mail(house: &House, name: &str) -> crate::mail::Mail {
    let mut mails = house.mails_to(name);
    assert_eq!(mails.len(), 1, "{name}");
    let mut mail = mails.remove(0);
    mail.text = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
    mail
}

both! {
    async fn who_subscribes_while_a_notice_goes_out_is_told_of_it_once(mut house) {
        house.subscribe(4).await;
        let token = asked(&house, "new").await;
        let opened = house.outage().await;
        house.sink.reset();
        let dead = house.lose_relay(Options::default()).await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        house.deliver().await;
        house.engine.confirm(&token).await.unwrap();
        house.deliver().await;
        house.sink = revived(dead).await;
        house.deliver_all().await;
        assert_eq!((house.told(), house.subjects("new").len()), (5, 1));
        house.engine.confirm(&token).await.unwrap();
        house.deliver_all().await;
        assert_eq!(house.told(), 5, "confirmed twice, told once");
        let case = house.engine.case(&opened.id).await.unwrap();
        let reach = house.engine.reach(&case).await.unwrap().remove(0);
        let everybody = reach.audiences.iter().find(|one| one.key.as_str() == "everybody").unwrap();
        assert_eq!((everybody.sum.planned, everybody.sum.accepted), (5, 5));
        house.act(&opened.id, update("Neues")).await;
        house.deliver_all().await;
        assert_eq!((house.told(), house.subjects("new").len()), (10, 2));
    }

    async fn who_subscribes_before_the_audience_is_counted_is_told_once(mut house) {
        house.subscribe(4).await;
        let token = asked(&house, "new").await;
        let opened = house.outage().await;
        house.sink.reset();
        house.act(&opened.id, Command::Release { number: 1 }).await;
        house.engine.confirm(&token).await.unwrap();
        house.deliver_all().await;
        assert_eq!((house.told(), house.subjects("new").len()), (5, 1));
    }

    async fn a_latecomer_of_a_notice_that_was_taken_over_gets_the_newer_one_alone(mut house) {
        house.subscribe(2).await;
        let token = asked(&house, "new").await;
        let opened = house.outage().await;
        house.sink.reset();
        let dead = house.lose_relay(Options::default()).await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        house.deliver().await;
        house.engine.confirm(&token).await.unwrap();
        house.act(&opened.id, update("Neues")).await;
        house.sink = revived(dead).await;
        house.deliver_all().await;
        assert_eq!(house.told(), 3);
        let new = mail(&house, "new");
        assert!(new.subject.contains("Neues") && new.text.contains(ENGLISH), "{new:?}");
    }

    async fn an_update_stands_alone_for_whoever_got_no_notice_before_it(mut house) {
        house.subscribe(2).await;
        let opened = house.outage().await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        house.deliver_all().await;
        let first = mail(&house, "de-0");
        let headline = "Der Shop geht gerade nicht";
        assert!(first.text.contains(headline) && !first.text.contains(GERMAN), "{first:?}");
        house.subscribe_more(2, 2).await;
        house.sink.reset();
        house.act(&opened.id, update("Neues")).await;
        house.deliver_all().await;
        assert_eq!(house.told(), 4);
        let (heard, fresh, english) =
            (mail(&house, "de-0"), mail(&house, "de-2"), mail(&house, "en-3"));
        assert!(!heard.text.contains(GERMAN) && heard.reply_to.is_some(), "{heard:?}");
        assert!(fresh.text.contains("Wir wissen jetzt mehr."), "the news first: {fresh:?}");
        let (_, story) = fresh.text.split_once(GERMAN).unwrap();
        assert!(story.contains(&format!("Uhr (MEZ): {headline}")), "{story}");
        assert_eq!(fresh.reply_to, None, "it hangs under nothing that they have");
        assert!(english.text.contains(ENGLISH), "{english:?}");
        house.sink.reset();
        house.act(&opened.id, update("Noch mehr")).await;
        house.deliver_all().await;
        assert!(!mail(&house, "de-2").text.contains(GERMAN), "now they have heard");
        assert_eq!(house.told(), 4);
    }

    async fn whom_the_first_notice_could_not_reach_gets_the_newer_one_with_the_whole_story(
        mut house
    ) {
        house.subscribe(4).await;
        let opened = house.outage().await;
        house.sink.reset();
        let dead = house.lose_relay(Options::default()).await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        house.deliver().await;
        house.act(&opened.id, update("Neues")).await;
        house.sink = revived(dead).await;
        house.deliver_all().await;
        assert_eq!(house.told(), 4, "only the newest");
        let told = mail(&house, "de-0");
        assert!(told.subject.contains("Neues"), "{told:?}");
        assert!(told.text.contains(GERMAN) && told.text.contains("Der Shop geht gerade nicht"));
    }

    async fn what_was_put_right_is_not_told_again_to_who_hears_of_it_for_the_first_time(
        mut house
    ) {
        house.subscribe(2).await;
        let opened = house.outage().await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        house.act(&opened.id, update("Alles falsch")).await;
        house.deliver_all().await;
        house.act(&opened.id, correction("Doch anders", 2)).await;
        house.deliver_all().await;
        house.subscribe_more(2, 1).await;
        house.act(&opened.id, update("Neues")).await;
        house.deliver_all().await;
        let told = mail(&house, "de-2");
        assert!(told.text.contains("Doch anders") && !told.text.contains("Alles falsch"), "{told:?}");
    }
}
