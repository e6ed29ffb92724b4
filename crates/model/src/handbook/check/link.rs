use std::collections::BTreeSet;

use super::Scene;
use crate::handbook::fault::{Clause, Fault, said};
use crate::handbook::link::Links;
use crate::handbook::near::nearest;

/// Every reference leads to something that is declared.
pub(super) fn lead_somewhere(scene: &mut Scene<'_>, links: &Links, broken: &BTreeSet<String>) {
    for link in &links.made {
        let known = links.declared.get(&link.noun).is_some_and(|keys| keys.contains(&link.key));
        if known || broken.contains(link.noun.file()) {
            continue;
        }
        let (noun, german, key) = (link.noun.word(), link.noun.german(), &link.key);
        let help = match nearest(key.as_str(), links.known(link.noun)) {
            Some(meant) => said!("Meinten Sie „{meant}“?", "did you mean “{meant}”?"),
            None => {
                let (file, heading) = (link.noun.file(), link.noun.declaration(key.as_str()));
                Clause::new(
                    format!("wählen Sie etwas, das in {file} steht, oder tragen Sie es dort ein"),
                    format!("write one that is in {file}, or add {heading} there"),
                )
            }
        };
        let text = scene.files.get(&link.file).map_or("", String::as_str);
        let fault = Fault::new(&link.file, text, &link.span, link.otherwise);
        scene.found.push(
            fault.saying(
                said!("„{key}“ gibt es nicht ({german})", "there is no {noun} “{key}”"),
                help,
            ),
        );
    }
}
