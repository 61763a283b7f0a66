#!/usr/bin/env python3
"""Run the examples of docs/quantities.md: each document of a ```quantities block must give exactly the records below it."""
import os
import re
import subprocess
import sys
import tempfile

BUILD = os.environ.get("BUILD", "build")


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


def extract(texts):
    with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False, encoding="utf-8") as f:
        f.write("\n".join(texts) + "\n")
    try:
        out = subprocess.run([BUILD + "/erz", "extract", "--docs=line", f.name], capture_output=True, check=True).stdout.decode()
    finally:
        os.unlink(f.name)
    records = [[] for _ in texts]
    for line in out.split("\n"):
        column = line.split("\t")
        if len(column) < 9 or column[4] not in ("money", "percent"):
            continue
        n = int(re.search(r"(\d+)$", column[0]).group(1))
        records[n - 1].append([column[8], column[4], column[5], column[6], column[7]])
    return records


def main():
    cases = examples("docs/quantities.md")
    got = extract([text for _, text, _ in cases])
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
