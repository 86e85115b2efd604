//! Names of mining algorithms in the field's usual spelling (that of xmrig and of pools' own lists).

use super::difficulty::Unit;

/// Hashes per unit of difficulty, by algorithm, in the dialects that state a difficulty.
///
/// Source: JayDDee/cpuminer-opt `algo/*-gate.c` (`opt_target_factor`: 65536, 256, 128, else 1),
/// tpruvot/ccminer `ccminer.cpp`; GhostRider: xmrig `EthStratumClient.cpp` multiplies by 65536.
const UNITS: &[(&str, Unit)] = &[
    ("sha256d", Unit::Bitcoin),
    ("scrypt", Unit::PowerOfTwo(16)),
    ("neoscrypt", Unit::PowerOfTwo(16)),
    ("yespower", Unit::PowerOfTwo(16)),
    ("yescrypt", Unit::PowerOfTwo(16)),
    ("argon2d", Unit::PowerOfTwo(16)),
    ("m7m", Unit::PowerOfTwo(16)),
    ("ghostrider", Unit::PowerOfTwo(16)),
    ("keccakc", Unit::PowerOfTwo(24)),
    ("lbry", Unit::PowerOfTwo(24)),
    ("lyra2v2", Unit::PowerOfTwo(24)),
    ("lyra2rev2", Unit::PowerOfTwo(24)),
    ("lyra2v3", Unit::PowerOfTwo(24)),
    ("lyra2z", Unit::PowerOfTwo(24)),
    ("allium", Unit::PowerOfTwo(24)),
    ("x16r", Unit::PowerOfTwo(24)),
    ("xevan", Unit::PowerOfTwo(24)),
    ("verthash", Unit::PowerOfTwo(24)),
    ("timetravel", Unit::PowerOfTwo(24)),
    ("groestl", Unit::PowerOfTwo(24)),
    ("keccak", Unit::PowerOfTwo(25)),
    ("lyra2re", Unit::PowerOfTwo(25)),
];

/// Other spellings of the same algorithm (xmrig `src/base/crypto/Algorithm.cpp`; pools' names).
const SPELLINGS: &[(&str, &str)] = &[
    ("sha256", "sha256d"),
    ("sha-256", "sha256d"),
    ("sha-256d", "sha256d"),
    ("randomx", "rx/0"),
    ("randomx/0", "rx/0"),
    ("rx", "rx/0"),
    ("randomx/test", "rx/0"),
    ("randomwow", "rx/wow"),
    ("randomx/wow", "rx/wow"),
    ("randomarq", "rx/arq"),
    ("randomx/arq", "rx/arq"),
    ("cryptonight", "cn"),
    ("cryptonight/0", "cn/0"),
    ("cryptonight/1", "cn/1"),
    ("cryptonight/2", "cn/2"),
    ("cryptonight/r", "cn/r"),
    ("cryptonight_r", "cn/r"),
    ("cryptonight-monerov7", "cn/1"),
    ("cryptonight-lite", "cn-lite"),
    ("cryptonight-heavy", "cn-heavy"),
    ("kawpow/rvn", "kawpow"),
    ("gr", "ghostrider"),
    ("ghostrider/rtm", "ghostrider"),
    ("dagger-hashimoto", "ethash"),
    ("daggerhashimoto", "ethash"),
    ("equihash", "equihash 200,9"),
];

/// The usual spelling of a name that a job, a pool or a login gave; `None` if it cannot be a name.
#[must_use]
pub fn usual(name: &str) -> Option<String> {
    let name = name.trim();
    if name.len() < 2
        || name.len() > 32
        || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/_-.,+".contains(&byte))
    {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    let usual = SPELLINGS.iter().find(|(other, _)| *other == lower).map(|(_, usual)| *usual);
    Some(usual.map_or(lower, str::to_owned))
}

/// Whether only mining software writes this name into a list of algorithms (`rx/0`, `cn/r`, `kawpow` …).
#[must_use]
pub fn is_minings_own(name: &str) -> bool {
    const FAMILIES: [&str; 12] = [
        "rx/",
        "cn/",
        "cn-lite/",
        "cn-heavy/",
        "cn-pico",
        "argon2/",
        "kawpow",
        "ghostrider",
        "panthera",
        "c29",
        "autolykos",
        "randomx",
    ];
    let lower = name.trim().to_ascii_lowercase();
    FAMILIES.iter().any(|family| lower.starts_with(family))
}

/// What one unit of stated difficulty costs with this algorithm; `None` when not known.
#[must_use]
pub fn unit(algorithm: &str) -> Option<Unit> {
    UNITS.iter().find(|(name, _)| *name == algorithm).map(|(_, unit)| *unit).or_else(|| {
        // Variants of one construction share its factor: yespowerR16, yescryptR32, argon2d4096.
        ["yespower", "yescrypt", "argon2d"]
            .iter()
            .any(|family| algorithm.starts_with(family))
            .then_some(Unit::PowerOfTwo(16))
    })
}

/// `equihash n,k` for a pair of parameters.
#[must_use]
pub fn equihash(n: u16, k: u8) -> String {
    format!("equihash {n},{k}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    #[test]
    fn names_are_spelled_one_way() {
        assert_eq!(usual("RandomX").unwrap(), "rx/0");
        assert_eq!(usual("rx/0").unwrap(), "rx/0");
        assert_eq!(usual("SHA256").unwrap(), "sha256d");
        assert_eq!(usual("KawPow").unwrap(), "kawpow");
        assert_eq!(usual("a name\u{1b}[31m"), None, "no control characters");
        assert_eq!(unit("yespowerR16"), Some(Unit::PowerOfTwo(16)));
        assert_eq!(unit("x11"), None);
        assert!(is_minings_own("cn/r") && !is_minings_own("argon2d") && !is_minings_own("sha256"));
    }
}
