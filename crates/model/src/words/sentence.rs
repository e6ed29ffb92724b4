//! A text taken apart into sentences, as a reader takes it: a headline, greetings, headings, lists.

use super::flat::Flat;
use super::lexicon::Lexicon;

/// What a sentence is in its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The line above the text.
    Headline,
    /// Below the headline, or in a list.
    Body,
    /// “Dear customers,” and “Kind regards”: it says nothing.
    Courtesy,
}

/// One sentence.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    /// As it was written, without mark-up.
    pub(super) text: String,
    /// For patterns.
    pub(super) flat: Flat,
    /// The heading above it, for patterns; mostly empty.
    pub(super) heading: String,
    /// Counted from 1.
    pub(super) line: usize,
    /// What it is.
    pub(super) place: Place,
}

impl Sentence {
    /// For patterns.
    pub(super) fn bytes(&self) -> &[u8] {
        self.flat.bytes()
    }

    /// With the heading that it answers: “Are my data safe?” – “Yes.”
    pub(super) fn headed(&self) -> String {
        if self.heading.is_empty() {
            self.flat.text.clone()
        } else {
            format!("{}: {}", self.heading, self.flat.text)
        }
    }

    /// The sentence, and its parts between commas, each by itself.
    pub(super) fn parts(&self) -> Vec<String> {
        let flat = &self.flat.text;
        let cut: Vec<&str> = flat
            .split([',', ';'])
            .flat_map(|part| part.split(" - "))
            .flat_map(|part| part.split(": "))
            .collect();
        let bare = |part: &&str| part.trim().trim_end_matches(['.', '!', '?']).to_owned();
        let parts = cut.iter().map(bare).filter(|part| !part.is_empty());
        let headed = |part: String| {
            if self.heading.is_empty() { part } else { format!("{}: {part}", self.heading) }
        };
        parts.map(headed).collect()
    }
}

/// Lines that belong together.
#[derive(Default)]
struct Paragraph {
    text: String,
    line: usize,
}

struct Reading<'a> {
    lexicon: &'a Lexicon,
    heading: String,
    sentences: Vec<Sentence>,
}

/// Whether the line is an entry of a list: `- `, `• `, `2) `.
fn is_entry(line: &str) -> bool {
    let (mark, rest) = line.split_once(' ').unwrap_or_default();
    let number = mark.strip_suffix(')').is_some_and(|number| number.parse::<u8>().is_ok());
    !rest.is_empty() && (number || matches!(mark, "-" | "*" | "•" | "·" | "–" | ">"))
}

/// The heading in a line such as `## What works` or `**What works**`.
fn heading_in(line: &str) -> Option<&str> {
    let bare = |text: &&str| !text.contains(|sign: char| sign == '*' || sign.is_ascii_digit());
    let bold = || line.strip_prefix("**")?.strip_suffix("**").filter(bare);
    let head = line.starts_with('#').then(|| line.trim_start_matches('#')).or_else(bold)?;
    Some(head.trim().trim_end_matches(':'))
}

/// Lines that are shorter than this are whole, where none was meant to wrap.
const WRAP: usize = 50;
/// A headline has at most so many words.
const HEADLINE_WORDS: usize = 16;

/// Takes a text apart.
pub(super) fn sentences(text: &str, lexicon: &Lexicon) -> Vec<Sentence> {
    let mut reading = Reading { lexicon, heading: String::new(), sentences: Vec::new() };
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut open = Paragraph::default();
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or_default();
    for (at, line) in lines.iter().enumerate() {
        let number = at + 1;
        if let Some(head) = line.strip_prefix("# ").or_else(|| lexicon.headline_in(line)) {
            reading.close(&mut open);
            reading.add(head, number, Place::Headline);
        } else if let Some(heading) = heading_in(line).filter(|_| at > first) {
            reading.close(&mut open);
            reading.heading = Flat::of(heading).text;
        } else if line.is_empty() {
            reading.close(&mut open);
        } else if at == first && reading.is_headline(line, lines.get(at + 1)) {
            reading.add(line, number, Place::Headline);
        } else if lexicon.courtesy.is_match(Flat::of(line).bytes()) {
            reading.close(&mut open);
            reading.add(line, number, Place::Courtesy);
        } else {
            if is_entry(line) || !continues(&open.text, line) {
                reading.close(&mut open);
            }
            open.join(line, number);
        }
    }
    reading.close(&mut open);
    reading.sentences
}

