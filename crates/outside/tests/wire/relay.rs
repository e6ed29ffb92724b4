//! A small scripted mail server that misbehaves on demand.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use outside::tls::Trust;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// What the relay does at a step.
#[derive(Clone)]
pub(crate) enum Act {
    /// What a well-behaved relay does.
    Usual,
    /// Answers this.
    Say(&'static str),
    /// Answers this and cuts the line.
    SayAndCut(&'static str),
    /// Cuts the line.
    Cut,
    /// Never answers.
    Hang,
}

/// A step: the connection and the mail on it, counted from 1, and the command (`GREETING`, `EHLO`,
/// `MAIL FROM:<…>`, …, `BODY` when the 354 was said, `END` when the final dot was read).
pub(crate) type Step<'a> = (usize, usize, &'a str);

type Script = dyn Fn(Step<'_>) -> Act + Send + Sync;

/// What the relay took in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    pub(crate) connections: usize,
    /// Each command, in order.
    pub(crate) commands: Vec<String>,
    /// Each read from the socket, as it came.
    pub(crate) chunks: Vec<String>,
    /// Each mail that was accepted: recipient and body with the dots undone.
    pub(crate) mails: Vec<(String, String)>,
}

/// How the relay is set up.
pub(crate) struct Setup {
    pub(crate) able: Vec<&'static str>,
    pub(crate) tls: Option<TlsAcceptor>,
    pub(crate) implicit: bool,
    pub(crate) script: Box<Script>,
}

impl Setup {
    /// Pipelining, no TLS.
    pub(crate) fn new(script: impl Fn(Step<'_>) -> Act + Send + Sync + 'static) -> Self {
        let able = vec!["PIPELINING", "SIZE 100000", "8BITMIME"];
        Self { able, tls: None, implicit: false, script: Box::new(script) }
    }
}

pub(crate) struct FakeRelay {
    pub(crate) address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
}

impl FakeRelay {
    pub(crate) async fn start(setup: Setup) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let (state, setup) = (Arc::clone(&seen), Arc::new(setup));
        tokio::spawn(async move {
            while let Ok((tcp, _)) = listener.accept().await {
                // Answers leave one by one, and none waits for the one before to be confirmed.
                tcp.set_nodelay(true).unwrap();
                let mut locked = state.lock().unwrap();
                locked.connections += 1;
                let connection = locked.connections;
                drop(locked);
                let (setup, state) = (Arc::clone(&setup), Arc::clone(&state));
                tokio::spawn(async move {
                    let _cut = serve(tcp, connection, &setup, &state).await;
                });
            }
        });
        Self { address, seen }
    }

    pub(crate) fn seen(&self) -> Seen {
        self.seen.lock().unwrap().clone()
    }
}

/// A certificate for a name, what a server needs to show it, and the trust in it.
pub(crate) fn certificate(name: &str) -> (TlsAcceptor, Trust) {
    certificate_until(name, 2999)
}

/// The same, valid to the beginning of a year.
pub(crate) fn certificate_until(name: &str, year: i32) -> (TlsAcceptor, Trust) {
    let key = rcgen::KeyPair::generate().unwrap();
    let mut wanted = rcgen::CertificateParams::new([name.to_owned()]).unwrap();
    wanted.not_after = rcgen::date_time_ymd(year, 1, 1);
    let chain = vec![wanted.self_signed(&key).unwrap().der().clone()];
    let key = rustls::pki_types::PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain.clone(), key)
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), Trust::new(chain).unwrap())
}

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

struct Line<'a> {
    stream: Box<dyn Stream>,
    unread: String,
    seen: &'a Mutex<Seen>,
}

impl Line<'_> {
    async fn until(&mut self, end: &str) -> Option<String> {
        loop {
            if let Some(at) = self.unread.find(end) {
                let found = self.unread[..at].to_owned();
                self.unread.drain(..at + end.len());
                return Some(found);
            }
            let mut bytes = [0; 65_536];
            let read = self.stream.read(&mut bytes).await.ok().filter(|read| *read > 0)?;
            let chunk = String::from_utf8_lossy(&bytes[..read]).into_owned();
            self.unread.push_str(&chunk);
            self.seen.lock().unwrap().chunks.push(chunk);
        }
    }

    async fn say(&mut self, answer: &str) -> Option<()> {
        let answer = format!("{}\r\n", answer.replace('\n', "\r\n"));
        self.stream.write_all(answer.as_bytes()).await.ok()?;
        self.stream.flush().await.ok()
    }

    /// Does what the script wants; nothing comes back when the line is to be cut.
    async fn act(&mut self, act: Act, usual: &str) -> Option<bool> {
        match act {
            Act::Usual => {
                self.say(usual).await?;
                Some(usual.starts_with(['2', '3']))
            }
            Act::Say(answer) => {
                self.say(answer).await?;
                Some(answer.starts_with(['2', '3']))
            }
            Act::SayAndCut(answer) => {
                self.say(answer).await?;
                None
            }
            Act::Cut => None,
            Act::Hang => std::future::pending().await,
        }
    }
}

