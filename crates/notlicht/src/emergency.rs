//! `notlicht emergency`: a sentence on the page from this host, even without a database.

use std::process::ExitCode;

use anstream::{eprintln, println};
use anyhow::bail;
use engine::emergency::{self, Emergency, LONGEST};
use model::public::PublicPage;
use store::journal::Entry;
use web::page::{disk, render};

use crate::config::{Emergency as Args, Place};
use crate::rim::{fresh_id, now, operator};
use crate::say::{GOOD, LIGHT};

/// Writes or ends an emergency notice. A running process shows it within a second; the page on
/// disk is made anew at once.
pub(crate) fn run(place: &Place, args: &Args) -> anyhow::Result<ExitCode> {
    let data = place.folder()?;
    let on_page = disk::load(&place.page(), now()).ok().map(|loaded| loaded.page);
    let before = on_page.as_ref().map(|page| page.emergencies.clone()).unwrap_or_default();
    let standing = emergency::over(&before, &emergency::pending(&data));
    if args.list {
        for one in &standing {
            println!("{}  {}  {}", one.id, one.at, one.text);
        }
        if standing.is_empty() {
            println!("No emergency notice stands on the page.");
        }
        return Ok(ExitCode::SUCCESS);
    }
    let at = now();
    let mut written = Vec::new();
    if let Some(which) = &args.end {
        let ended: Vec<_> = standing
            .iter()
            .filter(|one| which == "all" || one.id.as_str() == which)
            .map(|one| one.id.clone())
            .collect();
        if ended.is_empty() {
            bail!(
                "no emergency notice “{which}” stands on the page: see “notlicht emergency --list”"
            );
        }
        for id in ended {
            let entry = Emergency::Ended { which: id, by: operator() };
            let id = fresh_id();
            emergency::write(&data, &id, at, &entry)?;
            written.push(Entry { id, written_at: at, entry });
        }
        println!("{GOOD}Taken off the page.{GOOD:#}");
    } else {
        let text = args.text.clone().unwrap_or_default();
        let text = text.trim();
        if text.is_empty() {
            bail!("say what happened, what you do, and when you say more");
        }
        let length = text.chars().count();
        if length > LONGEST {
            bail!("the text has {length} characters, {LONGEST} are the most: shorten it");
        }
        let id = fresh_id();
        let entry = Emergency::Published { text: text.to_owned(), by: operator() };
        emergency::write(&data, &id, at, &entry)?;
        written.push(Entry { id: id.clone(), written_at: at, entry });
        println!(
            "{GOOD}Published{GOOD:#} as {id}. Take it off with “notlicht emergency --end {id}”."
        );
    }
    match on_page {
        Some(page) => rewrite(place, page, written)?,
        None => eprintln!(
            "{LIGHT}note{LIGHT:#}: there is no page in {} yet. Is --data right? “notlicht serve” with the same --data shows the notice as soon as it runs.",
            place.page().display()
        ),
    }
    Ok(ExitCode::SUCCESS)
}

/// Makes the page on disk anew, with what lies in the data folder and what was just written: a
/// running process may have taken that into its database already.
fn rewrite(
    place: &Place,
    mut page: PublicPage,
    mut entries: Vec<Entry<Emergency>>,
) -> anyhow::Result<()> {
    let now = now();
    entries.extend(emergency::pending(&place.data));
    page.emergencies = emergency::over(&page.emergencies, &entries);
    page.as_of = now;
    disk::write(&render(&page, now)?, &place.page())?;
    println!("The page on disk is made anew: {}", place.page().display());
    Ok(())
}
