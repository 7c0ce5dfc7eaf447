/* load.c: `use` followed from file to file. */
#define _XOPEN_SOURCE 700
#include "lang/load/load.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sodium.h>
#include "lang/memory.h"
#include "runtime/image/words.h"

struct library {
  const char *rules_folder;
  struct problems *problems;
  struct rule_file **files;
  size_t n_files;
};

struct library *library_open(const char *rules_folder, struct problems *problems) {
  struct library *library = NEW(struct library);
  library->rules_folder = rules_folder;
  library->problems = problems;
  return library;
}

/* ── paths ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *real_path(const char *path) {
  char *real = realpath(path, NULL);
  if (!real) return memory_copy(path, strlen(path));
  const char *copy = memory_copy(real, strlen(real));
  free(real);
  return copy;
}

/* `name` beside the file at `path`: in the same folder, with ../ taken up into the folder so that messages stay short. */
static const char *beside(const char *path, const char *name) {
  if (name[0] == '/') return name;
  const char *slash = strrchr(path, '/');
  size_t length = slash ? (size_t)(slash - path) : 0;
  while (strncmp(name, "../", 3) == 0 && length) {
    size_t up = length;
    while (up && path[up - 1] != '/') up--;
    if (length - up == 2 && strncmp(path + up, "..", 2) == 0) break;
    if (length - up == 1 && path[up] == '.') break;
    length = up ? up - 1 : 0;
    name += 3;
    if (!up) return name;
  }
  return length ? memory_print("%.*s/%s", (int)length, path, name) : slash ? memory_print("/%s", name) : name;
}

/* Beside the file, in the folder above it (so that packs in folders of their own share a library), or where the program's
 * own rules are. */
static const char *find(const struct library *library, const struct rule_file *user, const char *name) {
  const char *path = beside(user->source->path, name), *above = beside(user->source->path, memory_print("../%s", name));
  if (access(path, F_OK) == 0 || name[0] == '/') return path;
  if (access(above, F_OK) == 0) return above;
  const char *installed = library->rules_folder ? memory_print("%s/%s", library->rules_folder, name) : path;
  return access(installed, F_OK) == 0 ? installed : path;
}

/* ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct rule_file *file_known(const struct library *library, const char *real) {
  for (size_t i = 0; i < library->n_files; i++)
    if (strcmp(library->files[i]->real_path, real) == 0) return library->files[i];
  return NULL;
}

static struct rule_file *read_file(struct library *library, const char *path, const char *real, const char **error) {
  const struct source *source = source_read(path, error);
  if (!source) return NULL;
  struct rule_file *file = NEW(struct rule_file);
  file->source = source;
  file->real_path = real;
  file->library = library;
  crypto_generichash(file->hash, sizeof file->hash, (const unsigned char *)source->text, source->length, NULL, 0);
  file->tree = parse_source(source, library->problems, &file->language);
  library->files = memory_grow(library->files, library->n_files + 1, sizeof *library->files);
  library->files[library->n_files++] = file;
  return file;
}

static void load_uses(struct library *library, struct rule_file *file);

/* The pack of a file, or NULL. */
static const struct node *pack_of(const struct rule_file *file) {
  return file->tree ? tree_find(tree_find(file->tree, NODE_declarations), NODE_pack) : NULL;
}

static void load_use(struct library *library, struct rule_file *file, const struct node *use) {
  const char *path = find(library, file, use->text), *real = real_path(path), *error = NULL;
  struct rule_file *used = file_known(library, real);
  if (used && used->state == FILE_BUSY) {
    problem_add(library->problems, PROBLEM_use_circle, file->source, use->at, "put what both need in a third file",
                "%s uses this file: the files use each other in a circle", use->text);
    return;
  }
  if (!used) used = read_file(library, path, real, &error);
  if (!used) {
    const char *hint = library->rules_folder
                           ? memory_print(_("it is looked for beside this file, in the folder above it, and in %s"),
                                          library->rules_folder)
                           : N_("it is looked for beside this file and in the folder above it");
    problem_add(library->problems, PROBLEM_file, file->source, use->at, hint, "%s", error);
    return;
  }
  if (pack_of(used))
    problem_add(library->problems, PROBLEM_use_pack, file->source, use->at,
                "move what both need to a file without a pack", "%s is a pack, and a pack cannot be used", use->text);
  if (used->state == FILE_UNTOUCHED) load_uses(library, used);
  for (size_t i = 0; i < file->n_uses; i++)
    if (file->uses[i] == used) return;
  file->uses = memory_grow(file->uses, file->n_uses + 1, sizeof *file->uses);
  file->uses[file->n_uses++] = used;
}

