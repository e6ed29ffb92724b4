use crate::house::House;

/// Every command that has a help of its own.
const COMMANDS: [&str; 88] = [
    "demo",
    "serve",
    "check",
    "apply",
    "export",
    "diff",
    "handbook",
    "handbook history",
    "handbook diff",
    "handbook rollback",
    "handbook drafts",
    "handbook draft",
    "handbook approve",
    "handbook send-back",
    "handbook export",
    "handbook apply",
    "print",
    "rota",
    "import",
    "beat",
    "intake",
    "intake alertmanager",
    "intake hook",
    "intake end",
    "incident",
    "incident list",
    "incident show",
    "incident declare",
    "incident update",
    "incident correct",
    "incident resolve",
    "incident release",
    "incident hold",
    "incident veto",
    "incident expect",
    "incident adopt",
    "incident role",
    "incident role take",
    "incident role offer",
    "incident role accept",
    "incident role decline",
    "incident role leave",
    "incident role cannot",
    "incident role call",
    "incident chain",
    "incident chain answer",
    "incident chain cannot",
    "incident chain call",
    "incident step",
    "incident step take",
    "incident step give",
    "incident step done",
    "incident step skip",
    "incident step reopen",
    "incident partner",
    "incident partner call",
    "incident partner answer",
    "incident partner revoke",
    "incident duty",
    "incident duty applies",
    "incident duty not",
    "incident duty start",
    "incident duty sent",
    "incident duty finish",
    "incident situation",
    "incident note",
    "incident level",
    "incident state",
    "incident proposal",
    "incident proposal write",
    "incident proposal approve",
    "incident proposal send-back",
    "reach",
    "account",
    "account add",
    "account list",
    "account password",
    "account permit",
    "account end",
    "token",
    "token add",
    "token list",
    "token end",
    "words",
    "emergency",
    "backup",
    "restore",
    "doctor",
];

/// Every command with its help, as the person at three in the morning reads it.
#[tokio::test]
async fn the_help_of_every_command_is_short_enough_to_read_at_night() {
    let house = House::new();
    let whole = house.good(&["--help"]).await;
    insta::assert_snapshot!("help", whole);
    let mut all = String::new();
    for command in COMMANDS {
        let mut line: Vec<&str> = command.split(' ').collect();
        line.push("--help");
        let help = house.good(&line).await;
        let (own, _same_for_all) = help.split_once("This installation").unwrap();
        let longest = help.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(longest <= 100, "{command}: {longest} characters");
        assert!(help.lines().count() <= 48, "{command} does not fit on a screen");
        all.push_str(&format!("== notlicht {command}\n{}\n\n", own.trim_end()));
    }
    insta::assert_snapshot!("help_of_every_command", all);
}
