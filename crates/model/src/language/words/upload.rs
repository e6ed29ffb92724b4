/// Words of the page on which an archive of the handbook is brought.
pub struct Uploads {
    /// Link and heading.
    pub head: &'static str,
    /// What becomes of it.
    pub lede: &'static str,
    /// Label of the file.
    pub file: &'static str,
    /// Which files are meant.
    pub file_hint: &'static str,
    /// Label of the box that takes names and addresses, too.
    pub contacts: &'static str,
    /// What that means.
    pub contacts_hint: &'static str,
    /// Button.
    pub send: &'static str,
    /// There was no file.
    pub no_file: &'static str,
    /// The file is larger than so many mebibytes.
    pub too_large: fn(usize) -> String,
    /// So many errors are in it, and nothing was changed.
    pub has_faults: fn(usize) -> String,
    /// The place of a fault: file and line.
    pub at_line: fn(&str, usize) -> String,
    /// It says what the draft says already.
    pub same: &'static str,
    /// It is in the draft.
    pub done: &'static str,
    /// So are names and addresses, in force at once.
    pub with_contacts: &'static str,
    /// Names and addresses in it were left out.
    pub without_contacts: &'static str,
    /// Names and addresses name somebody whom the version in force does not know.
    pub contacts_early: &'static str,
    /// The account may not write.
    pub may_not: &'static str,
}
