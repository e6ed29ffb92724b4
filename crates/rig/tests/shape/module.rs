//! Modules that stand side by side do not know each other in a circle.
//!
//! The rule: the modules of one folder (and so the top modules of a crate) are siblings. If a file
//! anywhere below `a` names something anywhere below its sibling `b`, that is an arrow `a → b`, and
//! the arrows among siblings form no circle. A name that a parent only passes on (`pub use`) counts
//! for the file where it is defined. `x.rs` is the face of the folder `x/`: it names its children
//! and gives them what they share, so arrows between a file and what stands above or below it are
//! not counted. Nor are tests.
//!
//! In `model` the order in `lib.rs` says more: imports go only towards the earlier modules.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::facts::{Facts, Named};
use crate::tree::{Source, Tree, WORKSPACE, assert_none};

type Path = Vec<String>;

/// Arrows between siblings: folder, from, to; with one place for each.
type Arrows = BTreeMap<Path, BTreeMap<(String, String), String>>;

/// How often a name may be passed on before the search ends.
const PASSES: u8 = 8;

struct Modules<'a>(BTreeMap<Path, &'a Facts>);

impl<'a> Modules<'a> {
    fn of(sources: &[&'a Source]) -> Self {
        let file = |source: &&'a Source| Some((source.module.clone()?, &source.facts));
        Self(sources.iter().rev().filter_map(file).collect())
    }

    /// The file where that which is named stands, if it is ours.
    fn target(&self, from: &[String], path: &[String], passes: u8) -> Option<Path> {
        let (mut here, mut rest) = (from.to_vec(), path);
        match path.first()?.as_str() {
            "crate" => (here, rest) = (Vec::new(), &path[1..]),
            "self" | "super" => {
                while let [first, after @ ..] = rest {
                    match first.as_str() {
                        "self" => {}
                        "super" => drop(here.pop()),
                        _ => break,
                    }
                    rest = after;
                }
            }
            first if !self.0.contains_key(&below(&here, first)) => return None,
            _ => {}
        }
        while let [first, after @ ..] = rest
            && self.0.contains_key(&below(&here, first))
        {
            (here, rest) = (below(&here, first), after);
        }
        while !self.0.contains_key(&here) {
            here.pop()?;
        }
        let passed_on = rest.first().filter(|_| passes > 0).and_then(|name| {
            let mut imports = self.0[&here].imports.iter();
            let (_, named) = imports.find(|(own, named)| own == name && named.within.is_empty())?;
            self.target(&here, &named.path, passes - 1)
        });
        Some(passed_on.unwrap_or(here))
    }
}

fn below(module: &[String], name: &str) -> Path {
    [module, &[name.to_owned()]].concat()
}

fn arrows(sources: &[&Source]) -> Arrows {
    let modules = Modules::of(sources);
    let mut arrows = Arrows::new();
    for source in sources {
        let Some(from) = &source.module else { continue };
        let counted = |named: &&Named| !source.in_test(named.line);
        for named in source.facts.paths.iter().filter(counted) {
            let within = [from.as_slice(), &named.within].concat();
            let Some(to) = modules.target(&within, &named.path, PASSES) else { continue };
            let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
            if let (Some(one), Some(other)) = (from.get(shared), to.get(shared)) {
                arrows
                    .entry(from[..shared].to_vec())
                    .or_default()
                    .entry((one.clone(), other.clone()))
                    .or_insert_with(|| format!("{}:{}", source.path, named.line));
            }
        }
    }
    arrows
}

/// The shortest way from a module back to itself.
fn circle(arrows: &BTreeMap<(String, String), String>, start: &str) -> Option<Path> {
    let mut ways = VecDeque::from([vec![start.to_owned()]]);
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop_front() {
        let last = way.last()?;
        for (_, to) in arrows.keys().filter(|(from, _)| from == last) {
            if to == start {
                return Some(way);
            }
            if seen.insert(to) {
                ways.push_back(below(&way, to));
            }
        }
    }
    None
}

fn circles(krate: &str, sources: &[&Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for (folder, arrows) in arrows(sources) {
        let starts: BTreeSet<&String> = arrows.keys().map(|(from, _)| from).collect();
        let mut known = BTreeSet::new();
        for way in starts.into_iter().filter_map(|start| circle(&arrows, start)) {
            if !known.insert(way.iter().cloned().collect::<BTreeSet<_>>()) {
                continue;
            }
            let ring = way.iter().zip(way.iter().cycle().skip(1));
            let places = ring.map(|(from, to)| {
                format!("  {from} → {to} at {}", arrows[&(from.clone(), to.clone())])
            });
            faults.push(format!(
                "{}: {} know each other in a circle; move what they share into a file that both \
                 may know, or turn one arrow round:\n{}",
                [&[krate.to_owned()], folder.as_slice()].concat().join("::"),
                way.join(" and "),
                places.collect::<Vec<_>>().join("\n")
            ));
        }
    }
    faults
}

fn out_of_order(sources: &[&Source]) -> Vec<String> {
    let root = sources.iter().find(|one| one.path.ends_with("/src/lib.rs"));
    let order = root.map_or(&[][..], |root| root.facts.modules.as_slice());
    let rank = |name: &str| order.iter().position(|one| one == name);
    let arrows = arrows(sources).remove(&Vec::new()).unwrap_or_default();
    arrows
        .iter()
        .filter(|((from, to), _)| rank(to) > rank(from))
        .map(|((from, to), place)| {
            format!(
                "{place}: {from} must not know {to}, which comes later in lib.rs; move what is \
                 needed into an earlier module"
            )
        })
        .collect()
}

fn faults(tree: &Tree) -> Vec<String> {
    let mut faults = Vec::new();
    for krate in tree.crates() {
        let sources: Vec<&Source> = tree.sources.iter().filter(|one| one.krate == krate).collect();
        faults.extend(circles(krate, &sources));
        if krate == "model" {
            faults.extend(out_of_order(&sources));
        }
    }
    faults
}

#[test]
fn modules_side_by_side_know_each_other_in_no_circle_and_the_model_only_what_comes_before() {
    assert_none(&faults(&WORKSPACE));
}

/// The faults of a crate with these files.
fn faults_of(krate: &str, files: &[(&str, &str)]) -> Vec<String> {
    let paths: Vec<String> =
        files.iter().map(|(path, _)| format!("crates/{krate}/src/{path}")).collect();
    let manifest = format!("crates/{krate}/Cargo.toml");
    let texts = files.iter().zip(&paths).map(|((_, text), path)| (path.as_str(), *text));
    faults(&Tree::sample(&texts.chain([(manifest.as_str(), "")]).collect::<Vec<_>>()))
}

#[test]
fn a_circle_is_found_in_whichever_way_it_is_written() {
    let back = [
        "use crate::a::A;",
        "use super::a::A;",
        "use crate::{a::A};",
        "use crate::A;",
        "fn f() { crate::a::f(); }",
        "fn f() -> super::a::A { todo() }",
        "fn f() { println!(\"{}\", crate::a::f()); }",
        "mod inner { use super::super::a; }",
        "use super::a as other;",
    ];
    for text in back {
        let faults = faults_of(
            "store",
            &[
                ("lib.rs", "mod a; mod b; pub use a::A;"),
                ("a.rs", "use crate::b::B;"),
                ("b.rs", text),
            ],
        );
        assert_eq!(faults.len(), 1, "{text}: {faults:?}");
        assert!(faults[0].contains("b → a at crates/store/src/b.rs:1"), "{text}: {faults:?}");
    }
}

#[test]
fn a_circle_of_three_and_one_deep_in_folders_is_found() {
    let three = [
        ("lib.rs", "mod a; mod b; mod c;"),
        ("a.rs", "mod x;"),
        ("a/x.rs", "use crate::b::B;"),
        ("b.rs", "use crate::c;"),
        ("c.rs", "use crate::a::A;"),
    ];
    let faults = faults_of("store", &three);
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].starts_with("store: a and b and c know"), "{faults:?}");
    let deep = [
        ("lib.rs", "mod a;"),
        ("a.rs", "mod x; mod y;"),
        ("a/x.rs", "use super::y::Y;"),
        ("a/y.rs", "use super::x::X;"),
    ];
    assert!(faults_of("store", &deep)[0].starts_with("store::a: x and y know"));
}

#[test]
fn a_parent_and_its_children_may_know_each_other_and_tests_may_know_all() {
    let fine = [
        ("lib.rs", "mod a; mod b; pub struct Root(a::A);"),
        ("a.rs", "mod x; use x::X; use crate::b::B;"),
        ("a/x.rs", "use super::A; use crate::Root; use std::b::B;"),
        ("b.rs", "#[cfg(test)] mod tests { use crate::a::A; }\n#[cfg(test)] mod more;"),
        ("b/more.rs", "use crate::a::A;"),
    ];
    assert_none(&faults_of("store", &fine));
}

#[test]
fn an_import_towards_a_later_module_of_the_model_is_found() {
    let files = [("lib.rs", "pub mod a; pub mod b;"), ("a.rs", "use crate::b::B;"), ("b.rs", "")];
    assert!(faults_of("model", &files)[0].contains("a must not know b"));
    assert_none(&faults_of("store", &files));
}
