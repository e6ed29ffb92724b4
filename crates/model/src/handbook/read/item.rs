use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::DeValue;

use super::{Log, Table};
use crate::handbook::fault::{Clause, Severity, said};
use crate::handbook::link::{Link, Noun};
use crate::language::Language;
use crate::value::{Key, Span};

/// A word of a certain shape.
pub(in crate::handbook) struct Shape<T> {
    noun: [&'static str; 2],
    help: [&'static str; 2],
    pub(super) read: fn(&str) -> Option<T>,
}

impl<T> Shape<T> {
    pub(in crate::handbook) const fn new(
        noun: [&'static str; 2],
        help: [&'static str; 2],
        read: fn(&str) -> Option<T>,
    ) -> Self {
        Self { noun, help, read }
    }

    /// What to write.
    pub(in crate::handbook) fn help(&self) -> Clause {
        let [german, english] = self.help;
        Clause::new(german.to_owned(), english.to_owned())
    }

    /// That a text has another shape.
    pub(in crate::handbook) fn misses(&self, text: &str) -> Clause {
        let [german, english] = self.noun;
        Clause::new(format!("„{text}“ ist {german}"), format!("“{text}” is no {english}"))
    }
}

/// A [`Key`].
pub(in crate::handbook) const KEY: Shape<Key> = Shape::new(
    ["kein Kürzel", "key"],
    [
        "nehmen Sie Kleinbuchstaben, Ziffern und Bindestriche, am Anfang einen Buchstaben, höchstens 40",
        "use lower-case letters, digits and hyphens, begin with a letter, at most 40",
    ],
    |text| text.parse().ok(),
);

/// A [`Span`].
pub(in crate::handbook) const SPAN: Shape<Span> = Shape::new(
    ["keine Zeitspanne", "length of time"],
    [
        "schreiben Sie zum Beispiel 30s, 5m, 2h oder 1h30m",
        "write for example \"30s\", \"5m\", \"2h\" or \"1h30m\"",
    ],
    |text| text.parse().ok(),
);

/// A [`Language`].
pub(in crate::handbook) const LANGUAGE: Shape<Language> = Shape::new(
    ["keine Sprache, die Notlicht spricht", "language that Notlicht speaks"],
    ["schreiben Sie de oder en", "write \"de\" or \"en\""],
    |text| text.parse().ok(),
);

/// One value with its place.
pub(in crate::handbook) struct Item<'r> {
    pub(super) log: &'r Log<'r>,
    pub(super) file: &'r str,
    pub(super) path: String,
    /// Where it stands.
    pub(in crate::handbook) span: Range<usize>,
    pub(super) value: &'r DeValue<'r>,
}

impl<'r> Item<'r> {
    pub(super) fn new(
        log: &'r Log<'r>,
        file: &'r str,
        path: String,
        value: &'r Spanned<DeValue<'r>>,
    ) -> Self {
        let span = value.span();
        log.places.borrow_mut().note(file, &path, span.clone());
        Self { log, file, path, span, value: value.get_ref() }
    }

    pub(super) fn name(&self) -> &str {
        self.path.rsplit('.').find(|part| part.parse::<usize>().is_err()).unwrap_or(&self.path)
    }

    /// Logs an error about this value.
    pub(in crate::handbook) fn error(&self, what: Clause, help: Clause) {
        self.log.push(self.log.fault(self, Severity::Error).saying(what, help));
    }

    /// Logs a hint about this value.
    pub(in crate::handbook) fn hint(&self, what: Clause, help: Clause) {
        self.log.push(self.log.fault(self, Severity::Hint).saying(what, help));
    }

    pub(super) fn wrong(&self, [german, english]: [&str; 2], example: &str) {
        let found = match self.value {
            DeValue::String(_) => ["ein Text", "a text"],
            DeValue::Integer(_) => ["eine ganze Zahl", "a whole number"],
            DeValue::Float(_) => ["eine Zahl", "a number"],
            DeValue::Boolean(_) => ["true oder false", "true or false"],
            DeValue::Datetime(_) => ["ein Datum", "a date"],
            DeValue::Array(_) => ["eine Liste", "a list"],
            DeValue::Table(_) => ["eine Tabelle", "a table"],
        };
        let name = self.name();
        let what = Clause::new(
            format!(
                "bei „{name}“ wird etwas anderes gebraucht ({german}); hier steht {}",
                found[0]
            ),
            format!("“{name}” must be {english}, this is {}", found[1]),
        );
        let help =
            said!("schreiben Sie es so: {name}{example}", "write it like this: {name}{example}");
        self.error(what, help);
    }

    /// A whole number in this range.
    pub(in crate::handbook) fn whole(&self, range: RangeInclusive<u32>) -> Option<u32> {
        let DeValue::Integer(number) = self.value else {
            self.wrong(["eine ganze Zahl", "a whole number"], &format!(" = {}", range.start()));
            return None;
        };
        let read = u32::from_str_radix(number.as_str(), number.radix()).ok();
        let fits = read.filter(|read| range.contains(read));
        if fits.is_none() {
            let (low, high) = range.into_inner();
            self.error(
                said!(
                    "{number} passt nicht für „{}“",
                    "{number} does not fit for “{}”",
                    self.name()
                ),
                said!(
                    "schreiben Sie eine ganze Zahl von {low} bis {high}",
                    "write a whole number from {low} to {high}"
                ),
            );
        }
        fits
    }

    /// `true` or `false`.
    pub(in crate::handbook) fn flag(&self) -> Option<bool> {
        if let DeValue::Boolean(flag) = self.value {
            return Some(*flag);
        }
        self.wrong(["true oder false", "true or false"], " = true");
        None
    }

    /// The parts of a list.
    pub(in crate::handbook) fn list(&self) -> Vec<Self> {
        let DeValue::Array(list) = self.value else {
            self.wrong(["eine Liste", "a list"], " = [\"…\"]");
            return Vec::new();
        };
        let parts = list.iter().enumerate();
        parts
            .map(|(at, value)| Self::new(self.log, self.file, format!("{}.{at}", self.path), value))
            .collect()
    }

    /// Whether this is a list without parts.
    pub(in crate::handbook) fn is_empty_list(&self) -> bool {
        matches!(self.value, DeValue::Array(list) if list.is_empty())
    }

    /// The parts of a list, or the one value that stands for a list of one.
    pub(in crate::handbook) fn one_or_more(self) -> Vec<Self> {
        if matches!(self.value, DeValue::Array(_)) { self.list() } else { vec![self] }
    }

    /// The key of something that must be declared elsewhere.
    pub(in crate::handbook) fn link(&self, noun: Noun) -> Option<Key> {
        let key = self.word(&KEY)?;
        self.refer(noun, &key);
        Some(key)
    }

    /// One of these nouns and a key of it that must be declared elsewhere: `role:lead`.
    pub(in crate::handbook) fn member(&self, nouns: &[Noun]) -> Option<(Noun, Key)> {
        let text = self.text()?;
        let named = text.split_once(':').and_then(|(word, key)| {
            let noun = nouns.iter().copied().find(|noun| noun.word() == word.trim());
            noun.map(|noun| (noun, key.trim()))
        });
        let Some((noun, key)) = named else {
            let ways: Vec<_> =
                nouns.iter().map(|noun| format!("\"{}:KEY\"", noun.word())).collect();
            let help = said!("schreiben Sie eines davon: {}", "write one of: {}", ways.join(", "));
            self.error(said!("„{text}“ nennt niemanden", "“{text}” names nobody"), help);
            return None;
        };
        let Some(key) = (KEY.read)(key) else {
            self.error(KEY.misses(key), KEY.help());
            return None;
        };
        self.refer(noun, &key);
        Some((noun, key))
    }

    /// The key of something that was declared elsewhere when this was written.
    pub(in crate::handbook) fn past_link(&self, noun: Noun) -> Option<Key> {
        let key = self.word(&KEY)?;
        self.note(noun, &key, Severity::Hint);
        Some(key)
    }

    /// Notes that this value refers to something.
    pub(in crate::handbook) fn refer(&self, noun: Noun, key: &Key) {
        self.note(noun, key, Severity::Error);
    }

    fn note(&self, noun: Noun, key: &Key, otherwise: Severity) {
        let (key, file, span) = (key.clone(), self.file.to_owned(), self.span.clone());
        self.log.links.borrow_mut().made.push(Link { noun, key, file, span, otherwise });
    }

    /// Keys of things that must be declared elsewhere, each once.
    pub(in crate::handbook) fn links(&self, noun: Noun) -> Vec<Key> {
        let mut found = Vec::new();
        for part in self.list() {
            let Some(key) = part.link(noun) else { continue };
            if found.contains(&key) {
                part.hint(
                    said!("„{key}“ steht hier zweimal", "“{key}” stands here twice"),
                    said!("nehmen Sie eines davon heraus", "take one of them out"),
                );
            } else {
                found.push(key);
            }
        }
        found
    }

    /// The same, and at least one.
    pub(in crate::handbook) fn some_links(&self, noun: Noun) -> Vec<Key> {
        if self.is_empty_list() {
            let (word, german) = (noun.word(), noun.german());
            self.error(
                said!("hier steht nichts ({german})", "there is no {word} here"),
                said!("nennen Sie mindestens eines ({german})", "name at least one {word}"),
            );
        }
        self.links(noun)
    }

    /// A table.
    pub(in crate::handbook) fn table(&self) -> Option<Table<'r>> {
        let DeValue::Table(map) = self.value else {
            self.wrong(["eine Tabelle", "a table"], ".… = …");
            return None;
        };
        let (path, span) = (self.path.clone(), self.span.clone());
        Some(Table::new(self.log, self.file, path, span, map))
    }

    /// The tables of a list that is written as `[[…]]`.
    pub(in crate::handbook) fn tables(&self) -> Vec<Table<'r>> {
        self.list().iter().filter_map(Self::table).collect()
    }

    /// Tables by keys that the writer chose: `[role.lead]`.
    pub(in crate::handbook) fn named(&self, noun: Noun) -> Vec<(Key, Table<'r>)> {
        let Some(table) = self.table() else { return Vec::new() };
        let mut found = Vec::new();
        for (name, span, item) in table.all() {
            let Some(key) = (KEY.read)(name) else {
                self.log.error(self.file, &span, KEY.misses(name), KEY.help());
                continue;
            };
            self.log.links.borrow_mut().declare(noun, &key);
            found.extend(item.table().map(|table| (key, table)));
        }
        found
    }
}
