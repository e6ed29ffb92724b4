//! Places in `system.toml`.

use crate::handbook::link::Noun;
use crate::handbook::read::{Shape, Table};
use crate::handbook::system::{Place, PlaceKind};
use crate::value::Key;

const KIND: Shape<PlaceKind> = Shape::new(
    ["keine Art von Ort", "kind of place"],
    [
        "schreiben Sie datacentre, provider, office oder cloud",
        "write \"datacentre\", \"provider\", \"office\" or \"cloud\"",
    ],
    |text| PlaceKind::ALL.into_iter().find(|kind| kind.word() == text),
);

pub(super) fn read_place(table: &Table<'_>, key: Key) -> Place {
    let kind = table.need("kind", "kind = \"datacentre\"").and_then(|item| item.word(&KIND));
    Place {
        title: table.localized("title"),
        kind: kind.unwrap_or(PlaceKind::Datacentre),
        partner: table.may_link("partner", Noun::Partner),
        inside: table.may_link("inside", Noun::Place),
        key,
    }
}
