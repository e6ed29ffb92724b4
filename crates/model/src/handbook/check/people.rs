use super::Scene;

const FILE: &str = "people.toml";

/// Deputies are somebody else, and nobody is two things at once.
pub(super) fn check(scene: &mut Scene<'_>) {
    for (key, role) in &scene.handbook.roles {
        let path = format!("role.{key}.deputies");
        if role.deputies.contains(&role.person) {
            scene.error(
                FILE,
                &path,
                format!("“{}” holds the role “{key}” and is its deputy too", role.person),
                "name somebody else as deputy",
            );
        }
    }
    for key in scene.handbook.partners.keys() {
        if scene.handbook.people.contains_key(key) {
            scene.error(
                FILE,
                &format!("partner.{key}"),
                format!("“{key}” is a person and a partner"),
                "give one of them another key: contacts.toml could not tell them apart",
            );
        }
    }
}
