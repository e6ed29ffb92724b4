//! `duties.toml`: duties to report, own ones and those of the catalogue.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::address;
use crate::handbook::duty::{Clock, Delay, Duty, Limit, Stage};
use crate::handbook::fault::said;
use crate::handbook::link::Noun;
use crate::handbook::near::nearest;
use crate::handbook::read::{Item, KEY, Log, Shape, Table};
use crate::handbook::{Files, Handbook};
use crate::language::{Language, Localized};
use crate::value::Key;

/// The file's name.
pub(super) const DUTIES: &str = "duties.toml";

const DELAY: Shape<Delay> = Shape::new(
    ["keine Frist", "time limit"],
    [
        "schreiben Sie zum Beispiel 72h, 1 month oder at once",
        "write for example \"72h\", \"1 month\" or \"at once\"",
    ],
    |text| match text.split_once(' ') {
        Some(("at", "once")) => Some(Delay::AtOnce),
        Some((count, "month" | "months")) => {
            let count = count.parse().ok().filter(|count| (1..=120).contains(count));
            count.map(Delay::Months)
        }
        _ => text.parse().ok().map(Delay::Span),
    },
);

const CLOCK: Shape<Clock> = Shape::new(
    ["kein Beginn einer Frist", "start of a clock"],
    [
        "schreiben Sie aware, classified, fixed, oder sent:STUFE mit dem Kürzel einer früheren Stufe",
        "write \"aware\", \"classified\", \"fixed\", or \"sent:STAGE\" with the key of an earlier stage",
    ],
    |text| match text {
        "aware" => Some(Clock::Aware),
        "classified" => Some(Clock::Classified),
        "fixed" => Some(Clock::Fixed),
        _ => text.strip_prefix("sent:")?.trim().parse().ok().map(Clock::Sent),
    },
);

/// The duties that are shipped with the program, by key.
#[must_use]
pub fn catalogue() -> &'static BTreeMap<Key, Duty> {
    static CATALOGUE: LazyLock<BTreeMap<Key, Duty>> = LazyLock::new(|| {
        let text = include_str!("../duty/catalogue.toml").to_owned();
        let files = Files::from([(DUTIES.to_owned(), text)]);
        let log = Log::new(&files);
        log.languages.set(Language::all().collect()).expect("they are set once");
        let document = log.document(DUTIES);
        let table = Table::root(&log, DUTIES, document.get_ref());
        let duties = read_all(&table, &BTreeMap::new());
        drop(table);
        let faults = log.faults.take();
        assert!(faults.is_empty(), "the shipped catalogue is read by a test: {faults:#?}");
        duties
    });
    &CATALOGUE
}

pub(super) fn read(table: &Table<'_>, handbook: &mut Handbook) {
    handbook.duties = read_all(table, catalogue());
}

fn read_all(table: &Table<'_>, known: &BTreeMap<Key, Duty>) -> BTreeMap<Key, Duty> {
    let Some(item) = table.need("duty", "a heading [duty.KEY] for each duty") else {
        return BTreeMap::new();
    };
    let named = item.named(Noun::Duty).into_iter();
    named.filter_map(|(key, table)| Some((key.clone(), read_duty(&table, key, known)?))).collect()
}

