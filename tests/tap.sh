# tap.sh: what the test scripts share: each claim is a line "ok N - claim" or "not ok N - claim", as prove and automake
# read them. Sourced, never run.
tap_n=0
tap_ok() { tap_n=$((tap_n + 1)); echo "ok $tap_n - $1"; }
tap_not_ok() { tap_n=$((tap_n + 1)); echo "not ok $tap_n - $1"; }
# tap_claim CLAIM COMMAND…: the command succeeds.
tap_claim() {
  tap_what=$1
  shift
  if "$@"; then tap_ok "$tap_what"; else tap_not_ok "$tap_what"; fi
}
# tap_done: the plan, last; a script without a claim has failed.
tap_done() {
  echo "1..$tap_n"
  [ "$tap_n" -gt 0 ]
}
# tap_program: $KLYNGE names the program to be tested, from whichever folder the script goes on.
tap_program() {
  : "${KLYNGE:?KLYNGE must name the klynge program}"
  case $KLYNGE in */*) KLYNGE=$(cd "$(dirname "$KLYNGE")" && pwd)/$(basename "$KLYNGE") ;; esac
}
