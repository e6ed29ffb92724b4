//! What visitors, feed readers, status-page clients and holders of links get.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod api;
mod document;
mod embed;
mod feed;
mod folder;
mod html;
mod intake;
mod links;
mod samples;
mod serve;
mod shown;
mod stub;
mod subscription;
