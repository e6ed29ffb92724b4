//! A handbook as files: a folder, or one archive.

use std::path::Path;

use anyhow::{Context as _, bail};
use engine::Engine;
use model::handbook::Files;
use model::handbook::archive::{self, LARGEST_WHOLE};

use crate::folder::{self, CONTACTS};

/// What was found.
pub(super) struct Bundle {
    /// The handbook.
    pub(super) files: Files,
    /// Names and contact data, where they lie beside it.
    pub(super) contacts: Option<String>,
    /// The version that it was exported from.
    pub(super) base: Base,
}

/// Which version something was exported from.
pub(super) enum Base {
    /// It does not say.
    Unknown,
    /// The one of this number.
    Number(u32),
    /// The one with this fingerprint.
    Fingerprint(String),
}

/// Whether this is to be an archive, by its name.
pub(super) fn is_archive(path: &Path) -> bool {
    path.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip")) && !path.is_dir()
}

/// Reads a folder or an archive.
pub(super) fn read(path: &Path) -> anyhow::Result<Bundle> {
    if !path.is_file() {
        let files = folder::read(path)?;
        let contacts = match std::fs::read_to_string(path.join(CONTACTS)) {
            Ok(text) => Some(text),
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => None,
            Err(why) => return Err(why).with_context(|| format!("{CONTACTS} cannot be read")),
        };
        let base = folder::version(path)?.map_or(Base::Unknown, Base::Number);
        return Ok(Bundle { files, contacts, base });
    }
    let shown = path.display();
    let size = path.metadata().with_context(|| format!("{shown} cannot be read"))?.len();
    if size > LARGEST_WHOLE {
        bail!("{shown} has {size} bytes: a handbook is smaller; is this the right file?");
    }
    let bytes = std::fs::read(path).with_context(|| format!("{shown} cannot be read"))?;
    let archive = archive::unpack(&bytes).with_context(|| format!("{shown} cannot be used"))?;
    let base = archive.base.map_or(Base::Unknown, Base::Fingerprint);
    Ok(Bundle { files: archive.files, contacts: archive.contacts, base })
}

/// The number of the version that something was exported from, if it is one of this installation.
pub(super) async fn version(engine: &Engine, base: Base) -> anyhow::Result<Option<u32>> {
    let wanted = match base {
        Base::Unknown => return Ok(None),
        Base::Number(number) => return Ok(Some(number)),
        Base::Fingerprint(wanted) => wanted,
    };
    Ok(engine.handbook_with(&wanted).await?)
}

/// Writes an archive where none is.
pub(super) fn write(path: &Path, files: &Files, contacts: Option<&str>) -> anyhow::Result<()> {
    let shown = path.display();
    if path.exists() {
        bail!("{shown} is there already: move it away, or choose another name");
    }
    let bytes = archive::pack(files, contacts)?;
    std::fs::write(path, bytes).with_context(|| format!("{shown} cannot be written"))
}
