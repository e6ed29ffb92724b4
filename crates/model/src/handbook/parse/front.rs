//! `handbook.toml`: the front of the handbook.

use super::address;
use crate::handbook::fault::said;
use crate::handbook::front::{Card, Control, Lifeline, Rhythm, Threshold};
use crate::handbook::link::Noun;
use crate::handbook::people::Who;
use crate::handbook::plan::Level;
use crate::handbook::read::{Item, LANGUAGE, SPAN, Shape, Table};
use crate::handbook::{Handbook, SCHEMA};
use crate::language::{Language, Zone};
use crate::value::Span;
use crate::words::OwnWord;

const ZONE: Shape<Zone> = Shape::new(
    ["keine Zeitzone", "time zone"],
    [
        "schreiben Sie einen Namen aus der Liste der IANA, zum Beispiel Europe/Berlin",
        "write a name of the IANA list, for example \"Europe/Berlin\"",
    ],
    Zone::named,
);

/// What is needed first: the languages decide how all other texts are read.
pub(super) fn read(table: &Table<'_>, handbook: &mut Handbook) {
    if let Some(item) = table.need("schema", "schema = 1")
        && let Some(schema) = item.whole(1..=u32::MAX)
        && schema != SCHEMA
    {
        let what = said!(
            "dieses Programm kennt das Format {schema} nicht",
            "this program does not know schema {schema}"
        );
        item.error(
            what,
            said!(
                "schreiben Sie schema = {SCHEMA}, oder nehmen Sie ein neueres Notlicht",
                "write schema = {SCHEMA}, or use a newer Notlicht"
            ),
        );
    }
    let community =
        table.need("community", "community = \"Lindenhof\"").and_then(|item| item.text());
    handbook.community = community.unwrap_or_default();
    if let Some(item) = table.need("languages", "languages = [\"de\", \"en\"]") {
        handbook.languages = languages(&item);
    }
    if !handbook.languages.is_empty() {
        let first = table.log.languages.set(handbook.languages.clone());
        debug_assert!(first.is_ok(), "the languages are set once");
    }
    let zone = table.need("zone", "zone = \"Europe/Berlin\"");
    if let Some(zone) = zone.and_then(|item| item.word(&ZONE)) {
        handbook.zone = zone;
    }
    if let Some(item) = table.need("page", "page = \"https://status.example.org\"")
        && let Some(page) = item.text()
    {
        address::page(&item, &page);
        handbook.page = page.trim_end_matches('/').to_owned();
    }
    handbook.lifeline = Lifeline {
        page: table.may_links("page_runs_on", Noun::Place),
        dns: table.may_links("dns_runs_on", Noun::Place),
        sign_in: table.may_links("sign_in_runs_on", Noun::Place),
    };
    let below = |key| table.may(key).and_then(|item: Item<'_>| item.table());
    if let Some(table) = below("document") {
        handbook.control = read_control(&table);
    }
    if let Some(table) = below("level") {
        for level in Level::ALL {
            let own = table.may(level.word()).and_then(|item| item.table());
            handbook.levels.extend(own.map(|own| (level, read_threshold(&own))));
        }
    }
    if let Some(table) = below("rhythm") {
        handbook.rhythm = read_rhythm(&table);
    }
    handbook.card = below("card").map(|table| read_card(&table));
    handbook.jargon = table.may_tables("jargon").iter().filter_map(read_word).collect();
}

fn read_word(table: &Table<'_>) -> Option<OwnWord> {
    let word = table.need("word", "word = \"…\"").and_then(|item| item.text());
    let instead = table.localized("instead");
    word.map(|word| OwnWord { word, instead })
}

fn read_control(table: &Table<'_>) -> Control {
    Control {
        owner: table.may_link("owner", Noun::Person),
        approval: table.may_link("approval", Noun::Role),
        reviewed_on: table.may_day("reviewed_on"),
        review_every: read_age(table, "review_every", Control::default().review_every),
        copies: table.may("copies").map(|item| item.texts()).unwrap_or_default(),
    }
}

fn read_threshold(table: &Table<'_>) -> Threshold {
    Threshold {
        criteria: table.may_localized_long("criteria"),
        declared_by: table.may_link("declared_by", Noun::Role),
    }
}

fn read_rhythm(table: &Table<'_>) -> Rhythm {
    let usual = Rhythm::default();
    Rhythm {
        contact: read_age(table, "contact", usual.contact),
        alarm: read_age(table, "alarm", usual.alarm),
        channel: read_age(table, "channel", usual.channel),
        plan: read_age(table, "plan", usual.plan),
        restore: read_age(table, "restore", usual.restore),
    }
}

/// How old something may become: proofs bear a day, so that less than one says nothing.
fn read_age(table: &Table<'_>, key: &'static str, usual: Span) -> Span {
    let Some(item) = table.may(key) else { return usual };
    let Some(span) = item.word(&SPAN) else { return usual };
    if span < Span::days(1) {
        item.error(
            said!("{span} ist weniger als ein Tag", "{span} is less than a day"),
            said!("schreiben Sie bei {key} 1d oder mehr", "write {key} = \"1d\" or more"),
        );
    }
    span
}

fn read_card(table: &Table<'_>) -> Card {
    let list = |key| table.may(key).map(|item| item.localized_list()).unwrap_or_default();
    let call = table.may("call").map(|item| item.list()).unwrap_or_default();
    Card {
        call: call.iter().filter_map(read_who).collect(),
        dos: list("do"),
        donts: list("dont"),
        numbers: table.may_localized("numbers"),
    }
}

/// Who is called: `role:KEY`, `person:KEY`, `rota:KEY`, `partner:KEY`.
pub(super) fn read_who(item: &Item<'_>) -> Option<Who> {
    item.member(&Who::NOUNS).and_then(|(noun, key)| Who::of(noun, key))
}

fn languages(item: &Item<'_>) -> Vec<Language> {
    let mut found = Vec::new();
    let parts = item.list();
    for part in &parts {
        match part.word(&LANGUAGE) {
            Some(language) if found.contains(&language) => {
                part.hint(
                    said!("„{language}“ steht hier zweimal", "“{language}” stands here twice"),
                    said!("nehmen Sie eines davon heraus", "take one of them out"),
                );
            }
            Some(language) => found.push(language),
            None => {}
        }
    }
    if parts.is_empty() {
        item.error(
            said!("es gibt keine Sprache", "there is no language"),
            said!("wählen Sie mindestens eine", "write for example languages = [\"de\", \"en\"]"),
        );
    }
    found
}
