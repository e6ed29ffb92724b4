//! A notice as a mail: headline, facts, and the promise of the next one in the lamp's yellow.

use model::notice::Kind;

use super::{
    APART, ASIDE, ASIDE_HEAD, QUIET_BOX, Rendered, button, document, escaped, facts, head_line,
    headline, link, paragraph, promise, words,
};
use crate::channel::post::{Aside, Notice, Post};

pub(super) fn render(
    post: &Post,
    notice: &Notice,
    unsubscribe: Option<&str>,
    choices: Option<&str>,
) -> Rendered {
    let mail = &words(post).mail;
    let label = notice.kind.label(post.language);
    let here = format!("{}/{}/", post.page, post.language.tag());
    let to_page = (mail.to_page)(&post.community);
    let signed = (mail.signed)(&post.community);
    let (head_text, head_html) = head_line(post, Some(label));
    let (facts_text, facts_html) = facts(post, &notice.text);

    let mut text = vec![head_text, notice.text.headline.clone()];
    let mut html = head_html;
    html.push_str(&headline(&notice.text.headline));
    text.extend(facts_text);
    html.push_str(&facts_html);
    if let Some(aside) = &notice.aside {
        let (aside_text, aside_html) = apart(aside);
        text.extend(aside_text);
        html.push_str(&aside_html);
    }
    if let Some(at) = notice.next_update {
        let next = (mail.next_update)(&promise(post, at));
        text.push(format!(">> {next}\n   {}", mail.promised));
        html.push_str(&format!(
            "<p style=\"{APART};padding:16px 20px;background:#ffd24a;color:#141c26;\
             border-top:6px solid #141c26\"><strong style=\"font-size:20px\">{}</strong><br>{}</p>\n",
            escaped(&next),
            escaped(mail.promised),
        ));
    }
    text.push(format!("{to_page}: {here}"));
    html.push_str(&button(&to_page, &here));
    html.push_str(&paragraph(&signed));
    text.push(signed);

    let (foot_text, foot_html) = foot(post, notice, unsubscribe, choices);
    html.push_str(&foot_html);
    let text = format!("{}\n\n-- \n{foot_text}", text.join("\n\n"));
    let subject = subject(notice, label);
    Rendered { html: document(post, &subject, &html), subject, text }
}

/// What this audience is told in addition, set apart from what everybody is told.
fn apart(aside: &Aside) -> (Vec<String>, String) {
    let mut text = vec![format!("--- {} ---", aside.head)];
    text.extend(aside.paragraphs.iter().cloned());
    let said: String = aside.paragraphs.iter().map(|said| paragraph(said)).collect();
    let html = format!(
        "<section class=\"nl-aside\" style=\"{ASIDE}\">\n<h2 style=\"{ASIDE_HEAD}\">{}</h2>\n\
         {said}</section>\n",
        escaped(&aside.head),
    );
    (text, html)
}

/// A correction and an all-clear say what they are before they are opened.
fn subject(notice: &Notice, label: &str) -> String {
    let headline = &notice.text.headline;
    match notice.kind {
        Kind::Correction | Kind::AllClear if !headline.starts_with(label) => {
            format!("{label}: {headline}")
        }
        _ => headline.clone(),
    }
}

fn foot(
    post: &Post,
    notice: &Notice,
    unsubscribe: Option<&str>,
    choices: Option<&str>,
) -> (String, String) {
    let mail = &words(post).mail;
    let mut lines = Vec::new();
    let mut rows = Vec::new();
    if let Some(leave) = unsubscribe {
        let why = (mail.why)(&post.community);
        lines.push(format!("{why}\n{}: {leave}", mail.leave));
        rows.push(format!("{} {}", escaped(&why), link(mail.leave, leave)));
    }
    if let Some(choices) = choices {
        lines.push(format!("{}: {choices}", mail.choices));
        rows.push(link(mail.choices, choices));
    }
    lines.push(format!("{} {}", mail.permanent, notice.link));
    let shown = notice.link.trim_start_matches("https://").trim_start_matches("http://");
    rows.push(format!("{} {}", escaped(mail.permanent), link(shown, &notice.link)));
    lines.push(mail.no_reply.to_owned());
    rows.push(escaped(mail.no_reply));
    lines.push(format!("{}: {}\n{}: {}", mail.imprint, post.imprint, mail.privacy, post.privacy));
    let legal = [link(mail.imprint, &post.imprint), link(mail.privacy, &post.privacy)];
    rows.push(legal.join(" · "));
    let rows = rows.join("<br>\n");
    let html = format!("<p class=\"nl-quiet nl-rule\" style=\"{QUIET_BOX}\">\n{rows}</p>\n");
    (lines.join("\n") + "\n", html)
}
