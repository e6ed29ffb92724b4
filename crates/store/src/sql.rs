//! Statements: written once in the subset that both databases share.

use std::sync::OnceLock;

/// A statement, registered so that a test prepares each one on both databases.
///
/// Two things are written in words of our own and translated: parameters `$1`, `$2`, … (in SQLite
/// `$N` would be numbered by first appearance, not by N), and `LAST_ID(table)`, the growing id
/// that this same write has just given in that table.
#[derive(Debug)]
pub struct Sql {
    label: &'static str,
    text: &'static str,
    sqlite: OnceLock<String>,
    postgres: OnceLock<String>,
}

impl Sql {
    pub(crate) const fn new(label: &'static str, text: &'static str) -> Self {
        Self { label, text, sqlite: OnceLock::new(), postgres: OnceLock::new() }
    }

    /// The statement's name in errors and logs.
    #[must_use]
    pub fn label(&self) -> &'static str {
        self.label
    }

    /// The statement as SQLite reads it.
    #[must_use]
    pub fn for_sqlite(&self) -> &str {
        self.sqlite.get_or_init(|| {
            last_id(&self.text.replace('$', "?"), |table| {
                format!("(SELECT seq FROM sqlite_sequence WHERE name = '{table}')")
            })
        })
    }

    /// The statement as PostgreSQL reads it.
    #[must_use]
    pub fn for_postgres(&self) -> &str {
        self.postgres.get_or_init(|| {
            last_id(self.text, |table| format!("currval(pg_get_serial_sequence('{table}', 'id'))"))
        })
    }

    /// Whether the statement answers with the numbers it gave.
    pub(crate) fn gives_numbers(&self) -> bool {
        self.text.contains("RETURNING")
    }
}

fn last_id(text: &str, write: impl Fn(&str) -> String) -> String {
    let mut parts = text.split("LAST_ID(");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (table, rest) = part.split_once(')').unwrap_or((part, ""));
        out.push_str(&write(table));
        out.push_str(rest);
    }
    out
}

/// Declares the statements of a module, and lists them in `ALL` for the registry.
macro_rules! statements {
    ($($name:ident = $label:literal, $text:expr;)*) => {
        $(static $name: crate::sql::Sql = crate::sql::Sql::new($label, $text);)*
        pub(crate) static ALL: &[&crate::sql::Sql] = &[$(&$name),*];
    };
}
pub(crate) use statements;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_is_the_one_its_number_says() {
        let sql = Sql::new("test", "SELECT $2, $1");
        assert_eq!(sql.for_sqlite(), "SELECT ?2, ?1");
        assert_eq!(sql.for_postgres(), "SELECT $2, $1");
    }

    #[test]
    fn the_id_just_given_is_asked_for_in_each_databases_own_way() {
        let sql = Sql::new("test", "INSERT INTO a VALUES (LAST_ID(b), $1)");
        assert!(sql.for_sqlite().contains("WHERE name = 'b'), ?1)"));
        assert!(sql.for_postgres().contains("('b', 'id')), $1)"));
    }
}
