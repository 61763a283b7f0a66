#!/bin/bash
# The tree itself: dependency order, corpus up to date, library apart from the program, example program, installation.
set -u
n=0
check() { # NAME COMMAND...
    local name=$1
    shift
    n=$((n + 1))
    if out=$("$@" 2>&1); then echo "ok $n - $name"; else printf 'not ok %d - %s\n%s\n' "$n" "$name" "$out"; fi
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

library_is_quiet() { # no exit, output or environment in the library
    local found
    found=$(nm -u "$BUILD"/liberz.a 2>/dev/null | grep -E ' U (exit|_exit|abort|getenv|secure_getenv|setlocale|perror|puts|printf|putchar|stdout|stderr)$' | sort -u)
    [ -z "$found" ] || { echo "the library refers to: $found"; return 1; }
}
example() {
    cc -std=c11 -Wall -Wextra -Werror -Iinclude -o "$work/example" docs/examples/extract.c -L"$BUILD" -lerz -Wl,-rpath,"$BUILD" ${LIBS_EXTRA:-} &&
        "$work/example" "$BUILD/de.erzm" >"$work/out" && grep -q "^money	3500000	EUR	3,5 Mio. Euro$" "$work/out" ||
        { cat "$work/out"; return 1; }
}
headers_alone() { # every public header compiles by itself, in C and C++
    for h in include/erz/*.h; do
        echo "#include \"erz/$(basename "$h")\"" | cc -std=c11 -Wall -Wextra -Werror -Iinclude -fsyntax-only -x c - || return 1
    done
}
install_tree() {
    make -s install PREFIX="$work/prefix" BUILD="${BUILD#"$PWD"/}" >/dev/null &&
        "$work/prefix/bin/erz" extract docs/examples/sample.txt >/dev/null &&
        PKG_CONFIG_PATH="$work/prefix/lib/pkgconfig" pkg-config --exists erz &&
        cc -std=c11 -o "$work/installed" docs/examples/extract.c $(PKG_CONFIG_PATH="$work/prefix/lib/pkgconfig" pkg-config --cflags --libs erz) &&
        LD_LIBRARY_PATH="$work/prefix/lib" "$work/installed" "$work/prefix/share/erz/de.erzm" >/dev/null
}
same_model() {
    "$BUILD"/erz model build models/de -o "$work/a.erzm" && "$BUILD"/erz model build models/de -o "$work/b.erzm" &&
        cmp "$work/a.erzm" "$work/b.erzm" && cmp "$work/a.erzm" "$BUILD/de.erzm"
}
check "dependency order" python3 tools/check_layers.py
check "corpus is built from its sources" python3 tools/corpus/build.py --check
check "corpus annotation is consistent" python3 tools/corpus/build.py --lint
check "training texts are consistent" python3 tools/corpus/train.py --kickers "$work/texts"
check "word lists are well-formed" python3 tools/lists/check.py
check "public headers stand alone" headers_alone
check "the same sources give the same model" same_model
# Programs that are built without a sanitizer cannot load a library that has one.
if ! nm "$BUILD/erz" | grep -qE "__(asan|tsan|ubsan)_"; then
    check "the library neither exits, prints nor reads the environment" library_is_quiet
    check "example program of docs/examples" example
    check "make install, pkg-config" install_tree
fi
