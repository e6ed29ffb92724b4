//! The mail client against a relay that misbehaves.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use model::dispatch::Outcome;
use outside::channel::email::smtp::{Connection, Limits, Relay, Security};
use outside::guard::Guard;
use outside::secret::Secret;
use outside::tls::Trust;

use crate::relay::{Act, FakeRelay, Seen, Setup, Step, certificate};

const FROM: &str = "lage@lindenhof.example";
pub(crate) const BODY: &[u8] = b"Subject: x\r\n\r\nHallo\r\n.\r\nWelt\r\n";

pub(crate) fn relay(fake: &FakeRelay, security: Security) -> Relay {
    let limit = Duration::from_secs(5);
    Relay {
        host: "127.0.0.1".to_owned(),
        port: fake.address.port(),
        security,
        login: None,
        greet_as: "lindenhof.example".to_owned(),
        limits: Limits { connect: limit, reply: limit, data: limit },
    }
}

pub(crate) fn connection(relay: Relay, trust: Trust) -> Connection {
    Connection::new(Guard::new(true, Vec::new()), trust, relay)
}

pub(crate) fn no_trust() -> Trust {
    Trust::new(Vec::new()).unwrap()
}

async fn plain(
    script: impl Fn(Step<'_>) -> Act + Send + Sync + 'static,
) -> (FakeRelay, Connection) {
    let fake = FakeRelay::start(Setup::new(script)).await;
    let line = connection(relay(&fake, Security::Plain), no_trust());
    (fake, line)
}

pub(crate) fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted { .. } => "accepted",
        Outcome::Later { .. } => "later",
        Outcome::Refused { .. } => "refused",
        Outcome::Gone { .. } => "gone",
        Outcome::Unknown { .. } => "unknown",
        Outcome::ChannelDown { .. } => "channel down",
    }
}

/// Sends to a, b and c on one line while something happens to the second mail.
async fn three(trouble: impl Fn(&str) -> Act + Send + Sync + 'static) -> (Vec<&'static str>, Seen) {
    let at_b = AtomicBool::new(false);
    let script = move |(_, _, what): Step<'_>| {
        if what.starts_with("RCPT") {
            at_b.store(what.contains("b@x.example"), Ordering::SeqCst);
        }
        if at_b.load(Ordering::SeqCst) && what != "RSET" && !what.starts_with("MAIL") {
            trouble(what)
        } else {
            Act::Usual
        }
    };
    let (fake, mut line) = plain(script).await;
    let mut outcomes = Vec::new();
    for to in ["a@x.example", "b@x.example", "c@x.example"] {
        outcomes.push(word(&line.send(FROM, to, BODY).await));
    }
    (outcomes, fake.seen())
}

pub(crate) fn reached(seen: &Seen) -> Vec<&str> {
    seen.mails.iter().map(|(to, _)| to.as_str()).collect()
}

#[tokio::test]
async fn mails_go_over_one_kept_connection_with_all_commands_in_one_write() {
    let (outcomes, seen) = three(|_| Act::Usual).await;
    assert_eq!(outcomes, ["accepted"; 3]);
    assert_eq!(reached(&seen), ["a@x.example", "b@x.example", "c@x.example"]);
    assert_eq!(seen.connections, 1);
    let all =
        format!("MAIL FROM:<{FROM}> SIZE={}\r\nRCPT TO:<a@x.example>\r\nDATA\r\n", BODY.len());
    let body = "Subject: x\r\n\r\nHallo\r\n..\r\nWelt\r\n.\r\n".to_owned();
    assert_eq!(seen.chunks[1..3], [all, body]);
    assert_eq!(seen.mails[0].1.as_bytes(), BODY);
}

#[tokio::test]
async fn without_pipelining_each_answer_is_awaited() {
    let mut setup = Setup::new(|_| Act::Usual);
    setup.able = vec![];
    let fake = FakeRelay::start(setup).await;
    let mut line = connection(relay(&fake, Security::Plain), no_trust());
    assert_eq!(word(&line.send(FROM, "a@x.example", BODY).await), "accepted");
    let seen = fake.seen();
    assert_eq!(seen.chunks[1], format!("MAIL FROM:<{FROM}>\r\n"));
    assert_eq!(seen.chunks[2], "RCPT TO:<a@x.example>\r\n");
    assert_eq!(seen.mails.len(), 1);
}

