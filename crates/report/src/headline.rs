//! The first two lines about a machine: what it does and how sure that is, and what to do.

use crate::Words;
use crate::gap::GapKind;
use model::{
    Act, At, Case, CaseFinding, Coverage, Finding, FindingKind, Group, Headline, HostVerdict, Level, Message,
    Role, WeightKind,
};

/// `10.1.4.23 (pc-12)`.
pub(crate) fn label(host: &HostVerdict) -> Message {
    let address = host.addresses.first().map(ToString::to_string);
    match (address, host.names.first().cloned()) {
        (Some(address), Some(name)) => {
            Message::new("report-host-named").with("address", address).with("name", name)
        }
        (Some(only), None) | (None, Some(only)) => Message::new("report-host").with("host", only),
        (None, None) => {
            let fallback = host.macs.first().map_or_else(|| host.id.clone(), ToString::to_string);
            Message::new("report-host").with("host", fallback)
        }
    }
}

/// The sentence about a machine, without its verdict.
pub(crate) fn sentence(case: &Case, host: &HostVerdict) -> Message {
    let sentence = spoken_sentence(case, host, &host.headline);
    match attack(case, host) {
        Some(what) if sentence.id != "report-attack" => {
            Message::new("report-and-attack").with("sentence", sentence).with("what", what)
        }
        _ => sentence,
    }
}

/// Whether an attack shows, by the host or on it.
pub(crate) fn is_attack(case: &Case, host: &HostVerdict) -> bool {
    attack(case, host).is_some()
}

/// What the host does to others, or what was done to it: the most telling one.
fn attack(case: &Case, host: &HostVerdict) -> Option<Message> {
    let findings = host.findings.iter().filter_map(|index| case.findings.get(*index));
    let attacks = findings.map(|one| &one.finding).filter(|one| one.kind == FindingKind::Attack);
    // What got in says more than what knocked.
    let got_in = |one: &Finding| one.facts.value("seems_to_have_succeeded").is_some();
    let spreads = |one: &Finding| one.facts.value("chain_of").is_some();
    let best = attacks.reduce(|best, next| {
        let rank = |one: &Finding| (spreads(one), got_in(one), one.count);
        if rank(next) > rank(best) { next } else { best }
    });
    best.map(|one| one.message.clone())
}

fn spoken_sentence(case: &Case, host: &HostVerdict, line: &Headline) -> Message {
    let serves = infrastructure(host);
    let message = match (line.act, serves) {
        (Some(Act::Mines), Some(Role::Proxy)) => mines("report-relays", line),
        (Some(Act::Mines), None) => mines("report-mines", line),
        (Some(Act::Tried), None) => failed("report-tried", line),
        (Some(Act::WasRefused), None) => failed("report-was-refused", line),
        _ => match (attack(case, host), loudest(case, host, serves)) {
            (Some(what), _) if host.level == Level::Clear && serves.is_none() => {
                Message::new("report-attack").with("what", what)
            }
            (_, Some(finding)) => Message::new("report-does").with("what", finding),
            (_, None) if host.coverage == Coverage::Insufficient => Message::new("report-cannot-say"),
            (_, None) => Message::new("report-nothing"),
        },
    };
    message.with("host", label(host))
}

/// The first line: the sentence and the verdict.
pub(crate) fn first_line(case: &Case, host: &HostVerdict) -> Message {
    first_line_of(sentence(case, host), host)
}

/// The first line without what else the host does, without shares, and without its time too: what stands in the
/// details gives way on narrow terminals, so that who and how sure stand beside each other.
pub(crate) fn shorter_lines(case: &Case, host: &HostVerdict) -> [Message; 3] {
    let full = &host.headline;
    let uncounted = Headline { shares_accepted: None, shares_sent: None, further: 0, ..full.clone() };
    let undated = Headline { since: None, ..uncounted.clone() };
    [full.clone(), uncounted, undated].map(|line| first_line_of(spoken_sentence(case, host, &line), host))
}

fn first_line_of(sentence: Message, host: &HostVerdict) -> Message {
    Message::new("report-first-line").with("sentence", sentence).with("verdict", Message::new(verdict(host)))
}

/// The second line, without its arrow: advice, then the next fact. Empty if there is neither.
pub(crate) fn second_line(host: &HostVerdict, words: &Words) -> String {
    let mut parts: Vec<String> = host.advice.iter().map(|advice| words.say(advice)).collect();
    if let Some(next) = &host.next_fact {
        parts.push(words.say(&Message::new("report-next").with("what", next.message.clone())));
    }
    parts.join(&words.term("report-semicolon"))
}

