//! An alert to staff as a mail: what is the matter, what happens otherwise, what can be done.

use super::{
    QUIET_BOX, Rendered, button, document, escaped, facts, head_line, headline, paragraph, words,
};
use crate::channel::post::{Alert, Post};

pub(super) fn render(post: &Post, alert: &Alert) -> Rendered {
    let said = &words(post).alert;
    let (head_text, head_html) = head_line(post, None);
    let mut text = vec![head_text, alert.subject.clone()];
    let mut html = head_html;
    html.push_str(&headline(&alert.subject));
    for line in &alert.paragraphs {
        text.push(line.clone());
        html.push_str(&paragraph(line));
    }
    for (label, address) in &alert.links {
        text.push(format!("{label}:\n{address}"));
        html.push_str(&button(label, address));
    }
    if !alert.links.is_empty() {
        text.push(said.links_safe.to_owned());
        html.push_str(&paragraph(said.links_safe));
    }
    if let Some(preview) = &alert.preview {
        let (facts_text, facts_html) = facts(post, preview);
        text.push(format!("--- {} ---", said.preview));
        text.push(preview.headline.clone());
        text.extend(facts_text);
        html.push_str(&format!(
            "<div class=\"nl-rule\" style=\"{QUIET_BOX};color:inherit\">\n\
             <p class=\"nl-quiet\" style=\"margin:0 0 8px\">{}</p>\n\
             <h2 style=\"margin:0 0 8px;font-size:20px;line-height:1.2\">{}</h2>\n{facts_html}</div>\n",
            escaped(said.preview),
            escaped(&preview.headline),
        ));
    }
    let html = document(post, &alert.subject, &html);
    Rendered { subject: alert.subject.clone(), text: text.join("\n\n") + "\n", html }
}
