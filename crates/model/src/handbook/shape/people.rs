use super::{Document, Field, Kind, Name, Noun, Said, may, need};

pub(super) const DOCUMENT: Document = Document {
    file: Name::Fixed("people.toml"),
    title: Said(["Menschen", "People"]),
    about: Said([
        "Wer handelt: Menschen, Rollen mit Vertretung, Partner.",
        "Who acts: people, roles with deputies, partners.",
    ]),
    need: true,
    body: Kind::Table(FIELDS),
};

const FIELDS: &[Field] = &[
    need(
        "person",
        Kind::Named(&[Noun::Person], PERSON),
        ["Menschen", "People"],
        [
            "Jeder Mensch steht hier nur mit einem Kürzel. Name und Adressen stehen getrennt.",
            "People stand here by a short key alone. Names and addresses are kept apart.",
        ],
    ),
    need(
        "role",
        Kind::Named(&[Noun::Role], ROLE),
        ["Rollen", "Roles"],
        [
            "Rollen für den Notfall. Jede hat jemanden, der sie hat, und Vertretungen.",
            "Crisis roles. Each has somebody who holds it, and deputies.",
        ],
    ),
    may(
        "partner",
        Kind::Named(&[Noun::Partner], PARTNER),
        ["Partner", "Partners"],
        ["Wen Sie von außen dazuholen können.", "Partners outside, whom you can call in."],
    ),
];

const PERSON: &[Field] = &[may(
    "language",
    Kind::Language,
    ["Sprache", "Language"],
    [
        "In dieser Sprache werden Weckrufe geschrieben; sonst in der Hauptsprache.",
        "The language in which alerts are written; otherwise the main one.",
    ],
)
.like("de")];

const ROLE: &[Field] = &[
    need(
        "title",
        Kind::Localized,
        ["Name", "Title"],
        ["So heißt die Rolle.", "What it is called."],
    )
    .said("Kommunikation", "Communication"),
    need(
        "person",
        Kind::Link(Noun::Person),
        ["Wer sie hat", "Held by"],
        ["Wer die Rolle hat.", "Who holds the role."],
    )
    .like("erika"),
    may(
        "deputies",
        Kind::Links { noun: Noun::Person, some: false },
        ["Vertretungen", "Deputies"],
        ["Wer vertritt, in dieser Reihenfolge.", "Who stands in, in this order."],
    )
    .like("jonas"),
];

const PARTNER: &[Field] = &[
    need(
        "what",
        Kind::Localized,
        ["Aufgabe", "What they do"],
        ["Was der Partner für Sie tut.", "What they do for you."],
    )
    .said("Betreibt unsere Rechner", "Runs our machines"),
    may(
        "contract",
        Kind::Text,
        ["Vertrag", "Contract"],
        [
            "Wo Vertrag oder Kundennummer zu finden sind.",
            "Where the contract or customer number is to be found.",
        ],
    )
    .like("Ordner „Verträge“, Nummer LH-2207"),
    may(
        "hours",
        Kind::Text,
        ["Erreichbar", "Hours"],
        ["Wann man jemanden erreicht.", "When they can be reached."],
    )
    .like("24/7"),
];
