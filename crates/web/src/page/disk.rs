//! The page on disk: files that any web server can hand out, and from which a restarted process
//! serves while its database cannot be opened.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use model::public::PublicPage;
use model::value::Timestamp;

use super::render::{RenderError, render};
use super::site::Site;

/// The view that the files were made from. Written last: where it is new, all others are.
const VIEW: &str = "site.json";

/// What a folder gave back.
#[derive(Debug)]
pub struct Loaded {
    /// Ready to be served.
    pub site: Site,
    /// What it was made from, to make it anew when the next promise falls due.
    pub page: PublicPage,
}

/// The folder and the page did not come together.
#[derive(Debug, thiserror::Error)]
pub enum DiskError {
    /// A file cannot be written.
    #[error(
        "{path} cannot be written ({cause}): check that the folder is there, has room and belongs to this user"
    )]
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// A file cannot be read.
    #[error(
        "{path} cannot be read ({cause}): the page is written there once the program has run with its database"
    )]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// The view is broken or from another version.
    #[error(
        "{path} is not a page that this version understands ({cause}): start the version that wrote it, or delete the file"
    )]
    Strange {
        /// Which.
        path: PathBuf,
        /// Why.
        cause: serde_json::Error,
    },
    /// The page cannot be made.
    #[error(transparent)]
    Render(#[from] RenderError),
}

/// Writes the site into a folder, which is made where it is missing. Each file is either its old
/// or its new self at any moment; files whose bytes are unchanged are not touched. Files of
/// resources that are no more stay: permanent links of older incidents remain in a mirror.
/// Gives the number of files written.
///
/// # Errors
///
/// Where a file cannot be written.
pub fn write(site: &Site, folder: &Path) -> Result<usize, DiskError> {
    let mut written = 0;
    let (view, others): (Vec<_>, Vec<_>) =
        site.iter().partition(|(path, _)| path.trim_start_matches('/') == VIEW);
    for (path, resource) in others.into_iter().chain(view) {
        let Some(file) = file_of(path) else { continue };
        let file = folder.join(file);
        if fs::read(&file).is_ok_and(|old| old == *resource.plain()) {
            continue;
        }
        replace(&file, resource.plain()).map_err(|cause| DiskError::Write { path: file, cause })?;
        written += 1;
    }
    Ok(written)
}

/// Reads a folder back, as it is at `now`. The pages are made anew from the view: so they are of
/// this version of the program, and promises that were broken meanwhile are told.
///
/// # Errors
///
/// Where there is no view, or none that this version understands.
pub fn load(folder: &Path, now: Timestamp) -> Result<Loaded, DiskError> {
    let path = folder.join(VIEW);
    let view = match fs::read(&path) {
        Ok(view) => view,
        Err(cause) => return Err(DiskError::Read { path, cause }),
    };
    let page: PublicPage = match serde_json::from_slice(&view) {
        Ok(page) => page,
        Err(cause) => return Err(DiskError::Strange { path, cause }),
    };
    let site = render(&page, now)?;
    Ok(Loaded { site, page })
}

/// `/de/` is the file `de/index.html`, `/de/history` is `de/history/index.html`, as plain web
/// servers expect it.
fn file_of(path: &str) -> Option<PathBuf> {
    let mut file = PathBuf::new();
    let mut last = "";
    for part in path.split('/').filter(|part| !part.is_empty()) {
        if part.starts_with('.') {
            return None;
        }
        file.push(part);
        last = part;
    }
    if !last.contains('.') {
        file.push("index.html");
    }
    Some(file)
}

fn replace(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    // The program and somebody at the command line may write at the same time.
    let fresh = folder.join(format!(".{name}.{}.new", std::process::id()));
    let mut out = fs::File::create(&fresh)?;
    out.write_all(bytes)?;
    out.sync_all()?;
    fs::rename(&fresh, file)?;
    // The rename itself is only safe once the folder is written too.
    fs::File::open(folder)?.sync_all()
}
