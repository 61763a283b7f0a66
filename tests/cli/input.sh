#!/bin/bash
# Inputs: how documents are found in files, directories, lists, archives and standard input.
set -u
. tests/tap.sh
tok() { "$erz" tokenize "$@" 2>"$work/err" | restore; }
cd "$work" || exit 1

printf 'eins zwei\ndrei\n' >a.txt
is "a file is a document" 'a.txt|eins zwei\ndrei\n' "$(tok a.txt)"
is "standard input is a document" '-|eins' "$(printf eins | tok)"
is "- is standard input" 'a.txt|eins zwei\ndrei\n
-|x' "$(printf x | tok a.txt -)"
is "an empty file is a document without text" 'e|' "$(: >e && tok e)"

is "line: LF, CRLF, an empty line, no line end at the end" '-#1|a b
-#2|c
-#3|
-#4|d' "$(printf 'a b\nc\r\n\nd' | tok --docs=line)"
is "line: files of old Macs" '-#1|a
-#2|b' "$(printf 'a\rb\r' | tok --docs=line)"
is "line: a lone CR stays in its line" '-#1|a
-#2|b\rc' "$(printf 'a\nb\rc\n' | tok --docs=line)"
is "blank: runs of blank lines part documents" '-#1|a\nb
-#2|c
-#3|d' "$(printf '\n \t\na\nb\n\n\nc\r\n\r\nd\n\n' | tok --docs=blank)"
is "ff" '-#1|a
-#2|b\n' "$(printf 'a\fb\n' | tok --docs=ff)"
is "nul" '-#1|a\nb
-#2|
-#3|c' "$(printf 'a\nb\0\0c' | tok --docs=nul)"
is "leipzig: the record's own id" '17|Ein Satz.
18|Noch einer.' "$(printf '17\tEin Satz.\n18\tNoch einer.\n' | tok --docs=leipzig)"
exits "leipzig: a line without TAB is bad" 3 "$erz" tokenize --docs=leipzig <<<$'1\tgut\nschlecht\n3\tgut'
has "leipzig: file, line, what" '^erz: -:2: no TAB between id and text$' "$err"
is "leipzig: the rest is processed" '1|gut
3|gut' "$(restore <<<"$out")"

printf 'nr,id,text\r\n1,x,"Er sagte: ""Ja, 5 Euro"""\r\n2,,"zwei\nZeilen"\n3,z,ohne\n' >t.csv
is "csv: quotes, line breaks, ids" 'x|Er sagte: "Ja, 5 Euro"
t.csv#2|zwei\nZeilen
z|ohne' "$(tok --docs=csv t.csv)"
is "csv: fields by name" '1|x
2|
3|z' "$(tok --docs=csv --text-field=id --id-field=nr t.csv)"
is "csv: semicolons, as German spreadsheets write them" '1|5,5 Euro' "$(printf 'id;text\n1;5,5 Euro\n' | tok --docs=csv)"
exits "csv: a column that is not there" 3 "$erz" tokenize --docs=csv --text-field=body t.csv
has "csv: says which" "^erz: t.csv:1: the header has no column 'body'" "$err"
exits "csv: a field that does not end" 3 "$erz" tokenize --docs=csv <<<$'id,text\n1,"offen\n2,gut'
has "csv: says where" '^erz: -:2: a quoted field does not end' "$err"
is "csv: goes on behind it" '2|gut' "$(restore <<<"$out")"

printf 'Schl\xfcssel;\xdcberschrift\nM\xfc"1";M\xfcller\n"B""2""";"C""3"""\n' >t8.csv
is "csv: 8-bit names of columns and ids, doubled quotes in both" 'Mü"1"|Müller
B"2"|C"3"' "$(tok --docs=csv --text-field=Überschrift --id-field=Schlüssel t8.csv)"
is "leipzig: 8-bit ids" 'Mü|Größe
Äß|Text' "$(printf 'M\xfc\tGr\xf6\xdfe\n\xc4\xdf\tText\n' | tok --docs=leipzig)"
is "leipzig: an 8-bit id, its encoding given" 'M°|Text' "$(printf 'M\xf8\tText\n' | tok --docs=leipzig --encoding=IBM850)"
is "leipzig: a broken id in UTF-8" $'gr\xc3\xbcn\xef\xbf\xbd|Text' "$(printf 'gr\xc3\xbcn\xff\tText\n' | tok --docs=leipzig)"

