use std::time::Duration;

use crate::house::{House, silent_visitor};

#[tokio::test]
async fn told_to_stop_it_ends_within_seconds_although_a_visitor_holds_on() {
    let house = House::new();
    house.good(&["apply", "h"]).await;
    let serving = house.serve().await;
    let _visitor = silent_visitor(serving.at).await;
    let stopping = tokio::time::timeout(Duration::from_secs(8), serving.stop()).await;
    assert_eq!(stopping.expect("within seconds"), Some(0));
    let serving = house.serve().await;
    let stopping = tokio::time::timeout(Duration::from_secs(3), serving.stop()).await;
    assert_eq!(stopping.expect("without visitors at once"), Some(0));
}

#[tokio::test]
async fn a_second_start_on_the_same_port_says_what_is_in_the_way() {
    let house = House::new();
    house.good(&["apply", "h"]).await;
    let serving = house.serve().await;
    let said = house.bad(&["serve", "--listen", &serving.at.to_string()]).await;
    assert!(said.contains("choose another with --listen"), "{said}");
    assert!(said.contains("in use"), "{said}");
    assert_eq!(serving.get("/health").await.0, 200, "the first goes on");
}

#[tokio::test]
async fn the_log_in_a_file_has_no_colours_and_as_json_is_json() {
    let house = House::new().with(&["--allow-private", "--log", "json"]);
    house.good(&["apply", "h"]).await;
    let mut command = house.command(&crate::house::SERVE);
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut lines = tokio::io::BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    tokio::io::AsyncBufReadExt::read_line(&mut lines, &mut line).await.unwrap();
    let line: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(line["message"], "the page is up");
    child.kill().await.unwrap();

    let house = House::new();
    house.good(&["apply", "h"]).await;
    let serving = house.serve().await;
    assert!(!serving.log().contains('\u{1b}'), "{}", serving.log());
}
