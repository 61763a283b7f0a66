#!/usr/bin/env python3
"""Amounts written in every way this file knows, with the value computed here: span, value, unit, bound and upper value must be
what was meant. Prints TAP, one line a family; the seed is fixed, another may be given as argument."""
import os
import random
import sys
from decimal import Decimal

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from quantity_records import extract

CASES = 400  # of a family
rng = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 1)

SMALL = "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn " \
    "achtzehn neunzehn".split()
TENS = "- - zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
GREAT = [(15, "Billiarde", "Billiarden"), (12, "Billion", "Billionen"), (9, "Milliarde", "Milliarden"), (6, "Million", "Millionen")]
SCALES = [(0, "")] * 4 + [(3, "Tsd."), (3, "tausend"), (6, "Mio."), (6, "Millionen"), (6, "Mio"), (9, "Mrd."), (9, "Milliarden"),
                         (9, "Mia."), (12, "Bio."), (12, "Billionen")]
BEHIND = {"Euro": "EUR", "EUR": "EUR", "€": "EUR", "Dollar": "USD", "US-Dollar": "USD", "$": "USD", "Franken": "CHF", "CHF": "CHF",
          "Pfund": "GBP", "£": "GBP", "Yen": "JPY", "DM": "DEM", "Schilling": "ATS", "Yuan": "CNY", "Rubel": "RUB", "Zloty": "PLN",
          "schwedische Kronen": "SEK", "kanadische Dollar": "CAD", "Hongkong-Dollar": "HKD", "indische Rupien": "INR"}
BEFORE = {"EUR": "EUR", "€": "EUR", "USD": "USD", "US$": "USD", "$": "USD", "CHF": "CHF", "£": "GBP", "SEK": "SEK", "HK$": "HKD",
          "C$": "CAD", "A$": "AUD", "R$": "BRL", "¥": "JPY"}
SHARES = {"%": "%", "Prozent": "%", "v. H.": "%", "Prozentpunkte": "pp", "Basispunkte": "bp", "Promille": "‰", "‰": "‰"}
BOUNDS = {"": "", "rund ": "approx", "etwa ": "approx", "knapp ": "approx", "mehr als ": "min", "mindestens ": "min",
          "bis zu ": "max", "höchstens ": "max", "weniger als ": "max"}
FRAMES = ["Das wären %s im Ganzen.", "Sie sprach von %s, sagte er.", "(%s)", "Es geht um %s und um mehr.", "%s kamen zusammen."]