printf '{"id":"a","text":"Z\\u00fcrich\\n5 \\u20ac"}\n\n{"id":7,"text":"x"}\n{"text":"ohne"}\n' >t.jsonl
is "jsonl" 'a|Zürich\n5 €
7|x
t.jsonl#3|ohne' "$(tok --docs=jsonl t.jsonl)"
exits "jsonl: bad lines are passed over" 3 "$erz" tokenize --docs=jsonl <<<$'{"text":"a"}\n{"text":\n{"text":1}\n[]\n{"id":"e","text":"b"}'
has "jsonl: line and column" '^erz: -:2:8: bad JSON' "$err"
has "jsonl: a field that is no string" "^erz: -:3: the field 'text' is no string" "$err"
has "jsonl: no object" '^erz: -:4: not an object' "$err"
is "jsonl: the rest is processed" '-#1|a
e|b' "$(restore <<<"$out")"

exits "jsonl: halves of surrogate pairs" 0 "$erz" tokenize --docs=jsonl <<<'{"text":"x \ud800 \\ud801 \ud83d\ude00 \udc00y"}'
is "jsonl: halves of surrogate pairs become U+FFFD" $'-#1|x \xef\xbf\xbd \\\\ud801 \xf0\x9f\x98\x80 \xef\xbf\xbdy' "$(restore <<<"$out")"
is "jsonl: halves of surrogate pairs are told" 'erz: -#1: broken UTF-8: 2 sequences replaced by U+FFFD' "$err"

exits "jsonl: numbers of more than 64 bits" 3 "$erz" tokenize --docs=jsonl <<<$'{"id":17,"h":12345678901234567890,"text":"a"}\n{"id":12345678901234567890,"text":"b"}\n{"id":-9007199254740993,"text":"c"}\n{"x":1e999,"text":"d"}'
is "jsonl: numbers of more than 64 bits: the others" '17|a
-9007199254740993|c' "$(restore <<<"$out")"
is "jsonl: numbers of more than 64 bits: messages" "erz: -:2: the field 'id' is a number of more than 53 bits" "$(head -1 <<<"$err")"

record() { # TYPE HEADERS BODY [LENGTH]
    local body=$3
    printf 'WARC/%s\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:x:%s>\r\nWARC-Target-URI: http://x/%s\r\n%bContent-Length: %d\r\n\r\n%b\r\n\r\n' \
        "${5:-1.0}" "$1" "$1" "$1" "$2" "${4:-$(printf %b "$body" | wc -c)}" "$body"
}
{
    record warcinfo '' 'software: x'
    record conversion 'Content-Type: text/plain\r\n' 'Umsatz für 5 Euro'
    record response 'Content-Type: application/http\r\n' 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nTeil\r\n5\r\nweise\r\n0\r\n\r\n' '' 1.1
    record response '' 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>nein</p>'
    printf 'kein Eintrag\r\n\r\n'
    record resource 'Content-Type: text/plain; charset=utf-8\r\n' 'am Ende'
    record metadata '' 'nein'
} >t.warc
exits "warc: a bad record is reported" 3 "$erz" tokenize --docs=warc t.warc
has "warc: says which" '^erz: t.warc: record 5: ' "$err"
is "warc: conversion, text/plain of response and resource" 'urn:x:conversion|Umsatz für 5 Euro
urn:x:response|Teilweise
urn:x:resource|am Ende' "$(restore <<<"$out")"
is "warc: 8-bit ids" 'Mü|5 Euro' "$(printf 'WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: M\xfc\r\nContent-Length: 6\r\n\r\n5 Euro\r\n\r\n' | tok --docs=warc)"
is "warc: ids from another header" 'http://x/conversion http://x/response http://x/resource ' \
    "$(tok --docs=warc --id-field=WARC-Target-URI t.warc | cut -d'|' -f1 | tr '\n' ' ')"
{
    record response '' 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\n\r\nxyz'
    record response '' 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\nxyz'
    record response '' 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: identity\r\n\r\nam Ende'
} >coded.warc
for size in 7 100000; do
    exits "warc: a compressed body, read $size bytes at a time" 3 "$erz" tokenize --docs=warc --read-size $size coded.warc
    is "warc: a compressed body, read $size bytes at a time: message" 'erz: coded.warc: record 1: its text is compressed (Content-Encoding)' "$err"
    is "warc: a compressed body, read $size bytes at a time: the others" 'urn:x:response|am Ende' "$(restore <<<"$out")"
