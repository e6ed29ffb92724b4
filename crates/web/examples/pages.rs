//! Writes the sample pages as files, to look at them, and tells how long rendering takes:
//! `cargo run -p web --example pages -- DIR`.

use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use model::notice::Kind;

#[path = "../tests/page/samples.rs"]
mod samples;

fn main() -> anyhow::Result<()> {
    let folder = std::env::args().nth(1).context("name the folder to write to")?;
    for (name, page, now) in samples::all() {
        let site = web::page::render(&page, now)?;
        web::page::disk::write(&site, &Path::new(&folder).join(name))?;
    }
    measure()
}

fn measure() -> anyhow::Result<()> {
    let mut page = samples::outage();
    while page.components.len() < 10 {
        let again = page.components[page.components.len() % 4].clone();
        page.components.push(again);
    }
    page.past.clear();
    for number in 5..=20 {
        let more = samples::notice(
            number,
            Kind::Holding,
            samples::at(70),
            &["Nichts Neues."],
            &["Nothing new."],
        );
        page.open[0].notices.push(more);
    }
    let rounds = 20;
    let mut best = Duration::MAX;
    for _ in 0..rounds {
        let before = std::time::Instant::now();
        let site = web::page::render(&page, samples::at(71))?;
        best = best.min(before.elapsed());
        assert!(site.get("/de/").is_some());
    }
    let site = web::page::render(&page, samples::at(71))?;
    let size = |coding| site.get("/de/").map_or(0, |page| page.body(coding).1.len());
    println!(
        "10 components, 20 notices: whole site of {} resources in {best:?} (best of {rounds}); \
         /de/ {} bytes, gzip {}, brotli {}",
        site.iter().count(),
        size(web::page::Coding::Identity),
        size(web::page::Coding::Gzip),
        size(web::page::Coding::Brotli),
    );
    Ok(())
}
