#!/usr/bin/env python3
"""Run the benchmarks in one interleaved session, check the counts, write bench/record/DATE-CPU.tsv and bench/README.md with a plot.

usage: run.py BUILD [RUNS]
"""
import datetime
import os
import re
import resource
import statistics
import subprocess
import sys
import time

from measure import one

build, runs = sys.argv[1], int(sys.argv[2] if len(sys.argv) > 2 else 5)
erz, text, null = f"{build}/erz", f"{build}/bench/text.txt", open(os.devnull, "wb")
size, once = os.path.getsize(text), f"{build}/bench/once.txt"
regex = open("bench/defs/money.regex", encoding="utf-8").read().strip()
COMMANDS = [
    ("extract -j1", [erz, "extract", "-q", "-j1", "--docs=line", text]),
    ("extract -j2", [erz, "extract", "-q", "-j2", "--docs=line", text]),
    ("extract -j1, new text", [erz, "extract", "-q", "-j1", "--docs=line", once]),
    ("tokenize|stem|match", ["sh", "-c", f"{erz} tokenize -q --docs=line {text} | {erz} stem | {erz} match"]),
    ("ripgrep money", ["rg", "-o", "--no-line-number", "--no-filename", regex, text]),
    ("grep -oP money", ["grep", "-oP", regex, text]),
    ("hyperscan money+percent", [f"{build}/bench/hyperscan", "bench/defs/money.regex", text]),
    ("wc -w", ["wc", "-w", text]),
    ("cat", ["cat", text]),
]


def sessions():
    times, memory, lines = {}, {}, {}
    for i in range(runs + 1):
        for name, command in COMMANDS:
            seconds, _, rss, count = one(command)
            if lines.setdefault(name, count) != count:
                raise SystemExit(f"bench: {name} gave {count} lines, {lines[name]} before")
            if i > 0:  # the first round warms up
                times.setdefault(name, []).append(seconds)
                memory[name] = max(memory.get(name, 0), rss)
    for name in ("extract -j2", "tokenize|stem|match"):
        if lines[name] != lines["extract -j1"]:
            raise SystemExit(f"bench: {name} gave {lines[name]} records, extract -j1 {lines['extract -j1']}")
    return times, memory, lines


def startup():
    one_line = f"{build}/bench/line.txt"
    with open(one_line, "w", encoding="utf-8") as f:
        f.write("Die Meridian Cargo AG kauft Nordwind für 12,5 Millionen Euro.\n")
    command = [erz, "extract", one_line]
    return [one(command)[0] for _ in range(4 * runs)]


def peak_memory():
    """Peak of extract -j1 on 2 GB of standard input, less the size of the model (mapped)."""
    copies = max(1, 2_000_000_000 // size)
    probe = subprocess.Popen(["sh", "-c", f"i=0; while [ $i -lt {copies} ]; do cat {text}; i=$((i+1)); done"], stdout=subprocess.PIPE)
    child = subprocess.Popen([erz, "extract", "-q", "-j1", "--docs=line"], stdin=probe.stdout, stdout=null)
    _, _, usage = os.wait4(child.pid, 0)
    probe.wait()
    return usage.ru_maxrss / 1024, os.path.getsize(f"{build}/de.erzm") / 1e6


def micro(command):
    out = {}
    for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines():
        name, value = line.split("\t")[:2]
        out.setdefault(name, []).append(float(value))
    return out


def cpu():
    for line in open("/proc/cpuinfo"):
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return os.uname().machine


def spread(values):
    return statistics.median(values), min(values), max(values)


def plot(rows, path):
    width, bar, left = 760, 22, 210
    top = max(v for _, v in rows)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{len(rows) * (bar + 6) + 30}" font-family="sans-serif" font-size="13">',
             f'<text x="{left}" y="16">MB/s (one run of make bench; longer is faster)</text>']
    for i, (name, value) in enumerate(rows):
        y, w = 26 + i * (bar + 6), (width - left - 80) * value / top
        colour = "#c0722e" if name.startswith(("extract", "tokenize", "erz", "stem stage")) else "#8899a6"
        parts.append(f'<text x="{left - 8}" y="{y + 15}" text-anchor="end">{name}</text><rect x="{left}" y="{y}" width="{w:.1f}" height="{bar}" '
                     f'fill="{colour}"/><text x="{left + w + 6:.1f}" y="{y + 15}">{value:.0f}</text>')
    open(path, "w", encoding="utf-8").write("\n".join(parts) + "\n</svg>\n")


