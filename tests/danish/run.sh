#!/bin/sh
# run.sh: Klynge in Danish: po/da.po holds every text of the sources and says the same, and the command speaks it whatever
# locales the system has. $KLYNGE names the program, $KLYNGE_LOCALE the folder of its catalogue.
set -u
. "$(dirname "$0")/../tap.sh"
tap_program
tap_room
cd "$(dirname "$0")/../.." || exit 4
unset LC_ALL LC_MESSAGES LANG LANGUAGE
NO_COLOR=1
export NO_COLOR

# ── the catalogue ──
po/texts.sh >"$room/klynge.pot" || exit 4
# texts FILE: its texts, one a line: each with its context and its plural.
texts() { msgcat --no-wrap --no-location "$1" | awk '/^msgstr/ { if (text) print text; text = ""; on = 0 } /^msg(id|ctxt)/ { on = 1 } on { text = text $0 " " }' | sort -u; }
texts "$room/klynge.pot" >"$room/in-sources"
texts po/da.po >"$room/in-danish"
# Braces hold what is filled in: keywords, and the words of a rule.
braces() {
  awk '
    function names(text,   found) { found = " "; while (match(text, /\{[A-Za-z_0-9]+\}/)) { found = found substr(text, RSTART, RLENGTH) " "; text = substr(text, RSTART + RLENGTH) } return found }
    function lacking(a, b,   n, i, name) { n = split(names(a), name, " "); for (i = 1; i <= n; i++) if (!index(names(b), " " name[i] " ")) return name[i]; return "" }
    /^msgid / { id = $0 } /^msgstr / { if (lacking(id, $0) lacking($0, id) != "") print id }'
}
has_texts() { [ "$(wc -l <"$1")" -gt 300 ] || { echo "# hardly a text in $1"; return 1; }; }
tap_claim "the sources have texts" has_texts "$room/in-sources"
tap_claim "po/da.po has every text of the sources (make update-po brings in what is new)" nothing "$(comm -23 "$room/in-sources" "$room/in-danish")"
tap_claim "it has no text that is gone from them" nothing "$(comm -13 "$room/in-sources" "$room/in-danish")"
tap_claim "no text is without its Danish" nothing "$(msgattrib --untranslated po/da.po | texts - | grep -v '^msgid "" $')"
tap_claim "no translation is guessed" nothing "$(msgattrib --only-fuzzy --no-wrap --no-location po/da.po)"
tap_claim "the formats of po/da.po take what the English ones take" msgfmt --check-format -o /dev/null po/da.po
tap_claim "the same keywords and words of the rule stand in both" nothing "$(msgcat --no-wrap po/da.po | braces)"

# ── every message comes out of it ──
# A language in which each text is the English one in ⟦ and ⟧ shows what does not go through gettext.
mkdir -p "$room/marked/da/LC_MESSAGES"
msgcat --no-wrap --no-location "$room/klynge.pot" | awk '
  /^(msgctxt|"|$)/ { print; next }
  /^msgid_plural/ { print; many = substr($0, 14); next }
  /^msgid / { print; one = substr($0, 7); many = ""; next }
  /^msgstr/ && one != "\"\"" { $0 = many == "" ? "msgstr " marked(one) : /^msgstr\[0\]/ ? "msgstr[0] " marked(one) : "msgstr[1] " marked(many) } { print }
  function marked(text) { text = "\"⟦" substr(text, 2); if (text !~ /\\n"$/) return substr(text, 1, length(text) - 1) "⟧\""; return substr(text, 1, length(text) - 3) "⟧\\n\"" }
' >"$room/marked.po" && msgfmt -o "$room/marked/da/LC_MESSAGES/klynge.mo" "$room/marked.po" || exit 4
for rules in tests/problems/*.kly; do KLYNGE_RULES=/nowhere KLYNGE_LOCALE="$room/marked" klynge check "$rules" --language da; done >"$room/marks" 2>&1
grep -E '^      = |^tests/problems/' "$room/marks" >"$room/messages"
unmarked() { grep -vE '^      = ⟦.*⟧$|⟦(error|warning|note)⟧: ([^ ]+: )?⟦.*⟧ \[[a-z_0-9]+\]$|: ⟦… and|: ⟦(library|pack) ' "$room/messages"; }
tap_claim "rules have messages and hints" has_texts "$room/messages"
tap_claim "every message and every hint of a rule is translated" nothing "$(unmarked)"

# ── the command ──
# says TEXT WORDS…: the command, called so, says TEXT.
says() {
  text=$1
  shift
  "$@" >"$room/said" 2>&1 </dev/null
  grep -qF -- "$text" "$room/said" || { sed 's/^/# /' "$room/said" | head -3; return 1; }
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
printf 'sprog da\npakke p "P"\n  brug "lib/gp.kly"\n  brug "lib/diabetes.kly"\n  population listed\nindikator a "A" andel hvor type2_diabetes\n' >"$room/danish.kly"
tap_claim "a hint in Danish rules names what the library has two names for by the Danish one" says 'diagnose = type2_diabetes' "$KLYNGE" check "$room/danish.kly"
tap_claim "the catalogue is found beside the program" says "$danish" env -u KLYNGE_LOCALE "$KLYNGE" check nowhere.kly --language da
tap_claim "without a catalogue it speaks English" says "$english" env KLYNGE_LOCALE="$room" "$KLYNGE" check nowhere.kly --language da
tap_done
