//! The HTTP client behind the guard.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use outside::guard::{Blocked, Guard, Lookup, Lookups};
use outside::http::{Call, Http, HttpError, Way};
use outside::tls::Trust;
use reqwest::Method;
use reqwest::header::HeaderMap;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use url::Url;

use crate::page::{Act, Page};

pub(crate) fn client(guard: Guard) -> Http {
    Http::new(guard, &Trust::new(Vec::new()).unwrap()).unwrap()
}

pub(crate) fn call(url: Url, way: Way) -> Call {
    Call {
        method: Method::GET,
        url,
        headers: HeaderMap::new(),
        body: Vec::new(),
        way,
        limit: Duration::from_secs(5),
        most: 1000,
    }
}

/// Opens exactly the address of one test server's network, so that the rest of loopback is shut.
fn only_127_0_0_1() -> Guard {
    Guard::new(false, vec!["127.0.0.1/32".parse().unwrap()])
}

#[tokio::test]
async fn a_literal_private_address_is_not_called() {
    let page = Page::start(|_| Act::page(200, "secret")).await;
    let http = client(Guard::new(false, Vec::new()));
    let port = page.address.port();
    for url in [
        format!("http://127.0.0.1:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://0x7f.1:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://[fd00:ec2::254]/latest/meta-data/".to_owned(),
    ] {
        for way in [Way::Kept, Way::Fresh, Way::Following] {
            let error = http.call(call(url.parse().unwrap(), way)).await.unwrap_err();
            assert!(matches!(error, HttpError::Blocked(_)), "{url}: {error}");
        }
    }
    assert_eq!(page.requests().len(), 0);
}

#[tokio::test]
async fn a_redirect_to_a_forbidden_address_is_not_followed() {
    let inner = Page::start(|_| Act::page(200, "secret")).await;
    let port = inner.address.port();
    let page = Page::start(move |path| match path {
        "/loopback" => Act::redirect(format!("http://127.0.0.2:{port}/")),
        "/name" => Act::redirect(format!("http://localhost:{port}/")),
        "/metadata" => Act::redirect("http://169.254.169.254/latest/meta-data/"),
        _ => Act::redirect("file:///etc/passwd"),
    })
    .await;
    // Names resolve to an address beside the one that is open.
    let lookup = Fixed("127.0.0.3".parse().unwrap());
    let open = vec!["127.0.0.1/32".parse().unwrap()];
    let http = client(Guard::with_lookup(false, open, Arc::new(lookup)));
    for path in ["/loopback", "/name", "/metadata"] {
        let error = http.call(call(page.url(path), Way::Following)).await.unwrap_err();
        assert!(matches!(error, HttpError::Blocked(_)), "{path}: {error:?}");
    }
    let file = http.call(call(page.url("/file"), Way::Following)).await.unwrap();
    assert_eq!((file.status, file.body.len()), (302, 0));
    assert_eq!(inner.requests().len(), 0);
    assert_eq!(page.requests().len(), 4);
}

struct Fixed(IpAddr);

impl Lookup for Fixed {
    fn lookup(&self, _name: &str, port: u16) -> Lookups {
        let found = vec![SocketAddr::new(self.0, port)];
        Box::pin(async move { Ok(found) })
    }
}

#[tokio::test]
async fn a_name_that_points_to_the_metadata_address_is_not_called() {
    let lookup = Arc::new(Fixed("169.254.169.254".parse().unwrap()));
    let http = client(Guard::with_lookup(true, Vec::new(), lookup));
    let error = http.call(call("http://shop.example/".parse().unwrap(), Way::Fresh)).await;
    let error = error.unwrap_err();
    assert!(matches!(error, HttpError::Blocked(Blocked::Never { .. })), "{error:?}");
}

#[tokio::test]
async fn redirects_are_followed_only_where_asked_and_not_for_ever() {
    let page = Page::start(|path| match path {
        "/once" => Act::redirect("/there"),
        "/there" => Act::page(200, "arrived"),
        _ => Act::redirect("/again"),
    })
    .await;
    let http = client(only_127_0_0_1());
    let answer = http.call(call(page.url("/once"), Way::Following)).await.unwrap();
    assert_eq!((answer.status, answer.body.as_slice()), (200, b"arrived".as_slice()));
    let answer = http.call(call(page.url("/once"), Way::Kept)).await.unwrap();
    assert_eq!(answer.status, 302);
    let before = page.requests().len();
    let error = http.call(call(page.url("/again"), Way::Following)).await.unwrap_err();
    assert!(matches!(error, HttpError::Redirects), "{error:?}");
    assert_eq!(page.requests().len() - before, 1 + outside::http::REDIRECTS);
}

#[tokio::test]
async fn no_more_of_an_answer_is_read_than_the_limit() {
    let page = Page::start(|path| Act::page(200, &"x".repeat(path.len() * 500))).await;
    let http = client(only_127_0_0_1());
    for way in [Way::Kept, Way::Fresh] {
        let answer = http.call(call(page.url("/"), way)).await.unwrap();
        assert_eq!((answer.body.len(), answer.cut), (500, false));
        let answer = http.call(call(page.url("/longer"), way)).await.unwrap();
        assert_eq!((answer.body.len(), answer.cut), (1000, true));
    }
}

#[tokio::test]
async fn silence_ends_by_the_time_limit_and_a_cut_line_is_told_apart() {
    let page = Page::start(|path| if path == "/cut" { Act::Cut } else { Act::Silence }).await;
    let http = client(only_127_0_0_1());
    for (calls, way) in [(2, Way::Kept), (4, Way::Fresh)] {
        let mut quick = call(page.url("/silent"), way);
        quick.limit = Duration::from_millis(100);
        let error = http.call(quick).await.unwrap_err();
        assert_eq!(error.to_string(), "no answer within 0.1 s");
        let error = http.call(call(page.url("/cut"), way)).await.unwrap_err();
        assert!(matches!(error, HttpError::Broken(_)), "{error:?}");
        assert_eq!(page.requests().len(), calls, "nothing is sent twice");
    }
}

/// Answers what comes over each connection: the first one twice, and then it is closed.
async fn closing_after_two() -> (SocketAddr, tokio::sync::mpsc::UnboundedReceiver<(usize, String)>)
{
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (tell, told) = tokio::sync::mpsc::unbounded_channel();
    tokio::spawn(async move {
        for connection in 0.. {
            let (mut stream, _) = listener.accept().await.unwrap();
            for _ in 0..2 {
                let mut head = vec![0; 4096];
                let read = stream.read(&mut head).await.unwrap();
                let head = String::from_utf8_lossy(&head[..read]).into_owned();
                tell.send((connection, head)).unwrap();
                stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
            }
        }
    });
    (address, told)
}

#[tokio::test]
async fn a_kept_line_is_used_again_and_one_that_was_closed_is_replaced() {
    let (address, mut told) = closing_after_two().await;
    let http = client(only_127_0_0_1());
    let mut lines = Vec::new();
    for number in 0..5 {
        let url = format!("http://me:g%2Dheim@{address}/hook/{number}?a=b#c").parse().unwrap();
        let answer = http.call(call(url, Way::Kept)).await.unwrap();
        assert_eq!(answer.status, 204);
        let (connection, head) = told.recv().await.unwrap();
        lines.push(connection);
        let head = head.to_ascii_lowercase();
        assert!(head.starts_with(&format!("get /hook/{number}?a=b http/1.1\r\n")), "{head}");
        assert!(head.contains(&format!("host: {address}\r\n")), "{head}");
        assert!(head.contains("authorization: basic bwu6zy1ozwlt\r\n"), "{head}");
        assert!(head.contains("user-agent: notlicht/"), "{head}");
    }
    assert_eq!(lines, [0, 0, 1, 1, 2]);
}

#[tokio::test]
async fn other_schemes_are_refused_with_advice() {
    let http = client(Guard::new(true, Vec::new()));
    let error = http.call(call("ftp://127.0.0.1/x".parse().unwrap(), Way::Fresh)).await;
    assert!(error.unwrap_err().to_string().contains("https://"));
}
