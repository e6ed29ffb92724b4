//! The program is killed in the middle of telling everybody.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![expect(clippy::disallowed_methods, reason = "the rig is a program of its own")]

use std::process::Command;

fn kill(database: &str) {
    keeps(&["kill", "--runs", "20", "--people", "10000", "--database", database]);
}

fn keeps(line: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_rig")).args(line).output().unwrap();
    let (said, complaint) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    println!("{said}{complaint}");
    assert!(output.status.success(), "{said}{complaint}");
}

#[test]
fn nobody_is_lost_when_the_program_is_killed_at_random_moments_on_sqlite() {
    kill("sqlite");
}

#[test]
fn nobody_is_lost_when_the_program_is_killed_at_random_moments_on_postgres() {
    kill("postgres");
}

#[test]
fn no_alarm_is_lost_when_the_program_is_killed_while_a_chain_runs_on_sqlite() {
    keeps(&["alarm", "--runs", "2"]);
}

#[test]
fn no_alarm_is_lost_when_the_program_is_killed_while_a_chain_runs_on_postgres() {
    keeps(&["alarm", "--runs", "2", "--database", "postgres"]);
}
