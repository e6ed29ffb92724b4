//! A strict reader: every key that is not asked for is a fault, and every fault is collected.
//!
//! Reading goes on after a fault with whatever stands in for the value, so that one run shows all.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Files;
use super::fault::{Clause, Fault, Severity, said};
use super::link::Links;
use super::near::nearest;
use super::place::Places;
use crate::language::{Language, Localized};

mod ask;
mod date;
mod item;
mod said;
mod word;

pub(super) use item::{Item, KEY, LANGUAGE, SPAN, Shape};

/// Collects what reading comes upon.
pub(super) struct Log<'f> {
    files: &'f Files,
    /// The handbook's languages, once they are known.
    pub(super) languages: OnceCell<Vec<Language>>,
    pub(super) faults: RefCell<Vec<Fault>>,
    pub(super) places: RefCell<Places>,
    pub(super) links: RefCell<Links>,
    /// Files that are missing or no TOML, with the lines where they are none: what they would
    /// declare is not known.
    pub(super) broken: RefCell<BTreeMap<String, BTreeSet<usize>>>,
    /// What the reader asked for: file, path, whether it must be there.
    #[cfg(test)]
    pub(super) asked: RefCell<BTreeSet<(String, String, bool)>>,
}

impl<'f> Log<'f> {
    pub(super) fn new(files: &'f Files) -> Self {
        Self {
            files,
            languages: OnceCell::new(),
            faults: RefCell::default(),
            places: RefCell::default(),
            links: RefCell::default(),
            broken: RefCell::default(),
            #[cfg(test)]
            asked: RefCell::default(),
        }
    }

    pub(super) fn text(&self, file: &str) -> &'f str {
        self.files.get(file).map_or("", String::as_str)
    }

    pub(super) fn error(&self, file: &str, span: &Range<usize>, what: Clause, help: Clause) {
        let fault = Fault::new(file, self.text(file), span, Severity::Error).saying(what, help);
        self.push(fault);
    }

    pub(super) fn hint(&self, file: &str, span: &Range<usize>, what: Clause, help: Clause) {
        let fault = Fault::new(file, self.text(file), span, Severity::Hint).saying(what, help);
        self.push(fault);
    }

    /// A fault about this value, without its words.
    fn fault(&self, item: &Item<'_>, severity: Severity) -> Fault {
        Fault::new(item.file, self.text(item.file), &item.span, severity).at(&item.path)
    }

    /// What was made of a line that is no TOML says nothing more about it.
    pub(super) fn push(&self, fault: Fault) {
        let broken = self.broken.borrow();
        if !broken.get(&fault.file).is_some_and(|lines| lines.contains(&fault.line)) {
            self.faults.borrow_mut().push(fault);
        }
    }

    /// Notes a file that is not there.
    pub(super) fn missing(&self, file: &str) {
        self.error(
            file,
            &(0..0),
            said!("{file} fehlt", "{file} is missing"),
            said!("legen Sie die Datei an", "create it in the handbook's folder"),
        );
        self.broken.borrow_mut().entry(file.to_owned()).or_default();
    }

    /// Parses a file. All its syntax errors are logged, one for each line.
    pub(super) fn document(&self, file: &str) -> Spanned<DeTable<'f>> {
        let (table, errors) = DeTable::parse_recoverable(self.text(file));
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let message = error.message().lines().collect::<Vec<_>>().join(", ");
            let fault = Fault::new(file, self.text(file), &span, Severity::Error).saying(
                said!("das ist kein TOML: {message}", "this is no TOML: {message}"),
                said!("schreiben Sie Zeilen wie name = \"Wert\" unter eine [Überschrift]; Texte stehen in Anführungszeichen", "write key = \"value\" lines below a [heading]; texts stand in quotes"),
            );
            let line = fault.line;
            self.push(fault);
            self.broken.borrow_mut().entry(file.to_owned()).or_default().insert(line);
        }
        table
    }

    /// Whether what this file declares is not fully known.
    pub(super) fn is_broken(&self, file: &str) -> bool {
        self.broken.borrow().contains_key(file)
    }
}

/// A table being read. When it is dropped, keys that are missing and keys that nobody asked for
/// become faults.
pub(super) struct Table<'r> {
    pub(super) log: &'r Log<'r>,
    pub(super) file: &'r str,
    path: String,
    pub(super) span: Range<usize>,
    map: &'r DeTable<'r>,
    asked: RefCell<BTreeSet<&'static str>>,
    missing: RefCell<Vec<(&'static str, String)>>,
    open: Cell<bool>,
}

