//! What was told before, for whoever hears of an incident for the first time.

use super::{Incident, Notice, Phase};
use crate::handbook::Handbook;
use crate::language::Language;
use crate::notice::{Text, Texts};
use crate::value::Timestamp;

/// At most so many notices between the first and the newest one are told again.
const MOST: usize = 5;

/// What was published before the notice of this number, which goes out now, in each language of
/// the handbook: below a headline that says so, the first notice and the newest one in full, and
/// the headlines between. What was corrected is not told again. Nothing where nothing was out.
#[must_use]
pub fn so_far(handbook: &Handbook, incident: &Incident, number: u32, now: Timestamp) -> Texts {
    let corrected = |wrong: u32| {
        incident.published().any(|notice| {
            notice.number <= number
                && matches!(notice.phase, Phase::Published { corrects: Some(n), .. } if n == wrong)
        })
    };
    let earlier: Vec<&Notice> = incident
        .published()
        .filter(|notice| notice.number < number && !corrected(notice.number))
        .collect();
    let tell = |language: &Language| {
        let body = paragraphs(handbook, &earlier, *language, now);
        let headline = language.words().mail.so_far.to_owned();
        (!body.is_empty()).then(|| (*language, Text { headline, body, ..Text::default() }))
    };
    handbook.languages.iter().filter_map(tell).collect()
}

/// The text of a notice with what was told before below it, so that it stands alone.
#[must_use]
pub fn alone(texts: &Texts, so_far: &Texts) -> Texts {
    let stand = |(language, text): (&Language, &Text)| {
        let Some(before) = so_far.get(language) else { return (*language, text.clone()) };
        let mut body = text.lines(*language);
        body.push(before.headline.clone());
        body.extend(before.body.iter().cloned());
        (*language, Text { headline: text.headline.clone(), body, ..Text::default() })
    };
    texts.iter().map(stand).collect()
}

fn paragraphs(
    handbook: &Handbook,
    earlier: &[&Notice],
    language: Language,
    now: Timestamp,
) -> Vec<String> {
    let last = earlier.len().saturating_sub(1);
    let mut said = Vec::new();
    for (place, notice) in earlier.iter().enumerate() {
        let Phase::Published { at, texts, .. } = &notice.phase else { continue };
        // Told in another language beats silence.
        let written = texts.get_key_value(&language).or_else(|| texts.first_key_value());
        let Some((language_of_it, text)) = written else { continue };
        let whole = place == 0 || place == last;
        if !whole && last - place > MOST {
            continue;
        }
        let moment = handbook.zone.dated(*at, now, language);
        said.push(format!("{moment}: {}", text.headline));
        if whole {
            said.extend(text.body.iter().cloned());
            let facts = text.facts(*language_of_it);
            said.extend(facts.map(|(head, fact)| format!("{head}: {fact}")));
        }
    }
    said
}
