//! What a handbook says beyond what the program itself needs: who is called, where things run, how
//! long is too long, what was proven when.

use model::handbook::check::check;
use model::handbook::parse::parse;
use model::handbook::people::Who;
use model::handbook::plan::Level;
use model::language::Language;
use model::value::{Key, Span, Timestamp};

use crate::example::told;
use crate::sample::{KINDS, example, replace};

fn key(text: &str) -> Key {
    text.parse().unwrap()
}

#[test]
fn the_example_shows_every_part_of_a_handbook() {
    let handbook = parse(&example(), &KINDS).unwrap().handbook;
    assert_eq!(handbook.control.owner, Some(key("erika")));
    assert_eq!(handbook.levels.len(), 3);
    assert!(
        handbook.levels[&Level::Emergency]
            .criteria
            .as_ref()
            .unwrap()
            .get(Language::EN)
            .contains('\n')
    );
    assert_eq!(handbook.rhythm.contact, Span::days(90));
    let card = handbook.card.as_ref().unwrap();
    assert_eq!(card.call[0], Who::Rota(key("technik")));
    assert_eq!((card.dos.len(), card.donts.len()), (3, 2));
    assert!(card.dos[1].get(Language::EN).starts_with("Call"));
    assert_eq!(handbook.chains["night"].rungs.len(), 3);
    let at: Timestamp = "2026-12-25T12:00:00Z".parse().unwrap();
    let rota = &handbook.rotas["technik"];
    assert_eq!(rota.on_call(at, &handbook.zone), Some(&key("erika")));
    let login = handbook.component(&key("login")).unwrap();
    assert!(login.rto < login.mtpd && login.workaround.is_some() && login.restored_on.is_some());
    let plan = &handbook.plans["login-down"];
    assert_eq!((plan.immediate.len(), plan.steps.len()), (1, 3));
    assert_eq!(plan.restart, [key("login"), key("app")]);
    assert_eq!(plan.steps[0].partner, Some(key("hoster")));
    assert_eq!(handbook.people["jonas"].trained.len(), 4);
    assert_eq!(handbook.channels["mail"].known_by, [key("amira"), key("jonas")]);
}

#[test]
fn what_lies_in_one_house_goes_down_together() {
    let mut files = example();
    let rooms = "[place.room-a]\ntitle.de = \"A\"\ntitle.en = \"A\"\nkind = \"office\"\ninside = \"north\"\n\n\
                 [place.room-b]\ntitle.de = \"B\"\ntitle.en = \"B\"\nkind = \"office\"\ninside = \"north\"\n\n";
    replace(&mut files, "system.toml", "[place.elsewhere]", &format!("{rooms}[place.elsewhere]"));
    let handbook = parse(&files, &KINDS).unwrap().handbook;
    let [a, b, other] = ["room-a", "room-b", "elsewhere"].map(key);
    let fate =
        |one: &[Key], two: &[Key]| handbook.common_fate(one, two).map(|place| place.key.clone());
    let (rooms, apart) = ([a.clone(), b.clone()], [a.clone(), other.clone()]);
    assert_eq!(fate(&rooms[..1], &rooms[1..]), Some(key("north")), "two rooms, one house");
    assert_eq!(
        fate(&rooms, &rooms),
        Some(key("north")),
        "both rooms are lost with the house alone"
    );
    assert_eq!(fate(&apart, &rooms), None, "one leg stands elsewhere");
    assert_eq!(fate(&[], &rooms), None, "what runs nowhere that is known goes down with nothing");
}

#[test]
fn a_plan_can_be_taken_out_although_people_were_trained_in_it() {
    let mut files = example();
    files.retain(|file, _| {
        file != "plans/forum-down.toml" && !file.starts_with("texts/forum-down/")
    });
    let checked = check(&files, &KINDS);
    let faults = told(&checked.faults);
    assert!(checked.handbook.is_some(), "{faults}");
    assert_eq!(faults.matches("hint: there is no plan “forum-down”").count(), 2, "{faults}");
}

#[test]
fn places_that_lie_in_each_other_in_a_circle_hang_nobody() {
    let mut files = example();
    let circle = "kind = \"datacentre\"\ninside = \"north\"";
    replace(&mut files, "system.toml", "kind = \"datacentre\"", circle);
    let handbook = parse(&files, &KINDS).unwrap().handbook;
    assert_eq!(handbook.lies_in(&key("north")).len(), 1);
}

#[test]
fn each_slip_in_what_is_prepared_is_told_where_it_stands() {
    let front = "handbook.toml";
    let (people, system, channels) = ("people.toml", "system.toml", "channels.toml");
    let shop = "plans/shop-down.toml";
    for (file, old, new, says) in [
        (front, "reviewed_on = 2026-11-02", "reviewed_on = \"2026-11-02\"", "must be a day"),
        (front, "reviewed_on = 2026-11-02", "reviewed_on = 2026-11-02T09:00:00", "must be a day"),
        (front, "review_every = \"180d\"", "review_every = \"2h\"", "less than a day"),
        (front, "contact = \"90d\"", "contract = \"90d\"", "did you mean “contact”?"),
        (front, "\"role:lead\"", "\"roll:lead\"", "“roll:lead” names nobody"),
        (front, "\"role:lead\"", "\"role:led\"", "did you mean “lead”?"),
        (
            front,
            "    \"Call, in the",
            "#    \"Call, in the",
            "3 texts in one language and 2 in “en”",
        ),
        (
            front,
            "page_runs_on = [\"elsewhere\"]",
            "page_runs_on = [\"mars\"]",
            "there is no place “mars”",
        ),
        (front, "[level.crisis]", "[level.chaos]", "“chaos” is not known here"),
        (
            people,
            "plan = \"shop-down\", on",
            "plan = \"shop-dwn\", on",
            "there is no plan “shop-dwn”",
        ),
        (people, "back: {phone}", "back: {phon}", "did you mean {phone}?"),
        (people, "who = \"rota:technik\"", "who = \"chain:night\"", "“chain:night” names nobody"),
        (people, "turn = \"1w\"", "turn = \"5m\"", "a turn of 5m is too short"),
        (people, "people = [\"jonas\", \"noor\"]", "people = []", "there is no person here"),
        (
            people,
            "starts = 2026-10-05T09:00:00",
            "starts = 2026-10-05T09:00:00Z",
            "must be a day and a time",
        ),
        (
            people,
            "until = 2026-12-27T09:00:00",
            "until = 2026-12-24T09:00:00",
            "not later than from",
        ),
        (system, "kind = \"datacentre\"", "kind = \"bunker\"", "“bunker” is no kind of place"),
        (system, "mtpd = \"1d\"", "mtpd = \"a day\"", "“a day” is no length of time"),
        (system, "owner = \"technik\"", "owner = \"tecnik\"", "did you mean “technik”?"),
        (
            channels,
            "known_by = [\"amira\", \"jonas\"]",
            "known_by = [\"amira\", \"amira\"]",
            "stands here twice",
        ),
        (shop, "proven_on = 2026-10-02", "proven_on = 2026-13-02", "is no TOML"),
        (shop, "partner = \"hoster\"", "partner = \"host\"", "there is no partner “host”"),
    ] {
        let mut files = example();
        replace(&mut files, file, old, new);
        let faults = told(&check(&files, &KINDS).faults);
        assert!(faults.contains(says), "{new}: {faults}");
        assert!(
            faults.lines().filter(|line| !line.starts_with(' ')).all(|one| one.starts_with(file)),
            "{new}: {faults}"
        );
    }
}
