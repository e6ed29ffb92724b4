//! The prepared texts, in every language of the handbook: whatever language is printed, people are
//! told in all of them.

use model::handbook::plan::Plan;
use model::language::Language;
use model::notice::{HOLES, Kind, Passage, Text};
use model::value::Key;

use super::Section;
use super::block::{Block, Fact, Frame, Part};
use super::source::Source;

pub(super) fn sections(source: &Source<'_>) -> Vec<Section> {
    let words = source.words();
    let texts = texts(source);
    let mut blocks = vec![holes(source)];
    for plan in source.plans() {
        let own =
            texts.iter().filter(|text| matches!(&text.plans[..], [one] if one.key == plan.key));
        blocks.extend(part(source, source.said(&plan.title), own));
    }
    blocks.extend(part(source, words.shared_texts, texts.iter().filter(|one| one.plans.len() > 1)));
    if blocks.len() == 1 {
        return Vec::new();
    }
    vec![Section {
        anchor: "texts".to_owned(),
        title: words.texts.to_owned(),
        lede: Some(words.texts_lede.to_owned()),
        own_page: true,
        blocks,
    }]
}

/// What is written by hand in the place of each name in braces.
fn holes(source: &Source<'_>) -> Block {
    let what = |what: [&'static str; 2]| {
        if source.language == Language::DE { what[0] } else { what[1] }
    };
    let fact =
        |hole: &model::notice::Hole| Fact::new(&format!("{{{}}}", hole.name), what(hole.what));
    Block::Part(Part {
        title: source.words().holes.to_owned(),
        blocks: vec![Block::Facts(HOLES.iter().map(fact).collect())],
        whole: true,
    })
}

/// What is prepared: a notice, or what one audience is told in addition to it.
#[derive(Clone, Copy, PartialEq)]
enum Said<'a> {
    Notice(&'a Text),
    Passage(&'a Key, &'a Passage),
}

/// A prepared text, and the plans that use it.
struct Prepared<'a> {
    kind: Kind,
    language: Language,
    said: Said<'a>,
    plans: Vec<&'a Plan>,
}

/// Each text once; below each kind of notice what single audiences are told in addition.
fn texts<'a>(source: &Source<'a>) -> Vec<Prepared<'a>> {
    let mut found: Vec<Prepared<'a>> = Vec::new();
    for kind in Kind::ALL {
        for plan in source.plans() {
            for (language, said) in said(plan, kind) {
                let same = |one: &&mut Prepared<'a>| {
                    one.kind == kind && one.language == language && one.said == said
                };
                match found.iter_mut().find(same) {
                    Some(known) => known.plans.push(plan),
                    None => found.push(Prepared { kind, language, said, plans: vec![plan] }),
                }
            }
        }
    }
    found
}

/// Everything that a plan has prepared for a kind of notice.
fn said(plan: &Plan, kind: Kind) -> impl Iterator<Item = (Language, Said<'_>)> {
    let texts = plan.texts.get(&kind).into_iter().flatten();
    let notices = texts.map(|(language, text)| (*language, Said::Notice(text)));
    let passages = plan.passages.get(&kind).into_iter().flatten();
    notices.chain(passages.flat_map(|(audience, said)| {
        said.iter().map(move |(language, passage)| (*language, Said::Passage(audience, passage)))
    }))
}

fn part<'a>(
    source: &Source<'a>,
    title: &str,
    texts: impl Iterator<Item = &'a Prepared<'a>>,
) -> Option<Block> {
    let blocks: Vec<Block> = texts.map(|one| frame(source, one)).collect();
    let title = title.to_owned();
    (!blocks.is_empty()).then_some(Block::Part(Part { title, blocks, whole: false }))
}

fn frame(source: &Source<'_>, prepared: &Prepared<'_>) -> Block {
    let Prepared { kind, language, said, plans } = prepared;
    let mut title = format!("{} · {}", kind.label(source.language), language.words().name);
    if let Said::Passage(audience, _) = said {
        let audience = source.handbook.audiences.get(*audience);
        let name = audience.map_or("", |one| source.said(&one.title));
        title = format!("{title} · {}", (source.language.words().handbook.passage_for)(name));
    }
    if plans.len() > 1 {
        let plans: Vec<String> =
            plans.iter().map(|plan| source.said(&plan.title).to_owned()).collect();
        title = format!("{title} · {}", source.list(&plans));
    }
    let (headline, paragraphs, facts) = match said {
        Said::Notice(text) => {
            let facts = text.facts(*language).map(|(head, fact)| Fact::new(head, fact));
            (Some(text.headline.clone()), text.body.clone(), facts.collect())
        }
        Said::Passage(_, passage) => (None, passage.0.clone(), Vec::new()),
    };
    let language = language.tag();
    Block::Frame(Frame { title, language, headline, paragraphs, facts, whole: true })
}
