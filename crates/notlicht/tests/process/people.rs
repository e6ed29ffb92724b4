use crate::house::{House, PATIENCE, until};

#[tokio::test]
async fn an_import_with_bad_lines_registers_nobody_and_names_the_lines() {
    let house = House::new();
    house.good(&["apply", "h"]).await;
    house.write(
        "people.csv",
        "address,language\nanna@example.org,de\nno address,de\nben@example.org,klingon\n\ncem@example.org\n",
    );
    let said = house.bad(&["import", "people.csv"]).await;
    assert!(said.contains("line 3: "), "{said}");
    assert!(said.contains("line 4: "), "{said}");
    assert!(!said.contains("line 2") && !said.contains("line 6"), "{said}");
    assert!(said.contains("2 bad lines: nobody was registered"), "{said}");

    house.write(
        "people.csv",
        "\u{feff}anna@example.org,de\r\ncem@example.org,en\r\ndora@example.org\r\n",
    );
    let said = house.good(&["import", "people.csv", "--consent", "list of 3 May"]).await;
    assert!(said.contains("3 lines: 3 new, 0 known already."), "{said}");
}

#[tokio::test]
async fn a_second_import_registers_nobody_twice() {
    let house = House::new();
    house.good(&["apply", "h"]).await;
    house.write("people.csv", "anna@example.org,de\nben@example.org,en\nanna@example.org,de\n");
    let said = house.good(&["import", "people.csv"]).await;
    assert!(said.contains("3 lines: 2 new, 0 known already, 1 twice in the file."), "{said}");
    house.write("more.csv", "ben@example.org,en\ncem@example.org,de\n");
    let said = house.good(&["import", "more.csv"]).await;
    assert!(said.contains("2 lines: 1 new, 1 known already."), "{said}");
    let said = house.good(&["import", "more.csv"]).await;
    assert!(said.contains("2 lines: 0 new, 2 known already."), "{said}");
}

#[tokio::test]
async fn lists_of_other_tools_are_taken_as_they_are_and_only_those_who_want_mail() {
    let house = House::new();
    house.good(&["apply", "h"]).await;
    house.write(
        "listmonk.csv",
        "uuid,email,name,attributes,status,created_at\r\n\
         1,Anna@Example.org,\"Anna, née B.\",\"{\"\"a\"\":\r\n1}\",enabled,2026\r\n\
         2,ben@example.org,Ben,{},blocklisted,2026\r\n",
    );
    let said = house.bad(&["import", "listmonk.csv"]).await;
    assert!(said.contains("line 4: its status is “blocklisted”"), "{said}");
    let said = house.good(&["import", "listmonk.csv", "--skip-bad"]).await;
    assert!(said.contains("2 lines: 1 new, 0 known already, 1 bad."), "{said}");

    house.write(
        "excel.csv",
        "\u{feff}Name;E-Mail-Adresse;Sprache;Komponenten\r\n\
         Anna;anna@example.org;de-AT;\r\n\r\n\
         Cem;cem@müller.example;en;shop forum\r\n",
    );
    let said = house.good(&["import", "excel.csv"]).await;
    assert!(said.contains("2 lines: 1 new, 1 known already."), "{said}");

    house.write("tabs.csv", "email\tcomponents\ndora@example.org\tshop|nowhere\n");
    let said = house.bad(&["import", "tabs.csv"]).await;
    assert!(said.contains("line 2: the handbook has no component “nowhere”; it has "), "{said}");
    house.write("names.csv", "name,telephone\nDora,110\n");
    let said = house.bad(&["import", "names.csv"]).await;
    assert!(said.contains("a heading with a column “address” or “email”"), "{said}");
}

#[tokio::test]
async fn bad_lines_are_left_out_only_when_asked_and_all_of_them_are_kept() {
    let house = House::new();
    house.good(&["apply", "h"]).await;
    let mut list = String::from("email\n");
    for number in 0..150 {
        list.push_str(&format!("good{number}@example.org\nbad{number}\n"));
    }
    house.write("people.csv", &list);
    let said = house.bad(&["import", "people.csv"]).await;
    assert!(said.contains("line 3: “bad0” is no mail address"), "{said}");
    assert!(said.contains("line 201: ") && !said.contains("line 203: "), "{said}");
    assert!(said.contains("… and 50 more"), "{said}");
    assert!(said.contains("150 bad lines: nobody was registered"), "{said}");
    let trial = house.ask(&["import", "people.csv", "--skip-bad", "--dry-run"]).await;
    assert!(trial.out.contains("300 lines: 150 new, 0 known already, 150 bad."), "{}", trial.out);
    assert!(trial.out.contains("nobody was registered"), "{}", trial.out);
    let said = house.ask(&["import", "people.csv", "--skip-bad"]).await;
    assert!(said.out.contains("300 lines: 150 new, 0 known already, 150 bad."), "{}", said.out);
    assert!(said.err.contains("line 41: ") && !said.err.contains("line 43: "), "{}", said.err);
    assert!(said.err.contains("… and 130 more"), "{}", said.err);
    let kept = house.read("people.bad.csv");
    assert_eq!(kept.lines().count(), 151);
    assert!(kept.contains("301,“bad149” is no mail address,bad149\n"), "{kept}");
}

