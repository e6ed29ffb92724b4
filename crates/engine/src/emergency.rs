//! Emergency notices: an operator at the host publishes a sentence on the page although the
//! database is dead. Each is a file of its own in the data folder; when the database is back, it
//! is merged exactly once.

use std::path::{Path, PathBuf};

use model::public::PublicEmergency;
use model::value::{PublicId, Timestamp};
use serde::{Deserialize, Serialize};
use store::journal::{Entry, merge_steps};

use crate::{Engine, EngineError};

/// What was said or ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "snake_case")]
pub enum Emergency {
    /// This stands on the page now.
    Published {
        /// As typed.
        text: String,
        /// Who, by the name that the system gives.
        by: String,
    },
    /// An earlier one no longer stands there.
    Ended {
        /// Which.
        which: PublicId,
        /// Who, by the name that the system gives.
        by: String,
    },
}

#[derive(Serialize, Deserialize)]
struct File {
    id: PublicId,
    at: Timestamp,
    #[serde(flatten)]
    entry: Emergency,
}

/// At most so many characters: a sentence or two that a page can hold.
pub const LONGEST: usize = 2_000;

fn folder(data: &Path) -> PathBuf {
    data.join("emergency")
}

/// Writes an entry into the data folder, whole or not at all. Needs no database.
///
/// # Errors
///
/// [`EngineError::File`].
pub fn write(
    data: &Path,
    id: &PublicId,
    at: Timestamp,
    entry: &Emergency,
) -> Result<(), EngineError> {
    use std::io::Write as _;
    let folder = folder(data);
    std::fs::create_dir_all(&folder).map_err(EngineError::file(&folder))?;
    let file = File { id: id.clone(), at, entry: entry.clone() };
    let text = serde_json::to_string_pretty(&file).expect("texts and numbers are JSON");
    let (draft, path) = (folder.join(format!("{id}.tmp")), folder.join(format!("{id}.json")));
    let mut out = std::fs::File::create(&draft).map_err(EngineError::file(&draft))?;
    out.write_all(text.as_bytes())
        .and_then(|()| out.sync_all())
        .and_then(|()| std::fs::rename(&draft, &path))
        .map_err(EngineError::file(&path))
}

/// The entries that lie in the data folder and are not merged yet, oldest first. A file that
/// cannot be read is passed over with a warning: one bad file must not hide the others.
#[must_use]
pub fn pending(data: &Path) -> Vec<Entry<Emergency>> {
    let Ok(files) = std::fs::read_dir(folder(data)) else { return vec![] };
    let mut entries = Vec::new();
    for path in files.filter_map(Result::ok).map(|file| file.path()) {
        if path.extension().is_none_or(|end| end != "json") {
            continue;
        }
        let read = std::fs::read_to_string(&path).map_err(|why| why.to_string());
        match read.and_then(|text| serde_json::from_str::<File>(&text).map_err(|w| w.to_string())) {
            Ok(file) => {
                entries.push(Entry { id: file.id, written_at: file.at, entry: file.entry });
            }
            Err(why) => tracing::warn!(path = %path.display(), why, "not an emergency notice"),
        }
    }
    entries.sort_by(|one, other| (one.written_at, &one.id).cmp(&(other.written_at, &other.id)));
    entries
}

/// What stands on the page by these entries, newest first.
#[must_use]
pub fn standing(entries: &[Entry<Emergency>]) -> Vec<PublicEmergency> {
    let ended = |id: &PublicId| {
        entries
            .iter()
            .any(|one| matches!(&one.entry, Emergency::Ended { which, .. } if which == id))
    };
    let mut standing: Vec<_> = entries
        .iter()
        .filter(|one| !ended(&one.id))
        .filter_map(|one| match &one.entry {
            Emergency::Published { text, .. } => {
                Some(PublicEmergency { id: one.id.clone(), at: one.written_at, text: text.clone() })
            }
            Emergency::Ended { .. } => None,
        })
        .collect();
    standing.sort_by_key(|one| std::cmp::Reverse(one.at));
    standing.dedup_by(|one, other| one.id == other.id);
    standing
}

/// What stands on the page when these entries come on top of what stood there already, newest
/// first: for a page whose database cannot be asked.
#[must_use]
pub fn over(before: &[PublicEmergency], entries: &[Entry<Emergency>]) -> Vec<PublicEmergency> {
    let known = before.iter().map(|one| Entry {
        id: one.id.clone(),
        written_at: one.at,
        entry: Emergency::Published { text: one.text.clone(), by: String::new() },
    });
    standing(&known.chain(entries.iter().cloned()).collect::<Vec<_>>())
}

impl Engine {
    /// Takes what was written without the database into it, each exactly once; says how many.
    ///
    /// # Errors
    ///
    /// When the database does not answer. Nothing is lost: the files stay.
    pub async fn merge_emergencies(&self) -> Result<usize, EngineError> {
        let mut merged = 0;
        for entry in pending(&self.node.data) {
            match self.store.write(merge_steps(&entry, self.now())).await {
                Ok(_) => merged += 1,
                // It was merged before the process stopped; only the file is left.
                Err(why) if why.is_conflict() => {}
                Err(why) => return Err(why.into()),
            }
            let folder = folder(&self.node.data);
            let (from, to) = (folder.join(format!("{}.json", entry.id)), folder.join("merged"));
            std::fs::create_dir_all(&to).map_err(EngineError::file(&to))?;
            let to = to.join(format!("{}.json", entry.id));
            std::fs::rename(&from, &to).map_err(EngineError::file(&to))?;
        }
        Ok(merged)
    }

    /// The emergency notices that stand on the page.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn emergencies(&self) -> Result<Vec<PublicEmergency>, EngineError> {
        let mut entries: Vec<Entry<Emergency>> = self.store.journal(200).await?;
        entries.extend(pending(&self.node.data));
        Ok(standing(&entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_without_a_database_reads_back_and_can_be_ended() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let (id, end) = (PublicId::from_chance(1), PublicId::from_chance(2));
        let by = || "erika".to_owned();
        let said = Emergency::Published { text: "Wir sind dran.".into(), by: by() };
        write(folder.path(), &id, Timestamp(1), &said)?;
        assert_eq!(standing(&pending(folder.path())).len(), 1);
        let ended = Emergency::Ended { which: id, by: by() };
        write(folder.path(), &end, Timestamp(2), &ended)?;
        let entries: Vec<_> = pending(folder.path()).into_iter().map(|one| one.entry).collect();
        assert_eq!(entries, [said, ended]);
        assert!(standing(&pending(folder.path())).is_empty());
        Ok(())
    }
}
