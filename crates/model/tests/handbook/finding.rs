//! What is found before an outage: each sort by itself, in a handbook that has nothing else.

use std::collections::BTreeSet;

use model::handbook::Files;
use model::handbook::check::check;
use model::handbook::finding::{Finding, Grade, SORTS, findings, findings_so_far};
use model::handbook::parse::{parse, parse_contacts};
use model::handbook::shape::Document;
use model::language::Language;
use model::value::{Day, Timestamp};

use crate::sample::{KINDS, contacts, example, replace};

const BOOK: &str = "handbook.toml";
const PEOPLE: &str = "people.toml";
const SYSTEM: &str = "system.toml";
const WAYS: &str = "channels.toml";
const DUTIES: &str = "duties.toml";
const SHOP: &str = "plans/shop-down.toml";
const LOGIN: &str = "plans/login-down.toml";
const CARDS: &str = "contacts.toml";
const FIRST: &str = "texts/shop-down/first.de.md";
const LONG: &str = "Die Ursache kennen wir noch nicht, weil wir zuerst die Rechner ansehen, die in der \
                    Nacht ausgefallen sind, und danach mit den Leuten sprechen, die sie aufgestellt \
                    haben und die uns vielleicht sagen, was damals geändert wurde.";

type Slip = (&'static str, &'static str, &'static str);

fn today() -> Day {
    Day::new(2026, 11, 30).unwrap()
}

/// The example, with what it leaves to be wished for: a second way, and whom to call.
fn whole() -> Files {
    let mut files = example();
    files.insert(CARDS.into(), contacts());
    for name in ["elsewhere", "mailhaus", "names"] {
        let head = format!("[place.{name}]\n");
        replace(&mut files, SYSTEM, &head, &format!("{head}partner = \"hoster\"\n"));
    }
    let second = "[channel.second]\nkind = \"email\"\nhost = \"smtp.zwei.example\"\n\
                  security = \"tls\"\nfrom = \"lage@lindenhof.example\"\nfrom_name = \"Lage\"\n\
                  addresses = \"mail\"\nruns_on = [\"elsewhere\"]\ntested_on = 2026-11-09\n\
                  known_by = [\"amira\", \"jonas\"]\n\n[channel.chat]\n";
    replace(&mut files, WAYS, "[channel.chat]\n", second);
    let steps_in = "[channel.mail]\nfalls_back_to = \"second\"\nfalls_back_after = \"2m\"\n";
    replace(&mut files, WAYS, "[channel.mail]\n", steps_in);
    let rung = "who = \"role:lead\"\nchannels = [\"second\"]\n";
    replace(&mut files, PEOPLE, "who = \"role:lead\"\n", rung);
    files
}

fn found(mut files: Files, slips: &[Slip], today: Day) -> Vec<Finding> {
    for (file, old, new) in slips {
        replace(&mut files, file, old, new);
    }
    let contacts = files.remove(CARDS).unwrap();
    let handbook = parse(&files, &KINDS).unwrap_or_else(|faults| panic!("{faults:?}")).handbook;
    let cards = parse_contacts(&contacts, &handbook).unwrap().cards;
    findings(&handbook, Some(&cards), today)
}

fn codes(found: &[Finding]) -> BTreeSet<&'static str> {
    found.iter().map(|one| one.sort.code).collect()
}

