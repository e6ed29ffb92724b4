//! Bounces are read from a real mailbox server, and nothing in the mailbox is changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::dispatch::Bounce;
use model::handbook::channel::Channel;
use outside::channel::inbox::{Batch, Inbox};
use outside::channel::{Wire, adapter};
use outside::guard::Guard;
use outside::http::Http;
use outside::secret::Secrets;
use outside::tls::Trust;

use crate::dovecot::{Dovecot, PASSWORD, USER};

const GONE: &str = include_str!("../bounces/postfix-no-such-user.eml");
const REFUSED: &str = include_str!("../bounces/exchange-mailbox-full.eml");
const DELAYED: &str = include_str!("../bounces/postfix-delayed.eml");
const PROSE: &str = include_str!("../bounces/qmail-prose.eml");

fn mail(sample: &str, number: usize) -> String {
    sample.replace("TOKEN", &format!("t{number}"))
}

fn wire(trust: Trust, password: &str) -> Wire {
    let guard = Guard::new(true, vec![]);
    let http = Http::new(guard.clone(), &trust).unwrap();
    let mut secrets = Secrets::default();
    secrets.insert("bounces-password", password);
    Wire { guard, http, trust, secrets: Arc::new(secrets) }
}

fn channel(server: &str) -> Channel {
    let mut channel = crate::sample::mail_channel();
    let settings = [
        ("bounces", "bounces@x.example"),
        ("bounces_server", server),
        ("bounces_password", "bounces-password"),
    ];
    let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned()));
    channel.settings.extend(BTreeMap::from(settings));
    channel
}

fn inbox(dovecot: &Dovecot, server: &str) -> Box<dyn Inbox> {
    let trust = Trust::with_file(&dovecot.certificate()).unwrap();
    open(&wire(trust, PASSWORD), server)
}

fn open(wire: &Wire, server: &str) -> Box<dyn Inbox> {
    adapter("email").unwrap().inbox(wire, &channel(server)).unwrap().unwrap()
}

/// The names of all mails: behind a colon stands what was marked.
fn names(dovecot: &Dovecot) -> Vec<String> {
    let files = ["new", "cur"]
        .into_iter()
        .flat_map(|folder| std::fs::read_dir(dovecot.mailbox().join(folder)).into_iter().flatten());
    files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}

/// The mailbox is made anew: the numbers of its mails mean others than before.
fn renumber(dovecot: &Dovecot) {
    for file in std::fs::read_dir(dovecot.mailbox()).unwrap() {
        let path = file.unwrap().path();
        if path.ends_with("dovecot-uidlist") {
            // The first line has the validity behind a V.
            let list = std::fs::read_to_string(&path).unwrap();
            let (before, after) = list.split_once(" V").unwrap();
            let (validity, rest) = after.split_once(' ').unwrap();
            let validity = validity.parse::<u32>().unwrap() + 1;
            std::fs::write(&path, format!("{before} V{validity} {rest}")).unwrap();
        } else if path.is_file() {
            std::fs::remove_file(path).unwrap();
        }
    }
}

fn encrypted(dovecot: &Dovecot) -> String {
    format!("imaps://{USER}@127.0.0.1:{}/INBOX", dovecot.tls)
}

/// All batches from a place on.
async fn read_all(inbox: &mut dyn Inbox, from: &str) -> Vec<Batch> {
    let mut batches: Vec<Batch> = Vec::new();
    loop {
        let from = batches.last().map_or(from, |batch| batch.position.as_str()).to_owned();
        let batch = inbox.read(&from).await.unwrap();
        let more = batch.more;
        batches.push(batch);
        if !more {
            return batches;
        }
    }
}

