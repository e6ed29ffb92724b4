//! What we build on keeps to `deny.toml`: licences, banned packages, one source.
//!
//! cargo-deny reads the same file and looks at more. This check needs nothing but Cargo, so it runs
//! wherever the tests run.

use std::process::Command;

use crate::tree::{ROOT, WORKSPACE, assert_none};

/// One package that is really built for us, and its licence.
struct Package {
    name: String,
    licence: String,
}

/// What Cargo builds on this machine, tests included. `Cargo.lock` would not do: it also names what
/// a switched-off feature would need.
#[expect(clippy::disallowed_methods, reason = "only Cargo knows what it would build")]
fn packages() -> Vec<Package> {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["tree", "--workspace", "--locked", "--prefix=none", "--edges=normal,build,dev"])
        .args(["--format={p}|{l}"])
        .current_dir(ROOT)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    listed(&String::from_utf8(output.stdout).unwrap())
}

/// Reads lines such as `serde v1.0.0|MIT OR Apache-2.0 (*)`.
fn listed(text: &str) -> Vec<Package> {
    let package = |line: &str| {
        let (package, licence) = line.trim_end_matches(" (*)").split_once('|')?;
        let name = package.split(' ').next()?.to_owned();
        Some(Package { name, licence: licence.to_owned() })
    };
    text.lines().filter_map(package).collect()
}

fn texts<'a>(table: &'a toml::Table, place: &[&str]) -> Vec<&'a str> {
    let mut value = table.get(place[0]);
    for name in &place[1..] {
        value = value.and_then(|value| value.get(name));
    }
    let list = value.and_then(toml::Value::as_array).unwrap_or_else(|| {
        panic!("deny.toml has no list {}", place.join("."));
    });
    list.iter().filter_map(|one| one.as_str().or_else(|| one.get("crate")?.as_str())).collect()
}

fn faults(deny: &str, packages: &[Package]) -> Vec<String> {
    let deny: toml::Table = deny.parse().unwrap();
    let (banned, allowed) = (texts(&deny, &["bans", "deny"]), texts(&deny, &["licenses", "allow"]));
    let mut faults = Vec::new();
    for package in packages {
        if banned.contains(&package.name.as_str()) {
            faults.push(format!(
                "{0}: banned in deny.toml; “cargo tree -i {0}” says who needs it: choose another \
                 feature of that one",
                package.name
            ));
        }
        let licence = spdx::Expression::parse_mode(&package.licence, spdx::ParseMode::LAX);
        let good = licence.is_ok_and(|licence| {
            licence.evaluate(|wanted| allowed.contains(&wanted.to_string().as_str()))
        });
        if !good {
            faults.push(format!(
                "{}: its licence “{}” is not among those in deny.toml; do without it, or read the \
                 licence and add it there",
                package.name, package.licence
            ));
        }
    }
    faults.sort();
    faults.dedup();
    faults
}

/// Packages of the lock file that come from elsewhere than where Cargo usually looks.
fn strangers(lock: &str) -> Vec<String> {
    let lock: toml::Table = lock.parse().unwrap();
    let packages = lock.get("package").and_then(toml::Value::as_array);
    let stranger = |package: &toml::Value| {
        let source = package.get("source")?.as_str()?;
        let usual = source.starts_with("registry+https://github.com/rust-lang/");
        let name = package.get("name")?.as_str()?;
        (!usual).then(|| format!("Cargo.lock: {name} comes from {source}; take a released version"))
    };
    packages.into_iter().flatten().filter_map(stranger).collect()
}

/// Dependencies of the workspace that say nothing of why they are here.
fn unexplained(manifest: &str) -> Vec<String> {
    let lines =
        manifest.lines().enumerate().skip_while(|(_, line)| *line != "[workspace.dependencies]");
    lines
        .skip(1)
        .take_while(|(_, line)| !line.starts_with('['))
        .filter(|(_, line)| {
            line.contains(" = ") && !line.contains("path = ") && !line.contains(" # ")
        })
        .map(|(at, line)| {
            let name = line.split(' ').next().unwrap_or_default();
            format!("Cargo.toml:{}: say behind {name} why we need it: # …", at + 1)
        })
        .collect()
}

#[test]
fn what_we_build_on_has_a_licence_that_fits_and_is_not_banned() {
    let packages = packages();
    assert!(packages.len() > 50, "Cargo named only {} packages", packages.len());
    assert_none(&faults(WORKSPACE.text("deny.toml"), &packages));
}

#[test]
fn what_we_build_on_was_released_and_each_says_why_it_is_here() {
    let lock = std::fs::read_to_string([ROOT, "/Cargo.lock"].concat()).unwrap();
    assert_none(&strangers(&lock));
    assert_none(&unexplained(WORKSPACE.text("Cargo.toml")));
}

const DENY: &str =
    "[licenses]\nallow = [\"MIT\", \"ISC\"]\n[bans]\ndeny = [{ crate = \"ring\" }, \"b\"]";

#[test]
fn a_banned_package_and_a_licence_that_does_not_fit_are_found() {
    let fine = "a v1.0.0|MIT OR GPL-3.0-only\nc v1 (/x)|ISC AND MIT (*)\nd v1|MIT/Apache-2.0\n";
    assert_none(&faults(DENY, &listed(fine)));
    let bad = "ring v0.17.0|ISC\nb v1|MIT (*)\nc v1|MIT AND GPL-3.0-only\nd v1|\n";
    let faults = faults(DENY, &listed(bad));
    let starts = ["b: banned", "c: its licence", "d: its licence", "ring: banned"];
    assert_eq!(faults.len(), 4, "{faults:?}");
    assert!(faults.iter().zip(starts).all(|(fault, start)| fault.starts_with(start)), "{faults:?}");
}

#[test]
fn a_package_from_a_repository_and_one_without_a_reason_are_found() {
    let lock = "[[package]]\nname = \"a\"\nsource = \"git+https://b.example/a\"\n\
                [[package]]\nname = \"ours\"\n";
    assert_eq!(strangers(lock).len(), 1);
    let manifest =
        "[workspace.dependencies]\n# Group\nx = \"1\" # why\ny = \"2\"\n[other]\nz = \"3\"\n";
    let faults = unexplained(manifest);
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].starts_with("Cargo.toml:4: say behind y"), "{faults:?}");
}
