//! The story: calm, one bad probe, an outage, a kill in the middle of the mails, the all-clear.

use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use model::language::Language;
use model::notice::Kind;
use model::value::{Span, Timestamp};

use super::example::{HOLD, STAFF};
use super::mailbox::Letter;
use super::sink::Mail;
use super::stage::Stage;
use super::table::{Measured, Moment, PROMISED};
use super::tell::Teller;
use super::watch::Watch;
use crate::config::Demo;

/// How long a step may take that takes a few seconds.
const SOON: Duration = Duration::from_secs(30);
/// How long everybody's mail may take at least; many people take longer.
const MAILS: Duration = Duration::from_secs(60);
/// So many good looks show that a bad one led to nothing.
const GOOD_LOOKS: u32 = 4;
/// Who may sign in to the console: the one who leads in the example.
pub(super) const ACCOUNT: &str = "erika";
/// The monitor of the shop in the example.
const SHOP: &str = "shop-page";

/// The story under way.
pub(super) struct Story<'s> {
    stage: &'s mut Stage,
    tell: Teller,
    watch: Watch,
    mails: Duration,
    killed: Option<(Timestamp, u64)>,
}

impl<'s> Story<'s> {
    /// Puts the handbook and the people in, starts the program, and waits until all is calm.
    pub(super) async fn begin(stage: &'s mut Stage) -> anyhow::Result<Self> {
        let tell = Teller::begin();
        tell.act("Prepare: the example's handbook and its people go in");
        let (handbook, people) = (stage.folder.at("handbook"), stage.folder.at("people.csv"));
        let contacts = stage.folder.at("handbook/contacts.toml");
        let apply = ["apply", &handbook, "--contacts", &contacts, "--reason", "demo"];
        for command in [&apply[..], &["import", &people]] {
            let said = stage.program.ask(command).await?;
            said.lines().for_each(|line| tell.good(line));
        }
        let add = ["account", "add", ACCOUNT];
        let said = stage.program.ask_with(&add, &format!("{}\n", stage.password)).await?;
        said.lines().for_each(|line| tell.good(line));
        stage.light()?;
        let watch = Watch::start(stage.places.page)?;
        let more = u64::try_from(stage.census.size() / 50).unwrap_or(0);
        let mails = MAILS + Duration::from_secs(more);
        let log = &stage.program.log;
        log.wait("line that the page is up", SOON, |one| one.message() == "the page is up").await?;
        log.wait("good verdict on the shop", SOON, |one| one.is_verdict(SHOP, "Up")).await?;
        tell.good("Notlicht runs, the page is up, the shop works");
        Ok(Self { stage, tell, watch, mails, killed: None })
    }

    /// The whole story.
    pub(super) async fn play(mut self, args: &Demo) -> anyhow::Result<Measured> {
        self.one_bad_probe().await?;
        let (verdict, incident) = self.outage().await?;
        self.first_notice(args).await?;
        self.update(&incident).await?;
        self.recovery().await?;
        Ok(self.measure(verdict))
    }

    async fn one_bad_probe(&mut self) -> anyhow::Result<()> {
        self.tell.act("Detect: one bad probe opens nothing");
        let shop = &self.stage.shop;
        shop.stumble();
        until("look of the program at the shop", SOON, || shop.stumbled() == 1).await?;
        self.tell.bad("the shop answered 503, once");
        let served = shop.served();
        until("further looks at the shop", SOON, || shop.served() >= served + GOOD_LOOKS).await?;
        let entries = self.stage.program.log.entries();
        let opened = entries.iter().any(|one| one.message() == "recorded");
        let down = entries.iter().any(|one| one.is_verdict(SHOP, "Down"));
        ensure!(!opened && !down, "one bad probe was taken for an outage");
        self.tell.good("it was seen, and it opened nothing");
        Ok(())
    }

