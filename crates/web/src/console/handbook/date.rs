//! What is due when: reviews, and what has to be proven again, the earliest first.

use model::handbook::Handbook;
use model::handbook::finding::Age;
use model::language::{Language, Zone};
use model::value::Day;

use super::proof::{Asked, asked};
use super::spot::Spot;

/// So many are shown.
const SHOWN: usize = 8;

/// Something that is due on a day.
pub(super) struct Date {
    pub(super) due: Day,
    pub(super) said: String,
    pub(super) href: String,
    pub(super) title: String,
    pub(super) how: &'static str,
    /// For how long it has been due.
    pub(super) late: Option<String>,
}

/// What is due next. Whatever was never done has no day yet: it is a gap.
pub(super) fn dates(handbook: &Handbook, today: Day, language: Language) -> Vec<Date> {
    let words = language.words().handbook;
    let mut all = reviews(handbook, language);
    all.extend(asked(handbook, language));
    let date = |one: Asked<'_>| {
        let (done, age) = (one.proven?, Age::of(one.proven, one.rhythm, today)?);
        let due = done.plus_days(u32::try_from(age.allowed).ok()?);
        Some(Date {
            due,
            said: Zone::day_said(due, language),
            href: one.spot.href(),
            title: one.title.to_owned(),
            how: one.how,
            late: age.is_over().then(|| (words.due_for)(-age.left())),
        })
    };
    let mut dates: Vec<Date> = all.into_iter().filter_map(date).collect();
    dates.sort_by_key(|one| one.due);
    dates.truncate(SHOWN);
    dates
}

/// When the handbook and its plans are read again.
fn reviews(handbook: &Handbook, language: Language) -> Vec<Asked<'_>> {
    let words = language.words().handbook;
    let control = &handbook.control;
    let whole = Asked {
        spot: Spot::new("handbook.toml", "document"),
        title: words.head,
        how: words.by_review,
        proven: control.reviewed_on,
        rhythm: control.review_every,
    };
    let plans = handbook.plans.iter().map(|(key, plan)| Asked {
        spot: Spot::new(&format!("plans/{key}.toml"), ""),
        title: plan.title.get(language),
        how: words.by_review,
        proven: plan.reviewed_on,
        rhythm: handbook.rhythm.plan,
    });
    std::iter::once(whole).chain(plans).collect()
}

#[cfg(test)]
mod tests {
    use model::handbook::front::Control;
    use model::value::Span;

    use super::*;

    #[test]
    fn what_is_due_stands_with_its_day_and_says_for_how_long_it_has_been_due() {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        let reviewed = |on: Option<Day>| Handbook {
            control: Control {
                reviewed_on: on,
                review_every: Span::days(30),
                ..Control::default()
            },
            ..Handbook::empty()
        };
        let read = reviewed(Some(day("2026-11-02")));
        let at = |today: &str| {
            let mut found = dates(&read, day(today), Language::DE).into_iter();
            found.next().map(|one| (one.said, one.late))
        };
        let due = "2. Dezember 2026".to_owned();
        assert_eq!(at("2026-11-30"), Some((due.clone(), None)));
        assert_eq!(at("2026-12-05"), Some((due, Some("seit 3 Tagen fällig".into()))));
        assert!(dates(&reviewed(None), day("2026-11-30"), Language::DE).is_empty());
    }
}
