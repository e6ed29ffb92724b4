//! The reference of the handbook's format and its description say the same.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;

use model::handbook::finding;
use model::handbook::shape::{DOCUMENTS, page};

const AGAIN: &str = "has drifted: cargo run -p outside --example reference";

#[test]
fn the_reference_of_the_handbook_is_the_one_that_the_description_makes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference");
    let descriptors = outside::channel::descriptors();
    let kinds: Vec<_> = descriptors.iter().collect();
    let written = std::fs::read_to_string(folder.join("handbook.md")).unwrap();
    assert!(written == page(&kinds), "docs/reference/handbook.md {AGAIN}");
    let written = std::fs::read_to_string(folder.join("findings.md")).unwrap();
    assert!(written == finding::page(), "docs/reference/findings.md {AGAIN}");
    for document in &DOCUMENTS {
        let name = document.schema_name();
        let written = std::fs::read_to_string(folder.join("schema").join(&name)).unwrap();
        let made = serde_json::to_string_pretty(&document.schema(&kinds)).unwrap() + "\n";
        assert!(written == made, "docs/reference/schema/{name} {AGAIN}");
    }
    let schemas = std::fs::read_dir(folder.join("schema")).unwrap().count();
    assert_eq!(schemas, DOCUMENTS.len(), "a schema for each kind of file and no other");
}
