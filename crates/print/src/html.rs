//! One self-contained file that a browser shows and prints: no script, nothing from elsewhere.

use std::fmt::Write as _;

use askama::Template;

use crate::booklet::{Block, Booklet, Size};

#[derive(Template)]
#[template(path = "handbook.html")]
struct Page<'a> {
    booklet: &'a Booklet,
    /// What stands on every page, as a CSS string.
    running: String,
    /// "Seite ", as a CSS string.
    page: String,
    /// " von ", as a CSS string.
    of: String,
}

#[derive(Template)]
#[template(path = "block.html")]
struct View<'a> {
    block: &'a Block,
    booklet: &'a Booklet,
}

/// The whole file.
#[must_use]
pub fn html(booklet: &Booklet) -> String {
    let page = Page {
        booklet,
        running: css(&booklet.running),
        page: css(&format!("{} ", booklet.labels.page)),
        of: css(&format!(" {} ", booklet.labels.of_pages)),
    };
    page.render().expect("a template writes into a string, which always takes it")
}

impl Page<'_> {
    fn view(&self, block: &Block) -> String {
        view(block, self.booklet)
    }
}

impl View<'_> {
    /// Whether it is a number that must not be torn apart, such as that of a telephone.
    fn is_number(cell: &str) -> bool {
        cell.contains(|one: char| one.is_ascii_digit()) && !cell.contains(char::is_alphabetic)
    }

    fn view(&self, block: &Block) -> String {
        view(block, self.booklet)
    }
}

fn view(block: &Block, booklet: &Booklet) -> String {
    let view = View { block, booklet };
    view.render().expect("a template writes into a string, which always takes it")
}

/// A text as it stands between the quotes of a CSS string inside HTML: whatever could end the
/// string, the rule or the element is written as its number. The space behind a number belongs to it.
fn css(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, one| {
        if one.is_alphanumeric() || one == ' ' {
            out.push(one);
        } else {
            let _ = write!(out, "\\{:x} ", u32::from(one));
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_on_the_foot_of_a_page_ends_the_string_that_it_stands_in() {
        assert_eq!(css("Haus 7. Mai"), "Haus 7\\2e  Mai");
        assert_eq!(css("\"}</style>\\"), "\\22 \\7d \\3c \\2f style\\3e \\5c ");
    }
}
