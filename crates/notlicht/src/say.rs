//! How the program speaks at the command line.

use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use anstyle::{AnsiColor, Color, Style};
use engine::EngineError;
use model::handbook::{Fault, Files};
use model::language::Language;

const fn colour(colour: AnsiColor) -> Style {
    Style::new().fg_color(Some(Color::Ansi(colour)))
}

/// Good news.
pub const GOOD: Style = colour(AnsiColor::Green).bold();
/// Bad news.
pub const BAD: Style = colour(AnsiColor::Red).bold();
/// Look here: the light.
pub const LIGHT: Style = colour(AnsiColor::Yellow).bold();
/// Beside the point.
pub const QUIET: Style = Style::new().dimmed();

/// An error as people read it: what, and below it why.
#[must_use]
pub fn failure(why: &anyhow::Error) -> String {
    let mut out = format!("{BAD}error{BAD:#}: {why}");
    let mut last = why.to_string();
    for cause in why.chain().skip(1) {
        let text = cause.to_string();
        // Many errors say their cause themselves.
        if !last.contains(&text) {
            let _ = write!(out, "\n  because: {text}");
        }
        last = text;
    }
    if let Some(EngineError::Faults(faults)) = why.downcast_ref() {
        for fault in faults {
            let _ = write!(out, "\n{fault}");
        }
    }
    out
}

/// Every fault with the text that it is about.
#[must_use]
pub fn faults(faults: &[Fault], files: &Files) -> String {
    let renderer = Renderer::styled();
    let mut out = String::new();
    for fault in faults {
        let level = if fault.is_error() { Level::ERROR } else { Level::HELP.with_name("hint") };
        let title = level.primary_title(fault.what.get(Language::EN));
        let source = files.get(&fault.file).map_or("", String::as_str);
        let end = fault.span.end.min(source.len());
        let start = fault.span.start.min(end);
        let group = if source.is_empty() {
            title.element(annotate_snippets::Origin::path(fault.file.as_str()))
        } else {
            let mark = AnnotationKind::Primary.span(start..end).label(fault.help.get(Language::EN));
            title.element(Snippet::source(source).path(fault.file.as_str()).annotation(mark))
        };
        let advice = Level::HELP.message(fault.help.get(Language::EN));
        let group = if source.is_empty() { group.element(advice) } else { group };
        let _ = writeln!(out, "{}\n", renderer.render(&[group]));
    }
    out
}

/// What somebody typed, as a terminal may show it: a control character would act on the terminal of
/// whoever reads it.
#[must_use]
pub fn plain(typed: &str) -> String {
    typed.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// "1 error", "3 errors".
#[must_use]
pub fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// "1,234,567": long numbers are counted by eye.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
