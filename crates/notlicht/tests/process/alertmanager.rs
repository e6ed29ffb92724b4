//! Real Alertmanagers report to the running program.
#![expect(clippy::disallowed_methods, reason = "the real server is another program")]

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};

use crate::house::{House, PATIENCE, SERVE, Serving, until};

const BINARY: &str = "/usr/bin/prometheus-alertmanager";

const MONITOR: &str = "\n[monitor.shop-alerts]\ncomponent = \"shop\"\n\
                       alertmanager.match = { alertname = \"ShopDown\", job = \"shop\" }\n";

/// Whether the test can run; says so loudly if not, and fails where all tests must run.
fn can_run() -> bool {
    if Path::new(BINARY).exists() {
        return true;
    }
    let missing = "prometheus-alertmanager is not installed";
    eprintln!("NOT RUN: {missing}");
    assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "with CI=true this must run: {missing}");
    false
}

/// An Alertmanager of one's own, which knows of no other.
struct Alertmanager {
    at: SocketAddr,
    _process: Child,
}

impl Alertmanager {
    async fn start(house: &House, name: &str, config: &str) -> Self {
        house.write(&format!("{name}/config.yml"), config);
        let at = free().await;
        let folder = house.path(name);
        let log = std::fs::File::create(folder.join("log")).unwrap();
        let process = Command::new(BINARY)
            .arg(format!("--config.file={}", folder.join("config.yml").display()))
            .arg(format!("--storage.path={}", folder.join("data").display()))
            .arg(format!("--web.listen-address={at}"))
            .arg("--cluster.listen-address=")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let ready = until(PATIENCE, || async {
            let (status, _) = ask(at, "GET", "/-/ready", "").await.ok()?;
            (status == 200).then_some(())
        });
        ready.await.unwrap_or_else(|| panic!("{}", house.read(&format!("{name}/log"))));
        Self { at, _process: process }
    }

    async fn post(&self, alerts: &Value) {
        let answer = ask(self.at, "POST", "/api/v2/alerts", &alerts.to_string()).await.unwrap();
        assert_eq!(answer.0, 200, "{}", answer.1);
    }

    /// When the alert about the shop began here, and when it was last heard of.
    async fn times(&self) -> (Value, Value) {
        let (_, body) = ask(self.at, "GET", "/api/v2/alerts", "").await.unwrap();
        let alerts: Value = serde_json::from_str(&body).unwrap();
        let shop = |one: &&Value| one["labels"]["alertname"] == "ShopDown";
        let alert = alerts.as_array().unwrap().iter().find(shop).unwrap();
        (alert["startsAt"].clone(), alert["updatedAt"].clone())
    }
}

async fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap()
}

pub(crate) async fn ask(
    at: SocketAddr,
    method: &str,
    path: &str,
    body: &str,
) -> std::io::Result<(u16, String)> {
    let mut tcp = TcpStream::connect(at).await?;
    let mut asked = format!("{method} {path} HTTP/1.0\r\nHost: {at}\r\n");
    let _ =
        write!(asked, "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n", body.len());
    tcp.write_all((asked + body).as_bytes()).await?;
    let mut answer = Vec::new();
    tcp.read_to_end(&mut answer).await?;
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
    Ok((status.unwrap_or_default(), body.to_owned()))
}

/// What the program prints to be put into Alertmanager's file, made a whole file, and faster.
fn config(printed: &str, at: SocketAddr) -> String {
    let block = |head: &str| {
        let after = &printed[printed.find(head).unwrap()..];
        after.split("\n\n").next().unwrap().to_owned()
    };
    let receivers = block("receivers:\n").replace("receivers:\n", "receivers:\n  - name: others\n");
    let route = block("route:\n").replace("route:\n", "route:\n  receiver: others\n");
    let address = receivers.find("http").unwrap();
    let path = receivers.find("/intake/").unwrap();
    let receivers = receivers.replace(&receivers[address..path], &format!("http://{at}"));
    let route = route.replace(" 5s", " 100ms").replace(" 15s", " 500ms");
    format!("{receivers}\n{route}\n")
}

fn firing() -> Value {
    json!([
        { "labels": { "alertname": "ShopDown", "job": "shop" }, "annotations": {
            "summary": "Der Shop antwortet nicht" } },
        { "labels": { "alertname": "Watchdog" } },
    ])
}

/// Waits until the page's JSON says this of the shop, and gives the incidents that were opened.
async fn shop_is(house: &House, serving: &Serving, state: &str) -> Value {
    let found = until(PATIENCE, || async {
        let (_, body) = serving.get("/api/v2/summary.json").await;
        let page: Value = serde_json::from_str(&body).unwrap();
        let mut components = page["components"].as_array().unwrap().iter();
        components.any(|one| one["name"] == "Shop" && one["status"] == state).then_some(())
    });
    let logs = || ["am-a/log", "am-b/log"].map(|log| house.read(log)).concat();
    found.await.unwrap_or_else(|| panic!("not {state}:\n{}\n{}", serving.log(), logs()));
    serde_json::from_str(&house.good(&["incident", "list", "--json"]).await).unwrap()
}

#[tokio::test]
async fn real_alertmanagers_open_one_incident_and_their_resolve_restores_the_component() {
    if !can_run() {
        return;
    }
    let house = House::new();
    let system = house.read("h/system.toml");
    house.write("h/system.toml", &format!("{system}{MONITOR}"));
    house.good(&["apply", "h"]).await;
    let serving = house.serve().await;
    let printed = house.good(&["intake", "alertmanager"]).await;
    assert!(printed.contains("shop-alerts listens for alertname=ShopDown, job=shop"), "{printed}");
    let config = config(&printed, serving.at);
    let one = Alertmanager::start(&house, "am-a", &config).await;
    let two = Alertmanager::start(&house, "am-b", &config).await;

    // The program is away when the alert comes: Alertmanager tries again.
    let at = serving.at.to_string();
    assert_eq!(serving.stop().await, Some(0));
    for alertmanager in [&one, &two] {
        alertmanager.post(&firing()).await;
    }
    let failed = until(PATIENCE, || async {
        house.read("am-a/log").contains("connection refused").then_some(())
    });
    failed.await.unwrap();
    let mut command = house.command(&[SERVE[0], SERVE[1], &at]);
    command.env("NOTLICHT_LOG", "info,engine=debug");
    let serving = house.serve_as(command).await;
    let opened = shop_is(&house, &serving, "major_outage").await;
    assert_eq!(opened.as_array().unwrap().len(), 1, "{opened}");
    serving.logged("alertname=Watchdog").await;

    for alertmanager in [&one, &two] {
        alertmanager.post(&firing()).await;
        let (begun, now) = alertmanager.times().await;
        let mut over = firing();
        over[0]["startsAt"] = begun;
        over[0]["endsAt"] = now;
        alertmanager.post(&over).await;
    }
    let all = shop_is(&house, &serving, "operational").await;
    assert_eq!(all.as_array().unwrap().len(), 1, "{all}");
    assert!(!all[0]["recovered_at"].is_null(), "{all}");
    let token = printed.split("/intake/alertmanager/").nth(1).unwrap().split('"').next().unwrap();
    assert!(!serving.log().contains(token), "the address is a secret");
}
