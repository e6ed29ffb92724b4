//! The handbook, edited by several people: nothing that somebody typed is lost, and where the
//! handbook wants a second person, one looks at it.

use engine::EngineError;
use engine::handbook::decide::{Decider, Submitted};
use engine::handbook::draft::Opened;
use model::handbook::Noun;
use model::handbook::archive;
use model::handbook::draft::{NoApprover, Stage};
use model::handbook::edit::{Edit, Value};
use model::handbook::merge::Side;
use model::value::PublicId;

use crate::both::both;
use crate::house::{House, key};

const SHOP: &str = "plans/shop-down.toml";

fn set(file: &str, path: &str, text: &str) -> Edit {
    let value = Value::Text(text.into());
    Edit::Set { file: file.into(), path: path.parse().unwrap(), value }
}

fn hold(span: &str) -> Edit {
    set(SHOP, "notice.hold", span)
}

fn account(name: &str) -> Decider {
    Decider::Account(name.into())
}

impl House {
    /// A draft of this author with these changes.
    async fn draft(&self, author: &str, edits: &[Edit]) -> Opened {
        let fresh = self.engine.open_handbook_draft(author).await.unwrap();
        let (id, seen) = (fresh.draft.id, fresh.draft.revision);
        self.engine.edit_handbook_draft(&id, seen, edits, author).await.unwrap()
    }

    async fn submit(&self, author: &str, id: &PublicId) -> Submitted {
        self.engine.submit_handbook_draft(id, "weil es so ist", author).await.unwrap()
    }

    /// Takes out who approves; the version after that.
    async fn without_approval(&self) -> u32 {
        self.change("handbook.toml", "approval = \"lead\"\n", "").await
    }

    async fn newest(&self, file: &str) -> String {
        self.engine.store.newest_handbook().await.unwrap().unwrap().1[file].clone()
    }
}

fn version(submitted: Submitted) -> u32 {
    match submitted {
        Submitted::Version(applied) => applied.number,
        other => panic!("{other:?}"),
    }
}

