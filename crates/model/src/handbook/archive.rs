//! The handbook as one archive: a ZIP file, as every machine opens it.
//!
//! The same handbook gives the same bytes, wherever and whenever. What comes back may have been
//! made by anybody, so nothing in it is believed: neither names nor sizes.

use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write as _};

use sha2::{Digest as _, Sha256};
use zip::read::ZipFile;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::Files;
use super::parse::CONTACTS;

mod bad;

pub use bad::BadArchive;

/// The file that says which version an archive was made from.
const MARK: &str = ".notlicht-version";
/// The largest file in an archive, in bytes.
pub const LARGEST_FILE: u64 = 1 << 20;
/// The most that all files of an archive may hold, in bytes.
pub const LARGEST_WHOLE: u64 = 16 << 20;
/// The most files in an archive.
pub const MOST_FILES: usize = 2_000;

/// What an archive holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Archive {
    /// The handbook's files.
    pub files: Files,
    /// The text of `contacts.toml`, which is no part of a version.
    pub contacts: Option<String>,
    /// The [`fingerprint`] of the version that it was made from.
    pub base: Option<String>,
}

/// Tells one state of the handbook's files from every other.
#[must_use]
pub fn fingerprint(files: &Files) -> String {
    let mut hash = Sha256::new();
    for (name, text) in files {
        for part in [name, text] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
    }
    hash.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Packs a handbook; names and contact data only where they are given.
///
/// # Errors
///
/// When there is more in it than a ZIP file can hold.
pub fn pack(files: &Files, contacts: Option<&str>) -> Result<Vec<u8>, BadArchive> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644);
    let mark = format!("{}\n", fingerprint(files));
    let mut all: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    all.push((MARK, &mark));
    all.extend(contacts.map(|text| (CONTACTS, text)));
    all.sort_unstable();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let failed = |why: &dyn std::fmt::Display| BadArchive::NoZip(why.to_string());
    for (name, text) in all {
        zip.start_file(name, options).map_err(|why| failed(&why))?;
        zip.write_all(text.as_bytes()).map_err(|why| failed(&why))?;
    }
    Ok(zip.finish().map_err(|why| failed(&why))?.into_inner())
}

/// Unpacks what [`pack`] made, or what somebody packed by hand; a folder around the whole is left
/// off, and hidden files are left out.
///
/// # Errors
///
/// The first thing in it that cannot be part of a handbook.
pub fn unpack(bytes: &[u8]) -> Result<Archive, BadArchive> {
    let broken = |why: ZipError| BadArchive::NoZip(why.to_string());
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if zip.len() > MOST_FILES {
        return Err(BadArchive::Many);
    }
    let (mut all, mut whole) = (Files::new(), 0);
    for at in 0..zip.len() {
        // What is locked is opened as far as its name.
        let mut file = zip.by_index_raw(at).map_err(broken)?;
        let name = name(&file)?;
        if file.is_dir() || is_hidden(&name) {
            continue;
        }
        if file.encrypted() {
            return Err(BadArchive::Locked(name));
        }
        if !file.is_file() {
            return Err(BadArchive::NoFile(name));
        }
        drop(file);
        file = zip.by_index(at).map_err(broken)?;
        let text = read(&mut file, &name, &mut whole)?;
        drop(file);
        all.insert(name, text);
    }
    let mut files = without_folder(all);
    let contacts = files.remove(CONTACTS);
    let base = files.remove(MARK).map(|mark| mark.trim().to_owned());
    Ok(Archive { files, contacts, base })
}

fn name<R: std::io::Read>(file: &ZipFile<'_, R>) -> Result<String, BadArchive> {
    let name = file.name().to_owned();
    let is_plain = |part: &str| {
        let odd = |c: char| c.is_control() || "\\:*?\"<>|".contains(c);
        !part.is_empty() && part != "." && part != ".." && !part.contains(odd)
    };
    let inside = name.strip_suffix('/').unwrap_or(&name);
    if inside.len() <= 250 && inside.split('/').all(is_plain) {
        Ok(name)
    } else {
        Err(BadArchive::Name(name.chars().filter(|c| !c.is_control()).take(80).collect()))
    }
}

/// What machines put beside files, and what a folder hides.
fn is_hidden(name: &str) -> bool {
    let is_hidden = |part: &str| part.starts_with('.') || part == "__MACOSX";
    name.rsplit('/').next() != Some(MARK) && name.split('/').any(is_hidden)
}