/// A duty; where it is taken over, what is written replaces what the catalogue says.
fn read_duty(table: &Table<'_>, key: Key, known: &BTreeMap<Key, Duty>) -> Option<Duty> {
    let from = table.may("from").map(|item| taken_over(&item, known));
    let base = match from {
        Some(None) => {
            table.accept_rest();
            return None;
        }
        Some(Some(base)) => Some(base),
        None => None,
    };
    let said = |key, of: fn(&Duty) -> &Localized| match base {
        Some(base) => table.may_localized(key).unwrap_or_else(|| of(base).clone()),
        None => table.localized(key),
    };
    let own = |key, example: &str| match base {
        Some(_) => table.may(key),
        None => table.need(key, example),
    };
    let verified_on = own("verified_on", "verified_on = 2026-11-02").map(|item| item.day());
    let source = own("source", "source = \"https://…\"").map(|item| {
        let text = item.text().unwrap_or_default();
        address::called(&item, &text);
        text
    });
    let stages = own("stage", "a heading [[duty.KEY.stage]] for each report").map(|item| {
        if item.is_empty_list() {
            item.error(
                said!("es gibt nichts zu melden", "there is nothing to send"),
                said!("fügen Sie eine Stufe hinzu", "add a heading [[duty.KEY.stage]]"),
            );
        }
        read_stages(&item)
    });
    Some(Duty {
        from: base.map(|base| base.key.clone()),
        title: said("title", |base| &base.title),
        law: said("law", |base| &base.law),
        who: said("who", |base| &base.who),
        trigger: said("trigger", |base| &base.trigger),
        to: said("to", |base| &base.to),
        verified_on: verified_on.unwrap_or_else(|| base.map(|base| base.verified_on))?,
        source: source.or_else(|| base.map(|base| base.source.clone()))?,
        unconfirmed: table
            .may_localized("unconfirmed")
            .or_else(|| base.and_then(|base| base.unconfirmed.clone())),
        owner: table.may_link("owner", Noun::Role),
        stages: stages.or_else(|| base.map(|base| base.stages.clone()))?,
        key,
    })
}

fn taken_over<'k>(item: &Item<'_>, known: &'k BTreeMap<Key, Duty>) -> Option<&'k Duty> {
    let key = item.word(&KEY)?;
    let duty = known.get(&key);
    if duty.is_none() {
        let keys = || known.keys().map(Key::as_str);
        let help = match nearest(key.as_str(), keys()) {
            Some(meant) => said!("meinten Sie „{meant}“?", "did you mean “{meant}”?"),
            None => said!(
                "das Verzeichnis hat: {}",
                "the catalogue has: {}",
                keys().collect::<Vec<_>>().join(", ")
            ),
        };
        item.error(
            said!(
                "im Verzeichnis der Meldepflichten steht „{key}“ nicht",
                "the catalogue of duties has no “{key}”"
            ),
            help,
        );
    }
    duty
}

fn read_stages(item: &Item<'_>) -> Vec<Stage> {
    let mut found: Vec<Stage> = Vec::new();
    for table in item.tables() {
        let key = table.need("key", "key = \"initial\"").and_then(|item| {
            let key = item.word(&KEY)?;
            if found.iter().any(|stage| stage.key == key) {
                let help = said!(
                    "geben Sie jeder Stufe ein eigenes Kürzel",
                    "give each stage of a duty a key of its own"
                );
                item.error(
                    said!("eine Stufe „{key}“ gibt es schon", "a stage “{key}” is already there"),
                    help,
                );
            }
            Some(key)
        });
        let due = table.need("due", "due = [{ clock = \"aware\", after = \"72h\" }]");
        if let Some(item) = due.as_ref().filter(|item| item.is_empty_list()) {
            item.error(
                said!("es steht nicht da, wann das fällig ist", "nothing says when this is due"),
                said!("nennen Sie mindestens eine Frist", "name at least one clock"),
            );
        }
        let due = due.map(|item| item.tables()).unwrap_or_default();
        let content = table.may("content").map(|item| item.localized_list()).unwrap_or_default();
        let due = due.iter().filter_map(|table| read_limit(table, &found)).collect();
        found.push(Stage {
            key: key.unwrap_or_else(super::stand_in),
            title: table.localized("title"),
            due,
            only_if: table.may_localized("only_if"),
            content,
        });
    }
    found
}

/// A limit; where it counts from an earlier stage, that must be there.
fn read_limit(table: &Table<'_>, earlier: &[Stage]) -> Option<Limit> {
    let clock = table.need("clock", "clock = \"aware\"").and_then(|item| {
        let clock = item.word(&CLOCK)?;
        if let Clock::Sent(stage) = &clock
            && !earlier.iter().any(|one| one.key == *stage)
        {
            let help = said!(
                "nennen Sie das Kürzel einer Stufe, die über dieser steht",
                "name the key of a stage that stands above this one"
            );
            item.error(
                said!(
                    "eine frühere Stufe „{stage}“ gibt es nicht",
                    "there is no earlier stage “{stage}”"
                ),
                help,
            );
        }
        Some(clock)
    });
    let after = table.need("after", "after = \"72h\"").and_then(|item| item.word(&DELAY));
    Some(Limit { clock: clock?, after: after? })
}
