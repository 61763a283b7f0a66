#!/usr/bin/env python3
"""Run the examples of docs/quantities.md: each document of a ```quantities block must give exactly the records below it."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from quantity_records import extract


def examples(path):
    inside, found = False, []
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.rstrip("\n")
        if line.startswith("```"):
            inside = line == "```quantities"
        elif inside and line.startswith("> "):
            found.append((number, line[2:], []))
        elif inside and line:
            found[-1][2].append([field.strip() for field in (line + " ").split(" | ")])
    return found


def main():
    cases = examples("docs/quantities.md")
    got = [[[c[8], c[4], c[5], c[6], c[7]] for c in records] for records in extract([text for _, text, _ in cases])]
    print(f"1..{len(cases)}")
    for i, ((line, text, want), have) in enumerate(zip(cases, got), 1):
        good = want == have
        print(f"{'ok' if good else 'not ok'} {i} - docs/quantities.md:{line}")
        if not good:
            for w in want:
                if w not in have:
                    print("# missing: " + " | ".join(w))
            for h in have:
                if h not in want:
                    print("# extra:   " + " | ".join(h))
    return 0 if len(cases) > 0 else 1


sys.exit(main())
