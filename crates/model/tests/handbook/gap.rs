//! Each rule of the check by itself: one slip, one fault, in its words.

use model::handbook::Severity::{self, Error, Hint};
use model::handbook::check::check;
use model::language::Language;
use proptest::prelude::*;

use crate::example::told;
use crate::sample::{KINDS, example, replace};

/// The example with these texts replaced gives just one fault, which says this.
fn one(severity: Severity, slips: &[(&str, &str, &str)], says: &str) {
    let mut files = example();
    for (file, old, new) in slips {
        replace(&mut files, file, old, new);
    }
    let checked = check(&files, &KINDS);
    let faults = told(&checked.faults);
    assert_eq!(checked.faults.len(), 1, "{faults}");
    assert_eq!(checked.faults[0].severity, severity, "{faults}");
    assert!(checked.faults[0].what.get(Language::EN).contains(says), "“{says}” is in: {faults}");
    assert!(!checked.faults[0].help.get(Language::EN).is_empty(), "{faults}");
    assert_eq!(checked.handbook.is_some(), severity == Hint);
}

const PEOPLE: &str = "people.toml";
const SYSTEM: &str = "system.toml";
const CHANNELS: &str = "channels.toml";
const WITH_APP: &str = "components = [\"login\", \"app\"]";
const SHOP: &str = "plans/shop-down.toml";

#[test]
fn the_example_has_neither_error_nor_hint() {
    assert_eq!(told(&check(&example(), &KINDS).faults), "");
}

#[test]
fn a_name_that_leads_nowhere_is_found_wherever_it_stands() {
    let nowhere = [
        (PEOPLE, "deputies = [\"jonas\"]", "deputies = [\"zoe\"]", "person “zoe”"),
        (SYSTEM, "depends_on = [\"login\"]", "depends_on = [\"zoe\"]", "component “zoe”"),
        (
            SYSTEM,
            "[monitor.db]\ncomponent = \"shop\"",
            "[monitor.db]\ncomponent = \"zoe\"",
            "component “zoe”",
        ),
        (
            CHANNELS,
            "channels = [\"mail\", \"chat\"]",
            "channels = [\"mail\", \"chat\", \"zoe\"]",
            "channel “zoe”",
        ),
        (
            CHANNELS,
            "kind = \"email\"",
            "kind = \"email\"\ndepends_on = [\"zoe\"]",
            "component “zoe”",
        ),
        (CHANNELS, "\"role:technik\"", "\"role:zoe\"", "role “zoe”"),
        (CHANNELS, "[\"subscribers\"]", "[\"subscribers\", \"partner:zoe\"]", "partner “zoe”"),
        (CHANNELS, "[\"subscribers\"]", "[\"subscribers\", \"endpoint:zoe\"]", "endpoint “zoe”"),
        (SHOP, "alert = [\"lead\", ", "alert = [\"zoe\", ", "role “zoe”"),
        (
            SHOP,
            "alert_channels = [\"mail\"]",
            "alert_channels = [\"mail\", \"zoe\"]",
            "channel “zoe”",
        ),
        (
            SHOP,
            "alert_endpoints = [\"team-chat\"]",
            "alert_endpoints = [\"zoe\"]",
            "endpoint “zoe”",
        ),
        (
            SHOP,
            "audiences = [\"everybody\", ",
            "audiences = [\"zoe\", \"everybody\", ",
            "audience “zoe”",
        ),
        (SHOP, "role = \"lead\"", "role = \"zoe\"", "role “zoe”"),
        (SHOP, "components = [\"shop\"]", "components = [\"shop\", \"zoe\"]", "component “zoe”"),
    ];
    for (file, old, new, says) in nowhere {
        one(Error, &[(file, old, new)], says);
    }
}

#[test]
fn a_slip_in_a_value_is_not_taken_for_a_gap_as_well() {
    one(Error, &[(PEOPLE, "deputies = [\"jonas\"]", "deputies = [\"Jonas!\"]")], "is no key");
}

