#!/bin/sh
# run.sh: Klynge in Danish: po/da.po holds every text of the sources and says the same, and the command speaks it whatever
# locales the system has. $KLYNGE names the program, $KLYNGE_LOCALE the folder of its catalogue.
set -u
. "$(dirname "$0")/../tap.sh"
tap_program
cd "$(dirname "$0")/../.." || exit 4
folder=$(mktemp -d) || exit 4
trap 'rm -rf "$folder"' EXIT
unset LC_ALL LC_MESSAGES LANG LANGUAGE
NO_COLOR=1
export NO_COLOR

nothing() { if [ -n "$1" ]; then echo "$1" | sed 's/^/# /'; return 1; fi; }

# ── the catalogue ──
tap_claim "the formats of po/da.po take what the English ones take" msgfmt --check-format -o /dev/null po/da.po
tap_claim "no translation is guessed, and none is of a text that is gone" nothing "$(msgattrib --only-fuzzy --no-wrap po/da.po; msgattrib --only-obsolete --no-wrap po/da.po)"

# ── the command ──
# says TEXT WORDS…: the command, called so, says TEXT.
says() {
  text=$1
  shift
  "$@" >"$folder/said" 2>&1 </dev/null
  grep -qF -- "$text" "$folder/said" || { sed 's/^/# /' "$folder/said" | head -3; return 1; }
}
english='there is no file of this name' danish='der er ingen fil af det navn'
check() { "$KLYNGE" check nowhere.kly "$@"; }
tap_claim "without a locale it speaks English" says "$english" check
tap_claim "--language da needs no locale" says "$danish" env LC_ALL=C "$KLYNGE" check nowhere.kly --language da
tap_claim "so does --language=da before the file" says "$danish" env LC_ALL=POSIX "$KLYNGE" check --language=da nowhere.kly
tap_claim "a Danish locale needs not be installed" says "$danish" env LC_ALL=da_DK.UTF-8 "$KLYNGE" check nowhere.kly
tap_claim "the locale of messages comes before that of all the rest" says "$danish" env LANG=en_GB.UTF-8 LC_MESSAGES=da_DK "$KLYNGE" check nowhere.kly
tap_claim "a locale of another language is English" says "$english" env LANG=dav_KE.UTF-8 "$KLYNGE" check nowhere.kly
tap_claim "LANGUAGE comes before the locale" says "$english" env LANG=da_DK.UTF-8 LANGUAGE=en:da "$KLYNGE" check nowhere.kly
tap_claim "its first language that there is counts" says "$danish" env LANG=en_GB.UTF-8 LANGUAGE=de:da:en "$KLYNGE" check nowhere.kly
tap_claim "--language comes before LANGUAGE" says "$danish" env LANG=da_DK.UTF-8 LANGUAGE=en "$KLYNGE" check nowhere.kly --language da
tap_claim "--language en is English in Denmark" says "$english" env LC_ALL=da_DK.UTF-8 LANGUAGE=da "$KLYNGE" check nowhere.kly --language en
tap_claim "a word that is wrong before it is told in the language asked for" says 'der er intet valg --dota' "$KLYNGE" check --dota x --language da
tap_claim "help is Danish" says 'regler for klinisk kvalitet' "$KLYNGE" --help --language da
tap_claim "the help of a verb is Danish" says 'mappen med CSV-filer' "$KLYNGE" run --help --language da
tap_claim "fmt --language is about the files, not about the messages" says "$english" "$KLYNGE" fmt nowhere.kly --language da
tap_claim "the catalogue is found beside the program" says "$danish" env -u KLYNGE_LOCALE "$KLYNGE" check nowhere.kly --language da
tap_claim "without a catalogue it speaks English" says "$english" env KLYNGE_LOCALE="$folder" "$KLYNGE" check nowhere.kly --language da
tap_done