done
head -c 900 t.warc >cut.warc
exits "warc: cut off" 3 "$erz" tokenize --docs=warc cut.warc

{
    record conversion '' "$(for i in $(seq 300); do printf 'Nummer %d kostet %d Euro.\\n\\n' "$i" "$i"; done)"
    record resource 'Content-Type: text/plain\r\n' 'am Ende'
} >long.warc
head -c 5000 long.warc >cutlong.warc
for f in long cutlong; do
    "$erz" tokenize --docs=warc --max-doc-bytes 1024 $f.warc >want 2>err
    for args in "--read-size=7" "--read-size=100 -j4" "-j4"; do
        "$erz" tokenize --docs=warc --max-doc-bytes 1024 $args $f.warc >got 2>/dev/null
        same "warc: sections, $f: $args" want got
    done
    "$erz" extract --docs=warc --max-doc-bytes 1024 $f.warc >got 2>/dev/null
    "$erz" stem <want | "$erz" match >staged
    same "warc: sections, $f: staged" got staged
done
is "warc: sections have the record's id" "urn:x:conversion" "$(cut -f1 got | sort -u)"
is "warc: a long record is cut off: told once, what came before is used" "erz: cutlong.warc: record 1: it is cut off 1" \
    "$(cat err) $("$erz" tokenize --docs=warc --max-doc-bytes 1024 cutlong.warc 2>/dev/null | awk -F'\t' '$5 == "end" && $2 == 0' | wc -l)"

{
    printf 'lang\t'
    for i in $(seq 300); do printf 'Nummer %d kostet %d Euro. ' "$i" "$i"; done
    printf '\n\tohne\nkurz\t5 Euro\nleer\t\n'
} >long.tsv
"$erz" extract --docs=leipzig long.tsv 2>/dev/null | cut -f1,3- >want
for args in "" "--read-size=7" "--read-size=500 -j4"; do
    exits "leipzig: sections $args: status" 3 "$erz" extract --docs=leipzig --max-doc-bytes 1024 $args long.tsv
    is "leipzig: sections $args: message" 'erz: long.tsv:2: an empty id' "$err"
    same "leipzig: sections $args: ids and offsets" want <(cut -f1,3- <<<"$out")
done
is "leipzig: an id without text at the end" 'a|
b|' "$(printf 'a\t\nb\t' | tok --docs=leipzig)"
is "leipzig: files of old Macs" 'a|x
b|y' "$(printf 'a\tx\rb\ty\r' | tok --docs=leipzig)"

# A record of more than twice --max-doc-bytes is bad, however it is read.
python3 - <<'EOP'
import json
texts = ["5 Euro", "x " * 2000 + "6 Euro", "7 Euro"]
open("long.csv", "w").write("id,text\n" + "".join(f'{i},"{t}"\n' for i, t in enumerate(texts)))
open("long.jsonl", "w").write("".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in enumerate(texts)))
EOP
for f in csv jsonl; do
    for size in 7 1000 100000; do
        exits "$f: a long record, read $size bytes at a time" 3 "$erz" extract --docs=$f --max-doc-bytes=1024 --read-size $size long.$f
        is "$f: a long record, read $size bytes at a time: the others" "0 2" "$(cut -f1 <<<"$out" | paste -sd' ')"
    done
    has "$f: a long record: message" "^erz: long.$f:[23]: a record longer than --max-doc-bytes 1024" "$err"
done

