//! `texts/…`: templates of notices by plan, and the pages that the law asks for.

use std::collections::{BTreeMap, BTreeSet};

use crate::handbook::Files;
use crate::handbook::fault::{Clause, said};
use crate::handbook::plan::Plan;
use crate::handbook::read::Log;
use crate::language::{Language, Localized};
use crate::notice::{Kind, Passage, Passages, Text};
use crate::value::Key;

/// The folder of the texts that serve every plan.
pub(super) const DEFAULT: &str = "default";

mod name;
mod passage;
mod template;

use name::{kind, language};
use passage::{audience, passage};
use template::template;

type Kinds = BTreeMap<Kind, BTreeMap<Language, Text>>;

/// All texts of a handbook.
pub(super) struct Written {
    by_folder: BTreeMap<String, Kinds>,
    passages: BTreeMap<String, BTreeMap<Kind, Passages>>,
    pub(super) imprint: Localized,
    pub(super) privacy: Localized,
}

impl Written {
    pub(super) fn read(files: &Files, log: &Log<'_>, plans: &[(Key, String)]) -> Self {
        let mut written = Self {
            by_folder: BTreeMap::new(),
            passages: BTreeMap::new(),
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
                "Texte heißen texts/PLAN/ART.SPRACHE.md, texts/PLAN/ART.KREIS.SPRACHE.md, \
                        imprint.SPRACHE.md oder privacy.SPRACHE.md",
                "texts are texts/PLAN/KIND.LANGUAGE.md, texts/PLAN/KIND.AUDIENCE.LANGUAGE.md, \
                        imprint.LANGUAGE.md or privacy.LANGUAGE.md"
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
                let (name, whose) = match name.split_once('.') {
                    Some((name, whose)) => (name, Some(whose)),
                    None => (name, None),
                };
                let Some(kind) = kind(file, folder, name, folders, log) else { return };
                if let Some(whose) = whose {
                    let Some(audience) = audience(file, whose, log) else { return };
                    let kinds = self.passages.entry(folder.to_owned()).or_default();
                    let passages = kinds.entry(kind).or_default().entry(audience).or_default();
                    passages.insert(language, passage(file, text, log));
                    return;
                }
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
            for (folder, kind, audience, texts) in self.all_passages() {
                if !texts.contains_key(language) {
                    let kind = kind.word();
                    let what = said!(
                        "der Zusatz zu „{kind}“ für den Kreis „{audience}“ fehlt in der Sprache \
                         „{language}“",
                        "the passage for the audience “{audience}” with “{kind}” is missing in \
                         the language “{language}”"
                    );
                    missing(format!("texts/{folder}/{kind}.{audience}.{language}.md"), what);
                }
            }
        }
    }

    fn all_passages(
        &self,
    ) -> impl Iterator<Item = (&String, &Kind, &Key, &BTreeMap<Language, Passage>)> {
        let kinds = self.passages.iter().flat_map(|(folder, kinds)| {
            kinds.iter().map(move |(kind, passages)| (folder, kind, passages))
        });
        kinds.flat_map(|(folder, kind, passages)| {
            passages.iter().map(move |(audience, texts)| (folder, kind, audience, texts))
        })
    }

    /// The passages that stand in a plan's own folder.
    pub(super) fn passages_of(&self, key: &Key) -> BTreeMap<Kind, Passages> {
        self.passages.get(key.as_str()).cloned().unwrap_or_default()
    }

    /// Adds the passages that serve every plan, for audiences that it tells and to which it says
    /// nothing of its own.
    pub(super) fn add_general(&self, plan: &mut Plan) {
        for (kind, passages) in self.passages.get(DEFAULT).into_iter().flatten() {
            let told = passages.iter().filter(|(key, _)| plan.policy.audiences.contains(key));
            for (audience, texts) in told {
                let of_kind = plan.passages.entry(*kind).or_default();
                of_kind.entry(audience.clone()).or_insert_with(|| texts.clone());
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
