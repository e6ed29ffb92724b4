use std::io::Read as _;
use std::net::SocketAddr;
use std::process::Stdio;

use notlicht::demo::example::Places;
use notlicht::demo::sink::{Ledger, Options, Sink};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::house::{House, PATIENCE, Serving, files, until};

/// What must never be seen by the world, be in the log, or be exported unasked: names, numbers and
/// addresses of people, secrets, and why somebody did something.
const CANARIES: [&str; 11] = [
    "Kanarienvogel",
    "kanari-staff",
    "23125 777",
    "kanari-one",
    "kanari-two",
    "kanari-form",
    "geheim-kanari",
    "kanari-reason",
    "kanari-why",
    "kanari-consent",
    "kanari-account",
];

/// What stands in the handbook, and so in an export, and is nobody's business all the same.
const INTERNAL: [&str; 3] = ["kanari-contract", "kanari-hours", "kanari-hook"];

#[tokio::test]
async fn nobodys_name_or_address_is_in_a_public_byte_or_in_the_log() {
    let options = Options { refuse_first_try: true, ..Options::default() };
    let sink = Sink::start("127.0.0.1:0".parse().unwrap(), options).await.unwrap();
    let house = house(&sink);
    house.good(&["apply", "h", "--reason", "kanari-why"]).await;
    house.good(&["import", "people.csv", "--consent", "kanari-consent"]).await;
    account(&house).await;
    let mut command = house.command(&crate::house::SERVE);
    command.env("NOTLICHT_LOG", "debug");
    let serving = house.serve_as(command).await;
    house.good(&["incident", "declare", "--plan", "shop-down"]).await;
    house.good(&["incident", "release"]).await;
    // Two subscribers and four of the staff, the latter alerted and told.
    sink.wait_for(10, PATIENCE).await.unwrap();
    let told = sink.received().iter().any(|one| one.recipient.contains("kanari-one"));
    assert!(told, "a canary was told, so that there was something to keep quiet about");
    house.good(&["incident", "resolve"]).await;
    sink.wait_for(16, PATIENCE).await.unwrap();
    house.good(&["incident", "declare", "--plan", "forum-down"]).await;
    house.good(&["incident", "veto", "--reason", "kanari-reason"]).await;
    subscribe(&serving).await;
    let written = |ledger: &Ledger| ledger.iter().any(|one| one.recipient.contains("kanari-form"));
    sink.wait_until(PATIENCE, written).await.unwrap();
    serving.shows("/de/history", "Der Shop geht wieder.", PATIENCE).await;
    assert_eq!(serving.get("/leave/abc").await.0, 404);

    let public = files(&house.path("d/page"));
    assert!(public.len() > 15, "{} files", public.len());
    for (file, bytes) in public {
        secret(&file, &String::from_utf8_lossy(&bytes));
        let path = format!("/{}", file.trim_end_matches("index.html").trim_end_matches('/'));
        for coding in ["identity", "gzip", "br"] {
            let served = packed(serving.at, &path, coding).await;
            secret(&format!("{path} ({coding})"), &served);
        }
    }
    for path in ["/de/", "/de/subscribe", "/console/sign-in", "/nowhere"] {
        secret(path, &serving.get(path).await.1);
    }
    assert!(serving.log().contains("DEBUG"), "the log holds all that it can");
    secret("the log", &serving.log());
    house.good(&["export", "out"]).await;
    let mut exported = String::new();
    for (file, bytes) in files(&house.path("out")) {
        clean(&file, &String::from_utf8_lossy(&bytes), &CANARIES);
        exported.push_str(&String::from_utf8_lossy(&bytes));
    }
    assert!(INTERNAL.iter().all(|canary| exported.contains(canary)), "the handbook is whole");
    house.good(&["export", "with", "--contacts"]).await;
    assert!(house.read("with/contacts.toml").contains("Kanarienvogel"), "where it is asked for");
}

