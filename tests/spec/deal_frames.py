#!/usr/bin/env python3
"""Frames of sentences and headlines, each with companies set in: does the deal have all of them, and no others?"""
import collections
import json
import os
import subprocess
import sys

NAMES = [("Siemens", "Evonik", "Allianz"), ("Lufthansa", "Kuka", "Santander")]
ROLES = ("buyer", "target", "seller", "party")
TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "deal_frames.tsv")


def filled(frame, names):
    return frame.replace("{A}", names[0]).replace("{B}", names[1]).replace("{C}", names[2])


def find(texts):
    lines = "".join(json.dumps({"id": str(i), "text": t}, ensure_ascii=False) + "\n" for i, t in enumerate(texts))
    command = [os.path.join(os.environ.get("BUILD", "build"), "erz"), "extract", "--docs", "jsonl", "-"]
    out = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    deals = collections.defaultdict(list)
    for line in out.splitlines():
        field = line.split("\t")
        if field[4] == "deal":
            pairs = [a.split("=", 1) for a in field[7].split(";")]
            deals[int(field[0])].append((field[5], {p[1] for p in pairs if p[0] in ROLES}))
    return deals


frames = [line.rstrip("\n").split("\t") for line in open(TABLE, encoding="utf-8") if not line.startswith("#")]
cases = [(frame, names) for frame in frames for names in NAMES]
deals = find([filled(frame[2], names) for frame, names in cases])
failed = 0
for i, ((parties, types, frame), names) in enumerate(cases):
    wanted = {names["ABC".index(p)] for p in parties}
    good = any(who == wanted and (types == "-" or kind in types.split(",")) for kind, who in deals[i])
    failed += not good
    print(f"{'ok' if good else 'not ok'} {i + 1} - {filled(frame, names)}")
print(f"1..{len(cases)}")
sys.exit(failed > 0 or len(cases) < 500)
