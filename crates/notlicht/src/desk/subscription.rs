//! The form to subscribe and the links of its letters.

use std::time::Duration;

use engine::Engine;
use engine::EngineError;
use engine::hook::{HookError, Hooked, hooks_channel};
use engine::subscription::chosen;
use model::handbook::Handbook;
use model::language::Language;
use model::recipient::RecipientKind;
use store::subscription::Wish;
use tokio::time::Instant;
use web::desk::{
    Asking, ChoicesView, ConfirmView, DeskError, FormView, HookWrong, Hooking, Part, Wrong,
};

use super::masked;

/// Far more than the work takes on a machine that is not overloaded, too little to be noticed.
const BEAT: Duration = Duration::from_millis(100);

pub(super) async fn form(engine: &Engine) -> Result<FormView, DeskError> {
    let handbook = engine.handbook().await.map_err(DeskError::from)?.handbook;
    let hooks = hooks_channel(&handbook).is_some();
    Ok(FormView { stamp: engine.stamp(), parts: parts(&handbook), hooks })
}

pub(super) async fn ask(engine: &Engine, asking: &Asking) -> Result<Option<Wrong>, DeskError> {
    let handbook = engine.handbook().await.map_err(DeskError::from)?.handbook;
    if !engine.is_timely(&asking.stamp) {
        return Ok(Some(Wrong::Stamp));
    }
    let Ok(components) = chosen(&handbook, &asking.components) else {
        return Ok(Some(Wrong::Components));
    };
    let language = asking.language.unwrap_or(handbook.language());
    let wish = Wish { address: asking.address.clone(), language, components };
    match on_the_beat(engine.ask(&wish)).await {
        Ok(()) => Ok(None),
        Err(EngineError::Address(_)) => Ok(Some(Wrong::Address)),
        Err(error) => Err(DeskError::from(error)),
    }
}

pub(super) async fn hook(engine: &Engine, asking: &Asking) -> Result<Hooking, DeskError> {
    let handbook = engine.handbook().await.map_err(DeskError::from)?.handbook;
    if hooks_channel(&handbook).is_none() {
        return Err(DeskError::BadLink);
    }
    if !engine.is_timely(&asking.stamp) {
        return Ok(Hooking::Wrong(HookWrong::Stamp));
    }
    let Ok(components) = chosen(&handbook, &asking.components) else {
        return Ok(Hooking::Wrong(HookWrong::Components));
    };
    let language = asking.language.unwrap_or(handbook.language());
    let wish = Wish { address: asking.address.clone(), language, components };
    Ok(match engine.hook(&wish).await {
        Ok(Hooked::New { secret, choices, leave }) => {
            Hooking::Done { secret: secret.expose().to_owned(), choices, leave }
        }
        Ok(Hooked::Known) => Hooking::Known,
        Err(HookError::Address) => Hooking::Wrong(HookWrong::Address),
        Err(HookError::Rest) => Hooking::Wrong(HookWrong::Rest),
        Err(HookError::Unproven(reason)) => {
            // The asker does not learn what stands behind an address, we may.
            tracing::debug!(%reason, "a webhook did not answer its challenge");
            Hooking::Wrong(HookWrong::Unproven)
        }
        Err(HookError::Engine(error)) => return Err(DeskError::from(error)),
    })
}

/// Gives an answer at the next beat only: an address that waits for its confirmation is done with
/// a little sooner than one that nobody knows, which a stranger must not see.
async fn on_the_beat<T>(work: impl Future<Output = T>) -> T {
    let start = Instant::now();
    let answer = work.await;
    let beats = start.elapsed().as_micros() / BEAT.as_micros() + 1;
    let wait = BEAT.saturating_mul(u32::try_from(beats).unwrap_or(u32::MAX));
    tokio::time::sleep_until(start + wait).await;
    answer
}

pub(super) async fn confirm_look(engine: &Engine, token: &str) -> Result<ConfirmView, DeskError> {
    let seen = engine.confirm_look(token).await.map_err(DeskError::from)?;
    let handbook = engine.handbook().await.map_err(DeskError::from)?.handbook;
    let names = seen.components.iter().flatten().filter_map(|key| {
        handbook.components.iter().find(|one| one.key == *key).map(|one| one.name.clone())
    });
    Ok(ConfirmView {
        language: seen.language,
        address: masked(&seen.address),
        chosen: names.collect(),
        confirmed: seen.kind == RecipientKind::Subscriber,
    })
}

pub(super) async fn choices(engine: &Engine, token: &str) -> Result<ChoicesView, DeskError> {
    let seen = engine.choices(token).await.map_err(DeskError::from)?;
    let handbook = engine.handbook().await.map_err(DeskError::from)?.handbook;
    Ok(ChoicesView {
        language: seen.language,
        address: masked(&seen.address),
        parts: parts(&handbook),
        chosen: seen.components.map(|keys| keys.iter().map(ToString::to_string).collect()),
        leave: engine.leave_token(token).map_err(DeskError::from)?,
    })
}

pub(super) async fn choose(
    engine: &Engine,
    token: &str,
    language: Language,
    ticked: &[String],
) -> Result<(), DeskError> {
    let handbook = engine.handbook().await.map_err(DeskError::from)?.handbook;
    let components = chosen(&handbook, ticked).map_err(|_| DeskError::Refused)?;
    engine.change(token, language, components.as_ref()).await.map_err(DeskError::from)?;
    Ok(())
}

fn parts(handbook: &Handbook) -> Vec<Part> {
    let part = |one: &model::handbook::system::Component| Part {
        key: one.key.to_string(),
        name: one.name.clone(),
    };
    handbook.components.iter().map(part).collect()
}
