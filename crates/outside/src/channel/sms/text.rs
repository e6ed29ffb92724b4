//! What stands in a short message: as much as fits, each part of it paid for.
//!
//! A telephone network carries 160 characters of its own alphabet (GSM 03.38) in one message, or
//! 70 of any other. What is longer travels in parts of 153 or 67, which the telephone puts
//! together again (3GPP TS 23.040, section 9.2.3.24.1).

use model::notice::Kind;

use crate::channel::post::{Alert, Content, Notice, Post, Recipient};

/// Each of these takes one place in the alphabet of GSM 03.38.
const ONE: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
                   ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Each of these takes two.
const TWO: &str = "^{}\\[~]|€\u{c}";

/// Where a text was cut.
const CUT: &str = "...";

/// How a text is written on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alphabet {
    /// The telephone networks' own.
    Gsm,
    /// Any character, as UTF-16.
    Ucs2,
}

/// How many places a character takes; none where the alphabet does not have it.
fn places(c: char, alphabet: Alphabet) -> Option<usize> {
    match alphabet {
        Alphabet::Ucs2 => Some(c.len_utf16()),
        Alphabet::Gsm if ONE.contains(c) => Some(1),
        Alphabet::Gsm if TWO.contains(c) => Some(2),
        Alphabet::Gsm => None,
    }
}

/// The alphabet in which this text must be written.
#[must_use]
pub fn alphabet(text: &str) -> Alphabet {
    let is_gsm = text.chars().all(|c| places(c, Alphabet::Gsm).is_some());
    if is_gsm { Alphabet::Gsm } else { Alphabet::Ucs2 }
}

/// In how many parts this text travels. No character is torn apart between two.
#[must_use]
pub fn parts(text: &str) -> u32 {
    let alphabet = alphabet(text);
    let (whole, part) = match alphabet {
        Alphabet::Gsm => (160, 153),
        Alphabet::Ucs2 => (70, 67),
    };
    let sizes = || text.chars().filter_map(|c| places(c, alphabet));
    if sizes().sum::<usize>() <= whole {
        return 1;
    }
    let (mut parts, mut full) = (1, 0);
    for size in sizes() {
        if full + size > part {
            (parts, full) = (parts + 1, 0);
        }
        full += size;
    }
    parts
}

/// Typographic characters as the telephone networks have them: one dash from a text processor
/// would more than halve what fits.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '“' | '”' | '„' | '«' | '»' | '‟' => out.push('"'),
            '‘' | '’' | '‚' | '‹' | '›' | '`' | '´' => out.push('\''),
            '–' | '—' | '‐' | '‑' | '−' => out.push('-'),
            '…' => out.push_str(CUT),
            '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
            '→' => out.push_str("->"),
            '·' | '•' => out.push('*'),
            c if c.is_whitespace() || c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The message for one recipient in at most so many parts. Whatever must be cut, it still says
/// from whom it is, where there is more, and how it ends.
#[must_use]
pub fn compose(post: &Post, to: &Recipient, stop: Option<&str>, most: u32) -> String {
    let (head, more, link) = match &post.content {
        Content::Notice(notice) => said(post, notice),
        Content::Alert(alert) => asked(alert),
    };
    let mut head = plain(&format!("{}: {head}", post.community));
    if !head.ends_with(['.', '!', '?', ':']) {
        head.push('.');
    }
    let words = &post.language.words().short;
    let leave = match (&to.unsubscribe, stop) {
        (None, _) => None,
        (Some(_), Some(number)) => Some((words.stop)(number)),
        (Some(link), None) => Some((words.leave)(link)),
    };
    let tail: Vec<&str> = link.as_deref().into_iter().chain(leave.as_deref()).collect();
    fitted(&head, &plain(&more.join(" ")), &tail.join("\n"), most)
}

fn said(post: &Post, notice: &Notice) -> (String, Vec<String>, Option<String>) {
    let label = notice.kind.label(post.language);
    let headline = &notice.text.headline;
    let head = match notice.kind {
        Kind::Correction | Kind::AllClear if !headline.starts_with(label) => {
            format!("{label}: {headline}")
        }
        _ => headline.clone(),
    };
    let next = notice.next_update.map(|at| {
        let language = post.language;
        (language.words().short.next)(&post.zone.promise(at, language))
    });
    let facts = notice.text.facts(post.language).map(|(_, fact)| fact.to_owned());
    let more = next.into_iter().chain(notice.text.body.iter().cloned()).chain(facts);
    (head, more.collect(), Some(notice.link.clone()))
}

