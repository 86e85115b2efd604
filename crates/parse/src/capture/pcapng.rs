//! The pcapng format: sections of blocks, each section with its own byte order and interfaces.
//!
//! Source: draft-ietf-opsawg-pcapng, sections 3 and 4.

use super::interface::Interface;
use super::names;
use super::order::Order;
use super::resync::{self, Here};
use super::{Frame, MAX_BLOCK, MAX_FRAME, NotACapture, Place, Reason, Skipped, Step};

const SECTION: [u8; 4] = [0x0a, 0x0d, 0x0d, 0x0a];
const SECTION_LITTLE: [u8; 4] = [0x4d, 0x3c, 0x2b, 0x1a];
const SECTION_BIG: [u8; 4] = [0x1a, 0x2b, 0x3c, 0x4d];

const INTERFACE_DESCRIPTION: u32 = 1;
const OLD_PACKET: u32 = 2;
const SIMPLE_PACKET: u32 = 3;
const NAME_RESOLUTION: u32 = 4;
const INTERFACE_STATISTICS: u32 = 5;
const ENHANCED_PACKET: u32 = 6;
const SYSTEMD_JOURNAL: u32 = 9;
const DECRYPTION_SECRETS: u32 = 10;

/// Bytes of the smallest block: type, length, length again.
const SMALLEST: usize = 12;

/// Interfaces kept of one section, to bound memory: each costs a few words, and the busiest
/// container hosts have some hundred.
const MAX_INTERFACES: usize = 65_536;

/// The longest block that ends a search after damage, in bytes: two of the longest frames.
const MAX_SEARCHED: usize = 2 * MAX_FRAME;

/// The present section.
#[derive(Debug, Clone)]
pub(super) struct Pcapng {
    order: Order,
    interfaces: Vec<Interface>,
}

impl Default for Pcapng {
    fn default() -> Self {
        Self { order: Order::Little, interfaces: Vec::new() }
    }
}

/// The outside of a block.
#[derive(Debug, Clone, Copy)]
struct Outside {
    /// `None` for a section header.
    kind: Option<u32>,
    order: Order,
    len: usize,
}

impl Pcapng {
    /// Whether the bytes begin like a section header.
    pub(super) fn begins(head: &[u8]) -> Result<bool, NotACapture> {
        if head.len() < 4 && SECTION.starts_with(head) {
            return Err(NotACapture::CutShort);
        }
        if !head.starts_with(&SECTION) {
            return Ok(false);
        }
        match head.get(8..12).and_then(section_order) {
            Some(_) if head.len() >= super::HEADER => Ok(true),
            None if head.len() >= SMALLEST => Err(NotACapture::Unknown),
            _ => Err(NotACapture::CutShort),
        }
    }

    /// See [`super::Walker::step`].
    #[inline]
    pub(super) fn step(&mut self, place: &mut Place, buffer: &[u8], end: bool) -> Step {
        loop {
            if place.lost.is_some() {
                let order = self.order;
                return resync::search(place, buffer, end, |rest| whole_block(rest, order));
            }
            let rest = place.rest(buffer);
            if rest.len() < SMALLEST {
                return match (end, rest.is_empty()) {
                    (false, _) => Step::NeedMore(SMALLEST),
                    (true, true) => Step::End,
                    (true, false) => place.damage(rest.len(), Reason::CutShort),
                };
            }
            let Some(outside) = Outside::read(rest, self.order) else {
                place.lose(Reason::AbsurdLength);
                continue;
            };
            // A writer that forgets the padding is forgiven; both lengths must still agree.
            let padded = outside.len.next_multiple_of(4);
            if outside.len < SMALLEST || outside.len > MAX_BLOCK {
                place.lose(Reason::AbsurdLength);
                continue;
            }
            if rest.len() < padded {
                if !end {
                    return Step::NeedMore(padded);
                }
                place.lose(Reason::CutShort);
                continue;
            }
            if outside.order.u32(rest, padded - 4) != Some(outside.len as u32) {
                place.lose(Reason::AbsurdLength);
                continue;
            }
            let body = rest.get(8..padded - 4).unwrap_or_default();
            if let Some(step) = self.block(place, outside, body, padded) {
                return step;
            }
        }
    }

    /// Looks into one whole block; nothing to say when it only describes what follows.
    #[inline]
    fn block(&mut self, place: &mut Place, outside: Outside, body: &[u8], padded: usize) -> Option<Step> {
        let Some(kind) = outside.kind else {
            self.order = outside.order;
            self.interfaces.clear();
            place.at += padded;
            return None;
        };
        let order = self.order;
        let step = match kind {
            ENHANCED_PACKET | OLD_PACKET | SIMPLE_PACKET => {
                let frame = match kind {
                    ENHANCED_PACKET => self.enhanced(body),
                    OLD_PACKET => self.old(body),
                    _ => self.simple(body),
                };
                match frame {
                    Ok(mut frame) => {
                        frame.at += place.at + 8;
                        Step::Frame(frame)
                    }
                    Err(reason) => return Some(place.damage(padded, reason)),
                }
            }
            INTERFACE_DESCRIPTION => {
                let Some(interface) = Interface::read(order, body) else {
                    return Some(place.damage(padded, Reason::BadBlock));
                };
                if self.interfaces.len() >= MAX_INTERFACES {
                    return Some(place.damage(padded, Reason::TooManyInterfaces));
                }
                self.interfaces.push(interface);
                place.at += padded;
                return None;
            }
            NAME_RESOLUTION => {
                let (names, left_out) = names::read(order, body);
                Step::Names { names, left_out }
            }
            INTERFACE_STATISTICS => Step::Skipped(match self.statistics(body) {
                0 => Skipped::Other,
                dropped => Skipped::Dropped(dropped),
            }),
            DECRYPTION_SECRETS => Step::Skipped(Skipped::Secrets),
            SYSTEMD_JOURNAL => Step::Skipped(Skipped::Numbered),
            _ => Step::Skipped(Skipped::Other),
        };
        place.at += padded;
        Some(step)
    }

