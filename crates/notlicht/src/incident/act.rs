//! What people do in the room, as the commands that the rules know.

use anyhow::{Context as _, bail};
use engine::Engine;
use engine::incident::Case;
use model::incident::{
    AidCommand, Call, Command, DutyCommand, Incident, Proposal, Start, TaskCommand, TeamCommand,
    Writing, works,
};
use model::notice::Kind;
use model::value::{PublicId, Timestamp};

use super::{advise, moment, the_one, waiting};
use crate::config::{
    self, ChainCommand, Clock, One, PartnerCommand, ProposalCommand, Propose, RoleCommand,
    RoomCommand, StepCommand,
};

type Act = (PublicId, Command);

/// Which incident is meant.
async fn case(engine: &Engine, id: Option<PublicId>) -> anyhow::Result<Case> {
    Ok(engine.case(&the_one(engine, id).await?).await?)
}

/// Which incident is meant, and what is wanted of it.
pub(super) async fn read(engine: &Engine, command: RoomCommand) -> anyhow::Result<Act> {
    match command {
        RoomCommand::Role(command) => role(engine, command).await,
        RoomCommand::Chain(command) => chain(engine, command).await,
        RoomCommand::Step(command) => step(engine, command).await,
        RoomCommand::Partner(command) => partner(engine, command).await,
        RoomCommand::Duty(command) => duty(engine, command).await,
        RoomCommand::Situation(said) => {
            Ok((the_one(engine, said.id).await?, Command::Situation { text: said.text }))
        }
        RoomCommand::Note(said) => {
            Ok((the_one(engine, said.id).await?, Command::Note { text: said.text }))
        }
        RoomCommand::Level { level, id, reason } => {
            let command = Command::ChangeLevel { level: level.into(), reason };
            Ok((the_one(engine, id).await?, command))
        }
        RoomCommand::State { component, state, id } => {
            let command = Command::SetState { component, state: state.into() };
            Ok((the_one(engine, id).await?, command))
        }
        RoomCommand::Proposal(ProposalCommand::Write(args)) => propose(engine, args).await,
        RoomCommand::Proposal(ProposalCommand::Approve(One { id })) => {
            let (id, proposed) = proposed(engine, id).await?;
            Ok((id, Command::Approve { proposed }))
        }
        RoomCommand::Proposal(ProposalCommand::SendBack { id, reason }) => {
            let (id, proposed) = proposed(engine, id).await?;
            Ok((id, Command::SendBack { proposed, reason }))
        }
    }
}

/// `notlicht incident role …`
async fn role(engine: &Engine, command: RoleCommand) -> anyhow::Result<Act> {
    let (id, command) = match command {
        RoleCommand::Take { role, id, person } => (id, TeamCommand::Take { role, who: person }),
        RoleCommand::Offer { role, person, id } => (id, TeamCommand::Offer { role, to: person }),
        RoleCommand::Accept(of) => (of.id, TeamCommand::Accept { role: of.role }),
        RoleCommand::Decline(of) => (of.id, TeamCommand::DeclineOffer { role: of.role }),
        RoleCommand::Leave(of) => (of.id, TeamCommand::Leave { role: of.role }),
        RoleCommand::Cannot { role, person, id } => {
            (id, TeamCommand::Decline { call: Call::Role(role), who: Some(person) })
        }
        RoleCommand::Call(of) => (of.id, TeamCommand::AskAgain { call: Call::Role(of.role) }),
    };
    Ok((the_one(engine, id).await?, Command::Team(command)))
}

/// `notlicht incident chain …`
async fn chain(engine: &Engine, command: ChainCommand) -> anyhow::Result<Act> {
    let (id, command) = match command {
        ChainCommand::Answer { chain, id, person } => {
            (id, TeamCommand::Answer { call: Call::Chain(chain), who: person })
        }
        ChainCommand::Cannot { chain, person, id } => {
            (id, TeamCommand::Decline { call: Call::Chain(chain), who: Some(person) })
        }
        ChainCommand::Call { chain, id } => {
            (id, TeamCommand::AskAgain { call: Call::Chain(chain) })
        }
    };
    Ok((the_one(engine, id).await?, Command::Team(command)))
}

/// `notlicht incident step …`
async fn step(engine: &Engine, command: StepCommand) -> anyhow::Result<Act> {
    let (step, id) = match &command {
        StepCommand::Take(of) | StepCommand::Reopen(of) => (&of.step, &of.id),
        StepCommand::Give { step, id, .. }
        | StepCommand::Done { step, id, .. }
        | StepCommand::Skip { step, id, .. } => (step, id),
    };
    let case = case(engine, id.clone()).await?;
    let task = named(&case, step, engine.now())?;
    let command = match command {
        StepCommand::Take(_) => TaskCommand::Assign { task, to: None },
        StepCommand::Give { person, .. } => TaskCommand::Assign { task, to: Some(person) },
        StepCommand::Done { note, .. } => {
            TaskCommand::Tick { task, note: note.unwrap_or_default() }
        }
        StepCommand::Skip { reason, .. } => TaskCommand::Skip { task, reason },
        StepCommand::Reopen(_) => TaskCommand::Reopen { task },
    };
    Ok((case.incident.id, Command::Task(command)))
}

