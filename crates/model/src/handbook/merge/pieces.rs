//! Three sequences put side by side: pieces that are settled, and pieces that both changed.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A piece of the three sequences.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a, T> {
    /// Nobody changed it, one did, or both did alike.
    Settled(&'a [T]),
    /// Each changed it in another way.
    Open {
        /// Where it begins in the base.
        at: usize,
        base: &'a [T],
        mine: &'a [T],
        theirs: &'a [T],
    },
}

/// Where each part of the base stands in what was made of it.
fn places<T: Ord + std::hash::Hash + Clone>(base: &[T], made: &[T]) -> Vec<Option<usize>> {
    let mut places = vec![None; base.len()];
    for change in capture_diff_slices(Algorithm::Myers, base, made) {
        if let DiffOp::Equal { old_index, new_index, len } = change {
            for (at, place) in places.iter_mut().skip(old_index).take(len).enumerate() {
                *place = Some(new_index + at);
            }
        }
    }
    places
}

/// Puts three sequences side by side.
pub(super) fn pieces<'a, T: Ord + std::hash::Hash + Clone>(
    base: &'a [T],
    mine: &'a [T],
    theirs: &'a [T],
) -> Vec<Piece<'a, T>> {
    let (in_mine, in_theirs) = (places(base, mine), places(base, theirs));
    let mut found = Vec::new();
    let (mut from, mut my, mut their) = (0, 0, 0);
    let both = in_mine.iter().zip(&in_theirs).enumerate();
    let fixed = both.filter_map(|(at, (mine, theirs))| Some((at, (*mine)?, (*theirs)?)));
    for (at, to_mine, to_theirs) in fixed.chain([(base.len(), mine.len(), theirs.len())]) {
        let part =
            |all: &'a [T], range| all.get::<std::ops::Range<usize>>(range).unwrap_or_default();
        let (old, one, two) =
            (part(base, from..at), part(mine, my..to_mine), part(theirs, their..to_theirs));
        found.push(if one == two || two == old {
            Piece::Settled(one)
        } else if one == old {
            Piece::Settled(two)
        } else {
            Piece::Open { at: from, base: old, mine: one, theirs: two }
        });
        found.push(Piece::Settled(part(base, at..(at + 1).min(base.len()))));
        (from, my, their) = (at + 1, to_mine + 1, to_theirs + 1);
    }
    found.retain(|piece| !matches!(piece, Piece::Settled([])));
    found
}
