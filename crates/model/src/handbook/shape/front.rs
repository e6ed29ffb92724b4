use super::{Document, Field, Kind, Name, Noun, Said, may, need};
use crate::handbook::people::Who;

pub(super) const DOCUMENT: Document = Document {
    file: Name::Fixed("handbook.toml"),
    title: Said(["Vorderseite", "Front page"]),
    about: Said([
        "Die Gemeinschaft, die Adresse ihrer Seite, Stufen, Fristen und die Notfallkarte.",
        "The community, the address of its page, levels, rhythms and the emergency card.",
    ]),
    need: true,
    body: Kind::Table(FIELDS),
};

const FIELDS: &[Field] = &[
    need(
        "schema",
        Kind::Whole(1, 1),
        ["Format", "Format"],
        ["Das Format dieser Dateien. Es bleibt 1.", "The format of these files. It stays 1."],
    )
    .like("1"),
    need(
        "community",
        Kind::Text,
        ["Gemeinschaft", "Community"],
        ["So nennen Besucher Sie.", "What visitors call you."],
    )
    .like("Lindenhof"),
    need(
        "languages",
        Kind::Languages,
        ["Sprachen", "Languages"],
        [
            "In jeder davon muss jeder Text für Besucher da sein. Die erste ist die Hauptsprache.",
            "Every text for visitors must be there in each of these. The first is the main one.",
        ],
    )
    .like("de"),
    need(
        "zone",
        Kind::Zone,
        ["Zeitzone", "Time zone"],
        ["Die Zone, in der Uhrzeiten genannt werden.", "The zone in which people read times."],
    )
    .like("Europe/Berlin"),
    need(
        "page",
        Kind::Address,
        ["Adresse der Seite", "Address of the page"],
        [
            "Wo die öffentliche Seite steht, fern von den Rechnern, über die sie berichtet.",
            "Where the public page is, away from the machines that it reports about.",
        ],
    )
    .like("https://lage.lindenhof.example"),
    may(
        "page_runs_on",
        PLACES,
        ["Seite läuft auf", "Page runs on"],
        [
            "Wo die öffentliche Seite läuft; mehrere Orte heißen: einer genügt.",
            "Where the public page runs; several places mean that one is enough.",
        ],
    )
    .like("elsewhere"),
    may(
        "dns_runs_on",
        PLACES,
        ["Namen laufen auf", "Names run on"],
        [
            "Wer die Namen Ihrer Seite und Ihrer Post auflöst.",
            "Who resolves the names of your page and your mail.",
        ],
    )
    .like("elsewhere"),
    may(
        "sign_in_runs_on",
        PLACES,
        ["Anmeldung des Teams läuft auf", "Team's sign-in runs on"],
        [
            "Wo die Anmeldung läuft, mit der das Team an seine Werkzeuge kommt.",
            "Where the sign-in runs by which the team reaches its tools.",
        ],
    )
    .like("elsewhere"),
    may(
        "document",
        Kind::Table(CONTROL),
        ["Pflege", "Document control"],
        [
            "Wer das Handbuch pflegt, wer es freigibt, wo Ausdrucke hängen.",
            "Who keeps the handbook, who approves it, where printed copies hang.",
        ],
    ),
    may(
        "level",
        Kind::Table(LEVEL),
        ["Stufen", "Levels"],
        [
            "Woran man Störung, Notfall und Krise erkennt, und wer sie ausruft.",
            "How to tell incident, emergency and crisis, and who declares them.",
        ],
    ),
    may(
        "rhythm",
        Kind::Table(RHYTHM),
        ["Fristen", "Rhythms"],
        [
            "Wie alt ein Beweis werden darf, bevor er nicht mehr gilt.",
            "How old a proof may become before it counts no more.",
        ],
    ),
    may(
        "card",
        Kind::Table(CARD),
        ["Notfallkarte", "Emergency card"],
        ["Die eine Seite für die Wand.", "The one page for the wall."],
    ),
    may(
        "jargon",
        Kind::List(JARGON),
        ["Fachwörter", "Jargon"],
        [
            "Ihre eigenen Wörter, die Besucher nicht kennen müssen. Wer sie in eine Meldung schreibt, bekommt ein anderes angeboten.",
            "Words of your own that visitors need not know. Whoever writes one into a notice is offered another.",
        ],
    ),
];

const JARGON: &[Field] = &[
    need(
        "word",
        Kind::Text,
        ["Wort", "Word"],
        [
            "Groß oder klein ist gleich; ~ am Ende steht für beliebige Buchstaben.",
            "Small or large letters are the same; ~ at the end stands for any letters.",
        ],
    )
    .like("Bifrost~"),
    need(
        "instead",
        Kind::Localized,
        ["Stattdessen", "Instead"],
        ["Was man stattdessen sagt.", "What to say instead."],
    )
    .said("Anmeldung", "login"),
];

