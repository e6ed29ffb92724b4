//! A real mail server that forwards nothing: it takes mails in and counts them, so that what
//! people received is measured where they would have received it.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

mod command;
mod ledger;
mod session;

pub use ledger::{Ledger, Mail, Notice, Received, Tally};

/// How the sink behaves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// How long it takes to answer a message that it has already taken in. A sender that is killed
    /// in this time does not know of it and must repeat.
    pub delay: Duration,
    /// Whether each message is refused with 451 when it comes for the first time.
    pub refuse_first_try: bool,
}

/// A running sink. It ends, with all its connections, when it is dropped.
#[derive(Debug)]
pub struct Sink {
    address: SocketAddr,
    state: Arc<State>,
    task: JoinHandle<()>,
}

/// What the connections share.
#[derive(Debug)]
struct State {
    options: Options,
    ledger: Mutex<Ledger>,
    changed: watch::Sender<()>,
}

impl State {
    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink {
    /// Listens; port 0 takes a free one.
    ///
    /// # Errors
    /// When the address cannot be listened on.
    pub async fn start(bind: SocketAddr, options: Options) -> std::io::Result<Self> {
        let listener = TcpListener::bind(bind).await?;
        let address = listener.local_addr()?;
        let (changed, _) = watch::channel(());
        let state = Arc::new(State { options, ledger: Mutex::default(), changed });
        let task = tokio::spawn(accept(listener, Arc::clone(&state)));
        Ok(Self { address, state, task })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Looks into the counts. Connections wait meanwhile, so be quick.
    pub fn look<T>(&self, what: impl FnOnce(&Ledger) -> T) -> T {
        what(&self.state.ledger())
    }

    /// Every message that was taken in, by recipient and Message-ID, in the order of arrival.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.look(Ledger::received)
    }

    /// Waits until so many messages have come, repeats included.
    ///
    /// # Errors
    /// After `limit`, with the number of mails that came.
    pub async fn wait_for(&self, arrivals: u64, limit: Duration) -> anyhow::Result<()> {
        self.wait_until(limit, |ledger| ledger.arrivals() >= arrivals).await
    }

    /// Waits until the counts are as wanted; looks after each arrival.
    ///
    /// # Errors
    /// After `limit`, with the number of mails that came.
    pub async fn wait_until(
        &self,
        limit: Duration,
        wanted: impl Fn(&Ledger) -> bool,
    ) -> anyhow::Result<()> {
        let mut changed = self.state.changed.subscribe();
        let waiting = async {
            while !wanted(&self.state.ledger()) {
                changed.changed().await.expect("the sender lives as long as the sink");
            }
        };
        tokio::time::timeout(limit, waiting).await.map_err(|_| {
            let (arrivals, seconds) = (self.look(Ledger::arrivals), limit.as_secs_f32());
            anyhow::anyhow!("not enough mails within {seconds} s: so far {arrivals}")
        })
    }

    /// Tells of every arrival; several at once may be told as one.
    #[must_use]
    pub fn arrivals(&self) -> watch::Receiver<()> {
        self.state.changed.subscribe()
    }

    /// Forgets everything.
    pub fn reset(&self) {
        *self.state.ledger() = Ledger::default();
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Connections belong to this task and end with it.
async fn accept(listener: TcpListener, state: Arc<State>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((tcp, _)) => {
                    connections.spawn(session::serve(tcp, Arc::clone(&state)));
                }
                Err(why) => {
                    tracing::warn!(%why, "the sink cannot accept a connection");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
            Some(_) = connections.join_next() => {}
        }
    }
}
