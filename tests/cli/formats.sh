#!/bin/bash
# Output formats, each read back by a program that others use: jq, Miller, tar and a check of offsets, DuckDB.
set -u
. tests/tap.sh
docs=$PWD/corpus/docs here=$PWD
cd "$work" || exit 1
"$erz" extract "$docs" >tsv
"$erz" extract --header "$docs" >header.tsv
records=$(wc -l <tsv)
for f in tsv jsonl brat conllu vertical; do
    "$erz" extract --format=$f "$docs" >out.$f
    "$erz" tokenize "$docs" | "$erz" stem | "$erz" match --format=$f >staged
    same "$f: staged as fused" out.$f staged
    "$erz" extract -j8 --format=$f "$docs" >threads
    same "$f: -j8" out.$f threads
done
same "tsv is the default" tsv out.tsv

is "jsonl: jq counts the mentions" "$records" "$(jq '.mentions | length' out.jsonl | paste -sd+ | bc 2>/dev/null || jq -s 'map(.mentions | length) | add' out.jsonl)"
"$erz" extract --offsets=char --format=jsonl "$docs" >chars.jsonl
is "jsonl: spans cut out of the text by jq" 0 "$(jq -r '.text as $t | .base as $b | .mentions[] | select($t[.begin - $b:.end - $b] != .text) | .text' chars.jsonl | wc -l)"
cut -f1,3-7,9 tsv >want
jq -r '.doc as $d | .mentions[] | [$d, .begin, .end, .type, .value, .unit, .text] | map(tostring | gsub("\\\\"; "\\\\") | gsub("\n"; "\\n")) | join("\t")' out.jsonl >got
same "jsonl: the fields of the TSV" want got
printf 'Anf\x01 "A\\B" \t kostet 5 Euro\xff' | "$erz" extract --format=jsonl 2>/dev/null >odd.jsonl
check "jsonl: control characters and broken UTF-8" jq -e '.mentions | length == 1' odd.jsonl

odd=$'Stra\xdfe <1>'
printf '5 Euro' >"$odd"
is "tsv: a path that is not UTF-8 stays as it is" "$odd" "$("$erz" extract "$odd" | cut -f1)"
for f in jsonl conllu vertical; do
    is "$f: a path that is not UTF-8" 1 "$("$erz" extract --format=$f "$odd" | iconv -f UTF-8 -t UTF-8 | grep -c $'Stra\xef\xbf\xbde \\(<1>\\|&lt;1&gt;\\)"\\?\\(,\\|>\\|$\\)')"
done
if command -v mlr >/dev/null; then
    is "tsv: Miller counts types" "$(cut -f5 tsv | sort | uniq -c | awk '{ print $2 "=" $1 }' | paste -sd,)" \
        "$(mlr --itsv --odkvp count-distinct -f type then sort -f type then put -q 'print $type . "=" . $count' header.tsv | paste -sd,)"
    is "tsv: Miller adds up" "$(awk -F'\t' '$5 == "percent" { s += $6 } END { printf "%.3f", s }' tsv)" \
        "$(mlr --itsv --onidx --ofmt %.3f filter '$type == "percent"' then stats1 -a sum -f value header.tsv)"
else
    skip "tsv: Miller" "no mlr"
fi

mkdir brat && check "brat: tar unpacks it" tar xf out.brat -C brat
check "brat: spans are those of the texts" python3 - <<'EOP'
import glob, re
spans = 0
for name in glob.glob("brat/**/*.ann", recursive=True):
    text = open(name[:-4] + ".txt", encoding="utf-8", newline="").read()
    for line in open(name, encoding="utf-8"):
        line = line.rstrip("\n")
        m = re.fullmatch(r"T(\d+)\t(\w+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)", line)
        if not m:
            assert re.fullmatch(r"#\d+\tAnnotatorNotes T\d+\tvalue=.*", line), line
            continue
        parts = [text[int(a):int(b)] for a, b in (p.split() for p in m[3].split(";"))]
        assert " ".join(parts).split() == m[4].split(), (parts, m[4])
        assert not any("\n" in p for p in parts), parts
        spans += 1
assert spans > 100, spans
EOP
is "brat: as many spans as records" "$records" "$(cat $(find brat -name '*.ann') | grep -c '^T')"
printf '5 Euro' >"a long name $(printf 'x%.0s' {1..120})"
"$erz" extract --format=brat a\ long* >long.tar
is "brat: a name of more than 100 bytes" 2 "$(tar tf long.tar | grep -c '^a long name x*\.\(txt\|ann\)$')"
is "brat: stays below where it is unpacked" 'etc/x.txt' "$(mkdir -p ../etc; printf '1' >x; "$erz" extract --format=brat --docs=leipzig <<<$'../../etc/x\t5 Euro' | tar tf - | head -1)"

