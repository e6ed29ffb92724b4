use super::monitor::TROUBLE;
use super::{Choice, Document, Field, Kind, Name, Noun, Said, choice, may, need};

pub(super) const DOCUMENT: Document = Document {
    file: Name::Each("plans", Noun::Plan),
    title: Said(["Plan", "Plan"]),
    about: Said([
        "Was in welchem Fall zu tun ist: Auslöser, Schritte, Regeln für Meldungen.",
        "What to do in which case: trigger, steps, rules for notices.",
    ]),
    need: true,
    body: Kind::Table(FIELDS),
};

const LEVELS: &[Choice] = &[
    choice("incident", "Störung", "incident"),
    choice("emergency", "Notfall", "emergency"),
    choice("crisis", "Krise", "crisis"),
];

const FIELDS: &[Field] = &[
    need(
        "title",
        Kind::Localized,
        ["Name", "Title"],
        ["So heißt der Plan.", "What the plan is called."],
    )
    .said("Shop ausgefallen", "Shop is down"),
    need(
        "level",
        Kind::Choice(LEVELS),
        ["Stufe", "Level"],
        ["Wie ernst es ist.", "How grave it is."],
    )
    .like("incident"),
    may(
        "alarm",
        Kind::Link(Noun::Chain),
        ["Alarmkette", "Alarm chain"],
        [
            "Wer von selbst der Reihe nach gerufen wird, bis jemand antwortet.",
            "Who is called by itself, one after the other, until somebody answers.",
        ],
    )
    .like("night"),
    may(
        "trigger",
        Kind::Table(TRIGGER),
        ["Auslöser", "Trigger"],
        [
            "Wann eine Messung den Plan öffnet; sonst öffnen ihn nur Menschen.",
            "When a verdict opens the plan; without it only people open it.",
        ],
    ),
    may(
        "immediate",
        Kind::List(STEP),
        ["Sofortmaßnahmen", "Immediate measures"],
        [
            "Was vor allem anderen zu tun ist, in dieser Reihenfolge.",
            "What to do before anything else, in this order.",
        ],
    ),
    may(
        "step",
        Kind::List(STEP),
        ["Schritte", "Steps"],
        [
            "In dieser Reihenfolge, und so, dass es auch jemand kann, der es nie getan hat.",
            "In this order, and so that somebody who has never done it can do it.",
        ],
    ),
    may(
        "restart",
        Kind::Links { noun: Noun::Component, some: false },
        ["Wiederanlauf", "Restart"],
        [
            "Die Teile in der Reihenfolge, in der sie wieder anlaufen.",
            "The components in the order in which they are started again.",
        ],
    )
    .like("login"),
    may(
        "exercised_on",
        Kind::Date,
        ["Zuletzt geübt", "Exercised on"],
        ["Wann der Plan zuletzt geübt wurde.", "When the plan was last exercised."],
    )
    .like("2026-10-02"),
    may(
        "reviewed_on",
        Kind::Date,
        ["Durchgesehen am", "Reviewed on"],
        ["Wann ihn jemand zuletzt ganz gelesen hat.", "When somebody last read all of it."],
    )
    .like("2026-10-02"),
    need(
        "notice",
        Kind::Table(NOTICE),
        ["Regeln für Meldungen", "Rules for notices"],
        ["Wie Menschen Bescheid bekommen.", "How people are told."],
    ),
];

const TRIGGER: &[Field] = &[
    may(
        "components",
        Kind::Links { noun: Noun::Component, some: false },
        ["Teile", "Components"],
        [
            "Ist eines davon gestört, beginnt der Plan.",
            "The plan is opened when one of these fails.",
        ],
    )
    .like("shop"),
    may(
        "any",
        Kind::Flag,
        ["Alles andere", "Any other"],
        [
            "Für jedes Teil, das kein anderer Plan nennt.",
            "For every component that no other plan names.",
        ],
    )
    .like("true"),
    may(
        "at_least",
        Kind::Choice(TROUBLE),
        ["Mindestens", "At least"],
        [
            "In diesem Zustand oder schlimmer; sonst „teilweise ausgefallen“.",
            "In this state or worse; otherwise “partly down”.",
        ],
    )
    .like("partial"),
];

