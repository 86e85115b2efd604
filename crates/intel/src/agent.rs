//! Which program an agent string announces.

use crate::data::{File, rows};

/// Characters of an agent string that are looked at; the longest pattern has fewer.
const LOOKED_AT: usize = 48;

/// What kind of program announces itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AgentKind {
    /// A program that mines.
    Miner,
    /// A program or service that mines through others: a proxy, a seller of hash rate.
    Proxy,
    /// A node, or a program that talks to one: no mining program.
    Node,
}

/// A program known by the agent string it sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agent {
    /// The program's usual name: `XMRig`.
    pub program: &'static str,
    /// What it is.
    pub kind: AgentKind,
    /// Where the pattern is from.
    pub source: &'static str,
    /// When that was, `2026-11-24`.
    pub date: &'static str,
}

/// The patterns, sorted: lower case, each the beginning of agent strings.
#[derive(Default)]
pub(crate) struct Agents(Vec<(&'static str, Agent)>);

impl Agents {
    pub(crate) fn builtin() -> Self {
        let known = rows(File::Agents).filter_map(|row| {
            let &[pattern, program, kind, source, date] = row.as_slice() else { return None };
            let kind = match kind {
                "miner" => AgentKind::Miner,
                "proxy" => AgentKind::Proxy,
                _ => AgentKind::Node,
            };
            Some((pattern, Agent { program, kind, source, date }))
        });
        Self(known.collect())
    }

    /// The longest pattern that the agent string begins with. After it a letter may not follow: `cgminer/4`,
    /// `cgminer 3.7.2` and `cgminer4` are cgminer, `cgminers` is not, and neither is a browser's string
    /// that holds the word further on.
    pub(crate) fn find(&self, agent: &str) -> Option<Agent> {
        self.begins(agent).map(|(agent, _)| agent)
    }

    /// The same where the program's own form follows: nothing, or a version behind `/`, a space, `-` or `_`. What goes
    /// on in other words is another program that shares the first: `T-Rex Game/1.0`, `Rigel Weather/3`.
    pub(crate) fn find_itself(&self, agent: &str) -> Option<Agent> {
        let (found, length) = self.begins(agent)?;
        is_version(agent.trim_start().as_bytes().get(length..)?).then_some(found)
    }

    /// The agent and the length of its pattern.
    fn begins(&self, agent: &str) -> Option<(Agent, usize)> {
        let agent = agent.trim_start();
        let mut lower: Vec<u8> = agent.bytes().take(LOOKED_AT).collect();
        lower.make_ascii_lowercase();
        for length in (2..=lower.len()).rev() {
            let (head, tail) = lower.split_at_checked(length)?;
            if let Ok(at) = self.0.binary_search_by(|(pattern, _)| pattern.as_bytes().cmp(head)) {
                let open = head.last().is_some_and(u8::is_ascii_alphanumeric);
                if !(open && tail.first().is_some_and(u8::is_ascii_alphabetic)) {
                    return self.0.get(at).map(|(_, agent)| (*agent, length));
                }
            }
        }
        None
    }
}

/// Whether what follows a name is nothing or a version: `/6.21.0 (Linux)`, ` 3.7.2`, `-3.8.8`, `/v2`.
fn is_version(rest: &[u8]) -> bool {
    let [separator, version @ ..] = rest else { return true };
    let digits = version.strip_prefix(b"v").unwrap_or(version);
    b"/ -_".contains(separator) && digits.first().is_some_and(u8::is_ascii_digit)
}
