//! Many mails over one line, with a relay that misbehaves in the middle.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Mutex;

use model::dispatch::Outcome;
use outside::channel::email::smtp::{Connection, Mail, Mails, Security};

use crate::relay::{Act, FakeRelay, Seen, Setup, Step};
use crate::smtp::{BODY, connection, no_trust, reached, relay, word};

/// Mails to be carried, and what became of each.
#[derive(Default)]
struct Pile {
    waiting: VecDeque<Mail>,
    outcomes: BTreeMap<u16, Outcome>,
    last: &'static str,
}

impl Pile {
    fn to(names: &[String]) -> Self {
        let mail = |(number, name): (usize, &String)| Mail {
            number: u16::try_from(number).unwrap(),
            from: format!("{name}@from.example"),
            to: format!("{name}@x.example"),
            body: BODY.to_vec(),
        };
        Self { waiting: names.iter().enumerate().map(mail).collect(), ..Self::default() }
    }

    fn words(&self) -> Vec<&'static str> {
        self.outcomes.values().map(word).collect()
    }
}

impl Mails for Pile {
    fn next(&mut self) -> Option<Mail> {
        self.waiting.pop_front()
    }

    fn settle(&mut self, number: u16, outcome: Outcome) {
        self.last = word(&outcome);
        let before = self.outcomes.insert(number, outcome);
        assert!(before.is_none(), "settled once");
    }
}

