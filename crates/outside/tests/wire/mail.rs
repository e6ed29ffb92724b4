//! What a mail looks like: pure, the same each time, and nothing in it can become a header.

use model::dispatch::Outcome;
use outside::channel::email::bounces;
use outside::channel::email::render::render;
use outside::channel::email::verp::{self, Returned};
use outside::channel::post::{Content, Post, Recipient};
use outside::channel::{Adapter, ChannelError, adapter};

use crate::sample::{
    alert, all_clear, carried, channel, first_notice, first_notice_to_partners, headers,
    mail_channel, subscriber,
};

fn email() -> &'static dyn Adapter {
    adapter("email").unwrap()
}

fn composed(post: &Post, to: &Recipient) -> Vec<u8> {
    email().compose(&mail_channel(), post, to).unwrap().body
}

#[test]
fn a_notice_is_a_mail_that_says_when_the_next_one_comes() {
    let to = subscriber();
    let rendered = render(&first_notice(), to.unsubscribe.as_deref(), to.choices.as_deref());
    insta::assert_snapshot!("first_notice_text", rendered.text);
    insta::assert_snapshot!("first_notice_html", rendered.html);
    let mail = composed(&first_notice(), &subscriber());
    insta::assert_snapshot!("first_notice_mail", String::from_utf8(mail).unwrap());
}

#[test]
fn what_one_audience_is_told_in_addition_stands_apart_below_the_same_notice() {
    let (common, partners) = (first_notice(), first_notice_to_partners());
    let [common, partners] = [common, partners].map(|post| render(&post, None, None));
    insta::assert_snapshot!("first_notice_to_partners_text", partners.text);
    insta::assert_snapshot!("first_notice_to_partners_html", partners.html);
    assert_eq!(partners.subject, common.subject);
    let (before, rest) = partners.text.split_once("--- Zusätzlich für").unwrap();
    let (_, after) = rest.split_once(">>").unwrap();
    let (same, end) = common.text.split_once(">>").unwrap();
    assert_eq!((before, after), (same, end), "all else is the same, word for word");
}

#[test]
fn an_all_clear_says_what_it_is_before_it_is_opened() {
    let rendered = render(&all_clear(), None, None);
    assert_eq!(rendered.subject, "All-clear: Signing in works again.");
    insta::assert_snapshot!("all_clear_text", rendered.text);
}

#[test]
fn an_alert_says_what_happens_if_nobody_acts_and_shows_the_text() {
    let rendered = render(&alert(), None, None);
    insta::assert_snapshot!("alert_text", rendered.text);
    insta::assert_snapshot!("alert_html", rendered.html);
}

#[test]
fn a_repeat_is_the_same_mail_to_the_last_byte() {
    assert_eq!(composed(&first_notice(), &subscriber()), composed(&first_notice(), &subscriber()));
}

