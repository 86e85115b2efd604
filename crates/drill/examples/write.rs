//! Writes scenarios as pcapng with their labels: `write DIRECTORY SEED [ID]...` (all when none is named).

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [directory, seed, wanted @ ..] = arguments.as_slice() else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "usage: write DIRECTORY SEED [ID]..."));
    };
    let seed = seed.parse().map_err(io::Error::other)?;
    fs::create_dir_all(directory)?;
    let mut labels = drill::TRUTH_HEADER.to_owned();
    for scenario in
        drill::SCENARIOS.iter().filter(|s| wanted.is_empty() || wanted.iter().any(|id| id == s.id))
    {
        let scene = (scenario.build)(seed);
        let name = format!("{}.pcapng", scenario.id);
        let mut bytes = Vec::new();
        scene.write_pcapng(&mut bytes, drill::ByteOrder::Little)?;
        fs::write(Path::new(directory).join(&name), bytes)?;
        labels.push_str(&scene.truth_rows(&name));
    }
    fs::write(Path::new(directory).join("LABELS.tsv"), labels)
}
