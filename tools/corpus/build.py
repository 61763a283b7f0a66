#!/usr/bin/env python3
"""Make corpus/ from the marked-up articles in tools/corpus/articles.

usage: build.py [--check] [--lint]

An article is text with its mentions marked where they stand:

  [[c NAME|span]]            company; NAME is left out when it equals the span
  [[m VALUE UNIT FLAGS|span]] money
  [[p VALUE UNIT FLAGS|span]] percent; without a unit it is %
  {NBSP} {NNBSP} {SHY} {ZWSP} the invisible characters of web copies

A `?` after the letter marks an optional mention (flag opt).  After a line `%%deals` come the deals of the
article, one a line:  TYPE|TYPE ; PARTY|ALIAS & PARTY ; stake=.. amount=.. currency=.. status=.. flags=..

Writes corpus/docs/*.txt, gold.tsv, deals.tsv, docs.txt and stats.tsv.  --check writes nothing and fails when
the committed files differ.  --lint reads the spans with a second, independent set of rules and reports
values that do not follow from the text, and names or amounts that stand unmarked elsewhere in the article.
"""
import collections
import os
import re
import sys

sys.dont_write_bytecode = True
import lint  # noqa: E402  (beside this file)

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCES = os.path.join(HERE, "articles")
CORPUS = os.path.normpath(os.path.join(HERE, "..", "..", "corpus"))
KINDS = {"c": "COMPANY", "m": "MONEY", "p": "PERCENT"}
INVISIBLE = {"{NBSP}": "\u00a0", "{NNBSP}": "\u202f", "{SHY}": "\u00ad", "{ZWSP}": "\u200b"}
TYPES = set("acquisition stake merger joint_venture investment funding partnership contract "
            "divestiture spin_off ipo insolvency".split())
STATUS = {"rumoured", "planned", "completed", "terminated"}
FLAGS = re.compile(r"(opt|nocur|vague|range|to=[0-9.]+)$")
MARK = re.compile(r"\[\[([cmp])(\??)(?: ([^|\]]*))?\|([^|\]]+)\]\]")
GOLD_HEAD = ["doc", "begin", "end", "type", "value", "unit", "flags", "text"]
DEAL_HEAD = ["doc", "types", "parties", "stake", "amount", "currency", "status", "flags"]


class Bad(Exception):
    pass


def mention(kind, opt, body, span, where):
    """The value, unit and flags that a mark states."""
    flags = ["opt"] if opt else []
    if kind == "c":
        return (body or span), "", flags
    words = (body or "").split()
    if not words or not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", words[0]):
        raise Bad(f"{where}: no value: {span}")
    value, rest, unit = words[0], words[1:], "%" if kind == "p" else ""
    known = {"%", "pp", "bp", "‰"}
    if rest and (rest[0] in known if kind == "p" else re.fullmatch("[A-Z]{3}", rest[0])):
        unit, rest = rest[0], rest[1:]
    for f in rest:
        if not FLAGS.match(f):
            raise Bad(f"{where}: unknown flag {f}")
    if kind == "m" and not unit and "nocur" not in rest:
        raise Bad(f"{where}: no currency: {span}")
    return value, unit, flags + rest


def parse_text(name, marked):
    """Plain text and mentions; offsets are UTF-8 bytes."""
    for key, char in INVISIBLE.items():
        marked = marked.replace(key, char)
    text, mentions, last = b"", [], 0
    for m in MARK.finditer(marked):
        text += marked[last:m.start()].encode()
        kind, opt, body, span = m.groups()
        value, unit, flags = mention(kind, opt, body, span, name)
        for char in INVISIBLE.values():
            if kind == "c":
                value = value.replace(char, "" if char in "\u00ad\u200b" else " ")
        raw = span.encode()
        mentions.append((len(text), len(text) + len(raw), KINDS[kind], value, unit, flags, span))
        text += raw
        last = m.end()
    text += marked[last:].encode()
    if b"[[" in text or b"]]" in text or b"{" in text:
        raise Bad(f"{name}: broken mark: {text[max(0, text.find(b'[[')):][:60]!r}")
    return text, mentions


