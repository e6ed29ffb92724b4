//! How a line of a data file is written, and what it stands for as a regular expression.

use std::collections::HashMap;

use crate::words::flat::Flat;

/// A line of the file as a regular expression.
pub(super) fn expression(line: &str, above: &HashMap<String, String>) -> String {
    let mut written = Flat::of(&line.replace('…', "@")).text.replace('~', r"[a-z-]*");
    written = groups(&written);
    written = written.replace(" @ ", r",? (?:[^ ]+ ){0,8}?").replace(" @", r",?(?: [^ ]+){0,8}?");
    for (name, section) in above {
        written = written.replace(&format!("{{{name}}}"), &format!("(?:{section})"));
    }
    written
}

/// Brackets only group; what stands in `<…>` is taken out.
fn groups(line: &str) -> String {
    let mut written = String::with_capacity(line.len() + 16);
    let mut signs = line.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => {
                written.push(sign);
                written.extend(signs.next());
            }
            '(' if signs.peek() != Some(&'?') => written.push_str("(?:"),
            '<' => written.push('('),
            '>' => written.push(')'),
            _ => written.push(sign),
        }
    }
    written
}
