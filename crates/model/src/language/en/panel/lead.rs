use crate::language::words::{PanelLead, PanelRefused, PanelSecond, PanelStory};

pub(super) const LEAD: PanelLead = PanelLead {
    head: "Situation",
    none: "Nobody has written yet how things are.",
    as_of: |when| format!("As of {when}"),
    write: "Write how things are",
    text: "How are things? For everybody who joins.",
    note: "Write a note",
    note_text: "What should stand in the timeline?",
    level: |level| format!("Level: {level}"),
    change: "Change the level",
    new_level: "New level",
    why: "Why?",
    by_hand: "by hand",
    set_by_hand: "Set a state by hand",
    hand_hint: "What you set counts until you leave it to the measurements again.",
    state: "State",
    set: "Set",
    measured: "Measure again",
};

pub(super) const SECOND: PanelSecond = PanelSecond {
    propose: "Hand in for reading",
    hint: "The plan wants a second person: they read the text and let it out.",
    proposed: "Handed in. A second person was asked.",
    head: |kind| format!("{kind} to be read. Is every word right? Then let it out."),
    own: |kind| format!("{kind}: your text waits for a second person."),
    by: |who, when| format!("Written by {who}, {when}."),
    approve: "Let it out",
    back: "Send back",
    why: "What should change?",
    else_nothing: "Unless it is let out, this text does not go out.",
    else_prepared: |clock| {
        format!("If nobody lets it out, the plan's prepared text goes out at {clock}.")
    },
    came_back: |who, why| format!("{who} sent the text back: {why}"),
};

pub(super) const STORY: PanelStory = PanelStory {
    filter: "Show in the timeline",
    all: "Everything",
    kinds: ["Notices", "People", "Steps", "Partners", "Duties", "Parts", "Notes"],
    none: "Nothing of the kind stands in the timeline yet.",
    export: "As a file",
    table: "Table (CSV)",
    data: "Data (JSON)",
    text: "Text",
    columns: ["time", "kind", "who", "what"],
};

pub(super) const REFUSED: PanelRefused = PanelRefused {
    closed: "This incident is closed. If it has begun again, declare a new one.",
    needs_second: "The plan wants a second person. Hand the text in, then somebody else lets it out.",
    own: "You wrote this yourself. Somebody else must let it out.",
    no_proposal: "This text no longer waits: somebody has let it out, sent it back or written it anew.",
    nothing_said: "Please write a few words: they will stand in the timeline.",
    unknown: |key| {
        format!("The handbook of this incident has no “{key}”. Please choose from the list.")
    },
    not_told: |audience| {
        format!(
            "The plan does not write to the audience “{audience}”. Please leave its passage out, \
             or add the audience to the plan."
        )
    },
    no_task: "The plan no longer has this step. Please look at the list again.",
    settled: "This step is already done or left out. Open it again if it is needed once more.",
    taken: "Somebody has this role already. They can hand it over.",
    not_asked: "You were not asked for this, or somebody has answered already.",
    not_called: "This partner was not called in: they have no link.",
    undecided: "Say first that the duty applies.",
    future: "This moment has not come yet. Name one that has passed.",
};
