//! A handbook as a folder of files.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use model::handbook::Files;

/// Names and contact data: never part of a version.
pub(crate) const CONTACTS: &str = "contacts.toml";
/// Says which version the files were exported from.
pub(crate) const MARK: &str = ".notlicht-version";

/// Reads the texts of a handbook from its folder.
pub(crate) fn read(folder: &Path) -> anyhow::Result<Files> {
    if !folder.is_dir() {
        bail!("{} is no folder: name the folder of the handbook", folder.display());
    }
    let mut files = Files::new();
    collect(folder, folder, &mut files)?;
    files.remove(CONTACTS);
    Ok(files)
}

fn collect(root: &Path, folder: &Path, files: &mut Files) -> anyhow::Result<()> {
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("{} cannot be read", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        if path.is_dir() {
            collect(root, &path, files)?;
            continue;
        }
        let text = std::fs::read_to_string(&path).with_context(|| {
            format!("{} cannot be read as text: remove it or save it as UTF-8", path.display())
        })?;
        let inside = path.strip_prefix(root).unwrap_or(&path);
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        files.insert(parts.join("/"), text);
    }
    Ok(())
}

/// The version that the folder was exported from, if it was.
pub(crate) fn version(folder: &Path) -> anyhow::Result<Option<u32>> {
    let path = folder.join(MARK);
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            let number = text.trim().parse();
            Ok(Some(number.with_context(|| format!("{} holds no number", path.display()))?))
        }
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(why) => Err(why).with_context(|| format!("{} cannot be read", path.display())),
    }
}

/// Notes which version the folder's files are.
pub(crate) fn mark(folder: &Path, version: u32) -> anyhow::Result<()> {
    let path = folder.join(MARK);
    std::fs::write(&path, format!("{version}\n"))
        .with_context(|| format!("{} cannot be written", path.display()))
}

/// Whether nothing is in the folder, which may be missing.
pub(crate) fn is_empty(folder: &Path) -> anyhow::Result<bool> {
    if !folder.exists() {
        return Ok(true);
    }
    let mut entries = std::fs::read_dir(folder)
        .with_context(|| format!("{} cannot be read", folder.display()))?;
    Ok(entries.next().is_none())
}

/// Writes the texts of a version, in place of those of an earlier one. The caller has seen that
/// nothing is lost by it.
pub(crate) fn write(
    folder: &Path,
    files: &Files,
    earlier: &Files,
    version: u32,
) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("{} cannot be made", folder.display()))?;
    for inside in earlier.keys().filter(|inside| !files.contains_key(*inside)) {
        let path = folder.join(inside);
        std::fs::remove_file(&path)
            .with_context(|| format!("{} cannot be removed", path.display()))?;
    }
    for (inside, text) in files {
        let path: PathBuf = folder.join(inside);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(&path, text)
            .with_context(|| format!("{} cannot be written", path.display()))?;
    }
    mark(folder, version)
}