fn names(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

async fn line(setup: Setup) -> (FakeRelay, Connection) {
    let fake = FakeRelay::start(setup).await;
    let line = connection(relay(&fake, Security::Plain), no_trust());
    (fake, line)
}

/// Carries a, b, c and d while something happens to b on the first connection. At `MAIL`, `RCPT`,
/// `DATA` and `END` it is b's; `RSET` is what follows when b is not wanted.
async fn four(
    able: &[&'static str],
    trouble: impl Fn(&str) -> Act + Send + Sync + 'static,
) -> (Pile, Seen) {
    let of = Mutex::new(String::new());
    let script = move |(connection, _, what): Step<'_>| {
        let mut of = of.lock().unwrap();
        if let Some(rest) = what.strip_prefix("MAIL FROM:<") {
            *of = rest[..1].to_owned();
        }
        let word = what.split(' ').next().unwrap_or_default();
        if connection == 1 && *of == "b" { trouble(word) } else { Act::Usual }
    };
    let mut setup = Setup::new(script);
    setup.able = able.to_vec();
    let (fake, mut line) = line(setup).await;
    let mut pile = Pile::to(&names("a b c d"));
    line.carry(&mut pile).await;
    (pile, fake.seen())
}

#[tokio::test]
async fn a_mail_its_end_and_the_next_ones_commands_leave_in_one_write() {
    let (pile, seen) = four(&["PIPELINING"], |_| Act::Usual).await;
    assert_eq!(pile.words(), ["accepted"; 4]);
    assert_eq!(seen.connections, 1);
    let announced = |name: &str| {
        format!("MAIL FROM:<{name}@from.example>\r\nRCPT TO:<{name}@x.example>\r\nDATA\r\n")
    };
    let body = "Subject: x\r\n\r\nHallo\r\n..\r\nWelt\r\n.\r\n";
    let after = |name| format!("{body}{}", announced(name));
    let all = [announced("a"), after("b"), after("c"), after("d"), body.to_owned()];
    assert_eq!(seen.chunks[1..], all);
}

#[tokio::test]
async fn what_happens_to_one_mail_costs_no_other_mail_of_the_line_a_try() {
    // Where it happens, what the relay does, what becomes of b, and how many connections it takes.
    let cases: [(&str, Act, &str, usize); 16] = [
        ("MAIL", Act::Say("451 4.3.0 busy"), "later", 1),
        ("MAIL", Act::Say("552 5.3.4 too big"), "refused", 1),
        ("RCPT", Act::Say("450 4.2.0 greylisted"), "later", 1),
        ("RCPT", Act::Say("452 4.2.2 full for now"), "later", 1),
        ("RCPT", Act::Say("550 5.1.1 no such user"), "gone", 1),
        ("RCPT", Act::Say("550 5.7.1 not wanted"), "refused", 1),
        ("DATA", Act::Say("451 4.3.0 busy"), "later", 1),
        ("END", Act::Say("451 4.7.1 later"), "later", 1),
        ("END", Act::Say("554 5.6.0 no"), "refused", 1),
        ("RCPT", Act::Cut, "later", 2),
        ("DATA", Act::Cut, "later", 2),
        ("END", Act::Cut, "unknown", 2),
        // Nobody's fault: the relay has not heard of b yet.
        ("MAIL", Act::Cut, "accepted", 2),
        ("MAIL", Act::SayAndCut("421 4.7.0 enough for one connection"), "accepted", 2),
        // A relay that is out of step is not believed.
        ("DATA", Act::Say("250 what"), "later", 2),
        ("END", Act::Say("354 what"), "unknown", 2),
    ];
    for able in [&["PIPELINING", "SIZE"][..], &[]] {
        for (place, act, of_b, connections) in cases.clone() {
            let told = match act {
                Act::Say(answer) | Act::SayAndCut(answer) => answer,
                _ => "cut",
            };
            let at = format!("{able:?} {place} {told}");
            let trouble = move |what: &str| if what == place { act.clone() } else { Act::Usual };
            let (pile, seen) = four(able, trouble).await;
            assert_eq!(pile.words(), ["accepted", of_b, "accepted", "accepted"], "{at}");
            assert_eq!(seen.connections, connections, "{at}");
            let mut there = reached(&seen);
            there.retain(|name| *name != "b@x.example");
            assert_eq!(there, ["a@x.example", "c@x.example", "d@x.example"], "{at}");
        }
    }
}

#[tokio::test]
async fn a_relay_that_cannot_forget_a_refused_mail_gets_the_next_one_on_a_fresh_line() {
    for act in [Act::Say("500 5.5.1 what is RSET?"), Act::Say("421 4.3.0 bye"), Act::Cut] {
        for able in [&["PIPELINING"][..], &[]] {
            let act = act.clone();
            let trouble = move |what: &str| match what {
                "RCPT" => Act::Say("550 5.1.1 no such user"),
                "RSET" => act.clone(),
                _ => Act::Usual,
            };
            let (pile, seen) = four(able, trouble).await;
            assert_eq!(pile.words(), ["accepted", "gone", "accepted", "accepted"]);
            assert_eq!(seen.connections, 2);
            assert_eq!(reached(&seen), ["a@x.example", "c@x.example", "d@x.example"]);
        }
    }
}

#[tokio::test]
async fn a_relay_that_shuts_down_in_the_middle_is_a_channel_that_is_down_for_the_rest() {
    for (place, answer) in [
        ("MAIL", "530 5.7.0 sign in first"),
        ("MAIL", "550 5.1.8 sender refused"),
        ("RCPT", "421 4.3.2 shutting down"),
        ("DATA", "421 4.3.2 shutting down"),
        ("END", "421 4.3.2 shutting down"),
    ] {
        for able in [&["PIPELINING"][..], &[]] {
            let trouble =
                move |what: &str| if what == place { Act::Say(answer) } else { Act::Usual };
            let (pile, seen) = four(able, trouble).await;
            let at = format!("{able:?} {place} {answer}");
            let (first, rest) = pile.words().split_first().map(|(f, r)| (*f, r.to_vec())).unwrap();
            assert_eq!(first, "accepted", "{at}");
            assert!(!rest.is_empty() && rest.iter().all(|word| *word == "channel down"), "{at}");
            assert_eq!(pile.last, "channel down", "{at}");
            assert_eq!(pile.outcomes.len() + pile.waiting.len(), 4, "{at}");
            assert!(!pile.waiting.is_empty(), "{at}: the rest stays where it is");
            assert_eq!(reached(&seen), ["a@x.example"], "{at}");
            assert_eq!(seen.connections, 1, "{at}");
        }
    }
}

#[tokio::test]
async fn a_relay_that_takes_two_mails_on_a_connection_gets_all_of_them_on_many() {
    let script = |(_, mail, what): Step<'_>| match what.starts_with("MAIL") && mail > 2 {
        true => Act::SayAndCut("421 4.7.0 two are enough"),
        false => Act::Usual,
    };
    let (fake, mut line) = line(Setup::new(script)).await;
    let all = names("a b c d e f g h");
    let mut pile = Pile::to(&all);
    line.carry(&mut pile).await;
    assert_eq!(pile.words(), ["accepted"; 8]);
    let seen = fake.seen();
    assert_eq!((seen.mails.len(), seen.connections), (8, 4));
}

