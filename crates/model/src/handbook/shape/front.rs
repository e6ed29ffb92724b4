use super::{Document, Field, Kind, Name, Said, need};

pub(super) const DOCUMENT: Document = Document {
    file: Name::Fixed("handbook.toml"),
    title: Said(["Vorderseite", "Front page"]),
    about: Said([
        "Die Gemeinschaft, ihre Sprachen, ihre Zeitzone und die Adresse ihrer Seite.",
        "The community, its languages, its time zone and the address of its page.",
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
];
