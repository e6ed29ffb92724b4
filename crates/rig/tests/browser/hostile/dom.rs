//! The bones of what others parse: elements with their attributes, without the texts. A text that
//! is only a text changes nothing in them.

use html5ever::parse_document;
use html5ever::tendril::TendrilSink as _;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

/// Attributes that hold texts.
const TEXTS: [&str; 2] = ["content", "value"];

/// What a text of the imprint may become.
const PROSE: [&str; 16] = [
    "p",
    "h2",
    "h3",
    "h4",
    "a",
    "strong",
    "em",
    "ul",
    "ol",
    "li",
    "br",
    "hr",
    "code",
    "pre",
    "blockquote",
    "div",
];

/// Elements and attributes of a page as a browser sees them, and apart from them those of the
/// imprint or privacy notice in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Bones {
    pub(crate) all: Vec<String>,
    pub(crate) prose: Vec<String>,
}

/// The bones of a page.
pub(crate) fn html(source: &str) -> Bones {
    let dom = parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(source);
    let mut bones = Bones::default();
    walk(&dom.document, 0, false, &mut bones);
    bones
}

/// The text of a page as people read it, spaces drawn together.
pub(crate) fn words(source: &str) -> String {
    fn gather(node: &Handle, out: &mut String) {
        if let NodeData::Text { contents } = &node.data {
            out.push_str(&contents.borrow());
            out.push(' ');
        }
        for child in node.children.borrow().iter() {
            gather(child, out);
        }
    }
    let dom = parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(source);
    let mut out = String::new();
    gather(&dom.document, &mut out);
    drawn(&out)
}

/// Without control characters, and spaces drawn together.
pub(crate) fn drawn(text: &str) -> String {
    let seen: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn walk(node: &Handle, depth: usize, prose: bool, bones: &mut Bones) {
    let mut inside = prose;
    match &node.data {
        NodeData::Element { name, attrs, template_contents, .. } => {
            let attrs = attrs.borrow();
            let mut shown: Vec<String> = attrs
                .iter()
                .map(|attr| {
                    let (name, value) = (&*attr.name.local, &*attr.value);
                    if TEXTS.contains(&name) { name.to_owned() } else { format!("{name}={value}") }
                })
                .collect();
            shown.sort_unstable();
            inside |= shown.iter().any(|attr| attr == "class=text prose");
            let into = if prose { &mut bones.prose } else { &mut bones.all };
            into.push(format!("{depth} {} {}", &*name.local, shown.join(" ")));
            if let Some(contents) = template_contents.borrow().as_ref() {
                walk(contents, depth + 1, inside, bones);
            }
        }
        NodeData::Comment { .. } | NodeData::ProcessingInstruction { .. } => {
            bones.all.push(format!("{depth} a comment"));
        }
        NodeData::Doctype { name, .. } => bones.all.push(format!("{depth} !{name}")),
        NodeData::Document | NodeData::Text { .. } => {}
    }
    for child in node.children.borrow().iter() {
        walk(child, depth + 1, inside, bones);
    }
}

/// What of a text of the imprint must not be there.
pub(crate) fn foreign_in_prose(bones: &Bones) -> Vec<&String> {
    let foreign = |line: &&String| {
        let mut parts = line.splitn(3, ' ').skip(1);
        let (name, attrs) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        let fine = match (name, attrs) {
            (_, "") => PROSE.contains(&name) && name != "a",
            ("a", attrs) => attrs.strip_prefix("href=").is_some_and(is_harmless),
            ("ol", attrs) => attrs.starts_with("start=") && !attrs.contains(' '),
            ("code", attrs) => attrs.starts_with("class=language-"),
            _ => false,
        };
        !fine
    };
    bones.prose.iter().filter(foreign).collect()
}

/// Judged as a browser would go there.
fn is_harmless(href: &str) -> bool {
    let home = url::Url::parse("https://lage.example/de/imprint").unwrap();
    home.join(href).is_ok_and(|url| match url.scheme() {
        "http" | "https" => url.host_str() == home.host_str() || href.starts_with("http"),
        "mailto" | "tel" => true,
        _ => false,
    })
}

/// The bones of a feed; panics where it is no XML.
pub(crate) fn xml(source: &str) -> Vec<String> {
    let strange =
        |c: &char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{7f}'..='\u{9f}');
    let strange = |c: &char| strange(c) || matches!(c, '\u{fffe}' | '\u{ffff}');
    assert_eq!(source.chars().find(strange), None, "XML cannot carry this");
    let mut reader = Reader::from_str(source);
    let mut bones = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return bones,
            Event::Text(_) => {}
            Event::GeneralRef(name) => {
                let known = ["lt", "gt", "amp", "quot", "apos"];
                let name = name.decode().unwrap();
                let number = name.strip_prefix('#').is_some_and(|n| n.parse::<u32>().is_ok());
                assert!(known.contains(&&*name) || number, "&{name};");
            }
            Event::Start(start) => bones.push(tag("start", &start)),
            Event::Empty(empty) => bones.push(tag("empty", &empty)),
            other => bones.push(format!("{other:?}")),
        }
    }
}

fn tag(kind: &str, tag: &BytesStart<'_>) -> String {
    let mut bones = format!("{kind} {}", String::from_utf8_lossy(tag.name().as_ref()));
    for attribute in tag.attributes() {
        let attribute = attribute.unwrap();
        let (key, value) = (attribute.key.as_ref(), &*attribute.value);
        bones.push_str(&format!(
            " {}={}",
            String::from_utf8_lossy(key),
            String::from_utf8_lossy(value)
        ));
    }
    bones
}

/// The same JSON without its texts.
pub(crate) fn json(source: &[u8]) -> Value {
    fn bare(value: Value) -> Value {
        match value {
            Value::String(_) => Value::String(String::new()),
            Value::Array(all) => all.into_iter().map(bare).collect(),
            Value::Object(all) => {
                Value::Object(all.into_iter().map(|(key, value)| (key, bare(value))).collect())
            }
            other => other,
        }
    }
    bare(serde_json::from_slice(source).unwrap())
}