#[tokio::test]
async fn a_mail_that_was_announced_behind_a_cut_one_is_nobodys_try() {
    // Larger than what the system buffers, so that the cut is met while writing.
    let script = |(connection, _, what): Step<'_>| match what == "BODY" && connection == 1 {
        true => Act::Cut,
        false => Act::Usual,
    };
    let mut setup = Setup::new(script);
    setup.able = vec!["PIPELINING"];
    let (fake, mut line) = line(setup).await;
    let mut pile = Pile::to(&names("a b"));
    pile.waiting[0].body = vec![b'x'; 64 * 1024 * 1024];
    line.carry(&mut pile).await;
    assert_eq!(pile.words(), ["later", "accepted"]);
    assert_eq!(reached(&fake.seen()), ["b@x.example"]);
}

#[tokio::test]
async fn what_is_not_for_this_relay_is_refused_in_the_middle_and_the_line_goes_on() {
    let (fake, mut line) = line(Setup::new(|_| Act::Usual)).await;
    let mut pile = Pile::to(&names("a b c d e"));
    pile.waiting[1].to = "b\r\nRCPT TO:<z@x.example>@x.example".to_owned();
    pile.waiting[2].body = vec![b'x'; 100_001];
    pile.waiting[3].to = "jürgen@x.example".to_owned();
    line.carry(&mut pile).await;
    assert_eq!(pile.words(), ["accepted", "refused", "refused", "refused", "accepted"]);
    assert_eq!(reached(&fake.seen()), ["a@x.example", "e@x.example"]);
    assert_eq!(fake.seen().connections, 1);
}

/// A number of chance from a seed and where it is asked.
fn chance(seed: u64, at: u64) -> u64 {
    let mut mixed =
        seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ at.wrapping_mul(0xd1b5_4a32_d192_ed03);
    for _ in 0..3 {
        mixed ^= mixed >> 29;
        mixed = mixed.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    }
    mixed ^ (mixed >> 32)
}

#[tokio::test]
async fn whatever_a_relay_does_each_mail_is_settled_once_and_none_that_was_accepted_is_missing() {
    for seed in 0..100 {
        let step = Mutex::new(0);
        let script = move |(_, _, what): Step<'_>| {
            let mut step = step.lock().unwrap();
            *step += 1;
            match chance(seed, *step) % 40 {
                0 if what != "BODY" => Act::Cut,
                1 if what != "BODY" => Act::Say("451 4.3.0 busy"),
                2 if what != "BODY" => Act::Say("550 5.1.1 no such user"),
                3 if what != "BODY" && what != "END" => Act::SayAndCut("421 4.3.2 bye"),
                4 if what == "DATA" => Act::Say("354 go on, whatever was before"),
                _ => Act::Usual,
            }
        };
        let mut setup = Setup::new(script);
        if seed % 3 == 0 {
            setup.able = vec![];
        }
        let (fake, mut line) = line(setup).await;
        let people: Vec<String> = (0..20).map(|number| format!("r{number}")).collect();
        let mut pile = Pile::to(&people);
        // Where the channel is down, somebody asks again later.
        for _ in 0..30 {
            line.carry(&mut pile).await;
        }
        assert!(pile.waiting.is_empty(), "{seed}");
        assert_eq!(pile.outcomes.len(), 20, "{seed}");
        let seen = fake.seen();
        for (number, outcome) in &pile.outcomes {
            let to = format!("r{number}@x.example");
            let there = seen.mails.iter().filter(|(name, _)| *name == to).count();
            match word(outcome) {
                "accepted" => assert_eq!(there, 1, "{seed} {to}"),
                "unknown" => assert!(there <= 1, "{seed} {to}"),
                other => assert_eq!(there, 0, "{seed} {to} {other}"),
            }
        }
    }
}
