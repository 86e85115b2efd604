//! What a pcapng section says of an interface: link type, snap length, clock and losses.
//!
//! Source: draft-ietf-opsawg-pcapng, section 4.2 "Interface Description Block" and section 4.6
//! "Interface Statistics Block".

use super::LinkType;
use super::order::Order;

/// Option code: resolution of the time stamps.
const IF_TSRESOL: u16 = 9;
/// Option code: seconds to add to every time stamp.
const IF_TSOFFSET: u16 = 14;
/// Option code of a statistics block: packets dropped by the interface since the capture began.
const ISB_IFDROP: u16 = 5;
/// Option code of a statistics block: packets dropped by the operating system since then.
const ISB_OSDROP: u16 = 7;
/// Resolution where none is given: microseconds.
const DEFAULT_TSRESOL: u8 = 6;

/// One interface of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Interface {
    pub(super) link: LinkType,
    /// 0 = no limit.
    pub(super) snap_len: u32,
    clock: Clock,
    offset_nanos: Option<i64>,
    /// Packets that the capturing machine lost, as far as statistics were seen.
    dropped: u64,
}

/// How a count of time units becomes nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clock {
    /// Units of 10^-9 s or longer: so many nanoseconds each.
    Multiply(u64),
    /// Units shorter than a nanosecond: so many of them make one; nothing when beyond 64 bits.
    Divide(Option<u64>),
    /// Units of 2^-n s.
    Binary(u32),
}

impl Interface {
    /// Reads the body of an interface description block.
    pub(super) fn read(order: Order, body: &[u8]) -> Option<Self> {
        let link = LinkType(order.u16(body, 0)?);
        let snap_len = order.u32(body, 4)?;
        let mut resolution = DEFAULT_TSRESOL;
        let mut offset_secs = 0i64;
        for (code, value) in options(order, body.get(8..)?) {
            match code {
                IF_TSRESOL => resolution = value.first().copied().unwrap_or(resolution),
                IF_TSOFFSET => offset_secs = order.i64(value, 0).unwrap_or(0),
                _ => {}
            }
        }
        let offset_nanos = offset_secs.checked_mul(1_000_000_000);
        Some(Self { link, snap_len, clock: Clock::from_resolution(resolution), offset_nanos, dropped: 0 })
    }

    /// Reads the options of a statistics block about this interface: the packets lost beyond
    /// those known before.
    pub(super) fn statistics(&mut self, order: Order, bytes: &[u8]) -> u64 {
        let mut dropped = 0u64;
        for (code, value) in options(order, bytes) {
            if let (ISB_IFDROP | ISB_OSDROP, Some(count)) = (code, order.i64(value, 0)) {
                dropped = dropped.saturating_add(count as u64);
            }
        }
        let more = dropped.saturating_sub(self.dropped);
        self.dropped = self.dropped.max(dropped);
        more
    }

    /// Nanoseconds since 1970 for a time stamp of this interface; `None` when they do not fit.
    #[inline]
    pub(super) fn nanos(&self, high: u32, low: u32) -> Option<i64> {
        let units = u64::from(high) << 32 | u64::from(low);
        let nanos = match self.clock {
            Clock::Multiply(by) => units.checked_mul(by)?,
            Clock::Divide(by) => by.map_or(0, |by| units / by),
            Clock::Binary(shift) => u64::try_from((u128::from(units) * 1_000_000_000) >> shift).ok()?,
        };
        i64::try_from(nanos).ok()?.checked_add(self.offset_nanos?)
    }
}

impl Clock {
    /// The most significant bit chooses between powers of 2 and of 10.
    fn from_resolution(resolution: u8) -> Self {
        let power = u32::from(resolution & 0x7f);
        if resolution & 0x80 != 0 {
            return Self::Binary(power);
        }
        match 9u32.checked_sub(power) {
            Some(rest) => Self::Multiply(10u64.saturating_pow(rest)),
            None => Self::Divide(10u64.checked_pow(power - 9)),
        }
    }
}

/// The options of a block: code and value, until the end mark or the first that does not fit.
pub(super) fn options(order: Order, bytes: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut at = 0usize;
    std::iter::from_fn(move || {
        let code = order.u16(bytes, at)?;
        let len = usize::from(order.u16(bytes, at + 2)?);
        let value = bytes.get(at + 4..at + 4 + len)?;
        at += 4 + len.next_multiple_of(4);
        (code != 0).then_some((code, value))
    })
}
