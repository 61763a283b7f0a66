"""Second reading of the annotated articles: its rules share nothing with build.py or with erz.

Reports (1) money and percent values that do not follow from the text of the span, (2) amounts with a
currency or percent sign outside any mark, (3) company names that stand unmarked in their own article.
What is meant so is listed in ACCEPTED.
"""
import re

SCALE = {"mio": 6, "million": 6, "millionen": 6, "mrd": 9, "bio": 12, "milliarde": 9, "milliarden": 9, "billion": 9, "bn": 9}
WORDS = {"ein": 1, "eine": 1, "einer": 1, "einen": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7,
         "acht": 8, "neun": 9, "zehn": 10, "anderthalb": 1.5, "elf": 11, "zwölf": 12, "vierzehn": 14, "fünfzehn": 15, "dreißig": 30}
UNITS = [(r"us-?dollar|us-?cent|dollar|\$|usd", "USD"), (r"pfund", "GBP"), (r"franken|fr\.|chf|rappen", "CHF"),
         (r"norwegisch", "NOK"), (r"kronen", "SEK"), (r"zloty", "PLN"), (r"yen", "JPY"), (r"euro?|eur|€|cent", "EUR")]
NUMBER = re.compile(r"\d[\d.,']*")
# what may stand unmarked (quantities of goods, indices, place and common names), or lacks its unit in a list
ACCEPTED = re.compile(
    r"Millionen (Standardcontainer|neue Aktien|Papiere|Äpfel|Aktien|Menschen)|die Frankfurter Börse|verdienten die Sparkassen|"
    r"^unit EUR for 9,50: read none$|^value 12400000 for 12,4: ")
AMOUNT = re.compile(r"(\d|ein|zwei|drei|vier|fünf|Millionen|Milliarden|Mio\.?|Mrd\.?)\W{0,3}"
                    r"(Euro|EUR|€|Dollar|US-|Franken|Rappen|Cent|Pfund|Kronen|Prozent|%|‰|v\. H|Promille|Basis|Bp)|"
                    r"(EUR|USD|CHF|Fr\.|\$)\s?\d|\d\W{0,2}(Mio|Mrd|Millionen|Milliarden)")


def digits(s):
    """A German, Swiss or (with one short group after the point) English number."""
    s = s.rstrip(".,").replace("'", "")
    if "," in s:
        return float(s.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", s):
        return float(s.replace(".", ""))
    return float(s)


def values(span):
    s = re.sub("[\u00ad\u200b]", "", span).replace("\u00a0", " ").replace("\u202f", " ").lower()
    s = re.sub(r"(\d), (\d)", r"\1,\2", s)
    found = [digits(m) for m in NUMBER.findall(s)]
    if not found:
        found = [WORDS[w] for w in re.findall(r"\w+", s) if w in WORDS]
    power = max([SCALE[w] for w in re.findall(r"[^\W\d_]+", s) if w in SCALE] or [0])
    if re.search(r"\bteur", s):
        power = 3
    if re.search(r"cent|rappen", s) and "prozent" not in s:
        power = -2
    sign = -1 if re.match(r"minus|[−-]", s) else 1
    return [sign * f * 10 ** power for f in found]


def unit_of(kind, span):
    s = span.lower().replace("\u00ad", "")
    if kind == "PERCENT":
        return next((u for w, u in (("prozentp", "pp"), ("basis", "bp"), ("bp", "bp"), ("promille", "‰"), ("‰", "‰")) if w in s), "%")
    return next((u for w, u in UNITS if re.search(w, s)), "")


def check_value(m):
    begin, end, kind, value, unit, flags, span = m
    got = values(span)
    want = [float(value)] + [float(f[3:]) for f in flags if f.startswith("to=")]
    if "vague" in flags:
        return None
    if len(got) < len(want) or any(abs(g - w) > 1e-6 * abs(w) for g, w in zip(got, want)):
        return f"value {value} for {span}: read {got}"
    if len(got) > 1 and "range" not in flags:
        return f"two numbers in {span}"
    seen = unit_of(kind, span)
    if kind == "MONEY" and (seen != unit) and (seen or "nocur" not in flags):
        return f"unit {unit} for {span}: read {seen or 'none'}"
    if kind == "MONEY" and seen and "nocur" in flags:
        return f"nocur, but {span} names {seen}"
    return f"unit {unit} for {span}" if kind == "PERCENT" and seen != unit else None


def names_in(mentions):
    """Every name as it stands or is valued, and its first word."""
    names = {n for m in mentions if m[2] == "COMPANY" for n in (m[3], m[6])}
    return names | {n.split()[0] for n in names if len(n.split()[0]) > 4}


def unmarked(mentions, text):
    """Amounts and known names outside the marks, each with its surroundings."""
    rest = bytearray(text)
    for begin, end, *_ in mentions:
        rest[begin:end] = b"\x01" * (end - begin)
    left = rest.decode()
    patterns = [("amount", AMOUNT)] + [(n, re.compile(re.escape(n) + "(?!li)")) for n in sorted(names_in(mentions))]
    for what, pattern in patterns:
        for m in pattern.finditer(left):
            yield f"unmarked {what}: {left[max(0, m.start() - 25):m.end() + 20]!r}"


def report(articles):
    """Prints what is wrong and returns how many findings there were."""
    bad = 0
    for name, text, mentions, _ in articles:
        found = [check_value(m) for m in mentions if m[2] != "COMPANY"]
        for what in found + list(unmarked(mentions, text)):
            if what and not ACCEPTED.search(what):
                print(f"{name}: {what}")
                bad += 1
    return bad
