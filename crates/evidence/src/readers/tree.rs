//! Reads a folder that is the root of a machine. It is recognised by its members, where folders are walked (`discover`).

use model::{Message, Meta, UnitKind};

use crate::words::UNREAD_UNKNOWN;
use crate::{Certainty, ReaderUnit};

pub(crate) static UNIT: ReaderUnit = ReaderUnit {
    meta: Meta {
        id: "tree",
        kind: UnitKind::Reader,
        summary: "tree-summary",
        doc: include_str!("tree.md"),
        doc_zh: include_str!("tree.zh.md"),
        since: "0.1.0",
        messages: &[],
        parameters: &[],
    },
    // Never by bytes: a folder has no first bytes.
    probe: |_| Certainty::No,
    begins: |_| None,
    open: |_, _| Err(Message::new(UNREAD_UNKNOWN)),
};
