#!/usr/bin/env python3
"""Much at once, for `make check-large`: one document of ERZ_LARGE_BYTES (3 GB) and ERZ_LARGE_FILES files (100,000). Prints TAP, and
time and peak memory as comments. Without ERZ_LARGE=1 it is left out: it writes the document to TMPDIR and runs for minutes."""
import glob
import os
import subprocess
import tempfile
import time

if not os.environ.get("ERZ_LARGE"):
    print("ok 1 - large inputs # SKIP make check-large runs them")
    raise SystemExit
erz = os.path.abspath(os.path.join(os.environ.get("BUILD", "build"), "erz"))
BYTES = int(os.environ.get("ERZ_LARGE_BYTES", "3000000000"))
FILES = int(os.environ.get("ERZ_LARGE_FILES", "100000"))
ENDING = "\n\nAm Ende zahlt die Beispiel AG noch 4711 Euro."
# Articles between others without any record, as in most text.
text = "\n\n".join(open(f, encoding="utf-8").read() for f in sorted(glob.glob("corpus/docs/*.txt"))[:20]).encode() + b"\n\n"
text += "Am Abend regnete es, und die Kinder gingen nach Hause. Keiner sprach ein Wort, denn es war spät geworden.\n\n".encode() * 5000
number = 0


def tap(good, name, why=""):
    global number
    number += 1
    print(f"{'ok' if good else 'not ok'} {number} - {name}{'' if good else chr(10) + str(why)}", flush=True)


def measure(name, *args, stdin=None):
    """Lines of output, the last one, exit status, peak memory in MiB."""
    begin = time.monotonic()
    child = subprocess.Popen([erz, *args], stdin=stdin, stdout=subprocess.PIPE)
    lines, last, growing, before = 0, b"", True, 0
    for line in child.stdout:
        lines += 1
        last = line
        if args[0] == "extract" and "heap" not in args:
            sentence = int(line.split(b"\t", 2)[1])
            growing, before = growing and sentence >= before, sentence
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = status
    peak = usage.ru_maxrss / 1024
    print(f"# {name}: {lines} records, {time.monotonic() - begin:.0f} s ({usage.ru_utime + usage.ru_stime:.0f} s of processor), {peak:.0f} MiB")
    return lines, last.decode().rstrip("\n").split("\t"), status, peak, growing


def one_document(size):
    copies = size // len(text) + 1
    with open("document", "wb") as f:
        for _ in range(copies):
            f.write(text)
        f.write(ENDING.encode())
    lines, last, status, peak, growing = measure(f"a document of {size / 1e6:.0f} MB", "extract", "document")
    tap(status == 0 and growing, f"a document of {size} bytes: exit status 0, sentence numbers grow", status)
    with open("document", "rb") as f:
        f.seek(int(last[2]))
        there = f.read(int(last[3]) - int(last[2])).decode()
    tap(last[8] == there == "4711 Euro", "its last record stands where its offsets say", f"{last} {there}")
    os.unlink("document")
    return lines / copies, peak


def many_files():
    os.mkdir("heap")
    for i in range(FILES):
        with open(f"heap/{i}", "w") as f:
            f.write(f"Nummer {i} kostet {i} Euro.")
    lines, _, status, peak, _ = measure(f"{FILES} files in one directory", "extract", "-j2", "heap")
    tap(status == 0 and lines == FILES, f"{FILES} files in one directory", f"{status} {lines}")
    with open("list", "wb") as names:
        subprocess.run(["find", "heap", "-type", "f", "-print0"], stdout=names, check=True)
    lines, _, status, listed, _ = measure(f"{FILES} files from a list", "extract", "-j2", "--files-from=list", "-0", "--docs=file")
    tap(status == 0 and lines == FILES, f"{FILES} files from a list", f"{status} {lines}")
    shards = [measure(f"shard {i} of 3", "tokenize", f"--shard={i}/3", "heap")[0] for i in (1, 2, 3)]
    whole = measure("all of them", "tokenize", "heap")[0]
    tap(sum(shards) == whole, "three shards hold them all", f"{shards} {whole}")
    tap(peak < listed + 64, "a directory's names are all that is kept", f"{peak:.0f} MiB, from a list {listed:.0f} MiB")


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    small = one_document(min(BYTES // 10, 300000000))
    large = one_document(BYTES)
    tap(large[1] <= small[1] + 24, "memory does not depend on the document's size", f"{small[1]:.0f} MiB, {large[1]:.0f} MiB")
    tap(abs(large[0] - small[0]) < small[0] / 100, "each part of it gives as many records", f"{small[0]:.2f} {large[0]:.2f}")
    many_files()
