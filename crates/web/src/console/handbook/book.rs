//! The texts of a handbook as forms need them: values by their place, keys to choose from, and what
//! is wrong where.

use std::collections::BTreeMap;

use engine::handbook::check_files;
use model::handbook::finding::{self as rule, findings_so_far};
use model::handbook::people::ContactCard;
use model::handbook::shape::{DOCUMENTS, Document, Field, Kind, Name};
use model::handbook::{Fault, Files, Noun};
use model::language::Language;
use model::value::Timestamp;
use toml::{Table, Value};

use super::finding::{Finding, REFUSED, graded, shape};
use super::value::{held, misfit, strings};

/// Keys under which a thing says in words what it is, the best first.
const TITLES: [&str; 3] = ["title", "name", "what"];

/// The texts of a handbook, whether they fit together or not.
pub(super) struct Book {
    pub(super) files: Files,
    sheets: BTreeMap<String, Value>,
    pub(super) languages: Vec<Language>,
    pub(super) faults: Vec<Placed>,
    /// What the rules say of it, as far as it can be read.
    pub(super) judged: Vec<rule::Finding>,
    /// The language of whoever reads.
    pub(super) language: Language,
}

/// A fault with the path inside its file: `role.lead.person`.
pub(super) struct Placed {
    pub(super) path: String,
    pub(super) fault: Fault,
}

impl Book {
    /// Reads and judges them as of now. Without contact cards, nothing is said of them.
    pub(super) fn read(
        files: Files,
        language: Language,
        now: Timestamp,
        cards: Option<&[ContactCard]>,
    ) -> Self {
        let checked = check_files(&files);
        let judged = findings_so_far(&checked, cards, now);
        let path = |fault: &Fault| match fault.path.as_str() {
            "" => checked.places.path_at(&fault.file, &fault.span).to_owned(),
            path => path.to_owned(),
        };
        let faults = checked.faults.iter().map(|fault| (path(fault), fault.clone()));
        let faults = faults.map(|(path, fault)| Placed { path, fault }).collect();
        let toml = files.iter().filter(|(file, _)| file.ends_with(".toml"));
        let sheet = |text: &str| Value::Table(text.parse::<Table>().unwrap_or_default());
        let sheets: BTreeMap<_, _> = toml.map(|(file, text)| (file.clone(), sheet(text))).collect();
        let mut book = Self { files, sheets, languages: Vec::new(), faults, judged, language };
        let tags = book.strings("handbook.toml", "languages");
        book.languages = tags.iter().filter_map(|tag| tag.parse().ok()).collect();
        if book.languages.is_empty() {
            book.languages.push(language);
        }
        book
    }

    /// What stands at this path, if something does.
    pub(super) fn value(&self, file: &str, path: &str) -> Option<&Value> {
        let mut value = self.sheets.get(file)?;
        for part in path.split('.').filter(|part| !part.is_empty()) {
            value = match value {
                Value::Array(list) => list.get(part.parse::<usize>().ok()?)?,
                other => other.get(part)?,
            };
        }
        Some(value)
    }

    /// What stands there as texts: of a list each part.
    pub(super) fn strings(&self, file: &str, path: &str) -> Vec<String> {
        self.value(file, path).map(strings).unwrap_or_default()
    }

    /// The keys of a table, or the numbers of a list.
    pub(super) fn members(&self, file: &str, path: &str) -> Vec<String> {
        match self.value(file, path) {
            Some(Value::Table(table)) => table.keys().cloned().collect(),
            Some(Value::Array(list)) => (0..list.len()).map(|at| at.to_string()).collect(),
            _ => Vec::new(),
        }
    }

