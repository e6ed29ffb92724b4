//! The links of mails and monitors lead to the engine, once the database is open.

use engine::Engine;
use engine::incident::DeskView as Seen;
use engine::link::Link;
use model::incident::Command;
use model::language::Language;
use model::notice::Passages;
use model::value::Phone;
use web::desk::{
    Act, Answering, Asking, ChoicesView, ConfirmView, Desk, DeskError, DeskView, FormView, Hooking,
    LeaveView, Stage, Wrong,
};
use web::door::Door;

mod intake;
mod subscription;

/// The desk of this process. Empty until the database is open.
#[derive(Clone, Default)]
pub struct Links(Door);

impl Links {
    /// The way to the engine, which opens with the database.
    #[must_use]
    pub fn door(&self) -> &Door {
        &self.0
    }

    fn engine(&self) -> Result<Engine, DeskError> {
        self.0.current().ok_or(DeskError::Unavailable)
    }

    async fn view(&self, engine: &Engine, seen: Seen) -> Result<DeskView, DeskError> {
        let case = engine.case(&seen.incident).await.map_err(DeskError::from)?;
        let language = case.handbook.language();
        let (stage, notice, acts) = stage(&seen);
        Ok(DeskView {
            language,
            zone: case.handbook.zone.name().to_owned(),
            now: engine.now(),
            drill: seen.drill,
            title: seen.title.get(language).to_owned(),
            since: case.incident.since,
            stage,
            notice,
            acts,
        })
    }
}

/// How it stands, what the page shows, and what can be done.
fn stage(seen: &Seen) -> (Stage, Option<(model::notice::Kind, model::notice::Texts)>, Vec<Act>) {
    let latest = seen.latest.clone().map(|(kind, _, texts)| (kind, texts));
    if let Some(at) = seen.closed_at {
        return (Stage::Closed(at), latest, vec![]);
    }
    if let Some((_, kind, texts)) = &seen.pending {
        let notice = Some((*kind, texts.clone()));
        return match seen.publish_at {
            Some(at) => {
                let stage = if seen.unread { Stage::Unread(at) } else { Stage::Held(at) };
                (stage, notice, vec![Act::Hold, Act::Release, Act::Veto])
            }
            None => (Stage::Stopped, notice, vec![Act::Release, Act::Veto]),
        };
    }
    if seen.recovered_at.is_some() {
        let all_clear = seen.all_clear.clone().map(|texts| (model::notice::Kind::AllClear, texts));
        return (Stage::Recovered(seen.all_clear_at), all_clear, vec![Act::AllClear]);
    }
    match &seen.latest {
        Some((_, at, _)) => (Stage::Published(*at), latest, vec![]),
        None => (Stage::Nothing, None, vec![]),
    }
}

impl Desk for Links {
    fn look<'a>(&'a self, token: &'a str) -> Answering<'a, DeskView> {
        Box::pin(async move {
            let engine = self.engine()?;
            let seen = engine.desk_look(token).await.map_err(DeskError::from)?;
            self.view(&engine, seen).await
        })
    }

