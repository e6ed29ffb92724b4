//! Passages: one audience is told something in addition to a notice, and nobody else sees it.

use engine::body::Body;
use model::incident::{Command, Event, Writing};
use model::language::Language;
use model::notice::{Kind, Passage, Passages, Text};
use model::value::{PublicId, Span};

use notlicht::demo::sink::Options;

use crate::both::both;
use crate::house::{HOLD, House, key};
use crate::mail::Mail;
use crate::notice::{correction, update};
use crate::relay::{revived, second_relay};

/// What the partners are told by each notice in the tests; the team has what the example says.
const GERMAN: &str = "Bitte halten Sie jemanden bereit, seit 13:47 Uhr (MEZ).";
const HEAD: &str = "Zusätzlich für: Unsere Partner";
const TEAM: &str = "Bitte verweisen Sie alle";
const SHOP: &str = "plans/shop-down.toml";

/// The plan tells partners too, and has something prepared for them in every notice.
async fn prepare(house: &House) {
    let (_, mut files) = house.engine.store.newest_handbook().await.unwrap().unwrap();
    let plan = files.get_mut(SHOP).unwrap();
    let told = "audiences = [\"everybody\", \"team\", \"partners\"]";
    *plan = plan.replace("audiences = [\"everybody\", \"team\"]", told);
    assert!(plan.contains(told));
    for kind in Kind::ALL {
        for (tag, text) in [
            ("de", "Bitte halten Sie jemanden bereit, seit {since}.\n"),
            ("en", "Please have somebody at hand, since {since}.\n"),
        ] {
            let file = format!("texts/shop-down/{}.partners.{tag}.md", kind.word());
            files.insert(file, text.to_owned());
        }
    }
    let base = house.engine.handbook().await.unwrap().number;
    house.engine.apply(&files, Some(base), "test", "passages").await.unwrap();
}

/// The newest mail to this person, on one line.
fn mail(house: &House, name: &str) -> Mail {
    let mut mail = house.mails_to(name).pop().unwrap_or_else(|| panic!("no mail to {name}"));
    mail.text = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
    mail
}

/// What a machine was told last, apart from everybody's text.
fn heard(house: &House, endpoint: &str) -> serde_json::Value {
    let heard = house.world.heard().into_iter().rev();
    let mut notices = heard.filter(|one| one.kind.starts_with("notice."));
    notices.find(|one| one.endpoint == endpoint).unwrap().data["for_audience"].clone()
}

/// What the newest published notice of an incident told this audience, in German.
async fn recorded(house: &House, id: &PublicId, audience: &str) -> Option<String> {
    let events = house.events(id).await.into_iter().rev();
    let passages = events.filter_map(|one| match one.event {
        Event::Published { passages, .. } => Some(passages),
        _ => None,
    });
    let passages = passages.map(|all| all.get(&key(audience)).cloned()).next().unwrap();
    passages.map(|said| said[&Language::DE].to_markdown())
}

/// An update of this headline with these words for the partners in both languages.
fn written(headline: &str, partners: &str) -> Command {
    let text = |language: Language| Text {
        headline: format!("{headline} ({language})"),
        ..Text::default()
    };
    let said = Language::all().map(|language| (language, Passage::parse(partners)));
    Command::Write(Writing {
        kind: Kind::Update,
        texts: Some(Language::all().map(|language| (language, text(language))).collect()),
        passages: Passages::from([(key("partners"), said.collect())]),
        next_update: None,
        corrects: None,
    })
}

/// Nothing of it is on the page, in no language and at no place.
async fn nothing_is_public(house: &House) {
    let page = format!("{:?}", house.page().await);
    for secret in ["bereit", "at hand", TEAM, "Please refer", "Nur für Partner"] {
        assert!(!page.contains(secret), "{secret} is on the page: {page}");
    }
}