/// Reads no more than a handbook can hold, whatever the archive says about sizes.
fn read(file: &mut impl std::io::Read, name: &str, whole: &mut u64) -> Result<String, BadArchive> {
    let mut bytes = Vec::new();
    let read = file.take(LARGEST_FILE + 1).read_to_end(&mut bytes);
    read.map_err(|why| BadArchive::NoZip(format!("“{name}”: {why}")))?;
    let size = bytes.len() as u64;
    *whole += size;
    if size > LARGEST_FILE {
        return Err(BadArchive::LargeFile(name.to_owned()));
    }
    if *whole > LARGEST_WHOLE {
        return Err(BadArchive::Large);
    }
    String::from_utf8(bytes).map_err(|_| BadArchive::NoText(name.to_owned()))
}

/// Who packs a folder by hand often packs the folder itself.
fn without_folder(files: Files) -> Files {
    let front = files.keys().find_map(|name| name.strip_suffix("/handbook.toml"));
    let Some(folder) = front.map(|folder| format!("{folder}/")) else { return files };
    if files.contains_key("handbook.toml") || !files.keys().all(|name| name.starts_with(&folder)) {
        return files;
    }
    files.into_iter().map(|(name, text)| (name[folder.len()..].to_owned(), text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Files {
        let files = [("handbook.toml", "schema = 1\n"), ("texts/a/first.de.md", "# Ä\r\n")];
        files.map(|(name, text)| (name.to_owned(), text.to_owned())).into()
    }

    fn packed(all: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in all {
            zip.start_file(*name, SimpleFileOptions::default()).expect("it has room");
            zip.write_all(bytes).expect("it has room");
        }
        zip.finish().expect("it has room").into_inner()
    }

    #[test]
    fn what_is_packed_comes_back_and_is_the_same_bytes_each_time() {
        let bytes = pack(&files(), Some("[erika]\n")).expect("it has room");
        assert_eq!(bytes, pack(&files(), Some("[erika]\n")).expect("it has room"));
        let archive = unpack(&bytes).expect("it is ours");
        assert_eq!((&archive.files, archive.contacts.as_deref()), (&files(), Some("[erika]\n")));
        assert_eq!(archive.base, Some(fingerprint(&files())));
    }

    #[test]
    fn a_folder_that_was_packed_by_hand_is_understood() {
        let bytes = packed(&[
            ("book/", b""),
            ("book/handbook.toml", b"schema = 1\n"),
            ("book/.DS_Store", b"\xff"),
            ("__MACOSX/book/._x", b"\xff"),
            ("book/plans/a.toml", b"x"),
        ]);
        let archive = unpack(&bytes).expect("it is a folder");
        assert_eq!(archive.files.keys().collect::<Vec<_>>(), ["handbook.toml", "plans/a.toml"]);
    }

    #[test]
    fn what_a_stranger_packed_leads_nowhere_and_fills_nothing() {
        for name in ["../x.toml", "/etc/x.toml", "a//b", "a/../../b", "c:\\x", "a\u{0}b", "a/./b"] {
            let why = unpack(&packed(&[(name, b"x")]));
            assert!(matches!(why, Err(BadArchive::Name(_))), "{name:?}: {why:?}");
        }
        let large = vec![b'x'; 1 << 20];
        let why = unpack(&packed(&[("a.md", &[large.as_slice(), b"x"].concat())]));
        assert_eq!(why, Err(BadArchive::LargeFile("a.md".into())));
        let names: Vec<_> = (0..17).map(|at| format!("{at}.md")).collect();
        let all: Vec<_> = names.iter().map(|name| (name.as_str(), large.as_slice())).collect();
        assert_eq!(unpack(&packed(&all)), Err(BadArchive::Large));
        let names: Vec<_> = (0..2_001).map(|at| format!("{at}.md")).collect();
        let all: Vec<_> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
        assert_eq!(unpack(&packed(&all)), Err(BadArchive::Many));
        let why = unpack(&packed(&[("a.md", b"\xff\xfe")]));
        assert_eq!(why, Err(BadArchive::NoText("a.md".into())));
        assert!(matches!(unpack(b"no archive"), Err(BadArchive::NoZip(_))));
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.add_symlink("a.md", "/etc/passwd", SimpleFileOptions::default()).expect("it has room");
        let bytes = zip.finish().expect("it has room").into_inner();
        assert_eq!(unpack(&bytes), Err(BadArchive::NoFile("a.md".into())));
    }

    #[test]
    fn an_archive_that_was_cut_or_turned_over_is_refused_without_harm() {
        let whole = pack(&files(), None).expect("it has room");
        for at in 0..whole.len() {
            let _ = unpack(&whole[..at]);
            let mut bent = whole.clone();
            bent[at] ^= 0x55;
            let _ = unpack(&bent);
        }
    }
}
