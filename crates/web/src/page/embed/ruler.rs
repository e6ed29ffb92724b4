//! How wide a text is, without the font: by the widths of Arial, which Helvetica and Liberation
//! Sans share and others come near. What remains is evened out by `textLength`.

/// A line of text with its width in pixels.
pub(super) struct Line {
    pub(super) text: String,
    pub(super) width: u32,
}

/// Pixels of a thousandth of an em at 12 px; the bold letters of a state are wider by a
/// fifteenth.
const PIXELS: f64 = 12.0 * 1.07 / 1000.0;

/// The text with its tail, cut with an ellipsis where it is wider than so many pixels. The tail is
/// never cut.
pub(super) fn cut(text: &str, tail: &str, widest: u32) -> Line {
    let limit = f64::from(widest) / PIXELS;
    let whole = format!("{text}{tail}");
    if measure(&whole) <= limit {
        return line(whole);
    }
    let room = limit - measure("…") - measure(tail);
    let mut sum = 0.0;
    let fits = |c: &char| {
        sum += width(*c);
        sum <= room
    };
    let kept: String = text.chars().take_while(fits).collect();
    line(format!("{}…{tail}", kept.trim_end_matches(|c: char| c.is_whitespace() || c == ',')))
}

fn line(text: String) -> Line {
    let mut width = 0;
    let pixels = (measure(&text) * PIXELS).ceil();
    while f64::from(width) < pixels {
        width += 1;
    }
    Line { text, width }
}

fn measure(text: &str) -> f64 {
    text.chars().map(width).sum()
}

/// In thousandths of an em.
fn width(c: char) -> f64 {
    match c {
        // Marks that sit on the letter before, and joiners.
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}' => 0.0,
        'i' | 'j' | 'l' | '\'' | '|' | 'í' | 'ì' | 'î' | 'ï' | 'ł' => 222.0,
        ' ' | 'f' | 't' | 'I' | '.' | ',' | ':' | ';' | '/' | '!' | '[' | ']' | '\u{a0}' => 278.0,
        'r' | '-' | '(' | ')' | '"' | '„' | '“' | '”' => 333.0,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' | 'ç' | 'š' | 'ž' => 500.0,
        'A' | 'B' | 'E' | 'K' | 'P' | 'S' | 'V' | 'X' | 'Y' | '&' | 'Ä' => 667.0,
        'F' | 'T' | 'Z' | 'L' | 'ß' => 611.0,
        'w' | 'C' | 'D' | 'H' | 'N' | 'R' | 'U' | 'Ü' => 722.0,
        'G' | 'O' | 'Q' | 'Ö' => 778.0,
        'm' | 'M' | '%' => 850.0,
        'W' => 944.0,
        '…' | '@' | '—' => 1000.0,
        // Scripts of full width, and pictures.
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{ffdc}' | '\u{1f000}'.. => 1000.0,
        'a'..='z' | '0'..='9' | '\u{df}'..='\u{24f}' => 556.0,
        _ => 640.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_and_keeps_its_tail() {
        let short = cut("Störung: Shop", "", 260);
        assert_eq!(short.text, "Störung: Shop");
        assert!((80..100).contains(&short.width), "{}", short.width);
        let long = cut(&"Störung: Anmeldung, App und Mitgliederverwaltung ".repeat(9), " +2", 260);
        assert!(long.text.ends_with("… +2"), "{}", long.text);
        assert!((220..=260).contains(&long.width), "{}", long.width);
        for text in
            ["", "漢字".repeat(99).as_str(), "👩‍👩‍👧".repeat(99).as_str(), "W".repeat(999).as_str()]
        {
            assert!(cut(text, "", 260).width <= 260);
        }
    }
}
