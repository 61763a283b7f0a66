#!/bin/bash
# Bad input, bad output, bad usage: a clear message, the exit status of the interface, everything else still processed.
set -u
. tests/tap.sh
cd "$work" || exit 1
printf 'Das kostet 5 Euro.' >good
goodrow=$("$erz" extract good)
is "a good file" $'good\t1\t11\t17\tmoney\t5\tEUR' "$(cut -f1-7 <<<"$goodrow")"

exits "a missing file" 3 "$erz" extract missing good
is "a missing file: message" 'erz: missing: cannot open: No such file or directory' "$err"
is "a missing file: the rest is processed" "$goodrow" "$out"
mkdir -p locked/in && cp good locked/in/ && chmod 0 locked
if [ "$(id -u)" = 0 ]; then
    setpriv --reuid=65534 --clear-groups true 2>/dev/null && as="setpriv --reuid=65534 --clear-groups" || as=""
    # The checkout may lie where another user cannot look: the program and its model go along.
    chmod 755 "$work" && cp "$erz" "$BUILD/de.erzm" "$work"/ && chmod a+rx "$work/erz" && chmod a+r "$work/de.erzm"
    lone=$work/erz
else
    as="env" lone=$erz
fi
if [ -n "$as" ] && $as "$lone" --version >/dev/null 2>&1; then
    exits "a directory without rights" 3 $as "$lone" extract locked good
    is "a directory without rights: message" 'erz: locked: cannot read the directory: Permission denied' "$err"
    is "a directory without rights: the rest is processed" "$goodrow" "$out"
    chmod 755 locked && chmod 0 locked/in/good
    exits "a file without rights inside a directory" 3 $as "$lone" extract locked
    is "a file without rights: message" 'erz: locked/in/good: cannot open: Permission denied' "$err"
else
    skip "a directory without rights" "root, and no other user to be"
fi
cp "$(type -P true)" binary
exits "a binary file" 3 "$erz" extract binary good
is "a binary file: message" 'erz: binary: not text: a binary file' "$err"
is "a binary file: the rest is processed" "$goodrow" "$out"
: >empty
exits "an empty file" 0 "$erz" extract empty
is "an empty file: nothing" '' "$out$err"
exits "an empty file with -e" 1 "$erz" extract -e empty
exits "records with -e" 0 "$erz" extract -e good
half=$((50000000 / scale))
{ yes 'und so weiter' | head -c $half | tr '\n' ' '; printf ' 5 Euro '; yes 'und so weiter' | head -c $half | tr '\n' ' '; } >long
exits "one line of $((half * 2)) bytes" 0 "$erz" extract --docs=line long
is "one line of $((half * 2)) bytes: its record" "long#1 $((half + 1)) $((half + 7)) money" "$(cut -f1,3-5 <<<"$out" | tr '\t' ' ')"
{ head -c 20000000 /dev/zero | tr '\0' a; echo; cat good; echo; } >long
exits "a word of 20 MB" 3 "$erz" extract --docs=line long
has "a word of 20 MB: message" '^erz: long#1: a token is longer than 16 MiB' "$err"
is "a word of 20 MB: the rest is processed" 1 "$(grep -c '^long#2.*money' <<<"$out")"
rm long
printf 'Das\0kostet\0 5 Euro.\0' >nul
exits "NUL bytes" 0 "$erz" extract nul
is "NUL bytes: record" $'nul\t1\t12\t18\tmoney' "$(cut -f1-5 <<<"$out")"
printf 'K\xc3\xb6ln \xff\xfe 5 Euro' >broken
exits "broken UTF-8" 0 "$erz" extract broken
is "broken UTF-8: message" 'erz: broken: broken UTF-8: 2 sequences replaced by U+FFFD' "$err"
is "broken UTF-8: record" $'broken\t1\t9\t15\tmoney' "$(grep money <<<"$out" | cut -f1-5)"
exits "broken UTF-8 with --strict" 3 "$erz" extract --strict broken good
is "broken UTF-8 with --strict: the rest is processed" "$goodrow" "$out"
exits "-q: no messages" 3 "$erz" extract -q missing good
is "-q: no messages: none" '' "$err"
exits "--fail-fast stops" 3 "$erz" extract --fail-fast missing good
is "--fail-fast stops: nothing more is read" '' "$out"
{ for i in $(seq 3000); do echo "{\"text\":\"Das kostet $i Euro.\"}"; done; echo kaputt; echo '{"text":"5 Euro"}'; } >late.jsonl
for args in "" "-j4" "--read-size=50"; do
    exits "--fail-fast $args: status" 3 "$erz" extract --fail-fast --docs=jsonl $args late.jsonl good
    is "--fail-fast $args: what comes before is written" 3000 "$(wc -l <<<"$out")"
    has "--fail-fast $args: message" '^erz: late.jsonl:3001:6: bad JSON' "$err"
