use super::{Choice, Document, Field, Kind, Name, Noun, Said, choice, may, need};

pub(super) const DOCUMENT: Document = Document {
    file: Name::Fixed("channels.toml"),
    title: Said(["Wege und Kreise", "Channels and audiences"]),
    about: Said([
        "Wie Menschen Bescheid bekommen, und wer Bescheid bekommt.",
        "How people are told, and who is told.",
    ]),
    need: true,
    body: Kind::Table(FIELDS),
};

const FIELDS: &[Field] = &[
    need(
        "channel",
        Kind::Named(&[Noun::Channel], CHANNEL),
        ["Wege", "Channels"],
        ["Die Wege hinaus zu den Menschen.", "The ways out to people."],
    ),
    may(
        "endpoint",
        Kind::Named(&[Noun::Endpoint], ENDPOINT),
        ["Maschinen", "Endpoints"],
        ["Maschinen, die Bescheid bekommen.", "Machines that are told."],
    ),
    need(
        "audience",
        Kind::Named(&[Noun::Audience], AUDIENCE),
        ["Kreise", "Audiences"],
        ["Wer über welche Wege Bescheid bekommt.", "Who is told over which channels."],
    ),
];

const CHANNEL: &[Field] = &[
    need(
        "kind",
        Kind::Adapter,
        ["Art", "Kind"],
        [
            "Die Art des Weges. Von ihr hängt ab, welche Felder es noch gibt.",
            "The kind of channel. It decides which further fields there are.",
        ],
    ),
    may(
        "depends_on",
        Kind::Links { noun: Noun::Component, some: false },
        ["Fällt aus mit", "Depends on"],
        [
            "Mit diesen Teilen fällt auch der Weg aus.",
            "The components that the channel goes down with.",
        ],
    )
    .like("login"),
    may(
        "addresses",
        Kind::Link(Noun::Channel),
        ["Adressen von", "Addresses of"],
        [
            "Der Weg, dessen Adressen gelten, wenn dieser keine eigenen hat: ein zweites Relais.",
            "The channel whose addresses it uses, where it has none of its own: a second relay.",
        ],
    )
    .like("mail"),
    may(
        "falls_back_to",
        Kind::Link(Noun::Channel),
        ["Ersatzweg", "Falls back to"],
        [
            "Dieser Weg springt für die ein, die hier nicht zu erreichen sind.",
            "Which channel tells those whom this one cannot reach.",
        ],
    )
    .like("relay-b"),
    may(
        "falls_back_after",
        Kind::Span,
        ["Ersatz nach", "Falls back after"],
        [
            "So lange nach der Meldung springt er ein; sonst 60 Sekunden.",
            "How long after the notice it steps in; otherwise 60 seconds.",
        ],
    )
    .like("60s"),
    may(
        "runs_on",
        Kind::Links { noun: Noun::Place, some: false },
        ["Läuft auf", "Runs on"],
        [
            "Die Orte, an denen der Weg läuft; mehrere heißen: einer genügt.",
            "The places where it runs; several mean that one is enough.",
        ],
    )
    .like("elsewhere"),
    may(
        "tested_on",
        Kind::Date,
        ["Zuletzt probiert", "Tested on"],
        ["Wann jemand den Weg zuletzt probiert hat.", "When somebody last tried it."],
    )
    .like("2026-10-02"),
    may(
        "known_by",
        Kind::Links { noun: Noun::Person, some: false },
        ["Wer den Zugang hat", "Known by"],
        ["Die Menschen, die das Konto kennen.", "The people who have its account."],
    )
    .like("amira"),
];

const ENDPOINT: &[Field] = &[
    need(
        "channel",
        Kind::Link(Noun::Channel),
        ["Weg", "Channel"],
        ["Der Weg zu dieser Maschine.", "Which channel reaches it."],
    )
    .like("chat"),
    need(
        "address",
        Kind::Address,
        ["Adresse", "Address"],
        ["Wohin geschickt wird.", "Where it is sent."],
    )
    .like("https://chat.example.com/hooks/notlicht"),
    may(
        "secret",
        Kind::SecretName,
        ["Geheimnis", "Secret"],
        [
            "Der NAME des Geheimnisses, mit dem unterschrieben wird; nie das Geheimnis selbst.",
            "The NAME of the secret that signs what is sent; never the secret itself.",
        ],
    )
    .like("chat-signing"),
    may(
        "language",
        Kind::Language,
        ["Sprache", "Language"],
        ["In dieser Sprache; sonst in der Hauptsprache.", "The language; otherwise the main one."],
    )
    .like("de"),
];

const WORDS: &[Choice] =
    &[choice("subscribers", "alle, die Meldungen bestellt haben", "everybody who subscribed")];

const AUDIENCE: &[Field] = &[
    need(
        "title",
        Kind::Localized,
        ["Name", "Title"],
        ["So heißt der Kreis.", "What it is called."],
    )
    .said("Unser Team", "Our team"),
    need(
        "who",
        Kind::Members { words: WORDS, nouns: &[Noun::Role, Noun::Partner, Noun::Endpoint] },
        ["Wer", "Who"],
        [
            "Wer dazugehört: subscribers, role:…, partner:… oder endpoint:….",
            "Who belongs to it: subscribers, role:…, partner:… or endpoint:….",
        ],
    )
    .like("role:lead"),
    need(
        "channels",
        Kind::Links { noun: Noun::Channel, some: true },
        ["Wege", "Channels"],
        ["Über diese Wege.", "Over these channels."],
    )
    .like("mail"),
];