async fn serve(tcp: TcpStream, connection: usize, setup: &Setup, seen: &Mutex<Seen>) -> Option<()> {
    let stream: Box<dyn Stream> = match &setup.tls {
        Some(tls) if setup.implicit => Box::new(tls.accept(tcp).await.ok()?),
        _ => Box::new(tcp),
    };
    let mut line = Line { stream, unread: String::new(), seen };
    let mut mail = 1;
    let mut sender = false;
    let mut to: Option<String> = None;
    let script = |mail, what: &str| (setup.script)((connection, mail, what));
    line.act(script(mail, "GREETING"), "220 relay.test ESMTP").await?;
    loop {
        let command = line.until("\r\n").await?;
        seen.lock().unwrap().commands.push(command.clone());
        let act = script(mail, &command);
        let verb = command.to_ascii_uppercase();
        if verb.starts_with("EHLO") {
            let lines = std::iter::once("relay.test").chain(setup.able.iter().copied());
            let lines: Vec<_> = lines.collect();
            let (last, most) = lines.split_last().unwrap();
            let mut answer: String = most.iter().map(|one| format!("250-{one}\n")).collect();
            answer.push_str(&format!("250 {last}"));
            line.act(act, &answer).await?;
        } else if verb == "STARTTLS" {
            if line.act(act, "220 go ahead").await? {
                let tls = setup.tls.as_ref().unwrap();
                line.stream = Box::new(tls.accept(line.stream).await.ok()?);
            }
        } else if verb.starts_with("AUTH") {
            sign_in(&mut line, &command, act).await?;
        } else if let Some(address) = verb.strip_prefix("RCPT TO:<") {
            let usual = if sender { "250 2.1.5 ok" } else { "503 5.5.1 who from?" };
            let positive = line.act(act, usual).await? && sender;
            to = positive.then(|| address.trim_end_matches('>').to_ascii_lowercase());
        } else if verb == "DATA" {
            let usual = if to.is_some() { "354 go on" } else { "554 5.5.1 no recipients" };
            let said = line.act(act, usual).await?;
            if said {
                take(&mut line, &script, mail, to.take()).await?;
                mail += 1;
            }
        } else if verb == "QUIT" {
            line.act(act, "221 bye").await?;
            return None;
        } else {
            let positive = line.act(act, "250 ok").await?;
            sender = positive && verb.starts_with("MAIL");
            to = None;
        }
    }
}

async fn take(
    line: &mut Line<'_>,
    script: &impl Fn(usize, &str) -> Act,
    mail: usize,
    to: Option<String>,
) -> Option<()> {
    match script(mail, "BODY") {
        Act::Usual => {}
        Act::Cut => return None,
        _ => std::future::pending().await,
    }
    let mut body = String::new();
    loop {
        let next = line.until("\r\n").await?;
        if next == "." {
            break;
        }
        body.push_str(next.strip_prefix('.').unwrap_or(&next));
        body.push_str("\r\n");
    }
    let usual = if to.is_some() { "250 2.0.0 queued as 1" } else { "554 5.5.1 no recipients" };
    let act = script(mail, "END");
    // What was taken stays taken, even where the answer does not come through.
    if let Some(to) = to
        && matches!(act, Act::Usual | Act::Cut | Act::Hang)
    {
        line.seen.lock().unwrap().mails.push((to, body));
    }
    line.act(act, usual).await?;
    Some(())
}

async fn sign_in(line: &mut Line<'_>, command: &str, act: Act) -> Option<()> {
    let decode = |text: &str| String::from_utf8(STANDARD.decode(text).unwrap()).unwrap();
    let given = if let Some(both) = command.strip_prefix("AUTH PLAIN ") {
        decode(both)
    } else {
        line.say("334 VXNlcm5hbWU6").await?;
        let user = decode(&line.until("\r\n").await?);
        line.say("334 UGFzc3dvcmQ6").await?;
        let password = decode(&line.until("\r\n").await?);
        format!("\0{user}\0{password}")
    };
    let usual =
        if given == "\0erika\0geheim" { "235 2.7.0 welcome" } else { "535 5.7.8 wrong password" };
    line.act(act, usual).await.map(|_| ())
}