    /// The shop dies; gives when the verdict was complete, and the incident's id.
    async fn outage(&mut self) -> anyhow::Result<(Timestamp, String)> {
        self.tell.act("Detect: the shop dies");
        self.stage.shop.die().await;
        self.tell.bad("its server is gone, every connection is cut");
        let log = &self.stage.program.log;
        let verdict = log.wait("verdict", SOON, |one| one.is_verdict(SHOP, "Down")).await?;
        self.tell.bad(&format!("verdict: down ({})", verdict.field("detail")));
        let opened = log.wait("incident", SOON, |one| one.is_recorded("opened")).await?;
        let incident = opened.field("incident").to_owned();
        self.tell.good(&format!("incident {incident} is open, by the plan for the shop"));
        self.tell.act("Inform: staff are woken, and the first notice waits for them");
        let alerted = |mail: &Mail| mail.recipient.ends_with(STAFF);
        let sink = &self.stage.census.sink;
        sink.wait_until(SOON, |ledger| ledger.newest().into_iter().any(alerted)).await?;
        let mail =
            sink.look(|ledger| ledger.newest().into_iter().find(|one| alerted(one)).cloned());
        let mail = mail.context("the alert is gone from the sink")?;
        let letter = Letter::read(&mail.raw);
        self.tell.good(&format!("{} has a mail: “{}”", mail.recipient, letter.subject));
        let link = letter.text.split_whitespace().find(|word| word.contains("/act/"));
        let link = link.context("the alert has no link to act by")?;
        self.tell.say(&format!("with a link to look, hold, veto or release: {link}"));
        let hooks = &self.stage.hooks;
        let told = || hooks.heard().iter().any(|one| one.kind == "alert.held");
        until("signed webhook to the team's chat", SOON, told).await?;
        self.tell.good("the team's chat has it too, by a signed webhook");
        self.tell.say(&format!("nobody acts: it is held for {HOLD} s, then it publishes itself"));
        Ok((verdict.at, incident))
    }

    async fn first_notice(&mut self, args: &Demo) -> anyhow::Result<()> {
        let log = &self.stage.program.log;
        log.wait("first notice", SOON, |one| one.is_published("first")).await?;
        self.tell.act("Inform: the first notice goes out by itself");
        let people = self.stage.census.size();
        if !args.no_kill {
            let share = 20 + usize::try_from(crate::rim::chance() % 30).unwrap_or(0);
            self.stage.census.wait(Kind::First, (people * share).div_ceil(100), self.mails).await?;
            let at = crate::rim::now();
            self.stage.kill().await?;
            let had = self.stage.census.told(Kind::First).people;
            self.killed = Some((at, u64::try_from(had).unwrap_or(u64::MAX)));
            let share = had * 100 / people.max(1);
            self.tell.bad(&format!("kill -9 in the middle: {had} of {people} have it ({share} %)"));
            ensure!(had < people, "it was killed too late to prove anything: try more people");
            self.stage.light()?;
            self.tell.say("it is started again");
        }
        self.stage.census.wait(Kind::First, people, self.mails).await?;
        self.tell.good(&format!("everybody has it: {people} people"));
        let subject = self.stage.census.subject(Kind::First, Language::DE);
        self.tell.say(&format!("“{}”", subject.unwrap_or_default()));
        Ok(())
    }

    async fn update(&mut self, incident: &str) -> anyhow::Result<()> {
        self.tell.act("Accompany: somebody at the desk writes an update");
        let text =
            |language: &str| format!("@{}", self.stage.folder.at(&format!("update.{language}.md")));
        let (de, en) = (text("de"), text("en"));
        let command = ["incident", "update", incident, "--de", &de, "--en", &en];
        self.stage.program.ask(&command).await?;
        self.tell.say("notlicht incident update … --de @update.de.md --en @update.en.md");
        let people = self.stage.census.size();
        self.stage.census.wait(Kind::Update, people, self.mails).await?;
        self.tell.good(&format!("everybody has it: {people} people"));
        Ok(())
    }

