//! The rules for people, steps, partners and duties in an incident, by random stories with jumping
//! clocks.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod samples;

use std::collections::BTreeSet;

use model::handbook::Handbook;
use model::handbook::duty::{Clock, Delay, Duty, Limit, Stage};
use model::handbook::people::{Chain, Partner, Person, Role, Rung, Who};
use model::handbook::plan::Step;
use model::incident::{
    Actor, AidCommand, Call, CallEvent, Callee, Cause, Command, DutyCommand, DutyEvent, Event,
    Incident, Opening, Proposal, Recorded, Start, TaskCommand, TaskEvent, TeamCommand, Writing,
    alerted, decide, next_due, open, report, tasks,
};
use model::language::Language;
use model::notice::{Kind, Passages, Text};
use model::value::{Key, PublicId, Span, Timestamp};
use proptest::prelude::*;
use samples::{handbook, key, localized};

const START: Timestamp = Timestamp(1_795_524_420_000_000);
const PEOPLE: [&str; 5] = ["anna", "bert", "cleo", "dora", "emil"];

fn role(name: &str, person: &str, deputies: &[&str]) -> Role {
    Role {
        key: key(name),
        title: localized(name),
        task: None,
        person: key(person),
        deputies: deputies.iter().map(|one| key(one)).collect(),
    }
}

fn rung(who: Who, channels: &[&str], minutes: u64) -> Rung {
    Rung {
        who,
        channels: channels.iter().map(|one| key(one)).collect(),
        acknowledge_within: Some(Span::minutes(minutes)),
    }
}

fn duty() -> Duty {
    let stage = |name: &str, clock, after| Stage {
        key: key(name),
        title: localized(name),
        due: vec![Limit { clock, after }],
        only_if: None,
        content: vec![localized("what happened")],
    };
    Duty {
        key: key("authority"),
        from: None,
        title: localized("Report"),
        law: localized("Law 1"),
        who: localized("us"),
        trigger: localized("data"),
        to: localized("Authority"),
        verified_on: "2026-11-02".parse().unwrap(),
        source: "https://law.example".into(),
        unconfirmed: None,
        owner: Some(key("lead")),
        stages: vec![
            stage("first", Clock::Aware, Delay::Span(Span::minutes(240))),
            stage("grave", Clock::Classified, Delay::AtOnce),
            stage("last", Clock::Sent(key("first")), Delay::Months(1)),
        ],
    }
}

/// Five people, two roles, a chain that calls some of them more than once, a partner, a duty.
fn book(second: bool) -> Handbook {
    let mut book = handbook();
    for name in PEOPLE {
        let person = Person { key: key(name), language: Language::DE, trained: vec![] };
        book.people.insert(key(name), person);
    }
    for role in [role("lead", "anna", &["bert"]), role("desk", "cleo", &["anna", "dora"])] {
        book.roles.insert(role.key.clone(), role);
    }
    let rungs = vec![
        rung(Who::Role(key("desk")), &["mail"], 3),
        rung(Who::Person(key("anna")), &["mail", "sms"], 4),
        rung(Who::Person(key("cleo")), &["mail"], 5),
        rung(Who::Partner(key("host")), &["mail"], 6),
        rung(Who::Person(key("emil")), &[], 7),
    ];
    let chain = Chain { key: key("night"), title: localized("Night"), rungs, otherwise: None };
    book.chains.insert(key("night"), chain);
    let partner = Partner {
        key: key("host"),
        what: localized("host"),
        contract: None,
        hours: None,
        response: None,
        reach: None,
        callout: None,
        called_on: None,
    };
    book.partners.insert(key("host"), partner);
    book.duties.insert(key("authority"), duty());
    let step = |what: &str| Step {
        what: localized(what),
        role: key("desk"),
        check: None,
        within: Some(Span::minutes(10)),
        otherwise: None,
        partner: None,
        proven_on: None,
    };
    let plan = book.plans.get_mut(&key("shop")).unwrap();
    plan.alarm = Some(key("night"));
    plan.policy.alert = vec![key("lead"), key("desk")];
    plan.policy.alert_channels = vec![key("mail"), key("sms")];
    plan.policy.acknowledge_within = Some(Span::minutes(5));
    plan.policy.approval = second;
    plan.immediate = vec![step("look")];
    plan.steps = vec![step("mend"), step("mend")];
    book
}

