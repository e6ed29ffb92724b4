//! Two changes of the same parts, put together.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// What one side did to the base.
struct Side<'a> {
    kept: Vec<bool>,
    /// What it put in before the part of each number; the last is the end.
    added: Vec<&'a [&'a str]>,
}

fn side<'a>(base: &[&str], made: &'a [&'a str]) -> Side<'a> {
    let mut side = Side { kept: vec![false; base.len()], added: vec![&[]; base.len() + 1] };
    for change in capture_diff_slices(Algorithm::Myers, base, made) {
        match change {
            DiffOp::Equal { old_index, len, .. } => {
                for kept in side.kept.iter_mut().skip(old_index).take(len) {
                    *kept = true;
                }
            }
            DiffOp::Delete { .. } => {}
            DiffOp::Insert { old_index, new_index, new_len }
            | DiffOp::Replace { old_index, new_index, new_len, .. } => {
                if let (Some(slot), Some(parts)) =
                    (side.added.get_mut(old_index), made.get(new_index..new_index + new_len))
                {
                    *slot = parts;
                }
            }
        }
    }
    side
}

/// What both made of `base`, put together, part by part.
pub(super) fn merge<'a>(
    base: &[&'a str],
    mine: &'a [&'a str],
    theirs: &'a [&'a str],
) -> Vec<&'a str> {
    let (mine, theirs) = (side(base, mine), side(base, theirs));
    let mut out = Vec::new();
    for (at, (my, their)) in mine.added.iter().zip(&theirs.added).enumerate() {
        out.extend_from_slice(their);
        if my != their {
            out.extend_from_slice(my);
        }
        let kept = |side: &Side<'_>| side.kept.get(at).copied().unwrap_or(false);
        if let Some(part) = base.get(at).filter(|_| kept(&mine) && kept(&theirs)) {
            out.push(part);
        }
    }
    out
}
