//! What the pages show, word for word.

use model::language::Language;

use crate::html::{elements, visible};
use crate::samples;

#[test]
fn every_situation_reads_as_it_should_in_both_languages() {
    for (name, page, now) in samples::all() {
        let site = web::page::render(&page, now).unwrap();
        for language in [Language::DE, Language::EN] {
            let html = site.get(&format!("/{language}/")).unwrap().plain().clone();
            let html = String::from_utf8(html.to_vec()).unwrap();
            insta::assert_snapshot!(format!("{name}-{language}"), visible(&html));
        }
    }
}

#[test]
fn the_markup_of_an_outage_stays_as_it_was_looked_at() {
    let site = web::page::render(&samples::outage(), samples::at(71)).unwrap();
    let html = String::from_utf8(site.get("/de/").unwrap().plain().to_vec()).unwrap();
    let style = site.style().to_owned();
    insta::assert_snapshot!("markup-outage-de", html.replace(&style, "/style.css"));
}

#[test]
fn a_closed_incident_keeps_its_page_with_every_notice() {
    let page = samples::closed();
    let site = web::page::render(&page, samples::at(120)).unwrap();
    let path = format!("/de/incident/{}", page.past[0].id);
    let html = String::from_utf8(site.get(&path).unwrap().plain().to_vec()).unwrap();
    insta::assert_snapshot!("incident-closed-de", visible(&html));
    for number in 1..=5 {
        assert!(html.contains(&format!("id=\"n{number}\"")), "notice {number}");
    }
}

#[test]
fn the_bytes_of_a_closed_incident_do_not_change_from_day_to_day() {
    let page = samples::closed();
    let path = format!("/de/incident/{}", page.past[0].id);
    let mut later = page.clone();
    later.as_of = samples::at(5000);
    let one = web::page::render(&page, samples::at(120)).unwrap();
    let two = web::page::render(&later, samples::at(5000)).unwrap();
    for path in [path.as_str(), "/de/imprint", "/de/history", "/de/feed.atom", "/en/privacy"] {
        assert_eq!(one.get(path).unwrap().tag(), two.get(path).unwrap().tag(), "{path}");
    }
    assert_ne!(one.get("/de/").unwrap().tag(), two.get("/de/").unwrap().tag());
}

#[test]
fn a_page_rendered_after_the_promise_says_that_we_are_late_and_before_it_does_not() {
    let page = samples::outage();
    let say = |minute| {
        let site = web::page::render(&page, samples::at(minute)).unwrap();
        String::from_utf8(site.get("/de/").unwrap().plain().to_vec()).unwrap()
    };
    assert!(!say(89).contains("zu spät"));
    assert!(say(90).contains("Wir sind zu spät."));
    assert!(say(90).contains("light-broken"));
}

#[test]
fn what_was_corrected_does_not_come_back_as_a_fact() {
    let mut page = samples::outage();
    let facts = ["", "Der Shop geht nicht.", "", "", ""];
    samples::state(&mut page.open[0].notices[1], Language::DE, facts);
    let site = web::page::render(&page, samples::at(71)).unwrap();
    let html = String::from_utf8(site.get("/de/").unwrap().plain().to_vec()).unwrap();
    let head = html.split("id=\"notices\"").next().unwrap();
    assert!(!head.contains("Der Shop geht nicht."));
    assert!(head.contains("Im Shop als Gast bestellen"));
}

#[test]
fn the_worst_open_incident_holds_the_light_though_another_is_newer() {
    let site = web::page::render(&samples::two_incidents(), samples::at(71)).unwrap();
    let html = String::from_utf8(site.get("/de/").unwrap().plain().to_vec()).unwrap();
    let (head, rest) = html.split_once("id=\"also\"").unwrap();
    assert!(head.contains("Anmelden geht gerade nicht"));
    assert!(rest.contains("Das Forum lädt langsam."));
}

#[test]
fn headings_have_no_gaps_and_there_is_one_first_one() {
    for (name, page, now) in samples::all() {
        let site = web::page::render(&page, now).unwrap();
        for (path, resource) in site.iter().filter(|(_, one)| one.language().is_some()) {
            // The quiet banner may be empty.
            if !resource.content_type().starts_with("text/html") || path.ends_with("/quiet") {
                continue;
            }
            let html = String::from_utf8(resource.plain().to_vec()).unwrap();
            let levels: Vec<u32> = elements(&html)
                .iter()
                .filter_map(|one| one.name.strip_prefix('h')?.parse().ok())
                .collect();
            assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{name} {path}");
            assert_eq!(levels.first(), Some(&1), "{name} {path}");
            for pair in levels.windows(2) {
                assert!(pair[1] <= pair[0] + 1, "{name} {path}: {levels:?}");
            }
        }
    }
}

#[test]
fn a_page_with_nothing_in_it_still_says_something_true() {
    let mut page = samples::calm();
    page.components.clear();
    page.past.clear();
    page.checked_at = None;
    page.languages = vec![Language::EN];
    let site = web::page::render(&page, samples::at(0)).unwrap();
    let html = String::from_utf8(site.get("/en/").unwrap().plain().to_vec()).unwrap();
    insta::assert_snapshot!("empty-en", visible(&html));
    assert!(site.get("/de/").is_none());
}

#[test]
fn a_site_made_from_the_one_before_has_the_same_bytes_as_one_made_afresh() {
    let before = web::page::render(&samples::outage(), samples::at(71)).unwrap();
    let mut worse = samples::outage();
    worse.community = "Lindenhof West".to_owned();
    for (page, minute) in [(samples::outage(), 71), (samples::closed(), 120), (worse, 71)] {
        let fresh = web::page::render(&page, samples::at(minute)).unwrap();
        let after = web::page::render_after(&page, samples::at(minute), &before).unwrap();
        assert_eq!(fresh.iter().count(), after.iter().count());
        for (path, resource) in fresh.iter() {
            assert_eq!(after.get(path), Some(resource), "{path}");
        }
    }
}
