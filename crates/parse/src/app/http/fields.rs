//! The header fields of HTTP that matter to an investigation of mining (RFC 9110; `X-…` as miners and pools use them).

use super::content::Coding;
use super::credentials::{self, Credentials};
use crate::app::cursor::text;

/// Longest value kept of any field, in characters.
pub const MAX_VALUE: usize = 1024;

/// What one head says; of a field that comes twice the first value counts, where nothing else is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    /// `Host`: the name that the client means, with its port.
    pub host: Option<String>,
    /// `User-Agent`: the client's program, among them many miners.
    pub user_agent: Option<String>,
    /// `Server`: the server's program.
    pub server: Option<String>,
    /// `Location`: where the client is sent.
    pub location: Option<String>,
    /// `Origin`: the page whose script speaks.
    pub origin: Option<String>,
    /// `Referer`: the page that wants it.
    pub referer: Option<String>,
    /// `X-Forwarded-For`: for whom a proxy asks.
    pub forwarded_for: Option<String>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Content-Encoding`.
    pub coding: Coding,
    /// `Content-Length`, the same in all of its fields.
    pub content_length: Option<u64>,
    /// `Content-Length` was no number, or said different things: the head is meant to deceive somebody.
    pub has_bad_length: bool,
    /// `Transfer-Encoding` is there.
    pub has_transfer_encoding: bool,
    /// `Transfer-Encoding` ends in `chunked`.
    pub is_chunked: bool,
    /// `Connection: close`.
    pub closes: bool,
    /// `Connection: keep-alive`.
    pub keeps_alive: bool,
    /// `Upgrade`: the protocol asked for or agreed on (`websocket`).
    pub upgrade: Option<String>,
    /// `Expect: 100-continue`: the client waits for leave before it sends the body.
    pub expects_continue: bool,
    /// `Authorization: Basic`.
    pub credentials: Option<Credentials>,
    /// `Proxy-Authorization: Basic`.
    pub proxy_credentials: Option<Credentials>,
    /// `Sec-WebSocket-Protocol`.
    pub websocket_protocol: Option<String>,
    /// `Sec-WebSocket-Extensions`: with `permessage-deflate` messages are compressed (RFC 7692).
    pub websocket_extensions: Option<String>,
    /// `X-Mining-Extensions`: what a getwork miner understands.
    pub mining_extensions: Option<String>,
    /// `X-Stratum`: a getwork server sends the miner to this Stratum port.
    pub stratum: Option<String>,
    /// `X-Reject-Reason`: why a share was refused.
    pub reject_reason: Option<String>,
    /// `X-Long-Polling`: where to wait for new work.
    pub long_polling: Option<String>,
    /// `X-Roll-NTime`: how far the time in the work may be changed.
    pub roll_ntime: Option<String>,
    /// `X-Hash-Difficulty`: XMRig mining at a daemon (xmrig `src/base/net/stratum/DaemonClient.cpp`).
    pub hash_difficulty: Option<String>,
}

impl Fields {
    /// Takes note of one field; names are compared without regard to case.
    pub(super) fn note(&mut self, name: &str, value: &[u8]) {
        let value = value.trim_ascii();
        let slot = match name.to_ascii_lowercase().as_str() {
            "host" => &mut self.host,
            "user-agent" => &mut self.user_agent,
            "server" => &mut self.server,
            "location" => &mut self.location,
            "origin" => &mut self.origin,
            "referer" => &mut self.referer,
            "x-forwarded-for" => &mut self.forwarded_for,
            "content-type" => &mut self.content_type,
            "upgrade" => &mut self.upgrade,
            "sec-websocket-protocol" => &mut self.websocket_protocol,
            "sec-websocket-extensions" => &mut self.websocket_extensions,
            "x-mining-extensions" => &mut self.mining_extensions,
            "x-stratum" => &mut self.stratum,
            "x-reject-reason" => &mut self.reject_reason,
            "x-long-polling" => &mut self.long_polling,
            "x-roll-ntime" => &mut self.roll_ntime,
            "x-hash-difficulty" => &mut self.hash_difficulty,
            "content-length" => return self.note_length(value),
            "content-encoding" => return self.coding = Coding::of(value),
            "transfer-encoding" => {
                self.has_transfer_encoding = true;
                self.is_chunked =
                    tokens(value).last().is_some_and(|token| token.eq_ignore_ascii_case(b"chunked"));
                return;
            }
            "connection" | "proxy-connection" => {
                self.closes |= tokens(value).any(|token| token.eq_ignore_ascii_case(b"close"));
                self.keeps_alive |= tokens(value).any(|token| token.eq_ignore_ascii_case(b"keep-alive"));
                return;
            }
            "expect" => return self.expects_continue |= value.eq_ignore_ascii_case(b"100-continue"),
            "authorization" => {
                return self.credentials = self.credentials.take().or(credentials::basic(value));
            }
            "proxy-authorization" => {
                return self.proxy_credentials = self.proxy_credentials.take().or(credentials::basic(value));
            }
            _ => return,
        };
        slot.get_or_insert_with(|| text(value, MAX_VALUE));
    }

    /// Equal values, in one field or several, are one; anything else is bad (RFC 9112 section 6.3).
    fn note_length(&mut self, value: &[u8]) {
        for token in value.split(|&byte| byte == b',') {
            match (decimal(token.trim_ascii()), self.content_length) {
                (Some(length), None) if !self.has_bad_length => self.content_length = Some(length),
                (Some(length), Some(known)) if length == known => {}
                _ => {
                    self.content_length = None;
                    self.has_bad_length = true;
                    return;
                }
            }
        }
    }
}

fn tokens(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    value.split(|&byte| byte == b',').map(<[u8]>::trim_ascii)
}

/// Digits only: no sign, no blank, no overflow.
fn decimal(token: &[u8]) -> Option<u64> {
    let digits = token.iter().all(u8::is_ascii_digit);
    std::str::from_utf8(token).ok().filter(|_| digits)?.parse().ok()
}

/// Exercises this file with any bytes: a name and a value divided by a colon, one pair a line.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let mut fields = Fields::default();
    for line in data.split(|&byte| byte == b'\n').take(256) {
        let mut parts = line.splitn(2, |&byte| byte == b':');
        let name = String::from_utf8_lossy(parts.next().unwrap_or_default());
        fields.note(&name, parts.next().unwrap_or_default());
        assert!(!(fields.has_bad_length && fields.content_length.is_some()));
    }
    assert!(fields.host.is_none_or(|host| host.chars().count() <= MAX_VALUE));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    fn fields(lines: &[(&str, &str)]) -> Fields {
        let mut fields = Fields::default();
        for (name, value) in lines {
            fields.note(name, value.as_bytes());
        }
        fields
    }

    #[test]
    fn lengths_must_agree() {
        let length = |values: &[&str]| {
            let lines: Vec<_> = values.iter().map(|&value| ("Content-Length", value)).collect();
            let fields = fields(&lines);
            (fields.content_length, fields.has_bad_length)
        };
        assert_eq!(length(&["42"]), (Some(42), false));
        assert_eq!(length(&["42", "42"]), (Some(42), false));
        assert_eq!(length(&["42, 42"]), (Some(42), false));
        assert_eq!(length(&["42", "43"]), (None, true));
        assert_eq!(length(&["42", "43", "43"]), (None, true), "once bad, always bad");
        for bad in ["+42", "-1", "0x10", "", "4 2", "18446744073709551616"] {
            assert_eq!(length(&[bad]), (None, true), "{bad}");
        }
    }

    #[test]
    fn names_in_any_case_and_only_the_first_value() {
        let fields = fields(&[
            ("hOsT", " pool.example:8332 "),
            ("HOST", "other.example"),
            ("X-MINING-EXTENSIONS", "longpoll midstate rollntime submitold"),
            ("x-stratum", "stratum+tcp://pool.example:3333"),
            ("Transfer-Encoding", "gzip, Chunked"),
            ("Connection", "Upgrade, Keep-Alive"),
            ("X-Hash-Difficulty", "1000"),
        ]);
        assert_eq!(fields.host.as_deref(), Some("pool.example:8332"));
        assert_eq!(fields.mining_extensions.as_deref(), Some("longpoll midstate rollntime submitold"));
        assert_eq!(fields.stratum.as_deref(), Some("stratum+tcp://pool.example:3333"));
        assert_eq!(fields.hash_difficulty.as_deref(), Some("1000"));
        assert!(fields.is_chunked && fields.keeps_alive && !fields.closes);
    }

    #[test]
    fn chunked_must_come_last() {
        let fields = fields(&[("Transfer-Encoding", "chunked, gzip")]);
        assert!(fields.has_transfer_encoding && !fields.is_chunked);
    }

    #[test]
    fn values_are_bounded() {
        let long = "a".repeat(5000);
        assert_eq!(fields(&[("User-Agent", &long)]).user_agent.unwrap().len(), MAX_VALUE);
    }
}