const SLIPS: &[(&str, &[Slip])] = &[
    ("document.owner", &[(BOOK, "owner = \"erika\"\n", "")]),
    ("document.approval", &[(BOOK, "approval = \"lead\"\n", "")]),
    ("document.never-reviewed", &[(BOOK, "reviewed_on = 2026-11-02\n", "")]),
    ("document.never-reviewed", &[(SHOP, "reviewed_on = 2026-11-02\n", "")]),
    ("document.review-overdue", &[(BOOK, "reviewed_on = 2026-11-02", "reviewed_on = 2026-05-02")]),
    ("document.copies", &[(BOOK, "copies = [\"Gesch", "copies = []\n# ")]),
    (
        "card",
        &[(BOOK, "call = [\"rota:technik\", \"role:lead\", \"partner:hoster\"]", "call = []")],
    ),
    ("level.criteria", &[(BOOK, "criteria.de = \"Ein Teil", "# "), (BOOK, "criteria.en", "# ")]),
    ("level.declared-by", &[(BOOK, "declared_by = \"technik\"\n", "")]),
    ("role.deputy", &[(PEOPLE, "deputies = [\"jonas\"]\n", "")]),
    (
        "role.one-for-all",
        &[
            (PEOPLE, "person = \"amira\"", "person = \"jonas\""),
            (
                PEOPLE,
                "person = \"erika\"\ndeputies = [\"jonas\"]",
                "person = \"jonas\"\ndeputies = [\"erika\"]",
            ),
        ],
    ),
    ("role.task", &[(PEOPLE, "task.de = \"Find", "# "), (PEOPLE, "task.en = \"Find", "# ")]),
    (
        "plan.untrained",
        &[
            (PEOPLE, "    { plan = \"forum-down\", on = 2026-10-02 },\n", ""),
            (PEOPLE, "    { plan = \"forum-down\", on = 2026-10-02 },\n", ""),
        ],
    ),
    ("chain.otherwise", &[(PEOPLE, "otherwise.de", "# "), (PEOPLE, "otherwise.en", "# ")]),
    ("chain.one-channel", &[(PEOPLE, "channels = [\"second\"]\n", "")]),
    ("rota.one-person", &[(PEOPLE, "people = [\"jonas\", \"noor\"]", "people = [\"jonas\"]")]),
    ("partner.never-called", &[(PEOPLE, "called_on = 2026-10-12\n", "")]),
    ("partner.call-overdue", &[(PEOPLE, "called_on = 2026-10-12", "called_on = 2025-09-25")]),
    ("partner.contract", &[(PEOPLE, "contract = \"Ord", "# ")]),
    ("partner.hours", &[(PEOPLE, "hours = \"24/7\"\n", "")]),
    ("partner.response", &[(PEOPLE, "response = \"1h\"\n", "")]),
    (
        "contact.no-phone",
        &[(CARDS, "phone = \"+49 30 23125 101\"\nphone_verified = 2026-10-12\n", "")],
    ),
    (
        "contact.one-way",
        &[(CARDS, "email = \"jonas@lindenhof.example\"\nemail_verified = 2026-11-09\n", "")],
    ),
    ("contact.unproven", &[(CARDS, "phone_verified = 2026-10-12\n", "")]),
    (
        "contact.proof-overdue",
        &[(CARDS, "email_verified = 2026-11-09", "email_verified = 2026-08-09")],
    ),
    ("component.times", &[(SYSTEM, "mtpd = \"1d\"\n", "")]),
    ("component.rto-mtpd", &[(SYSTEM, "rto = \"4h\"\nrpo = \"1h\"", "rto = \"2d\"\nrpo = \"1h\"")]),
    (
        "component.rto-need",
        &[
            (SYSTEM, "rto = \"2h\"", "rto = \"5h\""),
            (SYSTEM, "workaround.de = \"Die Web", "# "),
            (SYSTEM, "workaround.en = \"Use the web", "# "),
        ],
    ),
    ("component.rpo", &[(SYSTEM, "rpo = \"1h\"\n", "")]),
    ("component.owner", &[(SYSTEM, "owner = \"technik\"\n", "")]),
    ("component.runs-on", &[(SYSTEM, "runs_on = [\"north\"]\n", "")]),
    ("component.minimum", &[(SYSTEM, "minimum.de", "# "), (SYSTEM, "minimum.en", "# ")]),
    ("component.never-restored", &[(SYSTEM, "restored_on = 2026-06-20\n", "")]),
    (
        "component.restore-overdue",
        &[(SYSTEM, "restored_on = 2026-06-20", "restored_on = 2025-06-20")],
    ),
    (
        "place.partner",
        &[(SYSTEM, "kind = \"datacentre\"\npartner = \"hoster\"", "kind = \"datacentre\"")],
    ),
    ("fate.page", &[(BOOK, "page_runs_on = [\"elsewhere\"]", "page_runs_on = [\"north\"]")]),
    ("fate.dns", &[(BOOK, "dns_runs_on = [\"names\"]", "dns_runs_on = [\"north\"]")]),
    (
        "fate.sign-in",
        &[(BOOK, "sign_in_runs_on = [\"elsewhere\"]", "sign_in_runs_on = [\"north\"]")],
    ),
    // The second relay lies inside the place that the first one lies in.
    (
        "fate.audience",
        &[
            (WAYS, "runs_on = [\"mailhaus\"]", "runs_on = [\"north\"]"),
            (WAYS, "runs_on = [\"elsewhere\"]", "runs_on = [\"mailhaus\"]"),
            (SYSTEM, "[place.mailhaus]\n", "[place.mailhaus]\ninside = \"north\"\n"),
        ],
    ),
    (
        "fate.audience",
        &[
            (WAYS, "[channel.mail]\n", "[channel.mail]\ndepends_on = [\"login\"]\n"),
            (WAYS, "[channel.second]\n", "[channel.second]\ndepends_on = [\"login\"]\n"),
        ],
    ),
    (
        "fate.alert",
        &[
            (
                WAYS,
                "known_by = [\"jonas\", \"noor\"]",
                "depends_on = [\"app\"]\nknown_by = [\"jonas\", \"noor\"]",
            ),
            (LOGIN, "alert_channels = [\"mail\"]", "alert_channels = [\"lone\"]"),
            (
                WAYS,
                "[channel.second]\n",
                "[channel.lone]\nkind = \"email\"\nhost = \"smtp.drei.example\"\nsecurity = \"tls\"\n\
                 from = \"lage@lindenhof.example\"\nfrom_name = \"Lage\"\nruns_on = [\"north\"]\n\
                 tested_on = 2026-11-09\nknown_by = [\"amira\", \"jonas\"]\n\n[channel.second]\n",
            ),
        ],
    ),
    (
        "fate.fall-back",
        &[
            (WAYS, "runs_on = [\"elsewhere\"]", "runs_on = [\"second-room\"]"),
            (
                SYSTEM,
                "[place.names]\n",
                "[place.second-room]\ntitle.de = \"Nebenraum\"\ntitle.en = \"Next room\"\n\
                 kind = \"office\"\ninside = \"mailhaus\"\n\n[place.names]\n",
            ),
        ],
    ),
    ("channel.never-tested", &[(WAYS, "tested_on = 2026-11-09\n", "")]),
    ("channel.test-overdue", &[(WAYS, "tested_on = 2026-11-09", "tested_on = 2026-08-09")]),
    ("channel.known-by", &[(WAYS, "known_by = [\"amira\", \"jonas\"]", "known_by = [\"amira\"]")]),
    ("channel.runs-on", &[(WAYS, "runs_on = [\"mailhaus\"]\n", "")]),
    ("audience.one-way", &[(WAYS, "falls_back_to = \"second\"\nfalls_back_after = \"2m\"\n", "")]),
    ("plan.one-alert-way", &[(SHOP, "alert_endpoints = [\"team-chat\"]\n", "")]),
    (
        "plan.passage-untold",
        &[(SHOP, "audiences = [\"everybody\", \"team\"]", "audiences = [\"everybody\"]")],
    ),
    ("text.left-out", &[(FIRST, "Die nächste Meldung kommt um {next_update}.", "Bis bald.")]),
    ("text.promise", &[(FIRST, "Wir suchen den Fehler.", "In Kürze ist alles behoben.")]),
    (
        "text.blame",
        &[(FIRST, "Wir suchen", "Der Anbieter hat uns wieder im Stich gelassen. Wir suchen")],
    ),
    ("text.hard", &[(FIRST, "Die Ursache kennen wir noch nicht.", LONG)]),
    ("text.jargon", &[(FIRST, "Wir suchen den Fehler.", "Wir starten den Loadbalancer neu.")]),
    ("plan.never-exercised", &[(SHOP, "exercised_on = 2026-10-02\n", "")]),
    ("plan.exercise-overdue", &[(SHOP, "exercised_on = 2026-10-02", "exercised_on = 2025-10-02")]),
    ("plan.restart", &[(LOGIN, "restart = [\"login\", \"app\"]\n", "")]),
    ("plan.slower-than-duty", &[(SHOP, "rhythm = \"30m\"", "rhythm = \"5h\"")]),
    ("step.within", &[(SHOP, "within = \"4h\"\n", "")]),
    ("step.proof-overdue", &[(SHOP, "hoster\"\nproven_on = 2026", "hoster\"\nproven_on = 2025")]),
    ("step.check", &[(SHOP, "check.de = \"Zu jeder", "# "), (SHOP, "check.en = \"For each", "# ")]),
    (
        "step.otherwise",
        &[(SHOP, "otherwise.de = \"Die Zahl", "# "), (SHOP, "otherwise.en = \"Have the", "# ")],
    ),
    ("duty.owner", &[(DUTIES, "owner = \"lead\"\n", "")]),
    ("duty.unverified", &[(DUTIES, "verified_on = 2026-11-02", "verified_on = 2025-11-02")]),
];