#[tokio::test]
async fn a_recipient_put_off_or_refused_does_not_disturb_the_next_one() {
    for (answer, outcome) in [
        ("450 4.2.0 greylisted, try again", "later"),
        ("452 4.2.2 full for now", "later"),
        ("451-4.3.0 first line\n451-4.3.0 second\n451 4.3.0 third", "later"),
        ("550 5.1.1 no such user", "gone"),
        ("550 5.7.1 not wanted", "refused"),
    ] {
        let trouble = move |what: &str| {
            if what.starts_with("RCPT") { Act::Say(answer) } else { Act::Usual }
        };
        let (outcomes, seen) = three(trouble).await;
        assert_eq!(outcomes, ["accepted", outcome, "accepted"], "{answer}");
        assert_eq!(reached(&seen), ["a@x.example", "c@x.example"], "{answer}");
        assert_eq!(seen.connections, 1, "{answer}");
    }
}

#[tokio::test]
async fn a_relay_that_waits_for_a_message_without_a_recipient_gets_none() {
    let trouble = |what: &str| match what {
        "RCPT TO:<b@x.example>" => Act::Say("550 5.1.1 no such user"),
        "DATA" => Act::Say("354 go on all the same"),
        _ => Act::Usual,
    };
    let (outcomes, seen) = three(trouble).await;
    assert_eq!(outcomes, ["accepted", "gone", "accepted"]);
    assert_eq!(reached(&seen), ["a@x.example", "c@x.example"]);
    assert_eq!(seen.connections, 2);
}

#[tokio::test]
async fn an_answer_to_the_message_itself_decides_about_it() {
    for (answer, outcome) in [
        ("451 4.7.1 later", "later"),
        ("550 5.7.1 looks like spam", "refused"),
        ("554 no", "refused"),
    ] {
        let trouble = move |what: &str| if what == "END" { Act::Say(answer) } else { Act::Usual };
        let (outcomes, seen) = three(trouble).await;
        assert_eq!(outcomes, ["accepted", outcome, "accepted"], "{answer}");
        assert_eq!(seen.connections, 1, "{answer}");
        assert_eq!(reached(&seen), ["a@x.example", "c@x.example"], "{answer}");
    }
}

#[tokio::test]
async fn a_line_cut_before_the_final_dot_means_that_nothing_was_accepted() {
    for place in ["RCPT TO:<b@x.example>", "DATA"] {
        let trouble = move |what: &str| if what == place { Act::Cut } else { Act::Usual };
        let (outcomes, seen) = three(trouble).await;
        assert_eq!(outcomes, ["accepted", "later", "accepted"], "{place}");
        assert_eq!(reached(&seen), ["a@x.example", "c@x.example"], "{place}");
        assert_eq!(seen.connections, 2, "{place}");
    }
}

#[tokio::test]
async fn a_line_cut_while_a_large_message_is_written_means_later() {
    let (fake, mut line) = plain(|(_, _, what)| match what {
        "BODY" => Act::Cut,
        _ => Act::Usual,
    })
    .await;
    // Larger than what the system buffers, so that the cut is met while writing.
    let mut setup = Setup::new(|(_, _, what)| if what == "BODY" { Act::Cut } else { Act::Usual });
    setup.able = vec!["PIPELINING"];
    let large = FakeRelay::start(setup).await;
    let mut to_large = connection(relay(&large, Security::Plain), no_trust());
    let body = vec![b'x'; 64 * 1024 * 1024];
    assert_eq!(word(&to_large.send(FROM, "a@x.example", &body).await), "later");
    // A small one has left the house when the cut is met: nobody can know.
    assert_eq!(word(&line.send(FROM, "a@x.example", BODY).await), "unknown");
    assert_eq!(fake.seen().mails.len() + large.seen().mails.len(), 0);
}

#[tokio::test]
async fn a_line_cut_or_silent_after_the_final_dot_means_that_nobody_knows() {
    let cut = |what: &str| if what == "END" { Act::Cut } else { Act::Usual };
    let (outcomes, seen) = three(cut).await;
    assert_eq!(outcomes, ["accepted", "unknown", "accepted"]);
    assert_eq!(reached(&seen), ["a@x.example", "b@x.example", "c@x.example"]);

    let hang = |(_, _, what): Step<'_>| if what == "END" { Act::Hang } else { Act::Usual };
    let fake = FakeRelay::start(Setup::new(hang)).await;
    let mut relay = relay(&fake, Security::Plain);
    relay.limits.data = Duration::from_millis(100);
    let mut line = connection(relay, no_trust());
    assert_eq!(word(&line.send(FROM, "a@x.example", BODY).await), "unknown");
}

#[tokio::test]
async fn a_relay_that_closes_a_kept_connection_between_mails_costs_nobody_a_mail() {
    for act in [Act::Cut, Act::SayAndCut("421 4.4.2 idle too long")] {
        let script = move |(connection, mail, what): Step<'_>| {
            if (connection, mail) == (1, 2) && what.starts_with("MAIL") {
                act.clone()
            } else {
                Act::Usual
            }
        };
        let (fake, mut line) = plain(script).await;
        for to in ["a@x.example", "b@x.example"] {
            assert_eq!(word(&line.send(FROM, to, BODY).await), "accepted");
        }
        assert_eq!(reached(&fake.seen()), ["a@x.example", "b@x.example"]);
        assert_eq!(fake.seen().connections, 2);
    }
}