/// The word for the verdict on a machine: of one that the evidence hardly shows nothing can be said.
pub(crate) fn verdict(host: &HostVerdict) -> &'static str {
    match host.level {
        Level::Clear if host.coverage == Coverage::Insufficient => "report-level-cannot-say",
        Level::Clear => "report-level-clear",
        Level::Noted => "report-level-noted",
        Level::Suspicious => "report-level-suspicious",
        Level::Probable => "report-level-probable",
        Level::Confirmed => "report-level-confirmed",
    }
}

/// The word for a role.
pub(crate) const fn role(role: Role) -> &'static str {
    match role {
        Role::Miner => "report-role-miner",
        Role::Proxy => "report-role-proxy",
        Role::Pool => "report-role-pool",
        Role::Node => "report-role-node",
        Role::WebMiner => "report-role-web-miner",
        Role::Scanner => "report-role-scanner",
    }
}

/// The word for what could be seen. Where the evidence is damaged nobody knows whose packets are gone.
pub(crate) fn coverage(case: &Case, coverage: Coverage) -> &'static str {
    match coverage {
        Coverage::Insufficient => "report-coverage-insufficient",
        Coverage::Partial => "report-coverage-partial",
        Coverage::Complete if has_holes(case) => "report-coverage-complete-but",
        Coverage::Complete => "report-coverage-complete",
    }
}

/// The word for a group of facts.
#[must_use]
pub const fn group(group: Group) -> &'static str {
    match group {
        Group::Wire => "report-group-wire",
        Group::Dest => "report-group-dest",
        Group::Web => "report-group-web",
        Group::Intake => "report-group-intake",
        Group::Compute => "report-group-compute",
        Group::Artefact => "report-group-artefact",
        Group::Algo => "report-group-algo",
        Group::Code => "report-group-code",
        Group::Stealth => "report-group-stealth",
        Group::Persist => "report-group-persist",
        Group::Context => "report-group-context",
    }
}

/// The word for what a weight rests on.
#[must_use]
pub const fn kind(kind: WeightKind) -> &'static str {
    match kind {
        WeightKind::Definition => "report-kind-definition",
        WeightKind::Null => "report-kind-null",
        WeightKind::Listed => "report-kind-listed",
        WeightKind::Measured { .. } => "report-kind-measured",
        WeightKind::Simulated { .. } => "report-kind-simulated",
        WeightKind::Assumed => "report-kind-assumed",
    }
}

fn has_holes(case: &Case) -> bool {
    [GapKind::Damage, GapKind::Missing, GapKind::Unread].iter().any(|kind| kind.count(case) > 0)
}

/// The role of a machine that serves others and does not compute itself.
fn infrastructure(host: &HostVerdict) -> Option<Role> {
    if host.roles.iter().any(|role| matches!(role, Role::Miner | Role::WebMiner)) {
        return None;
    }
    host.roles.iter().copied().find(|role| role.is_infrastructure())
}

/// The sentence of the finding that counts most, of those that show the role; context if there is nothing else.
fn loudest(case: &Case, host: &HostVerdict, role: Option<Role>) -> Option<Message> {
    let findings = || host.findings.iter().filter_map(|index| case.findings.get(*index));
    let shows = findings().filter(|finding| role.is_some() && finding.finding.role == role).reduce(more);
    let others = || findings().filter(|finding| finding.finding.kind != FindingKind::Attack);
    shows.or_else(|| others().reduce(more)).map(|best| best.finding.message.clone())
}

fn more<'a>(best: &'a CaseFinding, next: &'a CaseFinding) -> &'a CaseFinding {
    if next.counted > best.counted { next } else { best }
}

/// A machine that works: since when, and with what success.
fn mines(id: &'static str, line: &Headline) -> Message {
    let shares = shares(line);
    let since = line.since.map(|since| Message::new("report-part-since").with("since", since));
    spoken(id, line).with("since", or_nothing(since)).with("shares", or_nothing(shares))
}

/// What may be said of shares: only what was counted, and of none sent not that none was accepted.
fn shares(line: &Headline) -> Option<Message> {
    let counted = |id, count: u64| Message::new(id).with("count", count);
    Some(match (line.shares_sent, line.shares_accepted) {
        (None, None) => return None,
        (Some(sent), Some(0)) if sent > 0 => counted("report-part-shares-in-vain", sent),
        (Some(0), None) | (_, Some(0)) => Message::new("report-part-shares-none"),
        (Some(sent), None) => counted("report-part-shares-sent", sent),
        (_, Some(accepted)) => counted("report-part-shares", accepted),
    })
}