impl<'r> Table<'r> {
    /// The whole of a file.
    pub(super) fn root(log: &'r Log<'r>, file: &'r str, map: &'r DeTable<'r>) -> Self {
        Self::new(log, file, String::new(), 0..0, map)
    }

    fn new(
        log: &'r Log<'r>,
        file: &'r str,
        path: String,
        span: Range<usize>,
        map: &'r DeTable<'r>,
    ) -> Self {
        let (asked, missing) = (RefCell::default(), RefCell::default());
        Self { log, file, path, span, map, asked, missing, open: Cell::new(false) }
    }

    /// The value of this key, if it is written.
    pub(super) fn may(&self, key: &'static str) -> Option<Item<'r>> {
        #[cfg(test)]
        self.log.asked.borrow_mut().insert((self.file.to_owned(), self.below(key), false));
        self.take(key)
    }

    fn take(&self, key: &'static str) -> Option<Item<'r>> {
        self.asked.borrow_mut().insert(key);
        let value = self.map.get(key)?;
        Some(self.item(key, value))
    }

    /// The value of this key, which must be there. The example is the whole line.
    pub(super) fn need(&self, key: &'static str, example: &str) -> Option<Item<'r>> {
        #[cfg(test)]
        self.log.asked.borrow_mut().insert((self.file.to_owned(), self.below(key), true));
        let found = self.take(key);
        if found.is_none() {
            self.missing.borrow_mut().push((key, example.to_owned()));
        }
        found
    }

    /// The text of this key in each language, which must be there.
    pub(super) fn localized(&self, key: &'static str) -> Localized {
        let item = self.need(key, &format!("{key}.de = \"…\", and so for each language"));
        item.map(|item| item.localized()).unwrap_or_default()
    }

    /// All that stands here, by names that the writer chose.
    pub(super) fn all(&self) -> impl Iterator<Item = (&'r str, Range<usize>, Item<'r>)> {
        self.open.set(true);
        let map = self.map;
        map.iter().map(|(key, value)| {
            let name: &'r str = key.get_ref();
            (name, key.span(), self.item(name, value))
        })
    }

    /// What else stands here is no fault.
    pub(super) fn accept_rest(&self) {
        self.open.set(true);
    }

    /// Logs an error about what the table lacks. Where its file is no TOML, that is not known.
    pub(super) fn lacks(&self, what: Clause, help: Clause) {
        self.lacks_at(&self.path, what, help);
    }

    fn lacks_at(&self, path: &str, what: Clause, help: Clause) {
        if !self.log.is_broken(self.file) {
            let text = self.log.text(self.file);
            let fault = Fault::new(self.file, text, &self.span, Severity::Error);
            self.log.push(fault.saying(what, help).at(path));
        }
    }

    fn item(&self, key: &str, value: &'r Spanned<DeValue<'r>>) -> Item<'r> {
        Item::new(self.log, self.file, self.below(key), value)
    }

    /// The path of what stands here under this key.
    fn below(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }
}

impl Table<'_> {
    /// Logs the keys that nobody asked for; gives those that were probably meant.
    fn unknown(&self) -> Vec<&'static str> {
        let mut meant = Vec::new();
        let asked = self.asked.borrow();
        for key in self.map.keys().filter(|key| !asked.contains(key.get_ref().as_ref())) {
            let free = asked.iter().copied().filter(|known| !self.map.contains_key(*known));
            let near = nearest(key.get_ref(), free);
            let help = match near {
                Some(near) => said!("meinten Sie „{near}“?", "did you mean “{near}”?"),
                None if asked.is_empty() => said!(
                    "nehmen Sie es heraus: Hier darf nichts stehen",
                    "take it out: nothing may stand here"
                ),
                None => {
                    let known: Vec<_> = asked.iter().copied().collect();
                    said!(
                        "nehmen Sie es heraus, oder nehmen Sie eines davon: {}",
                        "take it out, or use one of: {}",
                        known.join(", ")
                    )
                }
            };
            let what =
                said!("„{}“ ist hier nicht bekannt", "“{}” is not known here", key.get_ref());
            self.log.error(self.file, &key.span(), what, help);
            meant.extend(near);
        }
        meant
    }
}

impl Drop for Table<'_> {
    fn drop(&mut self) {
        let meant = if self.open.get() { Vec::new() } else { self.unknown() };
        // A key that is only misspelt is not told again as missing.
        for (key, example) in self.missing.take() {
            if !meant.contains(&key) {
                let place = if self.path.is_empty() { self.file } else { &self.path };
                let what = said!("„{key}“ fehlt in {place}", "“{key}” is missing in {place}");
                self.lacks_at(
                    &self.below(key),
                    what,
                    said!("fügen Sie hinzu: {example}", "add: {example}"),
                );
            }
        }
    }
}