mkdir -p d/a d/b/c && printf 1 >d/a/1 && printf 2 >d/a.txt && printf 3 >d/b/c/3 && printf 4 >d/b/4 && ln -s ../a d/b/ring
is "directories: recursively, sorted like whole paths" "$(find d -type f | LC_ALL=C sort)" "$(tok d | cut -d'|' -f1)"
is "directories: a slash at the end" 'd/a.txt d/a/1 d/b/4 d/b/c/3 ' "$(tok d/ | cut -d'|' -f1 | tr '\n' ' ')"
printf 'd/b\na.txt\n' >list
is "--files-from" 'd/b/4 d/b/c/3 a.txt ' "$(tok --files-from list | cut -d'|' -f1 | tr '\n' ' ')"
is "--files-from -" 'a.txt|eins zwei\ndrei\n' "$(echo a.txt | tok --files-from -)"
is "--files-from -0" "$(find d -type f | wc -l)" "$(find d -type f -print0 | tok --files-from=- -0 | wc -l)"
odd=$'neue\nZeile\\ \xff'
printf x >"$odd"
is "names with LF, backslash and bytes that are not UTF-8" "$(printf 'neue\\nZeile\\\\ \xff|x')" "$(find . -name 'neue*' -printf '%f\0' | tok --files-from=- -0)"
exits "--files-from: no such list" 2 "$erz" tokenize --files-from nirgends

cat a.txt a.txt a.txt >aaa
tok --docs=line aaa | sed 's/^aaa/x/' >want
for c in gzip "zstd -q" xz bzip2; do
    for i in 1 2 3; do $c <a.txt; done >x
    tok --docs=line x >got
    same "${c% *}: several members, told by content" want got
    head -c $(($(wc -c <x) - 8)) x >cut
    exits "${c% *}: cut off" 3 "$erz" tokenize --docs=line cut
    has "${c% *}: says so" '^erz: cut: the compressed data (ends too early|is damaged)' "$err"
    has "${c% *}: what came before is processed" 'cut#1.*eins' "$out"
    is "${c% *}: from standard input" 6 "$(tok --docs=line <x | wc -l)"
done
for c in gzip "zstd -q" xz bzip2; do
    { $c <a.txt; printf 'no member'; } >x
    exits "${c% *}: what follows is not lost in silence" 3 "$erz" tokenize --docs=line x
    has "${c% *}: it is told" '^erz: x: the compressed data is followed by something else' "$err"
    is "${c% *}: what came before is processed" 2 "$(restore <<<"$out" | wc -l)"
done
for c in gzip "zstd -q" xz bzip2; do
    for i in 1 2 3; do seq -f "teil$i %g" 300 | $c >"part$i"; done
    { head -c 80 part2; printf 'Schaden!'; tail -c +89 part2; } >overwritten
    for damage in "head -c 60 part2" "head -c -5 part2" "cat overwritten"; do
        { cat part1; $damage; cat part3; } >x
        exits "${c% *}: a damaged member ($damage)" 3 "$erz" tokenize --docs=line x
        is "${c% *}: the members around it are whole" "300 300" "$(grep -c '#.*teil1' <<<"$out") $(grep -c '#.*teil3' <<<"$out")"
        has "${c% *}: where it goes on is told" "^erz: x: goes on behind the damage, from byte $(($(wc -c <x) - $(wc -c <part3)))$" "$err"
    done
    { head -c 60 part1; cat part2 part3; } >x
    is "${c% *}: damaged at once" 600 "$(tok --docs=line x | grep -c 'teil[23]')"
    { head -c 60 part1; cat part2; } >x
    is "${c% *}: a file that is one document ends at the damage" 0 "$(tok x | grep -c teil2)"
done
for i in 1 2 3; do
    printf 'WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <r%s>\r\nContent-Length: 8\r\n\r\nvierzehn\r\n\r\n' $i | gzip >"part$i"
done
{ cat part1; head -c 60 part2; cat part3; } >x
is "WARC: a damaged member is one record" "r1|vierzehn r3|vierzehn" "$(tok --docs=warc x | paste -sd' ')"
{ gzip <a.txt; head -c 2000 /dev/zero; } >x
exits "gzip: padding with NUL is no error" 0 "$erz" tokenize x
head -c 300000 /dev/urandom | od -An -tx1 | zstd -q --long=31 --ultra -3 >x
exits "zstd: a window of 2 GiB" 0 "$erz" tokenize --docs=line x
printf 'kein gzip' | cat <(gzip <a.txt | head -c 12) - >bad.gz
exits "gzip: damaged" 3 "$erz" tokenize bad.gz

long=$(printf 'lang%.0s' {1..20})
mkdir -p "t/$long" && printf L >"t/$long/name_$long" && cp a.txt t/ && : >t/leer
for format in ustar pax gnu; do
    tar --format=$format --sort=name -cf x.tar t
    is "tar: entries ($format)" 'x.tar!t/a.txt|eins zwei\ndrei\n
