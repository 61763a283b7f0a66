#!/usr/bin/env python3
"""Derive models/de/lists/companies_listed.tsv: listed and large companies that companies.tsv does not have.

Input in ../shared/data/lists: listed_companies_financedatabase (MIT; German, Austrian and Swiss firms only),
forbes_global2000_2025 (MIT), sp500 (PDDL).  Legal forms and share classes are cut off; a single word that could be an
ordinary word, a place or a name gets `amb`.
Usage: tools/lists/listed.py ../shared/data > models/de/lists/companies_listed.tsv
"""
import lzma
import os
import re
import sys
import unicodedata

from forms import of_line

LISTS = os.path.join(os.path.dirname(__file__), "../../models/de/lists")
FORM = (r"(AG & Co\.? ?KGaA|GmbH & Co\.? ?KGaA|SE & Co\.? ?KGaA|GmbH & Co\.? ?KG|KGaA|GmbH|Aktiengesellschaft|AG|SE|S\.A\.|SA|"
        r"Ltd\.?|Limited|plc|Plc|PLC|N\.V\.|NV|S\.p\.A\.?|SpA|Inc\.?|Corp\.?|Corporation|Company|Co\.?,? ?Ltd\.?|Co\.,?|"
        r"\& Co\.?|ASA|AB|A/S|Oyj|Tbk|Bhd\.?|Berhad|LP|L\.P\.|LLC|S\.A\.B\. de C\.V\.|P\.?S\.?C\.?)")
WEAK = r"(Group|Holdings?|Gruppe|International)"
SKIP = re.compile(r"\b(Fund|Fonds|ETF|ETP|Trust|Capital I|Leverage|Bond|ADR|SPONS|Beteiligungen im|Optionen|Index|Zertifikat|TL\.Z|TS\.Z|"
                  r"PL\b|EO-|O\.N|INH|Wandel|Series|Investment Company)")
# umlauts and accents lost in the source
ASCII = (r"Borse|Geneve|Allgauer|Trubsee|\bfur\b|Sohne|Lubbe|markte\b|Munchen|Zuric|Financiere|Osterr|\bDurr|\bRhon|Grundst[u]ck|"
         r"Kapitalanl|Zwahlen|Hld|\bHldg|Vermogen|Munster|Koln|Dusseld|Nurn|Wurtt|Gross|Suss|Hoenle|Schlo[s]s|Lausitzer")
# ordinary English words, surnames and places among the names
ENGLISH = set("""Ball Gap Target Next Trent Equitable Brink Summit Pioneer Frontier Regency Assurant Globe Loews Corning Crown Match News
Camden Everest Evergy Essex Fox Franklin Garmin Generac Hess Host Incyte Invitation Jacobs Jordan Kimco Lamb Leidos Lennar Masco Molina
Moody Mosaic News Nordson Nucor Pentair Pool Principal Prologis Public Quanta Realty Regions Republic Republic Roper Ross Snap Southern
Steel Stryker Synchrony Teleflex Truist Tyler Tyson Universal Ventas Viatris Vulcan Waters Weyerhaeuser Williams Xylem Aura Adva Progress
Cintas Copart Coterra Dayforce Dover Ecolab Edison Entergy Equity Extra Fair Fastenal Fortive Gen Gartner Genuine Hasbro Ingredion
Trend Sonic Swire Wheaton Wharf Empire Canadian Metro Loblaw Power Saputo Onex Teck Suncor Thomson Orion Telia Hera Prada Moncler
Nexi Pirelli Terna Inwit Infrastrutture Galp Sonae Trip Sea Grab Link Lion Sun Sands Galaxy Champion Pacific Asia China India""".split())


# an adjective that is declined within a sentence
ADJECTIVE = re.compile(r"\b([A-ZÄÖÜ]\w*(?:deutsch|isch)|Deutsch|Vereinigt)e (?=[A-ZÄÖÜ])")


