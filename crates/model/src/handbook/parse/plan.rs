//! `plans/KEY.toml`: trigger, steps, policy.

use std::collections::{BTreeMap, BTreeSet};

use super::system::TROUBLE;
use crate::handbook::fault::said;
use crate::handbook::link::Noun;
use crate::handbook::plan::{Level, Plan, Policy, Step, Trigger};
use crate::handbook::read::{Item, SPAN, Shape, Table};
use crate::handbook::system::ComponentState;
use crate::language::Language;
use crate::notice::{Kind, Passages, Text};
use crate::value::{Key, Span};

const LEVEL: Shape<Level> = Shape::new(
    ["keine Stufe", "level"],
    [
        "schreiben Sie incident, emergency oder crisis",
        "write \"incident\", \"emergency\" or \"crisis\"",
    ],
    |text| Level::ALL.into_iter().find(|level| level.word() == text),
);

/// How long before a promised update staff are reminded, where the plan does not say it.
const REMIND: Span = Span::minutes(5);

pub(super) fn read(
    table: &Table<'_>,
    key: &Key,
    texts: BTreeMap<Kind, BTreeMap<Language, Text>>,
    passages: BTreeMap<Kind, Passages>,
) -> Plan {
    let level = table.need("level", "level = \"incident\"").and_then(|item| item.word(&LEVEL));
    let trigger = table.may("trigger").and_then(|item| item.table());
    let notice = table.need("notice", "a heading [notice]").and_then(|item| item.table());
    Plan {
        key: key.clone(),
        title: table.localized("title"),
        trigger: trigger.map_or_else(by_hand, |trigger| read_trigger(&trigger)),
        level: level.unwrap_or(Level::Incident),
        alarm: table.may_link("alarm", Noun::Chain),
        immediate: table.may_tables("immediate").iter().map(read_step).collect(),
        steps: table.may_tables("step").iter().map(read_step).collect(),
        restart: table.may_links("restart", Noun::Component),
        exercised_on: table.may_day("exercised_on"),
        reviewed_on: table.may_day("reviewed_on"),
        policy: notice.map_or_else(stand_in_policy, |notice| read_policy(&notice)),
        texts,
        passages,
    }
}

/// A plan without a trigger is opened by people alone.
fn by_hand() -> Trigger {
    Trigger { components: BTreeSet::new(), any: false, at_least: ComponentState::Partial }
}

fn read_trigger(table: &Table<'_>) -> Trigger {
    let components = table.may("components").map(|item| item.links(Noun::Component));
    let any = table.may("any").and_then(|item| item.flag());
    let at_least = table.may("at_least").and_then(|item| item.word(&TROUBLE));
    if components.as_ref().is_none_or(Vec::is_empty) && any != Some(true) {
        table.lacks(
            said!("nichts löst diesen Plan aus", "nothing opens this plan"),
            said!("wählen Sie Teile, oder lassen Sie ihn für alles gelten, was kein anderer Plan nennt; ein Plan, den nur Menschen auslösen, hat keinen Auslöser", "add components = [\"…\"], or any = true for whatever no other plan names; a plan \
             that only people open has no [trigger] at all"),
        );
    }
    Trigger {
        components: components.unwrap_or_default().into_iter().collect(),
        any: any.unwrap_or(false),
        at_least: at_least.unwrap_or(ComponentState::Partial),
    }
}

fn read_step(table: &Table<'_>) -> Step {
    let role = table.need("role", "role = \"…\", the key of who does it");
    Step {
        what: table.localized("what"),
        role: role.and_then(|item| item.link(Noun::Role)).unwrap_or_else(super::stand_in),
        check: table.may_localized("check"),
        within: table.may_span("within"),
        otherwise: table.may_localized("otherwise"),
        partner: table.may_link("partner", Noun::Partner),
        proven_on: table.may_day("proven_on"),
    }
}

fn read_policy(table: &Table<'_>) -> Policy {
    let span = |item: Option<Item<'_>>| item.and_then(|item| item.word(&SPAN));
    let needed = |key, noun, example: &str| {
        table.need(key, example).map(|item| item.some_links(noun)).unwrap_or_default()
    };
    let stand_in = stand_in_policy();
    let hold = span(table.need("hold", "hold = \"5m\"")).unwrap_or(stand_in.hold);
    let rhythm = span(table.need("rhythm", "rhythm = \"30m\"")).unwrap_or(stand_in.rhythm);
    Policy {
        hold,
        rhythm,
        remind: span(table.may("remind")).unwrap_or(REMIND.min(half(rhythm))),
        holding: table.may("holding").and_then(|item| item.flag()).unwrap_or(false),
        all_clear_after: span(table.may("all_clear_after")),
        acknowledge_within: span(table.may("acknowledge_within")),
        approval: table.may("approval").and_then(|item| item.flag()).unwrap_or(false),
        alert: needed("alert", Noun::Role, "alert = [\"…\"], keys of roles"),
        alert_channels: needed(
            "alert_channels",
            Noun::Channel,
            "alert_channels = [\"…\"], keys of channels",
        ),
        alert_endpoints: table
            .may("alert_endpoints")
            .map(|item| item.links(Noun::Endpoint))
            .unwrap_or_default(),
        audiences: needed("audiences", Noun::Audience, "audiences = [\"…\"], keys of audiences"),
    }
}

fn half(span: Span) -> Span {
    Span::from_micros(span.micros() / 2)
}

/// Stands in for what could not be read; such a handbook is never given out.
fn stand_in_policy() -> Policy {
    Policy {
        hold: Span::minutes(5),
        rhythm: Span::minutes(30),
        remind: REMIND,
        holding: false,
        all_clear_after: None,
        acknowledge_within: None,
        approval: false,
        alert: Vec::new(),
        alert_channels: Vec::new(),
        alert_endpoints: Vec::new(),
        audiences: Vec::new(),
    }
}
