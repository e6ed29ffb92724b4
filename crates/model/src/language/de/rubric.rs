use crate::language::words::Rubric;

pub(super) const RUBRIC: Rubric = Rubric {
    items: [
        "Was passiert ist, steht am Anfang, in den Worten der Leute.",
        "Wer oder was betroffen ist, hat einen Namen.",
        "Was noch geht, ist gesagt.",
        "Seit wann oder Stand wann, ist gesagt.",
        "Bei dieser Zeit steht die Zeitzone.",
        "Wir sagen, was wir tun.",
        "Die nächste Meldung hat eine Uhrzeit.",
        "Die Leute lesen, was sie tun können.",
        "Wie es um Daten oder Sicherheit steht, ist gesagt, und sei es: noch nicht bekannt.",
        "Mitgefühl steht da, in eigenen Worten.",
        "Niemandem wird die Schuld gegeben.",
        "Nichts ist versprochen, was sich vielleicht nicht halten lässt.",
        "Der Text ist leicht zu lesen.",
    ],
    head: |language, missing| match missing {
        0 => format!("{language}: dem Text fehlt nichts"),
        1 => format!("{language}: eins fehlt dem Text noch"),
        many => format!("{language}: {many} Dinge fehlen dem Text noch"),
    },
    such_as: "Zum Beispiel:",
    insert: "Einfügen",
    jargon: |word, instead| format!("„{word}“ kennt nicht jeder, besser: {instead}"),
};
