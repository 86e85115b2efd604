# Harmless actors on this machine: what they are, how they can be seen, how they end.

drill-busy = threads that compute without end, one for each processor, at the lowest priority
drill-busy-seen = `top -H -p { $pid }`: each thread takes what is left of a processor
drill-randomx-memory = memory laid out as RandomX's: 2,336 MiB in one mapping (--light: 256 MiB), 2 MiB of executable memory for each processor, busy threads
drill-randomx-memory-seen = `grep -A1 -e rwxp -e rw-p /proc/{ $pid }/maps`: a mapping of 2,449,481,728 bytes (--light: 268,435,456), and executable ones without a file
drill-rounding = threads that round to nearest, down, up and toward zero in turn, some milliseconds each
drill-rounding-seen = a debugger on { $pid }, several times: bits 13 and 14 of MXCSR change (on ARM bits 22 and 23 of FPCR)
drill-renamed = a process that is called as kernel threads are
drill-renamed-seen = `ps -fp { $pid }` shows a kernel thread; `readlink /proc/{ $pid }/exe` shows a program, which no kernel thread has
drill-system-name = this program under the names of sshd and systemd-journald, from a folder that is not theirs
drill-exe-seen = `readlink /proc/{ $pid }/exe`
drill-deleted = a process whose program is deleted
drill-replaced = a process at whose program's place another file lies
drill-replaced-seen = `readlink /proc/{ $pid }/exe` says "(deleted)", and yet a file lies there
drill-memfd = a process whose program lies in memory and in no folder
drill-writable = a process that runs from a hidden folder where anybody may write
drill-orders = a process with a miner's arguments: a pool that does not exist, a wallet of nobody
drill-orders-seen = `tr '\0' ' ' </proc/{ $pid }/cmdline`
drill-orders-config = a process whose arguments name a miner's configuration
drill-orders-config-seen = `tr '\0' ' ' </proc/{ $pid }/cmdline`, and the pool in { $path }
drill-orders-environment = a process with a pool and a wallet in its environment
drill-environment-seen = `tr '\0' '\n' </proc/{ $pid }/environ`
drill-preloaded = a process that was started with a library put before all others; the library is empty
drill-readdir-shim = a process that another does not see, because a preloaded library leaves it out of lists of folders
drill-readdir-shim-seen = `LD_PRELOAD={ $path } ls /proc` lacks { $pid }; `ls /proc` has it
drill-mounted-over = a process whose folder in /proc lies under an empty one: in a mount namespace of its own, or with --in-place for everybody
drill-mounted-over-seen = `grep ' { $path } ' /proc/self/mountinfo`, and `ls { $path }` is empty
drill-reviver = a process that starts another again whenever that ends
drill-reviver-seen = `pstree -p { $pid }`; end the lower one, and it comes back
drill-planted = entries that would start a script by themselves (cron, systemd, profile, udev …) in a folder that is no machine's root; the script does nothing
drill-planted-seen = look into the folder, or at the table of --truth
drill-storm = 2,000 processes that end at once, one after the other: not a miner, and it should not be taken for one
drill-storm-seen = `ps --ppid { $pid }`, again and again
drill-compiler-like = short processes on all processors that read and write files, as a build does: not a miner
drill-children-seen = `ps --ppid { $pid }`, again and again
drill-name-only = a process that watches a file called xmrig.md: not a miner

drill-ends-process = its processes are ended
drill-ends-files = its processes are ended, its files removed
drill-ends-entries = the files that it wrote are removed, and no others
drill-ends-mount = what lies over the folder is taken away, its processes are ended

drill-note-touched = its { $size } MiB are resident
drill-note-untouched = its { $size } MiB are mapped and not touched, so that the machine keeps its memory; --touch always makes them resident
drill-note-shim = only what is started with { $library } is fooled
drill-note-namespace = seen from inside: `nsenter -t { $pid } -m`; --in-place mounts it for everybody
drill-note-planted = { $count } entries below { $root }
drill-note-refused = { $count } { $count ->
    [one] entry was
   *[other] entries were
} left out, because something lies there

drill-cannot-failed = it could not be set up: { $reason }
drill-cannot-compiler = there is no C compiler (cc) to make its library with
drill-cannot-preload = nothing can be preloaded into this build of the program, which uses no shared C library
drill-cannot-mount = it may not mount: that takes root (CAP_SYS_ADMIN)
drill-root-live = { $path } belongs to the running system; an exercise is planted only in a folder that is no part of it
drill-root-unfit = { $path } is no folder, and none can be made there
drill-left = { $path } is left: { $reason }
