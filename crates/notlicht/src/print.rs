//! `notlicht print`: the handbook on paper.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anstream::{eprintln, println};
use anyhow::{Context as _, bail};
use engine::handbook::check_files;
use model::handbook::parse::parse_contacts;
use model::handbook::people::ContactCard;
use model::handbook::{Edition, Fault, Files, Handbook};
use print::booklet::{Booklet, Source};
#[cfg(feature = "pdf")]
use tokio::time::Instant;

use crate::config::{Place, Print};
use crate::folder::{self, CONTACTS};
use crate::rim::now;
use crate::say::{self, GOOD, LIGHT};

/// A handbook, whose people have names, and which version it is.
pub(crate) struct Found {
    pub(crate) handbook: Arc<Handbook>,
    pub(crate) cards: Vec<ContactCard>,
    pub(crate) edition: Edition,
}

impl Found {
    /// The handbook in this folder, else a version of the database, else its newest.
    pub(crate) async fn read(
        place: &Place,
        folder: Option<&Path>,
        version: Option<u32>,
    ) -> anyhow::Result<Self> {
        match folder {
            Some(folder) => in_folder(folder),
            None => in_database(place, version).await,
        }
    }
}

/// `notlicht print`
pub(crate) async fn run(place: &Place, args: &Print) -> anyhow::Result<ExitCode> {
    let ending = args.output.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let as_pdf = match ending {
        "pdf" => true,
        "html" => false,
        _ => bail!("{}: name a file that ends in .html or .pdf", args.output.display()),
    };
    let found = Found::read(place, args.folder.as_deref(), args.version).await?;
    let booklet = Booklet::new(&Source {
        handbook: &found.handbook,
        cards: (!args.without_contacts).then_some(&found.cards[..]),
        edition: &found.edition,
        now: now(),
        language: args.language.unwrap_or_else(|| found.handbook.language()),
    });
    for finding in &booklet.findings {
        eprintln!("{LIGHT}note{LIGHT:#}: {}", finding.said(booklet.language()));
    }
    if as_pdf {
        as_pages(&booklet, &args.output)?;
    } else {
        write(&args.output, print::html::html(&booklet).as_bytes())?;
        let file = args.output.display();
        println!("{GOOD}Written{GOOD:#}: {file}. Print it from a browser, on A4.");
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(feature = "pdf")]
fn as_pages(booklet: &Booklet, path: &Path) -> anyhow::Result<()> {
    let begun = Instant::now();
    let pdf = print::pdf::pdf(booklet)?;
    if !pdf.missing.is_empty() {
        let letters: String = pdf.missing.iter().flat_map(|letter| [*letter, ' ']).collect();
        eprintln!(
            "{LIGHT}note{LIGHT:#}: boxes stand for letters that the built-in fonts lack: {}. The \
             HTML file shows them.",
            letters.trim_end()
        );
    }
    write(path, &pdf.bytes)?;
    println!(
        "{GOOD}Written{GOOD:#}: {}, {}, {} kB, in {:.1} s.",
        path.display(),
        say::count(pdf.pages, "page"),
        pdf.bytes.len().div_ceil(1000),
        begun.elapsed().as_secs_f64()
    );
    Ok(())
}

#[cfg(not(feature = "pdf"))]
fn as_pages(booklet: &Booklet, path: &Path) -> anyhow::Result<()> {
    let path = path.with_extension("html");
    write(&path, print::html::html(booklet).as_bytes())?;
    eprintln!(
        "{LIGHT}note{LIGHT:#}: this program was built without “--features pdf” and makes no PDF."
    );
    println!("{GOOD}Written{GOOD:#}: {}. Print it from a browser, on A4.", path.display());
    Ok(())
}

fn in_folder(folder: &Path) -> anyhow::Result<Found> {
    let files = folder::read(folder)?;
    let handbook = read(&files)?;
    let path = folder.join(CONTACTS);
    let mut cards = Vec::new();
    if path.exists() {
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("{} cannot be read", path.display()))?;
        match parse_contacts(&text, &handbook) {
            Ok(contacts) => cards = contacts.cards,
            Err(faults) => {
                let shown = Files::from([(CONTACTS.to_owned(), text)]);
                return Err(refused(faults, &shown));
            }
        }
    }
    Ok(Found { handbook: Arc::new(handbook), cards, edition: Edition::Draft })
}

async fn in_database(place: &Place, version: Option<u32>) -> anyhow::Result<Found> {
    let engine = place.engine(None).await?;
    let paper = engine.handbook_on_paper(version).await?;
    Ok(Found { handbook: paper.handbook, cards: paper.cards, edition: paper.edition })
}

fn read(files: &Files) -> anyhow::Result<Handbook> {
    let checked = check_files(files);
    checked.handbook.ok_or_else(|| refused(checked.faults, files))
}

/// Shows the errors; hints are for `check`.
fn refused(mut faults: Vec<Fault>, files: &Files) -> anyhow::Error {
    faults.retain(Fault::is_error);
    eprintln!("{}\n", say::faults(&faults, files).trim_end());
    anyhow::anyhow!("{}: nothing was printed", say::count(faults.len(), "error"))
}

/// There may be telephone numbers in it: a new file is readable for its owner alone.
fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut options = OpenOptions::new();
    let file = options.write(true).create(true).truncate(true).mode(0o600).open(path);
    file.and_then(|mut file| file.write_all(bytes))
        .with_context(|| format!("{} cannot be written", path.display()))
}
