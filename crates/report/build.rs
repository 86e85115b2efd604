//! Lists the files of words in `messages/en` and `messages/zh`, so that a new topic is a new file and nothing else.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let mut table = String::new();
    for (language, name) in [("en", "EN"), ("zh", "ZH")] {
        let folder = Path::new(&root).join("messages").join(language);
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut files: Vec<_> =
            fs::read_dir(&folder)?.filter_map(Result::ok).map(|entry| entry.path()).collect();
        files.retain(|path| path.extension().is_some_and(|extension| extension == "ftl"));
        files.sort();
        let mut lines = String::new();
        for path in &files {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            writeln!(lines, "    ({stem:?}, include_str!({:?})),", path.display().to_string())
                .map_err(io::Error::other)?;
        }
        writeln!(table, "static {name}: &[(&str, &str)] = &[\n{lines}];").map_err(io::Error::other)?;
    }
    fs::write(Path::new(&out).join("messages.rs"), table)
}
