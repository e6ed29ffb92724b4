//! How well the program judges words: measured against what an editor said of notices, and against
//! words whose syllables were counted by hand.

#[path = "words/gold.rs"]
mod gold;
#[path = "words/syllable.rs"]
mod syllable;

#[test]
fn a_community_may_add_words_of_its_own() {
    use model::language::{Language, Localized};
    use model::words::{Occasion, OwnWord, judge, judge_with};
    let instead = [(Language::DE, "Anmeldung"), (Language::EN, "login")];
    let own = OwnWord {
        word: "Bifrost~".into(),
        instead: Localized(instead.map(|(language, text)| (language, text.to_owned())).into()),
    };
    let text = "# Der Bifrostdienst steht\n\nBIFROST geht nicht. Der Failover auch nicht.";
    let judgement = judge_with(text, Language::DE, Occasion::First, &[own]);
    let found: Vec<(&str, &str)> =
        judgement.jargon.iter().map(|one| (one.word.as_str(), one.instead.as_str())).collect();
    let switched = "auf ein Ersatzgerät umschalten";
    let own = "Anmeldung";
    assert_eq!(found, [("Bifrostdienst", own), ("BIFROST", own), ("Failover", switched)]);
    assert!(judge(text, Language::DE, Occasion::First).jargon.len() == 1);
}
