//! What people write together before it goes out, and what the room knows of it afterwards.

use std::collections::BTreeMap;

use model::draft::{Draft, Sheet, Slot};
use model::incident::{Actor, Command, Writing};
use model::language::Language;
use model::notice::{Kind, Passages};
use model::value::Span;

use crate::both::both;
use crate::house::{HOLD, House, key};

/// A draft in German alone; the other language is left as it is.
fn german(headline: &str, body: &str) -> Draft {
    let sheet = Sheet { headline: headline.into(), body: body.into(), ..Sheet::default() };
    Draft(BTreeMap::from([(Language::DE, sheet)]))
}

fn body(draft: &Draft) -> &str {
    &draft.0[&Language::DE].body
}

both! {
    async fn what_two_people_type_into_one_notice_is_there_for_both(mut house) {
        let opened = house.outage().await;
        let (engine, id, slot) = (&house.engine, &opened.id, Slot::Pending(1));
        let start = engine.draft(id, slot).await.unwrap();
        assert_eq!(start.number, 0, "nobody typed yet: the prepared text");
        let text = body(&start.draft).to_owned();
        let head = start.draft.0[&Language::DE].headline.clone();
        let erika = german(&head, &format!("Von Erika.\n{text}"));
        let first = engine.save_draft(id, slot, 0, &erika, "erika").await.unwrap();
        assert_eq!(first.mine, first.newest.number);
        let amira = german(&head, &format!("{text}\nVon Amira."));
        let second = engine.save_draft(id, slot, 0, &amira, "amira").await.unwrap();
        assert_ne!(second.mine, second.newest.number, "she is told that there is more");
        let both = body(&second.newest.draft);
        assert!(both.starts_with("Von Erika.\n") && both.ends_with("\nVon Amira."), "{both}");
        // What she types next stands on what she sent, not on what she has not seen.
        let more = german(&head, &format!("{text}\nVon Amira, mehr."));
        let third = engine.save_draft(id, slot, second.mine, &more, "amira").await.unwrap();
        let all = body(&third.newest.draft);
        assert!(all.starts_with("Von Erika.\n") && all.ends_with("\nVon Amira, mehr."), "{all}");
        assert!(!third.newest.draft.0[&Language::EN].headline.is_empty(), "English is untouched");
        let again = house.another().await;
        assert_eq!(again.draft(id, slot).await.unwrap(), third.newest, "it outlives a restart");
        let states = again.draft_states(id, slot, 20).await.unwrap();
        assert!(states.iter().any(|one| body(&one.draft).ends_with("\nVon Amira.")));
    }

    async fn ten_people_who_save_at_once_lose_nothing(mut house) {
        let opened = house.outage().await;
        let mut saving = tokio::task::JoinSet::new();
        for who in 0..10 {
            let (engine, id) = (house.engine.clone(), opened.id.clone());
            saving.spawn(async move {
                let typed = german("Kopf", &format!("Zeile {who}."));
                engine.save_draft(&id, Slot::Update, 0, &typed, "jemand").await.unwrap();
            });
        }
        while let Some(saved) = saving.join_next().await {
            saved.unwrap();
        }
        let newest = house.engine.draft(&opened.id, Slot::Update).await.unwrap();
        for who in 0..10 {
            let line = format!("Zeile {who}.");
            assert!(body(&newest.draft).contains(&line), "{line} in {newest:?}");
        }
    }

    async fn a_waiting_notice_goes_out_by_itself_as_it_was_rewritten(mut house) {
        house.subscribe(2).await;
        let opened = house.outage().await;
        let typed = german("Der Shop macht Pause", "Seit {since} geht Bestellen nicht.");
        let kept = house.engine.save_draft(&opened.id, Slot::Pending(1), 0, &typed, "erika").await;
        let texts = kept.unwrap().newest.draft.texts().unwrap();
        let by = Actor::Person(key("erika"));
        let waits = house.incident(&opened.id).await;
        assert_ne!(waits.pending().unwrap().texts, texts, "a draft alone changes nothing");
        let said = (&texts, &Passages::new());
        house.engine.rewrite_if(&opened.id, 1, said, &by, None).await.unwrap();
        house.pass(HOLD).await;
        house.deliver_all().await;
        let mail = house.mails_to("de-0").pop().unwrap();
        assert!(mail.subject.contains("Der Shop macht Pause"), "{}", mail.subject);
        let page = house.page().await;
        let told = &page.open[0].notices[0].texts[&Language::DE];
        assert_eq!(told.headline, "Der Shop macht Pause");
        assert!(told.body[0].starts_with("Seit 1"), "holes are filled: {}", told.body[0]);
    }

    async fn a_draft_begins_anew_once_it_was_published(mut house) {
        let opened = house.outage().await;
        house.pass(HOLD).await;
        let (engine, id, slot) = (house.engine.clone(), opened.id.clone(), Slot::Update);
        let prepared = engine.draft(&id, slot).await.unwrap().draft;
        let typed = german("Neues", "Wir haben den Fehler.");
        let kept = engine.save_draft(&id, slot, 0, &typed, "erika").await.unwrap();
        let texts = Some(kept.newest.draft.texts().unwrap());
        let writing = Writing { kind: Kind::Update, texts, passages: Passages::new(), next_update: None, corrects: None };
        house.act(&id, Command::Write(writing)).await;
        engine.clear_draft(&id, slot).await.unwrap();
        assert_eq!(engine.draft(&id, slot).await.unwrap().draft, prepared);
        let late = german("Neues", "Wir haben den Fehler.\nUnd noch etwas.");
        let after = engine.save_draft(&id, slot, kept.mine, &late, "amira").await.unwrap();
        assert!(body(&after.newest.draft).contains("Und noch etwas."), "what she typed is kept");
        assert!(!body(&after.newest.draft).contains("Wir haben den Fehler."), "this was published");
    }

    async fn the_room_says_who_was_called_and_whom_each_notice_has_reached(mut house) {
        house.subscribe(3).await;
        let opened = house.outage().await;
        house.deliver_all().await;
        let (case, events) = house.engine.story(&opened.id).await.unwrap();
        let cards = house.engine.cards().await.unwrap();
        let called = house.engine.called(&case, &events, &cards).await.unwrap();
        assert_eq!(called.len(), 4, "holders and deputies of two roles");
        assert!(called.iter().all(|one| one.by == [key("mail")]), "{called:?}");
        assert_eq!(called[0].name.as_deref(), Some("Erika Mustermann"));
        let tells = house.engine.would_tell(&case).await.unwrap();
        assert!(house.engine.reach(&case).await.unwrap().is_empty(), "nothing is out yet");
        house.pass(HOLD).await;
        house.pass(Span::minutes(1)).await;
        house.deliver_all().await;
        let case = house.engine.case(&opened.id).await.unwrap();
        let reach = house.engine.reach(&case).await.unwrap();
        assert_eq!((reach.len(), reach[0].number), (1, 1));
        assert_eq!(reach[0].sum.planned, tells, "what was foretold is what was planned");
        assert_eq!(reach[0].sum.accepted, reach[0].sum.planned, "{reach:?}");
        assert!(reach[0].ways.iter().all(|way| way.counted && way.tally.open == 0));
    }
}
