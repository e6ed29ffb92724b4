//! The badge: sign, shape, word, colour. An SVG without style and script, right in any font.

use askama::Template;
use model::language::list;

use super::Told;
use super::ruler::{Line, cut};
use crate::page::feed::clean;
use crate::page::scene::Scene;

/// The drawings of the page.
const SHAPES: &str = include_str!("../../../templates/shapes.svg");
/// The widest state in pixels; longer ones are cut.
const WIDEST: u32 = 260;

#[derive(Template)]
#[template(path = "badge.svg", escape = "html")]
struct Plate {
    tag: &'static str,
    title: String,
    note: String,
    width: u32,
    /// Where the sign's half ends and the state's half begins.
    middle: u32,
    brand: Line,
    said: Line,
    ground: &'static str,
    ink: &'static str,
    sign: String,
    shape: String,
}

/// The badge as SVG.
pub(in crate::page) fn badge(scene: &Scene<'_>) -> askama::Result<String> {
    let told = Told::of(scene);
    let words = scene.words;
    let about: Vec<&str> = told.about.iter().map(String::as_str).collect();
    let state = match about.as_slice() {
        [] => told.state.word.to_owned(),
        names => format!("{}: {}", told.state.word, list(names, words.and)),
    };
    let state = safe(&state);
    let others = if told.others > 0 { format!(" +{}", told.others) } else { String::new() };
    let said = cut(&state, &others, WIDEST);
    let brand = cut(&safe(words.page.brand), "", WIDEST);
    let middle = 29 + brand.width + 8;
    let (ground, ink) = colours(told.state.shape);
    let note = [told.note.text.as_str(), if told.note.stale { words.page.then_stale } else { "" }];
    Plate {
        tag: words.tag,
        title: format!("{} {}: {state}{others}", safe(&scene.page.community), words.page.brand),
        note: safe(note.join(" ").trim()),
        width: middle + 26 + said.width + 9,
        middle,
        brand,
        said,
        ground,
        ink,
        sign: drawing(told.sign.id(), "#131b27"),
        shape: drawing(&format!("s-{}", told.state.shape), ground),
    }
    .render()
}

/// Ground and ink by the shape of a state: at least 7 : 1.
fn colours(shape: &str) -> (&'static str, &'static str) {
    match shape {
        "operational" => ("#dceeeb", "#0b514e"),
        "degraded" => ("#f7ead0", "#634200"),
        "partial" => ("#fbe3d3", "#7d3200"),
        "maintenance" => ("#dfe8fa", "#234588"),
        "blind" => ("#e7e4ee", "#4a425d"),
        _ => ("#8a0a27", "#ffffff"),
    }
}

/// A drawing of the page with its colours written out: an image knows no stylesheet.
fn drawing(id: &str, ground: &str) -> String {
    let symbol = SHAPES.split("<symbol ").find(|one| one.starts_with(&format!("id=\"{id}\"")));
    let inner = symbol.and_then(|one| one.split_once('>')?.1.split("</symbol>").next());
    let plain = inner.unwrap_or_default().replace("var(--knock)", ground);
    plain.replace("var(--light)", "#ffd24a").replace("var(--led)", "#8ff0c0")
}

/// What an image may show of a text: no control characters, and none that turn the direction of
/// what follows.
fn safe(text: &str) -> String {
    let turns = |c| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let text = clean(text).replace(['\n', '\t'], " ");
    text.chars().filter(|c| !turns(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn light(colour: &str) -> f64 {
        let part = |at: usize| {
            let value = u8::from_str_radix(&colour[at..at + 2], 16).map_or(0.0, f64::from) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.0722f64.mul_add(part(5), 0.2126f64.mul_add(part(1), 0.7152 * part(3)))
    }

    #[test]
    fn every_state_can_be_read_on_its_ground_and_has_a_drawing() {
        for shape in ["operational", "degraded", "partial", "major", "maintenance", "blind"] {
            let (ground, ink) = colours(shape);
            let (one, two) = (light(ground) + 0.05, light(ink) + 0.05);
            let contrast = one.max(two) / one.min(two);
            assert!(contrast >= 7.0, "{shape}: {contrast}");
            let drawn = drawing(&format!("s-{shape}"), ground);
            assert!(drawn.starts_with('<') && !drawn.contains("var("), "{shape}: {drawn}");
        }
        for sign in ["sign", "sign-ready", "sign-dark"] {
            assert!(drawing(sign, "#131b27").starts_with("<path"), "{sign}");
        }
    }
}
