# TAP helpers for scripts: source it; $erz is the program, $work a folder that goes away at the end.
# Sizes and repetitions are divided by $scale: ERZ_TEST_SCALE, which the sanitizers' targets set.
n=0
scale=${ERZ_TEST_SCALE:-1}
BUILD=$(realpath "${BUILD:-build}")
erz=$BUILD/erz
work=$(mktemp -d)
trap 'chmod -R u+rwX "$work" 2>/dev/null; rm -rf "$work"' EXIT
pass() { n=$((n + 1)); echo "ok $n - $1"; }
fail() { n=$((n + 1)); printf 'not ok %d - %s\n%s\n' "$n" "$1" "${2:-}"; }
skip() { n=$((n + 1)); echo "ok $n - $1 # SKIP $2"; }
# is NAME EXPECTED ACTUAL
is() { if [ "$2" = "$3" ]; then pass "$1"; else fail "$1" "expected: $2
got: $3"; fi; }
# has NAME PATTERN TEXT: an extended regular expression matches a line
has() { if grep -qE -- "$2" <<<"$3"; then pass "$1"; else fail "$1" "no match for: $2
in: $3"; fi; }
# same NAME FILE FILE
same() { if cmp -s "$2" "$3"; then pass "$1"; else fail "$1" "$(cmp "$2" "$3" 2>&1) $(diff "$2" "$3" 2>&1 | head -5)"; fi; }
# check NAME COMMAND...
check() { local name=$1 out; shift; if out=$("$@" 2>&1); then pass "$name"; else fail "$name" "$out"; fi; }
# exits NAME STATUS COMMAND...: sets $out and $err
exits() {
    local name=$1 want=$2 got
    shift 2
    "$@" >"$work/.out" 2>"$work/.err"
    got=$?
    out=$(tr -d '\0' <"$work/.out") err=$(cat "$work/.err")
    if [ "$got" = "$want" ]; then pass "$name"; else fail "$name" "exit status $got, not $want; $err"; fi
}
# Documents with their texts put together again from the token stream: "id|text" with \n for LF
restore() { awk -F'\t' '{ t = t $7 $6 } $5 == "end" { print $1 "|" t; t = "" }'; }
sanitized() { nm "$erz" 2>/dev/null | grep -q '__asan_init\|__tsan_init'; }
