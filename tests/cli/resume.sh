#!/bin/bash
# --resume: a run killed at any moment and taken up again gives the same bytes. ERZ_KILLS: how many moments (default 14).
set -u
. tests/tap.sh
docs=$PWD/corpus/docs
cd "$work" || exit 1
mkdir in
for i in $(seq 6); do for d in "$docs"/*.txt; do tr '\n' ' ' <"$d"; echo; done; done >block
for i in 1 2 3 4 5 6 7 8; do sed "s/^/$i /" block; done >in/a
sed 's/^/b /' block | iconv -c -t windows-1252 >in/b
gzip <in/a >in/c.gz
for i in 1 2 3 4; do cp block in/d$i; done
printf 'kaputt \xff\xfe \xc3\xa4\n' >in/e
"$erz" extract --docs=line in >want 2>/dev/null
cat >kill.py <<'PY'
import os, random, signal, subprocess, sys, time
erz, kills = sys.argv[1], int(sys.argv[2])
args = [erz, "extract", "--docs=line", "-q", "--resume", "-o", "out", *sys.argv[3:]]
begin = time.time()
subprocess.run(args)
whole = time.time() - begin
os.unlink("out")
random.seed(7)
done = killed = 0
while killed < kills:
    p = subprocess.Popen(args)
    time.sleep(random.uniform(0, whole / 2))
    p.send_signal(random.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM]))
    code = p.wait()
    if code < 0:
        killed += 1
        continue
    done += 1
    if open("out", "rb").read() != open("want", "rb").read():
        sys.exit("different bytes after %d kills" % killed)
    os.unlink("out")
code = subprocess.run(args).returncode
if code != 0 or open("out", "rb").read() != open("want", "rb").read():
    sys.exit("different bytes at the end, status %d" % code)
print(killed, "killed,", done, "completed on the way")
PY
kills=${ERZ_KILLS:-$((12 / scale + 2))}
find in -type f | LC_ALL=C sort >list
for args in "-j1 in" "-j4 --files-from=list" "-j2 --shard=2/3 in/c.gz"; do
    "$erz" extract --docs=line -q $args >want 2>/dev/null
    check "$args: killed $kills times and resumed: the same bytes" python3 kill.py "$erz" "$kills" $args
    is "$args: journal and part are gone" out "$(ls | grep '^out')"
    rm -f out*
done
"$erz" extract --docs=line in >want 2>/dev/null
"$erz" extract --docs=line -q --resume -o out in &
until [ "$(cat out.journal 2>/dev/null | wc -l)" -ge 2 ] || ! kill -0 $! 2>/dev/null; do sleep 0.01; done
kill -9 $! 2>/dev/null
wait $! 2>/dev/null
if [ -f out.journal ]; then
    exits "other options than the broken run's" 2 "$erz" extract --docs=file --resume -o out in
    has "other options: message" '^erz: out.journal:1: the broken run had other options' "$err"
    printf 'rule r\n  type t\n  match Euro\nend\n' >r.rules
    exits "another command than the broken run's" 2 "$erz" tokenize --docs=line --resume -o out in
    exits "other rules than the broken run's" 2 "$erz" extract --rules r.rules --docs=line --resume -o out in
    mv in/a in/0
    exits "other inputs than the broken run's" 2 "$erz" extract --docs=line -q --resume -o out in
    has "other inputs: message" "cannot resume: the inputs are not those of the broken run" "$err"
    mv in/0 in/a
    printf '3 1 ff 99' >>out.journal
    exits "a torn line in the journal" 0 "$erz" extract --docs=line -q --resume -o out in
    same "a torn line in the journal: the same bytes" want out
else
    skip "other options" "the run was too quick to break"
fi
printf 'Das kostet 5 Euro' >one
exits "--resume without a broken run" 3 "$erz" extract --resume -o fresh one missing
is "--resume without a broken run: records" 1 "$(wc -l <fresh)"
