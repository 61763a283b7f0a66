#!/bin/bash
# The same bytes for {reads of 1, 7, 64 bytes, 64 KiB, default} x {-j1, -j8} x kernels x {fused, staged}, on corpus/ and, where
# present, on the shared data.
set -u
. tests/tap.sh
kernels=$("$erz" --version | sed -n 's/^kernels//p')
[ -n "$kernels" ] || { fail "kernels are listed"; exit 1; }
matrix() { # NAME ARGUMENT...
    local name=$1 j size k
    shift
    "$erz" extract "$@" >"$work/want" 2>/dev/null
    "$erz" tokenize "$@" >"$work/tokens" 2>/dev/null
    "$erz" tokenize "$@" 2>/dev/null | "$erz" stem | tee "$work/stems" | "$erz" match >"$work/got"
    same "$name: staged" "$work/want" "$work/got"
    for size in 1 7 64 65536; do
        "$erz" stem --read-size $size <"$work/tokens" >"$work/got"
        same "$name: stem reads $size bytes" "$work/stems" "$work/got"
        "$erz" match --read-size $size <"$work/stems" >"$work/got"
        same "$name: match reads $size bytes" "$work/want" "$work/got"
    done
    for k in $kernels; do
        for j in 1 8; do
            for size in 1 7 64 65536 1048576; do
                [ $size -ge 64 ] || [ -n "${small:-}" ] || continue
                "$erz" extract --kernel $k -j$j --read-size $size "$@" >"$work/got" 2>/dev/null
                same "$name: $k -j$j reads $size bytes" "$work/want" "$work/got"
            done
            "$erz" tokenize --kernel $k -j$j "$@" >"$work/got" 2>/dev/null
            same "$name: $k -j$j tokens" "$work/tokens" "$work/got"
        done
    done
}
small=1 matrix "corpus" corpus/docs
cat corpus/docs/* >"$work/lines"
small=1 matrix "corpus by lines" --docs=line "$work/lines"
gzip -k "$work/lines"
small=1 matrix "corpus by blank lines, gzip, in sections" --docs=blank --max-doc-bytes 2000 "$work/lines.gz"
iconv -c -t windows-1252 "$work/lines" >"$work/lines.1252"
matrix "corpus in windows-1252" --docs=line "$work/lines.1252"
sed 's/ö/\xc3/g' "$work/lines" >"$work/lines.broken"
matrix "corpus with broken UTF-8" --docs=line "$work/lines.broken"
# What was read before does not show: documents in the reverse order.
order() { # NAME FOLDER...
    local name=$1
    shift
    for f in $(find "$@" -type f); do printf '%s\t%s\n' "$f" "$(tr '\n\r\t' '   ' <"$f")"; done >"$work/ids"
    for i in 1 2 3; do sed "s/^/$i /" "$work/ids"; done >"$work/thrice"
    "$erz" extract -q --docs=leipzig "$work/thrice" | LC_ALL=C sort >"$work/want"
    tac "$work/thrice" | "$erz" extract -q --docs=leipzig | LC_ALL=C sort >"$work/got"
    same "$name: in the reverse order" "$work/want" "$work/got"
    is "$name: three times the same" 1 "$(for i in 1 2 3; do grep "^$i " "$work/want" | cut -c3- | md5sum; done | sort -u | wc -l)"
}
order "corpus" corpus/docs
# Texts of words that no other has fill the word tables, which drop words then.
python3 -c 'import sys
lines = open(sys.argv[1]).read()
for i in range(4):
    print(lines, end="")
    print("filler\t" + " ".join(f"Wx{i}{k:x}" for k in range(60000)))' "$work/ids" >"$work/filled"
"$erz" extract -q --docs=leipzig "$work/ids" >"$work/want"
for k in 1 2 3 4; do cat "$work/want"; done | LC_ALL=C sort >"$work/want4"
"$erz" extract -q --docs=leipzig "$work/filled" | grep -v '^filler' | LC_ALL=C sort >"$work/got"
same "corpus: between texts of other words" "$work/want4" "$work/got"
if [ -d ../shared/data ]; then
    order "shared data" ../shared/data/{news,seeds,headlines,smartdata/dev}/docs
    for set in news/docs seeds/docs headlines/docs smartdata/dev/docs; do
        [ -d ../shared/data/$set ] && matrix "$set" ../shared/data/$set
    done
else
    skip "shared data" "not here"
fi
