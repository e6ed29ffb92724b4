//! Nothing hurts and every link leads somewhere.

use model::language::{Language, Localized};
use model::public::{PublicEmergency, PublicPage};
use model::value::PublicId;
use web::page::{Site, render};

use crate::html::elements;
use crate::samples;

fn text(site: &Site, path: &str) -> String {
    String::from_utf8(site.get(path).unwrap().plain().to_vec()).unwrap()
}

fn pages(site: &Site) -> Vec<(String, String)> {
    site.iter()
        .filter(|(_, one)| one.content_type().starts_with("text/html"))
        .map(|(path, _)| (path.to_owned(), text(site, path)))
        .collect()
}

#[test]
fn every_link_of_every_page_leads_to_something_that_is_there() {
    let mut checked = 0;
    for (name, page, now) in samples::all() {
        let site = render(&page, now).unwrap();
        for (path, html) in pages(&site) {
            for element in elements(&html) {
                for key in ["href", "src", "action"] {
                    let Some(link) = element.get(key) else { continue };
                    let local = link.strip_prefix(&page.url).unwrap_or(link);
                    let (to, anchor) = local.split_once('#').unwrap_or((local, ""));
                    // The form is made anew for each visitor.
                    let made_anew = local.ends_with("/subscribe");
                    if local.starts_with("mailto:")
                        || made_anew
                        || (element.name == "link" && local == "/")
                    {
                        continue;
                    }
                    let target = if to.is_empty() { path.as_str() } else { to };
                    let found = site.get(target);
                    assert!(found.is_some(), "{name} {path}: {link} leads nowhere");
                    if !anchor.is_empty() {
                        let there = text(&site, target);
                        let id = format!("id=\"{anchor}\"");
                        assert!(there.contains(&id), "{name} {path}: {link} has no anchor");
                    }
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 1000, "only {checked} links were seen");
}

#[test]
fn the_permanent_link_of_each_notice_stays_when_the_incident_is_closed() {
    let open = samples::outage();
    let closed = samples::closed();
    let (before, after) =
        (render(&open, samples::at(71)).unwrap(), render(&closed, samples::at(120)).unwrap());
    for notice in &open.open[0].notices {
        let path = format!("/en/incident/{}", open.open[0].id);
        let anchor = format!("id=\"n{}\"", notice.number);
        assert!(text(&before, &path).contains(&anchor));
        assert!(text(&after, &path).contains(&anchor));
    }
}

const BAD: &str =
    "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg onload=x>\u{0}\u{1b}";

fn poison(text: &mut Localized) {
    for text in text.0.values_mut() {
        text.push_str(BAD);
    }
}

/// A page with a script in every text that anybody can write.
pub(crate) fn poisoned() -> PublicPage {
    let mut page = samples::two_incidents();
    page.past = samples::closed().past;
    page.community.push_str(BAD);
    page.zone = BAD.to_owned();
    page.emergencies = vec![PublicEmergency {
        id: PublicId::derive(&["bad"]),
        at: samples::at(1),
        text: BAD.to_owned(),
    }];
    poison(&mut page.imprint);
    poison(&mut page.privacy);
    for component in &mut page.components {
        poison(&mut component.name);
        poison(&mut component.about);
    }
    for incident in page.open.iter_mut().chain(&mut page.past) {
        poison(&mut incident.title);
        for notice in &mut incident.notices {
            for text in notice.texts.values_mut() {
                text.headline.push_str(BAD);
                text.body.push(BAD.to_owned());
            }
            for language in [Language::DE, Language::EN] {
                samples::state(notice, language, [BAD; 5]);
            }
        }
    }
    page
}

#[test]
fn a_script_in_any_text_stays_a_text() {
    let site = render(&poisoned(), samples::at(71)).unwrap();
    let mut seen = 0;
    for (path, html) in pages(&site) {
        seen += html.matches("alert(1)").count();
        for element in elements(&html) {
            let name = element.name.as_str();
            assert!(!matches!(name, "script" | "img" | "iframe" | "style"), "{path}: <{name}>");
            for (attribute, value) in &element.attributes {
                assert!(
                    !attribute.starts_with("on") && attribute != "style",
                    "{path}: {attribute}"
                );
                assert!(!value.trim_start().starts_with("javascript:"), "{path}: {value}");
            }
        }
    }
    assert!(seen > 50, "the texts are not there at all");
}

#[test]
fn the_pages_need_no_script_no_inline_style_and_nothing_from_elsewhere() {
    for (name, page, now) in samples::all() {
        let site = render(&page, now).unwrap();
        for (path, html) in pages(&site) {
            for element in elements(&html) {
                assert_ne!(element.name, "script", "{name} {path}");
                assert!(element.get("style").is_none(), "{name} {path}");
                let loads =
                    element.get("rel").is_some_and(|rel| rel == "stylesheet" || rel == "icon");
                if loads {
                    assert!(element.get("href").unwrap().starts_with('/'), "{name} {path}");
                }
            }
        }
        let sheets = site.iter().filter(|(path, _)| path.ends_with(".css"));
        for (path, sheet) in sheets {
            let css = String::from_utf8(sheet.plain().to_vec()).unwrap();
            assert!(!css.contains("url(") && !css.contains("@import"), "{path}");
        }
    }
}

#[test]
fn every_time_on_the_page_is_written_for_machines_with_its_zone() {
    let site = render(&samples::two_incidents(), samples::at(71)).unwrap();
    let mut seen = 0;
    for (path, html) in pages(&site) {
        for time in elements(&html).iter().filter(|one| one.name == "time") {
            let at = time.get("datetime").unwrap();
            assert!(at.ends_with("+01:00") && at.len() == 25, "{path}: {at}");
            seen += 1;
        }
    }
    assert!(seen > 20);
}
