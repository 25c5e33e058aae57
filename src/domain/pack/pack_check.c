// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_check.c: runs all rules on a pack of the program, on a folder, or on a folder of packs.
//
// A file that cannot be read is left out of the further rules, so that one fault is not said twice.

#include "pack/pack_inner.h"

#include <string.h>

#include "base/limits.h"
#include "base/sort.h"
#include "os/embedded.h"
#include "os/file.h"

// ---- opening ------------------------------------------------------------------------------------

static bool open_head(struct pack_checker *c, struct pack_inner *inner)
{
    const struct folder_file *file = pack_inner_file(inner, "pack.yaml");
    const char *name = pack_inner_path(inner, c->arena, "pack.yaml");
    if (file == NULL) {
        problem_add(c->problems, RULE_HEAD, name, 0, 0, NULL);
        return false;
    }
    if (!yaml_scan(c->arena, name, file->bytes, file->len, &pack_shape_head, &c->head,
                   c->problems)) {
        return false;
    }
    const char *why = "";
    c->pack = pack_load_head(inner, &why);
    if (c->pack == NULL) {
        problem_add(c->problems, RULE_SYNTAX, name, 1, 1, why, NULL);
    }
    return c->pack != NULL;
}

static void open_tool(struct pack_checker *c, struct pack_inner *inner, struct pack_slot *slot)
{
    const struct folder_file *file = &inner->files[slot->file];
    const char *name = pack_inner_path(inner, c->arena, file->path);
    struct yaml_places places;
    slot->tried = true;
    if (!yaml_scan(c->arena, name, file->bytes, file->len, &pack_shape_tool, &places,
                   c->problems)) {
        return;
    }
    const char *why = "";
    struct pack_tool *tool = yaml_map(c->arena, file->bytes, file->len, &pack_shape_tool, &why);
    if (tool == NULL) {
        problem_add(c->problems, RULE_SYNTAX, name, 1, 1, why, NULL);
        return;
    }
    if (c->pack != NULL) {
        pack_slot_fill(c->pack, slot, tool);
    }
    c->tools[c->n_tools++] = (struct check_tool){tool, places};
}

// Reads all files of a pack; c->pack is NULL when its head cannot be read.
static void checker_open(struct pack_checker *c, struct arena *a, struct pack_inner *inner,
                         struct pack_problems *problems)
{
    *c = (struct pack_checker){.arena = a, .problems = problems};
    c->tools = ARENA_ARRAY(a, struct check_tool, inner->n_slots + 1);
    if (open_head(c, inner) || pack_inner_file(inner, "pack.yaml") != NULL) {
        for (size_t i = 0; i < inner->n_slots; i++) {
            open_tool(c, inner, &inner->slots[i]);
        }
        for (size_t i = 0; c->pack != NULL && i < c->n_tools; i++) {
            pack_tool_finish(c->pack, c->tools[i].tool);
        }
    }
}

static void run_rules(struct pack_checker *c)
{
    for (size_t i = 0; c->pack != NULL && i < pack_n_rules; i++) {
        if (pack_rules[i].run != NULL) {
            pack_rules[i].run(c);
        }
    }
}

static int by_place(const void *a, const void *b)
{
    const struct pack_problem *x = a, *y = b;
    int order = strcmp(x->file, y->file);
    order = order != 0 ? order : x->line - y->line;
    order = order != 0 ? order : x->column - y->column;
    return order != 0 ? order : strcmp(x->code, y->code);
}

// ---- folders ------------------------------------------------------------------------------------

const char *pack_path_clean(struct arena *a, const char *path)
{
    size_t len = strlen(path);
    while (len > 1 && path[len - 1] == '/') {
        len--;
    }
    return arena_copy_n(a, path, len);
}

