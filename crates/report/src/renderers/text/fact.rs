//! A named fact as people read it: its label in their language, its value safe and with a unit.

use super::sheet::Sheet;
use crate::escape;
use crate::words::grouped;
use model::Value;

/// `worker rig1`, `shares accepted 214`, `hashrate 1.91 kH/s`.
pub(super) fn fact(name: &str, value: &Value, sheet: &Sheet<'_>) -> String {
    // A fact that is new to the words keeps its name of the JSON.
    let label = label(name).map_or_else(|| name.replace('_', " "), |id| sheet.words.term(id));
    match (name, value) {
        ("hashrate" | "hashrate_low" | "hashrate_high", Value::Number(rate)) => {
            format!("{label} {}", hashrate(*rate))
        }
        (_, Value::Text(text)) if word(name, text).is_some() => {
            format!("{label} {}", word(name, text).map_or_else(String::new, |id| sheet.words.term(id)))
        }
        _ => format!("{label} {}", show(value, sheet)),
    }
}

fn show(value: &Value, sheet: &Sheet<'_>) -> String {
    match value {
        Value::Text(text) => escape::text(text, escape::VALUE_CHARS),
        Value::Count(count) => grouped(*count),
        Value::Number(number) => number.to_string(),
        Value::Flag(true) => sheet.words.term("report-yes"),
        Value::Flag(false) => sheet.words.term("report-no"),
    }
}

/// `1.91 kH/s`: three digits and a decimal prefix.
fn hashrate(rate: f64) -> String {
    const PREFIXES: [(f64, &str); 6] =
        [(1e18, "E"), (1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")];
    let large = PREFIXES.iter().find(|(size, _)| rate >= *size);
    let (scaled, prefix) = large.map_or((rate, ""), |(size, prefix)| (rate / size, *prefix));
    let decimals = match scaled {
        _ if scaled >= 100.0 => 0,
        _ if scaled >= 10.0 => 1,
        _ => 2,
    };
    format!("{scaled:.decimals$} {prefix}H/s")
}

/// The words for values of ours that are words themselves.
fn word(name: &str, value: &str) -> Option<&'static str> {
    Some(match (name, value) {
        ("wallet_check", "checksum") => "report-value-checksum",
        ("wallet_check", "form") => "report-value-form",
        ("coin_from", "wallet") => "report-value-wallet",
        ("coin_from", "pool") => "report-value-pool",
        ("coin_from", "network-difficulty") => "report-value-network-difficulty",
        _ => return None,
    })
}

fn label(name: &str) -> Option<&'static str> {
    Some(match name {
        "agent" => "fact-agent",
        "algorithm" => "fact-algorithm",
        "asked" => "fact-asked",
        "chain" => "fact-chain",
        "client_address" => "fact-client-address",
        "clients" => "fact-clients",
        "coin" => "fact-coin",
        "coin_from" => "fact-coin-from",
        "coin_offered" => "fact-coin-offered",
        "connected" => "fact-connected",
        "connections" => "fact-connections",
        "content_type" => "fact-content-type",
        "difficulty" => "fact-difficulty",
        "family" => "fact-family",
        "hashrate" => "fact-hashrate",
        "hashrate_claimed" => "fact-hashrate-claimed",
        "hashrate_high" => "fact-hashrate-high",
        "hashrate_low" => "fact-hashrate-low",
        "holds" => "fact-holds",
        "host" => "fact-host",
        "incomplete" => "fact-incomplete",
        "listed_as" => "fact-listed-as",
        "login" => "fact-login",
        "look_ups" => "fact-look-ups",
        "member" => "fact-member",
        "name" => "fact-name",
        "node_agent" => "fact-node-agent",
        "nonce_split" => "fact-nonce-split",
        "options" => "fact-options",
        "page" => "fact-page",
        "peer_protocol" => "fact-peer-protocol",
        "peers" => "fact-peers",
        "pool" => "fact-pool",
        "pool_name" => "fact-pool-name",
        "pools" => "fact-pools",
        "protocol" => "fact-protocol",
        "redirect" => "fact-redirect",
        "refusal" => "fact-refusal",
        "server" => "fact-server",
        "sessions" => "fact-sessions",
        "sha256" => "fact-sha256",
        "shares_accepted" => "fact-shares-accepted",
        "shares_rejected" => "fact-shares-rejected",
        "shares_sent" => "fact-shares-sent",
        "size" => "fact-size",
        "starts" => "fact-starts",
        "upstream" => "fact-upstream",
        "url" => "fact-url",
        "via" => "fact-via",
        "wallet" => "fact-wallet",
        "wallet_check" => "fact-wallet-check",
        "wallet_coin" => "fact-wallet-coin",
        "work_answered" => "fact-work-answered",
        "work_polled" => "fact-work-polled",
        "work_returned" => "fact-work-returned",
        "worker" => "fact-worker",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three digits are more than the estimate is worth, and enough to compare.
    #[test]
    fn hashrates_have_three_digits_and_a_prefix() {
        assert_eq!(hashrate(0.5), "0.50 H/s");
        assert_eq!(hashrate(1_910.0), "1.91 kH/s");
        assert_eq!(hashrate(29_800_000.0), "29.8 MH/s");
        assert_eq!(hashrate(104.6e12), "105 TH/s");
    }
}
