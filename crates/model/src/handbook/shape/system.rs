use super::{Document, Field, Kind, Name, Noun, Said, may, monitor, need};

pub(super) const DOCUMENT: Document = Document {
    file: Name::Fixed("system.toml"),
    title: Said(["Teile und Messungen", "Components and monitors"]),
    about: Said([
        "Was ausfallen kann, und wie es beobachtet wird.",
        "What can fail, and how it is watched.",
    ]),
    need: true,
    body: Kind::Table(FIELDS),
};

const FIELDS: &[Field] = &[
    need(
        "component",
        Kind::List(COMPONENT),
        ["Teile", "Components"],
        [
            "Die Teile, die Besucher kennen, in der Reihenfolge der Seite.",
            "The parts that visitors know, in the order of the page.",
        ],
    ),
    may(
        "monitor",
        Kind::Named(&[Noun::Monitor], monitor::FIELDS),
        ["Messungen", "Monitors"],
        [
            "Messungen sehen immer wieder nach einem Teil.",
            "Monitors look at a component again and again.",
        ],
    ),
];

const COMPONENT: &[Field] = &[
    need(
        "key",
        Kind::Key(Noun::Component),
        ["Kürzel", "Key"],
        [
            "Ein kurzes Wort, mit dem andere Teile des Handbuchs darauf zeigen.",
            "A short word by which other parts of the handbook point to it.",
        ],
    )
    .like("shop"),
    need(
        "name",
        Kind::Localized,
        ["Name", "Name"],
        ["So nennen es Besucher.", "What visitors call it."],
    )
    .said("Anmeldung", "Login"),
    need(
        "about",
        Kind::Localized,
        ["Wozu", "What for"],
        ["Was man damit tut, ein Satz.", "What people do with it, one sentence."],
    )
    .said("Mit dem Konto anmelden", "Log in with your account"),
    may(
        "depends_on",
        Kind::Links { noun: Noun::Component, some: false },
        ["Braucht", "Depends on"],
        [
            "Ohne diese Teile geht es nicht: Fallen sie aus, fällt es mit ihnen aus.",
            "What it cannot work without: when that is down, it goes down with it.",
        ],
    )
    .like("login"),
];