/* `use` stands at the top of a file or under its pack. */
static void load_uses(struct library *library, struct rule_file *file) {
  file->state = FILE_BUSY;
  if (file->tree) {
    for (const struct node *use = tree_find(file->tree, NODE_uses)->first; use; use = use->next)
      load_use(library, file, use);
    for (const struct node *pack = tree_find(file->tree, NODE_declarations)->first; pack; pack = pack->next)
      for (const struct node *use = pack->kind == NODE_pack ? pack->first : NULL; use; use = use->next)
        if (use->kind == NODE_use) load_use(library, file, use);
  }
  file->state = FILE_DONE;
}

struct rule_file *library_load(struct library *library, const char *path) {
  const char *real = real_path(path), *error = NULL;
  struct rule_file *file = file_known(library, real);
  if (!file) file = read_file(library, path, real, &error);
  if (!file)
    problem_add(library->problems, PROBLEM_file, NULL, (struct place){0, 0}, NULL, "%s", error);
  else if (file->state == FILE_UNTOUCHED)
    load_uses(library, file);
  return file;
}

/* ── what is used ────────────────────────────────────────────────────────────────────────────────────────────────── */

struct closure {
  struct rule_file **files;
  size_t n;
};

static void reach(struct closure *closure, struct rule_file *file) {
  if (file->reached) return;
  file->reached = true;
  for (size_t i = 0; i < file->n_uses; i++) reach(closure, file->uses[i]);
  closure->files = memory_grow(closure->files, closure->n + 1, sizeof *closure->files);
  closure->files[closure->n++] = file;
}

struct rule_file **load_closure(struct rule_file *file, size_t *n) {
  struct closure closure = {NULL, 0};
  reach(&closure, file);
  for (size_t i = 0; i < closure.n; i++) closure.files[i]->reached = false;
  *n = closure.n;
  return closure.files;
}

/* ── hints ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool tree_declares(const struct node *tree, const char *name) {
  for (const struct node *node = tree_find(tree, NODE_declarations)->first; node; node = node->next) {
    const struct node *head = tree_child(node, 0), *also = head ? tree_find(head, NODE_also) : NULL;
    if (!head || head->kind != NODE_head || node->kind == NODE_indicator) continue;
    if (!strcmp(tree_child(head, 0)->text, name) || (also && !strcmp(tree_child(also, 0)->text, name))) return true;
  }
  return false;
}

const char *load_declares(const struct rule_file *file, const char *name) {
  const char *folder = file->library->rules_folder;
  size_t n;
  if (!folder) return NULL;
  const char **paths = load_files_below(memory_print("%s/lib", folder), &n);
  for (size_t i = 0; i < n; i++) {
    const char *error;
    enum language language;
    const struct source *source = source_read(paths[i], &error);
    const struct node *tree = source ? parse_source(source, problems_open(), &language) : NULL;
    if (tree && !tree_find(tree_find(tree, NODE_declarations), NODE_pack) && tree_declares(tree, name))
      return paths[i] + strlen(folder) + 1;
  }
  return NULL;
}

/* The files' hashes are sorted before they are hashed together, so that the order of `use` lines does not matter. */
enum { HASH_BYTES = sizeof((struct rule_file *)NULL)->hash };

static int by_bytes(const void *a, const void *b) { return memcmp(a, b, HASH_BYTES); }

const char *load_hash(struct rule_file *const *files, size_t n) {
  unsigned char *each = memory_bytes((n + 1) * HASH_BYTES), all[HASH_BYTES];
  char *hex = memory_bytes(2 * HASH_BYTES + 1);
  for (size_t i = 0; i < n; i++) memcpy(each + i * HASH_BYTES, files[i]->hash, HASH_BYTES);
  qsort(each, n, HASH_BYTES, by_bytes);
  crypto_generichash(all, HASH_BYTES, each, n * HASH_BYTES, NULL, 0);
  return sodium_bin2hex(hex, 2 * HASH_BYTES + 1, all, HASH_BYTES);
}
