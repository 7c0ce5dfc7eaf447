#!/bin/sh
# start.sh: from a bare Debian 12 and this checkout to a cluster table: installs what is missing, builds, and runs the
# treatment pack over the example cluster. What is there already is not made again.
set -eu
cd "$(dirname "$0")/.."

packages='gcc make autoconf automake flex bison pkg-config libgc-dev libsodium-dev libxxhash-dev libcmocka-dev gawk'
missing=''
for package in $packages; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
if [ -n "$missing" ]; then
  root=''
  if [ "$(id -u)" -ne 0 ]; then root=sudo; fi
  $root apt-get update -q >&2
  # shellcheck disable=SC2086 # the packages are words
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing >&2
fi

if [ ! -x configure ]; then autoreconf -fi >&2; fi
mkdir -p build
cd build
if [ ! -f Makefile ]; then ../configure -q >&2; fi
make -s -j"$(nproc)" >&2
cd ..
exec build/klynge run rules/type2/treatment.kly --data examples/cluster --as-of 2024-06-01
