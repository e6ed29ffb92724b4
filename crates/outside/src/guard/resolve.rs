//! How names become addresses: the system's resolver, or one that a test brings.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;

use super::Guard;

/// What a lookup comes back with.
pub type Lookups = Pin<Box<dyn Future<Output = std::io::Result<Vec<SocketAddr>>> + Send>>;

/// Something that knows the addresses of names.
pub trait Lookup: Send + Sync {
    /// The addresses of a name, each with the port.
    fn lookup(&self, name: &str, port: u16) -> Lookups;
}

/// The resolver of the operating system.
#[derive(Debug, Clone, Copy)]
pub struct SystemLookup;

impl Lookup for SystemLookup {
    #[expect(clippy::disallowed_methods, reason = "this is where the guard resolves names")]
    fn lookup(&self, name: &str, port: u16) -> Lookups {
        let name = name.to_owned();
        Box::pin(async move { Ok(tokio::net::lookup_host((name, port)).await?.collect()) })
    }
}

/// The HTTP client asks here for each new connection, so that it only ever sees judged addresses.
impl reqwest::dns::Resolve for Guard {
    fn resolve(&self, name: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let guard = self.clone();
        Box::pin(async move {
            // Port 0 is replaced by the port of the URL.
            let found = guard.resolve(name.as_str(), 0).await?;
            Ok(Box::new(found.into_iter()) as reqwest::dns::Addrs)
        })
    }
}
