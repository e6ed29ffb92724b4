//! The commands of the handbook: check, apply, export, diff; its versions and drafts.

use std::path::Path;
use std::process::ExitCode;

use anstream::{eprintln, println};
use anyhow::{Context as _, bail};
use engine::EngineError;
use engine::handbook::check_files;
use model::handbook::Files;
use model::handbook::diff::diff as difference;
use model::handbook::finding::{Grade, findings};
use model::handbook::parse::parse_contacts;
use model::language::Language;

use crate::config::{Apply, Exported, Folder, HandbookCommand, Place};
use crate::folder::{self, CONTACTS};
use crate::rim::{self, operator};
use crate::say::{self, BAD, GOOD, LIGHT, QUIET};

mod bundle;
mod draft;
mod version;

use bundle::Bundle;

/// `notlicht handbook …`
pub(crate) async fn run(place: &Place, command: HandbookCommand) -> anyhow::Result<ExitCode> {
    match command {
        HandbookCommand::History { json } => version::history(place, json).await,
        HandbookCommand::Diff { old, new, lines } => version::compare(place, old, new, lines).await,
        HandbookCommand::Rollback { version, reason } => {
            version::roll_back(place, version, &reason).await
        }
        HandbookCommand::Drafts { json } => draft::list(place, json).await,
        HandbookCommand::Draft { draft } => draft::show(place, &draft).await,
        HandbookCommand::Approve { draft } => draft::approve(place, &draft).await,
        HandbookCommand::SendBack { draft, reason } => {
            draft::send_back(place, &draft, &reason).await
        }
        HandbookCommand::Export { output, what } => export(place, &output, &what).await,
        HandbookCommand::Apply(args) => apply(place, &args).await,
    }
}

/// `notlicht check FOLDER`
pub(crate) fn check(args: &Folder) -> anyhow::Result<ExitCode> {
    let files = folder::read(&args.folder)?;
    let checked = check_files(&files);
    let mut faults = checked.faults;
    let mut shown = files;
    let contacts = args.folder.join(CONTACTS);
    let mut cards = None;
    if let (Ok(text), Some(handbook)) = (std::fs::read_to_string(&contacts), &checked.handbook) {
        cards = parse_contacts(&text, handbook).ok().map(|contacts| contacts.cards);
        let (Ok(more) | Err(more)) = engine::handbook::check_contacts(&text, handbook);
        faults.extend(more);
        shown.insert(CONTACTS.into(), text);
    }
    if !faults.is_empty() {
        eprintln!("{}\n", say::faults(&faults, &shown).trim_end());
    }
    let errors = faults.iter().filter(|fault| fault.is_error()).count();
    let hints = say::count(faults.len() - errors, "hint");
    if errors > 0 {
        bail!("{}, {hints}: the handbook cannot be used like this", say::count(errors, "error"));
    }
    let found = checked.handbook.map_or_else(Vec::new, |handbook| {
        let today = handbook.zone.day(rim::now());
        findings(&handbook, cards.as_deref(), today)
    });
    for one in &found {
        let (code, grade) = (one.sort.code, mark(one.sort.grade));
        let (file, path) = (&one.file, &one.path);
        println!("{grade} {}", one.what(Language::EN));
        println!("       {}  {QUIET}{file} {path} ({code}){QUIET:#}", one.help(Language::EN));
    }
    let gaps = say::count(found.len(), "finding");
    println!("{GOOD}The handbook can be used{GOOD:#}: no error, {hints}, {gaps}.");
    Ok(ExitCode::SUCCESS)
}

/// How grave a finding is, as wide as the others.
fn mark(grade: Grade) -> String {
    let colour = if grade == Grade::Must { BAD } else { LIGHT };
    format!("{colour}{:6}{colour:#}", grade.word())
}

/// `notlicht apply FOLDER|ZIP`
pub(crate) async fn apply(place: &Place, args: &Apply) -> anyhow::Result<ExitCode> {
    let Bundle { files, contacts: packed, base } = bundle::read(&args.from)?;
    let engine = place.engine(None).await?;
    let base = bundle::version(&engine, base).await?;
    let newest = engine.store.newest_handbook().await?;
    let unchanged = newest.as_ref().filter(|(_, stored)| *stored == files);
    let number = match unchanged {
        Some((version, _)) => {
            println!("Nothing has changed: version {} is the newest.", version.number);
            version.number
        }
        None => {
            let stored = newest.as_ref().map(|(_, stored)| stored);
            apply_files(&engine, args, &files, base, stored).await?
        }
    };
    if args.from.is_dir()
        && let Err(why) = folder::mark(&args.from, number)
    {
        eprintln!(
            "{LIGHT}note{LIGHT:#}: {why:#}. Write {number} into .notlicht-version there, or export before you apply again."
        );
    }
    contacts(&engine, args, packed).await?;
    Ok(ExitCode::SUCCESS)
}

