#!/bin/bash
# Streams: records come at once, stalls, growing and vanishing files, signals.
set -u
. tests/tap.sh
cd "$work" || exit 1
within() { # SECONDS COMMAND...: until it succeeds
    local end=$((SECONDS + $1))
    shift
    until "$@" 2>/dev/null; do [ $SECONDS -ge $end ] && return 1; sleep 0.02; done
}
lines_are() { [ "$(wc -l <"$1")" = "$2" ]; }
for command in "extract --docs=line" "extract --docs=line -j4" "extract --docs=leipzig" "extract --docs=jsonl" "extract --docs=blank" "extract --docs=nul" "extract --docs=csv" "extract --docs=ff" "extract --docs=warc"; do
    mkfifo pipe
    "$erz" $command <pipe >out 2>err &
    exec 3>pipe
    case $command in
    *leipzig) a='1\tA zahlt 5 Euro.\n' b='2\tB zahlt 6 Euro.\n' ;;
    *jsonl) a='{"text":"A zahlt 5 Euro."}\n' b='{"text":"B zahlt 6 Euro."}\n' ;;
    *blank) a='A zahlt 5 Euro.\n\nB' b=' zahlt 6 Euro.\n\nC' ;;
    *ff) a='A zahlt 5 Euro.\f' b='B zahlt 6 Euro.\f' ;;
    *warc) a='WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 15\r\n\r\nA zahlt 5 Euro.\r\n\r\n' b=$a ;;
    *nul) a='A zahlt 5 Euro.\0' b='B zahlt 6 Euro.\0' ;;
    *csv) a='text\nA zahlt 5 Euro.\n' b='"B zahlt 6 Euro."\n' ;;
    *) a='A zahlt 5 Euro.\n' b='B zahlt 6 Euro.\n' ;;
    esac
    printf "$a" >&3
    check "$command: the first record comes at once" within 10 lines_are out 1
    printf "$b" >&3
    check "$command: the second, too" within 10 lines_are out 2
    exec 3>&-
    wait $!
    is "$command: status" 0 $?
    rm pipe
done
printf 'A zahlt 5 Euro.' >entry && tar cf one.tar entry && head -c 1024 one.tar >entries
mkfifo pipe
"$erz" extract <pipe >out &
exec 3>pipe
cat entries >&3
check "tar: the record of the first entry comes at once" within 10 lines_are out 1
cat entries >&3
check "tar: the second, too" within 10 lines_are out 2
exec 3>&-
wait $!
rm pipe
mkfifo pipe
"$erz" tokenize --docs=line <pipe | "$erz" stem | "$erz" match >out &
exec 3>pipe
printf 'A zahlt 5 Euro.\n' >&3
check "staged: the record comes at once" within 10 lines_are out 1
exec 3>&-
wait $!
rm pipe

for args in "--files-from=-" "--files-from=- -0 -j2" "one -"; do
    mkfifo pipe
    printf 'A zahlt 5 Euro.' >one
    "$erz" extract $args <pipe >out &
    exec 3>pipe
    case $args in *-0*) printf 'one\0' >&3 ;; *files*) printf 'one\n' >&3 ;; esac
    check "$args: the record of the first file comes at once" within 10 lines_are out 1
    exec 3>&-
    wait $!
    rm pipe
done
mkfifo lonely
for args in "lonely" "--files-from=lonely" "lonely -j4"; do
    "$erz" extract $args >out 2>err &
    sleep 0.3
    kill -TERM $!
    wait $!
    is "SIGTERM before anyone writes, $args" "143 0" "$? $(cat out err | wc -c)"
done
mkfifo late
"$erz" extract one late >out &
check "a FIFO without a writer holds up nothing" within 10 lines_are out 1
printf '6 Euro' >late
wait $!
is "a FIFO that is opened late" 2 "$(wc -l <out)"
mkfifo stalls
{ printf 'Vor der Pause 5 Euro, '; sleep 0.7; printf 'danach 6 Euro.'; } >stalls &
is "a FIFO that stalls" 2 "$("$erz" extract stalls | grep -c money)"
: >grows
{ for i in 1 2 3 4 5; do echo "$i Euro" >>grows; sleep 0.05; done; } &
check "a file that grows" "$erz" extract --docs=line grows
wait
mkdir v && for i in $(seq 2000); do echo "$i Euro" >v/$i; done
mkfifo gate
{ echo v; cat gate; } | "$erz" extract --files-from=- >out 2>err &
rm -rf v && echo >gate
wait $!
code=$?
is "files that vanish: reported, no crash" yes "$([ $code = 3 ] || [ $code = 0 ] && echo yes)"
has "files that vanish: message" '^erz: v.*: cannot (open|read the directory): No such file or directory$|^$' "$(head -1 err)"

# Signals: what was begun is finished; output ends with a whole line.
for i in $(seq 150000); do echo "Die Firma $i zahlt $i Euro."; done >many
for sig in TERM INT; do
    # a shell starts background jobs with SIGINT ignored
    python3 - "$erz" $sig >code <<'PY'
import os, signal, subprocess, sys, time
number = getattr(signal, "SIG" + sys.argv[2])
out = open("out", "wb")
p = subprocess.Popen([sys.argv[1], "extract", "--docs=line", "-j2", "many"], stdout=out, preexec_fn=lambda: signal.signal(number, signal.SIG_DFL))
while os.path.getsize("out") == 0 and p.poll() is None:
    time.sleep(0.005)
p.send_signal(number)
print(-p.wait() == number)
PY
    is "SIG$sig: ends by the signal" True "$(cat code)"
    is "SIG$sig: ends with a whole record" '' "$(tail -c 1 out | tr -d '\n')"
    is "SIG$sig: records are those of the whole run" yes "$("$erz" extract --docs=line many | head -n "$(wc -l <out)" | cmp - out && [ "$(wc -l <out)" -lt 150000 ] && echo yes)"
done
"$erz" extract --docs=line -o kept many &
sleep 0.1
kill -TERM $!
wait $! 2>/dev/null
is "SIGTERM with -o: no half file" '' "$(ls kept* 2>/dev/null)"
mkfifo quiet
"$erz" extract --docs=line <quiet >out &
exec 3>quiet
printf '5 Euro\n7 Eu' >&3
within 10 lines_are out 1
kill -TERM $!
wait $!
is "SIGTERM while it waits for input" 143 $?
exec 3>&-
