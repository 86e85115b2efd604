#!/usr/bin/env python3
"""Minehound against its peers on the same captures, in turn, judged by the ratio of CPU seconds.

usage: benches/compare.py --inputs FOLDER [--only mixed|small|synflood] [--runs N] [--minehound PATH]
                          [--peers ndpiReader,suricata,tshark] [--work FOLDER] [--bars] [--growth]

FOLDER holds mixed.py, small.py and synflood.py, the deterministic generators of the captures; what they make is kept in
the work folder and used again. Each run is A B C A B C …: user+sys seconds and peak resident memory of the whole process, by
wait4. Before anything is timed the answer is checked against OUT.truth.tsv: every miner with the right wallet and
worker, nobody else. A speed of a run that missed one does not count, and exit 1 says so. --bars fails where a bar is
not held; --growth measures ours alone, on two sizes of each input. A peer that is not installed is left out, and said.
"""
import argparse
import json
import os
import pathlib
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile

# Arguments of the generators. A peer keeps 3.6 KB for each half-open connection: a million of them is what it can hold.
INPUTS = {"mixed": [], "small": [], "synflood": ["--syns", "1000000"]}

# Two sizes of each input: the second does so many times the work of the first, and may take so many times the CPU.
GROWTH = [
    ("bytes", "mixed", ["--bytes", "500000000"], [], 2.0, 2.05),
    ("flows at once", "small", ["--flows", "2000"], [], 1.0, 1.5),
    ("half-open flows", "synflood", ["--syns", "1000000"], ["--syns", "10000000"], 10.0, 10.5),
]

# Two lines that name both large families of miners, which is what a network's operator would write.
RULES = """\
alert tcp any any -> any any (msg:"subscribe"; content:"mining.subscribe"; sid:1; rev:1;)
alert tcp any any -> any any (msg:"login"; content:"|22|method|22|"; content:"|22|login|22|"; content:"|22|agent|22|"; sid:2; rev:1;)
"""
PEERS = {
    "ndpiReader": "ndpiReader -i {capture} -q",
    "suricata": "suricata --runmode single -k none -r {capture} -S {work}/own.rules -l {work}/suricata "
                "--set outputs.1.eve-log.enabled=no",
    "tshark": "tshark -n -r {capture} -Y 'tcp contains \"mining.subscribe\" or tcp contains \"\\\"login\\\"\"' "
              "-T fields -e ip.src -e tcp.srcport -e ip.dst -e tcp.dstport",
}
# How many times our CPU each peer must take; "fastest" is the faster of the two that name miners.
BARS = {
    "mixed": {"fastest": 5.0, "tshark": 60.0},
    "small": {"fastest": 8.5, "ndpiReader": 20.0, "tshark": 90.0},
    "synflood": {"fastest": 10.0},
}
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


def capture_of(given, name, arguments):
    """The capture of a generator with these arguments, made if it is not there yet, and its truth."""
    capture = given.work / ("-".join([name, *(part.strip("-") for part in arguments)]) + ".pcap")
    truths = capture.with_name(capture.name + ".truth.tsv")
    if not (capture.exists() and truths.exists()):
        command = [sys.executable, given.inputs / f"{name}.py", capture, *arguments]
        subprocess.run(command, check=True, stdout=sys.stderr)
    return capture, truth(truths)


def row(name, label, seen, ratio, found):
    """One line of the table."""
    cpu = [seconds for seconds, _, _ in seen]
    peak = max(peak for _, peak, _ in seen)
    print(f"| {name} | {label} | {min(cpu):.2f} / **{statistics.median(cpu):.2f}** / {max(cpu):.2f} | {peak:.0f} | {ratio} "
          f"| {found} |", flush=True)


