use super::{Passage, Text};
use crate::language::{Language, Zone, list};
use crate::value::Timestamp;

/// A named place in a template that is filled when the notice goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hole {
    /// The name between the braces.
    pub name: &'static str,
    /// What goes in, German and English.
    pub what: [&'static str; 2],
}

/// Every hole that a template may have. There is no other template language.
pub const HOLES: [Hole; 8] = [
    Hole { name: "community", what: ["Name der Gemeinschaft", "the community's name"] },
    Hole { name: "broken", what: ["Teile, die nicht gehen", "the parts that do not work"] },
    Hole { name: "works", what: ["Teile, die gehen", "the parts that work"] },
    Hole {
        name: "still_works",
        what: ["Halbsatz: „Shop und Forum laufen weiter“", "clause: “shop and forum still work”"],
    },
    Hole { name: "since", what: ["seit wann, mit Zone", "since when, with zone"] },
    Hole { name: "next_update", what: ["nächste Meldung, mit Zone", "next update, with zone"] },
    Hole {
        name: "expected_end",
        what: [
            "voraussichtliches Ende; ist keines gesetzt, entfällt der Absatz",
            "expected end; without one the paragraph is left out",
        ],
    },
    Hole { name: "page", what: ["Adresse der Seite", "the page's address"] },
];

/// What is known when a notice goes out.
#[derive(Debug, Clone)]
pub struct Filling<'a> {
    /// The community's name.
    pub community: &'a str,
    /// Names of the broken parts, in this language.
    pub broken: Vec<&'a str>,
    /// Names of the working parts, in this language.
    pub works: Vec<&'a str>,
    /// Since when.
    pub since: Timestamp,
    /// The moment of publication.
    pub now: Timestamp,
    /// When the next notice comes.
    pub next_update: Option<Timestamp>,
    /// The end that staff expect.
    pub expected_end: Option<Timestamp>,
    /// The page's address.
    pub page: &'a str,
    /// The zone in which moments are told.
    pub zone: &'a Zone,
    /// The language.
    pub language: Language,
}

impl Filling<'_> {
    /// Fills every hole. A paragraph or fact with a hole for which nothing is known is left out,
    /// so that no reader meets half a sentence; a headline keeps the rest. Characters that nobody
    /// sees become spaces: a mail with one of them in its subject would be refused for everybody.
    #[must_use]
    pub fn fill(&self, template: &Text) -> Text {
        let line = |said: &String| self.line(said).map(|said| seen(&said));
        let fact = |said: &Option<String>| said.as_ref().and_then(line);
        Text {
            headline: line(&template.headline)
                .unwrap_or_else(|| seen(&self.keep_rest(&template.headline))),
            body: template.body.iter().filter_map(line).collect(),
            broken: fact(&template.broken),
            works: fact(&template.works),
            doing: fact(&template.doing),
            you_can: fact(&template.you_can),
            data: fact(&template.data),
        }
    }

    /// The same of what one audience is told in addition.
    #[must_use]
    pub fn fill_passage(&self, template: &Passage) -> Passage {
        let line = |said: &String| self.line(said).map(|said| seen(&said));
        Passage(template.0.iter().filter_map(line).collect())
    }

    /// The line with all holes filled, or nothing where one stays empty.
    fn line(&self, template: &str) -> Option<String> {
        let mut out = String::with_capacity(template.len() + 32);
        for piece in pieces(template) {
            match piece {
                Piece::Said(said) => out.push_str(said),
                Piece::Hole(name) => out.push_str(&self.value(name)?),
            }
        }
        Some(out)
    }

    fn keep_rest(&self, template: &str) -> String {
        let value = |piece| match piece {
            Piece::Said(said) => said.to_owned(),
            Piece::Hole(name) => self.value(name).unwrap_or_default(),
        };
        pieces(template).map(value).collect()
    }

    fn value(&self, name: &str) -> Option<String> {
        let words = self.language.words();
        let some = |said: String| (!said.is_empty()).then_some(said);
        match name {
            "community" => some(self.community.to_owned()),
            "broken" => some(list(&self.broken, words.and)),
            "works" => some(list(&self.works, words.and)),
            "still_works" => Some((words.still_works)(&self.works)),
            "since" => Some(self.told(self.since)),
            "next_update" => Some(self.zone.promise(self.next_update?, self.language)),
            "expected_end" => Some(self.told(self.expected_end?)),
            "page" => some(self.page.to_owned()),
            _ => None,
        }
    }

    /// The clock alone on the same day, else with the date.
    fn told(&self, at: Timestamp) -> String {
        let clock = self.zone.clock(at, self.language);
        let date = self.zone.date(at, self.language);
        if date == self.zone.date(self.now, self.language) {
            clock
        } else {
            (self.language.words().date_at)(&date, &clock)
        }
    }
}

