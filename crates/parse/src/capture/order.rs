//! The byte order of a capture, found from its magic number, and bounded reads in that order.

/// Which end of a number comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

impl Order {
    /// The 32-bit number at `at`, or nothing when the bytes end before it does.
    #[inline]
    pub(super) fn u32(self, bytes: &[u8], at: usize) -> Option<u32> {
        let four = bytes.get(at..)?.first_chunk::<4>()?;
        Some(match self {
            Self::Little => u32::from_le_bytes(*four),
            Self::Big => u32::from_be_bytes(*four),
        })
    }

    /// The 16-bit number at `at`, or nothing when the bytes end before it does.
    #[inline]
    pub(super) fn u16(self, bytes: &[u8], at: usize) -> Option<u16> {
        let two = bytes.get(at..)?.first_chunk::<2>()?;
        Some(match self {
            Self::Little => u16::from_le_bytes(*two),
            Self::Big => u16::from_be_bytes(*two),
        })
    }

    /// The signed 64-bit number at `at`, or nothing when the bytes end before it does.
    pub(super) fn i64(self, bytes: &[u8], at: usize) -> Option<i64> {
        let eight = bytes.get(at..)?.first_chunk::<8>()?;
        Some(match self {
            Self::Little => i64::from_le_bytes(*eight),
            Self::Big => i64::from_be_bytes(*eight),
        })
    }
}
