//! Seeds for mining dialogues: one or two lines of each dialect, requests and answers, and awkward JSON.

use super::Seed;

const LINES: &[(&str, &str)] = &[
    (
        "bitcoin-client",
        "{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"cgminer/4.12\", null, \"pool.example\", 3333]}\n\
         {\"params\":[\"account.rig1\",\"x\"],\"id\":2,\"method\":\"mining.authorize\"}\n\
         {\"id\":4,\"method\":\"mining.submit\",\"params\":[\"w\",\"4f\",\"00000000\",\"65000000\",\"b2957c02\"]}\n",
    ),
    (
        "bitcoin-server",
        "{\"id\":1,\"result\":[[[\"mining.set_difficulty\",\"1\"],[\"mining.notify\",\"1\"]],\"08000002\",4],\"error\":null}\n\
         {\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[8192]}\n\
         {\"id\":null,\"method\":\"mining.notify\",\"params\":[\"4f\",\"00\",\"01\",\"02\",[],\"20000000\",\"1d00ffff\",\"65000000\",true]}\n\
         {\"id\":4,\"result\":null,\"error\":[23,\"low difficulty share\",null]}\n",
    ),
    (
        "configure",
        "{\"id\":3,\"method\":\"mining.configure\",\"params\":[[\"version-rolling\"],{\"version-rolling.mask\":\"1fffe000\"}]}\n\
         {\"id\":null,\"method\":\"client.reconnect\",\"params\":[\"other.example\",3334,5]}\n",
    ),
    (
        "cryptonote-client",
        "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"login\",\"params\":{\"login\":\"rig1\",\"pass\":\"x\",\"agent\":\"XMRig/6.21.0\",\"algo\":[\"rx/0\"]}}\n\
         {\"id\":2,\"jsonrpc\":\"2.0\",\"method\":\"submit\",\"params\":{\"id\":\"a\",\"job_id\":\"b\",\"nonce\":\"00000001\",\"result\":\"ff\"}}\n\
         {\"id\":3,\"jsonrpc\":\"2.0\",\"method\":\"keepalived\",\"params\":{\"id\":\"a\"}}\n",
    ),
    (
        "cryptonote-server",
        "{\"id\":1,\"jsonrpc\":\"2.0\",\"error\":null,\"result\":{\"id\":\"a\",\"job\":{\"blob\":\"1010\",\"job_id\":\"b\",\"target\":\"b88d0600\",\"algo\":\"rx/0\",\"height\":3000000,\"seed_hash\":\"00\"},\"status\":\"OK\"}}\n\
         {\"jsonrpc\":\"2.0\",\"method\":\"job\",\"params\":{\"blob\":\"1010\",\"job_id\":\"c\",\"target\":\"b88d0600\"}}\n\
         {\"id\":2,\"jsonrpc\":\"2.0\",\"error\":null,\"result\":{\"status\":\"OK\"}}\n",
    ),
    (
        "eth-proxy",
        "{\"worker\":\"rig1\",\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"eth_submitLogin\",\"params\":[\"0x00000000000000000000000000000000000000aa\"]}\n\
         {\"id\":5,\"method\":\"eth_getWork\",\"params\":[]}\n\
         {\"id\":5,\"result\":[\"0xaa\",\"0xbb\",\"0xcc\"]}\n\
         {\"id\":4,\"method\":\"eth_submitWork\",\"params\":[\"0x01\",\"0xaa\",\"0xdd\"]}\n",
    ),
    (
        "ethereum-stratum",
        "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"miner/1\",\"EthereumStratum/1.0.0\"]}\n\
         {\"id\":1,\"method\":\"mining.hello\",\"params\":{\"agent\":\"miner/1\",\"host\":\"pool.example\",\"port\":\"e\",\"proto\":\"EthereumStratum/2.0.0\"}}\n\
         {\"method\":\"mining.set\",\"params\":{\"epoch\":\"dc\",\"target\":\"0112e0be826d694b2e62d01511f12a6061fbaec8bc02357593e70e52ba\",\"algo\":\"ethash\",\"extranonce\":\"af4c\"}}\n",
    ),
    (
        "zcash",
        "{\"id\":1,\"result\":[null,\"00000000\"],\"error\":null}\n\
         {\"id\":null,\"method\":\"mining.set_target\",\"params\":[\"0007ffff\"]}\n\
         {\"id\":4,\"method\":\"mining.submit\",\"params\":[\"w\",\"j\",\"65000000\",\"00\",\"fd4005\"]}\n",
    ),
    (
        "polled",
        "{\"method\":\"getblocktemplate\",\"params\":[{\"rules\":[\"segwit\"]}],\"id\":0}\n\
         {\"jsonrpc\":\"2.0\",\"id\":\"0\",\"method\":\"submit_block\",\"params\":[\"0707\"]}\n\
         {\"result\":{\"data\":\"00\",\"target\":\"ff\",\"midstate\":\"00\"},\"error\":null,\"id\":1}\n",
    ),
    (
        "awkward",
        "  {\"\\u006dethod\" : \"mining.\\u0073ubscribe\",\"id\":\"\\ud83d\\ude00\",\"params\":[1e400,-0,[[[[]]]],{\"a\":{\"b\":null}}]}\r\n\
         {\"id\":18446744073709551616,\"method\":\"login\",\"params\":{\"login\":\"\\u0000\\ud800\"}}{\"id\":2}\n\
         {\"method\":\"job\",\"params\":{\"blob\":\"",
    ),
    (
        "no-mining",
        "{\"jsonrpc\":\"2.0\",\"method\":\"eth_call\",\"params\":[{},\"latest\"],\"id\":7}\nPING :irc.example\r\n",
    ),
];

/// The lines, for the target that reads them: its first byte says how many bytes come at once.
pub(super) fn seeds() -> Vec<Seed> {
    let seed = |(name, lines): &(&'static str, &str)| Seed::new("mining", name, format!("@{lines}"));
    let time = 1_514_764_800_u64.to_le_bytes();
    let header = [&[7; 32][..], &[0; 8], &time, &[9; 32]].concat();
    let work = [&[0, 0, 0, 0][..], &[0xff; 28], &header].concat();
    let bytes = [Seed::new("mining", "sia-header", header), Seed::new("mining", "sia-work", work)];
    LINES.iter().map(seed).chain(bytes).collect()
}
