//! A post as a mail: subject, text and HTML. Styles stand in the tags, as mail programs drop others;
//! only the dark colours need a style block.

mod alert;
mod notice;

use model::language::Words;
use model::notice::Text;
use model::value::Timestamp;

use crate::channel::post::{Content, Post};

/// What a mail says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// Gives a post its form as a mail. `unsubscribe` is where the recipient leaves the list,
/// `choices` where they say what they want to hear about.
#[must_use]
pub fn render(post: &Post, unsubscribe: Option<&str>, choices: Option<&str>) -> Rendered {
    match &post.content {
        Content::Notice(notice) => notice::render(post, notice, unsubscribe, choices),
        Content::Alert(alert) => alert::render(post, alert),
    }
}

const APART: &str = "margin:0 0 24px";
const BUTTON: &str = "display:inline-block;padding:12px 20px;background:#141c26;color:#ffffff;\
                      font-weight:bold;text-decoration:none;border-radius:5px";
const ASIDE: &str = "margin:0 0 24px;padding:12px 20px 4px;border:1px solid #76808a;\
                     border-left:6px solid #141c26";
const ASIDE_HEAD: &str = "margin:0 0 8px;font-size:17px;line-height:1.3";
const QUIET_BOX: &str =
    "border-top:1px solid #76808a;padding-top:16px;font-size:15px;color:#444e5a";

const DARK: &str = "\
:root{color-scheme:light dark}
@media(prefers-color-scheme:dark){
.nl-body{background:#0c1219!important;color:#f3f0e8!important}
.nl-body a{color:#a9c8ff!important}
.nl-quiet{color:#b9c2cd!important}
.nl-rule{border-color:#7f8b99!important}
.nl-aside{border-color:#7f8b99!important;border-left-color:#f3f0e8!important}
.nl-body .nl-btn{background:#f3f0e8!important;color:#141c26!important}
}
";

const BODY: &str = "margin:0;padding:24px 16px;background:#ffffff;color:#141c26;\
                    font-family:system-ui,Segoe UI,Roboto,Arial,sans-serif;\
                    font-size:17px;line-height:1.55;overflow-wrap:anywhere";

/// A whole HTML document around what stands in it.
fn document(post: &Post, title: &str, inside: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{}</title>\n<style>\n{DARK}</style>\n</head>\n\
         <body class=\"nl-body\" style=\"{BODY}\">\n\
         <main style=\"max-width:560px;margin:0 auto\">\n{inside}</main>\n</body>\n</html>\n",
        post.language.tag(),
        escaped(title),
    )
}

/// The quiet line at the top: who, what, when.
fn head_line(post: &Post, what: Option<&str>) -> (String, String) {
    let when = moment(post, post.at);
    let rest = what.into_iter().chain([when.as_str()]).collect::<Vec<_>>().join(" · ");
    let html = format!(
        "<p class=\"nl-quiet\" style=\"{APART};font-size:15px;color:#444e5a\">\
         <strong>{}</strong> · {}</p>\n",
        escaped(&post.community),
        escaped(&rest),
    );
    (format!("{} · {rest}", post.community), html)
}

fn headline(text: &str) -> String {
    let style = "margin:0 0 16px;font-size:26px;line-height:1.2";
    format!("<h1 style=\"{style}\">{}</h1>\n", escaped(text))
}

fn paragraph(text: &str) -> String {
    format!("<p>{}</p>\n", escaped(text))
}

/// Paragraphs and facts of a notice's text.
fn facts(post: &Post, text: &Text) -> (Vec<String>, String) {
    let mut plain = text.body.clone();
    let mut html: String = text.body.iter().map(|said| paragraph(said)).collect();
    for (head, fact) in text.facts(post.language) {
        plain.push(format!("{head}: {fact}"));
        html.push_str(&format!("<p><strong>{}:</strong> {}</p>\n", escaped(head), escaped(fact),));
    }
    (plain, html)
}

fn button(label: &str, address: &str) -> String {
    format!(
        "<p style=\"{APART}\"><a class=\"nl-btn\" href=\"{}\" style=\"{BUTTON}\">{}</a></p>\n",
        escaped(address),
        escaped(label),
    )
}

fn link(label: &str, address: &str) -> String {
    format!("<a href=\"{}\">{}</a>", escaped(address), escaped(label))
}

/// "24. November 2026, 13:52 Uhr (MEZ)".
fn moment(post: &Post, at: Timestamp) -> String {
    let (zone, language) = (&post.zone, post.language);
    (words(post).date_at)(&zone.date(at, language), &zone.clock(at, language))
}

/// A promised moment: the clock alone where it is on the day of the mail, else with the date.
fn promise(post: &Post, at: Timestamp) -> String {
    let (zone, language) = (&post.zone, post.language);
    let clock = zone.promise(at, language);
    let date = zone.date(at, language);
    if date == zone.date(post.at, language) { clock } else { (words(post).date_at)(&date, &clock) }
}

fn words(post: &Post) -> &'static Words {
    post.language.words()
}

/// The text with everything that HTML would take for its own made harmless.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}
