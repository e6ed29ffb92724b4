use super::sort::{
    NO_CALLOUT, NO_CONTRACT, NO_HOURS, NO_PARTNER_CALL, NO_RESPONSE, OLD_PARTNER_CALL,
};
use super::{About, Finding, Scene, proof};

const FILE: &str = "people.toml";

/// Whoever is called in can be called: by whom, when, with which words, and it was tried.
pub(super) fn find(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (key, partner) in &scene.handbook.partners {
        let path = format!("partner.{key}");
        for (lacking, field, sort) in [
            (partner.contract.is_none(), "contract", &NO_CONTRACT),
            (partner.hours.is_none(), "hours", &NO_HOURS),
            (partner.response.is_none(), "response", &NO_RESPONSE),
            (partner.callout.is_none(), "callout", &NO_CALLOUT),
        ] {
            if lacking {
                found.push(Finding::new(
                    sort,
                    (FILE, &format!("{path}.{field}")),
                    [About::new(key)],
                ));
            }
        }
        let stale = scene.stale(partner.called_on, scene.handbook.rhythm.contact);
        let sorts = [&NO_PARTNER_CALL, &OLD_PARTNER_CALL];
        proof(found, stale, sorts, (FILE, &format!("{path}.called_on")), About::new(key));
    }
}