/// What no replacing of a few words does: whole parts are cut out.
fn without(file: &str, from: &str, to: &str) -> Files {
    let mut files = whole();
    let text = files.get_mut(file).unwrap();
    let start = text.find(from).unwrap();
    let end = text[start..].find(to).map_or(text.len(), |at| start + at);
    text.replace_range(start..end, "");
    files
}

#[test]
fn a_whole_handbook_has_no_finding_and_the_example_none_that_must_go() {
    assert_eq!(codes(&found(whole(), &[], today())), BTreeSet::new());
    let mut files = example();
    files.insert(CARDS.into(), contacts());
    let all = found(files, &[], today());
    assert!(all.iter().all(|one| one.sort.grade != Grade::Must), "{:?}", codes(&all));
}

#[test]
fn each_gap_is_found_by_itself_and_says_what_to_do_in_both_languages() {
    for (code, slips) in SLIPS {
        let all = found(whole(), slips, today());
        let mut found = codes(&all);
        // Two channels that go down with one place cannot step in for each other either.
        if *code == "fate.audience" {
            found.remove("fate.fall-back");
        }
        assert_eq!(found, BTreeSet::from([*code]), "{slips:?}");
        for one in all {
            for language in Language::all() {
                for said in [one.what(language), one.help(language)] {
                    assert!(!said.contains(['{', '}']) && said.ends_with('.'), "{said}");
                }
            }
        }
    }
}

