//! Measures the import of a list into an empty database, and the same list once more:
//! `cargo run --release -p notlicht --example import -- [PEOPLE [ADDRESS]]`. Without an address a
//! SQLite file in a temporary folder.
#![expect(clippy::print_stdout, reason = "this is what a measurement is for")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use model::language::Language;
use model::value::Timestamp;
use notlicht::people::{Rules, read};
use store::import::Stage;
use store::{Address, Store};
use tokio::time::Instant;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let people: u64 = arguments.next().map_or(Ok(1_000_000), |text| text.parse())?;
    let folder = tempfile::tempdir()?;
    let address: Address = match arguments.next() {
        Some(address) => address.parse()?,
        None => Address::Sqlite(folder.path().join("import.db")),
    };
    let text = list(people)?;
    println!("{} bytes of CSV, {people} lines, in no order; {address}", text.len());
    let store = Store::open(&address).await?;
    for round in ["into an empty database", "the same list once more"] {
        println!("{round}:");
        once(&store, &text, people).await?;
    }
    Ok(())
}

async fn once(store: &Store, text: &str, people: u64) -> anyhow::Result<()> {
    let rules = Rules {
        channel: "mail".parse()?,
        language: Language::DE,
        components: BTreeSet::new(),
        consent_at: Timestamp(1),
        phones: false,
    };
    let start = Instant::now();
    let mut list = read(text.as_bytes(), &rules)?;
    anyhow::ensure!(list.faults.is_empty(), "{}", list.faults[0]);
    let parsed = Instant::now();
    list.newcomers.settle();
    let sorted = Instant::now();
    let stages = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&stages);
    let progress = move |stage| {
        if let (Stage::Saving | Stage::Saved, Ok(mut stages)) = (stage, seen.lock()) {
            stages.push(Instant::now());
        }
    };
    let note = store::audit::Entry {
        at: Timestamp(1),
        actor: "example".into(),
        act: "recipient.import".into(),
        subject: people.to_string(),
        detail: String::new(),
    };
    let imported = store.import(Arc::new(list.newcomers), &note, false, progress).await?;
    let end = Instant::now();
    let stages = stages.lock().map_err(|_| anyhow::anyhow!("a stage broke off"))?.clone();
    let (saving, saved) = (stages[0], stages[1]);
    for (what, from, to) in [
        ("read and check", start, parsed),
        ("sort", parsed, sorted),
        ("insert", sorted, saving),
        ("commit", saving, saved),
        ("empty the log", saved, end),
        ("all, until it lasts", start, saved),
    ] {
        let millis = u64::try_from((to - from).as_millis())?.max(1);
        println!("  {what:<20} {millis:>6} ms {:>9} rows/s", people * 1000 / millis);
    }
    println!("  {} new, {} known; peak memory {} MiB", imported.new, imported.known, peak());
    Ok(())
}

/// A list as people have it: addresses of usual length in no order, most at few domains.
fn list(people: u64) -> anyhow::Result<String> {
    let mut text = String::from("address,language\n");
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for number in 0..people {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let name = ["anna", "ben", "cem", "dora", "erika", "jonas", "noor"][(state % 7) as usize];
        let host = ["mail.example", "post.example", "web.example"][(state / 7 % 3) as usize];
        let language = if state.is_multiple_of(5) { "en" } else { "de" };
        writeln!(text, "{name}.{:x}{number}@{host},{language}", state >> 44)?;
    }
    Ok(text)
}

/// The most memory that this process has had, in MiB; 0 where that cannot be seen.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or(0) / 1024
}
