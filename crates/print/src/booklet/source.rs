//! Of what a booklet is made.

use model::handbook::people::{ContactCard, Who};
use model::handbook::plan::Plan;
use model::handbook::{Edition, Handbook};
use model::language::{Language, Localized, Print, Zone, list};
use model::value::{Day, Key, Span, Timestamp};

/// Of what a booklet is made.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The handbook.
    pub handbook: &'a Handbook,
    /// Names and numbers of people; without them keys stand in their place, and lines to write on.
    pub cards: Option<&'a [ContactCard]>,
    /// Which version it is.
    pub edition: &'a Edition,
    /// When it is printed.
    pub now: Timestamp,
    /// The language of the pages.
    pub language: Language,
}

impl<'a> Source<'a> {
    /// The words of the pages.
    pub(super) fn words(&self) -> &'static Print {
        self.language.words().print
    }

    /// This text in the language of the pages.
    pub(super) fn said<'t>(&self, text: &'t Localized) -> &'t str {
        text.get(self.language)
    }

    /// "Fassung 7 vom 24. November 2026".
    pub(super) fn edition(&self) -> String {
        let zone = &self.handbook.zone;
        match self.edition {
            Edition::Draft => (self.words().draft)(&zone.date(self.now, self.language)),
            Edition::Version { number, at, .. } => {
                (self.words().version)(*number, &zone.date(*at, self.language))
            }
        }
    }

    /// What stands on every page.
    pub(super) fn running(&self) -> String {
        format!("{} · {} · {}", self.handbook.community, self.words().title, self.edition())
    }

    /// The card of a person or partner.
    pub(super) fn card(&self, key: &Key) -> Option<&'a ContactCard> {
        self.cards?.iter().find(|card| card.key == *key)
    }

    /// A person's or partner's name, else the key.
    pub(super) fn name(&self, key: &Key) -> String {
        self.card(key).map_or_else(|| key.to_string(), |card| card.name.clone())
    }

    /// A person's or partner's telephone number; empty where none is known.
    pub(super) fn phone(&self, key: &Key) -> String {
        self.card(key).and_then(|card| card.phone.clone()).unwrap_or_default()
    }

    /// A name with the number behind it.
    pub(super) fn name_and_phone(&self, key: &Key) -> String {
        match self.phone(key) {
            none if none.is_empty() => self.name(key),
            phone => format!("{} · {phone}", self.name(key)),
        }
    }

    /// A role's title with who holds it.
    pub(super) fn role_with_holder(&self, key: &Key) -> String {
        let role = self.handbook.roles.get(key);
        role.map_or_else(
            || key.to_string(),
            |role| format!("{} ({})", self.said(&role.title), self.name(&role.person)),
        )
    }

    /// Whom a chain or the card names: what they are called, and each with the number.
    pub(super) fn who(&self, who: &Who) -> (String, Vec<Key>) {
        let handbook = self.handbook;
        match who {
            Who::Person(key) | Who::Partner(key) => (self.name(key), vec![key.clone()]),
            Who::Role(key) => {
                let people = handbook.roles.get(key).map(|role| role.everybody().cloned());
                (self.role(key), people.into_iter().flatten().collect())
            }
            Who::Rota(key) => {
                let rota = handbook.rotas.get(key);
                let title = rota.map_or_else(String::new, |rota| self.said(&rota.title).to_owned());
                (title, rota.map_or_else(Vec::new, |rota| rota.people.clone()))
            }
        }
    }

    /// The title of a role.
    pub(super) fn role(&self, key: &Key) -> String {
        let role = self.handbook.roles.get(key);
        role.map_or_else(|| key.to_string(), |role| self.said(&role.title).to_owned())
    }

    /// Names with numbers, one below the other.
    pub(super) fn names_and_phones<'k>(&self, keys: impl IntoIterator<Item = &'k Key>) -> String {
        let names: Vec<String> = keys.into_iter().map(|key| self.name_and_phone(key)).collect();
        names.join("\n")
    }

    /// Where something runs, each place with those in which it lies.
    pub(super) fn places(&self, keys: &[Key]) -> String {
        let place = |key: &Key| {
            let around = self.handbook.lies_in(key);
            let titles: Vec<&str> = around.iter().map(|place| self.said(&place.title)).collect();
            titles.join(", ")
        };
        keys.iter().map(place).collect::<Vec<_>>().join("\n")
    }

    /// A day in words.
    pub(super) fn day(&self, day: Day) -> String {
        Zone::day_said(day, self.language)
    }

    /// The name of a component.
    pub(super) fn component(&self, key: &Key) -> String {
        let component = self.handbook.component(key);
        component.map_or_else(|| key.to_string(), |one| self.said(&one.name).to_owned())
    }

    /// Names as a sentence lists them.
    pub(super) fn list(&self, names: &[String]) -> String {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        list(&names, self.language.words().and)
    }

    /// A length of time in words, with nothing rounded away.
    pub(super) fn span(&self, span: Span) -> String {
        let mut seconds = span.as_seconds();
        let mut parts = Vec::new();
        loop {
            // The steps in which the language itself tells a span.
            let unit = match seconds {
                0..=119 => 1,
                120..=7_199 => 60,
                7_200..=172_799 => 3_600,
                _ => 86_400,
            };
            parts.push((self.language.words().span)(seconds - seconds % unit));
            seconds %= unit;
            if seconds == 0 {
                return parts.join(" ");
            }
        }
    }

    /// The plans, the gravest first and then by title.
    pub(super) fn plans(&self) -> Vec<&'a Plan> {
        let mut plans: Vec<&Plan> = self.handbook.plans.values().collect();
        plans.sort_by(|one, other| {
            (other.level, self.said(&one.title)).cmp(&(one.level, self.said(&other.title)))
        });
        plans
    }
}
