//! A reader of HTML that is just good enough to look at our own pages.

/// A start tag.
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
}

impl Element {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// Every start tag in the order of the source.
pub(crate) fn elements(html: &str) -> Vec<Element> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let end = rest.find('>').unwrap_or(rest.len());
        let (tag, after) = rest.split_at(end);
        rest = after;
        let tag = tag.trim_end_matches('/');
        let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        found.push(Element {
            name: name.to_ascii_lowercase(),
            attributes: attributes_of(attributes),
        });
    }
    found
}

fn attributes_of(mut text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    loop {
        text = text.trim_start();
        if text.is_empty() {
            return found;
        }
        let end = text.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(text.len());
        let name = text[..end].to_ascii_lowercase();
        text = &text[end..];
        let mut value = String::new();
        if let Some(quoted) = text.strip_prefix("=\"") {
            let end = quoted.find('"').unwrap_or(quoted.len());
            value = quoted[..end].to_owned();
            text = quoted.get(end + 1..).unwrap_or("");
        }
        found.push((name, value));
    }
}

/// What a person sees: the text of the body, a line for each element that stands on its own.
pub(crate) fn visible(html: &str) -> String {
    let title = html.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next());
    let body = html.split("<body").nth(1).and_then(|rest| rest.split_once('>')).unwrap().1;
    let mut out = String::new();
    let mut rest = body;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end);
        let tag = &rest[at..end];
        let name = tag.trim_start_matches(['<', '/']).split(char::is_whitespace).next().unwrap();
        let level = name.strip_prefix('h').and_then(|level| level.parse::<usize>().ok());
        if let (Some(level), false) = (level, tag.starts_with("</")) {
            out.push('\n');
            out.push_str(&"#".repeat(level));
            out.push(' ');
        } else if matches!(name, "p" | "li" | "dt" | "dd" | "section" | "header" | "main" | "br") {
            out.push('\n');
        }
        rest = rest.get(end + 1..).unwrap_or("");
    }
    out.push_str(rest);
    let lines = out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let lines: Vec<_> = lines.filter(|line| !line.is_empty()).collect();
    format!("title: {}\n{}", title.unwrap_or_default(), lines.join("\n"))
}
