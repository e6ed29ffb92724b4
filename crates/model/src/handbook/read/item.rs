use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::DeValue;

use super::{Log, Table};
use crate::handbook::fault::Severity;
use crate::handbook::link::{Link, Noun};
use crate::language::Language;
use crate::value::{Key, Span};

/// A word of a certain shape.
pub(in crate::handbook) struct Shape<T> {
    pub(super) noun: &'static str,
    pub(super) help: &'static str,
    pub(super) read: fn(&str) -> Option<T>,
}

impl<T> Shape<T> {
    pub(in crate::handbook) const fn new(
        noun: &'static str,
        help: &'static str,
        read: fn(&str) -> Option<T>,
    ) -> Self {
        Self { noun, help, read }
    }

    /// What to write.
    pub(in crate::handbook) const fn help(&self) -> &'static str {
        self.help
    }
}

/// A [`Key`].
pub(in crate::handbook) const KEY: Shape<Key> = Shape::new(
    "key",
    "use lower-case letters, digits and hyphens, begin with a letter, at most 40",
    |text| text.parse().ok(),
);

/// A [`Span`].
pub(in crate::handbook) const SPAN: Shape<Span> = Shape::new(
    "length of time",
    "write for example \"30s\", \"5m\", \"2h\" or \"1h30m\"",
    |text| text.parse().ok(),
);

/// A [`Language`].
pub(in crate::handbook) const LANGUAGE: Shape<Language> =
    Shape::new("language that Notlicht speaks", "write \"de\" or \"en\"", |text| text.parse().ok());

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
    pub(in crate::handbook) fn error(&self, what: impl Into<String>, help: impl Into<String>) {
        self.log.push(self.log.fault(self, Severity::Error).saying(what, help));
    }

    /// Logs a hint about this value.
    pub(in crate::handbook) fn hint(&self, what: impl Into<String>, help: impl Into<String>) {
        self.log.push(self.log.fault(self, Severity::Hint).saying(what, help));
    }

    pub(super) fn wrong(&self, wanted: &str, example: &str) {
        let found = match self.value {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let name = self.name();
        self.error(
            format!("“{name}” must be {wanted}, this is {found}"),
            format!("write it like this: {name}{example}"),
        );
    }

    /// A text that is not empty and stands on one line: community, names and titles become headers
    /// of mails, which must not be refused for a character that nobody sees.
    pub(in crate::handbook) fn text(&self) -> Option<String> {
        self.written("write it on one line, with characters that can be seen", |_| false)
    }

    /// A text that is not empty, over as many lines as it needs.
    pub(in crate::handbook) fn long(&self) -> Option<String> {
        self.written("write it with characters that can be seen", |c| c == '\n')
    }

    fn written(&self, help: &str, may: fn(char) -> bool) -> Option<String> {
        let DeValue::String(text) = self.value else {
            self.wrong("a text", " = \"…\"");
            return None;
        };
        if text.trim().is_empty() {
            self.error(format!("“{}” is empty", self.name()), "write something, or take it out");
            return None;
        }
        if let Some(unseen) = text.trim().chars().find(|c| c.is_control() && !may(*c)) {
            let what = if unseen == '\n' { "a line break" } else { "a character that nobody sees" };
            self.error(
                format!("“{}” holds {what} (U+{:04X})", self.name(), u32::from(unseen)),
                help,
            );
            return None;
        }
        Some(text.trim().to_owned())
    }

    /// Texts on one line each.
    pub(in crate::handbook) fn texts(&self) -> Vec<String> {
        self.list().iter().filter_map(Self::text).collect()
    }

    /// A text of this shape.
    pub(in crate::handbook) fn word<T>(&self, shape: &Shape<T>) -> Option<T> {
        let text = self.text()?;
        let read = (shape.read)(&text);
        if read.is_none() {
            self.error(format!("“{text}” is no {}", shape.noun), shape.help);
        }
        read
    }

    /// A whole number in this range.
    pub(in crate::handbook) fn whole(&self, range: RangeInclusive<u32>) -> Option<u32> {
        let DeValue::Integer(number) = self.value else {
            self.wrong("a whole number", &format!(" = {}", range.start()));
            return None;
        };
        let read = u32::from_str_radix(number.as_str(), number.radix()).ok();
        let fits = read.filter(|read| range.contains(read));
        if fits.is_none() {
            let (low, high) = range.into_inner();
            self.error(
                format!("{number} does not fit for “{}”", self.name()),
                format!("write a whole number from {low} to {high}"),
            );
        }
        fits
    }

    /// `true` or `false`.
    pub(in crate::handbook) fn flag(&self) -> Option<bool> {
        if let DeValue::Boolean(flag) = self.value {
            return Some(*flag);
        }
        self.wrong("true or false", " = true");
        None
    }

    /// The parts of a list.
    pub(in crate::handbook) fn list(&self) -> Vec<Self> {
        let DeValue::Array(list) = self.value else {
            self.wrong("a list", " = [\"…\"]");
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
            let help = format!("write one of: {}", ways.join(", "));
            self.error(format!("“{text}” names nobody"), help);
            return None;
        };
        let Some(key) = (KEY.read)(key) else {
            self.error(format!("“{key}” is no key"), KEY.help);
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
                part.hint(format!("“{key}” stands here twice"), "take one of them out");
            } else {
                found.push(key);
            }
        }
        found
    }

    /// The same, and at least one.
    pub(in crate::handbook) fn some_links(&self, noun: Noun) -> Vec<Key> {
        if self.is_empty_list() {
            let word = noun.word();
            self.error(format!("there is no {word} here"), format!("name at least one {word}"));
        }
        self.links(noun)
    }

    /// A table.
    pub(in crate::handbook) fn table(&self) -> Option<Table<'r>> {
        let DeValue::Table(map) = self.value else {
            self.wrong("a table", ".… = …");
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
                self.log.error(self.file, &span, format!("“{name}” is no key"), KEY.help);
                continue;
            };
            self.log.links.borrow_mut().declare(noun, &key);
            found.extend(item.table().map(|table| (key, table)));
        }
        found
    }
}
