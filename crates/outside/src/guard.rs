//! Decides at connect time which addresses may be reached.
//!
//! Addresses in a handbook are written by people, and names in them are resolved by servers that
//! others run. Therefore the *address that is connected to* is judged, not the name: a redirect, a
//! name that points inwards, or one that answers differently the second time leads nowhere.

mod address;
mod network;
mod resolve;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpStream;

pub use address::Blocked;
pub use network::{Network, NetworkError};
pub use resolve::{Lookup, Lookups, SystemLookup};

/// Which addresses this process may reach, and how names become addresses.
#[derive(Clone)]
pub struct Guard {
    /// Whether loopback, private, shared and unique-local ranges may be reached.
    allow_private: bool,
    /// Networks of such ranges that may be reached although the others may not.
    allow: Arc<[Network]>,
    /// The same where a stranger named the address.
    strangers: Arc<[Network]>,
    lookup: Arc<dyn Lookup>,
}

/// Why nothing was connected.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// Every address of the name is forbidden.
    #[error("{0}")]
    Blocked(#[from] Blocked),
    /// The name has no address, or the resolver did not answer.
    #[error("the name {host} cannot be resolved ({reason}); check its spelling and the DNS")]
    Name {
        /// The name as written.
        host: String,
        /// What the resolver said.
        reason: String,
    },
    /// Nobody accepted the connection.
    #[error("no connection to {host} port {port} ({reason})")]
    Refused {
        /// The name as written.
        host: String,
        /// The port.
        port: u16,
        /// What the system said.
        reason: String,
    },
    /// The time was over.
    #[error("no connection to {host} port {port} within {} s", .limit.as_secs_f32())]
    Timeout {
        /// The name as written.
        host: String,
        /// The port.
        port: u16,
        /// The time that was given.
        limit: Duration,
    },
}

impl Guard {
    /// A guard that asks the system's resolver. `allow_private` opens loopback, private, shared and
    /// unique-local ranges; `allow` opens single networks of those. Neither opens metadata
    /// addresses, link-local, multicast and reserved ranges.
    #[must_use]
    pub fn new(allow_private: bool, allow: Vec<Network>) -> Self {
        Self::with_lookup(allow_private, allow, Arc::new(SystemLookup))
    }

    /// As [`Guard::new`], with a resolver of one's own.
    #[must_use]
    pub fn with_lookup(allow_private: bool, allow: Vec<Network>, lookup: Arc<dyn Lookup>) -> Self {
        Self { allow_private, allow: allow.into(), strangers: Arc::default(), lookup }
    }

    /// The same, letting strangers name addresses in these private networks.
    #[must_use]
    pub fn letting_strangers(mut self, networks: Vec<Network>) -> Self {
        self.strangers = networks.into();
        self
    }

    /// The guard for addresses that a stranger names: what is open to the handbook is shut to
    /// them, or the form would be a way into the house.
    #[must_use]
    pub fn for_strangers(&self) -> Self {
        let (allow, lookup) = (Arc::clone(&self.strangers), Arc::clone(&self.lookup));
        Self { allow_private: false, allow, strangers: Arc::clone(&self.strangers), lookup }
    }

    /// Whether an address may be reached.
    ///
    /// # Errors
    /// [`Blocked`], with the reason and what can be done.
    pub fn permits(&self, address: IpAddr) -> Result<(), Blocked> {
        address::judge(address, |inner| {
            self.allow_private || self.allow.iter().any(|network| network.contains(inner))
        })
    }

    /// Whether a host written as a literal address may be reached; names pass, as they are judged
    /// when they are resolved. For HTTP clients, which do not ask their resolver about literals.
    ///
    /// # Errors
    /// [`Blocked`].
    pub fn permits_host(&self, host: &url::Host<&str>) -> Result<(), Blocked> {
        match host {
            url::Host::Domain(_) => Ok(()),
            url::Host::Ipv4(address) => self.permits(IpAddr::V4(*address)),
            url::Host::Ipv6(address) => self.permits(IpAddr::V6(*address)),
        }
    }

    /// The addresses of a name (or literal) that may be reached.
    ///
    /// # Errors
    /// [`ConnectError::Name`] or [`ConnectError::Blocked`] if none is left.
    pub async fn resolve(&self, host: &str, port: u16) -> Result<Vec<SocketAddr>, ConnectError> {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let found = if let Ok(literal) = bare.parse::<IpAddr>() {
            vec![SocketAddr::new(literal, port)]
        } else {
            let named = |reason: String| ConnectError::Name { host: host.to_owned(), reason };
            let found =
                self.lookup.lookup(bare, port).await.map_err(|error| named(error.to_string()))?;
            if found.is_empty() {
                return Err(named("it has no address".to_owned()));
            }
            found
        };
        let mut blocked = None;
        let mut permitted = Vec::with_capacity(found.len());
        for address in found {
            match self.permits(address.ip()) {
                Ok(()) => permitted.push(address),
                Err(reason) => blocked = Some(reason),
            }
        }
        match blocked {
            Some(reason) if permitted.is_empty() => Err(reason.into()),
            _ => Ok(permitted),
        }
    }

    /// Resolves, judges, and connects to exactly an address that was judged, one after the other.
    /// `TCP_NODELAY` is set. `limit` is for all of it.
    ///
    /// # Errors
    /// [`ConnectError`].
    #[expect(clippy::disallowed_methods, reason = "this is the guard: the address was judged")]
    pub async fn connect(
        &self,
        host: &str,
        port: u16,
        limit: Duration,
    ) -> Result<TcpStream, ConnectError> {
        let timeout = || ConnectError::Timeout { host: host.to_owned(), port, limit };
        let addresses = tokio::time::timeout(limit, self.resolve(host, port))
            .await
            .map_err(|_elapsed| timeout())??;
        // An address that swallows packets must not eat the time of the next one.
        let share = limit / u32::try_from(addresses.len()).unwrap_or(u32::MAX).max(1);
        let mut last = timeout();
        for address in addresses {
            match tokio::time::timeout(share, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => {
                    // Small writes must leave at once; a socket that cannot do it still works.
                    let _slower = stream.set_nodelay(true);
                    return Ok(stream);
                }
                Ok(Err(error)) => {
                    let reason = plain(&error);
                    last = ConnectError::Refused { host: host.to_owned(), port, reason };
                }
                Err(_elapsed) => last = timeout(),
            }
        }
        Err(last)
    }
}

impl std::fmt::Debug for Guard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Guard")
            .field("allow_private", &self.allow_private)
            .field("allow", &self.allow)
            .finish_non_exhaustive()
    }
}

/// The system's errors in words that need no manual.
pub(crate) fn plain(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::ConnectionRefused => "refused".to_owned(),
        ErrorKind::ConnectionReset => "cut by the other side".to_owned(),
        ErrorKind::TimedOut => "no answer".to_owned(),
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => {
            "no way to the network".to_owned()
        }
        _ => error.to_string(),
    }
}