enum err pack_inner_open(struct arena *a, const char *where, struct pack_inner **out,
                            struct err_info *e)
{
    struct folder_file *files = NULL;
    size_t n = 0;
    enum err err = folder_read(a, where, PACK_MAX_FILES, PACK_MAX_BYTES, &files, &n, e);
    if (err == ERR_NONE) {
        *out = pack_inner_new(a, where, false, files, n);
    }
    return err;
}

enum err pack_load_folder(struct arena *a, const char *path, const struct pack **out,
                          struct pack_problems *problems, struct err_info *e)
{
    struct pack_inner *inner = NULL;
    const char *where = pack_path_clean(a, path);
    enum err err = pack_inner_open(a, where, &inner, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct pack_checker c;
    size_t before = problems->n;
    checker_open(&c, a, inner, problems);
    if (problems->n > before) {
        return err_set(e, ERR_INPUT, "", MSG("{0} cannot be read as a pack."),
                       MSG("Run `mainstay pack check {0}` to see what is wrong."), where, NULL);
    }
    *out = c.pack;
    return ERR_NONE;
}

// Reads the LOCK of a folder of packs; *out stays NULL when it has none.
enum err pack_lock_read(struct arena *a, const char *folder, const struct tsv **out,
                          struct err_info *e)
{
    if (!folder_has_file(folder, "LOCK")) {
        return ERR_NONE;
    }
    const char *path = arena_printf(a, "%s/LOCK", folder);
    const char *bytes = NULL;
    size_t len = 0;
    struct tsv *lock = ARENA_MAKE(a, struct tsv);
    enum err err = file_read(a, path, LIMIT_PACK_FILE_BYTES, &bytes, &len, e);
    if (err == ERR_NONE) {
        err = tsv_parse(a, path, bytes, len, lock, e);
        *out = lock;
    }
    return err;
}

static void check_opened(struct pack_checker *checkers, size_t n, const struct tsv *lock)
{
    if (n == 0) {
        return;
    }
    struct arena *a = checkers[0].arena;
    const struct pack **neighbours = ARENA_ARRAY(a, const struct pack *, n);
    size_t n_neighbours = 0;
    for (size_t i = 0; i < n; i++) {
        if (checkers[i].pack != NULL) {
            neighbours[n_neighbours++] = checkers[i].pack;
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (checkers[i].pack != NULL) {
            checkers[i].pack->inner->neighbours = neighbours;
            checkers[i].pack->inner->n_neighbours = n_neighbours;
        }
    }
    for (size_t i = 0; i < n; i++) {
        checkers[i].lock = lock;
        run_rules(&checkers[i]);
    }
    struct pack_problems *list = checkers[0].problems;
    sort_items(list->items, list->n, sizeof list->items[0], by_place);
}

// Folders PUBLISHER/SLUG below a folder of packs that hold a pack.yaml.
enum err pack_find_folders(struct arena *a, const char *folder, const char ***out, size_t *n,
                           struct err_info *e)
{
    enum { MAX_FOUND = 500 };
    const char **publishers = NULL, **slugs = NULL;
    size_t n_publishers = 0, n_slugs = 0;
    *out = ARENA_ARRAY(a, const char *, MAX_FOUND);
    *n = 0;
    enum err err = folder_names(a, folder, &publishers, &n_publishers, e);
    for (size_t i = 0; err == ERR_NONE && i < n_publishers; i++) {
        const char *inner = arena_printf(a, "%s/%s", folder, publishers[i]);
        err = folder_names(a, inner, &slugs, &n_slugs, e);
        for (size_t k = 0; err == ERR_NONE && k < n_slugs && *n < MAX_FOUND; k++) {
            const char *path = arena_printf(a, "%s/%s", inner, slugs[k]);
            if (folder_has_file(path, "pack.yaml")) {
                (*out)[(*n)++] = path;
            }
        }
    }
    return err;
}

static enum err check_folder_of_packs(struct arena *a, const char *folder, const char **paths,
                                      size_t n, struct pack_problems *problems, struct err_info *e)
{
    const struct tsv *lock = NULL;
    enum err err = pack_lock_read(a, folder, &lock, e);
    struct pack_checker *checkers = ARENA_ARRAY(a, struct pack_checker, n);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        struct pack_inner *inner = NULL;
        err = pack_inner_open(a, paths[i], &inner, e);
        if (err == ERR_NONE) {
            checker_open(&checkers[i], a, inner, problems);
        }
    }
    if (err == ERR_NONE) {
        check_opened(checkers, n, lock);
    }
    return err;
}

enum err pack_check_folder(struct arena *a, const char *where, struct pack_problems *problems,
                           struct err_info *e)
{
    const struct tsv *lock = NULL;
    struct pack_inner *inner = NULL;
    enum err err = pack_lock_read(a, arena_printf(a, "%s/../..", where), &lock, e);
    if (err == ERR_NONE) {
        err = pack_inner_open(a, where, &inner, e);
    }
    if (err == ERR_NONE) {
        struct pack_checker c;
        checker_open(&c, a, inner, problems);
        c.unlocked = true;
        check_opened(&c, 1, lock);
    }
    return err;
}

void pack_check_inners(struct arena *a, struct pack_inner *const *inners, size_t n,
                       struct pack_problems *problems)
{
    struct pack_checker *checkers = ARENA_ARRAY(a, struct pack_checker, n + 1);
    for (size_t i = 0; i < n; i++) {
        checker_open(&checkers[i], a, inners[i], problems);
    }
    check_opened(checkers, n, NULL);
}

// ---- packs of the program -----------------------------------------------------------------------

static const struct tsv *embedded_lock(struct arena *a)
{
    const struct embedded_file *file = embedded_find("packs/LOCK");
    struct tsv *lock = ARENA_MAKE(a, struct tsv);
    struct err_info e;
    bool good = file != NULL && tsv_parse(a, file->path, file->bytes, file->len, lock, &e) == ERR_NONE;
    return good ? lock : NULL;
}

enum err pack_check_embedded(struct arena *a, struct pack_problems *problems, size_t *n_packs,
                             struct err_info *e)
{
    (void)e;
    const struct pack *const *all = pack_all(n_packs);
    struct pack_checker *checkers = ARENA_ARRAY(a, struct pack_checker, *n_packs);
    for (size_t i = 0; i < *n_packs; i++) {
        checker_open(&checkers[i], a, pack_inner_again(a, all[i]), problems);
        checkers[i].unlocked = pack_is_own(all[i]); // LOCK is for packs of the program
    }
    check_opened(checkers, *n_packs, embedded_lock(a));
    return ERR_NONE;
}

enum err pack_check_path(struct arena *a, const char *id_or_folder, struct pack_problems *problems,
                         size_t *n_packs, struct err_info *e)
{
    *n_packs = 1;
    const struct pack *p = pack_find(id_or_folder);
    if (p != NULL) {
        struct pack_checker c;
        checker_open(&c, a, pack_inner_again(a, p), problems);
        c.unlocked = pack_is_own(p);
        check_opened(&c, 1, embedded_lock(a));
        return ERR_NONE;
    }
    const char *where = pack_path_clean(a, id_or_folder);
    if (!folder_exists(where)) {
        return err_set(e, ERR_NOT_FOUND, "", MSG("There is no pack and no folder {0}."),
                       MSG("`mainstay pack list` shows the packs."), where, NULL);
    }
    if (!folder_has_file(where, "pack.yaml")) {
        const char **paths = NULL;
        size_t n = 0;
        enum err err = pack_find_folders(a, where, &paths, &n, e);
        if (err != ERR_NONE || n > 0) {
            *n_packs = n;
            return err != ERR_NONE ? err
                                   : check_folder_of_packs(a, where, paths, n, problems, e);
        }
    }
    return pack_check_folder(a, where, problems, e);
}