struct Story {
    handbook: Handbook,
    events: Vec<Recorded>,
    incident: Incident,
}

impl Story {
    fn begin(second: bool) -> Self {
        let handbook = book(second);
        let opening = Opening {
            plan: key("shop"),
            handbook: 1,
            drill: false,
            cause: Cause::Declared,
            since: START,
            affected: BTreeSet::from([key("shop"), key("login")]),
            standing: ["shop", "login"]
                .map(|name| (key(name), model::handbook::system::ComponentState::Major))
                .into(),
        };
        let events = open(&handbook, &opening, &Actor::Program, START).unwrap();
        let incident = Incident::fold(&PublicId::from_chance(1), &events).unwrap();
        Self { handbook, events, incident }
    }

    fn tell(&mut self, command: &Command, by: &Actor, now: Timestamp) -> bool {
        let before = self.incident.clone();
        let Ok(new) = decide(&self.handbook, &self.incident, command, by, now) else {
            assert_eq!(before, self.incident, "a refusal changes nothing");
            return false;
        };
        for event in &new {
            self.incident.apply(event);
        }
        self.events.extend(new);
        true
    }

    fn pass(&mut self, now: Timestamp) {
        for round in 0.. {
            assert!(round < 10_000, "the plan comes to rest");
            match next_due(&self.handbook, &self.incident) {
                Some((at, due)) if at <= now => {
                    let before = self.events.len();
                    assert!(self.tell(&Command::Due(due.clone()), &Actor::Program, at), "{due:?}");
                    assert!(self.events.len() > before, "what is due leads on: {due:?}");
                }
                _ => return,
            }
        }
    }
}

fn person() -> impl Strategy<Value = Key> {
    prop::sample::select(PEOPLE.to_vec()).prop_map(key)
}

fn actor() -> impl Strategy<Value = Actor> {
    prop_oneof![
        6 => person().prop_map(Actor::Person),
        1 => Just(Actor::Partner(key("host"))),
        1 => Just(Actor::Account(key("guest"))),
    ]
}

fn call() -> impl Strategy<Value = Call> {
    prop::sample::select(vec![
        Call::Role(key("lead")),
        Call::Role(key("desk")),
        Call::Chain(key("night")),
    ])
}

fn texts() -> model::notice::Texts {
    let text = Text { headline: "New".into(), body: vec!["Words.".into()], ..Text::default() };
    Language::all().map(|language| (language, text.clone())).collect()
}

fn writing() -> Writing {
    Writing {
        kind: Kind::Update,
        texts: Some(texts()),
        passages: Passages::new(),
        next_update: None,
        corrects: None,
    }
}

fn team() -> impl Strategy<Value = Command> {
    let role = || prop::sample::select(vec!["lead", "desk", "none"]).prop_map(key);
    prop_oneof![
        (call(), prop::option::of(person()))
            .prop_map(|(call, who)| TeamCommand::Answer { call, who }),
        (call(), prop::option::of(person()))
            .prop_map(|(call, who)| TeamCommand::Decline { call, who }),
        call().prop_map(|call| TeamCommand::AskAgain { call }),
        (role(), prop::option::of(person()))
            .prop_map(|(role, who)| TeamCommand::Take { role, who }),
        role().prop_map(|role| TeamCommand::Accept { role }),
        (role(), person()).prop_map(|(role, to)| TeamCommand::Offer { role, to }),
        role().prop_map(|role| TeamCommand::DeclineOffer { role }),
        role().prop_map(|role| TeamCommand::Leave { role }),
    ]
    .prop_map(Command::Team)
}

