#!/bin/sh
# Run the main job over the shipped corpus and show its records so that a person can read them.
set -eu
build=$1
out=$build/demo.tsv
"$build"/erz extract --header corpus/docs -o "$out"
echo
echo "Some of what stands in $out:"
echo
for type in money percent company deal; do
    awk -F '\t' -v type=$type '$5 == type' "$out" | head -n 6 |
        awk -F '\t' '{ sub(/.*\//, "", $1); text = length($9) > 48 ? substr($9, 1, 45) "..." : $9
            printf "%-28s %-8s %-26s %-9s %-50s %s\n", substr($1, 1, 28), $5, substr($6, 1, 26), $7, text, $8 }'
    echo
done
echo "Records by type:"
tail -n +2 "$out" | cut -f 5 | sort | uniq -c
