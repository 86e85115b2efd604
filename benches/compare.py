#!/usr/bin/env python3
"""Minehound against a peer on the same capture, in turn, judged by the ratio of CPU seconds.

usage: benches/compare.py --inputs FOLDER [--only mixed|small] [--runs N] [--minehound PATH] [--peer COMMAND]
                          [--work FOLDER] [--bar RATIO]

FOLDER holds mixed.py and small.py, the deterministic generators of the two captures; what they make is kept in the
work folder and used again. Each run is A B A B …: user+sys seconds and peak resident memory of the whole process, by
wait4. Before anything is timed the answer is checked against OUT.truth.tsv: every miner with the right wallet and
worker, no look-alike. A speed of a run that missed one does not count, and exit 1 says so.
The peer's command gets the capture's path in place of {}. Default: ndpiReader -i {} -q
"""
import argparse
import json
import os
import pathlib
import shlex
import statistics
import subprocess
import sys
import tempfile

INPUTS = {"mixed": [], "small": []}
LEVELS = ["clear", "noted", "suspicious", "probable", "confirmed"]


def measure(command):
    """User+sys seconds, peak MiB and exit code of one run; what it prints goes nowhere."""
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, child.returncode


def truth(path):
    """The miners of a capture: client's address, server, dialect, wallet, agent; the n-th one is worker rig<n>."""
    rows = []
    for number, line in enumerate(path.read_text().splitlines()):
        client, server, dialect, wallet, agent = line.split("\t")
        rows.append({"address": client.rpartition(":")[0], "pool": server, "protocol": dialect, "wallet": wallet,
                     "agent": agent, "worker": f"rig{number}"})
    return rows


def check(program, capture, rows):
    """What the answer gets wrong, as sentences."""
    done = subprocess.run([program, "scan", "--no-hash", "--format", "json", capture], stdout=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1):
        return [f"exit {done.returncode}"]
    report, wrong = json.loads(done.stdout), []
    hosts = {address: host for host in report["hosts"] for address in host["addresses"]}
    for row in rows:
        host = hosts.get(row["address"])
        if host is None or LEVELS.index(host["verdict"]) < LEVELS.index("probable"):
            wrong.append(f"{row['address']} is not found")
            continue
        facts = [finding["facts"] for finding in report["findings"] if finding["host"] == host["id"]]
        keys = ("protocol", "pool", "wallet", "agent", "worker")
        if not any(all(fact.get(key) == row[key] for key in keys) for fact in facts):
            best = max(facts, key=lambda fact: sum(fact.get(key) == row[key] for key in keys), default={})
            differs = [f"{key} {best.get(key)!r} instead of {row[key]!r}" for key in keys if best.get(key) != row[key]]
            wrong.append(f"{row['address']}: " + ", ".join(differs))
    miners = {row["address"] for row in rows}
    for address, host in hosts.items():
        if address not in miners and LEVELS.index(host["verdict"]) >= LEVELS.index("suspicious"):
            wrong.append(f"{address} is called {host['verdict']} and does not mine")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", required=True, type=pathlib.Path)
    parser.add_argument("--only", choices=sorted(INPUTS))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--minehound", default="target/release/minehound")
    parser.add_argument("--peer", default="ndpiReader -i {} -q")
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "minehound-bench")
    parser.add_argument("--bar", type=float, help="fail where the peer's CPU divided by ours is below this")
    parser.add_argument("--size", help="bytes of the inputs instead of their default, for a quick look")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    failed = False
    print("| input | program | CPU s min / median / max | peak MiB | peer's CPU / ours | found |")
    print("|---|---|---|---|---|---|")
    for name in [given.only] if given.only else sorted(INPUTS):
        capture = given.work / f"{name}{'-' + given.size if given.size else ''}.pcap"
        truths = capture.with_name(capture.name + ".truth.tsv")
        if not (capture.exists() and truths.exists()):
            size = ["--bytes", given.size] if given.size else []
            subprocess.run([sys.executable, given.inputs / f"{name}.py", capture, *size], check=True, stdout=sys.stderr)
        rows = truth(truths)
        wrong = check(given.minehound, capture, rows)
        for sentence in wrong:
            print(f"{name}: {sentence}", file=sys.stderr)
        ours = [given.minehound, "scan", "--no-hash", str(capture)]
        peer = [part.replace("{}", str(capture)) for part in shlex.split(given.peer)]
        ours_seen, peer_seen = [], []
        for _ in range(given.runs):
            ours_seen.append(measure(ours))
            peer_seen.append(measure(peer))
        if any(code not in (0, 1) for _, _, code in ours_seen) or any(code != 0 for _, _, code in peer_seen):
            sys.exit(f"{name}: a run failed")
        ratio = statistics.median(p[0] / max(o[0], 1e-6) for o, p in zip(ours_seen, peer_seen))
        for label, seen, told in [("minehound", ours_seen, f"{ratio:.1f}"), (pathlib.Path(peer[0]).name, peer_seen, "1")]:
            cpu = [seconds for seconds, _, _ in seen]
            found = f"{len(rows)}/{len(rows)}, 0 false" if not wrong else f"{len(wrong)} WRONG"
            print(f"| {name} | {label} | {min(cpu):.2f} / **{statistics.median(cpu):.2f}** / {max(cpu):.2f} "
                  f"| {max(peak for _, peak, _ in seen):.0f} | {told} | {found if label == 'minehound' else '–'} |")
        failed |= bool(wrong) or (given.bar is not None and ratio < given.bar)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
