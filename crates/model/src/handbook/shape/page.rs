//! The reference page of the format.

use super::{DOCUMENTS, Document, Field, Kind, setting};
use crate::handbook::channel::Descriptor;
use crate::handbook::parse::catalogue;
use crate::handbook::people::CALL_HOLES;
use crate::language::Language;
use crate::notice::{HOLES, Hole};

const HEAD: &str = "\
# The handbook's files

This page is generated from the description of the format that the program itself reads by:
`cargo run -p outside --example reference`. A handbook is a folder of TOML files and Markdown texts.
Every key that is not on this page is refused, with its line and what was probably meant.

A dot after a key means that its texts are written in each language: `title.de = \"…\"`,
`title.en = \"…\"`. *Must* marks what has to be there.

An editor that knows JSON Schema helps while you write. The schemas are in
[`docs/reference/schema/`](schema/); with Taplo or Even Better TOML put a line such as
`#:schema ../docs/reference/schema/people.schema.json` at the top of the file. It is a comment.

";

/// The page, in English, with the settings of these kinds of channel.
#[must_use]
pub fn page(kinds: &[&Descriptor]) -> String {
    let mut out = HEAD.to_owned();
    for document in &DOCUMENTS {
        write_document(&mut out, document);
    }
    out.push_str("## Settings of channels\n\nThey stand beside `kind` in `[channel.KEY]`.\n\n");
    for kind in kinds {
        let fields: Vec<Field> = kind.fields.iter().map(setting).collect();
        line(&mut out, &format!("### `kind = \"{}\"`: {}\n", kind.kind, kind.label[1]));
        write_fields(&mut out, &fields);
    }
    out.push_str(
        "## Texts\n\n`texts/PLAN/KIND.LANGUAGE.md` are what people read, `texts/default/…` serves \
         every plan; `texts/imprint.LANGUAGE.md` and `texts/privacy.LANGUAGE.md` belong to the \
         page. What is not known when a text goes out is left out with its paragraph.\n\n\
         `texts/PLAN/KIND.AUDIENCE.LANGUAGE.md` is a *passage*: what one audience is told in \
         addition. Everybody gets the same notice, word for word; below it this audience reads its \
         passage, with its title above it, in mails and in what webhooks are sent \
         (`for_audience`). Text messages leave it out, and it never stands on the public page, in \
         feeds or in what another audience is sent. A passage is paragraphs without headings, has \
         the same holes, and is there in every language. One of `texts/default/…` serves every plan \
         that tells the audience and has none of its own. KIND is `first`, `update`, `holding`, \
         `correction` or `all-clear`; AUDIENCE is a key of `[audience.KEY]`.\n\n",
    );
    write_holes(&mut out, &HOLES);
    out.push_str("In `callout` of a partner:\n\n");
    write_holes(&mut out, &CALL_HOLES);
    write_catalogue(&mut out);
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn write_document(out: &mut String, document: &Document) {
    let may = if document.need { "" } else { " It may be left out." };
    line(out, &format!("## `{}`\n", document.file.pattern()));
    line(out, &format!("{}{may}\n", document.about.get(Language::EN)));
    match document.body {
        Kind::Named(_, fields) => {
            line(out, "### `[KEY]`\n");
            write_table(out, "KEY", fields);
        }
        Kind::Table(fields) => write_table(out, "", fields),
        _ => unreachable!("a file is a table"),
    }
}

/// The fields of a table, and after them its own tables, each below a heading.
fn write_table(out: &mut String, path: &str, fields: &[Field]) {
    let flat = |field: &&Field| !is_table(&field.kind);
    let own: Vec<Field> = fields.iter().filter(flat).copied().collect();
    if !own.is_empty() {
        write_fields(out, &own);
    }
    for field in fields.iter().filter(|field| is_table(&field.kind)) {
        if let Kind::OneOf(ways) = field.kind {
            line(out, &format!("Of these exactly one: {}.\n", keys(ways)));
            write_table(out, path, ways);
            continue;
        }
        let below =
            if path.is_empty() { field.key.to_owned() } else { format!("{path}.{}", field.key) };
        let (heading, below, fields) = match field.kind {
            Kind::Table(fields) => (format!("[{below}]"), below, fields),
            Kind::List(fields) => (format!("[[{below}]]"), below, fields),
            Kind::Named(_, fields) => (format!("[{below}.KEY]"), format!("{below}.KEY"), fields),
            _ => unreachable!("these are tables"),
        };
        let must = if field.need { " *Must.*" } else { "" };
        line(out, &format!("### `{heading}`\n"));
        line(out, &format!("{}{must}\n", field.hint.get(Language::EN)));
        write_table(out, &below, fields);
    }
}

fn is_table(kind: &Kind) -> bool {
    matches!(kind, Kind::Table(_) | Kind::List(_) | Kind::Named(..) | Kind::OneOf(_))
}

fn keys(fields: &[Field]) -> String {
    fields.iter().map(|field| format!("`{}`", field.key)).collect::<Vec<_>>().join(", ")
}

fn write_fields(out: &mut String, fields: &[Field]) {
    line(out, "| key | called | written as | what it is for |");
    line(out, "|---|---|---|---|");
    for field in fields {
        let dot = if field.kind.is_localized() { "." } else { "" };
        let must = if field.need { " *Must.*" } else { "" };
        let hint = escaped(field.hint.get(Language::EN));
        let how = escaped(&field.kind.written(Language::EN));
        let example = field.example.get(Language::EN);
        let example = if example.is_empty() {
            String::new()
        } else {
            format!(", such as `{}`", escaped(&example.replace('\n', " ")))
        };
        let label = escaped(field.label.get(Language::EN));
        let row = format!("| `{}{dot}` | {label} | {how}{example} | {hint}{must} |", field.key);
        line(out, &row);
    }
    out.push('\n');
}

fn escaped(text: &str) -> String {
    text.replace('|', "\\|")
}

fn write_holes(out: &mut String, holes: &[Hole]) {
    line(out, "| hole | what goes in |");
    line(out, "|---|---|");
    for hole in holes {
        line(out, &format!("| `{{{}}}` | {} |", hole.name, hole.what[1]));
    }
    out.push('\n');
}

fn write_catalogue(out: &mut String) {
    out.push_str(
        "## The catalogue of duties\n\nWhat `from` in `duties.toml` can take over. Which of them \
         apply to you, have confirmed.\n\n| key | law | whom it binds | stages | verified on |\n\
         |---|---|---|---|---|\n",
    );
    for (key, duty) in catalogue() {
        let said = |text: &crate::language::Localized| escaped(text.get(Language::EN));
        let stages: Vec<_> = duty.stages.iter().map(|stage| said(&stage.title)).collect();
        let doubt = duty.unconfirmed.as_ref().map(|doubt| format!(" {}", said(doubt)));
        let row = format!(
            "| `{key}` | [{}]({}) | {} | {} | {}.{} |",
            said(&duty.law),
            duty.source,
            said(&duty.who),
            stages.join(", "),
            duty.verified_on,
            doubt.unwrap_or_default(),
        );
        line(out, &row);
    }
}
