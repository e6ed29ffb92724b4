use std::process::Stdio;

use crate::house::{House, PATIENCE};

#[tokio::test]
async fn the_handbook_is_printed_from_a_folder_or_from_the_version_in_force() {
    let house = House::new();
    let draft = house.good(&["print", "h", "--output", "draft.html"]).await;
    assert!(draft.contains("Written: draft.html."), "{draft}");
    let page = house.read("draft.html");
    assert!(page.contains("Entwurf: Diese Fassung ist nicht in Kraft gesetzt."));
    assert!(page.contains("+49 30 23125 101"), "the contacts lie beside it");
    assert!(!house.path("d").exists(), "a folder needs no installation and makes none");

    let nothing = house.bad(&["print", "--output", "now.html"]).await;
    assert!(nothing.contains("notlicht apply FOLDER"), "{nothing}");
    house.good(&["apply", "h", "--reason", "the first one"]).await;
    house.good(&["print", "--output", "now.html", "--language", "en"]).await;
    let page = house.read("now.html");
    assert!(page.contains("Version 1 of ") && page.contains("the first one"));
    assert!(page.contains("+49 30 23125 101"), "the contacts lie in the database");
    house.good(&["print", "--output", "now.html", "--without-contacts"]).await;
    let page = house.read("now.html");
    assert!(page.contains("Fassung 1 vom ") && !page.contains("+49 30 23125"));
    let missing = house.bad(&["print", "--output", "old.html", "--version", "9"]).await;
    assert!(missing.contains("version 9"), "{missing}");
}

#[tokio::test]
async fn what_is_printed_is_readable_for_its_owner_alone_and_says_what_it_cannot_do() {
    use std::os::unix::fs::PermissionsExt as _;

    let house = House::new();
    house.good(&["print", "h", "--output", "h.html"]).await;
    let mode = std::fs::metadata(house.path("h.html")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let said = house.bad(&["print", "h", "--output", "h.doc"]).await;
    assert!(said.contains("name a file that ends in .html or .pdf"), "{said}");
    let asked = house.ask(&["print", "h", "--output", "p.pdf"]).await;
    assert_eq!(asked.code, 0, "{}", asked.err);
    if cfg!(feature = "pdf") {
        assert!(std::fs::read(house.path("p.pdf")).unwrap().starts_with(b"%PDF-"));
    } else {
        assert!(asked.err.contains("built without “--features pdf”"), "{}", asked.err);
        assert!(house.path("p.html").exists() && !house.path("p.pdf").exists());
    }
}

#[tokio::test]
async fn a_broken_handbook_is_not_printed() {
    let house = House::new();
    house.change("h/handbook.toml", "zone = \"Europe/Berlin\"", "zone = \"Berlin\"");
    let said = house.bad(&["print", "h", "--output", "h.html"]).await;
    assert!(said.contains("1 error: nothing was printed"), "{said}");
    assert!(!house.path("h.html").exists());
}

#[tokio::test]
async fn a_command_whose_reader_has_gone_ends_without_a_word() {
    let house = House::new();
    house.good(&["apply", "h", "--reason", "the first one"]).await;
    let lines = [&["check", "h"][..], &["handbook", "history"], &["rota"]];
    for line in lines {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = house.command(line);
        command.stdout(writer).stderr(Stdio::piped());
        let ended = command.spawn().unwrap().wait_with_output();
        let ended = tokio::time::timeout(PATIENCE, ended).await.unwrap().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(!said.contains("panicked") && !said.contains("pipe"), "{line:?}: {said}");
        assert_eq!(ended.status.code(), Some(0), "{line:?}: {said}");
    }
}
