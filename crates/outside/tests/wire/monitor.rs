//! Probes, and how they tell what they saw.

use std::time::Duration;

use model::handbook::system::Probe;
use model::value::Span;
use outside::guard::Guard;
use outside::http::{Http, Way};
use outside::monitor;
use outside::monitor::http::{self, HttpSpec};
use outside::monitor::tcp::{self, TcpSpec};
use outside::tls::Trust;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

use crate::http::{call, client};
use crate::page::{Act, Page};
use crate::relay::{certificate, certificate_until};

const LIMIT: Duration = Duration::from_secs(5);

fn open() -> Guard {
    Guard::new(true, Vec::new())
}

async fn look(page: &Page, path: &str, change: impl Fn(&mut HttpSpec)) -> (bool, String) {
    let mut spec = HttpSpec::new(page.url(path), LIMIT);
    change(&mut spec);
    let finding = http::probe(&client(open()), &spec).await;
    (finding.ok, finding.detail)
}

fn fine(detail: &str) -> (bool, String) {
    (true, detail.to_owned())
}

fn bad(detail: &str) -> (bool, String) {
    (false, detail.to_owned())
}

#[tokio::test]
async fn a_page_is_fine_or_the_finding_says_in_plain_words_what_is_wrong() {
    let latin = b"Stra\xdfe".to_vec();
    let kind = ("content-type", "text/html; charset=ISO-8859-1".to_owned());
    let page = Page::start(move |path| match path {
        "/busy" => Act::page(503, "later"),
        "/moved" => Act::redirect("/"),
        "/latin" => Act::Answer(200, vec![kind.clone()], latin.clone()),
        _ => Act::page(200, "Ihr Warenkorb ist leer"),
    })
    .await;
    assert_eq!(look(&page, "/", |_| ()).await, fine("answers 200"));
    assert_eq!(look(&page, "/busy", |_| ()).await, bad("answers 503 instead of 200"));
    assert_eq!(look(&page, "/moved", |_| ()).await, bad("answers 302 instead of 200"));
    assert_eq!(look(&page, "/moved", |spec| spec.redirects = true).await, fine("answers 200"));
    let odd = |spec: &mut HttpSpec| spec.expected = vec![204..=204, 500..=503];
    assert_eq!(look(&page, "/", odd).await, bad("answers 200 instead of 204 or 500 to 503"));
    assert_eq!(look(&page, "/busy", odd).await, fine("answers 503"));
    let word = |spec: &mut HttpSpec| spec.words = vec!["Warenkorb".into(), "voll".into()];
    assert_eq!(look(&page, "/", word).await, bad("the word “voll” is missing"));
    let bad_word = |spec: &mut HttpSpec| spec.bad_words = vec!["leer".into()];
    assert_eq!(look(&page, "/", bad_word).await, bad("the word “leer” is in the page"));
    let street = |spec: &mut HttpSpec| spec.words = vec!["Straße".into()];
    assert_eq!(look(&page, "/latin", street).await, fine("answers 200"));
    let short = |spec: &mut HttpSpec| {
        spec.words = vec!["leer".into()];
        spec.most = 10;
    };
    let told = bad("the word “leer” is missing in the part that was read");
    assert_eq!(look(&page, "/", short).await, told);
    assert_eq!(look(&page, "/", |spec| spec.head = true).await, fine("answers 200"));
    assert!(page.requests().last().unwrap().starts_with("HEAD / "));
}

#[tokio::test]
async fn a_dead_or_silent_server_is_a_finding_and_not_an_error() {
    let page = Page::start(|_| Act::Silence).await;
    let slow = look(&page, "/", |spec| spec.limit = Duration::from_millis(200)).await;
    assert_eq!(slow, bad("no answer within 0.2 s"));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
    drop(listener);
    let finding = http::probe(&client(open()), &HttpSpec::new(url, LIMIT)).await;
    assert_eq!((finding.ok, finding.detail.as_str()), (false, "no connection (refused)"));
}

#[tokio::test]
async fn a_probe_of_a_forbidden_address_says_so() {
    let url = "http://169.254.169.254/".parse().unwrap();
    let finding = http::probe(&client(open()), &HttpSpec::new(url, LIMIT)).await;
    assert!(!finding.ok);
    assert!(finding.detail.contains("metadata"), "{}", finding.detail);
}

