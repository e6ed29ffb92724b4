//! Things to choose from.

use model::language::Language;

/// Something to choose.
pub(super) struct Pick {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) on: bool,
}

/// The choices, with what is held already although it is not among them.
pub(super) fn picks<L: Into<String>>(
    known: impl IntoIterator<Item = (String, L)>,
    held: &[String],
) -> Vec<Pick> {
    let pick = |(value, label): (String, L)| Pick {
        on: held.contains(&value),
        label: label.into(),
        value,
    };
    let mut picks: Vec<Pick> = known.into_iter().map(pick).collect();
    for value in held {
        if !picks.iter().any(|pick| pick.value == *value) {
            picks.push(Pick { value: value.clone(), label: format!("{value} (?)"), on: true });
        }
    }
    picks
}

/// The same with an empty one in front, where nothing need be chosen or nothing is yet.
pub(super) fn optional(mut picks: Vec<Pick>, need: bool) -> Vec<Pick> {
    if !need || !picks.iter().any(|pick| pick.on) {
        picks.insert(0, Pick { value: String::new(), label: String::new(), on: false });
    }
    picks
}

/// One choice for each that is held, in order, and an empty one.
pub(super) fn in_order(picks: &[Pick], held: &[String]) -> Vec<Vec<Pick>> {
    let choose = |chosen: &str| {
        let pick = |one: &Pick| Pick {
            value: one.value.clone(),
            label: one.label.clone(),
            on: one.value == chosen,
        };
        let mut all = vec![Pick { value: String::new(), label: String::new(), on: false }];
        all.extend(picks.iter().map(pick));
        all
    };
    held.iter().map(|one| choose(one)).chain([choose("")]).collect()
}

pub(super) fn tongues(held: &[String]) -> Vec<Pick> {
    picks(Language::all().map(|one| (one.tag().to_owned(), one.words().name)), held)
}