#[test]
fn nobody_is_their_own_deputy() {
    one(Error, &[(PEOPLE, "deputies = [\"jonas\"]", "deputies = [\"erika\"]")], "its deputy too");
}

#[test]
fn a_card_belongs_to_one_only() {
    let slips = [(PEOPLE, "[person.noor]", "[person.hoster]\n\n[person.noor]")];
    one(Error, &slips, "a person and a partner");
}

#[test]
fn components_that_need_each_other_in_a_circle_are_told_once() {
    let slips = [
        (SYSTEM, "change your password\"\n", "change your password\"\ndepends_on = [\"forum\"]\n"),
        (SYSTEM, "about.en = \"Read and write\"\n", "about.en = \"-\"\ndepends_on = [\"app\"]\n"),
    ];
    one(Error, &slips, "login → forum → app → login");
}

#[test]
fn places_that_lie_in_each_other_are_told_once() {
    let inside = |name: &str, outer: &str| {
        (format!("[place.{name}]\n"), format!("[place.{name}]\ninside = \"{outer}\"\n"))
    };
    let slips = [("north", "mailhaus"), ("mailhaus", "names"), ("names", "north")];
    let slips = slips.map(|(name, outer)| inside(name, outer));
    let slips: Vec<_> =
        slips.iter().map(|(old, new)| (SYSTEM, old.as_str(), new.as_str())).collect();
    one(Error, &slips, "mailhaus → names → north → mailhaus");
    one(
        Error,
        &[(SYSTEM, "[place.names]\n", "[place.names]\ninside = \"names\"\n")],
        "names → names",
    );
    // Who lies in a circle without being part of it is no second fault.
    let (own, mail) = (inside("names", "names"), inside("mailhaus", "names"));
    let both = [&own, &mail].map(|(old, new)| (SYSTEM, old.as_str(), new.as_str()));
    one(Error, &both, "names → names");
}

#[test]
fn a_component_has_a_key_of_its_own() {
    let slips = [
        (SYSTEM, "key = \"app\"", "key = \"shop\""),
        ("plans/login-down.toml", WITH_APP, "components = [\"login\"]"),
    ];
    let mut files = example();
    for (file, old, new) in slips {
        replace(&mut files, file, old, new);
    }
    let faults = told(&check(&files, &KINDS).faults);
    assert!(faults.contains("a component “shop” is already there"), "{faults}");
}

#[test]
fn a_monitor_that_could_never_say_down_is_refused() {
    one(Error, &[(SYSTEM, "fails = 3\nof = 5", "fails = 6\nof = 5")], "6 of 5 can never fail");
}

#[test]
fn a_monitor_looks_back_no_further_than_is_kept() {
    one(Error, &[(SYSTEM, "of = 5", "of = 21")], "looks back too far");
    one(Error, &[(SYSTEM, "recover = 2", "recover = 21")], "looks back too far");
}

#[test]
fn a_monitor_neither_hammers_nor_overtakes_itself() {
    let fast = (SYSTEM, "every = \"1m\"", "every = \"500ms\"");
    one(
        Error,
        &[fast, (SYSTEM, "timeout = \"3s\"", "timeout = \"100ms\"")],
        "more than once a second",
    );
    one(Error, &[(SYSTEM, "timeout = \"3s\"", "timeout = \"1m\"")], "a time limit of 1m");
    one(Error, &[(SYSTEM, "timeout = \"3s\"", "timeout = \"0s\"")], "a time limit of 0ms");
}

#[test]
fn without_a_reference_somebody_says_that_our_own_line_can_fail() {
    one(Hint, &[(SYSTEM, "reference = true", "component = \"shop\"")], "there is no reference");
}

#[test]
fn a_component_that_nothing_watches_is_noticed() {
    let slips =
        [(SYSTEM, "[monitor.app]\ncomponent = \"app\"", "[monitor.app]\ncomponent = \"login\"")];
    one(Hint, &slips, "nothing watches “app”");
}