def parse_deal(name, line, names):
    parts = [p.strip() for p in line.split(";")]
    if len(parts) != 3:
        raise Bad(f"{name}: deal needs three fields: {line}")
    types, parties, rest = parts
    fields = dict(kv.split("=", 1) for kv in rest.split())
    if set(types.split("|")) - TYPES or set(fields.get("status", "").split("|")) - STATUS - {""}:
        raise Bad(f"{name}: unknown type or status: {line}")
    if set(fields) - set(DEAL_HEAD):
        raise Bad(f"{name}: unknown field: {line}")
    for party in parties.split(" & "):
        for alias in party.split("|"):
            if alias not in names:
                raise Bad(f"{name}: party {alias} is no company of the article")
    return [name, types, parties] + [fields.get(k, "") for k in DEAL_HEAD[3:]]


def read_article(path):
    name = os.path.basename(path)[:-4]
    with open(path, encoding="utf-8", newline="\n") as f:
        marked, _, tail = f.read().partition("%%deals\n")
    text, mentions = parse_text(name, marked.rstrip("\n") + "\n")
    names = {m[3] for m in mentions if m[2] == "COMPANY"} | {m[6] for m in mentions if m[2] == "COMPANY"}
    deals = [parse_deal(name, l, names) for l in tail.splitlines() if l.strip()]
    for begin, end, *_, span in mentions:
        if text[begin:end] != span.encode():
            raise Bad(f"{name}: offsets of {span}")
    return name, text, mentions, deals


def table(head, rows):
    return ("\n".join("\t".join(map(str, r)) for r in [head] + rows) + "\n").encode()


def statistics(articles):
    """Counts a document; the last line holds the sums."""
    head = ["doc", "bytes", "chars", "money", "percent", "company", "names", "deals"]
    rows = []
    for name, text, mentions, deals in articles:
        n = collections.Counter(m[2] for m in mentions)
        rows.append([name, len(text), len(text.decode()), n["MONEY"], n["PERCENT"], n["COMPANY"],
                     len({m[3] for m in mentions if m[2] == "COMPANY"}), len(deals)])
    rows.append(["all"] + [sum(r[i] for r in rows) for i in range(1, len(head))])
    return table(head, rows)


def outputs(articles):
    gold = [[name, b, e, kind, value, unit, " ".join(flags), span]
            for name, _, mentions, _ in articles for b, e, kind, value, unit, flags, span in mentions]
    files = {f"docs/{name}.txt": text for name, text, _, _ in articles}
    files["gold.tsv"] = table(GOLD_HEAD, gold)
    files["deals.tsv"] = table(DEAL_HEAD, [d for a in articles for d in a[3]])
    files["docs.txt"] = "".join(a[0] + "\n" for a in articles).encode()
    files["stats.tsv"] = statistics(articles)
    return files


def stale(files):
    """Names of the committed files that differ, are missing or should not be there."""
    have = {"docs/" + f for f in os.listdir(os.path.join(CORPUS, "docs"))}
    bad = sorted(have - set(files))
    for name, data in sorted(files.items()):
        try:
            with open(os.path.join(CORPUS, name), "rb") as f:
                if f.read() != data:
                    bad.append(name)
        except FileNotFoundError:
            bad.append(name)
    return bad


def main():
    try:
        articles = [read_article(os.path.join(SOURCES, f)) for f in sorted(os.listdir(SOURCES)) if f.endswith(".txt")]
    except Bad as e:
        sys.exit(f"build.py: {e}")
    if "--lint" in sys.argv[1:]:
        sys.exit(1 if lint.report(articles) else 0)
    files = outputs(articles)
    if "--check" in sys.argv[1:]:
        bad = stale(files)
        for name in bad:
            print(f"build.py: corpus/{name} is not what tools/corpus makes", file=sys.stderr)
        sys.exit(1 if bad else 0)
    os.makedirs(os.path.join(CORPUS, "docs"), exist_ok=True)
    for name, data in files.items():
        with open(os.path.join(CORPUS, name), "wb") as f:
            f.write(data)


if __name__ == "__main__":
    main()
