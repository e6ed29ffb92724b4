//! Fields of a form, made from the description of the format and what stands in the files.

use askama::Template as _;
use model::handbook::Noun;
use model::handbook::parse::catalogue;
use model::handbook::shape::{Choice, Field, Kind, setting};
use model::language::Handbook as Words;

use super::book::{Book, Placed, is_in};
use super::finding::Finding;
use super::spot::Spot;
use super::value::{
    held, in_one_language, is_boxes, is_localized, is_short, is_typed, joined, mark, misfit, typed,
};

mod pick;
mod view;

use pick::{Pick, in_order, optional, picks, tongues};
use view::{Control, Item, Tongue, View};

/// The name under which a form sends which of several ways was chosen.
pub(super) const WAY: &str = "@way";

/// Makes the fields of one thing.
pub(super) struct Maker<'a> {
    pub(super) book: &'a Book,
    pub(super) spot: &'a Spot,
    pub(super) words: &'static Words,
}

impl Maker<'_> {
    /// These fields, each finished; `inside` is the path that leads to them, in the thing.
    pub(super) fn fields(&self, fields: &[&Field], inside: &str) -> Vec<String> {
        fields.iter().flat_map(|field| self.field(field, inside)).collect()
    }

    fn field(&self, field: &Field, inside: &str) -> Vec<String> {
        let key = if matches!(field.kind, Kind::OneOf(_)) { WAY } else { field.key };
        let name = joined(inside, key);
        let full = self.spot.inside(&name);
        let value = self.book.value(&self.spot.file, &full);
        let held = held(field.kind, value);
        let mut made = vec![self.view(field, field.kind, name, &held)];
        if field.kind == Kind::Adapter {
            made.extend(self.settings(held.first().map_or("", String::as_str), inside));
        }
        made
    }

    fn view(&self, field: &Field, kind: Kind, name: String, held: &[String]) -> String {
        let language = self.book.language;
        let view = View {
            words: self.words,
            label: field.label.get(language),
            hint: field.hint.get(language),
            example: if is_typed(kind) { field.example.get(language) } else { "" },
            need: field.need,
            short: is_short(kind),
            shapes: matches!(kind, Kind::Adapter | Kind::OneOf(_)),
            was: mark(&typed(kind, held.iter().map(String::as_str))),
            wrong: self.wrong(kind, field.need, &name, held),
            control: self.control(kind, &name, held, field.need),
            name,
        };
        view.render().unwrap_or_default()
    }

    /// What is wrong with a field, in the reader's language where the value alone tells it.
    fn wrong(&self, kind: Kind, need: bool, name: &str, held: &[String]) -> Vec<Finding> {
        let full = self.spot.inside(name);
        let is_leaf =
            !matches!(kind, Kind::Table(_) | Kind::List(_) | Kind::Named(..) | Kind::OneOf(_));
        let is_leaf = is_leaf && !is_localized(kind);
        if is_leaf && let Some(said) = misfit(kind, need, held, &self.words.misfit) {
            return vec![Finding::said(said)];
        }
        let exact = |one: &&Placed| is_leaf || is_localized(kind) || one.path == full;
        let found = self.book.faults_in(&self.spot.file, &full).filter(exact);
        let found = found.map(|one| self.book.said(one));
        let own = is_leaf || is_localized(kind);
        let judged = self.book.judged_in(&self.spot.file, &full);
        let judged = judged.filter(|one| own || one.path == full);
        found.chain(judged.map(|one| Finding::judged(one, self.book.language))).collect()
    }

    fn control(&self, kind: Kind, name: &str, held: &[String], need: bool) -> Control {
        let first = || held.first().cloned().unwrap_or_default();
        let line = |mode| Control::Line { value: first(), mode };
        match kind {
            Kind::Localized | Kind::LocalizedLong | Kind::LocalizedTexts => {
                self.tongues(kind, name)
            }
            Kind::Date => Control::Date(first()),
            Kind::Moment => Control::Moment(first()),
            Kind::Texts | Kind::OneOrMoreTexts | Kind::OneOrMoreWhole(..) | Kind::Pairs => {
                Control::Area(held.join("\n"))
            }
            Kind::Whole(..) => line("numeric"),
            Kind::Email => line("@"),
            Kind::Phone => line("tel"),
            Kind::Address => line("url"),
            Kind::Text
            | Kind::Key(_)
            | Kind::OwnKey
            | Kind::Delay
            | Kind::Clock(_)
            | Kind::Zone
            | Kind::Span
            | Kind::Pointer
            | Kind::SecretName
            | Kind::Mailbox => line("text"),
            Kind::Flag => Control::Flag(first() == "true"),
            Kind::Language => Control::Select(optional(tongues(held), need)),
            Kind::Languages => Control::Order(in_order(&tongues(held), held)),
            Kind::Choice(choices) => {
                let language = self.book.language;
                let pick = choices.iter().map(|one| (one.word.to_owned(), one.label.get(language)));
                Control::Select(optional(picks(pick, held), need))
            }
            Kind::Adapter => Control::Select(optional(self.adapters(held), true)),
            Kind::Word(words) => {
                let words = words.iter().map(|word| ((*word).to_owned(), *word));
                Control::Select(optional(picks(words, held), need))
            }
            Kind::Catalogue => {
                let entries = catalogue().iter();
                let entries = entries.map(|(key, one)| {
                    (key.to_string(), one.title.get(self.book.language).to_owned())
                });
                Control::Select(optional(picks(entries, held), need))
            }
            Kind::Link(noun) => Control::Select(optional(self.linked(noun, held), need)),
            Kind::Links { noun, .. } if is_boxes(kind, name) => {
                Control::Boxes(self.linked(noun, held))
            }
            Kind::Links { noun, .. } => Control::Order(in_order(&self.linked(noun, held), held)),
            Kind::Member(nouns) => Control::Select(optional(self.members(&[], nouns, held), need)),
            Kind::Members { words: [], nouns } => {
                Control::Order(in_order(&self.members(&[], nouns, held), held))
            }
            Kind::Members { words, nouns } => Control::Boxes(self.members(words, nouns, held)),
            Kind::Table(fields) => {
                let full = self.spot.inside(name);
                let to_mend = self.book.worst(&self.spot.file, |one| is_in(one, &full)).is_some();
                let stands = self.book.value(&self.spot.file, &full).is_some();
                let closed = !(need || stands || to_mend);
                Control::Group { fields: self.fields(&all(fields), name), closed }
            }
            Kind::List(fields) => self.items(fields, name, false),
            Kind::Named(_, fields) => self.items(fields, name, true),
            Kind::OneOf(ways) => self.ways(ways, name),
        }
    }

    fn tongues(&self, kind: Kind, name: &str) -> Control {
        let (full, each) = (self.spot.inside(name), in_one_language(kind));
        let tongue = |language: &model::language::Language| {
            let held = self.book.strings(&self.spot.file, &format!("{full}.{language}"));
            Tongue {
                tag: language.tag(),
                name: language.words().name,
                was: mark(&typed(each, held.iter().map(String::as_str))),
                value: held.join("\n"),
            }
        };
        let tongues = self.book.languages.iter().map(tongue).collect();
        let many = kind == Kind::LocalizedTexts;
        Control::Tongues { tongues, long: kind != Kind::Localized, many }
    }

    /// Words, and `noun:KEY` of all that there is.
    fn members(&self, words: &[Choice], nouns: &[Noun], held: &[String]) -> Vec<Pick> {
        let language = self.book.language;
        let label = |one: &Choice| (one.word.to_owned(), one.label.get(language).to_owned());
        let named = nouns.iter().flat_map(|noun| {
            let known = self.book.known(*noun).into_iter();
            known.map(|(key, title)| (format!("{}:{key}", noun.word()), title))
        });
        picks(words.iter().map(label).chain(named), held)
    }

    fn items(&self, fields: &[Field], name: &str, named: bool) -> Control {
        let members = self.book.members(&self.spot.file, &self.spot.inside(name));
        let item = |(at, member): (usize, String)| {
            let path = format!("{name}.{member}");
            let full = self.spot.inside(&path);
            let title = self.book.title(&self.spot.file, &full);
            let faulty = self.book.worst(&self.spot.file, |one| is_in(one, &full)).is_some();
            let open = faulty || title.is_none();
            let head = match title {
                Some(title) if !named => format!("{}. {title}", at + 1),
                None if !named => (at + 1).to_string(),
                _ => member,
            };
            Item { head, open, fields: self.fields(&all(fields), &path), path }
        };
        Control::Items { items: members.into_iter().enumerate().map(item).collect(), named }
    }

    /// The tables of which exactly one stands here, and the fields of the one that does.
    fn ways(&self, ways: &'static [Field], name: &str) -> Control {
        let around = name.rsplit_once('.').map_or("", |(around, _)| around);
        let stands = |way: &&Field| {
            let full = self.spot.inside(&joined(around, way.key));
            self.book.value(&self.spot.file, &full).is_some()
        };
        let chosen = ways.iter().find(stands);
        let pick = |way: &Field| Pick {
            value: way.key.to_owned(),
            label: way.label.get(self.book.language).to_owned(),
            on: chosen.is_some_and(|chosen| chosen.key == way.key),
        };
        let fields = chosen.map(|way| match way.kind {
            Kind::Table(fields) => self.fields(&all(fields), &joined(around, way.key)),
            _ => self.field(way, around),
        });
        let ways = optional(ways.iter().map(pick).collect(), true);
        Control::Ways { ways, fields: fields.unwrap_or_default() }
    }

    fn adapters(&self, held: &[String]) -> Vec<Pick> {
        let at = usize::from(self.book.language != model::language::Language::DE);
        let kinds = engine::channel::descriptors();
        let kinds = kinds.iter().map(|one| (one.kind.to_owned(), one.label[at].to_owned()));
        picks(kinds, held)
    }

    /// What the adapter of a channel wants to know.
    fn settings(&self, kind: &str, inside: &str) -> Vec<String> {
        let made = settings(kind).into_iter().map(|field| {
            let name = joined(inside, field.key);
            let held = self.book.strings(&self.spot.file, &self.spot.inside(&name));
            self.view(&field, field.kind, name, &held)
        });
        made.collect()
    }

    fn linked(&self, noun: Noun, held: &[String]) -> Vec<Pick> {
        picks(self.book.known(noun), held)
    }
}

fn all(fields: &[Field]) -> Vec<&Field> {
    fields.iter().collect()
}

/// What the adapter of this kind of channel wants to know.
pub(super) fn settings(kind: &str) -> Vec<Field> {
    let kinds = engine::channel::descriptors();
    let adapter = kinds.iter().find(|one| one.kind == kind);
    adapter.into_iter().flat_map(|adapter| adapter.fields).map(setting).collect()
}