#[test]
fn two_plans_never_answer_to_the_same_outage() {
    let slips = [(SHOP, "components = [\"shop\"]", "components = [\"shop\", \"forum\"]")];
    one(Error, &slips, "“forum” opens the plan “forum-down” already");
    let slips = [(SHOP, "components = [\"shop\"]", "any = true")];
    one(Error, &slips, "serves any component already");
}

#[test]
fn a_component_that_opens_no_plan_is_noticed_where_it_is_watched() {
    let other = "plans/other.toml";
    let by_hand = (other, "[trigger]\nany = true\nat_least = \"partial\"\n", "");
    let slips = [by_hand, ("plans/login-down.toml", WITH_APP, "components = [\"login\"]")];
    one(Hint, &slips, "“app” watches in vain");
    let unwatched =
        (SYSTEM, "[monitor.app]\ncomponent = \"app\"", "[monitor.app]\ncomponent = \"login\"");
    let mut files = example();
    for (file, old, new) in slips.into_iter().chain([unwatched]) {
        replace(&mut files, file, old, new);
    }
    let faults = told(&check(&files, &KINDS).faults);
    assert!(faults.contains("no plan is opened when “app” fails"), "{faults}");
}

#[test]
fn a_plan_that_no_monitor_can_open_is_noticed() {
    let slips = [(SYSTEM, "component = \"app\"\n", "component = \"app\"\nshows = \"degraded\"\n")];
    one(Hint, &slips, "no monitor opens this plan for “app”");
}

#[test]
fn a_handbook_without_any_monitor_is_advised_not_refused() {
    let mut files = example();
    let system = files.get_mut(SYSTEM).unwrap();
    system.truncate(system.find("[monitor.login]").unwrap());
    let checked = check(&files, &KINDS);
    let faults = told(&checked.faults);
    assert!(checked.handbook.is_some(), "{faults}");
    assert_eq!(checked.faults.len(), 1, "{faults}");
    assert!(faults.contains("hint: there is no monitor"), "{faults}");
}

#[test]
fn a_channel_gets_the_fields_that_its_kind_asks_for() {
    let wrong = [
        ("host = \"smtp.mailhaus.example\"\n", "", "“host” is missing"),
        ("port = 587", "port = 70000", "70000 does not fit"),
        ("security = \"starttls\"", "security = \"ssl\"", "“ssl” is no word"),
        ("from = \"lage@lindenhof.example\"", "from = \"lage\"", "“lage” is no mail address"),
        ("password = \"mail-password\"", "password = \"pa$$ word\"", "no name of a secret"),
        ("user = ", "login = ", "“login” is not known here"),
        ("kind = \"webhook\"", "kind = \"webhok\"", "“webhok” is no kind of channel"),
    ];
    for (old, new, says) in wrong {
        one(Error, &[(CHANNELS, old, new)], says);
    }
}

#[test]
fn a_secret_in_the_handbook_is_noticed() {
    let hinted = "looks like a secret";
    one(Hint, &[(CHANNELS, "\"mail-password\"", "\"xK93mPq7Lw2ZtR\"")], hinted);
    one(Hint, &[(CHANNELS, "\"chat-signing\"", "\"whsec_C2FVsBQIhrscChlQIMV\"")], hinted);
    let slips = [(CHANNELS, "https://desk.", "https://user:pass@desk.")];
    one(Error, &slips, "a name or password stands in this address");
    let slips = [(SYSTEM, "https://shop.", "https://user@shop.")];
    one(Error, &slips, "a name or password stands in this address");
}

#[test]
fn what_a_machine_is_sent_should_be_signed() {
    one(Hint, &[(CHANNELS, "secret = \"chat-signing\"\n", "")], "is not signed");
}

#[test]
fn an_audience_without_a_channel_is_refused() {
    one(Error, &[(CHANNELS, "channels = [\"mail\"]", "channels = []")], "there is no channel here");
    one(Error, &[(CHANNELS, "channels = [\"mail\"]\n", "")], "“channels” is missing");
    one(Error, &[(CHANNELS, "who = [\"subscribers\"]", "who = []")], "nobody belongs");
}

