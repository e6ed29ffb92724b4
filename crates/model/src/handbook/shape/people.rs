use super::{Document, Field, Kind, Name, Noun, Said, may, need, rota};

pub(super) const DOCUMENT: Document = Document {
    file: Name::Fixed("people.toml"),
    title: Said(["Menschen", "People"]),
    about: Said([
        "Wer handelt: Menschen, Rollen mit Vertretung, Partner, Alarmketten, Bereitschaft.",
        "Who acts: people, roles with deputies, partners, alarm chains, rotas.",
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
    may(
        "chain",
        Kind::Named(&[Noun::Chain], rota::CHAIN),
        ["Alarmketten", "Alarm chains"],
        [
            "Wer angerufen wird, und wer als Nächstes, wenn sich niemand meldet.",
            "Who is called, and who next when nobody answers.",
        ],
    ),
    may(
        "rota",
        Kind::Named(&[Noun::Rota], rota::ROTA),
        ["Bereitschaft", "Rotas"],
        ["Wer wann erreichbar ist.", "Who is on call when."],
    ),
];

const PERSON: &[Field] = &[
    may(
        "language",
        Kind::Language,
        ["Sprache", "Language"],
        [
            "In dieser Sprache werden Weckrufe geschrieben; sonst in der Hauptsprache.",
            "The language in which alerts are written; otherwise the main one.",
        ],
    )
    .like("de"),
    may(
        "trained",
        Kind::List(TRAINED),
        ["Geübt", "Trained"],
        [
            "In welchen Plänen dieser Mensch geübt ist.",
            "The plans in which this person was trained.",
        ],
    ),
];

const TRAINED: &[Field] = &[
    need("plan", Kind::Link(Noun::Plan), ["Plan", "Plan"], ["Der Plan.", "The plan."])
        .like("shop-down"),
    need("on", Kind::Date, ["Am", "On"], ["Wann das war.", "When it was."]).like("2026-10-02"),
];

const ROLE: &[Field] = &[
    need(
        "title",
        Kind::Localized,
        ["Name", "Title"],
        ["So heißt die Rolle.", "What it is called."],
    )
    .said("Kommunikation", "Communication"),
    may(
        "task",
        Kind::LocalizedLong,
        ["Aufgabe", "Task"],
        ["Was diese Rolle im Notfall tut.", "What this role does in an outage."],
    )
    .said("Schreibt und gibt Meldungen frei.", "Writes notices and releases them."),
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
    may(
        "response",
        Kind::Span,
        ["Hilft innerhalb von", "Response"],
        ["So schnell wollen sie handeln.", "How soon they promise to act."],
    )
    .like("1h"),
    may(
        "reach",
        Kind::Localized,
        ["Kann was und wo", "Reach"],
        ["Was sie tun können, und wo.", "What they can do, and where."],
    )
    .said("Rechner neu starten, im Haus Nord", "Restart machines, in house North"),
    may(
        "callout",
        Kind::LocalizedLong,
        ["Text für den Anruf", "Call-out"],
        [
            "Was man am Telefon sagt, mit Lücken wie {broken}, {since}, {caller}, {phone}.",
            "What to say on the telephone, with holes such as {broken}, {since}, {caller}, {phone}.",
        ],
    )
    .said("Hier ist {caller}. {broken} geht nicht.", "This is {caller}. {broken} does not work."),
    may(
        "called_on",
        Kind::Date,
        ["Zuletzt angerufen", "Called on"],
        ["Wann die Nummer zuletzt versucht wurde.", "When their number was last tried."],
    )
    .like("2026-10-02"),
];
