use super::{Choice, Document, Field, Kind, Name, Noun, Said, choice, may, need};

pub(super) const DOCUMENT: Document = Document {
    file: Name::Fixed("duties.toml"),
    title: Said(["Meldepflichten", "Duties to report"]),
    about: Said([
        "Wem Sie was bis wann melden müssen. Ob eine Pflicht gilt, lassen Sie sich bestätigen.",
        "Whom you must tell what by when. Have it confirmed whether a duty applies.",
    ]),
    need: false,
    body: Kind::Table(&[need(
        "duty",
        Kind::Named(&[Noun::Duty], DUTY),
        ["Meldepflichten", "Duties"],
        [
            "Aus dem mitgelieferten Verzeichnis übernommen, oder selbst geschrieben.",
            "Taken over from the catalogue that is shipped, or written yourself.",
        ],
    )]),
};

const DUTY: &[Field] = &[
    may(
        "from",
        Kind::Catalogue,
        ["Aus dem Verzeichnis", "From the catalogue"],
        [
            "Übernimmt diesen Eintrag. Was hier sonst noch steht, tritt an dessen Stelle.",
            "Takes over this entry. What else stands here replaces what it says.",
        ],
    )
    .like("gdpr-33"),
    may("title", Kind::Localized, ["Name", "Title"], OWN)
        .said("Meldung an die Aufsicht", "Report to the authority"),
    may("law", Kind::Localized, ["Gesetz", "Law"], OWN).said("DSGVO Art. 33", "GDPR Art. 33"),
    may("who", Kind::Localized, ["Wen sie bindet", "Whom it binds"], OWN)
        .said("Verantwortliche", "Controllers"),
    may("trigger", Kind::Localized, ["Wann sie entsteht", "What brings it about"], OWN)
        .said("Daten sind betroffen", "Data are concerned"),
    may(
        "to",
        Kind::Localized,
        ["An wen", "To"],
        [
            "Wer es erfahren muss; ohne „from“ nötig. Setzen Sie Ihre eigene Stelle ein.",
            "Who must be told; needed without “from”. Put in the one in charge of you.",
        ],
    )
    .said("Datenschutzaufsicht Berlin", "Berlin data-protection authority"),
    may(
        "verified_on",
        Kind::Date,
        ["Geprüft am", "Verified on"],
        [
            "Wann jemand das zuletzt mit der Quelle verglichen hat; ohne „from“ nötig.",
            "When somebody last compared this with its source; needed without “from”.",
        ],
    )
    .like("2026-11-02"),
    may("source", Kind::Address, ["Quelle", "Source"], OWN)
        .like("https://eur-lex.europa.eu/eli/reg/2016/679/oj"),
    may(
        "unconfirmed",
        Kind::Localized,
        ["Nicht bestätigt", "Unconfirmed"],
        ["Was davon noch nicht bestätigt ist.", "What of this nobody could confirm yet."],
    )
    .said("Der endgültige Wortlaut.", "The final wording."),
    may(
        "owner",
        Kind::Link(Noun::Role),
        ["Verantwortlich", "Owner"],
        ["Die Rolle, die sich darum kümmert.", "The role that sees to it."],
    )
    .like("lead"),
    may("stage", Kind::List(STAGE), ["Stufen", "Stages"], OWN),
];

const OWN: [&str; 2] = ["Ohne „from“ nötig.", "Needed without “from”."];

const CLOCKS: &[Choice] = &[
    choice("aware", "seit es jemand weiß", "since somebody knows"),
    choice("classified", "seit es eingestuft ist", "since it was classified"),
    choice("fixed", "seit die Behebung da ist", "since the fix is there"),
];

const STAGE: &[Field] = &[
    need(
        "key",
        Kind::OwnKey,
        ["Kürzel", "Key"],
        ["Ein kurzes Wort, auf das spätere Stufen zeigen.", "A short word for later stages."],
    )
    .like("report"),
    need("title", Kind::Localized, ["Name", "Title"], ["So heißt sie.", "What it is called."])
        .said("Erstmeldung", "First report"),
    need(
        "due",
        Kind::List(LIMIT),
        ["Fällig", "Due"],
        [
            "Von mehreren Fristen gilt die früheste, deren Uhr läuft.",
            "Of several limits the earliest counts whose clock runs.",
        ],
    ),
    may(
        "only_if",
        Kind::Localized,
        ["Nur wenn", "Only if"],
        [
            "Wann sie überhaupt verlangt ist; sonst immer.",
            "When it is called for; otherwise always.",
        ],
    )
    .said("Der Vorfall dauert noch an", "The incident is still going on"),
    may(
        "content",
        Kind::LocalizedTexts,
        ["Inhalt", "Content"],
        ["Was verlangt ist, ein Punkt je Zeile.", "What is asked for, one point each."],
    )
    .said("Was geschehen ist", "What happened"),
];

const LIMIT: &[Field] = &[
    need(
        "clock",
        Kind::Clock(CLOCKS),
        ["Uhr", "Clock"],
        [
            "Was sie starten lässt: aware, classified, fixed oder sent:STUFE.",
            "What starts it: aware, classified, fixed or sent:STAGE.",
        ],
    )
    .like("aware"),
    need(
        "after",
        Kind::Delay,
        ["Danach", "After"],
        [
            "Stunden zählen auch nachts; „1 month“ ist ein Kalendermonat; „at once“ heißt sofort.",
            "Hours count at night too; “1 month” is a calendar month; or “at once”.",
        ],
    )
    .like("72h"),
];