#[test]
fn people_are_not_left_to_channels_for_machines() {
    let slips = [(CHANNELS, "channels = [\"mail\"]", "channels = [\"chat\"]")];
    one(Error, &slips, "subscribers cannot be told");
}

#[test]
fn subscribers_are_told_one_by_one() {
    let board = (CHANNELS, "[channel.chat]", "[channel.wall]\nkind = \"board\"\n\n[channel.chat]");
    let used = (CHANNELS, "channels = [\"mail\"]", "channels = [\"mail\", \"wall\"]");
    one(Error, &[board, used], "“wall” posts once for all");
}

#[test]
fn an_endpoint_is_told_over_its_own_channel() {
    let slips = [(CHANNELS, "channel = \"chat\"", "channel = \"mail\"")];
    one(Error, &slips, "“mail” is of kind “email”");
    let slips = [(CHANNELS, "channels = [\"mail\", \"chat\"]", "channels = [\"mail\"]")];
    one(Error, &slips, "“team-chat” is never told here");
}

#[test]
fn what_stands_there_for_nothing_is_noticed() {
    let unused = "[channel.spare]\nkind = \"webhook\"\n\n[channel.chat]";
    one(Hint, &[(CHANNELS, "[channel.chat]", unused)], "over the channel “spare”");
    let slips = [("plans/login-down.toml", ", \"partners\"]", "]")];
    one(Hint, &slips, "no plan tells the audience “partners”");
    let slips = [(CHANNELS, ", \"endpoint:hoster-desk\"", "")];
    one(Hint, &slips, "“hoster-desk” is never told anything");
}

#[test]
fn alerts_go_to_people() {
    let slips = [(SHOP, "alert_channels = [\"mail\"]", "alert_channels = [\"mail\", \"chat\"]")];
    one(Error, &slips, "“chat” reaches nobody of the team");
    one(Error, &[(SHOP, "alert_channels = [\"mail\"]", "alert_channels = []")], "no channel here");
}

#[test]
fn a_character_that_nobody_sees_is_found_before_it_keeps_mails_from_going_out() {
    let community = "community = \"Lindenhof\"";
    for (new, says) in [
        (
            "community = \"Linden\\u0007hof\"",
            "“community” holds a character that nobody sees (U+0007)",
        ),
        (
            "community = \"Linden\\r\\nhof\"",
            "“community” holds a character that nobody sees (U+000D)",
        ),
        ("community = \"\"\"\nLinden\nhof\"\"\"", "“community” holds a line break (U+000A)"),
    ] {
        one(Error, &[("handbook.toml", community, new)], says);
    }
    none(&[("handbook.toml", community, "community = \"\"\"\nLindenhof\n\"\"\"")]);
}

#[test]
fn whoever_steps_in_for_a_channel_can() {
    let mail = "kind = \"email\"";
    let with = |line: &str| format!("{mail}\n{line}");
    let circle = "[channel.relay2]\nkind = \"email\"\nhost = \"h\"\nfrom = \"a@b.example\"\n\
                  falls_back_to = \"mail\"\n";
    let relay = |line: &str| {
        let channel = "[channel.relay2]\nkind = \"email\"\nhost = \"h\"\nfrom = \"a@b.example\"";
        format!("{channel}\n{line}\n[channel.chat]")
    };
    let chat = "[channel.chat]";
    one(Error, &[(CHANNELS, mail, &with("falls_back_to = \"zoe\""))], "channel “zoe”");
    one(Error, &[(CHANNELS, mail, &with("falls_back_to = \"mail\""))], "step in for itself");
    one(Error, &[(CHANNELS, mail, &with("falls_back_after = \"1m\""))], "no channel that could");
    one(Error, &[(CHANNELS, mail, &with("addresses = \"chat\""))], "the addresses of “chat”");
    let mut files = example();
    replace(&mut files, CHANNELS, mail, &with("falls_back_to = \"relay2\""));
    replace(&mut files, CHANNELS, chat, &format!("{circle}{chat}"));
    let faults = told(&check(&files, &KINDS).faults);
    assert_eq!(faults.matches("step in for itself").count(), 2, "{faults}");
    let steps_in = with("falls_back_to = \"relay2\"\nfalls_back_after = \"30s\"");
    none(&[(CHANNELS, mail, &steps_in), (CHANNELS, chat, &relay("addresses = \"mail\""))]);
    one(Hint, &[(CHANNELS, chat, &relay("addresses = \"mail\""))], "over the channel “relay2”");
}

