//! The main job, as a person runs it.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![expect(clippy::disallowed_methods, reason = "the program is run as a person runs it")]

use std::time::Duration;

use tokio::process::Command;

/// Longer than the demo's own patience with any one step, so that its error is seen.
const PATIENCE: Duration = Duration::from_secs(240);

#[tokio::test]
async fn everybody_is_told_although_the_program_is_killed_in_the_middle_of_the_mails() {
    let running = Command::new(env!("CARGO_BIN_EXE_notlicht"))
        .args(["demo", "--once", "--people", "200"])
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(PATIENCE, running).await.unwrap().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    let wrong = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}\n{wrong}");
    assert_eq!(told.trim_end().lines().last(), Some("lost 0"), "{told}");
    for act in ["it opened nothing", "kill -9 in the middle", "everybody has the all-clear"] {
        assert!(told.contains(act), "{told}");
    }
}
