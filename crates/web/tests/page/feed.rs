//! The Atom feed, as RFC 4287 wants it.

use std::collections::BTreeSet;

use crate::html::elements;
use crate::links::poisoned;
use crate::samples;

fn feed(page: &model::public::PublicPage, path: &str) -> String {
    let site = web::page::render(page, samples::at(120)).unwrap();
    String::from_utf8(site.get(path).unwrap().plain().to_vec()).unwrap()
}

fn within<'a>(xml: &'a str, tag: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
    xml.split(&open).skip(1).map(|rest| rest.split(&close).next().unwrap()).collect()
}

#[test]
fn the_feed_has_one_entry_for_each_published_notice_newest_first() {
    let page = samples::closed();
    let xml = feed(&page, "/de/feed.atom");
    insta::assert_snapshot!("feed-closed-de", xml);
    let entries: Vec<_> = xml.split("<entry").skip(1).collect();
    assert_eq!(entries.len(), 7);
    let mut times = Vec::new();
    for entry in &entries {
        for tag in ["id", "title", "updated", "published"] {
            assert_eq!(within(entry, tag).len(), 1, "{tag} in {entry}");
        }
        times.push(within(entry, "updated")[0]);
    }
    assert!(times.windows(2).all(|pair| pair[0] >= pair[1]), "{times:?}");
    assert_eq!(within(&xml, "updated")[0], times[0]);
}

#[test]
fn an_entry_keeps_its_id_when_the_page_moves_and_when_more_is_published() {
    let ids =
        |xml: &str| within(xml, "id").iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>();
    let mut page = samples::outage();
    let before = ids(&feed(&page, "/de/feed.atom"));
    page.url = "https://elsewhere.example".to_owned();
    assert_eq!(before, ids(&feed(&page, "/de/feed.atom")));
    let after = ids(&feed(&samples::closed(), "/de/feed.atom"));
    assert!(before.is_subset(&after));
    let english = ids(&feed(&page, "/en/feed.atom"));
    assert!(before.is_disjoint(&english), "one id for two texts");
    for id in before {
        assert!(id.starts_with("urn:uuid:") && id.len() == 45, "{id}");
    }
}

#[test]
fn no_text_breaks_the_feed() {
    let xml = feed(&poisoned(), "/history.atom");
    assert!(!xml.chars().any(|c| c.is_control() && c != '\n'), "a control character");
    let known = [
        "feed",
        "id",
        "title",
        "updated",
        "author",
        "name",
        "link",
        "entry",
        "published",
        "category",
        "content",
    ];
    for element in elements(&xml) {
        assert!(known.contains(&element.name.as_str()), "<{}>", element.name);
    }
    let mut open = Vec::new();
    for tag in xml.split('<').skip(1).filter(|tag| !tag.starts_with('?')) {
        let tag = tag.split('>').next().unwrap();
        let name = tag.split(char::is_whitespace).next().unwrap();
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty());
}

#[test]
fn an_emergency_notice_reaches_feed_readers_and_status_page_clients() {
    let page = samples::emergency();
    let xml = feed(&page, "/en/feed.atom");
    assert!(within(&xml, "title")[1].starts_with("Unser Rechenzentrum ist ohne Strom."));
    let site = web::page::render(&page, samples::at(80)).unwrap();
    let status = String::from_utf8(site.get("/api/v2/status.json").unwrap().plain().to_vec());
    assert!(status.unwrap().contains("Unser Rechenzentrum ist ohne Strom."));
}
