//! Arithmetic in a rounding mode other than the usual one.
//!
//! Rust takes the usual mode for granted in its own floating-point code, so that mode is changed, used and restored
//! within one block of assembly.
//!
//! Source: Intel SDM volume 1, 10.2.3 (MXCSR, bits 13 and 14); Arm ARM, FPCR (RMode, bits 22 and 23); the Rust
//! reference on inline assembly (the floating-point environment is as it was when a block ends).
#![allow(unsafe_code, reason = "the mode is a register, and only assembly reaches it")]

/// Rounding modes, in the order of the MXCSR's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// To the nearest number.
    Nearest,
    /// Down.
    Down,
    /// Up.
    Up,
    /// Toward zero.
    Zero,
}

impl Rounding {
    /// All four.
    pub const ALL: [Rounding; 4] = [Rounding::Nearest, Rounding::Down, Rounding::Up, Rounding::Zero];
}

/// Divides by `by` and adds `more`, `times` times from `start` on, rounding so. `None` where this program does not know
/// how to set the mode.
#[cfg(target_arch = "x86_64")]
#[must_use]
pub fn divide_and_add(rounding: Rounding, times: u64, start: f64, by: f64, more: f64) -> Option<f64> {
    // All exceptions masked, as they are by default, and the mode.
    let wanted: u32 = 0x1f80 | ((rounding as u32) << 13);
    let (mut usual, mut value) = (0_u32, start);
    // SAFETY: reads and writes the two words named, which are live, and registers that it declares; the control
    // register is as before when it ends; no stack is used.
    unsafe {
        std::arch::asm!(
            "stmxcsr dword ptr [{usual}]",
            "ldmxcsr dword ptr [{wanted}]",
            "2:",
            "test {left}, {left}",
            "jz 3f",
            "divsd {value}, {by}",
            "addsd {value}, {more}",
            "dec {left}",
            "jmp 2b",
            "3:",
            "ldmxcsr dword ptr [{usual}]",
            usual = in(reg) &raw mut usual,
            wanted = in(reg) &raw const wanted,
            left = inout(reg) times => _,
            value = inout(xmm_reg) value,
            by = in(xmm_reg) by,
            more = in(xmm_reg) more,
            options(nostack),
        );
    }
    Some(value)
}

/// Divides by `by` and adds `more`, `times` times from `start` on, rounding so. `None` where this program does not know
/// how to set the mode.
#[cfg(target_arch = "aarch64")]
#[must_use]
pub fn divide_and_add(rounding: Rounding, times: u64, start: f64, by: f64, more: f64) -> Option<f64> {
    let mode: u64 = match rounding {
        Rounding::Nearest => 0,
        Rounding::Up => 1,
        Rounding::Down => 2,
        Rounding::Zero => 3,
    };
    let mut value = start;
    // SAFETY: touches no memory and only registers that it declares; the control register is as before when it ends.
    unsafe {
        std::arch::asm!(
            "mrs {usual}, fpcr",
            "bic {wanted}, {usual}, #0xc00000",
            "orr {wanted}, {wanted}, {mode}, lsl #22",
            "msr fpcr, {wanted}",
            "2:",
            "cbz {left}, 3f",
            "fdiv {value:d}, {value:d}, {by:d}",
            "fadd {value:d}, {value:d}, {more:d}",
            "sub {left}, {left}, #1",
            "b 2b",
            "3:",
            "msr fpcr, {usual}",
            usual = out(reg) _,
            wanted = out(reg) _,
            mode = in(reg) mode,
            left = inout(reg) times => _,
            value = inout(vreg) value,
            by = in(vreg) by,
            more = in(vreg) more,
            options(nomem, nostack),
        );
    }
    Some(value)
}

/// Divides by `by` and adds `more`, `times` times from `start` on, rounding so. `None` where this program does not know
/// how to set the mode.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
#[must_use]
pub fn divide_and_add(_: Rounding, _: u64, _: f64, _: f64, _: f64) -> Option<f64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tenth has no end in binary: 0x3FB9_9999_9999_999(9.99…). Nearest and up give …9A, down and toward zero …99; for
    /// minus a tenth down gives …9A in its size and up …99. Hence each mode has a pair of its own.
    #[test]
    fn each_mode_rounds_in_its_own_way_and_the_usual_one_is_back() {
        let lowest = |rounding, start: f64| {
            divide_and_add(rounding, 1, start, 10.0, 0.0).map(|tenth| tenth.to_bits() & 0xff)
        };
        for (rounding, pair) in
            Rounding::ALL.into_iter().zip([(0x9a, 0x9a), (0x99, 0x9a), (0x9a, 0x99), (0x99, 0x99)])
        {
            let (Some(plus), Some(minus)) = (lowest(rounding, 1.0), lowest(rounding, -1.0)) else { return };
            assert_eq!((plus, minus), pair, "{rounding:?}");
            assert_eq!((std::hint::black_box(1.0_f64) / 10.0).to_bits() & 0xff, 0x9a, "after {rounding:?}");
        }
    }
}
