//! `notlicht backup`: everything in one encrypted file.
//!
//! In it are all rows of the database, in a form that both databases read, and the files of the
//! data folder without which they are worth little: the keys, and emergency notices that are not
//! in the database yet. Not in it: secrets from the environment or `--secrets`, and the page, which
//! is made anew.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anstream::eprintln;
use anyhow::{Context as _, bail};
use flate2::Compression;
use flate2::write::GzEncoder;
use outside::seal::{SealKey, Sealer};
use store::audit;

use crate::config::{Backup, Place};
use crate::rim::{chance, now, operator};
use crate::say::{GOOD, LIGHT, grouped};

pub(crate) mod frame;
pub(crate) mod restore;

use frame::{Frame, Info};

/// The act under which a backup is noted.
pub(crate) const MADE: &str = "backup.made";

/// `notlicht backup FILE --key KEYFILE`
pub(crate) async fn run(place: &Place, args: &Backup) -> anyhow::Result<ExitCode> {
    if let Some(path) = &args.make_key {
        return make_key(path);
    }
    let (Some(file), Some(key)) = (&args.file, &args.key) else {
        bail!("name the file to write and, with --key, the key file");
    };
    let key = read_key(key)?;
    let engine = place.engine(None).await?;
    let info = Info {
        made_at: now(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        database: if engine.store.is_shared() { "PostgreSQL" } else { "SQLite" }.to_owned(),
    };
    let files = files(&place.data)?;
    let counts = if file.as_os_str() == "-" {
        let (counts, mut out) = write(io::stdout(), &key, &info, &files, &engine.store).await?;
        out.flush()?;
        counts
    } else {
        if file.exists() {
            bail!(
                "{} is there already: name another file, for example with the date",
                file.display()
            );
        }
        let part = file.with_added_extension("part");
        let failed = || format!("{} cannot be written", part.display());
        let out = private(&part).with_context(failed)?;
        let (counts, out) = write(BufWriter::new(out), &key, &info, &files, &engine.store)
            .await
            .with_context(failed)?;
        let out = out.into_inner().map_err(io::IntoInnerError::into_error);
        out.and_then(|out| out.sync_all()).with_context(failed)?;
        std::fs::rename(&part, file).with_context(failed)?;
        counts
    };
    let rows: u64 = counts.iter().map(|(_, rows)| rows).sum();
    let entry = audit::Entry {
        at: now(),
        actor: operator(),
        act: MADE.into(),
        subject: file.display().to_string(),
        detail: format!("{rows} rows"),
    };
    engine.store.write(audit::note_steps(&entry)).await?;
    eprintln!(
        "{GOOD}Backed up{GOOD:#}: {} rows and {} of the data folder. Try it: “notlicht restore FILE \
         --key KEYFILE --check”. Secrets that the handbook names are not in it.",
        grouped(rows),
        crate::say::count(files.len(), "file")
    );
    Ok(ExitCode::SUCCESS)
}

async fn write<W: Write + Send>(
    out: W,
    key: &SealKey,
    info: &Info,
    files: &[(String, Vec<u8>)],
    store: &store::Store,
) -> anyhow::Result<(store::backup::Counts, W)> {
    let sealer = Sealer::new(out, key, random())?;
    let mut packed = GzEncoder::new(sealer, Compression::fast());
    Frame::Info(info.clone()).write(&mut packed)?;
    for (name, bytes) in files {
        Frame::File(name.clone(), bytes.clone()).write(&mut packed)?;
    }
    let counts = store.dump(&mut |block| frame::write_rows(&mut packed, block)).await?;
    Ok((counts, packed.finish()?.finish()?))
}

/// The files of the data folder that must travel, with their paths inside it.
fn files(data: &Path) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let mut names = vec![frame::KEYS.to_owned()];
    if let Ok(entries) = std::fs::read_dir(data.join(frame::EMERGENCY)) {
        for entry in entries {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name.ends_with(".json") {
                names.push(format!("{}/{name}", frame::EMERGENCY));
            }
        }
    }
    let read = |name: String| {
        let path = data.join(&name);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Some((name, bytes))),
            // An emergency notice that was merged into the database just now.
            Err(why) if why.kind() == io::ErrorKind::NotFound && name != frame::KEYS => Ok(None),
            Err(why) => Err(why).with_context(|| format!("{} cannot be read", path.display())),
        }
    };
    names.into_iter().filter_map(|name| read(name).transpose()).collect()
}

fn make_key(path: &Path) -> anyhow::Result<ExitCode> {
    let made = || -> anyhow::Result<()> {
        let mut out = private(path)?;
        let line = SealKey::new(random()).line();
        writeln!(
            out,
            "# Opens the backups of Notlicht that were made with it. Keep a copy elsewhere:"
        )?;
        writeln!(
            out,
            "# without it no backup can be opened, and whoever has it can read them all."
        )?;
        writeln!(out, "{line}")?;
        Ok(out.sync_all()?)
    };
    made().with_context(|| format!("{} cannot be made", path.display()))?;
    eprintln!(
        "{GOOD}Made{GOOD:#}: {}. {LIGHT}Keep a copy where this host is not{LIGHT:#}, and not \
         beside the backups: without it they are lost.",
        path.display()
    );
    Ok(ExitCode::SUCCESS)
}

fn read_key(path: &Path) -> anyhow::Result<SealKey> {
    let what = || format!("the key file {} cannot be used", path.display());
    let text = std::fs::read_to_string(path).with_context(what)?;
    SealKey::parse(&text).with_context(what)
}

/// A new file that only its owner can read.
fn private(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

fn random() -> [u8; 32] {
    let mut bytes = [0; 32];
    for eight in bytes.chunks_exact_mut(8) {
        eight.copy_from_slice(&chance().to_le_bytes());
    }
    bytes
}

/// The path of a file of the data folder while it is not in force yet.
fn waiting(data: &Path, name: &str) -> PathBuf {
    data.join(format!("{name}.restoring"))
}