fn work() -> impl Strategy<Value = Command> {
    let story = Story::begin(false);
    let all: Vec<PublicId> =
        tasks(&story.handbook, &story.incident).into_iter().map(|task| task.id).collect();
    let task = move || prop::sample::select(all.clone());
    prop_oneof![
        (task(), prop::option::of(person()))
            .prop_map(|(task, to)| TaskCommand::Assign { task, to }),
        task().prop_map(|task| TaskCommand::Tick { task, note: String::new() }),
        task().prop_map(|task| TaskCommand::Skip { task, reason: "not needed".into() }),
        task().prop_map(|task| TaskCommand::Reopen { task }),
    ]
    .prop_map(Command::Task)
}

fn obligation() -> impl Strategy<Value = Command> {
    let stage = prop::sample::select(vec!["first", "grave", "last"]).prop_map(key);
    let duty = || key("authority");
    prop_oneof![
        any::<bool>().prop_map(move |applies| DutyCommand::Decide {
            duty: duty(),
            applies,
            reason: "because".into(),
            aware_at: None,
        }),
        Just(DutyCommand::Start { duty: duty(), start: Start::Classified, at: START }),
        stage.prop_map(move |stage| DutyCommand::Sent {
            duty: duty(),
            stage,
            at: None,
            text: "sent".into(),
        }),
        Just(DutyCommand::Finish { duty: duty(), reason: "no more".into() }),
    ]
    .prop_map(Command::Duty)
}

fn command() -> impl Strategy<Value = Command> {
    let aid = |by_phone| AidCommand::Call { partner: key("host"), task: None, by_phone };
    prop_oneof![
        6 => team(),
        4 => work(),
        3 => obligation(),
        1 => any::<bool>().prop_map(move |by_phone| Command::Aid(aid(by_phone))),
        1 => Just(Command::Write(writing())),
        2 => Just(Command::Propose(Proposal::Write(writing()))),
        1 => Just(Command::Rewrite { number: 1, texts: texts(), passages: Passages::new() }),
        1 => Just(Command::Release { number: 1 }),
        2 => (1_u64..30).prop_map(|proposed| Command::Approve { proposed }),
        1 => Just(Command::Resolve { texts: None, passages: Passages::new() }),
        1 => Just(Command::Note { text: "a note".into() }),
    ]
}

fn cases() -> u32 {
    std::env::var("NOTLICHT_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(10_000)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn no_story_of_the_room_breaks_the_rules_however_clocks_jump(
        second in any::<bool>(),
        steps in prop::collection::vec((command(), actor(), -400_i64..1800, any::<bool>()), 0..24),
    ) {
        let mut story = Story::begin(second);
        let mut now = START;
        for (command, by, jump, let_pass) in steps {
            now = Timestamp(now.0 + jump * 1_000_000);
            if let_pass {
                story.pass(now);
            }
            story.tell(&command, &by, now);
            prop_assert_eq!(story.incident.fault(), None);
        }
        judge(&story, second)?;
    }
}

/// What must hold for every story.
fn judge(story: &Story, second: bool) -> Result<(), TestCaseError> {
    let mut asked: BTreeSet<(Call, Callee, Key)> = BTreeSet::new();
    let mut settled = BTreeSet::new();
    let mut proposed = std::collections::BTreeMap::new();
    let mut writer = None;
    let mut approved: Option<u64> = None;
    for recorded in &story.events {
        match &recorded.event {
            Event::Call(CallEvent::Asked { call, who, channels, .. }) => {
                prop_assert!(!channels.is_empty());
                for channel in channels {
                    let once = (call.clone(), who.clone(), channel.clone());
                    prop_assert!(asked.insert(once), "nobody is asked twice over one channel");
                }
            }
            // Begun anew, everybody may be asked again.
            Event::Call(CallEvent::Again { call }) => asked.retain(|(one, ..)| one != call),
            Event::Crew(model::incident::CrewEvent::Left { role }) => {
                asked.retain(|(one, ..)| *one != Call::Role(role.clone()));
            }
            Event::Task(TaskEvent::Done { task, .. } | TaskEvent::Skipped { task, .. }) => {
                prop_assert!(settled.insert(task.clone()), "settled once");
            }
            Event::Task(TaskEvent::Reopened { task, .. }) => {
                prop_assert!(settled.remove(task));
            }
            Event::Proposed { .. } => {
                proposed.insert(recorded.seq, recorded.by.clone());
            }
            Event::Approved { proposed: number } => {
                prop_assert!(proposed.get(number).is_some_and(|by| *by != recorded.by));
                approved = Some(recorded.seq);
            }
            Event::Rewritten { .. } => writer = Some(recorded.by.clone()),
            Event::Published { texts, .. } if second && *texts == self::texts() => {
                // Between the two, what waited was taken off the desk.
                let let_out = approved.is_some_and(|seq| recorded.seq - seq <= 2);
                let of_another = writer.as_ref().is_some_and(|writer| *writer != recorded.by);
                prop_assert!(let_out || of_another, "a second person has read it");
                prop_assert!(recorded.by != Actor::Program);
            }
            Event::Duty(DutyEvent::Reminded { late, due, .. }) => {
                prop_assert!(!late || recorded.at >= *due);
            }
            _ => {}
        }
    }
    let again = Incident::fold(&story.incident.id, &story.events).unwrap();
    prop_assert_eq!(&again, &story.incident, "the fold tells the same story");
    let stored = serde_json::to_string(&story.events).unwrap();
    let read: Vec<Recorded> = serde_json::from_str(&stored).unwrap();
    prop_assert_eq!(&read, &story.events);
    Ok(())
}

