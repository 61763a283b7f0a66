#!/bin/bash
# Score every gold set at hand and write tests/quality/results.tsv; sets that are not at hand keep their old lines.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
results=tests/quality/results.tsv
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf 'set\tmeasure\tprecision\trecall\tF1\ttp\tfp\tfn\n' >"$work/new"
score() { # NAME GOLD_DIR [DEAL_TYPES]
    if [ -d "$2/docs" ]; then
        "$BUILD"/erz extract -q --header -j 2 "$2"/docs/*.txt >"$work/records" || [ $? -eq 3 ]
        python3 tests/quality/score.py "$1" "$2" "$work/records" ${3:-} >>"$work/new"
    elif [ -f $results ]; then
        grep "^$1	" $results >>"$work/new" || true
    fi
}
shared=../shared/data
score corpus corpus
for set in seeds news headlines train_news; do score $set $shared/$set; done
for part in train dev; do score smartdata-$part $shared/smartdata/$part acquisition,merger,spin_off,insolvency; done
python3 tests/quality/raw_deals.py score 2>/dev/null >>"$work/new" # judged by hand
# Pooled figures, from the counts.
awk -F '\t' -v OFS='\t' '
    function pool(name, sets, kinds,   i, k, n, m, list, which, key, p, r) {
        n = split(sets, list, " "); m = split(kinds, which, " ")
        for (k = 1; k <= m; k++) {
            tp = fp = fn = 0
            for (i = 1; i <= n; i++) { key = list[i] SUBSEP which[k]; tp += TP[key]; fp += FP[key]; fn += FN[key] }
            if (tp + fp + fn == 0) continue
            p = tp + fp ? tp / (tp + fp) : 0; r = tp + fn ? tp / (tp + fn) : 0
            printf "%s\t%s\t%.4f\t%.4f\t%.4f\t%d\t%d\t%d\n", name, which[k], p, r, p + r ? 2 * p * r / (p + r) : 0, tp, fp, fn
        }
    }
    { print; TP[$1, $2] = $6; FP[$1, $2] = $7; FN[$1, $2] = $8 }
    END {
        pool("seeds+news+headlines+train_news", "seeds news headlines train_news", "money.value money.overlap percent.value percent.overlap")
        pool("smartdata", "smartdata-train smartdata-dev", "money.overlap percent.overlap")
        pool("seeds+news", "seeds news", "company.names deal.type+parties")
        pool("headlines+seeds+news", "headlines seeds news", "deal.stake deal.amount deal.status")
    }' "$work/new" >"$work/pooled"
mv "$work/pooled" $results
cut -f 1-5 $results | column -t -s "$(printf '\t')"
