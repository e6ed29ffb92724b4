use crate::house::House;

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
        "\u{feff}anna@example.org,de\r\ncem@example.org;en\r\ndora@example.org\r\n",
    );
    let said = house.good(&["import", "people.csv", "--consent", "list of 3 May"]).await;
    assert!(said.contains("3 recipients registered, 0 known already"), "{said}");
}

#[tokio::test]
async fn a_second_import_registers_nobody_twice() {
    let house = House::new();
    house.good(&["apply", "h"]).await;
    house.write("people.csv", "anna@example.org,de\nben@example.org,en\nanna@example.org,de\n");
    let said = house.good(&["import", "people.csv"]).await;
    assert!(said.contains("2 recipients registered, 1 known already"), "{said}");
    house.write("more.csv", "ben@example.org,en\ncem@example.org,de\n");
    let said = house.good(&["import", "more.csv"]).await;
    assert!(said.contains("1 recipient registered, 1 known already"), "{said}");
    let said = house.good(&["import", "more.csv"]).await;
    assert!(said.contains("0 recipients registered, 2 known already"), "{said}");
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
