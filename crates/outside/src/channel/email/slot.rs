//! Places in a finished mail where something personal is set in.
//!
//! Text is coded as quoted-printable (RFC 2045), where a line may be broken anywhere by `=` at its
//! end. Each personal piece gets lines of its own between two such breaks, so neither it nor what
//! stands around it depends on how long it is, and only the piece itself is left to be coded.

use memchr::memmem;
use quoted_printable::{InputMode, Options};

/// How long a line becomes: one less than allowed, for the `=` of the break that may follow.
const LONGEST: usize = 75;

/// How a place is written in text that is coded already, its number behind it: no coded text has
/// this, as `=` stands only before a line's end or two digits there.
const PLACE: &[u8] = b"=!";

/// A finished mail with places.
#[derive(Debug, Clone)]
pub(super) struct Slots {
    /// What stands before each place, and the number of what is set in there.
    before: Vec<(Vec<u8>, usize)>,
    last: Vec<u8>,
}

/// The text as it goes into a part. The marks become the places numbered from `first`.
pub(super) fn coded(text: &str, marks: &[String; 2], first: usize) -> Vec<u8> {
    let text = text.replace("\r\n", "\n").replace('\n', "\r\n");
    let mut out = Vec::with_capacity(text.len() * 5 / 4);
    let mut rest = text.as_str();
    loop {
        let found = marks.iter().enumerate().filter_map(|(number, mark)| {
            let at = rest.find(mark.as_str()).filter(|_| !mark.is_empty())?;
            Some((at, number, mark.len()))
        });
        let Some((at, number, length)) = found.min() else { break };
        code(&rest[..at], &mut out);
        if !out.is_empty() && !out.ends_with(b"\r\n") {
            out.extend_from_slice(b"=\r\n");
        }
        out.extend_from_slice(PLACE);
        out.push(b'0' + u8::try_from(first + number).unwrap_or(0));
        rest = &rest[at + length..];
        if !rest.is_empty() {
            out.extend_from_slice(b"=\r\n");
        }
    }
    code(rest, &mut out);
    out
}

fn code(text: &str, out: &mut Vec<u8>) {
    let options = Options::default().line_length_limit(LONGEST).input_mode(InputMode::Text);
    out.extend_from_slice(quoted_printable::encode_with_options(text, options).as_bytes());
}

impl Slots {
    /// Finds the places in a mail's body; its headers have none.
    pub(super) fn new(mail: &[u8]) -> Self {
        let head = memmem::find(mail, b"\r\n\r\n").unwrap_or(0);
        let mut before = Vec::new();
        let mut begin = 0;
        for at in memmem::find_iter(&mail[head..], PLACE) {
            let (at, number) = (head + at, head + at + PLACE.len());
            before.push((mail[begin..at].to_vec(), usize::from(mail[number] - b'0')));
            begin = number + 1;
        }
        Self { before, last: mail[begin..].to_vec() }
    }

    /// How many bytes stand around the places.
    pub(super) fn len(&self) -> usize {
        self.before.iter().map(|(bytes, _)| bytes.len()).sum::<usize>() + self.last.len()
    }

    /// The mail with these texts in the places of their numbers.
    pub(super) fn fill(&self, texts: [&str; 4], out: &mut Vec<u8>) {
        for (bytes, number) in &self.before {
            out.extend_from_slice(bytes);
            code(texts.get(*number).copied().unwrap_or_default(), out);
        }
        out.extend_from_slice(&self.last);
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use proptest::prelude::*;
    use quoted_printable::ParseMode;

    use super::*;

    proptest! {
        /// Whatever stands around a place and is set in there, readers see the plain text.
        #[test]
        fn a_text_with_places_reads_as_if_it_had_been_written_in_one_go(
            pieces in prop::array::uniform5("[ -~\u{e4}\n]{0,100}"),
            texts in prop::array::uniform2("https://[a-z=&?.~_-]{1,150}"),
        ) {
            let [a, b, c, d, e] = &pieces;
            let [one, two] = &texts;
            let marks = ["\u{f8f0}1".to_owned(), "\u{f8f0}2".to_owned()];
            let [first, second] = &marks;
            let marked = format!("{a}{first}{b}{second}{c}{second}{d}{first}{e}");
            let mut mail = b"Subject: =!0\r\n\r\n".to_vec();
            mail.extend(coded(&marked, &marks, 2));
            let mut out = Vec::new();
            Slots::new(&mail).fill(["no", "no", one, two], &mut out);
            let body = out.strip_prefix(b"Subject: =!0\r\n\r\n").unwrap();
            for line in body.split(|byte| *byte == b'\n') {
                prop_assert!(line.len() <= 77, "{}", String::from_utf8_lossy(line));
            }
            let read = quoted_printable::decode(body, ParseMode::Strict).unwrap();
            let whole = format!("{a}{one}{b}{two}{c}{two}{d}{one}{e}").replace('\n', "\r\n");
            prop_assert_eq!(String::from_utf8(read).unwrap(), whole);
        }
    }
}