/// An installation with a canary in each place that is nobody's business.
fn house(sink: &Sink) -> House {
    let nobody = "127.0.0.1:9".parse().unwrap();
    let house = House::watching(Places {
        page: nobody,
        mail: sink.address(),
        shop: nobody,
        pages: nobody,
        database: nobody,
    })
    .with(&["--allow-private", "--secrets", "s"]);
    let system = house.read("h/system.toml");
    house.write("h/system.toml", &system[..system.find("[monitor.login]").unwrap()]);
    house.change("h/contacts.toml", "Erika Mustermann", "Erika Kanarienvogel");
    house.change("h/contacts.toml", "erika@lindenhof", "kanari-staff@lindenhof");
    house.change("h/contacts.toml", "+49 30 23125 101", "+49 30 23125 777");
    house.change("h/people.toml", "Ordner „Verträge“, Nummer LH-2207", "kanari-contract");
    house.change("h/people.toml", "hours = \"24/7\"", "hours = \"kanari-hours\"");
    house.change("h/channels.toml", "/hooks/team-chat", "/hooks/kanari-hook");
    house.write("s/chat-signing", "geheim-kanari");
    house.write("s/hoster-signing", "geheim-kanari");
    house.write("people.csv", "kanari-one@example.org,de\nkanari-two@example.org,en\n");
    house
}

fn clean(what: &str, text: &str, canaries: &[&str]) {
    for canary in canaries {
        assert!(!text.contains(canary), "“{canary}” is in {what}: {text}");
    }
}

fn secret(what: &str, text: &str) {
    clean(what, text, &CANARIES);
    clean(what, text, &INTERNAL);
}

/// Somebody who can sign in.
async fn account(house: &House) {
    let mut command = house.command(&["account", "add", "kanari-account"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"geheim-kanari, and long enough\n").await.unwrap();
    assert!(child.wait().await.unwrap().success());
}

/// Somebody subscribes by the form, as soon as it no longer looks like a program's doing.
async fn subscribe(serving: &Serving) {
    let form = serving.get("/de/subscribe").await.1;
    let (_, stamp) = form.split_once("name=\"stamp\" value=\"").unwrap();
    let stamp = stamp.split('"').next().unwrap();
    let body = format!(
        "address=kanari-form%40example.org&language=de&stamp={stamp}&component=shop&website="
    );
    let sent = || async {
        let head = format!(
            "POST /subscribe HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}",
            body.len()
        );
        raw(serving.at, &head, &body).await.starts_with(b"HTTP/1.1 303").then_some(())
    };
    assert!(until(PATIENCE, sent).await.is_some(), "the form is never taken");
}

/// What the page answers in this coding, unpacked.
async fn packed(at: SocketAddr, path: &str, coding: &str) -> String {
    let head = format!("GET {path} HTTP/1.1\r\nAccept-Encoding: {coding}");
    let answer = raw(at, &head, "").await;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let (head, body) = (String::from_utf8_lossy(&answer[..end]), &answer[end + 4..]);
    let mut plain = Vec::new();
    if head.contains("content-encoding: gzip") {
        flate2::read::GzDecoder::new(body).read_to_end(&mut plain).unwrap();
    } else if head.contains("content-encoding: br") {
        brotli::BrotliDecompress(&mut &*body, &mut plain).unwrap();
    } else {
        plain = body.to_vec();
    }
    format!("{head}{}", String::from_utf8(plain).unwrap())
}

#[expect(clippy::disallowed_methods, reason = "a visitor is not guarded")]
async fn raw(at: SocketAddr, head: &str, body: &str) -> Vec<u8> {
    let mut tcp = TcpStream::connect(at).await.unwrap();
    let asked = format!("{head}\r\nHost: {at}\r\nConnection: close\r\n\r\n{body}");
    tcp.write_all(asked.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    tcp.read_to_end(&mut answer).await.unwrap();
    answer
}
