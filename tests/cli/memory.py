#!/usr/bin/env python3
"""Peak memory does not grow with the input: for every format, codec and stage, a multiple of the input takes at most 12 MiB more (what
buffers and the table of words take until they are full; for each further thread as much again). Prints TAP.

ERZ_MEMORY_BYTES: size of the smaller input, which must fill most buffers (default 5000000); ERZ_MEMORY_TIMES: how often it stands in
the larger one (default 2)."""
import bz2
import csv
import glob
import gzip
import io
import json
import lzma
import os
import subprocess
import tarfile
import tempfile

erz = os.path.join(os.environ.get("BUILD", "build"), "erz")
SIZE = int(os.environ.get("ERZ_MEMORY_BYTES", "5000000"))
TIMES = int(os.environ.get("ERZ_MEMORY_TIMES", "2"))
if subprocess.run(["nm", erz], capture_output=True, text=True).stdout.count("san_init"):
    print("ok 1 - memory # SKIP sanitizers keep freed memory")
    raise SystemExit
texts = [" ".join(open(f, encoding="utf-8").read().split()) for f in sorted(glob.glob("corpus/docs/*.txt"))]


def documents(size):
    done = i = 0
    while done < size:
        text = f"{i} " + texts[i % len(texts)]
        done += len(text)
        i += 1
        yield text


def as_csv(docs):
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["id", "text"])
    rows.writerows([i, t.replace(". ", ".\n")] for i, t in enumerate(docs))
    return out.getvalue().encode()


def as_warc(docs):
    parts = []
    for i, text in enumerate(docs):
        body = text.encode()
        parts.append(f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:x:{i}>\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n")
    return b"".join(parts)


def as_tar(docs):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for i, text in enumerate(docs):
            entry = tarfile.TarInfo(f"d/{i}")
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))
    return out.getvalue()


def lines(docs, encoding="utf-8"):
    return "\n".join(docs).encode(encoding, "replace")


def by_zstd(data):
    return subprocess.run(["zstd", "-q", "-3"], input=data, capture_output=True, check=True).stdout


CASES = {  # name: (maker, arguments)
    "file, in sections": (lambda d: lines(d), ["tokenize", "--max-doc-bytes=500000"]),
    "file, in sections, extract": (lambda d: lines(d), ["extract", "--max-doc-bytes=500000"]),
    "line": (lambda d: lines(d), ["tokenize", "--docs=line"]),
    "line, extract": (lambda d: lines(d), ["extract", "--docs=line"]),
    "line, extract -j3 to JSON": (lambda d: lines(d), ["extract", "-j3", "--docs=line", "--format=jsonl"]),
    "line, windows-1252": (lambda d: lines(d, "cp1252"), ["tokenize", "--docs=line"]),
    "line, UTF-16": (lambda d: lines(d, "utf-16"), ["tokenize", "--docs=line"]),
    "line, broken": (lambda d: lines(d).replace("ä".encode(), b"\xe4"), ["tokenize", "-q", "--docs=line"]),
    "line, empty": (lambda d: b"\n" * len(lines(d)), ["tokenize", "--docs=line"]),
    "blank": (lambda d: b"\n\n".join(t.encode() for t in d), ["tokenize", "--docs=blank"]),
    "ff": (lambda d: b"\f".join(t.encode() for t in d), ["tokenize", "--docs=ff"]),
    "nul": (lambda d: b"\0".join(t.encode() for t in d), ["tokenize", "--docs=nul"]),
    "leipzig": (lambda d: b"".join(b"%d\t%s\n" % (i, t.encode()) for i, t in enumerate(d)), ["tokenize", "--docs=leipzig"]),
    "csv": (as_csv, ["tokenize", "--docs=csv"]),
    "jsonl": (lambda d: b"".join(json.dumps({"text": t}).encode() + b"\n" for t in d), ["tokenize", "--docs=jsonl"]),
    "warc": (as_warc, ["tokenize", "--docs=warc"]),
    "tar": (as_tar, ["tokenize"]),
    "tar.gz": (lambda d: gzip.compress(as_tar(d), 1), ["tokenize"]),
    "gz": (lambda d: gzip.compress(lines(d), 1), ["tokenize", "--docs=line"]),
    "gz, a member a line": (lambda d: b"".join(gzip.compress(t.encode() + b"\n", 1) for t in d), ["tokenize", "--docs=line"]),
    "bz2": (lambda d: bz2.compress(lines(d), 1), ["tokenize", "--docs=line"]),
    "xz": (lambda d: lzma.compress(lines(d), preset=0), ["tokenize", "--docs=line"]),
    "zst": (lambda d: by_zstd(lines(d)), ["tokenize", "--docs=line"]),
}


def peak(command, make):
    """Peak memory in MiB, exit status. The data is made in a process of its own: a child's peak begins at its parent's size."""
    with tempfile.TemporaryFile() as f, open(os.devnull, "wb") as null:
        maker = os.fork()
        if maker == 0:
            f.write(make())
            f.flush()
            os._exit(0)
        if os.waitpid(maker, 0)[1] != 0:
            return 0, -1
        f.seek(0)
        child = subprocess.Popen([erz, *command], stdin=f, stdout=null, stderr=null)
        _, status, usage = os.wait4(child.pid, 0)
        return usage.ru_maxrss / 1024, status


def stage(command, data):
    return subprocess.run([erz, *command], input=data, capture_output=True, check=True).stdout


def tokens(size):
    return stage(["tokenize", "--docs=line"], lines(documents(size)))


number, largest = 0, 0.0


def judge(name, command, make):
    global number, largest
    number += 1
    small, large = (peak(command, lambda: make(n)) for n in (SIZE, TIMES * SIZE))
    largest = max(largest, large[0])
    good = small[1] == large[1] == 0 and large[0] <= small[0] + (36 if "-j3" in command else 12)
    print(f"{'ok' if good else 'not ok'} {number} - {name}: {small[0]:.0f} MiB, {large[0]:.0f} MiB", flush=True)


for case, (maker, arguments) in CASES.items():
    judge(case, arguments, lambda n: maker(list(documents(n))))
judge("stem", ["stem"], tokens)
judge("match", ["match"], lambda n: stage(["stem"], tokens(n)))
print(f"# largest: {largest:.0f} MiB")
