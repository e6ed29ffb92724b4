//! The example's files, descriptors like those of the real adapters, and ways to break things.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use model::handbook::Files;
use model::handbook::channel::{Abilities, Descriptor, Field, Form, Reaches};

const PLAIN: Abilities =
    Abilities { edit: false, thread: true, receipt: false, replies: false, limit: None };

const fn field(name: &'static str, required: bool, form: Form) -> Field {
    Field { name, hint: ["so schreiben", "write it so"], required, form }
}

pub(crate) const EMAIL: Descriptor = Descriptor {
    kind: "email",
    label: ["E-Mail", "e-mail"],
    reaches: Reaches::PeopleByMail,
    fields: &[
        field("host", true, Form::Line),
        field("port", false, Form::Number(1, 65_535)),
        field("security", false, Form::OneOf(&["starttls", "tls", "plain"])),
        field("user", false, Form::Line),
        field("password", false, Form::SecretName),
        field("from", true, Form::Email),
        field("from_name", false, Form::Line),
    ],
    abilities: PLAIN,
};

pub(crate) const WEBHOOK: Descriptor = Descriptor {
    kind: "webhook",
    label: ["Webhook", "webhook"],
    reaches: Reaches::Machines,
    fields: &[field("timeout", false, Form::Number(1, 60))],
    abilities: PLAIN,
};

/// A kind that posts once for all.
pub(crate) const BOARD: Descriptor = Descriptor {
    kind: "board",
    label: ["Schwarzes Brett", "notice board"],
    reaches: Reaches::Public,
    fields: &[],
    abilities: PLAIN,
};

pub(crate) const KINDS: [&Descriptor; 3] = [&EMAIL, &WEBHOOK, &BOARD];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../example")
}

pub(crate) fn contacts() -> String {
    fs::read_to_string(folder().join("contacts.toml")).unwrap()
}

/// The example handbook, without its contacts.
pub(crate) fn example() -> Files {
    static FILES: LazyLock<Files> = LazyLock::new(|| {
        let mut files = Files::new();
        gather(&folder(), "", &mut files);
        files.remove("contacts.toml").unwrap();
        files
    });
    FILES.clone()
}

pub(crate) fn gather(folder: &Path, inside: &str, files: &mut Files) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{inside}{}", entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() {
            gather(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read_to_string(entry.path()).unwrap());
        }
    }
}

/// Replaces a text, which must stand there.
pub(crate) fn replace(files: &mut Files, file: &str, old: &str, new: &str) {
    let text = files.get_mut(file).unwrap();
    assert!(text.contains(old), "“{old}” stands in {file}");
    *text = text.replacen(old, new, 1);
}
