#!/usr/bin/env python3
"""Precision of deals on raw text: draw records, show them for reading, or count the judged ones.

usage: raw_deals.py draw ERZ RAW_DIR [N [SEED]]   records of RAW_DIR/*.txt, at most N (200) drawn with SEED (1), with their surroundings
       raw_deals.py score                         precision (a line of results.tsv) from tests/quality/raw_deals.tsv
raw_deals.tsv holds one line a judged record: corpus, document, offset, deal type, verdict (ok, or the kind of mistake).
"""
import collections
import os
import random
import subprocess
import sys

DOCS = {"gnad10k_test": "line", "leipzig_mixed_2011_10k.sents": "line", "wikinews_de": "blank"}


def records(erz, folder):
    for name, mode in sorted(DOCS.items()):
        path = os.path.join(folder, name + ".txt")
        out = subprocess.run([erz, "extract", "-q", "--docs=" + mode, "--table=deals", path], capture_output=True, check=True)
        for line in out.stdout.decode().splitlines():
            c = line.split("\t")
            yield name, c[0].rsplit("#", 1)[1], c


def draw(erz, folder, n=200, seed=1):
    found = list(records(erz, folder))
    random.Random(int(seed)).shuffle(found)
    for name, doc, c in sorted(found[: int(n)], key=lambda r: (r[0], int(r[1]), int(r[2][2]))):
        print("\t".join((name, doc, c[2], c[4], " ".join(x for x in c[5:15] if x))))
        print("\t\t" + c[15])
    print(f"{min(int(n), len(found))} of {len(found)} records", file=sys.stderr)


def score():
    here = os.path.join(os.path.dirname(__file__), "raw_deals.tsv")
    kinds = collections.Counter(line.rstrip("\n").split("\t")[4] for line in open(here, encoding="utf-8") if line[0] != "#")
    total = sum(kinds.values())
    print(f"raw\tdeal.type+parties\t{kinds['ok'] / total:.4f}\t-\t-\t{kinds['ok']}\t{total - kinds['ok']}\t-")
    for kind, count in sorted(kinds.items()):
        print(f"  {kind}\t{count}", file=sys.stderr)


if len(sys.argv) > 3 and sys.argv[1] == "draw":
    draw(*sys.argv[2:])
elif len(sys.argv) == 2 and sys.argv[1] == "score":
    score()
else:
    sys.exit(__doc__)