def read(name):
    with open(os.path.join(LISTS, name), encoding="utf-8") as f:
        return [form for l in f if l.strip() and l[0] not in "#@" for form in of_line(l)]


def value_of(name):
    """The value of every form in lower case: other spellings take it."""
    out = {}
    with open(os.path.join(LISTS, name), encoding="utf-8") as f:
        for l in f:
            if l.strip() and l[0] not in "#@":
                cols = l.rstrip("\n").split("\t")
                for form in of_line(l):
                    out.setdefault(form.lower(), cols[1] if len(cols) > 1 and cols[1] else of_line(l)[0])
    return out


def base(name):
    name = unicodedata.normalize("NFC", name)
    name = re.sub(r"\(.*?\)", " ", name)
    name = re.sub(r"\s+(Class [A-C]|O\.N\.|Namens-Akt.*|Inhaber-Akt.*)$", "", name)
    name = " ".join(name.split())
    while True:
        cut = re.sub(r",? (" + FORM + r"|Companies|Incorporated|Bancorp|&)$", "", name).strip(" ,")
        if cut == name:
            return name
        name = cut


def main():
    root = sys.argv[1]
    have, values = set(read("companies.tsv")), value_of("companies.tsv")
    block = {form.lower() for form in read("not_company.tsv")}
    words = {l.strip() for l in open(os.path.join(root, "stems/german_voc.txt"), encoding="utf-8")}
    names = {form for n in ("firstnames.tsv", "places.tsv") for form in read(n)}
    out, seen = [], set()

    def put(full, kind):
        name = base(full)
        short = re.sub(" " + WEAK + "$", "", name)
        short = re.sub(" " + WEAK + "$", "", short)
        if short in ("China", "Bank", "Deutsche", "Swiss", "Global", "National", "First", "American", "United") or len(short) < 4:
            short = name
        low = short.lower()
        if short in have or low in block or low in seen or name in have or len(name) < 4 or len(name) > 40:
            return
        if SKIP.search(full) or name.isupper() and len(name) > 5 or re.search(r"[^\w .&'’+!/-]", name) or name[0].islower():
            return
        if re.search(ASCII, name):
            return
        if any(w.isupper() and len(w) > 4 for w in re.split(r"[ -]", name)):
            return
        seen.update((low, name.lower()))
        single = " " not in short and "-" not in short
        plain = re.fullmatch(r"[A-ZÄÖÜ][a-zäöüß]+|[A-Z]{2,4}", short)
        amb = single and (low in words or short in names or short in ENGLISH or plain or len(short) < 5)
        flags = ("amb," if amb else "") + "kind=" + kind
        forms = [short] if name == short or single and amb else [short, name]
        if single and amb and name != short:
            out.append(f"{name}\t{values.get(low, short)}\tkind={kind}")
        forms = [ADJECTIVE.sub(r"\1~ ", form) for form in forms]
        out.append("|".join(forms) + "\t" + values.get(low, values.get(name.lower(), "")) + "\t" + flags)

    with lzma.open(os.path.join(root, "lists/listed_companies_financedatabase.tsv.xz"), "rt", encoding="utf-8") as f:
        for line in f:
            c = line.split("\t")
            if c[1] in ("Germany", "Austria", "Switzerland") and re.search(r" " + FORM + r"$", c[0].strip()):
                put(c[0].strip(), "listed_dach")
    for path, col in (("lists/sp500.tsv", 1), ("lists/forbes_global2000_2025.tsv", 1)):
        with open(os.path.join(root, path), encoding="utf-8") as f:
            next(f)
            for line in f:
                put(line.split("\t")[col].strip(), "listed")
    print("# Listed and large companies. Written by tools/lists/listed.py from FinanceDatabase (MIT), Forbes Global 2000 (MIT)")
    print("# and S&P 500 (PDDL); the hand-written list is companies.tsv.")
    print("@class company\n@match exact")
    print("\n".join(out))


main()
