#!/bin/bash
# Much input: shards, statistics, sections of long documents, many files, threads, depth.
set -u
. tests/tap.sh
docs=$PWD/corpus/docs
cd "$work" || exit 1
mkdir many && for i in $(seq 300); do echo "Dokument $i kostet $i Euro." >many/$i; done
"$erz" extract many >all
is "300 files" 300 "$(wc -l <all)"
for i in 1 2 3; do "$erz" extract --shard $i/3 many; done | LC_ALL=C sort >shards
same "shards: each file in one of them" <(LC_ALL=C sort all) shards
find many -type f | shuf | "$erz" extract --shard 2/3 --files-from=- | LC_ALL=C sort >shuffled
same "shards: the same for any order" <("$erz" extract --shard 2/3 many | LC_ALL=C sort) shuffled
is "shards: none is empty or all" yes "$(c=$("$erz" extract --shard 1/3 many | wc -l); [ $c -gt 50 ] && [ $c -lt 150 ] && echo yes)"
cat many/* >lines
"$erz" extract --docs=line lines >all
for i in 1 2 3 4; do "$erz" extract --docs=line --shard $i/4 lines; done | LC_ALL=C sort >shards
same "shards of the documents of one input" <(LC_ALL=C sort all) shards

"$erz" extract --docs=line --stats=json lines missing >out 2>err
check "--stats=json is JSON" jq -e . <(grep '^{' err)
stat() { grep '^{' err | jq -r "$1"; }
is "--stats: documents" 300 "$(stat .done.documents)"
is "--stats: bytes" "$(wc -c <lines)" "$(stat .done.bytes)"
is "--stats: records by type" "$(grep -c money out)" "$(stat .types.money)"
is "--stats: records" "$(wc -l <out)" "$(stat .done.records)"
is "--stats: tokens" "$("$erz" tokenize --docs=line lines | grep -vc $'\tend\t')" "$(stat .done.tokens)"
is "--stats: output" "$(wc -c <out)" "$(stat .done.output_bytes)"
is "--stats: bad input" 1 "$(stat .input.unreadable)"
is "--stats: time by stage" true "$(stat '.stage_us.tokenize > 0 and .stage_us.match > 0 and .mb_per_s > 0')"
has "--stats as text" '^done +documents +300$' "$("$erz" extract --docs=line --stats lines 2>&1 >/dev/null)"
gzip -kf lines
"$erz" extract --docs=line --stats=json lines.gz 2>err >/dev/null
is "--stats: bytes after and before decompression" "$(wc -c <lines) $(wc -c <lines.gz)" "$(stat '"\(.done.bytes) \(.done.raw_bytes)"')"
"$erz" tokenize --docs=line lines | "$erz" stem --stats=json 2>stem.err | "$erz" match --stats=json 2>err >/dev/null
is "stem and match: --stats" "300 $(jq .done.tokens <stem.err)" "$(stat '"\(.done.documents) \(.done.tokens)"')"

for d in "$docs"/*.txt; do tr '\n' ' ' <"$d"; echo; done >news
for i in 1 2 3 4 5 6 7 8; do cat news; done >more
"$erz" extract --docs=line more >want
for j in 2 8 0; do "$erz" extract --docs=line -j$j more >got; same "-j$j: the same bytes" want got; done
"$erz" extract "$docs" >want
"$erz" extract -j8 "$docs" >got
same "many files, -j8: the same bytes" want got

# A document longer than --max-doc-bytes comes in sections; where sections end at paragraphs nothing changes.
for d in "$docs"/*.txt; do cat "$d"; echo; echo; done >book
"$erz" tokenize book >want
for max in 6000 20000; do
    "$erz" tokenize --max-doc-bytes $max book | awk -F'\t' '!($5 == "end" && $2 > 0)' | cut -f1,3-6 >got
    same "sections of $max bytes: the same tokens" <(cut -f1,3-6 want) got
    for u in byte char utf16; do
        "$erz" extract --max-doc-bytes $max --offsets $u book >a
        "$erz" tokenize --max-doc-bytes $max book | "$erz" stem | "$erz" match --offsets $u >b
        same "sections of $max bytes: staged as fused, offsets in $u" a b
        "$erz" extract -j8 --max-doc-bytes $max --offsets $u book >b
        same "sections of $max bytes: -j8, offsets in $u" a b
    done
    cut -f4-9 a | sort | uniq -c | sort -rn >c
    is "sections of $max bytes: nearly the records of the whole" yes "$(w=$("$erz" extract book | wc -l); g=$(wc -l <a); [ $((g * 100)) -ge $((w * 97)) ] && echo yes)"
done
"$erz" tokenize --max-doc-bytes 1024 --read-size 7 book >a
"$erz" tokenize --max-doc-bytes 1024 book >b
same "sections do not depend on the size of reads" a b
is "sections: sentence numbers go on" yes "$(awk -F'\t' '$5 != "end" { if ($2 < last) bad = 1; last = $2 } END { if (!bad && last > 100) print "yes" }' a)"
sed 's/ä/\xff/g' book >brokenbook
same "sections of broken UTF-8: offsets" <("$erz" tokenize brokenbook 2>/dev/null | awk -F'\t' '$5 != "end"' | cut -f3-6) \
    <("$erz" tokenize --max-doc-bytes 6000 brokenbook 2>/dev/null | awk -F'\t' '$5 != "end"' | cut -f3-6)

# A bomb: 200 MB in 200 KB. Memory is bounded by --max-doc-bytes.
{ for i in $(seq 2000); do echo "Das kostet $i Euro."; done; head -c 200000000 /dev/zero | tr '\0' ' '; } | gzip -1 >bomb.gz
limit() { (ulimit -v $1 && shift && exec "$@"); }
if sanitized; then
    skip "a decompression bomb" "sanitizers take all address space"
else
    exits "a decompression bomb: bounded memory" 0 limit 400000 "$erz" extract --max-doc-bytes 4194304 bomb.gz
    is "a decompression bomb: its text is read" 2000 "$(grep -c money <<<"$out")"
fi

files=${ERZ_MANY_FILES:-$((5000 / scale))}
mkdir heap && python3 -c "
for i in range($files):
    with open(f'heap/{i}', 'w') as f: f.write(f'{i} Euro')"
is "$files files" "$files" "$("$erz" extract -j2 heap | wc -l)"
lines=${ERZ_MANY_LINES:-$((200000 / scale))}
is "$lines documents of one line" "$lines" "$(seq -f '%.0f Euro' "$lines" | "$erz" extract -j2 --docs=line | wc -l)"
deep=$(python3 -c "
import os
for i in range(1200):
    os.mkdir('tiefer'); os.chdir('tiefer')
open('x', 'w').write('5 Euro')
print(1200 * 7)")
is "a path of $deep bytes" 1 "$("$erz" extract tiefer | grep -c money)"
