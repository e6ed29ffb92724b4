//! A post as a mail of which only what is personal is left open.

use std::sync::OnceLock;

use super::compose::{ComposeError, Letter, Personal, Stencil};
use super::render;
use super::smtp::Mailbox;
use super::verp;
use crate::channel::post::{Post, Recipient};
use crate::channel::{ChannelError, Form, Parcel};

/// A mail without its recipient.
pub(super) struct Draft {
    from: Mailbox,
    bounces: Option<Mailbox>,
    from_name: String,
    post: Post,
    /// Put together once each: for those who can leave the list or cannot, and who can choose or
    /// cannot.
    stencils: [OnceLock<Result<Stencil, ComposeError>>; 4],
}

impl Draft {
    pub(super) fn new(
        from: Mailbox,
        bounces: Option<Mailbox>,
        from_name: String,
        post: Post,
    ) -> Self {
        Self { from, bounces, from_name, post, stencils: Default::default() }
    }

    fn stencil(&self, leaves: bool, chooses: bool) -> Result<Stencil, ComposeError> {
        let (from, post) = (&self.from, &self.post);
        let marks = marks(post);
        let mark = |wanted: bool, mark: &str| wanted.then(|| mark.to_owned());
        let [leave, choices] = [mark(leaves, &marks[0]), mark(chooses, &marks[1])];
        let rendered = render::render(post, leave.as_deref(), choices.as_deref());
        Stencil::new(&Letter {
            from_name: self.from_name.clone(),
            from_address: from.as_str().to_owned(),
            subject: rendered.subject,
            date: post.at,
            language: post.language,
            list_id: leaves.then(|| format!("notices.{}", from.domain())),
            text: rendered.text,
            html: rendered.html,
            marks,
        })
    }
}

/// Two marks that stand nowhere in what the post says.
fn marks(post: &Post) -> [String; 2] {
    let bare = render::render(post, None, None);
    let mut number = 0;
    loop {
        let marks = ["l", "c"].map(|which| format!("\u{f8f0}{number}{which}"));
        if !marks.iter().any(|mark| bare.text.contains(mark) || bare.html.contains(mark)) {
            return marks;
        }
        number += 1;
    }
}

impl Form for Draft {
    fn fill(&self, to: &Recipient) -> Result<Parcel, ChannelError> {
        let (leaves, chooses) = (to.unsubscribe.is_some(), to.choices.is_some());
        let which = usize::from(leaves) * 2 + usize::from(chooses);
        let message = |error: &ComposeError| ChannelError::Message(error.to_string());
        let stencil = self.stencils[which].get_or_init(|| self.stencil(leaves, chooses));
        let stencil = stencil.as_ref().map_err(message)?;
        let id = |id: &str| format!("<{id}@{}>", self.from.domain());
        let thread = to.thread.as_deref().map(id);
        let own = Personal {
            to: &to.address,
            message_id: &id(&to.id),
            in_reply_to: thread.as_deref(),
            leave: to.unsubscribe.as_deref(),
            choices: to.choices.as_deref(),
        };
        let body = stencil.fill(&own).map_err(|error| message(&error))?;
        let back = match (&self.bounces, &to.bounce) {
            (Some(bounces), Some(token)) => Some(verp::return_address(bounces, token)),
            (bounces, _) => bounces.clone(),
        };
        let from = back.map(|address| address.as_str().to_owned());
        let (id, to) = (to.id.clone(), to.address.clone());
        Ok(Parcel { id, from, to, secret: None, own: None, body })
    }
}
