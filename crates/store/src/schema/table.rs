//! Which tables a format has.

use super::{FORMATS, without_comments};

/// A table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// Whether it gives growing ids.
    pub(crate) grows: bool,
}

/// The tables of a format in an order in which each refers only to those before it. Without
/// `meta`, which holds nothing but the format.
pub(crate) fn tables(format: i64) -> Vec<Table> {
    let mut tables = Vec::new();
    let formats = usize::try_from(format).unwrap_or(0);
    for text in FORMATS.iter().take(formats) {
        for part in text.split("\nCREATE TABLE ").skip(1) {
            let Some((name, rest)) = part.split_once(" (") else { continue };
            let body = rest.split("\n);").next().unwrap_or_default();
            let grows = without_comments(body).contains("GROWING ID");
            if name != "meta" {
                tables.push(Table { name, grows });
            }
        }
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::newest;

    #[test]
    fn no_table_is_left_out_and_each_refers_only_to_those_before_it() {
        let all = tables(newest());
        let made: usize = FORMATS.iter().map(|text| text.matches("CREATE TABLE").count()).sum();
        assert_eq!(all.len() + 1, made);
        assert!(tables(1).len() < all.len());
        for text in FORMATS {
            for part in without_comments(text).split("CREATE TABLE ").skip(1) {
                let name = part.split(' ').next().unwrap_or_default();
                for other in part.split("REFERENCES ").skip(1) {
                    let other = other.split(' ').next().unwrap_or_default();
                    let place = |name| all.iter().position(|table| table.name == name);
                    assert!(place(other) < place(name), "{name} refers to {other}");
                }
            }
        }
    }
}
