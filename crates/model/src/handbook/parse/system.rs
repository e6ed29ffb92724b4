//! `system.toml`: components, places, monitors.

use super::place::read_place;
use super::{address, intake};
use crate::handbook::Handbook;
use crate::handbook::fault::said;
use crate::handbook::link::Noun;
use crate::handbook::read::{Item, KEY, SPAN, Shape, Table};
use crate::handbook::system::{Component, ComponentState, Monitor, Probe, Rule};
use crate::value::{Key, Span};

/// A state that a monitor can show and a plan can wait for.
pub(super) const TROUBLE: Shape<ComponentState> = Shape::new(
    ["kein Zustand einer Störung", "state of trouble"],
    ["schreiben Sie degraded, partial oder major", "write \"degraded\", \"partial\" or \"major\""],
    |text| {
        use ComponentState::{Degraded, Major, Partial};
        [Degraded, Partial, Major].into_iter().find(|state| state.word() == text)
    },
);

pub(super) fn read(table: &Table<'_>, handbook: &mut Handbook) {
    if let Some(item) = table.need("component", "a heading [[component]] for each part") {
        handbook.components = item.tables().iter().map(read_component).collect();
    }
    if let Some(item) = table.may("place") {
        for (key, place) in item.named(Noun::Place) {
            handbook.places.insert(key.clone(), read_place(&place, key));
        }
    }
    // Without a monitor a handbook is still of use: people declare, and everybody is told.
    if let Some(item) = table.may("monitor") {
        for (key, monitor) in item.named(Noun::Monitor) {
            handbook.monitors.insert(key.clone(), read_monitor(&monitor, key));
        }
    }
}

fn read_component(table: &Table<'_>) -> Component {
    let item = table.need("key", "key = \"shop\"");
    let key = item.as_ref().and_then(|item| item.word(&KEY));
    if let (Some(item), Some(key)) = (&item, &key)
        && !table.log.links.borrow_mut().declare(Noun::Component, key)
    {
        let help = said!(
            "geben Sie jedem Teil ein eigenes Kürzel",
            "give each component a key of its own"
        );
        item.error(
            said!("ein Teil „{key}“ ist schon da", "a component “{key}” is already there"),
            help,
        );
    }
    Component {
        key: key.unwrap_or_else(super::stand_in),
        name: table.localized("name"),
        about: table.localized("about"),
        depends_on: table.may_links("depends_on", Noun::Component),
        runs_on: table.may_links("runs_on", Noun::Place),
        owner: table.may_link("owner", Noun::Role),
        mtpd: table.may_span("mtpd"),
        rto: table.may_span("rto"),
        rpo: table.may_span("rpo"),
        minimum: table.may_localized("minimum"),
        workaround: table.may_localized("workaround"),
        restored_on: table.may_day("restored_on"),
    }
}

fn read_monitor(table: &Table<'_>, key: Key) -> Monitor {
    let reference = table.may("reference");
    let component = table.may("component");
    let is_reference = reference.as_ref().and_then(Item::flag).unwrap_or(false);
    match (&component, is_reference) {
        (Some(item), true) => {
            item.error(said!("ein Vergleich sagt von keinem Teil, wie es ihm geht", "a reference tells the state of no component"), said!("nehmen Sie eines der beiden heraus", "take out one of the two"));
        }
        (None, false) => table.lacks(
            said!("die Messung „{key}“ sagt nicht, was sie beobachtet", "the monitor “{key}” does not say what it watches"),
            said!("wählen Sie einen Teil, oder machen Sie sie zum Vergleich, an dem wir sehen, ob wir selbst noch hinaussehen", "add component = \"…\", or reference = true for a target that tells whether we \
             ourselves can see the world"),
        ),
        _ => {}
    }
    let shows = if is_reference { None } else { table.may("shows") };
    let (every, rule, probe) = match intake::read(table, is_reference) {
        Some(probe) => (intake::LOOK, intake::AT_ONCE, probe),
        None => {
            let every = table.need("every", "every = \"30s\"").and_then(|item| item.word(&SPAN));
            let every = every.unwrap_or(Span::seconds(30));
            (every, read_rule(table), read_probe(table, &key, every))
        }
    };
    Monitor {
        component: component.and_then(|item| item.link(Noun::Component)),
        shows: shows.and_then(|item| item.word(&TROUBLE)).unwrap_or(ComponentState::Major),
        every,
        rule,
        probe,
        key,
    }
}

