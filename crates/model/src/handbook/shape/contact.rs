use super::{Document, Field, Kind, Name, Noun, Said, may, need};

pub(super) const DOCUMENT: Document = Document {
    file: Name::Fixed("contacts.toml"),
    title: Said(["Adressen", "Contacts"]),
    about: Said([
        "Namen und Adressen. Sie reisen getrennt und sind nie Teil einer Fassung.",
        "Names and addresses. They travel apart and are never part of a version.",
    ]),
    need: false,
    body: Kind::Named(&[Noun::Person, Noun::Partner], CARD),
};

const CARD: &[Field] = &[
    need("name", Kind::Text, ["Name", "Name"], ["Wie jemand heißt.", "What they are called."])
        .like("Erika Mustermann"),
    may("email", Kind::Email, ["E-Mail", "E-mail"], ["Die Mailadresse.", "The mail address."])
        .like("erika@lindenhof.example"),
    may(
        "email_verified",
        Kind::Date,
        ["E-Mail geprüft am", "E-mail verified on"],
        ["Wann dort zuletzt Post ankam.", "When somebody last saw that mail arrives there."],
    )
    .like("2026-10-12"),
    may(
        "phone",
        Kind::Phone,
        ["Telefon", "Telephone"],
        ["Mit dem Land davor.", "With its country."],
    )
    .like("+49 30 23125 101"),
    may(
        "phone_verified",
        Kind::Date,
        ["Telefon geprüft am", "Telephone verified on"],
        ["Wann dort zuletzt jemand abnahm.", "When somebody last answered there."],
    )
    .like("2026-10-12"),
];
