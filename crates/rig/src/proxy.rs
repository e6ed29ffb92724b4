//! A line that the rig holds in its hand: it passes on what two programs say to one another, slowly
//! if wished, and can fall silent or break at any moment.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// How the line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    /// It carries.
    Open,
    /// It carries nothing and does not break: nobody is told that the other side is gone.
    Frozen,
    /// It breaks, and each new call ends at once.
    Cut,
}

/// How well it carries.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Manner {
    /// Each piece is on its way for at least so long, at most for twice that.
    pub(crate) latency: Duration,
    /// So much is carried in each direction; all there is where nothing is said.
    pub(crate) bytes_per_second: Option<u32>,
    /// Equal seeds dawdle equally.
    pub(crate) seed: u64,
}

/// A running line. It ends, with all its connections, when it is dropped.
pub(crate) struct Proxy {
    address: SocketAddr,
    line: watch::Sender<Line>,
    task: JoinHandle<()>,
}

impl Proxy {
    /// Listens on a free port, and passes on to this address.
    pub(crate) async fn start(to: SocketAddr, manner: Manner) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (line, state) = watch::channel(Line::Open);
        let task = tokio::spawn(accept(listener, to, manner, state));
        Ok(Self { address, line, task })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Lets it be so from now on.
    pub(crate) fn set(&self, line: Line) {
        self.line.send_replace(line);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(
    listener: TcpListener,
    to: SocketAddr,
    manner: Manner,
    state: watch::Receiver<Line>,
) {
    let calls = Arc::new(AtomicU64::new(0));
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((near, _)) = accepted else { continue };
                let seed = manner.seed.wrapping_add(calls.fetch_add(1, Ordering::Relaxed));
                let manner = Manner { seed, ..manner };
                connections.spawn(connect(near, to, manner, state.clone()));
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the rig's line leads to the rig's own servers")]
async fn connect(
    mut near: TcpStream,
    to: SocketAddr,
    manner: Manner,
    mut state: watch::Receiver<Line>,
) -> std::io::Result<()> {
    if open(&mut state).await.is_none() {
        return Ok(());
    }
    let mut far = TcpStream::connect(to).await?;
    near.set_nodelay(true)?;
    far.set_nodelay(true)?;
    let (near_in, near_out) = near.split();
    let (far_in, far_out) = far.split();
    let back = Manner { seed: !manner.seed, ..manner };
    let (out, mut watched) = (state.clone(), state.clone());
    tokio::select! {
        both = async {
            tokio::try_join!(
                carry(near_in, far_out, manner, out),
                carry(far_in, near_out, back, state)
            )
        } => both.map(drop),
        _ = watched.wait_for(|line| *line == Line::Cut) => Ok(()),
    }
}

/// Waits while the line is frozen; nothing where it is cut.
async fn open(state: &mut watch::Receiver<Line>) -> Option<()> {
    let line = *state.wait_for(|line| *line != Line::Frozen).await.ok()?;
    (line == Line::Open).then_some(())
}

async fn carry(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    manner: Manner,
    mut state: watch::Receiver<Line>,
) -> std::io::Result<()> {
    let mut dice = StdRng::seed_from_u64(manner.seed);
    let mut piece = vec![0; 16 * 1024];
    loop {
        let most = manner.bytes_per_second.map_or(piece.len(), |rate| rate.max(1) as usize);
        let most = most.min(piece.len());
        let length = from.read(&mut piece[..most]).await?;
        if !manner.latency.is_zero() {
            tokio::time::sleep(manner.latency.mul_f64(1.0 + dice.random::<f64>())).await;
        }
        if let Some(rate) = manner.bytes_per_second {
            let share = length as f64 / f64::from(rate.max(1));
            tokio::time::sleep(Duration::from_secs_f64(share)).await;
        }
        if open(&mut state).await.is_none() {
            return Err(std::io::ErrorKind::ConnectionReset.into());
        }
        if length == 0 {
            return to.shutdown().await;
        }
        to.write_all(&piece[..length]).await?;
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    async fn echo() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut tcp, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let (mut from, mut to) = tcp.split();
                    tokio::io::copy(&mut from, &mut to).await
                });
            }
        });
        address
    }

    #[expect(clippy::disallowed_methods, reason = "calls the rig's own line")]
    async fn call(proxy: &Proxy) -> TcpStream {
        TcpStream::connect(proxy.address()).await.unwrap()
    }

    async fn say(tcp: &mut TcpStream, limit: Duration) -> Option<u8> {
        let _ = tcp.write_all(b"a").await;
        tokio::time::timeout(limit, tcp.read_u8()).await.ok()?.ok()
    }

    #[tokio::test]
    async fn a_frozen_line_says_nothing_and_says_all_when_it_thaws() {
        let proxy = Proxy::start(echo().await, Manner::default()).await.unwrap();
        let mut tcp = call(&proxy).await;
        assert_eq!(say(&mut tcp, Duration::from_secs(10)).await, Some(b'a'));
        proxy.set(Line::Frozen);
        assert_eq!(say(&mut tcp, Duration::from_millis(100)).await, None);
        proxy.set(Line::Open);
        assert_eq!(tcp.read_u8().await.unwrap(), b'a', "what was said is not lost");
    }

    #[tokio::test]
    async fn a_cut_line_breaks_at_once_and_takes_no_call() {
        let proxy = Proxy::start(echo().await, Manner::default()).await.unwrap();
        let mut tcp = call(&proxy).await;
        assert_eq!(say(&mut tcp, Duration::from_secs(10)).await, Some(b'a'));
        proxy.set(Line::Cut);
        assert!(tcp.read_u8().await.is_err(), "it is broken, not silent");
        let mut second = call(&proxy).await;
        assert!(second.read_u8().await.is_err());
    }

    #[tokio::test]
    async fn a_slow_line_takes_its_time() {
        let manner =
            Manner { latency: Duration::from_millis(20), bytes_per_second: Some(100), seed: 1 };
        let proxy = Proxy::start(echo().await, manner).await.unwrap();
        let mut tcp = call(&proxy).await;
        let begun = tokio::time::Instant::now();
        say(&mut tcp, Duration::from_secs(10)).await.unwrap();
        // Twice the latency, and a hundredth of a second for the byte, there and back.
        assert!(begun.elapsed() >= Duration::from_millis(60));
    }
}
