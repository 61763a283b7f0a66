#!/usr/bin/env python3
"""Pathological texts: time per byte at most 10 times that of news, and the program never fails. Prints TAP.

Each text is about SIZE bytes. Time is the program's processor time less that of an empty run; news is run twice. A build with a
sanitizer, which makes some instructions dearer than others, gets 40."""
import glob
import os
import resource
import subprocess
import sys
import tempfile

SIZE = int(os.environ.get("ERZ_PATHO_BYTES", 1000000 // int(os.environ.get("ERZ_TEST_SCALE", "1"))))
build = os.environ.get("BUILD", "build")
erz = os.path.join(build, "erz")
symbols = subprocess.run(["nm", erz], capture_output=True, text=True).stdout
CAP = 40 if any(f"__{s}_" in symbols for s in ("asan", "tsan", "ubsan")) else 10
number = 0
limit = 60.0


def tap(good, name, why=""):
    global number
    number += 1
    print(f"{'ok' if good else 'not ok'} {number} - {name}{'' if good else chr(10) + why}", flush=True)


def fill(part, size=SIZE):
    part = part.encode() if isinstance(part, str) else part
    return part * (size // len(part) + 1)


def bound():
    resource.setrlimit(resource.RLIMIT_CPU, (int(limit) + 1, int(limit) + 2))


def seconds(path, *args):
    best = None
    for _ in range(1 if limit < 60 else 2):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        p = subprocess.run([erz, "extract", *args, path], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=bound)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if p.returncode not in (0, 3):
            return None, p.returncode, p.stderr.decode(errors="replace")
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = used if best is None or used < best else best
    return best, p.returncode, p.stderr.decode(errors="replace")


def nested(n):
    return "„" * n + "Alpha AG" + "“" * n


news = b"\n\n".join(open(f, "rb").read() for f in sorted(glob.glob("corpus/docs/*.txt")))
cases = {
    "digits only": fill("1234567890" * 100 + " "),
    "one number without end": fill("1"),
    "dots only": fill("."),
    "commas and digits": fill("1,"),
    "points and digits": fill("1.000."),
    "Mio.": fill("Mio. "),
    "5 Mio.": fill("5 Mio. "),
    "number words": fill("hunderttausend"),
    "number words with blanks": fill("eine Million "),
    "quotes inside quotes": fill(nested(2000) + " "),
    "opening quotes": fill("„"),
    "opening brackets": fill("("),
    "companies in one sentence": fill("Alpha AG, "),
    "companies and und": fill("Müller und Schmidt und "),
    "legal forms": fill("GmbH & Co. KG "),
    "capital words in one sentence": fill("Firma Haus Werk Bau "),
    "hyphens": fill("a-"),
    "hyphen compound without end": fill("Müller-"),
    "combining marks without end": fill("e" + "\u0301" * 5000 + " "),
    "one word of combining marks": "e".encode() + fill("\u0301"),
    "soft hyphens": fill("a\u00ad"),
    "zero-width joiners": fill("\u200d"),
    "right to left": fill("שלום עולם \u202e5 Euro\u202c "),
    "emoji": fill("👩‍👩‍👧‍👦"),
    "blanks": fill(" "),
    "line feeds": fill("\n"),
    "carriage returns": fill("\r"),
    "NUL": fill(b"\0"),
    "no-break spaces": fill("\u00a0"),
    "URLs": fill("https://example.org/" + "a" * 3000 + " "),
    "one URL": "https://".encode() + fill("a/"),
    "at signs": fill("@"),
    "mail addresses": fill("a@b."),
    "hash signs": fill("#a"),
    "apostrophes": fill("'"),
    "letters and apostrophes": fill("l'"),
    "deal triggers": fill("Alpha AG kauft Beta GmbH für 5 Euro von Gamma SE und "),
    "triggers only": fill("kauft übernimmt verkauft "),
    "percent signs": fill("5 % "),
    "signs of currencies": fill("€$£"),
    "ranges": fill("5 bis "),
    "dashes": fill("5-"),
    "one-letter sentences": fill("A. "),
    "different words": b" ".join(b"w%dx" % i for i in range(SIZE // 8)),
    "different companies": b", ".join(b"Firma%d AG" % i for i in range(SIZE // 14)),
    "long different words": b" ".join((b"w%d" % i) * 20 for i in range(SIZE // 120)),
    "broken UTF-8": "ä".encode() * 1000000 + fill(b"\xff"),
    "broken UTF-8 in turn": fill(b"\xc3\xa4\xc3"),
    "windows-1252": fill("für 5 Euro über ".encode("cp1252")),
    "JSON brackets": fill("[{"),
}
args_of = {"broken UTF-8": (), "JSON brackets": ()}

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "text")

    def put(data):
        with open(path, "wb") as f:
            f.write(data)
        return len(data)

    put(b"")
    empty = seconds(path)[0]
    size = put(news * (3 * SIZE // len(news) + 1))
    base = (seconds(path)[0] - empty) / size
    limit = 2 + 2 * CAP * base * SIZE  # of processor time: other work may go on
    print(f"# news: {1e-6 / base:.1f} MB/s of processor time")
    worst = []
    for name, data in cases.items():
        size = put(data)
        time, code, message = seconds(path)
        if time is None:
            tap(False, name, f"exit status {code}: {message[:300]}")
            continue
        ratio = max(time - empty, 0) / size / base
        worst.append((ratio, name))
        tap(ratio <= CAP, f"{name}: linear", f"{ratio:.1f} times the time of news per byte (at most {CAP})")
    for mode, data in {
        "jsonl": fill("[{"), "csv": fill('"'), "warc": fill("WARC/1.0\r\n"), "line": fill("\r"), "blank": fill("\n \n"),
        "leipzig": fill("\t"), "nul": fill(b"\0"), "ff": fill(b"\f"),
    }.items():
        size = put(data)
        time, code, message = seconds(path, "--docs=" + mode)
        good = time is not None and max(time - empty, 0) / size / base <= 2 * CAP
        tap(good, f"--docs={mode} of nothing else: linear", f"{time} s, {code}, {message[:300]}")
    worst.sort(reverse=True)
    print("# slowest:", ", ".join(f"{n} {r:.1f}" for r, n in worst[:5]))
