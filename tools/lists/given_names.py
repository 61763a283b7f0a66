#!/usr/bin/env python3
"""Derive models/de/lists/given_names.tsv: first names of many countries that firstnames.tsv lacks, without those that are also German
words, places or company names of the other lists. The tagger does not see them; they tell persons afterwards.

Input: the package Faker (MIT, https://github.com/joke2k/faker), its providers of persons' names; firstnames_finnhecker_mit.txt (MIT);
german_voc.txt of Snowball (BSD-3) as a list of ordinary words.
Usage: tools/lists/given_names.py ../shared/data PATH_OF_FAKER > models/de/lists/given_names.tsv
"""
import importlib
import os
import re
import sys
import unicodedata

LISTS = os.path.join(os.path.dirname(__file__), "../../models/de/lists")
LOCALES = """az_AZ cs_CZ da_DK de_AT de_CH de_DE en_GB en_IN en_US es_ES es_MX et_EE fi_FI fr_FR ga_IE hr_HR hu_HU id_ID it_IT ja_JP
lt_LT lv_LV nl_BE nl_NL no_NO pl_PL pt_BR pt_PT ro_RO sk_SK sl_SI sv_SE tr_TR uz_UZ yo_NG zu_ZA""".split()


def forms(name):
    with open(os.path.join(LISTS, name), encoding="utf-8") as f:
        for line in f:
            if line.strip() and line[0] not in "#@":
                yield from line.rstrip("\n").split("\t")[0].split("|")


def names_of(value):
    """Strings in nested tuples, lists and weighted dictionaries."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
    elif isinstance(value, (tuple, list)):
        for v in value:
            yield from names_of(v)


def faker_names():
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for key in sorted(dir(provider)):
            if re.fullmatch(r"first_(romanized_)?names?(_fe?male|_nonbinary|_unisex)?|first_(fe)?male_romanized_names?|romanized_.*first.*", key):
                yield from names_of(getattr(provider, key) if not callable(getattr(provider, key)) else ())


def main():
    root = sys.argv[1]
    sys.path.insert(0, sys.argv[2])
    with open(os.path.join(root, "lists/firstnames_finnhecker_mit.txt"), encoding="utf-8") as f:
        names = set(f.read().split("\n"))
    names.update(faker_names())
    with open(os.path.join(root, "stems/german_voc.txt"), encoding="utf-8") as f:
        taken = {w.lower() for w in f.read().split("\n")}
    for name in ("companies.tsv", "companies_listed.tsv", "places.tsv", "currencies.tsv", "not_company.tsv", "common_words.tsv",
                 "cues.tsv", "firstnames.tsv"):
        for form in forms(name):
            taken.update(w.lower() for w in form.split(" "))
    good = set()
    for name in names:
        name = unicodedata.normalize("NFC", name.strip())
        if re.fullmatch(r"[^\W\d_]{3,}(-[^\W\d_]{3,})?", name) and name.istitle() and name.lower() not in taken:
            good.add(name)
    print("# First names of many countries. Written by tools/lists/given_names.py from Faker (MIT) and firstnames_finnhecker (MIT).")
    print("@class given_name\n@match exact")
    for name in sorted(good):
        print(name)


main()