fn asked(alert: &Alert) -> (String, Vec<String>, Option<String>) {
    let link = alert.links.first().map(|(_, address)| address.clone());
    (alert.subject.clone(), alert.paragraphs.clone(), link)
}

/// Puts the pieces together; what is too long is cut at a word, first in the middle, then in the
/// head.
fn fitted(head: &str, more: &str, tail: &str, most: u32) -> String {
    let together = |head: &str, more: &str| {
        let begin = if more.is_empty() { head.to_owned() } else { format!("{head} {more}") };
        if tail.is_empty() { begin } else { format!("{begin}\n{tail}") }
    };
    let fits = |text: &String| parts(text) <= most;
    let whole = together(head, more);
    if fits(&whole) {
        return whole;
    }
    let cut = |text: &str, fill: &dyn Fn(&str) -> String| {
        let ends = text.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at);
        let ends: Vec<usize> = ends.collect();
        let short = |at: usize| {
            fill(&format!("{}{CUT}", text[..at].trim_end_matches([',', ';', ':', '-'])))
        };
        // The first that no longer fits; each longer one fits even less.
        let good = ends.partition_point(|at| fits(&short(*at)));
        ends[..good].last().map(|at| short(*at))
    };
    let in_the_middle = cut(more, &|more| together(head, more));
    let without = || Some(together(head, "")).filter(fits);
    let in_the_head = || cut(head, &|head| together(head, ""));
    in_the_middle.or_else(without).or_else(in_the_head).unwrap_or_else(|| together(head, ""))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn parts_are_counted_as_the_networks_count_them() {
        for (text, alphabet_of, count) in [
            ("a".repeat(160), Alphabet::Gsm, 1),
            ("a".repeat(161), Alphabet::Gsm, 2),
            ("a".repeat(306), Alphabet::Gsm, 2),
            ("a".repeat(307), Alphabet::Gsm, 3),
            ("€".repeat(80), Alphabet::Gsm, 1),
            ("€".repeat(81), Alphabet::Gsm, 2),
            // 76 of two places leave one place of the 153 empty.
            ("€".repeat(152), Alphabet::Gsm, 2),
            ("€".repeat(153), Alphabet::Gsm, 3),
            ("ä".repeat(160), Alphabet::Gsm, 1),
            ("č".repeat(70), Alphabet::Ucs2, 1),
            ("č".repeat(71), Alphabet::Ucs2, 2),
            ("č".repeat(134), Alphabet::Ucs2, 2),
            ("🔦".repeat(35), Alphabet::Ucs2, 1),
            // 33 pairs leave one of the 67 empty.
            ("🔦".repeat(66), Alphabet::Ucs2, 2),
            ("🔦".repeat(67), Alphabet::Ucs2, 3),
            (String::new(), Alphabet::Gsm, 1),
        ] {
            assert_eq!(alphabet(&text), alphabet_of, "{text}");
            assert_eq!(parts(&text), count, "{text}");
        }
    }

    #[test]
    fn a_dash_from_a_text_processor_does_not_halve_what_fits() {
        let text = plain("„Anmelden“ – geht\u{a0}nicht …\nMehr\u{ad}fach");
        assert_eq!(text, "\"Anmelden\" - geht nicht ... Mehrfach");
        assert_eq!(alphabet(&text), Alphabet::Gsm);
    }

    proptest! {
        #[test]
        fn what_must_be_cut_keeps_its_end_and_fits(
            head in "[a-zä]{1,12}( [a-zä€č]{1,12}){0,40}",
            more in "([a-z]{1,12} ){0,60}",
            tail in "https://[a-z]{3,30}/[a-z]{1,20}",
            most in 1u32..4,
        ) {
            let text = fitted(&head, more.trim(), &tail, most);
            prop_assert!(text.ends_with(&tail));
            prop_assert!(parts(&text) <= most, "{}", text);
            let first = head.split(' ').next().unwrap_or_default();
            prop_assert!(text.starts_with(first));
        }
    }
}
