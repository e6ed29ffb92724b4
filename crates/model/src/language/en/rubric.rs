use crate::language::words::Rubric;

pub(super) const RUBRIC: Rubric = Rubric {
    items: [
        "What happened stands first, in words that visitors use.",
        "Who or what is affected has a name.",
        "What still works is said.",
        "Since when, or as of when, is said.",
        "That time has its zone.",
        "We say what we are doing.",
        "The next notice has a time.",
        "People read what they can do.",
        "How data or safety stand is said, even if that is not known yet.",
        "Understanding is shown, in our own words.",
        "Nobody is blamed.",
        "Nothing is promised that may not be kept.",
        "The text is easy to read.",
    ],
    head: |language, missing| match missing {
        0 => format!("{language}: the text lacks nothing"),
        1 => format!("{language}: the text still lacks one thing"),
        many => format!("{language}: the text still lacks {many} things"),
    },
    such_as: "Such as:",
    insert: "Insert",
    jargon: |word, instead| format!("Not everybody knows “{word}”; better: {instead}"),
};
