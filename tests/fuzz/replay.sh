#!/bin/bash
# The fuzz targets without a fuzzer: seeds and corpus through each. Prints TAP.
set -u
. tests/tap.sh
export ERZ_MODEL=$BUILD/de.erzm
targets=$(for f in tests/fuzz/fuzz_*.c; do f=${f##*/fuzz_}; echo "${f%.c}"; done)
for t in $targets; do
    seeds=(corpus/docs)
    [ -d tests/fuzz/seeds/$t ] && seeds+=(tests/fuzz/seeds/$t)
    [ $t = rules ] && seeds+=(models/de)
    if out=$("$BUILD/tests/fuzz/replay_$t" "${seeds[@]}" 2>&1); then pass "$t: ${out##*: }"; else fail "$t" "$(tail -n 20 <<<"$out")"; fi
done
