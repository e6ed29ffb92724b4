//! Who asks: the address behind a proxy, and whether the way up to the proxy was encrypted.
//!
//! What a request says of itself counts only where a trusted proxy says it, and of the chain of
//! addresses only what trusted proxies have added: everything further left may be made up.

use std::convert::Infallible;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::ExtensionRejection;
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;

/// Who made this request. An extractor: `visitor: Visitor` in a handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visitor {
    /// The address; an IPv4 one is never written as IPv6.
    pub address: IpAddr,
    /// Whether the visitor's connection is encrypted, as the proxy in front says.
    pub secure: bool,
}

impl Default for Visitor {
    /// Nobody knows: all such share one limit.
    fn default() -> Self {
        Self { address: IpAddr::V4(Ipv4Addr::UNSPECIFIED), secure: false }
    }
}

/// Whose `X-Forwarded-For` and `X-Forwarded-Proto` count.
#[derive(Clone)]
pub struct Proxies(Arc<dyn Fn(IpAddr) -> bool + Send + Sync>);

impl Proxies {
    /// Trusts the addresses for which `trusted` says so.
    #[must_use]
    pub fn new(trusted: impl Fn(IpAddr) -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(trusted))
    }

    /// Who made a request with these headers that came over a connection from `peer`.
    #[must_use]
    pub fn visitor(&self, peer: IpAddr, headers: &HeaderMap) -> Visitor {
        let mut address = peer.to_canonical();
        if !(self.0)(address) {
            return Visitor { address, secure: false };
        }
        let secure = words(headers, "x-forwarded-proto")
            .next()
            .is_some_and(|word| word.is_some_and(|word| word.eq_ignore_ascii_case("https")));
        for hop in words(headers, "x-forwarded-for") {
            // Behind what nobody can read there is nothing to believe.
            let Some(hop) = hop.and_then(read) else { break };
            address = hop;
            if !(self.0)(address) {
                break;
            }
        }
        Visitor { address, secure }
    }
}

impl fmt::Debug for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Proxies(…)")
    }
}

/// Works out the visitor of each request before anything else looks at it. The router must be
/// served with `into_make_service_with_connect_info::<SocketAddr>()`.
pub fn known(router: Router, proxies: Proxies) -> Router {
    router.layer(from_fn_with_state(proxies, note))
}

async fn note(
    State(proxies): State<Proxies>,
    peer: Result<ConnectInfo<SocketAddr>, ExtensionRejection>,
    mut request: Request,
    next: Next,
) -> Response {
    if let Ok(ConnectInfo(peer)) = peer {
        let visitor = proxies.visitor(peer.ip(), request.headers());
        request.extensions_mut().insert(visitor);
    }
    next.run(request).await
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().copied().unwrap_or_default())
    }
}

/// The entries of all headers of this name, the last first; none where one is no text.
fn words<'a>(headers: &'a HeaderMap, name: &str) -> impl Iterator<Item = Option<&'a str>> {
    let mut lines: Vec<_> = headers.get_all(name).iter().collect();
    lines.reverse();
    lines.into_iter().flat_map(|line| match line.to_str() {
        Ok(text) => text.rsplit(',').map(|word| Some(word.trim())).collect(),
        Err(_) => vec![None],
    })
}

