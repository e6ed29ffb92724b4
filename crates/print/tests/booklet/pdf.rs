//! The pages as they are set.

use model::language::Language;
use print::pdf::pdf;

use crate::card::crowded;
use crate::hostile::{HOSTILE, with};
use crate::{Book, plain, told};

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
fn no_text_of_a_handbook_is_an_instruction_to_the_typesetter() {
    let harmless = pdf(&with("harmless").print(Language::DE)).unwrap();
    for text in HOSTILE {
        let set = pdf(&with(text).print(Language::DE)).unwrap();
        assert!(set.pages.abs_diff(harmless.pages) <= 2, "“{text}” moved the pages");
    }
}

#[test]
fn letters_that_the_fonts_lack_are_named_and_stop_nothing() {
    let set = pdf(&with("緊急 🚨").print(Language::DE)).unwrap();
    assert_eq!(set.missing.into_iter().collect::<String>(), "急緊🚨");
}
