#!/bin/bash
# Run libFuzzer on each target named; called by `make fuzz`. Findings stay in FUZZ_BUILD/findings.
set -u
[ $# -gt 0 ] || { echo "ok 1 - fuzzing is not part of the tests # SKIP make fuzz runs it"; exit 0; }
export ERZ_MODEL=$BUILD/de.erzm
mkdir -p "$FUZZ_BUILD/findings"
code=0
for target in "$@"; do
    mkdir -p "$FUZZ_BUILD/corpus/$target"
    seeds=()
    for folder in tests/fuzz/seeds/$target corpus/docs; do [ -d $folder ] && seeds+=($folder); done
    [ $target = rules ] && seeds+=(models/de)
    echo "$target: $FUZZ_TIME s"
    "$FUZZ_BUILD/fuzz_$target" -max_total_time="$FUZZ_TIME" -max_len=4096 -timeout=20 -rss_limit_mb=3000 -close_fd_mask=1 -print_final_stats=1 \
        -artifact_prefix="$FUZZ_BUILD/findings/$target-" "$FUZZ_BUILD/corpus/$target" "${seeds[@]}" >"$FUZZ_BUILD/$target.log" 2>&1 ||
        { code=1; echo "$target: a finding"; tail -n 40 "$FUZZ_BUILD/$target.log"; }
    grep -E 'stat::(number_of_executed_units|average_exec_per_sec)' "$FUZZ_BUILD/$target.log"
done
exit $code
