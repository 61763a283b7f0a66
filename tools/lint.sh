#!/bin/bash
# Formatting, clang-tidy, cppcheck, and a build with clang. Prints what is wrong; exit status 1 if anything is.
set -u
cd "$(dirname "$0")/.." || exit 1
status=0
mapfile -t sources < <(git ls-files 'pipeline/*.c' 'tests/*.c' 'bench/*.c' 'docs/*.c')
mapfile -t headers < <(git ls-files '*.h')
clang-format --dry-run -Werror "${sources[@]}" "${headers[@]}" || status=1
flags="-std=c11 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -DPCRE2_CODE_UNIT_WIDTH=8 -DERZ_VERSION=\"0\" -Iinclude -Ipipeline -Itests"
[ "$(uname -m)" = x86_64 ] && flags="$flags -DERZ_ISAL"
mapfile -t library < <(git ls-files 'pipeline/*.c' | grep -v 'scan_neon\|scan_avx\|scan_ssse3')
# shellcheck disable=SC2086
clang-tidy --quiet "${library[@]}" -- $flags 2>/dev/null | grep -E 'warning|error' && status=1
cppcheck --quiet --std=c11 --inline-suppr --error-exitcode=1 --enable=warning,performance,portability \
    --suppress=missingInclude --suppress=missingIncludeSystem -Iinclude -Ipipeline "${library[@]}" || status=1
make -s CC=clang BUILD=build-clang build-clang/erz >/dev/null || status=1
[ $status -eq 0 ] && echo "lint: clean"
exit $status
