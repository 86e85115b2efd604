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
              hosts only partly; missing packets in 1 flow; 3 damaged places in the evidence; 1 source that was
              not read at all

            10.1.4.23 (pc-12) · miner · 40.0 points · visible but for the gaps · MAC 02:00:5e:10:00:01
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
            10.1.4.23 (pc-12) 自 09:12 起在 pool.example:3333 挖矿（XMR） — 已确认
              → 隔离它或封锁 198.51.100.9；下一步：检查主机本身：它发送的内容已加密，或证据
                中几乎没有
            10.1.4.31 查询了矿池名称 pool.example，3 次 — 有迹象

            其余 28 台主机没有发现挖矿；看不到的部分：1,204 条流的 TLS 内容；30 台主机中有 3
              台只能部分看到；1 条流缺少数据包；证据中 3 处损坏；1 个来源完全没有读取

            10.1.4.23 (pc-12) · 矿工 · 40.0 分 · 除缺口外可见 · MAC 02:00:5e:10:00:01
              f1  在 pool.example:3333 挖矿（stratum-cryptonote），1 次会话，214 个份额被
                  接受 · 09:12–09:42
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
            10.1.4.23 (pc-12) mines XMR at pool.example:3333 since 09:12 — confirmed
              → isolate it or block 198.51.100.9; next: a look at the machine itself: what
                it sends is encrypted or hardly in the evidence
            10.1.4.31 looked up the pool name pool.example, 3 times — noted

            no mining seen on the other 28 hosts; what could not be seen: TLS content of
              1,204 flows; 3 of 30 hosts only partly; missing packets in 1 flow; 3 damaged
              places in the evidence; 1 source that was not read at all

            How the points add up: each bar leads from the sum so far to the next; █ speaks
            for mining, ▒ against it, ┊ is zero. Below it: the group of the fact, its points
            by itself, what they rest on, and where to look. `minehound explain WORD`
            explains each word.

            10.1.4.23 (pc-12) · miner · 40.0 points · visible but for the gaps · MAC
              02:00:5e:10:00:01
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
                      Wireshark: ip.addr == 10.1.4.23 && tcp.port == 51234 && ip.addr == 198.51.100.9 && tcp.port == 3333
               +20.0         ┊    ██████   f2  looked up the pool name pool.example, 3 times
                      dest · +20.0 by itself · listed: list of pools, 2026-11 · 09:12–09:42
                      pool pool.example
                      e1 packet 12: the first request
                      Wireshark: ip.addr == 10.1.4.23 && dns.qry.name == "pool.example"
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
                      Wireshark: ip.addr == 10.1.4.31 && dns.qry.name == "pool.example"
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

