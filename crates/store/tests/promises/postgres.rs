//! A PostgreSQL of the tests' own: made in a temporary folder, on a free port of the loopback
//! address, and gone with the process that started it, however that ends.
//!
//! Uses the standard library only, so that other crates' tests can include this file.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "starts programs, and blocks while they start: nobody is served meanwhile"
)]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;

/// Makes a cluster, starts the server, says so, and waits for the end of its input: that comes
/// when the starting process ends, even by a kill.
const SCRIPT: &str = r#"
cd /
dir=$(mktemp -d /tmp/notlicht-postgres.XXXXXX) || exit 1
trap 'rm -rf "$dir"' EXIT
"$BIN/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >/dev/null || exit 1
"$BIN/postgres" -D "$dir/data" -h 127.0.0.1 -p "$PORT" -k "$dir" -c fsync="$FSYNC" \
    -c max_connections=300 >"$dir/log" 2>&1 </dev/null &
server=$!
until "$BIN/pg_isready" -q -h 127.0.0.1 -p "$PORT"; do
    kill -0 $server 2>/dev/null || { cat "$dir/log" >&2; exit 1; }
    sleep 0.05
done
echo ready
cat >/dev/null
kill -INT $server
wait $server
"#;

/// A running server.
pub(crate) struct Cluster {
    bin: PathBuf,
    port: u16,
    count: Mutex<u32>,
    /// Its open input keeps the server alive.
    _script: Child,
}

impl Cluster {
    /// Starts a server, or tells loudly that there is none; with `CI=true` that is a failure.
    /// `durable` says whether commits are synced; without, tests are faster.
    pub(crate) fn start(durable: bool) -> Option<Self> {
        let Some(bin) = programs() else {
            let _ = writeln!(
                std::io::stderr(),
                "NOT RUN: no PostgreSQL programs (initdb, postgres) found; its tests are left out"
            );
            assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "CI needs PostgreSQL");
            return None;
        };
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("its number").port();
        drop(listener);
        let root = std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
        let mut command = if root {
            // PostgreSQL refuses to run as root.
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--", "sh", "-c", SCRIPT]);
            command
        } else {
            let mut command = Command::new("sh");
            command.args(["-c", SCRIPT]);
            command
        };
        let mut script = command
            .env("BIN", &bin)
            .env("PORT", port.to_string())
            .env("FSYNC", if durable { "on" } else { "off" })
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the script starts");
        let mut line = String::new();
        let output = script.stdout.take().expect("it is piped");
        BufReader::new(output).read_line(&mut line).expect("the script speaks");
        assert_eq!(line.trim(), "ready", "PostgreSQL did not start");
        Some(Self { bin, port, count: Mutex::new(0), _script: script })
    }

    /// Where the server listens.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// A fresh, empty database: its name.
    pub(crate) fn database(&self) -> String {
        let name = {
            let mut count = self.count.lock().expect("no test panics here");
            *count += 1;
            format!("test_{count}")
        };
        self.sql("postgres", &format!("CREATE DATABASE {name}"));
        name
    }

    /// Runs statements in a database, and gives what they print.
    pub(crate) fn sql(&self, database: &str, text: &str) -> String {
        let output = Command::new(self.bin.join("psql"))
            .args(["-qAt", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-U", "postgres"])
            .args(["-p", &self.port.to_string(), "-d", database, "-c", text])
            .current_dir("/")
            .output()
            .expect("psql starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }
}

/// The folder with PostgreSQL's programs.
fn programs() -> Option<PathBuf> {
    let asked = Command::new("pg_config").arg("--bindir").output().ok();
    let asked = asked.map(|output| String::from_utf8_lossy(&output.stdout).trim().into());
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"))
        .collect();
    versions.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_whole = |bin: &Path| {
        ["initdb", "postgres", "pg_isready", "psql"].iter().all(|name| bin.join(name).is_file())
    };
    asked
        .into_iter()
        .chain(versions.into_iter().rev())
        .chain(std::env::split_paths(&path))
        .find(|bin| is_whole(bin))
}
