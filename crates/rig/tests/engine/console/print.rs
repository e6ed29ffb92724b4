//! The handbook on paper, out of the console.

use axum::http::{StatusCode, header};
use model::permission::Permission;

use super::{Console, name};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_printed_handbook_shows_numbers_only_to_whoever_may_see_addresses() {
    let console = Console::build().await;
    let number = "+49 30 23125 101";
    assert!(console.house.contacts.contains(number));
    for may in Permission::ALL {
        let browser = console.browser(name(may)).await;
        let answer = browser.get("/console/handbook/print.html").await;
        assert_eq!(answer.status, StatusCode::OK, "{may}");
        let kept = answer.header(header::CONTENT_DISPOSITION);
        assert_eq!(kept, "attachment; filename=\"handbook-1.html\"", "{may}");
        assert!(answer.text.contains("Notfallkarte"), "{may}");
        let sees = may.allows(Permission::SEES_ADDRESSES);
        assert_eq!(answer.text.contains(number), sees, "{may}");
        assert_eq!(answer.text.contains("Erika Mustermann"), sees, "{may}");
    }
}
