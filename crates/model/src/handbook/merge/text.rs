//! Texts, put together line by line.

use super::pieces::{Piece, pieces};
use super::{Desk, Side};

/// Puts together what both made of a text.
pub(super) fn merge(desk: &mut Desk<'_>, base: &str, mine: &str, theirs: &str) -> String {
    let lines =
        |text: &'_ str| -> Vec<String> { text.split_inclusive('\n').map(str::to_owned).collect() };
    let (base, mine, theirs) = (lines(base), lines(mine), lines(theirs));
    let mut text = String::new();
    for piece in pieces(&base, &mine, &theirs) {
        let lines = match piece {
            Piece::Settled(lines) => lines,
            Piece::Open { at, base, mine, theirs } => {
                let said = |lines: &[String]| Some(lines.concat()).filter(|text| !text.is_empty());
                let (old, one, two) = (said(base), said(mine), said(theirs));
                let place = format!("line {}", at + 1);
                match desk.choose(&place, old.as_deref(), one.as_deref(), two.as_deref()) {
                    Side::Mine => mine,
                    Side::Theirs => theirs,
                }
            }
        };
        text.push_str(&lines.concat());
    }
    text
}
