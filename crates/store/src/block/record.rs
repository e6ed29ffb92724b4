//! The rows of a database as bytes that mean the same to both: what a backup is made of.

use crate::error::StoreError;
use crate::value::Value;

/// A piece of a backup.
#[derive(Debug, PartialEq)]
pub(crate) enum Record {
    /// The first: the format of the database.
    Format(i64),
    /// The rows that follow are of this table.
    Table { name: String, columns: Vec<String> },
    /// Some of them.
    Rows(Vec<Vec<Value>>),
    /// The last id that the table has given.
    Last(i64),
    /// The last: how many rows each table has.
    End(Vec<(String, u64)>),
}

impl Record {
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut out = Out(Vec::new());
        match self {
            Self::Format(format) => {
                out.0.push(b'F');
                out.int(*format);
            }
            Self::Table { name, columns } => {
                out.0.push(b'T');
                out.bytes(name.as_bytes());
                out.length(columns.len());
                columns.iter().for_each(|column| out.bytes(column.as_bytes()));
            }
            Self::Rows(rows) => {
                out.0.push(b'R');
                out.length(rows.len());
                out.length(rows.first().map_or(0, Vec::len));
                rows.iter().flatten().for_each(|value| out.value(value));
            }
            Self::Last(id) => {
                out.0.push(b'L');
                out.int(*id);
            }
            Self::End(counts) => {
                out.0.push(b'E');
                out.length(counts.len());
                for (name, rows) in counts {
                    out.bytes(name.as_bytes());
                    out.int(i64::try_from(*rows).unwrap_or(i64::MAX));
                }
            }
        }
        out.0
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, StoreError> {
        let mut from = In(bytes);
        let record = match from.take(1)?[0] {
            b'F' => Self::Format(from.int()?),
            b'T' => {
                let name = from.text()?;
                let columns = (0..from.length()?).map(|_| from.text()).collect::<Result<_, _>>()?;
                Self::Table { name, columns }
            }
            b'R' => {
                let (rows, columns) = (from.length()?, from.length()?);
                let mut row = || (0..columns).map(|_| from.value()).collect::<Result<_, _>>();
                Self::Rows((0..rows).map(|_| row()).collect::<Result<_, _>>()?)
            }
            b'L' => Self::Last(from.int()?),
            b'E' => {
                let counts = (0..from.length()?).map(|_| {
                    let name = from.text()?;
                    Ok((name, u64::try_from(from.int()?).map_err(|_| damaged())?))
                });
                Self::End(counts.collect::<Result<_, StoreError>>()?)
            }
            _ => return Err(damaged()),
        };
        if from.0.is_empty() { Ok(record) } else { Err(damaged()) }
    }
}

fn damaged() -> StoreError {
    StoreError::BadBackup("it holds what no backup holds".into())
}

struct Out(Vec<u8>);

impl Out {
    fn int(&mut self, n: i64) {
        self.0.extend_from_slice(&n.to_le_bytes());
    }

    fn length(&mut self, length: usize) {
        let length = u32::try_from(length).expect("a database holds no value of 4 GB");
        self.0.extend_from_slice(&length.to_le_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.length(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.0.push(0),
            Value::Int(n) => {
                self.0.push(1);
                self.int(*n);
            }
            Value::Text(text) => {
                self.0.push(2);
                self.bytes(text.as_bytes());
            }
            Value::Blob(bytes) => {
                self.0.push(3);
                self.bytes(bytes);
            }
        }
    }
}

struct In<'a>(&'a [u8]);

impl<'a> In<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], StoreError> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or_else(damaged)?;
        self.0 = rest;
        Ok(taken)
    }

    fn int(&mut self) -> Result<i64, StoreError> {
        let bytes = self.take(8)?.try_into().map_err(|_| damaged())?;
        Ok(i64::from_le_bytes(bytes))
    }

    /// A length is never more than what follows, so that no memory is asked for in vain.
    fn length(&mut self) -> Result<usize, StoreError> {
        let bytes = self.take(4)?.try_into().map_err(|_| damaged())?;
        let length = usize::try_from(u32::from_le_bytes(bytes)).map_err(|_| damaged())?;
        if length > self.0.len() { Err(damaged()) } else { Ok(length) }
    }

    fn bytes(&mut self) -> Result<&'a [u8], StoreError> {
        let length = self.length()?;
        self.take(length)
    }

    fn text(&mut self) -> Result<String, StoreError> {
        String::from_utf8(self.bytes()?.to_vec()).map_err(|_| damaged())
    }

    fn value(&mut self) -> Result<Value, StoreError> {
        Ok(match self.take(1)?[0] {
            0 => Value::Null,
            1 => Value::Int(self.int()?),
            2 => Value::Text(self.text()?),
            3 => Value::Blob(self.bytes()?.to_vec()),
            _ => return Err(damaged()),
        })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use proptest::prelude::*;

    use super::*;

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Null),
            any::<i64>().prop_map(Value::Int),
            ".*".prop_map(Value::Text),
            any::<Vec<u8>>().prop_map(Value::Blob),
        ]
    }

    proptest! {
        #[test]
        fn every_row_comes_back_as_it_was(row in prop::collection::vec(value(), 1..9)) {
            let records = [
                Record::Format(6),
                Record::Table { name: "a".into(), columns: vec!["b".into(), "c".into()] },
                Record::Rows(vec![row.clone(), row]),
                Record::Last(i64::MAX),
                Record::End(vec![("a".into(), 2)]),
            ];
            for record in records {
                prop_assert_eq!(Record::from_bytes(&record.to_bytes()).unwrap(), record);
            }
        }

        #[test]
        fn random_bytes_are_refused_or_read_and_never_panic(bytes: Vec<u8>) {
            let _ = Record::from_bytes(&bytes);
        }
    }
}
