//! The patterns of a language, read from its data file.
//!
//! A file has sections `= name`; each line below is one way to say it, and a section is found where
//! one of its lines is. In a line, letters stand for themselves, small or large, and:
//!
//! - `~` any letters that follow in the word: `stör~`
//! - `…` up to eight words, of one sentence part or not: `wir … melden`
//! - `{name}` any line of that section, which stands above
//! - `(a|b)`, `?`, `{1,3}`, `\d`, `^`, `$` as in regular expressions; `<…>` is what is looked for
//!
//! A line begins and ends at the edge of a word. Lines with `//` in front are comments.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::bytes::{Regex, RegexBuilder};

use super::flat::Flat;
use super::jargon::Glossary;
use crate::language::Language;
use notation::expression;

mod notation;

/// Declares the sections that the rules ask for, each once.
macro_rules! lexicon {
    ($($(#[$doc:meta])* $name:ident),*; whole: $($(#[$word_doc:meta])* $word:ident),*;) => {
        /// All that the rules know of a language.
        pub(super) struct Lexicon {
            $($(#[$doc])* pub(super) $name: Regex,)*
            $($(#[$word_doc])* pub(super) $word: Regex,)*
            /// Whether nouns have a capital letter.
            pub(super) has_capital_nouns: bool,
            /// Jargon with its replacement.
            pub(super) glossary: Glossary,
        }

        impl Lexicon {
            fn read(file: &str, jargon: &str, german: bool) -> Self {
                let sections = Sections::read(file);
                Self {
                    $($name: sections.find(stringify!($name)),)*
                    $($word: sections.whole(stringify!($word)),)*
                    has_capital_nouns: german,
                    glossary: Glossary::read(jargon),
                }
            }
        }
    };
}

lexicon! {
    /// A short form whose stop ends no sentence.
    abbreviation,
    /// A word with which a sentence may begin, after a number or a short form.
    starter,
    /// A number that counts days, when a stop follows.
    ordinal,
    /// A line that only greets or signs.
    courtesy,
    /// A greeting before the first sentence, in its line.
    greeting,
    /// The words before a headline in a mail.
    subject_line,
    /// A time of day.
    clock,
    /// A day of the calendar.
    date,
    /// From the end of a time to its zone.
    zoned,
    /// A word that says the zone of all times of the text.
    zone_of_all,
    /// A length of time from now on, or a rhythm.
    span,
    /// It does not work.
    trouble,
    /// A negation, which is trouble beside what people want to do.
    negation,
    /// Visitors are denied something: what that is may have any name.
    denied,
    /// What is not known yet.
    unknown,
    /// No trouble, though it looks so.
    no_trouble,
    /// A sentence about the notice itself, or about what is not known.
    about,
    /// What befell us, whose name says enough: “We have been hacked.”
    event,
    /// It works again.
    recovery,
    /// It will be closed for work.
    planned,
    /// A thing or place that visitors know by this word.
    thing,
    /// What visitors do.
    deed,
    /// A part of the text that ends before its subject's verb: what is out of order?
    subject,
    /// It works, unless something else in the same part says otherwise.
    sound,
    /// What a thing of visitors does when it works.
    goes,
    /// Something is, has or does something now.
    present,
    /// What we go on doing for visitors.
    serving,
    /// A sentence about what is not yet so, or no longer: “after the repair”.
    only_then,
    /// What parts two opposite statements.
    but,
    /// As before, in spite of the trouble.
    still_marker,
    /// As before the trouble.
    again_marker,
    /// Where those two speak of us and not of a thing.
    not_marked,
    /// It works.
    working,
    /// It will work, which counts before planned work.
    working_then,
    /// Where it does not, or not yet, or not for visitors.
    not_working,
    /// Times that are no beginning: opening hours, deadlines.
    no_since,
    /// Directly before a time that is no beginning.
    until,
    /// Directly before a time that is one.
    from,
    /// It will work, or the work will be done.
    end_time,
    /// Tomorrow.
    to_come,
    /// A word is announced, no end.
    no_end,
    /// It has been.
    past,
    /// A part of the day, which is no time.
    daypart,
    /// It is said as a guess.
    hedge,
    /// We or our team, doing: the verb stands in `<…>`.
    doing,
    /// The same of somebody of ours, by name.
    doing_by_name,
    /// Somebody of another house does it.
    foreign,
    /// The same where the verb stands farther away.
    doing_far,
    /// What we do that helps nobody: knowing, regretting, asking.
    idle,
    /// The second thing that we do.
    doing_too,
    /// What we have done; the verb stands at the end.
    did,
    /// What is no help, though we did it.
    did_idle,
    /// What we will do, which counts before planned work.
    will_do,
    /// A word is announced.
    announce,
    /// A time that is to come follows.
    next_word,
    /// A word that has been.
    announced,
    /// Only when it happens.
    condition,
    /// By then in any case.
    at_latest,
    /// What you can do.
    you_can,
    /// What is no help.
    no_help,
    /// For whoever has questions: that is no help in the trouble.
    question,
    /// Data, money or life.
    asset,
    /// What is said of those where they are only used: to change a password.
    asset_use,
    /// Those of them that are named for nothing else.
    secret,
    /// Things with this word that are no data.
    no_asset,
    /// How they stand.
    asset_state,
    /// What people have stored with us or ordered.
    goods,
    /// How it stands.
    goods_state,
    /// All of it in one.
    safety,
    /// Understanding or apology.
    sorry,
    /// The stock phrase.
    stock,
    /// Understanding, whatever else is said.
    heart,
    /// Somebody is to blame.
    blame,
    /// Somebody did what is wrong, which is no blame where we say it of ourselves.
    misdeed,
    /// We say it of ourselves.
    own_misdeed,
    /// A promise, hedged or not.
    promise,
    /// Soon, which is a promise unless it is hedged.
    soon,
    /// It only looks like one.
    no_promise,
    /// Something was done to somebody or something.
    passive,
    /// Endings of nouns made of verbs and adjectives.
    nominal,
    /// Heavy words of offices.
    heavy,
    /// Acronyms that everybody knows.
    acronym,
    /// An order, politely put: the verb stands in `<…>`.
    imperative;
    whole:
    /// Words that name nothing that visitors know.
    vague,
    /// Words with which a sentence begins and that are no nouns.
    opener,
    /// Words before which a verb begins the sentence.
    after_verb,
    /// What follows the name of a firm.
    firm,
    /// Words beside a noun that name nothing.
    filler,
    /// Verbs that are no doing.
    idle_word,
    /// Those of them that are no help with another verb either.
    idle_verb,
    /// Verbs that look like an order and are none.
    no_order;
}

impl Lexicon {
    /// The patterns of this language.
    pub(super) fn of(language: Language) -> &'static Self {
        static DE: LazyLock<Lexicon> = LazyLock::new(|| {
            Lexicon::read(include_str!("de/patterns.txt"), include_str!("de/jargon.txt"), true)
        });
        static EN: LazyLock<Lexicon> = LazyLock::new(|| {
            Lexicon::read(include_str!("en/patterns.txt"), include_str!("en/jargon.txt"), false)
        });
        if language == Language::DE { &DE } else { &EN }
    }

    /// The headline in a line such as “Subject: …”.
    pub(super) fn headline_in<'a>(&self, line: &'a str) -> Option<&'a str> {
        let flat = Flat::of(line);
        let found = self.subject_line.find(flat.bytes()).filter(|found| found.start() == 0)?;
        line.get(found.end()..)?.trim_start().strip_prefix(':').map(str::trim)
    }
}

/// The sections of a file, as regular expressions that are not built yet.
struct Sections(HashMap<String, String>);

impl Sections {
    fn read(file: &str) -> Self {
        let mut sections: HashMap<String, String> = HashMap::new();
        let mut name = String::new();
        for line in file.lines().map(str::trim) {
            if line.is_empty() || line.starts_with("//") {
                continue;
            }
            if let Some(next) = line.strip_prefix("= ") {
                next.clone_into(&mut name);
                continue;
            }
            let written = expression(line, &sections);
            let section = sections.entry(name.clone()).or_default();
            if !section.is_empty() {
                section.push('|');
            }
            section.push_str(&written);
        }
        Self(sections)
    }

    /// The pattern of a section, found anywhere.
    fn find(&self, name: &str) -> Regex {
        self.build(name, r"(?:\b|^)(?:", r")(?:\b|$|[^a-z0-9])")
    }

    /// The pattern of a section that a word fits from end to end.
    fn whole(&self, name: &str) -> Regex {
        self.build(name, "^(?:", ")$")
    }

    fn build(&self, name: &str, before: &str, behind: &str) -> Regex {
        let written = self.0.get(name).map_or("", String::as_str);
        assert!(!written.is_empty(), "the patterns have no section “{name}”");
        let mut builder = RegexBuilder::new(&format!("{before}{written}{behind}"));
        builder.unicode(false).size_limit(1 << 24).dfa_size_limit(1 << 23);
        builder.build().unwrap_or_else(|why| panic!("section “{name}”: {why}"))
    }
}