    fn act<'a>(
        &'a self,
        token: &'a str,
        act: Act,
        reason: Option<&'a str>,
    ) -> Answering<'a, DeskView> {
        Box::pin(async move {
            let engine = self.engine()?;
            let seen = engine.desk_look(token).await.map_err(DeskError::from)?;
            let number = seen.pending.as_ref().map(|(number, _, _)| *number);
            let command = match (act, number) {
                (Act::Hold, Some(number)) => Command::Hold { number },
                (Act::Release, Some(number)) => Command::Release { number },
                (Act::Veto, Some(number)) => {
                    let reason = reason.unwrap_or("no reason was given").to_owned();
                    Command::Withdraw { number, reason }
                }
                (Act::AllClear, None) if seen.recovered_at.is_some() => {
                    Command::Resolve { texts: None, passages: Passages::new() }
                }
                _ => return Err(DeskError::Refused),
            };
            let seen = engine.desk_act(token, &command).await.map_err(DeskError::from)?;
            self.view(&engine, seen).await
        })
    }

    fn leave_look<'a>(&'a self, token: &'a str) -> Answering<'a, LeaveView> {
        Box::pin(async move {
            let engine = self.engine()?;
            let recipient = recipient(&engine, token)?;
            let seen = engine.subscriber(recipient).await.map_err(DeskError::from)?;
            let handbook = engine.handbook().await.map_err(DeskError::from)?.handbook;
            Ok(match seen {
                Some(contact) => LeaveView {
                    language: contact.language,
                    address: masked(&contact.address),
                    left: false,
                },
                None => {
                    LeaveView { language: handbook.language(), address: String::new(), left: true }
                }
            })
        })
    }

    fn leave<'a>(&'a self, token: &'a str) -> Answering<'a, LeaveView> {
        Box::pin(async move {
            let mut view = self.leave_look(token).await?;
            let engine = self.engine()?;
            engine.leave(recipient(&engine, token)?).await.map_err(DeskError::from)?;
            view.left = true;
            Ok(view)
        })
    }

    fn form(&self) -> Answering<'_, FormView> {
        Box::pin(async move { subscription::form(&self.engine()?).await })
    }

    fn ask<'a>(&'a self, asking: &'a Asking) -> Answering<'a, Option<Wrong>> {
        Box::pin(async move { subscription::ask(&self.engine()?, asking).await })
    }

    fn hook<'a>(&'a self, asking: &'a Asking) -> Answering<'a, Hooking> {
        Box::pin(async move { subscription::hook(&self.engine()?, asking).await })
    }

    fn confirm_look<'a>(&'a self, token: &'a str) -> Answering<'a, ConfirmView> {
        Box::pin(async move { subscription::confirm_look(&self.engine()?, token).await })
    }

    fn confirm<'a>(&'a self, token: &'a str) -> Answering<'a, ()> {
        Box::pin(
            async move { self.engine()?.confirm(token).await.map(|_| ()).map_err(DeskError::from) },
        )
    }

    fn choices<'a>(&'a self, token: &'a str) -> Answering<'a, ChoicesView> {
        Box::pin(async move { subscription::choices(&self.engine()?, token).await })
    }

    fn choose<'a>(
        &'a self,
        token: &'a str,
        language: Language,
        components: &'a [String],
    ) -> Answering<'a, ()> {
        Box::pin(
            async move { subscription::choose(&self.engine()?, token, language, components).await },
        )
    }

    fn beat<'a>(&'a self, monitor: &'a str, token: &'a str) -> Answering<'a, ()> {
        Box::pin(async move {
            let engine = self.engine()?;
            match Link::read(token, &engine.keys).map_err(DeskError::from)? {
                Link::Beat { monitor: key } if key.as_str() == monitor => {
                    engine.beat(&key).await.map_err(DeskError::from)
                }
                _ => Err(DeskError::BadLink),
            }
        })
    }
}

fn recipient(engine: &Engine, token: &str) -> Result<i64, DeskError> {
    match Link::read(token, &engine.keys).map_err(DeskError::from)? {
        Link::Leave { recipient } => Ok(recipient),
        _ => Err(DeskError::BadLink),
    }
}

/// `erika@example.org` as `e…@example.org`, `https://example.org/hook/secret` as
/// `https://example.org/…`: enough to know it, too little to give it away.
fn masked(address: &str) -> String {
    if let Some(rest) = address.strip_prefix("https://") {
        return format!("https://{}/…", rest.split(['/', '?']).next().unwrap_or_default());
    }
    match address.split_once('@') {
        Some((name, domain)) => {
            format!("{}…@{domain}", name.chars().take(1).collect::<String>())
        }
        None => match address.parse::<Phone>() {
            Ok(number) => number.masked(),
            Err(_) => "…".into(),
        },
    }
}
