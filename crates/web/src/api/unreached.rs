//! Who does not have a notice, with their addresses: for programs that may see those.

use axum::Json;
use engine::EngineError;
use engine::reach::unreached::{Person as Its, Unreached as AllOfThem};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::admit::Caller;
use super::doc::Doc;
use super::input::Asked;
use super::path::{Id, InNotice};
use super::problem::{Fault, Kind, Problem};

/// The people of a page.
const PAGE: usize = 100;
const LONGEST_PAGE: usize = 1_000;

/// Which of them are listed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Listing {
    /// How many at most; 100 where nothing is said.
    #[schemars(range(min = 1, max = 1_000))]
    limit: Option<usize>,
    /// What the page before gave as `next`.
    after: Option<i64>,
}

/// A page of people and machines that do not have a notice.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Unreached {
    /// The notice's number.
    number: u32,
    /// How many do not have it, on all pages.
    count: u64,
    /// Those of this page, in the order of their ids.
    people: Vec<Person>,
    /// The `after` of the next page; none where this is the last.
    next: Option<i64>,
}

/// Somebody who does not have a notice.
#[derive(Debug, Serialize, JsonSchema)]
struct Person {
    /// The same person has the same id in every list.
    id: i64,
    /// Why they are listed.
    standing: Standing,
    /// `subscriber`, `staff`, `partner` or `endpoint`; none for who has left, or has no address
    /// that works.
    kind: Option<&'static str>,
    /// The key in the handbook, where it names them.
    key: Option<String>,
    /// The language to write in.
    language: Option<&'static str>,
    /// Where they can still be told.
    addresses: Vec<Address>,
}

/// Why somebody does not have a notice.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
enum Standing {
    /// Not settled yet.
    Open,
    /// It may have arrived.
    Unsure,
    /// A newer notice goes to them instead.
    TakenOver,
    /// Refused, or given up.
    Refused,
    /// The address no longer exists.
    Gone,
}

/// An address on a channel.
#[derive(Debug, Serialize, JsonSchema)]
struct Address {
    /// The key of the channel that has it.
    channel: String,
    /// The address there.
    address: String,
}

pub(crate) const LIST: Doc = Doc::read::<Unreached>("listUnreached", "Incidents")
    .says(
        "Who does not have a notice, with their addresses",
        "Each look is noted in the audit. Between two pages somebody may be reached and leave \
         the list.",
    )
    .asks::<Listing>();

/// A page of those who do not have a notice.
pub(crate) async fn list(
    caller: Caller,
    Id(id): Id,
    InNotice(number): InNotice,
    Asked(asked): Asked<Listing>,
) -> Result<Json<Unreached>, Problem> {
    let limit = asked.limit.unwrap_or(PAGE);
    if !(1..=LONGEST_PAGE).contains(&limit) {
        let detail = "a page has 1 to 1000 people".to_owned();
        let parameter = Some("limit".to_owned());
        return Err(Problem::invalid(vec![Fault { detail, pointer: None, parameter }]));
    }
    let engine = &caller.engine;
    let case = engine.case(&id).await?;
    let all = engine.unreached(&case, number, &caller.actor().to_string()).await;
    let all = all.map_err(|why| match why {
        EngineError::Refused(why) => Problem::new(Kind::NotFound, why.to_string()),
        other => other.into(),
    })?;
    // One more than is shown tells whether there is another page.
    let mut people = page(&caller, &all, asked.after.unwrap_or(0).max(0), limit + 1).await?;
    let more = people.len() > limit;
    people.truncate(limit);
    let next = people.last().filter(|_| more).map(|last| last.id);
    let count = all.sum.planned - all.sum.accepted;
    Ok(Json(Unreached { number, count, people, next }))
}

async fn page(
    caller: &Caller,
    all: &AllOfThem,
    after: i64,
    most: usize,
) -> Result<Vec<Person>, Problem> {
    let mut page = Vec::new();
    let spans: Vec<i64> = all.spans(after).collect();
    for base in spans {
        let people = caller.engine.unreached_in(all, base).await?;
        page.extend(people.into_iter().filter(|one| one.id > after).map(person));
        if page.len() >= most {
            break;
        }
    }
    page.truncate(most);
    Ok(page)
}

fn person(person: Its) -> Person {
    use model::reach::Standing as S;
    Person {
        id: person.id,
        standing: match person.standing {
            S::Unsure => Standing::Unsure,
            S::TakenOver => Standing::TakenOver,
            S::Refused => Standing::Refused,
            S::Gone => Standing::Gone,
            // Whoever has it is not on the list.
            S::Open | S::Accepted => Standing::Open,
        },
        kind: person.kind.map(|kind| kind.word()),
        key: person.key,
        language: person.language.map(|language| language.tag()),
        addresses: person
            .addresses
            .into_iter()
            .map(|(channel, address)| Address { channel: channel.to_string(), address })
            .collect(),
    }
}