#[tokio::test]
async fn a_relay_that_turns_us_away_is_a_channel_that_is_down() {
    for (place, answer) in [
        ("GREETING", "421 4.3.2 too many connections"),
        ("GREETING", "554 5.7.1 not from there"),
        ("EHLO lindenhof.example", "421 4.3.2 shutting down"),
        ("MAIL", "421 4.3.2 shutting down"),
        ("MAIL", "530 5.7.0 sign in first"),
        ("MAIL", "550 5.1.8 sender refused"),
        ("RCPT", "421 4.3.2 shutting down"),
        ("GREETING", "HTTP/1.1 400 Bad Request"),
    ] {
        let script = move |(_, _, what): Step<'_>| {
            if what.starts_with(place) { Act::Say(answer) } else { Act::Usual }
        };
        let (fake, mut line) = plain(script).await;
        let outcome = line.send(FROM, "a@x.example", BODY).await;
        assert_eq!(word(&outcome), "channel down", "{place} {answer} {outcome:?}");
        assert_eq!(fake.seen().connections, 1, "{place} {answer}");
        assert_eq!(fake.seen().mails.len(), 0);
    }
    let (fake, mut line) = plain(|_| Act::Usual).await;
    drop(fake);
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = closed.local_addr().unwrap().port();
    drop(closed);
    assert_eq!(word(&line.send(FROM, "a@x.example", BODY).await), "accepted");
    let fake = FakeRelay::start(Setup::new(|_| Act::Usual)).await;
    let mut relay = relay(&fake, Security::Plain);
    relay.port = port;
    let mut line = connection(relay, no_trust());
    assert_eq!(word(&line.send(FROM, "a@x.example", BODY).await), "channel down");
}

#[tokio::test]
async fn a_silent_relay_ends_by_the_time_limit() {
    for place in ["GREETING", "EHLO"] {
        let script = move |(_, _, what): Step<'_>| {
            if what.starts_with(place) { Act::Hang } else { Act::Usual }
        };
        let fake = FakeRelay::start(Setup::new(script)).await;
        let mut relay = relay(&fake, Security::Plain);
        relay.limits.reply = Duration::from_millis(100);
        let mut line = connection(relay, no_trust());
        let outcome = line.send(FROM, "a@x.example", BODY).await;
        assert_eq!(word(&outcome), "channel down");
        assert!(format!("{outcome:?}").contains("no answer from the relay within 0.1 s"));
    }
}

async fn secure(
    name: &str,
    implicit: bool,
    able: Vec<&'static str>,
    script: impl Fn(Step<'_>) -> Act + Send + Sync + 'static,
) -> (FakeRelay, Relay, Trust) {
    let (acceptor, trust) = certificate(name);
    let mut setup = Setup::new(script);
    setup.tls = Some(acceptor);
    setup.implicit = implicit;
    setup.able = able;
    let fake = FakeRelay::start(setup).await;
    let mut relay = relay(&fake, if implicit { Security::Tls } else { Security::StartTls });
    relay.login = Some(("erika".to_owned(), Secret::new("geheim")));
    (fake, relay, trust)
}

#[tokio::test]
async fn credentials_and_mails_go_over_an_encrypted_line_only() {
    for (implicit, able) in [
        (false, vec!["PIPELINING", "STARTTLS", "AUTH PLAIN LOGIN"]),
        (false, vec!["STARTTLS", "AUTH LOGIN"]),
        (true, vec!["PIPELINING", "AUTH PLAIN"]),
        (true, vec!["AUTH=LOGIN"]),
    ] {
        let (fake, relay, trust) = secure("127.0.0.1", implicit, able, |_| Act::Usual).await;
        let mut line = connection(relay, trust);
        for to in ["a@x.example", "b@x.example"] {
            let outcome = line.send(FROM, to, BODY).await;
            assert_eq!(word(&outcome), "accepted", "{outcome:?}");
        }
        let seen = fake.seen();
        assert_eq!((seen.mails.len(), seen.connections), (2, 1));
        if !implicit {
            let secret = seen.commands.iter().position(|one| one.starts_with("AUTH")).unwrap();
            let tls = seen.commands.iter().position(|one| one == "STARTTLS").unwrap();
            assert!(tls < secret);
        }
    }
}

#[tokio::test]
async fn without_a_trusted_encrypted_line_not_even_the_user_name_is_sent() {
    let able = || vec!["PIPELINING", "STARTTLS", "AUTH PLAIN LOGIN"];
    let cases: [(&str, Vec<&'static str>, Act, bool, &str); 4] = [
        ("127.0.0.1", vec!["AUTH PLAIN LOGIN"], Act::Usual, true, "does not offer STARTTLS"),
        ("127.0.0.1", able(), Act::Say("454 4.7.0 not now"), true, "refused STARTTLS"),
        ("127.0.0.1", able(), Act::Usual, false, "does not trust"),
        ("other.example", able(), Act::Usual, true, "for another name"),
    ];
    for (name, able, at_starttls, trusted, told) in cases {
        let script = move |(_, _, what): Step<'_>| {
            if what == "STARTTLS" { at_starttls.clone() } else { Act::Usual }
        };
        let (fake, relay, trust) = secure(name, false, able, script).await;
        let mut line = connection(relay, if trusted { trust } else { no_trust() });
        let outcome = line.send(FROM, "a@x.example", BODY).await;
        assert_eq!(word(&outcome), "channel down");
        assert!(format!("{outcome:?}").contains(told), "{outcome:?} {told}");
        let commands = fake.seen().commands;
        assert!(!commands.iter().any(|one| one.starts_with("AUTH") || one.starts_with("MAIL")));
    }
}

#[tokio::test]
async fn answers_smuggled_in_before_the_encryption_are_not_believed() {
    let script = |(_, _, what): Step<'_>| match what {
        "STARTTLS" => Act::Say("220 go\n250 smuggled"),
        _ => Act::Usual,
    };
    let (_fake, relay, trust) = secure("127.0.0.1", false, vec!["STARTTLS"], script).await;
    let outcome = connection(relay, trust).send(FROM, "a@x.example", BODY).await;
    assert_eq!(word(&outcome), "channel down");
}

