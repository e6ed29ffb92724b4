//! Short messages over a real Kannel: told instead of mail, and ended by STOP.
#![expect(clippy::disallowed_methods, reason = "the gateway is another program")]

use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncRead, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};

use crate::house::{House, PATIENCE, SERVE, until};

const BEARERBOX: &str = "/usr/sbin/bearerbox";
const SMSBOX: &str = "/usr/sbin/smsbox";
const FAKESMSC: &str = "/usr/lib/kannel/test/fakesmsc";

const VERA: &str = "+4915112345678";
const OTTO: &str = "+4915187654321";

/// A Kannel of one's own in a folder of one's own: gateway, HTTP interface, and a telephone network
/// that shows what it was given.
struct Kannel {
    folder: tempfile::TempDir,
    network: u16,
    running: Vec<Program>,
}

/// A program and what it says.
struct Program {
    _child: Child,
    said: Arc<Mutex<String>>,
}

impl Kannel {
    /// Answers are brought to this address.
    async fn start(port: u16, answers: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let [admin, boxes, network] = [free().await, free().await, free().await];
        let conf = format!(
            "group = core\nadmin-port = {admin}\nadmin-password = adm\n\
             admin-interface = 127.0.0.1\nsmsbox-port = {boxes}\nsmsbox-interface = 127.0.0.1\n\
             box-allow-ip = 127.0.0.1\nlog-level = 1\n\n\
             group = smsc\nsmsc = fake\nsmsc-id = fake1\nhost = 127.0.0.1\nport = {network}\n\
             connect-allow-ip = 127.0.0.1\n\n\
             group = smsbox\nbearerbox-host = 127.0.0.1\nbearerbox-port = {boxes}\n\
             sendsms-port = {port}\nsendsms-interface = 127.0.0.1\nglobal-sender = 2323\n\n\
             group = sendsms-user\nusername = lindenhof\npassword = open sesame\n\
             max-messages = 3\nconcatenation = true\n\n\
             group = sms-service\nkeyword = default\ncatch-all = true\n\
             post-url = \"{answers}?from=%p&text=%a\"\nmax-messages = 1\nomit-empty = true\n"
        );
        std::fs::write(folder.path().join("kannel.conf"), conf).unwrap();
        let mut kannel = Self { folder, network, running: Vec::new() };
        kannel.run(BEARERBOX, &["-v", "1", "kannel.conf"]);
        listens(boxes).await;
        kannel.run(SMSBOX, &["-v", "1", "kannel.conf"]);
        listens(port).await;
        kannel
    }

    fn run(&mut self, program: &str, line: &[&str]) -> Arc<Mutex<String>> {
        let program = run(self.folder.path(), program, line);
        let said = Arc::clone(&program.said);
        self.running.push(program);
        said
    }

    /// A telephone network from which this message comes.
    fn network(&self, message: &str) -> Program {
        let network = self.network.to_string();
        let line = ["-v", "0", "-H", "127.0.0.1", "-r", &network, "-i", "0.1", "-m", "1", message];
        run(self.folder.path(), FAKESMSC, &line)
    }
}

fn run(folder: &Path, program: &str, line: &[&str]) -> Program {
    let mut command = Command::new(program);
    command.args(line).current_dir(folder).kill_on_drop(true).stdin(Stdio::null());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let said = Arc::new(Mutex::new(String::new()));
    keep(child.stdout.take().unwrap(), &said);
    keep(child.stderr.take().unwrap(), &said);
    Program { _child: child, said }
}

fn keep(from: impl AsyncRead + Unpin + Send + 'static, said: &Arc<Mutex<String>>) {
    let said = Arc::clone(said);
    tokio::spawn(async move {
        let mut lines = BufReader::new(from).split(b'\n');
        while let Ok(Some(line)) = lines.next_segment().await {
            let mut said = said.lock().unwrap();
            said.push_str(&String::from_utf8_lossy(&line));
            said.push('\n');
        }
    });
}

impl Program {
    /// Waits until it has said this; gives all of it.
    async fn says(&self, word: &str) -> String {
        let found = until(PATIENCE, || async {
            let said = self.said.lock().unwrap().clone();
            said.contains(word).then_some(said)
        });
        let so_far = || self.said.lock().unwrap().clone();
        found.await.unwrap_or_else(|| panic!("nobody says “{word}”:\n{}", so_far()))
    }
}

