//! `texts/…`: templates of notices by plan, and the pages that the law asks for.

use std::collections::{BTreeMap, BTreeSet};

use crate::handbook::Files;
use crate::handbook::near::nearest;
use crate::handbook::read::Log;
use crate::language::{Language, Localized};
use crate::notice::{HOLES, Kind, Text};
use crate::value::Key;

/// The folder of the texts that serve every plan.
pub(super) const DEFAULT: &str = "default";

type Kinds = BTreeMap<Kind, BTreeMap<Language, Text>>;

/// All texts of a handbook.
pub(super) struct Written {
    by_folder: BTreeMap<String, Kinds>,
    pub(super) imprint: Localized,
    pub(super) privacy: Localized,
}

impl Written {
    pub(super) fn read(files: &Files, log: &Log<'_>, plans: &[(Key, String)]) -> Self {
        let mut written = Self {
            by_folder: BTreeMap::new(),
            imprint: Localized::default(),
            privacy: Localized::default(),
        };
        let folders: BTreeSet<&str> =
            plans.iter().map(|(key, _)| key.as_str()).chain([DEFAULT]).collect();
        for (file, text) in files {
            let Some(path) = file.strip_prefix("texts/") else { continue };
            if !super::is_beside(file) {
                written.take(file, path, text, &folders, log);
            }
        }
        written.see_all_languages(log);
        written
    }

    fn take(
        &mut self,
        file: &str,
        path: &str,
        text: &str,
        folders: &BTreeSet<&str>,
        log: &Log<'_>,
    ) {
        let parts = path.strip_suffix(".md").and_then(|name| name.rsplit_once('.'));
        let Some((name, tag)) = parts else {
            let help = "texts are texts/PLAN/KIND.LANGUAGE.md, imprint.LANGUAGE.md or \
                        privacy.LANGUAGE.md";
            log.error(file, &(0..0), format!("{file} is no text of a handbook"), help);
            return;
        };
        let Some(language) = language(file, tag, log) else { return };
        match name.split_once('/') {
            None if name == "imprint" => {
                self.imprint.0.insert(language, whole(file, text, log));
            }
            None if name == "privacy" => {
                self.privacy.0.insert(language, whole(file, text, log));
            }
            None => {
                let help = "beside the folders stand only imprint.LANGUAGE.md and \
                            privacy.LANGUAGE.md";
                log.error(file, &(0..0), format!("“{name}” is no text that is known here"), help);
            }
            Some((folder, name)) => {
                let Some(kind) = kind(file, folder, name, folders, log) else { return };
                let template = template(file, text, language, log);
                let kinds = self.by_folder.entry(folder.to_owned()).or_default();
                kinds.entry(kind).or_default().insert(language, template);
            }
        }
    }

    /// What is there in one language must be there in each.
    fn see_all_languages(&self, log: &Log<'_>) {
        let missing = |file: String, what: &str, language: &Language| {
            let help = format!("write {file}");
            log.error(
                &file,
                &(0..0),
                format!("{what} is missing in the language “{language}”"),
                help,
            );
        };
        for language in log.languages.get().into_iter().flatten() {
            for (name, text) in [("imprint", &self.imprint), ("privacy", &self.privacy)] {
                if !text.0.contains_key(language) {
                    missing(format!("texts/{name}.{language}.md"), &format!("“{name}”"), language);
                }
            }
            for (folder, kinds) in &self.by_folder {
                for (kind, _) in kinds.iter().filter(|(_, texts)| !texts.contains_key(language)) {
                    let kind = kind.word();
                    let what = format!("“{kind}” for “{folder}”");
                    missing(format!("texts/{folder}/{kind}.{language}.md"), &what, language);
                }
            }
        }
    }

