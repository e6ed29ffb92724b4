//! Monitors that other programs report to.

use std::collections::BTreeMap;

use crate::handbook::fault::said;
use crate::handbook::read::{Item, SPAN, Shape, Table};
use crate::handbook::system::{Mapping, Probe, Rule};
use crate::value::Span;

/// How often one looks at what was reported. A report is looked at when it comes; this finds what
/// another process took in, and what a new handbook makes of it.
pub(super) const LOOK: Span = Span::seconds(10);

/// The other program has waited and counted before it reported: it is believed at once.
pub(super) const AT_ONCE: Rule = Rule { fails: 1, of: 1, recover: 1 };

const ALERTMANAGER: &str = "alertmanager";
const HOOK: &str = "hook";

const POINTER: Shape<String> = Shape::new(
    ["keine Stelle in einem JSON-Text", "place in a JSON text"],
    [
        "schreiben Sie einen JSON-Zeiger: /status, /labels/name, /alerts/0/status",
        "write a JSON pointer: \"/status\", \"/labels/name\", \"/alerts/0/status\"",
    ],
    |text| {
        let escapes = text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
        (text.starts_with('/') && escapes).then(|| text.to_owned())
    },
);

/// The monitor's way, if another program reports to it.
pub(super) fn read(table: &Table<'_>, is_reference: bool) -> Option<Probe> {
    let (alertmanager, hook) = (table.may(ALERTMANAGER), table.may(HOOK));
    let (way, item, probe) = match (&alertmanager, &hook) {
        (Some(item), _) => (ALERTMANAGER, item, item.table().map(|own| read_alertmanager(&own))),
        (None, Some(item)) => (HOOK, item, item.table().map(|own| read_hook(&own))),
        (None, None) => return None,
    };
    if is_reference {
        item.error(
            said!(
                "auf den Vergleich sehen wir selbst, im Augenblick eines Ausfalls",
                "a reference is looked at by ourselves, in the moment of a failure"
            ),
            said!(
                "nehmen Sie den Vergleich heraus, oder messen Sie über http oder tcp",
                "take out reference = true, or look with http.url or tcp.host"
            ),
        );
    }
    for other in [ALERTMANAGER, HOOK, "http", "tcp", "heartbeat"].into_iter().filter(|o| *o != way)
    {
        if let Some(item) = table.may(other) {
            let what = said!(
                "diese Messung geht auf mehr als eine Weise: {way} und {other}",
                "this monitor looks in more than one way: {way} and {other}"
            );
            item.error(
                what,
                said!(
                    "nehmen Sie eine heraus, oder machen Sie eine eigene Messung daraus",
                    "take one of them out, or make a monitor of its own of it"
                ),
            );
        }
    }
    for key in ["every", "fails", "of", "recover"] {
        if let Some(own) = table.may(key) {
            own.error(
                said!(
                    "„{key}“ sagt hier nichts: Das andere Programm entscheidet, wann es meldet",
                    "“{key}” says nothing here: the other program decides when it reports"
                ),
                said!(
                    "nehmen Sie es heraus; was gemeldet wird, gilt sofort",
                    "take it out; what is reported is believed at once"
                ),
            );
        }
    }
    // A table that could not be read has its fault already.
    Some(probe.unwrap_or(Probe::Heartbeat { grace: Span::ZERO }))
}

fn read_alertmanager(table: &Table<'_>) -> Probe {
    let item = table.need("match", "alertmanager.match = { alertname = \"ShopDown\" }");
    let labels = item.as_ref().map(values).unwrap_or_default();
    if let Some(item) = item.filter(|_| labels.is_empty()) {
        let help = said!(
            "nennen Sie mindestens ein Merkmal, zum Beispiel alertname = ShopDown",
            "name at least one label, for example {{ alertname = \"ShopDown\" }}"
        );
        item.error(
            said!("ohne Merkmal würde jeder Alarm passen", "without a label every alert would fit"),
            help,
        );
    }
    Probe::Alertmanager { labels, silent_after: read_silence(table) }
}

fn read_hook(table: &Table<'_>) -> Probe {
    let place = |key| table.may(key).and_then(|item| item.word(&POINTER));
    let state =
        table.need("state", "hook.state = \"/status\"").and_then(|item| item.word(&POINTER));
    let down = table.need("down", "hook.down = [\"firing\"]").map(states).unwrap_or_default();
    let down: Vec<String> = down.into_iter().map(|(_, state)| state).collect();
    let up = table.need("up", "hook.up = [\"resolved\"]").map(states).unwrap_or_default();
    for (item, state) in &up {
        if down.contains(state) {
            item.error(
                said!("„{state}“ heißt schon „ausgefallen“", "“{state}” means down already"),
                said!("nehmen Sie es aus einem der beiden heraus", "take it out of one of the two"),
            );
        }
    }
    let mapping = Mapping {
        items: place("items"),
        only: table.may("where").map(|item| read_only(&item)).unwrap_or_default(),
        state: state.unwrap_or_default(),
        down,
        up: up.into_iter().map(|(_, state)| state).collect(),
        subject: place("subject"),
        time: place("time"),
        detail: place("detail"),
    };
    Probe::Hook { mapping, silent_after: read_silence(table) }
}

/// The words of a list, or the one word in its place; at least one.
fn states(item: Item<'_>) -> Vec<(Item<'_>, String)> {
    if item.is_empty_list() {
        item.error(
            said!("hier steht kein Zustand", "there is no state here"),
            said!(
                "schreiben Sie das Wort, das das andere Programm schickt",
                "write the word that the other program sends"
            ),
        );
    }
    let words = item.one_or_more().into_iter();
    words.filter_map(|part| part.text().map(|word| (part, word))).collect()
}

fn read_only(item: &Item<'_>) -> BTreeMap<String, String> {
    let Some(table) = item.table() else { return BTreeMap::new() };
    let mut found = BTreeMap::new();
    for (place, span, value) in table.all() {
        if !place.starts_with('/') {
            table.log.error(table.file, &span, POINTER.misses(place), POINTER.help());
        }
        found.extend(value.text().map(|value| (place.to_owned(), value)));
    }
    found
}

/// Texts by names that the writer chose.
fn values(item: &Item<'_>) -> BTreeMap<String, String> {
    let Some(table) = item.table() else { return BTreeMap::new() };
    let pairs = table.all().filter_map(|(name, _, value)| Some((name.to_owned(), value.text()?)));
    pairs.collect()
}

fn read_silence(table: &Table<'_>) -> Option<Span> {
    let item = table.may("silent_after")?;
    let span = item.word(&SPAN)?;
    if span < Span::minutes(1) {
        item.error(
            said!(
                "{span} Stille sind zu wenig: Nachgesehen wird alle {LOOK}",
                "{span} of silence are too few: looking goes on every {LOOK}"
            ),
            said!("schreiben Sie 1m oder mehr", "write silent_after = \"1m\" or more"),
        );
    }
    Some(span)
}
