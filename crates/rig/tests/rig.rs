//! Small runs of the rig: the whole program, with real faults.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![expect(clippy::disallowed_methods, reason = "the rig is a program of its own")]

use std::process::Command;

/// Carries out a command of the rig; gives its line of figures.
fn rig(line: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_rig")).args(line).output().unwrap();
    let (said, complaint) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    println!("{said}{complaint}");
    assert!(output.status.success(), "{said}{complaint}");
    said.into_owned()
}

#[test]
fn nobody_is_lost_at_any_mark_in_the_code_on_sqlite() {
    let said = rig(&["kill", "--marks", "--runs", "11", "--people", "300"]);
    assert!(said.contains(" kills=11 ") && said.contains(" lost=0"), "each mark kills once");
}

#[test]
fn nobody_is_lost_at_any_mark_in_the_code_on_postgres() {
    let line = ["kill", "--marks", "--runs", "11", "--people", "300", "--database", "postgres"];
    rig(&line);
}
