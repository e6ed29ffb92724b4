//! The document of the API (OpenAPI 3.1), made from the list of routes and from the types that
//! each route reads and answers with.

use std::collections::BTreeMap;

use model::permission::Permission;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value, json};

use crate::api::KEY;
use crate::api::doc::{Doc, Shape};
use crate::routes::{ROUTES, Route, Who};

/// What people read first.
const ABOUT: &str = "What the console of Notlicht can do, for programs. Every request shows a \
token in the header `Authorization: Bearer notlicht_…`; what it may do is its permission: \
*viewer*, *writer*, *approver* or *administrator*, each of which includes the ones before it. \
Accounts and tokens themselves are not in the API. Moments are RFC 3339, read with any offset and \
written in UTC. Fields that nobody knows are errors. What was not done is told as \
`application/problem+json` (RFC 9457). Acts on an incident take `only_if`, the number of the last \
event that was seen: if something happened since, nothing is done. This also makes it safe to \
repeat a request whose answer was lost.";

/// Collects the schemas of what is read and of what is answered.
struct Schemas {
    read: SchemaGenerator,
    answered: SchemaGenerator,
}

impl Schemas {
    fn new() -> Self {
        let settings = |mut settings: SchemaSettings| {
            settings.definitions_path = "/components/schemas".into();
            settings.meta_schema = None;
            settings
        };
        let read = settings(SchemaSettings::draft2020_12().for_deserialize()).into_generator();
        let answered = settings(SchemaSettings::draft2020_12().for_serialize()).into_generator();
        Self { read, answered }
    }

    fn all(mut self) -> Map<String, Value> {
        let mut all = self.answered.take_definitions(true);
        all.extend(self.read.take_definitions(true));
        for (name, schema) in &mut all {
            join_words(schema);
            name_choices(name, schema);
        }
        all
    }
}

/// Writes a choice of words as one list: clients are made from that more easily than from one
/// schema for each word. What each means stands in the description.
fn join_words(schema: &mut Value) {
    let Some(choices) = schema["oneOf"].as_array() else { return };
    let word = |one: &Value| one["const"].as_str().map(str::to_owned);
    let Some(words) = choices.iter().map(word).collect::<Option<Vec<_>>>() else { return };
    let about = |one: &Value| format!("- `{}`: {}", word(one).unwrap_or_default(), text(one));
    let meanings: Vec<_> = choices.iter().map(about).collect();
    let description = format!("{}\n\n{}", text(schema), meanings.join("\n"));
    *schema = json!({ "type": "string", "enum": words, "description": description });
}

/// Gives each shape of what can be one of several a name of its own: `WhatHeld`, `AlertHeld`.
fn name_choices(name: &str, schema: &mut Value) {
    let choices = schema.get_mut("oneOf").and_then(Value::as_array_mut);
    for choice in choices.into_iter().flatten() {
        let tag = ["type", "about"]
            .iter()
            .find_map(|tag| choice["properties"][tag]["const"].as_str().map(str::to_owned));
        let Some(tag) = tag else { continue };
        let capital = |word: &str| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
        };
        let words: String = tag.split('_').filter_map(capital).collect();
        choice["title"] = format!("{name}{words}").into();
    }
}

fn text(schema: &Value) -> &str {
    schema["description"].as_str().unwrap_or_default()
}

/// The document of everything that the API has.
#[must_use]
pub fn document() -> Value {
    let mut schemas = Schemas::new();
    let problem = schemas.answered.subschema_for::<crate::api::problem::Problem>();
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for route in ROUTES {
        let Some(doc) = route.doc else { continue };
        let method = route.method.as_str().to_lowercase();
        paths.entry(route.path).or_default().insert(method, operation(route, doc, &mut schemas));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Notlicht",
            "version": "1",
            "description": ABOUT,
            "license": { "name": "Apache-2.0 OR MIT", "identifier": "Apache-2.0 OR MIT" },
        },
        "servers": [{ "url": "/" }],
        "tags": (["Incidents", "Room", "Notices", "Drafts", "Channels", "Handbook", "Meta"]).map(|name| json!({ "name": name })),
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "responses": PROBLEMS.iter().map(|one| (one.name, one.response(&problem.clone().into()))).collect::<BTreeMap<_, _>>(),
            "schemas": schemas.all(),
        },
    })
}

