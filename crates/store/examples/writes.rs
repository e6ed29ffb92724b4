//! Measures acknowledged single-row writes: `cargo run --release -p store --example writes --
//! [ADDRESS [WRITERS [SECONDS]]]`. Without an address a SQLite file in a temporary folder.
#![expect(clippy::print_stdout, reason = "this is what a measurement is for")]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use store::{Address, Store};
use tokio::time::Instant;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = tempfile::tempdir()?;
    let address: Address = match arguments.next() {
        Some(address) => address.parse()?,
        None => Address::Sqlite(folder.path().join("writes.db")),
    };
    let writers: u64 = arguments.next().map_or(Ok(64), |text| text.parse())?;
    let seconds: u64 = arguments.next().map_or(Ok(5), |text| text.parse())?;
    let store = Store::open(&address).await?;
    let (start, stop) = (Instant::now(), Arc::new(AtomicBool::new(false)));
    let tasks = (0..writers).map(|_| {
        let (store, stop) = (store.clone(), Arc::clone(&stop));
        tokio::spawn(async move {
            let mut count = 0_u64;
            while !stop.load(Ordering::Relaxed) {
                let entry = store::audit::Entry {
                    at: model::value::Timestamp(1),
                    actor: "writer".into(),
                    act: "test".into(),
                    subject: "row".into(),
                    detail: String::new(),
                };
                store.write(store::audit::note_steps(&entry)).await?;
                count += 1;
            }
            anyhow::Ok(count)
        })
    });
    let tasks: Vec<_> = tasks.collect();
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    stop.store(true, Ordering::Relaxed);
    let mut writes = 0;
    for task in tasks {
        writes += task.await??;
    }
    let millis = u64::try_from(start.elapsed().as_millis())?.max(1);
    println!(
        "{address}: {writers} writers, {writes} acknowledged writes in {millis} ms: {}/s, {} writes \
         for each of {} commits",
        writes * 1000 / millis,
        writes / store.commits().max(1),
        store.commits()
    );
    Ok(())
}
