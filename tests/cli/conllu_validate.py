"""Check a CoNLL-U file by the rules of universaldependencies.org/format.html that hold without trees."""
import re
import sys

bad = 0


def complain(number, what):
    global bad
    bad += 1
    print(f"{number}: {what}")


ids, expected, words, text, sentences = set(), 1, [], None, 0
for number, line in enumerate(open(sys.argv[1], encoding="utf-8", newline="\n"), 1):
    line = line[:-1]
    if line == "":
        if not words:
            complain(number, "empty sentence")
        joined = "".join(w if nospace else w + " " for w, nospace in words)
        if text is None or joined.rstrip(" ") != text.rstrip(" "):
            complain(number, f"text is not what the tokens say: {text!r} {joined!r}")
        sentences += 1
        expected, words, text = 1, [], None
    elif line.startswith("#"):
        if words:
            complain(number, "comment inside a sentence")
        if line.startswith("# text = "):
            text = line[9:]
        if line.startswith("# sent_id = "):
            if line in ids:
                complain(number, "sent_id twice")
            ids.add(line)
    else:
        fields = line.split("\t")
        if len(fields) != 10:
            complain(number, f"{len(fields)} fields")
            continue
        if fields[0] != str(expected):
            complain(number, f"id {fields[0]} instead of {expected}")
        expected += 1
        if any(f == "" or f != f.strip() for f in fields):
            complain(number, "empty field or blanks at an end")
        if any(" " in f for i, f in enumerate(fields) if i not in (1, 2, 9)):
            complain(number, "blank inside a field")
        misc = fields[9].split("|")
        if any(not re.fullmatch(r"[^=|\s]+=[^|\s]+", m) for m in misc):
            complain(number, f"MISC: {fields[9]}")
        keys = [m.split("=")[0] for m in misc]
        if len(set(keys)) != len(keys):
            complain(number, f"MISC: a key twice: {fields[9]}")
        words.append((fields[1], "SpaceAfter=No" in misc))
if words:
    complain("end", "no empty line behind the last sentence")
if sentences == 0:
    complain("end", "no sentence")
sys.exit(bad > 0)
