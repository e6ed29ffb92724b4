//! Accounts of the console: who gets in, and how they are out again.

use engine::account::AccountError;
use engine::session::{IDLE, LONGEST};
use model::language::Language;
use model::permission::Permission;
use model::value::Span;

use crate::both::{Kind, both};
use crate::house::{House, key};

const PASSWORD: &str = "ein Satz, den niemand errät";
const OTHER: &str = "ein ganz anderer Satz";

impl House {
    /// An account of this name and permission.
    pub(crate) async fn account(&self, name: &str, may: Permission) {
        let name = key(name);
        let added = self.engine.add_account(&name, may, Language::DE, PASSWORD, "test");
        added.await.unwrap();
    }

    /// Signs in with the password that all have in here.
    pub(crate) async fn sign_in(&self, name: &str) -> Option<String> {
        self.engine.sign_in(name, PASSWORD, "a browser").await.unwrap()
    }

    async fn is_in(&self, secret: &str) -> bool {
        self.engine.session(secret).await.unwrap().is_some()
    }
}

both! {
    async fn only_the_right_name_with_the_right_password_gets_in(house) {
        house.account("erika", Permission::Writer).await;
        for (name, password) in [
            ("erika", OTHER),
            ("erika", ""),
            ("erika ist es", PASSWORD),
            ("", PASSWORD),
            ("jonas", PASSWORD),
            ("nobody", PASSWORD),
            ("erika' OR 1=1 --", PASSWORD),
        ] {
            let tried = house.engine.sign_in(name, password, "").await.unwrap();
            assert!(tried.is_none(), "{name} {password}");
        }
        let secret = house.engine.sign_in(" Erika ", PASSWORD, "").await.unwrap().unwrap();
        let session = house.engine.session(&secret).await.unwrap().unwrap();
        assert_eq!(session.account.name, key("erika"), "a phone writes names large");
        assert!(!house.is_in(&secret.to_uppercase()).await && !house.is_in("").await);
        assert!(!house.is_in(session.id.as_str()).await, "what lists show lets nobody in");
    }

    async fn an_ended_account_is_out_at_once_and_its_name_stays_taken(house) {
        house.account("erika", Permission::Administrator).await;
        house.account("jonas", Permission::Approver).await;
        let secret = house.sign_in("jonas").await.unwrap();
        house.engine.end_account(&key("jonas"), "erika").await.unwrap();
        assert!(!house.is_in(&secret).await);
        assert!(house.sign_in("jonas").await.is_none());
        assert!(house.engine.sessions().await.unwrap().is_empty());
        let name = key("jonas");
        let again = house.engine.add_account(&name, Permission::Viewer, Language::DE, PASSWORD, "t");
        assert!(matches!(again.await, Err(AccountError::Taken(_))), "a timeline names one person");
        let set = house.engine.set_password(&name, OTHER, None, "erika").await;
        assert!(matches!(set, Err(AccountError::Missing(_))), "{set:?}");
        let ended = house.engine.end_account(&name, "erika").await;
        assert!(matches!(ended, Err(AccountError::Missing(_))), "{ended:?}");
    }

    async fn a_changed_password_ends_the_other_sessions_and_keeps_this_one(house) {
        house.account("erika", Permission::Administrator).await;
        house.account("jonas", Permission::Viewer).await;
        let here = house.sign_in("erika").await.unwrap();
        let there = house.sign_in("erika").await.unwrap();
        let another = house.sign_in("jonas").await.unwrap();
        let id = house.engine.session(&here).await.unwrap().unwrap().id;
        house.engine.set_password(&key("erika"), OTHER, Some(&id), "erika").await.unwrap();
        assert!(house.is_in(&here).await && !house.is_in(&there).await);
        assert!(house.is_in(&another).await, "others are not concerned");
        assert!(house.sign_in("erika").await.is_none(), "the old one does not work any more");
        assert!(house.engine.sign_in("erika", OTHER, "").await.unwrap().is_some());
        house.engine.set_password(&key("erika"), PASSWORD, None, "host").await.unwrap();
        assert!(!house.is_in(&here).await, "set from outside, it ends all");
        for bad in ["", "elf Zeichen", &"x".repeat(1025)] {
            let set = house.engine.set_password(&key("erika"), bad, None, "host").await;
            assert!(matches!(set, Err(AccountError::Password)), "{bad}");
        }
    }

    async fn a_permission_that_is_taken_away_is_gone_at_once(house) {
        house.account("erika", Permission::Administrator).await;
        house.account("jonas", Permission::Approver).await;
        let secret = house.sign_in("jonas").await.unwrap();
        house.engine.permit(&key("jonas"), Permission::Viewer, "erika").await.unwrap();
        let session = house.engine.session(&secret).await.unwrap().unwrap();
        assert_eq!(session.account.permission, Permission::Viewer);
    }

    async fn the_last_administrator_stays(house) {
        house.account("erika", Permission::Administrator).await;
        house.account("jonas", Permission::Administrator).await;
        house.account("amira", Permission::Approver).await;
        house.engine.end_account(&key("jonas"), "erika").await.unwrap();
        for _ in 0..2 {
            let ended = house.engine.end_account(&key("erika"), "erika").await;
            assert!(matches!(ended, Err(AccountError::Last(_))), "{ended:?}");
            let less = house.engine.permit(&key("erika"), Permission::Approver, "erika").await;
            assert!(matches!(less, Err(AccountError::Last(_))), "{less:?}");
        }
        assert!(house.sign_in("erika").await.is_some());
        house.engine.permit(&key("amira"), Permission::Administrator, "erika").await.unwrap();
        house.engine.permit(&key("erika"), Permission::Viewer, "erika").await.unwrap();
    }

    async fn two_administrators_who_demote_each_other_at_once_leave_one(house) {
        let pair = [key("erika"), key("jonas")];
        for name in &pair {
            house.account(name.as_str(), Permission::Administrator).await;
        }
        for round in 0..20 {
            let demote = |name| house.engine.permit(name, Permission::Viewer, "test");
            let (_, _) = tokio::join!(demote(&pair[0]), demote(&pair[1]));
            let accounts = house.engine.accounts().await.unwrap();
            let left = accounts.iter().find(|one| one.permission == Permission::Administrator);
            assert!(left.is_some(), "round {round}: nobody is an administrator any more");
            for name in &pair {
                house.engine.permit(name, Permission::Administrator, "test").await.unwrap();
            }
        }
    }

    async fn a_session_ends_when_it_is_not_used_for_a_week(house) {
        house.account("erika", Permission::Viewer).await;
        let (used, left) = (house.sign_in("erika").await.unwrap(), house.sign_in("erika").await.unwrap());
        house.clock.pass(Span::minutes(IDLE.as_minutes() - 10));
        assert!(house.is_in(&used).await);
        house.clock.pass(Span::minutes(20));
        assert!(house.is_in(&used).await && !house.is_in(&left).await);
        assert_eq!(house.engine.sessions().await.unwrap().len(), 1, "lists show what still goes on");
    }

    async fn a_session_ends_after_thirty_days_however_often_it_is_used(house) {
        house.account("erika", Permission::Viewer).await;
        let secret = house.sign_in("erika").await.unwrap();
        let days = LONGEST.as_minutes() / (24 * 60);
        for day in 1..days {
            house.clock.pass(Span::minutes(24 * 60));
            assert!(house.is_in(&secret).await, "day {day}");
        }
        house.clock.pass(Span::minutes(24 * 60 + 1));
        assert!(!house.is_in(&secret).await);
    }

    async fn a_token_that_was_ended_opens_nothing(house) {
        let secret = house.engine.add_token(&key("robot"), Permission::Writer, "erika").await.unwrap();
        let token = house.engine.token(&secret).await.unwrap().unwrap();
        assert_eq!((token.name, token.permission), (key("robot"), Permission::Writer));
        assert!(house.engine.tokens().await.unwrap()[0].used_at.is_some());
        house.engine.end_token(&token.id, "erika").await.unwrap();
        house.engine.end_token(&token.id, "erika").await.unwrap();
        assert!(house.engine.token(&secret).await.unwrap().is_none());
        assert!(house.engine.token(token.id.as_str()).await.unwrap().is_none());
    }
}

/// Every file of the database, as it lies on the disk.
fn everything(house: &House) -> Vec<u8> {
    let files = std::fs::read_dir(house.data()).unwrap().map(|entry| entry.unwrap().path());
    let database = files.filter(|path| path.is_file());
    database.flat_map(|path| std::fs::read(path).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_database_holds_no_password_session_or_token_in_clear() {
    let house = House::build(Kind::Sqlite).await.unwrap();
    house.account("erika", Permission::Administrator).await;
    let session = house.sign_in("erika").await.unwrap();
    let token = house.engine.add_token(&key("robot"), Permission::Viewer, "erika").await.unwrap();
    house.engine.set_password(&key("erika"), OTHER, None, "erika").await.unwrap();
    let bytes = everything(&house);
    let holds = |text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(holds("erika") && holds("robot") && holds("$argon2id$"), "this is the database");
    let bare = token.trim_start_matches("notlicht_");
    for secret in [PASSWORD, OTHER, &session, &token, bare] {
        assert!(!holds(secret), "{secret} stands in the database");
    }
}
