"""Amounts that the program finds in short texts."""
import os
import re
import subprocess
import tempfile

BUILD = os.environ.get("BUILD", "build")


def extract(texts):
    """For each text (one line each) the columns of its records of money and percentages."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False, encoding="utf-8") as f:
        f.write("\n".join(texts) + "\n")
    try:
        out = subprocess.run([BUILD + "/erz", "extract", "--docs=line", f.name], capture_output=True, check=True).stdout.decode()
    finally:
        os.unlink(f.name)
    records = [[] for _ in texts]
    for line in out.split("\n"):
        column = line.split("\t")
        if len(column) >= 9 and column[4] in ("money", "percent"):
            records[int(re.search(r"(\d+)$", column[0]).group(1)) - 1].append(column)
    return records