both! {
    async fn partners_and_team_read_what_is_meant_for_them_and_nobody_else_does(mut house) {
        prepare(&house).await;
        house.subscribe(2).await;
        let opened = house.outage().await;
        house.pass(HOLD).await;
        let (partner, team, reader) =
            (mail(&house, "leitstand"), mail(&house, "erika"), mail(&house, "de-0"));
        assert!(partner.text.contains(HEAD) && partner.text.contains(GERMAN), "{partner:?}");
        assert!(!partner.text.contains(TEAM), "{partner:?}");
        assert!(team.text.contains(TEAM) && !team.text.contains("bereit"), "{team:?}");
        for mail in [&reader, &mail(&house, "en-1")] {
            for secret in ["bereit", "at hand", TEAM, "Please refer", "Zusätzlich", "addition"] {
                assert!(!mail.text.contains(secret), "{secret}: {mail:?}");
            }
        }
        // All of them are told the same, word for word.
        let common = |mail: &Mail| {
            let (_, rest) = mail.text.split_once("· Erstmeldung ·").unwrap();
            rest.split_once(" ---").or(rest.split_once(" >>")).unwrap().0.to_owned()
        };
        assert_eq!(common(&reader), common(&partner));
        assert_eq!(common(&reader), common(&team));
        assert_eq!(partner.subject, reader.subject);
        let desk = heard(&house, "hoster-desk");
        assert_eq!(desk["headline"], "In addition, for: Our partners");
        assert!(desk["text"].as_str().unwrap().starts_with("Please have somebody at hand"));
        assert!(heard(&house, "team-chat")["text"].as_str().unwrap().starts_with(TEAM));
        assert_eq!(recorded(&house, &opened.id, "partners").await.as_deref(), Some(GERMAN));
        nothing_is_public(&house).await;
    }

    async fn who_writes_by_hand_says_what_partners_read_or_that_they_read_nothing_more(mut house) {
        prepare(&house).await;
        house.subscribe(2).await;
        let opened = house.outage().await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        house.deliver_all().await;
        house.act(&opened.id, update("Neues")).await;
        house.deliver_all().await;
        assert!(mail(&house, "leitstand").text.contains(GERMAN), "what is prepared goes along");
        house.act(&opened.id, written("Mehr", "Nur für Partner: {since}.")).await;
        house.deliver_all().await;
        let partner = mail(&house, "leitstand");
        assert!(partner.text.contains("Nur für Partner: 13:47 Uhr (MEZ)."), "{partner:?}");
        assert!(!partner.text.contains("bereit"), "{partner:?}");
        nothing_is_public(&house).await;
        house.act(&opened.id, written("Noch mehr", "")).await;
        house.deliver_all().await;
        let partner = mail(&house, "leitstand");
        assert!(partner.subject.contains("Noch mehr"), "{partner:?}");
        assert!(!partner.text.contains("Zusätzlich"), "{partner:?}");
        assert!(heard(&house, "hoster-desk").is_null());
        assert_eq!(recorded(&house, &opened.id, "partners").await, None);
        nothing_is_public(&house).await;
    }

    async fn a_correction_and_a_relay_that_steps_in_bring_the_passage_along(mut house) {
        prepare(&house).await;
        house.subscribe(2).await;
        let opened = house.outage().await;
        house.lose_relay(Options::default()).await;
        let version = second_relay(&house).await;
        house.act(&opened.id, Command::Adopt { handbook: version }).await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        house.deliver_all().await;
        let team = mail(&house, "erika");
        assert!(team.text.contains(TEAM), "over the other relay: {team:?}");
        assert!(!mail(&house, "de-0").text.contains(TEAM));
        house.act(&opened.id, correction("Doch anders", 1)).await;
        house.deliver_all().await;
        let corrected = heard(&house, "hoster-desk");
        assert!(corrected["text"].as_str().unwrap().starts_with("Please have somebody"));
        assert_eq!(recorded(&house, &opened.id, "partners").await.as_deref(), Some(GERMAN));
        assert!(mail(&house, "de-0").subject.contains("Doch anders"));
        nothing_is_public(&house).await;
    }

    async fn whoever_has_not_heard_before_gets_the_passage_too(mut house) {
        prepare(&house).await;
        house.subscribe(1).await;
        let opened = house.outage().await;
        let dead = house.lose_relay(Options::default()).await;
        house.act(&opened.id, Command::Release { number: 1 }).await;
        house.deliver().await;
        house.act(&opened.id, update("Neues")).await;
        house.sink = revived(dead).await;
        house.deliver_all().await;
        let partner = mail(&house, "leitstand");
        let alone = "Falls Sie von dieser Störung noch nichts gehört haben";
        assert!(partner.text.contains(alone) && partner.text.contains(GERMAN), "{partner:?}");
        assert!(!mail(&house, "de-0").text.contains("bereit"));
    }

    async fn a_drill_plays_the_passages_through_and_sends_none(house) {
        prepare(&house).await;
        let drill = house.drill("shop-down").await;
        house.pass(HOLD).await;
        house.pass(Span::minutes(1)).await;
        assert_eq!(house.sink.look(|ledger| ledger.arrivals()), 0);
        assert!(house.world.heard().is_empty());
        assert!(recorded(&house, &drill, "partners").await.is_some());
        let mut told = 0;
        for dispatch in house.engine.store.dispatches_of::<Body>(&drill).await.unwrap() {
            let Body::Notice(notice) = &dispatch.order.body else { continue };
            let said = notice.passage.get(&Language::DE).map(Passage::to_markdown);
            let said = said.unwrap_or_default();
            match dispatch.order.audience.as_str() {
                "partners" => assert!(said.starts_with("Bitte halten Sie"), "{said}"),
                "team" => assert!(said.starts_with(TEAM), "{said}"),
                _ => assert_eq!(said, ""),
            }
            told += 1;
        }
        assert!(told >= 5, "it was played through for every audience");
    }
}