async fn free() -> u16 {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port()
}

async fn listens(port: u16) {
    let found = until(PATIENCE, || async {
        tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok().then_some(())
    });
    found.await.unwrap_or_else(|| panic!("nobody listens at {port}"));
}

/// Whether the test can run; with `CI=true` it must.
fn has_kannel() -> bool {
    let there = [BEARERBOX, SMSBOX, FAKESMSC].iter().all(|path| Path::new(path).exists());
    if !there {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "install kannel and kannel-extras");
        eprintln!("NOT RUN: short messages over a real Kannel: install kannel and kannel-extras");
    }
    there
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_no_mail_reaches_is_told_over_a_real_gateway_and_stop_ends_it_for_good() {
    if !has_kannel() {
        return;
    }
    let port = free().await;
    let house = House::new();
    house.change(
        "h/channels.toml",
        "[channel.mail]",
        &format!(
            "[channel.sms]\nkind = \"sms\"\ngateway = \"kannel\"\n\
         url = \"http://127.0.0.1:{port}/cgi-bin/sendsms\"\nuser = \"lindenhof\"\n\
         password = \"kannel-password\"\nfrom = \"2323\"\nstop = \"2323\"\n\n\
         [channel.mail]\nfalls_back_to = \"sms\"\nfalls_back_after = \"1s\""
        ),
    );
    house.good(&["apply", "h"]).await;
    let list = format!(
        "email,language,phone\nvera@people.example,de,{VERA}\nklaus@people.example,de,\n\
         otto@people.example,en,0049 151 87654321\n"
    );
    house.write("people.csv", &list);
    let said = house.good(&["import", "people.csv"]).await;
    assert!(said.contains("telephone numbers were left out"), "{said}");
    let consent = "paper form of 3 May";
    let again = ["import", "people.csv", "--phone-consent", consent];
    let said = house.good(&again).await;
    assert!(said.contains("2 telephone numbers: 2 new"), "{said}");
    let shown = house.good(&["contacts", "show", "otto@people.example"]).await;
    assert!(shown.contains("mail: otto@people.example") && shown.contains(OTTO), "{shown}");

    let mut command = house.command(&SERVE);
    command.env("NOTLICHT_SECRET_KANNEL_PASSWORD", "open sesame");
    let serving = house.serve_as(command).await;
    let printed = house.good(&["intake", "replies", "sms"]).await;
    let path = printed.lines().find_map(|line| Some(&line[line.find("/replies/")?..])).unwrap();
    let kannel = Kannel::start(port, &format!("http://{}{path}", serving.at)).await;
    let network = kannel.network(&format!("{OTTO} 2323 text When is it over?"));

    house.good(&["incident", "declare", "--plan", "forum-down"]).await;
    house.good(&["incident", "release"]).await;
    let said = network.says(OTTO).await;
    let said = if said.contains(VERA) { said } else { network.says(VERA).await };
    assert!(said.contains("Lindenhof"), "{said}");
    serving.logged("another channel steps in").await;
    drop(network);

    let network = kannel.network(&format!("{VERA} 2323 text Stop."));
    network.says("Sie sind abgemeldet").await;
    let shown = house.good(&["contacts", "show", "vera@people.example"]).await;
    assert!(!shown.contains(VERA) && shown.contains("vera@people.example"), "{shown}");
    drop(network);
    let said = house.good(&again).await;
    assert!(said.contains("1 said STOP") && said.contains("1 known"), "{said}");
    let add = ["contacts", "add", "vera@people.example", VERA, "--consent", consent];
    assert!(house.bad(&add).await.contains("notlicht contacts allow"));

    let network = kannel.network(&format!("{VERA} 2323 text STOP"));
    house.good(&["incident", "update", "--de", "Es dauert noch.", "--en", "Not yet."]).await;
    let said = network.says(OTTO).await;
    assert!(said.contains("Not"), "{said}");
    assert!(!said.contains(VERA), "one answer is enough, and nothing more goes there: {said}");
}
