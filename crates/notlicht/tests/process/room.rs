//! The room at the command line: a whole incident, beside a program that serves, and what the room
//! shows of it.

use serde_json::Value;

use crate::house::House;

async fn calm() -> House {
    let house = House::new();
    house.change("h/plans/login-down.toml", "hold = \"6s\"", "hold = \"10m\"");
    house.change("h/plans/login-down.toml", "rhythm = \"14s\"", "rhythm = \"30m\"");
    house.good(&["apply", "h"]).await;
    house
}

/// Runs a command of `incident`, which must succeed.
async fn incident(house: &House, line: &[&str]) -> String {
    house.good(&[&["incident"], line].concat()).await
}

async fn room(house: &House) -> Value {
    let shown = incident(house, &["show", "--json"]).await;
    serde_json::from_str::<Value>(&shown).unwrap()["room"].clone()
}

/// The one of a list of the room with this key.
fn one<'a>(room: &'a Value, list: &str, noun: &str, key: &str) -> &'a Value {
    let all = room[list].as_array().unwrap();
    all.iter().find(|one| one[noun] == key).unwrap_or_else(|| panic!("no {key} in {list}"))
}

#[tokio::test]
async fn a_whole_incident_is_carried_out_at_the_command_line_and_the_room_shows_the_same() {
    let house = calm().await;
    let token = house.good(&["token", "add", "robot", "--may", "viewer"]).await;
    let serving = house.serve().await;
    incident(&house, &["declare", "--plan", "login-down"]).await;

    who_does_what(&house).await;
    how_things_are(&house).await;
    a_second_person_reads(&house).await;
    serving.shows("/en/", "We replace the machine.", crate::house::PATIENCE).await;

    // The same as the API shows, which is what the console shows.
    let seen = room(&house).await;
    assert_eq!(one(&seen, "roles", "role", "lead")["holder"]["name"], "jonas");
    assert_eq!(one(&seen, "partners", "partner", "hoster")["answers"][0]["ticket"], "N-7");
    let id = seen["id"].as_str().unwrap();
    let line = format!(
        "curl -sS -H 'Authorization: Bearer {}' http://{}/api/v1/incidents/{id}/room",
        token.trim(),
        serving.at
    );
    let api: Value = serde_json::from_str(&house.shell(&line).await.out).unwrap();
    for part in ["roles", "chains", "steps", "partners", "duties", "components", "situation"] {
        assert_eq!(api[part], seen[part], "{part}");
    }
    incident(&house, &["resolve"]).await;
    incident(&house, &["note", "It was the machine.", id]).await;
    let said = house.bad(&["incident", "role", "leave", "lead", id]).await;
    assert!(said.contains("the incident is closed"), "{said}");
    let story = incident(&house, &["show", id]).await;
    assert!(story.contains("Note: It was the machine."), "{story}");
}

/// Roles, the alarm chain, steps.
async fn who_does_what(house: &House) {
    incident(house, &["chain", "answer", "night", "--person", "noor"]).await;
    let said = incident(house, &["role", "take", "lead", "--person", "erika"]).await;
    assert!(said.contains("erika takes the role “Lead”."), "{said}");
    let said = house.bad(&["incident", "role", "take", "lead"]).await;
    assert!(said.contains("this role is taken"), "{said}");
    incident(house, &["role", "offer", "lead", "jonas"]).await;
    incident(house, &["role", "accept", "lead"]).await;
    let said = house.bad(&["incident", "role", "take", "boss"]).await;
    assert!(said.contains("no role “boss”"), "{said}");

    incident(house, &["step", "take", "1"]).await;
    incident(house, &["step", "done", "1", "--note", "nobody strange"]).await;
    incident(house, &["step", "skip", "2", "--reason", "the machine is gone"]).await;
    incident(house, &["step", "give", "3", "amira"]).await;
    incident(house, &["step", "reopen", "2"]).await;
    let said = house.bad(&["incident", "step", "done", "99"]).await;
    assert!(said.contains("no step “99”") && said.contains("numbers 1 to"), "{said}");
}

