//! What single audiences are told in addition to a notice.

use std::borrow::Cow;
use std::collections::BTreeMap;

use model::handbook::Handbook;
use model::language::Language;
use model::notice::{self, Passage};
use model::value::Key;
use schemars::generate::SchemaGenerator;
use schemars::{JsonSchema, Schema, json_schema};
use serde::{Deserialize, Serialize};

use super::problem::{Fault, Problem};
use super::said::{unfit, unspoken};

/// What single audiences are told in addition, by audience and language.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Passages(BTreeMap<String, BTreeMap<Language, String>>);

impl JsonSchema for Passages {
    fn schema_name() -> Cow<'static, str> {
        "Passages".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let text = serde_json::json!({ "type": "string" });
        let properties: serde_json::Map<String, serde_json::Value> =
            Language::all().map(|one| (one.tag().to_owned(), text.clone())).collect();
        json_schema!({
            "type": "object",
            "description": "What single audiences are told in addition to a notice, by the key of \
                the audience and by language: paragraphs with empty lines between them.",
            "additionalProperties": {
                "type": "object",
                "properties": properties,
                "additionalProperties": false,
            },
        })
    }
}

impl Passages {
    /// Passages as somebody writes them.
    pub(super) fn of(passages: &notice::Passages) -> Self {
        let said = |said: &BTreeMap<Language, Passage>| {
            said.iter().map(|(language, passage)| (*language, passage.to_markdown())).collect()
        };
        Self(passages.iter().map(|(key, one)| (key.to_string(), said(one))).collect())
    }

    /// What was sent, if it is in languages of the handbook and for audiences that it has. An
    /// empty text takes out what is prepared.
    pub(super) fn finished(self, handbook: &Handbook) -> Result<notice::Passages, Problem> {
        let (mut all, mut faults) = (notice::Passages::new(), Vec::new());
        for (name, said) in self.0 {
            let key = name.parse::<Key>().ok().filter(|key| handbook.audiences.contains_key(key));
            if key.is_none() {
                let detail = format!("the handbook has no audience “{name}”: leave it out");
                faults.push(Fault::at(format!("/passages/{name}"), detail));
            }
            for (language, text) in said {
                let place = format!("/passages/{name}/{language}");
                let fault = unspoken(handbook, language, place.clone());
                if let Some(fault) = fault.or_else(|| unfit(&text, place)) {
                    faults.push(fault);
                } else if let Some(key) = &key {
                    let of_audience = all.entry(key.clone()).or_default();
                    of_audience.insert(language, Passage::parse(&text));
                }
            }
        }
        if faults.is_empty() { Ok(all) } else { Err(Problem::invalid(faults)) }
    }
}