fn tokens(batches: &[Batch]) -> Vec<&str> {
    batches.iter().flat_map(|batch| &batch.reports).map(|one| one.token.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn bounces_are_read_encrypted_from_a_real_mailbox_each_once_and_nothing_is_marked() {
    let Some(mut dovecot) = Dovecot::start().await else { return };
    for (number, sample) in [GONE, DELAYED, REFUSED, PROSE, PROSE].into_iter().enumerate() {
        dovecot.put(&mail(sample, number)).await;
    }
    let server = encrypted(&dovecot);
    let mut inbox = inbox(&dovecot, &server);
    let first = inbox.read("").await.unwrap();
    let [gone, refused] = &first.reports[..] else { panic!("{first:?}") };
    assert_eq!((gone.token.as_str(), gone.bounce), ("1-2-t0", Bounce::Gone));
    assert!(gone.reason.contains("User unknown"), "{}", gone.reason);
    assert_eq!((refused.token.as_str(), refused.bounce), ("1-2-t2", Bounce::Refused));
    assert_eq!((first.unclear, first.more), (2, false));
    let again = inbox.read("").await.unwrap();
    assert_eq!(again, first, "reading changes nothing");
    dovecot.put(&mail(GONE, 7)).await;
    let next = inbox.read(&first.position).await.unwrap();
    assert_eq!(tokens(std::slice::from_ref(&next)), ["1-2-t7"]);
    let nothing = inbox.read(&next.position).await.unwrap();
    assert_eq!((nothing.reports.len(), &nothing.position), (0, &next.position));
    let names = names(&dovecot);
    assert_eq!(names.len(), 6);
    assert!(names.iter().all(|name| !name.contains('S')), "none is seen: {names:?}");
    let seen = inbox.try_out().await.unwrap();
    assert!(seen.contains("6 mails") && seen.contains("encrypted"), "{seen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_mailbox_is_read_in_batches_and_goes_on_where_it_was() {
    const MAILS: usize = 120;
    let Some(mut dovecot) = Dovecot::start().await else { return };
    for number in 0..MAILS {
        dovecot.put(&mail(GONE, number)).await;
    }
    let server = format!("imap://{USER}@127.0.0.1:{}", dovecot.plain);
    let mut first = inbox(&dovecot, &server);
    let begun = first.read("").await.unwrap();
    assert!(begun.more && begun.reports.len() < MAILS);
    // Another process goes on.
    let rest = read_all(&mut *inbox(&dovecot, &server), &begun.position).await;
    let all = [vec![begun], rest].concat();
    let expected: Vec<String> = (0..MAILS).map(|number| format!("1-2-t{number}")).collect();
    assert_eq!(tokens(&all), expected);
    // Other numbers: what was read is read again, and nothing is passed over.
    let position = all.last().unwrap().position.clone();
    renumber(&dovecot);
    let again = read_all(&mut *inbox(&dovecot, &server), &position).await;
    assert_eq!(tokens(&again).len(), MAILS);
    // The place in another mailbox says nothing about this one.
    let other = server.replace("/INBOX", "") + "/inbox";
    let place = again.last().unwrap().position.replace(&server, &other);
    assert_eq!(tokens(&read_all(&mut *inbox(&dovecot, &server), &place).await).len(), MAILS);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_cannot_read_the_mailbox_is_told_why() {
    let Some(dovecot) = Dovecot::start().await else { return };
    let trust = || Trust::with_file(&dovecot.certificate()).unwrap();
    let server = encrypted(&dovecot);
    let fails = async |wire: Wire, server: &str| {
        let mut inbox = open(&wire, server);
        let why = inbox.try_out().await.unwrap_err();
        // Dovecot ends what it answers with how long it took.
        let told = |why: &str| why.split(" (0.").next().unwrap().to_owned();
        assert_eq!(told(&inbox.read("").await.unwrap_err()), told(&why));
        why
    };
    let why = fails(wire(trust(), "wrong"), &server).await;
    assert!(why.contains("user and password") && !why.contains("wrong"), "{why}");
    let why = fails(wire(Trust::new(vec![]).unwrap(), PASSWORD), &server).await;
    assert!(why.contains("no encrypted line to the mailbox server"), "{why}");
    let why = fails(wire(trust(), PASSWORD), &server.replace("INBOX", "Nowhere")).await;
    assert!(why.contains("Nowhere") || why.contains("exist"), "{why}");
    let why = fails(wire(trust(), PASSWORD), &format!("imaps://{USER}@127.0.0.1:1")).await;
    assert!(why.contains("no connection to 127.0.0.1 port 1"), "{why}");
    // A port that does not speak the protocol.
    let web = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = web.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = web.accept().await {
            let _sent =
                tokio::io::AsyncWriteExt::write_all(&mut stream, b"HTTP/1.1 400 no\r\n\r\n").await;
        }
    });
    let why = fails(wire(trust(), PASSWORD), &format!("imap://{USER}@127.0.0.1:{port}")).await;
    assert!(why.contains("turned us away"), "{why}");
}

#[test]
fn a_mailbox_without_an_address_or_a_password_is_no_mailbox() {
    let wire = wire(Trust::new(vec![]).unwrap(), PASSWORD);
    let email = adapter("email").unwrap();
    let opened = |channel: &Channel| match email.inbox(&wire, channel) {
        Ok(inbox) => Ok(inbox.is_some()),
        Err(why) => Err(why.to_string()),
    };
    assert_eq!(opened(&crate::sample::mail_channel()), Ok(false));
    for (left_out, told) in [("bounces", "“bounces”"), ("bounces_password", "“bounces_password”")]
    {
        let mut channel = channel("imaps://me@mail.example");
        channel.settings.remove(left_out);
        assert!(opened(&channel).unwrap_err().contains(told), "{left_out}");
    }
    let why = opened(&channel("imaps://mail.example")).unwrap_err();
    assert!(why.contains("bounces_server") && why.contains("the user is missing"), "{why}");
}
