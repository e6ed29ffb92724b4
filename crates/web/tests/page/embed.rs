//! The banner and the badge for other sites.

use std::sync::Arc;

use axum::http::StatusCode;
use model::language::Language;
use web::page::{Page, Site, disk, render};
use web::routes::{Elsewhere, ROUTES};

use crate::html::{elements, visible};
use crate::links::poisoned;
use crate::samples;
use crate::stub::{ask, house};

fn text(site: &Site, path: &str) -> String {
    String::from_utf8(site.get(path).unwrap().plain().to_vec()).unwrap()
}

/// The text between the tags of an SVG, a line for each.
fn lines(svg: &str) -> Vec<&str> {
    let parts = svg.split('<').filter_map(|part| part.split_once('>'));
    parts.map(|(_, text)| text.trim()).filter(|text| !text.is_empty()).collect()
}

#[test]
fn banner_and_badge_say_how_it_stands_in_every_situation() {
    for language in [Language::DE, Language::EN] {
        let mut said = String::new();
        for (name, page, now) in samples::all() {
            let site = render(&page, now).unwrap();
            let banner = text(&site, &format!("/{language}/embed"));
            let badge = text(&site, &format!("/{language}/badge.svg"));
            let main = banner.split("<main").nth(1).unwrap();
            let main = visible(&format!("<body><main{main}"));
            said.push_str(&format!("== {name}{}\n", main.trim_start_matches("title: ")));
            said.push_str(&format!("badge: {}\n\n", lines(&badge).join(" / ")));
        }
        insta::assert_snapshot!(format!("embed-{language}"), said);
    }
}

#[test]
fn the_markup_of_banner_and_badge_stays_as_it_was_looked_at() {
    let site = render(&samples::two_incidents(), samples::at(71)).unwrap();
    let banner = text(&site, "/de/embed");
    let (head, rest) = banner.split_once("<svg class=\"shapes\"").unwrap();
    let (_, rest) = rest.split_once("</svg>\n<main").unwrap();
    let sheet = head.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(site.get(sheet).is_some(), "{sheet}");
    let banner = format!("{}<main{rest}", head.replace(sheet, "/banner.css"));
    insta::assert_snapshot!("embed-markup-de", banner);
    insta::assert_snapshot!("badge-markup-de", text(&site, "/de/badge.svg"));
}

#[test]
fn the_quiet_banner_is_empty_as_long_as_nothing_is_broken() {
    for (name, page, now) in samples::all() {
        let site = render(&page, now).unwrap();
        let html = text(&site, "/de/embed/quiet");
        let body = html.split("<body>").nth(1).unwrap().split("</body>").next().unwrap();
        if matches!(name, "calm" | "closed" | "maintenance" | "blind") {
            assert_eq!(body.trim(), "", "{name}");
        } else {
            assert_eq!(html, text(&site, "/de/embed"), "{name}");
        }
        assert!(html.contains("<meta http-equiv=\"refresh\" content=\"60\">"), "{name}");
    }
}

#[test]
fn the_banner_says_from_when_on_it_is_out_of_date_and_later_that_we_are_late() {
    let page = samples::outage();
    let say = |minute| text(&render(&page, samples::at(minute)).unwrap(), "/de/embed");
    let before = say(71);
    assert!(before.contains(
        "<time datetime=\"2026-11-24T14:30:00+01:00\">Nächste Meldung um 14:30 Uhr (MEZ).</time> \
         <span>Danach ist dieser Hinweis veraltet.</span>"
    ));
    assert_eq!(before, say(89), "a copy that others keep is as good as a fresh one");
    let after = say(90);
    assert!(after.contains("Die Meldung für 14:30 Uhr (MEZ) fehlt."));
    assert!(!after.contains("Danach"));
}

#[tokio::test]
async fn only_the_banner_may_be_framed_and_only_the_badge_shown_elsewhere() {
    let (router, _, page) = house();
    let framed = |path: &str| path.split('/').nth(2) == Some("embed") || path == "/embed";
    let shown = |path: &str| framed(path) || path.ends_with("badge.svg");
    let site = page.current();
    let paths = site.iter().map(|(path, _)| path);
    let made = ["/", "/embed", "/health", "/nothing", "/fr/embed", "/de/embed/x", "/de/subscribe"];
    let links =
        ["/act/good", "/confirm/t", "/choices/t", "/leave/t", "/console/", "/console/sign-in"];
    for path in paths.chain(made).chain(links) {
        let answer = ask(&router, "GET", path, &[], "").await;
        let there = answer.status != StatusCode::NOT_FOUND;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'self';"), "{path}: {policy}");
        assert_eq!(policy.ends_with("frame-ancestors *"), there && framed(path), "{path}");
        assert_eq!(policy.ends_with("frame-ancestors 'none'"), !(there && framed(path)), "{path}");
        let shared = answer.header("cross-origin-resource-policy") == "cross-origin";
        assert_eq!(shared, there && shown(path), "{path}");
        assert_eq!(answer.header("set-cookie"), "", "{path}");
    }
    let routes = ROUTES;
    let open = routes.iter().filter(|route| route.elsewhere != Elsewhere::Nothing);
    assert!(open.clone().all(|route| route.method == "GET" && shown(route.path)));
    assert_eq!(open.count(), 5);
}

