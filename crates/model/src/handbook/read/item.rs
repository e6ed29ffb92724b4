use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::DeValue;

use super::{Log, Table};
use crate::handbook::link::{Link, Noun};
use crate::language::{Language, Localized};
use crate::value::{Key, Span};

/// A word of a certain shape.
pub(in crate::handbook) struct Shape<T> {
    noun: &'static str,
    help: &'static str,
    read: fn(&str) -> Option<T>,
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
    log: &'r Log<'r>,
    file: &'r str,
    path: String,
    /// Where it stands.
    pub(in crate::handbook) span: Range<usize>,
    value: &'r DeValue<'r>,
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

    fn name(&self) -> &str {
        self.path.rsplit('.').find(|part| part.parse::<usize>().is_err()).unwrap_or(&self.path)
    }

    /// Logs an error about this value.
    pub(in crate::handbook) fn error(&self, what: impl Into<String>, help: impl Into<String>) {
        self.log.error(self.file, &self.span, what, help);
    }

    /// Logs a hint about this value.
    pub(in crate::handbook) fn hint(&self, what: impl Into<String>, help: impl Into<String>) {
        self.log.hint(self.file, &self.span, what, help);
    }

    fn wrong(&self, wanted: &str, example: &str) {
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
        let DeValue::String(text) = self.value else {
            self.wrong("a text", " = \"…\"");
            return None;
        };
        if text.trim().is_empty() {
            self.error(format!("“{}” is empty", self.name()), "write something, or take it out");
            return None;
        }
        if let Some(unseen) = text.trim().chars().find(|c| c.is_control()) {
            let what = if unseen == '\n' { "a line break" } else { "a character that nobody sees" };
            self.error(
                format!("“{}” holds {what} (U+{:04X})", self.name(), u32::from(unseen)),
                "write it on one line, with characters that can be seen",
            );
            return None;
        }
        Some(text.trim().to_owned())
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

    /// Notes that this value refers to something.
    pub(in crate::handbook) fn refer(&self, noun: Noun, key: &Key) {
        let (file, span) = (self.file.to_owned(), self.span.clone());
        self.log.links.borrow_mut().made.push(Link { noun, key: key.clone(), file, span });
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

    /// A text in each language of the handbook.
    pub(in crate::handbook) fn localized(&self) -> Localized {
        let mut said = Localized::default();
        if !matches!(self.value, DeValue::Table(_)) {
            self.wrong("a text in each language", ".de = \"…\"");
            return said;
        }
        let Some(table) = self.table() else { return said };
        let languages = self.log.languages.get().map_or(&[][..], Vec::as_slice);
        for (tag, span, item) in table.all() {
            let Some(language) = (LANGUAGE.read)(tag) else {
                let what = format!("“{tag}” is no {}", LANGUAGE.noun);
                self.log.error(self.file, &span, what, LANGUAGE.help);
                continue;
            };
            if !languages.is_empty() && !languages.contains(&language) {
                item.hint(
                    format!("this text is never shown: “{tag}” is no language of this handbook"),
                    "add it to languages in handbook.toml, or take the text out",
                );
            }
            said.0.insert(language, item.text().unwrap_or_default());
        }
        for language in languages.iter().filter(|language| !said.0.contains_key(language)) {
            let (name, tag) = (self.name(), language.tag());
            self.error(
                format!("“{name}” is missing in the language “{tag}”"),
                format!("add a line: {name}.{tag} = \"…\""),
            );
        }
        said
    }
}
