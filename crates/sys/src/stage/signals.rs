//! Signals that ask a program to end, taken when it is ready for them.
//!
//! Source: pthread_sigmask(3), sigtimedwait(2), sigaction(2), signal(7).
#![allow(unsafe_code, reason = "no crate of ours wraps signal sets")]

use std::io;
use std::mem::MaybeUninit;
use std::ptr;
use std::time::Duration;

/// What a terminal, a service manager or a session that ends sends.
const ENDING: [libc::c_int; 4] = [libc::SIGINT, libc::SIGTERM, libc::SIGHUP, libc::SIGQUIT];

/// From now on signals that ask to end wait until they are asked for. What is started inherits that.
///
/// # Errors
/// The kernel refuses.
pub fn hold_signals() -> io::Result<()> {
    mask(libc::SIG_BLOCK, &ending())
}

/// From now on signals do again what they usually do.
///
/// # Errors
/// The kernel refuses.
pub fn free_signals() -> io::Result<()> {
    mask(libc::SIG_UNBLOCK, &ending())
}

/// Waits for a signal that was held, at most so long, and says whether one came. A stop and a continue may end it early.
#[must_use]
pub fn wait_for_signal(most: Duration) -> bool {
    let limit = libc::timespec {
        tv_sec: libc::time_t::try_from(most.as_secs()).unwrap_or(libc::time_t::MAX),
        tv_nsec: most.subsec_nanos().into(),
    };
    let set = ending();
    // SAFETY: both pointers are live references, which the call only reads; no information is asked for
    // (sigtimedwait(2)).
    let signal = unsafe { libc::sigtimedwait(&raw const set, ptr::null_mut(), &raw const limit) };
    signal > 0
}

fn ending() -> libc::sigset_t {
    let mut set = MaybeUninit::<libc::sigset_t>::uninit();
    // SAFETY: writes a whole set to the place, which is large enough for one (sigemptyset(3)).
    unsafe { libc::sigemptyset(set.as_mut_ptr()) };
    for signal in ENDING.into_iter().filter(|signal| !is_ignored(*signal)) {
        // SAFETY: the set was initialised above, and the number is that of a signal (sigaddset(3)).
        unsafe { libc::sigaddset(set.as_mut_ptr(), signal) };
    }
    // SAFETY: initialised by sigemptyset.
    unsafe { set.assume_init() }
}

/// Whether whoever started us wants this signal to do nothing, as `nohup` does: held, it would do something.
fn is_ignored(signal: libc::c_int) -> bool {
    let mut now = MaybeUninit::<libc::sigaction>::uninit();
    // SAFETY: no new action is given, and the present one is written to a place large enough for it (sigaction(2)).
    if unsafe { libc::sigaction(signal, ptr::null(), now.as_mut_ptr()) } != 0 {
        return false;
    }
    // SAFETY: the call succeeded, so the action was written.
    unsafe { now.assume_init() }.sa_sigaction == libc::SIG_IGN
}

fn mask(how: libc::c_int, set: &libc::sigset_t) -> io::Result<()> {
    // SAFETY: reads one set, a live reference, and is not asked for the old one (pthread_sigmask(3)).
    let error = unsafe { libc::pthread_sigmask(how, ptr::from_ref(set), ptr::null_mut()) };
    if error == 0 { Ok(()) } else { Err(io::Error::from_raw_os_error(error)) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    /// signal(7): a signal that is blocked stays pending until it is taken. The thread has a mask of its own, and
    /// `tgkill` names just this thread.
    #[test]
    fn a_signal_that_is_held_waits_to_be_taken() {
        hold_signals().unwrap();
        assert!(!wait_for_signal(Duration::ZERO));
        // SAFETY: a signal to this very thread, which holds it (pthread_kill(3)).
        assert_eq!(unsafe { libc::pthread_kill(libc::pthread_self(), libc::SIGTERM) }, 0);
        assert!(wait_for_signal(Duration::from_secs(5)));
        assert!(!wait_for_signal(Duration::ZERO));
        free_signals().unwrap();
    }
}