    /// What a thing is called, in the reader's language if it can be.
    pub(super) fn title(&self, file: &str, path: &str) -> Option<String> {
        let at = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        let found = TITLES.iter().find_map(|key| self.value(file, &at(key)))?;
        let text = match found {
            Value::Table(table) => {
                table.get(self.language.tag()).or_else(|| table.values().next())?
            }
            other => other,
        };
        text.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// Everything of this noun: its key, and what it is called.
    pub(super) fn known(&self, noun: Noun) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for document in &DOCUMENTS {
            match (document.file, document.body) {
                (Name::Each(folder, own), _) if own == noun => {
                    let files = self.files.keys().filter(|file| document.file.fits(file));
                    found.extend(files.map(|file| {
                        let key = file.trim_start_matches(folder).trim_matches('/');
                        let key = key.trim_end_matches(".toml").to_owned();
                        (key.clone(), self.title(file, "").unwrap_or(key))
                    }));
                }
                (Name::Fixed(file), Kind::Table(fields)) => {
                    found.extend(fields.iter().flat_map(|field| self.declared(file, field, noun)));
                }
                _ => {}
            }
        }
        found
    }

    fn declared(&self, file: &str, field: &Field, noun: Noun) -> Vec<(String, String)> {
        let key = match field.kind {
            Kind::Named(nouns, _) if nouns.contains(&noun) => None,
            Kind::List(fields) => match fields.iter().find(|one| one.kind == Kind::Key(noun)) {
                Some(own) => Some(own.key),
                None => return Vec::new(),
            },
            _ => return Vec::new(),
        };
        let thing = |member: String| {
            let path = format!("{}.{member}", field.key);
            let key = match key {
                Some(key) => self.strings(file, &format!("{path}.{key}")).into_iter().next()?,
                None => member,
            };
            Some((key.clone(), self.title(file, &path).unwrap_or(key)))
        };
        self.members(file, field.key).into_iter().filter_map(thing).collect()
    }

    /// What is wrong there, in the reader's language where the value alone tells it.
    pub(super) fn said(&self, placed: &Placed) -> Finding {
        let (file, path) = (placed.fault.file.as_str(), placed.path.as_str());
        let words = &self.language.words().handbook.misfit;
        let document = Document::of(file);
        let field = document.and_then(|document| document.field(path));
        let said = field.and_then(|field| {
            let value = self.value(file, path);
            if value.is_some_and(|value| value.is_table() || value.is_array()) {
                return None;
            }
            let held = held(field.kind, value);
            let said = misfit(field.kind, field.need, &held, words)?;
            Some(format!("{}: {said}", field.label.get(self.language)))
        });
        said.map_or_else(|| Finding::of(&placed.fault, self.language), Finding::said)
    }

    /// The faults at this place and inside it.
    pub(super) fn faults_in<'a>(
        &'a self,
        file: &'a str,
        path: &'a str,
    ) -> impl Iterator<Item = &'a Placed> {
        self.faults.iter().filter(move |one| one.fault.file == file && is_in(&one.path, path))
    }

    /// What the rules say of this place and what is inside it.
    pub(super) fn judged_in<'a>(
        &'a self,
        file: &'a str,
        path: &'a str,
    ) -> impl Iterator<Item = &'a rule::Finding> {
        self.judged.iter().filter(move |one| one.file == file && is_in(&one.path, path))
    }

    /// The shape of the worst there is of a thing that should be mended, and how much there is.
    pub(super) fn worst(&self, file: &str, has: impl Fn(&str) -> bool) -> Option<Wrong> {
        let faults = self.faults_in(file, "").filter(|one| has(&one.path));
        let faults = faults.map(|one| (shape(one.fault.severity), one.fault.is_error()));
        let judged = self.judged_in(file, "").filter(|one| has(&one.path));
        let judged = judged.filter(|one| one.sort.grade < rule::Grade::Could);
        let all = faults.chain(judged.map(|one| (graded(one.sort.grade), false)));
        all.map(|(shape, refused)| Wrong { shape, count: 1, refused }).reduce(Wrong::and)
    }
}

/// How much is to be mended somewhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wrong {
    /// The shape of the worst.
    pub(super) shape: &'static str,
    pub(super) count: usize,
    /// Whether the handbook is refused for something of it.
    pub(super) refused: bool,
}

impl Wrong {
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            shape: if other.shape == REFUSED { REFUSED } else { self.shape },
            count: self.count + other.count,
            refused: self.refused || other.refused,
        }
    }
}

/// Whether a path is this one or inside it.
pub(super) fn is_in(path: &str, outer: &str) -> bool {
    let rest = path.strip_prefix(outer);
    rest.is_some_and(|rest| outer.is_empty() || rest.is_empty() || rest.starts_with('.'))
}
