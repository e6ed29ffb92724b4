use super::{Field, Noun, Said};

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text on one line.
    Text,
    /// A text in each language, on one line.
    Localized,
    /// A text in each language, over several lines where it needs them.
    LocalizedLong,
    /// A list of texts in each language, each list as long.
    LocalizedTexts,
    /// Texts on one line each.
    Texts,
    /// A text, or a list of texts.
    OneOrMoreTexts,
    /// Texts by names that the writer chooses: labels of an alert.
    Pairs,
    /// The key by which this thing is called, where it stands in a `[[list]]`.
    Key(Noun),
    /// A key that tells this apart from its neighbours in the same list.
    OwnKey,
    /// The key of an entry of the catalogue of duties that is shipped with the program.
    Catalogue,
    /// The key of such a thing.
    Link(Noun),
    /// Keys of such things.
    Links {
        /// What they name.
        noun: Noun,
        /// Whether there must be at least one.
        some: bool,
    },
    /// A list of members: one of the words, or `noun:KEY` for one of the nouns.
    Members {
        /// The words that stand alone.
        words: &'static [Choice],
        /// The nouns that a member can name.
        nouns: &'static [Noun],
    },
    /// One member: `noun:KEY` for one of the nouns.
    Member(&'static [Noun]),
    /// The tag of a language that the program speaks.
    Language,
    /// Such tags, the main one first.
    Languages,
    /// The name of a time zone in the IANA list.
    Zone,
    /// A length of time: `30s`, `5m`, `2h`, `1h30m`, `7d`.
    Span,
    /// A day: `2026-10-02`, without quotes.
    Date,
    /// A day and a time as a clock in the handbook's zone shows it: `2026-10-02T09:00:00`.
    Moment,
    /// A time limit: a length of time, `1 month`, or `at once`.
    Delay,
    /// What starts the clock of a duty: one of the words, or `sent:STAGE` with an earlier stage.
    Clock(&'static [Choice]),
    /// A whole number from … to ….
    Whole(u32, u32),
    /// A whole number in this range, or a list of them.
    OneOrMoreWhole(u32, u32),
    /// `true` or `false`.
    Flag,
    /// One of these words.
    Choice(&'static [Choice]),
    /// One of these words, which the hint explains.
    Word(&'static [&'static str]),
    /// The address of a page or machine.
    Address,
    /// A place in a JSON text, RFC 6901.
    Pointer,
    /// A mail address.
    Email,
    /// A telephone number with its country.
    Phone,
    /// The name of a secret; the secret itself never stands in the handbook.
    SecretName,
    /// The address of a mailbox that is read.
    Mailbox,
    /// The kind of a channel: the `kind` of a [`Descriptor`](crate::handbook::channel::Descriptor). The settings of that adapter stand in
    /// the same table; [`setting`](super::setting) makes fields of them.
    Adapter,
    /// A table of its own: `[notice]`, `http.url`.
    Table(&'static [Field]),
    /// A list of tables, in order: `[[step]]`.
    List(&'static [Field]),
    /// Tables by keys that the writer chooses: `[role.KEY]`.
    Named(&'static [Noun], &'static [Field]),
    /// Exactly one of these tables stands here, beside the other keys.
    OneOf(&'static [Field]),
}

/// A word that may stand somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The word in the file.
    pub word: &'static str,
    /// What people call it.
    pub label: Said,
}
