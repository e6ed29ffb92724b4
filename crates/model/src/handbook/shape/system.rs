use super::{Document, Field, Kind, Name, Noun, Said, may, monitor, need, place};

pub(super) const DOCUMENT: Document = Document {
    file: Name::Fixed("system.toml"),
    title: Said(["Teile, Orte, Messungen", "Components, places, monitors"]),
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
        "place",
        Kind::Named(&[Noun::Place], place::FIELDS),
        ["Orte", "Places"],
        [
            "Wo etwas läuft: Was am selben Ort läuft, fällt zusammen aus.",
            "Where things run: what runs in the same place goes down together.",
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
    may(
        "runs_on",
        Kind::Links { noun: Noun::Place, some: false },
        ["Läuft auf", "Runs on"],
        [
            "Die Orte, an denen es läuft; mehrere heißen: einer genügt.",
            "The places where it runs; several mean that one is enough.",
        ],
    )
    .like("house-north"),
    may(
        "owner",
        Kind::Link(Noun::Role),
        ["Verantwortlich", "Owner"],
        ["Die Rolle, die dafür einsteht.", "The role that answers for it."],
    )
    .like("technik"),
    may(
        "mtpd",
        Kind::Span,
        ["Höchstens ausgefallen (MTPD)", "Longest outage (MTPD)"],
        [
            "So lange lässt sich ein Ausfall gerade noch ertragen.",
            "The longest outage that can be borne.",
        ],
    )
    .like("3d"),
    may(
        "rto",
        Kind::Span,
        ["Läuft wieder nach (RTO)", "Runs again after (RTO)"],
        ["Das Ziel für den Wiederanlauf.", "How soon it is to run again."],
    )
    .like("4h"),
    may(
        "rpo",
        Kind::Span,
        ["Datenverlust höchstens (RPO)", "Data loss at most (RPO)"],
        [
            "Die Daten aus so langer Zeit dürfen verloren gehen.",
            "How much of the newest data may be lost.",
        ],
    )
    .like("24h"),
    may(
        "minimum",
        Kind::Localized,
        ["Mindestens", "Minimum"],
        ["Was mindestens gehen muss.", "What must work at the least."],
    )
    .said("Lesen, ohne zu schreiben", "Reading without writing"),
    may(
        "workaround",
        Kind::Localized,
        ["Behelf", "Workaround"],
        ["Was Menschen solange ohne es tun.", "What people do meanwhile, without it."],
    )
    .said("Bestellungen am Telefon annehmen", "Take orders by telephone"),
    may(
        "restored_on",
        Kind::Date,
        ["Zuletzt zurückgespielt", "Restored on"],
        [
            "Wann es zuletzt zur Probe aus der Sicherung zurückgespielt wurde.",
            "When it was last restored from its backup to try it.",
        ],
    )
    .like("2026-10-02"),
];
