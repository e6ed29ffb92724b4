use notlicht::demo::example::Places;
use notlicht::demo::sink::{Options, Sink};

use crate::house::{House, PATIENCE, files};

/// What must never be seen by the world: names, numbers and addresses of people.
const CANARIES: [&str; 6] =
    ["Kanarienvogel", "kanari-staff", "23125 777", "kanari-one", "kanari-two", "geheim-kanari"];

#[tokio::test]
async fn nobodys_name_or_address_is_in_a_public_byte_or_in_the_log() {
    let options = Options { refuse_first_try: true, ..Options::default() };
    let sink = Sink::start("127.0.0.1:0".parse().unwrap(), options).await.unwrap();
    let nobody = "127.0.0.1:9".parse().unwrap();
    let house = House::watching(Places {
        page: nobody,
        mail: sink.address(),
        shop: nobody,
        pages: nobody,
        database: nobody,
    })
    .with(&["--allow-private", "--secrets", "s"]);
    let system = house.read("h/system.toml");
    house.write("h/system.toml", &system[..system.find("[monitor.login]").unwrap()]);
    house.change("h/contacts.toml", "Erika Mustermann", "Erika Kanarienvogel");
    house.change("h/contacts.toml", "erika@lindenhof", "kanari-staff@lindenhof");
    house.change("h/contacts.toml", "+49 30 23125 101", "+49 30 23125 777");
    house.write("s/chat-signing", "geheim-kanari");
    house.write("s/hoster-signing", "geheim-kanari");
    house.write("people.csv", "kanari-one@example.org,de\nkanari-two@example.org,en\n");
    house.good(&["apply", "h"]).await;
    house.good(&["import", "people.csv"]).await;
    let mut command = house.command(&crate::house::SERVE);
    command.env("NOTLICHT_LOG", "debug");
    let serving = house.serve_as(command).await;
    house.good(&["incident", "declare", "--plan", "shop-down"]).await;
    house.good(&["incident", "release"]).await;
    // Two subscribers and four of the staff, the latter alerted and told.
    sink.wait_for(10, PATIENCE).await.unwrap();
    let told = sink.received().iter().any(|one| one.recipient.contains("kanari-one"));
    assert!(told, "a canary was told, so that there was something to keep quiet about");
    house.good(&["incident", "resolve"]).await;
    sink.wait_for(16, PATIENCE).await.unwrap();
    serving.shows("/de/history", "Der Shop geht wieder.", PATIENCE).await;
    assert_eq!(serving.get("/leave/abc").await.0, 404);

    let clean = |what: &str, text: &str| {
        for canary in CANARIES {
            assert!(!text.contains(canary), "“{canary}” is in {what}: {text}");
        }
    };
    let public = files(&house.path("d/page"));
    assert!(public.len() > 15, "{} files", public.len());
    for (file, bytes) in public {
        clean(&file, &String::from_utf8_lossy(&bytes));
        let path = format!("/{}", file.trim_end_matches("index.html").trim_end_matches('/'));
        clean(&path, &serving.get(&path).await.1);
    }
    clean("the log", &serving.log());
    clean("what visitors see", &serving.get("/de/").await.1);
    house.good(&["export", "out"]).await;
    for (file, bytes) in files(&house.path("out")) {
        clean(&file, &String::from_utf8_lossy(&bytes));
    }
}
