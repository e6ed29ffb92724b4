//! What the guard lets through, and what it does not.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use outside::guard::{Blocked, ConnectError, Guard, Lookup, Lookups};

const LIMIT: Duration = Duration::from_secs(5);

fn permits(guard: &Guard, address: &str) -> Result<(), Blocked> {
    guard.permits(address.parse().unwrap())
}

#[test]
fn metadata_link_local_and_reserved_addresses_are_never_reached_whatever_is_allowed() {
    let everything = vec!["0.0.0.0/0".parse().unwrap(), "::/0".parse().unwrap()];
    let guard = Guard::new(true, everything);
    for address in [
        "169.254.169.254",
        "169.254.170.2",
        "169.254.1.1",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "fd00:ec2::254",
        "fd20:ce::254",
        "fe80::1",
        "fec0::1",
        "0.0.0.0",
        "0.1.2.3",
        "::",
        "224.0.0.1",
        "239.255.255.250",
        "ff02::1",
        "255.255.255.255",
        "240.0.0.1",
        "192.0.2.1",
        "198.51.100.7",
        "203.0.113.9",
        "2001:db8::1",
        "3fff::1",
        "100::1",
        "2001::1",
        "4000::1",
        "64:ff9b:1::a9fe:a9fe",
        // The same, carried inside another address.
        "::ffff:169.254.169.254",
        "::ffff:0:169.254.169.254",
        "::169.254.169.254",
        "64:ff9b::169.254.169.254",
        "2002:a9fe:a9fe::1",
        "fd12::5efe:169.254.169.254",
        "2a00:1450::200:5efe:a9fe:a9fe",
    ] {
        let refused = permits(&guard, address);
        assert!(matches!(refused, Err(Blocked::Never { .. })), "{address}: {refused:?}");
    }
}

#[test]
fn private_addresses_are_reached_only_where_the_process_allows_it() {
    let shut = Guard::new(false, Vec::new());
    let open = Guard::new(true, Vec::new());
    for address in [
        "127.0.0.1",
        "127.255.0.3",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.178.1",
        "100.64.0.1",
        "198.18.0.1",
        "::1",
        "fd12:3456::1",
        "fc00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::10.0.0.1",
        "2002:7f00:1::",
    ] {
        let refused = permits(&shut, address).unwrap_err();
        assert!(matches!(refused, Blocked::Private { .. }), "{address}");
        assert!(refused.to_string().contains("--allow-private"), "{refused}");
        assert_eq!(permits(&open, address), Ok(()), "{address}");
    }
}

#[test]
fn public_addresses_are_reached() {
    let guard = Guard::new(false, Vec::new());
    for address in [
        "8.8.8.8",
        "172.32.0.1",
        "172.15.0.1",
        "100.128.0.1",
        "169.253.1.1",
        "192.0.1.1",
        "198.20.0.1",
        "223.255.255.255",
        "2a00:1450:4001::1",
        "2001:4860:4860::8888",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1",
    ] {
        assert_eq!(permits(&guard, address), Ok(()), "{address}");
    }
}

#[test]
fn a_single_allowed_network_opens_only_itself() {
    let guard = Guard::new(false, vec!["10.1.0.0/16".parse().unwrap()]);
    assert_eq!(permits(&guard, "10.1.2.3"), Ok(()));
    assert_eq!(permits(&guard, "::ffff:10.1.2.3"), Ok(()));
    assert!(permits(&guard, "10.2.0.1").is_err());
    assert!(permits(&guard, "127.0.0.1").is_err());
}

/// A name that answers differently each time, as one that rebinds does.
struct Rebinding {
    answers: Vec<Vec<IpAddr>>,
    asked: AtomicUsize,
}

impl Rebinding {
    fn guard(answers: &[&[&str]]) -> (Guard, Arc<Self>) {
        let parse = |list: &&[&str]| list.iter().map(|a| a.parse().unwrap()).collect();
        let lookup =
            Arc::new(Self { answers: answers.iter().map(parse).collect(), asked: 0.into() });
        (Guard::with_lookup(false, Vec::new(), lookup.clone()), lookup)
    }
}

impl Lookup for Rebinding {
    fn lookup(&self, _name: &str, port: u16) -> Lookups {
        let turn = self.asked.fetch_add(1, Ordering::SeqCst).min(self.answers.len() - 1);
        let found = self.answers[turn].iter().map(|ip| SocketAddr::new(*ip, port)).collect();
        Box::pin(async move { Ok(found) })
    }
}

#[tokio::test]
async fn a_name_that_points_inwards_is_not_connected_to() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (guard, _) = Rebinding::guard(&[&["127.0.0.1"]]);
    let error = guard.connect("innocent.example", port, LIMIT).await.unwrap_err();
    assert!(matches!(error, ConnectError::Blocked(Blocked::Private { .. })), "{error}");
}

#[tokio::test]
async fn a_name_is_judged_again_at_each_connection_so_rebinding_leads_nowhere() {
    let (guard, lookup) = Rebinding::guard(&[&["8.8.8.8"], &["169.254.169.254"]]);
    // The first look is fine, and proves nothing about the second one.
    assert_eq!(guard.resolve("rebinds.example", 80).await.unwrap().len(), 1);
    let error = guard.connect("rebinds.example", 80, LIMIT).await.unwrap_err();
    assert!(matches!(error, ConnectError::Blocked(Blocked::Never { .. })), "{error}");
    assert_eq!(lookup.asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn of_several_addresses_only_the_permitted_ones_are_left() {
    let (guard, _) = Rebinding::guard(&[&["10.0.0.1", "8.8.8.8", "::1"]]);
    let left = guard.resolve("mixed.example", 443).await.unwrap();
    assert_eq!(left, ["8.8.8.8:443".parse().unwrap()]);
}

#[tokio::test]
async fn a_literal_address_is_judged_too_also_in_brackets() {
    let guard = Guard::new(false, Vec::new());
    for host in ["127.0.0.1", "[::1]", "::ffff:10.0.0.1"] {
        let error = guard.connect(host, 80, LIMIT).await.unwrap_err();
        assert!(matches!(error, ConnectError::Blocked(_)), "{host}: {error}");
    }
}

#[tokio::test]
async fn a_closed_port_is_said_in_plain_words() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let guard = Guard::new(true, Vec::new());
    let error = guard.connect("127.0.0.1", port, LIMIT).await.unwrap_err();
    assert_eq!(error.to_string(), format!("no connection to 127.0.0.1 port {port} (refused)"));
}

#[tokio::test]
async fn a_kept_connection_sends_small_writes_at_once() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let guard = Guard::new(true, Vec::new());
    let stream = guard.connect("127.0.0.1", port, LIMIT).await.unwrap();
    assert!(stream.nodelay().unwrap());
}
