//! Return addresses that tell who it was (variable envelope return path): a mail that comes back
//! names its dispatch and its recipient, and nobody can make up such an address.
//!
//! A token is `dispatch-recipient-tag`, in lower-case base 36, as some servers on the way write
//! addresses small. With the numbers at their largest it takes 42 of the 64 characters that may stand
//! before the `@`.

use super::smtp::Mailbox;
use crate::sign::SigningKey;

/// How many characters the tag has: 5 bits each, so 70 bits to guess.
const TAG: usize = 14;

/// 32 characters that survive a change of case.
const LETTERS: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";

/// Whose mail came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Returned {
    /// The dispatch's row.
    pub dispatch: i64,
    /// The recipient's id.
    pub recipient: i64,
}

/// The token for one recipient of one dispatch: the same at each repeat.
#[must_use]
pub fn encode(key: &SigningKey, dispatch: i64, recipient: i64) -> String {
    let (dispatch, recipient) = (small(dispatch), small(recipient));
    let tag = tag(key, &dispatch, &recipient);
    format!("{dispatch}-{recipient}-{tag}")
}

/// Whom a token names; none where this key did not make it.
#[must_use]
pub fn decode(key: &SigningKey, token: &str) -> Option<Returned> {
    let token = token.to_ascii_lowercase();
    let mut parts = token.split('-');
    let (dispatch, recipient, given) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || !same(&tag(key, dispatch, recipient), given) {
        return None;
    }
    let number = |text: &str| i64::from_str_radix(text, 36).ok();
    Some(Returned { dispatch: number(dispatch)?, recipient: number(recipient)? })
}

/// The return address: `bounces@shop.example` and a token give `bounces+token@shop.example`.
/// An address that would become too long for a mail server stays as it is.
#[must_use]
pub fn return_address(bounces: &Mailbox, token: &str) -> Mailbox {
    let (local, domain) = (bounces.local(), bounces.domain());
    Mailbox::parse(&format!("{local}+{token}@{domain}")).unwrap_or_else(|_| bounces.clone())
}

/// The token in a return address: what stands between the `+` and the `@`, if the address belongs to
/// `bounces`.
#[must_use]
pub fn token<'a>(bounces: &Mailbox, address: &'a str) -> Option<&'a str> {
    let (local, domain) = address.trim().trim_matches(['<', '>']).rsplit_once('@')?;
    let name = bounces.local();
    let begins = local.get(..name.len())?.eq_ignore_ascii_case(name);
    if !begins || !domain.eq_ignore_ascii_case(bounces.domain()) {
        return None;
    }
    local.get(name.len()..)?.strip_prefix('+').filter(|token| !token.is_empty())
}

fn tag(key: &SigningKey, dispatch: &str, recipient: &str) -> String {
    let hash = key.bytes(&["bounce", dispatch, recipient]);
    hash.iter().take(TAG).map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
}

/// Takes equally long wherever they differ.
fn same(one: &str, other: &str) -> bool {
    let differs = one.bytes().zip(other.bytes()).fold(0, |seen, (a, b)| seen | (a ^ b));
    one.len() == other.len() && differs == 0
}

/// A number in base 36; rows are never negative.
fn small(number: i64) -> String {
    let mut rest = number.unsigned_abs();
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(rest % 36).unwrap_or(0);
        digits.push(char::from_digit(digit, 36).unwrap_or('0'));
        rest /= 36;
        if rest == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn a_returned_mail_names_its_dispatch_and_recipient_however_the_address_was_written() {
        let (key, bounces) =
            (SigningKey::new(b"one"), Mailbox::parse("Bounces@a.example").unwrap());
        for (dispatch, recipient) in [(0, 0), (1, 2), (36, 35), (i64::MAX, i64::MAX)] {
            let made = encode(&key, dispatch, recipient);
            let address = return_address(&bounces, &made);
            assert!(address.local().len() <= 64 && address.as_str().contains(&made));
            let whom = Some(Returned { dispatch, recipient });
            for written in [
                address.as_str().to_owned(),
                address.as_str().to_uppercase(),
                format!("<{}>", address.as_str().to_lowercase()),
            ] {
                assert_eq!(decode(&key, token(&bounces, &written).unwrap()), whom, "{written}");
            }
        }
    }

    #[test]
    fn a_token_that_was_made_up_names_nobody() {
        let key = SigningKey::new(b"one");
        let good = encode(&key, 12, 3456);
        assert!(decode(&SigningKey::new(b"two"), &good).is_none());
        let (begin, tag) = good.rsplit_once('-').unwrap();
        let (dispatch, recipient) = begin.split_once('-').unwrap();
        for bad in [
            String::new(),
            begin.to_owned(),
            format!("{dispatch}-1-{tag}"),
            format!("1-{recipient}-{tag}"),
            format!("{dispatch}{recipient}--{tag}"),
            format!("{good}0"),
            format!("{good}-0"),
            good[..good.len() - 1].to_owned(),
            format!("-{good}"),
        ] {
            assert!(decode(&key, &bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn only_an_address_of_ours_has_a_token() {
        let bounces = Mailbox::parse("bounces@a.example").unwrap();
        for (address, found) in [
            ("bounces+x-y-z@a.example", Some("x-y-z")),
            ("bounces@a.example", None),
            ("bounces+@a.example", None),
            ("bounces+x@b.example", None),
            ("bouncer+x@a.example", None),
            ("bounces2+x@a.example", None),
            ("", None),
        ] {
            assert_eq!(token(&bounces, address), found, "{address}");
        }
    }

    #[test]
    fn an_address_that_would_become_too_long_stays_as_it_is() {
        let long = Mailbox::parse(&format!("{}@a.example", "b".repeat(60))).unwrap();
        let made = encode(&SigningKey::new(b"one"), 1, 1);
        assert_eq!(return_address(&long, &made), long);
    }
}