/// A machine that got nowhere: when first.
fn failed(id: &'static str, line: &Headline) -> Message {
    let first = line.since.map(|first| Message::new("report-part-first").with("first", first));
    spoken(id, line).with("first", or_nothing(first))
}

/// A sentence with its optional parts, which each language puts where they belong.
fn spoken(id: &'static str, line: &Headline) -> Message {
    let coin = line.coin.as_deref().map(|coin| Message::new("report-part-coin").with("coin", coin));
    let pool = line.pool.as_deref().map(|pool| Message::new("report-part-pool").with("pool", pool));
    let process = line.process.as_ref().map(|process| {
        Message::new("report-part-process")
            .with("process", process.name.as_str())
            .with("pid", process.pid.to_string())
    });
    Message::new(id)
        .with("process", or_nothing(process))
        .with("coin", or_nothing(coin))
        .with("pool", or_nothing(pool))
        .with("further", or_nothing(further(line.further)))
}

fn or_nothing(part: Option<Message>) -> Message {
    part.unwrap_or_else(|| Message::new("report-part-none"))
}

fn further(count: u64) -> Option<Message> {
    (count > 0).then(|| Message::new("report-part-further").with("count", count))
}

/// A place in a piece of evidence, in words.
pub(crate) fn evidence_place(at: At) -> Message {
    match at {
        At::Packet(number) => Message::new("report-at-packet").with("number", number.to_string()),
        At::Byte(offset) => Message::new("report-at-byte").with("number", offset.to_string()),
        At::Line(number) => Message::new("report-at-line").with("number", number.to_string()),
        At::Process(pid) => Message::new("report-at-process").with("number", pid.to_string()),
        At::Whole => Message::new("report-at-whole"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, sample};

    /// What was not counted is not said, and of nothing sent nothing is said to have been refused.
    #[test]
    fn shares_are_said_as_they_were_counted() {
        let case = sample::case();
        let words = Words::new(Lang::En);
        for (sent, accepted, expected) in [
            (None, None, None),
            (Some(0), Some(0), Some(", no share seen")),
            (None, Some(0), Some(", no share seen")),
            (Some(0), None, Some(", no share seen")),
            (Some(4), None, Some(", 4 shares sent")),
            (Some(4), Some(0), Some(", none of 4 shares accepted")),
            (Some(4), Some(3), Some(", 3 shares accepted")),
        ] {
            let mut line = case.hosts[0].headline.clone();
            (line.shares_sent, line.shares_accepted) = (sent, accepted);
            assert_eq!(
                shares(&line).map(|said| words.say(&said)).as_deref(),
                expected,
                "{sent:?} {accepted:?}"
            );
        }
    }

    /// An attack by a machine that is clear of mining: it is shown, and said in the same breath, in both languages. Of a
    /// machine that mines it is said behind that, and gives way where there is no room.
    #[test]
    fn an_attack_is_said_beside_the_verdict_on_mining() {
        let mut case = sample::case();
        let message = Message::new("connection-surge-opened")
            .with("peers", 300_u64)
            .with("more", "")
            .with("before", 3_u64)
            .with("minutes", 20_u64);
        for host in [0, 2] {
            let mut attack = case.findings[1].clone();
            attack.host = host;
            (attack.finding.kind, attack.finding.weight) = (FindingKind::Attack, None);
            attack.finding.message = message.clone();
            case.hosts[host].findings.push(case.findings.len());
            case.findings.push(attack);
        }
        let narrow = crate::narrow(case.clone(), &crate::Keep::default());
        assert_eq!(narrow.hosts.len(), 3, "the clear machine is shown");
        for (lang, clear, miner) in [
            (
                Lang::En,
                "10.1.4.40: no mining seen, but it tried to reach 300 addresses in one minute; in the 20 minutes \
                 before, never more than 3 in one — clear",
                "214 shares accepted; it also tried to reach 300 addresses",
            ),
            (
                Lang::Zh,
                "10.1.4.40：未见挖矿，但在一分钟内尝试连接 300 个地址",
                "另外在一分钟内尝试连接 300 个地址",
            ),
        ] {
            let words = Words::new(lang);
            let said = |host: usize| words.say(&first_line(&case, &case.hosts[host]));
            assert!(said(2).starts_with(clear), "{}", said(2));
            assert!(said(0).contains(miner), "{}", said(0));
            let shorter = words.say(&shorter_lines(&case, &case.hosts[0])[0]);
            assert!(!shorter.contains("300") && shorter.contains("214"), "{shorter}");
        }
    }
}
