#!/usr/bin/env python3
"""Draw records of money and percentages at random from ../shared/data/raw for reading by hand.

usage: sample_quantities.py [--seed N] [--count N] [--context BYTES]     (BUILD names the build folder)

Prints number, file:line:offset, value, unit, attributes and the text around; the span stands in << >>. What was found wrong is kept in
tests/quality/raw_quantities.tsv without the texts, which may not be copied.
"""
import argparse
import glob
import os
import random
import subprocess

RAW = "../shared/data/raw"


def records(path):
    out = subprocess.run([os.environ.get("BUILD", "build") + "/erz", "extract", "-q", "--docs=line", path], capture_output=True).stdout
    for line in out.decode().split("\n"):
        column = line.split("\t")
        if len(column) >= 9 and column[4] in ("money", "percent"):
            yield int(column[0].rsplit("#", 1)[1]), int(column[2]), int(column[3]), column[4:8]


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--count", type=int, default=300)
    ap.add_argument("--context", type=int, default=70)
    a = ap.parse_args()
    found, lines = [], {}
    for path in sorted(glob.glob(RAW + "/*.txt")):
        name = os.path.basename(path)
        lines[name] = open(path, "rb").read().split(b"\n")
        found += [(name, *r) for r in records(path)]
    for i, (name, n, begin, end, fields) in enumerate(sorted(random.Random(a.seed).sample(found, min(a.count, len(found)))), 1):
        text = lines[name][n - 1]
        show = lambda b: b.decode("utf-8", "replace")
        around = show(text[max(0, begin - a.context):begin]) + "<<" + show(text[begin:end]) + ">>" + show(text[end:end + a.context // 2])
        print(f"{i}\t{name}:{n}:{begin}\t{' '.join(fields[1:])}\t{around}")
    print(f"# {len(found)} records in all")


main()