def below_thousand(n, und):
    words = []
    if n >= 100:
        words += [SMALL[n // 100], "hundert"] if n >= 200 or rng.random() < 0.5 else ["hundert"]
        n %= 100
        words += ["und"] if n and und else []
    if 0 < n < 20:
        words.append(SMALL[n])
    elif n:
        words += ([SMALL[n % 10], "und"] if n % 10 else []) + [TENS[n // 10]]
    return words


def spell(n):
    """German words for 1 <= n < 10^18, joined or with blanks, with or without `und`."""
    glue, und, parts = rng.choice(["", "", "", " "]), rng.random() < 0.3, []
    for power, one, many in GREAT:
        k, n = divmod(n, 10**power)
        parts += ["eine " + one] if k == 1 else [glue.join(below_thousand(k, und)) + " " + many] if k else []
    low = []
    if n >= 1000:
        low = below_thousand(n // 1000, und) + ["tausend"]
        n %= 1000
    low += (["und"] if low and 0 < n < 100 and und else []) + below_thousand(n, und)
    parts += [glue.join(low)] if low else []
    text = " ".join(parts)
    text = text.replace("ß", "ss") if rng.random() < 0.2 else text
    return text.replace("ü", "ue").replace("ö", "oe") if rng.random() < 0.2 else text


def plain(value):
    text = format(Decimal(value), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure(longest=3):
    """Digits as a German or Swiss writes them, and their value."""
    width, places = rng.randint(1, longest), rng.choice([0, 0, 0, 1, 2])
    whole = rng.randrange(10 ** (width - 1), 10**width)
    decimals = rng.randrange(1, 10**places) if places else 0
    value = Decimal(whole) + Decimal(decimals).scaleb(-places)
    mark = rng.choice([".", "'", "\u2019", " ", "\u00a0", "\u202f", ""]) if width > 3 else ""
    text = f"{whole:,}".replace(",", mark)
    comma = "." if mark in ("'", "\u2019") else ","
    return text + (f"{comma}{decimals:0{places}d}" if places else ""), value


def scaled(longest=3):
    power, word = rng.choice(SCALES)
    text, value = figure(longest if power == 0 else 3)
    return text + (" " + word if word else ""), value.scaleb(power), power, word


def pick(table):
    return rng.choice(sorted(table.items()))


def in_words():
    n = rng.randrange(1, 10 ** rng.choice([1, 2, 3, 4, 5, 6, 7, 9, 10, 12, 15, 18]))
    name, unit = pick({"Euro": "EUR", "Dollar": "USD", "Prozent": "%", "Franken": "CHF"})
    return [(f"{spell(n)} {name}", str(n), unit, "")]


def currency_behind():
    name, unit = pick(BEHIND)
    text, value, _, _ = scaled(7)
    blank = rng.choice(["", " ", "\u00a0"]) if name in "€$£" and text[-1].isdigit() else " "
    return [(text + blank + name, plain(value), unit, "")]


def currency_before():
    name, unit = pick(BEFORE)
    text, value, _, _ = scaled(6)
    return [(name + rng.choice([" ", "\u00a0"]) + text, plain(value), unit, "")]


def share():
    name, unit = pick(SHARES)
    text, value = figure()
    return [(text + ("" if name in "%‰" and rng.random() < 0.5 else " ") + name, plain(value), unit, "")]


def two_figures(rising):
    while True:
        (a, low), (b, high) = figure(), figure()
        if low < high or not rising:
            return a, low, b, high


def span_of_values():
    a, low, b, high = two_figures(True)
    power, word = rng.choice(SCALES)
    name, unit = pick({**BEHIND, **SHARES})
    power, word = (power, word + " " if word else "") if name in BEHIND else (0, "")
    text = f"{a}{rng.choice([' bis ', '-', '–', ' – '])}{b} {word}{name}"
    return [(text, plain(low.scaleb(power)), unit, plain(high.scaleb(power)))]


def adjective():
    text, value = figure()
    return [(text + rng.choice(["-prozentige", "prozentigen", "%ige", "-prozentiger"]), plain(value), "%", "")]


def compound():
    text, value = figure()
    power, word = rng.choice([(0, ""), (6, "Millionen-"), (9, "Milliarden-"), (6, "Mio.-")])
    name, unit, minor = rng.choice([("Euro", "EUR", 0), ("Dollar", "USD", 0), ("Franken", "CHF", 0), ("Cent", "EUR", 2)])
    if minor:
        power, word = 0, ""
    return [(f"{text}-{word}{name}", plain(value.scaleb(power - minor)), unit, "")]


def from_to():
    a, low, b, high = two_figures(False)
    name, unit = pick({**BEHIND, **SHARES})
    return [(a, plain(low), unit, ""), (f"{b} {name}", plain(high), unit, "")]


def run(texts):
    records = []
    for columns in extract(texts):
        attrs = [dict(a.split("=", 1) for a in c[7].split(";") if a) for c in columns]
        records.append([(c[8].rstrip("."), c[5], c[6], a.get("to", ""), a.get("mod", "")) for c, a in zip(columns, attrs)])
    return records


FAMILIES = {
    "number words": in_words,
    "currency behind": currency_behind,
    "currency before": currency_before,
    "percentages": share,
    "ranges": span_of_values,
    "adjectives": adjective,
    "compounds": compound,
    "from and to": from_to,
}


def sentence(make, want):
    """The text, and the bound that every amount in it has."""
    if make is adjective:
        return f"Eine {want[0][0]} Beteiligung.", ""
    if make is compound:
        return f"Eine {want[0][0]}-Anleihe.", ""
    if make is from_to:
        return f"Der Wert stieg von {want[0][0]} auf {want[1][0]}.".replace("..", "."), ""
    bound, mod = ("", "") if want[0][3] else pick(BOUNDS)
    return (rng.choice(FRAMES) % (bound + want[0][0])).replace("..", "."), mod


def main():
    print(f"1..{len(FAMILIES)}")
    for number, (name, make) in enumerate(FAMILIES.items(), 1):
        wanted = [make() for _ in range(CASES)]
        texts = [sentence(make, w) for w in wanted]
        wrong = []
        for want, (text, mod), got in zip(wanted, texts, run([t for t, _ in texts])):
            expected = [(span.rstrip("."), value, unit, to, mod) for span, value, unit, to in want]
            if got != expected:
                wrong.append(f"# {text}\n#   expected {expected}\n#   got      {got}")
        print(f"{'ok' if not wrong else 'not ok'} {number} - {CASES} {name}" + "".join("\n" + w for w in wrong[:5]))


main()