def compare(given, name):
    """Measures one input; returns what is wrong, as sentences."""
    capture, rows = capture_of(given, name, INPUTS[name])
    wrong = [f"{name}: {sentence}" for sentence in check(given.minehound, capture, rows)]
    commands = {"minehound": [given.minehound, "scan", "--no-hash", str(capture)]}
    for peer in given.peers:
        commands[peer] = shlex.split(PEERS[peer].format(capture=capture, work=given.work))
    seen = {label: [] for label in commands}
    for _ in range(given.runs):
        for label, command in commands.items():
            seen[label].append(measure(command))
    for label, runs in seen.items():
        if any(code not in ((0, 1) if label == "minehound" else (0,)) for _, _, code in runs):
            sys.exit(f"{name}: a run of {label} failed")
    ratios = {
        label: statistics.median(p[0] / max(o[0], 1e-6) for o, p in zip(seen["minehound"], runs))
        for label, runs in seen.items()
    }
    naming = [ratios[label] for label in ("ndpiReader", "suricata") if label in ratios]
    for label, runs in seen.items():
        found = ("WRONG" if wrong else f"{len(rows)}/{len(rows)}, 0 false") if label == "minehound" else "–"
        row(name, label, runs, f"{ratios[label]:.1f}", found)
    for label, bar in BARS[name].items() if given.bars else ():
        ratio = min(naming, default=None) if label == "fastest" else ratios.get(label)
        if ratio is not None and ratio < bar:
            wrong.append(f"{name}: {label} takes {ratio:.1f} times our CPU, and the bar is {bar}")
    return wrong


def grow(given):
    """Measures how our cost grows; returns what is wrong, as sentences."""
    wrong = []
    print("| what grows | input | CPU s, small / large | peak MiB | times the work | times the CPU | may be |")
    print("|---|---|---|---|---|---|---|")
    for what, name, less, more, work, most in GROWTH:
        if given.only not in (None, name):
            continue
        cpu, peak = [[], []], [0, 0]
        captures = [capture_of(given, name, arguments) for arguments in (less, more)]
        for capture, rows in captures:
            wrong += [f"{name}: {sentence}" for sentence in check(given.minehound, capture, rows)]
        for _ in range(given.runs):
            for at, (capture, _) in enumerate(captures):
                seconds, memory, _ = measure([given.minehound, "scan", "--no-hash", str(capture)])
                cpu[at].append(seconds)
                peak[at] = max(peak[at], memory)
        small, large = map(statistics.median, cpu)
        print(f"| {what} | {name} | {small:.2f} / {large:.2f} | {peak[0]:.0f} / {peak[1]:.0f} | {work} | {large / small:.2f} "
              f"| {most} |", flush=True)
        if given.bars and large / small > most:
            wrong.append(f"{name}: {what} grew {work} times and CPU {large / small:.2f} times; it may {most}")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", required=True, type=pathlib.Path)
    parser.add_argument("--only", choices=sorted(INPUTS))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--minehound", default="target/release/minehound")
    parser.add_argument("--peers", default="ndpiReader,suricata", help=f"of {', '.join(PEERS)}")
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "minehound-bench")
    parser.add_argument("--bars", action="store_true", help="fail where a bar is not held")
    parser.add_argument("--growth", action="store_true", help="two sizes of each input, without peers")
    given = parser.parse_args()
    given.peers = [peer for peer in given.peers.split(",") if peer]
    if unknown := [peer for peer in given.peers if peer not in PEERS]:
        parser.error(f"no such peer: {', '.join(unknown)}; there are {', '.join(PEERS)}")
    missing = [peer for peer in given.peers if shutil.which(peer) is None]
    given.peers = [peer for peer in given.peers if peer not in missing]
    (given.work / "suricata").mkdir(parents=True, exist_ok=True)
    (given.work / "own.rules").write_text(RULES)
    if given.growth:
        wrong = grow(given)
    else:
        for peer in missing:
            print(f"{peer} is not installed and is left out", file=sys.stderr)
        print("| input | program | CPU s min / median / max | peak MiB | its CPU / ours | found |")
        print("|---|---|---|---|---|---|")
        wrong = [one for name in ([given.only] if given.only else sorted(INPUTS)) for one in compare(given, name)]
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
