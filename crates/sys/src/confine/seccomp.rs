//! seccomp: system calls that a reader of files never makes end with EPERM.
//!
//! A list of what is denied, not of what is allowed. An allow-list is the stronger fence, and it breaks with every
//! libc and kernel that does an old thing by a new call (`clone3`, `openat2`, `rseq`, `futex_waitv`): the run would
//! die on somebody's machine in the middle of a case. What an intruder can do with the calls left over is read what
//! Landlock leaves readable, write what is open already, and compute. Each group below closes one way out.
//!
//! Source: Linux `Documentation/userspace-api/seccomp_filter.rst`, seccomp(2), `include/uapi/linux/audit.h` and
//! `filter.h`. Numbers are those of `libc`; calls from 424 on have one number on all architectures
//! (`arch/*/syscall*.tbl`), and those that `libc` does not name yet are written as such.
#![allow(unsafe_code, reason = "a system call that no crate of ours wraps")]

use super::Allowed;
use libc::{c_long, sock_filter, sock_fprog};
use std::io;
use std::ptr;

/// `AUDIT_ARCH_X86_64`.
#[cfg(target_arch = "x86_64")]
const ARCHITECTURE: u32 = 0xc000_003e;
/// `AUDIT_ARCH_AARCH64`.
#[cfg(target_arch = "aarch64")]
const ARCHITECTURE: u32 = 0xc000_00b7;
/// `__X32_SYSCALL_BIT`: the calls of the x32 ABI, under the same architecture with other numbers.
#[cfg(target_arch = "x86_64")]
const X32: u32 = 0x4000_0000;

/// No contact: no new socket, and nothing with one that was inherited but read and write. io_uring is here because
/// its operations pass by this filter.
const NETWORK: &[c_long] = &[
    libc::SYS_socket,
    libc::SYS_socketpair,
    libc::SYS_connect,
    libc::SYS_bind,
    libc::SYS_listen,
    libc::SYS_accept,
    libc::SYS_accept4,
    libc::SYS_sendto,
    libc::SYS_sendmsg,
    libc::SYS_sendmmsg,
    libc::SYS_recvmsg,
    libc::SYS_recvmmsg,
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
];

/// No other program.
const PROGRAMS: &[c_long] =
    &[libc::SYS_execve, libc::SYS_execveat, libc::SYS_memfd_create, libc::SYS_memfd_secret];

/// No other process: not its memory, its files or its life. `tgkill` stays: `abort` needs it.
const PROCESSES: &[c_long] = &[
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_process_madvise,
    libc::SYS_process_mrelease,
    libc::SYS_kcmp,
    libc::SYS_tkill,
    libc::SYS_rt_sigqueueinfo,
    libc::SYS_rt_tgsigqueueinfo,
    libc::SYS_pidfd_open,
    libc::SYS_pidfd_getfd,
    libc::SYS_pidfd_send_signal,
];

/// No other view of the file system, and no way around Landlock by a file's handle.
const MOUNTS: &[c_long] = &[
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_move_mount,
    libc::SYS_open_tree,
    OPEN_TREE_ATTR,
    libc::SYS_fsopen,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fspick,
    libc::SYS_mount_setattr,
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_name_to_handle_at,
    libc::SYS_open_by_handle_at,
    libc::SYS_fanotify_init,
    libc::SYS_fanotify_mark,
];

/// Nothing of the kernel beyond files and memory: where most holes were found.
const KERNEL: &[c_long] = &[
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_kexec_load,
    libc::SYS_kexec_file_load,
    libc::SYS_reboot,
    libc::SYS_swapon,
    libc::SYS_swapoff,
    libc::SYS_syslog,
    libc::SYS_acct,
    libc::SYS_quotactl,
    libc::SYS_quotactl_fd,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_keyctl,
    libc::SYS_settimeofday,
    libc::SYS_clock_settime,
    libc::SYS_clock_adjtime,
    libc::SYS_adjtimex,
    libc::SYS_sethostname,
    libc::SYS_setdomainname,
    libc::SYS_vhangup,
    libc::SYS_lookup_dcookie,
    libc::SYS_nfsservctl,
    libc::SYS_personality,
];

/// No change of a file that Landlock does not watch over: names, owners, modes, times, attributes. Names are here
/// for kernels without Landlock.
const FILES: &[c_long] = &[
    libc::SYS_fchmod,
    libc::SYS_fchmodat,
    FCHMODAT2,
    libc::SYS_fchown,
    libc::SYS_fchownat,
    libc::SYS_utimensat,
    libc::SYS_setxattr,
    libc::SYS_lsetxattr,
    libc::SYS_fsetxattr,
    SETXATTRAT,
    libc::SYS_removexattr,
    libc::SYS_lremovexattr,
    libc::SYS_fremovexattr,
    REMOVEXATTRAT,
    FILE_SETATTR,
    libc::SYS_truncate,
    libc::SYS_unlinkat,
    RENAMEAT,
    libc::SYS_renameat2,
    libc::SYS_linkat,
    libc::SYS_symlinkat,
    libc::SYS_mkdirat,
    libc::SYS_mknodat,
];

