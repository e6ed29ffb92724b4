//! The incident room: roles, steps, partners, duties, the situation, a second person, the timeline.

use axum::http::StatusCode;
use model::incident::{Actor, Command, tasks};
use model::notice::Passages;
use model::permission::Permission;
use model::value::{PublicId, Span};

use super::{Answer, Browser, Console};
use crate::house::{PAGE, key};

/// The house with an incident by the plan of the login, which calls role after role and wants a
/// second person; erika, jonas and amira have accounts.
struct Room {
    console: Console,
    id: PublicId,
}

/// The text of a part of the page, without its marks.
fn text(html: &str) -> String {
    let texts = html.split('<').filter_map(|part| part.split_once('>').map(|(_, text)| text));
    texts.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The part of the room with this id.
fn panel(answer: &Answer, id: &str) -> String {
    let start = format!("<div id=\"{id}\" data-live");
    let (_, rest) = answer.text.split_once(&start).unwrap_or_else(|| panic!("no {id}"));
    rest.split("data-live").next().unwrap().to_owned()
}

impl Room {
    async fn open() -> Self {
        let console = Console::build().await;
        let house = &console.house;
        for name in ["erika", "jonas", "amira"] {
            house.account(name, Permission::Approver).await;
        }
        let willi = console.browser("willi").await;
        willi.post("/console/declare", "plan=login-down&state=major").await;
        house.turn().await;
        let id = house.only().await.id;
        Self { console, id }
    }

    fn path(&self, rest: &str) -> String {
        format!("/console/incident/{}{rest}", self.id)
    }

    async fn see(&self, browser: &Browser, id: &str) -> String {
        text(&panel(&browser.get(&self.path("")).await, id))
    }

    /// Sends a form, which leads back to this panel.
    async fn act(&self, browser: &Browser, rest: &str, fields: &str, back: &str) {
        let answer = browser.post(&self.path(rest), fields).await;
        let told = format!("{rest} {fields}: {}", text(&answer.text));
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{told}");
        assert_eq!(answer.location(), self.path(&format!("?done#{back}")), "{told}");
    }

    /// Sends a form that is not taken, and says why.
    async fn fails(&self, browser: &Browser, rest: &str, fields: &str, why: &str) -> Answer {
        let answer = browser.post(&self.path(rest), fields).await;
        assert!(answer.status.is_client_error(), "{rest} {fields}: {}", answer.status);
        let said = text(&answer.text);
        assert!(said.contains(why), "{rest} {fields}: {said}");
        answer
    }

    /// The step whose German text begins so, as it stands in an address.
    async fn step(&self, begins: &str) -> String {
        let case = self.console.house.engine.case(&self.id).await.unwrap();
        let all = tasks(&case.handbook, &case.incident);
        let language = model::language::Language::DE;
        let found = all.iter().find(|task| task.what.get(language).starts_with(begins));
        format!("/task/{}", found.unwrap().id)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_called_takes_a_role_hands_it_over_and_everybody_sees_who_has_it() {
    let room = Room::open().await;
    let erika = room.console.browser("erika").await;
    let jonas = room.console.browser("jonas").await;
    let seen = room.see(&erika, "roles").await;
    assert!(seen.contains("0 von 3 Rollen besetzt"), "{seen}");
    assert!(seen.contains("Leitung : niemand Sie sind gerufen."), "{seen}");
    assert!(seen.contains("Antwort bis 13:52 Uhr (MEZ)"), "{seen}");
    assert!(seen.contains("Danach: Jonas Beispiel"), "{seen}");
    room.act(&erika, "/role/lead", "act=take", "roles").await;
    let seen = room.see(&jonas, "roles").await;
    assert!(seen.contains("Da: Leitung : Erika Mustermann"), "{seen}");
    room.fails(&jonas, "/role/lead", "act=take", "Diese Rolle hat schon jemand.").await;
    room.act(&erika, "/role/lead", "act=offer&to=jonas", "roles").await;
    let seen = room.see(&jonas, "roles").await;
    assert!(seen.contains("Sie sind gefragt: Übernehmen Sie diese Rolle?"), "{seen}");
    assert!(seen.contains("Erika Mustermann"), "until then the holder holds it: {seen}");
    room.act(&jonas, "/role/lead", "act=take", "roles").await;
    let seen = room.see(&erika, "roles").await;
    assert!(seen.contains("Vertretung: Leitung : Jonas Beispiel"), "{seen}");
    room.act(&erika, "/role/lead", "act=leave", "roles").await;
    assert!(room.see(&erika, "roles").await.contains("Leitung : niemand"));
    let answer = erika.post(&room.path("/role/lead"), "act=offer&to=nobody").await;
    let said = text(&answer.text);
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(said.contains("„nobody“ gibt es im Handbuch dieser Störung nicht"), "{said}");
    for shape in ["s-operational", "s-major", "s-now", "s-miss", "s-open", "s-skip"] {
        let page = erika.get(&room.path("")).await.text;
        assert_eq!(page.matches(&format!("<symbol id=\"{shape}\"")).count(), 1, "{shape}");
    }
    let viewer = room.console.browser("vera").await.get(&room.path("")).await;
    assert!(!panel(&viewer, "roles").contains("<form"), "who may not act sees no button");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_cannot_come_says_so_and_when_nobody_comes_the_chain_says_what_to_do() {
    let room = Room::open().await;
    let amira = room.console.browser("amira").await;
    room.act(&amira, "/role/communication", "act=decline", "roles").await;
    room.console.house.turn().await;
    let seen = room.see(&amira, "roles").await;
    assert!(seen.contains("Amira Muster, gerufen") && seen.contains("kann nicht"), "{seen}");
    assert!(seen.contains("Erika Mustermann, gerufen"), "{seen}");
    assert!(seen.contains("Alarmkette: Nachts und am Wochenende"), "{seen}");
    // Noor is on call and was written to; by role Jonas is the next, and Noor not once more.
    assert!(seen.contains("Jonas Beispiel, wird um 13:57 Uhr (MEZ) gerufen"), "{seen}");
    assert_eq!(seen.matches("kommt danach").count(), 1, "Erika, and nobody twice: {seen}");
    let why = "Danach sind Sie nicht gefragt";
    room.fails(&amira, "/chain/night", "act=decline", why).await;
    room.console.house.pass(Span::minutes(120)).await;
    let seen = room.see(&amira, "roles").await;
    assert!(seen.contains("Niemand hat sich gemeldet."), "{seen}");
    assert!(seen.contains("Den Leitstand des Hosters anrufen und selbst"), "{seen}");
    room.act(&amira, "/chain/night", "act=again", "roles").await;
    room.console.house.turn().await;
    room.act(&amira, "/chain/night", "act=answer", "roles").await;
    assert!(room.see(&amira, "roles").await.contains("Amira Muster hat sich gemeldet"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_step_is_taken_ticked_left_out_with_a_reason_opened_again_and_late_ones_stand_out() {
    let room = Room::open().await;
    let jonas = room.console.browser("jonas").await;
    let (first, second) = (room.step("Prüfen, ob").await, room.step("Die Anmeldung").await);
    let seen = room.see(&jonas, "tasks").await;
    assert!(seen.contains("0 von 6") && seen.contains("fällig 13:57 Uhr (MEZ)"), "{seen}");
    room.act(&jonas, &first, "act=take", "tasks").await;
    room.act(&jonas, &first, "act=note&note=Niemand+Fremdes", "tasks").await;
    let seen = room.see(&jonas, "tasks").await;
    assert!(seen.contains("1 von 6") && seen.contains("Niemand Fremdes"), "{seen}");
    room.fails(&jonas, &first, "act=done", "Dieser Schritt ist schon erledigt").await;
    let again = room.fails(&jonas, &second, "act=skip&reason=+", "ein paar Worte").await;
    let tasks = panel(&again, "tasks");
    let wrong = format!("<details id=\"ask{}-skip\" open>", second.replace('/', "-"));
    assert!(tasks.contains(&wrong), "what was not taken stands open: {tasks}");
    assert!(again.text.contains(&format!("href=\"#ask{}-skip\"", second.replace('/', "-"))));
    room.act(&jonas, &second, "act=skip&reason=Der+zweite+Rechner+brennt", "tasks").await;
    let seen = room.see(&jonas, "tasks").await;
    assert!(seen.contains("Ausgelassen: Die Anmeldung auf"), "{seen}");
    assert!(seen.contains("Grund: Der zweite Rechner brennt"), "{seen}");
    room.act(&jonas, &second, "act=reopen", "tasks").await;
    room.act(&jonas, &second, "act=give&to=noor", "tasks").await;
    assert!(room.see(&jonas, "tasks").await.contains("Noor Example ist dran"));
    room.console.house.pass(Span::minutes(21)).await;
    let seen = room.see(&jonas, "tasks").await;
    assert!(seen.contains("1 Schritt ist zu spät"), "{seen}");
    assert!(seen.contains("Zu spät: Die Anmeldung auf dem zweiten Rechner starten."), "{seen}");
    assert!(seen.contains("war fällig 14:07 Uhr (MEZ)"), "{seen}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partner_is_called_answers_and_is_missed_when_they_do_not_call_back() {
    let room = Room::open().await;
    let jonas = room.console.browser("jonas").await;
    let number = "href=\"tel:+493023125200\"";
    assert!(panel(&jonas.get(&room.path("")).await, "partners").contains(number));
    let willi = room.console.browser("willi").await;
    assert!(!willi.get(&room.path("")).await.text.contains("tel:"), "a writer sees no number");
    let step = room.step("Die Anmeldung").await;
    let call = format!("act=call&task={}", step.trim_start_matches("/task/"));
    room.act(&jonas, "/partner/hoster", &call, "partners").await;
    room.console.house.deliver_all().await;
    assert_eq!(room.console.house.mails_to("leitstand").len(), 1);
    let seen = room.see(&jonas, "partners").await;
    assert!(seen.contains("Hoster Beispiel GmbH, Leitstand Gerufen, noch keine"), "{seen}");
    assert!(seen.contains("Was dem Partner gesagt wurde Guten Tag, hier ist"), "{seen}");
    let typed = "act=answer&said=Wir+sehen+es&ticket=N-7&back=bald";
    let again = room.fails(&jonas, "/partner/hoster", typed, "Schreiben Sie die Uhrzeit so").await;
    let partners = panel(&again, "partners");
    assert!(partners.contains("Wir sehen es</textarea>"), "{partners}");
    assert!(partners.contains("value=\"N-7\"") && partners.contains("data-kept"), "{partners}");
    let typed = "act=answer&said=Wir+sehen+es&ticket=N-7&back=14%3A00";
    room.act(&jonas, "/partner/hoster", typed, "partners").await;
    let seen = room.see(&jonas, "partners").await;
    assert!(seen.contains("Hat geantwortet") && seen.contains("Vorgang N-7"), "{seen}");
    assert!(seen.contains("meldet sich wieder 14:00 Uhr (MEZ)"), "{seen}");
    room.console.house.pass(Span::minutes(14)).await;
    let seen = room.see(&jonas, "partners").await;
    assert!(seen.contains("Rückruf überfällig"), "{seen}");
    room.act(&jonas, "/partner/hoster", "act=phone", "partners").await;
    assert!(room.see(&jonas, "partners").await.contains("angerufen 14:01 Uhr (MEZ)"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partners_link_is_ended_with_one_press_and_whoever_opens_it_reads_so_in_plain_words() {
    let room = Room::open().await;
    let (jonas, nobody) = (room.console.browser("jonas").await, room.console.nobody());
    let house = &room.console.house;
    let seen = panel(&jonas.get(&room.path("")).await, "partners");
    assert!(!seen.contains("value=\"revoke\""), "who was not called has no link");
    room.fails(&jonas, "/partner/hoster", "act=revoke", "Einen Link hat er nicht").await;
    room.act(&jonas, "/partner/hoster", "act=call", "partners").await;
    house.deliver().await;
    let mail = house.mails_to("leitstand").pop().unwrap();
    let link = format!("/guest/{}", mail.token(&format!("{PAGE}/guest/")).unwrap());
    assert_eq!(nobody.get(&link).await.status, StatusCode::OK);
    room.act(&jonas, "/partner/hoster", "act=revoke", "partners").await;
    let ended = nobody.get(&link).await;
    assert_eq!(ended.status, StatusCode::GONE);
    let said = text(&ended.text);
    assert!(said.contains("Dieser Link gilt nicht mehr"), "{said}");
    assert!(!said.contains("Anmeldung ausgefallen"), "it shows nothing of the incident: {said}");
    let answer = nobody.post(&link, "said=Wir+kommen").await;
    assert_eq!(answer.status, StatusCode::GONE, "{}", text(&answer.text));
    let seen = room.see(&jonas, "partners").await;
    assert!(seen.contains("sein Link gilt nicht mehr, seit 13:47 Uhr (MEZ)"), "{seen}");
    let story = room.see(&jonas, "timeline").await;
    assert!(story.contains("Zieht den Link zurück, den"), "{story}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_duty_that_applies_counts_its_time_and_is_reported_even_after_all_is_over() {
    let room = Room::open().await;
    let erika = room.console.browser("erika").await;
    let seen = room.see(&erika, "duties").await;
    assert!(seen.contains("Noch zu klären: 3"), "{seen}");
    assert!(seen.contains("Gilt, wenn: Bezahlen geht länger als eine Stunde nicht"), "{seen}");
    let duty = "/duty/payments";
    room.fails(&erika, duty, "act=not&reason=", "ein paar Worte").await;
    room.fails(&erika, duty, "act=applies&at=gestern", "Schreiben Sie Tag und Uhrzeit so").await;
    let late = "act=applies&at=2026-11-25T13%3A00&reason=Kasse+steht";
    let again = room.fails(&erika, duty, late, "Dieser Moment ist noch nicht gekommen").await;
    assert!(panel(&again, "duties").contains("value=\"Kasse steht\""));
    room.act(&erika, duty, "act=applies&at=2026-11-24T13%3A00&reason=Kasse+steht", "duties").await;
    let seen = room.see(&erika, "duties").await;
    let due = "Erste Nachricht : fällig Dienstag, 24. November 2026, 17:00 Uhr (MEZ)";
    assert!(seen.contains(due) && seen.contains("Abschluss : Die Uhr steht noch."), "{seen}");
    room.act(&erika, "/duty/people", "act=not&reason=Keine+Daten", "duties").await;
    let resolve = Command::Resolve { texts: None, passages: Passages::new() };
    let by = Actor::Person(key("erika"));
    room.console.house.engine.act(&room.id, &resolve, &by).await.unwrap();
    room.console.house.pass(Span::minutes(4 * 60)).await;
    let page = erika.get(&room.path("")).await;
    let seen = text(&panel(&page, "duties"));
    assert!(seen.contains("Überfällig: war fällig Dienstag, 24. November"), "{seen}");
    assert!(!panel(&page, "tasks").contains("<form"), "the rest is over");
    let report = room.path("/report/payments/first");
    let page = erika.get(&report).await;
    assert!(text(&page.text).contains("Seit wann, und welche Bestellungen betroffen sind"));
    assert!(page.text.contains("name=\"text\""), "{}", page.text);
    let answer = erika.post(&report, "at=2026-11-24T13%3A30&text=").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = erika.post(&report, "at=nie&text=Die+Kasse+stand").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("Die Kasse stand</textarea>"), "what was typed stays");
    let answer = erika.post(&report, "at=2026-11-24T13%3A30&text=Die+Kasse+stand").await;
    assert_eq!(answer.location(), room.path("?done#duties"));
    assert!(text(&erika.get(&report).await.text).contains("Die Kasse stand"));
    let seen = room.see(&erika, "duties").await;
    assert!(seen.contains("gesendet Dienstag, 24. November 2026, 13:30"), "{seen}");
    assert!(seen.contains("Abschluss : fällig Dienstag, 8. Dezember 2026, 13:30"), "{seen}");
    let nothing = erika.get(&room.path("/report/payments/nothing")).await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_situation_stands_on_top_the_level_changes_with_a_reason_and_a_part_is_set_by_hand() {
    let room = Room::open().await;
    let willi = room.console.browser("willi").await;
    assert!(room.see(&willi, "situation").await.contains("Noch hat niemand geschrieben"));
    room.act(&willi, "/situation", "act=write&text=Knoten+1+steht.", "situation").await;
    let seen = room.see(&willi, "situation").await;
    assert!(
        seen.contains("Knoten 1 steht. Stand: heute, 13:47") && seen.contains("Stufe: Notfall")
    );
    room.fails(&willi, "/note", "act=write&text=", "ein paar Worte").await;
    room.act(&willi, "/note", "act=write&text=Strom+ist+da", "timeline").await;
    assert!(room.see(&willi, "timeline").await.contains("Notiz: Strom ist da"));
    room.act(&willi, "/level", "act=change&level=crisis&reason=Zwei+Orte", "situation").await;
    assert!(room.see(&willi, "situation").await.contains("Stufe: Krise"));
    assert!(room.see(&willi, "timeline").await.contains("Grund: Zwei Orte"));
    room.act(&willi, "/state/forum", "act=set&state=partial", "parts").await;
    let seen = room.see(&willi, "parts").await;
    assert!(seen.contains("Forum: Teilweise ausgefallen (von Hand)"), "{seen}");
    room.act(&willi, "/state/forum", "act=measure", "parts").await;
    assert!(!room.see(&willi, "parts").await.contains("(von Hand)"));
    let odd = willi.post(&room.path("/state/forum"), "act=set&state=blind").await;
    assert_eq!(odd.status, StatusCode::NOT_FOUND, "whether we see it, nobody can say by hand");
}

const WRITTEN: &str = "base=0&asked=yes&headline.de=Es+geht+wieder+etwas&body.de=Der+Anfang+geht.\
                       &headline.en=A+little+works&body.en=The+start+works.";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_somebody_wrote_goes_out_when_a_second_person_has_read_it_and_comes_back_with_a_reason()
 {
    let room = Room::open().await;
    let (erika, jonas) = (room.console.browser("erika").await, room.console.browser("jonas").await);
    let write = room.path("/write/update");
    let page = erika.get(&write).await;
    assert!(page.text.contains("Zum Gegenlesen geben") && !page.text.contains("/update/publish"));
    let refused = erika.post(&format!("{write}/publish"), WRITTEN).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(text(&refused.text).contains("Der Plan verlangt einen zweiten Menschen."));
    let base = WRITTEN.replace("base=0", "base=1");
    let done = erika.post(&format!("{write}/propose"), &base).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", text(&done.text));
    let own = room.see(&erika, "light").await;
    assert!(own.contains("Ihr Text wartet auf einen zweiten Menschen"), "{own}");
    assert!(!own.contains("Freigeben"), "nobody lets out what they wrote: {own}");
    let other = room.see(&jonas, "light").await;
    assert!(other.contains("Stimmt jedes Wort?") && other.contains("Geschrieben von Erika"));
    for said in ["Es geht wieder etwas", "Der Anfang geht.", "A little works", "The start works."] {
        assert!(other.contains(said), "{said} is not in {other}");
    }
    let seq = room.console.house.incident(&room.id).await.proposed.unwrap().seq;
    let proposal = format!("/proposal/{seq}");
    room.fails(&erika, &proposal, "act=approve", "Das haben Sie selbst geschrieben").await;
    room.fails(&jonas, &proposal, "act=back&reason=", "ein paar Worte").await;
    room.act(&jonas, &proposal, "act=back&reason=Bitte+k%C3%BCrzer", "light").await;
    let page = erika.get(&write).await;
    assert!(text(&page.text).contains("Jonas Beispiel hat den Text zurückgegeben: Bitte kürzer"));
    assert!(page.text.contains("value=\"Es geht wieder etwas\""), "the draft is still there");
    room.fails(&jonas, &proposal, "act=approve", "Dieser Text wartet nicht mehr").await;
    erika.post(&format!("{write}/propose"), &base).await;
    let seq = room.console.house.incident(&room.id).await.proposed.unwrap().seq;
    room.act(&jonas, &format!("/proposal/{seq}"), "act=approve", "light").await;
    let incident = room.console.house.incident(&room.id).await;
    assert_eq!(incident.published().count(), 1);
    assert!(!erika.get(&write).await.text.contains("Es geht wieder etwas\""), "a new draft");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_timeline_is_shown_by_kind_and_saved_as_a_file_in_which_nothing_is_a_formula() {
    let room = Room::open().await;
    let erika = room.console.browser("erika").await;
    room.act(&erika, "/note", "act=write&text=%3D1%2B1%2C+%22so%22", "timeline").await;
    room.act(&erika, "/role/lead", "act=take", "roles").await;
    let all = room.see(&erika, "timeline").await;
    assert!(all.contains("Notiz: =1+1") && all.contains("Übernimmt die Rolle"), "{all}");
    let shown = erika.get(&room.path("?show=people")).await;
    let people = text(&panel(&shown, "timeline"));
    assert!(!people.contains("Notiz:") && people.contains("Übernimmt die Rolle"), "{people}");
    assert!(people.contains("Erika Mustermann · Übernimmt"), "by name: {people}");
    assert!(shown.text.contains("&#38;show=people") || shown.text.contains("&amp;show=people"));
    let table = erika.get(&room.path("/timeline.csv")).await;
    assert_eq!(table.header(axum::http::header::CONTENT_TYPE), "text/csv; charset=utf-8");
    let lines: Vec<&str> = table.text.split("\r\n").collect();
    assert_eq!(lines[0], "Zeit,Art,Wer,Was");
    let note = "2026-11-24T13:47:00+01:00,Notizen,Erika Mustermann,\"Notiz: =1+1, \"\"so\"\"\"";
    assert!(lines.contains(&note), "{lines:?}");
    let json = erika.get(&room.path("/timeline.json?show=people")).await;
    let json: serde_json::Value = serde_json::from_str(&json.text).unwrap();
    let last = json["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["who"], &last["kind"]), (&"Erika Mustermann".into(), &"people".into()));
    let plain = erika.get(&room.path("/timeline.txt")).await.text;
    assert!(plain.starts_with("Anmeldung ausgefallen ("), "{plain}");
    assert!(plain.contains("+01:00  Erika Mustermann: Notiz: =1+1, \"so\"\n"), "{plain}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_drill_cannot_be_mistaken_for_real_in_the_room_on_a_report_or_in_a_file() {
    let console = Console::build().await;
    let willi = console.browser("willi").await;
    willi.post("/console/declare", "plan=forum-down&state=major&drill=yes").await;
    let room = format!("/console/incident/{}", console.house.only().await.id);
    for path in [&room, &format!("{room}?show=steps"), &format!("{room}/report/payments/first")] {
        let page = willi.get(path).await.text;
        assert!(page.contains("<title>ÜBUNG: ") && page.contains("class=\"drill-bar\""), "{path}");
    }
    let text = willi.get(&format!("{room}/timeline.txt")).await.text;
    assert!(text.starts_with("ÜBUNG: Forum ausgefallen"), "{text}");
    let json = willi.get(&format!("{room}/timeline.json")).await.text;
    assert!(json.contains("\"drill\": true"), "{json}");
}
