//! The API's document and the routes say the same.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;
use web::openapi::document;
use web::routes::{ROUTES, Who};

#[test]
fn the_document_in_the_docs_is_the_one_that_the_routes_make() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/openapi.json");
    let written = std::fs::read_to_string(file).unwrap();
    let made = serde_json::to_string_pretty(&document()).unwrap() + "\n";
    assert!(
        written == made,
        "docs/reference/openapi.json has drifted: cargo run -p web --example openapi"
    );
}

#[test]
fn every_route_of_the_api_is_described_with_what_it_needs() {
    let document = document();
    let mut names = BTreeSet::new();
    for route in ROUTES.iter().filter(|route| matches!(route.who, Who::Bearer(_))) {
        let operation = &document["paths"][route.path][route.method.as_str().to_lowercase()];
        let place = format!("{} {}", route.method, route.path);
        let Who::Bearer(needed) = route.who else { continue };
        let about = operation["description"].as_str().unwrap();
        assert!(about.contains(needed.word()), "{place}");
        assert!(!operation["summary"].as_str().unwrap().is_empty(), "{place}");
        assert_eq!(operation["security"][0]["token"], serde_json::json!([]), "{place}");
        assert!(names.insert(operation["operationId"].clone().to_string()), "{place}");
        assert!(route.path.starts_with("/api/v1/"), "{place}");
    }
    assert!(names.len() >= 19);
}

#[test]
fn every_reference_in_the_document_leads_somewhere() {
    let document = document();
    let mut count = 0;
    look(&document, &mut |place| {
        count += 1;
        let pointer = place.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{place}");
    });
    assert!(count > 50);
}

fn look(value: &Value, found: &mut impl FnMut(&str)) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match (name.as_str(), value) {
                    ("$ref", Value::String(place)) => found(place),
                    _ => look(value, found),
                }
            }
        }
        Value::Array(all) => all.iter().for_each(|one| look(one, found)),
        _ => {}
    }
}