fn operation(route: &Route, doc: &Doc, schemas: &mut Schemas) -> Value {
    let needed = match route.who {
        Who::Bearer(needed) => Some(needed),
        Who::All | Who::Token | Who::Account(_) => None,
    };
    let mut parameters: Vec<Value> = holes(route.path).map(in_path).collect();
    parameters.extend(doc.query.into_iter().flat_map(|query| in_query(query, &mut schemas.read)));
    let mut operation = json!({
        "operationId": doc.id,
        "tags": [doc.tag],
        "summary": doc.summary,
        "security": needed.map(|_| json!({ "token": [] })).into_iter().collect::<Vec<_>>(),
        "responses": responses(route, doc, schemas),
    });
    let mut add = |name: &str, value: Value| {
        if let Some(operation) = operation.as_object_mut() {
            operation.insert(name.to_owned(), value);
        }
    };
    let may = needed.map(|needed| format!("Needs the permission *{needed}*."));
    let more: Vec<&str> = [Some(doc.more), may.as_deref()].into_iter().flatten().collect();
    let more = more.join(" ").trim().to_owned();
    if !more.is_empty() {
        add("description", more.into());
    }
    if !parameters.is_empty() {
        add("parameters", parameters.into());
    }
    if let Some(body) = doc.body {
        let schema: Value = body(&mut schemas.read).into();
        let required = is_needed(&schema, &schemas.read);
        let mut content = json!({ "application/json": { "schema": schema } });
        if let Some(example) = doc.example.and_then(|text| serde_json::from_str(text).ok()) {
            content["application/json"]["example"] = example;
        }
        add("requestBody", json!({ "required": required, "content": content }));
    }
    operation
}

/// Whether something must be said in the body.
fn is_needed(schema: &Value, generator: &SchemaGenerator) -> bool {
    let name = schema["$ref"].as_str().and_then(|place| place.rsplit('/').next());
    let found = name.and_then(|name| generator.definitions().get(name)).unwrap_or(schema);
    found["required"].as_array().is_some_and(|fields| !fields.is_empty())
}

