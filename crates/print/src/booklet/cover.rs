//! The title page.

use model::handbook::Edition;
use serde::Serialize;

use super::block::Fact;
use super::source::Source;

/// The title page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cover {
    /// Whose handbook it is.
    pub community: String,
    /// What it is.
    pub title: String,
    /// Which version.
    pub edition: String,
    /// Whether it was ever put in force: a draft says so in large letters.
    pub draft: Option<String>,
    /// Who made it, who approved it, where copies hang.
    pub facts: Vec<Fact>,
    /// How to use it.
    pub lede: String,
}

pub(super) fn cover(source: &Source<'_>) -> Cover {
    let words = source.words();
    let handbook = source.handbook;
    let zone = &handbook.zone;
    let mut facts = Vec::new();
    if let Edition::Version { at, author, reason, approved_by, .. } = source.edition {
        facts.push(Fact::new(words.made_at, zone.full(*at, source.language)));
        facts.push(Fact::new(words.made_by, author.as_str()));
        facts.extend(Fact::some(words.control.approved_by, approved_by.clone()));
        facts.push(Fact::new(words.reason, reason.as_str()));
    }
    let control = &handbook.control;
    facts.extend(Fact::some(
        words.control.keeper,
        control.owner.as_ref().map(|key| source.name(key)),
    ));
    facts.extend(Fact::some(words.control.copies, Some(control.copies.join("\n"))));
    facts.push(Fact::new(words.printed_at, zone.full(source.now, source.language)));
    facts.push(Fact::new(words.public_page, handbook.page.as_str()));
    Cover {
        community: handbook.community.clone(),
        title: words.title.to_owned(),
        edition: source.edition(),
        draft: (*source.edition == Edition::Draft).then(|| words.draft_lede.to_owned()),
        facts,
        lede: words.cover_lede.to_owned(),
    }
}
