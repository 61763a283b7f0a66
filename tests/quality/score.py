#!/usr/bin/env python3
"""Score erz records against a gold folder and print set, measure, precision, recall, F1, tp, fp, fn.

usage: score.py NAME GOLD_DIR RECORDS.tsv [DEAL_TYPE,...]

GOLD_DIR holds gold.tsv (doc begin end type value unit flags text) and perhaps deals.tsv (doc types parties stake amount
currency status flags) and docs.txt; RECORDS.tsv comes from `erz extract --header`. Matching is greedy, one to one, in the order
of the gold; flags: opt neither rewards nor punishes, nocur accepts any unit, novalue compares the span only.
"""
import collections
import os
import re
import sys
import unicodedata
from urllib.parse import unquote

LEGAL = re.compile(r"[\s,]+(gmbh( & co\.? kg(aa)?)?|ag|se|kg|kgaa|ohg|inc\.?|corp\.?|corporation|ltd\.?|limited|llc|plc|s\.?a\.?|nv|"
                   r"n\.v\.|b\.?v\.?|s\.p\.a\.|spa|oyj?|ab|asa|a/s|co\.?|company|holding|group|gruppe|konzern)$", re.I)
UNESCAPE = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}


def table(path):
    with open(path, encoding="utf-8", newline="") as f:
        head = f.readline().rstrip("\n").lstrip("#").split("\t")
        for line in f:
            if line.strip("\n"):
                yield dict(zip(head, line.rstrip("\n").split("\t")))


def stem(doc):
    return re.sub(r"\.(txt|gz|zst|xz|bz2)$", "", re.sub(r"\.(gz|zst|xz|bz2)$", "", os.path.basename(doc)))


def norm(name):
    name = unicodedata.normalize("NFC", name).strip().casefold()
    while LEGAL.search(name):
        name = LEGAL.sub("", name)
    return re.sub(r"[^\w]+", " ", name).strip()


def number(text):
    try:
        return float(text)
    except (TypeError, ValueError):
        return None


def near(a, b):
    return a is not None and b is not None and abs(a - b) <= 1e-9 * max(1.0, abs(a))


def same_value(gold, got):
    if "novalue" in gold["flags"]:
        return True
    want = number(gold["value"])
    if want is not None and not near(want, number(got["value"])):
        return False
    return "nocur" in gold["flags"] or not gold["unit"] or gold["unit"] == got["unit"]


def align(gold, got, fits):
    used, tp, fn = set(), 0, 0
    for g in gold:
        inside = [i for i, p in enumerate(got) if i not in used and p["begin"] < g["end"] and g["begin"] < p["end"] and fits(g, p)]
        if inside:
            used.add(max(inside, key=lambda i: min(got[i]["end"], g["end"]) - max(got[i]["begin"], g["begin"])))
        if "opt" not in g["flags"]:
            tp, fn = tp + bool(inside), fn + (not inside)
    optional = [g for g in gold if "opt" in g["flags"]]
    fp = sum(1 for i, p in enumerate(got) if i not in used and not any(p["begin"] < g["end"] and g["begin"] < p["end"] for g in optional))
    return tp, fp, fn


FITS = {"overlap": lambda g, p: True, "exact": lambda g, p: (g["begin"], g["end"]) == (p["begin"], p["end"]), "value": same_value}


def attributes(text):
    out = collections.defaultdict(list)
    for pair in filter(None, text.split(";")):
        key, _, value = pair.partition("=")
        out[key].append(unquote(re.sub(r"\\([tnr\\])", lambda m: UNESCAPE[m.group(1)], value)))
    return out


def deal_fields(gold, hits):
    for field in ("stake", "amount", "status"):
        want = gold.get(field)
        if not want:
            continue
        if field == "status":
            yield field, any(p["unit"] in want.split("|") or s in want.split("|") for p, a in hits for s in a["status"] or [""])
        else:
            values = [number(v.split()[0]) for _, a in hits for v in a[field] if v]
            yield field, any(near(float(w), v) for w in want.split("|") for v in values)


def score_deals(docs, deals, got, types, out):
    count, fields = [0, 0, 0], collections.Counter()
    for d in docs:
        found = collections.defaultdict(list)
        for p in got[d]["deal"]:
            a = attributes(p["attrs"])
            who = frozenset(norm(v) for k in ("buyer", "target", "seller", "party") for v in a[k])
            if who and (not types or p["value"] in types):
                found[p["value"], who].append((p, a))
        hit = set()
        for g in deals[d]:
            need = [{norm(x) for x in part.split("|")} for part in g["parties"].split(" & ")]
            fit = [k for k in found if k[0] in g["types"].split("|") and all(k[1] & n for n in need)]
            hit.update(fit)
            if "opt" in (g.get("flags") or ""):
                continue
            count[0 if fit else 2] += 1
            if fit:
                fields.update(deal_fields(g, [x for k in fit for x in found[k]]))
        count[1] += len(found) - len(hit)
    out("deal.type+parties", *count)
    for f in ("stake", "amount", "status"):
        if fields[f, True] + fields[f, False]:
            out(f"deal.{f}", fields[f, True], 0, fields[f, False])


def main():
    name, gold_dir, records = sys.argv[1:4]
    types = sys.argv[4].split(",") if len(sys.argv) > 4 else None
    gold = collections.defaultdict(lambda: collections.defaultdict(list))
    got = collections.defaultdict(lambda: collections.defaultdict(list))
    deals = collections.defaultdict(list)
    for r in table(os.path.join(gold_dir, "gold.tsv")):
        r["begin"], r["end"] = int(r["begin"]), int(r["end"])
        gold[stem(r["doc"])][r["type"].lower()].append(r)
    has_deals = os.path.exists(os.path.join(gold_dir, "deals.tsv"))
    for r in table(os.path.join(gold_dir, "deals.tsv")) if has_deals else ():
        deals[stem(r["doc"])].append(r)
    docs = set(gold) | set(deals)
    listed = os.path.join(gold_dir, "docs.txt")
    if os.path.exists(listed):
        docs |= {stem(line.strip()) for line in open(listed, encoding="utf-8") if line.strip()}
    for r in table(records):
        r["begin"], r["end"] = int(r["begin"]), int(r["end"])
        got[stem(r["doc"])][r["type"]].append(r)

    def out(measure, tp, fp, fn):
        p, r = tp / (tp + fp) if tp + fp else 0.0, tp / (tp + fn) if tp + fn else 0.0
        f = 2 * p * r / (p + r) if p + r else 0.0
        print(f"{name}\t{measure}\t{p:.4f}\t{r:.4f}\t{f:.4f}\t{tp}\t{fp}\t{fn}")

    kinds = {k for d in gold.values() for k in d}
    for kind, measures in (("money", FITS), ("percent", FITS), ("company", ("overlap", "exact"))):
        for m in measures if kind in kinds else ():
            counts = [align(gold[d][kind], got[d][kind], FITS[m]) for d in docs]
            out(f"{kind}.{m}", *(sum(c[i] for c in counts) for i in range(3)))
    if any(g["value"] for d in gold.values() for g in d["company"]):
        total = [0, 0, 0]
        for d in docs:
            may = {norm(g["value"] or g["text"]) for g in gold[d]["company"]}
            must = {norm(g["value"] or g["text"]) for g in gold[d]["company"] if "opt" not in g["flags"]}
            names = {norm(p["value"] or p["text"]) for p in got[d]["company"]}
            total = [total[0] + len(must & names), total[1] + len(names - may), total[2] + len(must - names)]
        out("company.names", *total)
    if has_deals:
        score_deals(docs, deals, got, types, out)


main()
