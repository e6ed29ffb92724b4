//! A mail relay that plays a script: a real SMTP server with the faults that relays have.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::ensure;
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::Instant;

use super::session;
use super::state::{Ledger, Script, State};
use super::tls::Identities;

/// A running relay. It ends, with all its connections, when it is dropped.
pub(crate) struct Relay {
    address: SocketAddr,
    state: Arc<State>,
    task: JoinHandle<()>,
}

impl Relay {
    /// Listens on a free port; sick from the beginning if there is a script.
    pub(crate) async fn start(
        script: Option<Script>,
        identities: Option<Identities>,
    ) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let state = Arc::new(State::new(script, identities));
        let task = tokio::spawn(accept(listener, Arc::clone(&state)));
        Ok(Self { address, state, task })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// From now on nothing is wrong with it. Calls that hang are hung up.
    pub(crate) fn heal(&self) {
        self.state.health.send_replace(true);
    }

    /// From now on its script is played.
    pub(crate) fn fall_ill(&self) {
        self.state.health.send_replace(false);
    }

    pub(crate) fn ledger(&self) -> Ledger {
        self.state.ledger().clone()
    }

    /// Forgets what it took in.
    pub(crate) fn forget(&self) {
        *self.state.ledger() = Ledger::default();
    }

    /// Waits until so many recipients have been named to it.
    pub(crate) async fn until_named(&self, recipients: u64, limit: Duration) -> anyhow::Result<()> {
        let begun = Instant::now();
        loop {
            let named = {
                let ledger = self.state.ledger();
                ledger.asked.len().max(ledger.taken.len()) as u64
            };
            if named >= recipients {
                return Ok(());
            }
            ensure!(begun.elapsed() < limit, "only {named} recipients were named to the relay");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Connections belong to this task and end with it.
async fn accept(listener: TcpListener, state: Arc<State>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((tcp, _)) = accepted else { continue };
                let state = Arc::clone(&state);
                connections.spawn(async move {
                    // How it ends is the client's affair.
                    let _ = session::serve(tcp, &state).await;
                });
            }
            Some(_) = connections.join_next() => {}
        }
    }
}
