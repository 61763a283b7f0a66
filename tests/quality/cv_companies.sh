#!/bin/bash
# Company scores by 5-fold cross-validation over train_news and news, and over smartdata/train: each text is scored by weights that
# were trained without it (news is never trained on). Prints the pooled scores and their spread over the folds. Takes some minutes;
# not part of `make check`.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
data=${DATA:-../shared/data}
folds=${FOLDS:-5}
if [ ! -d "$data/train_news/docs" ]; then
    echo "skipped: no $data"
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r models/de "$work/model"
python3 tools/corpus/train.py --kickers "$work/texts"
for ((k = 0; k < folds; k++)); do
    "$BUILD"/erz model train --model "$BUILD/de.erzm" --data "$data" --texts "$work/texts" --fold "$k/$folds" -o "$work/model/company.crf" 2>"$work/log" ||
        { cat "$work/log"; exit 1; }
    "$BUILD"/erz model build "$work/model" -o "$work/model.erzm"
    for set in train_news news smartdata/train; do
        pool=news
        [ $set = smartdata/train ] && pool=smartdata
        find "$data/$set/docs" -name '*.txt' | LC_ALL=C sort | awk -v k=$k -v n=$folds '(NR - 1) % n == k' >"$work/files"
        xargs "$BUILD"/erz extract -q --model "$work/model.erzm" --header <"$work/files" >"$work/records"
        python3 ../shared/score/score.py "$data/$set" "$work/records" --docs "$work/files" | grep '^company' | sed "s|^|$k\t$set\t|" >>"$work/$pool"
    done
done
summarize() { # POOL
    awk -F '\t' -v folds=$folds -v pool="$1" '
    function f1(tp, fp, fn) { return tp ? 2 * tp / (2 * tp + fp + fn) : 0 }
    { tp[$3] += $7; fp[$3] += $8; fn[$3] += $9; t[$3, $1] += $7; p[$3, $1] += $8; n[$3, $1] += $9 }
    END {
        printf "pool\tmeasure\tprecision\trecall\tF1\tlowest fold\thighest fold\tmentions\n"
        m = split("company.overlap company.exact company.names", list, " ")
        for (i = 1; i <= m; i++) {
            x = list[i]; if (!(x in tp)) continue; lo = 1; hi = 0
            for (k = 0; k < folds; k++) { f = f1(t[x, k], p[x, k], n[x, k]); if (f < lo) lo = f; if (f > hi) hi = f }
            printf "%s\t%s\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%d\n", pool, x, tp[x] / (tp[x] + fp[x]), tp[x] / (tp[x] + fn[x]), f1(tp[x], fp[x], fn[x]), lo, hi, tp[x] + fn[x]
        }
    }' "$work/$1"
}
summarize news
summarize smartdata
