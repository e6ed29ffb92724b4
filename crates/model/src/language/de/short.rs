use crate::language::words::Short;

pub(super) const SHORT: Short = Short {
    next: |clock| format!("Nächste Meldung um {clock}."),
    stop: |number| format!("Abmelden: STOP an {number}"),
    leave: |link| format!("Abmelden: {link}"),
    stopped: |community| {
        format!("Sie sind abgemeldet. An diese Nummer schickt {community} keine Meldungen mehr.")
    },
};
