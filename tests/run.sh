#!/bin/bash
# Run every test, add up TAP lines, end with "N passed, N failed".
set -u
cd "$(dirname "$0")/.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
export BUILD CMOCKA_MESSAGE_OUTPUT=TAP LC_ALL=C.UTF-8
export LSAN_OPTIONS=${LSAN_OPTIONS:-} ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1}
passed=0 failed=0 skipped=0
run() {
    local name=$1 out status ok bad skip begin=$EPOCHREALTIME
    shift
    out=$("$@" 2>&1 </dev/null)
    status=$?
    ok=$(grep -c '^ok ' <<<"$out")
    # cmocka writes a skipped test as "not ok N # SKIP name".
    skip=$(grep -cE '^(ok|not ok) .*# SKIP' <<<"$out")
    bad=$(grep '^not ok ' <<<"$out" | grep -vc '# SKIP')
    ok=$((ok - $(grep -c '^ok .*# SKIP' <<<"$out")))
    if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || [ $((ok + skip)) -eq 0 ]; }; then
        bad=1
        out+=$'\n'"not ok - $name ended with status $status"
    fi
    passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + skip))
    printf '%-34s %6.1f s %5d ok' "$name" "$(bc <<<"$EPOCHREALTIME - $begin")" "$ok"
    [ "$skip" -eq 0 ] || printf ', %d skipped' "$skip"
    [ "$bad" -eq 0 ] || printf ', %d FAILED' "$bad"
    echo
    [ "$bad" -eq 0 ] || grep -v '^ok ' <<<"$out" | tail -n 60
}
filter=${1:-}
for f in "$BUILD"/tests/unit/* "$BUILD"/tests/ref/* "$BUILD"/tests/diff/*; do
    [ -f "$f" ] && [ -x "$f" ] && [[ $f == *"$filter"* ]] && run "${f#"$BUILD"/tests/}" "$f"
done
for f in tests/*/*.sh tests/*/*.py; do
    [ -x "$f" ] || continue
    [[ $f == tests/quality/* ]] && continue
    [[ $f == *"$filter"* ]] && run "${f#tests/}" "$f"
done
echo "skipped: $skipped"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
