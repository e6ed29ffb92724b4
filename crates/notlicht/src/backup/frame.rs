//! What lies one after the other in a backup, inside compression and seal.

use std::io::{self, Read, Write};

use model::value::Timestamp;
use serde::{Deserialize, Serialize};

/// The keys, inside the data folder.
pub(crate) const KEYS: &str = "keys.json";
/// Emergency notices that wait for the database, inside the data folder.
pub(crate) const EMERGENCY: &str = "emergency";

/// A piece of a backup.
#[derive(Debug)]
pub(crate) enum Frame {
    /// The first: where it comes from.
    Info(Info),
    /// A file of the data folder.
    File(String, Vec<u8>),
    /// Rows of the database.
    Rows(Vec<u8>),
}

/// Where a backup comes from.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Info {
    pub(crate) made_at: Timestamp,
    /// The version of the program.
    pub(crate) program: String,
    /// The kind of database.
    pub(crate) database: String,
}

/// No frame is longer: a block of rows has 128 KiB and whatever its last row adds.
const LONGEST: usize = 1 << 30;

/// Writes a block of rows without copying it.
pub(crate) fn write_rows(out: &mut impl Write, block: &[u8]) -> io::Result<()> {
    put(out, b'R', block)
}

fn put(out: &mut impl Write, kind: u8, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(|_| io::Error::other("a piece is too long"))?;
    out.write_all(&[kind])?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(bytes)
}

impl Frame {
    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Info(info) => put(out, b'I', &serde_json::to_vec(info)?),
            Self::File(name, bytes) => {
                let mut both = name.as_bytes().to_vec();
                both.push(0);
                both.extend_from_slice(bytes);
                put(out, b'F', &both)
            }
            Self::Rows(block) => put(out, b'R', block),
        }
    }

    /// The next one, or nothing at the end.
    pub(crate) fn read(from: &mut impl Read) -> io::Result<Option<Self>> {
        let bad = |why: &str| io::Error::new(io::ErrorKind::InvalidData, why);
        let mut kind = [0];
        if from.read(&mut kind)? == 0 {
            return Ok(None);
        }
        let mut length = [0; 4];
        from.read_exact(&mut length)?;
        let length = u32::from_le_bytes(length) as usize;
        if length > LONGEST {
            return Err(bad("a piece is too long"));
        }
        let mut bytes = Vec::new();
        from.take(length as u64).read_to_end(&mut bytes)?;
        if bytes.len() < length {
            return Err(bad("the last piece is cut"));
        }
        Ok(Some(match kind[0] {
            b'I' => Self::Info(serde_json::from_slice(&bytes)?),
            b'F' => {
                let end = bytes.iter().position(|byte| *byte == 0);
                let end = end.ok_or_else(|| bad("a file without a name"))?;
                let name = String::from_utf8_lossy(&bytes[..end]).into_owned();
                if !is_ours(&name) {
                    return Err(bad("a file that does not belong into the data folder"));
                }
                Self::File(name, bytes.split_off(end + 1))
            }
            b'R' => Self::Rows(bytes),
            _ => return Err(bad("a piece that this program does not know: take a newer one")),
        }))
    }
}

/// Whether a file may be written into the data folder.
fn is_ours(name: &str) -> bool {
    let inside = name.strip_prefix(EMERGENCY).and_then(|rest| rest.strip_prefix('/'));
    let plain = |name: &str| {
        let stem = name.strip_suffix(".json").unwrap_or("");
        !stem.is_empty() && stem.chars().all(|c| c.is_ascii_alphanumeric())
    };
    name == KEYS || inside.is_some_and(plain)
}
