//! HTTP/1 (RFC 9110, RFC 9112) as a bystander reads it: heads, where bodies end, and what they hold.
//!
//! [`head`] reads the head of a request or response, [`fields`] the header fields that matter here, [`body`] cuts the
//! stream into messages, [`content`] undoes gzip and deflate.

pub mod body;
pub mod content;
pub mod credentials;
pub mod fields;
pub mod head;
mod rough;
pub mod sniff;

pub use body::{BodyReader, Framing, Piece};
pub use content::{Coding, Decoded, decode};
pub use credentials::{Credentials, Password};
pub use fields::Fields;
pub use head::{Head, MAX_HEAD, Method, Request, Response, request, response};
pub use sniff::{sniff_request, sniff_response};
