//! The handbook as whoever writes it sees it: what is found, where, and what it changes.

use axum::http::StatusCode;

use super::{Browser, Console};

const ROLE: &str = "/console/handbook/write/people.toml/role.lead";

/// What a hidden field of a page says.
fn hidden<'a>(html: &'a str, name: &str) -> &'a str {
    let head = format!("name=\"{name}\" value=\"");
    html.split_once(&head).unwrap_or_else(|| panic!("no field {name}")).1.split('"').next().unwrap()
}

/// The part of a page from one text to another.
fn between<'a>(html: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = html.split_once(from).unwrap_or_else(|| panic!("“{from}” is in: {html}"));
    rest.split_once(to).map_or(rest, |(inside, _)| inside)
}

/// Sends the form of the page with these fields instead of what they hold.
async fn save(browser: &Browser, path: &str, fields: &[(&str, &str)]) {
    let page = browser.get(path).await.text;
    let [draft, seen] = ["draft", "seen"].map(|name| hidden(&page, name));
    let marks = fields.iter().map(|(name, value)| {
        let was = hidden(&page, &format!("was.{name}"));
        format!("&was.{name}={was}&{name}={value}")
    });
    let body = format!("draft={draft}&seen={seen}{}", marks.collect::<String>());
    let answer = browser.post(path, &body).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_would_fail_is_told_beside_the_field_and_before_the_draft_is_handed_in() {
    let console = Console::build().await;
    let willi = console.browser("willi").await;
    let lonely = "Die Rolle „Leitung“ hat keine Stellvertretung.";
    assert!(!willi.get(ROLE).await.text.contains(lonely));
    save(&willi, ROLE, &[("deputies", "")]).await;
    let page = willi.get(ROLE).await.text;
    let field = between(&page, "id=\"f.deputies\"", "</fieldset>");
    assert!(
        field.contains(lonely) && field.contains("Nennen Sie jemanden, der einspringt."),
        "{field}"
    );
    assert!(!field.contains("lang=\"en\""), "in the reader's language");
    assert!(!field.contains("aria-invalid"), "nothing that was typed is wrong");
    let list = willi.get("/console/handbook/part/role").await.text;
    assert!(between(&list, "<strong>Leitung", "</li>").contains("data-s=\"major\""), "{list}");
    let draft = willi.get("/console/handbook/draft").await.text;
    let turn = between(&draft, "id=\"turn-h\"", "</section>");
    assert!(turn.contains("gegenüber Fassung 1") && turn.contains("Neu <span"), "{turn}");
    assert!(turn.contains(lonely) && turn.contains("role.lead#f.deputies"), "{turn}");
    assert_eq!(draft.matches(lonely).count(), 2, "once as new, once among all");
    assert!(!turn.contains("Geschlossen"), "{turn}");
    // Whoever mends what the version in force lacks sees that it goes.
    let way = "/console/handbook/write/channels.toml/audience.everybody";
    let kept = "/console/handbook/write/system.toml/place.elsewhere";
    assert!(willi.get(way).await.text.contains("ist nur über „mail“ zu erreichen"));
    save(&willi, kept, &[("partner", "hoster")]).await;
    let draft = willi.get("/console/handbook/draft").await.text;
    let turn = between(&draft, "Geschlossen <span", "</section>");
    assert!(turn.contains("Mietrechner in einem anderen Netz"), "{turn}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_difference_is_told_by_the_names_that_people_know_and_line_by_line_below() {
    let console = Console::build().await;
    let willi = console.browser("willi").await;
    save(&willi, "/console/handbook/write/system.toml/component.2", &[("rto", "90m")]).await;
    let text = "/console/handbook/texts/default/first";
    let page = willi.get(text).await.text;
    let [draft, seen, was] = ["draft", "seen", "was.de"].map(|name| hidden(&page, name));
    let body = format!("draft={draft}&seen={seen}&was.de={was}&text.de=Betreff%0A%0AText.");
    assert_eq!(willi.post(text, &body).await.status, StatusCode::SEE_OTHER);
    let draft = willi.get("/console/handbook/draft").await.text;
    let (values, lines) = draft.split_once("<summary>Zeile für Zeile").unwrap();
    let values = between(values, "id=\"changes-h\"", "</details>");
    let row = between(values, "<strong>Shop · ", "</li>");
    assert!(row.contains("90m</ins>") && row.contains("</del>"), "{row}");
    assert!(values.contains("texts/default/first.de.md</strong> <span class=\"tag\">"), "{values}");
    assert!(!values.contains("Betreff"), "a long text is read line by line");
    assert!(lines.contains("rto = &#34;90m&#34;") && lines.contains("Betreff"), "{lines}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_passage_for_one_audience_is_written_in_each_language_and_stands_in_the_difference() {
    let console = Console::build().await;
    let willi = console.browser("willi").await;
    let list = "/console/handbook/texts";
    let page = willi.get(list).await.text;
    assert!(page.contains("texts/shop-down/first.team\">Erstmeldung · Zusatz für „Unser Team“"));
    // For whom it is chosen by a form, which leads to the page where it is written.
    let chosen =
        willi.get(&format!("{list}/another?folder=default&kind=update&audience=team")).await;
    let text = format!("{list}/default/update.team");
    assert_eq!((chosen.status, chosen.location()), (StatusCode::SEE_OTHER, text.as_str()));
    for nobody in ["default/update.nobody", "default/updat.team", "another?folder=default"] {
        let answer = willi.get(&format!("{list}/{nobody}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{nobody}");
    }
    let write = async |german: &str, english: &str| {
        let page = willi.get(&text).await.text;
        let names = ["draft", "seen", "was.de", "was.en"];
        let [draft, seen, de, en] = names.map(|name| hidden(&page, name));
        let body = format!(
            "draft={draft}&seen={seen}&was.de={de}&was.en={en}&text.de={german}&text.en={english}"
        );
        assert_eq!(willi.post(&text, &body).await.status, StatusCode::SEE_OTHER);
        willi.get(&text).await.text
    };
    let lacks = write("Bitte+warten.", "").await;
    assert!(lacks.contains("Bitte warten."), "{lacks}");
    assert!(lacks.contains("fehlt in der Sprache „en“"), "{lacks}");
    write("Bitte+warten.", "Please+wait.").await;
    let page = willi.get(list).await.text;
    assert!(page.contains("texts/default/update.team\">Meldung · Zusatz für „Unser Team“"));
    let draft = willi.get("/console/handbook/draft").await.text;
    assert!(draft.contains("texts/default/update.team.de.md") && draft.contains("Please wait."));
    // What serves every plan is shown where a plan has nothing of its own.
    let own = willi.get(&format!("{list}/forum-down/update.team")).await.text;
    assert!(own.contains("<pre class=\"general\" lang=\"de\">Bitte warten."), "{own}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_prepared_text_that_leaves_out_what_people_need_is_found_before_the_outage() {
    let console = Console::build().await;
    let next = "Die nächste Meldung kommt um {next_update}.";
    console.house.change("texts/shop-down/first.de.md", next, "Bis bald.").await;
    let willi = console.browser("willi").await;
    let told = "sagt in der Sprache „Deutsch“ nicht: wann die nächste Meldung kommt.";
    let overview = willi.get("/console/handbook").await.text;
    assert!(overview.contains(told), "{overview}");
    let tile = between(&overview, "href=\"/console/handbook/texts\"", "</li>");
    assert!(tile.contains("eine Lücke"), "as with every other part: {tile}");
    let link = "/console/handbook/texts/shop-down/first#f.de\">Erstmeldung, Deutsch</a>";
    assert!(overview.contains(link), "{overview}");
    let page = willi.get("/console/handbook/texts/shop-down/first").await.text;
    assert!(page.contains(told), "beside the text itself: {page}");
}
