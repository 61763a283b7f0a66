#!/usr/bin/env python3
"""Run the README's recipes (its ```sh blocks) and its first example. Prints TAP."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

build = os.environ["BUILD"]
readme = open("README.md", encoding="utf-8").read()
recipes = re.findall(r"```sh\n(.*?)```", readme, re.S)
failed, n = 0, 0
with tempfile.TemporaryDirectory() as work:
    os.symlink(os.path.abspath("corpus"), os.path.join(work, "corpus"))
    env = dict(os.environ, PATH=build + os.pathsep + os.environ["PATH"])
    for recipe in recipes:
        n += 1
        name = recipe.strip().splitlines()[-1][:70].replace("#", "")
        missing = [tool for tool in ("mlr", "jq", "duckdb") if re.search(rf"\b{tool} -", recipe) and shutil.which(tool) is None]
        if missing:
            print(f"ok {n} - {name} # SKIP no {missing[0]}")
            continue
        # `head` closes its pipe early: neither sort nor erz may make a message of that.
        run = subprocess.run(["bash", "-euc", recipe], cwd=work, env=env, capture_output=True, text=True)
        good = run.returncode == 0 and run.stdout.strip() and not run.stderr.strip()
        failed += not good
        print("ok" if good else "not ok", n, "-", name)
        if not good:
            print(f"# status {run.returncode}\n# {run.stderr.strip()[:600]}")
sentence, shown = re.search(r"\$ echo '(.*?)' \| erz extract\n(.*?)\n```", readme, re.S).groups()
run = subprocess.run([f"{build}/erz", "extract"], input=sentence + "\n", capture_output=True, text=True)
got = [field for line in run.stdout.splitlines() for field in line.split("\t") if field]
want = [field for field in re.split(r"  +|\n *", shown) if field]
n += 1
good = got == want
failed += not good
print("ok" if good else "not ok", n, "- the README's example")
if not good:
    print("# got", got, "\n# want", want)
sys.exit(bool(failed))
