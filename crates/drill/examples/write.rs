//! Writes scenarios as pcapng with their labels and counts: `write DIRECTORY SEED [ID]...` (all when none is named).

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
    let mut counts = "path\thost\tpool\tlogin\tjobs\taccepted\trejected\tunanswered\n".to_owned();
    for scenario in
        drill::SCENARIOS.iter().filter(|s| wanted.is_empty() || wanted.iter().any(|id| id == s.id))
    {
        let scene = (scenario.build)(seed);
        let name = format!("{}.pcapng", scenario.id);
        let mut bytes = Vec::new();
        scene.write_pcapng(&mut bytes, drill::ByteOrder::Little)?;
        fs::write(Path::new(directory).join(&name), bytes)?;
        labels.push_str(&scene.truth_rows(&name));
        for host in &scene.truth.hosts {
            for facts in &host.sessions {
                let address = host.addresses.first().map(ToString::to_string).unwrap_or_default();
                let (pool, login) =
                    (facts.pool.as_deref().unwrap_or(""), facts.login.as_deref().unwrap_or(""));
                counts.push_str(&format!(
                    "{name}\t{address}\t{pool}\t{login}\t{}\t{}\t{}\t{}\n",
                    facts.jobs, facts.shares_accepted, facts.shares_rejected, facts.shares_unanswered
                ));
            }
        }
    }
    fs::write(Path::new(directory).join("COUNTS.tsv"), counts)?;
    fs::write(Path::new(directory).join("LABELS.tsv"), labels)
}
