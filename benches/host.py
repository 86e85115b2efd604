#!/usr/bin/env python3
"""Looks at this machine, made busy with many processes and sockets, with Minehound and with what others use.

    benches/host.py [--processes 3000] [--runs 3] [--peers unhide,rkhunter,chkrootkit,lynis] [--minehound PATH]

Processes sleep, sockets are pairs on loopback; all are gone afterwards. Of each program it prints the CPU seconds (user
and system, children included) and the largest resident size. Minehound watches for a second, which is no CPU time.
The others are run once: they take minutes. None of them says which process mines.
"""

import argparse
import os
import resource
import shutil
import socket
import subprocess
import sys
from pathlib import Path

PEERS = {
    "unhide": ["unhide-linux", "quick"],
    "rkhunter": ["rkhunter", "--check", "--sk", "--nocolors"],
    "chkrootkit": ["chkrootkit", "-q"],
    "lynis": ["lynis", "audit", "system", "--quick", "--quiet"],
}


def sleepers(count):
    return [subprocess.Popen(["sleep", "36000"], close_fds=True) for _ in range(count)]


def pairs(count):
    """Established connections on loopback, a hundred to a listener."""
    kept = []
    listener = None
    for number in range(count // 2):
        if number % 100 == 0:
            listener = socket.socket()
            listener.bind(("127.0.0.1", 0))
            listener.listen(8)
            kept.append(listener)
        client = socket.create_connection(listener.getsockname())
        kept += [client, listener.accept()[0]]
    return kept


def run(command):
    """CPU seconds and peak MiB of a program and its children."""
    child = os.fork()
    if child == 0:
        process = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        Path(f"/proc/self/fd/{run.pipe[1]}").write_text(
            f"{used.ru_utime + used.ru_stime} {used.ru_maxrss / 1024} {process.returncode}"
        )
        os._exit(0)
    os.waitpid(child, 0)
    cpu, peak, code = os.read(run.pipe[0], 100).decode().split()
    return float(cpu), float(peak), int(code)


run.pipe = os.pipe()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--processes", type=int, default=3000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--minehound", default=str(Path(__file__).parent.parent / "target/release/minehound"))
    options = parser.parse_args()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    sleeping, open_sockets = sleepers(options.processes), pairs(options.processes)
    try:
        print(f"{options.processes} processes and {len(open_sockets)} sockets besides those that were there")
        runs = [run([options.minehound, "scan", "--observe", "1"]) for _ in range(options.runs)]
        if any(code not in (0, 1) for _, _, code in runs):
            sys.exit("minehound failed")
        cpu = sorted(cpu for cpu, _, _ in runs)
        ours, peak = cpu[len(cpu) // 2], max(peak for _, peak, _ in runs)
        print("| program | CPU s | peak MiB | its CPU / ours |\n|---|---|---|---|", flush=True)
        print(f"| minehound | {cpu[0]:.2f} / **{ours:.2f}** / {cpu[-1]:.2f} | {peak:.0f} | 1 |", flush=True)
        for name in filter(None, options.peers.split(",")):
            if not shutil.which(PEERS[name][0]):
                print(f"| {name} | not installed | | |", flush=True)
                continue
            cpu, peak, _ = run(PEERS[name])
            print(f"| {name} | {cpu:.1f} | {peak:.0f} | {cpu / ours:.0f} |", flush=True)
    finally:
        for process in sleeping:
            process.kill()
        for process in sleeping:
            process.wait()


if __name__ == "__main__":
    main()
