//! `rig words`: how long it takes to judge a notice of 200 words, beside what a counter of
//! readability does at least: one pass that counts words, sentences and groups of vowels.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::ensure;
use model::language::Language;
use model::words::{Occasion, judge};
use tokio::time::Instant;

/// Options of `rig words`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How often each notice is judged
    #[arg(long, default_value_t = 1_000)]
    times: u32,
    /// What one may take, in microseconds
    #[arg(long, default_value_t = 5_000)]
    limit: u64,
}

const WORDS: usize = 200;

const DE: &str = "Seit 13:47 Uhr (MEZ) können Sie in unserem Shop weder suchen noch bestellen. \
    Bestellungen per Telefon nehmen wir weiterhin an. Unser Team startet gerade die Server neu. \
    Nach heutigem Stand sind Ihre Daten nicht betroffen. Die nächste Meldung kommt um 14:30 Uhr.";
const EN: &str = "Since 13:47 CET, card payments in our online shop have been failing. You can \
    still order by phone. Our team is restarting the payment pages right now. As far as we know, \
    no customer data is affected. We are sorry to hold you up. The next update is at 14:30 CET.";

/// A notice of at least so many words, in paragraphs.
fn notice(paragraph: &str) -> String {
    let words = paragraph.split_whitespace().count();
    vec![paragraph; WORDS.div_ceil(words)].join("\n\n")
}

/// The least that a counter does.
fn count(text: &str) -> (usize, usize, usize) {
    let words = text.split_whitespace().count();
    let sentences = text.matches(['.', '!', '?']).count();
    let groups = text.split(|sign| !"aeiouyäöü".contains(sign)).filter(|group| !group.is_empty());
    (words, sentences, groups.count())
}

/// How long the first takes, and then each.
fn measure(times: u32, mut what: impl FnMut()) -> (Duration, Duration) {
    let begun = Instant::now();
    what();
    let first = begun.elapsed();
    let begun = Instant::now();
    (0..times).for_each(|_| what());
    (first, begun.elapsed() / times.max(1))
}

/// Prints a line of figures for each language; fails when one notice takes longer than the limit.
pub(crate) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    for (language, paragraph) in [(Language::DE, DE), (Language::EN, EN)] {
        let text = notice(paragraph);
        let (first, each) = measure(args.times, || {
            drop(black_box(judge(black_box(&text), language, Occasion::First)))
        });
        let (_, peer) = measure(args.times, || _ = black_box(count(black_box(&text))));
        println!(
            "words language={language} words={} each={}us first={}us counted={}us limit={}us",
            text.split_whitespace().count(),
            each.as_micros(),
            first.as_micros(),
            peer.as_micros(),
            args.limit,
        );
        let limit = Duration::from_micros(args.limit);
        ensure!(each <= limit, "a notice takes {each:?}, more than {limit:?}");
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_judged_while_somebody_types() {
        // Not optimised, and on a busy machine.
        run(&Args { times: 5, limit: 300_000 }).expect("within the limit");
    }
}