printf '1\tA zahlt 5 Euro.\n1\tB zahlt 6 Euro.\n' | "$erz" extract --docs=leipzig --format=brat >twice.tar
mkdir twice && tar xf twice.tar -C twice --backup=numbered
is "brat: an id that occurs twice" 'A zahlt 5 Euro. B zahlt 6 Euro.' "$(cat twice/1.txt.~1~ && echo -n ' ' && cat twice/1.txt)"
for i in $(seq 60); do printf 'Die Größe %d 🏭: Die Alpha AG übernimmt die Müller GmbH für %d Mio. Euro.\n\n' "$i" "$i"; done >book
"$erz" extract --max-doc-bytes 2000 --format=brat book | tar tf - >names
is "brat: sections are pairs of their own" "book.txt book.ann yes" "$(head -2 names | paste -sd' ') $([ "$(grep -c '^book@[0-9]*\.txt$' names)" -gt 1 ] && echo yes)"
is "conllu: sections are one document" 1 "$("$erz" extract --max-doc-bytes 2000 --format=conllu book | grep -c '^# newdoc')"
is "vertical: sections are one document" 2 "$("$erz" extract --max-doc-bytes 2000 --format=vertical book | grep -cE '^</?doc')"
check "offsets in every unit, of sections, too: tsv and jsonl" python3 - "$erz" <<'EOP'
import json, subprocess, sys
text = open("book", encoding="utf-8").read()
code = {"byte": ("utf-8", 1), "char": ("utf-32-le", 4), "utf16": ("utf-16-le", 2)}
for unit, (name, width) in code.items():
    data = text.encode(name)
    cut = lambda begin, end: data[begin * width:end * width].decode(name)
    run = lambda *a: subprocess.run([sys.argv[1], "extract", "--offsets=" + unit, *a, "book"], capture_output=True, text=True, check=True).stdout
    for sections in ([], ["--max-doc-bytes=2000"]):
        rows = [r.split("\t") for r in run(*sections).splitlines()]
        assert len(rows) > 150 and all(cut(int(r[2]), int(r[3])) == r[8] for r in rows), unit
        objects = [json.loads(o) for o in run("--format=jsonl", *sections).splitlines()]
        assert len(objects) > 2 if sections else len(objects) == 1
        assert "".join(o["text"] for o in objects) == text
        for o in objects:
            assert cut(o["base"], o["base"] + len(o["text"].encode(name)) // width) == o["text"], unit
            assert all(cut(m["begin"], m["end"]) == m["text"] for m in o["mentions"]), unit
        deals = [r.split("\t") for r in run("--table=deals", *sections).splitlines()]
        assert deals and all("Alpha AG" in cut(int(r[2]), int(r[3])) for r in deals), unit
EOP

check "conllu: valid" python3 "$here/tests/cli/conllu_validate.py" out.conllu
is "conllu: as many money records" "$(grep -c $'\tmoney\t' tsv)" "$(grep -c 'Money=B' out.conllu)"
is "conllu: as many tokens" "$("$erz" tokenize "$docs" | grep -vc $'\tend\t')" "$(grep -c $'^[0-9]' out.conllu)"
is "vertical: as many tokens" "$("$erz" tokenize "$docs" | grep -vc $'\tend\t')" "$(grep -vc '^<' out.vertical)"
check "vertical: structures nest" python3 - <<'EOP'
import re
stack, docs = [], 0
for line in open("out.vertical", encoding="utf-8"):
    if not line.startswith("<"):
        assert line.count("\t") == 1 and "<" not in line and stack[:2] == ["doc", "s"], line
        continue
    m = re.fullmatch(r'<(/?)(\w+)((?: \w+="[^"<>]*")*)>\n', line)
    assert m, line
    if m[1]:
        assert stack.pop() == m[2], line
    else:
        stack.append(m[2])
        docs += m[2] == "doc"
assert not stack and docs > 10
EOP

"$erz" schema postgres >ddl
is "schema: the columns of the header" "$(head -1 header.tsv)" "$("$erz" schema mentions | cut -f3 | paste -s)"
is "schema: the columns of the deals" "$("$erz" extract --table=deals --header /dev/null | head -1)" "$("$erz" schema deals | cut -f3 | paste -s)"
is "schema: the columns of the token stream" "$("$erz" tokenize --header /dev/null | "$erz" stem | head -1)" "$("$erz" schema tokens | cut -f3 | paste -s)"
is "schema: three tables for PostgreSQL" 3 "$(grep -c '^CREATE TABLE' ddl)"
exits "schema: no such table" 2 "$erz" schema nothing

duck() { # installed once, beside the build
    command -v npm >/dev/null && command -v node >/dev/null || return 1
    [ -d "$BUILD/duckdb/node_modules/@duckdb/node-api" ] && return 0
    mkdir -p "$BUILD/duckdb" && (cd "$BUILD/duckdb" && timeout 120 npm install --no-audit --no-fund --silent @duckdb/node-api >/dev/null 2>&1)
}
if duck; then
    "$erz" extract --table=deals "$docs" >deals
    "$erz" tokenize "$docs" | "$erz" stem >stems
    "$erz" schema duckdb >ddl.sql
    cat >"$BUILD/duckdb/read.mjs" <<'EOP'
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
const c = await (await DuckDBInstance.create(':memory:')).connect();
const one = async q => (await c.runAndReadAll(q)).getRows()[0].join(' ');
const ddl = readFileSync('ddl.sql', 'utf8');
await c.run(ddl);
const files = { erz_mentions: 'tsv', erz_deals: 'deals', erz_tokens: 'stems' };
for (const copy of ddl.matchAll(/^-- (COPY (\w+) .*)$/gm)) await c.run(copy[1].replace('FILE.tsv', files[copy[2]]));
console.log(await one(`SELECT count(*)::INT, count(*) FILTER (type = 'money')::INT, min("end" - "begin")::INT FROM erz_mentions`));
console.log(await one(`SELECT count(*)::INT, count(amount)::INT, count(DISTINCT currency)::INT FROM erz_deals`));
console.log(await one(`SELECT count(*)::INT, count(*) FILTER (class = 'end')::INT, count(stem)::INT FROM erz_tokens`));
console.log(await one(`SELECT sum(len(mentions))::INT, count(DISTINCT doc)::INT FROM read_json('out.jsonl', format = 'newline_delimited')`));
EOP
    is "DuckDB reads every table by its schema, and JSON lines" \
        "$records $(grep -c $'\tmoney\t' tsv) $(awk -F'\t' 'NR == 1 || $4 - $3 < m { m = $4 - $3 } END { print m }' tsv)
$(wc -l <deals) $(awk -F'\t' '$12 != ""' deals | wc -l) $(cut -f13 deals | grep . | sort -u | wc -l)
$(wc -l <stems) $(grep -c $'\tend\t' stems) $(awk -F'\t' '$8 != ""' stems | wc -l)
$records $(ls "$docs" | wc -l)" "$(node "$BUILD/duckdb/read.mjs" 2>&1)"
else
    skip "DuckDB" "no npm or no network"
fi
postgres=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
if [ -n "$postgres" ] && [ "$(id -u)" = 0 ] && id postgres >/dev/null 2>&1; then
    mkdir pg && chmod 755 "$work" && chown postgres pg && cd pg
    as() { setpriv --reuid=postgres --regid=postgres --clear-groups env -u LC_ALL "$@"; }
    [ -s ../deals ] || "$erz" extract --table=deals "$docs" >../deals
    [ -s ../stems ] || "$erz" tokenize "$docs" | "$erz" stem >../stems
    sql="$(sed -e 's/^-- //' -e "s|erz_mentions from 'FILE.tsv'|erz_mentions from '$work/tsv'|; s|erz_deals from 'FILE.tsv'|erz_deals from '$work/deals'|; s|erz_tokens from 'FILE.tsv'|erz_tokens from '$work/stems'|" ../ddl)
        select (select count(*) from erz_mentions), (select count(*) from erz_deals where amount > 0), (select count(*) from erz_tokens);"
    { as "$postgres/initdb" -D "$work/pg/data" -E UTF8 --locale=C -A trust && as "$postgres/pg_ctl" -w -D "$work/pg/data" -o "-k $work/pg -h ''" start; } >log 2>&1
    is "PostgreSQL reads every table by its schema" "$records|$(awk -F'\t' '$12 > 0' ../deals | wc -l)|$(wc -l <../stems)" \
        "$(as "$postgres/psql" -X -q -At -h "$work/pg" -d postgres -v ON_ERROR_STOP=1 <<<"$sql" 2>&1)"
    as "$postgres/pg_ctl" -m immediate -D "$work/pg/data" stop >log 2>&1
    cd ..
else
    skip "PostgreSQL" "no server here"
fi