#[test]
fn the_times_of_a_plan_fit() {
    one(Error, &[(SHOP, "remind = \"10m\"", "remind = \"30m\"")], "before the last update");
    one(
        Error,
        &[(SHOP, "rhythm = \"30m\"", "rhythm = \"0s\"")],
        "nobody can write updates that fast",
    );
    one(Hint, &[(SHOP, "hold = \"5m\"", "hold = \"61m\"")], "people learn nothing for 1h1m");
    one(Hint, &[(SHOP, "hold = \"5m\"", "hold = \"0s\"")], "before anybody can look at it");
}

#[test]
fn a_plan_says_what_to_do() {
    let mut files = example();
    let plan = files.get_mut(SHOP).unwrap();
    let (from, to) = (plan.find("[[step]]").unwrap(), plan.find("[notice]").unwrap());
    plan.replace_range(from..to, "");
    let faults = told(&check(&files, &KINDS).faults);
    assert!(faults.contains("hint: the plan “shop-down” has no steps"), "{faults}");
}

/// The example with these texts replaced gives no fault.
fn none(slips: &[(&str, &str, &str)]) {
    let mut files = example();
    for (file, old, new) in slips {
        replace(&mut files, file, old, new);
    }
    assert_eq!(told(&check(&files, &KINDS).faults), "");
}

#[test]
fn what_is_just_within_a_limit_is_left_alone() {
    none(&[(SYSTEM, "of = 5", "of = 20")]);
    none(&[(SYSTEM, "recover = 2", "recover = 20")]);
    none(&[(SYSTEM, "fails = 3\nof = 5", "fails = 5\nof = 5")]);
    none(&[(SYSTEM, "every = \"1m\"", "every = \"4s\"")]);
    none(&[(SHOP, "hold = \"5m\"", "hold = \"60m\"")]);
    none(&[(SYSTEM, "component = \"app\"\n", "component = \"app\"\nshows = \"partial\"\n")]);
}

/// A chain of components with these dependencies on one another.
fn components(needs: &[Vec<usize>]) -> model::handbook::Files {
    let mut files = example();
    let mut system = String::new();
    for (at, needs) in needs.iter().enumerate() {
        let needs: Vec<_> = needs.iter().map(|need| format!("\"c{}\"", need % 6)).collect();
        system += &format!(
            "[[component]]\nkey = \"c{at}\"\nname = {{ de = \"x\", en = \"x\" }}\n\
             about = {{ de = \"x\", en = \"x\" }}\ndepends_on = [{}]\n",
            needs.join(", ")
        );
    }
    files.insert(SYSTEM.to_owned(), system);
    files
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_circle_is_told_exactly_where_there_is_one(
        needs in prop::collection::vec(prop::collection::vec(0_usize..6, 0..3), 6),
    ) {
        // Components of which all needs are met drop out, one after the other; a circle stays.
        let mut left: Vec<usize> = (0..6).collect();
        while let Some(at) = left.iter().position(|at| needs[*at].iter().all(|n| !left.contains(n))) {
            left.remove(at);
        }
        let faults = told(&check(&components(&needs), &KINDS).faults);
        prop_assert_eq!(faults.contains("in a circle"), !left.is_empty(), "{}", faults);
        for line in faults.lines().filter(|line| line.contains("in a circle")) {
            let (_, way) = line.split_once("circle: c").unwrap();
            let way: Vec<usize> = way.split(" → c").map(|at| at.parse().unwrap()).collect();
            prop_assert_eq!(way.first(), way.last());
            prop_assert!(way.windows(2).all(|step| needs[step[0]].contains(&step[1])), "{}", line);
        }
    }
}
