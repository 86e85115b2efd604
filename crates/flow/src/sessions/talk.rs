//! What a connection needs while nothing of mining was said on it: little. The conversation itself comes with the first
//! word, since hundreds of thousands of connections may be open that never say one.

use super::conversation::{Conversation, Place};
use super::{Ends, Settings, Stamp};
use model::{Carrier, Fact, Side, Time};
use parse::mining::said::{Act, Said};

/// What is known of a connection whatever was said on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    /// Whether payload of each side was seen.
    pub(super) heard: [bool; 2],
    /// Newest packet.
    pub(super) last_packet: Time,
    /// Something of it was not seen.
    pub(super) incomplete: bool,
    /// It rather quotes messages than exchanges them: only a dialogue of two sides counts.
    pub(super) doubtful: bool,
    /// Bytes that are missing.
    missing: u64,
}

/// A connection and, once there is one, its conversation.
#[derive(Debug)]
pub(super) struct Talk {
    pub(super) ends: Ends,
    settings: Settings,
    carrier: Carrier,
    seen: Seen,
    conversation: Option<Box<Conversation>>,
}

impl Talk {
    pub(super) fn new(ends: Ends, carrier: Carrier, settings: &Settings) -> Talk {
        let seen = Seen {
            heard: [false; 2],
            last_packet: Time::MIN,
            incomplete: ends.opener.is_none(),
            doubtful: false,
            missing: 0,
        };
        Talk { ends, settings: *settings, carrier, seen, conversation: None }
    }

    /// Payload of a side came.
    pub(super) fn hear(&mut self, side: Side, stamp: Stamp) {
        self.seen.heard[side.index()] = true;
        self.touch(stamp);
    }

    /// A packet came.
    pub(super) fn touch(&mut self, stamp: Stamp) {
        self.seen.last_packet = self.seen.last_packet.max(stamp.time);
    }

    /// Bytes of a side are missing.
    pub(super) fn miss(&mut self, side: Side, stamp: Stamp, missing: u64) {
        self.hear(side, stamp);
        self.seen.incomplete = true;
        self.seen.missing = self.seen.missing.saturating_add(missing);
    }

    /// Whether the stream looks like one that quotes messages.
    pub(super) fn doubt(&mut self, doubtful: bool) {
        if self.seen.doubtful != doubtful {
            self.seen.doubtful = doubtful;
            let seen = self.seen;
            if let Some(conversation) = self.begun() {
                conversation.seen = seen;
                conversation.news = true;
            }
        }
    }

    /// What follows on this connection is not HTTP any more.
    pub(super) fn leave_http(&mut self) {
        if !self.is_mining() {
            self.carrier = Carrier::Tcp;
            if let Some(conversation) = self.begun() {
                conversation.carrier = Carrier::Tcp;
            }
        }
    }

    /// Whether anything proves that this is mining.
    pub(super) fn is_mining(&self) -> bool {
        self.conversation.as_ref().is_some_and(|conversation| conversation.is_mining())
    }

    /// The conversation, begun if it was not.
    pub(super) fn open(&mut self) -> &mut Conversation {
        let (ends, carrier, settings, seen) = (self.ends, self.carrier, &self.settings, self.seen);
        self.conversation.get_or_insert_with(|| Box::new(Conversation::new(ends, carrier, settings, seen)))
    }

    /// The conversation, if one has begun.
    pub(super) fn begun(&mut self) -> Option<&mut Conversation> {
        self.conversation.as_deref_mut()
    }

    /// Takes one message.
    pub(super) fn take(&mut self, said: &Said<'_>, raw: &[u8], place: Place) {
        let speaks = said.anchor || matches!(said.act, Act::Ask(_) | Act::Tell(_) | Act::Unknown(_));
        if speaks || self.settings.record_dialogue {
            self.open();
        }
        if let Some(conversation) = self.begun() {
            conversation.take(said, raw, place);
        }
    }

    /// Emits what is new, if this is mining.
    pub(super) fn tell_news(&mut self, tell: &mut Vec<Fact>) {
        let seen = self.seen;
        if let Some(conversation) = self.begun() {
            conversation.seen = seen;
            conversation.tell_news(tell);
        }
    }

    /// Emits every session as it stands.
    pub(super) fn tell_all(&mut self, tell: &mut Vec<Fact>) {
        let seen = self.seen;
        if let Some(conversation) = self.begun() {
            conversation.seen = seen;
            conversation.trouble_is("session-bytes-missing", seen.missing);
            conversation.tell_all(tell);
        }
    }
}
