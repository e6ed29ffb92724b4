use crate::language::words::Short;

pub(super) const SHORT: Short = Short {
    next: |clock| format!("Next notice at {clock}."),
    stop: |number| format!("To end this, text STOP to {number}"),
    leave: |link| format!("To end this: {link}"),
    stopped: |community| {
        format!("You have unsubscribed. {community} sends no more notices to this number.")
    },
};
