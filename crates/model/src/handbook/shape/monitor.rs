use super::{Choice, Field, Kind, Noun, choice, may, need};

/// A state that a monitor can show and a plan can wait for.
pub(super) const TROUBLE: &[Choice] = &[
    choice("degraded", "langsam oder eingeschränkt", "slow or limited"),
    choice("partial", "teilweise ausgefallen", "partly down"),
    choice("major", "ausgefallen", "down"),
];

pub(super) const FIELDS: &[Field] = &[
    may(
        "component",
        Kind::Link(Noun::Component),
        ["Teil", "Component"],
        [
            "Wonach diese Messung sieht; bei einem Vergleichsziel leer.",
            "What this monitor watches; left out for a reference.",
        ],
    )
    .like("shop"),
    may(
        "reference",
        Kind::Flag,
        ["Vergleichsziel", "Reference"],
        [
            "Eine fremde Seite: Ist auch sie nicht zu erreichen, sind wir selbst blind.",
            "Somebody else's page: when it cannot be reached either, we ourselves are blind.",
        ],
    )
    .like("true"),
    may(
        "shows",
        Kind::Choice(TROUBLE),
        ["Zeigt", "Shows"],
        [
            "Der Zustand des Teils, solange die Messung schlecht ist; sonst „ausgefallen“.",
            "The component's state while this monitor says down; otherwise “down”.",
        ],
    )
    .like("partial"),
    may(
        "every",
        Kind::Span,
        ["Alle", "Every"],
        [
            "Die Zeit zwischen zwei Blicken. Nötig, wenn wir selbst nachsehen.",
            "The time between two looks. Needed where we look ourselves.",
        ],
    )
    .like("30s"),
    may(
        "fails",
        Kind::Whole(1, 255),
        ["Fehlschläge", "Fails"],
        [
            "So viele der letzten Blicke müssen schlecht sein; sonst 3.",
            "So many of the last looks must have failed; otherwise 3.",
        ],
    )
    .like("3"),
    may(
        "of",
        Kind::Whole(1, 255),
        ["Von so vielen", "Of"],
        [
            "So viele Blicke zurück wird gezählt; sonst so viele wie Fehlschläge.",
            "So many looks back are counted; otherwise as many as fails.",
        ],
    )
    .like("5"),
    may(
        "recover",
        Kind::Whole(1, 255),
        ["Gute Blicke", "Recover"],
        [
            "So viele gute Blicke hintereinander, und es gilt wieder als heil; sonst 2.",
            "Up is believed after so many good looks in a row; otherwise 2.",
        ],
    )
    .like("2"),
    Field {
        need: true,
        ..may(
            "",
            Kind::OneOf(WAYS),
            ["Wie nachgesehen wird", "Way of looking"],
            ["Genau eine dieser Arten.", "Exactly one of these ways."],
        )
    },
];

const WAYS: &[Field] = &[
    may(
        "http",
        Kind::Table(HTTP),
        ["Seite abrufen", "Fetch a page"],
        ["Wir rufen eine Seite ab.", "We fetch a page."],
    ),
    may(
        "tcp",
        Kind::Table(TCP),
        ["Verbindung öffnen", "Open a connection"],
        ["Wir öffnen eine Verbindung.", "We open a connection."],
    ),
    may(
        "heartbeat",
        Kind::Table(HEARTBEAT),
        ["Lebenszeichen", "Heartbeat"],
        [
            "Ein anderes Programm meldet sich regelmäßig. Bleibt es still, ist das der Befund.",
            "Another program reports regularly, and silence is the finding.",
        ],
    ),
    may(
        "alertmanager",
        Kind::Table(ALERTMANAGER),
        ["Alertmanager", "Alertmanager"],
        [
            "Ein Alertmanager meldet: schlecht, solange ein Alarm mit diesen Merkmalen läuft.",
            "An Alertmanager reports: down while an alert with these labels fires.",
        ],
    ),
    may(
        "hook",
        Kind::Table(HOOK),
        ["Anderes Programm", "Another program"],
        [
            "Ein anderes Programm meldet in seinem eigenen JSON.",
            "Another program reports in JSON of its own.",
        ],
    ),
];

