//! An installation in a folder of its own, asked by its command line, its page and its log.
#![expect(clippy::disallowed_methods, reason = "the program is run as a person runs it")]

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use notlicht::demo::example::{Places, adapted, write};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

/// How long anything may take that ought to come at once; generous, as machines are busy.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// Where nobody listens.
const NOBODY: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 9);

/// An installation.
pub(crate) struct House {
    folder: tempfile::TempDir,
    options: Vec<String>,
}

/// What a command said.
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl House {
    /// The example's handbook without its monitors, in the folder `h`.
    pub(crate) fn new() -> Self {
        let house = Self::watching(Places {
            page: NOBODY,
            mail: NOBODY,
            shop: NOBODY,
            pages: NOBODY,
            database: NOBODY,
        });
        let system = house.read("h/system.toml");
        house.write("h/system.toml", &system[..system.find("[monitor.login]").unwrap()]);
        house
    }

    /// The example's handbook with its monitors looking at these places.
    pub(crate) fn watching(places: Places) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let house = Self { folder, options: vec!["--allow-private".to_owned()] };
        write(&adapted(&places).unwrap(), &house.path("h")).unwrap();
        house
    }

    /// With these options for every command instead of `--allow-private`.
    pub(crate) fn with(mut self, options: &[&str]) -> Self {
        self.options = options.iter().map(ToString::to_string).collect();
        self
    }

    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    pub(crate) fn read(&self, inside: &str) -> String {
        std::fs::read_to_string(self.path(inside)).unwrap()
    }

    pub(crate) fn write(&self, inside: &str, text: &str) {
        let path = self.path(inside);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Replaces a text, which must stand there.
    pub(crate) fn change(&self, inside: &str, old: &str, new: &str) {
        let text = self.read(inside);
        assert!(text.contains(old), "“{old}” stands in {inside}");
        self.write(inside, &text.replace(old, new));
    }

    /// The program, about to be run in the installation's folder.
    pub(crate) fn command(&self, line: &[&str]) -> Command {
        self.command_of(Path::new(env!("CARGO_BIN_EXE_notlicht")), line)
    }

    /// A copy of the program, about to be run there.
    pub(crate) fn command_of(&self, program: &Path, line: &[&str]) -> Command {
        let mut command = Command::new(program);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("NOTLICHT_") {
                command.env_remove(name);
            }
        }
        for name in ["COLUMNS", "LINES", "CLICOLOR_FORCE", "SUDO_USER", "LOGNAME"] {
            command.env_remove(name);
        }
        command.env("USER", "erika").current_dir(self.folder.path());
        command.args(line).args(["--data", "d"]).args(&self.options);
        command.stdin(Stdio::null()).kill_on_drop(true);
        command
    }

    /// Runs one command to its end.
    pub(crate) async fn ask(&self, line: &[&str]) -> Said {
        end(self.command(line)).await
    }

    /// Runs one command, which must succeed; gives what it printed.
    pub(crate) async fn good(&self, line: &[&str]) -> String {
        let said = self.ask(line).await;
        assert_eq!(said.code, 0, "{line:?}: {}\n{}", said.out, said.err);
        said.out
    }

    /// The same, with this on its standard input.
    pub(crate) async fn good_with(&self, line: &[&str], input: &str) -> String {
        self.write("input", input);
        let mut command = self.command(line);
        command.stdin(std::fs::File::open(self.path("input")).unwrap());
        let said = end(command).await;
        assert_eq!(said.code, 0, "{line:?}: {}\n{}", said.out, said.err);
        said.out
    }

    /// Runs one command, which must fail; gives what it complained.
    pub(crate) async fn bad(&self, line: &[&str]) -> String {
        let said = self.ask(line).await;
        assert_eq!(said.code, 1, "{line:?}: {}\n{}", said.out, said.err);
        assert!(said.err.contains("error: "), "{line:?}: {}", said.err);
        said.err
    }

    /// Runs a script in the installation's folder.
    pub(crate) async fn shell(&self, script: &str) -> Said {
        let mut command = Command::new("bash");
        command.args(["-c", script]).current_dir(self.folder.path()).env("USER", "erika");
        command.stdin(Stdio::null()).kill_on_drop(true);
        end(command).await
    }

    /// Starts serving on a free port, and waits until the page is up.
    pub(crate) async fn serve(&self) -> Serving {
        self.serve_as(self.command(&SERVE)).await
    }

    /// As [`House::serve`], with a command that was changed.
    pub(crate) async fn serve_as(&self, mut command: Command) -> Serving {
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let written = Arc::clone(&log);
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                let mut log = written.lock().unwrap();
                log.push_str(&line);
                log.push('\n');
            }
        });
        let mut serving = Serving { child, log, at: NOBODY };
        serving.logged("the page is up").await;
        let log = serving.log();
        let after = &log[log.find("listen=").unwrap() + "listen=".len()..];
        serving.at = after.split_whitespace().next().unwrap().parse().unwrap();
        serving
    }
}

