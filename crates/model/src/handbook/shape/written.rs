use super::{Choice, Kind, Noun, Said};
use crate::language::Language;

impl Kind {
    /// Whether there is a value for each language.
    #[must_use]
    pub fn is_localized(&self) -> bool {
        matches!(self, Self::Localized | Self::LocalizedLong | Self::LocalizedTexts)
    }

    /// How it is written, in a few words that stand in a sentence.
    #[must_use]
    pub fn written(&self, language: Language) -> String {
        let said = |german: String, english: String| {
            if language == Language::DE { german } else { english }
        };
        let one_of = |all: &str| said(format!("eines von {all}"), format!("one of {all}"));
        match *self {
            Self::Link(noun) => {
                let word = noun.word();
                said(format!("ein Kürzel ({word})"), format!("the key of a {word}"))
            }
            Self::Links { noun, some } => {
                let word = noun.word();
                let [german, english] =
                    if some { [", mindestens eines", ", at least one"] } else { [""; 2] };
                said(
                    format!("eine Liste von Kürzeln ({word}){german}"),
                    format!("a list of keys of {word}{english}"),
                )
            }
            Self::Members { words, nouns } => {
                let all = [choices(words), members(nouns)].concat().join(", ");
                said(format!("eine Liste aus {all}"), format!("a list of {all}"))
            }
            Self::Member(nouns) => one_of(&members(nouns).join(", ")),
            Self::Clock(of) => {
                let stage = said("`sent:STUFE`".to_owned(), "`sent:STAGE`".to_owned());
                one_of(&[choices(of), vec![stage]].concat().join(", "))
            }
            Self::Choice(of) => one_of(&choices(of).join(", ")),
            Self::Word(of) => {
                one_of(&of.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "))
            }
            Self::Whole(low, high) => said(
                format!("eine ganze Zahl von {low} bis {high}"),
                format!("a whole number from {low} to {high}"),
            ),
            Self::OneOrMoreWhole(low, high) => said(
                format!("ganze Zahlen von {low} bis {high}"),
                format!("a whole number from {low} to {high}, or a list of them"),
            ),
            _ => self.plainly().get(language).to_owned(),
        }
    }

    /// The same of a kind about which there is nothing more to say.
    const fn plainly(&self) -> Said {
        Said(match self {
            Self::Text | Self::Localized => ["ein Text in einer Zeile", "a text on one line"],
            Self::LocalizedLong => {
                ["ein Text, auch länger", "a text, over several lines if need be"]
            }
            Self::Texts | Self::LocalizedTexts => ["eine Liste von Texten", "a list of texts"],
            Self::OneOrMoreTexts => ["ein Text oder mehrere", "a text, or a list of texts"],
            Self::Pairs => ["Namen mit Texten", "names with texts: `{ name = \"text\" }`"],
            Self::Key(_) | Self::OwnKey => ["ein Kürzel", "a key"],
            Self::Catalogue => ["ein Eintrag des Verzeichnisses", "a key of the catalogue below"],
            Self::Language => ["eine Sprache", "a language: `de` or `en`"],
            Self::Languages => ["eine Liste von Sprachen", "a list of languages"],
            Self::Zone => ["eine Zeitzone", "a time zone of the IANA list"],
            Self::Span => ["eine Zeitspanne wie `30s`, `5m`, `2h`, `7d`", "a length of time"],
            Self::Delay => [
                "eine Zeitspanne, `1 month` oder `at once`",
                "a length of time, `1 month`, or `at once`",
            ],
            Self::Date => ["ein Tag", "a day, without quotes"],
            Self::Moment => ["Tag und Uhrzeit", "a day and a time, without quotes"],
            Self::Flag => ["`true` oder `false`", "`true` or `false`"],
            Self::Address => ["eine ganze Adresse", "a whole address"],
            Self::Pointer => ["eine Stelle in einem JSON-Text", "a JSON pointer"],
            Self::Email => ["eine Mailadresse", "a mail address"],
            Self::Phone => ["eine Telefonnummer", "a telephone number"],
            Self::SecretName => ["der Name eines Geheimnisses", "the name of a secret"],
            Self::Mailbox => ["die Adresse eines Postfachs", "the address of a mailbox"],
            Self::Adapter => ["die Art eines Weges", "a kind of channel"],
            _ => ["eine Tabelle", "a table"],
        })
    }
}

fn choices(of: &[Choice]) -> Vec<String> {
    of.iter().map(|choice| format!("`{}`", choice.word)).collect()
}

fn members(nouns: &[Noun]) -> Vec<String> {
    nouns.iter().map(|noun| format!("`{}:KEY`", noun.word())).collect()
}
