//! From a form that was sent to changes of the handbook: only what somebody changed, so that two
//! windows do not undo each other.

use std::collections::BTreeMap;

use model::handbook::Path;
use model::handbook::edit::{Edit, Fields, Value};
use model::handbook::shape::{Field, Kind};

use super::book::Book;
use super::field::{WAY, settings};
use super::spot::Spot;
use super::start::Starter;
use super::value::{held, in_one_language, is_boxes, joined, key_of, mark, typed, written};
use crate::console::sent::Sent;

/// Collects the changes of one thing.
pub(super) struct Gather<'a> {
    pub(super) book: &'a Book,
    pub(super) spot: &'a Spot,
    pub(super) sent: &'a Sent,
    pub(super) edits: Vec<Edit>,
    /// What each field holds now, as [`mark`] has it: for a form that stays open.
    pub(super) marks: BTreeMap<String, String>,
}

impl Gather<'_> {
    /// The changes of these fields; `inside` is the path that leads to them, in the thing.
    pub(super) fn fields(&mut self, fields: &[&'static Field], inside: &str) {
        for field in fields {
            self.field(field, inside);
        }
    }

    fn field(&mut self, field: &'static Field, inside: &str) {
        let name = joined(inside, field.key);
        match field.kind {
            Kind::Table(fields) => self.fields(&all(fields), &name),
            Kind::List(fields) | Kind::Named(_, fields) => {
                for member in self.book.members(&self.spot.file, &self.spot.inside(&name)) {
                    self.fields(&all(fields), &format!("{name}.{member}"));
                }
            }
            Kind::OneOf(ways) => self.way(ways, inside),
            Kind::Localized | Kind::LocalizedLong | Kind::LocalizedTexts => {
                for language in &self.book.languages {
                    self.leaf(in_one_language(field.kind), &format!("{name}.{language}"));
                }
            }
            Kind::Adapter => {
                let held = self.book.strings(&self.spot.file, &self.spot.inside(&name));
                self.leaf(field.kind, &name);
                for setting in settings(held.first().map_or("", String::as_str)) {
                    self.leaf(setting.kind, &joined(inside, setting.key));
                }
            }
            kind => self.leaf(kind, &name),
        }
    }

    /// One value: a change where what was sent is something else than what was shown.
    fn leaf(&mut self, kind: Kind, name: &str) {
        let was = self.sent.get(&format!("was.{name}"));
        let sent = typed(kind, self.sent.all(name));
        if was.is_empty() || mark(&sent) == was {
            return;
        }
        self.marks.insert(name.to_owned(), mark(&sent));
        let path = self.spot.inside(name);
        let now = held(kind, self.book.value(&self.spot.file, &path));
        let sent = in_old_order(kind, name, sent, &now);
        if let (Kind::Key(noun), [from], [to]) = (kind, now.as_slice(), sent.as_slice())
            && let (Ok(from), Ok(to)) = (from.parse(), to.parse())
        {
            return self.edits.push(Edit::Rename { noun, from, to });
        }
        match written(kind, &sent) {
            Some(value) => self.set(&path, value),
            None if !now.is_empty() => self.remove(&path),
            None => {}
        }
    }

    /// Another way than the one so far: that one goes.
    fn way(&mut self, ways: &'static [Field], inside: &str) {
        let chosen = self.sent.get(&joined(inside, WAY)).to_owned();
        for way in ways {
            let name = joined(inside, way.key);
            let path = self.spot.inside(&name);
            let stands = self.book.value(&self.spot.file, &path).is_some();
            match (stands, way.key == chosen) {
                (true, true) => self.field(way, inside),
                (true, false) if ways.iter().any(|way| way.key == chosen) => self.remove(&path),
                (true, false) => self.field(way, inside),
                (false, true) => self.set(&path, Value::Table(Default::default())),
                (false, false) => {}
            }
        }
    }

    /// What a button in the form asks for: an item more, one less, another order.
    pub(super) fn button(&mut self) {
        let asked = self.sent.get("do").to_owned();
        let Some((verb, name)) = asked.split_once(':') else { return };
        let file = self.spot.file.clone();
        let Ok(path) = self.spot.inside(name).parse() else { return };
        let (list, at) = match name.rsplit_once('.') {
            Some((list, at)) => (self.spot.inside(list), at.parse::<usize>().ok()),
            None => (String::new(), None),
        };
        match (verb, at, list.parse()) {
            ("add", ..) => self.add(name),
            ("remove", ..) => self.edits.push(Edit::Remove { file, path }),
            ("up", Some(from), Ok(list)) if from > 0 => {
                self.edits.push(Edit::Move { file, list, from, to: from - 1 });
            }
            ("down", Some(from), Ok(list)) => {
                self.edits.push(Edit::Move { file, list, from, to: from + 1 });
            }
            _ => {}
        }
    }

    fn add(&mut self, name: &str) {
        let file = self.spot.file.clone();
        let Ok(path) = self.spot.inside(name).parse::<Path>() else { return };
        let key = key_of(self.sent.get(&format!("new.{name}")));
        let mut fields = Fields::new();
        let document = self.spot.document();
        let described = document.and_then(|document| document.field(&self.spot.inside(name)));
        if let Some(Kind::List(inner) | Kind::Named(_, inner)) = described.map(|field| field.kind) {
            let starter = Starter { book: self.book, name: "" };
            starter.fill(inner, &Path::default(), false, &mut fields);
        }
        self.edits.push(match key {
            Some(key) => Edit::AddNamed { file, path: path.and([key.to_string()]), fields },
            None => Edit::AddItem { file, list: path, at: None, fields },
        });
    }

    fn set(&mut self, path: &str, value: Value) {
        if let Ok(path) = path.parse() {
            self.edits.push(Edit::Set { file: self.spot.file.clone(), path, value });
        }
    }

    fn remove(&mut self, path: &str) {
        if let Ok(path) = path.parse() {
            self.edits.push(Edit::Remove { file: self.spot.file.clone(), path });
        }
    }
}

fn all(fields: &'static [Field]) -> Vec<&'static Field> {
    fields.iter().collect()
}

/// Boxes are sent in the order of the page: what was chosen before keeps its place.
fn in_old_order(kind: Kind, name: &str, sent: Vec<String>, now: &[String]) -> Vec<String> {
    if !is_boxes(kind, name) {
        return sent;
    }
    let kept = now.iter().filter(|one| sent.contains(one)).cloned();
    let new = sent.iter().filter(|one| !now.contains(one)).cloned();
    kept.chain(new).collect()
}
