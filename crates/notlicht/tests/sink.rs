//! The sink counts what people receive, so it must itself be right.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![expect(clippy::disallowed_methods, reason = "a rude client speaks to the sink byte by byte")]

use std::time::Duration;

use model::dispatch::Outcome;
use notlicht::demo::sink::{Options, Sink};
use outside::channel::email::smtp::{Connection, Limits, Relay, Security};
use outside::guard::Guard;
use outside::tls::Trust;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const PATIENCE: Duration = Duration::from_secs(20);

async fn sink(options: Options) -> Sink {
    Sink::start("127.0.0.1:0".parse().unwrap(), options).await.unwrap()
}

fn client(sink: &Sink) -> Connection {
    let relay = Relay {
        host: sink.address().ip().to_string(),
        port: sink.address().port(),
        security: Security::Plain,
        login: None,
        greet_as: "lindenhof.example".into(),
        limits: Limits::default(),
    };
    Connection::new(Guard::new(true, vec![]), Trust::new(vec![]).unwrap(), relay)
}

fn mail(id: &str, text: &str) -> String {
    let subject = "=?utf-8?q?Der_Shop_geht_gerade_nicht=2E?=";
    let date = "Tue, 24 Nov 2026 12:52:00 +0000";
    format!(
        "From: Lindenhof <lage@lindenhof.example>\r\nTo: erika@example.org\r\n\
         Subject: {subject}\r\nDate: {date}\r\nMessage-ID: <{id}>\r\n\r\n{text}\r\n"
    )
}

/// Says something and gives what comes back until the sink hangs up.
async fn talk(sink: &Sink, said: &str) -> String {
    let mut tcp = TcpStream::connect(sink.address()).await.unwrap();
    tcp.write_all(said.as_bytes()).await.unwrap();
    let mut heard = String::new();
    let reading = tcp.read_to_string(&mut heard);
    tokio::time::timeout(PATIENCE, reading).await.unwrap().unwrap();
    heard
}

fn codes(heard: &str) -> Vec<&str> {
    heard.lines().filter(|line| line.as_bytes()[3] == b' ').map(|line| &line[..3]).collect()
}

#[tokio::test]
async fn a_mail_that_our_own_client_sends_arrives_as_it_was_written() {
    let sink = sink(Options::default()).await;
    let mut client = client(&sink);
    let body = mail("one@lindenhof.example", ".\r\n..two dots\r\nGrüße");
    let to = "erika@example.org";
    let refused = client.send("lage@lindenhof.example", "no address", body.as_bytes()).await;
    assert!(matches!(refused, Outcome::Refused { .. }), "{refused:?}");
    for _ in 0..2 {
        let sent = client.send("lage@lindenhof.example", to, body.as_bytes()).await;
        assert!(matches!(sent, Outcome::Accepted { .. }), "{sent:?}");
    }
    sink.wait_for(2, PATIENCE).await.unwrap();
    let received = sink.received();
    assert_eq!(received.len(), 1, "a repeat is the same message");
    assert_eq!(received[0].arrivals, 2);
    assert_eq!(received[0].recipient, to);
    assert_eq!(received[0].message_id, "<one@lindenhof.example>");
    assert_eq!(received[0].notice.subject, "Der Shop geht gerade nicht.");
    let raw = sink.look(|ledger| ledger.newest()[0].raw.clone());
    assert_eq!(String::from_utf8(raw).unwrap(), body, "dots are undone, nothing else is changed");
    sink.reset();
    assert!(sink.received().is_empty());
}

#[tokio::test]
async fn a_whole_conversation_in_one_write_is_answered_in_order() {
    let sink = sink(Options::default()).await;
    let body = mail("two@lindenhof.example", "Hallo");
    let one = format!("MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n{body}.\r\n");
    let heard = talk(&sink, &format!("EHLO b.example\r\n{one}{one}RSET\r\nQUIT\r\n")).await;
    let expected =
        ["220", "250", "250", "250", "354", "250", "250", "250", "354", "250", "250", "221"];
    assert_eq!(codes(&heard), expected, "{heard}");
    for able in ["PIPELINING", "8BITMIME", "SMTPUTF8", "SIZE"] {
        assert!(heard.contains(able), "{heard}");
    }
    assert_eq!(sink.received()[0].arrivals, 2);
}

#[tokio::test]
async fn what_breaks_the_standard_is_not_counted_as_received() {
    let sink = sink(Options::default()).await;
    let begin = "EHLO b.example\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n";
    let good = mail("three@lindenhof.example", "Hallo");
    let long = "x".repeat(999);
    for body in [
        good.replace("Hallo", "a\nb"),
        good.replace("Hallo", "a\rb"),
        good.replace("Hallo", "a\n.\r\nb"),
        good.replace("Hallo", "Grüße"),
        good.replace("Hallo", &long),
        good.replace("Message-ID", "X-Id"),
        good.replace("Subject: ", "Message-ID: <x@y.example>\r\nSubject: "),
    ] {
        let heard = talk(&sink, &format!("{begin}{body}.\r\nQUIT\r\n")).await;
        assert_eq!(codes(&heard), ["220", "250", "250", "250", "354", "554", "221"], "{body}");
    }
    let order = "RCPT TO:<c@d.example>\r\nDATA\r\nMAIL FROM:<a@b.example>\r\nEHLO b.example\r\n\
                 DATA\r\nMAIL FROM:<a@b.example>\r\nMAIL FROM:<a@b.example>\r\nDATA\r\nQUIT\r\n";
    let heard = talk(&sink, order).await;
    let expected = ["220", "503", "503", "503", "250", "503", "250", "503", "554", "221"];
    assert_eq!(codes(&heard), expected, "{heard}");
    let heard = talk(&sink, "EHLO b.example\nQUIT\r\n").await;
    assert_eq!(codes(&heard), ["220", "500"], "{heard}");
    assert_eq!(sink.look(|ledger| ledger.arrivals()), 0);
}

#[tokio::test]
async fn a_sink_that_refuses_the_first_try_takes_the_second() {
    let sink = sink(Options { refuse_first_try: true, ..Options::default() }).await;
    let mut client = client(&sink);
    let body = mail("four@lindenhof.example", "Hallo");
    let mut outcomes = Vec::new();
    for _ in 0..2 {
        let (from, to) = ("lage@lindenhof.example", "erika@example.org");
        outcomes.push(client.send(from, to, body.as_bytes()).await);
    }
    assert!(matches!(outcomes[0], Outcome::Later { .. }), "{outcomes:?}");
    assert!(matches!(outcomes[1], Outcome::Accepted { .. }), "{outcomes:?}");
    assert_eq!(sink.received()[0].arrivals, 1);
}

#[tokio::test]
async fn a_mail_counts_as_received_although_the_sender_dies_before_the_answer() {
    let delay = Duration::from_secs(3600);
    let sink = sink(Options { delay, ..Options::default() }).await;
    let body = mail("five@lindenhof.example", "Hallo");
    let said = format!(
        "EHLO b.example\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n{body}.\r\n"
    );
    let mut tcp = TcpStream::connect(sink.address()).await.unwrap();
    tcp.write_all(said.as_bytes()).await.unwrap();
    sink.wait_for(1, PATIENCE).await.unwrap();
    drop(tcp);
    assert_eq!(sink.received()[0].arrivals, 1);
    let tired = sink.wait_for(2, Duration::from_millis(10)).await.unwrap_err();
    assert!(tired.to_string().contains("so far 1"), "{tired}");
}
