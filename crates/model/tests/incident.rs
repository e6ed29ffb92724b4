//! The rules of an incident, by random stories with jumping clocks and by single promises.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod samples;

use std::collections::BTreeSet;

use model::handbook::system::ComponentState;
use model::incident::{
    Actor, Alert, Cause, Command, Due, Event, Incident, Opening, Phase, Recorded, Refused, Writing,
    decide, next_due, open,
};
use model::language::Language;
use model::notice::{Kind, Passage, Passages, Text, Texts};
use model::value::{Key, PublicId, Span, Timestamp};
use model::verdict::Standing;
use proptest::prelude::*;
use samples::{handbook, key};

const START: Timestamp = Timestamp(1_795_524_420_000_000);

fn minutes(count: u64) -> Timestamp {
    START.after(Span::minutes(count))
}

fn standing(down: &[&str]) -> Standing {
    let state = |name: &str| {
        if down.contains(&name) { ComponentState::Major } else { ComponentState::Operational }
    };
    ["shop", "login", "forum", "database"].map(|name| (key(name), state(name))).into()
}

struct Story {
    handbook: model::handbook::Handbook,
    events: Vec<Recorded>,
    incident: Incident,
}

impl Story {
    fn begin(plan: &str) -> Self {
        let handbook = handbook();
        let opening = Opening {
            plan: key(plan),
            handbook: 1,
            drill: false,
            cause: Cause::Verdict(key(plan)),
            since: START,
            affected: BTreeSet::from([key(plan)]),
            standing: standing(&[plan]),
        };
        let events = open(&handbook, &opening, &Actor::Program, START).unwrap();
        let incident = Incident::fold(&PublicId::from_chance(1), &events).unwrap();
        Self { handbook, events, incident }
    }

    fn tell(&mut self, command: &Command, now: Timestamp) -> Result<Vec<Event>, Refused> {
        let new = decide(&self.handbook, &self.incident, command, &Actor::Program, now)?;
        for event in &new {
            self.incident.apply(event);
        }
        self.events.extend(new.iter().cloned());
        Ok(new.into_iter().map(|recorded| recorded.event).collect())
    }

    /// Carries out what falls due until `now`.
    fn pass(&mut self, now: Timestamp) -> Vec<Event> {
        let mut all = Vec::new();
        while let Some((at, due)) = next_due(&self.handbook, &self.incident)
            && at <= now
        {
            let events = self.tell(&Command::Due(due.clone()), at).unwrap();
            assert!(!events.is_empty(), "what is due leads on: {due:?}");
            all.extend(events);
            assert!(all.len() < 10_000, "the plan comes to rest: {due:?}");
        }
        all
    }

    fn published(&self) -> Vec<Kind> {
        self.incident.published().map(|notice| notice.kind).collect()
    }
}

