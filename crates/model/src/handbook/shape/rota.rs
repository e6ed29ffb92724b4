use super::{Field, Kind, Noun, may, need};
use crate::handbook::people::Who;

pub(super) const CHAIN: &[Field] = &[
    need(
        "title",
        Kind::Localized,
        ["Name", "Title"],
        ["So heißt die Kette.", "What it is called."],
    )
    .said("Nachts und am Wochenende", "At night and at weekends"),
    need(
        "rung",
        Kind::List(RUNG),
        ["Sprossen", "Rungs"],
        ["Wer angerufen wird, in dieser Reihenfolge.", "Who is called, in this order."],
    ),
    may(
        "otherwise",
        Kind::Localized,
        ["Wenn sich niemand meldet", "Otherwise"],
        [
            "Was zu tun ist, wenn sich niemand aus der Kette meldet.",
            "What to do when nobody on it answered.",
        ],
    )
    .said("Den Leitstand des Hosters anrufen.", "Call the hoster's control room."),
];

const RUNG: &[Field] = &[
    need(
        "who",
        Kind::Member(&Who::NOUNS),
        ["Wer", "Who"],
        [
            "Wer angerufen wird: role:…, person:…, rota:… oder partner:….",
            "Who is called: role:…, person:…, rota:… or partner:….",
        ],
    )
    .like("role:lead"),
    may(
        "channels",
        Kind::Links { noun: Noun::Channel, some: false },
        ["Wege", "Channels"],
        ["Über diese Wege; sonst am Telefon.", "Over these; otherwise over the telephone."],
    )
    .like("mail"),
    may(
        "acknowledge_within",
        Kind::Span,
        ["Antwort innerhalb von", "Acknowledge within"],
        [
            "So lange wird auf eine Antwort gewartet, dann folgt die nächste Sprosse.",
            "How long to wait for an answer before the next rung.",
        ],
    )
    .like("10m"),
];

pub(super) const ROTA: &[Field] = &[
    need("title", Kind::Localized, ["Name", "Title"], ["So heißt sie.", "What it is called."])
        .said("Bereitschaft Technik", "Engineering on call"),
    need(
        "people",
        Kind::Links { noun: Noun::Person, some: true },
        ["Menschen", "People"],
        ["Wer sich abwechselt, in dieser Reihenfolge.", "Who takes turns, in this order."],
    )
    .like("jonas"),
    need(
        "starts",
        Kind::Moment,
        ["Beginn", "Starts"],
        [
            "Wann die erste Schicht beginnt, nach der Uhr in der Zone des Handbuchs.",
            "When the first turn begins, by the clock in the handbook's zone.",
        ],
    )
    .like("2026-10-05T09:00:00"),
    need(
        "turn",
        Kind::Span,
        ["Wechsel alle", "Turn"],
        [
            "Wie lange eine Schicht dauert; gewechselt wird immer zur selben Uhrzeit.",
            "How long a turn lasts; they change at the same time of day all year.",
        ],
    )
    .like("1w"),
    may(
        "instead",
        Kind::List(INSTEAD),
        ["Tausch", "Instead"],
        ["Wer für eine Weile einspringt.", "Who steps in for a while."],
    ),
];

const INSTEAD: &[Field] = &[
    need(
        "person",
        Kind::Link(Noun::Person),
        ["Wer", "Person"],
        ["Wer einspringt.", "Who steps in."],
    )
    .like("noor"),
    need("from", Kind::Moment, ["Von", "From"], ["Ab wann.", "From when."])
        .like("2026-12-24T09:00:00"),
    need("until", Kind::Moment, ["Bis", "Until"], ["Bis wann.", "Until when."])
        .like("2026-12-27T09:00:00"),
];
