/* words.c: which language the texts are in. gettext asks two things of the environment, and both have a trap: it
 * translates nothing in the locale "C", not even where LANGUAGE says so, and a locale that is not installed, as da_DK
 * seldom is, leaves the program in "C". So for Danish the locale is C.UTF-8, which glibc holds itself, and LANGUAGE alone
 * tells which catalogue is read. */
#include "runtime/image/words.h"
#include <locale.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Whether a name such as da, da_DK or da_DK.UTF-8 is one of the language. */
static bool is_of(const char *name, const char *language) {
  size_t length = strlen(language);
  return strncmp(name, language, length) == 0 && strchr("_.@:", name[length]) != NULL;
}

static bool is_plain(const char *locale) { return strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0; }

bool words_are_danish(void) {
  static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
  const char *locale = NULL, *languages = getenv("LANGUAGE");
  for (int i = 0; i < 3 && !(locale && *locale); i++) locale = getenv(names[i]);
  if (!locale || !*locale || is_plain(locale)) return false;
  if (!languages || !*languages) return is_of(locale, "da");
  /* The first of the list that the texts are written in; none of them is as English is. */
  for (const char *name = languages; name; name = strchr(name, ':'), name += name != NULL) {
    if (is_of(name, "da")) return true;
    if (is_of(name, "en")) return false;
  }
  return false;
}

void words_speak(bool danish, const char *folder) {
  static const char *const locales[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8", "da_DK.UTF-8"};
  bindtextdomain("klynge", folder);
  bind_textdomain_codeset("klynge", "UTF-8");
  /* What the system says of a file goes into the same sentence. */
  bind_textdomain_codeset("libc", "UTF-8");
  textdomain("klynge");
  if (danish) setenv("LANGUAGE", "da", 1);
  /* Setting the locale also makes gettext forget what it has looked up, so it comes last. */
  for (size_t i = 0; danish && i < sizeof locales / sizeof *locales; i++)
    if (setlocale(LC_MESSAGES, locales[i])) return;
  setlocale(LC_MESSAGES, "C");
}
