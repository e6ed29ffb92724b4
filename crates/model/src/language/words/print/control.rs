/// Words of document control: who keeps the handbook, and how it stays true.
pub struct PrintControl {
    /// Document control: heading.
    pub title: &'static str,
    /// What it is for.
    pub lede: &'static str,
    /// Label: who keeps the handbook.
    pub keeper: &'static str,
    /// Label: who must approve a new version.
    pub approval: &'static str,
    /// Line to write on: who approved this version.
    pub approved_by: &'static str,
    /// Label: how often somebody reads all of it.
    pub review_every: &'static str,
    /// Where printed copies are: heading and label.
    pub copies: &'static str,
    /// How often what is tried: heading.
    pub rhythm_of_proofs: &'static str,
    /// Label: telephone numbers and addresses.
    pub proof_contact: &'static str,
    /// Label: the alarm exercise.
    pub proof_alarm: &'static str,
    /// Label: channels.
    pub proof_channel: &'static str,
    /// Label: plans and their steps.
    pub proof_plan: &'static str,
    /// Label: restoring from a backup.
    pub proof_restore: &'static str,
    /// Changes by hand: heading.
    pub changes: &'static str,
    /// What becomes of them.
    pub changes_lede: &'static str,
    /// Head of a column: the day.
    pub on: &'static str,
    /// Head of a column: what was changed.
    pub change: &'static str,
    /// Head of a column: who signs.
    pub initials: &'static str,
}
