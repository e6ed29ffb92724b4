use std::fmt;
use std::str::FromStr;

/// A telephone number with its country, as E.164 writes it: `+` and at most 15 digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

/// Why a text is no number that can be called from everywhere.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPhone {
    /// Without the country nobody knows where it rings.
    #[error("“{0}” has no country: write it like +49 30 1234567")]
    NoCountry(String),
    /// Something else.
    #[error("“{0}” is no telephone number: write it like +49 30 1234567")]
    NoNumber(String),
}

/// The fewest digits after the `+` that we take for a number; E.164 names no least length.
const FEWEST: usize = 7;
/// The most digits (E.164, section 6.2.1).
const MOST: usize = 15;

impl Phone {
    /// The number as E.164 writes it: `+4930123456`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digits without the `+`.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0[1..]
    }

    /// Enough to know it, too little to give it away: `+49…456`.
    #[must_use]
    pub fn masked(&self) -> String {
        format!("{}…{}", &self.0[..3], &self.0[self.0.len() - 3..])
    }
}

impl FromStr for Phone {
    type Err = BadPhone;

    /// Takes numbers as people write them: `+49 (0)30 123-456`, `0049 30 123456`.
    fn from_str(text: &str) -> Result<Self, BadPhone> {
        let shown = || text.chars().take(40).collect::<String>();
        let bare: String =
            text.replace("(0)", "").chars().filter(|c| !" \u{a0}-/().".contains(*c)).collect();
        let digits = match bare.strip_prefix('+').or_else(|| bare.strip_prefix("00")) {
            Some(digits) => digits,
            None if !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit()) => {
                return Err(BadPhone::NoCountry(shown()));
            }
            None => return Err(BadPhone::NoNumber(shown())),
        };
        let fits = (FEWEST..=MOST).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && !digits.starts_with('0');
        if fits { Ok(Self(format!("+{digits}"))) } else { Err(BadPhone::NoNumber(shown())) }
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn however_people_write_a_number_it_is_the_same_number() {
        for text in ["+4930123456", " +49 30 123456", "0049 30/123-456", "+49 (0)30 123.456"] {
            assert_eq!(text.parse::<Phone>().unwrap().as_str(), "+4930123456", "{text}");
        }
        assert_eq!("+4930123456".parse::<Phone>().unwrap().digits(), "4930123456");
        assert_eq!("+4930123456".parse::<Phone>().unwrap().masked(), "+49…456");
    }

    #[test]
    fn a_number_without_its_country_is_refused_and_so_is_what_is_none() {
        for text in ["030 123456", "110"] {
            let why = text.parse::<Phone>().unwrap_err();
            assert!(matches!(why, BadPhone::NoCountry(_)), "{text} {why:?}");
        }
        for text in [
            "",
            "+",
            "+0301234567",
            "+49 30 12a456",
            "+123456",
            "+1234567890123456",
            "erika",
            "++49",
        ] {
            let why = text.parse::<Phone>().unwrap_err();
            assert!(matches!(why, BadPhone::NoNumber(_)), "{text} {why:?}");
        }
    }
}
