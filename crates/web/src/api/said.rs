//! What a notice says, as it is written: a headline and Markdown for each language.

use std::borrow::Cow;
use std::collections::BTreeMap;

use model::draft::{Draft, Sheet};
use model::handbook::Handbook;
use model::language::Language;
use model::notice;
use schemars::generate::SchemaGenerator;
use schemars::{JsonSchema, Schema, json_schema};
use serde::{Deserialize, Serialize};

use super::problem::{Fault, Problem};

/// What a notice says in one language.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Said {
    /// What happened, in one sentence.
    headline: String,
    /// All the rest in the Markdown form of a notice: paragraphs, then facts under the headings
    /// that a notice knows (`## What works`, in German `## Das geht`). Holes such as `{since}` and
    /// `{next_update}` are filled when it goes out.
    body: String,
}

/// What a notice says, by language.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Texts(BTreeMap<Language, Said>);

impl JsonSchema for Texts {
    fn schema_name() -> Cow<'static, str> {
        "Texts".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let tags: Vec<&str> = Language::all().map(Language::tag).collect();
        let said = generator.subschema_for::<Said>();
        let properties: serde_json::Map<String, serde_json::Value> =
            tags.iter().map(|tag| ((*tag).to_owned(), said.clone().into())).collect();
        json_schema!({
            "type": "object",
            "description": "What a notice says, by language.",
            "properties": properties,
            "additionalProperties": false,
        })
    }
}

impl Texts {
    /// Texts as somebody writes them.
    pub(super) fn of(texts: &notice::Texts) -> Self {
        let said = |(language, text): (&Language, _)| {
            let Sheet { headline, body, .. } = Sheet::of(text, *language);
            (*language, Said { headline, body })
        };
        Self(texts.iter().map(said).collect())
    }

    /// A draft as it was typed.
    pub(super) fn typed(draft: &Draft) -> Self {
        let said = |(language, sheet): (&Language, &Sheet)| {
            let Sheet { headline, body, .. } = sheet.clone();
            (*language, Said { headline, body })
        };
        Self(draft.0.iter().map(said).collect())
    }

    /// What was typed, if it is in languages of the handbook. It may be unfinished.
    pub(super) fn draft(self, handbook: &Handbook) -> Result<Draft, Problem> {
        let mut faults = Vec::new();
        for (language, said) in &self.0 {
            faults.extend(unspoken(handbook, *language, format!("/texts/{language}")));
            for (name, text) in [("headline", &said.headline), ("body", &said.body)] {
                faults.extend(unfit(text, format!("/texts/{language}/{name}")));
            }
        }
        if !faults.is_empty() {
            return Err(Problem::invalid(faults));
        }
        let sheet = |Said { headline, body }| {
            let body = body.replace('\r', "");
            Sheet { headline, body, ..Sheet::default() }
        };
        Ok(Draft(self.0.into_iter().map(|(language, said)| (language, sheet(said))).collect()))
    }

    /// A notice, finished in every language of the handbook.
    pub(super) fn finished(self, handbook: &Handbook) -> Result<notice::Texts, Problem> {
        let draft = self.draft(handbook)?;
        let mut faults: Vec<_> = handbook
            .languages
            .iter()
            .filter(|language| !draft.0.contains_key(language))
            .map(|language| {
                let detail = format!("there is no text in “{language}”: every notice needs one");
                Fault::at(format!("/texts/{language}"), detail)
            })
            .collect();
        match draft.texts() {
            Ok(texts) if faults.is_empty() => Ok(texts),
            Ok(_) => Err(Problem::invalid(faults)),
            Err(more) => {
                faults.extend(more.into_iter().map(|one| {
                    let name = if one.line == 0 { "headline" } else { "body" };
                    let place = format!("/texts/{}/{name}", one.language);
                    let (line, fault) = (one.line, one.fault);
                    let detail = match line {
                        0 => "there is no headline: say in one sentence what happened".to_owned(),
                        _ => {
                            // It counts the headline as well.
                            let said = fault.to_string();
                            let said = said.split_once(": ").map_or(&*said, |(_, rest)| rest);
                            format!("line {line} of the body: {said}")
                        }
                    };
                    Fault::at(place, detail)
                }));
                Err(Problem::invalid(faults))
            }
        }
    }
}

/// What is wrong at this place where the handbook has no such language.
pub(super) fn unspoken(handbook: &Handbook, language: Language, place: String) -> Option<Fault> {
    let detail = || format!("the handbook has no language “{language}”: leave it out");
    (!handbook.languages.contains(&language)).then(|| Fault::at(place, detail()))
}

/// What is wrong at this place where a text has what nobody types.
pub(super) fn unfit(text: &str, place: String) -> Option<Fault> {
    let control = |one: char| one.is_control() && !"\n\r\t".contains(one);
    text.contains(control).then(|| Fault::at(place, "a control character is in it: take it out"))
}
