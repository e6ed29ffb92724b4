//! Telling: the first notice, updates, holding updates, all-clear.

use std::collections::BTreeSet;

use model::incident::{Actor, Command, Writing};
use model::language::Language;
use model::notice::{Kind, Passages, Text};
use model::public::PublicIncident;
use model::value::Span;

use crate::both::both;
use crate::house::{HOLD, House, PAGE, QUIET, REMIND, RHYTHM, STAFF};

fn kinds(incident: &PublicIncident) -> Vec<Kind> {
    incident.notices.iter().map(|notice| notice.kind).collect()
}

/// An update that somebody wrote.
pub(crate) fn update(headline: &str) -> Command {
    written(Kind::Update, headline, None)
}

/// A correction that somebody wrote.
pub(crate) fn correction(headline: &str, wrong: u32) -> Command {
    written(Kind::Correction, headline, Some(wrong))
}

fn written(kind: Kind, headline: &str, corrects: Option<u32>) -> Command {
    let text = |language: Language| Text {
        headline: format!("{headline} ({language})"),
        body: vec!["Wir wissen jetzt mehr.".into()],
        ..Text::default()
    };
    let texts = Language::all().map(|language| (language, text(language))).collect();
    Command::Write(Writing {
        kind,
        texts: Some(texts),
        passages: Passages::new(),
        next_update: None,
        corrects,
    })
}

