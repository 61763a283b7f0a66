#!/bin/bash
# Faults: the n-th allocation fails, short reads and writes, EINTR, ENOSPC, EIO. ERZ_ALLOC_STEP: test each n-th allocation
# (default 7, 1: all).
set -u
. tests/tap.sh
if sanitized; then
    skip "faults" "sanitizers bring their own allocator"
    exit
fi
check "the shim" make -s BUILD="${BUILD#"$PWD"/}" "${BUILD#"$PWD"/}/tests/fault.so"
bad() { LD_PRELOAD=$BUILD/tests/fault.so env -u LD_BIND_NOW "$@"; }
prog=$BUILD/erz
step=${ERZ_ALLOC_STEP:-7}
docs=$PWD/corpus/docs
cd "$work" || exit 1
{ cat "$docs"/agentur*.txt; printf 'kaputt \xc3\xa4 \xff\n'; } >a.txt
iconv -c -t windows-1252 "$docs"/at_in*.txt >b.txt
gzip -c a.txt >c.gz && zstd -q a.txt -o d.zst && xz -k a.txt -c >e.xz && bzip2 -c a.txt >f.bz2
printf 'id,text\n1,"a ""5 Euro"""\n' >t.csv
printf '{"id":"x","text":"5 \\u20ac"}\n{"id":2,"x":[1],"text":"M\xfcller 7 Euro"}\n' >t.jsonl
tar cf t.tar a.txt b.txt
mkdir dir && cp a.txt b.txt dir/
"$prog" tokenize a.txt 2>/dev/null >tokens
"$prog" stem <tokens >stems

# allocations NAME COMMAND...: whichever allocation fails, the output is whole or the program says that memory is short.
allocations() {
    local name=$1 total at code bad_n=0 why=
    shift
    "$@" >want 2>/dev/null <"${in:-/dev/null}"
    local want=$?
    [ -z "${after:-}" ] || $after want
    FAULT_COUNT=$work/count bad "$@" >/dev/null 2>&1 <"${in:-/dev/null}"
    total=$(cat count)
    for ((at = 1; at <= total; at += step)); do
        for kind in FAULT_ALLOC FAULT_ALLOC_ALL; do
            [ -z "${before:-}" ] || $before
            env $kind=$at LD_PRELOAD=$BUILD/tests/fault.so "$@" >got 2>err <"${in:-/dev/null}"
            code=$?
            [ -z "${after:-}" ] || $after got
            if [ $code -eq $want ] && cmp -s want got; then continue; fi
            if [ $code -eq 4 ] && grep -qi 'memory' err; then continue; fi
            bad_n=$((bad_n + 1)) why="$kind=$at: status $code: $(head -c 300 err)"
        done
    done
    if [ $bad_n -eq 0 ]; then pass "$name: each ${step}th of $total allocations fails"; else fail "$name: $bad_n of $total allocations" "$why"; fi
}
allocations "extract" "$prog" extract a.txt
allocations "extract -j3" "$prog" extract -j3 a.txt b.txt
allocations "8-bit" "$prog" extract b.txt
for f in c.gz d.zst e.xz f.bz2 t.tar dir; do allocations "$f" "$prog" tokenize $f; done
allocations "csv" "$prog" tokenize --docs=csv t.csv
allocations "jsonl" "$prog" tokenize --docs=jsonl t.jsonl
in=tokens allocations "stem" "$prog" stem
in=stems allocations "match" "$prog" match
for f in jsonl brat conllu vertical; do allocations "--format=$f" "$prog" extract --format=$f a.txt; done
clear_o() { rm -f o o.part o.journal; }
cat_o() { [ ! -e o ] || cat o >"$1"; }
before=clear_o after=cat_o allocations "--resume" "$prog" extract --resume -o o a.txt
allocations "model info" "$prog" model info

for args in "extract a.txt b.txt c.gz d.zst e.xz f.bz2 t.tar" "tokenize --docs=line a.txt b.txt c.gz" "tokenize --docs=jsonl t.jsonl" "extract -j4 --docs=line a.txt c.gz" "extract --files-from=list"; do
    printf 'a.txt\nb.txt\n' >list
    "$prog" $args >want 2>/dev/null
    for fault in FAULT_SHORT=1 FAULT_SHORT=5 FAULT_SHORT=1000 FAULT_EINTR=2 "FAULT_EINTR=3 FAULT_SHORT=7"; do
        env $fault LD_PRELOAD=$BUILD/tests/fault.so "$prog" $args >got 2>/dev/null
        same "$args: $fault" want got
    done
done
"$prog" match <stems >want
env FAULT_EINTR=3 FAULT_SHORT=9 LD_PRELOAD=$BUILD/tests/fault.so "$prog" stem <tokens >got
same "stem: short reads, EINTR" stems got
env FAULT_EINTR=3 FAULT_SHORT=9 LD_PRELOAD=$BUILD/tests/fault.so "$prog" match <stems >got
same "match: short reads, EINTR" want got

for i in 1 2 3 4 5 6 7 8 9; do cat "$docs"/*.txt "$docs"/*.txt "$docs"/*.txt "$docs"/*.txt "$docs"/*.txt; done >big.txt
for c in extract tokenize; do
    for at in 1 2; do
        exits "$c: ENOSPC" 4 env FAULT_WRITE=$at:28 LD_PRELOAD=$BUILD/tests/fault.so "$prog" $c --docs=line big.txt
        has "$c: ENOSPC: message" 'erz: cannot write: No space left on device' "$err"
        exits "$c: EIO when writing" 4 env FAULT_WRITE=$at:5 LD_PRELOAD=$BUILD/tests/fault.so "$prog" $c --docs=line big.txt
    done
    exits "$c -o: ENOSPC" 4 env FAULT_WRITE=1:28 LD_PRELOAD=$BUILD/tests/fault.so "$prog" $c -o out a.txt
    is "$c -o: ENOSPC leaves nothing" '' "$(ls out* 2>/dev/null)"
    exits "$c: EPIPE" 0 env FAULT_WRITE=1:32 LD_PRELOAD=$BUILD/tests/fault.so "$prog" $c a.txt
    exits "$c: EIO when reading" 4 env FAULT_READ=2:5 LD_PRELOAD=$BUILD/tests/fault.so "$prog" $c --read-size 100 a.txt dir/b.txt
    has "$c: EIO when reading: message" '^erz: a.txt: cannot read: Input/output error' "$err"
    has "$c: EIO when reading: the rest is processed" '^dir/b.txt' "$out"
done
mkdir wide && for i in 1 2 3 4 5 6 7 8; do echo "$i Euro" >wide/$i; done
exits "EIO in a directory" 4 env FAULT_READDIR=5 LD_PRELOAD=$BUILD/tests/fault.so "$prog" extract wide a.txt
is "EIO in a directory: message" 'erz: wide: cannot read the directory: Input/output error' "$(grep -v UTF-8 <<<"$err")"
has "EIO in a directory: the rest is processed" '^a.txt' "$out"
exits "--resume: ENOSPC" 4 env FAULT_WRITE=4:28 LD_PRELOAD=$BUILD/tests/fault.so "$prog" extract --resume -o r --docs=line big.txt
"$prog" extract --docs=line big.txt >want 2>/dev/null
"$prog" extract --resume -o r --docs=line big.txt 2>/dev/null
same "--resume after a full disk" want r
