//! What the commands of a Unix system print about itself, as people paste it: `ps`, `top`, `ss`, `netstat`, `lsof`,
//! `crontab -l`, `systemctl`, `last`; several of them one behind the other, with or without the prompt.
//!
//! Each table is read by its own head, so that columns may be left out or come in another order.

mod crontab;
mod lists;
mod sockets;
mod table;

use std::net::SocketAddr;

pub use crontab::Entry;
pub use sockets::Socket;
pub use table::Listed;

/// What one line is.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    /// A process.
    Process(Listed),
    /// A connection or a listening socket.
    Socket(Socket),
    /// An entry of a crontab.
    Entry(Entry),
    /// A unit of systemd: its name, whether it runs, and what it says of itself.
    Unit {
        /// `nginx.service`
        name: String,
        /// `running`, `exited`, `dead` …
        sub: String,
        /// Its description.
        description: String,
    },
    /// A login that `last` lists.
    Login,
    /// A prompt that names the machine.
    Prompt(String),
    /// A head, a title, a comment, or a row about something else.
    Familiar,
    /// A line that does not fit the table it stands in.
    Unread,
}

/// Which table is being read.
#[derive(Debug, Clone, Default)]
enum Table {
    /// None yet.
    #[default]
    Nothing,
    Processes(table::Columns),
    OpenFiles,
    Sockets(sockets::Columns),
    /// Sockets of the machine's own processes among themselves.
    Local,
    Units,
    Logins,
    Crontab(crontab::Style),
    /// Rows of `top` without its head.
    Headless,
}

/// Reads line after line.
#[derive(Debug, Clone, Default)]
pub struct Pasted {
    table: Table,
}

impl Pasted {
    /// The reader for a text that begins so; `None` if it is none of these.
    #[must_use]
    pub fn of(head: &str) -> Option<Pasted> {
        let lines = || head.lines().filter(|line| !line.trim().is_empty());
        let mut pasted = Pasted::default();
        let (mut rows, mut unread, mut before) = (0_u32, 0_u32, 0_u32);
        for line in lines().take(400) {
            let in_table = !matches!(pasted.table, Table::Nothing);
            match pasted.line(line) {
                Row::Process(_) | Row::Socket(_) | Row::Unit { .. } => rows += 1,
                Row::Familiar if in_table => rows += 1,
                Row::Unread if in_table => unread += 1,
                Row::Unread => before += 1,
                _ => {}
            }
        }
        // A few words may stand before the first table; a page with a table in it quotes.
        if rows > 0 && unread <= rows / 4 && before <= 3 {
            return Some(Pasted::default());
        }
        let all = |fits: &dyn Fn(&str) -> bool| lines().next().is_some() && lines().all(fits);
        if all(&|line| table::headless(line).is_some()) {
            return Some(Pasted { table: Table::Headless });
        }
        if let Some(style) = crontab::Style::of(head) {
            return Some(Pasted { table: Table::Crontab(style) });
        }
        lists::is_last(head).then_some(Pasted { table: Table::Logins })
    }

    /// Whether this is a crontab and nothing else.
    #[must_use]
    pub const fn is_crontab(&self) -> bool {
        matches!(self.table, Table::Crontab(_))
    }

    /// Reads the next line.
    pub fn line(&mut self, line: &str) -> Row {
        if line.trim().is_empty() {
            return Row::Familiar;
        }
        if !self.is_crontab()
            && let Some(table) = head(line)
        {
            self.table = table;
            return Row::Familiar;
        }
        if !matches!(self.table, Table::Crontab(_)) {
            if let Some(name) = lists::prompt(line) {
                return Row::Prompt(name.to_owned());
            }
            if table::is_title(line) || sockets::is_title(line) {
                return Row::Familiar;
            }
        }
        match &self.table {
            Table::Nothing => Row::Unread,
            Table::Processes(columns) => columns.row(line).map_or(Row::Unread, Row::Process),
            Table::OpenFiles => sockets::open_file(line),
            Table::Sockets(columns) => columns.row(line),
            Table::Local => Row::Familiar,
            Table::Units => lists::unit(line),
            Table::Logins => lists::login(line),
            Table::Crontab(style) => style.row(line),
            Table::Headless => table::headless(line).map_or(Row::Unread, Row::Process),
        }
    }
}

/// The table that begins with this head.
fn head(line: &str) -> Option<Table> {
    let words: Vec<&str> = line.split_whitespace().take(64).collect();
    if let Some(columns) = table::Columns::of(&words) {
        return Some(Table::Processes(columns));
    }
    if let Some(columns) = sockets::Columns::of(&words) {
        return Some(Table::Sockets(columns));
    }
    match words.as_slice() {
        ["COMMAND", "PID", rest @ ..] if rest.contains(&"USER") && rest.contains(&"FD") => {
            Some(Table::OpenFiles)
        }
        ["Proto", "RefCnt", ..] | ["Address", "Type", "Recv-Q", ..] => Some(Table::Local),
        ["UNIT", "LOAD", "ACTIVE", "SUB", ..] => Some(Table::Units),
        _ => None,
    }
}

/// Exercises this folder with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut pasted = Pasted::of(&text).unwrap_or_default();
    for line in text.lines() {
        if let Row::Process(listed) = pasted.line(line) {
            assert!(!listed.name.is_empty(), "a process has a name");
        }
    }
}

/// An end of a connection that is no wildcard.
fn is_real(end: Option<SocketAddr>) -> bool {
    end.is_some_and(|end| !end.ip().is_unspecified() && end.port() != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Row> {
        let mut pasted = Pasted::of(text).unwrap_or_else(|| panic!("not recognised: {text}"));
        text.lines().map(|line| pasted.line(line)).filter(|row| *row != Row::Familiar).collect()
    }

    #[test]
    fn several_commands_in_one_paste() {
        let text = "root@web-3:~# ps aux\n\
            USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND\n\
            root 42 99.5 1.0 10 20 ? Sl Oct25 1-00:00:01 ./x -o pool.example:3333\n\
            root@web-3:~# netstat -tnp\n\
            Active Internet connections (w/o servers)\n\
            Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name\n\
            tcp 0 0 10.0.0.7:40000 198.51.100.9:3333 ESTABLISHED 42/./x\n";
        let rows = rows(text);
        assert_eq!(rows.len(), 4, "{rows:?}");
        assert_eq!(rows[0], Row::Prompt("web-3".to_owned()));
        assert!(matches!(&rows[1], Row::Process(one) if one.pid == Some(42) && one.seconds == Some(86_401)));
        assert!(
            matches!(&rows[3], Row::Socket(one) if one.pid == Some(42) && one.name.as_deref() == Some("x"))
        );
    }

    #[test]
    fn what_is_no_listing() {
        for text in [
            "",
            "Dear all,\nthe PID of the COMMAND\nis 42.\n",
            "a story\nof many\nlines\nbefore\nUSER PID COMMAND\nroot 1 init\n",
            "name,pid,command\nx,1,y\n",
            "5 4 3 2 1 go\n",
        ] {
            assert!(Pasted::of(text).is_none(), "{text}");
        }
    }
}
