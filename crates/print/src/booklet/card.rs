//! The page for the wall (Notfallkarte): it is one page, whatever stands in the handbook.

use model::handbook::people::Who;
use model::language::{Language, Localized};
use model::value::Key;
use serde::Serialize;

use super::source::Source;

/// The page for the wall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Card {
    /// The heading.
    pub title: String,
    /// The sentence below it.
    pub lede: String,
    /// Whom to call, in this order.
    pub call: Vec<Call>,
    /// What to tell them: each has a line to write on.
    pub tell: Vec<String>,
    /// What to do.
    pub doing: Vec<String>,
    /// What not to do.
    pub dont: Vec<String>,
    /// Where the public page is, and where all else stands.
    pub closing: Vec<String>,
    /// How large it is set.
    pub size: Size,
}

/// Somebody to call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Call {
    /// The name.
    pub name: String,
    /// What this person or partner does.
    pub what: String,
    /// The number; empty where it is to be written by hand.
    pub phone: String,
}

impl Call {
    /// The number as a telephone dials it.
    pub(crate) fn dial(&self) -> String {
        self.phone.chars().filter(|one| one.is_ascii_digit() || *one == '+').collect()
    }
}

/// How large the card is set: as large as fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// Read from two metres away.
    Large,
    /// Read from one.
    Medium,
    /// Read in the hand.
    Small,
}

/// What does not come out as it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// So many lines were left out, because the card is one page.
    CardTooLong(usize),
}

impl Finding {
    /// What is wrong and what to do, in this language.
    #[must_use]
    pub fn said(&self, language: Language) -> String {
        match self {
            Self::CardTooLong(lines) => (language.words().print.card_too_long)(*lines),
        }
    }
}

impl Size {
    const ALL: [Self; 3] = [Self::Large, Self::Medium, Self::Small];

    /// The letters' height in points; both renderings set it so.
    #[must_use]
    pub const fn points(self) -> usize {
        match self {
            Self::Large => 13,
            Self::Medium => 11,
            Self::Small => 9,
        }
    }

    /// How many letters fit beside each other, counted carefully: capitals and numbers are wide.
    const fn letters(self) -> usize {
        840 / self.points()
    }
}

/// The height of the page between its margins, in points, without its heading.
const HEIGHT: usize = 680;

pub(super) fn card(source: &Source<'_>) -> (Card, Vec<Finding>) {
    let words = source.words();
    let own = source.handbook.card.as_ref();
    let texts = |own: Option<&Vec<Localized>>, fallback: [&str; 4]| match own {
        Some(own) if !own.is_empty() => own.iter().map(|one| source.said(one).to_owned()).collect(),
        _ => fallback.map(str::to_owned).to_vec(),
    };
    let numbers = own.and_then(|card| card.numbers.as_ref());
    let mut card = Card {
        title: words.card.to_owned(),
        lede: words.card_lede.to_owned(),
        call: call(source),
        tell: words.tell_lines.map(str::to_owned).into(),
        doing: texts(own.map(|card| &card.dos), words.do_lines),
        dont: texts(own.map(|card| &card.donts), words.dont_lines),
        closing: [
            Some((words.card_page)(&source.handbook.page)),
            numbers.map(|text| source.said(text).to_owned()),
        ]
        .into_iter()
        .flatten()
        .collect(),
        size: Size::Small,
    };
    let cut = card.fit();
    if cut > 0 {
        card.closing.push(words.card_more.to_owned());
    }
    let findings = if cut > 0 { vec![Finding::CardTooLong(cut)] } else { Vec::new() };
    (card, findings)
}

/// Whom the handbook's card names; without one whoever holds a role, and then the partners.
fn call(source: &Source<'_>) -> Vec<Call> {
    let handbook = source.handbook;
    let own = handbook.card.iter().flat_map(|card| &card.call);
    let mut named: Vec<Who> = own.cloned().collect();
    if named.is_empty() {
        named.extend(handbook.roles.keys().cloned().map(Who::Role));
        named.extend(handbook.partners.keys().cloned().map(Who::Partner));
    }
    named.iter().flat_map(|who| calls(source, who)).collect()
}

fn calls(source: &Source<'_>, who: &Who) -> Vec<Call> {
    let (title, people) = source.who(who);
    let what = match who {
        Who::Role(_) => title,
        Who::Rota(_) => (source.words().on_call)(&title),
        Who::Partner(key) => {
            let partner = source.handbook.partners.get(key);
            partner.map_or_else(String::new, |one| source.said(&one.what).to_owned())
        }
        Who::Person(_) => String::new(),
    };
    // Who is on call changes from week to week: everybody stands there who can be.
    let all = if matches!(who, Who::Rota(_)) { people.len() } else { 1 };
    let call =
        |key: &Key| Call { name: source.name(key), what: what.clone(), phone: source.phone(key) };
    people.iter().take(all).map(call).collect()
}

impl Card {
    /// Chooses the largest size that fits. What does not fit even in the smallest is left out, the
    /// longest lines first; says how many.
    fn fit(&mut self) -> usize {
        let mut cut = 0;
        loop {
            if let Some(size) = Size::ALL.into_iter().find(|size| self.height(*size) <= HEIGHT) {
                self.size = size;
                return cut;
            }
            cut += 1;
            self.leave_out();
        }
    }

    /// Whom to call matters most: there only the last go, once no advice is left.
    fn leave_out(&mut self) {
        let lists = [&mut self.doing, &mut self.dont];
        let longest = lists
            .into_iter()
            .max_by_key(|list| list.iter().map(|line| line.chars().count()).max().unwrap_or(0));
        let Some(list) = longest.filter(|list| !list.is_empty()) else {
            let wide =
                |call: &Call| call.name.len().max(call.what.len()) > Size::Small.letters() * 2;
            let at = self.call.iter().position(wide);
            let at = at.or_else(|| self.call.len().checked_sub(1));
            at.map(|at| self.call.remove(at));
            return;
        };
        let at = (0..list.len()).max_by_key(|at| (list[*at].chars().count(), *at));
        at.map(|at| list.remove(at));
    }

    /// About how high it is in this size, in points: rather too much than too little, because a
    /// browser takes whatever letters it has.
    fn height(&self, size: Size) -> usize {
        let (points, all) = (size.points(), size.letters());
        let line = points * 7 / 5;
        let rows = |texts: &[String], letters: usize, line: usize, gap: usize| -> usize {
            texts.iter().map(|text| lines(text, letters) * line + gap).sum()
        };
        let row = |call: &Call| {
            let name = lines(&call.name, all * 27 / 100);
            let what = lines(&call.what, all * 32 / 100);
            let phone = lines(&call.phone, all * 26 / 100);
            name.max(what).max(phone) * line + 9
        };
        let call: usize = self.call.iter().map(row).sum();
        let tell = rows(&self.tell, all * 3 / 4, points * 3 / 2, 4);
        let half = all * 43 / 100;
        let advice = rows(&self.doing, half, line, 4).max(rows(&self.dont, half, line, 4));
        let closing = rows(&self.closing, all, line, 11);
        let lede = lines(&self.lede, all) * line + 5;
        let heads = 3 * 3 * points;
        lede + call + tell + advice + closing + heads
    }
}

/// How many lines a text takes where so many letters fit beside each other.
fn lines(text: &str, letters: usize) -> usize {
    text.chars().count().div_ceil(letters.max(1)).max(1)
}
