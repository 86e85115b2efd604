//! How a process is called, placed and ended.

use rustix::io::Errno;
use rustix::process::{
    Pid, Signal, WaitOptions, getpid, getppid, kill_process_group, set_child_subreaper,
    set_parent_process_death_signal, setpriority_process, waitpgid,
};
use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity, set_name};
use std::ffi::CString;
use std::io;

/// Makes the kernel end this process when its parent ends, and says whether that parent still lives. It holds for what
/// this process executes, too, and is not inherited by what it starts (`PR_SET_PDEATHSIG`, prctl(2)).
///
/// # Errors
/// The kernel refuses.
pub fn die_with_parent(parent: u32) -> io::Result<bool> {
    set_parent_process_death_signal(Some(Signal::KILL))?;
    // It may have ended before the kernel was asked.
    Ok(pid(parent).is_some() && getppid() == pid(parent))
}

/// Takes in whatever its children leave behind, so that it can wait for them (`PR_SET_CHILD_SUBREAPER`, prctl(2)).
///
/// # Errors
/// The kernel refuses.
pub fn adopt_orphans() -> io::Result<()> {
    Ok(set_child_subreaper(Some(getpid()))?)
}

/// Gives this thread another name; the kernel keeps 15 bytes. The first thread's is that of the process.
///
/// # Errors
/// There is a zero byte in it.
pub fn call_itself(name: &str) -> io::Result<()> {
    Ok(set_name(&CString::new(name)?)?)
}

/// Lets everybody else go first: nice 19.
///
/// # Errors
/// The kernel refuses.
pub fn be_nice() -> io::Result<()> {
    Ok(setpriority_process(None, 19)?)
}

/// The processors on which this thread may run, by number.
///
/// # Errors
/// The kernel has more of them than the mask holds.
pub fn processors() -> io::Result<Vec<usize>> {
    let allowed = sched_getaffinity(None)?;
    Ok((0..CpuSet::MAX_CPU).filter(|number| allowed.is_set(*number)).collect())
}

/// Binds this thread to one processor.
///
/// # Errors
/// It may not run there.
pub fn pin(processor: usize) -> io::Result<()> {
    let mut only = CpuSet::new();
    only.set(processor);
    Ok(sched_setaffinity(None, &only)?)
}

/// Ends a process group: SIGKILL to each member. None there is no error.
///
/// # Errors
/// It may not.
pub fn end_group(leader: u32) -> io::Result<()> {
    let Some(leader) = pid(leader) else { return Ok(()) };
    match kill_process_group(leader, Signal::KILL) {
        Ok(()) | Err(Errno::SRCH) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Waits until the members of a process group that are children of this process have ended.
///
/// # Errors
/// The kernel refuses.
pub fn reap_group(leader: u32) -> io::Result<()> {
    let Some(leader) = pid(leader) else { return Ok(()) };
    loop {
        match waitpgid(leader, WaitOptions::empty()) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(Errno::CHILD) => return Ok(()),
            Err(error) => return Err(error.into()),
        }
    }
}

fn pid(number: u32) -> Option<Pid> {
    i32::try_from(number).ok().and_then(Pid::from_raw)
}
