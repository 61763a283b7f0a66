#!/usr/bin/env python3
"""A naive tokenizer, one character at a time, by the words of docs/tokens.md and Python's Unicode tables, against `erz tokenize`
on random text. It knows words, hyphens, apostrophes, signs inside names, numbers and blanks; full stops, the web and
sentences are left to the examples and the gold."""
import os
import random
import subprocess
import sys
import unicodedata

IGNORED = {0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF}
GROUPING = {0xA0, 0x202F, 0x2009, 0x2007, 0x2006, 0x2008}
PIECES = ["a", "B", "Wort", "GmbH", "Ä", "ö", "Straße", "é", "Ž", "łódź", "Σ", "й", "中", "u\u0308", "1", "23", "456", "2024", " ", " ",
          " ", "\t", "\n", "\xa0", "\u202f", "\u2009", "\u2003", ",", ",", "3,5", "1.234,56", "-", "-", "-", "--", "---", "\u2011", "–",
          "—", "−", "’", "’", "L'", "L’", "„", "“", "»", "«", "\"", "(", ")", "[", "]", "{", "}", "&", "&", "C&A", "1&1", "_", "%", "€", "$",
          "§", "°", "…", "×", "÷", "²", "½", "~", "|", "!", "?", "\xad", "\u200b", "😀", "\x85", "1\xa0234", "US-Dollar", "10-20"]


def is_ignored(c):
    return ord(c) in IGNORED


def is_word(c):
    return c != "" and not is_ignored(c) and unicodedata.category(c) in ("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl")


def is_letter(c):
    return c != "" and unicodedata.category(c)[0] == "L"


def is_digit(c):
    return "0" <= c <= "9" and len(c) == 1


def is_blank(c):
    return c.isspace() or unicodedata.category(c) == "Cc"


class Oracle:
    def __init__(self, text):
        self.text = text

    def at(self, i):
        return self.text[i] if 0 <= i < len(self.text) else ""

    def word_from(self, i):
        while self.at(i) and is_ignored(self.at(i)):
            i += 1
        return is_word(self.at(i))

    def groups(self, i):
        """Is the blank at i inside a number?"""
        start = i
        while start > 0 and is_digit(self.at(start - 1)) and i - start < 4:
            start -= 1
        before = self.at(start - 1)
        good = 1 <= i - start <= 3 and not (before.isascii() and before.isalpha())
        return good and all(is_digit(self.at(i + k)) for k in (1, 2, 3)) and not self.word_from(i + 4)

    def end_of_word(self, i):
        """A word, or a hyphen and a word, begins at i: where does it end?"""
        while i < len(self.text):
            c, nxt, prev = self.at(i), self.at(i + 1), self.at(i - 1)
            if is_word(c):
                i += 1
            elif is_ignored(c) and self.word_from(i):
                i += 1
            elif is_ignored(c):
                return i
            elif c == "-":
                if nxt == "-":
                    return i
                if is_digit(prev) and is_digit(nxt):
                    return i
                i += 1
                if not is_word(nxt):
                    return i
            elif c == "\u2011":
                i += 1
                if not self.word_from(i):
                    return i
            elif c in "'’&_" and self.word_from(i + 1):
                i += 1
            elif c in ".," and is_digit(prev) and is_digit(nxt):
                i += 1
            elif ord(c) in GROUPING and is_digit(prev) and self.groups(i):
                i += 1
            else:
                return i
        return i

    def tokens(self):
        i = 0
        while i < len(self.text):
            c = self.at(i)
            if is_word(c):
                end = self.end_of_word(i)
            elif is_blank(c) or is_ignored(c):
                i += 1
                continue
            elif c == "-":
                end = i
                while self.at(end) == "-":
                    end += 1
                if end == i + 1 and is_letter(self.at(end)):
                    end = self.end_of_word(end)
            else:
                end = i + 1
            yield i, end
            i = end


def erz_tokens(text):
    command = [os.path.join(os.environ.get("BUILD", "build"), "erz"), "tokenize", "--kernel", "scalar", "-"]
    out = subprocess.run(command, input=text.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    offset, at = {}, 0
    for i, c in enumerate(text):
        offset[at] = i
        at += len(c.encode())
    offset[at] = len(text)
    for line in out.split("\n"):
        field = line.split("\t")
        if len(field) > 5 and field[4] != "end":
            yield offset[int(field[2])], offset[int(field[3])]


def main():
    rng = random.Random(7)
    failed = 0
    for number in range(1, 9):
        text = "".join(rng.choice(PIECES) for _ in range(8000))
        want, got = list(Oracle(text).tokens()), list(erz_tokens(text))
        good = want == got
        print(f"{'ok' if good else 'not ok'} {number} - {len(want)} tokens of random text as the oracle has them")
        failed += not good
        for begin, end in sorted(set(want) ^ set(got))[:6]:
            who = "oracle" if (begin, end) in set(want) else "erz"
            print(f"# {who} {begin}: {text[max(0, begin - 8):begin]!r} [{text[begin:end]!r}] {text[end:end + 8]!r}")
    print("1..8")
    return failed > 0


sys.exit(main())
