//! The promise clock: a minute dial, drawn for the moment of rendering. It matches the clock on
//! the wall, so that it is true without a script.

use model::language::Zone;
use model::value::{Span, Timestamp};

/// What one minute of the dial is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Minute {
    /// Not part of this promise.
    Idle,
    /// Spent.
    Past,
    /// Left.
    Left,
    /// Past the promise.
    Late,
}

/// A mark on the dial, in a field of 200 × 200.
pub(crate) enum Mark {
    /// A dot at x and y.
    Dot(&'static str, String, String, &'static str),
    /// A stroke along a path.
    Stroke(String),
}

/// A dial ready to be drawn.
pub(crate) struct Dial {
    /// The sixty minutes.
    pub(crate) marks: Vec<Mark>,
    /// Where the promise stands.
    pub(crate) promise: Option<(String, String)>,
}

/// The minute of the hour and how it lies to a promise that was given at `from`.
pub(crate) fn minutes(
    from: Timestamp,
    now: Timestamp,
    promise: Timestamp,
    zone: &Zone,
) -> [Minute; 60] {
    let mut dial = [Minute::Idle; 60];
    let at = usize::try_from(zone.minute(now)).unwrap_or(0);
    let count = |span: Span| usize::try_from(span.as_minutes()).unwrap_or(60).min(60);
    if now >= promise {
        let late = count(now.since(promise)).min(59);
        let before = count(promise.since(from)).min(59 - late);
        let goal = usize::try_from(zone.minute(promise)).unwrap_or(0);
        for step in 0..before {
            dial[(goal + 60 - 1 - step) % 60] = Minute::Past;
        }
        for step in 0..late {
            dial[(goal + 1 + step) % 60] = Minute::Late;
        }
        return dial;
    }
    let left = count(promise.since(now));
    if promise.since(now) >= Span::minutes(60) {
        return dial;
    }
    let past = count(now.since(from)).min(59 - left);
    for step in 0..past {
        dial[(at + 60 - 1 - step) % 60] = Minute::Past;
    }
    for step in 0..left.max(1) {
        dial[(at + step) % 60] = Minute::Left;
    }
    dial
}

impl Dial {
    /// The dial of a promise.
    pub(crate) fn of(from: Timestamp, now: Timestamp, promise: Timestamp, zone: &Zone) -> Self {
        let minutes = minutes(from, now, promise, zone);
        let far = now < promise && promise.since(now) >= Span::minutes(60);
        let goal = usize::try_from(zone.minute(promise)).unwrap_or(0);
        let marks = minutes
            .into_iter()
            .enumerate()
            .filter(|(at, _)| far || *at != goal)
            .map(|(at, minute)| mark(at, minute))
            .collect();
        Self { marks, promise: (!far).then(|| point(goal, 87.0)) }
    }

    /// A dial without a promise.
    pub(crate) fn idle() -> Self {
        Self { marks: (0..60).map(|at| mark(at, Minute::Idle)).collect(), promise: None }
    }
}

/// The dial of a hold time: sixty strokes for the whole of it, those that are left as strokes.
pub(crate) fn countdown(left: Span, whole: Span) -> Dial {
    let whole = whole.micros().max(1);
    let strokes = (left.micros().min(whole) * 60 + whole - 1) / whole;
    let strokes = usize::try_from(strokes).unwrap_or(60);
    let minute = |at| if at < 60 - strokes { Minute::Past } else { Minute::Left };
    Dial { marks: (0..60).map(|at| mark(at, minute(at))).collect(), promise: None }
}

fn mark(at: usize, minute: Minute) -> Mark {
    let dot = |class, size| {
        let (x, y) = point(at, 88.0);
        Mark::Dot(class, x, y, size)
    };
    match minute {
        Minute::Idle => dot("dot-idle", "1.5"),
        Minute::Past => dot("dot-past", "2.7"),
        Minute::Late => dot("dot-late", "3.4"),
        Minute::Left => {
            let ((x1, y1), (x2, y2)) = (point(at, 80.0), point(at, 94.0));
            Mark::Stroke(format!("M{x1} {y1} {x2} {y2}"))
        }
    }
}

fn point(at: usize, radius: f64) -> (String, String) {
    let minute = u32::try_from(at % 60).unwrap_or(0);
    let (sin, cos) = (f64::from(minute) * std::f64::consts::PI / 30.0).sin_cos();
    (format!("{:.1}", radius.mul_add(sin, 100.0)), format!("{:.1}", radius.mul_add(-cos, 100.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: i64 = 1_795_521_600; // 2026-11-24T12:00:00Z

    fn at(minute: i64) -> Timestamp {
        Timestamp((BASE + minute * 60) * 1_000_000)
    }

    fn count(dial: &[Minute; 60], kind: Minute) -> usize {
        dial.iter().filter(|minute| **minute == kind).count()
    }

    #[test]
    fn the_dial_shows_the_minutes_spent_and_left_where_the_wall_clock_has_them() {
        let dial = minutes(at(2), at(11), at(30), &Zone::utc());
        assert_eq!(count(&dial, Minute::Past), 9);
        assert_eq!(count(&dial, Minute::Left), 19);
        assert_eq!((dial[1], dial[2], dial[11], dial[29]), {
            (Minute::Idle, Minute::Past, Minute::Left, Minute::Left)
        });
    }

    #[test]
    fn a_late_notice_counts_on_past_the_promise() {
        let dial = minutes(at(2), at(42), at(30), &Zone::utc());
        assert_eq!((count(&dial, Minute::Past), count(&dial, Minute::Late)), (28, 12));
    }

    #[test]
    fn no_moment_and_no_promise_break_the_dial() {
        for now in [-200, 0, 1, 59, 60, 61, 500] {
            for promise in [-90, 0, 1, 59, 60, 61, 119, 4000] {
                let dial = minutes(at(0), at(now), at(promise), &Zone::utc());
                assert!(count(&dial, Minute::Idle) >= 1, "{now} {promise}");
            }
        }
    }
}