#[tokio::test]
async fn a_wrong_password_is_a_channel_that_is_down_and_says_so() {
    let able = vec!["STARTTLS", "AUTH PLAIN"];
    let (_fake, mut relay, trust) = secure("127.0.0.1", false, able, |_| Act::Usual).await;
    relay.login = Some(("erika".to_owned(), Secret::new("falsch")));
    let mut line = connection(relay, trust);
    let outcome = line.send(FROM, "a@x.example", BODY).await;
    assert_eq!(word(&outcome), "channel down");
    let told = line.try_out().await.unwrap_err();
    assert_eq!(told, "the relay refused user and password; check both: 535 5.7.8 wrong password");
}

#[tokio::test]
async fn what_this_relay_cannot_take_is_refused_before_it_is_sent() {
    let (fake, mut line) = plain(|_| Act::Usual).await;
    let large = vec![b'x'; 100_001];
    let umlaut = "Grüße\r\n".as_bytes();
    for (to, body) in [
        ("jürgen@x.example", BODY),
        ("a@x.example\r\nRCPT TO:<b@x.example>", BODY),
        ("a@x.example", large.as_slice()),
    ] {
        assert_eq!(word(&line.send(FROM, to, body).await), "refused", "{to}");
    }
    assert_eq!(word(&line.send(FROM, "a@x.example", umlaut).await), "accepted");
    let seen = fake.seen();
    assert_eq!(reached(&seen), ["a@x.example"]);
    assert!(seen.commands.iter().any(|one| one.ends_with(" BODY=8BITMIME")));
    assert_eq!(seen.commands.iter().filter(|one| one.starts_with("MAIL")).count(), 1);
}

#[tokio::test]
async fn an_address_with_umlauts_is_sent_where_the_relay_knows_how() {
    let mut setup = Setup::new(|_| Act::Usual);
    setup.able = vec!["PIPELINING", "SMTPUTF8"];
    let fake = FakeRelay::start(setup).await;
    let mut line = connection(relay(&fake, Security::Plain), no_trust());
    assert_eq!(word(&line.send(FROM, "jürgen@müller.example", BODY).await), "accepted");
    let seen = fake.seen();
    assert!(seen.commands.contains(&format!("MAIL FROM:<{FROM}> SMTPUTF8")));
    assert_eq!(reached(&seen), ["jürgen@xn--mller-kva.example"]);
}

#[tokio::test]
async fn trying_out_signs_in_and_sends_nothing() {
    let able = vec!["PIPELINING", "STARTTLS", "AUTH PLAIN"];
    let (fake, relay, trust) = secure("127.0.0.1", false, able, |_| Act::Usual).await;
    let told = connection(relay, trust).try_out().await.unwrap();
    assert_eq!(told, "the relay answers, encrypted, takes several commands at once");
    assert_eq!(fake.seen().commands.last().map(String::as_str), Some("QUIT"));
    assert!(!fake.seen().commands.iter().any(|one| one.starts_with("MAIL")));
}