both! {
    async fn what_somebody_types_is_kept_at_each_step_and_over_a_crash(house) {
        let first = house.without_approval().await;
        let opened = house.draft("erika", &[hold("7m")]).await;
        assert_eq!((opened.draft.revision, opened.draft.base), (1, Some(first)));
        // What cannot be read yet is kept all the same.
        let edits = [hold("soon"), set(SHOP, "step.0.within", "2h")];
        let id = &opened.draft.id;
        house.engine.edit_handbook_draft(id, 1, &edits, "erika").await.unwrap();
        let after = house.another().await.open_handbook_draft("erika").await.unwrap();
        assert_eq!((&after.draft.id, after.draft.revision), (id, 2));
        assert!(after.files[SHOP].contains("hold = \"soon\""));
        assert!(after.files[SHOP].contains("within = \"2h\""));
        let before = house.engine.handbook_draft_at(&after.draft, 1).await.unwrap();
        assert!(before[SHOP].contains("hold = \"7m\""), "and so is what it replaced");
        let refused = house.engine.submit_handbook_draft(id, "so", "erika").await;
        assert!(matches!(refused, Err(EngineError::Faults(_))), "{refused:?}");
        let refused = house.engine.submit_handbook_draft(id, "  ", "erika").await;
        assert!(matches!(refused, Err(EngineError::NoReason)));
        assert_eq!(house.engine.handbook().await.unwrap().number, first);
        house.engine.edit_handbook_draft(id, 2, &[hold("8m")], "erika").await.unwrap();
        assert_eq!(version(house.submit("erika", id).await), first + 1);
        let same = house.draft("erika", &[hold("8m")]).await.draft.id;
        let again = house.engine.submit_handbook_draft(&same, "so", "erika").await;
        assert!(matches!(again, Err(EngineError::NothingChanged)), "{again:?}");
        let made = &house.engine.handbook_history().await.unwrap()[0];
        assert_eq!((made.author.as_str(), made.reason.as_str()), ("erika", "weil es so ist"));
        assert_eq!(made.approved_by, None);
        house.engine.drop_handbook_draft(&same, "erika").await.unwrap();
        assert_eq!(house.engine.handbook_drafts().await.unwrap(), []);
    }

    async fn two_who_edit_the_same_plan_at_once_lose_nothing(house) {
        let first = house.without_approval().await;
        let one = house.draft("erika", &[hold("7m")]).await;
        let two = house.draft("jonas", &[set(SHOP, "notice.rhythm", "20m"), set(SHOP, "title.de", "Laden zu")]).await;
        assert_eq!(version(house.submit("erika", &one.draft.id).await), first + 1);
        assert_eq!(version(house.submit("jonas", &two.draft.id).await), first + 2);
        let plan = house.newest(SHOP).await;
        for typed in ["hold = \"7m\"", "rhythm = \"20m\"", "title.de = \"Laden zu\"", "# Roles that are alerted"] {
            assert!(plan.contains(typed), "{typed} is lost:\n{plan}");
        }
    }

    async fn what_both_changed_is_shown_and_somebody_chooses(house) {
        let first = house.without_approval().await;
        let one = house.draft("erika", &[hold("7m")]).await;
        let two = house.draft("jonas", &[hold("9m"), set(SHOP, "title.de", "Laden zu")]).await;
        house.submit("erika", &one.draft.id).await;
        let Submitted::Conflicts(found) = house.submit("jonas", &two.draft.id).await else {
            panic!("it is a conflict")
        };
        assert_eq!(found.len(), 1, "{found:?}");
        let said = |text: &Option<String>| text.clone().unwrap();
        assert!(said(&found[0].mine).contains("9m") && said(&found[0].theirs).contains("7m"));
        let still = house.engine.handbook_draft(&two.draft.id).await.unwrap();
        assert!(still.files[SHOP].contains("9m"), "nothing was taken from the draft");
        let chosen = [(found[0].id(), Side::Mine)].into();
        let id = &two.draft.id;
        let rebased = house.engine.rebase_handbook_draft(id, &chosen, "jonas").await.unwrap();
        assert_eq!((rebased.conflicts.len(), rebased.draft.base), (0, Some(first + 1)));
        assert_eq!(version(house.submit("jonas", id).await), first + 2);
        let plan = house.newest(SHOP).await;
        assert!(plan.contains("hold = \"9m\"") && plan.contains("Laden zu"), "{plan}");
    }

    async fn two_browsers_on_one_draft_lose_nothing(house) {
        let fresh = house.draft("erika", &[]).await.draft;
        let engine = &house.engine;
        let (one, two) = ([hold("7m")], [set(SHOP, "notice.rhythm", "20m")]);
        let (one, two) = tokio::join!(
            engine.edit_handbook_draft(&fresh.id, 0, &one, "erika"),
            engine.edit_handbook_draft(&fresh.id, 0, &two, "jonas"),
        );
        assert!(one.unwrap().conflicts.is_empty() && two.unwrap().conflicts.is_empty());
        let both = engine.handbook_draft(&fresh.id).await.unwrap();
        assert!(both.files[SHOP].contains("7m") && both.files[SHOP].contains("20m"));
        assert_eq!(both.wrote.iter().collect::<Vec<_>>(), ["erika", "jonas"]);
        let same = engine.edit_handbook_draft(&fresh.id, 0, &[hold("1m")], "jonas").await.unwrap();
        assert_eq!(same.conflicts.len(), 1, "what it replaced is shown");
    }

    async fn where_the_handbook_says_so_a_second_person_looks_at_what_was_written(house) {
        let edits = [hold("7m"), Edit::Remove { file: "handbook.toml".into(), path: "document.approval".parse().unwrap() }];
        let id = house.draft("erika", &edits).await.draft.id;
        let Submitted::Waiting { role } = house.submit("erika", &id).await else { panic!("it waits") };
        assert_eq!(role, key("lead"));
        let engine = &house.engine;
        assert_eq!(engine.handbook().await.unwrap().number, 1);
        let late = engine.edit_handbook_draft(&id, 1, &[hold("9m")], "erika").await;
        assert!(matches!(late, Err(EngineError::DraftMoved { stage: Stage::Waiting, .. })));
        let own = engine.approve_handbook_draft(&id, 1, &account("erika")).await;
        assert!(matches!(own, Err(EngineError::NoApprover(NoApprover::Wrote(..)))), "{own:?}");
        let other = engine.approve_handbook_draft(&id, 1, &account("amira")).await.unwrap_err();
        assert!(other.to_string().contains("ask jonas"), "{other}");

        let back = engine.return_handbook_draft(&id, "zu kurz", &account("jonas")).await.unwrap();
        assert_eq!((back.draft.stage, back.draft.remark.as_deref()), (Stage::Open, Some("zu kurz")));
        engine.edit_handbook_draft(&id, 1, &[hold("8m")], "erika").await.unwrap();
        house.submit("erika", &id).await;
        let unseen = engine.approve_handbook_draft(&id, 1, &account("jonas")).await;
        assert!(matches!(unseen, Err(EngineError::DraftMoved { revision: 2, .. })), "{unseen:?}");
        let approved = engine.approve_handbook_draft(&id, 2, &account("jonas")).await.unwrap();
        assert_eq!(version(approved), 2);
        let made = &engine.handbook_history().await.unwrap()[0];
        assert_eq!((made.author.as_str(), made.approved_by.as_deref()), ("erika", Some("jonas")));
        let audit = engine.store.newest_audit(1).await.unwrap();
        assert_eq!((audit[0].act.as_str(), audit[0].actor.as_str()), ("handbook.approve", "jonas"));
    }

    async fn in_an_outage_the_host_needs_nobodys_approval_and_is_noted(house) {
        let id = house.draft("amira", &[hold("7m")]).await.draft.id;
        house.submit("amira", &id).await;
        let mut files = house.engine.store.newest_handbook().await.unwrap().unwrap().1;
        let plan = files.get_mut(SHOP).unwrap();
        *plan = plan.replace("\"30m\"", "\"15m\"");
        house.engine.apply(&files, Some(1), "root", "the relay is dead").await.unwrap();
        let audit = house.engine.store.newest_audit(1).await.unwrap();
        assert_eq!((audit[0].act.as_str(), audit[0].actor.as_str()), ("handbook.apply", "root"));
        let host = Decider::Host("root".into());
        let approved = house.engine.approve_handbook_draft(&id, 1, &host).await.unwrap();
        assert_eq!(version(approved), 3, "what waited goes on top of it");
        let plan = house.newest(SHOP).await;
        assert!(plan.contains("hold = \"7m\"") && plan.contains("\"15m\""), "{plan}");
        let audit = house.engine.store.newest_audit(1).await.unwrap();
        assert_eq!(audit[0].act, "handbook.approve-on-host");
    }

    async fn an_older_version_comes_back_as_a_new_one(house) {
        house.without_approval().await;
        house.change("handbook.toml", "Lindenhof", "Lindenhain").await;
        let rolled = house.engine.roll_back_handbook(1, "der Name war falsch", "erika").await;
        assert_eq!(version(rolled.unwrap()), 4, "nobody has to approve by the version in force");
        let (made, files) = house.engine.store.newest_handbook().await.unwrap().unwrap();
        assert_eq!((files, made.reason.as_str()), (house.files.clone(), "der Name war falsch"));
        assert!(house.engine.compare_handbooks(1, 4).await.unwrap().is_empty());
        assert_eq!(house.engine.compare_handbooks(2, 3).await.unwrap().len(), 1);
        let missing = house.engine.roll_back_handbook(9, "so", "erika").await;
        assert!(matches!(missing, Err(EngineError::BadHandbook(9, _))));
    }

    async fn a_draft_without_a_handbook_begins_empty_and_becomes_the_first_version(house) {
        let bare = house.bare().await;
        let fresh = bare.open_handbook_draft("erika").await.unwrap().draft;
        assert_eq!((fresh.base, fresh.revision), (None, 0));
        let write = |(file, text): (&String, &String)| {
            Edit::Write { file: file.clone(), text: text.clone() }
        };
        let edits: Vec<_> = house.files.iter().map(write).collect();
        bare.edit_handbook_draft(&fresh.id, 0, &edits, "erika").await.unwrap();
        let made = bare.submit_handbook_draft(&fresh.id, "der Anfang", "erika").await.unwrap();
        assert_eq!(version(made), 1, "nobody can approve where nothing is in force");
    }

    async fn an_archive_that_is_applied_to_an_empty_database_comes_out_the_same(house) {
        let files = house.engine.store.newest_handbook().await.unwrap().unwrap().1;
        let bytes = archive::pack(&files, None).unwrap();
        let bare = house.bare().await;
        let got = archive::unpack(&bytes).unwrap();
        bare.apply(&got.files, None, "test", "moved").await.unwrap();
        let again = bare.store.newest_handbook().await.unwrap().unwrap().1;
        assert_eq!(archive::pack(&again, None).unwrap(), bytes);
    }

    async fn whoever_gets_another_key_keeps_name_and_addresses(house) {
        house.without_approval().await;
        let rename = Edit::Rename { noun: Noun::Person, from: key("noor"), to: key("noora") };
        let id = house.draft("erika", &[rename]).await.draft.id;
        house.submit("erika", &id).await;
        let people = house.engine.store.people().await.unwrap();
        let card = people.iter().find(|card| card.key == key("noora")).unwrap();
        assert!(card.email.is_some() && !people.iter().any(|card| card.key == key("noor")));
    }
}
