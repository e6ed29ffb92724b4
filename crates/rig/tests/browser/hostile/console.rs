//! Every hostile text in the fields of the console, sent by somebody who is signed in: what the
//! room, its previews and the forms answer is the same as with a harmless text.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde_json::Value;

use super::dom;
use super::output::{assert_same, sorted, tame};
use crate::house::House;
use crate::wire::{Answer, ask, coded};

/// So many earlier states a room shows: from then on a further one adds nothing.
const STATES: usize = 20;

/// Somebody who is signed in, without a browser.
struct Desk<'h> {
    house: &'h House,
    origin: String,
    cookie: String,
    form: String,
}

impl<'h> Desk<'h> {
    async fn sign_in(house: &'h House, name: &str) -> Self {
        let origin = format!("http://{}", house.address());
        let mut desk = Self { house, origin, cookie: String::new(), form: String::new() };
        let body = format!("name={name}&password={}", coded(&House::password(name)));
        let answer = desk.post("/console/sign-in", &body).await;
        let cookie = &answer.headers["set-cookie"];
        desk.cookie = cookie.split(';').next().unwrap().to_owned();
        let home = desk.get("/console/").await.body;
        let (_, form) = home.split_once("name=\"form\" value=\"").unwrap();
        desk.form = form.split('"').next().unwrap().to_owned();
        desk
    }

    async fn get(&self, path: &str) -> Answer {
        ask(self.house.address(), "GET", path, &[("Cookie", &self.cookie)], None).await
    }

    async fn post(&self, path: &str, body: &str) -> Answer {
        let body = format!("form={}&{body}", self.form);
        let headers = [("Cookie", &*self.cookie), ("Origin", &*self.origin)];
        ask(self.house.address(), "POST", path, &headers, Some(&body)).await
    }

    /// Types a text into the draft; gives the bones of what the script gets, and of the room.
    async fn types(&self, write: &str, base: &mut u64, text: &str) -> [Vec<String>; 2] {
        let text = coded(text);
        let typed = format!(
            "base={base}&headline.de={text}&body.de=x+{text}&headline.en={text}&body.en=x+{text}"
        );
        let answer = self.post(&format!("{write}/keep"), &typed).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let kept: Value = serde_json::from_str(&answer.body).unwrap();
        *base = kept["newest"]["number"].as_u64().unwrap();
        let part = |name: &str| kept["newest"][name].as_str().unwrap().to_owned();
        let room = self.get(write).await;
        assert_eq!(room.status, 200);
        // Clocks stand outside the editor, and go on.
        let (_, editor) = room.body.split_once("<section class=\"panel\" id=\"editor\"").unwrap();
        let (editor, _) = editor.rsplit_once("<div id=\"tasks\"").unwrap();
        // The advice says something else about each text; what it is made of stays.
        let (before, rest) = editor.split_once("<div id=\"rubric\">").unwrap();
        let (advice, after) = rest.split_once("</div>").unwrap();
        assert_advice(&format!("{advice}{}", part("rubric")), &text);
        let editor = format!("{before}{after}");
        let sent = format!("{}{}", part("previews"), part("faults"));
        [dom::html(&sent).all, dom::html(&format!("<section{editor}")).all]
    }
}

/// The advice on a text holds only what its template writes.
fn assert_advice(advice: &str, text: &str) {
    const ELEMENTS: [&str; 11] =
        ["html", "head", "body", "details", "summary", "ul", "li", "q", "br", "span", "button"];
    for bone in dom::html(advice).all {
        let mut parts = bone.split(' ').skip(1);
        let name = parts.next().unwrap_or_default();
        let runs = |attr: &str| attr.starts_with("on") || attr.starts_with("style");
        let quiet = !parts.any(|attr| runs(attr) && attr.contains('='));
        assert!(ELEMENTS.contains(&name) && quiet, "{bone} from {text}");
    }
}

/// The bones of an answer; of a room only of the parts in which something typed is shown again, as
/// everything else goes on by itself.
fn still(answer: &Answer) -> Vec<String> {
    let parts = answer.body.split("data-live").enumerate();
    let shown = parts.filter(|(at, part)| *at == 0 || part.contains("data-kept"));
    let shown: Vec<&str> = shown.map(|(_, part)| part).collect();
    let goes_on = |part: &&str| ["data-now=", "data-tag="].iter().any(|it| part.starts_with(it));
    let bare =
        |bone: &String| bone.split(' ').filter(|part| !goes_on(part)).collect::<Vec<_>>().join(" ");
    dom::html(&shown.join("")).all.iter().map(bare).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_text_that_is_typed_in_the_console_becomes_more_than_a_text() {
    let house = House::build(|_| {}).await;
    house.account("erika", "administrator").await;
    house.good(&["incident", "declare", "--plan", "forum-down"]).await;
    house.good(&["incident", "release"]).await;
    let desk = Desk::sign_in(&house, "erika").await;
    let room = format!("/console/incident/{}", house.incidents().await[0]);
    let write = format!("{room}/write/update");
    let mut base = 0;
    for at in 0..=STATES {
        desk.types(&write, &mut base, &format!("harmless {at}")).await;
    }
    let [plain, odd, _] = sorted();
    let mut looked = 0;
    for text in plain.iter().filter(|text| !text.trim().is_empty()) {
        let wanted = desk.types(&write, &mut base, "harmless").await;
        let found = desk.types(&write, &mut base, text).await;
        for (found, wanted) in found.iter().zip(&wanted) {
            assert_same(found, wanted, text);
            looked += 1;
        }
    }
    let mut known = HashMap::new();
    for text in plain.iter().chain(&odd) {
        let harmless = if odd.contains(text) { tame(text) } else { "harmless".to_owned() };
        for (path, field) in [
            ("/console/declare", "plan"),
            ("/console/declare", "component"),
            ("/console/declare", "minutes"),
            ("/console/people", "name"),
            ("/console/tokens", "name"),
            ("/partner/hoster", "act=answer&back=bald&said"),
            ("/duty/payments", "act=applies&at=bald&reason"),
            ("/role/lead", "act=offer&to"),
            ("/report/payments/first", "at=bald&text"),
        ] {
            let path = match path.starts_with("/console/") {
                true => path.to_owned(),
                false => format!("{room}{path}"),
            };
            let sent = |text: &str| format!("{field}={}&password=x&may=none", coded(text));
            let found = desk.post(&path, &sent(text)).await;
            let wanted = match known.entry((path.clone(), field, harmless.clone())) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => {
                    let wanted = desk.post(&path, &sent(&harmless)).await;
                    place.insert((wanted.status, still(&wanted)))
                }
            };
            if found.status == wanted.0 {
                let place = format!("{field} of {path} with {text:?}");
                assert_same(&still(&found), &wanted.1, &place);
                looked += 1;
            }
            assert!(found.status < 500, "{field} of {path} with {text:?}: {}", found.status);
        }
    }
    println!("{looked} answers");
}