/// Whether this line goes on with the sentence of the lines before it.
fn continues(before: &str, line: &str) -> bool {
    let last = before.lines().next_back().unwrap_or_default();
    let small = line.chars().next().is_some_and(char::is_lowercase);
    small || last.ends_with([':', ',']) || last.chars().count() >= WRAP
}

impl Paragraph {
    fn join(&mut self, line: &str, number: usize) {
        if self.text.is_empty() {
            self.line = number;
        } else {
            self.text.push('\n');
        }
        self.text.push_str(line);
    }
}

impl Reading<'_> {
    fn is_headline(&self, line: &str, next: Option<&&str>) -> bool {
        let Some(next) = next else { return false };
        let whole = line.ends_with(['.', '!', '?', ',', ':', ';']);
        let short = line.split_whitespace().count() <= HEADLINE_WORDS;
        let small = next.chars().next().is_some_and(char::is_lowercase);
        let wraps = !next.is_empty() && line.chars().count() >= WRAP;
        let courtesy = self.lexicon.courtesy.is_match(Flat::of(line).bytes());
        short && !whole && !small && !wraps && !courtesy && !is_entry(line)
    }

    fn add(&mut self, text: &str, line: usize, place: Place) {
        let text: String = text.chars().filter(|sign| !matches!(sign, '*' | '`' | '_')).collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().any(char::is_alphanumeric) {
            let flat = Flat::of(&text);
            let heading = self.heading.clone();
            self.sentences.push(Sentence { text, flat, heading, line, place });
        }
    }

    fn close(&mut self, open: &mut Paragraph) {
        let Paragraph { text, line } = std::mem::take(open);
        let mut begin = 0;
        let mut number = line;
        for end in ends(&text, self.lexicon) {
            let part = text.get(begin..end).unwrap_or_default();
            let blank = part.chars().take_while(|sign| sign.is_whitespace());
            let at = number + blank.filter(|sign| *sign == '\n').count();
            let part_text = part.trim_start();
            self.add(
                part_text.strip_prefix(['-', '*', '•', '>']).unwrap_or(part_text),
                at,
                Place::Body,
            );
            number += part.matches('\n').count();
            begin = end;
        }
    }
}

/// Where the sentences of a paragraph end.
fn ends(text: &str, lexicon: &Lexicon) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        if !matches!(sign, '.' | '!' | '?' | '…') {
            continue;
        }
        let mut end = at + sign.len_utf8();
        while let Some((at, sign)) = signs.next_if(|(_, sign)| {
            matches!(sign, '.' | '!' | '?' | '“' | '”' | '"' | ')' | '’' | '«' | '*')
        }) {
            end = at + sign.len_utf8();
        }
        let rest = text.get(end..).unwrap_or_default();
        if !rest.starts_with(char::is_whitespace) {
            continue;
        }
        let before = text.get(..at).unwrap_or_default();
        if stops(before, sign, rest.trim_start(), lexicon) {
            ends.push(end);
        }
    }
    if ends.last() != Some(&text.len()) {
        ends.push(text.len());
    }
    ends
}

/// Whether a sentence ends between what stands before this sign and what follows.
fn stops(before: &str, sign: char, rest: &str, lexicon: &Lexicon) -> bool {
    let next = Flat::of(rest.split_whitespace().next().unwrap_or_default()).text;
    if rest.chars().next().is_some_and(char::is_lowercase) {
        return false;
    }
    if sign != '.' {
        return true;
    }
    let word =
        before.rsplit(|sign: char| sign.is_whitespace() || sign == '(').next().unwrap_or_default();
    let starts = lexicon.starter.is_match(next.as_bytes());
    let one_letter = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    let tail = before.char_indices().rev().nth(16).map_or(0, |(at, _)| at);
    let counts = lexicon.ordinal.is_match(Flat::of(before.get(tail..).unwrap_or_default()).bytes());
    // “Back by 5 pm. We'll …”: such short forms may stand at the end, where a title cannot.
    let may_end =
        ["am", "pm", "etc", "usw", "hrs", "ltd", "inc"].contains(&word) || word.contains('.');
    if one_letter || lexicon.abbreviation.is_match(Flat::of(word).bytes()) {
        return starts && may_end;
    }
    !counts || starts
}
