#!/usr/bin/env python3
"""How much CPU, time and memory linting costs, beside other linters on the same posts in the same minutes.

    tests/measure/speed.py [--megabytes N] [--runs N] [--postlint FILE] [FOLDER]

Lints FOLDER, or a site of N megabytes (10 without it) that it makes of the bench's own posts. The linters run in turn,
postlint first, and the first round does not count. rumdl and typos (both from PyPI) take part where they are installed.
The table is the one of the README: medians, and each figure of postlint as a ratio to the other linter's.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def make_posts(folder, megabytes):
    """Writes a site of so many megabytes."""
    environment = dict(os.environ, POSTLINT_POSTS=folder, POSTLINT_MEGABYTES=str(megabytes))
    command = ["cargo", "test", "--quiet", "--test", "measure-posts"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def measure(command):
    """CPU seconds, seconds, and the most memory in MiB of one run; what it prints is thrown away."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    code = os.waitstatus_to_exitcode(status)
    process.returncode = code
    if code not in (0, 1, 2) or (code == 2 and "postlint" in command[0]):
        sys.exit(f"{' '.join(command)} ended with {code}")
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024


def bytes_of(folder):
    """How many bytes of Markdown lie below the folder."""
    total = 0
    for path, _, names in os.walk(folder):
        total += sum(os.path.getsize(os.path.join(path, name)) for name in names if name.endswith((".md", ".markdown")))
    return total


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--megabytes", type=int, default=10)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--postlint", default=os.path.join(ROOT, "target/release/postlint"))
    arguments = parser.parse_args()
    if not os.access(arguments.postlint, os.X_OK):
        sys.exit(f"{arguments.postlint} is missing: cargo build --release")
    with tempfile.TemporaryDirectory() as made:
        folder = arguments.folder or made
        if arguments.folder is None:
            make_posts(made, arguments.megabytes)
        linters = {"postlint": [arguments.postlint, folder]}
        if shutil.which("rumdl"):
            linters["rumdl"] = ["rumdl", "check", "--no-cache", folder]
        if shutil.which("typos"):
            linters["typos"] = ["typos", folder]
        figures = {name: [] for name in linters}
        for counted in range(-1, arguments.runs):
            for name, command in linters.items():
                figure = measure(command)
                if counted >= 0:
                    figures[name].append(figure)
        megabytes = bytes_of(folder) / 1e6
    print(f"{megabytes:.1f} MB of posts, medians of {arguments.runs} runs in turn\n")
    print("| linter | CPU | time | memory | MB a CPU second | postlint's CPU, time, memory beside it |")
    print("|---|---:|---:|---:|---:|---|")
    medians = {name: [statistics.median(values) for values in zip(*runs)] for name, runs in figures.items()}
    for name, (cpu, wall, memory) in medians.items():
        ratios = ", ".join(f"{ours / theirs:.2f}" for ours, theirs in zip(medians["postlint"], (cpu, wall, memory)))
        beside = "" if name == "postlint" else ratios
        print(f"| {name} | {cpu:.2f} s | {wall:.2f} s | {memory:.0f} MiB | {megabytes / cpu:.1f} | {beside} |")


main()
