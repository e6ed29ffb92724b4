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

#[test]
fn nobody_is_lost_by_a_relay_that_fails_in_whatever_way() {
    let scripts = "closing,full,cut-in-data,cut-after-dot,wrong-certificate";
    let said = rig(&["relay", "--script", scripts, "--people", "100", "--sick", "2"]);
    assert_eq!(said.matches(" lost=0").count(), 5, "one line for each script");
}

#[test]
fn no_machine_is_lost_or_hurried_by_a_provider_that_fails_is_busy_or_slow() {
    let line = ["provider", "--machines", "5", "--sick", "3", "--retry-after", "3"];
    assert_eq!(rig(&line).matches(" lost=0").count(), 4, "one line for each mood");
}

#[test]
fn a_node_that_is_killed_or_cut_off_loses_nobody_and_settles_nothing_any_more() {
    rig(&["split", "--runs", "3", "--people", "1000", "--hurry"]);
}

#[test]
fn on_a_full_disk_nothing_that_was_accepted_is_lost_and_it_goes_on_by_itself() {
    rig(&["full", "--runs", "1", "--people", "300", "--seconds", "2"]);
}

#[test]
fn a_clock_that_jumps_a_day_ahead_or_back_loses_nobody_and_tells_at_most_one_update() {
    assert_eq!(rig(&["clock", "--people", "300"]).matches(" lost=0").count(), 2, "ahead and back");
}

#[test]
fn a_fanout_into_postfix_own_sink_tells_everybody() {
    if !std::path::Path::new("/usr/sbin/smtp-sink").exists() {
        return println!("left out: there is no smtp-sink here; install postfix");
    }
    let said = rig(&["fanout", "--people", "5000", "--peer", "2000", "--figures-only"]);
    assert!(said.contains(" accepted=5000 lost=0 "), "{said}");
}
