#!/bin/bash
# Encodings: what is told apart, what is replaced, where offsets point.
set -u
. tests/tap.sh
text=$'Die Größe der Übernahme läßt Anleger hoffen, sagt Müller. Für 5,5 Millionen Euro kauft die Brücken AG in Köln zu.\nDas Geschäft wächst um 3 Prozent.'
printf '%s' "$text" >"$work/utf8"
want=$("$erz" extract "$work/utf8" | cut -f2-)
has "the text has records" money "$want"
cd "$work" || exit 1
for e in windows-1252 ISO-8859-15 macintosh IBM850 UTF-16LE UTF-16BE UTF-32LE UTF-32BE; do
    iconv -f UTF-8 -t $e utf8 >x
    is "$e is found out" "$want" "$("$erz" extract x | cut -f2-)"
    is "$e with --encoding" "$want" "$("$erz" extract --encoding $e x | cut -f2-)"
done
for e in UTF-16 UTF-32 UTF-8; do # with byte order mark
    { [ $e != UTF-8 ] || printf '\xef\xbb\xbf'; iconv -f UTF-8 -t $e utf8; } >x
    is "$e with a mark: records" "$(cut -f4- <<<"$want")" "$("$erz" extract x | cut -f5-)"
done
offsets() { # each span, cut out of the file by its byte offsets, is the record's text
    "$erz" extract "$1" 2>/dev/null | python3 -c '
import sys
data, n = open(sys.argv[1], "rb").read(), 0
for line in sys.stdin.buffer:
    f = line.rstrip(b"\n").split(b"\t")
    assert data[int(f[2]):int(f[3])] == f[8], (f, data[int(f[2]):int(f[3])])
    n += 1
assert n > 1' "$1"
}
printf '\xef\xbb\xbf%s' "$text" >bom
check "UTF-8 with a mark: offsets are those of the file" offsets bom
sed 's/$/\r/' utf8 >crlf
check "CRLF: offsets are those of the file" offsets crlf
printf 'A\0B 5 Euro\xe2\x80\xa8und 7 Prozent\rEnde' >odd
check "NUL, U+2028, CR: offsets are those of the file" offsets odd
is "NUL, U+2028, CR: records" 2 "$("$erz" extract odd | wc -l)"

