use crate::house::House;

const PASSWORD: &str = "a sentence that nobody guesses\n";

#[tokio::test]
async fn the_first_account_is_made_on_the_host_and_the_last_administrator_stays() {
    let house = House::new();
    house.good(&["apply", "h"]).await;
    let list = house.good(&["account", "list"]).await;
    assert!(list.contains("notlicht account add NAME"), "a newcomer reads what to do: {list}");
    let said = house.good_with(&["account", "add", "erika"], PASSWORD).await;
    assert!(said.contains("/console/") && said.contains("administrator"), "{said}");
    assert!(!said.contains("nobody guesses"), "no password is shown");
    let line = ["account", "add", "jonas", "--may", "approver", "--language", "en"];
    house.good_with(&line, PASSWORD).await;
    for line in [&["account", "end", "erika"][..], &["account", "permit", "erika", "viewer"]] {
        let said = house.bad(line).await;
        assert!(said.contains("last account that may administer"), "{said}");
    }
    let said = house.bad(&["account", "end", "amira"]).await;
    assert!(said.contains("notlicht account list"), "{said}");
    house.good_with(&["account", "password", "jonas"], "another sentence entirely\n").await;
    house.good(&["account", "permit", "jonas", "writer"]).await;
    house.good(&["account", "end", "jonas"]).await;
    let list = house.good(&["account", "list"]).await;
    assert!(
        list.contains("erika  administrator") && list.contains("jonas  writer  ended"),
        "{list}"
    );
}

#[tokio::test]
async fn an_account_without_a_password_or_with_a_short_one_is_not_made() {
    let house = House::new();
    house.good(&["apply", "h"]).await;
    let said = house.bad(&["account", "add", "erika"]).await;
    assert!(said.contains("no password"), "{said}");
    house.write("short", "geheim\n");
    let mut command = house.command(&["account", "add", "erika"]);
    command.stdin(std::fs::File::open(house.path("short")).unwrap());
    let output = command.output().await.unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("at least 12 characters"));
    assert!(house.good(&["account", "list"]).await.contains("there is no account yet"));
}