/// Only what is meant to be copied in one piece (hashes, filters) and the first line of a machine may pass the edge.
#[test]
fn lines_fit() {
    for lang in [Lang::En, Lang::Zh] {
        for columns in [60, 80, 140] {
            for why in [false, true] {
                for line in render(&case(), &View { why, ..view(lang, columns) }).lines() {
                    assert!(
                        crate::width(line) <= columns
                            || line.contains("sha256")
                            || line.contains("==")
                            || line.contains(" — "),
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

/// `grep confirmed` finds the machine at any width: what stands in the details too goes first.
#[test]
fn the_verdict_stands_beside_the_machine() {
    for lang in [Lang::En, Lang::Zh] {
        for columns in [40, 60, 80, 140] {
            let text = render(&case(), &view(lang, columns));
            let first = text.lines().next().unwrap_or_default();
            let verdict = if lang == Lang::En { "— confirmed" } else { "— 已确认" };
            assert!(first.starts_with("10.1.4.23 (pc-12)") && first.ends_with(verdict), "{columns}: {first}");
            assert_eq!(first.contains("214"), columns == 140, "{columns}: {first}");
            assert!(columns < 80 || crate::width(first) <= columns, "{columns}: {first}");
        }
    }
}

/// A date is left out on the day of the run only: a capture of another day says which.
#[test]
fn the_first_line_has_a_date_unless_it_is_of_today() {
    let mut later = view(Lang::En, 140);
    later.run.started = crate::sample::at(86_400);
    let text = render(&case(), &later);
    assert!(text.contains("since 2026-11-24 09:12, 214 shares accepted — confirmed\n"), "{text}");
    assert!(text.contains(" · 09:12–09:42\n"), "the details follow the footer: {text}");
}

/// Text for a file or a program: one line each, however long.
#[test]
fn unwrapped_text_has_no_continuation_lines() {
    let text = render(&case(), &view(Lang::En, crate::UNWRAPPED));
    assert!(text.contains("; 1 source that was not read at all\n"), "{text}");
    let shown = crate::dialogue(&case(), "f1", &view(Lang::En, crate::UNWRAPPED)).unwrap_or_default();
    assert!(
        shown.contains(
            "  {\"id\":1,\"method\":\"login\",\"params\":{\"login\":\"4ev.rig1\",\"pass\":\"***\"}}\n"
        ),
        "{shown}"
    );
}

/// Nothing could be read: no verdict, and no claim that all could.
#[test]
fn nothing_read_is_no_verdict() {
    let errors = case().errors;
    let text = render(&Case { errors, ..Case::default() }, &view(Lang::En, 80));
    assert_eq!(text, "cannot say: nothing of what was named could be read\n");
}

/// Damage is not what a tool leaves unread, and neither is a contradiction; a gap of the whole has no place.
#[test]
fn gaps_are_summed_up_by_kind() {
    let mut case = clean();
    let gap = |at, id, count| model::GapSummary { at, reason: Message::new(id), count };
    case.evidence[0].gaps = vec![
        gap(model::At::Byte(9), "pcap-cut-short", 2),
        gap(model::At::Packet(7), "pcap-snap-length", 3),
        gap(model::At::Packet(7), "gap-tunnel", 4),
        gap(model::At::Packet(7), "gap-conflicting-retransmission", 5),
        gap(model::At::Whole, "pcap-dropped", 6),
    ];
    case.unseen.opaque_flows = 8;
    let text = render(&case, &view(Lang::En, crate::UNWRAPPED));
    for words in [
        "content of 8 flows in protocols that are not read",
        "2 damaged places in the evidence",
        "9 packets that the capture lost or cut short",
        "4 things left unread",
        "5 contradictions between packets",
        "! packets lost by the capturing machine, as it says itself, 6 times\n",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

/// Of many files only those with gaps are named, in the order of their numbers; `--why` names all.
#[test]
fn many_files_are_counted_and_those_with_gaps_named() {
    let mut case = clean();
    let one = case.evidence.remove(0);
    let gap = model::GapSummary { at: model::At::Byte(9), reason: Message::new("pcap-cut-short"), count: 1 };
    for number in 0..30 {
        let gaps = if [1, 9, 20].contains(&number) { vec![gap.clone()] } else { Vec::new() };
        case.evidence.push(model::EvidenceSummary { id: model::EvidenceId(number), gaps, ..one.clone() });
    }
    let named = |text: &str| {
        let lines = text.lines().filter_map(|line| line.strip_prefix("  e"));
        lines.map(|line| line.split(' ').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let text = render(&case, &view(Lang::En, 140));
    assert_eq!(named(&text), ["2", "10", "21"]);
    assert!(text.contains("… and 27 more (all of them with --why)"), "{text}");
    assert_eq!(named(&render(&case, &View { why: true, ..view(Lang::En, 140) })).len(), 30);
}

/// Evidence that unpacks to more than is read is not all read: said with the answer, not only below.
#[test]
fn evidence_cut_short_is_said_in_the_first_lines() {
    let mut case = clean();
    assert!(!render(&case, &view(Lang::En, 140)).contains("unpacks to more"));
    case.evidence[0].gaps = vec![model::GapSummary {
        at: model::At::Byte(1 << 20),
        reason: model::Message::new("gap-bomb").with("bytes", 1_u64 << 20),
        count: 1,
    }];
    let text = render(&case, &view(Lang::En, 140));
    let answer = text.split("\nEvidence").next().unwrap_or_default();
    assert!(answer.contains("the rest of 1 compressed file, which unpacks to more than is read"), "{text}");
}
