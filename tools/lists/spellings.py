#!/usr/bin/env python3
"""Add to models/de/lists/companies.tsv the spelling with one capital that newspapers use (Lyondellbasell for LyondellBasell), unless
it is listed already or a German word.

Usage: tools/lists/spellings.py ../shared/data
"""
import os
import re
import sys

from forms import one_capital, of_line

LISTS = os.path.join(os.path.dirname(__file__), "../../models/de/lists")


def main():
    with open(os.path.join(sys.argv[1], "stems/german_voc.txt"), encoding="utf-8") as f:
        taken = {line.strip() for line in f}
    for name in sorted(os.listdir(LISTS)):
        if name.endswith(".tsv"):
            with open(os.path.join(LISTS, name), encoding="utf-8") as f:
                taken |= {form for line in f if line[0] not in "#@\n" for form in of_line(line)}
    path = os.path.join(LISTS, "companies.tsv")
    out = []
    with open(path, encoding="utf-8") as f:
        for line in f:
            cols = line.rstrip("\n").split("\t")
            if line[0] not in "#@" and not re.search(r"\b(amb|word)\b", cols[-1]):
                forms = cols[0].split("|")
                for form in forms[:]:
                    other = one_capital(form)
                    if other and other not in taken and other.lower() not in taken:
                        forms.append(other)
                        taken.add(other)
                cols[0] = "|".join(forms)
            out.append("\t".join(cols) + "\n")
    with open(path, "w", encoding="utf-8") as f:
        f.writelines(out)


main()
