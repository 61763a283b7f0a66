#!/bin/sh
# Install the Debian packages of the groups named (build, test, bench) that are missing.
set -eu
case $(uname -m) in
x86_64) gzip=libisal-dev ;;
*) gzip=zlib1g-dev ;;
esac
build="gcc make pkg-config libicu-dev libstdc++-12-dev libpcre2-dev libstemmer-dev $gzip libzstd-dev liblzma-dev libbz2-dev libjansson-dev"
test="libcmocka-dev zlib1g-dev python3 clang clang-format clang-tidy cppcheck jq miller gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user libsimde-dev zstd xz-utils bzip2"
bench="hyperfine ripgrep libhyperscan-dev"
want=""
for group in "$@"; do
    case $group in
    build) want="$want $build" ;;
    test) want="$want $test" ;;
    bench) want="$want $bench" ;;
    *) echo "deps.sh: unknown group $group" >&2; exit 2 ;;
    esac
done
missing=""
for package in $want; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
echo "installing:$missing"
as_root=""
[ "$(id -u)" = 0 ] || as_root=sudo
$as_root apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
