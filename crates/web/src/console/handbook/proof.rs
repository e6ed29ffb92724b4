//! When ways, plans, partners and backups were last proven, the oldest first.

use model::handbook::Handbook;
use model::handbook::finding::Age;
use model::language::{Handbook as Words, Language};
use model::value::{Day, Span};

use super::finding::{HINTED, REFUSED};
use super::spot::Spot;

/// So many are shown.
const SHOWN: usize = 12;

/// Something that somebody proves now and then.
pub(super) struct Proof {
    pub(super) href: String,
    pub(super) shape: &'static str,
    pub(super) title: String,
    pub(super) how: &'static str,
    pub(super) said: String,
    /// What follows from it, where something does.
    pub(super) so: Option<String>,
    pub(super) over: bool,
    /// How much of the time is used up, in percent; nothing where it was never proven.
    pub(super) used: Option<i64>,
    /// For who does not see the bar.
    pub(super) label: String,
    /// Sorts the oldest to the front.
    order: i64,
}

/// What is to be done again and again.
pub(super) struct Asked<'a> {
    pub(super) spot: Spot,
    pub(super) title: &'a str,
    pub(super) how: &'static str,
    /// When it was done last.
    pub(super) proven: Option<Day>,
    pub(super) rhythm: Span,
}

/// All that can be proven, the oldest first.
pub(super) fn proofs(handbook: &Handbook, today: Day, language: Language) -> Vec<Proof> {
    let asked = asked(handbook, language).into_iter();
    let words = language.words().handbook;
    let mut proofs: Vec<Proof> = asked.map(|one| proof(one, today, words)).collect();
    proofs.sort_by_key(|one| one.order);
    proofs.truncate(SHOWN);
    proofs
}

/// All that can be proven.
pub(super) fn asked(handbook: &Handbook, language: Language) -> Vec<Asked<'_>> {
    let (words, rhythm) = (language.words().handbook, &handbook.rhythm);
    let mut asked = Vec::new();
    for (key, partner) in &handbook.partners {
        asked.push(Asked {
            spot: Spot::new("people.toml", &format!("partner.{key}")),
            title: partner.what.get(language),
            how: words.by_call,
            proven: partner.called_on,
            rhythm: rhythm.contact,
        });
    }
    for (key, channel) in &handbook.channels {
        asked.push(Asked {
            spot: Spot::new("channels.toml", &format!("channel.{key}")),
            title: key.as_str(),
            how: words.by_test,
            proven: channel.tested_on,
            rhythm: rhythm.channel,
        });
    }
    for (at, component) in handbook.components.iter().enumerate() {
        asked.push(Asked {
            spot: Spot::new("system.toml", &format!("component.{at}")),
            title: component.name.get(language),
            how: words.by_restore,
            proven: component.restored_on,
            rhythm: rhythm.restore,
        });
    }
    for (key, plan) in &handbook.plans {
        asked.push(Asked {
            spot: Spot::new(&format!("plans/{key}.toml"), ""),
            title: plan.title.get(language),
            how: words.by_exercise,
            proven: plan.exercised_on,
            rhythm: rhythm.plan,
        });
    }
    asked
}

fn proof(asked: Asked<'_>, today: Day, words: &Words) -> Proof {
    let (href, title) = (asked.spot.href(), asked.title.to_owned());
    let how = asked.how;
    let Some(age) = Age::of(asked.proven, asked.rhythm, today) else {
        let (said, label) = (words.never.to_owned(), words.never.to_owned());
        let (so, over, used, order) = (None, true, None, i64::MIN);
        return Proof { href, shape: HINTED, title, how, said, so, over, used, label, order };
    };
    let (days, left, over) = (age.days.max(0), age.left(), age.is_over());
    Proof {
        href,
        shape: if over { REFUSED } else { "operational" },
        title,
        how,
        said: (words.ago)(days),
        so: Some(if over { (words.too_old)(-left) } else { (words.still_good)(left) }),
        over,
        used: Some((days * 100 / age.allowed.max(1)).min(100)),
        label: (words.days_of)(days, age.allowed),
        order: left,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_proven_for_longer_than_its_rhythm_says_by_how_much() {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        let words = Language::DE.words().handbook;
        let asked = |proven: Option<&str>| Asked {
            spot: Spot::new("people.toml", "partner.hoster"),
            title: "Hoster",
            how: words.by_call,
            proven: proven.map(day),
            rhythm: Span::days(90),
        };
        let today = day("2026-11-30");
        let old = proof(asked(Some("2026-08-01")), today, words);
        assert_eq!((old.over, old.so.as_deref()), (true, Some("31 Tage zu alt")));
        let good = proof(asked(Some("2026-11-29")), today, words);
        assert_eq!((good.said.as_str(), good.used), ("gestern", Some(1)));
        let never = proof(asked(None), today, words);
        assert!(never.order < old.order && old.order < good.order, "the oldest first");
    }
}