const STEP: &[Field] = &[
    need("what", Kind::Localized, ["Was", "What"], ["Was zu tun ist.", "What to do."])
        .said("Den Shop neu starten.", "Restart the shop."),
    need(
        "role",
        Kind::Link(Noun::Role),
        ["Wer", "Who"],
        ["Die Rolle, die es tut.", "The role that does it."],
    )
    .like("technik"),
    may(
        "check",
        Kind::Localized,
        ["Woran man es sieht", "Check"],
        ["Woran man sieht, dass es getan ist.", "How to see that it is done."],
    )
    .said("Eine Testbestellung geht durch.", "A test order goes through."),
    may(
        "within",
        Kind::Span,
        ["Innerhalb von", "Within"],
        ["So lange darf es dauern.", "How long it may take."],
    )
    .like("30m"),
    may(
        "otherwise",
        Kind::Localized,
        ["Wenn es nicht hilft", "Otherwise"],
        ["Was zu tun ist, wenn es nicht hilft.", "What to do if it does not work."],
    )
    .said("Den Leitstand des Hosters anrufen.", "Call the hoster's control room."),
    may(
        "partner",
        Kind::Link(Noun::Partner),
        ["Partner", "Partner"],
        ["Wer dafür angerufen wird.", "Who is called for it."],
    )
    .like("hoster"),
    may(
        "proven_on",
        Kind::Date,
        ["Zuletzt bewiesen", "Proven on"],
        [
            "Wann das jemand zuletzt getan hat, im Ernst oder zur Probe.",
            "When somebody last did it, in earnest or to try it.",
        ],
    )
    .like("2026-10-02"),
];

const NOTICE: &[Field] = &[
    need(
        "hold",
        Kind::Span,
        ["Bedenkzeit", "Hold"],
        [
            "So lange wartet die erste Meldung auf einen Blick. Dann geht sie von selbst hinaus.",
            "How long the first notice waits for a look. Then it goes out by itself.",
        ],
    )
    .like("5m"),
    need(
        "rhythm",
        Kind::Span,
        ["Takt", "Rhythm"],
        [
            "Die längste Zeit von einer Meldung zur nächsten.",
            "The longest time from one notice to the next.",
        ],
    )
    .like("30m"),
    may(
        "remind",
        Kind::Span,
        ["Erinnern", "Remind"],
        [
            "So lange vorher wird das Team erinnert; sonst 5 Minuten.",
            "How long before it is due the team is reminded; otherwise 5 minutes.",
        ],
    )
    .like("10m"),
    may(
        "holding",
        Kind::Flag,
        ["Zwischenmeldung", "Holding update"],
        [
            "Hat niemand geschrieben, sagt eine Zwischenmeldung ehrlich, dass es nichts Neues gibt.",
            "When nobody wrote, a holding update says truthfully that there is nothing new.",
        ],
    )
    .like("true"),
    may(
        "all_clear_after",
        Kind::Span,
        ["Entwarnung nach", "All-clear after"],
        [
            "So lange muss alles gut sein, dann geht sie von selbst hinaus; sonst gibt sie ein Mensch.",
            "It goes out by itself when all has been well for so long; otherwise a person gives it.",
        ],
    )
    .like("10m"),
    may(
        "acknowledge_within",
        Kind::Span,
        ["Antwort binnen", "Acknowledge within"],
        [
            "So lange wartet eine Rolle auf ihre Hauptperson. Dann wird die Vertretung gerufen. Ohne Angabe werden alle zugleich geweckt.",
            "How long a role waits for its holder. Then the deputy is called. Without it all are woken at the same time.",
        ],
    )
    .like("5m"),
    may(
        "approval",
        Kind::Flag,
        ["Zu zweit", "Approval"],
        [
            "Was jemand selbst geschrieben hat, gibt ein zweiter Mensch frei.",
            "What somebody wrote is let out by a second person.",
        ],
    )
    .like("true"),
    need(
        "alert",
        Kind::Links { noun: Noun::Role, some: true },
        ["Weckt", "Alerts"],
        [
            "Diese Rollen werden geweckt und dürfen anhalten und freigeben.",
            "Roles that are alerted at once, and may hold, withdraw and release.",
        ],
    )
    .like("lead"),
    need(
        "alert_channels",
        Kind::Links { noun: Noun::Channel, some: true },
        ["Weckt über", "Alerts over"],
        ["Über diese Wege wird geweckt.", "The channels over which staff are alerted."],
    )
    .like("mail"),
    may(
        "alert_endpoints",
        Kind::Links { noun: Noun::Endpoint, some: false },
        ["Meldet an", "Alerts machines"],
        ["Auch diese Maschinen erfahren es.", "Machines that are alerted too."],
    )
    .like("team-chat"),
    need(
        "audiences",
        Kind::Links { noun: Noun::Audience, some: true },
        ["Kreise", "Audiences"],
        ["Wer die Meldungen bekommt.", "Who gets the notices."],
    )
    .like("everybody"),
];
