use crate::language::words::Ways;

pub(super) const WAYS: Ways = Ways {
    head: "Wege",
    unused: "in letzter Zeit nicht benutzt",
    works: |moment| format!("trägt, zuletzt {moment}"),
    fresh: "trägt, hat noch niemanden erreicht",
    fails: |reason| format!("trägt nicht: {reason}"),
    rests: |clock| format!("Nächster Versuch um {clock}."),
    tried: "Wird gerade versucht.",
    paused: |who, moment| format!("angehalten von {who}, {moment}"),
    forced: |who, moment| format!("wird erzwungen von {who}, {moment}"),
    stands_in: |channel| format!("Fällt er aus, übernimmt „{channel}“."),
    pause: "Anhalten",
    resume: "Wieder von selbst",
    force: "Erzwingen",
    why: "Warum?",
    no_reason: "ohne Angabe",
};
