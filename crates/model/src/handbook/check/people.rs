use super::Scene;
use crate::handbook::fault::said;

const FILE: &str = "people.toml";

/// Deputies are somebody else, and nobody is two things at once.
pub(super) fn check(scene: &mut Scene<'_>) {
    for (key, role) in &scene.handbook.roles {
        let path = format!("role.{key}.deputies");
        if role.deputies.contains(&role.person) {
            scene.error(
                FILE,
                &path,
                said!(
                    "„{}“ hat die Rolle „{key}“ und vertritt sich selbst",
                    "“{}” holds the role “{key}” and is its deputy too",
                    role.person
                ),
                said!("nennen Sie jemand anderes als Vertretung", "name somebody else as deputy"),
            );
        }
    }
    for key in scene.handbook.partners.keys() {
        if scene.handbook.people.contains_key(key) {
            scene.error(
                FILE,
                &format!("partner.{key}"),
                said!("„{key}“ ist zugleich Mensch und Partner", "“{key}” is a person and a partner"),
                said!("geben Sie einem davon ein anderes Kürzel: Bei den Adressen wären sie nicht zu unterscheiden", "give one of them another key: contacts.toml could not tell them apart"),
            );
        }
    }
}
