//! From the files of a handbook to its types, with the place of every value.
//!
//! Parsing refuses what cannot be read. What can be read but does not fit together, is the business
//! of [`check`](super::check).

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;
use toml::de::DeTable;

use super::channel::Descriptor;
use super::fault::{Clause, Fault, in_order, said};
use super::link::{Links, Noun};
use super::near::nearest;
use super::place::Places;
use super::read::{KEY, Log, Table};
use super::{Files, Handbook};
use crate::language::Language;
use crate::value::Key;

mod address;
mod channel;
mod contact;
mod duty;
mod front;
mod intake;
mod people;
mod place;
mod plan;
mod rota;
mod system;
mod text;

pub use contact::{CONTACTS, Contacts, parse_contacts, written_card};
use duty::DUTIES;
pub use duty::catalogue;
use text::Written;

/// The files with fixed names, each of which must be there.
const FIXED: [&str; 4] = ["handbook.toml", "people.toml", "system.toml", "channels.toml"];

/// The files with fixed names that may be left out.
const OPTIONAL: [&str; 1] = [DUTIES];

/// A handbook that could be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The handbook.
    pub handbook: Handbook,
    /// Where each part of it is written.
    pub places: Places,
}

/// Everything that reading gives, also where faults were found: their places are then filled with
/// stand-ins, so that the check can go on.
pub(super) struct Draft {
    pub(super) handbook: Handbook,
    pub(super) places: Places,
    pub(super) links: Links,
    /// In the order of the files.
    pub(super) faults: Vec<Fault>,
    /// Files that are missing or no TOML.
    pub(super) broken: BTreeSet<String>,
    /// What the reader asked for: file, path, whether it must be there.
    #[cfg(test)]
    pub(super) asked: BTreeSet<(String, String, bool)>,
}

/// Reads a handbook.
///
/// # Errors
///
/// Every fault in the order of the files: no TOML, unknown and missing keys, wrong types, words
/// that do not fit, missing languages and texts. Hints may be among them.
pub fn parse(files: &Files, kinds: &[&Descriptor]) -> Result<Parsed, Vec<Fault>> {
    let draft = draft(files, kinds);
    if draft.faults.iter().any(Fault::is_error) {
        return Err(draft.faults);
    }
    Ok(Parsed { handbook: draft.handbook, places: draft.places })
}

/// Reads as much as can be read.
pub(super) fn draft(files: &Files, kinds: &[&Descriptor]) -> Draft {
    let log = Log::new(files);
    let plan_keys = known_files(files, &log);
    let fixed = FIXED.into_iter().chain(OPTIONAL);
    let toml = fixed.filter(|file| files.contains_key(*file)).map(str::to_owned);
    let toml = toml.chain(plan_keys.iter().map(|(_, file)| file.clone()));
    let documents: BTreeMap<String, Spanned<DeTable<'_>>> =
        toml.map(|file| (file.clone(), log.document(&file))).collect();
    let root = |file: &'static str| {
        let table = documents.get_key_value(file);
        table.map(|(file, table)| Table::root(&log, file, table.get_ref()))
    };
    let mut handbook = Handbook::empty();
    if let Some(table) = root(FIXED[0]) {
        front::read(&table, &mut handbook);
    }
    if let Some(table) = root(FIXED[1]) {
        people::read(&table, &mut handbook);
    }
    if let Some(table) = root(FIXED[2]) {
        system::read(&table, &mut handbook);
    }
    if let Some(table) = root(FIXED[3]) {
        channel::read(&table, &mut handbook, kinds);
    }
    if let Some(table) = root(DUTIES) {
        duty::read(&table, &mut handbook);
    }
    let mut written = Written::read(files, &log, &plan_keys);
    handbook.imprint = std::mem::take(&mut written.imprint);
    handbook.privacy = std::mem::take(&mut written.privacy);
    for (key, file) in &plan_keys {
        let Some((file, table)) = documents.get_key_value(file) else { continue };
        let texts = written.of_plan(key, file, &log);
        let passages = written.passages_of(key);
        let table = Table::root(&log, file, table.get_ref());
        let mut plan = plan::read(&table, key, texts, passages);
        written.add_general(&mut plan);
        handbook.plans.insert(key.clone(), plan);
    }
    drop(documents);
    finish(handbook, log)
}