fn seen(said: &str) -> String {
    said.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

enum Piece<'a> {
    Said(&'a str),
    Hole(&'a str),
}

/// Cuts a line at its holes. Braces around anything but a hole's name are ordinary text.
fn pieces(line: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = line;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (at, hole) = first_hole(rest).unwrap_or((rest.len(), ""));
        if at > 0 {
            let (said, after) = rest.split_at(at);
            rest = after;
            return Some(Piece::Said(said));
        }
        rest = &rest[hole.len() + 2..];
        Some(Piece::Hole(hole))
    })
}

fn first_hole(line: &str) -> Option<(usize, &'static str)> {
    let found = HOLES.iter().filter_map(|hole| {
        let at = line.find(&format!("{{{}}}", hole.name))?;
        Some((at, hole.name))
    });
    found.min_by_key(|(at, _)| *at)
}

impl Text {
    /// Names in braces that are no hole, in the order in which they stand.
    #[must_use]
    pub fn unknown_holes(&self) -> Vec<String> {
        let all = [&self.broken, &self.works, &self.doing, &self.you_can, &self.data];
        let lines =
            std::iter::once(&self.headline).chain(&self.body).chain(all.into_iter().flatten());
        lines.flat_map(|line| names_in_braces(line)).collect()
    }
}

impl Passage {
    /// Names in braces that are no hole, in the order in which they stand.
    #[must_use]
    pub fn unknown_holes(&self) -> Vec<String> {
        self.0.iter().flat_map(|line| names_in_braces(line)).collect()
    }
}

fn names_in_braces(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in line.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}')
            && !HOLES.iter().any(|hole| hole.name == name)
        {
            found.push(name.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filling(zone: &Zone) -> Filling<'_> {
        Filling {
            community: "Lindenhof",
            broken: vec!["Shop"],
            works: vec!["Forum", "Anmeldung"],
            since: Timestamp(1_795_524_420_000_000),
            now: Timestamp(1_795_524_720_000_000),
            next_update: None,
            expected_end: None,
            page: "https://lage.example",
            zone,
            language: Language::DE,
        }
    }

    #[test]
    fn a_notice_says_since_when_with_its_zone() {
        let zone = Zone::named("Europe/Berlin").expect("the zone is known");
        let said = filling(&zone).line("Seit {since} geht {broken} nicht, {still_works}.");
        let said = said.expect("all is known");
        assert_eq!(
            said,
            "Seit 13:47 Uhr (MEZ) geht Shop nicht, Forum und Anmeldung laufen weiter."
        );
    }

    #[test]
    fn a_character_that_nobody_sees_does_not_keep_a_notice_from_anybody() {
        let zone = Zone::utc();
        let text = Text {
            headline: "Pasted\u{7}\r\nfrom a terminal\u{1b}[0m".into(),
            body: vec!["One\u{0}two".into()],
            data: Some("a\u{9b}b".into()),
            ..Text::default()
        };
        let filled = filling(&zone).fill(&text);
        assert_eq!(filled.headline, "Pasted   from a terminal [0m");
        assert_eq!((&*filled.body[0], filled.data.as_deref()), ("One two", Some("a b")));
    }

    #[test]
    fn a_paragraph_whose_hole_stays_empty_is_left_out_whole() {
        let zone = Zone::utc();
        let text = Text {
            headline: "Kopf {nothing}".into(),
            body: vec!["Ende: {expected_end}.".into(), "Bleibt {so}.".into()],
            ..Text::default()
        };
        let filled = filling(&zone).fill(&text);
        assert_eq!(filled.body, ["Bleibt {so}."]);
        assert_eq!(text.unknown_holes(), ["nothing", "so"]);
    }
}
