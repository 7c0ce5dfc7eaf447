#!/bin/sh
# all.sh: every test, in every build: as users get it, with sanitizers, under valgrind, with the other compiler, and from
# the release archive. Ends with a line such as `412 passed, 0 failed`.
set -eu
cd "$(dirname "$0")/.."
passed=0 failed=0

.ci/install gcc clang make autoconf automake flex bison gettext pkg-config libgc-dev libsodium-dev libxxhash-dev libcjson-dev libzip-dev libxml2-dev libxml2-utils libxlsxwriter-dev libcmocka-dev valgrind xz-utils zip unzip pandoc libreoffice-impress-nogui libreoffice-writer-nogui poppler-utils chromium
if [ ! -x configure ]; then autoreconf -fi; fi

# made BUILD CONFIGURE-OPTIONS…: builds in a folder of its own.
made() {
  build=$1
  shift
  mkdir -p "$build"
  (cd "$build" && if [ ! -f Makefile ]; then ../configure -q "$@"; fi && make -s -j"$(nproc)")
}
# check BUILD CONFIGURE-OPTIONS…: builds, and runs `make check` there.
check() {
  echo "── $1: ./configure $(shift; echo "$*")"
  made "$@" || { failed=$((failed + 1)); return 0; }
  (cd "$build" && make -s -j"$(nproc)" check >check.txt 2>&1) || grep -E '^(FAIL|ERROR|XPASS)|Error' "$build/check.txt" || true
  count "$build/check.txt"
}
# count FILE: adds automake's summary; a run without one has failed.
count() {
  ok=$(sed -n 's/^# PASS: *//p' "$1" | tail -1)
  bad=$(($(sed -n 's/^# FAIL: *//p' "$1" | tail -1 | grep . || echo 1) + $(sed -n 's/^# ERROR: *//p' "$1" | tail -1 | grep . || echo 0)))
  echo "${ok:-0} passed, $bad failed in $1"
  passed=$((passed + ${ok:-0})) failed=$((failed + bad))
}
# one CLAIM COMMAND…: a single test.
one() {
  claim=$1
  shift
  echo "── $claim"
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAIL: $claim"; fi
}
under_valgrind() { wait "$valgrind" || { tail -40 build/valgrind.txt; return 1; }; }
instructions() { (cd build && make -s check-instructions >instructions.txt) && grep '#' build/instructions.txt || { cat build/instructions.txt; return 1; }; }
# It is compiled with less care for how fast it will be: what it shows is that nothing is missing.
archive() { (cd build && make -s -j"$(nproc)" distcheck DISTCHECK_CONFIGURE_FLAGS=CFLAGS=-O1 >distcheck.txt 2>&1) || { tail -40 build/distcheck.txt; return 1; }; }

# Judges of documents that come from npm are fetched where it can be reached; tests say what they skip without them.
packages() { (cd build && command -v npm >/dev/null && timeout 300 make -s npm-packages) || echo "npm cannot be reached: some tests are skipped"; }

made build || true
packages
check build
# The other builds show that the same program comes of them: tests/README.md says what is not played in each.
export KLYNGE_TESTS=short
check build-sanitized --enable-sanitizers --enable-werror
check build-clang CC=clang --enable-werror
(cd build && make -s check-valgrind >valgrind.txt 2>&1) &
valgrind=$!
one "no step takes many more instructions than it did" instructions
one "the tests run clean under valgrind" under_valgrind
one "the release archive builds, passes and installs" archive
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
