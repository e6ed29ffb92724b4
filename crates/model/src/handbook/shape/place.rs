use super::{Choice, Field, Kind, Noun, choice, may, need};

const KINDS: &[Choice] = &[
    choice("datacentre", "Rechenzentrum", "data centre"),
    choice("provider", "Anbieter", "provider"),
    choice("office", "eigene Räume", "own rooms"),
    choice("cloud", "Region eines großen Anbieters", "region of a large provider"),
];

pub(super) const FIELDS: &[Field] = &[
    need("title", Kind::Localized, ["Name", "Title"], ["So heißt der Ort.", "What it is called."])
        .said("Rechenzentrum Nord", "Data centre North"),
    need(
        "kind",
        Kind::Choice(KINDS),
        ["Art", "Kind"],
        ["Was für ein Ort es ist.", "What kind of place it is."],
    )
    .like("datacentre"),
    may(
        "partner",
        Kind::Link(Noun::Partner),
        ["Betreibt", "Partner"],
        ["Der Partner, der ihn betreibt.", "The partner who runs it."],
    )
    .like("hoster"),
    may(
        "inside",
        Kind::Link(Noun::Place),
        ["Liegt in", "Inside"],
        [
            "Der Ort, in dem er liegt und mit dem er ausfällt.",
            "The place in which it lies, with which it goes down.",
        ],
    )
    .like("house-north"),
];
