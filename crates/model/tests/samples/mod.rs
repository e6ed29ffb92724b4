//! A small handbook made by hand, for tests of the rules.

use std::collections::{BTreeMap, BTreeSet};

use model::handbook::Handbook;
use model::handbook::plan::{Level, Plan, Policy, Trigger};
use model::handbook::system::{Component, ComponentState, Monitor, Probe, Rule};
use model::language::{Language, Localized, Zone};
use model::notice::{Kind, Text};
use model::value::{Key, Span};

pub(crate) fn key(text: &str) -> Key {
    text.parse().expect("a key")
}

pub(crate) fn localized(text: &str) -> Localized {
    Localized(Language::all().map(|language| (language, text.to_owned())).collect())
}

fn component(name: &str, depends_on: &[&str]) -> Component {
    Component {
        key: key(name),
        name: localized(name),
        about: localized(name),
        depends_on: depends_on.iter().map(|one| key(one)).collect(),
        runs_on: vec![],
        owner: None,
        mtpd: None,
        rto: None,
        rpo: None,
        minimum: None,
        workaround: None,
        restored_on: None,
    }
}

fn monitor(of: &str) -> Monitor {
    Monitor {
        key: key(&format!("{of}-tcp")),
        component: Some(key(of)),
        shows: ComponentState::Major,
        every: Span::seconds(30),
        rule: Rule { fails: 3, of: 5, recover: 2 },
        probe: Probe::Tcp {
            host: "host.example".into(),
            port: 80,
            banner: None,
            timeout: Span::seconds(5),
        },
    }
}

pub(crate) fn plan(name: &str, holding: bool, all_clear_after: Option<Span>) -> Plan {
    let text = |kind: Kind| Text {
        headline: format!("{} {{broken}}", kind.word()),
        body: vec!["Next at {next_update}.".into(), "End at {expected_end}.".into()],
        ..Text::default()
    };
    let texts = |kind| Language::all().map(|language| (language, text(kind))).collect();
    Plan {
        key: key(name),
        title: localized(name),
        trigger: Trigger {
            components: BTreeSet::from([key(name)]),
            any: name == "other",
            at_least: ComponentState::Partial,
        },
        level: Level::Incident,
        alarm: None,
        immediate: vec![],
        steps: vec![],
        restart: vec![],
        exercised_on: None,
        reviewed_on: None,
        policy: Policy {
            hold: Span::minutes(5),
            rhythm: Span::minutes(30),
            remind: Span::minutes(5),
            holding,
            all_clear_after,
            acknowledge_within: None,
            approval: false,
            alert: vec![],
            alert_channels: vec![],
            alert_endpoints: vec![],
            audiences: vec![],
        },
        texts: Kind::ALL.into_iter().map(|kind| (kind, texts(kind))).collect(),
        passages: BTreeMap::new(),
    }
}

/// `database` carries `login` and `shop`; `forum` stands alone.
pub(crate) fn handbook() -> Handbook {
    let plans = [
        plan("shop", true, Some(Span::minutes(2))),
        plan("login", false, None),
        plan("database", true, None),
        plan("other", true, None),
    ];
    let monitors = ["shop", "login", "forum", "database"].map(monitor);
    Handbook {
        community: "Lindenhof".into(),
        languages: vec![Language::DE, Language::EN],
        zone: Zone::utc(),
        page: "https://lage.example".into(),
        imprint: localized("imprint"),
        privacy: localized("privacy"),
        components: vec![
            component("login", &["database"]),
            component("shop", &["database"]),
            component("forum", &[]),
            component("database", &[]),
        ],
        monitors: monitors.into_iter().map(|one| (one.key.clone(), one)).collect(),
        plans: plans.into_iter().map(|plan| (plan.key.clone(), plan)).collect(),
        ..Handbook::empty()
    }
}
