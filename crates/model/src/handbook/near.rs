//! "Did you mean …": the known word that is nearest to a written one.

/// The word among `known` that is so near that it was probably meant.
pub(super) fn nearest<'k>(
    written: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> Option<&'k str> {
    let length = written.chars().count();
    if length > 60 {
        return None;
    }
    let close = (length / 3).max(1);
    let distances = known.into_iter().map(|word| (distance(written, word), word));
    distances.filter(|(steps, _)| *steps <= close).min().map(|(_, word)| word)
}

/// Steps of inserting, leaving out, changing or swapping neighbours (optimal string alignment).
fn distance(from: &str, to: &str) -> usize {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let mut rows = vec![vec![0; to.len() + 1]; from.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    rows[0] = (0..=to.len()).collect();
    for i in 1..=from.len() {
        for j in 1..=to.len() {
            let change = usize::from(from[i - 1] != to[j - 1]);
            let mut best =
                (rows[i - 1][j - 1] + change).min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[from.len()][to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_the_word_that_was_meant() {
        let known = ["rhythm", "remind", "hold"];
        for (written, meant) in
            [("rythm", Some("rhythm")), ("reminde", Some("remind")), ("hlod", Some("hold"))]
        {
            assert_eq!(nearest(written, known), meant, "{written}");
        }
        assert_eq!(nearest("audiences", known), None);
    }
}
