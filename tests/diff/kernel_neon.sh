#!/bin/bash
# The tests of kernels.c with the NEON kernel: cross-compiled, run under qemu.
if ! command -v aarch64-linux-gnu-gcc >/dev/null || ! command -v qemu-aarch64 >/dev/null; then
    echo "ok 1 - NEON kernel # SKIP no aarch64-linux-gnu-gcc or qemu-aarch64"
    exit 0
fi
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
aarch64-linux-gnu-gcc -std=c11 -D_DEFAULT_SOURCE -O2 -static -Iinclude -Ipipeline -Itests/diff -o "$dir/kernels" tests/diff/kernels.c \
    pipeline/tokenize/*.c pipeline/base/{buf,utf8,error}.c pipeline/lexicon/lexicon.c || {
    echo "not ok 1 - NEON kernel: does not compile"
    exit 1
}
qemu-aarch64 "$dir/kernels"
