//! The words of the API: the same as the model's, but its own, so that neither moves the other.

use std::collections::BTreeMap;

use model::fare;
use model::handbook::{plan, system};
use model::language::{Language, Localized};
use model::notice;
use model::permission::Permission;
use model::verdict::Standing;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A text by language: `{"de": "…", "en": "…"}`.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(super) struct Named(BTreeMap<String, String>);

pub(super) fn named(text: &Localized) -> Named {
    let by_tag = |(language, text): (&Language, &String)| (language.to_string(), text.clone());
    Named(text.0.iter().map(by_tag).collect())
}

/// How components fare, by their keys.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct States(BTreeMap<String, State>);

pub(super) fn states(standing: &Standing) -> States {
    States(standing.iter().map(|(key, state)| (key.to_string(), (*state).into())).collect())
}

macro_rules! words {
    ($(#[$about:meta])* $name:ident is $model:path { $($(#[$word:meta])* $one:ident,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub(super) enum $name { $($(#[$word])* $one,)* }

        impl From<$model> for $name {
            fn from(one: $model) -> Self {
                match one { $(<$model>::$one => Self::$one,)* }
            }
        }

        impl From<$name> for $model {
            fn from(one: $name) -> Self {
                match one { $($name::$one => Self::$one,)* }
            }
        }
    };
}

words! {
    /// How a component fares, from well to bad.
    State is system::ComponentState {
        /// All is well.
        Operational,
        /// Planned work.
        Maintenance,
        /// We cannot see it.
        Blind,
        /// Slow or limited.
        Degraded,
        /// Some of it is down.
        Partial,
        /// Down.
        Major,
    }
}

words! {
    /// How grave.
    Level is plan::Level {
        /// Dealt with in the ordinary organisation.
        Incident,
        /// Time-critical: plans exist, a special organisation acts.
        Emergency,
        /// No plan fits.
        Crisis,
    }
}

words! {
    /// What a notice is for.
    NoticeKind is notice::Kind {
        /// The first word.
        First,
        /// News.
        Update,
        /// Nothing new, and we say so.
        Holding,
        /// An earlier notice was wrong.
        Correction,
        /// It is over.
        AllClear,
    }
}

words! {
    /// What a token may do; each includes the ones before it.
    May is Permission {
        /// Look.
        Viewer,
        /// Declare, write drafts, change what waits, stop the clock.
        Writer,
        /// Let notices out or withdraw them, correct, give the all-clear.
        Approver,
        /// As an approver: accounts and tokens are not in the API.
        Administrator,
    }
}

words! {
    /// What is decided about a channel.
    ChannelPosition is fare::Position {
        /// It is used while it works; one that fails rests and is tried again by itself.
        Automatic,
        /// Nothing is sent over it; whoever steps in for it does.
        Paused,
        /// It is tried again and again, although it fails.
        Forced,
    }
}

words! {
    /// What starts a clock of a duty.
    DutyClock is model::incident::Start {
        /// Somebody here came to know of it.
        Aware,
        /// It was classified as grave enough.
        Classified,
        /// The fix is there.
        Fixed,
    }
}
