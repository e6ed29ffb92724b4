//! A passage for one audience: whose it is, and what is wrong in it.

use super::template::holes;
use crate::handbook::fault::{Clause, said};
use crate::handbook::link::Noun;
use crate::handbook::near::nearest;
use crate::handbook::read::Log;
use crate::notice::Passage;
use crate::value::Key;

/// The audience in the name of a file; logged where there is none of this key.
pub(super) fn audience(file: &str, name: &str, log: &Log<'_>) -> Option<Key> {
    let links = log.links.borrow();
    let key = name.parse::<Key>().ok();
    let is_known = links.known(Noun::Audience).any(|known| known == name);
    if is_known || log.is_broken(Noun::Audience.file()) {
        return key;
    }
    let help = match nearest(name, links.known(Noun::Audience)) {
        Some(meant) => said!("meinten Sie „{meant}“?", "did you mean “{meant}”?"),
        None => said!(
            "nennen Sie die Datei nach einem Kreis, der in channels.toml steht, oder nehmen Sie \
             sie heraus",
            "name the file after an audience that is in channels.toml, or take it out"
        ),
    };
    drop(links);
    log.error(
        file,
        &(0..0),
        said!(
            "zu diesem Zusatz gibt es keinen Kreis „{name}“",
            "there is no audience “{name}” for this passage"
        ),
        help,
    );
    None
}

/// Reads a passage; what is wrong in it is logged where it stands.
pub(super) fn passage(file: &str, text: &str, log: &Log<'_>) -> Passage {
    let read = Passage::parse(text);
    if read.is_empty() {
        log.error(
            file,
            &(0..0),
            said!("dieser Zusatz ist leer", "this passage is empty"),
            said!(
                "schreiben Sie, was dieser Kreis außerdem wissen muss, oder nehmen Sie die Datei \
                 heraus",
                "write what this audience must know besides, or take the file out"
            ),
        );
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        if line.trim_start().starts_with('#') {
            log.error(file, &(start..start + line.trim().len()), heading(), no_heading());
        }
    }
    holes(file, text, read.unknown_holes(), log);
    read
}

fn heading() -> Clause {
    said!("ein Zusatz hat keine Überschriften", "a passage has no headings")
}

fn no_heading() -> Clause {
    said!(
        "lassen Sie das „#“ weg: Über dem Zusatz steht der Name des Kreises",
        "leave out the “#”: the audience's title stands above the passage"
    )
}
