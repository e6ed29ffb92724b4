//! What the API's document says of a route. A route of the API cannot be made without it.

use schemars::generate::SchemaGenerator;
use schemars::{JsonSchema, Schema};

/// Makes the schema of a type.
pub(crate) type Shape = fn(&mut SchemaGenerator) -> Schema;

/// What the document says of one route.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Doc {
    /// The operation's name in generated clients.
    pub(crate) id: &'static str,
    /// The noun under which it stands.
    pub(crate) tag: &'static str,
    /// One sentence.
    pub(crate) summary: &'static str,
    /// What else must be known; Markdown.
    pub(crate) more: &'static str,
    /// The parameters behind `?`.
    pub(crate) query: Option<Shape>,
    /// The body of the request.
    pub(crate) body: Option<Shape>,
    /// A body, as JSON, for whoever tries it out.
    pub(crate) example: Option<&'static str>,
    /// The status when it was done.
    pub(crate) status: u16,
    /// The body of the answer.
    pub(crate) answer: Shape,
}

impl Doc {
    /// Answers with this.
    pub(super) const fn read<Answer: JsonSchema>(id: &'static str, tag: &'static str) -> Self {
        let answer = SchemaGenerator::subschema_for::<Answer>;
        let (query, body, example) = (None, None, None);
        Self { id, tag, summary: "", more: "", query, body, example, status: 200, answer }
    }

    /// Takes this body, and answers with that.
    pub(super) const fn write<Body: JsonSchema, Answer: JsonSchema>(
        id: &'static str,
        tag: &'static str,
    ) -> Self {
        let body: Option<Shape> = Some(SchemaGenerator::subschema_for::<Body>);
        Self { body, ..Self::read::<Answer>(id, tag) }
    }

    /// What it does.
    pub(super) const fn says(self, summary: &'static str, more: &'static str) -> Self {
        Self { summary, more, ..self }
    }

    /// With a body such as this.
    pub(super) const fn like(self, example: &'static str) -> Self {
        Self { example: Some(example), ..self }
    }

    /// With parameters.
    pub(super) const fn asks<Query: JsonSchema>(self) -> Self {
        let query: Option<Shape> = Some(Query::json_schema);
        Self { query, ..self }
    }

    /// Makes something new.
    pub(super) const fn makes(self) -> Self {
        Self { status: 201, ..self }
    }
}
