#!/usr/bin/env python3
"""Make a folder of annotated texts (docs/, gold.tsv, deals.tsv) from the marked-up texts in tools/corpus/train.

usage: train.py [--file NAME] [--kickers] OUT

  == ID                              a document begins
  [Name] [Span>Name]                 company; its value when that is not the span
  {65 Mio. Euro=65e6 EUR}            money; percent when the unit is %, pp, bp or ‰
  [Name!opt] {4 bis 5 Euro=4 EUR!range}  flags
  @ TYPE|TYPE : PARTY|ALIAS & PARTY : STATUS|STATUS a=AMOUNT/CURRENCY s=STAKE opt   a deal of the document

--file takes one file of tools/corpus/train (its name without .txt) instead of all.  --kickers adds a copy of each third headline with
firms behind a kicker that names them, as papers set them: `Alfa und Beta Nach Streit kommt die Fusion`.
"""
import argparse
import decimal
import glob
import os
import re
import shutil
import sys

SOURCES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "train")
MARK = re.compile(r"\[([^\]>!]+)(?:>([^\]!]+))?(?:!([^\]]+))?\]|\{([^}=]+)=([^}!]+)(?:!([^}]+))?\}")
TYPES = set("acquisition stake merger joint_venture investment funding partnership contract "
            "divestiture spin_off ipo insolvency".split())
STATUS = {"rumoured", "planned", "completed", "terminated"}
GOLD_HEAD = ["doc", "begin", "end", "type", "value", "unit", "flags", "text"]
DEAL_HEAD = ["doc", "types", "parties", "stake", "amount", "currency", "status", "flags"]


def plain(number):
    text = format(decimal.Decimal(number), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def documents(path):
    doc = None
    with open(path, encoding="utf-8") as f:
        for line in f.read().split("\n"):
            if line.startswith("== "):
                if doc:
                    yield doc
                doc = (line[3:].strip(), [], [])
            elif doc:
                doc[2 if line.startswith("@") else 1].append(line)
    if doc:
        yield doc


def read_marks(name, marked):
    """The text as bytes, and its gold rows."""
    text, gold, at = b"", [], 0
    for m in MARK.finditer(marked):
        text += marked[at:m.start()].encode()
        at, begin = m.end(), len(text)
        if m.group(1):
            row = ["COMPANY", m.group(2) or m.group(1), "", m.group(3) or "", m.group(1)]
        else:
            value, unit = (m.group(5).split() + [""])[:2]
            kind = "PERCENT" if unit in ("%", "pp", "bp", "‰") else "MONEY"
            row = [kind, plain(value), unit, m.group(6) or "", m.group(4)]
        text += row[4].encode()
        gold.append([name, begin, len(text)] + row)
    text += marked[at:].encode()
    if re.search(rb"[\[\]{}]", text):
        sys.exit(f"{name}: a stray bracket")
    return text, gold


def with_kicker(marked):
    """The headline behind the names of its first one or two firms; None: it has none."""
    names = []
    for m in MARK.finditer(marked):
        if m.group(1) and not m.group(3) and (m.group(2) or m.group(1)) not in names:
            names.append(m.group(2) or m.group(1))
    if not names or "\n" in marked:
        return None
    return " und ".join(f"[{name}]" for name in names[:1 + len(marked) % 2]) + " " + marked


def read_deal(name, line, names):
    types, parties, rest = [x.strip() for x in line[1:].split(" : ")]
    row = dict(stake="", amount="", currency="", status="", flags="")
    for word in rest.split():
        if word.startswith("a="):
            amounts, row["currency"] = word[2:].split("/")
            row["amount"] = "|".join(plain(x) for x in amounts.split("|"))
        elif word.startswith("s="):
            row["stake"] = word[2:]
        elif word == "opt":
            row["flags"] = word
        elif set(word.split("|")) <= STATUS:
            row["status"] = word
        else:
            sys.exit(f"{name}: what is {word}?")
    unknown = [x for p in parties.split(" & ") for x in p.split("|") if x not in names and x.replace("+", "&") not in names]
    if not set(types.split("|")) <= TYPES or not row["status"] or unknown:
        sys.exit(f"{name}: type, status or party: {line} {unknown}")
    return [name, types, parties, *(row[k] for k in DEAL_HEAD[3:])]


def write_rows(path, rows):
    with open(path, "w", encoding="utf-8") as f:
        f.writelines("\t".join(map(str, row)) + "\n" for row in rows)


def main():
    parser = argparse.ArgumentParser(usage="train.py [--file NAME] [--kickers] OUT")
    parser.add_argument("--file", default="*")
    parser.add_argument("--kickers", action="store_true")
    parser.add_argument("out")
    args = parser.parse_args()
    shutil.rmtree(args.out, ignore_errors=True)
    os.makedirs(os.path.join(args.out, "docs"))
    gold, deals, seen = [GOLD_HEAD], [DEAL_HEAD], set()
    for path in sorted(glob.glob(os.path.join(SOURCES, args.file + ".txt"))):
        for name, lines, deal_lines in documents(path):
            if name in seen:
                sys.exit(f"{name}: twice")
            seen.add(name)
            text, rows = read_marks(name, "\n".join(lines).strip() + "\n")
            names = {x for row in rows if row[3] == "COMPANY" for x in (row[4], row[7])}
            gold += rows
            deals += [read_deal(name, line, names) for line in deal_lines]
            copies = {name: text}
            kicker = with_kicker("\n".join(lines).strip()) if args.kickers and len(seen) % 3 == 0 else None
            if kicker:
                copies[name + "k"], rows = read_marks(name + "k", kicker + "\n")
                gold += rows
            for copy, text in copies.items():
                with open(os.path.join(args.out, "docs", copy + ".txt"), "wb") as f:
                    f.write(text)
    write_rows(os.path.join(args.out, "gold.tsv"), gold)
    write_rows(os.path.join(args.out, "deals.tsv"), deals)
    write_rows(os.path.join(args.out, "docs.txt"), [[name] for name in sorted(seen)])


main()
