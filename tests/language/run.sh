#!/bin/sh
# run.sh: what the language means, as tests in it: one file a chapter, each title a claim that a clinician can read. The
# tests of the rules themselves follow. $KLYNGE names the program to be tested.
set -u
: "${KLYNGE:?KLYNGE must name the klynge program}"
case $KLYNGE in */*) KLYNGE=$(cd "$(dirname "$KLYNGE")" && pwd)/$(basename "$KLYNGE") ;; esac
cd "$(dirname "$0")/../.." || exit 4
exec "$KLYNGE" test --format tap tests/language rules