/// The step of this number or id.
fn named(case: &Case, text: &str, now: Timestamp) -> anyhow::Result<PublicId> {
    let all = works(&case.handbook, &case.incident, now);
    let is_it = |text: &str, number: usize, id: &PublicId| {
        text.parse() == Ok(number) || text == id.as_str()
    };
    match all.iter().find(|work| is_it(text, work.number, &work.task.id)) {
        Some(work) => Ok(work.task.id.clone()),
        None => bail!(
            "there is no step “{text}”: the plan has the numbers 1 to {}, see “notlicht incident show”",
            all.len()
        ),
    }
}

/// `notlicht incident partner …`
async fn partner(engine: &Engine, command: PartnerCommand) -> anyhow::Result<Act> {
    let (id, command) = match command {
        PartnerCommand::Call { partner, id, phone, step } => {
            let case = case(engine, id).await?;
            let task = step.map(|step| named(&case, &step, engine.now())).transpose()?;
            let command = AidCommand::Call { partner, task, by_phone: phone };
            (case.incident.id, command)
        }
        PartnerCommand::Answer { partner, text, id, ticket, back } => {
            let case = case(engine, id).await?;
            let back = back.unwrap_or_else(|| "none".into());
            let back_at = moment::read(&back, &case.handbook.zone, engine.now())?;
            let ticket = ticket.unwrap_or_default();
            (case.incident.id, AidCommand::Answer { partner, said: text, ticket, back_at })
        }
        PartnerCommand::Revoke { partner, id } => {
            (the_one(engine, id).await?, AidCommand::Revoke { partner })
        }
    };
    Ok((id, Command::Aid(command)))
}

/// `notlicht incident duty …`
async fn duty(engine: &Engine, command: config::DutyCommand) -> anyhow::Result<Act> {
    let (config::DutyCommand::Applies { id, .. }
    | config::DutyCommand::Not { id, .. }
    | config::DutyCommand::Start { id, .. }
    | config::DutyCommand::Sent { id, .. }
    | config::DutyCommand::Finish { id, .. }) = &command;
    let case = case(engine, id.clone()).await?;
    let past = |text: &str| moment::past(text, &case.handbook.zone, engine.now());
    let command = match command {
        config::DutyCommand::Applies { duty, since, reason, .. } => {
            let aware_at = since.as_deref().map(past).transpose()?;
            let reason = reason.unwrap_or_default();
            DutyCommand::Decide { duty, applies: true, reason, aware_at }
        }
        config::DutyCommand::Not { duty, reason, .. } => {
            DutyCommand::Decide { duty, applies: false, reason, aware_at: None }
        }
        config::DutyCommand::Start { duty, clock, at, .. } => {
            let start = match clock {
                Clock::Aware => Start::Aware,
                Clock::Classified => Start::Classified,
                Clock::Fixed => Start::Fixed,
            };
            DutyCommand::Start { duty, start, at: past(&at)? }
        }
        config::DutyCommand::Sent { duty, report, text, at, .. } => {
            let at = at.as_deref().map(past).transpose()?;
            DutyCommand::Sent { duty, stage: report, at, text: content(&text)? }
        }
        config::DutyCommand::Finish { duty, reason, .. } => DutyCommand::Finish { duty, reason },
    };
    Ok((case.incident.id, Command::Duty(command)))
}

/// What was typed, or what stands in the file.
fn content(text: &str) -> anyhow::Result<String> {
    match text.strip_prefix('@') {
        Some(path) => {
            std::fs::read_to_string(path).with_context(|| format!("{path} cannot be read"))
        }
        None => Ok(text.to_owned()),
    }
}

/// `notlicht incident proposal write`
async fn propose(engine: &Engine, args: Propose) -> anyhow::Result<Act> {
    let Some(texts) = args.said.texts()? else {
        bail!("say what is to go out, with --de and --en")
    };
    let (said, corrects) = (&args.said, args.corrects);
    let passages = said.passages();
    let next_update = args.next.map(|span| Incident::promise_after(engine.now(), span));
    let (id, kind, proposal) = if args.waiting {
        let (id, number) = waiting(engine, args.id).await?;
        (id, Kind::First, Proposal::Release { number, texts: texts.clone(), passages })
    } else if args.all_clear {
        let proposal = Proposal::Resolve { texts: texts.clone(), passages };
        (the_one(engine, args.id).await?, Kind::AllClear, proposal)
    } else {
        let kind = if corrects.is_some() { Kind::Correction } else { Kind::Update };
        let texts = Some(texts.clone());
        let writing = Writing { kind, texts, passages, next_update, corrects };
        (the_one(engine, args.id).await?, kind, Proposal::Write(writing))
    };
    let left_out = advise(engine, &id, kind, (Some(&texts), next_update)).await?;
    Ok((id, said.knowingly(left_out, Command::Propose(proposal))))
}

/// The proposal that waits, as a second person decides about it.
async fn proposed(engine: &Engine, id: Option<PublicId>) -> anyhow::Result<(PublicId, u64)> {
    let case = case(engine, id).await?;
    match &case.incident.proposed {
        Some(proposed) => Ok((case.incident.id.clone(), proposed.seq)),
        None => bail!("nothing waits for a second person: see “notlicht incident show”"),
    }
}
