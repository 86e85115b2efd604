//! How a thread of another process rounds at this moment: it is stopped, looked at and let go.
//!
//! Each sample attaches and detaches by itself (`PTRACE_SEIZE`, which stops nothing), so that nothing stays attached
//! between samples, and the kernel lets a thread go by itself should this program end meanwhile. The stop lasts as
//! long as it takes to read a few hundred bytes.
//!
//! Source: ptrace(2); Intel SDM volume 1, 10.2.3 (MXCSR, bits 13 and 14); Arm ARM, FPCR (RMode, bits 22 and 23);
//! `include/uapi/linux/elf.h` (`NT_PRFPREG`).
#![allow(unsafe_code, reason = "ptrace, which no crate of ours wraps")]

use std::io;
use std::ptr;
use std::time::{Duration, Instant};

/// A way to round, as both architectures know them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoundingMode {
    /// To the nearest, ties to even: what everything begins with.
    Nearest,
    /// Down.
    Down,
    /// Up.
    Up,
    /// Toward zero.
    Zero,
}

/// For how long a thread may take to stop: one of the lowest priority on a busy machine has to wait for a processor, and
/// one that waits for a disk stops when it is done. One that takes longer stays attached, not stopped, until this program
/// ends.
const PATIENCE: Duration = Duration::from_millis(500);
/// `NT_PRFPREG`.
const FLOATING_POINT: usize = 2;
/// Bytes of the floating-point state: 512 on x86-64, 528 on aarch64.
const STATE: usize = 528;

/// The rounding mode of a thread.
///
/// # Errors
/// It may not be traced, is traced already, is gone, does not stop in time, or this architecture is not known.
pub fn rounding_mode(thread: u32) -> io::Result<RoundingMode> {
    let thread = libc::pid_t::try_from(thread).map_err(|_| io::ErrorKind::InvalidInput)?;
    request(libc::PTRACE_SEIZE, thread, 0, ptr::null_mut())?;
    let looked = stopped(thread);
    // A thread that was about to get a signal gets it now.
    let signal = match &looked {
        Ok((_, signal)) => *signal,
        Err(_) => 0,
    };
    let data = ptr::without_provenance_mut(usize::try_from(signal).unwrap_or(0));
    let let_go = request(libc::PTRACE_DETACH, thread, 0, data);
    let (state, _) = looked?;
    let_go?;
    mode(&state).ok_or_else(|| io::ErrorKind::Unsupported.into())
}

/// Stops the thread and reads its state; says which signal it was about to get.
fn stopped(thread: libc::pid_t) -> io::Result<([u8; STATE], libc::c_int)> {
    request(libc::PTRACE_INTERRUPT, thread, 0, ptr::null_mut())?;
    let signal = wait(thread)?;
    let mut state = [0_u8; STATE];
    let mut part = libc::iovec { iov_base: state.as_mut_ptr().cast(), iov_len: STATE };
    request(libc::PTRACE_GETREGSET, thread, FLOATING_POINT, ptr::from_mut(&mut part).cast())?;
    Ok((state, signal))
}

/// Waits until it has stopped; 0 where it stopped because it was asked to.
fn wait(thread: libc::pid_t) -> io::Result<libc::c_int> {
    let until = Instant::now() + PATIENCE;
    loop {
        let mut status = 0;
        // SAFETY: `status` is a live integer for the kernel to write to; nothing else is touched (waitpid(2)).
        let done = unsafe { libc::waitpid(thread, &raw mut status, libc::__WALL | libc::WNOHANG) };
        match done {
            -1 => return Err(io::Error::last_os_error()),
            0 if Instant::now() >= until => return Err(io::ErrorKind::TimedOut.into()),
            0 => std::thread::sleep(Duration::from_micros(50)),
            _ if !libc::WIFSTOPPED(status) => return Err(io::ErrorKind::NotFound.into()),
            // PTRACE_EVENT_STOP in the upper half: it stopped for us, or with its whole group.
            _ if status >> 16 == libc::PTRACE_EVENT_STOP => return Ok(0),
            _ => return Ok(libc::WSTOPSIG(status)),
        }
    }
}

fn request(what: libc::c_uint, thread: libc::pid_t, at: usize, data: *mut libc::c_void) -> io::Result<()> {
    let address: *mut libc::c_void = ptr::without_provenance_mut(at);
    // SAFETY: of the requests made here only GETREGSET has the kernel write to our memory: to the `iovec` at `data`
    // and the `iov_len` bytes it points at, both alive for the whole call. The others take numbers (ptrace(2)).
    let done = unsafe { libc::ptrace(what, thread, address, data) };
    if done == -1 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// MXCSR stands at byte 24 of the state that FXSAVE writes (`struct user_fpregs_struct`, `sys/user.h`).
#[cfg(target_arch = "x86_64")]
fn mode(state: &[u8]) -> Option<RoundingMode> {
    let mxcsr = u32::from_le_bytes(state.get(24..28)?.try_into().ok()?);
    Some(match (mxcsr >> 13) & 3 {
        0 => RoundingMode::Nearest,
        1 => RoundingMode::Down,
        2 => RoundingMode::Up,
        _ => RoundingMode::Zero,
    })
}

/// FPCR follows 32 registers of 16 bytes and FPSR (`struct user_fpsimd_state`, `asm/ptrace.h`).
#[cfg(target_arch = "aarch64")]
fn mode(state: &[u8]) -> Option<RoundingMode> {
    let fpcr = u32::from_le_bytes(state.get(516..520)?.try_into().ok()?);
    Some(match (fpcr >> 22) & 3 {
        0 => RoundingMode::Nearest,
        1 => RoundingMode::Up,
        2 => RoundingMode::Down,
        _ => RoundingMode::Zero,
    })
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
fn mode(_: &[u8]) -> Option<RoundingMode> {
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;
    use std::process::{Command, Stdio};

    /// A thread that sleeps rounds to the nearest, goes on afterwards and is traced by nobody.
    #[test]
    fn a_thread_is_looked_at_and_let_go() {
        let mut child = Command::new("cat").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        for _ in 0..5 {
            assert_eq!(rounding_mode(child.id()).unwrap(), RoundingMode::Nearest);
        }
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
        assert!(status.contains("TracerPid:\t0\n"), "{status}");
        std::io::Write::write_all(child.stdin.as_mut().unwrap(), b"still here").unwrap();
        drop(child.stdin.take());
        assert_eq!(child.wait_with_output().unwrap().stdout, b"still here");
    }

    #[test]
    fn nobody_cannot_be_looked_at() {
        assert!(rounding_mode(0).is_err());
        assert!(rounding_mode(u32::MAX).is_err());
    }
}
