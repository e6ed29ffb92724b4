//! Writes the API's document anew: `cargo run -p web --example openapi`.

use std::path::Path;

fn main() -> anyhow::Result<()> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/openapi.json");
    std::fs::write(&file, serde_json::to_string_pretty(&web::openapi::document())? + "\n")?;
    println!("{}", file.display());
    Ok(())
}
