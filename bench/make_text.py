#!/usr/bin/env python3
"""Write a benchmark text of one article a line: the articles of ../shared/data/raw where they are, else of corpus/, in a seeded
shuffle repeated up to the size asked for; 0: each article once.

usage: make_text.py FILE [MEGABYTES]
"""
import glob
import os
import random
import sys

path, size = sys.argv[1], int(sys.argv[2] if len(sys.argv) > 2 else 200) * 1_000_000
raw = sorted(glob.glob("../shared/data/raw/*.txt"))
if raw:
    articles = []
    for name in raw:
        text = open(name, encoding="utf-8").read()
        # Leipzig files hold a sentence a line: thirty of them make an article.
        lines = text.split("\n")
        parts = [" ".join(lines[i:i + 30]) for i in range(0, len(lines), 30)] if name.endswith(".sents.txt") else text.split("\n\n")
        articles += [" ".join(part.split("\n")).strip() for part in parts]
else:
    articles = [open(name, encoding="utf-8").read().replace("\n", " ").strip() for name in sorted(glob.glob("corpus/docs/*.txt"))]
articles = [a for a in articles if a]
rng, done = random.Random(20), 0
with open(path + ".tmp", "w", encoding="utf-8") as out:
    while done < max(size, 1):
        rng.shuffle(articles)
        for a in articles:
            out.write(a + "\n")
            done += len(a.encode()) + 1
            if 0 < size <= done:
                break
os.rename(path + ".tmp", path)
