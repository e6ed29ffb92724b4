//! The booklet as PDF, set by Typst: no network, no other program, no file but the fonts in here.
//!
//! The source is one fixed file. Everything that people wrote reaches it as JSON data, so that no
//! text can become an instruction to the typesetter.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::booklet::Booklet;

/// Open Sans, under the Apache License 2.0; see `fonts/README.md`.
const FONTS: [&[u8]; 3] = [
    include_bytes!("../fonts/OpenSans-Regular.ttf"),
    include_bytes!("../fonts/OpenSans-Bold.ttf"),
    include_bytes!("../fonts/OpenSans-Italic.ttf"),
];

/// A booklet as PDF.
#[derive(Debug, Clone)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Letters for which there is no shape in the fonts: boxes stand in their place.
    pub missing: BTreeSet<char>,
}

/// The typesetter refused: a fault of ours, for whatever people write is only data to it.
#[derive(Debug, thiserror::Error)]
#[error("the pages could not be set: {0}; print the handbook as HTML instead, and report this")]
pub struct PdfError(String);

/// Sets the pages. The same booklet gives the same bytes.
///
/// # Errors
///
/// Where the typesetter fails.
pub fn pdf(booklet: &Booklet) -> Result<Pdf, PdfError> {
    let content = serde_json::to_string(booklet).map_err(|why| PdfError(why.to_string()))?;
    let missing: BTreeSet<char> = content.chars().filter(|one| !is_known(*one)).collect();
    let desk = Desk { content: Bytes::from_string(content) };
    let document = typst::compile::<PagedDocument>(&desk).output.map_err(refused)?;
    // A letter without a shape cannot be read out, so that such a file must not claim it can.
    let standards: &[PdfStandard] =
        if missing.is_empty() { &[PdfStandard::A_2a, PdfStandard::Ua_1] } else { &[] };
    let standards =
        PdfStandards::new(standards).map_err(|why| PdfError(why.message().to_string()))?;
    let options = PdfOptions { standards, ..PdfOptions::default() };
    let bytes = typst_pdf::pdf(&document, &options).map_err(refused)?;
    // What was kept for setting it again would stay in the memory of a server.
    typst::comemo::evict(0);
    Ok(Pdf { bytes, pages: document.pages().len(), missing })
}

fn refused(faults: impl IntoIterator<Item = SourceDiagnostic>) -> PdfError {
    let faults: Vec<String> = faults.into_iter().map(|fault| fault.message.to_string()).collect();
    PdfError(faults.join("; "))
}

fn is_known(letter: char) -> bool {
    letter.is_control()
        || shop().fonts.iter().any(|font| font.info().coverage.contains(u32::from(letter)))
}

/// What is the same for every booklet.
struct Shop {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    source: Source,
    content: FileId,
}

fn shop() -> &'static Shop {
    static SHOP: LazyLock<Shop> = LazyLock::new(|| {
        let fonts: Vec<Font> =
            FONTS.iter().filter_map(|data| Font::new(Bytes::new(*data), 0)).collect();
        let file = |name: &str| {
            let path = VirtualPath::new(name).expect("it is a plain name");
            FileId::new(RootedPath::new(VirtualRoot::Project, path))
        };
        Shop {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            source: Source::new(file("handbook.typ"), include_str!("pdf/handbook.typ").to_owned()),
            content: file("booklet.json"),
        }
    });
    &SHOP
}

/// What the typesetter may see: its source, the content and the fonts; no disk, no clock, no
/// packages.
struct Desk {
    content: Bytes,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &shop().library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &shop().book
    }

    fn main(&self) -> FileId {
        shop().source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == shop().source.id() { Ok(shop().source.clone()) } else { Err(nothing_else()) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == shop().content { Ok(self.content.clone()) } else { Err(nothing_else()) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        shop().fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn nothing_else() -> FileError {
    FileError::AccessDenied
}
