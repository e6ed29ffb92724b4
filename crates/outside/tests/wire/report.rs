//! What bounces of common servers say, and what is not guessed at.

use outside::channel::email::bounce::report::{Meaning, meaning};
use outside::channel::email::smtp::Mailbox;

const GONE: Option<&str> = Some("gone");
const REFUSED: Option<&str> = Some("refused");

fn mailbox() -> Mailbox {
    Mailbox::parse("bounces@x.example").unwrap()
}

macro_rules! mail {
    ($name:literal) => {
        ($name, include_str!(concat!("../bounces/", $name, ".eml")))
    };
}

#[test]
fn bounces_of_common_servers_say_who_is_gone_and_who_was_refused() {
    for ((name, mail), expected, words) in [
        (mail!("postfix-no-such-user"), GONE, "Recipient address rejected: User unknown"),
        (mail!("postfix-expired"), REFUSED, "4.4.1 connect to mail.people.example"),
        (mail!("exim-no-such-user"), GONE, "5.0.0 550 5.1.1 No such user"),
        (mail!("exim-looks-like-spam"), REFUSED, "looks like spam"),
        (mail!("exchange-not-found"), GONE, "RecipientNotFound"),
        (mail!("exchange-mailbox-full"), REFUSED, "5.2.2 554 5.2.2 mailbox full"),
        (mail!("gmail-not-found"), GONE, "5.1.1 550-5.1.1 The email account"),
        (mail!("rewritten-return-path-only"), GONE, "5.2.1 (disabled)"),
        (mail!("list-of-two-none-arrived"), REFUSED, "5.7.1"),
    ] {
        for mail in [mail.to_owned(), mail.replace('\n', "\r\n")] {
            let Meaning::Bounce { token, bounce, reason } = meaning(mail.as_bytes(), &mailbox())
            else {
                panic!("{name}: {:?}", meaning(mail.as_bytes(), &mailbox()));
            };
            assert_eq!(token, "1-2-TOKEN", "{name}");
            assert_eq!(Some(bounce.word()), expected, "{name}");
            assert!(reason.contains(words) && reason.chars().count() <= 300, "{name}: {reason}");
        }
    }
}

#[test]
fn a_delay_and_a_message_that_arrived_after_all_say_nothing() {
    for (name, mail) in [mail!("postfix-delayed"), mail!("list-of-two-one-arrived")] {
        assert_eq!(meaning(mail.as_bytes(), &mailbox()), Meaning::NothingYet, "{name}");
    }
}

#[test]
fn what_is_written_in_prose_is_not_guessed_at() {
    for (name, mail) in [
        mail!("qmail-prose"),
        mail!("out-of-office"),
        mail!("read-receipt"),
        mail!("somebody-elses"),
        ("nothing", ""),
        ("rubbish", "\u{0}\u{1}\n\n:::"),
    ] {
        assert_eq!(meaning(mail.as_bytes(), &mailbox()), Meaning::Unclear, "{name}");
    }
}

#[test]
fn the_beginning_of_a_long_bounce_is_enough() {
    let (_, mail) = mail!("postfix-no-such-user");
    let end = mail.find("Message-ID: <id-1").unwrap();
    assert!(matches!(meaning(&mail.as_bytes()[..end], &mailbox()), Meaning::Bounce { .. }));
}

#[test]
fn no_cut_mail_is_taken_for_more_than_it_says() {
    for (_, mail) in [mail!("postfix-no-such-user"), mail!("gmail-not-found")] {
        for end in 0..mail.len() {
            match meaning(&mail.as_bytes()[..end], &mailbox()) {
                Meaning::Unclear => {}
                Meaning::Bounce { token, .. } => assert_eq!(token, "1-2-TOKEN"),
                Meaning::NothingYet => panic!("{end}"),
            }
        }
    }
}
