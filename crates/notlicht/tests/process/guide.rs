use crate::house::{House, PATIENCE};

/// The commands of the guide's blocks, in their order, without their comments.
fn commands(guide: &str) -> Vec<Vec<String>> {
    let blocks = guide.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap());
    let lines = blocks.flat_map(str::lines).filter_map(|line| line.strip_prefix("notlicht "));
    lines.map(words).collect()
}

/// Words as a shell takes them, as far as guides go: double quotes, and comments after two spaces.
fn words(line: &str) -> Vec<String> {
    let line = line.split("  #").next().unwrap().trim();
    let quoted = line.split('"').enumerate();
    let parts = quoted.flat_map(|(at, part)| match at % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    parts.collect()
}

#[tokio::test]
async fn every_command_of_the_guide_for_the_first_hour_does_what_the_guide_says() {
    let guide = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide");
    let guide = std::fs::read_to_string(guide.join("first-hour.md")).unwrap();
    assert!(guide.lines().count() <= 100, "an hour is short");
    let house = House::new();
    std::fs::rename(house.path("h"), house.path("handbook")).unwrap();
    house.write("people.csv", "anna@example.org,de\n");
    house.write("secrets/mail-password", "for tests only");
    let commands = commands(&guide);
    assert!(commands.len() >= 12, "{commands:?}");
    let mut serving = None;
    for command in commands {
        let line: Vec<&str> = command.iter().map(String::as_str).collect();
        match line[0] {
            "serve" => {
                let line = [&line[..], &["--listen", "127.0.0.1:0"]].concat();
                serving = Some(house.serve_as(house.command(&line)).await);
            }
            "account" => {
                house.good_with(&line, "a sentence that nobody guesses\n").await;
            }
            // There is no mail server here, which it must say.
            "doctor" => assert_eq!(house.ask(&line).await.code, 1),
            _ => {
                house.good(&line).await;
            }
        }
    }
    let serving = serving.unwrap();
    let (_, page) = serving.get("/de/").await;
    assert!(!page.contains("Der Shop geht gerade nicht"), "a drill stays in the house");
}

/// The guide's blocks as one script, with our program and our address in them.
#[tokio::test]
async fn every_command_of_the_guide_for_programs_works() {
    let guide = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide/api.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    let house = House::new();
    house.good(&["apply", "h"]).await;
    let serving = house.serve().await;
    let blocks = guide.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap());
    let script: String = blocks.collect();
    let script = script.replace("http://127.0.0.1:7600", &format!("http://{}", serving.at));
    let program = env!("CARGO_BIN_EXE_notlicht");
    // An id stands first in an incident and in a step, so this much of jq is enough: nothing was done
    // yet, so the first step is the next.
    let script = format!(
        "set -euo pipefail\n\
         notlicht() {{ {program} \"$@\" --data d --allow-private; }}\n\
         curl() {{ command curl --fail-with-body \"$@\"; echo >&2; }}\n\
         jq() {{ case \"$*\" in\n\
         *steps*) sed -E 's/.*\"number\":1,\"id\":\"([a-z0-9]+)\".*/\\1/' ;;\n\
         *) sed -E 's/^.\"id\":\"([a-z0-9]+)\".*/\\1/' ;;\nesac; }}\n{script}"
    );
    let said = house.shell(&script).await;
    assert_eq!(said.code, 0, "{}\n{}", said.out, said.err);
    assert!(said.out.contains(r#""name":"ticket-system","permission":"approver""#), "{}", said.out);
    assert!(said.out.contains("The forum is down") && said.out.contains("We are restarting"));
    let end = said.out.rsplit(r#""what":"#).next().unwrap();
    assert!(end.contains(r#"{"type":"closed"}"#), "{end}");
    serving.shows("/en/feed.atom", "We are restarting", PATIENCE).await;
}

#[tokio::test]
async fn a_token_that_was_ended_opens_nothing_any_more() {
    let house = House::new();
    house.good(&["apply", "h"]).await;
    let token = house.good(&["token", "add", "robot", "--may", "writer"]).await;
    assert!(token.starts_with("notlicht_") && token.trim().len() == 73, "{token}");
    let list = house.good(&["token", "list"]).await;
    assert!(list.contains("robot  writer  never used") && !list.contains(token.trim()), "{list}");
    let id = list.split_whitespace().next().unwrap();
    let said = house.good(&["token", "end", id]).await;
    assert!(said.contains("robot opens nothing any more"), "{said}");
    assert!(house.good(&["token", "list"]).await.contains("ended"));
    house.bad(&["token", "end", "abcdefghijkl"]).await;
}