def main():
    times, memory, lines = sessions()
    rows = [(name, *spread([os.path.getsize(once if once in command else text) / 1e6 / t for t in times[name]])) for name, command in COMMANDS]
    stem = micro([f"{build}/bench/stem", f"{build}/de.erzm", f"{build}/bench/unseen.txt"])
    tokens = micro([f"{build}/bench/tokenize", f"{build}/de.erzm", f"{build}/bench/unseen.txt"]) if os.path.exists(f"{build}/bench/tokenize") else {}
    if stem.pop("different stems")[0] != 0:
        raise SystemExit("bench: the stem stage and libstemmer differ")
    counts = {k: tokens.pop(k) for k in list(tokens) if k.startswith("count")}
    for group in (stem, tokens):
        rows += [(name, *spread(values)) for name, values in group.items()]
    median = {r[0]: r[1] for r in rows}
    ratios = []

    def ratio(label, a, b, floor, aim):
        if a in median and b in median:
            ratios.append((label, median[a] / median[b], floor, aim))
    for kernel, floor, aim in (("avx512", 70, 110), ("avx2", 50, 80), ("ssse3", "", ""), ("neon", "", ""), ("scalar", 12, 20)):
        ratio(f"tokenizer {kernel} / ICU word break", f"erz {kernel}", "ICU word break", floor, aim)
    for bare in ("AVX2 ceiling", "scalar table"):
        ratio(f"{bare} / ICU word break", bare, "ICU word break", "", "")
    ratio("stem stage / libstemmer direct", "stem stage", "libstemmer direct", 5, 8)
    ratio("extract -j1 / ripgrep money", "extract -j1", "ripgrep money", 0.4, 1.0)
    ratio("extract -j2 / extract -j1", "extract -j2", "extract -j1", 1.8, 1.95)
    ratio("three-process pipe / extract -j1", "tokenize|stem|match", "extract -j1", 0.15, 0.3)
    rss, model = peak_memory()
    start = spread([1000 * t for t in startup()])
    date = datetime.date.today().isoformat()
    record = f"bench/record/{date}-{re.sub('[^a-z0-9]+', '-', cpu().lower()).strip('-')}.tsv"
    os.makedirs("bench/record", exist_ok=True)
    with open(record, "w", encoding="utf-8") as f:
        f.write(f"# {cpu()}, {os.cpu_count()} processors; {runs} runs; text of {size} bytes\nwhat\tmedian\tmin\tmax\tunit\n")
        for name, *figures in rows:
            f.write(name + "".join(f"\t{x:.1f}" for x in figures) + "\tMB/s\n")
        for label, value, floor, aim in ratios:
            f.write(f"{label}\t{value:.2f}\t{floor}\t{aim}\tratio, floor, aim\n")
        f.write(f"peak memory, 2 GB on standard input\t{rss:.1f}\t\t\tMiB (model file {model:.1f} MB)\n")
        f.write(f"start-up, one line\t{start[0]:.1f}\t{start[1]:.1f}\t{start[2]:.1f}\tms\n")
        for name, _ in COMMANDS:
            f.write(f"lines of {name}\t{lines[name]}\t\t\tcount\n")
        for name, values in counts.items():
            f.write(f"{name}\t{int(values[0])}\t\t\tcount\n")
    plot([(r[0], r[1]) for r in rows if r[0] != "cat"], "bench/speed.svg")
    with open("bench/README.md", "w", encoding="utf-8") as f:
        f.write("# Benchmarks\n`make bench` writes this page, `speed.svg` and a file in `record/`. All figures of a run come from one interleaved "
                "session after a\nwarm-up; the ratios are what counts, absolute figures swing with the machine. The text holds one article a line "
                "(`make_text.py`),\nrepeated up to 200 MB; `new text` has each once: what words not met before cost, the start included. The\ntokenizer and stem stage run in memory over articles met for the first time. Counts are checked in every run.\n"
                "`AVX2 ceiling` and `scalar table` find begins and ends of words and nothing else, no rule, class, shape or sentence: what a processor "
                "can\ndo at best.\n\n"
                f"Last run: {date}, {cpu()}, {runs} runs, `{record}`.\n\n![speed](speed.svg)\n\n| what | median MB/s | min | max |\n|---|---|---|---|\n")
        f.writelines(f"| {n.replace('|', ' &#124; ')} | {a:.0f} | {b:.0f} | {c:.0f} |\n" for n, a, b, c in rows)
        f.write("\n| ratio | measured | floor | aim |\n|---|---|---|---|\n")
        f.writelines(f"| {n} | {v:.2f} | {a} | {b} |\n" for n, v, a, b in ratios)
        f.write(f"\nPeak memory of `extract -j1`, 2 GB of lines on standard input: {rss:.0f} MiB, the mapped model ({model:.1f} MB) included.  \n"
                f"Start-up (`extract` of a one-line file): {start[0]:.1f} ms (median; {start[1]:.1f} to {start[2]:.1f}).\n"
                "\n`make bench-inputs` compares compressed and 8-bit input with plain text: `record/inputs-*.tsv`.\n")
    print(open("bench/README.md", encoding="utf-8").read())


resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
main()