fn holes(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

fn in_path(name: &str) -> Value {
    let (about, pattern) = match name {
        "slot" => {
            ("What the draft is for.", "^(update|all-clear|(pending|correction)-[0-9]{1,9})$")
        }
        "number" => ("The notice's number.", "^[0-9]{1,9}$"),
        "channel" => ("The channel's key in the handbook.", KEY),
        "role" => ("The role's key in the handbook.", KEY),
        "chain" => ("The alarm chain's key in the handbook.", KEY),
        "partner" => ("The partner's key in the handbook.", KEY),
        "duty" => ("The duty's key in the handbook.", KEY),
        "report" => ("The report's key in the duty.", KEY),
        "component" => ("The component's key in the handbook.", KEY),
        "step" => ("The step's id, as the room shows it.", "^[a-z0-9]{12}$"),
        "proposal" => ("The proposal's number, as the room shows it.", "^[0-9]{1,9}$"),
        _ => ("The incident's id.", "^[a-z0-9]{12}$"),
    };
    let schema = json!({ "type": "string", "pattern": pattern });
    json!({ "name": name, "in": "path", "required": true, "description": about, "schema": schema })
}

fn in_query(query: Shape, generator: &mut SchemaGenerator) -> Vec<Value> {
    let schema: Value = query(generator).into();
    let fields = schema["properties"].as_object().cloned().unwrap_or_default();
    let parameter = |(name, mut schema): (String, Value)| {
        let about = schema.as_object_mut().and_then(|schema| schema.remove("description"));
        // What is left out is null for the type, and nothing at all in a query.
        let plain = |kind: &Value| kind.as_array().and_then(|kinds| kinds.first()).cloned();
        if let Some(kind) = schema.get("type").and_then(plain) {
            schema["type"] = kind;
        }
        if let Some(words) = schema.get_mut("enum").and_then(Value::as_array_mut) {
            words.retain(|word| !word.is_null());
        }
        let inner = schema
            .get("anyOf")
            .and_then(Value::as_array)
            .and_then(|either| either.first())
            .cloned();
        let schema = inner.unwrap_or(schema);
        json!({ "name": name, "in": "query", "required": false, "description": about, "schema": schema })
    };
    fields.into_iter().map(parameter).collect()
}

/// What is told of the problems of one status.
struct Told {
    status: u16,
    name: &'static str,
    about: &'static str,
}

impl Told {
    fn response(&self, problem: &Value) -> Value {
        let mut told = json!({
            "description": self.about,
            "content": { "application/problem+json": { "schema": problem } },
        });
        let header = match self.status {
            401 => Some(("WWW-Authenticate", "What to show instead (RFC 6750).")),
            503 => Some(("Retry-After", "In how many seconds to try again.")),
            _ => None,
        };
        if let Some((name, about)) = header {
            let header = json!({ "description": about, "schema": { "type": "string" } });
            told["headers"] = json!({ name: header });
        }
        told
    }
}

const fn told(status: u16, name: &'static str, about: &'static str) -> Told {
    Told { status, name, about }
}

const PROBLEMS: [Told; 9] = [
    told(400, "Malformed", "The body is no JSON."),
    told(401, "NoToken", "There is no token, or it is not valid (any more)."),
    told(403, "MayNot", "The token may not do this."),
    told(404, "NotFound", "There is no such incident, notice or draft."),
    told(
        409,
        "Conflict",
        "The incident does not stand so that this could be done, something happened since \
         `only_if`, an incident by the plan is open already, or there is no handbook yet.",
    ),
    told(413, "TooLarge", "The body is larger than 256 KiB."),
    told(415, "NotJson", "The body does not say that it is JSON."),
    told(422, "Invalid", "Something in the request is wrong: `errors` says what and where."),
    told(503, "Unavailable", "The database does not answer: try again later."),
];

/// Where one can go with the id of what was made.
fn links() -> Value {
    let there = ROUTES.iter().filter(|route| route.path.contains("/{id}")).filter_map(|r| r.doc);
    let link = |doc: &Doc| {
        let to = json!({ "operationId": doc.id, "parameters": { "id": "$response.body#/id" } });
        (doc.id.to_owned(), to)
    };
    there.map(link).collect::<Map<_, _>>().into()
}

fn responses(route: &Route, doc: &Doc, schemas: &mut Schemas) -> BTreeMap<String, Value> {
    let schema: Value = (doc.answer)(&mut schemas.answered).into();
    let mut done = json!({
        "description": if doc.status == 201 { "It was made." } else { "It was done." },
        "content": { "application/json": { "schema": schema } },
    });
    if doc.status == 201 {
        done["links"] = links();
        let place = json!({ "description": "Where it is.", "schema": { "type": "string" } });
        done["headers"] = json!({ "Location": place });
    }
    let mut all = BTreeMap::from([(doc.status.to_string(), done)]);
    let guarded = matches!(route.who, Who::Bearer(_));
    for one in &PROBLEMS {
        let fits = match one.status {
            400 | 413 | 415 => doc.body.is_some(),
            401 | 503 => guarded,
            403 => route.who != Who::Bearer(Permission::Viewer) && guarded,
            404 => route.path.contains('{'),
            // Whatever asks for the handbook may find none.
            409 => guarded,
            _ => doc.body.is_some() || doc.query.is_some(),
        };
        if fits {
            let place = format!("#/components/responses/{}", one.name);
            all.insert(one.status.to_string(), json!({ "$ref": place }));
        }
    }
    all
}
