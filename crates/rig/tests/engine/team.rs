//! The people in the room: an alarm chain that runs by itself, roles that are handed over, partners
//! by their link, reports that are owed, and a second person who reads.

use std::collections::BTreeMap;

use engine::EngineError;
use engine::link::Link;
use model::incident::{
    Actor, AidCommand, Call, CallEvent, Command, DutyCommand, Event, Incident, Proposal, Refused,
    TaskCommand, TeamCommand, Writing, tasks,
};
use model::language::Language;
use model::notice::{Kind, Passages, Text, Texts};
use model::value::{Key, Span};

use crate::both::both;
use crate::house::{HOLD, House, PAGE, key};

const SHOP: &str = "plans/shop-down.toml";

/// Ten people, an alarm chain of all of them, and two channels to which nobody listens.
async fn crowd(house: &House) {
    let base = house.engine.handbook().await.unwrap().number;
    let (_, mut files) = house.engine.store.newest_handbook().await.unwrap().unwrap();
    let mut people = String::new();
    let mut contacts = house.contacts.clone();
    for at in 0..10 {
        people += &format!("\n[person.p{at}]\nlanguage = \"de\"\n");
        contacts +=
            &format!("\n[p{at}]\nname = \"Mensch {at}\"\nemail = \"p{at}@lindenhof.example\"\n");
    }
    people += r#"
[role.watch]
title.de = "Wache"
title.en = "Watch"
person = "p1"
deputies = ["p2", "p3"]

[rota.turns]
title.de = "Bereitschaft"
title.en = "On call"
people = ["p6", "p7"]
starts = 2026-11-23T09:00:00
turn = "1w"

[chain.everybody]
title.de = "Alle"
title.en = "Everybody"
otherwise.de = "Selbst hinfahren."
otherwise.en = "Go there yourself."
"#;
    let rungs = [
        ("person:p0", r#"["deaf-a", "mail"]"#, "10m"),
        ("role:watch", r#"["mail"]"#, "5m"),
        // Was asked over mail already: only the deaf channel is new.
        ("person:p1", r#"["mail", "deaf-b"]"#, "3m"),
        // Nobody is asked twice over the same channel: passed over at once.
        ("person:p2", r#"["mail"]"#, "30m"),
        ("person:p4", r#"["deaf-a"]"#, "4m"),
        ("person:p5", r#"["deaf-b", "mail"]"#, "10m"),
        ("rota:turns", r#"["mail"]"#, "10m"),
        ("person:p8", "[]", "10m"),
        ("person:p9", r#"["mail"]"#, "10m"),
    ];
    for (who, channels, wait) in rungs {
        people += &format!(
            "\n[[chain.everybody.rung]]\nwho = \"{who}\"\nchannels = {channels}\n\
             acknowledge_within = \"{wait}\"\n"
        );
    }
    people = people.replace("channels = []\n", "");
    files.get_mut("people.toml").unwrap().push_str(&people);
    for deaf in ["deaf-a", "deaf-b"] {
        files.get_mut("channels.toml").unwrap().push_str(&format!(
            "\n[channel.{deaf}]\nkind = \"email\"\nhost = \"127.0.0.1\"\nport = 1\n\
             security = \"plain\"\nfrom = \"lage@lindenhof.example\"\nfrom_name = \"Lage\"\n\
             addresses = \"mail\"\n"
        ));
    }
    let plan = files.get_mut(SHOP).unwrap();
    *plan = plan.replace("level = \"incident\"\n", "level = \"incident\"\nalarm = \"everybody\"\n");
    house.engine.apply(&files, Some(base), "test", "a crowd").await.unwrap();
    house.engine.apply_contacts(&contacts).await.unwrap();
}

/// A waiting time for the answer of whoever is called to a role.
async fn in_turn(house: &House) {
    house.change(SHOP, "holding = true", "holding = true\nacknowledge_within = \"4m\"").await;
}

/// Who was asked, in which minute since it was opened, over what.
async fn asked(house: &House, opened: &Incident) -> Vec<(String, u64, Vec<String>)> {
    let events = house.events(&opened.id).await;
    let asked = events.into_iter().filter_map(|recorded| match recorded.event {
        Event::Call(CallEvent::Asked { who, channels, .. }) => {
            let minute = recorded.at.since(opened.opened_at).as_minutes();
            let channels = channels.iter().map(ToString::to_string).collect();
            Some((who.key().to_string(), minute, channels))
        }
        _ => None,
    });
    asked.collect()
}

fn row(who: &str, minute: u64, channels: &[&str]) -> (String, u64, Vec<String>) {
    (who.into(), minute, channels.iter().map(|one| (*one).to_owned()).collect())
}

/// All that the chain of [`crowd`] asks when nobody answers.
fn whole_chain() -> Vec<(String, u64, Vec<String>)> {
    vec![
        row("p0", 0, &["deaf-a", "mail"]),
        row("p1", 10, &["mail"]),
        row("p2", 15, &["mail"]),
        row("p3", 20, &["mail"]),
        row("p1", 25, &["deaf-b"]),
        row("p4", 28, &["deaf-a"]),
        row("p5", 32, &["deaf-b", "mail"]),
        row("p6", 42, &["mail"]),
        row("p8", 52, &["mail"]),
        row("p9", 62, &["mail"]),
    ]
}

fn asked_by_mail(house: &House, name: &str) -> usize {
    let subjects = house.subjects(name).into_iter();
    subjects.filter(|subject| subject.starts_with("Bitte melden")).count()
}

/// Lets so many minutes pass, each by itself, and everything be sent that can be.
async fn minutes(house: &House, count: u64) {
    for _ in 0..count {
        house.pass(Span::minutes(1)).await;
    }
}

fn text(headline: &str) -> Texts {
    let text = |language: Language| Text {
        headline: format!("{headline} ({language})"),
        body: vec!["Wir wissen jetzt mehr.".into()],
        ..Text::default()
    };
    Language::all().map(|language| (language, text(language))).collect()
}

fn person(name: &str) -> Actor {
    Actor::Person(key(name))
}

both! {
    async fn of_a_rota_whoever_is_on_call_is_asked_when_its_turn_comes_not_when_the_outage_began(mut house) {
        crowd(&house).await;
        // Nobody is on call yet when it begins; 42 minutes later, when the rota's turn comes, p6 is.
        let starts = house.engine.now().after(Span::minutes(30));
        let starts = house.engine.handbook().await.unwrap().handbook.zone.wall(starts).to_string();
        let starts = format!("starts = {}", &starts[..19]);
        house.change("people.toml", "starts = 2026-11-23T09:00:00", &starts).await;
        let opened = house.outage().await;
        house.turn().await;
        minutes(&house, 80).await;
        assert_eq!(asked(&house, &opened).await, whole_chain());
    }
}

both! {
    async fn the_right_person_is_asked_at_the_right_minute_although_two_channels_are_deaf(mut house) {
        crowd(&house).await;
        let opened = house.outage().await;
        house.turn().await;
        minutes(&house, 80).await;
        assert_eq!(asked(&house, &opened).await, whole_chain());
        let by_mail: BTreeMap<_, _> =
            (0..10).map(|at| (at, asked_by_mail(&house, &format!("p{at}")))).collect();
        let expected = [1, 1, 1, 1, 0, 1, 1, 0, 1, 1];
        assert_eq!(by_mail, (0..10).zip(expected).collect(), "nobody twice by the same channel");
        let chain = Call::Chain(key("everybody"));
        let calling = house.incident(&opened.id).await.calling(&chain);
        assert_eq!(calling.unanswered, Some(opened.opened_at.after(Span::minutes(72))));
    }

    async fn a_node_that_dies_at_any_moment_loses_no_alarm_and_rings_nobody_twice(mut house) {
        crowd(&house).await;
        let opened = house.outage().await;
        // After each step of each minute the node is gone, and another goes on.
        for minute in 0..80 {
            house.engine.due_step().await.unwrap();
            house.engine = house.node(&format!("asked-{minute}")).await;
            house.deliver().await;
            house.engine = house.node(&format!("sent-{minute}")).await;
            house.clock.pass(Span::minutes(1));
        }
        assert_eq!(asked(&house, &opened).await, whole_chain());
        let twice = house.sink.received().iter().filter(|mail| mail.arrivals > 1).count();
        assert_eq!(twice, 0);
        assert_eq!(asked_by_mail(&house, "p9"), 1);
    }

    async fn whoever_answers_by_the_link_lets_all_others_sleep(mut house) {
        crowd(&house).await;
        let opened = house.outage().await;
        house.turn().await;
        minutes(&house, 11).await;
        let link = house.link_of("p1");
        let wanted = house.engine.wanted(&link).await.unwrap();
        assert_eq!(wanted.len(), 1);
        house.engine.answer(&link, &wanted[0].call, true).await.unwrap();
        minutes(&house, 60).await;
        assert_eq!(asked(&house, &opened).await, whole_chain()[..2]);
        assert!(house.engine.wanted(&link).await.unwrap().is_empty());
    }

    async fn whoever_cannot_is_followed_by_the_next_at_once(mut house) {
        crowd(&house).await;
        let opened = house.outage().await;
        house.turn().await;
        let (link, call) = (house.link_of("p0"), Call::Chain(key("everybody")));
        house.engine.answer(&link, &call, false).await.unwrap();
        house.turn().await;
        assert_eq!(asked(&house, &opened).await[1], row("p1", 0, &["mail"]));
    }

    async fn deputies_sleep_until_the_holder_of_their_role_has_not_answered(mut house) {
        in_turn(&house).await;
        let opened = house.outage().await;
        house.turn().await;
        // Erika leads, Amira communicates, Jonas is the engineer; Noor only stands in.
        assert!(house.subjects("noor").is_empty());
        let first = house.mails_to("erika");
        assert_eq!(first.len(), 1, "one message for all that somebody is called for");
        assert!(first[0].text.contains("Leitung") && first[0].text.contains("14:"), "{first:?}");
        let lead = Call::Role(key("lead"));
        house.engine.answer(&house.link_of("erika"), &lead, true).await.unwrap();
        minutes(&house, 5).await;
        assert_eq!(house.subjects("noor").len(), 2, "asked, and told that the notice is out");
        let held = &house.incident(&opened.id).await.roles[&key("lead")];
        assert_eq!(held.holder.as_ref().map(|(by, _)| by), Some(&person("erika")));
    }

    async fn a_role_is_handed_over_only_when_the_other_agrees(mut house) {
        in_turn(&house).await;
        let opened = house.outage().await;
        house.turn().await;
        let role = key("lead");
        let take = Command::Team(TeamCommand::Take { role: role.clone(), who: None });
        house.engine.act(&opened.id, &take, &person("erika")).await.unwrap();
        let other = house.engine.act(&opened.id, &take, &person("amira")).await;
        assert!(matches!(other, Err(EngineError::Refused(Refused::RoleTaken))));
        let offer = Command::Team(TeamCommand::Offer { role: role.clone(), to: key("noor") });
        house.engine.act(&opened.id, &offer, &person("erika")).await.unwrap();
        house.deliver().await;
        assert!(house.subjects("noor").last().unwrap().starts_with("Please take over"));
        let holder = |incident: &Incident| incident.roles[&key("lead")].holder.clone().unwrap().0;
        assert_eq!(holder(&house.incident(&opened.id).await), person("erika"));
        let link = house.link_of("noor");
        house.engine.answer(&link, &Call::Role(role.clone()), true).await.unwrap();
        assert_eq!(holder(&house.incident(&opened.id).await), person("noor"));
        // Laid down, it is offered to all others from the beginning.
        let leave = Command::Team(TeamCommand::Leave { role });
        house.engine.act(&opened.id, &leave, &person("noor")).await.unwrap();
        house.turn().await;
        let last = asked(&house, &opened).await.pop().unwrap();
        assert_eq!(last.0, "erika");
    }

    async fn a_partner_sees_one_incident_by_their_link_and_answers(mut house) {
        let opened = house.outage().await;
        let call = AidCommand::Call { partner: key("hoster"), task: None, by_phone: false };
        house.engine.act(&opened.id, &Command::Aid(call), &person("erika")).await.unwrap();
        house.deliver().await;
        let mail = house.mails_to("leitstand").pop().unwrap();
        assert!(mail.text.contains("LH-2207") && mail.text.contains("Shop"), "{}", mail.text);
        assert!(!mail.text.contains('{') && !mail.text.contains("____"), "{}", mail.text);
        let link = mail.token(&format!("{PAGE}/guest/")).unwrap();
        let view = house.engine.guest_look(&link).await.unwrap();
        assert_eq!(view.title.get(Language::DE), "Shop ausgefallen");
        let back = house.clock.now().after(Span::minutes(30));
        house.engine.guest_answer(&link, "Wir kommen.", "NRD-1", Some(back)).await.unwrap();
        let last = house.events(&opened.id).await.pop().unwrap();
        assert_eq!(last.by, Actor::Partner(key("hoster")));
        let aid = &house.incident(&opened.id).await.aid[&key("hoster")];
        assert_eq!((aid.answers[0].ticket.as_str(), aid.answers[0].back_at), ("NRD-1", Some(back)));
        // It opens nothing else, and nothing once it is over.
        assert!(house.engine.desk_look(&link).await.is_err());
        let elsewhere = Link::Guest { incident: opened.id.clone(), partner: key("nobody"), round: 0 };
        let elsewhere = elsewhere.token(&house.engine.keys);
        assert!(matches!(house.engine.guest_look(&elsewhere).await, Err(EngineError::BadLink)));
        house.act(&opened.id, Command::Resolve { texts: None, passages: Passages::new() }).await;
        let late = house.engine.guest_answer(&link, "Fertig.", "", None).await;
        assert!(matches!(late, Err(EngineError::Refused(Refused::Closed))));
    }

    async fn a_partners_link_that_was_ended_shows_nothing_more_and_only_a_new_call_brings_a_new_one(mut house) {
        let opened = house.outage().await;
        let hoster = key("hoster");
        let revoke = Command::Aid(AidCommand::Revoke { partner: hoster.clone() });
        let early = house.engine.act(&opened.id, &revoke, &person("erika")).await;
        assert!(matches!(early, Err(EngineError::Refused(Refused::NotCalled(_)))));
        let call = AidCommand::Call { partner: hoster.clone(), task: None, by_phone: false };
        let link = async |house: &House| {
            house.act(&opened.id, Command::Aid(call.clone())).await;
            house.deliver().await;
            let mail = house.mails_to("leitstand").pop().unwrap();
            mail.token(&format!("{PAGE}/guest/")).unwrap()
        };
        let old = link(&house).await;
        house.engine.guest_look(&old).await.unwrap();
        house.act(&opened.id, revoke.clone()).await;
        let ended = house.engine.guest_look(&old).await;
        assert!(matches!(ended, Err(EngineError::LinkEnded)), "{ended:?}");
        let said = house.engine.guest_answer(&old, "Wir kommen.", "", None).await;
        assert!(matches!(said, Err(EngineError::LinkEnded)), "{said:?}");
        let before = house.events(&opened.id).await.len();
        house.act(&opened.id, revoke).await;
        assert_eq!(house.events(&opened.id).await.len(), before, "ending it twice says nothing new");
        let new = link(&house).await;
        house.engine.guest_answer(&new, "Wir kommen.", "", None).await.unwrap();
        let ended = house.engine.guest_look(&old).await;
        assert!(matches!(ended, Err(EngineError::LinkEnded)), "the old one stays ended");
        let aid = &house.incident(&opened.id).await.aid[&hoster];
        assert_eq!((aid.round, aid.revoked_at, aid.answers.len()), (1, None, 1));
    }

    async fn a_report_is_remembered_also_after_the_incident_is_over(mut house) {
        let opened = house.outage().await;
        let duty = key("payments");
        let decide = DutyCommand::Decide {
            duty: duty.clone(),
            applies: true,
            reason: String::new(),
            aware_at: None,
        };
        house.act(&opened.id, Command::Duty(decide)).await;
        let aware = house.clock.now();
        house.act(&opened.id, Command::Resolve { texts: None, passages: Passages::new() }).await;
        house.deliver_all().await;
        let before = house.subjects("erika").len();
        let until = |at: Span| aware.after(at).since(house.clock.now());
        house.pass(until(Span::minutes(179))).await;
        assert_eq!(house.subjects("erika").len(), before, "three hours of four have not passed");
        house.pass(Span::minutes(2)).await;
        let newest = house.subjects("erika").pop().unwrap();
        assert!(newest.starts_with("Meldefrist:"), "{newest}");
        house.pass(Span::minutes(61)).await;
        let newest = house.subjects("erika").pop().unwrap();
        assert!(newest.starts_with("Meldefrist versäumt:"), "{newest}");
        house.pass(Span::days(1)).await;
        assert_eq!(house.subjects("erika").len(), before + 2, "and no more of it");
        for stage in ["first", "final"] {
            let text = "An den Händlerdienst".to_owned();
            let sent = DutyCommand::Sent { duty: duty.clone(), stage: key(stage), at: None, text };
            house.act(&opened.id, Command::Duty(sent)).await;
        }
        assert!(!house.incident(&opened.id).await.owes());
        house.pass(Span::days(30)).await;
        assert_eq!(house.subjects("erika").len(), before + 2);
    }

    async fn what_somebody_wrote_goes_out_only_after_a_second_person_has_read_it(mut house) {
        house.change(SHOP, "holding = true", "holding = true\napproval = true").await;
        house.subscribe(2).await;
        let opened = house.outage().await;
        let writing = Writing {
            kind: Kind::Update,
            texts: Some(text("Neues")),
            passages: Passages::new(),
            next_update: None,
            corrects: None,
        };
        let act = async |command: &Command, by: &str| {
            house.engine.act(&opened.id, command, &person(by)).await
        };
        let alone = act(&Command::Write(writing.clone()), "erika").await;
        assert!(matches!(alone, Err(EngineError::Refused(Refused::NeedsSecond(_)))));
        // What waits was written anew, and nobody read it: the prepared text goes out in time.
        let texts = text("Ungelesen");
        act(&Command::Rewrite { number: 1, texts, passages: Passages::new() }, "erika").await.unwrap();
        let own = act(&Command::Release { number: 1 }, "erika").await;
        assert!(matches!(own, Err(EngineError::Refused(Refused::OwnProposal))));
        house.pass(HOLD).await;
        assert!(!house.subjects("de-0")[0].contains("Ungelesen"));
        let proposed = act(&Command::Propose(Proposal::Write(writing)), "erika").await.unwrap();
        let proposed = proposed[0].seq;
        house.deliver().await;
        assert!(house.subjects("amira").last().unwrap().starts_with("Bitte gegenlesen"));
        assert!(!house.subjects("erika").last().unwrap().starts_with("Bitte gegenlesen"));
        let own = act(&Command::Approve { proposed }, "erika").await;
        assert!(matches!(own, Err(EngineError::Refused(Refused::OwnProposal))));
        assert_eq!(house.told(), 2);
        act(&Command::Approve { proposed }, "amira").await.unwrap();
        house.deliver_all().await;
        assert!(house.subjects("de-0").last().unwrap().contains("Neues"));
        let twice = act(&Command::Approve { proposed }, "amira").await;
        assert!(matches!(twice, Err(EngineError::Refused(Refused::NoProposal))));
    }

    async fn a_step_is_given_taken_ticked_and_left_out_with_a_reason(mut house) {
        let opened = house.outage().await;
        let handbook = house.engine.handbook().await.unwrap().handbook;
        let all = tasks(&handbook, &opened);
        let restart: Vec<&str> =
            all.iter().rev().take(1).map(|one| one.what.get(Language::DE)).collect();
        assert_eq!(restart, ["Shop"], "what failed is started again");
        let task = |at: usize| all[at].id.clone();
        let act = async |command: TaskCommand| {
            house.engine.act(&opened.id, &Command::Task(command), &person("erika")).await
        };
        act(TaskCommand::Assign { task: task(0), to: Some(key("noor")) }).await.unwrap();
        house.deliver().await;
        assert!(house.subjects("noor").last().unwrap().starts_with("A step for you"));
        act(TaskCommand::Tick { task: task(0), note: "ging schnell".into() }).await.unwrap();
        let silent = act(TaskCommand::Skip { task: task(1), reason: " ".into() }).await;
        assert!(matches!(silent, Err(EngineError::Refused(Refused::NothingSaid(_)))));
        act(TaskCommand::Skip { task: task(1), reason: "nicht nötig".into() }).await.unwrap();
        let again = act(TaskCommand::Tick { task: task(1), note: String::new() }).await;
        assert!(matches!(again, Err(EngineError::Refused(Refused::TaskSettled))));
        act(TaskCommand::Reopen { task: task(1) }).await.unwrap();
        let incident = house.incident(&opened.id).await;
        let settled = |at: usize| incident.progress(&task(at)).settled;
        assert_eq!(settled(0).unwrap().said, "ging schnell");
        assert!(settled(1).is_none());
    }

    async fn visitors_see_what_a_person_says_of_a_part_until_it_is_left_to_measurement(mut house) {
        use model::handbook::system::ComponentState::{Operational, Partial};
        let opened = house.outage().await;
        let set = |state| Command::SetState { component: key("shop"), state };
        house.act(&opened.id, set(Some(Partial))).await;
        house.looks("shop-page", 3).await;
        assert_eq!(house.state("Shop").await, Partial, "although it measures worse");
        house.act(&opened.id, set(Some(Operational))).await;
        house.looks("shop-page", 3).await;
        assert_eq!(house.state("Shop").await, Operational);
        assert!(house.incident(&opened.id).await.recovered_at.is_some());
        house.act(&opened.id, set(None)).await;
        house.looks("shop-page", 1).await;
        assert!(house.state("Shop").await.is_broken(), "the monitors are believed again");
        let known: Vec<Key> = house.incident(&opened.id).await.by_hand.into_keys().collect();
        assert!(known.is_empty());
    }
}
