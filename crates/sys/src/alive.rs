//! Whether a process lives, asked of the kernel without looking into `/proc`.

use rustix::io::Errno;
use rustix::process::{Pid, test_kill_process};
use rustix::thread::sched_getaffinity;

/// Whether the number belongs to a process or thread, by two questions that no listing of a folder answers: may it be
/// sent a signal (none is sent), and on which processors may it run. Threads have numbers too.
#[must_use]
pub fn is_alive(number: u32) -> bool {
    let Some(pid) = i32::try_from(number).ok().and_then(Pid::from_raw) else { return false };
    let answers = match test_kill_process(pid) {
        Ok(()) | Err(Errno::PERM) => true,
        Err(_) => false,
    };
    // The second question costs as much as the first; it is asked only where the first said no, for a kernel in which
    // one of the two was replaced.
    answers || sched_getaffinity(Some(pid)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::is_alive;

    #[test]
    fn this_process_lives_and_an_impossible_one_does_not() {
        assert!(is_alive(std::process::id()));
        assert!(is_alive(1));
        assert!(!is_alive(0));
        assert!(!is_alive(i32::MAX as u32));
        assert!(!is_alive(u32::MAX));
    }
}
