//! Texts and words of a certain shape.

use toml::de::DeValue;

use super::item::{Item, Shape};
use crate::handbook::fault::said;

impl Item<'_> {
    /// A text that is not empty and stands on one line: community, names and titles become headers
    /// of mails, which must not be refused for a character that nobody sees.
    pub(in crate::handbook) fn text(&self) -> Option<String> {
        self.written(|_| false)
    }

    /// A text that is not empty, over as many lines as it needs.
    pub(in crate::handbook) fn long(&self) -> Option<String> {
        self.written(|c| c == '\n')
    }

    fn written(&self, may: fn(char) -> bool) -> Option<String> {
        let DeValue::String(text) = self.value else {
            self.wrong(["ein Text", "a text"], " = \"…\"");
            return None;
        };
        if text.trim().is_empty() {
            self.error(
                said!("„{}“ ist leer", "“{}” is empty", self.name()),
                said!(
                    "schreiben Sie etwas, oder nehmen Sie es heraus",
                    "write something, or take it out"
                ),
            );
            return None;
        }
        if let Some(unseen) = text.trim().chars().find(|c| c.is_control() && !may(*c)) {
            let (name, code) = (self.name(), u32::from(unseen));
            let what = match unseen {
                '\n' => {
                    said!(
                        "„{name}“ geht über mehr als eine Zeile (U+{code:04X})",
                        "“{name}” holds a line break (U+{code:04X})"
                    )
                }
                _ => said!(
                    "in „{name}“ steht ein Zeichen, das niemand sieht (U+{code:04X})",
                    "“{name}” holds a character that nobody sees (U+{code:04X})"
                ),
            };
            let help = said!(
                "schreiben Sie es auf eine Zeile, mit Zeichen, die man sieht",
                "write it on one line, with characters that can be seen"
            );
            self.error(what, help);
            return None;
        }
        Some(text.trim().to_owned())
    }

    /// Texts on one line each.
    pub(in crate::handbook) fn texts(&self) -> Vec<String> {
        self.list().iter().filter_map(Self::text).collect()
    }

    /// A text of this shape.
    pub(in crate::handbook) fn word<T>(&self, shape: &Shape<T>) -> Option<T> {
        let text = self.text()?;
        let read = (shape.read)(&text);
        if read.is_none() {
            self.error(shape.misses(&text), shape.help());
        }
        read
    }
}