    /// The texts of a plan: its own, else those for every plan.
    pub(super) fn of_plan(&self, key: &Key, file: &str, log: &Log<'_>) -> Kinds {
        let mut found = Kinds::new();
        let mut missing = Vec::new();
        let folders = [self.by_folder.get(key.as_str()), self.by_folder.get(DEFAULT)];
        for kind in Kind::ALL {
            match folders.iter().flatten().find_map(|kinds| kinds.get(&kind)) {
                Some(texts) => {
                    found.insert(kind, texts.clone());
                }
                None => missing.push(kind.word()),
            }
        }
        if let Some(first) = missing.first() {
            log.error(
                file,
                &(0..0),
                format!("the plan “{key}” has no text for: {}", missing.join(", ")),
                format!(
                    "write texts/{key}/{first}.LANGUAGE.md, or texts/{DEFAULT}/{first}.LANGUAGE.md \
                     for every plan"
                ),
            );
        }
        found
    }
}

fn language(file: &str, tag: &str, log: &Log<'_>) -> Option<Language> {
    let Ok(language) = tag.parse::<Language>() else {
        let help = "name the file after de or en: first.de.md";
        log.error(file, &(0..0), format!("“{tag}” is no language that Notlicht speaks"), help);
        return None;
    };
    if log.languages.get().is_some_and(|all| !all.contains(&language)) {
        let what = format!("this text is never shown: “{tag}” is no language of this handbook");
        let help = "add it to languages in handbook.toml, or take the file out";
        log.hint(file, &(0..0), what, help);
    }
    Some(language)
}

fn kind(
    file: &str,
    folder: &str,
    name: &str,
    folders: &BTreeSet<&str>,
    log: &Log<'_>,
) -> Option<Kind> {
    if !folders.contains(folder) {
        let help = match nearest(folder, folders.iter().copied()) {
            Some(meant) => format!("did you mean texts/{meant}/?"),
            None => format!("create plans/{folder}.toml, or take the text out"),
        };
        log.error(file, &(0..0), format!("there is no plan “{folder}” for this text"), help);
    }
    let kind = Kind::ALL.into_iter().find(|kind| kind.word() == name);
    if kind.is_none() {
        let words = Kind::ALL.map(Kind::word);
        let help = match nearest(name, words) {
            Some(meant) => format!("did you mean “{meant}”?"),
            None => format!("use one of: {}", words.join(", ")),
        };
        log.error(file, &(0..0), format!("“{name}” is no kind of notice"), help);
    }
    kind.filter(|_| folders.contains(folder))
}

/// A page as it stands.
fn whole(file: &str, text: &str, log: &Log<'_>) -> String {
    if text.trim().is_empty() {
        log.error(
            file,
            &(0..0),
            "this text is empty",
            "write it: visitors must be able to read it",
        );
    }
    text.to_owned()
}

fn template(file: &str, text: &str, language: Language, log: &Log<'_>) -> Text {
    let read = Text::parse(text, language).unwrap_or_else(|faults| {
        for fault in faults {
            let said = fault.to_string();
            let said = match said.strip_prefix(&format!("line {}: ", fault.line())) {
                Some(rest) => rest,
                None => &said,
            };
            let (what, help) = said.split_once(": ").unwrap_or((said, "look at this line"));
            log.error(file, &line_span(text, fault.line()), what, help);
        }
        Text::default()
    });
    let unknown: BTreeSet<String> = read.unknown_holes().into_iter().collect();
    for name in &unknown {
        let hole = format!("{{{name}}}");
        let known = HOLES.map(|hole| hole.name);
        let help = match nearest(name, known) {
            Some(meant) => format!("did you mean {{{meant}}}?"),
            None => format!("the holes are: {}", known.map(|name| format!("{{{name}}}")).join(" ")),
        };
        for (at, _) in text.match_indices(&hole) {
            let what = format!("there is no hole {hole}");
            log.error(file, &(at..at + hole.len()), what, help.clone());
        }
        // A name that goes over two lines is found nowhere, but is refused all the same.
        if !text.contains(&hole) {
            log.error(file, &(0..0), format!("there is no hole {hole}"), help);
        }
    }
    read
}

fn line_span(text: &str, line: usize) -> std::ops::Range<usize> {
    let start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let length = text[start..].find('\n').unwrap_or(text.len() - start);
    start..start + length
}
