/// Words of the handbook in the console: looking at it, comparing and writing it.
pub struct Handbook {
    /// The handbook: navigation and heading.
    pub head: &'static str,
    /// "Version 14".
    pub version: fn(u32) -> String,
    /// "made on … by …", from moment and name.
    pub made: fn(&str, &str) -> String,
    /// All versions: link and heading.
    pub versions: &'static str,
    /// What a list of versions is for.
    pub versions_lede: &'static str,
    /// The one that is in force.
    pub in_force: &'static str,
    /// What changed in a version, as a link.
    pub what_changed: &'static str,
    /// Nothing stood before the first version.
    pub first_version: &'static str,
    /// The reason of a version that came from files without one.
    pub from_files: &'static str,
    /// Heading of a difference, from two versions.
    pub difference: fn(u32, u32) -> String,
    /// Nothing is different.
    pub no_difference: &'static str,
    /// What folds out the difference line by line.
    pub by_lines: &'static str,
    /// A file is new, gone or changed.
    pub file: FileWords,
    /// "from line 12".
    pub from_line: fn(usize) -> String,
    /// A line was taken out, for who does not see the sign.
    pub line_out: &'static str,
    /// A line was put in, for who does not see the sign.
    pub line_in: &'static str,
    /// Heading of the plans.
    pub plans: &'static str,
    /// A plan, as a column.
    pub plan: &'static str,
    /// The state of a plan, as a column.
    pub state: &'static str,
    /// How long the first notice waits at most, as a column.
    pub first_after: &'static str,
    /// How often people are told, as a column.
    pub then_every: &'static str,
    /// How many steps it has, as a column.
    pub steps: &'static str,
    /// A plan without a finding.
    pub ready: &'static str,
    /// A plan with a finding that advises.
    pub with_gap: &'static str,
    /// A plan that would not work.
    pub broken: &'static str,
    /// Heading of the findings.
    pub gaps: &'static str,
    /// "9 found".
    pub found: fn(usize) -> String,
    /// Grade of a finding: refuses the handbook.
    pub must: &'static str,
    /// Grade of a finding: somebody should look.
    pub should: &'static str,
    /// Grade of a finding: it could be better.
    pub could: &'static str,
    /// Nothing was found.
    pub no_gaps: &'static str,
    /// What that means.
    pub no_gaps_lede: &'static str,
    /// Before the finding that the light falls on.
    pub first: &'static str,
    /// Heading of the parts of the handbook.
    pub parts: &'static str,
    /// Who wrote what for which reason, as a heading of a version.
    pub reason: &'static str,
    /// Heading of a version's files.
    pub files: &'static str,
    /// "For example: shop".
    pub example: fn(&str) -> String,
    /// A field that must be filled.
    pub need: &'static str,
    /// How several values are typed.
    pub one_per_line: &'static str,
    /// There is nothing yet that could be chosen.
    pub nothing_to_choose: &'static str,
    /// Button: further up in a list.
    pub up: &'static str,
    /// Button: further down in a list.
    pub down: &'static str,
    /// Button: take an item out.
    pub remove: &'static str,
    /// Button: one more.
    pub add: &'static str,
    /// Label of the key of a new item.
    pub new_key: &'static str,
    /// Other fields depend on what is chosen here.
    pub shapes: &'static str,
    /// Heading of when things were last proven.
    pub proven: &'static str,
    /// What that is about.
    pub proven_lede: &'static str,
    /// When a plan was exercised last, as a column.
    pub exercised: &'static str,
    /// A partner was called.
    pub by_call: &'static str,
    /// A channel was tried.
    pub by_test: &'static str,
    /// A backup was restored.
    pub by_restore: &'static str,
    /// A plan was exercised.
    pub by_exercise: &'static str,
    /// How a plan or the handbook is read again.
    pub by_review: &'static str,
    /// Heading of what is due when.
    pub dates: &'static str,
    /// It has been due for so many days.
    pub due_for: fn(i64) -> String,
    /// How many days ago.
    pub ago: fn(i64) -> String,
    /// So many days beyond its rhythm.
    pub too_old: fn(i64) -> String,
    /// So many days to its rhythm.
    pub still_good: fn(i64) -> String,
    /// It was never proven.
    pub never: &'static str,
    /// Days since, of days allowed, for who does not see the bar.
    pub days_of: fn(i64, i64) -> String,
    /// What is wrong with a value.
    pub misfit: Misfits,
    /// A name of which no key can be made.
    pub no_name: &'static str,
    /// There is one of this key already.
    pub taken: fn(&str) -> String,
    /// The texts: link and heading.
    pub texts: &'static str,
    /// What the texts are for.
    pub texts_about: &'static str,
    /// How a template of a notice is written.
    pub template_about: &'static str,
    /// What a passage for one audience is called where texts are listed.
    pub passage_for: fn(&str) -> String,
    /// How a passage for one audience is written.
    pub passage_about: &'static str,
    /// Fold: another passage.
    pub passage_add: &'static str,
    /// What a passage is.
    pub passage_hint: &'static str,
    /// Label: with which notice it goes out.
    pub passage_kind: &'static str,
    /// Label: who reads it.
    pub passage_audience: &'static str,
    /// Button: write it.
    pub passage_write: &'static str,
    /// How a page is written.
    pub page_about: &'static str,
    /// The texts that serve every plan.
    pub for_every_plan: &'static str,
    /// The texts of the public page.
    pub for_the_page: &'static str,
    /// Link from a plan to its texts.
    pub texts_of_plan: &'static str,
    /// There is such a text.
    pub written: &'static str,
    /// There is none, so the one for every plan serves.
    pub general_serves: &'static str,
    /// The text that serves where this one is empty.
    pub general_text: &'static str,
    /// Words that are filled in when it goes out.
    pub holes: &'static str,
    /// Something is wrong there.
    pub look_here: &'static str,
    /// So much is to be mended there.
    pub to_mend: fn(usize) -> String,
    /// There is nothing of it yet.
    pub none_yet: &'static str,
    /// Heading of the form for a new one.
    pub add_one: &'static str,
    /// Label of the name of a new one.
    pub name: &'static str,
    /// What becomes of it.
    pub name_hint: &'static str,
    /// Label of a key.
    pub key: &'static str,
    /// What happens when it is changed.
    pub key_hint: &'static str,
    /// Button: change the key.
    pub rename: &'static str,
    /// Button: take the whole thing out.
    pub drop: &'static str,
    /// What that means.
    pub drop_hint: &'static str,
    /// Button: save.
    pub save: &'static str,
    /// It is being saved.
    pub saving: &'static str,
    /// It is saved, and not yet in force.
    pub saved: &'static str,
    /// It could not be saved.
    pub unsaved: &'static str,
    /// Link to the draft.
    pub to_draft: &'static str,
}

/// What is said of a file in a difference.
pub struct FileWords {
    /// It is new.
    pub added: &'static str,
    /// It is gone.
    pub removed: &'static str,
    /// It is different.
    pub changed: &'static str,
}

/// What is said of a value that does not fit, in a form.
pub struct Misfits {
    /// A value that must be there is not.
    pub missing: &'static str,
    /// No length of time.
    pub span: fn(&str) -> String,
    /// No whole number that fits.
    pub whole: fn(u32, u32) -> String,
    /// No date.
    pub date: &'static str,
    /// No key.
    pub key: &'static str,
    /// No mail address.
    pub email: &'static str,
    /// No name with a value.
    pub pairs: &'static str,
}
