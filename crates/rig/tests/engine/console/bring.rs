//! An archive of the handbook that somebody brings.

use axum::http::StatusCode;
use engine::EngineError;
use model::handbook::Files;
use model::handbook::archive::{Archive, fingerprint, pack};

use super::{Answer, Browser, Console};

/// The form with a file, as a browser sends it.
fn parts(form: &str, archive: &[u8], contacts: bool) -> Vec<u8> {
    let mut body = Vec::new();
    let mut part = |name: &str, bytes: &[u8]| {
        let head = format!("--x-x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    };
    part("form", form.as_bytes());
    part("archive", archive);
    if contacts {
        part("contacts", b"yes");
    }
    body.extend_from_slice(b"--x-x--\r\n");
    body
}

async fn bring(browser: &Browser, archive: &[u8], contacts: bool) -> Answer {
    browser.upload("/console/handbook/upload", parts(&browser.form, archive, contacts)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_archive_that_is_brought_becomes_a_draft_and_nothing_that_others_did_is_lost() {
    let console = Console::build().await;
    let engine = &console.house.engine;
    let (_, base) = engine.handbook_texts(1).await.unwrap();
    // Somebody makes the next version; somebody else brings an archive of the one before.
    let change = |old: &str, new: &str, files: &Files| {
        let mut files = files.clone();
        let text = files.get_mut("system.toml").unwrap();
        assert!(text.contains(old));
        *text = text.replacen(old, new, 1);
        files
    };
    let theirs = change("rto = \"2h\"", "rto = \"90m\"", &base);
    engine.apply(&theirs, Some(1), "host", "Anmeldung schneller").await.unwrap();
    let mine = change("rto = \"4h\"", "rto = \"3h\"", &base);
    let willi = console.browser("willi").await;
    let archive = |files: &Files| Archive {
        files: files.clone(),
        contacts: None,
        base: Some(fingerprint(&base)),
    };
    engine.bring_handbook(archive(&mine), false, "willi").await.unwrap();
    let page = willi.get("/console/handbook/draft?brought").await.text;
    assert!(page.contains("Das Archiv steht jetzt in Ihrem Entwurf."), "{page}");
    let drafts = engine.handbook_drafts().await.unwrap();
    let draft = engine.handbook_draft(&drafts[0].id).await.unwrap();
    let text = &draft.files["system.toml"];
    assert!(text.contains("rto = \"90m\"") && text.contains("rto = \"3h\""), "{text}");
    assert_eq!(engine.newest_handbook_number().await.unwrap(), Some(2), "never a version at once");
    let again = engine.bring_handbook(archive(&mine), false, "willi").await;
    assert!(matches!(again, Err(EngineError::NothingChanged)), "{again:?}");
    // Of what both changed, the archive holds, and the other is told.
    let both = change("rto = \"2h\"", "rto = \"1h\"", &base);
    let (now, _) = engine.bring_handbook(archive(&both), false, "willi").await.unwrap();
    assert_eq!(now.conflicts.len(), 1, "{:?}", now.conflicts);
    assert!(now.files["system.toml"].contains("rto = \"1h\""));
    // The same through the form.
    let anna = console.browser("anna").await;
    let answer = bring(&anna, &pack(&mine, None).unwrap(), false).await;
    assert_eq!(answer.location(), "/console/handbook/draft?brought", "{}", answer.text);
    let again = bring(&anna, &pack(&mine, None).unwrap(), false).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text.contains("sagt dasselbe"), "{}", again.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_in_an_archive_is_told_by_file_and_line_and_changes_nothing() {
    let console = Console::build().await;
    let engine = &console.house.engine;
    let (_, mut files) = engine.handbook_texts(1).await.unwrap();
    let text = files.get_mut("people.toml").unwrap();
    let line = text.lines().position(|line| line == "[role.lead]").unwrap() + 2;
    *text = text.replacen("[role.lead]\n", "[role.lead]\ncolour = \"red\"\n", 1);
    let willi = console.browser("willi").await;
    let broken = pack(&files, None).unwrap();
    let refused = |answer: &Answer, says: &str| {
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
        assert!(answer.text.contains(says), "“{says}” is in {}", answer.text);
    };
    let answer = bring(&willi, &broken, false).await;
    refused(&answer, "Im Archiv ist ein Fehler. Es wurde nichts geändert.");
    refused(&answer, &format!("people.toml, Zeile {line}"));
    refused(&answer, "„colour“ ist hier nicht bekannt.");
    refused(&bring(&willi, b"no archive", false).await, "Das ist kein ZIP-Archiv");
    refused(&bring(&willi, b"", false).await, "Bitte wählen Sie eine Datei.");
    let large = vec![b'x'; 5 << 20];
    refused(&bring(&willi, &large, false).await, "größer als 4 MiB");
    assert_eq!(engine.handbook_drafts().await.unwrap(), [], "nothing was begun");
    // Without the proof that the form was shown, nothing is read.
    let other = console.browser("willi").await;
    let foreign = parts(&other.form, &broken, false);
    let answer = willi.upload("/console/handbook/upload", foreign).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_and_addresses_in_an_archive_are_taken_only_by_who_may_see_them_and_says_so() {
    let console = Console::build().await;
    let engine = &console.house.engine;
    let (_, mut files) = engine.handbook_texts(1).await.unwrap();
    files.get_mut("system.toml").unwrap().push_str("\n# Neu\n");
    let contacts = console.house.contacts.replace("Erika Mustermann", "Erika Neumann");
    let archive = pack(&files, Some(&contacts)).unwrap();
    let name = async || {
        let cards = engine.cards().await.unwrap();
        cards.iter().find(|card| card.key.as_str() == "erika").unwrap().name.clone()
    };
    let willi = console.browser("willi").await;
    let answer = bring(&willi, &archive, true).await;
    assert_eq!(answer.location(), "/console/handbook/draft?brought-left");
    let anna = console.browser("anna").await;
    let answer = bring(&anna, &archive, false).await;
    assert_eq!(answer.location(), "/console/handbook/draft?brought-left");
    assert_eq!(name().await, "Erika Mustermann");
    let answer = bring(&anna, &archive, true).await;
    assert_eq!(answer.location(), "/console/handbook/draft?brought-taken", "{}", answer.text);
    assert_eq!(name().await, "Erika Neumann");
    // Whoever only the draft knows cannot be called yet.
    let text = files.get_mut("people.toml").unwrap();
    text.push_str("\n[person.toni]\nlanguage = \"de\"\n");
    let contacts = format!(
        "{contacts}\n[toni]\nname = \"Toni\"\nphone = \"+49 30 1\"\nemail = \"t@x.example\"\n"
    );
    let answer = bring(&anna, &pack(&files, Some(&contacts)).unwrap(), true).await;
    assert_eq!(answer.location(), "/console/handbook/draft?brought-early", "{}", answer.text);
}
