# tap.sh: what the test scripts share: each claim is a line "ok N - claim" or "not ok N - claim", as prove and automake
# read them. Sourced, never run.
tap_n=0
tap_ok() { tap_n=$((tap_n + 1)); echo "ok $tap_n - $1"; }
tap_not_ok() { tap_n=$((tap_n + 1)); echo "not ok $tap_n - $1"; }
# tap_skip CLAIM WHY: a claim that cannot be tried here, and what is missing.
tap_skip() { tap_n=$((tap_n + 1)); echo "ok $tap_n - $1 # SKIP $2"; }
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

# ── how a script begins ──
# tap_short: whether another build plays the whole of this script (README.md): then a part stands for what is the same in each.
tap_short() { [ "${KLYNGE_TESTS-}" = short ]; }
# tap_program: $KLYNGE names the program to be tested, from whichever folder the script goes on.
tap_program() {
  : "${KLYNGE:?KLYNGE must name the klynge program}"
  case $KLYNGE in */*) KLYNGE=$(cd "$(dirname "$KLYNGE")" && pwd)/$(basename "$KLYNGE") ;; esac
}
# tap_room: a folder of the script's own, $room, that goes with it.
tap_room() {
  room=$(mktemp -d) || exit 4
  trap 'rm -rf "$room"' EXIT
}
# tap_begin: the program, a room, the top of the repository as the folder, its rules, and no locale and no colours.
tap_begin() {
  tap_program
  tap_room
  cd "$(dirname "$0")/../.." || exit 4
  KLYNGE_RULES=$PWD/rules NO_COLOR=1 LC_ALL=C
  export KLYNGE_RULES NO_COLOR LC_ALL
}

# ── what a command does ──
klynge() { "$KLYNGE" "$@"; }
tap_show() { sed 's/^/# /' "$@" | head -8; }
# exits CODE COMMAND…: the command ends so; what it prints is in $room/out, and what it says beside it in $room/err.
exits() {
  tap_wanted=$1
  shift
  "$@" >"$room/out" 2>"$room/err" </dev/null
  tap_code=$?
  [ "$tap_code" -eq "$tap_wanted" ] && return
  echo "# exit code $tap_code, wanted $tap_wanted"
  tap_show "$room/err" "$room/out"
  return 1
}
# says TEXT, prints TEXT: it stands in what the last command said, or printed.
says() { grep -qF -- "$1" "$room/err" || { tap_show "$room/err"; return 1; }; }
prints() { grep -qF -- "$1" "$room/out" || { tap_show "$room/out"; return 1; }; }
# ends CODE TEXT COMMAND…: the command ends so and says the text.
ends() {
  tap_ends=$1 tap_text=$2
  shift 2
  exits "$tap_ends" "$@" && says "$tap_text"
}

# ── what there is ──
# same WANTED FILE: the same to the last byte. Where nothing is wanted, nothing could be missing: that is no test.
same() {
  [ -s "$1" ] || { echo "# nothing is wanted: $1 is empty, or is not there"; return 1; }
  cmp -s "$1" "$2" && return
  diff -u "$1" "$2" | sed 's/^/# /'
  return 1
}
# nothing TEXT: there is none.
nothing() { [ -z "$1" ] || { echo "$1" | sed 's/^/# /'; return 1; }; }
