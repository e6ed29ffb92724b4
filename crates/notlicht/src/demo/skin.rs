//! What the demo's own pages look like.

use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::{Html, IntoResponse, Response};

const CSS: &str = include_str!("skin.css");

/// Nothing is loaded from anywhere, no script runs, and frames show only what stands in the page.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
                      form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// A whole page. The body is markup; what comes from outside in it must be [`escaped`].
pub(super) fn page(language: &str, title: &str, intro: &str, body: &str) -> Response {
    let (title, intro) = (escaped(title), escaped(intro));
    let html = format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{CSS}</style>\n\
         <header><p>{intro}</p><h1>{title}</h1></header>\n<main>{body}</main>\n</html>\n"
    );
    ([(CONTENT_SECURITY_POLICY, POLICY)], Html(html)).into_response()
}

/// Text that is to stand in markup or in an attribute within double quotes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// The time of day with milliseconds, UTC.
pub(super) fn clock(at: model::value::Timestamp) -> String {
    at.to_jiff().strftime("%H:%M:%S%.3f UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_mail_says_cannot_become_markup() {
        assert_eq!(escaped("<b a=\"1\" c='2'>&"), "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;");
    }
}
