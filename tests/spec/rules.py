#!/usr/bin/env python3
"""Run docs/rules.md: each rules block over its text must give exactly its records, each bad block its message."""
import os
import subprocess
import sys
import tempfile

BUILD = os.environ.get("BUILD", "build")
KINDS = ("rules", "text", "records", "bad")


def blocks(path):
    kind, begin, lines = None, 0, []
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.rstrip("\n")
        if line.startswith("```"):
            if kind in KINDS:
                yield kind, begin, lines
            kind, begin, lines = (line[3:] if kind is None else None), number, []
        elif kind is not None:
            lines.append(line)


def run(rules, text):
    with tempfile.TemporaryDirectory() as folder:
        with open(folder + "/rules", "w", encoding="utf-8") as f:
            f.write(rules)
        done = subprocess.run([os.path.abspath(BUILD) + "/erz", "extract", "--rules", "rules"], input=text.encode(), cwd=folder,
                              capture_output=True)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def records(out):
    found = []
    for line in out.splitlines():
        c = line.split("\t")
        if c[4] not in ("money", "percent", "company"):
            found.append(" | ".join((c[4], c[5], c[7], c[8])))
    return found


def main():
    n, rules, text, failed = 0, "", "", 0
    for kind, line, lines in blocks("docs/rules.md"):
        body = "\n".join(lines) + "\n"
        if kind == "rules":
            rules = body
        elif kind == "text":
            text = body
        else:
            n += 1
            if kind == "records":
                status, out, err = run(rules, text)
                good, got = status == 0 and records(out) == lines, "\n".join(records(out)) + err
            else:
                bad, want = body.split("---\n")
                status, out, err = run(bad, "x\n")
                got = "\n".join(s[2:] if i > 0 else s for i, s in enumerate(err.splitlines())) + "\n"
                good = status == 2 and out == "" and got == "erz: " + want
            failed += not good
            print(f"{'ok' if good else 'not ok'} {n} - docs/rules.md:{line}")
            if not good:
                print("# " + got.replace("\n", "\n# "))
    print(f"1..{n}")
    return 0 if n > 0 else 1


sys.exit(main())
