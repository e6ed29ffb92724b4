//! Every hostile text in every field, and what becomes of it in every output: nothing but a text.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use mail_parser::{MessageParser, MimeHeaders as _};
use model::handbook::channel::Channel;
use model::public::PublicPage;
use outside::channel::post::{Content, Post, Recipient};
use outside::channel::{ChannelError, adapter};
use web::page::{Resource, Site, render};

use super::{dom, payload, specimen};

/// A page with a hostile text in each field: after as many rounds as there are texts, each was in
/// each field.
fn hostile(texts: &[String], round: usize) -> PublicPage {
    let mut at = round;
    specimen::page(&mut || {
        at += 1;
        texts[(at - 1) % texts.len()].clone()
    })
}

/// A page of the same shape of which nobody need be afraid.
fn harmless(texts: &[String], round: usize) -> PublicPage {
    let tame: Vec<_> = texts.iter().map(|text| tame(text)).collect();
    hostile(&tame, round)
}

/// A text of the same shape that nobody need fear: as many lines, the same of them empty, and equal
/// ones equal.
pub(super) fn tame(text: &str) -> String {
    let line = |line: &str| {
        if dom::drawn(line).is_empty() {
            return line.to_owned();
        }
        let mut hasher = DefaultHasher::new();
        line.trim().hash(&mut hasher);
        format!("x{:x}", hasher.finish())
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// What is in an output beside the texts.
enum Bones {
    Page(dom::Bones),
    Feed(Vec<String>),
    Data(serde_json::Value),
    Fixed(String),
}

fn bones(site: &Site) -> BTreeMap<String, Bones> {
    let bones = |path: &str, resource: &Resource| {
        let source = std::str::from_utf8(resource.plain()).unwrap();
        match resource.content_type().split([';', '+']).next().unwrap() {
            "text/html" => Bones::Page(dom::html(source)),
            "application/atom" | "image/svg" => Bones::Feed(dom::xml(source)),
            // Texts by name, as many as there are: only that it is JSON counts.
            "application/json" if path == "/site.json" => {
                serde_json::from_str::<PublicPage>(source).unwrap();
                Bones::Fixed(String::new())
            }
            "application/json" => Bones::Data(dom::json(source.as_bytes())),
            _ => Bones::Fixed(source.to_owned()),
        }
    };
    site.iter().map(|(path, one)| (path.to_owned(), bones(path, one))).collect()
}

fn compare(
    hostile: &BTreeMap<String, Bones>,
    harmless: &BTreeMap<String, Bones>,
    round: usize,
) -> usize {
    assert!(hostile.keys().eq(harmless.keys()));
    for ((path, found), wanted) in hostile.iter().zip(harmless.values()) {
        let place = format!("round {round}, {path}");
        match (found, wanted) {
            (Bones::Page(found), Bones::Page(wanted)) => {
                assert_same(&found.all, &wanted.all, &place);
                let foreign = dom::foreign_in_prose(found);
                assert!(foreign.is_empty(), "{place}: {foreign:?}");
            }
            (Bones::Feed(found), Bones::Feed(wanted)) => assert_same(found, wanted, &place),
            (Bones::Data(found), Bones::Data(wanted)) => assert_eq!(found, wanted, "{place}"),
            (Bones::Fixed(found), Bones::Fixed(wanted)) => assert_eq!(found, wanted, "{place}"),
            _ => panic!("{place}: of another kind"),
        }
    }
    hostile.len()
}

pub(super) fn assert_same(found: &[String], wanted: &[String], place: &str) {
    if let Some((found, wanted)) = found.iter().zip(wanted).find(|(one, two)| one != two) {
        panic!("{place}: “{found}” in the place of “{wanted}”");
    }
    assert_eq!(found.len(), wanted.len(), "{place}");
}

fn rendered(page: &PublicPage) -> Site {
    render(page, specimen::NOW).unwrap()
}

/// The texts that leave a page its shape, those that are empty or have several lines, and the huge
/// ones.
pub(super) fn sorted() -> [Vec<String>; 3] {
    let (small, large): (Vec<_>, _) = payload::all().into_iter().partition(|it| it.len() < 1_000);
    let plain = |text: &String| !dom::drawn(text).is_empty() && !text.contains('\n');
    let (plain, odd): (Vec<_>, _) = small.into_iter().partition(plain);
    [plain, odd, large]
}

#[test]
fn no_text_that_anybody_writes_becomes_more_than_a_text_on_a_page_in_a_feed_or_in_json() {
    let [plain, odd, large] = sorted();
    assert!(plain.len() >= 200);
    let mut compared = 0;
    // Texts of one line leave the shape of a page as it is: one harmless page is enough.
    let wanted = bones(&rendered(&harmless(&plain, 0)));
    for round in 0..plain.len() {
        let page = hostile(&plain, round);
        let site = rendered(&page);
        read(&page, &site, round);
        compared += compare(&bones(&site), &wanted, round);
    }
    for (texts, rounds) in [(&odd, odd.len()), (&large, 2)] {
        for round in 0..rounds {
            let wanted = bones(&rendered(&harmless(texts, round)));
            compared += compare(&bones(&rendered(&hostile(texts, round))), &wanted, round);
        }
    }
    let mut fields = 0;
    specimen::page(&mut || {
        fields += 1;
        String::new()
    });
    let texts = plain.len() + odd.len() + large.len();
    println!("{texts} texts in {fields} fields, {compared} outputs");
}

/// The newest notice is read as it was written, word for word.
fn read(page: &PublicPage, site: &Site, round: usize) {
    for (language, text) in &page.open[0].notices.last().unwrap().texts {
        let page = site.get(&format!("/{language}/")).unwrap().plain();
        let read = dom::words(std::str::from_utf8(page).unwrap());
        for said in [&text.headline, &text.body[0], text.data.as_ref().unwrap()] {
            assert!(read.contains(&dom::drawn(said)), "round {round}: {said:?}");
        }
    }
}

fn channel(kind: &str) -> Channel {
    let settings = [("host", "127.0.0.1"), ("from", "lage@lindenhof.example")];
    let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    Channel::new("mail".parse().unwrap(), kind, settings)
}

fn unseen(text: &str) -> bool {
    text.chars().any(char::is_control)
}

fn is_alert_with_unseen(post: &Post) -> bool {
    matches!(&post.content, Content::Alert(alert) if unseen(&alert.subject))
}

/// What is in a mail beside the texts: the names of its headers, the kinds of its parts, and the
/// bones of its HTML.
struct Mail {
    frame: [Vec<String>; 2],
    bones: Vec<String>,
}

fn mail(post: &Post) -> Result<Mail, ChannelError> {
    let list = matches!(post.content, Content::Notice(_));
    let to = Recipient {
        address: "vera@people.example".into(),
        id: "id".into(),
        thread: Some("first".into()),
        bounce: None,
        unsubscribe: list.then(|| "https://lage.example/leave/abc".into()),
        choices: list.then(|| "https://lage.example/choices/abc".into()),
        secret: None,
        own: None,
    };
    let parcel = adapter("email").unwrap().compose(&channel("email"), post, &to)?;
    let parsed = MessageParser::default().parse(&parcel.body).unwrap();
    let name = |header: &mail_parser::Header<'_>| header.name().to_owned();
    let headers = parsed.headers().iter().map(name).collect();
    let kinds = parsed.parts.iter().map(|part| {
        let kind = part.content_type().map(|kind| (kind.ctype(), kind.subtype()));
        format!("{kind:?}")
    });
    let from = parsed.from().unwrap().first().unwrap();
    assert_eq!(from.address(), Some("lage@lindenhof.example"));
    assert_eq!(parsed.to().unwrap().first().unwrap().address(), Some("vera@people.example"));
    let html = parsed.body_html(0).unwrap();
    Ok(Mail { frame: [headers, kinds.collect()], bones: dom::html(&html).all })
}

#[test]
fn no_text_that_anybody_writes_becomes_a_header_a_part_or_a_tag_of_a_mail() {
    let texts = payload::all();
    let mut mails = 0;
    for round in 0..texts.len() {
        let (hostile, harmless) = (hostile(&texts, round), harmless(&texts, round));
        for (post, other) in specimen::posts(&hostile).iter().zip(specimen::posts(&harmless)) {
            let place = format!("round {round}, {:?}", post.content);
            let (found, wanted) = match (mail(post), mail(&other)) {
                (Ok(found), Ok(wanted)) => (found, wanted),
                // No handbook has such a community or title: its check refuses it.
                (Err(_), _) if unseen(&post.community) || is_alert_with_unseen(post) => continue,
                (Err(why), _) | (_, Err(why)) => panic!("{place}: {why}"),
            };
            assert_eq!(found.frame, wanted.frame, "{place}");
            assert_same(&found.bones, &wanted.bones, &place);
            mails += 1;
        }
    }
    println!("{mails} mails");
}

#[test]
fn no_text_that_anybody_writes_becomes_a_key_of_a_webhook() {
    let texts = payload::all();
    let mut messages = 0;
    for round in 0..texts.len() {
        let (hostile, harmless) = (hostile(&texts, round), harmless(&texts, round));
        for (post, other) in specimen::posts(&hostile).iter().zip(specimen::posts(&harmless)) {
            let body = |post: &Post| {
                let to = Recipient::default();
                adapter("webhook").unwrap().compose(&channel("webhook"), post, &to).unwrap().body
            };
            let bones = dom::json(&body(post));
            assert_eq!(bones, dom::json(&body(&other)));
            messages += 1;
        }
    }
    println!("{messages} messages");
}