'"x.tar!t/$long/name_$long|L
x.tar!t/leer|" "$(tok x.tar)"
done
gzip -kf x.tar
is "tar.gz" 3 "$(tok x.tar.gz | wc -l)"
head -c 1000 x.tar >cut.tar
exits "tar: cut off" 3 "$erz" tokenize cut.tar
has "tar: says so" '^erz: cut.tar: the archive ends too early' "$err"
{ cat x.tar; head -c 3000 /dev/urandom; } >more.tar
exits "tar: followed by something else" 3 "$erz" tokenize more.tar
is "tar: followed by something else: told" 'erz: more.tar: the archive is followed by something else' "$err"
is "tar: followed by something else: its entries" 3 "$(restore <<<"$out" | wc -l)"
printf zwei >second && tar cf y.tar second && cat x.tar y.tar >both.tar
exits "tar: two archives in one file" 0 "$erz" tokenize both.tar
is "tar: two archives in one file: all entries" "4 both.tar!second|zwei" "$(restore <<<"$out" | wc -l) $(restore <<<"$out" | tail -1)"
gzip -c x.tar | head -c 150 | tok >got
is "tar.gz: cut off, which is told once" 1 "$(grep -c . err)"
mkdir parts && cd parts && printf eins >1 && printf zwei | gzip >2.gz && printf drei | zstd -q >3.zst && head -c 15 3.zst >4.zst
printf '%%PDF-1.4 \0' >0.pdf && tar cf inner.tar 1 && cd ..
tar cf first.tar -C parts 0.pdf 1 4.zst 2.gz inner.tar 3.zst && mkdir -p none/here && tar cf empty.tar none
exits "tar: compressed, damaged and binary entries" 3 "$erz" tokenize empty.tar first.tar a.txt
is "tar: entries are decompressed, the bad ones do not hide the others" 'first.tar!1|eins
first.tar!2.gz|zwei
first.tar!3.zst|drei
a.txt|eins zwei\ndrei\n' "$(restore <<<"$out")"
is "tar: each bad entry is told once" 'erz: first.tar!0.pdf: not text: a binary file
erz: first.tar!4.zst: the compressed data ends too early (byte 15)
erz: first.tar!inner.tar: not text: compressed or archived more than once' "$err"
printf zwei >$'neue\nZeile' && tar cf odd.tar $'neue\nZeile' a.txt && gzip -k odd.tar && tar cf label.tar --label=Band a.txt
for f in odd.tar odd.tar.gz; do
    is "tar: the first name has a line feed: $f" "$f!neue\\nZeile|zwei
$f!a.txt|eins zwei\\ndrei\\n" "$(tok $f)"
done
is "tar: a label" 'label.tar!a.txt|eins zwei\ndrei\n' "$(tok label.tar)"
python3 -c '
with open("holes", "wb") as f:
    for i in range(100):
        f.seek(i * 65536)
        f.write(b"5 Euro")'
for format in gnu posix; do
    tar --format=$format --sparse -cf holes.tar holes a.txt
    exits "tar: a file stored in parts is told ($format)" 3 "$erz" tokenize holes.tar
    has "tar: a file stored in parts is told ($format): message" '^erz: holes.tar!.*holes: not read: a file that is stored in parts$' "$err"
    is "tar: a file stored in parts does not hide the others ($format)" 'holes.tar!a.txt|eins zwei\ndrei\n' "$(restore <<<"$out")"
done
printf '# mtree\nText bleibt Text.' >mtree
is "a text that begins like another program's list" 1 "$(tok mtree | wc -l)"

{ for i in $(seq 500); do echo "Zeile $i kostet $i Euro."; done; } >lines
for m in line blank file; do
    "$erz" tokenize --docs=$m lines >want
    for size in 1 7 64 65536; do
        "$erz" tokenize --docs=$m --read-size $size lines >got
        same "$m: read $size bytes at a time" want got
    done
done
for f in t.csv:csv t.jsonl:jsonl t.warc:warc x.tar:file x.tar.gz:file first.tar:file; do
    "$erz" tokenize --docs="${f#*:}" "${f%:*}" >want 2>&1
    for size in 1 7; do
        "$erz" tokenize --docs="${f#*:}" --read-size $size "${f%:*}" >got 2>&1
        same "${f#*:} ${f%:*}: read $size bytes at a time" want got
    done
done
