//! What a backup is made of: blocks of rows that mean the same to both databases.

use crate::error::StoreError;
use crate::schema;
use crate::value::Value;

pub(crate) mod record;

use record::Record;

/// How many rows a table has.
pub type Counts = Vec<(String, u64)>;
/// Takes one block after the other.
pub type Sink<'a> = dyn FnMut(&[u8]) -> std::io::Result<()> + Send + 'a;
/// Gives one block after the other.
pub type Source<'a> = dyn FnMut() -> std::io::Result<Option<Vec<u8>>> + Send + 'a;

/// What a backup holds, as it shows while its blocks go by.
#[derive(Debug, Default)]
pub struct Inventory {
    format: Option<i64>,
    counts: Counts,
    ended: bool,
}

/// What was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The format that the backup had; it was brought to the newest.
    pub format: i64,
    /// The rows of each table, counted in the backup and in the database, which agree.
    pub counts: Counts,
}

impl Inventory {
    /// Looks at the next block.
    ///
    /// # Errors
    ///
    /// [`StoreError::BadBackup`] and [`StoreError::TooNew`].
    pub fn see(&mut self, block: &[u8]) -> Result<(), StoreError> {
        self.note(&Record::from_bytes(block)?)
    }

    pub(crate) fn note(&mut self, record: &Record) -> Result<(), StoreError> {
        let bad = |why: &str| Err(StoreError::BadBackup(why.into()));
        match record {
            _ if self.ended => return bad("something comes after its end"),
            Record::Format(found) if self.format.is_none() => {
                if *found > schema::newest() {
                    return Err(StoreError::TooNew { found: *found, known: schema::newest() });
                }
                self.format = Some(*found);
            }
            _ if self.format.is_none() => return bad("its format comes too late"),
            Record::Format(_) => return bad("it has two formats"),
            Record::Table { name, .. } => self.counts.push((name.clone(), 0)),
            Record::Rows(rows) => match self.counts.last_mut() {
                Some((_, count)) => *count += rows.len() as u64,
                None => return bad("rows of no table"),
            },
            Record::Last(_) => {}
            Record::End(counts) if *counts == self.counts => self.ended = true,
            Record::End(_) => return bad("it holds other rows than it says"),
        }
        Ok(())
    }

    /// The format and the counts, once all blocks have gone by.
    ///
    /// # Errors
    ///
    /// [`StoreError::BadBackup`] when the end is missing.
    pub fn finish(self) -> Result<Restored, StoreError> {
        match self.format {
            Some(format) if self.ended => Ok(Restored { format, counts: self.counts }),
            _ => Err(StoreError::BadBackup("its end is missing".into())),
        }
    }
}

/// Gathers rows until they are worth a block.
pub(crate) struct Packer<'a, 'b> {
    sink: &'a mut Sink<'b>,
    seen: Inventory,
    rows: Vec<Vec<Value>>,
    size: usize,
}

/// About so many bytes of rows make a block.
const BLOCK: usize = 128 * 1024;

impl<'a, 'b> Packer<'a, 'b> {
    pub(crate) fn new(sink: &'a mut Sink<'b>, format: i64) -> Result<Self, StoreError> {
        let mut packer = Self { sink, seen: Inventory::default(), rows: Vec::new(), size: 0 };
        packer.put(&Record::Format(format))?;
        Ok(packer)
    }

    pub(crate) fn put(&mut self, record: &Record) -> Result<(), StoreError> {
        self.flush()?;
        self.out(record)
    }

    pub(crate) fn row(&mut self, row: Vec<Value>) -> Result<(), StoreError> {
        self.size += row.iter().map(Value::size).sum::<usize>();
        self.rows.push(row);
        if self.size >= BLOCK { self.flush() } else { Ok(()) }
    }

    pub(crate) fn finish(mut self) -> Result<Counts, StoreError> {
        self.flush()?;
        let counts = self.seen.counts.clone();
        self.out(&Record::End(counts.clone()))?;
        Ok(counts)
    }

    fn flush(&mut self) -> Result<(), StoreError> {
        if self.rows.is_empty() {
            return Ok(());
        }
        self.size = 0;
        let rows = std::mem::take(&mut self.rows);
        self.out(&Record::Rows(rows))
    }

    fn out(&mut self, record: &Record) -> Result<(), StoreError> {
        self.seen.note(record)?;
        (self.sink)(&record.to_bytes()).map_err(|why| StoreError::BackupFile(why.to_string()))
    }
}

/// Reads the next record of a backup that is being restored.
pub(crate) fn next(source: &mut Source<'_>) -> Result<Option<Record>, StoreError> {
    let block = source().map_err(|why| StoreError::BackupFile(why.to_string()))?;
    block.map(|block| Record::from_bytes(&block)).transpose()
}

/// Refuses what is no table of the format: its name becomes part of statements.
pub(crate) fn is_table(format: i64, name: &str) -> Result<(), StoreError> {
    if schema::tables(format).iter().any(|table| table.name == name) {
        return Ok(());
    }
    Err(StoreError::BadBackup(format!("format {format} has no table “{name}”")))
}

/// Refuses columns that the table does not have, and missing ones.
pub(crate) fn same_columns(
    table: &str,
    columns: &[String],
    there: &[String],
) -> Result<(), StoreError> {
    if columns.len() == there.len() && there.iter().all(|one| columns.contains(one)) {
        return Ok(());
    }
    Err(StoreError::BadBackup(format!("table “{table}” has other columns")))
}