# Broken UTF-8: Unicode's examples of the maximal subpart (chapter 3, tables 3-8 to 3-11): bytes, U+FFFD, rest as they come
broken() { printf 'ä %b 5 Euro' "$1" | "$erz" tokenize 2>/dev/null | restore | cut -d'|' -f2 | sed 's/^ä //; s/ 5 Euro$//'; }
R=$'\xef\xbf\xbd'
is "broken: C0 AF E0 80 BF F0 81 82 41" "$R$R$R$R$R$R$R${R}A" "$(broken '\xc0\xaf\xe0\x80\xbf\xf0\x81\x82A')"
is "broken: ED A0 80 ED BF BF ED AF 41" "$R$R$R$R$R$R$R${R}A" "$(broken '\xed\xa0\x80\xed\xbf\xbf\xed\xafA')"
is "broken: F4 91 92 93 FF 41 80 BF 42" "$R$R$R$R${R}A$R${R}B" "$(broken '\xf4\x91\x92\x93\xffA\x80\xbfB')"
is "broken: E1 80 E2 F0 91 92 F1 BF 41" "$R$R$R${R}A" "$(broken '\xe1\x80\xe2\xf0\x91\x92\xf1\xbfA')"
printf 'K\xc3\xb6ln \xe2\x82 zahlt \xf0\x9f\x92 \xff 5 Euro und 3 Prozent' >broken
exits "broken UTF-8 is no error" 0 "$erz" extract broken
check "broken UTF-8: offsets are those of the file" offsets broken
is "broken UTF-8: offsets in characters" "$(printf '%s' "$out" | cut -f3 | head -1 | wc -l)" 1
is "broken UTF-8: characters as Python counts them" "$(python3 -c "
t = open('broken', 'rb').read().decode('utf-8', 'replace')
print(t.index('5 Euro'), t.index('3 Prozent'))")" "$("$erz" extract --offsets=char broken 2>/dev/null | grep -E 'money|percent' | cut -f3 | paste -sd' ')"
is "broken UTF-8 is counted and reported" 'erz: broken: broken UTF-8: 3 sequences replaced by U+FFFD' "$("$erz" extract broken 2>&1 >/dev/null)"
exits "--strict: it is an error" 3 "$erz" extract --strict broken utf8
is "--strict: reported" 'erz: broken: broken UTF-8: 3 sequences' "$err"
is "--strict: the rest is processed" "$want" "$(cut -f2- <<<"$out")"
for e in UTF-16LE UTF-16BE UTF-32LE UTF-32BE; do # half a surrogate pair, a cut off unit
    { iconv -t $e <<<'5 €'; case $e in *16LE) printf '\x3d\xd8' ;; *16BE) printf '\xd8\x3d' ;; *32LE) printf '\x3d\xd8\0\0' ;; *) printf '\0\0\xd8\x3d' ;; esac
    iconv -t $e <<<'😀 6 €'; printf '\0'; } >x
    for size in 1 5 100000; do
        exits "$e, broken, read $size bytes at a time" 0 "$erz" extract --encoding=$e --read-size $size x
        is "$e, broken, read $size bytes at a time: message" 'erz: x: broken UTF-8: 2 sequences replaced by U+FFFD' "$err"
        is "$e, broken, read $size bytes at a time: records" $'0\t5\t5 €\n14\t19\t6 €' "$(cut -f3,4,9 <<<"$out")"
    done
    exits "$e, broken, --strict" 3 "$erz" extract --strict --encoding=$e x
done
is "reported once a document" 2 "$(printf 'gr\xc3\xbcn \xff\xff\n\xc3\xbc\xff\ngut\n' | "$erz" tokenize --docs=line 2>&1 >/dev/null | wc -l)"
same "staged: the same offsets" <("$erz" extract broken 2>/dev/null) <("$erz" tokenize broken 2>/dev/null | "$erz" stem | "$erz" match)

iconv -t windows-1252 utf8 >8bit
is "a converted document is told with -v" "erz: 8bit: converted from windows-1252" "$("$erz" extract -v 8bit 2>&1 >/dev/null)"
{ cat utf8; echo; cat 8bit; } >mixed
is "mixed encodings are reported" 'erz: mixed#3: mixed encodings: windows-1252 here, another one before
erz: mixed#4: mixed encodings: windows-1252 here, another one before' "$("$erz" extract --docs=line mixed 2>&1 >/dev/null)"
is "mixed encodings: each line is read right" "$text
$text" "$("$erz" tokenize --docs=line mixed 2>/dev/null | restore | cut -d'|' -f2)"
iconv -f windows-1252 -t UTF-8 utf8 >moji 2>/dev/null || iconv -f ISO-8859-1 -t UTF-8 utf8 >moji
has "mojibake is reported" '^erz: moji: mojibake' "$("$erz" extract moji 2>&1 >/dev/null)"
exits "an unknown encoding" 2 "$erz" extract --encoding klingonisch utf8
has "an unknown encoding: said so" "^erz: no encoding 'klingonisch'" "$err"
head -c 20000 "$(command -v bash)" >elf
exits "a binary file" 3 "$erz" extract elf utf8
is "a binary file: reported" 'erz: elf: not text: a binary file' "$err"
is "a binary file: the rest is processed" "$want" "$(cut -f2- <<<"$out")"
head -c 9000 /dev/urandom | cat <(printf '\x01\x02') - >noise
exits "noise" 3 "$erz" extract noise
is "jsonl in windows-1252" '-#1|Größe' "$(printf '{"text":"Gr\xf6\xdfe"}\n' | "$erz" tokenize --docs=jsonl | restore)"