both! {
    async fn the_first_notice_publishes_itself_when_nobody_acts(mut house) {
        house.subscribe(4).await;
        let opened = house.outage().await;
        house.pass(HOLD).await;
        let incident = house.incident(&opened.id).await;
        let published = house.clock.now();
        let promise = incident.promise.unwrap().at;
        assert!(promise >= published.after(RHYTHM));
        assert!(promise < published.after(RHYTHM).after(Span::minutes(1)), "on a full minute");

        let page = house.page().await;
        assert_eq!(kinds(&page.open[0]), [Kind::First]);
        assert_eq!(page.open[0].promise, Some(promise));

        let subjects = |name: &str| {
            let mails = house.mails_to(name);
            assert_eq!(mails.len(), 1, "{name}");
            (mails[0].language.clone(), mails[0].subject.clone(), mails[0].text.clone())
        };
        let (german, english) = (subjects("de-0"), subjects("en-1"));
        assert_eq!((german.0.as_str(), english.0.as_str()), ("de", "en"));
        assert!(german.1.contains("Shop") && german.1 != english.1, "{german:?} {english:?}");
        assert!(german.2.contains("14:24 Uhr"), "the promise stands there: {}", german.2);
        assert!(!german.2.contains('{'), "no hole is left: {}", german.2);
        assert!(english.2.contains(&format!("{PAGE}/en/incident/{}#n1", opened.id)));
        assert_eq!(house.told(), 4);
        assert_eq!(house.chat(), ["alert.held", "notice.first"]);
    }

    async fn every_person_of_the_roles_is_alerted_once_although_some_hold_several(mut house) {
        house.outage().await;
        house.deliver_all().await;
        house.deliver_all().await;
        let received = house.sink.received();
        let people: BTreeSet<_> = received.iter().map(|one| one.recipient.clone()).collect();
        assert_eq!(people.len(), STAFF.len());
        assert_eq!(received.len(), STAFF.len());
        assert!(received.iter().all(|one| one.arrivals == 1));
    }

    async fn an_alert_says_once_that_its_links_are_safe(mut house) {
        house.outage().await;
        let text = house.mails_to("noor")[0].text.clone();
        let safe = Language::EN.words().alert.links_safe;
        let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(plain.matches(safe).count(), 1, "{text}");
    }

    async fn staff_are_reminded_and_a_holding_update_goes_out_when_nobody_wrote(mut house) {
        house.subscribe(2).await;
        let opened = house.outage().await;
        house.pass(HOLD).await;
        let promise = house.incident(&opened.id).await.promise.unwrap().at;
        house.clock.set(promise.before(REMIND).before(Span::seconds(1)));
        house.turn().await;
        assert_eq!(house.chat(), ["alert.held", "notice.first"]);
        house.pass(Span::seconds(1)).await;
        assert_eq!(house.chat().last().unwrap(), "alert.update_due");
        house.clock.set(promise.before(Span::seconds(1)));
        house.turn().await;
        assert_eq!(house.chat().len(), 3, "reminded once, and not told early");
        house.pass(Span::seconds(1)).await;
        assert_eq!(house.chat().last().unwrap(), "notice.holding");
        let incident = house.incident(&opened.id).await;
        assert_eq!(incident.promise.unwrap().at, promise.after(RHYTHM));
        assert_eq!(house.mails_to("de-0").len(), 2);
    }

    async fn no_holding_update_goes_out_when_somebody_wrote(mut house) {
        house.subscribe(2).await;
        let opened = house.outage().await;
        house.pass(HOLD).await;
        let promise = house.incident(&opened.id).await.promise.unwrap().at;
        house.clock.set(promise.before(Span::minutes(1)));
        house.turn().await;
        house.act(&opened.id, update("Der Shop braucht noch eine Stunde.")).await;
        house.pass(Span::minutes(10)).await;
        let page = house.page().await;
        assert_eq!(kinds(&page.open[0]), [Kind::First, Kind::Update]);
        assert_eq!(house.mails_to("de-0").len(), 2);
        assert!(page.open[0].promise.unwrap() > promise);
    }

    async fn an_update_is_a_reply_to_the_first_notice(mut house) {
        house.subscribe(2).await;
        let opened = house.outage().await;
        house.pass(HOLD).await;
        house.act(&opened.id, update("Neues vom Shop.")).await;
        house.deliver_all().await;
        house.act(&opened.id, Command::Resolve { texts: None, passages: Passages::new() }).await;
        house.deliver_all().await;
        for name in ["de-0", "en-1"] {
            let mails = house.mails_to(name);
            assert_eq!(mails.len(), 3);
            assert_eq!(mails[0].reply_to, None);
            for later in &mails[1..] {
                assert_eq!(later.reply_to.as_ref(), Some(&mails[0].id));
            }
            let ids: BTreeSet<_> = mails.iter().map(|mail| &mail.id).collect();
            assert_eq!(ids.len(), 3, "each notice is a message of its own");
        }
        assert_ne!(house.mails_to("de-0")[0].id, house.mails_to("en-1")[0].id);
    }

    async fn the_all_clear_is_proposed_and_goes_out_after_the_quiet_time(mut house) {
        house.subscribe(2).await;
        let opened = house.outage().await;
        house.pass(HOLD).await;
        house.shop.come_back().await.unwrap();
        house.looks("shop-page", 2).await;
        house.deliver().await;
        assert_eq!(house.chat().last().unwrap(), "alert.recovered");
        let view = house.engine.desk_look(&house.link_of("amira")).await.unwrap();
        assert_eq!(view.all_clear_at, Some(house.clock.now().after(QUIET)));
        house.pass(QUIET).await;
        assert!(!house.incident(&opened.id).await.is_open());
        let page = house.page().await;
        assert!(page.open.is_empty());
        assert_eq!(kinds(&page.past[0]), [Kind::First, Kind::AllClear]);
        assert_eq!((page.past[0].promise, house.mails_to("de-0").len()), (None, 2));
        assert_eq!(house.chat().last().unwrap(), "notice.all-clear");
    }

    async fn a_relapse_stops_the_all_clear(mut house) {
        house.subscribe(2).await;
        let opened = house.outage().await;
        house.pass(HOLD).await;
        house.shop.come_back().await.unwrap();
        house.looks("shop-page", 2).await;
        house.shop.die().await;
        house.looks("shop-page", 3).await;
        house.pass(QUIET).await;
        assert!(house.incident(&opened.id).await.is_open());
        assert_eq!(house.only().await.id, opened.id, "the same incident goes on");
        assert_eq!(house.mails_to("de-0").len(), 1, "nothing false was said");
        house.shop.come_back().await.unwrap();
        house.looks("shop-page", 2).await;
        house.pass(Span::from_micros(QUIET.micros() - 1_000_000)).await;
        assert!(house.incident(&opened.id).await.is_open(), "the quiet time begins anew");
        house.pass(Span::seconds(1)).await;
        assert!(!house.incident(&opened.id).await.is_open());
    }

    async fn a_blip_shorter_than_the_hold_tells_visitors_nothing(mut house) {
        house.subscribe(2).await;
        let opened = house.outage().await;
        house.shop.come_back().await.unwrap();
        house.looks("shop-page", 2).await;
        house.pass(QUIET).await;
        assert!(!house.incident(&opened.id).await.is_open());
        let page = house.page().await;
        assert!(page.open.is_empty() && page.past.is_empty());
        assert_eq!(house.told(), 0);
        assert_eq!(house.chat(), ["alert.held", "alert.recovered"]);
    }

    async fn staff_are_not_promised_a_holding_update_when_the_all_clear_comes_first(mut house) {
        let opened = house.outage().await;
        house.pass(HOLD).await;
        let promise = house.incident(&opened.id).await.promise.unwrap().at;
        house.shop.come_back().await.unwrap();
        // The reminder would fall into the quiet time, the promise after it.
        house.clock.set(promise.before(REMIND).before(Span::minutes(1)));
        house.looks("shop-page", 2).await;
        // Two messages that go out in one moment may arrive in either order.
        house.deliver().await;
        house.pass(QUIET).await;
        assert_eq!(
            house.chat(),
            ["alert.held", "notice.first", "alert.recovered", "notice.all-clear"]
        );
    }

    async fn two_acts_at_the_same_time_both_succeed_or_one_is_told_why(mut house) {
        let opened = house.outage().await;
        let other = house.another().await;
        let by = Actor::Person("erika".parse().unwrap());
        let hold = Command::Hold { number: 1 };
        let (one, two) = tokio::join!(
            house.engine.act(&opened.id, &hold, &by),
            other.act(&opened.id, &hold, &by),
        );
        let told = [&one, &two].into_iter().filter_map(|result| result.as_ref().err());
        let why: Vec<_> = told.map(ToString::to_string).collect();
        assert_eq!(why.len(), 1, "{one:?} {two:?}");
        assert!(why[0].contains("already on hold"), "{why:?}");

        let (words, end) = (update("Beide."), Command::ExpectEnd { at: Some(house.clock.now()) });
        let (one, two) = tokio::join!(
            house.engine.act(&opened.id, &words, &by),
            other.act(&opened.id, &end, &by),
        );
        assert!(one.is_ok() && two.is_ok(), "{one:?} {two:?}");
        let seqs: Vec<_> = house.events(&opened.id).await.iter().map(|one| one.seq).collect();
        let counted: Vec<_> = (1..=seqs.len() as u64).collect();
        assert_eq!(seqs, counted, "no event is lost or doubled");
    }
}
