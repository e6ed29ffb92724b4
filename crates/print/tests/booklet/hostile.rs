//! What people write stays what they wrote.

use std::collections::BTreeSet;

use html5ever::driver::ParseOpts;
use html5ever::parse_document;
use html5ever::tendril::TendrilSink as _;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use model::handbook::Files;
use model::language::Language;
use print::html::html;

use crate::{Book, plain, sample};

/// Texts that would do something if anybody read them as more than text.
pub(crate) const HOSTILE: [&str; 8] = [
    "</style></title><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "#panic(\"here\") #import \"@preview/x:1.0.0\"",
    "*bold* _slant_ $x^2$ `code` @ref <label>",
    "= Heading // comment /* more */ \\\\ #let x",
    "{{ booklet.title }} {% include \"x\" %}",
    "\"; } body { display: none } @page { content: \"",
    "]#show: it => none;[",
];

/// The example with this text in every kind of place.
pub(crate) fn with(text: &str) -> Book {
    let quoted = serde_json::to_string(text).unwrap();
    let mut files: Files = sample::example();
    let mut put = |file: &str, old: &str, key: &str| {
        sample::replace(&mut files, file, old, &format!("{key} = {quoted}"));
    };
    put("handbook.toml", "community = \"Lindenhof\"", "community");
    put("people.toml", "title.de = \"Leitung\"", "title.de");
    put("people.toml", "what.de = \"Betreibt unsere Rechner\"", "what.de");
    put("people.toml", "hours = \"24/7\"", "hours");
    put("system.toml", "name.de = \"Forum\"", "name.de");
    put("plans/shop-down.toml", "title.de = \"Shop ausgefallen\"", "title.de");
    put("plans/shop-down.toml", "check.de = \"Eine Testbestellung geht durch.\"", "check.de");
    let first = files.get_mut("texts/shop-down/first.de.md").unwrap();
    // What stands in braces there would be a hole.
    *first = first.replace("Wir suchen den Fehler.", &text.replace(['{', '}'], ""));
    let contacts = sample::contacts();
    let named = contacts.replace("name = \"Erika Mustermann\"", &format!("name = {quoted}"));
    assert_ne!(contacts, named);
    Book::of(&files, &named)
}

/// What a browser shows of it: all text but that of the stylesheet.
pub(crate) fn text_of(page: &str) -> String {
    let mut text = String::new();
    walk(&parsed(page), &mut |node| match &node.data {
        NodeData::Text { contents } => {
            text.push_str(&contents.borrow());
            text.push(' ');
            true
        }
        NodeData::Element { name, .. } => &*name.local != "style",
        _ => true,
    });
    text
}

fn parsed(page: &str) -> Handle {
    parse_document(RcDom::default(), ParseOpts::default()).one(page).document
}

/// Calls it for every node, and goes down where it says so.
fn walk(node: &Handle, look: &mut impl FnMut(&Handle) -> bool) {
    if look(node) {
        node.children.borrow().iter().for_each(|child| walk(child, look));
    }
}

/// The kinds of element of a file with their attributes: no text in it may add one.
fn skeleton(page: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    walk(&parsed(page), &mut |node| {
        if let NodeData::Element { name, attrs, .. } = &node.data {
            let attrs = attrs.borrow();
            let names = attrs.iter().map(|one| one.name.local.to_string());
            found.insert(format!("{} {:?}", name.local, names.collect::<Vec<_>>()));
        }
        true
    });
    found
}

#[test]
fn no_text_of_a_handbook_becomes_an_element_a_rule_or_a_script() {
    let harmless = skeleton(&html(&with("harmless").print(Language::DE)));
    for text in HOSTILE {
        let page = html(&with(text).print(Language::DE));
        assert_eq!(skeleton(&page), harmless, "“{text}” changed the file");
        let shown = plain(&text_of(&page));
        assert!(shown.matches(&plain(text)).count() >= 8, "“{text}” is not shown as it is");
        let style = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
        let rules = style.matches('{').count();
        assert_eq!(rules, style.matches('}').count(), "“{text}” ends a rule");
    }
}
