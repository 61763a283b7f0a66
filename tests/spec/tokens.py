#!/usr/bin/env python3
"""The examples of docs/tokens.md, run through `erz tokenize`."""
import os
import re
import subprocess
import sys

ROW = re.compile(r"^\| (`+) ?(.*?) ?\1 \| (`+) ?(.*?) ?\3 \|$")


def plain(text):
    text = re.sub(r"\\u([0-9A-Fa-f]{4})", lambda m: chr(int(m.group(1), 16)), text)
    return text.replace("\\n", "\n").replace("\\t", "\t")


def tokenize(text, *options):
    command = [os.path.join(os.environ.get("BUILD", "build"), "erz"), "tokenize", *options, "-"]
    out = subprocess.run(command, input=text.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    shown, sentence = [], None
    for line in out.split("\n"):
        field = line.split("\t")
        if len(field) < 6 or field[4] == "end":
            continue
        if sentence is not None:
            shown.append("·" if field[1] == sentence else "¶")
        sentence = field[1]
        shown.append(re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t", "\\": "\\"}.get(m.group(1), ""), field[5]))
    return " ".join(shown)


number = failed = 0
for line in open("docs/tokens.md", encoding="utf-8"):
    row = ROW.match(line.rstrip("\n"))
    if row is None:
        continue
    number += 1
    text, expected = plain(row.group(2)), plain(row.group(4))
    got = tokenize(text)
    failed += got != expected
    print(f"{'ok' if got == expected else 'not ok'} {number} - {row.group(2)}")
    if got != expected:
        print(f"#    got {got}\n# expect {expected}")
number += 1
got = tokenize("Die US-Dollar-Anleihe der 10-jährigen Fleisch- und 10-20", "--split-hyphens")
good = got == "Die · US · - · Dollar · - · Anleihe · der · 10 · - · jährigen · Fleisch · - · und · 10 · - · 20"
failed += not good
print(f"{'ok' if good else 'not ok'} {number} - compounds cut at hyphens: {got}")
print(f"1..{number}")
sys.exit(failed > 0 or number < 50)