#[cfg(target_arch = "x86_64")]
const RENAMEAT: c_long = libc::SYS_renameat;
/// `asm-generic/unistd.h`; aarch64 asks for it by `__ARCH_WANT_RENAMEAT`.
#[cfg(target_arch = "aarch64")]
const RENAMEAT: c_long = 38;
const FCHMODAT2: c_long = 452;
const SETXATTRAT: c_long = 463;
const REMOVEXATTRAT: c_long = 466;
const OPEN_TREE_ATTR: c_long = 467;
const FILE_SETATTR: c_long = 469;

/// What x86-64 alone has: older names of the same things, and the ports of the machine.
#[cfg(target_arch = "x86_64")]
const OWN: &[c_long] = &[
    libc::SYS_uselib,
    libc::SYS_iopl,
    libc::SYS_ioperm,
    libc::SYS_modify_ldt,
    libc::SYS_chmod,
    libc::SYS_chown,
    libc::SYS_lchown,
    libc::SYS_utime,
    libc::SYS_utimes,
    libc::SYS_futimesat,
    libc::SYS_unlink,
    libc::SYS_rename,
    libc::SYS_link,
    libc::SYS_symlink,
    libc::SYS_mkdir,
    libc::SYS_rmdir,
    libc::SYS_mknod,
];
#[cfg(target_arch = "aarch64")]
const OWN: &[c_long] = &[];

/// Requests of `ioctl` that type into the terminal: what is typed there, the shell runs after us.
const TYPING: [u32; 2] = [libc::TIOCSTI as u32, libc::TIOCLINUX as u32];

const ALLOW: u32 = libc::SECCOMP_RET_ALLOW;
const DENY: u32 = libc::SECCOMP_RET_ERRNO | libc::EPERM as u32;
/// A call of another architecture is nothing that we would ever make.
const KILL: u32 = libc::SECCOMP_RET_KILL_PROCESS;

/// Offsets in `struct seccomp_data`.
const NUMBER: u32 = 0;
const ARCH: u32 = 4;
/// The lower half of the second argument; both architectures are little-endian.
const REQUEST: u32 = 16 + 8;