fn finish(handbook: Handbook, log: Log<'_>) -> Draft {
    let mut faults = log.faults.into_inner();
    in_order(&mut faults);
    Draft {
        handbook,
        faults,
        places: log.places.into_inner(),
        links: log.links.into_inner(),
        broken: log.broken.into_inner().into_keys().collect(),
        #[cfg(test)]
        asked: log.asked.into_inner(),
    }
}

/// Stands in where a key could not be read; a handbook with it is never put in force.
pub(super) const UNREADABLE: &str = "unreadable";

fn stand_in() -> Key {
    UNREADABLE.parse().expect("a word of small letters is a key")
}

/// Logs files that are missing or do not belong here; gives the plans with their files.
fn known_files(files: &Files, log: &Log<'_>) -> Vec<(Key, String)> {
    for file in FIXED.into_iter().filter(|file| !files.contains_key(*file)) {
        log.missing(file);
    }
    let mut plans = Vec::new();
    let mut any_plan_file = false;
    for file in files.keys().map(String::as_str) {
        let fixed = FIXED.contains(&file) || OPTIONAL.contains(&file);
        if is_beside(file) || fixed || file.starts_with("texts/") {
            continue;
        }
        let name = file.strip_prefix("plans/").and_then(|name| name.strip_suffix(".toml"));
        let Some(name) = name.filter(|name| !name.contains('/')) else {
            unknown_file(file, log);
            continue;
        };
        any_plan_file = true;
        match name.parse::<Key>() {
            Ok(key) if key.as_str() != text::DEFAULT => {
                log.links.borrow_mut().declare(Noun::Plan, &key);
                plans.push((key, file.to_owned()));
            }
            _ => log.error(
                file,
                &(0..0),
                said!(
                    "„{name}“ kann nicht das Kürzel eines Plans sein",
                    "“{name}” cannot be the key of a plan"
                ),
                {
                    let (reserved, help) = (text::DEFAULT, KEY.help());
                    let [german, english] = [Language::DE, Language::EN].map(|it| help.get(it));
                    Clause::new(
                        format!("nennen Sie die Datei anders; nicht „{reserved}“, und {german}"),
                        format!("rename the file; not “{reserved}”, and {english}"),
                    )
                },
            ),
        }
    }
    if !any_plan_file {
        let help = said!(
            "legen Sie einen Plan an, der für jeden Ausfall gilt",
            "create plans/other.toml with a plan that serves whatever fails"
        );
        log.error(
            "plans/other.toml",
            &(0..0),
            said!("es gibt keinen Plan", "there is no plan"),
            help,
        );
    }
    plans
}

/// Whether a file may lie beside a handbook without being part of it.
fn is_beside(file: &str) -> bool {
    file.split('/').any(|part| part.starts_with('.') || part == "README.md")
}

fn unknown_file(file: &str, log: &Log<'_>) {
    if file == CONTACTS {
        let help = said!(
            "lassen Sie contacts.toml weg: Adressen reisen getrennt",
            "leave contacts.toml out of the version: contacts travel apart"
        );
        log.error(
            file,
            &(0..0),
            said!(
                "Namen und Adressen von Menschen gehören nicht in ein Handbuch",
                "names and addresses of people are not part of a handbook"
            ),
            help,
        );
        return;
    }
    let help = match nearest(file, FIXED.into_iter().chain(OPTIONAL)) {
        Some(meant) => said!("meinten Sie {meant}?", "did you mean {meant}?"),
        None => said!(
            "nehmen Sie sie heraus; ein Handbuch hat {}, {}, plans/KÜRZEL.toml, texts/PLAN/ART.SPRACHE.md und texts/PLAN/ART.KREIS.SPRACHE.md",
            "take it out; a handbook has {}, {}, plans/KEY.toml, texts/PLAN/KIND.LANGUAGE.md and \
             texts/PLAN/KIND.AUDIENCE.LANGUAGE.md",
            FIXED.join(", "),
            OPTIONAL.join(", ")
        ),
    };
    log.error(
        file,
        &(0..0),
        said!("{file} ist keine Datei eines Handbuchs", "{file} is no file of a handbook"),
        help,
    );
}