async fn apply_files(
    engine: &engine::Engine,
    args: &Apply,
    files: &Files,
    base: Option<u32>,
    newest: Option<&Files>,
) -> anyhow::Result<u32> {
    // It stands among the versions for good, so it is said in the handbook's own language.
    let language = || check_files(files).handbook.map_or(Language::EN, |one| one.language());
    let from_files = || language().words().handbook.from_files.to_owned();
    let reason = args.reason.clone().unwrap_or_else(from_files);
    let applied = match engine.apply(files, base, &operator(), &reason).await {
        Ok(applied) => applied,
        Err(EngineError::Faults(faults)) => {
            eprintln!("{}\n", say::faults(&faults, files).trim_end());
            let errors = faults.iter().filter(|fault| fault.is_error()).count();
            bail!("{}: nothing was changed", say::count(errors, "error"));
        }
        Err(why @ EngineError::HandbookMoved { .. }) => {
            if let Some(stored) = newest {
                println!("{}", differences(stored, files));
            }
            return Err(why.into());
        }
        Err(why) => return Err(why.into()),
    };
    if !applied.hints.is_empty() {
        eprintln!("{}\n", say::faults(&applied.hints, files).trim_end());
    }
    println!("{GOOD}Handbook version {} is in force.{GOOD:#}", applied.number);
    Ok(applied.number)
}

async fn contacts(
    engine: &engine::Engine,
    args: &Apply,
    packed: Option<String>,
) -> anyhow::Result<()> {
    let text = match &args.contacts {
        Some(path) => Some(
            std::fs::read_to_string(path)
                .with_context(|| format!("{} cannot be read", path.display()))?,
        ),
        None => packed,
    };
    let Some(text) = text else { return Ok(()) };
    match engine.apply_contacts(&text).await {
        Ok(count) => {
            println!("{} kept apart from the version.", say::count(count, "contact"));
            Ok(())
        }
        Err(EngineError::Faults(faults)) => {
            let shown = Files::from([(CONTACTS.to_owned(), text)]);
            eprintln!("{}", say::faults(&faults, &shown).trim_end());
            bail!("the contacts were not changed")
        }
        Err(why) => Err(why.into()),
    }
}

/// `notlicht export FOLDER|ZIP`
pub(crate) async fn export(place: &Place, to: &Path, what: &Exported) -> anyhow::Result<ExitCode> {
    let engine = place.engine(None).await?;
    let stored = match what.version {
        Some(number) => engine.store.handbook(number).await?,
        None => engine.store.newest_handbook().await?,
    };
    let Some((version, files)) = stored else {
        bail!("there is no such version: “notlicht handbook history” lists all");
    };
    let contacts = match what.contacts {
        true => Some(contacts_toml(&engine.store.people().await?)),
        false => None,
    };
    if bundle::is_archive(to) {
        bundle::write(to, &files, contacts.as_deref())?;
    } else {
        let earlier = earlier(&engine, to).await?;
        let path = to.join(CONTACTS);
        if contacts.is_some() && path.exists() {
            bail!("{} is there already: move it away, then export again", path.display());
        }
        folder::write(to, &files, &earlier, version.number)?;
        if let Some(contacts) = contacts {
            std::fs::write(&path, contacts)
                .with_context(|| format!("{} cannot be written", path.display()))?;
        }
    }
    let (number, shown) = (version.number, to.display());
    let verb = if bundle::is_archive(to) { "Take it elsewhere" } else { "Change it there" };
    println!("Version {number} is in {shown}. {verb}, then “notlicht apply {shown}”.");
    Ok(ExitCode::SUCCESS)
}

/// What an earlier export left in the folder. Whatever somebody typed there since must not be lost.
async fn earlier(engine: &engine::Engine, folder: &Path) -> anyhow::Result<Files> {
    if folder::is_empty(folder)? {
        return Ok(Files::new());
    }
    let shown = folder.display();
    let Some(number) = folder::version(folder)? else {
        bail!("{shown} is not empty and no earlier export: choose another folder");
    };
    let found = folder::read(folder)?;
    let Some((_, stored)) = engine.store.handbook(number).await? else {
        bail!("{shown} comes from another installation: choose another folder");
    };
    if found != stored {
        println!("{}", differences(&stored, &found));
        bail!(
            "{shown} was changed since version {number} was exported: apply it, or choose another folder"
        );
    }
    Ok(found)
}

fn contacts_toml(cards: &[model::handbook::people::ContactCard]) -> String {
    cards.iter().map(|card| model::handbook::parse::written_card(card) + "\n").collect()
}

/// `notlicht diff FOLDER`
pub(crate) async fn diff(place: &Place, args: &Folder) -> anyhow::Result<ExitCode> {
    let files = folder::read(&args.folder)?;
    let engine = place.engine(None).await?;
    let Some((version, stored)) = engine.store.newest_handbook().await? else {
        return Err(EngineError::NoHandbook.into());
    };
    let changes = differences(&stored, &files);
    if changes.is_empty() {
        println!("No difference from version {}.", version.number);
        return Ok(ExitCode::SUCCESS);
    }
    println!("{QUIET}- version {}   + {}{QUIET:#}", version.number, args.folder.display());
    println!("{changes}");
    Ok(ExitCode::from(1))
}

fn differences(old: &Files, new: &Files) -> String {
    let changes = difference(old, new);
    changes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