/// Partners, duties, the situation; and all of it in the room.
async fn how_things_are(house: &House) {
    incident(house, &["partner", "call", "hoster", "--step", "2"]).await;
    let answer =
        ["partner", "answer", "hoster", "We swap it.", "--ticket", "N-7", "--back", "23:59"];
    incident(house, &answer).await;
    let said = incident(house, &["partner", "revoke", "hoster"]).await;
    assert!(said.contains("Ends the link that hoster was sent."), "{said}");
    assert!(incident(house, &["partner", "revoke", "hoster"]).await.contains("Nothing changes"));

    let said = house.bad(&["incident", "duty", "start", "payments", "fixed", "2h"]).await;
    assert!(said.contains("say first that the duty “payments” applies"), "{said}");
    incident(house, &["duty", "applies", "payments", "--since", "5h"]).await;
    incident(house, &["duty", "not", "people", "--reason", "no data"]).await;
    house.write("report.txt", "To the payment provider");

    incident(house, &["situation", "The machine is being replaced."]).await;
    incident(house, &["note", "A call at two."]).await;
    incident(house, &["level", "crisis", "--reason", "the app as well"]).await;
    incident(house, &["state", "app", "degraded"]).await;
    assert!(house.bad(&["incident", "note", " "]).await.contains("what is to be noted"));

    let shown = incident(house, &["show"]).await;
    for told in [
        "✓  lead           jonas (stands in)",
        "✓  night          noor is there",
        "✓   1 Look whether a stranger",
        "→   2 Start the login",
        "…   3 Read the first notice",
        "Start again: ",
        "hoster         called",
        "“We swap it.”",
        "Late\n  !  report payments, first, was due",
        "!  payments, first: LATE, was due",
        "–  people does not apply: no data",
        "to be decided: authority",
        "The machine is being replaced.",
        "app: ",
    ] {
        assert!(shown.contains(told), "{told} in {shown}");
    }
    incident(house, &["duty", "sent", "payments", "first", "@report.txt"]).await;
    incident(house, &["duty", "finish", "payments", "--reason", "that is all"]).await;
}

/// What somebody wrote goes out when somebody else has read it.
async fn a_second_person_reads(house: &House) {
    let text = ["--de", "Wir tauschen den Rechner.", "--en", "We replace the machine."];
    let said = house.bad(&[&["incident", "update"][..], &text].concat()).await;
    assert!(said.contains("second person"), "{said}");
    let because = ["--because", "we look into it"];
    let said = incident(house, &[&["proposal", "write"][..], &text, &because].concat()).await;
    assert!(said.contains("the text does not say what happened, "), "{said}");
    let shown = incident(house, &["show"]).await;
    assert!(shown.contains("Waits for a second person: Update"));
    assert!(shown.contains("Reason: we look into it"), "{shown}");
    assert!(
        house.bad(&["incident", "proposal", "approve"]).await.contains("you wrote this yourself")
    );
    incident(house, &["proposal", "send-back", "--reason", "shorter"]).await;
    assert!(house.bad(&["incident", "proposal", "approve"]).await.contains("nothing waits"));
    incident(house, &[&["proposal", "write"][..], &text].concat()).await;
    let mut second = house.command(&["incident", "proposal", "approve"]);
    second.env("USER", "jonas");
    assert!(second.output().await.unwrap().status.success());
}

#[tokio::test]
async fn a_word_that_is_none_is_refused_with_those_that_there_are() {
    let house = calm().await;
    incident(&house, &["declare", "--plan", "login-down"]).await;
    for (line, said) in [
        (&["state", "app", "blind"][..], "operational"),
        (&["level", "grave", "--reason", "x"], "emergency"),
        (&["duty", "start", "payments", "now", "2h"], "classified"),
    ] {
        let asked = house.ask(&[&["incident"], line].concat()).await;
        assert!(asked.code == 2 && asked.err.contains(said), "{line:?}: {}", asked.err);
    }
    for (line, said) in [
        (&["duty", "applies", "payments", "--since", "yesterday"][..], "write a time of day"),
        (&["duty", "applies", "payments", "--since", "2031-01-01T00:00:00Z"], "has not come yet"),
        (&["partner", "answer", "hoster", "x", "--back", "soon"], "write it like 14:30"),
        (&["partner", "revoke", "hoster"], "was not called in"),
        (&["role", "accept", "lead"], "not asked"),
        (&["state", "till", "major"], "no component “till”"),
        (&["proposal", "write"], "--de and --en"),
    ] {
        let told = house.bad(&[&["incident"], line].concat()).await;
        assert!(told.contains(said), "{line:?}: {told}");
    }
}
