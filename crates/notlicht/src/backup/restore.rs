//! `notlicht restore`: a backup into an empty place.

use std::fs::File;
use std::io::{BufReader, Write as _};
use std::path::Path;
use std::process::ExitCode;

use anstream::println;
use anyhow::{Context as _, bail};
use flate2::read::GzDecoder;
use outside::seal::{Opener, SealKey};
use store::backup::{Inventory, Restored, fill};
use store::{Store, audit};

use super::frame::{Frame, Info, KEYS};
use super::{private, read_key, waiting};
use crate::config::{Place, Restore};
use crate::rim::{now, operator};
use crate::say::{GOOD, LIGHT, count, grouped};

/// A backup that was read to its end and found whole.
struct Whole {
    info: Info,
    files: Vec<(String, Vec<u8>)>,
    held: Restored,
}

/// `notlicht restore FILE --key KEYFILE`
pub(crate) async fn run(place: &Place, args: &Restore) -> anyhow::Result<ExitCode> {
    let key = read_key(&args.key)?;
    let what = || format!("{}: nothing was changed", args.file.display());
    // All of it is read once before anything is written: a cut or changed file changes nothing.
    let whole = read(&args.file, &key).with_context(what)?;
    println!(
        "A backup of {} by Notlicht {} from {}, format {}.",
        whole.info.made_at, whole.info.program, whole.info.database, whole.held.format
    );
    if args.check {
        show(&whole.held, "");
        println!("{GOOD}It is whole.{GOOD:#}");
        return Ok(ExitCode::SUCCESS);
    }
    let data = place.folder()?;
    put_aside(&data, &whole.files, args.replace).with_context(what)?;
    let mut frames = open(&args.file, &key)?;
    let mut rows = || loop {
        match Frame::read(&mut frames)? {
            Some(Frame::Rows(block)) => return Ok(Some(block)),
            Some(_) => {}
            None => return Ok(None),
        }
    };
    let address = place.address()?;
    let filled = fill(&address, args.replace, &mut rows).await;
    if filled.is_err() {
        for (name, _) in &whole.files {
            let _ = std::fs::remove_file(waiting(&data, name));
        }
    }
    let restored = filled.with_context(what)?;
    for (name, _) in &whole.files {
        let path = data.join(name);
        std::fs::rename(waiting(&data, name), &path).with_context(|| {
            format!(
                "the database is restored, but {} is not: do it again with --replace",
                path.display()
            )
        })?;
    }
    show(&restored, "the same in the database");
    tell(&Store::open(&address).await?, args, &whole).await?;
    Ok(ExitCode::SUCCESS)
}

/// Notes it, and says what somebody must know before they start the program.
async fn tell(store: &Store, args: &Restore, whole: &Whole) -> anyhow::Result<()> {
    let entry = audit::Entry {
        at: now(),
        actor: operator(),
        act: "backup.restored".into(),
        subject: args.file.display().to_string(),
        detail: format!("made at {}", whole.info.made_at),
    };
    store.write(audit::note_steps(&entry)).await?;
    let (incidents, dispatches) = store.going_on().await?;
    println!(
        "{GOOD}Restored{GOOD:#}, with {} of the data folder.",
        count(whole.files.len(), "file")
    );
    println!("{LIGHT}Before you start “notlicht serve”{LIGHT:#}:");
    println!(
        "- Everybody must sign in to the console anew. Accounts and tokens that were ended since"
    );
    println!("  {} work again: end them.", whole.info.made_at);
    println!("- Whoever left or was erased since then is back: erase them again.");
    println!("- Give it its secrets (--secrets, NOTLICHT_SECRET_…): they are in no backup.");
    if incidents > 0 || dispatches > 0 {
        println!(
            "- {} and {} go on as soon as it starts: see “notlicht incident”.",
            count(usize::try_from(incidents).unwrap_or(usize::MAX), "open incident"),
            count(usize::try_from(dispatches).unwrap_or(usize::MAX), "unfinished message")
        );
    }
    Ok(())
}

type Frames = GzDecoder<Opener<BufReader<File>>>;

fn open(path: &Path, key: &SealKey) -> anyhow::Result<Frames> {
    let file = File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(GzDecoder::new(Opener::new(BufReader::new(file), key)?))
}

fn read(path: &Path, key: &SealKey) -> anyhow::Result<Whole> {
    let mut frames = open(path, key)?;
    let (mut info, mut files, mut seen) = (None, Vec::new(), Inventory::default());
    while let Some(frame) = Frame::read(&mut frames)? {
        match frame {
            Frame::Info(found) => info = Some(found),
            Frame::File(name, bytes) => files.push((name, bytes)),
            Frame::Rows(block) => seen.see(&block)?,
        }
    }
    // What the compression did not ask for any more must fit the seal, too.
    std::io::copy(&mut frames.into_inner(), &mut std::io::sink())?;
    let info = info.context("the backup does not say where it comes from")?;
    Ok(Whole { info, files, held: seen.finish()? })
}

/// Writes the files beside their places, where they wait until the database is filled.
fn put_aside(data: &Path, files: &[(String, Vec<u8>)], replace: bool) -> anyhow::Result<()> {
    for (name, bytes) in files {
        let (path, waiting) = (data.join(name), waiting(data, name));
        let other = std::fs::read(&path).is_ok_and(|there| there != *bytes);
        if name == KEYS && other && !replace {
            bail!(
                "{} holds other keys: restore into an empty data folder, or put the backup in its \
                 place with --replace (links made with the present keys die)",
                path.display()
            );
        }
        let write = || -> std::io::Result<()> {
            if let Some(folder) = waiting.parent() {
                std::fs::create_dir_all(folder)?;
            }
            // One of an earlier try that broke off.
            let _ = std::fs::remove_file(&waiting);
            let mut out = private(&waiting)?;
            out.write_all(bytes)?;
            out.sync_all()
        };
        write().with_context(|| format!("{} cannot be written", waiting.display()))?;
    }
    Ok(())
}

fn show(held: &Restored, beside: &str) {
    let widest = held.counts.iter().map(|(table, _)| table.len()).max().unwrap_or(0);
    for (table, rows) in &held.counts {
        println!("  {table:<widest$} {:>13}  {beside}", grouped(*rows));
    }
}
