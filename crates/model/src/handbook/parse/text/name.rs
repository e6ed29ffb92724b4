//! What the name of a text says: whose plan, which kind of notice, which language.

use std::collections::BTreeSet;

use crate::handbook::fault::said;
use crate::handbook::near::nearest;
use crate::handbook::read::Log;
use crate::language::Language;
use crate::notice::Kind;

/// The language that a file's name ends with.
pub(super) fn language(file: &str, tag: &str, log: &Log<'_>) -> Option<Language> {
    let Ok(language) = tag.parse::<Language>() else {
        let help = said!(
            "nennen Sie die Datei nach de oder en: first.de.md",
            "name the file after de or en: first.de.md"
        );
        log.error(
            file,
            &(0..0),
            said!(
                "„{tag}“ ist keine Sprache, die Notlicht spricht",
                "“{tag}” is no language that Notlicht speaks"
            ),
            help,
        );
        return None;
    };
    if log.languages.get().is_some_and(|all| !all.contains(&language)) {
        let what = said!(
            "diesen Text sieht niemand: „{tag}“ ist keine Sprache dieses Handbuchs",
            "this text is never shown: “{tag}” is no language of this handbook"
        );
        let help = said!(
            "nehmen Sie die Sprache auf der Vorderseite auf, oder nehmen Sie die Datei heraus",
            "add it to languages in handbook.toml, or take the file out"
        );
        log.hint(file, &(0..0), what, help);
    }
    Some(language)
}

/// The kind of notice that a file is named after, in the folder of a plan.
pub(super) fn kind(
    file: &str,
    folder: &str,
    name: &str,
    folders: &BTreeSet<&str>,
    log: &Log<'_>,
) -> Option<Kind> {
    if !folders.contains(folder) {
        let help = match nearest(folder, folders.iter().copied()) {
            Some(meant) => said!("meinten Sie texts/{meant}/?", "did you mean texts/{meant}/?"),
            None => said!(
                "legen Sie plans/{folder}.toml an, oder nehmen Sie den Text heraus",
                "create plans/{folder}.toml, or take the text out"
            ),
        };
        log.error(
            file,
            &(0..0),
            said!(
                "zu diesem Text gibt es keinen Plan „{folder}“",
                "there is no plan “{folder}” for this text"
            ),
            help,
        );
    }
    let kind = Kind::ALL.into_iter().find(|kind| kind.word() == name);
    if kind.is_none() {
        let words = Kind::ALL.map(Kind::word);
        let help = match nearest(name, words) {
            Some(meant) => said!("meinten Sie „{meant}“?", "did you mean “{meant}”?"),
            None => said!("nehmen Sie eines davon: {}", "use one of: {}", words.join(", ")),
        };
        log.error(
            file,
            &(0..0),
            said!("„{name}“ ist keine Art von Meldung", "“{name}” is no kind of notice"),
            help,
        );
    }
    kind.filter(|_| folders.contains(folder))
}
