#!/usr/bin/env python3
"""Derive models/de/lists/firstnames.tsv: single first names, without those that are also German words, places or
company names of the other lists (these get `amb` when they are usual first names).

Input: firstnames_finnhecker_mit.txt (MIT), german_voc.txt of Snowball (BSD-3) as a list of ordinary words.
Usage: tools/lists/firstnames.py ../shared/data > models/de/lists/firstnames.tsv
"""
import os
import re
import sys
import unicodedata

LISTS = os.path.join(os.path.dirname(__file__), "../../models/de/lists")
# usual in business news, missing in the source or international
MORE = """Oliver Christian Martin Wolfgang Klaus Jürgen Dieter Manfred Uwe Günter Günther Horst Helmut Werner Rainer Reiner
Bernd Frank Ralf Rolf Karl-Heinz Karl Heinz Gerhard Gerd Kurt Ernst Friedrich Fritz Franz Josef Johann Hans Hans-Peter
Hans-Jürgen Hans-Werner Karl-Theodor Franz-Josef Heinz-Peter Ernst-August Joachim Hans-Joachim Ferdinand Rüdiger Hartmut
Hubertus Matthias Mathias Thomas Michael Stefan Stephan Andreas Peter Markus Dirk Jörg Olaf Sigmar Siegfried Wilhelm
Ulrich Ulrike Angela Ursula Annegret Christine Christiane Susanne Sabine Petra Monika Brigitte Renate Gabriele Heike
Birgit Martina Andrea Claudia Silvia Karin Elke Anja Katrin Kathrin Jutta Gudrun Ingrid Helga Simone Bettina Annette
Elon Jeff Bill Steve Tim Mark Sam Larry Sergey Sundar Satya Warren Jamie Jerome Janet Mario Christine Donald Barack Joe
George Hillary Bernie Rupert Richard Robert James John David William Charles Edward Henry Jack Kevin Brian Gary Scott
Jean-Claude Jean-Pierre Jean François Nicolas Emmanuel Bernard Carlos Sergio Silvio Matteo Giovanni Luca Giuseppe
Wladimir Dmitri Michail Alexej Igor Oleg Roman Recep Mehmet Ahmet Mustafa Ali Mohammed Muhammad Masayoshi Akio Toshihiro
Lakshmi Mukesh Ratan Ola Björn Lars Sven Göran Jens Carsten Karsten Torsten Thorsten Holger Volker Norbert Hubert Herbert
Heinrich Hermann Erwin Erich Alfred Albert Walter Gustav Oskar Otmar Othmar Reinhold Reinhard Willi Willy Wolf Wolf-Dieter
Siegmund Alois Anton Georg Gottfried Leopold Rudolf Heimo Johannes Sepp Christoph Clemens Konstantin Maximilian Tobias
René Urs Beat Reto Ueli Daniel Philipp Hildegard Margarethe Margrethe Melinda Ginni Sheryl Mary Meg Marissa Indra""".split()
AMBIGUOUS = set("""Ernst Wolf Beat Mark Bill Rainer Otto Bernd Sam Jack Rose Linde Melitta Mercedes Roman Kai Mai April Juni August
Heide Viola Iris Jasmin Rosa Gloria Victoria Viktoria Florian Merlin Bosse Alba Joy Star Sky Nike Leon Adam Ole Nana Nio Paris London
Zoe Claire Hella Emmi Wanda Thalia Lotte Hermes Apollo Ada Aurora Chanel Kim Roy Carlo Frank Franz Hagen Siegen Essen Dia Sol""".split())
DROP = set("""Sparrow Nord Ost Süd West Deutschland Berlin Holding Bank Konzern Bild Welt Zeit Spiegel Stern Post Bahn Dollar
Euro Mark Prozent Million Geld Markt Sony Sanyo Rittal Wish Apple Jaguar Porsche Bentley""".split())


def read(path):
    with open(path, encoding="utf-8") as f:
        return [l.rstrip("\n") for l in f]


def forms(name):
    out = set()
    path = os.path.join(LISTS, name)
    if os.path.exists(path):
        for line in read(path):
            if line and line[0] not in "#@":
                out.update(line.split("\t")[0].split("|"))
    return out


def main():
    root = sys.argv[1]
    names = read(os.path.join(root, "lists/firstnames_finnhecker_mit.txt"))
    words = set(read(os.path.join(root, "stems/german_voc.txt")))
    taken = forms("companies.tsv") | forms("places.tsv") | forms("currencies.tsv")
    good, amb, seen = [], [], set()
    for n, name in enumerate(MORE + names):
        name = unicodedata.normalize("NFC", name.strip())
        if name in seen or name in DROP and name not in MORE:
            continue
        if not re.fullmatch(r"[A-ZÄÖÜÀ-ÞŠŽČĐ][a-zà-ÿßšžčćđłńśźőűğışțăė]{2,}(-[A-ZÄÖÜ][a-zà-ÿß]{2,})?", name):
            continue
        if "-" in name and n > len(MORE) + 1500:
            continue
        seen.add(name)
        usual = n < len(MORE) + 1200
        if name in AMBIGUOUS or name in taken or (name.lower() in words and not usual):
            if usual or name in AMBIGUOUS:
                amb.append(name)
            continue
        good.append(name)
    good = good[:5200]
    print("# First names. Written by tools/lists/firstnames.py from firstnames_finnhecker (MIT). amb: also a word, place or firm.")
    print("@class first_name\n@match exact")
    for lst, flag in ((good, ""), (amb, "\t\tamb")):
        for i in range(0, len(lst), 1):
            print(lst[i] + flag)


main()