fn cases() -> u32 {
    std::env::var("NOTLICHT_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(100_000)
}

fn command() -> impl Strategy<Value = Command> {
    let number = 0_u32..5;
    let down = prop::collection::vec(prop::sample::select(vec!["shop", "login", "forum"]), 0..3);
    prop_oneof![
        4 => down.prop_map(|down| Command::Observe { standing: standing(&down) }),
        1 => Just(Command::Attach { components: BTreeSet::from([key("forum")]) }),
        2 => (0_usize..5, prop::option::of(number.clone()), prop::option::of(-9_i64..90)).prop_map(
            |(kind, corrects, next)| Command::Write(Writing {
                kind: Kind::ALL[kind],
                texts: None,
                passages: Passages::new(),
                next_update: next.map(|m| Timestamp(START.0 + m * 60_000_000)),
                corrects,
            })
        ),
        2 => number.clone().prop_map(|number| Command::Hold { number }),
        2 => number.clone().prop_map(|number| Command::Release { number }),
        1 => number.prop_map(|number| Command::Withdraw { number, reason: "no".into() }),
        1 => Just(Command::Resolve { texts: None, passages: Passages::new() }),
        1 => Just(Command::ExpectEnd { at: Some(minutes(90)) }),
        1 => Just(Command::Adopt { handbook: 2 }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn no_story_breaks_the_rules_however_clocks_jump(
        plan in prop::sample::select(vec!["shop", "login", "declared"]),
        steps in prop::collection::vec((command(), -400_i64..900, any::<bool>()), 0..14),
    ) {
        let mut story = if plan == "declared" { declared() } else { Story::begin(plan) };
        let mut now = START;
        for (command, jump, let_pass) in steps {
            now = Timestamp(now.0 + jump * 1_000_000);
            if let_pass {
                story.pass(now);
            }
            let before = story.incident.clone();
            if story.tell(&command, now).is_err() {
                prop_assert_eq!(&before, &story.incident, "a refusal changes nothing");
            }
            prop_assert_eq!(story.incident.fault(), None);
        }
        judge(&story)?;
    }
}

/// What must hold for every story.
fn judge(story: &Story) -> Result<(), TestCaseError> {
    let mut last = Timestamp(i64::MIN);
    let mut out = BTreeSet::new();
    let mut withdrawn = BTreeSet::new();
    for (at, recorded) in (1_u64..).zip(&story.events) {
        prop_assert_eq!(recorded.seq, at);
        prop_assert!(recorded.at >= last, "time does not go back");
        last = recorded.at;
        match &recorded.event {
            Event::Published { number, next_update, texts, .. } => {
                prop_assert!(out.insert(*number), "published once");
                prop_assert!(!withdrawn.contains(number), "withdrawn is withdrawn");
                prop_assert!(next_update.is_none_or(|next| next > recorded.at));
                let whole = texts.values().all(|text| !text.headline.contains('{'));
                prop_assert!(whole, "no hole is left open");
            }
            Event::Withdrawn { number, .. } => {
                prop_assert!(!out.contains(number));
                withdrawn.insert(*number);
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
fn the_first_notice_publishes_itself_when_nobody_acts() {
    let mut story = Story::begin("shop");
    assert_eq!(story.pass(minutes(4)), []);
    story.pass(minutes(5));
    assert_eq!(story.published(), [Kind::First]);
    assert_eq!(story.incident.promise.unwrap().at, minutes(35));
}

#[test]
fn a_stopped_clock_stays_stopped_and_staff_are_reminded_that_it_is() {
    let mut story = Story::begin("shop");
    story.tell(&Command::Hold { number: 1 }, minutes(3)).unwrap();
    let reminded = Event::Alerted { alert: Alert::StillHeld { number: 1 } };
    assert_eq!(story.pass(minutes(13)), [reminded.clone(), reminded]);
    story.tell(&Command::Release { number: 1 }, minutes(14)).unwrap();
    assert_eq!(story.published(), [Kind::First]);
}

#[test]
fn a_withdrawn_notice_never_goes_out() {
    let mut story = Story::begin("shop");
    let reason = "wrong plan".to_owned();
    story.tell(&Command::Withdraw { number: 1, reason }, minutes(1)).unwrap();
    story.pass(minutes(600));
    assert_eq!(story.published(), []);
    let refused = story.tell(&Command::Release { number: 1 }, minutes(601));
    assert_eq!(refused, Err(Refused::AlreadyWithdrawn(1)));
}

#[test]
fn staff_are_reminded_before_the_promise_and_a_holding_update_keeps_it() {
    let mut story = Story::begin("shop");
    story.pass(minutes(5));
    let alert = Alert::UpdateDue { promise: minutes(35) };
    assert_eq!(story.pass(minutes(30)), [Event::Alerted { alert }]);
    story.pass(minutes(35));
    assert_eq!(story.published(), [Kind::First, Kind::Holding]);
    assert_eq!(story.incident.promise.unwrap().at, minutes(65));
}

#[test]
fn where_the_plan_wants_no_holding_update_staff_are_told_that_we_are_late() {
    let mut story = Story::begin("login");
    story.pass(minutes(5));
    let events = story.pass(minutes(600));
    let missed = Event::Alerted { alert: Alert::Missed { promise: minutes(35) } };
    assert_eq!(events.last(), Some(&missed));
    assert_eq!(story.incident.promise.unwrap().at, minutes(35), "the page can say so");
}

#[test]
fn all_clear_goes_out_only_after_all_was_well_for_the_quiet_time() {
    let mut story = Story::begin("shop");
    story.pass(minutes(5));
    story.tell(&Command::Observe { standing: standing(&[]) }, minutes(10)).unwrap();
    story.tell(&Command::Observe { standing: standing(&["shop"]) }, minutes(11)).unwrap();
    story.pass(minutes(13));
    assert!(story.incident.is_open(), "it relapsed");
    story.tell(&Command::Observe { standing: standing(&[]) }, minutes(14)).unwrap();
    story.pass(minutes(16));
    assert_eq!(story.published(), [Kind::First, Kind::AllClear]);
    assert!(!story.incident.is_open());
}

#[test]
fn nobody_is_told_that_it_is_down_when_it_is_up_again() {
    let mut story = Story::begin("shop");
    story.tell(&Command::Observe { standing: standing(&[]) }, minutes(2)).unwrap();
    story.pass(minutes(60));
    assert_eq!(story.published(), []);
    assert!(!story.incident.is_open(), "it closes without a word to visitors");
}

#[test]
fn a_relapse_before_the_first_word_prepares_it_anew() {
    let mut story = Story::begin("shop");
    story.tell(&Command::Observe { standing: standing(&[]) }, minutes(2)).unwrap();
    story.tell(&Command::Observe { standing: standing(&["shop"]) }, minutes(3)).unwrap();
    story.pass(minutes(8));
    assert_eq!(story.published(), [Kind::First]);
    assert!(matches!(story.incident.notices[1].phase, Phase::Published { .. }));
}

#[test]
fn a_correction_names_a_published_notice() {
    let mut story = Story::begin("shop");
    story.pass(minutes(5));
    let wrong = |corrects| {
        Command::Write(Writing {
            kind: Kind::Correction,
            texts: None,
            passages: Passages::new(),
            next_update: None,
            corrects,
        })
    };
    assert_eq!(story.tell(&wrong(None), minutes(6)), Err(Refused::CorrectsNothing));
    assert_eq!(story.tell(&wrong(Some(7)), minutes(6)), Err(Refused::NoSuchNotice(7)));
    story.tell(&wrong(Some(1)), minutes(6)).unwrap();
    assert_eq!(story.published(), [Kind::First, Kind::Correction]);
}

#[test]
fn what_is_no_longer_due_is_not_done() {
    let mut story = Story::begin("shop");
    story.tell(&Command::Release { number: 1 }, minutes(1)).unwrap();
    let late = story.tell(&Command::Due(Due::Publish { number: 1 }), minutes(5));
    assert_eq!(late, Err(Refused::NotDue));
}

#[test]
fn a_notice_keeps_its_public_id() {
    let story = Story::begin("shop");
    let notice = story.incident.notice(1).unwrap();
    assert_eq!(notice.public_id(&story.incident.id), notice.public_id(&story.incident.id));
    let other: Key = key("shop");
    assert_eq!(Incident::open_key(&other, false), "plan:shop");
}

fn declared() -> Story {
    let handbook = handbook();
    let opening = Opening {
        plan: key("shop"),
        handbook: 1,
        drill: false,
        cause: Cause::Declared,
        since: START,
        affected: BTreeSet::from([key("shop")]),
        standing: standing(&["shop"]),
    };
    let events = open(&handbook, &opening, &Actor::Host("erika".into()), START).unwrap();
    let incident = Incident::fold(&PublicId::from_chance(1), &events).unwrap();
    Story { handbook, events, incident }
}

#[test]
fn what_a_person_declared_broken_is_not_taken_back_by_a_monitor_that_never_saw_it() {
    let mut story = declared();
    let none = story.tell(&Command::Observe { standing: standing(&[]) }, minutes(1)).unwrap();
    assert_eq!(none, []);
    story.pass(minutes(60));
    assert!(story.incident.is_open() && story.incident.recovered_at.is_none());
}

#[test]
fn a_monitor_that_has_seen_a_declared_outage_may_say_that_it_is_over() {
    let mut story = declared();
    let seen = Command::Observe { standing: standing(&["shop"]) };
    let events = story.tell(&seen, minutes(1)).unwrap();
    assert_eq!(events, [Event::Confirmed { components: BTreeSet::from([key("shop")]) }]);
    assert_eq!(story.tell(&seen, minutes(2)).unwrap(), []);
    story.tell(&Command::Observe { standing: standing(&[]) }, minutes(6)).unwrap();
    assert_eq!(story.incident.recovered_at, Some(minutes(6)));
}

#[test]
fn a_holding_update_does_not_say_that_it_is_down_when_it_is_up_again() {
    let mut story = Story::begin("shop");
    story.handbook.plans.get_mut(&key("shop")).unwrap().policy.all_clear_after = None;
    story.pass(minutes(5));
    story.tell(&Command::Observe { standing: standing(&[]) }, minutes(10)).unwrap();
    story.pass(minutes(35));
    let last = story.incident.published().next_back().unwrap();
    let Phase::Published { texts, .. } = &last.phase else { panic!("it is out") };
    let headline = &texts[&Language::EN].headline;
    assert_eq!(headline, "All measures are good again, and we keep watching.");
}

fn passage(audience: &str, text: &str) -> Passages {
    let said = Language::all().map(|language| (language, Passage::parse(text))).collect();
    Passages::from([(key(audience), said)])
}

/// A story whose plan tells partners and team, and has something prepared for the partners.
fn with_passages() -> Story {
    let mut story = Story::begin("shop");
    let plan = story.handbook.plans.get_mut(&key("shop")).unwrap();
    plan.policy.audiences = vec![key("partners"), key("team")];
    for kind in Kind::ALL {
        let text = format!("{} since {{since}}.\n\nEnd at {{expected_end}}.", kind.word());
        plan.passages.insert(kind, passage("partners", &text));
    }
    story
}

/// What the newest published notice told this audience in addition.
fn told(story: &Story, audience: &str) -> Option<String> {
    let last = story.incident.published().last().unwrap();
    let Phase::Published { passages, .. } = &last.phase else { panic!("it is out") };
    passages.get(&key(audience)).map(|said| said[&Language::EN].to_markdown())
}

fn texts() -> Texts {
    let text = Text { headline: "Still down".into(), ..Text::default() };
    Language::all().map(|language| (language, text.clone())).collect()
}

#[test]
fn what_is_prepared_for_an_audience_goes_out_with_the_notice_and_is_filled_like_it() {
    let mut story = with_passages();
    story.pass(minutes(5));
    assert_eq!(told(&story, "partners").as_deref(), Some("first since 12:47 (UTC)."));
    assert_eq!(told(&story, "team"), None);
    story.pass(minutes(36));
    assert_eq!(told(&story, "partners").as_deref(), Some("holding since 12:47 (UTC)."));
    story.tell(&Command::Observe { standing: standing(&[]) }, minutes(37)).unwrap();
    story.pass(minutes(60));
    assert_eq!(told(&story, "partners").as_deref(), Some("all-clear since 12:47 (UTC)."));
}

#[test]
fn who_writes_a_notice_by_hand_changes_empties_or_adds_what_single_audiences_are_told() {
    let mut story = with_passages();
    story.pass(minutes(5));
    let mut write = |passages: Passages, at: u64| {
        let writing = Writing {
            kind: Kind::Update,
            texts: Some(texts()),
            passages,
            next_update: None,
            corrects: None,
        };
        let done = story.tell(&Command::Write(writing), minutes(at)).map(drop);
        (done, told(&story, "partners"), told(&story, "team"))
    };
    let prepared = Some("update since 12:47 (UTC).".to_owned());
    assert_eq!(write(Passages::new(), 6), (Ok(()), prepared.clone(), None));
    let emptied = passage("partners", "");
    assert_eq!(write(emptied, 7), (Ok(()), None, None));
    let added = passage("team", "Not before {since}.");
    let said = Some("Not before 12:47 (UTC).".to_owned());
    assert_eq!(write(added, 8), (Ok(()), prepared.clone(), said.clone()));
    // Nobody believes that somebody was told who is not: it is refused, and nothing goes out.
    let nobody = write(passage("press", "To the press"), 9);
    assert_eq!(nobody, (Err(Refused::NotTold(key("press"))), prepared, said));
}

#[test]
fn a_passage_that_is_written_anew_goes_out_with_the_notice_that_waits() {
    let mut story = with_passages();
    let rewrite = |passages| Command::Rewrite { number: 1, texts: texts(), passages };
    story.tell(&rewrite(passage("partners", "Come at once.")), minutes(1)).unwrap();
    let again = story.tell(&rewrite(passage("partners", "Come at once.")), minutes(2)).unwrap();
    assert_eq!(again, [], "the same again changes nothing");
    story.pass(minutes(5));
    assert_eq!(told(&story, "partners").as_deref(), Some("Come at once."));
}

#[test]
fn a_passage_that_nobody_has_read_does_not_go_out_where_the_plan_wants_a_second_person() {
    let mut story = with_passages();
    story.handbook.plans.get_mut(&key("shop")).unwrap().policy.approval = true;
    let passages = passage("partners", "Come at once.");
    let alone = Writing {
        kind: Kind::Update,
        texts: None,
        passages: passages.clone(),
        next_update: None,
        corrects: None,
    };
    let alone = story.tell(&Command::Write(alone), minutes(1));
    assert_eq!(alone, Err(Refused::NeedsSecond(key("shop"))));
    story.tell(&Command::Rewrite { number: 1, texts: texts(), passages }, minutes(2)).unwrap();
    story.pass(minutes(5));
    assert_eq!(told(&story, "partners").as_deref(), Some("first since 12:47 (UTC)."));
}

#[test]
fn nobody_is_asked_to_stand_by_in_a_holding_update_once_it_is_up_again() {
    let mut story = with_passages();
    story.handbook.plans.get_mut(&key("shop")).unwrap().policy.all_clear_after = None;
    story.pass(minutes(5));
    story.tell(&Command::Observe { standing: standing(&[]) }, minutes(20)).unwrap();
    story.pass(minutes(36));
    assert_eq!(story.published(), [Kind::First, Kind::Holding]);
    assert_eq!(told(&story, "partners"), None);
}