    async fn recovery(&mut self) -> anyhow::Result<()> {
        self.tell.act("Accompany: the shop comes back");
        self.stage.shop.come_back().await.context("the shop cannot come back")?;
        self.tell.good("its server answers again");
        let log = &self.stage.program.log;
        log.wait("recovery", SOON, |one| one.is_recorded("recovered")).await?;
        self.tell.good("Notlicht has seen it; the all-clear waits whether it stays so");
        log.wait("all-clear", SOON, |one| one.is_published("all-clear")).await?;
        let people = self.stage.census.size();
        self.stage.census.wait(Kind::AllClear, people, self.mails).await?;
        self.tell.good(&format!("everybody has the all-clear: {people} people"));
        log.wait("end of the incident", SOON, |one| one.is_recorded("closed")).await?;
        Ok(())
    }

    /// Puts together what was measured.
    fn measure(&mut self, verdict: Timestamp) -> Measured {
        let census = &self.stage.census;
        let first = census.told(Kind::First);
        let headline = census.subject(Kind::First, Language::DE).unwrap_or_default();
        let (opened, alerted) = {
            let entries = self.stage.program.log.entries();
            let opened = entries.iter().find(|one| one.is_recorded("opened")).map(|one| one.at);
            let alert = census.sink.look(|ledger| {
                let alerts = ledger.iter().filter(|one| one.recipient.ends_with(STAFF));
                alerts.map(|one| one.first).min()
            });
            (opened, alert)
        };
        let moment = |what, at, held| Moment { what, at, held };
        let moments = vec![
            moment("incident opened", opened, false),
            moment("page shows the outage", self.watch.changed_after(verdict), false),
            moment("first alert to staff", alerted, false),
            moment("notice on the page", self.watch.carried(&headline), true),
            moment("first mail", first.first, true),
            moment("last mail", first.last, true),
        ];
        let killed = self.killed.map(|(at, mails)| (mails, self.watch.away_since(at)));
        let told = PROMISED.iter().chain([&Kind::Holding]).map(|kind| (*kind, census.told(*kind)));
        let told = told.filter(|(kind, told)| PROMISED.contains(kind) || told.people > 0).collect();
        let hold = Span::seconds(HOLD);
        let people = census.size();
        let mut measured =
            Measured { verdict, hold, moments, killed, people, told, faults: vec![] };
        measured.faults = self.faults(&measured);
        measured
    }

    /// What must not have happened and did.
    fn faults(&mut self, measured: &Measured) -> Vec<String> {
        let mut faults = Vec::new();
        if !self.stage.is_lit() {
            faults.push(format!("the program ended:\n{}", self.stage.program.log.tail()));
        }
        let errors = self.stage.program.log.entries().iter().filter(|one| one.is_error()).count();
        if errors > 0 {
            faults.push(format!("{errors} errors in the log:\n{}", self.stage.program.log.tail()));
        }
        for fault in self.stage.hooks.heard().iter().filter_map(|one| one.fault.as_ref()) {
            faults.push(format!("a webhook that cannot be believed: {fault}"));
        }
        let window = u32::try_from(engine::delivery::WINDOW).unwrap_or(u32::MAX);
        for (kind, told) in &measured.told {
            let label = kind.label(Language::EN);
            let killed = *kind == Kind::First && self.killed.is_some();
            let most = if killed { window } else { 0 };
            if told.repeated > most {
                faults.push(format!("{label}: {} repeats, at most {most} may be", told.repeated));
            }
            if told.doubled > 0 {
                faults.push(format!("{label}: {} people have it under two ids", told.doubled));
            }
        }
        faults
    }
}

/// Looks again and again until it is so.
async fn until(what: &str, limit: Duration, is_so: impl Fn() -> bool) -> anyhow::Result<()> {
    let waiting = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    if tokio::time::timeout(limit, waiting).await.is_err() {
        bail!("no {what} within {} s", limit.as_secs());
    }
    Ok(())
}