/// The command that serves on a free port.
pub(crate) const SERVE: [&str; 3] = ["serve", "--listen", "127.0.0.1:0"];

async fn end(mut command: Command) -> Said {
    let ended = tokio::time::timeout(PATIENCE, command.output()).await;
    let output = ended.expect("the command comes to an end").unwrap();
    Said {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A running program.
pub(crate) struct Serving {
    child: Child,
    log: Arc<Mutex<String>>,
    pub(crate) at: SocketAddr,
}

impl Serving {
    /// What it has logged so far.
    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Waits until this stands in the log; gives the line.
    pub(crate) async fn logged(&self, text: &str) -> String {
        let found = until(PATIENCE, || async {
            let log = self.log();
            log.lines().find(|line| line.contains(text)).map(str::to_owned)
        });
        found.await.unwrap_or_else(|| panic!("“{text}” is not in the log:\n{}", self.log()))
    }

    /// What the page answers: the status and the body.
    pub(crate) async fn get(&self, path: &str) -> (u16, String) {
        get(self.at, path).await.unwrap()
    }

    /// Waits until the page at this path holds the text; gives it.
    pub(crate) async fn shows(&self, path: &str, text: &str, limit: Duration) -> String {
        let found = until(limit, || async {
            let (_, body) = self.get(path).await;
            body.contains(text).then_some(body)
        });
        found.await.unwrap_or_else(|| panic!("{path} does not show “{text}”:\n{}", self.log()))
    }

    /// Asks it to stop, as a supervisor does; gives its exit code.
    pub(crate) async fn stop(mut self) -> Option<i32> {
        let pid = self.child.id().unwrap().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().await.unwrap().success());
        let ended = tokio::time::timeout(PATIENCE, self.child.wait()).await;
        ended.expect("it ends").unwrap().code()
    }
}

async fn get(at: SocketAddr, path: &str) -> std::io::Result<(u16, String)> {
    let mut tcp = TcpStream::connect(at).await?;
    let asked = format!("GET {path} HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n\r\n");
    tcp.write_all(asked.as_bytes()).await?;
    let mut answer = Vec::new();
    tcp.read_to_end(&mut answer).await?;
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    Ok((head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned()))
}

/// A visitor who connects and then neither speaks nor leaves.
pub(crate) async fn silent_visitor(at: SocketAddr) -> TcpStream {
    let mut tcp = TcpStream::connect(at).await.unwrap();
    tcp.write_all(b"GET /de/ HTTP/1.1\r\nHost: x\r\n").await.unwrap();
    tcp
}

/// Asks again and again until there is something, or the time is over.
pub(crate) async fn until<T, F: Future<Output = Option<T>>>(
    limit: Duration,
    mut ask: impl FnMut() -> F,
) -> Option<T> {
    let asking = async {
        let mut pulse = tokio::time::interval(Duration::from_millis(20));
        loop {
            pulse.tick().await;
            if let Some(found) = ask().await {
                return found;
            }
        }
    };
    tokio::time::timeout(limit, asking).await.ok()
}

/// Every file below a folder, with its path inside.
pub(crate) fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let inside = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                found.push((inside, std::fs::read(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}