#[test]
fn updates_hang_under_the_first_notice_and_subscribers_leave_with_one_click() {
    let to = Recipient { thread: Some("first-1".into()), ..subscriber() };
    let found = headers(&composed(&all_clear(), &to));
    for (name, value) in [
        ("Message-ID", "<u4F-abc_1@lindenhof.example>"),
        ("In-Reply-To", "<first-1@lindenhof.example>"),
        ("References", "<first-1@lindenhof.example>"),
        ("Date", "Tue, 24 Nov 2026 12:52:00 +0000"),
        ("Auto-Submitted", "auto-generated"),
        ("Content-Language", "en"),
        ("List-Id", "<notices.lindenhof.example>"),
        ("List-Unsubscribe", "<https://lage.lindenhof.example/leave/u4F?k=1&t=xyz>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("From", "Lindenhof <lage@lindenhof.example>"),
        ("To", "erika@example.org"),
    ] {
        assert_eq!(found.get(name).map(String::as_str), Some(value), "{name}");
    }
}

#[test]
fn a_mail_that_comes_back_comes_to_an_address_that_tells_whose_it_was() {
    let key = outside::sign::SigningKey::new(b"one");
    let to = Recipient { bounce: Some(verp::encode(&key, 7, 1_234_567)), ..subscriber() };
    let base = [("host", "x"), ("from", "lage@lindenhof.example")];
    let without = email().compose(&channel("email", &base), &first_notice(), &to).unwrap();
    assert_eq!(without.from, None);
    let named = [base[0], base[1], ("bounces", "back@lindenhof.example")];
    let named = channel("email", &named);
    let from = email().compose(&named, &first_notice(), &to).unwrap().from.unwrap();
    let token = verp::token(&bounces(&named).unwrap().unwrap(), &from).unwrap().to_owned();
    let whom = Returned { dispatch: 7, recipient: 1_234_567 };
    assert_eq!(verp::decode(&key, &token), Some(whom), "{from}");
    let wrong = [base[0], base[1], ("bounces", "nobody")];
    let wrong = email().compose(&channel("email", &wrong), &first_notice(), &to).unwrap_err();
    assert!(wrong.to_string().contains("“bounces” does not fit"), "{wrong}");
}

#[test]
fn staff_mails_are_no_list_and_cannot_be_left() {
    let to = Recipient { unsubscribe: None, ..subscriber() };
    let found = headers(&composed(&alert(), &to));
    assert!(!found.keys().any(|name| name.starts_with("List-")));
    assert!(!found.contains_key("In-Reply-To"));
}

#[test]
fn no_text_that_people_write_becomes_a_header_or_a_tag() {
    let mut post = first_notice();
    let Content::Notice(notice) = &mut post.content else { panic!("it is a notice") };
    notice.text.headline = "<script>alert(1)</script> \" onload='x".into();
    notice.text.body = vec!["<img src=x onerror=y>".into()];
    let html = render(&post, None, None).html;
    assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("\" onload"));

    let Content::Notice(notice) = &mut post.content else { panic!("it is a notice") };
    notice.text.headline = "Hallo\r\nBcc: mallory@example.org".into();
    let wrong = email().compose(&mail_channel(), &post, &subscriber());
    assert!(matches!(wrong, Err(ChannelError::Message(_))), "{wrong:?}");

    let good = first_notice();
    for to in [
        Recipient { address: "a@b.example\r\nBcc: c@d.example".into(), ..subscriber() },
        Recipient { id: "x\r\nBcc: c@d.example".into(), ..subscriber() },
        Recipient { thread: Some("x\nBcc: c@d.example".into()), ..subscriber() },
        Recipient { unsubscribe: Some("https://x.example/>\r\nBcc: c".into()), ..subscriber() },
        Recipient { unsubscribe: Some("javascript:alert(1)".into()), ..subscriber() },
    ] {
        let wrong = email().compose(&mail_channel(), &good, &to);
        assert!(matches!(wrong, Err(ChannelError::Message(_))), "{to:?}");
    }
    let from = [("host", "x"), ("from", "a@b.example"), ("from_name", "A\r\nBcc: c@d.example")];
    assert!(email().compose(&channel("email", &from), &good, &subscriber()).is_err());
}

#[test]
fn every_line_of_a_mail_is_short_and_in_ascii_whatever_is_in_it() {
    let mut post = first_notice();
    let Content::Notice(notice) = &mut post.content else { panic!("it is a notice") };
    notice.text.headline = "Störung ".repeat(40).trim().to_owned();
    notice.text.body = vec![".".repeat(3000), "Grüße 🚨".repeat(300)];
    let mail = composed(&post, &subscriber());
    assert!(mail.is_ascii());
    let longest = mail.split(|byte| *byte == b'\n').map(<[u8]>::len).max().unwrap();
    assert!(longest <= 200, "{longest}");
}

#[tokio::test]
async fn a_wrong_setting_or_missing_secret_is_said_with_its_channel() {
    let wire = crate::webhook::wire(&[]);
    let base = [("host", "127.0.0.1"), ("from", "a@b.example")];
    for (more, told) in [
        (("security", "ssl"), "write starttls, tls or plain"),
        (("port", "99999"), "“port” does not fit"),
        (("user", "erika"), "the setting “password” is missing"),
    ] {
        let error = email().open(&wire, &channel("email", &[base[0], base[1], more])).err();
        let error = error.unwrap().to_string();
        assert!(error.contains(told), "{error}");
        assert!(error.contains("channel “email”"), "{error}");
    }
    let plain = [base[0], base[1], ("user", "erika"), ("security", "plain")];
    let error = email().open(&wire, &channel("email", &plain)).err().unwrap().to_string();
    assert!(error.contains("a password is sent over an encrypted line only"), "{error}");
    let login = [base[0], base[1], ("user", "erika"), ("password", "relay-password")];
    let error = email().open(&wire, &channel("email", &login)).err().unwrap().to_string();
    assert!(error.contains("NOTLICHT_SECRET_RELAY_PASSWORD"), "{error}");
}

#[tokio::test]
async fn a_composed_notice_arrives_at_a_relay() {
    use crate::relay::{Act, FakeRelay, Setup};
    let fake = FakeRelay::start(Setup::new(|_| Act::Usual)).await;
    let port = fake.address.port().to_string();
    let from = ("from", "lage@lindenhof.example");
    let settings = [("host", "127.0.0.1"), ("port", &port), ("security", "plain"), from];
    let channel = channel("email", &settings);
    let mut line = email().open(&crate::webhook::wire(&[]), &channel).unwrap();
    let parcel = email().compose(&channel, &first_notice(), &subscriber()).unwrap();
    let outcome = carried(&mut *line, parcel.clone()).await;
    assert!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
    let [(to, body)] = &fake.seen().mails[..] else { panic!("one mail is there") };
    assert_eq!(to, "erika@example.org");
    assert_eq!(body.as_bytes(), parcel.body);
}
