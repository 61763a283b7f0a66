#!/usr/bin/env python3
"""Progress on a terminal: bytes, speed, and for inputs whose size is known percent and time left. Prints TAP."""
import glob
import os
import pty
import re
import subprocess
import tempfile

erz = os.path.abspath(os.path.join(os.environ.get("BUILD", "build"), "erz"))
text = b" ".join(b" ".join(open(f, "rb").read().split()) for f in sorted(glob.glob("corpus/docs/*.txt")))[:20000]
number = 0
SLOW = ["--read-size=8"]  # that the run lasts longer than a step of the drawing


def tap(good, name, why=""):
    global number
    number += 1
    print(f"{'ok' if good else 'not ok'} {number} - {name}{'' if good else chr(10) + why}", flush=True)


def run(*args, stdin=subprocess.DEVNULL):
    """Exit status, standard output, what the terminal got."""
    master, terminal = pty.openpty()
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen([erz, "extract", *args], stdin=stdin, stdout=out, stderr=terminal)
        os.close(terminal)
        drawn = b""
        try:
            while part := os.read(master, 65536):
                drawn += part
        except OSError:  # the terminal's other end is closed
            pass
        os.close(master)
        child.wait()
        out.seek(0)
        return child.returncode, out.read(), drawn.decode()


LINE = r"\d+ documents, \d+\.\d MB, \d+\.\d MB/s"
LEFT = r", (\d+) %, ETA \d+:\d\d:\d\d"


def judge(name, known, *args, **more):
    code, out, drawn = run("--progress", *SLOW, *args, **more)
    parts = drawn.split("\r\x1b[K")
    lines = [p for p in parts if p]
    with_left = [m for p in lines if (m := re.fullmatch(LINE + LEFT, p))]
    good = code == 0 and out and lines and all(re.fullmatch(LINE + f"({LEFT})?", p) for p in lines)
    tap(good and parts[-1] == "", f"{name}: drawn, and wiped at the end", f"{code} {drawn[-300:]!r}")
    percents = [int(m[1]) for m in with_left]
    good = percents == sorted(percents) and max(percents, default=0) <= 100 and bool(percents) == known
    tap(good, f"{name}: {'percent and time left' if known else 'bytes only'}", f"{percents} {drawn[-300:]!r}")
    return out


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    os.makedirs("in/deep")
    for i in range(170):
        open(f"in/{'deep/' if i % 3 else ''}{i}", "wb").write(text)
    names = sorted(glob.glob("in/**/[0-9]*", recursive=True))
    open("list", "w").write("\n".join(names))
    open("list0", "w").write("\0".join(names))
    big = b"\n".join([text] * 170)
    open("big", "wb").write(big)
    want = judge("a directory", True, "in")
    tap(want == subprocess.run([erz, "extract", "in"], capture_output=True).stdout, "standard output does not depend on it")
    judge("files", True, *names)
    judge("--files-from", True, "--files-from=list")
    judge("--files-from -0, without line ends", True, "--files-from=list0", "-0")
    judge("a shard of a directory", True, "--shard=1/2", "in", "in")
    judge("one file, by lines", True, "--docs=line", "big")
    with open("big", "rb") as f:
        judge("standard input", False, "--docs=line", stdin=f)
    with open("list", "rb") as f:
        judge("a list on standard input", False, "--files-from=-", stdin=f)
    pipe = subprocess.Popen(["cat", "big"], stdout=subprocess.PIPE)
    judge("a pipe", False, "--docs=line", "-", stdin=pipe.stdout)
    pipe.wait()
    tap(run("in/0")[2] == "", "a short run draws nothing of its own accord")
    tap(run("--progress", "-q", "in")[2] == "", "-q: nothing is drawn")
    quiet = subprocess.run([erz, "extract", "--progress", "in"], capture_output=True)
    tap(quiet.stderr == b"" and quiet.returncode == 0, "no terminal: nothing is drawn")
    code, _, drawn = run("--progress", "in", "missing")
    tap(code == 3 and re.search(r"\r\x1b\[Kerz: missing: cannot open: [^\n]*\r\n", drawn), "a message wipes it first", repr(drawn[-300:]))
