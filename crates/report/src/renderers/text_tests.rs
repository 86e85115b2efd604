//! The words of the contract, from cases built by hand.

use super::*;
use crate::sample::{case, clean, view};
use crate::{Keep, Lang, narrow};
use expect_test::{Expect, expect};

fn check(case: &Case, view: &View, expected: &Expect) {
    expected.assert_eq(&render(case, view));
}

/// Line one answers, line two says what to do: the very words of the contract. The clear machine is only counted.
#[test]
fn the_answer_comes_first() {
    check(
        &narrow(case(), &Keep::default()),
        &view(Lang::En, 100),
        &expect![[r#"
            10.1.4.23 (pc-12) mines XMR at pool.example:3333 since 09:12, 214 shares accepted — confirmed
              → isolate it or block 198.51.100.9; next: a look at the machine itself: what it sends is encrypted
                or hardly in the evidence
            10.1.4.31 looked up the pool name pool.example, 3 times — noted

            no mining seen on the other 28 hosts; what could not be seen: TLS content of 1,204 flows; 3 of 30
              hosts only partly; missing packets in 1 flow; 3 unreadable places in the evidence; 1 source that
              was not read at all

            10.1.4.23 (pc-12) · miner · 40.0 points · fully visible · also 02:00:5e:10:00:01
              f1  mines at pool.example:3333 (stratum-cryptonote), 1 session, 214 shares accepted · 09:12–09:42
                  coin XMR · worker rig1 · hashrate 1.50 kH/s
              f2  looked up the pool name pool.example, 3 times · 09:12–09:42

            10.1.4.31 · -10.0 points · partly visible
              f3  looked up the pool name pool.example, 3 times · 09:12–09:42

            Evidence
              e1  captures/office.pcapng · pcap · 12,345 records · 1.9 MB · 09:11–09:42
                  sha256 abababababababababababababababababababababababababababababababab
                  ! record cut short, 3 times, first at byte 1190

            Not used
              x\x1b.bin: not a kind of evidence that any reader knows; `minehound explain` lists the kinds

            Times in UTC, 2026-11-24. Points and packets: --why. A dialogue: --show f1.
        "#]],
    );
}

#[test]
fn the_answer_in_chinese_at_eighty_columns() {
    check(
        &narrow(case(), &Keep::default()),
        &view(Lang::Zh, 80),
        &expect![[r#"
            10.1.4.23 (pc-12) 自 09:12 起在 pool.example:3333 挖矿（XMR），214 个份额被接
                受 — 已确认
              → 隔离它或封锁 198.51.100.9；下一步：检查主机本身：它发送的内容已加密，或证据
                中几乎没有
            10.1.4.31 查询了矿池名称 pool.example，3 次 — 有迹象

            其余 28 台主机没有发现挖矿；看不到的部分：1,204 条流的 TLS 内容；30 台主机中有 3
              台只能部分看到；1 条流缺少数据包；证据中 3 处无法读取；1 个来源完全没有读取

            10.1.4.23 (pc-12) · 矿工 · 40.0 分 · 完全可见 · 又名 02:00:5e:10:00:01
              f1  在 pool.example:3333 挖矿（stratum-cryptonote），1 次会话，214 个份额被接
                  受 · 09:12–09:42
                  币种 XMR · 矿机名 rig1 · 算力 1.50 kH/s
              f2  查询了矿池名称 pool.example，3 次 · 09:12–09:42

            10.1.4.31 · -10.0 分 · 部分可见
              f3  查询了矿池名称 pool.example，3 次 · 09:12–09:42

            证据
              e1  captures/office.pcapng · pcap · 12,345 条记录 · 1.9 MB · 09:11–09:42
                  sha256 abababababababababababababababababababababababababababababababab
                  ! 记录被截断，3 处，第一处位于第 1190 字节

            未使用
              x\x1b.bin: 不是任何读取器认识的证据；用 `minehound explain` 列出种类

            时间采用 UTC，日期为 2026-11-24。分值和数据包：--why。对话：--show f1。
        "#]],
    );
}

/// `no mining seen` and, in the same breath, what could not be seen.
#[test]
fn nothing_found_says_what_was_hidden() {
    check(
        &clean(),
        &view(Lang::En, 80),
        &expect![[r#"
        no mining seen in 30 hosts and 2,000 flows; what could not be seen: TLS content
          of 1,204 flows; 3 of 30 hosts only partly; missing packets in 1 flow

        Evidence
          e1  captures/office.pcapng · pcap · 12,345 records · 1.9 MB · 09:11–09:42
              sha256 abababababababababababababababababababababababababababababababab

        Times in UTC, 2026-11-24.
    "#]],
    );
}

/// -30 + 50 + 20 = 40: the waterfall ends where the verdict stands, and each step names its packets and filter.
#[test]
fn why_shows_every_point() {
    let view = View { why: true, ..view(Lang::En, 80) };
    check(
        &narrow(case(), &Keep::default()),
        &view,
        &expect![[r#"
            10.1.4.23 (pc-12) mines XMR at pool.example:3333 since 09:12, 214 shares
                accepted — confirmed
              → isolate it or block 198.51.100.9; next: a look at the machine itself: what
                it sends is encrypted or hardly in the evidence
            10.1.4.31 looked up the pool name pool.example, 3 times — noted

            no mining seen on the other 28 hosts; what could not be seen: TLS content of
              1,204 flows; 3 of 30 hosts only partly; missing packets in 1 flow; 3
              unreadable places in the evidence; 1 source that was not read at all

            10.1.4.23 (pc-12) · miner · 40.0 points · fully visible · also 02:00:5e:10:00:01
               -30.0  ▒▒▒▒▒▒▒┊             prior: where every host starts, before anything
                                           is known of it
               +50.0  ████████████         f1  mines at pool.example:3333
                                           (stratum-cryptonote), 1 session, 214 shares
                                           accepted
                      wire · +50.0 by itself · definition: XMRig stratum, login/job/submit ·
                      conclusive · 09:12–09:42
                      protocol stratum-cryptonote · coin XMR · login
                      4ev\u{202e}il\x1b[2J.rig1 · worker rig1 · shares accepted 214 ·
                      hashrate 1.50 kH/s
                      e1 packet 17: the first request; the login
                      e1 packet 19: the first job
                      ip.addr == 10.1.4.23 && tcp.port == 51234 && ip.addr == 198.51.100.9 && tcp.port == 3333
               +20.0         ┊    ██████   f2  looked up the pool name pool.example, 3 times
                      dest · +20.0 by itself · listed: list of pools, 2026-11 · 09:12–09:42
                      pool pool.example
                      e1 packet 12: the first request
                      ip.addr == 10.1.4.23 && dns.qry.name == "pool.example"
              ──────
               +40.0  confirmed
              Looked for and not found: full nodes of a chain: the innocent explanation of
                much
              What would change it: a look at the machine itself: what it sends is encrypted
                or hardly in the evidence

            10.1.4.31 · -10.0 points · partly visible
               -30.0  ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒┊  prior: where every host starts, before anything
                                           is known of it
               +20.0  ████████████      ┊  f3  looked up the pool name pool.example, 3 times
                      dest · +20.0 by itself · listed: list of pools, 2026-11 · 09:12–09:42
                      pool pool.example
                      e1 packet 12: the first request
                      ip.addr == 10.1.4.31 && dns.qry.name == "pool.example"
              ──────
               -10.0  noted

            Evidence
              e1  captures/office.pcapng · pcap · 12,345 records · 1.9 MB · 09:11–09:42
                  sha256 abababababababababababababababababababababababababababababababab
                  ! record cut short, 3 times, first at byte 1190

            Not used
              x\x1b.bin: not a kind of evidence that any reader knows; `minehound explain`
                lists the kinds

            Sandbox: only the named evidence could be read; no network, no program, nothing
            written but what was asked for (Landlock ABI 7, seccomp).

            Times in UTC, 2026-11-24.
        "#]],
    );
}

/// No escape sequence or bidi control of the evidence is left, with and without colour of our own.
#[test]
fn evidence_cannot_steer_the_terminal() {
    for why in [false, true] {
        for lang in [Lang::En, Lang::Zh] {
            let text = render(&case(), &View { why, ..view(lang, 80) });
            assert!(
                text.chars().all(|character| character == '\n' || !crate::escape::is_unsafe(character)),
                "{text}"
            );
            assert!(text.contains(r"x\x1b.bin"), "{text}");
            assert!(!text.contains('‹'), "a message without words: {text}");
        }
    }
}

/// Only what is meant to be copied in one piece (hashes, filters) may pass the edge.
#[test]
fn lines_fit() {
    for lang in [Lang::En, Lang::Zh] {
        for columns in [60, 80, 140] {
            for why in [false, true] {
                for line in render(&case(), &View { why, ..view(lang, columns) }).lines() {
                    assert!(
                        crate::width(line) <= columns || line.contains("sha256") || line.contains("=="),
                        "{columns}: {line}"
                    );
                }
            }
        }
    }
}

/// The contract: `clear` where the evidence shows too little reads "cannot say".
#[test]
fn too_little_evidence_cannot_say() {
    let mut case = case();
    case.hosts[2].coverage = model::Coverage::Insufficient;
    let text = render(&case, &view(Lang::En, 80));
    assert!(text.contains("10.1.4.40: the evidence shows too little of it — cannot say\n"), "{text}");
}

/// Only one machine was asked for: nothing is claimed of the others.
#[test]
fn a_narrowed_case_makes_no_claim_about_the_rest() {
    let keep = Keep { host: Some("PC-12".to_owned()), ..Keep::default() };
    let text = render(&narrow(case(), &keep), &View { narrowed: true, ..view(Lang::En, 80) });
    assert!(text.starts_with("10.1.4.23 (pc-12) mines"), "{text}");
    assert!(!text.contains("no mining seen") && !text.contains("10.1.4.31"), "{text}");
}