const PLACES: Kind = Kind::Links { noun: Noun::Place, some: false };

const CONTROL: &[Field] = &[
    may(
        "owner",
        Kind::Link(Noun::Person),
        ["Pflegt es", "Owner"],
        ["Wer das Handbuch pflegt.", "The person who keeps the handbook."],
    )
    .like("erika"),
    may(
        "approval",
        Kind::Link(Noun::Role),
        ["Gibt frei", "Approval"],
        [
            "Wer diese Rolle hat oder vertritt, gibt neue Fassungen frei; sonst muss das niemand.",
            "Whoever holds this role or stands in approves new versions; otherwise nobody must.",
        ],
    )
    .like("lead"),
    may(
        "reviewed_on",
        Kind::Date,
        ["Durchgesehen am", "Reviewed on"],
        ["Wann jemand zuletzt alles gelesen hat.", "When somebody last read all of it."],
    )
    .like("2026-10-02"),
    may(
        "review_every",
        Kind::Span,
        ["Durchsehen alle", "Review every"],
        ["Wie oft das sein muss; sonst einmal im Jahr.", "How often; otherwise once a year."],
    )
    .like("180d"),
    may(
        "copies",
        Kind::Texts,
        ["Ausdrucke", "Copies"],
        ["Wo gedruckte Handbücher hängen.", "Where printed copies hang."],
    )
    .like("Serverraum, innen an der Tür"),
];

const LEVEL: &[Field] = &[
    may(
        "incident",
        Kind::Table(THRESHOLD),
        ["Störung", "Incident"],
        ["Der Alltag reicht aus.", "The ordinary organisation is enough."],
    ),
    may(
        "emergency",
        Kind::Table(THRESHOLD),
        ["Notfall", "Emergency"],
        [
            "Die Zeit drängt, es gibt Pläne, und andere Regeln gelten.",
            "Time is short, there are plans, and other rules hold.",
        ],
    ),
    may(
        "crisis",
        Kind::Table(THRESHOLD),
        ["Krise", "Crisis"],
        ["Kein Plan passt.", "No plan fits."],
    ),
];

const THRESHOLD: &[Field] = &[
    may(
        "criteria",
        Kind::LocalizedLong,
        ["Woran man es erkennt", "Criteria"],
        ["Woran man sieht, dass es so weit ist.", "How to see that it has come to this."],
    )
    .said("Mehr als 1000 Menschen sind betroffen.", "More than 1000 people are affected."),
    may(
        "declared_by",
        Kind::Link(Noun::Role),
        ["Ruft sie aus", "Declared by"],
        ["Die Rolle, die das entscheidet.", "The role that decides so."],
    )
    .like("lead"),
];

const RHYTHM: &[Field] = &[
    may(
        "contact",
        Kind::Span,
        ["Adressen und Nummern", "Contacts"],
        ["Sonst 90 Tage.", "Otherwise 90 days."],
    )
    .like("90d"),
    may(
        "alarm",
        Kind::Span,
        ["Alarmübung", "Alarm exercise"],
        ["Sonst 90 Tage.", "Otherwise 90 days."],
    )
    .like("90d"),
    may("channel", Kind::Span, ["Wege", "Channels"], ["Sonst 90 Tage.", "Otherwise 90 days."])
        .like("90d"),
    may(
        "plan",
        Kind::Span,
        ["Pläne und Schritte", "Plans and steps"],
        ["Sonst 365 Tage.", "Otherwise 365 days."],
    )
    .like("365d"),
    may(
        "restore",
        Kind::Span,
        ["Rückspielen der Sicherung", "Restoring from backup"],
        ["Sonst 365 Tage.", "Otherwise 365 days."],
    )
    .like("365d"),
];

const CARD: &[Field] = &[
    may(
        "call",
        Kind::Members { words: &[], nouns: &Who::NOUNS },
        ["Anrufen", "Call"],
        ["Wer angerufen wird, in dieser Reihenfolge.", "Whom to call, in this order."],
    )
    .like("role:lead"),
    may(
        "do",
        Kind::LocalizedTexts,
        ["Tun", "Do"],
        ["Was zu tun ist, ein Satz je Zeile.", "What to do, one sentence each."],
    )
    .said("Aufschreiben, was Sie sehen.", "Write down what you see."),
    may(
        "dont",
        Kind::LocalizedTexts,
        ["Lassen", "Don't"],
        ["Was zu lassen ist, ein Satz je Zeile.", "What not to do, one sentence each."],
    )
    .said("Nichts ausschalten.", "Do not switch anything off."),
    may(
        "numbers",
        Kind::Localized,
        ["Wo die Nummern hängen", "Where the numbers hang"],
        ["Wo man die Telefonnummern findet.", "Where to find the telephone numbers."],
    )
    .said("Innen an der Tür des Serverraums.", "Inside the door of the server room."),
];
