//! The room by the API: a whole incident carried out by programs, and what is told of a mistake.

use axum::http::Method;
use model::incident::{Actor, Event, posts, works};
use model::permission::Permission;
use model::value::{PublicId, Span};
use serde_json::{Value, json};
use web::routes::{ROUTES, Who};

use super::who::path as path_of;
use super::{Program, texts};
use crate::both::both;
use crate::house::{House, key};

/// An incident by the plan of the login, which calls role after role, runs an alarm chain and wants
/// a second person; a program that may write, and one that may let out.
struct Crew {
    scribe: Program,
    head: Program,
    path: String,
    id: PublicId,
}

impl Crew {
    async fn of(house: &House) -> Self {
        let scribe = Program::named(house, "scribe", Permission::Writer).await;
        let head = Program::named(house, "head", Permission::Approver).await;
        let declared = scribe.post("/incidents", json!({ "plan": "login-down" })).await;
        let id = declared.body["id"].as_str().unwrap().to_owned();
        Self { scribe, head, path: format!("/incidents/{id}"), id: id.parse().unwrap() }
    }

    async fn room(&self) -> Value {
        self.scribe.get(&format!("{}/room", self.path)).await.good()
    }

    /// Does it, and gives the room that it led to.
    async fn say(&self, rest: &str, body: Value) -> Value {
        self.scribe.post(&format!("{}/{rest}", self.path), body).await.good()
    }

    /// It is not done: why.
    async fn refused(&self, rest: &str, body: Value, status: u16, kind: &str) -> Value {
        self.scribe.post(&format!("{}/{rest}", self.path), body).await.problem(status, kind)
    }
}

/// The one of a list of the room with this key.
fn one<'a>(room: &'a Value, list: &str, noun: &str, key: &str) -> &'a Value {
    let all = room[list].as_array().unwrap();
    all.iter().find(|one| one[noun] == key).unwrap_or_else(|| panic!("no {key} in {list}"))
}

fn step(room: &Value, at: usize) -> String {
    room["steps"][at]["id"].as_str().unwrap().to_owned()
}

fn person(name: &str) -> Value {
    json!({ "who": "person", "name": name })
}

