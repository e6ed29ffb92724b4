//! Imprint and privacy notice: Markdown from the handbook, made safe. Raw HTML shows as the text
//! that it is, pictures as their description, links only where they lead somewhere harmless.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// HTML whose headings begin at the second level, as the page has its own first one.
pub(super) fn to_html(markdown: &str) -> String {
    let mut dropped = Vec::new();
    let events = Parser::new_ext(markdown, Options::empty()).filter_map(|event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
        Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Heading { level, .. }) => Some(Event::Start(Tag::Heading {
            level: lower(level),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        })),
        Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(lower(level)))),
        Event::Start(Tag::Link { link_type, dest_url, .. }) => {
            let harmless = is_harmless(&dest_url);
            dropped.push(!harmless);
            let (title, id) = (CowStr::Borrowed(""), CowStr::Borrowed(""));
            harmless.then_some(Event::Start(Tag::Link { link_type, dest_url, title, id }))
        }
        Event::End(TagEnd::Link) => {
            (!dropped.pop().unwrap_or(false)).then_some(Event::End(TagEnd::Link))
        }
        other => Some(other),
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    out
}

fn is_harmless(address: &str) -> bool {
    let known = ["https://", "http://", "mailto:", "tel:", "#"];
    let lower = address.to_ascii_lowercase();
    known.iter().any(|start| lower.starts_with(start))
        || (address.starts_with('/') && !address.starts_with("//"))
}

fn lower(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 => HeadingLevel::H2,
        HeadingLevel::H3 => HeadingLevel::H3,
        _ => HeadingLevel::H4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_in_the_imprint_shows_as_text() {
        for bad in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "<div onclick=x>\n\ntext\n\n</div>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](data:text/html,hi)",
            "[x](//elsewhere.example)",
            "![x](https://elsewhere.example/p.png)",
            "<javascript:alert(1)>",
        ] {
            let html = to_html(bad);
            for start in ["<script", "<img", "<div", "href=\"j", "href=\"d", "href=\"//"] {
                assert!(!html.to_lowercase().contains(start), "{bad} gave {html}");
            }
        }
    }

    #[test]
    fn an_imprint_keeps_its_headings_lists_and_links() {
        let html = to_html("# Wer\n\n- [Mail](mailto:a@b.example)\n\n**Tel.** 1  \nHaus");
        assert_eq!(
            html,
            "<h2>Wer</h2>\n<ul>\n<li><a href=\"mailto:a@b.example\">Mail</a></li>\n</ul>\n\
             <p><strong>Tel.</strong> 1<br />\nHaus</p>\n"
        );
    }
}
