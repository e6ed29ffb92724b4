//! Texts in each language of the handbook.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::item::{Item, LANGUAGE};
use crate::handbook::fault::said;
use crate::language::{Language, Localized};

/// How a text over several lines is written.
const LONG: &str = ".de = \"\"\"…\"\"\"";

impl Item<'_> {
    /// A text in each language of the handbook.
    pub(in crate::handbook) fn localized(&self) -> Localized {
        self.localized_by(".de = \"…\"", |item| item.text())
    }

    /// The same over several lines.
    pub(in crate::handbook) fn localized_long(&self) -> Localized {
        self.localized_by(LONG, |item| item.long())
    }

    /// The same, and each text is looked at where it stands.
    pub(in crate::handbook) fn localized_seen(&self, see: fn(&Item<'_>, &str)) -> Localized {
        self.localized_by(LONG, |item| item.long().inspect(|text| see(item, text)))
    }

    fn localized_by(&self, example: &str, read: impl Fn(&Item<'_>) -> Option<String>) -> Localized {
        Localized(self.in_each_language(example, |item| read(item).unwrap_or_default()))
    }

    /// A list of texts, written as a list in each language, each as long.
    pub(in crate::handbook) fn localized_list(&self) -> Vec<Localized> {
        let lists = self.in_each_language(".de = [\"…\"]", |item| item.texts());
        let longest = lists.values().map(Vec::len).max().unwrap_or(0);
        if let Some((language, list)) = lists.iter().find(|(_, list)| list.len() < longest) {
            let what = said!(
                "„{}“ hat in einer Sprache {longest} Texte und nur {} in „{language}“",
                "“{}” has {longest} texts in one language and {} in “{language}”",
                self.name(),
                list.len()
            );
            self.error(
                what,
                said!(
                    "schreiben Sie in jeder Sprache dieselben Texte, in derselben Reihenfolge",
                    "write the same texts in each language, in the same order"
                ),
            );
        }
        let nth = |at: usize| {
            let said = lists.iter().filter_map(|(tag, list)| Some((*tag, list.get(at)?.clone())));
            Localized(said.collect())
        };
        (0..longest).map(nth).collect()
    }

    fn in_each_language<T>(
        &self,
        example: &str,
        read: impl Fn(&Item<'_>) -> T,
    ) -> BTreeMap<Language, T> {
        let mut said = BTreeMap::new();
        if !matches!(self.value, DeValue::Table(_)) {
            self.wrong(["ein Text in jeder Sprache", "a text in each language"], example);
            return said;
        }
        let Some(table) = self.table() else { return said };
        let languages = self.log.languages.get().map_or(&[][..], Vec::as_slice);
        for (tag, span, item) in table.all() {
            let Some(language) = (LANGUAGE.read)(tag) else {
                self.log.error(self.file, &span, LANGUAGE.misses(tag), LANGUAGE.help());
                continue;
            };
            if !languages.is_empty() && !languages.contains(&language) {
                item.hint(
                    said!("diesen Text sieht niemand: „{tag}“ ist keine Sprache dieses Handbuchs", "this text is never shown: “{tag}” is no language of this handbook"),
                    said!("nehmen Sie die Sprache auf der Vorderseite auf, oder nehmen Sie den Text heraus", "add it to languages in handbook.toml, or take the text out"),
                );
            }
            said.insert(language, read(&item));
        }
        for language in languages.iter().filter(|language| !said.contains_key(language)) {
            let (name, tag) = (self.name(), language.tag());
            self.error(
                said!(
                    "„{name}“ fehlt in der Sprache „{tag}“",
                    "“{name}” is missing in the language “{tag}”"
                ),
                said!(
                    "schreiben Sie es auch in dieser Sprache",
                    "add a line: {name}.{tag} = \"…\""
                ),
            );
        }
        said
    }
}
