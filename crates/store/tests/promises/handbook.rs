use model::handbook::Files;
use store::StoreError;
use store::handbook::apply_steps;

use crate::at;
use crate::both::both;

fn files(text: &str) -> Files {
    [("handbook.toml".to_owned(), text.to_owned())].into()
}

both! {
    async fn a_version_keeps_its_texts_to_the_last_character(db: &Db) {
        assert_eq!(db.store.newest_handbook().await.unwrap(), None);
        let text = "# Zürich „quoted“ \\ \u{1F4A1}\r\n\tschema = 1\n";
        db.store.write(apply_steps(None, at(5), "ada", "Anfang", &files(text))).await.unwrap();
        db.store.write(apply_steps(Some(1), at(6), "bea", "", &files("b"))).await.unwrap();
        let (version, kept) = db.store.handbook(1).await.unwrap().unwrap();
        assert_eq!((version.number, version.created_at), (1, at(5)));
        assert_eq!((version.author.as_str(), version.reason.as_str()), ("ada", "Anfang"));
        assert_eq!(kept, files(text));
        assert_eq!(db.store.newest_handbook().await.unwrap().unwrap().1, files("b"));
        assert_eq!(db.store.newest_handbook_number().await.unwrap(), Some(2));
        let numbers: Vec<_> = db.store.handbooks().await.unwrap();
        assert_eq!(numbers.iter().map(|one| one.number).collect::<Vec<_>>(), [2, 1]);
    }

    async fn of_two_editors_on_the_same_version_one_is_told_and_nothing_is_overwritten(db: &Db) {
        db.store.write(apply_steps(None, at(1), "ada", "", &files("a"))).await.unwrap();
        let (first, second) = tokio::join!(
            db.store.write(apply_steps(Some(1), at(2), "bea", "", &files("b"))),
            db.store.write(apply_steps(Some(1), at(2), "cid", "", &files("c"))),
        );
        assert!(first.is_ok() != second.is_ok());
        let lost = first.err().or(second.err()).unwrap();
        assert!(matches!(lost, StoreError::Conflict { step: "handbook.add" }), "{lost}");
        assert_eq!(db.store.handbooks().await.unwrap().len(), 2);
    }

    async fn a_version_cannot_follow_one_that_does_not_exist(db: &Db) {
        let why = db.store.write(apply_steps(Some(7), at(1), "ada", "", &files("a"))).await;
        assert!(why.unwrap_err().is_conflict());
        assert_eq!(db.store.handbooks().await.unwrap(), []);
    }
}
