//! Asks the program without a browser, byte by byte.
#![expect(clippy::disallowed_methods, reason = "a visitor is not guarded")]

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::house::PATIENCE;

/// The next visitor's address.
static VISITORS: AtomicU32 = AtomicU32::new(0x0a00_0001);

/// An answer; the names of the headers in small letters.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

/// Asks once, each time as another visitor behind a proxy that the house trusts: so nobody comes
/// too often.
pub(crate) async fn ask(
    at: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<&str>,
) -> Answer {
    let asking = async {
        let mut tcp = TcpStream::connect(at).await?;
        let body = body.unwrap_or_default();
        let mut asked = format!("{method} {path} HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n");
        let visitor = Ipv4Addr::from_bits(VISITORS.fetch_add(1, Ordering::Relaxed));
        asked.push_str(&format!("X-Forwarded-For: {visitor}\r\n"));
        for (name, value) in headers {
            asked.push_str(&format!("{name}: {value}\r\n"));
        }
        if method == "POST" {
            let kind = "application/x-www-form-urlencoded";
            asked.push_str(&format!("Content-Type: {kind}\r\nContent-Length: {}\r\n", body.len()));
        }
        tcp.write_all(format!("{asked}\r\n{body}").as_bytes()).await?;
        let mut answer = Vec::new();
        tcp.read_to_end(&mut answer).await?;
        Ok::<_, std::io::Error>(answer)
    };
    let answer = tokio::time::timeout(PATIENCE, asking).await.unwrap().unwrap();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let header = |line: &str| {
        let (name, value) = line.split_once(": ").unwrap();
        (name.to_ascii_lowercase(), value.to_owned())
    };
    Answer { status, headers: lines.map(header).collect(), body: body.to_owned() }
}

/// A text as a part of an address or a value of a form: letters and digits stay.
pub(crate) fn coded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}
