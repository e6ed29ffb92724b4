use crate::language::words::Uploads;

pub(super) static UPLOADS: Uploads = Uploads {
    head: "Bring in an archive",
    lede: "The archive becomes a draft. Nothing holds before you put it in force. If it was saved here, what others have changed since stays.",
    file: "Archive",
    file_hint: "A ZIP file as “Save as an archive” gives it, or a folder with the files of the handbook, packed as ZIP.",
    contacts: "Take names and addresses from it, too",
    contacts_hint: "They stand in no version, hold at once, and replace all that there are.",
    send: "Bring in",
    no_file: "Please choose a file.",
    too_large: |most| format!("The archive is larger than {most} MiB. A handbook is smaller."),
    has_faults: |count| match count {
        1 => "There is an error in the archive. Nothing was changed.".to_owned(),
        _ => format!("There are {count} errors in the archive. Nothing was changed."),
    },
    at_line: |file, line| format!("{file}, line {line}"),
    same: "The archive says the same as your draft or the version in force.",
    done: "The archive is in your draft now.",
    with_contacts: "Names and addresses from it hold already.",
    without_contacts: "Names and addresses in the archive were not taken.",
    contacts_early: "Names and addresses were not taken: they name people whom only the draft knows. Bring in the archive again when it is in force.",
    may_not: "Bringing in an archive needs an account that may write.",
};
