//! Seeds for bundles of a machine: a small tar, whole and damaged, and a line of each kind.

use super::Seed;

const ANSWERS: &str = "bundle\t1\t3000\t0\t0\n\
    0\t0\tnow\t/\t1795511520000000000\n\
    0\t0\tread\t/etc/hostname\twhole\t0\n\
    0\t0\tread\t/etc/os-release\t!missing\n\
    0\t0\tlist\t/proc\tcut\td1/lself/?%2f%ff\n\
    0\t0\tmeta\t/x\tf\t5\t1\t2\t644\t0\t0\t7\t8\t-\t0\n\
    1\t3\ttarget\t/proc/1/exe\t/usr/bin/x%20(deleted)\n\
    0\t0\tlibrary\t/proc\t=/1/self\n\
    0\t4\trounding\t/proc/7\t3\n\
    asked\t1-6,8-2000\n\
    alive\t42\t0:1,3:0\n";

/// Whole, cut and damaged, and the answers by themselves. The first byte says in which pieces they come.
pub(super) fn seeds() -> Vec<Seed> {
    let mut tar = vec![99];
    for (name, bytes) in [("content/0", "pc-12\n"), ("answers/0.tsv", ANSWERS)] {
        tar.extend(member(name, bytes.as_bytes()));
    }
    tar.extend([0; 1024]);
    let mut damaged = tar.clone();
    damaged[1 + 1024] = b'x';
    vec![
        Seed::new("bundle", "cut", &tar[..2000]),
        Seed::new("bundle", "damaged", damaged),
        Seed::new("bundle", "tar", tar),
        Seed::new("bundle", "answers", format!("\x07{ANSWERS}")),
    ]
}

/// A member by the letter of POSIX's ustar.
fn member(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut block = vec![0; 512];
    let mut put = |at: usize, text: &str| block[at..at + text.len()].copy_from_slice(text.as_bytes());
    put(0, name);
    put(124, &format!("{:011o}", bytes.len()));
    put(148, "        0");
    put(257, "ustar");
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    block[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    block.extend_from_slice(bytes);
    block.resize(block.len().next_multiple_of(512), 0);
    block
}