done
{ cat good; echo; head -c 17000000 /dev/zero | tr '\0' a; echo; cat good; } >late
exits "--fail-fast: a text that cannot be worked on" 3 "$erz" extract --fail-fast --docs=line -j2 late
is "--fail-fast: a text that cannot be worked on: what comes before" 1 "$(wc -l <<<"$out")"
rm late
{ for i in $(seq 150); do printf '{"text":"\303\244 \377"}\n'; done; printf 'kaputt\n{"text":"5 Euro"}\n'; } >many.jsonl
exits "an error behind many notices" 3 "$erz" extract --docs=jsonl many.jsonl
has "an error behind many notices: message" '^erz: many.jsonl:151:6: bad JSON' "$err"
has "messages of a kind: a hundred, then their number" '^erz: many.jsonl: 50 more messages about this input$' "$err"
is "a directory on standard input" 4 "$("$erz" extract <. 2>/dev/null; echo $?)"

head -c 1000 "$BUILD/de.erzm" >cut.erzm
exits "a truncated model" 2 "$erz" extract --model cut.erzm good
has "a truncated model: message" '^erz: cut.erzm: ' "$err"
{ head -c 8 "$BUILD/de.erzm"; printf '\xee\xee'; tail -c +11 "$BUILD/de.erzm"; } >other.erzm
exits "a model of another version" 2 "$erz" extract --model other.erzm good
has "a model of another version: message" '^erz: other.erzm: ' "$err"
exits "no model at all" 2 "$erz" extract --model none.erzm good
has "no model at all: message" '^erz: none.erzm: ' "$err"
exits "a text as model" 2 "$erz" extract --model good good
exits "an empty file as model" 2 "$erz" extract --model empty good

for c in extract tokenize; do
    "$erz" $c good >/dev/full 2>err
    is "$c: a full disk is an error" 4 $?
    has "$c: a full disk: message" '^erz: cannot write: No space left on device$' "$(cat err)"
done
"$erz" tokenize good | "$erz" stem >stems
"$erz" stem <<<$'x\t1\t0\t1\tword\tx\t' >/dev/full 2>err
is "stem: a full disk is an error" 4 $?
"$erz" match <stems >/dev/full 2>err
is "match: a full disk is an error" 4 $?
for c in --help --version "schema" "model info"; do
    "$erz" $c >/dev/full 2>err
    is "$c: a full disk is an error" 4 $?
    is "$c: a full disk: message" 'erz: cannot write: No space left on device' "$(cat err)"
    is "$c: a closed pipe" 0 "$("$erz" $c 2>&1 | true; echo ${PIPESTATUS[0]})"
done
cat "$OLDPWD"/corpus/docs/agentur*.txt >big
while [ "$(wc -c <big)" -lt 4000000 ]; do cat big big >more && mv more big; done
{ "$erz" extract --docs=line big 2>err; echo $? >code; } | head -1 >/dev/null
is "a closed pipe ends it quietly: status" 0 "$(cat code)"
is "a closed pipe ends it quietly: no message" '' "$(cat err)"
{ "$erz" tokenize --docs=line -j4 big 2>err; echo $? >code; } | head -1 >/dev/null
is "a closed pipe with four threads" '0' "$(cat code err)"
{ "$erz" tokenize big | { "$erz" stem 2>err; echo $? >code; }; } | head -1 >/dev/null
is "stem: a closed pipe" '0' "$(cat code err)"
"$erz" extract good >&- 2>err
is "standard output is closed" 4 $?
exits "standard input is closed" 4 timeout 10 "$erz" extract - <&-
is "standard input is closed: message" 'erz: -: cannot read: Bad file descriptor' "$err"
"$erz" extract -o out.tsv good <&- >&- 2>&-
is "everything is closed: -o" "$goodrow" "$(cat out.tsv)"
rm out.tsv
exits "-o in a directory that is not there" 4 "$erz" extract -o no/where good
has "-o: message" '^erz: no/where: cannot create: ' "$err"
mkdir folder
exits "-o names a directory: told at once" 4 "$erz" extract -o folder good
has "-o names a directory: message" '^erz: folder: cannot create: Is a directory' "$err"
ln -s folder/new toward && "$erz" extract -o toward good
is "-o follows a link to a file that is not there yet" "$goodrow link" "$(cat folder/new) $([ -L toward ] && echo link)"
exits "-o" 0 "$erz" extract -o out.tsv good
is "-o: the file" "$goodrow" "$(cat out.tsv)"
exits "-o keeps the old file when it fails" 2 "$erz" extract -o out.tsv --model none.erzm good
is "-o keeps the old file" "$goodrow" "$(cat out.tsv)"
is "-o leaves no temporary file" 'out.tsv' "$(ls | grep '^out')"

