#!/usr/bin/env python3
"""Speed of compressed and of 8-bit input, in one interleaved session; writes bench/record/inputs-DATE-CPU.tsv.

usage: inputs.py BUILD [RUNS [MB]]

gz and zst cost little more than plain text, less than this kind of machine swings: they get five rounds for each of the others.

Processor time (user and system, of all threads) is given beside wall time: other work on the machine disturbs it less."""
import datetime
import os
import re
import statistics
import subprocess
import sys

from measure import one

build, runs = sys.argv[1], int(sys.argv[2] if len(sys.argv) > 2 else 5)
megabytes = int(sys.argv[3] if len(sys.argv) > 3 else 40)
erz, folder = f"{build}/erz", f"{build}/bench"
os.makedirs(folder, exist_ok=True)
plain = f"{folder}/inputs.txt"
subprocess.run([sys.executable, "bench/make_text.py", plain, str(megabytes)], check=True)
size = os.path.getsize(plain)
subprocess.run(f"gzip -6 -c {plain} >{plain}.gz; zstd -q -f -3 {plain} -o {plain}.zst; xz -1 -c {plain} >{plain}.xz; bzip2 -c {plain} >{plain}.bz2; "
               f"iconv -c -f UTF-8 -t windows-1252 {plain} >{folder}/inputs.1252; iconv -f windows-1252 -t UTF-8 {folder}/inputs.1252 >{folder}/inputs.utf8",
               shell=True, check=True)
extract = [erz, "extract", "-q", "--docs=line"]
COMMANDS = {
    "extract -j2, plain": [*extract, "-j2", plain],
    "extract -j2, gz": [*extract, "-j2", plain + ".gz"],
    "extract -j2, zst": [*extract, "-j2", plain + ".zst"],
    "extract -j2, xz": [*extract, "-j2", plain + ".xz"],
    "extract -j2, bz2": [*extract, "-j2", plain + ".bz2"],
    "gzip -dc": ["gzip", "-dc", plain + ".gz"],
    "zstd -dc": ["zstd", "-qdc", plain + ".zst"],
    "xz -dc": ["xz", "-dc", plain + ".xz"],
    "bzip2 -dc": ["bzip2", "-dc", plain + ".bz2"],
    "extract -j1, UTF-8": [*extract, "-j1", f"{folder}/inputs.utf8"],
    "extract -j1, windows-1252": [*extract, "-j1", f"{folder}/inputs.1252"],
}


wall, cpu, counts = {}, {}, {}
CLOSE = ["extract -j2, plain", "extract -j2, gz", "extract -j2, zst", "gzip -dc", "zstd -dc"]
for i in range(5 * runs + 1):
    for name, command in COMMANDS.items():
        if i > runs and name not in CLOSE:
            continue
        seconds, used, _, lines = one(command)
        if counts.setdefault(name, lines) != lines:
            raise SystemExit(f"{name}: {lines} lines, {counts[name]} before")
        if i > 0:  # the first round warms up
            wall.setdefault(name, []).append(seconds)
            cpu.setdefault(name, []).append(used)
for name in ("gz", "zst", "xz", "bz2"):
    if counts[f"extract -j2, {name}"] != counts["extract -j2, plain"]:
        raise SystemExit(f"{name}: other records than from plain text")
if counts["extract -j1, UTF-8"] != counts["extract -j1, windows-1252"]:
    raise SystemExit("windows-1252: other records than from UTF-8")

processor = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), os.uname().machine)
rows = [f"# {processor}, {os.cpu_count()} processors; {runs} runs, {5 * runs} of plain, gz and zst; text of {size} bytes; load {os.getloadavg()[0]:.1f}", "what\tmedian\tmin\tmax\tunit"]
for name in COMMANDS:
    for kind, times in (("MB/s", wall[name]), ("MB per processor second", cpu[name])):
        speeds = [size / 1e6 / t for t in times]
        rows.append(f"{name}\t{statistics.median(speeds):.1f}\t{min(speeds):.1f}\t{max(speeds):.1f}\t{kind}")


def ratio(times, a, b):
    """How much longer a takes than the slower of b: the median of the runs, each with its own neighbours."""
    return statistics.median(times[a][i] / max(times[x][i] for x in b) for i in range(len(times[a])))


for kind, times in (("wall", wall), ("processor", cpu)):
    for name, tool in (("gz", "gzip -dc"), ("zst", "zstd -dc"), ("xz", "xz -dc"), ("bz2", "bzip2 -dc")):
        rows.append(f"{name}: time to the slower of plain and decompressor\t{ratio(times, f'extract -j2, {name}', ['extract -j2, plain', tool]):.3f}\t\t\t{kind}, aim 1.1")
    rows.append(f"windows-1252: speed to that of UTF-8\t{1 / ratio(times, 'extract -j1, windows-1252', ['extract -j1, UTF-8']):.3f}\t\t\t{kind}, floor 0.5")
record = f"bench/record/inputs-{datetime.date.today().isoformat()}-{re.sub('[^a-z0-9]+', '-', processor.lower()).strip('-')}.tsv"
with open(record, "w", encoding="utf-8") as f:
    f.write("\n".join(rows) + "\n")
print("\n".join(rows))
