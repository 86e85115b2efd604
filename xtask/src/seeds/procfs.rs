//! Seeds for the files under `/proc`: one of each.

use super::Seed;

const FILES: &[(&str, &str)] = &[
    (
        "stat",
        "4711 (a) S 1 (b)) R 1 4711 4711 0 -1 4194304 99 0 0 0 1234 56 0 0 39 19 3 0 8042 1000 25 1 1 1 1 1 1 0 0 0 0 0 0 0 17 1 0 5\n",
    ),
    (
        "status",
        "Name:\tx\nTgid:\t12\nUid:\t1000\t0\t0\t0\nTracerPid:\t0\nVmRSS:\t   13000 kB\nHugetlbPages:\t    8192 kB\nCapEff:\t000001ffffffffff\nCpus_allowed:\t3,00000001\n",
    ),
    (
        "maps",
        "55d0-55f0 r-xp 00000000 fe:01 1234                       /usr/bin/a b\n7f0000000000-7f0082200000 rw-p 00000000 00:00 0 \n7f1000000000-7f1000800000 rwxp 00000000 00:10 99         /anon_hugepage (deleted)\n",
    ),
    ("mountinfo", "36 35 98:0 /mnt1 /mnt\\0402 rw,noatime master:1 - ext3 /dev/root rw\n"),
    (
        "cgroup",
        "0::/system.slice/docker-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.scope\n0::/lxc/web\n",
    ),
    ("system", "cpu  10 5 7 100 3 1 2 0 4 0\ncpu0 5 0 0 0\nbtime 1700000000\nMemTotal:       24689764 kB\n"),
    ("fib-trie", "  |-- 10.0.0.7\n        /32 host LOCAL\n"),
    ("if-inet6", "fe800000000000000000000000000001 02 40 20 80     eth0\n"),
    ("route", "Iface\tDestination\neth0\t000011AC\t00000000\t1\t0\t0\t0\t0000FFFF\t0\n"),
    ("words", "a\0b c\0\0LD_PRELOAD=/opt/x.so\0"),
];

/// The files, as the target reads them.
pub(super) fn seeds() -> Vec<Seed> {
    FILES.iter().map(|(name, text)| Seed::new("procfs", name, *text)).collect()
}
