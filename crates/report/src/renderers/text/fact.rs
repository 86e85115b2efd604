//! A named fact as people read it: its label in their language, its value safe and with a unit.

use super::sheet::Sheet;
use crate::escape;
use crate::renderers::hashrate_unit;
use crate::words::grouped;
use model::{Facts, Value};

/// `worker rig1`, `shares accepted 214`, `hashrate 1.91 kH/s (1.50–2.40)`. `None` where another fact says it.
pub(super) fn fact(name: &str, value: &Value, all: &Facts, sheet: &Sheet<'_>) -> Option<String> {
    // A fact that is new to the words keeps its name of the JSON.
    let label = label(name).map_or_else(|| name.replace('_', " "), |id| sheet.words.term(id));
    let value = match (name, value) {
        ("hashrate", Value::Number(rate)) => rate_between(*rate, all),
        ("hashrate_low" | "hashrate_high" | "hashrate_unit", _) if all.value("hashrate").is_some() => {
            return None;
        }
        ("hashrate_unit", _) => return None,
        ("hashrate_low" | "hashrate_high", Value::Number(rate)) => {
            let (scaled, prefix) = scaled(*rate);
            format!("{scaled} {prefix}{}", hashrate_unit(all))
        }
        ("hashrate_claimed", Value::Count(rate)) => {
            let (scaled, prefix) = scaled(*rate as f64);
            format!("{scaled} {prefix}{}", hashrate_unit(all))
        }
        (_, Value::Text(text)) if word(name, text).is_some() => {
            word(name, text).map_or_else(String::new, |id| sheet.words.term(id))
        }
        _ => show(value, sheet),
    };
    Some(format!("{label} {value}"))
}

