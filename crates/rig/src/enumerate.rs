//! `rig enumerate`: asks the program, as a stranger can, whether it knows an address, and measures
//! how well the time of the answer tells it.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use notlicht::demo::sink::{Options, Sink};
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::time::Instant;

use crate::database::{Database, Kind};
use crate::house::{PEOPLE, Ways, free_port, set_up};
use crate::node::Node;

/// Options of `rig enumerate`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How many forms are sent for each sort of address
    #[arg(long, default_value_t = 1_000)]
    posts: u32,
    /// Which database
    #[arg(long, value_enum, default_value = "sqlite")]
    database: Kind,
    /// Equal seeds send in equal order
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// How an address stands when the form is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Unknown,
    Subscribed,
    /// A letter went within the hour.
    Waiting,
}

const SORTS: [Sort; 3] = [Sort::Unknown, Sort::Subscribed, Sort::Waiting];

pub(crate) async fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let folder = tempfile::tempdir()?;
    let Some(database) = Database::fresh(args.database, folder.path()) else {
        return Ok(ExitCode::SUCCESS);
    };
    let sink = Sink::start("127.0.0.1:0".parse()?, Options::default()).await?;
    let listen = free_port().await?;
    // Each form comes from another visitor, and there is no end of letters: what is measured is
    // the ordinary way, not a refusal.
    let node = Node::new(&folder.path().join("data"), &database.address, &listen.to_string())?
        .with("NOTLICHT_TRUSTED_PROXY", "127.0.0.1")
        .with("NOTLICHT_LETTERS_PER_HOUR", "4000000000");
    set_up(&node, folder.path(), listen, &Ways::over(sink.address()), u64::from(args.posts))
        .await?;
    let mut child = node.start().await?;
    let mut line = Line::open(listen).await?;
    let stamp = line.stamp().await?;
    // A form counts a second after it was shown.
    tokio::time::sleep(Duration::from_millis(1100)).await;
    let mut dice = StdRng::seed_from_u64(args.seed);
    for n in 0..args.posts {
        line.post(&stamp, &address(Sort::Waiting, n), dice.random()).await?;
    }
    let mut order: Vec<(Sort, u32)> =
        SORTS.into_iter().flat_map(|sort| (0..args.posts).map(move |n| (sort, n))).collect();
    order.shuffle(&mut dice);
    let mut times: [Vec<Duration>; 3] = Default::default();
    let mut first = None;
    for (sort, n) in order {
        let (answer, time) = line.post(&stamp, &address(sort, n), dice.random()).await?;
        let expected = first.get_or_insert_with(|| answer.clone());
        ensure!(answer == *expected, "{sort:?}: another answer\n{answer}\n{expected}");
        times[sort as usize].push(time);
    }
    child.kill().await?;
    let [unknown, subscribed, waiting] = times.map(median);
    let apart = |one: Duration| one.abs_diff(unknown).as_micros();
    println!(
        "enumerate database={:?} posts={} answers=1 median-unknown={}us \
         median-difference-subscribed={}us median-difference-waiting={}us",
        args.database,
        args.posts,
        unknown.as_micros(),
        apart(subscribed),
        apart(waiting)
    );
    let kept = apart(subscribed).max(apart(waiting)) <= 2_000;
    Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn address(sort: Sort, n: u32) -> String {
    match sort {
        Sort::Unknown => format!("nobody-{n}{PEOPLE}"),
        Sort::Subscribed => format!("person-{n}{PEOPLE}"),
        Sort::Waiting => format!("asking-{n}{PEOPLE}"),
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// One kept connection.
struct Line {
    stream: BufReader<TcpStream>,
}

impl Line {
    #[expect(clippy::disallowed_methods, reason = "the rig asks as any stranger would")]
    async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream) })
    }

    /// The stamp of a form that is shown now.
    async fn stamp(&mut self) -> anyhow::Result<String> {
        let (_, body) = self.ask("GET /de/subscribe HTTP/1.1\r\nhost: rig\r\n\r\n").await?;
        let (_, rest) = body.split_once("name=\"stamp\" value=\"").context("a form has a stamp")?;
        let (stamp, _) = rest.split_once('"').context("a stamp has an end")?;
        Ok(stamp.to_owned())
    }

    /// Sends a form; gives all that came back but the date, and how long it took.
    async fn post(
        &mut self,
        stamp: &str,
        address: &str,
        visitor: u32,
    ) -> anyhow::Result<(String, Duration)> {
        let address = address.replace('@', "%40");
        let body = format!("language=de&stamp={stamp}&address={address}&component=shop");
        let request = format!(
            "POST /subscribe HTTP/1.1\r\nhost: rig\r\nx-forwarded-for: {}\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            std::net::Ipv4Addr::from_bits(visitor),
            body.len()
        );
        let start = Instant::now();
        let (head, body) = self.ask(&request).await?;
        let time = start.elapsed();
        ensure!(head.starts_with("HTTP/1.1 303 "), "{head}{body}");
        let head = head.lines().filter(|line| !line.to_lowercase().starts_with("date:"));
        Ok((format!("{}\n\n{body}", head.collect::<Vec<_>>().join("\n")), time))
    }

    /// Head and body of the answer.
    async fn ask(&mut self, request: &str) -> anyhow::Result<(String, String)> {
        self.stream.get_mut().write_all(request.as_bytes()).await?;
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            ensure!(self.stream.read_line(&mut head).await? > 0, "the line was cut: {head}");
        }
        let lower = head.to_lowercase();
        let length = lower.lines().find_map(|line| line.strip_prefix("content-length: "));
        let length: usize = length.context("an answer says how long it is")?.trim().parse()?;
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await?;
        Ok((head, String::from_utf8(body)?))
    }
}
