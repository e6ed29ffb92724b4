use crate::language::words::Ways;

pub(super) const WAYS: Ways = Ways {
    head: "Channels",
    unused: "not used lately",
    works: |moment| format!("works, last used {moment}"),
    fresh: "works, has told nobody yet",
    fails: |reason| format!("fails: {reason}"),
    rests: |clock| format!("Tried again at {clock}."),
    tried: "Being tried now.",
    paused: |who, moment| format!("paused by {who}, {moment}"),
    forced: |who, moment| format!("forced by {who}, {moment}"),
    stands_in: |channel| format!("If it fails, “{channel}” steps in."),
    pause: "Pause",
    resume: "Back to automatic",
    force: "Force",
    why: "Why?",
    no_reason: "no reason given",
};
