/* programme.c: the minutes of a meeting's blocks and breaks, against how long it lasts. */
#include "lang/lint/inner.h"

void lint_programme(const struct lint *lint) {
  const struct programme *programme = lint->program->programme;
  int32_t minutes = 0;
  if (!programme || !programme->duration) return;
  for (size_t i = 0; i < programme->n_blocks; i++) minutes += programme->blocks[i].minutes;
  if (minutes == programme->duration) return;
  const char *hint =
      minutes > programme->duration
          ? lint_say(lint, programme->source, "shorten a block, or write: {DURATION} %d {MINUTES}", minutes)
          : lint_say(lint, programme->source, "lengthen a block, or write: {DURATION} %d {MINUTES}", minutes);
  lint_warn(lint, PROBLEM_minutes, programme->source, programme->duration_at, hint,
            "blocks and breaks take %d minutes in all, and the meeting lasts %d", minutes, programme->duration);
}
