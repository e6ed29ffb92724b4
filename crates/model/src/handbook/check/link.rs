use std::collections::BTreeSet;

use super::Scene;
use crate::handbook::fault::Fault;
use crate::handbook::link::Links;
use crate::handbook::near::nearest;

/// Every reference leads to something that is declared.
pub(super) fn lead_somewhere(scene: &mut Scene<'_>, links: &Links, broken: &BTreeSet<String>) {
    for link in &links.made {
        let known = links.declared.get(&link.noun).is_some_and(|keys| keys.contains(&link.key));
        if known || broken.contains(link.noun.file()) {
            continue;
        }
        let (noun, key) = (link.noun.word(), &link.key);
        let help = match nearest(key.as_str(), links.known(link.noun)) {
            Some(meant) => format!("did you mean “{meant}”?"),
            None => format!(
                "write one that is in {file}, or add {heading} there",
                file = link.noun.file(),
                heading = link.noun.declaration(key.as_str())
            ),
        };
        let text = scene.files.get(&link.file).map_or("", String::as_str);
        let fault = Fault::new(&link.file, text, &link.span, link.otherwise);
        scene.found.push(fault.saying(format!("there is no {noun} “{key}”"), help));
    }
}
