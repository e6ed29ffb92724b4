use super::sort::{NO_DUTY, NO_DUTY_OWNER, OLD_DUTY};
use super::{About, Finding, Scene, Stale};
use crate::value::Span;

const FILE: &str = "duties.toml";

/// So long a duty may rest without being compared with its law.
const COMPARED: Span = Span::days(365);

/// It is known what must be reported, by whom, and that this is still the law.
pub(super) fn find(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let duties = &scene.handbook.duties;
    if duties.is_empty() {
        found.push(Finding::new(&NO_DUTY, (FILE, ""), []));
    }
    for (key, duty) in duties {
        let path = format!("duty.{key}");
        let title = About::from(&duty.title);
        if duty.owner.is_none() {
            found.push(Finding::new(
                &NO_DUTY_OWNER,
                (FILE, &format!("{path}.owner")),
                [title.clone()],
            ));
        }
        if let Some(Stale::Days(age)) = scene.stale(Some(duty.verified_on), COMPARED) {
            let about = [title, About::new(&age)];
            found.push(Finding::new(&OLD_DUTY, (FILE, &format!("{path}.verified_on")), about));
        }
    }
}
