//! Backup and restore as an operator does them.

use std::os::unix::fs::PermissionsExt as _;

use crate::house::House;

/// An installation with somebody in it, a key and a backup `b`.
async fn backed_up() -> House {
    let house = House::new();
    house.good(&["apply", "h"]).await;
    house.write("people.csv", "anna@example.org,de\nben@example.org,en\n");
    house.good(&["import", "people.csv"]).await;
    house.good(&["emergency", "We are down, more at 15:00."]).await;
    house.good(&["backup", "--make-key", "key"]).await;
    house.good(&["backup", "b", "--key", "key"]).await;
    house
}

#[tokio::test]
async fn what_was_backed_up_comes_back_with_its_keys_into_an_empty_place() {
    let house = backed_up().await;
    let link = house.good(&["intake", "alertmanager"]).await;
    let sealed = std::fs::read(house.path("b")).unwrap();
    assert!(!sealed.windows(4).any(|part| part == b"anna"), "it is encrypted");
    for private in ["b", "key"] {
        let mode = std::fs::metadata(house.path(private)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{private}");
    }
    let checked = house.good(&["restore", "b", "--key", "key", "--check"]).await;
    assert!(checked.contains("It is whole."), "{checked}");

    std::fs::remove_dir_all(house.path("d")).unwrap();
    let said = house.good(&["restore", "b", "--key", "key"]).await;
    let contacts = said.lines().find(|line| line.trim_start().starts_with("contact ")).unwrap();
    assert!(contacts.contains("the same in the database"), "{said}");
    assert!(said.contains("Restored, with 2 files of the data folder."), "{said}");
    assert!(said.contains("sign in to the console anew"), "{said}");
    assert_eq!(house.good(&["intake", "alertmanager"]).await, link, "old links go on working");
    let known = house.good(&["import", "people.csv"]).await;
    assert!(known.contains("2 lines: 0 new, 2 known already."), "{known}");
    assert!(house.good(&["emergency", "--list"]).await.contains("more at 15:00"));
    assert!(!house.path("d/keys.json.restoring").exists());
}

#[tokio::test]
async fn a_changed_or_cut_backup_or_a_wrong_key_changes_nothing() {
    let house = backed_up().await;
    std::fs::rename(house.path("d"), house.path("before")).unwrap();
    let whole = std::fs::read(house.path("b")).unwrap();
    let mut changed = whole.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    for bytes in [&whole[..whole.len() - 20], &changed, &whole[..20], b"no backup"] {
        std::fs::write(house.path("broken"), bytes).unwrap();
        let said = house.bad(&["restore", "broken", "--key", "key"]).await;
        assert!(said.contains("nothing was changed"), "{said}");
        assert!(!house.path("d/notlicht.db").exists());
        assert!(!house.path("d/keys.json").exists());
    }
    house.good(&["backup", "--make-key", "other"]).await;
    let said = house.bad(&["restore", "b", "--key", "other"]).await;
    assert!(said.contains("the key does not fit"), "{said}");
    let said = house.bad(&["restore", "b", "--key", "people.csv"]).await;
    assert!(said.contains("the key file people.csv cannot be used"), "{said}");
}

#[tokio::test]
async fn a_restore_goes_over_an_installation_only_when_told_to() {
    let house = backed_up().await;
    house.write("more.csv", "cem@example.org\n");
    house.good(&["import", "more.csv"]).await;
    let said = house.bad(&["restore", "b", "--key", "key"]).await;
    assert!(said.contains("--replace"), "{said}");
    let trial = house.good(&["import", "more.csv", "--dry-run"]).await;
    assert!(trial.contains("1 line: 0 new, 1 known already."), "{trial}");
    house.good(&["restore", "b", "--key", "key", "--replace"]).await;
    let trial = house.good(&["import", "more.csv", "--dry-run"]).await;
    assert!(trial.contains("1 line: 1 new, 0 known already."), "{trial}");

    let said = house.bad(&["backup", "b", "--key", "key"]).await;
    assert!(said.contains("b is there already"), "{said}");
    let said = house.bad(&["backup", "--make-key", "key"]).await;
    assert!(said.contains("key cannot be made"), "{said}");
}

#[tokio::test]
async fn a_running_program_is_backed_up_into_a_pipe() {
    let house = House::new();
    house.good(&["apply", "h"]).await;
    house.good(&["backup", "--make-key", "key"]).await;
    let serving = house.serve().await;
    let piped = house.command(&["backup", "-", "--key", "key"]).output().await.unwrap();
    assert!(piped.status.success());
    assert!(String::from_utf8_lossy(&piped.stderr).contains("Backed up"));
    std::fs::write(house.path("piped"), piped.stdout).unwrap();
    assert_eq!(serving.get("/health").await.0, 200);
    assert_eq!(serving.stop().await, Some(0));
    let checked = house.good(&["restore", "piped", "--key", "key", "--check"]).await;
    assert!(checked.contains("It is whole."), "{checked}");
}