    /// Section 4.3: interface, time, captured length, original length, bytes, options.
    #[inline]
    fn enhanced(&self, body: &[u8]) -> Result<Frame, Reason> {
        let (Some(head), order) = (body.first_chunk::<20>(), self.order) else {
            return Err(Reason::BadBlock);
        };
        let word = |at| order.u32(head, at).ok_or(Reason::BadBlock);
        let interface = self.interface(word(0)?)?;
        let time_nanos = interface.nanos(word(4)?, word(8)?);
        frame(interface, time_nanos, body, 20, word(12)?, word(16)?)
    }

    /// Appendix A: the obsolete packet block, with a 16-bit interface and a drop count.
    fn old(&self, body: &[u8]) -> Result<Frame, Reason> {
        let order = self.order;
        let word = |at| order.u32(body, at).ok_or(Reason::BadBlock);
        let interface = self.interface(u32::from(order.u16(body, 0).ok_or(Reason::BadBlock)?))?;
        let time_nanos = interface.nanos(word(4)?, word(8)?);
        frame(interface, time_nanos, body, 20, word(12)?, word(16)?)
    }

    /// Section 4.4: only the original length; the first interface, its snap length, no time.
    fn simple(&self, body: &[u8]) -> Result<Frame, Reason> {
        let original = self.order.u32(body, 0).ok_or(Reason::BadBlock)?;
        let interface = self.interface(0)?;
        let captured = match interface.snap_len {
            0 => original,
            limit => original.min(limit),
        };
        // A writer that cut at another length than it announced: the block's length decides.
        let captured = captured.min(u32::try_from(body.len() - 4).unwrap_or(u32::MAX));
        frame(interface, None, body, 4, captured, original)
    }

    /// Section 4.6: interface, time, options. Losses of an interface nobody described are not counted.
    fn statistics(&mut self, body: &[u8]) -> u64 {
        let order = self.order;
        let interface = order.u32(body, 0).and_then(|number| self.interfaces.get_mut(number as usize));
        match (interface, body.get(12..)) {
            (Some(interface), Some(options)) => interface.statistics(order, options),
            _ => 0,
        }
    }

    #[inline]
    fn interface(&self, number: u32) -> Result<&Interface, Reason> {
        self.interfaces.get(number as usize).ok_or(Reason::UnknownInterface)
    }
}

/// A frame whose bytes stand `head` bytes into a block's body.
#[inline]
fn frame(
    interface: &Interface,
    time_nanos: Option<i64>,
    body: &[u8],
    head: usize,
    captured: u32,
    original: u32,
) -> Result<Frame, Reason> {
    let len = captured as usize;
    if len > MAX_FRAME {
        return Err(Reason::FrameTooLong);
    }
    if len > body.len().saturating_sub(head) {
        return Err(Reason::BadBlock);
    }
    Ok(Frame { time_nanos, link: interface.link, at: head, len, original_len: original.max(captured) })
}

impl Outside {
    /// Reads type and length; nothing when a section header has no byte order or fewer than
    /// 12 bytes are there.
    #[inline]
    fn read(rest: &[u8], order: Order) -> Option<Self> {
        let head = rest.first_chunk::<SMALLEST>()?;
        if head.starts_with(&SECTION) {
            let order = section_order(head.get(8..)?)?;
            return Some(Self { kind: None, order, len: order.u32(head, 4)? as usize });
        }
        Some(Self { kind: Some(order.u32(head, 0)?), order, len: order.u32(head, 4)? as usize })
    }
}

/// Whether a whole block of a known kind begins here, both its lengths in agreement.
fn whole_block(rest: &[u8], order: Order) -> Here {
    if rest.len() < SMALLEST {
        return Here::Unsure(SMALLEST);
    }
    let Some(outside) = Outside::read(rest, order) else { return Here::No };
    let known = match outside.kind {
        None => true,
        Some(kind) => matches!(
            kind,
            INTERFACE_DESCRIPTION
                | OLD_PACKET
                | SIMPLE_PACKET
                | NAME_RESOLUTION
                | INTERFACE_STATISTICS
                | ENHANCED_PACKET
                | SYSTEMD_JOURNAL
                | DECRYPTION_SECRETS
        ),
    };
    let len = outside.len;
    if !known || !(SMALLEST..=MAX_SEARCHED).contains(&len) || !len.is_multiple_of(4) {
        return Here::No;
    }
    match outside.order.u32(rest, len - 4) {
        Some(again) if again as usize == len => Here::Yes,
        Some(_) => Here::No,
        None => Here::Unsure(len),
    }
}

/// The byte order that the magic number of a section header shows.
fn section_order(magic: &[u8]) -> Option<Order> {
    match *magic.first_chunk::<4>()? {
        SECTION_LITTLE => Some(Order::Little),
        SECTION_BIG => Some(Order::Big),
        _ => None,
    }
}
