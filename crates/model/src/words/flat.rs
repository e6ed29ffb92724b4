//! A text made flat for patterns: small letters of ASCII, one blank between two words.
//!
//! So a pattern finds „Störung“, „Stoerung“ and „STÖRUNG“ alike, and the fast engine of the
//! patterns can be used, which knows no word boundaries beyond ASCII.

/// A flat text, and where each of its letters came from.
#[derive(Debug, Clone, Default)]
pub(super) struct Flat {
    /// Only ASCII.
    pub(super) text: String,
    /// For each byte of `text`, the byte of the original.
    from: Vec<usize>,
}

impl Flat {
    /// Makes a text flat.
    pub(super) fn of(text: &str) -> Self {
        let mut flat = Self { text: String::with_capacity(text.len() + 8), from: Vec::new() };
        for (at, sign) in text.char_indices() {
            // Kolleg:innen are Kolleginnen to a pattern.
            let gender =
                sign == ':' && text.get(at + 1..).is_some_and(|rest| rest.starts_with("in"));
            if gender && flat.text.ends_with(|letter: char| letter.is_ascii_alphabetic()) {
                continue;
            }
            match plain(sign) {
                Some(letters) => letters.chars().for_each(|letter| flat.push(letter, at)),
                None if sign.is_ascii_graphic() => flat.push(sign.to_ascii_lowercase(), at),
                // Blanks, pictures, and letters of other alphabets part words.
                None if !flat.text.ends_with(' ') && !flat.text.is_empty() => flat.push(' ', at),
                None => {}
            }
        }
        if flat.text.ends_with(' ') {
            flat.text.pop();
            flat.from.pop();
        }
        flat
    }

    fn push(&mut self, letter: char, at: usize) {
        self.text.push(letter);
        self.from.push(at);
    }

    /// For patterns.
    pub(super) fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// What stood at these flat letters in the original.
    pub(super) fn original<'a>(&self, text: &'a str, begin: usize, end: usize) -> &'a str {
        let from = |at: usize| self.from.get(at).copied().unwrap_or(text.len());
        text.get(from(begin)..from(end)).unwrap_or_default()
    }
}

/// How a letter beyond ASCII is written in it; `ß` and umlauts as German does.
fn plain(sign: char) -> Option<&'static str> {
    Some(match sign {
        'ä' | 'Ä' | 'æ' => "ae",
        'ö' | 'Ö' | 'ø' => "oe",
        'ü' | 'Ü' => "ue",
        'ß' | 'ẞ' => "ss",
        'é' | 'è' | 'ê' | 'ë' | 'É' => "e",
        'á' | 'à' | 'â' | 'å' | 'Á' => "a",
        'ó' | 'ò' | 'ô' => "o",
        'í' | 'ì' | 'î' | 'ï' => "i",
        'ú' | 'ù' | 'û' => "u",
        'ç' => "c",
        'ñ' => "n",
        '’' | '‘' | '‚' | '´' => "'",
        '“' | '”' | '„' | '«' | '»' => "\"",
        '–' | '—' | '‑' | '−' => "-",
        '…' => "...",
        _ => return None,
    })
}
