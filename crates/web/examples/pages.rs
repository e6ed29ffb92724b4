//! Writes the sample pages as files, to look at them, and tells how long rendering takes:
//! `cargo run -p web --example pages -- DIR`.

use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use model::notice::Kind;
use model::public::PublicPage;
use model::value::PublicId;
use web::page::Coding;

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
    tell("10 components, 20 notices", &page)?;
    let closed = samples::closed().past.remove(0);
    for number in 0..50 {
        let mut one = closed.clone();
        one.id = PublicId::derive(&["past", &number.to_string()]);
        page.past.push(one);
    }
    tell("the same with 50 past incidents", &page)
}

#[expect(clippy::disallowed_methods, reason = "it measures how long rendering takes")]
fn tell(what: &str, page: &PublicPage) -> anyhow::Result<()> {
    let (mut best, mut again) = (Duration::MAX, Duration::MAX);
    let mut site = web::page::render(page, samples::at(71))?;
    for _ in 0..10 {
        let before = std::time::Instant::now();
        let fresh = web::page::render(page, samples::at(71))?;
        best = best.min(before.elapsed());
        let before = std::time::Instant::now();
        site = web::page::render_after(page, samples::at(72), &fresh)?;
        again = again.min(before.elapsed());
    }
    let size = |coding| site.get("/de/").map_or(0, |page| page.body(coding).1.len());
    println!(
        "{what}: whole site of {} resources in {best:?}, a minute later in {again:?} \
         (best of 10); /de/ {} bytes, gzip {}, brotli {}",
        site.iter().count(),
        size(Coding::Identity),
        size(Coding::Gzip),
        size(Coding::Brotli),
    );
    Ok(())
}
