//! What somebody says in plain words, which stands in the timeline for good.

use std::borrow::Cow;

use schemars::generate::SchemaGenerator;
use schemars::{JsonSchema, Schema, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// Words that somebody wrote: never empty, without the space around them.
#[derive(Debug, Clone)]
pub(super) struct Plain(pub(super) String);

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let said = String::deserialize(from)?.replace("\r\n", "\n");
        let said = said.trim();
        if said.is_empty() {
            return Err(D::Error::custom("say it in plain words: it stands in the timeline"));
        }
        if said.contains(|one: char| one.is_control() && !"\n\t".contains(one)) {
            return Err(D::Error::custom("a control character is in it: take it out"));
        }
        Ok(Self(said.to_owned()))
    }
}

impl Plain {
    /// What was said; empty where nothing was.
    pub(super) fn or_empty(said: Option<Self>) -> String {
        said.map(|said| said.0).unwrap_or_default()
    }
}

impl JsonSchema for Plain {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Plain".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "minLength": 1, "pattern": "\\S" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_the_space_around_them_and_nothing_that_acts_on_a_terminal_gets_in() {
        let read = |text: &str| serde_json::from_str::<Plain>(text).ok().map(|plain| plain.0);
        assert_eq!(read(r#"" zwei\r\nZeilen\n""#).as_deref(), Some("zwei\nZeilen"));
        for bad in [r#""""#, r#"" \n""#, r#""a\u001b[2Jb""#, r#""a\u0000""#, "7", "null"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
