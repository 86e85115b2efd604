//! Reads the machine that this program runs on. There are no bytes to recognise: the engine adds it when it is asked for.

use model::{Message, Meta, UnitKind};

use crate::words::UNREAD_UNKNOWN;
use crate::{Certainty, ReaderUnit};

pub(crate) static UNIT: ReaderUnit = ReaderUnit {
    meta: Meta {
        id: "live",
        kind: UnitKind::Reader,
        summary: "live-summary",
        doc: include_str!("live.md"),
        doc_zh: include_str!("live.zh.md"),
        since: "0.1.0",
        messages: &[],
        parameters: &[],
    },
    // Never by bytes: a running machine has no first bytes.
    probe: |_| Certainty::No,
    begins: |_| None,
    open: |_, _| Err(Message::new(UNREAD_UNKNOWN)),
};