both! {
    async fn programs_carry_a_whole_incident_out_and_the_room_says_who_holds_what_and_what_is_late(house) {
        house.subscribe(2).await;
        let crew = Crew::of(&house).await;
        house.turn().await;
        let room = crew.room().await;
        let lead = one(&room, "roles", "role", "lead");
        assert_eq!((&lead["state"], &lead["called"][0]["person"]), (&json!("called"), &json!("erika")));
        assert_eq!(room["chains"][0]["called"][0]["declined"], false);

        // Roles: somebody cannot, somebody takes one, hands it over, and lays it down.
        crew.say("roles/communication/cannot", json!({ "person": "amira" })).await;
        house.turn().await;
        let room = crew.room().await;
        let called = &one(&room, "roles", "role", "communication")["called"];
        assert_eq!((&called[0]["declined"], &called[1]["person"]), (&json!(true), &json!("erika")));
        let room = crew.say("roles/lead/take", json!({ "person": "erika" })).await;
        let lead = one(&room, "roles", "role", "lead");
        assert_eq!((&lead["state"], &lead["holder"]), (&json!("here"), &person("erika")));
        crew.refused("roles/lead/take", json!({}), 409, "refused").await;
        crew.say("roles/lead/offer", json!({ "person": "noor" })).await;
        let room = crew.say("roles/lead/decline", json!({})).await;
        assert_eq!(one(&room, "roles", "role", "lead")["holder"], person("erika"));
        let room = crew.say("roles/lead/offer", json!({ "person": "jonas" })).await;
        assert_eq!(one(&room, "roles", "role", "lead")["offered_to"], "jonas");
        let room = crew.say("roles/lead/accept", json!({})).await;
        let lead = one(&room, "roles", "role", "lead");
        assert_eq!((&lead["state"], &lead["holder"]), (&json!("stands_in"), &person("jonas")));
        let room = crew.say("roles/technik/take", json!({})).await;
        let own = json!({ "who": "token", "name": "scribe" });
        assert_eq!(one(&room, "roles", "role", "technik")["holder"], own);
        let room = crew.say("roles/technik/leave", json!({})).await;
        assert!(one(&room, "roles", "role", "technik")["holder"].is_null());
        crew.say("chains/night/answer", json!({ "person": "noor" })).await;
        assert_eq!(crew.room().await["chains"][0]["answered"], person("noor"));

        // Steps: what is next, what is late, what is done.
        let room = crew.room().await;
        assert_eq!((&room["steps"][0]["next"], &room["steps"][0]["list"]), (&json!(true), &json!("immediate")));
        house.clock.pass(Span::minutes(11));
        assert_eq!(crew.room().await["steps"][0]["state"], "late");
        let room = crew.say(&format!("steps/{}/assign", step(&room, 0)), json!({ "person": "noor" })).await;
        assert_eq!(room["steps"][0]["doer"], person("noor"));
        let note = json!({ "note": "Niemand Fremdes." });
        let room = crew.say(&format!("steps/{}/done", step(&room, 0)), note.clone()).await;
        assert_eq!((&room["steps"][0]["state"], &room["steps"][0]["said"]), (&json!("done"), &note["note"]));
        assert_eq!(room["steps"][1]["next"], true);
        crew.refused(&format!("steps/{}/done", step(&room, 0)), json!({}), 409, "refused").await;
        crew.say(&format!("steps/{}/reopen", step(&room, 0)), json!({})).await;
        crew.say(&format!("steps/{}/done", step(&room, 0)), json!({})).await;
        let why = json!({ "reason": "Der Rechner ist weg." });
        let room = crew.say(&format!("steps/{}/skip", step(&room, 1)), why).await;
        assert_eq!(room["steps"][1]["state"], "skipped");
        let room = crew.say(&format!("steps/{}/assign", step(&room, 2)), json!({})).await;
        assert_eq!((&room["steps"][2]["doer"], &room["steps"][2]["state"]), (&own, &json!("running")));

        // Partners.
        let call = json!({ "step": step(&room, 1) });
        let room = crew.say("partners/hoster/call", call).await;
        let hoster = one(&room, "partners", "partner", "hoster");
        assert_eq!((&hoster["state"], &hoster["channels"]), (&json!("called"), &json!(["mail"])));
        let back = house.clock.now().after(Span::minutes(5)).to_string();
        let said = json!({ "said": "Wir tauschen.", "ticket": "N-7", "back_at": back });
        crew.say("partners/hoster/answer", said).await;
        house.clock.pass(Span::minutes(6));
        let room = crew.room().await;
        let hoster = one(&room, "partners", "partner", "hoster");
        assert_eq!((&hoster["state"], &hoster["answers"][0]["ticket"]), (&json!("late"), &json!("N-7")));
        let room = crew.say("partners/hoster/revoke", json!({})).await;
        assert!(one(&room, "partners", "partner", "hoster")["link_ended_at"].is_string());

        // How things are.
        crew.say("situation", json!({ "text": "Der Rechner wird getauscht." })).await;
        crew.say("notes", json!({ "text": "Anruf um 14 Uhr." })).await;
        crew.say("level", json!({ "level": "crisis", "reason": "Auch die App." })).await;
        crew.say("states/app", json!({ "state": "partial" })).await;
        let room = crew.room().await;
        assert_eq!(room["situation"]["text"], "Der Rechner wird getauscht.");
        assert_eq!((&room["level"], &one(&room, "components", "key", "app")["set_by_hand"]), (&json!("crisis"), &json!("partial")));
        let room = crew.say("states/app", json!({ "state": null })).await;
        assert!(one(&room, "components", "key", "app")["set_by_hand"].is_null());

        // Duties.
        let room = crew.say("duties/payments/decide", json!({ "applies": true })).await;
        let payments = one(&room, "duties", "duty", "payments");
        assert!(payments["reports"][0]["due"].is_string(), "{payments}");
        crew.say("duties/people/decide", json!({ "applies": false, "reason": "Keine Daten." })).await;
        house.clock.pass(Span::minutes(241));
        let room = crew.room().await;
        assert_eq!(one(&room, "duties", "duty", "payments")["reports"][0]["late"], true);
        crew.say("duties/payments/reports/first", json!({ "text": "An den Bezahldienst" })).await;
        let room = crew.say("duties/payments/finish", json!({ "reason": "Es ist nichts offen." })).await;
        assert!(one(&room, "duties", "duty", "payments")["finished_at"].is_string());

        // A second person reads what somebody wrote.
        let update = json!({ "kind": "update", "texts": texts("Wir sind dran") });
        let proposed = crew.say("proposals", update.clone()).await["proposal"]["number"].clone();
        crew.refused(&format!("proposals/{proposed}/approve"), json!({}), 403, "may-not").await;
        let back = json!({ "reason": "Bitte kürzer." });
        let back = crew.head.post(&format!("{}/proposals/{proposed}/send-back", crew.path), back).await;
        assert!(back.good()["proposal"].is_null());
        let proposed = crew.say("proposals", update).await["proposal"]["number"].clone();
        let approve = format!("{}/proposals/{proposed}/approve", crew.path);
        assert!(crew.head.post(&approve, json!({})).await.good()["proposal"].is_null());
        crew.head.post(&approve, json!({})).await.problem(409, "refused");
        house.deliver_all().await;
        assert_eq!(house.told(), 2, "what the second person let out has reached everybody");
        crew.head.post(&format!("{}/resolve", crew.path), json!({})).await.good();
        crew.refused("roles/lead/leave", json!({}), 409, "refused").await;
        crew.say("notes", json!({ "text": "Es war der Rechner." })).await;

        // The same as everybody sees who looks at the room.
        let case = house.engine.case(&crew.id).await.unwrap();
        let room = crew.room().await;
        let posts = posts(&case.handbook, &case.incident);
        let works = works(&case.handbook, &case.incident, house.clock.now());
        let keys: Vec<_> = posts.iter().map(|post| post.role.to_string()).collect();
        let shown: Vec<_> = room["roles"].as_array().unwrap().iter().map(|one| one["role"].clone()).collect();
        assert_eq!(json!(keys), json!(shown));
        assert_eq!(works.len(), room["steps"].as_array().unwrap().len());
        let events = house.events(&crew.id).await;
        assert_eq!(room["last_event"], events.len());
        assert!(events.iter().any(|one| matches!(one.event, Event::Closed)));
        let acted = |name: &str| events.iter().filter(|one| one.by == Actor::Token(key(name))).count();
        assert!(acted("scribe") > 25 && acted("head") >= 3);
    }

    async fn a_role_is_taken_by_nobody_whom_the_handbook_does_not_know_and_nobody_answers_for_whom_nobody_asked(house) {
        let crew = Crew::of(&house).await;
        let before = house.events(&crew.id).await;
        for rest in ["roles/lead/accept", "roles/lead/decline", "partners/hoster/revoke"] {
            crew.refused(rest, json!({}), 409, "refused").await;
        }
        crew.refused("roles/lead/cannot", json!({ "person": "noor" }), 409, "refused").await;
        crew.refused("duties/payments/finish", json!({ "reason": "x" }), 409, "refused").await;
        for (rest, body, place) in [
            ("roles/lead/take", json!({ "person": "mallory" }), "#/person"),
            ("roles/lead/offer", json!({}), "#/person"),
            ("roles/lead/offer", json!({ "person": "Erika M." }), "#/person"),
            ("chains/night/answer", json!({ "person": "mallory" }), "#/person"),
            ("duties/payments/decide", json!({ "applies": false }), "#/reason"),
            ("duties/payments/decide", json!({ "applies": true, "at": "2031-01-01T00:00:00Z" }), "#/at"),
            ("duties/payments/decide", json!({}), "#/applies"),
            ("situation", json!({ "text": " \n" }), "#/text"),
            ("notes", json!({ "text": "a\u{1b}[2J" }), "#/text"),
            ("level", json!({ "level": "crisis" }), "#/reason"),
            ("level", json!({ "level": "grave", "reason": "x" }), "#/level"),
            ("states/forum", json!({}), "#/state"),
            ("states/forum", json!({ "state": "blind" }), "#/state"),
            ("proposals", json!({ "kind": "correction", "texts": texts("x") }), "#/corrects"),
            ("proposals", json!({ "kind": "update", "texts": {} }), "#/texts/de"),
            ("proposals", json!({ "kind": "holding", "texts": texts("x") }), "#/kind"),
        ] {
            let problem = crew.refused(rest, body.clone(), 422, "invalid").await;
            assert_eq!(problem["errors"][0]["pointer"], place, "{rest} {body}: {problem}");
        }
        for rest in [
            "roles/nobody/take",
            "roles/Lead/take",
            "steps/abcdefghijkl/done",
            "steps/1/done",
            "partners/nobody/call",
            "duties/nothing/finish",
            "states/nothing",
        ] {
            let body = match rest {
                "states/nothing" => json!({ "state": "major" }),
                "duties/nothing/finish" => json!({ "reason": "x" }),
                _ => json!({}),
            };
            crew.refused(rest, body, 404, "not-found").await;
        }
        let call = json!({ "step": "abcdefghijkl" });
        crew.refused("partners/hoster/call", call, 404, "not-found").await;
        let old = json!({ "text": "x", "only_if": 1 });
        crew.refused("notes", old, 409, "moved-on").await;
        assert_eq!(house.events(&crew.id).await, before, "nothing was done");
    }

    async fn every_example_in_the_document_is_what_its_route_reads(house) {
        let robot = Program::of(&house, Permission::Administrator).await;
        let document = robot.get("/openapi.json").await.good();
        let mut tried = 0;
        for route in ROUTES.iter().filter(|route| matches!(route.who, Who::Bearer(_))) {
            let method = route.method.as_str().to_lowercase();
            let body = &document["paths"][route.path][&method]["requestBody"]["content"];
            let example = &body["application/json"]["example"];
            if example.is_null() {
                continue;
            }
            // An incident that there is not: what is read is right, and nothing is done.
            let path = path_of(route, "/incidents/abcdefghijkl");
            let answer = robot.send(&Method::POST, &path, "application/json", &example.to_string()).await;
            answer.problem(404, "not-found");
            tried += 1;
        }
        assert!(tried >= 25, "{tried}");
    }
}
