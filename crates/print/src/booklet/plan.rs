//! The plans: each on pages of its own, so that each can be handed to who carries it out.

use model::handbook::plan::{Plan, Step as Planned};

use super::Section;
use super::block::{Block, Fact, Part, Step};
use super::source::Source;

pub(super) fn sections(source: &Source<'_>) -> Vec<Section> {
    source.plans().into_iter().map(|plan| section(source, plan)).collect()
}

fn section(source: &Source<'_>, plan: &Plan) -> Section {
    let words = source.words();
    let mut blocks = vec![
        Block::Facts(facts(source, plan)),
        Block::Write([words.begun_at, words.led_by].map(str::to_owned).into()),
    ];
    if !plan.immediate.is_empty() {
        blocks.push(part(words.immediate, steps(source, &plan.immediate)));
    }
    blocks.push(part(words.steps, steps(source, &plan.steps)));
    if !plan.restart.is_empty() {
        let names = plan.restart.iter().map(|key| source.component(key)).collect();
        blocks.push(whole(words.restart, Block::Numbered(names)));
    }
    blocks.push(whole(words.telling, Block::Facts(telling(source, plan))));
    Section {
        anchor: format!("plan-{}", plan.key),
        title: (words.plan)(source.said(&plan.title)),
        lede: None,
        own_page: true,
        blocks,
    }
}

fn part(title: &str, block: Block) -> Block {
    Block::Part(Part { title: title.to_owned(), blocks: vec![block], whole: false })
}

fn whole(title: &str, block: Block) -> Block {
    Block::Part(Part { title: title.to_owned(), blocks: vec![block], whole: true })
}

/// When it is for, and whether it has been tried.
fn facts(source: &Source<'_>, plan: &Plan) -> Vec<Fact> {
    let words = source.words();
    let names: Vec<String> =
        plan.trigger.components.iter().map(|key| source.component(key)).collect();
    let state = plan.trigger.at_least.label(source.language);
    let when = if plan.trigger.any {
        (words.for_any)(state)
    } else {
        (words.for_components)(&source.list(&names), state)
    };
    let trained = source.handbook.people.values().flat_map(|person| {
        let here = person.trained.iter().filter(|training| training.plan == plan.key);
        here.map(|training| format!("{} ({})", source.name(&person.key), source.day(training.on)))
    });
    let facts = [
        Some(Fact::new(words.level, plan.level.label(source.language))),
        Some(Fact::new(words.trigger, when)),
        Fact::some(words.trained, Some(source.list(&trained.collect::<Vec<_>>()))),
        Fact::some(words.exercised_on, plan.exercised_on.map(|day| source.day(day))),
        Fact::some(words.reviewed_on, plan.reviewed_on.map(|day| source.day(day))),
    ];
    facts.into_iter().flatten().collect()
}

fn steps(source: &Source<'_>, steps: &[Planned]) -> Block {
    let words = source.words();
    let step = |(at, step): (usize, &Planned)| {
        let facts = [
            Some(Fact::new(words.who, source.role_with_holder(&step.role))),
            Fact::some(words.within, step.within.map(|span| source.span(span))),
            Fact::some(words.partner, step.partner.as_ref().map(|key| source.name_and_phone(key))),
            Fact::some(words.check, step.check.as_ref().map(|check| source.said(check))),
            Fact::some(words.otherwise, step.otherwise.as_ref().map(|text| source.said(text))),
            Fact::some(words.proven_on, step.proven_on.map(|day| source.day(day))),
        ];
        Step {
            number: at + 1,
            what: source.said(&step.what).to_owned(),
            facts: facts.into_iter().flatten().collect(),
            whole: true,
        }
    };
    Block::Steps(steps.iter().enumerate().map(step).collect())
}

/// How people are told.
fn telling(source: &Source<'_>, plan: &Plan) -> Vec<Fact> {
    let words = source.words();
    let policy = &plan.policy;
    let audience = |key| {
        let audience = source.handbook.audiences.get(key);
        audience.map_or_else(String::new, |one| source.said(&one.title).to_owned())
    };
    let audiences: Vec<String> = policy.audiences.iter().map(audience).collect();
    let alerted: Vec<String> =
        policy.alert.iter().map(|key| source.role_with_holder(key)).collect();
    let all_clear = policy.all_clear_after.map_or_else(
        || words.all_clear_by_hand.to_owned(),
        |after| (words.all_clear_after)(&source.span(after)),
    );
    let chain = plan.alarm.as_ref().and_then(|key| source.handbook.chains.get(key));
    let answer = policy.acknowledge_within.map(|within| (words.answer)(&source.span(within)));
    let facts = [
        Fact::some(words.alarm, chain.map(|chain| source.said(&chain.title).to_owned())),
        Fact::some(words.audiences, Some(source.list(&audiences))),
        Fact::some(words.alerted, Some(source.list(&alerted))),
        Fact::some(words.acknowledged, answer),
        Fact::some(words.second, policy.approval.then(|| words.by_second.to_owned())),
        Some(Fact::new(words.first_notice, (words.hold)(&source.span(policy.hold)))),
        Some(Fact::new(words.rhythm, (words.every)(&source.span(policy.rhythm)))),
        Some(Fact::new(words.all_clear, all_clear)),
    ];
    facts.into_iter().flatten().collect()
}
