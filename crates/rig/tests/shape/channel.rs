//! A new kind of channel is one new file and its line in the list.

use std::collections::BTreeSet;

use crate::tree::{Source, Tree, WORKSPACE, assert_none};

/// Where the list stands.
const LIST: &str = "crates/outside/src/channel.rs";

/// Where the adapters are.
const FOLDER: &str = "crates/outside/src/channel/";

/// Where else the name of a kind may stand, and why. May only shrink.
const NAMED: [(&str, &str, &str); 3] = [
    (
        "crates/model/src/handbook/parse/contact.rs",
        "email",
        "the field of a person in contacts.toml",
    ),
    ("crates/model/src/handbook/shape/contact.rs", "email", "the same field, as it is described"),
    ("crates/store/src/person.rs", "email", "the address that stands with a person"),
];

/// The modules that the list names.
fn listed(text: &str) -> Vec<String> {
    let items = syn::parse_file(text).unwrap().items;
    let list = items.into_iter().find_map(|item| match item {
        syn::Item::Static(item) if item.ident == "ADAPTERS" => Some(*item.expr),
        syn::Item::Const(item) if item.ident == "ADAPTERS" => Some(*item.expr),
        _ => None,
    });
    let list = match list {
        Some(syn::Expr::Reference(list)) => Some(*list.expr),
        list => list,
    };
    let Some(syn::Expr::Array(array)) = list else { return Vec::new() };
    let module = |element| match element {
        syn::Expr::Reference(element) => match *element.expr {
            syn::Expr::Path(path) => Some(path.path.segments.first()?.ident.to_string()),
            _ => None,
        },
        _ => None,
    };
    array.elems.into_iter().filter_map(module).collect()
}

/// The module in the channel folder that this file belongs to.
fn module(source: &Source) -> Option<&str> {
    source.path.strip_prefix(FOLDER)?.split(['/', '.']).next()
}

fn faults(tree: &Tree, named: &[(&str, &str, &str)]) -> Vec<String> {
    let mut faults = Vec::new();
    let is_adapter = |source: &&Source| source.facts.traits.iter().any(|name| name == "Adapter");
    let adapters: BTreeSet<&str> =
        tree.sources.iter().filter(is_adapter).filter_map(module).collect();
    let listed = listed(tree.text(LIST));
    for missing in adapters.iter().filter(|one| !listed.iter().any(|other| other == *one)) {
        faults.push(format!("{LIST}: ADAPTERS does not name {missing}; add its line"));
    }
    for (at, one) in listed.iter().enumerate() {
        if !adapters.contains(one.as_str()) || listed[..at].contains(one) {
            faults.push(format!("{LIST}: ADAPTERS names {one} without an adapter of its own"));
        }
    }
    let kinds: Vec<(&str, &str)> = tree
        .sources
        .iter()
        .filter_map(|source| Some((module(source)?, source)))
        .flat_map(|(module, one)| one.facts.kinds.iter().map(move |kind| (module, kind.as_str())))
        .collect();
    for adapter in &adapters {
        let own = kinds.iter().filter(|(module, _)| module == adapter).count();
        if own != 1 {
            faults.push(format!("{FOLDER}{adapter}.rs: describes {own} kinds; an adapter is one"));
        }
    }
    faults.extend(strangers(tree, &kinds, named));
    faults
}

/// Places that know a kind by name although they are not its adapter.
fn strangers(tree: &Tree, kinds: &[(&str, &str)], named: &[(&str, &str, &str)]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut used = BTreeSet::new();
    for source in tree.sources.iter().filter(|source| source.module.is_some()) {
        for (line, text) in &source.facts.literals {
            let Some((owner, kind)) = kinds.iter().find(|(_, kind)| kind == text) else { continue };
            let demo = source.krate == "rig"
                || source.krate == "notlicht"
                    && source
                        .module
                        .as_ref()
                        .is_some_and(|module| module[..].starts_with(&["demo".into()]));
            if source.in_test(*line) || demo || module(source) == Some(owner) {
                continue;
            }
            if named.iter().any(|(path, name, _)| *path == source.path && name == kind) {
                used.insert((source.path.as_str(), *kind));
                continue;
            }
            faults.push(format!(
                "{}:{line}: knows the channel “{kind}” by name; ask its descriptor for what it can \
                 do, so that a new channel stays one file and one line",
                source.path
            ));
        }
    }
    for (path, kind, _) in named.iter().filter(|(path, kind, _)| !used.contains(&(path, kind))) {
        faults.push(format!("{path}: no longer names “{kind}”; remove it from NAMED"));
    }
    faults
}

#[test]
fn a_channel_is_one_file_and_its_line_in_the_list() {
    assert_none(&faults(&WORKSPACE, &NAMED));
}

const ADAPTER: &str = "static D: Descriptor = Descriptor { kind: \"mail\" };\n\
                       impl Adapter for Mail { fn f() -> &'static str { \"mail\" } }";

fn faults_of(list: &str, more: &[(&str, &str)]) -> Vec<String> {
    let list = format!("static ADAPTERS: [&dyn Adapter; 1] = [{list}];");
    let base = [(LIST, list.as_str()), ("crates/outside/src/channel/mail.rs", ADAPTER)];
    faults(&Tree::sample(&[&base, more].concat()), &[])
}

#[test]
fn an_adapter_that_is_not_in_the_list_and_a_line_without_adapter_are_found() {
    assert_none(&faults_of("&mail::Mail", &[]));
    assert!(faults_of("", &[])[0].contains("does not name mail"));
    assert!(faults_of("&mail::Mail, &post::Post", &[])[0].contains("names post"));
    assert!(faults_of("&mail::Mail, &mail::Mail", &[])[0].contains("names mail"));
}

#[test]
fn an_adapter_that_does_not_say_its_kind_is_found() {
    let silent = ("crates/outside/src/channel/post/deep.rs", "impl Adapter for Post {}");
    assert!(faults_of("&mail::Mail, &post::Post", &[silent])[0].contains("describes 0 kinds"));
}

#[test]
fn whoever_else_knows_a_channel_by_name_is_found() {
    let text = "fn f(k: &str) { match k { \"mail\" => {} _ => {} } }";
    for path in ["crates/engine/src/a.rs", "crates/outside/src/channel/post.rs"] {
        assert_eq!(faults_of("&mail::Mail", &[(path, text)]).len(), 1, "{path}");
    }
    for path in [
        "crates/engine/tests/a.rs",
        "crates/notlicht/src/demo/a.rs",
        "crates/outside/src/channel/mail/deep.rs",
    ] {
        assert_none(&faults_of("&mail::Mail", &[(path, text)]));
    }
    let known = [("crates/engine/src/a.rs", "mail", "why")];
    let list = "static ADAPTERS: [&dyn Adapter; 0] = [];";
    assert!(faults(&Tree::sample(&[(LIST, list)]), &known)[0].contains("remove it from NAMED"));
}
