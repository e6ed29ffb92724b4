use crate::language::words::{PanelLead, PanelRefused, PanelSecond, PanelStory};

pub(super) const LEAD: PanelLead = PanelLead {
    head: "Lage",
    none: "Noch hat niemand geschrieben, wie es steht.",
    as_of: |when| format!("Stand: {when}"),
    write: "Lage schreiben",
    text: "Wie steht es? Für alle, die dazukommen.",
    note: "Notiz schreiben",
    note_text: "Was soll im Verlauf stehen?",
    level: |level| format!("Stufe: {level}"),
    change: "Stufe ändern",
    new_level: "Neue Stufe",
    why: "Warum?",
    by_hand: "von Hand",
    set_by_hand: "Zustand von Hand setzen",
    hand_hint: "Was Sie setzen, gilt, bis Sie es wieder den Messungen überlassen.",
    state: "Zustand",
    set: "Setzen",
    measured: "Wieder messen",
};

pub(super) const SECOND: PanelSecond = PanelSecond {
    propose: "Zum Gegenlesen geben",
    hint: "Der Plan verlangt einen zweiten Menschen: Er liest den Text und gibt ihn frei.",
    proposed: "Zum Gegenlesen gegeben. Ein zweiter Mensch ist gefragt.",
    head: |kind| format!("{kind} zum Gegenlesen. Stimmt jedes Wort? Dann geben Sie frei."),
    own: |kind| format!("{kind}: Ihr Text wartet auf einen zweiten Menschen."),
    by: |who, when| format!("Geschrieben von {who}, {when}."),
    approve: "Freigeben",
    back: "Zurückgeben",
    why: "Was soll anders werden?",
    else_nothing: "Ohne Freigabe geht dieser Text nicht hinaus.",
    else_prepared: |clock| {
        format!("Wenn niemand freigibt, geht um {clock} der vorbereitete Text des Plans hinaus.")
    },
    came_back: |who, why| format!("{who} hat den Text zurückgegeben: {why}"),
};

pub(super) const STORY: PanelStory = PanelStory {
    filter: "Im Verlauf zeigen",
    all: "Alles",
    kinds: ["Meldungen", "Menschen", "Schritte", "Partner", "Pflichten", "Teile", "Notizen"],
    none: "Davon steht noch nichts im Verlauf.",
    export: "Als Datei",
    table: "Tabelle (CSV)",
    data: "Daten (JSON)",
    text: "Text",
    columns: ["Zeit", "Art", "Wer", "Was"],
};

pub(super) const REFUSED: PanelRefused = PanelRefused {
    closed: "Diese Störung ist geschlossen. Beginnt sie von Neuem, melden Sie eine neue.",
    needs_second: "Der Plan verlangt einen zweiten Menschen. Geben Sie den Text zum Gegenlesen, dann gibt ihn jemand anders frei.",
    own: "Das haben Sie selbst geschrieben. Freigeben muss es jemand anders.",
    no_proposal: "Dieser Text wartet nicht mehr: Jemand hat ihn inzwischen freigegeben, zurückgegeben oder neu geschrieben.",
    nothing_said: "Bitte schreiben Sie ein paar Worte dazu: Sie stehen dann im Verlauf.",
    unknown: |key| {
        format!("„{key}“ gibt es im Handbuch dieser Störung nicht. Bitte wählen Sie aus der Liste.")
    },
    not_told: |audience| {
        format!(
            "Der Plan schreibt dem Kreis „{audience}“ nicht. Bitte lassen Sie den Zusatz weg, oder \
             nehmen Sie den Kreis in den Plan auf."
        )
    },
    no_task: "Diesen Schritt hat der Plan nicht mehr. Bitte sehen Sie die Liste noch einmal an.",
    settled: "Dieser Schritt ist schon erledigt oder ausgelassen. Öffnen Sie ihn wieder, wenn er noch einmal nötig ist.",
    taken: "Diese Rolle hat schon jemand. Wer sie hat, kann sie übergeben.",
    not_asked: "Danach sind Sie nicht gefragt, oder es hat schon jemand geantwortet.",
    not_called: "Dieser Partner wurde nicht gerufen: Einen Link hat er nicht.",
    undecided: "Sagen Sie zuerst, dass die Pflicht gilt.",
    future: "Dieser Moment ist noch nicht gekommen. Nennen Sie einen, der vorbei ist.",
};