ln -s out.tsv link && chmod 640 out.tsv && "$erz" extract -o link good good
is "-o follows a link" "link $goodrow" "$(find . -name link -type l -printf %f) $(tail -1 out.tsv)"
is "-o keeps the file's mode" 640 "$(stat -c %a out.tsv)"
mkfifo fifo && { cat fifo >got & }
"$erz" extract -o fifo good
wait $!
is "-o to a FIFO: it is written to and stays" "$goodrow fifo" "$(cat got) $(find . -name fifo -type p -printf %f)"
is "-o /dev/stdout" "$goodrow" "$("$erz" extract -o /dev/stdout good | cat)"
ln -s "$PWD/standard" stdout_link && "$erz" extract --resume -o stdout_link good >standard 2>/dev/null
is "--resume to what standard output is: refused, nothing is replaced" "2 0 link" "$? $(wc -c <standard) $([ -L stdout_link ] && echo link)"
"$erz" extract --resume -o link good
is "--resume follows a link" "link $goodrow" "$(find . -name link -type l -printf %f) $(cat out.tsv)"
exits "--resume to what is no file" 2 "$erz" extract --resume -o fifo good
has "--resume to what is no file: message" '^erz: fifo: --resume needs a file to write to' "$err"
exits "a name that a terminal would obey" 3 "$erz" extract $'rot\e[31m\nzwei'
is "a name that a terminal would obey: shown" 'erz: rot\x1b[31m\nzwei: cannot open: No such file or directory' "$err"

usage() { # NAME PATTERN ARGUMENT...
    local name=$1 pattern=$2
    shift 2
    exits "usage: $name" 2 "$erz" "$@"
    has "usage: $name: message" "$pattern" "$err"
}
usage "no such command" "^erz: no command 'dig'" dig
usage "no such option" "^erz: extract: no option '--fast'" extract --fast
usage "an option of another command" "^erz: stem: no option '--docs=line'" stem --docs=line
usage "a value is missing" "^erz: extract: option '--docs' needs a value" extract --docs
usage "a bad value" "^erz: extract: bad value 'page' of --docs: file line blank ff nul leipzig csv jsonl warc" extract --docs=page
usage "a bad number" "^erz: extract: bad value 'x' of --threads: 0 to 1024" extract -j x
usage "an option takes no value" "^erz: extract: option '--strict=1' takes no value" extract --strict=1
usage "a shard out of range" "^erz: extract: bad value '3/2' of --shard: I/N with 1 <= I <= N" extract --shard=3/2
usage "--text --header" "contradict" tokenize --text --header good
usage "match: a file" "^erz: match: reads standard input, no file 'good'" match good
usage "stem: a file" "^erz: stem: reads standard input" stem --header good
usage "-q -v" "contradict" extract -q -v good
usage "--keep-going --fail-fast" "contradict" extract --keep-going --fail-fast good
usage "--text-field without fields" "--text-field needs --docs=csv or --docs=jsonl" extract --text-field=x good
usage "-0 without a list" "--null needs --files-from" extract -0 good
usage "--resume without -o" "--resume needs -o FILE" extract --resume good
usage "--resume from standard input" "cannot go on with standard input" extract --resume -o x -
usage "--format with --header" "--format=tsv" extract --format=jsonl --header good
usage "an unknown kernel" "^erz: .*kernel" extract --kernel=quantum good
"$erz" model dump 2>pipe_err | head -1 >got
is "model dump: a closed pipe ends it quietly" 0 "$(wc -l <pipe_err)"
exits "no command" 2 "$erz"
exits "--version" 0 "$erz" --version
is "--version: program, libraries, kernels, model" "erz ICU PCRE2 libstemmer kernels model" "$(cut -d' ' -f1 <<<"$out" | paste -sd' ')"

exits "match: no stems" 2 "$erz" match <<<$'x\t1\t0\t1\tword\tx\t'
exits "match: not a token stream" 3 "$erz" match <<<'Guten Tag'
has "match: not a token stream: message" '^erz: -:1:1: ' "$err"
exits "match: a token without text" 3 "$erz" match <<<$'x\t1\t0\t0\tnumber\t\t \t\nx\t1\t1\t5\tword\tEuro\t\teuro\nx\t0\t5\t5\tend\t\t\t'
is "match: a token without text: message" "erz: -:1:16: a token without text" "$err"
exits "match: the stream ends early" 3 "$erz" match <<<$'x\t1\t0\t1\tword\tx\t\tx'
has "match: the stream ends early: message" "^erz: -:1: the stream ends inside a document" "$err"
exits "stem: a bad row" 3 "$erz" stem <<<$'x\t1\t0\tb\tword\tx\t'
has "stem: a bad row: message" '^erz: -:1:7: end' "$err"
