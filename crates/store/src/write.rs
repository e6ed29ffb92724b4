//! A write is a value: statements, and the rows they are expected to touch.

use crate::error::StoreError;
use crate::sql::Sql;
use crate::value::Value;

/// Statements that happen together or not at all. Nothing is read in between, so that a write can
/// be repeated after a deadlock, and many can share one commit.
#[derive(Debug, Clone, Default)]
pub struct Write {
    pub(crate) steps: Vec<Step>,
}

/// One statement of a write, with one or many rows of parameters.
#[derive(Debug, Clone)]
pub struct Step {
    pub(crate) sql: &'static Sql,
    pub(crate) rows: Vec<Vec<Value>>,
    pub(crate) expect: Expect,
}

/// How many rows a step must touch in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expect {
    Exactly(u64),
    Any,
}

/// What a write gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// The numbers that were given (growing ids, epochs of leases), in the order of the steps that
    /// give some.
    pub given: Vec<i64>,
}

impl Write {
    /// A write that changes nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with these steps after the others.
    #[must_use]
    pub fn and(mut self, steps: impl IntoIterator<Item = Step>) -> Self {
        self.steps.extend(steps);
        self
    }

    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Refuses what the databases would treat differently.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        for step in &self.steps {
            for value in step.rows.iter().flatten() {
                if matches!(value, Value::Text(text) if text.contains('\0')) {
                    return Err(StoreError::Unstorable {
                        step: step.sql.label(),
                        reason: "a text contains the character NUL; leave it out",
                    });
                }
            }
        }
        Ok(())
    }
}

impl From<Vec<Step>> for Write {
    fn from(steps: Vec<Step>) -> Self {
        Self { steps }
    }
}

impl Step {
    /// A statement that must touch exactly one row.
    pub(crate) fn one(sql: &'static Sql, row: Vec<Value>) -> Self {
        Self { sql, rows: vec![row], expect: Expect::Exactly(1) }
    }

    /// A statement that may touch any number of rows.
    pub(crate) fn any(sql: &'static Sql, row: Vec<Value>) -> Self {
        Self { sql, rows: vec![row], expect: Expect::Any }
    }

    /// The same statement for each row, each of which must touch one.
    pub(crate) fn each(sql: &'static Sql, rows: Vec<Vec<Value>>) -> Self {
        let expect = Expect::Exactly(rows.len() as u64);
        Self { sql, rows, expect }
    }

    /// The same statement for each row, touching any number.
    pub(crate) fn each_any(sql: &'static Sql, rows: Vec<Vec<Value>>) -> Self {
        Self { sql, rows, expect: Expect::Any }
    }

    /// Whether so many touched rows are what was expected.
    pub(crate) fn met_by(&self, touched: u64) -> Result<(), StoreError> {
        match self.expect {
            Expect::Exactly(wanted) if wanted != touched => {
                Err(StoreError::Conflict { step: self.sql.label() })
            }
            _ => Ok(()),
        }
    }
}
