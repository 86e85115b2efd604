//! A process of a machine that was looked at from inside: what it is, and what is odd about it.

use crate::{Endpoint, Time};

/// A process, with everything that was learned of it in one scan.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Process {
    /// Its number.
    pub pid: u32,
    /// Its parent's number, 0 for none.
    pub parent: u32,
    /// The names of its ancestors with their numbers, nearest first, at most 16.
    pub ancestors: Vec<(u32, String)>,
    /// When it began.
    pub started: Option<Time>,
    /// Its name as the kernel has it (`comm`, at most 15 bytes).
    pub name: String,
    /// Its arguments, secrets masked, at most 64 of at most 4 KiB.
    pub command: Vec<String>,
    /// The file it runs; `None` for a kernel thread, or where it could not be read.
    pub executable: Option<Executable>,
    /// The user it runs as, by number.
    pub user: Option<u32>,
    /// That user's name.
    pub user_name: Option<String>,
    /// The container it runs in: twelve digits, and its name, image and what it is part of where that is known.
    pub container: Option<String>,
    /// What it takes of the processors.
    pub cpu: Cpu,
    /// What it holds of the memory.
    pub memory: Memory,
    /// Orders to mine that it was given.
    pub orders: Vec<Orders>,
    /// What is odd about it, each once, in the order of the type.
    pub traits: Vec<Trait>,
    /// Established connections: its end, the other end. At most 64.
    pub connections: Vec<(Endpoint, Endpoint)>,
    /// Rounding modes of its threads, where they were sampled.
    pub rounding: Option<Rounding>,
}

/// The file that a process runs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Executable {
    /// Where the kernel says it lies or lay, inside the process's own root.
    pub path: String,
    /// The package that owns that path, where a package database names one.
    pub package: Option<String>,
    /// Whether a package database was there to ask.
    pub packages_known: bool,
}

/// What a process takes of the processors. Shares are in thousandths of one processor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cpu {
    /// Share while it was watched; `None` where it was not.
    pub observed: Option<u32>,
    /// Milliseconds for which it was watched.
    pub observed_ms: u32,
    /// Share since it began.
    pub since_start: u32,
    /// Seconds taken since it began.
    pub seconds: u64,
    /// Threads.
    pub threads: u32,
    /// Threads that ran, or were ready to run, nearly all the time while watched.
    pub busy_threads: u32,
    /// Busy threads that are bound to one processor each.
    pub pinned_threads: u32,
    /// Nice value, −20 to 19.
    pub nice: i32,
    /// Scheduled only when nothing else wants to run (`SCHED_IDLE`).
    pub idle_policy: bool,
}

/// What a process holds of the memory, in KiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Memory {
    /// Resident, huge pages of hugetlbfs not included, as the kernel counts.
    pub resident: u64,
    /// In hugetlbfs pages: they are in no resident size.
    pub huge: u64,
    /// Anonymous memory of mappings that are as large as the dataset of RandomX (2,080 MiB) or a little larger.
    pub dataset: u64,
    /// The same for its cache (256 MiB).
    pub cache: u64,
    /// Anonymous mappings of 2 MiB times a thread count, and how many scratchpads that makes.
    pub scratchpads: u32,
    /// Anonymous executable memory.
    pub executable: u64,
}

/// Where orders to mine stood.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum OrdersFrom {
    /// In the arguments.
    Command,
    /// In the environment.
    Environment,
    /// In a file that the arguments name, or that the process has open.
    File(String),
}

/// Orders to mine: a pool and a login in a miner's option syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orders {
    /// `host:port`, as written.
    pub pool: String,
    /// Login, as written.
    pub login: Option<String>,
    /// Where they stood.
    pub from: OrdersFrom,
}

/// How a process was hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hiding {
    /// The kernel's own listing of `/proc` leaves it out, though it lives.
    Listing,
    /// The listing by the C library leaves it out; the kernel's does not.
    Library,
    /// Something is mounted over its folder in `/proc`.
    Mount,
}

/// Something odd about a process..
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trait {
    /// It is hidden, and yet it lives.
    Hidden(Hiding),
    /// It is called as kernel threads are, and is none.
    FalseKernelThread,
    /// It runs from memory alone (`memfd_create`).
    InMemory,
    /// Its file is gone.
    Deleted,
    /// Another file lies where its own lay.
    Replaced,
    /// The name of a system program, from a place that is not that program's.
    SystemNameElsewhere {
        /// Where a package or the system has the program of that name.
        usual: String,
    },
    /// Its file lies in a folder where anybody may write.
    WritableFolder,
    /// Its file lies in a hidden folder or is hidden itself.
    HiddenFolder,
    /// Name, first argument and file disagree with each other.
    NamesDisagree,
    /// A library is put before all others by its environment.
    Preload {
        /// The variable: `LD_PRELOAD` or `LD_AUDIT`.
        variable: &'static str,
        /// What it names.
        library: String,
    },
    /// A library is mapped that no package owns, where packages own the others.
    ForeignLibrary(String),
    /// Its memory, files or arguments are closed even to the owner of the machine.
    Closed,
}

/// Rounding modes of the floating-point unit, sampled. RandomX changes them as it runs; hardly anything else does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rounding {
    /// Samples taken.
    pub samples: u32,
    /// How many showed each mode: nearest, down, up, toward zero.
    pub modes: [u32; 4],
}
