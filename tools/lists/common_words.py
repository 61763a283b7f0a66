#!/usr/bin/env python3
"""Common German nouns, for telling names from nouns: models/de/lists/common_words.tsv.

usage: common_words.py GERMEVAL_TRAIN.iob2.tsv GERMAN_VOC.txt > models/de/lists/common_words.tsv
common_word: capitalised words that GermEval 2014 labels O inside of sentences. A compound whose last part is in the list is
left out: the reader of the list looks at the ends of words too.
plain_word: words of Snowball's vocabulary that it labels O now and then, but more often as part of a name (Haus, Preis).
"""
import collections
import re
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
    for word in sorted(rare & vocabulary | often & vocabulary - words):
        print(word)


main()
