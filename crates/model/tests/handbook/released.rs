use model::handbook::parse::{CONTACTS, parse, parse_contacts};
use model::handbook::{Fault, Files};

use crate::example::told;
use crate::sample::KINDS;

/// Handbooks as earlier versions of the program wrote and read them. None is ever changed; a new
/// one is added when the format grows.
const RELEASED: [(&str, &str); 3] = [
    ("handbook-1.json", include_str!("../golden/handbook-1.json")),
    ("handbook-1-prepared.json", include_str!("../golden/handbook-1-prepared.json")),
    ("handbook-1-passages.json", include_str!("../golden/handbook-1-passages.json")),
];

#[test]
fn every_released_handbook_can_still_be_read() {
    for (name, golden) in RELEASED {
        let mut files: Files = serde_json::from_str(golden).unwrap();
        let contacts = files.remove(CONTACTS).unwrap();
        let refused = |faults: Vec<Fault>| panic!("{name}: {}", told(&faults));
        let handbook = parse(&files, &KINDS).unwrap_or_else(refused).handbook;
        assert!(!handbook.plans.is_empty() && !handbook.components.is_empty(), "{name}");
        let cards = parse_contacts(&contacts, &handbook).unwrap_or_else(|f| panic!("{}", told(&f)));
        assert_eq!(cards.cards.len(), handbook.people.len() + handbook.partners.len(), "{name}");
    }
}
