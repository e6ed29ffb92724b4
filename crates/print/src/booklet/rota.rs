//! Who is on call in the weeks after printing.

use model::handbook::rota::{Rota, Shift};
use model::value::{Span, Timestamp};

use super::Section;
use super::block::{Block, Part, Table};
use super::source::Source;

/// So far ahead a print looks.
const AHEAD: Span = Span::days(56);

/// No more turns than fit on a page. Each ends where the next begins.
const ROWS: usize = 30;

pub(super) fn sections(source: &Source<'_>) -> Vec<Section> {
    let words = source.words();
    let rotas = &source.handbook.rotas;
    if rotas.is_empty() {
        return Vec::new();
    }
    vec![Section {
        anchor: "rotas".to_owned(),
        title: words.rotas.to_owned(),
        lede: Some(words.rotas_lede.to_owned()),
        own_page: false,
        blocks: rotas.values().map(|rota| part(source, rota)).collect(),
    }]
}

fn part(source: &Source<'_>, rota: &Rota) -> Block {
    let words = source.words();
    let zone = &source.handbook.zone;
    let shifts = rota.shifts(source.now, source.now.after(AHEAD), zone);
    let row = |shift: &Shift| {
        let person = &shift.person;
        vec![moment(source, shift.from), source.name(person), source.phone(person)]
    };
    Block::Part(Part {
        title: source.said(&rota.title).to_owned(),
        blocks: vec![Block::Table(Table {
            head: [words.from, words.who, words.phone].map(str::to_owned).into(),
            widths: vec![5, 4, 4],
            rows: shifts.iter().take(ROWS).map(row).collect(),
            by_hand: false,
        })],
        whole: false,
    })
}

fn moment(source: &Source<'_>, at: Timestamp) -> String {
    let (zone, language) = (&source.handbook.zone, source.language);
    (language.words().date_at)(&zone.date(at, language), &zone.clock(at, language))
}
