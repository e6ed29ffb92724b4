use model::handbook::draft::Stage;
use model::handbook::{Files, Noun};
use model::value::PublicId;
use store::StoreError;
use store::handbook::draft::{Saved, Settled, begin_steps, save_steps, settle_steps};
use store::handbook::{apply_steps, approve_steps};

use crate::both::both;
use crate::{at, key};

fn files(text: &str) -> Files {
    [("handbook.toml".to_owned(), text.to_owned())].into()
}

fn saved(number: u64, author: &str) -> Saved {
    let changes = [("a.md".to_owned(), Some("ä\n".to_owned())), ("b.md".to_owned(), None)].into();
    let renamed = vec![(Noun::Person, key("erika"), key("eri"))];
    Saved { number, author: author.to_owned(), at: at(7), changes, renamed }
}

both! {
    async fn every_state_of_a_draft_is_kept_and_of_two_who_save_at_once_one_is_told(db: &Db) {
        let id: PublicId = "0vtfwt1wzpy2".parse().unwrap();
        let store = &db.store;
        assert_eq!(store.handbook_draft(&id).await.unwrap(), None);
        store.write(begin_steps(&id, "ada", Some(3), at(5))).await.unwrap();
        let (first, second) = tokio::join!(
            store.write(save_steps(&id, Some(3), &saved(1, "ada"))),
            store.write(save_steps(&id, Some(3), &saved(1, "bea"))),
        );
        assert!(first.is_ok() != second.is_ok());
        assert!(first.err().or(second.err()).unwrap().is_conflict());
        store.write(save_steps(&id, Some(4), &saved(2, "bea"))).await.unwrap();
        let gap = store.write(save_steps(&id, Some(4), &saved(4, "bea"))).await;
        assert!(gap.unwrap_err().is_conflict(), "no state is left out");
        let draft = store.handbook_draft(&id).await.unwrap().unwrap();
        assert_eq!((draft.origin, draft.base, draft.revision), (Some(3), Some(4), 2));
        assert_eq!((draft.created_at, draft.changed_at), (at(5), at(7)));
        let states = store.handbook_draft_states(&id, 9).await.unwrap();
        assert_eq!((states.len(), &states[1]), (2, &saved(2, "bea")));
        assert_eq!(store.handbook_draft_states(&id, 1).await.unwrap().len(), 1);
        assert_eq!(store.handbook_drafts().await.unwrap(), [draft]);
    }

    async fn a_draft_is_decided_about_only_as_it_was_seen(db: &Db) {
        let id: PublicId = "0vtfwt1wzpy2".parse().unwrap();
        let store = &db.store;
        store.write(begin_steps(&id, "ada", None, at(5))).await.unwrap();
        let seen = store.handbook_draft(&id).await.unwrap().unwrap();
        assert_eq!((seen.base, seen.stage), (None, Stage::Open));
        let settled = |stage| Settled {
            stage,
            at: at(9),
            reason: "warum".into(),
            decided_by: Some("bea".into()),
            remark: Some("noch nicht".into()),
        };
        store.write(save_steps(&id, None, &saved(1, "ada"))).await.unwrap();
        let late = store.write(settle_steps(&seen, &settled(Stage::Waiting))).await;
        assert!(late.unwrap_err().is_conflict(), "something was typed since");
        let seen = store.handbook_draft(&id).await.unwrap().unwrap();
        store.write(settle_steps(&seen, &settled(Stage::Waiting))).await.unwrap();
        let waiting = store.handbook_draft(&id).await.unwrap().unwrap();
        assert_eq!((waiting.stage, waiting.reason.as_str()), (Stage::Waiting, "warum"));
        assert_eq!(waiting.decided_by.as_deref(), Some("bea"));
        assert_eq!(waiting.remark.as_deref(), Some("noch nicht"));
        let late = store.write(save_steps(&id, None, &saved(2, "ada"))).await;
        assert!(late.unwrap_err().is_conflict(), "what waits is not written in");
        store.write(settle_steps(&waiting, &settled(Stage::Accepted))).await.unwrap();
        assert_eq!(store.handbook_drafts().await.unwrap(), []);
    }

    async fn a_version_says_who_let_it_into_force(db: &Db) {
        let mut steps = apply_steps(None, at(1), "ada", "", &files("a"));
        steps.extend(approve_steps(1, "bea"));
        db.store.write(steps).await.unwrap();
        let (version, _) = db.store.newest_handbook().await.unwrap().unwrap();
        assert_eq!(version.approved_by.as_deref(), Some("bea"));
        assert!(db.store.write(approve_steps(1, "cid")).await.unwrap_err().is_conflict());
    }

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
