//! The page for the wall is one page.

use std::process::Command;

use model::language::{Language, Localized};
use print::booklet::Size;
use print::html::html;

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
    let sizes = [(0, Size::Large), (6, Size::Medium), (12, Size::Small)];
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

/// How many pages a browser makes of a file; nothing where there is no browser.
#[expect(clippy::disallowed_methods, reason = "the browser is what prints")]
fn printed(page: &str) -> Option<usize> {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("h.html"), folder.path().join("h.pdf"));
    std::fs::write(&from, page).unwrap();
    let run = |program: &&str| {
        let mut command = Command::new(program);
        command.args(["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]);
        command.arg(format!("--user-data-dir={}", folder.path().display()));
        command.arg(format!("--print-to-pdf={}", to.display())).arg(&from).output().ok()
    };
    let browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let Some(output) = browsers.iter().find_map(run) else {
        let told = "NOT RUN: the card as a browser prints it: install chromium";
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{told}");
        eprintln!("{told}");
        return None;
    };
    let pdf = std::fs::read(&to).unwrap_or_else(|why| panic!("{why}: {output:?}"));
    let text = String::from_utf8_lossy(&pdf);
    let pages = text.matches("/Type /Page").count() - text.matches("/Type /Pages").count();
    Some(pages)
}

#[test]
fn the_card_is_one_page_as_a_browser_prints_it_too() {
    for (roles, letters) in [(0, 5), (10, 10), (12, 10), (60, 10), (60, 200)] {
        let mut booklet = crowded(roles, letters).print(Language::DE);
        booklet.sections.clear();
        let Some(pages) = printed(&html(&booklet)) else { return };
        assert_eq!(pages, 2, "{roles} roles of {letters} letters, besides the title page");
    }
}
