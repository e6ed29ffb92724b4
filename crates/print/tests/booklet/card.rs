//! The page for the wall is one page.

use model::language::{Language, Localized};
use print::booklet::Size;

use crate::Book;

/// The example with so many more roles whose titles are that long.
pub(crate) fn crowded(roles: usize, letters: usize) -> Book {
    let mut book = Book::example();
    book.handbook.card = None;
    let role = book.handbook.roles["lead"].clone();
    for number in 0..roles {
        let mut more = role.clone();
        more.key = format!("role-{number}").parse().unwrap();
        let title = "Wort ".repeat(letters / 5);
        more.title = Localized([(Language::DE, title)].into());
        book.handbook.roles.insert(more.key.clone(), more);
    }
    book
}

#[test]
fn the_card_is_set_as_large_as_fits_and_says_when_something_is_left_out() {
    let sizes = [(0, Size::Large), (6, Size::Medium), (14, Size::Small)];
    for (roles, size) in sizes {
        let booklet = crowded(roles, 10).print(Language::DE);
        assert_eq!((booklet.card.size, booklet.findings.len()), (size, 0), "{roles} more roles");
    }
    let booklet = crowded(60, 10).print(Language::DE);
    let [finding] = &booklet.findings[..] else { panic!("{:?}", booklet.findings) };
    let said = finding.said(Language::DE);
    assert!(said.contains("Kürzen Sie die Einträge der Karte."), "{said}");
    assert!(booklet.card.call.len() > 20, "whom to call is left out last");
    assert!(booklet.card.closing.iter().any(|line| line.contains("folgenden Seiten")));
}