/// Installs the filter on all threads of this process. One that looks at a machine may ask whether a process lives.
///
/// # Errors
/// When the kernel has no seccomp filters.
pub(super) fn install(allowed: Allowed) -> io::Result<()> {
    let mut filter = program(allowed);
    let len = u16::try_from(filter.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
    let program = sock_fprog { len, filter: filter.as_mut_ptr() };
    let operation = libc::c_ulong::from(libc::SECCOMP_SET_MODE_FILTER);
    let flags = libc::SECCOMP_FILTER_FLAG_TSYNC;
    // SAFETY: the kernel copies the `len` instructions at `filter`, which lives until after the call, checks them,
    // and keeps none of our memory (seccomp(2)).
    let done = unsafe { libc::syscall(libc::SYS_seccomp, operation, flags, ptr::from_ref(&program)) };
    match done {
        0 => Ok(()),
        -1 => Err(io::Error::last_os_error()),
        // The number of a thread that could not follow: then no thread has the filter.
        _ => Err(io::ErrorKind::ResourceBusy.into()),
    }
}

/// The filter, for the kernel's classic BPF.
fn program(allowed: Allowed) -> Vec<sock_filter> {
    let mut program = vec![load(ARCH), jump_if(libc::BPF_JEQ, ARCHITECTURE, 1, 0), end(KILL), load(NUMBER)];
    #[cfg(target_arch = "x86_64")]
    program.extend([jump_if(libc::BPF_JGE, X32, 0, 1), end(DENY)]);
    for number in [NETWORK, PROGRAMS, PROCESSES, MOUNTS, KERNEL, FILES, OWN].into_iter().flatten() {
        program.extend([jump_if(libc::BPF_JEQ, call(*number), 0, 1), end(DENY)]);
    }
    // `kill` with signal 0 sends nothing and only asks.
    let asked = if allowed.ask { ALLOW } else { DENY };
    let traced = if allowed.trace { ALLOW } else { DENY };
    program.extend([jump_if(libc::BPF_JEQ, call(libc::SYS_ptrace), 0, 1), end(traced)]);
    program.extend([
        jump_if(libc::BPF_JEQ, call(libc::SYS_kill), 0, 4),
        load(REQUEST),
        jump_if(libc::BPF_JEQ, 0, 0, 1),
        end(asked),
        end(DENY),
    ]);
    let [push, console] = TYPING;
    program.extend([
        jump_if(libc::BPF_JEQ, call(libc::SYS_ioctl), 1, 0),
        end(ALLOW),
        load(REQUEST),
        jump_if(libc::BPF_JEQ, push, 1, 0),
        jump_if(libc::BPF_JEQ, console, 0, 1),
        end(DENY),
        end(ALLOW),
    ]);
    program
}

/// A number of the tables above; all are small.
const fn call(number: c_long) -> u32 {
    number as u32
}

const fn load(offset: u32) -> sock_filter {
    sock_filter { code: (libc::BPF_LD | libc::BPF_W | libc::BPF_ABS) as u16, jt: 0, jf: 0, k: offset }
}

/// Passes over `yes` instructions when the loaded word compares with `k`, else over `no`.
const fn jump_if(compare: u32, k: u32, yes: u8, no: u8) -> sock_filter {
    sock_filter { code: (libc::BPF_JMP | compare | libc::BPF_K) as u16, jt: yes, jf: no, k }
}

const fn end(with: u32) -> sock_filter {
    sock_filter { code: (libc::BPF_RET | libc::BPF_K) as u16, jt: 0, jf: 0, k: with }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    /// Runs the filter as the kernel would (`filter.h`): the verdict on a call.
    fn verdict(arch: u32, number: u32, request: u32) -> u32 {
        verdict_of(&program(Allowed::default()), arch, number, request)
    }

    fn verdict_of(program: &[sock_filter], arch: u32, number: u32, request: u32) -> u32 {
        let (mut at, mut loaded) = (0, 0);
        loop {
            let step = program[at];
            at += 1;
            match u32::from(step.code) {
                0x20 => {
                    loaded = [(NUMBER, number), (ARCH, arch), (REQUEST, request)]
                        .iter()
                        .find(|(offset, _)| *offset == step.k)
                        .unwrap()
                        .1
                }
                0x15 => at += usize::from(if loaded == step.k { step.jt } else { step.jf }),
                0x35 => at += usize::from(if loaded >= step.k { step.jt } else { step.jf }),
                0x06 => return step.k,
                code => panic!("code {code:#x}"),
            }
        }
    }

    #[test]
    fn every_listed_call_is_denied() {
        for number in [NETWORK, PROGRAMS, PROCESSES, MOUNTS, KERNEL, FILES, OWN].into_iter().flatten() {
            assert_eq!(verdict(ARCHITECTURE, call(*number), 0), DENY, "{number}");
        }
    }

    #[test]
    fn a_look_at_a_machine_may_ask_who_lives_and_send_nothing() {
        let kill = call(libc::SYS_kill);
        let machine = program(Allowed { ask: true, trace: false });
        assert_eq!(verdict_of(&machine, ARCHITECTURE, kill, 0), ALLOW);
        assert_eq!(verdict_of(&machine, ARCHITECTURE, kill, libc::SIGTERM as u32), DENY);
        assert_eq!([0, 9].map(|signal| verdict(ARCHITECTURE, kill, signal)), [DENY, DENY]);
        assert_eq!(verdict_of(&machine, ARCHITECTURE, call(libc::SYS_socket), 0), DENY);
        let trace = call(libc::SYS_ptrace);
        assert_eq!(verdict_of(&machine, ARCHITECTURE, trace, 0), DENY);
        assert_eq!(verdict(ARCHITECTURE, trace, 0), DENY);
        assert_eq!(verdict_of(&program(Allowed { ask: true, trace: true }), ARCHITECTURE, trace, 0), ALLOW);
    }

    /// What a run needs: reading, memory, threads, time, chance, its end.
    #[test]
    fn what_reading_needs_is_allowed() {
        let needed = [
            libc::SYS_openat,
            libc::SYS_read,
            libc::SYS_write,
            libc::SYS_mmap,
            libc::SYS_madvise,
            libc::SYS_clone3,
            libc::SYS_futex,
            libc::SYS_getrandom,
            libc::SYS_clock_gettime,
            libc::SYS_ftruncate,
            libc::SYS_tgkill,
            libc::SYS_exit_group,
        ];
        for number in needed {
            assert_eq!(verdict(ARCHITECTURE, call(number), 0), ALLOW, "{number}");
        }
    }

    #[test]
    fn the_terminal_can_be_measured_and_not_typed_into() {
        let ioctl = call(libc::SYS_ioctl);
        assert_eq!(verdict(ARCHITECTURE, ioctl, libc::TIOCGWINSZ as u32), ALLOW);
        assert_eq!(verdict(ARCHITECTURE, ioctl, libc::TIOCSTI as u32), DENY);
        assert_eq!(verdict(ARCHITECTURE, ioctl, libc::TIOCLINUX as u32), DENY);
    }

    /// `AUDIT_ARCH_I386` reaches the same kernel with other numbers: 102 is `socketcall` there, `getuid` here.
    #[test]
    fn calls_of_another_architecture_end_the_process() {
        assert_eq!(verdict(0x4000_0003, 102, 0), KILL);
        #[cfg(target_arch = "x86_64")]
        assert_eq!(verdict(ARCHITECTURE, X32 | call(libc::SYS_read), 0), DENY);
    }
}