/// Else whoever stands behind it would be missing, and nobody would know.
#[tokio::test]
async fn a_quotation_mark_left_open_swallows_nobody_unnoticed() {
    let house = House::new();
    house.good(&["apply", "h"]).await;
    let mut list = String::from("email,name\nanna@example.org,\"Anna\n");
    for number in 0..50 {
        list.push_str(&format!("n{number}@example.org,N\n"));
    }
    house.write("people.csv", &list);
    let said = house.bad(&["import", "people.csv"]).await;
    assert!(said.contains("line 2: a quotation mark opens here"), "{said}");
}

#[tokio::test]
async fn an_import_that_is_killed_in_the_middle_registers_nobody_and_can_be_repeated() {
    let house = House::new();
    house.good(&["apply", "h"]).await;
    let list: Vec<_> = (0..150_000).map(|number| format!("n{number}@example.org\n")).collect();
    house.write("people.csv", &list.concat());
    let mut child = house.command(&["import", "people.csv"]).spawn().unwrap();
    // The log of the database has grown by far more than a page: the import is under way.
    let wal = house.path("d/notlicht.db-wal");
    let under_way = until(PATIENCE, || async {
        let length = std::fs::metadata(&wal).map_or(0, |file| file.len());
        (length > 2_000_000).then_some(())
    });
    under_way.await.expect("it writes");
    child.kill().await.unwrap();
    let said = house.good(&["import", "people.csv", "--dry-run"]).await;
    let nobody = said.contains("150,000 lines: 150,000 new, 0 known already.");
    let everybody = said.contains("150,000 lines: 0 new, 150,000 known already.");
    assert!(nobody || everybody, "{said}");
    let said = house.good(&["import", "people.csv"]).await;
    assert!(said.contains("150,000 lines: "), "{said}");
}

#[tokio::test]
async fn an_import_before_there_is_a_handbook_says_what_comes_first() {
    let house = House::new();
    house.write("people.csv", "anna@example.org,de\n");
    let said = house.bad(&["import", "people.csv"]).await;
    assert!(said.contains("notlicht apply FOLDER"), "{said}");
    let said = house.bad(&["import", "nowhere.csv"]).await;
    assert!(said.contains("nowhere.csv cannot be read"), "{said}");
}

#[tokio::test]
async fn an_erased_address_is_in_no_file_and_not_in_the_note_about_it() {
    let house = House::new();
    house.good(&["apply", "h"]).await;
    house.write("people.csv", "canary-anna@example.org,de\nben@example.org,en\n");
    house.good(&["import", "people.csv"]).await;
    std::fs::remove_file(house.path("people.csv")).unwrap();
    let said = house.good(&["erase", " Canary-Anna@example.org"]).await;
    assert!(said.contains("Erased: 1 subscription of this address"), "{said}");
    let said = house.good(&["erase", "canary-anna@example.org"]).await;
    assert!(said.contains("No subscription has this address."), "{said}");

    let said = house.good(&["erase", "erika@lindenhof.example"]).await;
    assert!(said.contains("notlicht erase --person erika"), "{said}");
    house.good(&["erase", "--person", "erika"]).await;
    let said = house.bad(&["erase", "--person", "erica"]).await;
    assert!(said.contains("“erica”") && said.contains("noor"), "{said}");

    let (mut found, mut files) = (Vec::new(), 0);
    for entry in std::fs::read_dir(house.path("d")).unwrap() {
        let path = entry.unwrap().path();
        let Ok(bytes) = std::fs::read(&path) else { continue };
        files += 1;
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for gone in ["canary-anna", "erika@lindenhof.example", "23125 101"] {
            if text.contains(gone) {
                found.push((path.clone(), gone));
            }
        }
    }
    assert!(files > 1 && found.is_empty(), "{found:?}");
}

#[tokio::test]
async fn whoever_left_or_was_erased_does_not_come_back_with_the_next_import() {
    let house = House::new();
    house.good(&["apply", "h"]).await;
    house.write("people.csv", "email\nanna@people.example\nBert@people.example\n");
    house.good(&["import", "people.csv"]).await;
    house.good(&["erase", "anna@people.example"]).await;
    let said = house.good(&["import", "people.csv", "--dry-run"]).await;
    assert!(said.contains("0 new") && said.contains("1 had left"), "{said}");
    let said = house.good(&["import", "people.csv"]).await;
    assert!(said.contains("0 new, 1 known already, 1 had left"), "{said}");
    let consent = ["--consent", "asked for it on 4 May"];
    let allow = [&["contacts", "allow", "anna@people.example"][..], &consent].concat();
    house.good(&allow).await;
    assert!(house.bad(&allow).await.contains("not kept out"));
    assert!(house.good(&["import", "people.csv"]).await.contains("1 new, 1 known already."));
}