#[tokio::test]
async fn a_port_is_fine_when_the_right_program_answers() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _gone = stream.write_all(b"SSH-2.0-OpenSSH\r\n").await;
        }
    });
    let look = async |banner: Option<&str>| {
        let banner = banner.map(str::to_owned);
        let spec = TcpSpec { host: "127.0.0.1".into(), port, banner, limit: LIMIT };
        let finding = tcp::probe(&open(), &spec).await;
        (finding.ok, finding.detail)
    };
    assert_eq!(look(None).await, fine("takes connections"));
    assert_eq!(look(Some("SSH-2.0")).await, fine("answers “SSH-2.0”"));
    assert_eq!(look(Some("220 ")).await, bad("answers “SSH-” instead of “220 ”"));
    let long = "SSH-2.0-OpenSSH\r\nand much more";
    assert!(!look(Some(long)).await.0);
}

#[tokio::test]
async fn a_closed_or_silent_port_is_a_finding() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let limit = Duration::from_millis(200);
    let mut spec = TcpSpec { host: "127.0.0.1".into(), port, banner: Some("220".into()), limit };
    let finding = tcp::probe(&open(), &spec).await;
    assert_eq!((finding.ok, finding.detail.as_str()), (false, "no answer within 0.2 s"));
    assert!(finding.millis >= 200, "{}", finding.millis);
    drop(listener);
    spec.banner = None;
    let finding = tcp::probe(&open(), &spec).await;
    let told = format!("no connection to 127.0.0.1 port {port} (refused)");
    assert_eq!((finding.ok, finding.detail), (false, told));
}

#[tokio::test]
async fn a_probe_of_the_handbook_is_carried_out_as_it_stands_there() {
    let page = Page::start(|path| match path {
        "/moved" => Act::redirect("/end"),
        _ => Act::page(200, &format!("{}Warenkorb", " ".repeat(200_000))),
    })
    .await;
    let timeout = Span::seconds(5);
    let http = |url: String, status, contains: &[&str], follow| Probe::Http {
        url,
        status,
        contains: contains.iter().map(|word| (*word).to_owned()).collect(),
        lacks: Vec::new(),
        timeout,
        follow,
    };
    let port = page.address.port();
    let tcp = Probe::Tcp { host: "127.0.0.1".into(), port, banner: None, timeout };
    let moved = page.url("/moved").to_string();
    for (probe, seen) in [
        (http(moved.clone(), vec![200], &["Warenkorb"], true), fine("answers 200")),
        (http(moved.clone(), vec![], &[], false), bad("answers 302 instead of 200")),
        (http(moved, vec![301, 302], &[], false), fine("answers 302")),
        (
            http("shop".into(), vec![], &[], false),
            bad("“shop” is no address; write https:// and a host"),
        ),
        (tcp, fine("takes connections")),
    ] {
        let finding = monitor::look(&client(open()), &probe).await.unwrap();
        assert_eq!((finding.ok, finding.detail), seen);
    }
    let beat = Probe::Heartbeat { grace: timeout };
    assert_eq!(monitor::look(&client(open()), &beat).await, None);
}

#[tokio::test]
async fn a_bad_certificate_is_a_finding_in_plain_words_and_is_never_passed_over() {
    let none = || Trust::new(Vec::new()).unwrap();
    let (good, its_trust) = certificate("127.0.0.1");
    let (other, other_trust) = certificate("other.example");
    let (old, old_trust) = certificate_until("127.0.0.1", 2020);
    let stranger = "its certificate comes from an authority that this machine does not trust";
    for (tls, trust, seen) in [
        (good.clone(), its_trust, fine("answers 200")),
        (good, none(), bad(stranger)),
        (other, other_trust, bad("its certificate is for another name")),
        (old, old_trust, bad("its certificate has expired")),
    ] {
        let page = Page::start_tls(tls, |_| Act::page(200, "secret")).await;
        let url: url::Url = format!("https://{}/", page.address).parse().unwrap();
        let http = Http::new(open(), &trust).unwrap();
        let finding = http::probe(&http, &HttpSpec::new(url.clone(), LIMIT)).await;
        assert_eq!((finding.ok, &finding.detail), (seen.0, &seen.1));
        let told = http.call(call(url, Way::Kept)).await;
        assert_eq!(told.as_ref().map(|answer| answer.status).ok(), seen.0.then_some(200));
        assert!(told.err().is_none_or(|why| why.to_string() == seen.1));
        assert_eq!(page.requests().len(), 2 * usize::from(seen.0));
    }
}
