//! The curve of reach as a drawing: how many had it after how long.

use askama::Template;
use engine::reach::Reached;
use model::reach::MOMENTS;
use model::value::Span;

use super::super::Scene;

/// More steps than can be told apart on a wide screen.
const STEPS: usize = 200;
/// The drawing is stretched to the room that there is; these are its own units.
const WIDTH: u64 = 1000;
const HEIGHT: u64 = 300;

/// Whole lengths of time, so that the axis stays for a while as it is.
const AXES: [u64; 16] =
    [5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 28_800, 57_600, 86_400];

/// A curve with what is said of it.
#[derive(Template)]
#[template(path = "console/room/chart.html")]
pub(super) struct Chart {
    /// "Half of them had it after 2 seconds, 90 % after 40 seconds."
    said: String,
    label: String,
    top: String,
    reached: String,
    line: String,
    area: String,
    /// Where the line ends.
    end: String,
    /// The heights of half and nine tenths.
    half: u64,
    most: u64,
    from: String,
    middle: String,
    to: String,
}

/// The drawing; none while nobody has it.
pub(super) fn chart(scene: &Scene, reached: &Reached) -> Option<Chart> {
    let (words, count) = (scene.words.reach, scene.words.room.count);
    let curve = &reached.curve;
    let points = curve.drawn(STEPS);
    let last = points.last()?;
    let elapsed = match reached.sum.open {
        0 => last.after,
        _ => scene.now.since(reached.at).max(last.after),
    };
    let axis = axis(elapsed);
    let x = |span: Span| scaled(span.as_millis(), axis.as_millis(), WIDTH);
    let y = |reached: u64| HEIGHT - scaled(reached, curve.planned, HEIGHT);
    let mut line = format!("M0 {HEIGHT}");
    for point in &points {
        line.push_str(&format!(" H{} V{}", x(point.after), y(point.reached)));
    }
    // Nobody more had it until now, or ever.
    line.push_str(&format!(" H{}", x(elapsed)));
    let shares = said(scene, reached);
    let (have, planned) = (count(last.reached), count(curve.planned));
    let moment = |part: u64| {
        let at = reached.at.after(Span::from_micros(axis.micros() / 2 * i64::try_from(part).ok()?));
        Some(scene.zone().digits(at, axis < Span::minutes(20)))
    };
    Some(Chart {
        label: (words.curve)(&have, &planned, &shares),
        said: shares,
        top: (words.of_planned)(&planned),
        reached: (words.have_it)(&have),
        area: format!("{line} V{HEIGHT} Z"),
        end: format!("M{} {}h0", x(elapsed), y(last.reached)),
        line,
        half: y(curve.planned / 2),
        most: y(curve.planned * 9 / 10),
        from: moment(0)?,
        middle: moment(1)?,
        to: moment(2)?,
    })
}

/// "Half of them had it after 2 seconds, 90 % after 40 seconds."
pub(super) fn said(scene: &Scene, reached: &Reached) -> String {
    let words = scene.words.reach;
    let mut parts = Vec::new();
    for percent in MOMENTS {
        let Some(after) = reached.curve.after(percent) else { break };
        // Nobody is said to have had it earlier than they did.
        let span = (scene.words.span)(after.as_millis().div_ceil(1_000).max(1));
        parts.push(match percent {
            50 => (words.half_after)(&span),
            _ => (words.share_after)(percent, &span),
        });
    }
    if parts.is_empty() { words.not_half.to_owned() } else { format!("{}.", parts.join(", ")) }
}

fn axis(elapsed: Span) -> Span {
    let found = AXES.iter().map(|seconds| Span::seconds(*seconds)).find(|one| *one >= elapsed);
    found.unwrap_or(elapsed)
}

fn scaled(part: u64, whole: u64, length: u64) -> u64 {
    let exact = u128::from(part) * u128::from(length) / u128::from(whole.max(1));
    u64::try_from(exact).unwrap_or(length).min(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_is_a_whole_length_of_time_that_holds_the_curve() {
        assert_eq!(axis(Span::millis(1)), Span::seconds(5));
        assert_eq!(axis(Span::seconds(61)), Span::minutes(2));
        assert_eq!(axis(Span::minutes(2)), Span::minutes(2));
        assert_eq!(axis(Span::minutes(5_000)), Span::minutes(5_000));
    }

    #[test]
    fn the_drawing_stays_in_its_frame_whatever_is_counted() {
        assert_eq!(scaled(u64::MAX, 1, 300), 300);
        assert_eq!(scaled(1, 0, 300), 300);
        assert_eq!(scaled(500_000, 1_000_000, 300), 150);
    }
}
