#!/bin/bash
# --rules, --explain, --profile, model dump; staged and fused runs agree; thread counts agree.
set -u
erz=$BUILD/erz
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
n=0
check() { n=$((n + 1)); if [ "$1" = "$2" ]; then echo "ok $n - $3"; else echo "not ok $n - $3"; printf '# want: %s\n# got:  %s\n' "$2" "$1"; fi; }
cat >"$dir/own.rules" <<'R'
rule isin
  type isin
  value number
  regex \b(?<number>[A-Z]{2}[A-Z0-9]{9}[0-9])\b
end
R
cat >"$dir/more.rules" <<'R'
rule word
  type word
  match kauft
end
R
printf 'Siemens kauft SAP, ISIN DE0007164600.\n' >"$dir/a.txt"
got=$("$erz" extract --rules "$dir/own.rules" --rules "$dir/more.rules" "$dir/a.txt" | cut -f5,6 | grep -v company | tr '\t\n' '= ')
check "$got" "deal=acquisition word= isin=DE0007164600 " "records of two rule files stand among the others"
printf 'list trades = kauft verkauft\nmacro paper = (Aktie | ISIN)\n' >"$dir/words.rules"
printf 'rule trade\n  type trade\n  match who:<co> $trades ..4 <paper>\nend\n' >"$dir/uses.rules"
got=$("$erz" extract --rules "$dir/words.rules" --rules "$dir/uses.rules" "$dir/a.txt" | grep -c $'\ttrade\t.*who=Siemens')
check "$got" 1 "a rule file uses lists and macros of the file before it and of the model"
got=$("$erz" extract --explain "$dir/a.txt" | grep '^#' | cut -f1,2,4-)
check "$got" $'# sentence 1\tacq-active\tSiemens kauft SAP\tbuyer=Siemens\ttrigger=kauft\ttarget=SAP' "--explain names rule, words and arguments"
got=$("$erz" extract --profile "$dir/a.txt" 2>&1 >/dev/null | head -1)
check "$got" $'rule\tsentences\tmatches\tlimited\tms' "--profile prints a table"
got=$("$erz" extract --profile "$dir/a.txt" 2>&1 >/dev/null | awk '$1 == "acq-active" && $3 > 0' | wc -l)
check "$got" 1 "--profile counts matches"
got=$(printf '%s ' "Siemens will die Varian-Beteiligung auf 35 Prozent erhöhen. Siemens will seinen Anteil an Varian aufstocken und" \
    "bietet den Aktionären in einem freiwilligen Angebot 100 Euro je Aktie." | "$erz" extract | awk -F'\t' '$5 == "deal" {print $6}')
check "$got" stake "who offers to buy up to less than half buys a stake"
"$erz" extract --rules "$dir/own.rules" corpus/docs >"$dir/fused"
"$erz" tokenize corpus/docs | "$erz" stem | "$erz" match --rules "$dir/own.rules" >"$dir/staged"
check "$(cmp "$dir/fused" "$dir/staged" && echo same)" same "staged and fused runs give the same bytes"
"$erz" extract -j4 --rules "$dir/own.rules" corpus/docs >"$dir/threads"
check "$(cmp "$dir/fused" "$dir/threads" && echo same)" same "four threads give the same bytes"
"$erz" extract --rules "$dir/none" "$dir/a.txt" >"$dir/out" 2>"$dir/err"
check "$? $(wc -c <"$dir/out") $(cut -d: -f1,3 "$dir/err")" "2 0 erz: cannot open" "a missing rule file is an error before any output"
got=$("$erz" model dump --section rules "$BUILD/de.erzm" | cut -f1 | sort | uniq -c | awk '$1 > 0 {printf "%s ", $2}')
check "$got" "atom rule " "model dump shows atoms and rules"
bad_rule() { # NAME RULE MESSAGE
    printf '%b' "$2" >"$dir/bad.rules"
    "$erz" extract --rules "$dir/bad.rules" "$dir/a.txt" >"$dir/out" 2>"$dir/err"
    check "$? $(head -1 "$dir/err" | cut -d: -f3-)" "2 $3" "$1"
}
bad_rule "a value that no match gives" 'rule r\n  type t\n  value who\n  match wen:kauft\nend\n' \
    "1:6: no match of the rule has its value, the argument 'who'"
bad_rule "a misspelt statement" 'rule r\n  typ t\n  match kauft\nend\n' \
    "2:3: nothing more is expected before the next statement, and this word begins none"
printf 'rule r\n  type t\n  match (a{0,40} b{0,40} c{0,40} d{0,40}){0,40} e\nend\n' >"$dir/big.rules"
"$erz" extract --rules "$dir/big.rules" "$dir/a.txt" 2>"$dir/err" >/dev/null
check "$? $(grep -c 'over 10^12 ways' "$dir/err")" "2 1" "a pattern that can explode is refused"
printf 'rule r\n  type t\n  match ..40 ..40 ..40 x ..40 ..40 nie\nend\n' >"$dir/slow.rules"
python3 -c 'print("x " * 3000 + "nie.")' >"$dir/long.txt"
timeout 20 "$erz" extract --rules "$dir/slow.rules" "$dir/long.txt" >/dev/null
check $? 0 "a slow pattern is given up in a long sentence"
"$erz" extract --table=deals --header "$dir/a.txt" >"$dir/deals"
check "$(head -1 "$dir/deals" | tr '\t' ' ')" "doc sent begin end deal status buyer target seller parties stake amount currency valuation date evidence rules stake_before" "header of the deals table"
check "$(sed -n 2p "$dir/deals" | cut -f2-10)" $'1\t0\t17\tacquisition\tplanned\tSiemens\tSAP\t\t' "line of the deals table"
echo "1..$n"
