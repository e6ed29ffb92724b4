use super::{Answering, Closed, DeskError};

/// What becomes of other programs' reports.
pub trait Intake {
    /// Takes in what a source sent. What it says again, it is told again.
    fn intake<'a>(
        &'a self,
        source: &'a str,
        token: &'a str,
        body: &'a [u8],
    ) -> Answering<'a, Taken>;

    /// Takes in what somebody answered on a channel; gives what they are answered, if anything.
    fn reply<'a>(
        &'a self,
        channel: &'a str,
        token: &'a str,
        said: Said<'a>,
    ) -> Answering<'a, Taken>;
}

/// What a gateway brings: wherever it puts what somebody answered.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// The query of the address.
    pub query: &'a str,
    /// The media type of the body.
    pub kind: &'a str,
    /// The body.
    pub body: &'a [u8],
}

/// What a source is told. It holds nothing secret, and little of what was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// It was understood: one line on what became of it.
    Understood(String),
    /// It cannot be what the source means: where, what, and what to do.
    Unreadable(String),
}

impl Intake for Closed {
    fn intake<'a>(
        &'a self,
        _source: &'a str,
        _token: &'a str,
        _body: &'a [u8],
    ) -> Answering<'a, Taken> {
        Box::pin(async { Err(DeskError::Unavailable) })
    }

    fn reply<'a>(
        &'a self,
        _channel: &'a str,
        _token: &'a str,
        _said: Said<'a>,
    ) -> Answering<'a, Taken> {
        Box::pin(async { Err(DeskError::Unavailable) })
    }
}
