//! What was measured, as a table. Every figure in it comes from a clock or a count.

use std::fmt::Write as _;

use model::notice::Kind;
use model::value::{Span, Timestamp};

use super::census::Told;
use crate::say::{BAD, GOOD, LIGHT, QUIET};

/// What was measured.
#[derive(Debug, Clone, Default)]
pub(super) struct Measured {
    /// When the probe was over that completed the verdict.
    pub(super) verdict: Timestamp,
    /// How long the first notice was held, by the plan.
    pub(super) hold: Span,
    /// Moments after the verdict, in the order in which they are told.
    pub(super) moments: Vec<Moment>,
    /// How many mails the sink had when the program was killed, and how long the page was away.
    pub(super) killed: Option<(u64, Option<Span>)>,
    /// How many people must be told.
    pub(super) people: usize,
    /// What became of each kind of notice.
    pub(super) told: Vec<(Kind, Told)>,
    /// What must not have happened and did.
    pub(super) faults: Vec<String>,
}

/// A moment.
#[derive(Debug, Clone)]
pub(super) struct Moment {
    /// What happened.
    pub(super) what: &'static str,
    /// When; nothing if it did not.
    pub(super) at: Option<Timestamp>,
    /// Whether it waits for the end of the hold time.
    pub(super) held: bool,
}

/// Kinds that everybody must have.
pub(super) const PROMISED: [Kind; 3] = [Kind::First, Kind::Update, Kind::AllClear];

impl Measured {
    /// How often somebody was not told something that everybody must be told.
    pub(super) fn lost(&self) -> usize {
        let told = |kind| self.told.iter().find(|(told, _)| *told == kind);
        PROMISED.map(|kind| told(kind).map_or(self.people, |(_, told)| told.lost)).iter().sum()
    }

    /// Whether everybody was told and nothing went wrong.
    pub(super) fn is_good(&self) -> bool {
        self.lost() == 0 && self.faults.is_empty()
    }

    /// The table, ending in the line that counts.
    pub(super) fn table(&self) -> String {
        let mut out = String::new();
        let hold = self.hold;
        let _ = writeln!(
            out,
            "{LIGHT}Measured{LIGHT:#}{:>35}{:>24}",
            "after the verdict",
            format!("beyond the {} s held", hold.as_seconds()),
        );
        let _ = writeln!(out, "{:<26}{:>17}", "probe completes verdict", millis(0));
        for moment in &self.moments {
            let after = moment.at.map(|at| at.0 - self.verdict.0);
            let text = after.map_or_else(|| "never".to_owned(), millis);
            let beyond = after.filter(|_| moment.held).map(|after| millis(after - hold.micros()));
            let beyond = beyond.map(|beyond| format!("{beyond:>24}")).unwrap_or_default();
            let _ = writeln!(out, "{:<26}{text:>17}{beyond}", moment.what);
        }
        if let Some((mails, away)) = self.killed {
            let away = match away {
                None => "never came back".to_owned(),
                // A visitor who asks every 10 ms got an answer each time.
                Some(Span::ZERO) => "not noticed".to_owned(),
                Some(away) => millis(away.micros()),
            };
            let _ =
                writeln!(out, "{:<26}{:>17}", "killed (kill -9) after", format!("{mails} mails"));
            let _ = writeln!(out, "{:<26}{away:>17}", "page away for");
        }
        self.counts(&mut out);
        for fault in &self.faults {
            let _ = writeln!(out, "{BAD}wrong{BAD:#} {fault}");
        }
        let lost = self.lost();
        let style = if lost == 0 { GOOD } else { BAD };
        let _ = write!(out, "{style}lost {lost}{style:#}");
        out
    }

    fn counts(&self, out: &mut String) {
        let _ = writeln!(out, "\n{QUIET}{} people, counted at the mail sink{QUIET:#}", self.people);
        let _ = writeln!(out, "{:<26}{:>17}{:>12}{:>12}", "", "accepted", "repeated", "lost");
        for (kind, told) in &self.told {
            let promised = PROMISED.contains(kind);
            let label = kind.label(model::language::Language::EN);
            let lost = if promised { told.lost.to_string() } else { "–".to_owned() };
            let (people, repeated) = (told.people, told.repeated);
            let _ = writeln!(out, "{label:<26}{people:>17}{repeated:>12}{lost:>12}");
        }
    }
}

fn millis(micros: i64) -> String {
    let millis = micros.div_euclid(1000);
    if millis.abs() < 10_000 {
        format!("{millis} ms")
    } else {
        format!("{}.{:01} s", millis.div_euclid(1000), millis.rem_euclid(1000) / 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn everybody() -> Measured {
        let told = Told { people: 10, ..Told::default() };
        let told = PROMISED.map(|kind| (kind, told)).into();
        Measured { people: 10, told, ..Measured::default() }
    }

    #[test]
    fn the_demo_fails_when_one_person_was_not_told_or_anything_went_wrong() {
        assert!(everybody().is_good());
        assert!(anstream::adapter::strip_str(&everybody().table()).to_string().ends_with("lost 0"));
        let mut one = everybody();
        one.told[2].1.lost = 1;
        assert!(!one.is_good());
        assert!(anstream::adapter::strip_str(&one.table()).to_string().ends_with("lost 1"));
        let mut never = everybody();
        never.told.pop();
        assert_eq!(never.lost(), 10, "a notice that nobody got was not told to anybody");
        let mut wrong = everybody();
        wrong.faults.push("a webhook with a bad signature".into());
        assert!(!wrong.is_good());
    }

    #[test]
    fn times_are_told_relative_to_the_probe_that_completed_the_verdict() {
        let mut measured = everybody();
        measured.verdict = Timestamp(1_000_000);
        measured.hold = Span::seconds(6);
        let at = Some(Timestamp(7_250_000));
        measured.moments.push(Moment { what: "first mail", at, held: true });
        measured.moments.push(Moment { what: "last mail", at: None, held: true });
        let table = measured.table();
        let line = |what: &str| table.lines().find(|line| line.starts_with(what)).unwrap_or("");
        assert_eq!(
            line("first mail").split_whitespace().collect::<Vec<_>>()[2..],
            ["6250", "ms", "250", "ms"]
        );
        assert!(line("last mail").ends_with("never"), "{table}");
    }
}
