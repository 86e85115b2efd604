//! Tries what a confined process must not do, and says what became of each attempt, one line each.
//!
//! `confined free|confined READABLE OTHER PORT`: of the two files only the first may be read; somebody listens on
//! the port of this machine. `main.rs` runs it and reads the lines.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read as _, Result};
use std::net::{Ipv4Addr, TcpStream, UdpSocket};
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::{env, thread};

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let [how, readable, other, port] = words.as_slice() else { return ExitCode::from(2) };
    let attempts =
        Attempts { readable: readable.into(), other: other.into(), port: port.parse().unwrap_or_default() };
    let before = File::open(&attempts.other);
    let in_force = if how == "confined" {
        sys::confine(&sys::Kept::Paths(vec![attempts.readable.clone()]))
    } else {
        sys::Confined::default()
    };
    println!("in force: {in_force}");
    attempts.all("");
    say("", "file opened before", before.and_then(|mut file| file.read(&mut [0; 1])));
    // A thread that begins later is no way out.
    match thread::spawn(move || attempts.all("thread ")).join() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(2),
    }
}

struct Attempts {
    readable: PathBuf,
    other: PathBuf,
    port: u16,
}

impl Attempts {
    fn all(&self, who: &str) {
        let Attempts { readable, other, port } = self;
        say(who, "named file", fs::read(readable));
        say(who, "other file", fs::read(other));
        say(who, "other folder", fs::read_dir("/"));
        say(who, "append", OpenOptions::new().append(true).open(readable));
        say(who, "new file", File::create(readable.with_extension("new")));
        say(who, "rename", fs::rename(readable, readable));
        say(
            who,
            "mode",
            fs::metadata(readable).and_then(|is| fs::set_permissions(readable, is.permissions())),
        );
        say(who, "tcp", TcpStream::connect((Ipv4Addr::LOCALHOST, *port)));
        say(who, "udp", UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)));
        say(who, "program", env::current_exe().and_then(|own| Command::new(own).status()));
    }
}

fn say<T>(who: &str, what: &str, done: Result<T>) {
    let became = match done {
        Ok(_) => "done".to_owned(),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => "refused".to_owned(),
        Err(error) => error.to_string(),
    };
    println!("{who}{what}: {became}");
}
