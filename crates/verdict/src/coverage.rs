//! What the evidence could show at all about an address: kinds of fact, and how much of its traffic was readable.

use model::{Closed, Coverage, FactKind, FlowSummary, Opened, Reach, Time, Transport};

/// What was seen of one address. Small: there may be hundreds of thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) first: Time,
    pub(crate) last: Time,
    kinds: u32,
    /// How far a look from inside went.
    reach: Option<Reach>,
    flows: u32,
    /// Flows with payload.
    speaking: u32,
    encrypted: u32,
    incomplete: u32,
    /// Flows in protocols that are not read: searched for mining, otherwise not understood.
    opaque: u32,
    unreadable: u32,
}

/// Whether part of a flow's content is missing from the evidence.
pub(crate) fn is_incomplete(flow: &FlowSummary) -> bool {
    let joined_late = flow.transport == Transport::Tcp && flow.opened == Opened::Unseen;
    let speaks = flow.payload[0] > 0 || flow.payload[1] > 0;
    // Payload is acknowledged: where one side sent no packet at all, the capture shows only the other.
    let one_sided = flow.transport == Transport::Tcp && flow.packets.contains(&0);
    flow.missing > 0 || flow.closed == Closed::Evicted || ((joined_late || one_sided) && speaks)
}

impl Record {
    pub(crate) const fn new(time: Time) -> Record {
        Record {
            first: time,
            last: time,
            kinds: 0,
            reach: None,
            flows: 0,
            speaking: 0,
            encrypted: 0,
            incomplete: 0,
            opaque: 0,
            unreadable: 0,
        }
    }

    /// Takes note of a fact about the address.
    pub(crate) fn see(&mut self, kind: FactKind, first: Time, last: Time) {
        self.first = self.first.earlier(first);
        self.last = self.last.max(last);
        self.kinds |= bit(kind);
    }

    /// Takes note of a flow of the address.
    pub(crate) fn flow(&mut self, flow: &FlowSummary) {
        self.see(FactKind::Flow, flow.first, flow.last);
        let incomplete = is_incomplete(flow);
        let speaks = flow.payload[0] > 0 || flow.payload[1] > 0;
        self.flows = self.flows.saturating_add(1);
        self.speaking = self.speaking.saturating_add(u32::from(speaks));
        self.encrypted = self.encrypted.saturating_add(u32::from(flow.encrypted));
        self.incomplete = self.incomplete.saturating_add(u32::from(incomplete));
        self.opaque = self.opaque.saturating_add(u32::from(flow.opaque));
        self.unreadable = self.unreadable.saturating_add(u32::from(speaks && (flow.encrypted || incomplete)));
    }

    /// Adds what was seen at another address of the same machine.
    pub(crate) fn join(&mut self, other: &Record) {
        self.first = self.first.earlier(other.first);
        self.last = self.last.max(other.last);
        self.kinds |= other.kinds;
        self.reach = self.reach.max(other.reach);
        self.flows = self.flows.saturating_add(other.flows);
        self.speaking = self.speaking.saturating_add(other.speaking);
        self.encrypted = self.encrypted.saturating_add(other.encrypted);
        self.incomplete = self.incomplete.saturating_add(other.incomplete);
        self.opaque = self.opaque.saturating_add(other.opaque);
        self.unreadable = self.unreadable.saturating_add(other.unreadable);
    }

    /// Takes note of a look from inside.
    pub(crate) fn looked(&mut self, reach: Reach) {
        self.reach = self.reach.max(Some(reach));
    }

    /// Whether all that is known from inside is what somebody handed over as text.
    pub(crate) fn is_told(&self) -> bool {
        self.reach == Some(Reach::Told)
    }

    /// Whether a fact of this kind was seen.
    pub(crate) const fn saw(&self, kind: FactKind) -> bool {
        self.kinds & bit(kind) != 0
    }

    pub(crate) const fn encrypted(&self) -> u32 {
        self.encrypted
    }

    /// Complete: all content could be read, or everything was looked at from inside. Insufficient: none of it. Partial:
    /// some.
    pub(crate) fn coverage(&self) -> Coverage {
        match self.reach {
            Some(Reach::Whole) => Coverage::Complete,
            Some(Reach::Partly | Reach::Files | Reach::Told) => self.readable().max(Coverage::Partial),
            None => self.readable(),
        }
    }

    /// How much of its traffic could be read.
    const fn readable(&self) -> Coverage {
        if self.unreadable >= self.speaking {
            Coverage::Insufficient
        } else if self.unreadable > 0 || self.incomplete > 0 || self.opaque > 0 {
            Coverage::Partial
        } else {
            Coverage::Complete
        }
    }
}

const fn bit(kind: FactKind) -> u32 {
    match kind {
        FactKind::Flow => 1,
        FactKind::LookUp => 2,
        FactKind::TlsHello => 4,
        FactKind::HttpRequest => 8,
        FactKind::Session => 16,
        FactKind::Node => 32,
        FactKind::Identity => 64,
        FactKind::Tunnel => 128,
        FactKind::Transfer => 256,
        FactKind::Contacts => 512,
        FactKind::Interface => 1024,
        FactKind::Machine => 2048,
        FactKind::Process => 4096,
        FactKind::Autorun => 8192,
        FactKind::MinerFile => 16_384,
        FactKind::Listener => 32_768,
        FactKind::ExtensionCheck => 1_048_576,
        FactKind::Door => 65_536,
        FactKind::HostLogins => 131_072,
        FactKind::ShellCommand => 262_144,
        FactKind::MinerLog => 524_288,
    }
}