/// `192.0.2.1`, `192.0.2.1:443`, `2001:db8::1` or `[2001:db8::1]:443`.
fn read(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse().or_else(|_| text.parse().map(|socket: SocketAddr| socket.ip()));
    Some(address.ok()?.to_canonical())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use axum::http::{HeaderName, HeaderValue};
    use proptest::prelude::*;

    use super::*;

    fn headers(lines: &[(&str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(name.parse::<HeaderName>().unwrap(), value.parse().unwrap());
        }
        headers
    }

    /// Trusts 10.0.0.0/8 and this host.
    fn proxies() -> Proxies {
        Proxies::new(|address| match address {
            IpAddr::V4(address) => address.octets()[0] == 10,
            IpAddr::V6(address) => address.is_loopback(),
        })
    }

    fn seen(peer: &str, lines: &[(&str, &str)]) -> (String, bool) {
        let visitor = proxies().visitor(peer.parse().unwrap(), &headers(lines));
        (visitor.address.to_string(), visitor.secure)
    }

    #[test]
    fn the_address_that_the_outermost_trusted_proxy_saw_is_the_visitors() {
        const FOR: &str = "x-forwarded-for";
        let far = "198.51.100.7";
        for (lines, address) in [
            (vec![], "10.0.0.1"),
            (vec![(FOR, far)], far),
            (vec![(FOR, "1.2.3.4, 198.51.100.7")], far),
            (vec![(FOR, "1.2.3.4 , 198.51.100.7,10.9.9.9")], far),
            (vec![(FOR, "1.2.3.4"), (FOR, far), (FOR, "10.9.9.9")], far),
            (vec![(FOR, "10.1.1.1, 10.9.9.9")], "10.1.1.1"),
            (vec![(FOR, "198.51.100.7:4711")], far),
            (vec![(FOR, "::ffff:198.51.100.7")], far),
            (vec![(FOR, "[2001:db8::1]:443")], "2001:db8::1"),
            (vec![(FOR, "[2001:db8::1]")], "2001:db8::1"),
            // What cannot be read ends the chain: what is behind it may be made up.
            (vec![(FOR, "1.2.3.4, unknown, 10.9.9.9")], "10.9.9.9"),
            (vec![(FOR, "")], "10.0.0.1"),
            (vec![(FOR, "1.2.3.4,")], "10.0.0.1"),
        ] {
            assert_eq!(seen("10.0.0.1", &lines).0, address, "{lines:?}");
            assert_eq!(seen("::ffff:10.0.0.1", &lines).0, address, "{lines:?}");
        }
    }

    #[test]
    fn encrypted_is_what_the_last_trusted_proxy_says_is_encrypted() {
        const PROTO: &str = "x-forwarded-proto";
        for (lines, secure) in [
            (vec![], false),
            (vec![(PROTO, "https")], true),
            (vec![(PROTO, "HTTPS")], true),
            (vec![(PROTO, "http")], false),
            (vec![(PROTO, "https, http")], false),
            (vec![(PROTO, "https"), (PROTO, "http")], false),
            (vec![(PROTO, "httpsx")], false),
        ] {
            assert_eq!(seen("::1", &lines).1, secure, "{lines:?}");
        }
    }

    proptest! {
        #[test]
        fn no_header_of_an_untrusted_sender_changes_who_it_is(
            peer in prop_oneof![
                any::<[u8; 4]>().prop_map(IpAddr::from),
                any::<[u8; 16]>().prop_map(IpAddr::from),
            ].prop_filter("trusted", |peer| !(proxies().0)(peer.to_canonical())),
            lines in prop::collection::vec((
                prop_oneof![
                    Just("x-forwarded-for"), Just("x-forwarded-proto"), Just("forwarded"),
                    Just("x-real-ip"), Just("x-forwarded-host"), Just("via"),
                ],
                prop_oneof![
                    prop::collection::vec(any::<u8>(), 0..40),
                    any::<[u8; 4]>().prop_map(|ip| IpAddr::from(ip).to_string().into_bytes()),
                    Just(b"https".to_vec()), Just(b"10.0.0.1".to_vec()), Just(b"::1".to_vec()),
                ],
            ), 0..6),
        ) {
            let mut headers = HeaderMap::new();
            for (name, value) in lines {
                if let Ok(value) = HeaderValue::from_bytes(&value) {
                    headers.append(name, value);
                }
            }
            let visitor = proxies().visitor(peer, &headers);
            prop_assert_eq!(visitor, Visitor { address: peer.to_canonical(), secure: false });
        }

        #[test]
        fn nothing_left_of_the_first_untrusted_hop_counts(
            made_up in "[ -~]{0,40}",
            real in any::<[u8; 4]>().prop_filter("trusted", |ip| ip[0] != 10),
            inner in 0..4_usize,
        ) {
            let real = IpAddr::from(real);
            let chain = format!("{made_up},{real}{}", ", 10.0.0.9".repeat(inner));
            let visitor = proxies().visitor(
                IpAddr::from([10, 0, 0, 1]), &headers(&[("x-forwarded-for", &chain)]),
            );
            prop_assert_eq!(visitor.address, real);
        }
    }
}
