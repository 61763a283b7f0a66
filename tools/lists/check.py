#!/usr/bin/env python3
"""Check models/de/lists/*.tsv: format, NFC, duplicate forms within a class, stray blanks.  Prints entry counts.
With the module snowballstemmer installed, forms of stem lines are compared by stem.

Usage: tools/lists/check.py [DIR]     exit status 1 when a fault was found
"""
import collections
import glob
import os
import sys
import unicodedata

from forms import of_line

try:
    import snowballstemmer
    STEM = snowballstemmer.stemmer("german").stemWord
except ImportError:
    STEM = None

KNOWN = {"exact": lambda s: s, "fold": str.lower,
         "stem": lambda s: " ".join(STEM(w.lower()) if STEM else w.lower() for w in s.split(" "))}


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "../../models/de/lists")
    faults, counts, seen, size = [], collections.OrderedDict(), {}, 0
    for path in sorted(glob.glob(os.path.join(root, "*.tsv"))):
        data = open(path, "rb").read()
        size += len(data)
        name, cls, match = os.path.basename(path), None, "exact"
        text = data.decode("utf-8")
        if unicodedata.normalize("NFC", text) != text:
            faults.append(f"{name}: not NFC")
        if not text.endswith("\n") or "\r" in text:
            faults.append(f"{name}: line ends")
        for n, line in enumerate(text.split("\n")[:-1], 1):
            where = f"{name}:{n}"
            if not line or line.startswith("#"):
                continue
            if line.startswith("@"):
                key, _, val = line.partition(" ")
                if key == "@class" and val.isidentifier():
                    cls = val
                elif key == "@match" and val in KNOWN:
                    match = val
                else:
                    faults.append(f"{where}: bad directive {line}")
                continue
            cols = line.split("\t")
            if cls is None or len(cols) > 3 or line != line.rstrip():
                faults.append(f"{where}: bad entry line")
                continue
            for flag in (cols[2].split(",") if len(cols) > 2 else []):
                if not flag or " " in flag:
                    faults.append(f"{where}: bad flag in {cols[2]!r}")
            own = set()
            for form in of_line(line):
                if not form or form != " ".join(form.split()):
                    faults.append(f"{where}: empty form or stray blank in {cols[0]!r}")
                key = KNOWN[match](form)
                if (cls, match, key) in seen and (key not in own or match != "stem") and not (match == "stem" and seen[cls, match, key][1] == cols[1:]):
                    faults.append(f"{where}: duplicate {cls} {form!r}, first at {seen[cls, match, key][0]}")
                own.add(key)
                seen.setdefault((cls, match, key), (where, cols[1:]))
                counts.setdefault((name, cls), [0, 0])[1] += 1
            counts[name, cls][0] += 1
    for (name, cls), (entries, forms) in counts.items():
        print(f"{name}\t{cls}\t{entries} entries\t{forms} forms")
    print(f"total\t{size} bytes")
    for f in faults:
        print(f, file=sys.stderr)
    return 1 if faults else 0


sys.exit(main())
