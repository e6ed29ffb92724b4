//! Syllables, against words that were taken apart by hand.

use model::language::Language;
use model::words::syllables;

/// Lines `Stö|rung`, or `z.B.=3` for what is read as something else.
fn words(list: &str) -> impl Iterator<Item = (String, usize)> {
    list.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| {
        match line.split_once('=') {
            Some((word, count)) => (word.to_owned(), count.parse().expect("a number")),
            None => (line.replace('|', ""), line.matches('|').count() + 1),
        }
    })
}

/// How many words of the tuned half (0) or the other (1) are counted wrong, of how many.
fn wrong(list: &str, language: Language, half: usize) -> (usize, usize) {
    let (mut wrong, mut all) = (0, 0);
    for (_, (word, wanted)) in words(list).enumerate().filter(|(at, _)| at % 2 == half) {
        let count = syllables(&word, language);
        all += 1;
        wrong += usize::from(count != wanted);
        if count != wanted && (half == 0 || std::env::var_os("SHOW_HELD_OUT").is_some()) {
            println!("  {word}: {count}, not {wanted}");
        }
    }
    println!("{language} half {half}: {wrong} of {all} wrong");
    (wrong, all)
}

const DE: &str = include_str!("syllables-de.txt");
const EN: &str = include_str!("syllables-en.txt");

#[test]
fn german_syllables_are_counted_as_they_are_spoken() {
    for half in [0, 1] {
        let (wrong, all) = wrong(DE, Language::DE, half);
        assert!(all >= 300 && wrong * 100 <= all, "{wrong} of {all}");
    }
}

#[test]
fn english_syllables_are_counted_as_they_are_spoken() {
    for half in [0, 1] {
        let (wrong, all) = wrong(EN, Language::EN, half);
        assert!(all >= 200 && wrong * 100 <= all, "{wrong} of {all}");
    }
}