/// `1.28 (1.12–1.45) kH/s`: the estimate with its 95 % interval, all with the estimate's prefix.
fn rate_between(rate: f64, all: &Facts) -> String {
    let (shown, prefix) = scaled(rate);
    let unit = hashrate_unit(all);
    let (Some(Value::Number(low)), Some(Value::Number(high))) =
        (all.value("hashrate_low"), all.value("hashrate_high"))
    else {
        return format!("{shown} {prefix}{unit}");
    };
    let size = size_of(prefix);
    format!("{shown} ({}–{}) {prefix}{unit}", three_digits(low / size), three_digits(high / size))
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

const PREFIXES: [(f64, &str); 6] =
    [(1e18, "E"), (1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")];

/// `1.91` and `k`: three digits and a decimal prefix.
fn scaled(rate: f64) -> (String, &'static str) {
    let prefix = PREFIXES.iter().find(|(size, _)| rate >= *size).map_or("", |(_, prefix)| prefix);
    (three_digits(rate / size_of(prefix)), prefix)
}

fn size_of(prefix: &str) -> f64 {
    PREFIXES.iter().find(|(_, known)| *known == prefix).map_or(1.0, |(size, _)| *size)
}

fn three_digits(scaled: f64) -> String {
    let decimals = match scaled {
        _ if scaled >= 100.0 => 0,
        _ if scaled >= 10.0 => 1,
        _ => 2,
    };
    format!("{scaled:.decimals$}")
}

/// The words for values of ours that are words themselves.
fn word(name: &str, value: &str) -> Option<&'static str> {
    Some(match (name, value) {
        ("wallet_check", "checksum") => "report-value-checksum",
        ("wallet_check", "form") => "report-value-form",
        ("coin_from", "wallet") => "report-value-wallet",
        ("coin_from", "pool") => "report-value-pool",
        ("coin_from", "network-difficulty") => "report-value-network-difficulty",
        ("confidence", "high") => "report-value-high",
        ("confidence", "low") => "report-value-low",
        ("confidence", "medium") => "report-value-medium",
        ("asks", "nothing") => "report-value-nothing",
        ("asks", "varies") => "report-value-varies",
        ("asks" | "proved_by", "key") => "report-value-key",
        ("asks" | "proved_by", "password") => "report-value-password",
        ("proved_by", "other") => "report-value-other",
        _ => return None,
    })
}

fn label(name: &str) -> Option<&'static str> {
    Some(match name {
        "agent" => "fact-agent",
        "algorithm" => "fact-algorithm",
        "answered" => "fact-answered",
        "asked" => "fact-asked",
        "asks" => "fact-asks",
        "attempts" => "fact-attempts",
        "block_lengths" => "fact-block-lengths",
        "busiest" => "fact-busiest",
        "busiest_before" => "fact-busiest-before",
        "cache_kib" => "fact-cache-kib",
        "chain" => "fact-chain",
        "chain_of" => "fact-chain-of",
        "client_address" => "fact-client-address",
        "clients" => "fact-clients",
        "coin" => "fact-coin",
        "coin_from" => "fact-coin-from",
        "coin_offered" => "fact-coin-offered",
        "command" => "fact-command",
        "confidence" => "fact-confidence",
        "connected" => "fact-connected",
        "connection" => "fact-connection",
        "connections" => "fact-connections",
        "container" => "fact-container",
        "content_type" => "fact-content-type",
        "cpu_percent" => "fact-cpu-percent",
        "cpu_seconds" => "fact-cpu-seconds",
        "danger" => "fact-danger",
        "dataset_kib" => "fact-dataset-kib",
        "difficulty" => "fact-difficulty",
        "does" => "fact-does",
        "donation_of" => "fact-donation-of",
        "empty" => "fact-empty",
        "entered" => "fact-entered",
        "executable_kib" => "fact-executable-kib",
        "failed" => "fact-failed",
        "failed_before" => "fact-failed-before",
        "family" => "fact-family",
        "from" => "fact-from",
        "hashrate" => "fact-hashrate",
        "hashrate_claimed" => "fact-hashrate-claimed",
        "hashrate_high" => "fact-hashrate-high",
        "hashrate_low" => "fact-hashrate-low",
        "holds" => "fact-holds",
        "host" => "fact-host",
        "huge_kib" => "fact-huge-kib",
        "huge_pages" => "fact-huge-pages",
        "incomplete" => "fact-incomplete",
        "last_entered" => "fact-last-entered",
        "library" => "fact-library",
        "listed_as" => "fact-listed-as",
        "login" => "fact-login",
        "logins" => "fact-logins",
        "look_ups" => "fact-look-ups",
        "member" => "fact-member",
        "minutes_before" => "fact-minutes-before",
        "minutes_between" => "fact-minutes-between",
        "name" => "fact-name",
        "names_tried" => "fact-names-tried",
        "node_agent" => "fact-node-agent",
        "nonce_split" => "fact-nonce-split",
        "oddity" => "fact-oddity",
        "options" => "fact-options",
        "orders_in" => "fact-orders-in",
        "others" => "fact-others",
        "page" => "fact-page",
        "peer_protocol" => "fact-peer-protocol",
        "peers" => "fact-peers",
        "pid" => "fact-pid",
        "pool" => "fact-pool",
        "pool_name" => "fact-pool-name",
        "pools" => "fact-pools",
        "port" => "fact-port",
        "ports" => "fact-ports",
        "program" => "fact-program",
        "protocol" => "fact-protocol",
        "proved_by" => "fact-proved-by",
        "rank" => "fact-rank",
        "reached_by" => "fact-reached-by",
        "recorded_in" => "fact-recorded-in",
        "redirect" => "fact-redirect",
        "refusal" => "fact-refusal",
        "refused" => "fact-refused",
        "root_by_password" => "fact-root-by-password",
        "rounding" => "fact-rounding",
        "scratchpads" => "fact-scratchpads",
        "seems_to_have_succeeded" => "fact-seems-to-have-succeeded",
        "server" => "fact-server",
        "service" => "fact-service",
        "sessions" => "fact-sessions",
        "set_in" => "fact-set-in",
        "setting" => "fact-setting",
        "sha256" => "fact-sha256",
        "share_lengths" => "fact-share-lengths",
        "shares_accepted" => "fact-shares-accepted",
        "shares_rejected" => "fact-shares-rejected",
        "shares_sent" => "fact-shares-sent",
        "size" => "fact-size",
        "some_targets" => "fact-some-targets",
        "sources" => "fact-sources",
        "started_by" => "fact-started-by",
        "starts" => "fact-starts",
        "success_at" => "fact-success-at",
        "success_bytes" => "fact-success-bytes",
        "success_from" => "fact-success-from",
        "success_secs" => "fact-success-secs",
        "targets" => "fact-targets",
        "threads_bound" => "fact-threads-bound",
        "threads_busy" => "fact-threads-busy",
        "typed" => "fact-typed",
        "unanswered" => "fact-unanswered",
        "upstream" => "fact-upstream",
        "url" => "fact-url",
        "user" => "fact-user",
        "usual" => "fact-usual",
        "via" => "fact-via",
        "wallet" => "fact-wallet",
        "wallet_check" => "fact-wallet-check",
        "wallet_coin" => "fact-wallet-coin",
        "when" => "fact-when",
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
        for (rate, shown, prefix) in
            [(0.5, "0.50", ""), (1_910.0, "1.91", "k"), (29_800_000.0, "29.8", "M"), (104.6e12, "105", "T")]
        {
            assert_eq!(scaled(rate), (shown.to_owned(), prefix));
        }
    }

    /// One value with its interval and what it counts: hashes, or with Equihash solutions.
    #[test]
    fn a_hashrate_stands_with_its_interval() {
        let mut facts = Facts::default();
        facts.set("hashrate", Value::Number(1_280.0));
        facts.set("hashrate_low", Value::Number(952.0));
        facts.set("hashrate_high", Value::Number(1_650.0));
        assert_eq!(rate_between(1_280.0, &facts), "1.28 (0.95–1.65) kH/s");
        facts.text("protocol", Some("stratum-zcash"));
        assert_eq!(rate_between(1_280.0, &facts), "1.28 (0.95–1.65) kSol/s");
    }
}
