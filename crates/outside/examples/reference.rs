//! Writes the reference of the handbook's format anew, the pages and the schemas:
//! `cargo run -p outside --example reference`.

use std::path::Path;

use model::handbook::finding;
use model::handbook::shape::{DOCUMENTS, page};

fn main() -> anyhow::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference");
    let descriptors = outside::channel::descriptors();
    let kinds: Vec<_> = descriptors.iter().collect();
    let mut files = vec![
        (folder.join("handbook.md"), page(&kinds)),
        (folder.join("findings.md"), finding::page()),
    ];
    for document in &DOCUMENTS {
        let schema = serde_json::to_string_pretty(&document.schema(&kinds))? + "\n";
        files.push((folder.join("schema").join(document.schema_name()), schema));
    }
    for (file, text) in files {
        std::fs::write(&file, text)?;
        println!("{}", file.display());
    }
    Ok(())
}