const HTTP: &[Field] = &[
    need(
        "url",
        Kind::Address,
        ["Adresse", "Address"],
        ["Die ganze Adresse der Seite.", "The whole address of the page."],
    )
    .like("https://shop.lindenhof.example/"),
    may(
        "status",
        Kind::OneOrMoreWhole(100, 599),
        ["Gute Antworten", "Good status"],
        ["Diese Statuscodes sind gut; sonst 200.", "These status codes are good; otherwise 200."],
    )
    .like("200"),
    may(
        "contains",
        Kind::OneOrMoreTexts,
        ["Muss enthalten", "Contains"],
        ["Das muss auf der Seite stehen.", "The page must hold this."],
    )
    .like("Warenkorb"),
    may(
        "lacks",
        Kind::OneOrMoreTexts,
        ["Darf nicht enthalten", "Lacks"],
        ["Das darf nicht auf der Seite stehen.", "The page must not hold this."],
    )
    .like("Interner Fehler"),
    TIMEOUT,
    may(
        "follow",
        Kind::Flag,
        ["Weiterleitungen folgen", "Follow redirects"],
        ["Höchstens fünf Mal; sonst nicht.", "At most five times; otherwise not."],
    )
    .like("true"),
];

const TIMEOUT: Field = may(
    "timeout",
    Kind::Span,
    ["Wartezeit", "Timeout"],
    [
        "So lange darf die Antwort dauern; sonst 5 Sekunden.",
        "How long an answer may take; otherwise 5 seconds.",
    ],
)
.like("5s");

const TCP: &[Field] = &[
    need("host", Kind::Text, ["Rechner", "Host"], ["Name oder Adresse.", "Name or address."])
        .like("db.lindenhof.example"),
    need("port", Kind::Whole(1, 65_535), ["Port", "Port"], ["Der Port.", "The port."]).like("5432"),
    may(
        "banner",
        Kind::Text,
        ["Begrüßung", "Banner"],
        [
            "So muss die andere Seite beginnen, wenn sie zuerst spricht.",
            "How the other side must begin, if it speaks first.",
        ],
    )
    .like("220 "),
    TIMEOUT,
];

const HEARTBEAT: &[Field] = &[need(
    "grace",
    Kind::Span,
    ["Nachsicht", "Grace"],
    ["So viel später darf ein Lebenszeichen kommen.", "How much later than every a beat may come."],
)
.like("2h")];

const SILENT_AFTER: Field = may(
    "silent_after",
    Kind::Span,
    ["Zu still nach", "Silent after"],
    [
        "Kommt von dort so lange gar nichts, erfährt es das Team; mindestens 1 Minute.",
        "Staff are told when nothing at all came from there for so long; at least 1 minute.",
    ],
)
.like("10m");

const ALERTMANAGER: &[Field] = &[
    need(
        "match",
        Kind::Pairs,
        ["Merkmale", "Labels"],
        ["Alle diese Merkmale muss der Alarm haben.", "The alert must have all these labels."],
    )
    .like("ShopDown"),
    SILENT_AFTER,
];

const HOOK: &[Field] = &[
    may(
        "items",
        Kind::Pointer,
        ["Liste", "Items"],
        [
            "Wo eine Liste von Meldungen steht; sonst ist das Ganze eine Meldung.",
            "Where a list of items stands; otherwise the whole is one item.",
        ],
    )
    .like("/alerts"),
    may(
        "where",
        Kind::Pairs,
        ["Nur wenn", "Where"],
        [
            "Stelle und Wert, der dort stehen muss; anderes geht uns nichts an.",
            "Place and the value that must stand there; other items are none of ours.",
        ],
    ),
    need(
        "state",
        Kind::Pointer,
        ["Zustand", "State"],
        ["Wo der Zustand steht.", "Where the state stands."],
    )
    .like("/status"),
    need(
        "down",
        Kind::OneOrMoreTexts,
        ["Heißt schlecht", "Means down"],
        ["Diese Wörter heißen schlecht.", "The states that mean down."],
    )
    .like("firing"),
    need(
        "up",
        Kind::OneOrMoreTexts,
        ["Heißt gut", "Means up"],
        ["Diese Wörter heißen wieder gut.", "The states that mean up again."],
    )
    .like("resolved"),
    may(
        "subject",
        Kind::Pointer,
        ["Gegenstand", "Subject"],
        [
            "Worum es geht, wenn dieselbe Stelle von mehrerem berichtet.",
            "What it is about, where one hook reports several things.",
        ],
    )
    .like("/labels/instance"),
    may(
        "time",
        Kind::Pointer,
        ["Zeit", "Time"],
        ["Seit wann es so ist.", "Since when the state is so."],
    )
    .like("/startsAt"),
    may(
        "detail",
        Kind::Pointer,
        ["Einzelheit", "Detail"],
        ["Ein Satz dazu.", "A sentence about it."],
    )
    .like("/annotations/summary"),
    SILENT_AFTER,
];
