//! Alarm chains and rotas in `people.toml`.

use super::front::read_who;
use crate::handbook::fault::said;
use crate::handbook::link::Noun;
use crate::handbook::people::{Chain, Rung};
use crate::handbook::read::{SPAN, Table};
use crate::handbook::rota::{Instead, Rota};
use crate::value::{Key, Span};

/// The shortest turn: who is relieved more often than that is not on call.
const SHORTEST: Span = Span::minutes(60);

pub(super) fn read_chain(table: &Table<'_>, key: Key) -> Chain {
    let rungs = table.need("rung", "a heading [[chain.KEY.rung]] for each who is called");
    if let Some(item) = rungs.as_ref().filter(|item| item.is_empty_list()) {
        item.error(
            said!("niemand wird gerufen", "nobody is called"),
            said!(
                "fügen Sie ein Glied hinzu, das sagt, wer gerufen wird",
                "add a heading [[chain.KEY.rung]] with who = \"role:…\""
            ),
        );
    }
    let rungs = rungs.map(|item| item.tables()).unwrap_or_default();
    Chain {
        key,
        title: table.localized("title"),
        rungs: rungs.iter().filter_map(read_rung).collect(),
        otherwise: table.may_localized("otherwise"),
    }
}

fn read_rung(table: &Table<'_>) -> Option<Rung> {
    let channels = table.may_links("channels", Noun::Channel);
    let acknowledge_within = table.may_span("acknowledge_within");
    let who = table.need("who", "who = \"role:…\"").and_then(|item| read_who(&item))?;
    Some(Rung { who, channels, acknowledge_within })
}

pub(super) fn read_rota(table: &Table<'_>, key: Key) -> Option<Rota> {
    let people = table.need("people", "people = [\"…\"], keys of people");
    let people = people.map(|item| item.some_links(Noun::Person)).unwrap_or_default();
    let turn = table.need("turn", "turn = \"1w\"").and_then(|item| {
        let turn = item.word(&SPAN)?;
        if turn < SHORTEST {
            item.error(
                said!("eine Schicht von {turn} ist zu kurz", "a turn of {turn} is too short"),
                said!("schreiben Sie 1h oder mehr", "write turn = \"1h\" or more"),
            );
        }
        Some(turn.max(SHORTEST))
    });
    let title = table.localized("title");
    let instead = table.may_tables("instead");
    let instead = instead.iter().filter_map(read_instead).collect();
    let starts = table.need("starts", "starts = 2026-10-05T09:00:00");
    Some(Rota {
        key,
        title,
        people,
        starts: starts.and_then(|item| item.wall())?,
        turn: turn?,
        instead,
    })
}

fn read_instead(table: &Table<'_>) -> Option<Instead> {
    let person = table.need("person", "person = \"…\", the key of a person");
    let person = person.and_then(|item| item.link(Noun::Person));
    let from = table.need("from", "from = 2026-12-24T09:00:00").and_then(|item| item.wall());
    let until = table.need("until", "until = 2026-12-27T09:00:00");
    let until = until.and_then(|item| {
        let until = item.wall()?;
        if from.is_some_and(|from| until <= from) {
            item.error(
                said!("das Ende liegt nicht nach dem Anfang", "this is not later than from"),
                said!("schreiben Sie, wann es endet", "write the moment at which it ends"),
            );
        }
        Some(until)
    });
    Some(Instead { person: person?, from: from?, until: until? })
}