#[test]
fn a_prepared_report_says_what_is_known_and_asks_for_the_rest() {
    let mut story = Story::begin(false);
    let by = Actor::Person(key("anna"));
    let tick = |story: &Story| {
        let task = tasks(&story.handbook, &story.incident)[0].id.clone();
        Command::Task(TaskCommand::Tick { task, note: String::new() })
    };
    let first = tick(&story);
    assert!(story.tell(&first, &by, START.after(Span::minutes(2))));
    assert!(story.tell(&Command::Release { number: 1 }, &by, START.after(Span::minutes(3))));
    let names = |_: &Key| None;
    let (duty, stage) = (key("authority"), key("first"));
    for language in [Language::DE, Language::EN] {
        let text = report(&story.handbook, &story.incident, &duty, &stage, language, &names);
        insta::assert_snapshot!(format!("report_{language}"), text.unwrap());
    }
    let none = report(&story.handbook, &story.incident, &duty, &key("x"), Language::DE, &names);
    assert_eq!(none, None);
}

#[test]
fn what_is_started_again_comes_after_what_it_needs() {
    let story = Story::begin(false);
    let mut incident = story.incident.clone();
    let state = model::handbook::system::ComponentState::Major;
    incident.standing.insert(key("database"), state);
    let all = tasks(&story.handbook, &incident);
    let restart: Vec<&str> = all[3..].iter().map(|task| task.what.get(Language::EN)).collect();
    assert_eq!(restart, ["database", "login", "shop"]);
}

#[test]
fn where_nobody_answered_everybody_is_told_what_is_asked_of_staff() {
    let mut story = Story::begin(false);
    let told = |story: &Story| alerted(&story.handbook, &story.incident);
    assert!(told(&story).is_empty(), "nobody is woken before it is their turn");
    story.pass(START);
    assert_eq!(told(&story), ["anna", "cleo"].map(key).into());
    let take = Command::Team(TeamCommand::Take { role: key("desk"), who: None });
    assert!(story.tell(&take, &Actor::Person(key("dora")), START));
    assert_eq!(told(&story), ["anna", "dora"].map(key).into());
    story.pass(START.after(Span::minutes(10)));
    assert_eq!(told(&story), ["anna", "bert", "dora"].map(key).into());
    let silent = story.incident.calling(&Call::Role(key("lead")));
    assert!(silent.unanswered.is_some());
}

#[test]
fn whoever_cannot_be_reached_holds_nobody_up() {
    let mut story = Story::begin(false);
    let nobody = Command::Team(TeamCommand::Ask { reachable: Some(Default::default()) });
    assert!(story.tell(&nobody, &Actor::Program, START));
    let everybody = ["anna", "bert", "cleo", "dora"].map(key).into();
    assert_eq!(alerted(&story.handbook, &story.incident), everybody);
}
