//! The words of a notice: what it says, what it does not say yet, and how it reads.

use std::io::{BufRead as _, Read as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use engine::handbook::check_files;
use model::language::Language;
use model::words::{Figures, Item, Judgement, Occasion, judge_with, syllables};
use serde_json::{Map, Value, json};

use crate::config::Words;
use crate::folder;
use crate::say::{BAD, GOOD, LIGHT, QUIET};

/// `notlicht words`.
///
/// # Errors
///
/// A text that cannot be read.
pub(crate) fn run(args: &Words) -> anyhow::Result<ExitCode> {
    if args.syllables {
        return count(args.lang);
    }
    let path = args.file.as_deref().unwrap_or(Path::new("-"));
    let text = read(path)?;
    let occasion = Occasion::from(args.kind);
    let own = match &args.handbook {
        Some(folder) => {
            let checked = check_files(&folder::read(folder)?);
            let handbook = checked.handbook.with_context(|| {
                format!("{0} has errors: see “notlicht check {0}”", folder.display())
            })?;
            handbook.jargon
        }
        None => Vec::new(),
    };
    let judgement = judge_with(&text, args.lang, occasion, &own);
    if args.json {
        println!("{:#}", object(&judgement, args.lang, occasion));
    } else {
        anstream::print!("{}", report(&judgement, args.lang));
    }
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> anyhow::Result<String> {
    if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).context("standard input is no text")?;
        return Ok(text);
    }
    std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// Each line with its count, in order.
fn count(language: Language) -> anyhow::Result<ExitCode> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line.context("standard input is no text")?;
        let count: usize = line.split_whitespace().map(|word| syllables(word, language)).sum();
        writeln!(out, "{line}\t{count}").context("the counts cannot be written")?;
    }
    out.flush().context("the counts cannot be written")?;
    Ok(ExitCode::SUCCESS)
}

/// As programs read it. Each item stands twice: under `items`, and by its name at the top.
fn object(judgement: &Judgement, language: Language, occasion: Occasion) -> Value {
    let item = |item: &Item| (item.word().to_owned(), json!(judgement.holds(*item)));
    let items: Map<String, Value> = Item::ALL.iter().map(item).collect();
    let jargon = judgement
        .jargon
        .iter()
        .map(|found| json!({ "word": found.word, "instead": found.instead, "line": found.line }));
    let missing = judgement.missing().map(|finding| {
        json!({
            "item": finding.item.word(),
            "because": finding.because,
            "snippet": finding.snippet,
        })
    });
    let mut object = items.clone();
    object.insert("language".into(), json!(language));
    object.insert("kind".into(), json!(occasion.word()));
    object.insert("items".into(), Value::Object(items));
    object.insert("jargon".into(), jargon.collect());
    object.insert("missing".into(), missing.collect());
    object.insert("figures".into(), figures(&judgement.figures));
    Value::Object(object)
}

fn figures(figures: &Figures) -> Value {
    let round = |figure: f64| (figure * 100.0).round() / 100.0;
    json!({
        "sentences": figures.sentences,
        "words": figures.words,
        "syllables": figures.syllables,
        "sl": round(figures.sl),
        "wl": round(figures.wl),
        "ms": round(figures.ms),
        "iw": round(figures.iw),
        "es": round(figures.es),
        "flesch_amstad": round(figures.flesch_amstad),
        "wstf1": round(figures.wstf1),
        "lix": round(figures.lix),
        "flesch": round(figures.flesch),
        "fkgl": round(figures.fkgl),
    })
}

/// As people read it.
fn report(judgement: &Judgement, language: Language) -> String {
    let mut out = String::new();
    for finding in &judgement.findings {
        let (style, mark) = match finding.holds {
            Some(true) => (GOOD, "yes"),
            Some(false) => (BAD, "no "),
            None => (QUIET, " – "),
        };
        out += &format!("{style}{mark}{style:#}  {}\n", finding.item.asks(Language::EN));
        if finding.holds == Some(false) {
            if let Some(because) = &finding.because {
                out += &format!("     {QUIET}there: “{because}”{QUIET:#}\n");
            }
            if let Some(snippet) = finding.snippet {
                out += &format!("     {LIGHT}such as:{LIGHT:#} {snippet}\n");
            }
        }
    }
    for found in &judgement.jargon {
        let place = format!("line {}", found.line);
        out += &format!(
            "{LIGHT}jargon{LIGHT:#}  {place}: “{}”, rather: {}\n",
            found.word, found.instead
        );
    }
    out + &scores(&judgement.figures, language)
}

fn scores(figures: &Figures, language: Language) -> String {
    let Figures { words, sentences, sl, lix, .. } = figures;
    let by_language = if language == Language::DE {
        let Figures { flesch_amstad, wstf1, .. } = figures;
        format!(
            "Flesch-Amstad {flesch_amstad:.0} (60 and more is easy), Vienna 1 {wstf1:.1} (up to 9)"
        )
    } else {
        let Figures { flesch, fkgl, .. } = figures;
        format!("Flesch {flesch:.0} (60 and more is easy), Flesch-Kincaid {fkgl:.1} (up to 8)")
    };
    let noise = if *words < 100 { "; below 100 words these say little" } else { "" };
    format!(
        "{words} words in {sentences} sentences, {sl:.1} each; {by_language}, LIX {lix:.0} (up to 45){noise}\n"
    )
}
