#!/usr/bin/env python3
"""Common German nouns, for telling names from nouns: models/de/lists/common_words.tsv.

usage: common_words.py GERMEVAL_TRAIN.iob2.tsv GERMAN_VOC.txt SMARTDATA_TRAIN > models/de/lists/common_words.tsv
common_word: capitalised words that GermEval 2014 labels O inside of sentences. A compound whose last part is in the list is
left out: the reader of the list looks at the ends of words too.
plain_word: words of Snowball's vocabulary that it labels O now and then, but more often as part of a name (Haus, Preis), and
capitalised words that the SmartData corpus never has in a name, in two texts or more.
"""
import collections
import re
import os
import sys


def nouns(path):
    common, named, inside = collections.Counter(), collections.Counter(), False
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line or line.startswith("#"):
            inside = False
            continue
        word, tag = line.split("\t")[:2]
        if re.fullmatch(r"[A-ZÄÖÜ][a-zäöüß]+", word):
            if tag != "O":
                named[word] += 1
            elif inside:
                common[word] += 1
        inside = inside or word not in '"„«»“(.'
    often = {w.lower() for w in common if named[w] <= common[w] * 0.2}
    return often, {w.lower() for w in common} - often


def smartdata(folder):
    spans, texts, named = collections.defaultdict(list), collections.Counter(), set()
    with open(os.path.join(folder, "gold.tsv"), encoding="utf-8") as f:
        for row in list(f)[1:]:
            doc, begin, end = row.split("\t")[:3]
            spans[doc].append((int(begin), int(end)))
    for file in sorted(os.listdir(os.path.join(folder, "docs"))):
        with open(os.path.join(folder, "docs", file), "rb") as f:
            text = f.read()
        seen = set()
        for m in re.finditer(rb"(?<=[a-z,] )(?:[A-Z]|\xc3[\x84\x96\x9c])(?:[a-z]|\xc3[\xa4\xb6\xbc\x9f]){3,}\b", text):
            word = m.group().decode()
            if any(b < m.end() and m.start() < e for b, e in spans[file[:-4]]):
                named.add(word)
            else:
                seen.add(word)
        texts.update(seen)
    return {w.lower() for w, n in texts.items() if n >= 2 and w not in named}


def main():
    often, rare = nouns(sys.argv[1])
    words = {w for w in often if len(w) >= 4}
    print("# Common words. Made by tools/lists/common_words.py; sources in models/SOURCES.tsv.")
    print("@class common_word\n@match fold")
    for word in sorted(words):
        if not any(word[i:] in words for i in range(3, len(word) - 4)):
            print(word)
    vocabulary = {line.strip() for line in open(sys.argv[2], encoding="utf-8")}
    print("@class plain_word")
    names = set()
    for part in ("firstnames.tsv", "places.tsv", "companies.tsv", "companies_listed.tsv", "not_company.tsv"):
        with open(os.path.join(os.path.dirname(sys.argv[0]), "../../models/de/lists", part), encoding="utf-8") as f:
            names |= {form.lower() for row in f for form in row.split("\t")[0].rstrip("\n").split("|")}
    more = {w for w in smartdata(sys.argv[3]) if w not in names and w not in words and not any(w[i:] in words for i in range(3, len(w) - 4))}
    for word in sorted(rare & vocabulary | often & vocabulary - words | more):
        print(word)


main()