fn read_rule(table: &Table<'_>) -> Rule {
    let count = |key| {
        let number = table.may(key).and_then(|item| item.whole(1..=255));
        number.and_then(|number| u8::try_from(number).ok())
    };
    let (fails, of, recover) = (count("fails"), count("of"), count("recover"));
    let fails = fails.unwrap_or(of.unwrap_or(3).min(3));
    Rule { fails, of: of.unwrap_or(fails), recover: recover.unwrap_or(2) }
}

fn read_probe(table: &Table<'_>, key: &Key, every: Span) -> Probe {
    let http = table.may("http").map(|item| item.table().map(|http| read_http(&http, every)));
    let tcp = table.may("tcp").map(|item| item.table().map(|tcp| read_tcp(&tcp, every)));
    let beat = table.may("heartbeat").map(|item| item.table().map(|beat| read_beat(&beat)));
    let mut ways: Vec<_> = [http, tcp, beat].into_iter().flatten().collect();
    if ways.len() != 1 {
        let what = if ways.is_empty() {
            said!(
                "die Messung „{key}“ sagt nicht, wie gemessen wird",
                "the monitor “{key}” does not say how to look"
            )
        } else {
            said!(
                "die Messung „{key}“ geht auf mehr als eine Weise",
                "the monitor “{key}” looks in more than one way"
            )
        };
        let help = said!(
            "wählen Sie genau eine: http.url, tcp.host mit tcp.port, heartbeat.grace, alertmanager.match, hook.state",
            "write exactly one of http.url, tcp.host with tcp.port, heartbeat.grace, \
                    alertmanager.match, hook.state"
        );
        table.lacks(what, help);
    }
    ways.pop().flatten().unwrap_or(Probe::Heartbeat { grace: Span::ZERO })
}

fn read_http(table: &Table<'_>, every: Span) -> Probe {
    let url = table.need("url", "http.url = \"https://…\"").and_then(|item| {
        let url = item.text()?;
        address::called(&item, &url);
        Some(url)
    });
    let words = |key| {
        let parts = table.may(key).map(Item::one_or_more).unwrap_or_default();
        parts.iter().filter_map(Item::text).collect()
    };
    let mut status = Vec::new();
    for part in table.may("status").map(Item::one_or_more).unwrap_or_default() {
        status.extend(part.whole(100..=599).and_then(|code| u16::try_from(code).ok()));
    }
    if status.is_empty() {
        status.push(200);
    }
    Probe::Http {
        url: url.unwrap_or_default(),
        status,
        contains: words("contains"),
        lacks: words("lacks"),
        timeout: read_timeout(table, every),
        follow: table.may("follow").and_then(|item| item.flag()).unwrap_or(false),
    }
}

fn read_tcp(table: &Table<'_>, every: Span) -> Probe {
    let port = table.need("port", "tcp.port = 5432").and_then(|item| item.whole(1..=65_535));
    Probe::Tcp {
        host: table
            .need("host", "tcp.host = \"db.example.org\"")
            .and_then(|item| item.text())
            .unwrap_or_default(),
        port: port.and_then(|port| u16::try_from(port).ok()).unwrap_or(1),
        banner: table.may("banner").and_then(|item| item.text()),
        timeout: read_timeout(table, every),
    }
}

fn read_beat(table: &Table<'_>) -> Probe {
    let grace = table.need("grace", "heartbeat.grace = \"1h\"").and_then(|item| item.word(&SPAN));
    Probe::Heartbeat { grace: grace.unwrap_or(Span::ZERO) }
}

/// Without a word 5 seconds, and where measurements are closer than 10 seconds half their distance.
fn read_timeout(table: &Table<'_>, every: Span) -> Span {
    let half = Span::from_micros(every.micros() / 2);
    let timeout = table.may("timeout").and_then(|item| item.word(&SPAN));
    timeout.unwrap_or(Span::seconds(5).min(half))
}