#[test]
fn each_gap_stands_beside_the_field_that_mends_it() {
    let slips = SLIPS.iter().flat_map(|(_, slips)| found(whole(), slips, today()));
    // What is prepared has a form for each text.
    for one in slips.filter(|one| one.file != CARDS && !one.file.starts_with("texts/")) {
        let document = Document::of(&one.file).unwrap_or_else(|| panic!("no file {}", one.file));
        let is_list = matches!(one.path.as_str(), "" | "role");
        let path = one.path.as_str();
        assert!(
            is_list || document.field(path).is_some(),
            "{}: {} {path}",
            one.sort.code,
            one.file
        );
    }
}

#[test]
fn a_draft_that_is_refused_is_advised_about_all_the_same_but_not_where_it_cannot_be_read() {
    let now = Timestamp(1_796_040_000_000_000);
    let so_far = |slips: &[Slip]| {
        let mut files = whole();
        files.remove(CARDS);
        for (file, old, new) in slips {
            replace(&mut files, file, old, new);
        }
        let checked = check(&files, &KINDS);
        let told = findings_so_far(&checked, None, now);
        (checked.handbook.is_some(), told.into_iter().map(|one| one.sort.code).collect::<Vec<_>>())
    };
    let lonely = (PEOPLE, "deputies = [\"jonas\"]\n", "");
    let refused = (SHOP, "rhythm = \"30m\"", "rhythm = \"soon\"");
    assert_eq!(so_far(&[]), (true, vec![]));
    assert_eq!(so_far(&[lonely]), (true, vec!["role.deputy"]));
    assert_eq!(so_far(&[lonely, refused]), (false, vec!["role.deputy"]));
    let nameless = (PEOPLE, "person = \"erika\"\ndeputies = [\"jonas\"]\n", "person = 7\n");
    assert_eq!(so_far(&[nameless]), (false, vec![]), "first what is wrong with the role itself");
    let broken = (SHOP, "rhythm = \"30m\"", "rhythm = = =");
    assert_eq!(so_far(&[lonely, broken]), (false, vec![]), "what stands in it is not known");
}

#[test]
fn a_part_that_is_missing_as_a_whole_is_found() {
    for (code, files) in [
        ("chain.none", without(PEOPLE, "[chain.night]", "# Rotas")),
        ("chain.short", without(PEOPLE, "[[chain.night.rung]]\nwho = \"role:technik\"", "# Rotas")),
        ("duty.none", whole().into_iter().filter(|(file, _)| file != DUTIES).collect()),
        ("plan.immediate", without(SHOP, "[[immediate]]", "# Steps")),
        ("partner.callout", without(PEOPLE, "callout.de", "# When somebody")),
    ] {
        let mut all = codes(&found(files, &[], today()));
        // A chain of one rung has one channel, too.
        all.remove("chain.one-channel");
        assert_eq!(all, BTreeSet::from([code]));
    }
}

#[test]
fn every_sort_is_found_by_a_test_and_has_a_name_of_its_own() {
    let all: Vec<&str> =
        SORTS.iter().flat_map(|sorts| sorts.iter()).map(|sort| sort.code).collect();
    let names: BTreeSet<&str> = all.iter().copied().collect();
    assert_eq!(names.len(), all.len(), "names are used once");
    let cut = ["chain.none", "chain.short", "duty.none", "plan.immediate", "partner.callout"];
    let tested: BTreeSet<&str> = SLIPS.iter().map(|(code, _)| *code).chain(cut).collect();
    assert_eq!(tested, names);
    assert!(names.len() >= 30);
}

#[test]
fn the_gravest_come_first_and_a_day_makes_the_difference() {
    let slips: &[Slip] = &[
        (BOOK, "page_runs_on = [\"elsewhere\"]", "page_runs_on = [\"north\"]"),
        (BOOK, "approval = \"lead\"\n", ""),
        (BOOK, "owner = \"erika\"\n", ""),
    ];
    let grades: Vec<Grade> =
        found(whole(), slips, today()).iter().map(|one| one.sort.grade).collect();
    assert_eq!(grades, [Grade::Must, Grade::Should, Grade::Could]);
    // Contacts count for ninety days; the oldest of them is of 12 October.
    let last = Day::new(2027, 1, 10).unwrap();
    assert!(!codes(&found(whole(), &[], last)).contains("contact.proof-overdue"));
    assert!(codes(&found(whole(), &[], last.plus_days(1))).contains("contact.proof-overdue"));
}
