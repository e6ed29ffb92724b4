//! `texts/…`: templates of notices by plan, and the pages that the law asks for.

use std::collections::{BTreeMap, BTreeSet};

use crate::handbook::Files;
use crate::handbook::fault::{Clause, said};
use crate::handbook::near::nearest;
use crate::handbook::read::Log;
use crate::language::{Language, Localized};
use crate::notice::{Kind, Text};
use crate::value::Key;

/// The folder of the texts that serve every plan.
pub(super) const DEFAULT: &str = "default";

mod template;

use template::template;

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
            let help = said!(
                "Texte heißen texts/PLAN/ART.SPRACHE.md, imprint.SPRACHE.md oder privacy.SPRACHE.md",
                "texts are texts/PLAN/KIND.LANGUAGE.md, imprint.LANGUAGE.md or \
                        privacy.LANGUAGE.md"
            );
            log.error(
                file,
                &(0..0),
                said!("{file} ist kein Text eines Handbuchs", "{file} is no text of a handbook"),
                help,
            );
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
                let help = said!(
                    "neben den Ordnern stehen nur imprint.SPRACHE.md und privacy.SPRACHE.md",
                    "beside the folders stand only imprint.LANGUAGE.md and \
                            privacy.LANGUAGE.md"
                );
                log.error(
                    file,
                    &(0..0),
                    said!(
                        "„{name}“ ist hier als Text nicht bekannt",
                        "“{name}” is no text that is known here"
                    ),
                    help,
                );
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
        let missing = |file: String, what: Clause| {
            log.error(&file, &(0..0), what, said!("schreiben Sie {file}", "write {file}"));
        };
        for language in log.languages.get().into_iter().flatten() {
            for (name, text) in [("imprint", &self.imprint), ("privacy", &self.privacy)] {
                if !text.0.contains_key(language) {
                    let what = said!(
                        "„{name}“ fehlt in der Sprache „{language}“",
                        "“{name}” is missing in the language “{language}”"
                    );
                    missing(format!("texts/{name}.{language}.md"), what);
                }
            }
            for (folder, kinds) in &self.by_folder {
                for (kind, _) in kinds.iter().filter(|(_, texts)| !texts.contains_key(language)) {
                    let kind = kind.word();
                    let what = said!(
                        "„{kind}“ für „{folder}“ fehlt in der Sprache „{language}“",
                        "“{kind}” for “{folder}” is missing in the language “{language}”"
                    );
                    missing(format!("texts/{folder}/{kind}.{language}.md"), what);
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
                said!("dem Plan „{key}“ fehlen Texte für: {}", "the plan “{key}” has no text for: {}", missing.join(", ")),
                said!(
                    "schreiben Sie texts/{key}/{first}.SPRACHE.md, oder texts/{DEFAULT}/{first}.SPRACHE.md \
                     für jeden Plan",
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

fn kind(
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

/// A page as it stands.
fn whole(file: &str, text: &str, log: &Log<'_>) -> String {
    if text.trim().is_empty() {
        log.error(
            file,
            &(0..0),
            said!("dieser Text ist leer", "this text is empty"),
            said!(
                "schreiben Sie ihn: Besucher müssen ihn lesen können",
                "write it: visitors must be able to read it"
            ),
        );
    }
    text.to_owned()
}
