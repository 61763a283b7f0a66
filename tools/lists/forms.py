"""Forms of the model's lists."""
import re

ENDINGS = ("e", "en", "er", "es", "em")


def declined(form):
    """`Deutsch~ Bank`: an adjective whose ending stands open has all of them."""
    return [re.sub(r"(?<=\S)~", e, form) for e in ENDINGS] if re.search(r"\S~", form) else [form]


def of_line(line):
    """All forms of an entry line."""
    return [d for form in line.rstrip("\n").split("\t")[0].split("|") for d in declined(form)]


def one_capital(form):
    """LyondellBasell: Lyondellbasell; None for other forms and for names with a particle (McLaren, DeLaval)."""
    if len(form) < 6 or re.match(r"(Mc|Mac|De|Di|Du|La|Le|Van|Von|Fitz)[A-Z]", form):
        return None
    return form[0] + form[1:].lower() if re.fullmatch(r"[A-ZÄÖÜ][a-zäöüß]+([A-ZÄÖÜ][a-zäöüß]+)+", form) else None
