#!/bin/sh
# start.sh: from a bare Debian 12 and this checkout to a cluster table: installs what is missing, builds, and runs the
# treatment pack over the example cluster. What is there already is not made again.
set -eu
cd "$(dirname "$0")/.."

.ci/install gcc make autoconf automake flex bison gettext pkg-config libgc-dev libsodium-dev libxxhash-dev libcjson-dev libzip-dev libxml2-dev libxlsxwriter-dev libcmocka-dev
if [ ! -x configure ]; then autoreconf -fi >&2; fi
mkdir -p build
cd build
if [ ! -f Makefile ]; then ../configure -q >&2; fi
make -s -j"$(nproc)" >&2
cd ..
exec build/klynge run rules/type2/treatment.kly --data examples/cluster --as-of 2024-06-01
