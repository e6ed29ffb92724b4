//! JSON Schemas of the files, for editors: draft 7, which all of them know.

use serde_json::{Map, Value, json};

use super::{Document, Field, Kind, setting};
use crate::handbook::channel::Descriptor;
use crate::language::Language;

const KEY: &str = "[a-z][a-z0-9-]{0,39}";
const SPAN: &str = "( *[0-9]+ *(ms|s|m|min|h|d|w))+ *";

impl Document {
    /// The schema of this kind of file, with the settings of these kinds of channel.
    #[must_use]
    pub fn schema(&self, kinds: &[&Descriptor]) -> Value {
        let mut schema = of_kind(&self.body, kinds);
        schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
        schema["title"] = json!(format!("{} of a Notlicht handbook", self.file.pattern()));
        schema["description"] = json!(self.about.get(Language::EN));
        schema
    }

    /// What its schema is called: `people.schema.json`, `plan.schema.json`.
    #[must_use]
    pub fn schema_name(&self) -> String {
        let stem = match self.file {
            super::Name::Fixed(name) => name.trim_end_matches(".toml"),
            super::Name::Each(_, noun) => noun.word(),
        };
        format!("{stem}.schema.json")
    }
}

fn word(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": format!("^({pattern})$") })
}

fn list(of: &Value, at_least: usize) -> Value {
    json!({ "type": "array", "items": of, "minItems": at_least })
}

/// One of these, or a list of them.
fn one_or_more(of: &Value) -> Value {
    json!({ "anyOf": [of, list(of, 1)] })
}

fn in_each_language(of: &Value) -> Value {
    let tags = Language::all().map(|language| (language.tag().to_owned(), of.clone()));
    let properties: Map<String, Value> = tags.collect();
    json!({
        "type": "object", "properties": properties, "additionalProperties": false,
        "minProperties": 1,
    })
}

fn of_kind(kind: &Kind, kinds: &[&Descriptor]) -> Value {
    let line = || json!({ "type": "string", "minLength": 1 });
    let whole = |low: u32, high: u32| json!({ "type": "integer", "minimum": low, "maximum": high });
    let words = |words: Vec<&str>| json!({ "type": "string", "enum": words });
    let tags = || words(Language::all().map(Language::tag).collect());
    match *kind {
        Kind::Text | Kind::Zone | Kind::Email | Kind::Phone | Kind::SecretName | Kind::Mailbox => {
            line()
        }
        Kind::Localized | Kind::LocalizedLong => in_each_language(&line()),
        Kind::LocalizedTexts => in_each_language(&list(&line(), 0)),
        Kind::Texts => list(&line(), 0),
        Kind::OneOrMoreTexts => one_or_more(&line()),
        Kind::Pairs => json!({ "type": "object", "additionalProperties": line() }),
        Kind::Key(_) | Kind::OwnKey | Kind::Link(_) | Kind::Catalogue => word(KEY),
        Kind::Links { some, .. } => list(&word(KEY), usize::from(some)),
        Kind::Members { words, nouns } => {
            let alone = words.iter().map(|choice| choice.word.to_owned());
            let named = nouns.iter().map(|noun| format!("{}: *{KEY}", noun.word()));
            list(&word(&alone.chain(named).collect::<Vec<_>>().join("|")), 0)
        }
        Kind::Member(nouns) => {
            let named = nouns.iter().map(|noun| format!("{}: *{KEY}", noun.word()));
            word(&named.collect::<Vec<_>>().join("|"))
        }
        Kind::Language => tags(),
        Kind::Languages => list(&tags(), 1),
        Kind::Span => word(SPAN),
        Kind::Delay => word(&format!("at once|[0-9]+ months?|{SPAN}")),
        Kind::Clock(choices) => {
            let alone = choices.iter().map(|choice| choice.word.to_owned());
            let sent = format!("sent: *{KEY}");
            word(&alone.chain([sent]).collect::<Vec<_>>().join("|"))
        }
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Moment => word("[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?"),
        Kind::Whole(low, high) => whole(low, high),
        Kind::OneOrMoreWhole(low, high) => one_or_more(&whole(low, high)),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Choice(choices) => words(choices.iter().map(|choice| choice.word).collect()),
        Kind::Word(of) => words(of.to_vec()),
        Kind::Address => word("https?://.+"),
        Kind::Pointer => word("/.*"),
        Kind::Adapter => words(kinds.iter().map(|kind| kind.kind).collect()),
        Kind::Table(fields) => table(fields, kinds),
        Kind::List(fields) => list(&table(fields, kinds), 0),
        Kind::Named(_, fields) => json!({
            "type": "object", "additionalProperties": table(fields, kinds),
            "propertyNames": { "pattern": format!("^{KEY}$") },
        }),
        Kind::OneOf(_) => unreachable!("its ways stand in the table around it"),
    }
}

/// A table. Where the kind of a channel decides what else may stand in it, one of several.
fn table(fields: &[Field], kinds: &[&Descriptor]) -> Value {
    let adapter = fields.iter().find(|field| field.kind == Kind::Adapter);
    let Some(adapter) = adapter else { return plain_table(fields, kinds) };
    let each = kinds.iter().map(|kind| {
        let settings = kind.fields.iter().map(setting);
        let all: Vec<Field> = fields.iter().copied().chain(settings).collect();
        let mut schema = plain_table(&all, kinds);
        schema["properties"][adapter.key]["enum"] = json!([kind.kind]);
        schema["title"] = json!(kind.label[1]);
        schema
    });
    json!({ "anyOf": each.collect::<Vec<_>>() })
}

fn plain_table(fields: &[Field], kinds: &[&Descriptor]) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    let mut ways = Vec::new();
    for field in fields {
        if let Kind::OneOf(of) = field.kind {
            properties.extend(of.iter().map(|way| property(way, kinds)));
            ways = of.iter().map(|way| json!({ "required": [way.key] })).collect();
            continue;
        }
        properties.extend([property(field, kinds)]);
        if field.need {
            required.push(field.key);
        }
    }
    let mut schema = json!({
        "type": "object", "properties": properties, "required": required,
        "additionalProperties": false,
    });
    if !ways.is_empty() {
        schema["oneOf"] = json!(ways);
    }
    schema
}

fn property(field: &Field, kinds: &[&Descriptor]) -> (String, Value) {
    let mut schema = of_kind(&field.kind, kinds);
    schema["title"] = json!(field.label.get(Language::EN));
    schema["description"] = json!(field.hint.get(Language::EN));
    (field.key.to_owned(), schema)
}
