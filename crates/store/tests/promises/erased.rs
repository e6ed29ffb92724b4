//! What is erased is in no file any more.

use std::path::Path;

use model::handbook::people::ContactCard;
use model::language::Language;
use model::recipient::{NewRecipient, RecipientKind};
use store::person::{erase_steps, replace_steps};
use store::recipient::{add_steps, leave_steps};

use crate::both::{Db, Home};
use crate::{at, key};

fn subscriber(n: usize) -> NewRecipient {
    NewRecipient {
        kind: RecipientKind::Subscriber,
        key: None,
        channel: "mail".into(),
        address: address(n),
        language: Language::DE,
        consent_at: Some(at(1)),
        components: None,
    }
}

/// In no order, so that they are scattered over the pages of the index.
fn address(n: usize) -> String {
    format!("canary-{:05}-{n}@people.example", n * 7919 % 100_000)
}

/// Whether these bytes are in any file of the folder.
fn lies_in(folder: &Path, needle: &str) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bytes_of_an_erased_address_are_in_no_file_of_the_database() {
    const PEOPLE: usize = 5000;
    let db = Db::sqlite().await;
    let Home::Folder(folder) = &db.home else { panic!("a file has a folder") };
    let people: Vec<_> = (0..PEOPLE).map(subscriber).collect();
    for batch in people.chunks(500) {
        db.store.write(add_steps(batch, at(1))).await.unwrap();
    }
    let card = ContactCard {
        email: Some("canary-ada@staff.example".into()),
        ..ContactCard::new(key("ada"), "Canary Ada".into())
    };
    db.store.write(replace_steps(&[card])).await.unwrap();
    assert!(db.store.forget().await.unwrap());
    let erased: Vec<_> = (0..PEOPLE).filter(|n| n % 100 == 17 || *n > 4900).collect();
    for n in &erased {
        assert!(lies_in(folder.path(), &address(*n)), "else this test could not fail");
        let id = db.store.subscriber_at(&key("mail"), &address(*n)).await.unwrap().unwrap();
        db.store.write(leave_steps(id, at(2))).await.unwrap();
    }
    db.store.write(erase_steps(&key("ada"), at(2))).await.unwrap();
    // Life goes on, and moves what is left about.
    let more: Vec<_> = (PEOPLE..PEOPLE + 500).map(subscriber).collect();
    db.store.write(add_steps(&more, at(3))).await.unwrap();
    assert!(db.store.forget().await.unwrap());
    for n in &erased {
        assert!(!lies_in(folder.path(), &address(*n)), "{}", address(*n));
    }
    assert!(!lies_in(folder.path(), "Canary Ada"));
    assert!(!lies_in(folder.path(), "canary-ada@staff.example"));
    assert!(lies_in(folder.path(), &address(3)), "the others are there");
}
