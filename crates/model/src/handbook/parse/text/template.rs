//! A template of a notice, with what is wrong in it.

use std::collections::BTreeSet;

use crate::handbook::fault::{Clause, said};
use crate::handbook::near::nearest;
use crate::handbook::read::Log;
use crate::language::Language;
use crate::notice::{BadText, HOLES, Text};

/// Reads a template; what is wrong in it is logged where it stands.
pub(super) fn template(file: &str, text: &str, language: Language, log: &Log<'_>) -> Text {
    let read = Text::parse(text, language).unwrap_or_else(|faults| {
        for fault in faults {
            let (what, help) = unfit(&fault);
            log.error(file, &line_span(text, fault.line()), what, help);
        }
        Text::default()
    });
    holes(file, text, read.unknown_holes(), log);
    read
}

/// Logs each name in braces that is no hole, wherever it stands.
pub(super) fn holes(file: &str, text: &str, unknown: Vec<String>, log: &Log<'_>) {
    for name in &unknown.into_iter().collect::<BTreeSet<String>>() {
        let hole = format!("{{{name}}}");
        let known = HOLES.map(|hole| hole.name);
        let help = match nearest(name, known) {
            Some(meant) => said!("meinten Sie {{{meant}}}?", "did you mean {{{meant}}}?"),
            None => said!(
                "es gibt diese Lücken: {}",
                "the holes are: {}",
                known.map(|name| format!("{{{name}}}")).join(" ")
            ),
        };
        for (at, _) in text.match_indices(&hole) {
            let what = said!("die Lücke {hole} gibt es nicht", "there is no hole {hole}");
            log.error(file, &(at..at + hole.len()), what, help.clone());
        }
        // A name that goes over two lines is found nowhere, but is refused all the same.
        if !text.contains(&hole) {
            log.error(
                file,
                &(0..0),
                said!("die Lücke {hole} gibt es nicht", "there is no hole {hole}"),
                help,
            );
        }
    }
}

/// What is wrong with a text, and what to do.
fn unfit(fault: &BadText) -> (Clause, Clause) {
    match fault {
        BadText::NoHeadline => (
            said!("es gibt keine Überschrift", "there is no headline"),
            said!(
                "beginnen Sie mit einer Zeile „# …“, die sagt, was geschehen ist",
                "begin with a line “# …” that says what happened"
            ),
        ),
        BadText::SecondHeadline { .. } => (
            said!("ein zweites „# …“", "a second “# …”"),
            said!("eine Meldung hat eine Überschrift", "a notice has one headline"),
        ),
        BadText::UnknownHeading { found, known, .. } => (
            said!(
                "„## {found}“ ist keine Zwischenüberschrift einer Meldung",
                "“## {found}” is no heading of a notice"
            ),
            Clause::new(
                format!("nehmen Sie {}", known.replace('“', "„").replace('”', "“")),
                format!("use {known}"),
            ),
        ),
        BadText::TwiceHeading { found, .. } => (
            said!(
                "„## {found}“ steht hier zum zweiten Mal",
                "“## {found}” stands here for the second time"
            ),
            said!("fassen Sie beide zusammen", "put both together"),
        ),
        BadText::EmptyHeading { found, .. } => (
            said!("unter „## {found}“ steht nichts", "nothing stands below “## {found}”"),
            said!(
                "schreiben Sie einen Satz, oder lassen Sie sie weg",
                "write a sentence or leave it out"
            ),
        ),
    }
}

fn line_span(text: &str, line: usize) -> std::ops::Range<usize> {
    let start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let length = text[start..].find('\n').unwrap_or(text.len() - start);
    start..start + length
}
