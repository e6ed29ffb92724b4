use super::sort::{NO_CONTACT_PROOF, NO_NUMBER, NO_SECOND_WAY, OLD_CONTACT};
use super::{About, Finding, Scene, proof};
use crate::handbook::parse::CONTACTS;
use crate::handbook::people::ContactCard;

/// Whoever is named can be called, in two ways, and somebody tried.
pub(super) fn find(scene: &Scene<'_>, cards: &[ContactCard], found: &mut Vec<Finding>) {
    let handbook = scene.handbook;
    for key in handbook.people.keys().chain(handbook.partners.keys()) {
        let card = cards.iter().find(|card| card.key == *key);
        let path = key.as_str();
        let name = card.map_or_else(|| About::new(key), |card| About::new(&card.name));
        let [email, phone] = card.map_or([None, None], |card| {
            [
                card.email.as_ref().map(|it| (it, card.email_verified)),
                card.phone.as_ref().map(|it| (it, card.phone_verified)),
            ]
        });
        if phone.is_none() {
            found.push(Finding::new(&NO_NUMBER, (CONTACTS, path), [name]));
        } else if email.is_none() {
            found.push(Finding::new(&NO_SECOND_WAY, (CONTACTS, path), [name]));
        }
        for (address, verified) in email.into_iter().chain(phone) {
            let stale = scene.stale(verified, handbook.rhythm.contact);
            let sorts = [&NO_CONTACT_PROOF, &OLD_CONTACT];
            proof(found, stale, sorts, (CONTACTS, path), About::new(address));
        }
    }
}
