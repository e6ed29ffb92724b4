use model::handbook::check::{Checked, check};
use model::handbook::system::{Probe, Rule};
use model::value::Span;

use crate::example::told;
use crate::sample::{KINDS, example, replace};

const ALERTS: &str = "[monitor.alerts]
component = \"shop\"
alertmanager.match = { alertname = \"ShopDown\", job = \"shop\" }
alertmanager.silent_after = \"15m\"
";

const HOOK: &str = "[monitor.hook]
component = \"forum\"
shows = \"degraded\"
hook.items = \"/alerts\"
hook.where = { \"/labels/job\" = \"forum\" }
hook.subject = \"/labels/name\"
hook.state = \"/status\"
hook.down = [\"firing\", \"down\"]
hook.up = \"resolved\"
hook.time = \"/at\"
hook.detail = \"/a~1b\"
";

/// The example with these monitors, checked.
fn with(monitors: &str) -> Checked {
    let mut files = example();
    replace(&mut files, "system.toml", "[monitor.login]", &format!("{monitors}\n[monitor.login]"));
    check(&files, &KINDS)
}

#[test]
fn a_monitor_that_others_report_to_says_what_it_listens_for_and_is_believed_at_once() {
    let checked = with(&[ALERTS, HOOK].concat());
    assert_eq!(told(&checked.faults), "");
    let monitors = checked.handbook.unwrap().monitors;
    let (alerts, hook) = (&monitors["alerts"], &monitors["hook"]);
    for monitor in [alerts, hook] {
        assert_eq!(monitor.rule, Rule { fails: 1, of: 1, recover: 1 });
        assert_eq!(monitor.every, Span::seconds(10));
    }
    let Probe::Alertmanager { labels, silent_after } = &alerts.probe else { panic!("{alerts:?}") };
    assert_eq!((labels.len(), labels["job"].as_str()), (2, "shop"));
    assert_eq!(*silent_after, Some(Span::minutes(15)));
    let Probe::Hook { mapping, silent_after: None } = &hook.probe else { panic!("{hook:?}") };
    assert_eq!((mapping.down.len(), mapping.up.as_slice()), (2, &["resolved".to_owned()][..]));
    assert_eq!(mapping.only["/labels/job"], "forum");
    assert_eq!(mapping.subject.as_deref(), Some("/labels/name"));
}

#[test]
fn each_slip_in_a_monitor_that_others_report_to_gives_one_fault_where_it_stands() {
    for (monitor, old, new, says, line) in [
        (ALERTS, "match", "mach", "did you mean “match”?", 3),
        (ALERTS, "{ alertname = \"ShopDown\", job = \"shop\" }", "{}", "every alert would fit", 3),
        (ALERTS, "\"ShopDown\"", "7", "“alertname” must be a text", 3),
        (ALERTS, "\"15m\"", "\"5s\"", "5s of silence are too few", 4),
        (ALERTS, "component = \"shop\"", "reference = true", "looked at by ourselves", 3),
        (ALERTS, "component", "every = \"1m\"\ncomponent", "“every” says nothing here", 2),
        (ALERTS, "component", "fails = 2\ncomponent", "“fails” says nothing here", 2),
        (ALERTS, "component", "tcp.host = \"x\"\ncomponent", "alertmanager and tcp", 2),
        (ALERTS, "component", "hook.state = \"/x\"\ncomponent", "alertmanager and hook", 2),
        (HOOK, "\"/status\"", "\"status\"", "“status” is no place in a JSON text", 7),
        (HOOK, "\"/a~1b\"", "\"/a~b\"", "“/a~b” is no place in a JSON text", 11),
        (HOOK, "{ \"/labels", "{ \"labels", "“labels/job” is no place in a JSON text", 5),
        (HOOK, "hook.state = \"/status\"\n", "", "“state” is missing", 4),
        (HOOK, "[\"firing\", \"down\"]", "[]", "there is no state here", 8),
        (HOOK, "\"resolved\"", "[\"ok\", \"down\"]", "“down” means down already", 9),
    ] {
        assert!(monitor.contains(old), "{old}");
        let checked = with(&monitor.replacen(old, new, 1));
        let faults = told(&checked.faults);
        assert!(checked.handbook.is_none(), "{new}");
        assert_eq!(checked.faults.len(), 1, "{new}: {faults}");
        assert!(faults.contains(says), "{says}: {faults}");
        let above = &example()["system.toml"];
        let above = above[..above.find("[monitor.login]").unwrap()].lines().count();
        assert_eq!(checked.faults[0].line, above + line, "{faults}");
    }
}

#[test]
fn who_says_no_way_to_look_is_told_all_of_them() {
    let faults = told(&with("[monitor.x]\ncomponent = \"shop\"\nevery = \"1m\"\n").faults);
    assert!(faults.contains("alertmanager.match, hook.state"), "{faults}");
}

#[test]
fn the_samples_in_the_comments_of_the_example_are_good() {
    let mut files = example();
    let system = files.get_mut("system.toml").unwrap();
    let starts = ["[monitor.", "component = ", "alertmanager.", "hook."];
    let sample = |line: &str| {
        let code =
            line.strip_prefix("# ").filter(|code| starts.iter().any(|s| code.starts_with(s)));
        format!("{}\n", code.unwrap_or(line))
    };
    *system = system.lines().map(sample).collect();
    let checked = check(&files, &KINDS);
    assert_eq!(told(&checked.faults), "");
    let monitors = checked.handbook.unwrap().monitors;
    assert_eq!(monitors.values().filter(|one| one.probe.is_reported()).count(), 2);
}
