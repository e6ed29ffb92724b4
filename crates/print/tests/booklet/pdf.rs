//! The pages as they are set.

use std::io::Write as _;
use std::process::{Command, Stdio};

use model::language::Language;
use print::pdf::pdf;

use crate::card::crowded;
use crate::hostile::{HOSTILE, with};
use crate::{Book, told};

#[test]
fn the_same_booklet_gives_the_same_pages_byte_by_byte() {
    let booklet = Book::example().print(Language::DE);
    let (one, other) = (pdf(&booklet).unwrap(), pdf(&booklet).unwrap());
    assert!(one.bytes == other.bytes);
    assert!(one.bytes.starts_with(b"%PDF-1.7"), "an archive opens it in thirty years");
    assert!(one.missing.is_empty(), "{:?}", one.missing);
}

/// A booklet without sections is the title page, the card and the contents.
const FRONT: usize = 3;

#[test]
fn the_card_is_one_page_however_much_stands_in_the_handbook() {
    for (roles, letters) in [(0, 5), (6, 10), (14, 10), (14, 60), (60, 10), (60, 200), (3, 3_000)] {
        let mut booklet = crowded(roles, letters).print(Language::DE);
        booklet.sections.clear();
        assert_eq!(pdf(&booklet).unwrap().pages, FRONT, "{roles} roles of {letters} letters");
    }
}

#[test]
fn letters_that_the_fonts_lack_are_named_and_stop_nothing() {
    let set = pdf(&with("緊急 🚨").print(Language::DE)).unwrap();
    assert_eq!(set.missing.into_iter().collect::<String>(), "急緊🚨");
}

/// The text of each page, as a reader that knows nothing of us takes it out; nothing where there is
/// no such reader.
#[expect(clippy::disallowed_methods, reason = "pdftotext is the reader")]
fn pages(pdf: &[u8]) -> Option<Vec<String>> {
    let reader = Command::new("pdftotext")
        .args(["-raw", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut reader) = reader else {
        let told = "NOT RUN: searching the printed pages: install poppler-utils";
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{told}");
        eprintln!("{told}");
        return None;
    };
    // It reads all before it writes.
    reader.stdin.take().unwrap().write_all(pdf).unwrap();
    let output = reader.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    Some(text.trim_end_matches('\u{c}').split('\u{c}').map(letters).collect())
}

/// Letters and digits alone: lines and hyphens are where the typesetter broke them.
fn letters(text: &str) -> String {
    text.chars().filter(|one| one.is_alphanumeric()).collect()
}

#[test]
fn every_word_on_the_pages_can_be_searched_and_each_page_bears_version_and_number() {
    for language in Language::all() {
        let booklet = Book::example().print(language);
        let set = pdf(&booklet).unwrap();
        let Some(pages) = pages(&set.bytes) else { return };
        assert_eq!(pages.len(), set.pages);
        for (at, page) in pages.iter().enumerate() {
            assert!(page.contains(&letters(&booklet.running)), "page {}: {page}", at + 1);
            let labels = &booklet.labels;
            let number = format!("{}{}{}{}", labels.page, at + 1, labels.of_pages, set.pages);
            assert!(page.contains(&number), "page {}: {page}", at + 1);
        }
        // What goes on on the next page has the foot of the page in between.
        let running = letters(&booklet.running);
        let above = |page: &String| page[..page.rfind(&running).unwrap()].to_owned();
        let mut whole: String = pages.iter().map(above).collect();
        whole.push_str(&running);
        for text in told(&booklet) {
            assert!(whole.contains(&letters(&text)), "{language}: “{text}” cannot be found");
        }
    }
}

#[test]
fn no_text_of_a_handbook_is_an_instruction_to_the_typesetter() {
    let booklet = with(&HOSTILE.join(" ")).print(Language::DE);
    let Some(pages) = pages(&pdf(&booklet).unwrap().bytes) else { return };
    let whole = pages.concat();
    for text in HOSTILE {
        assert!(whole.matches(&letters(text)).count() >= 3, "“{text}” is not shown as it is");
    }
}