#[tokio::test]
async fn a_site_without_languages_of_its_own_embeds_the_one_of_its_visitor() {
    let (router, _, page) = house();
    let answer = ask(&router, "GET", "/embed", &[("accept-language", "en")], "").await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::FOUND, "/en/embed"));
    assert_eq!(
        (answer.header("vary"), answer.header("cache-control")),
        ("accept-language", "no-store")
    );
    let site = page.current();
    assert_eq!(text(&site, "/badge.svg"), text(&site, "/de/badge.svg"), "the main language");
}

#[tokio::test]
async fn without_a_database_banner_and_badge_are_served_as_they_lie_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    let site = render(&samples::outage(), samples::at(71)).unwrap();
    disk::write(&site, folder.path()).unwrap();
    let loaded = disk::load(folder.path(), samples::at(72)).unwrap();
    let door = web::door::Door::default();
    let router = web::routes::router(
        Page::new(loaded.site),
        Arc::new(web::desk::Closed),
        door,
        Arc::new(|| samples::at(71)),
    );
    for path in ["/de/embed", "/en/embed/quiet", "/badge.svg", "/en/badge.svg"] {
        let answer = ask(&router, "GET", path, &[], "").await;
        assert_eq!((answer.status, answer.text()), (StatusCode::OK, text(&site, path)), "{path}");
        assert_eq!(answer.header("cache-control"), "public, max-age=5, stale-if-error=86400");
    }
    let answer = ask(&router, "GET", "/badge.svg", &[], "").await;
    assert_eq!(answer.header("content-type"), "image/svg+xml");
    assert!(folder.path().join("de/embed/index.html").exists());
    assert!(folder.path().join("de/embed/quiet/index.html").exists());
}

#[test]
fn a_script_in_any_name_stays_a_text_in_the_badge() {
    let mut loud = poisoned();
    let host = loud.emergencies.remove(0);
    let mut broken = loud.clone();
    broken.open.clear();
    let mut spoken = loud.clone();
    spoken.emergencies.push(host);
    for page in [loud, broken, spoken] {
        let site = render(&page, samples::at(71)).unwrap();
        for path in ["/badge.svg", "/de/badge.svg", "/en/badge.svg"] {
            let svg = text(&site, path);
            assert!(svg.contains("&#60;script&#62;alert(1)"), "{path}: the name is not there");
            let known = ["svg", "title", "desc", "path", "rect", "circle", "g", "text"];
            for element in elements(&svg) {
                assert!(known.contains(&element.name.as_str()), "{path}: <{}>", element.name);
                for (name, _) in &element.attributes {
                    assert!(!name.starts_with("on") && !name.contains("href") && name != "style");
                }
            }
            assert!(!svg.chars().any(|c| c.is_control() && c != '\n'), "{path} is no XML");
            let count = |tag: String| svg.matches(tag.as_str()).count();
            for name in ["svg", "title", "desc", "g", "text"] {
                let (open, shut) = (count(format!("<{name}")), count(format!("</{name}>")));
                assert_eq!(open, shut, "{path}: {name}");
            }
        }
    }
}

#[test]
fn a_badge_stays_narrow_however_long_the_names_are() {
    let mut page = samples::two_incidents();
    for component in &mut page.components {
        component.name = samples::both(
            &"Mitgliederverwaltung ".repeat(40),
            "会員管理 \u{202e}".repeat(99).as_str(),
        );
    }
    let site = render(&page, samples::at(71)).unwrap();
    for path in ["/de/badge.svg", "/en/badge.svg"] {
        let svg = text(&site, path);
        let width: u32 = elements(&svg)[0].get("width").unwrap().parse().unwrap();
        assert!(width <= 400, "{path}: {width}");
        assert!(svg.contains("… +1</text>") && !svg.contains('\u{202e}'), "{path}: {svg}");
    }
}
