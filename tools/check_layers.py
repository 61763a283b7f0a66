#!/usr/bin/env python3
"""Verify the dependency order of pipeline/: a module includes its own folder, pipeline/base and the public headers of modules before
it. Prints TAP."""
import os
import re
import sys

# Folder -> rank; a public header belongs to the folder that implements it.
ORDER = ["base", "stem", "lexicon", "tokenize", "model", "match", "record", "extract", "input", "compile", "train", "cli"]
HEADERS = {"error": "base", "document": "base", "stem": "stem", "lexicon": "lexicon", "lexicon_build": "lexicon", "token": "lexicon",
           "model": "lexicon", "mention": "lexicon", "match": "match", "record": "record", "extract": "extract", "stream": "record", "export": "record",
           "input": "input", "compile": "stem", "train": "train"}
# The program shares the writer's escaping, the compiler the model's layout, the trainer the tagger's units and features: private
# headers used across folders, each with a reason.
ALLOWED = {("cli", "record/escape.h"), ("compile", "model/format.h"),
           ("train", "match/company.h")}

bad, n = [], 0
for folder, _, files in os.walk("pipeline"):
    module = os.path.relpath(folder, "pipeline").split(os.sep)[0]
    for name in files:
        if not name.endswith((".c", ".h")):
            continue
        n += 1
        path = os.path.join(folder, name)
        for line in open(path, encoding="utf-8"):
            m = re.match(r'\s*#\s*include "([^"]+)"', line)
            if not m:
                continue
            inc = m.group(1)
            if inc.startswith("erz/"):
                owner = HEADERS.get(inc[4:-2])
                if owner and module in ORDER and ORDER.index(owner) > ORDER.index(module):
                    bad.append(f"{path} includes {inc} of the later module {owner}")
            elif "/" in inc and inc.split("/")[0] not in ("base", module) and (module, inc) not in ALLOWED:
                bad.append(f"{path} includes the private header {inc}")
        if module not in ORDER:
            bad.append(f"{path}: folder {module} has no place in the order")
for line in bad:
    print("#", line)
print(("not ok" if bad else "ok"), "1 - dependency order of", n, "files")
sys.exit(1 if bad else 0)
