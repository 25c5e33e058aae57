// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_own_file_store.c: see pack_own.h: files of a pack of the office: found and saved one by one, and whole
// packs in from a folder and out to one.

#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "os/file.h"
#include "pack/pack_inner.h"
#include "pack/pack_own_private.h"
#include "store/store.h"

// ---- one file -----------------------------------------------------------------------------------

enum err pack_file_find(struct db_read *db, struct arena *a, const char *pack, const char *name,
                    struct record **out, struct err_info *e)
{
    const struct store_filter filters[] = {
        {.field = "pack", .op = STORE_EQUAL, .text = pack},
        {.field = "name", .op = STORE_EQUAL, .text = name},
    };
    const struct store_query q = {.filters = filters, .n_filters = COUNT_OF(filters)};
    struct record **rows;
    size_t n;
    enum err err = store_list(db, a, model_find("pack_file"), &q, &rows, &n, e);
    *out = err == ERR_NONE && n > 0 ? rows[0] : NULL;
    return err;
}

enum err pack_file_save(struct store_tx *tx, struct arena *a, struct record *old, const char *pack,
                          const char *name, const char *text, struct record **out,
                          struct err_info *e)
{
    struct record *r = old == NULL ? record_new(a, model_find("pack_file")) : record_copy(a, old);
    record_set_text(r, "pack", pack);
    record_set_text(r, "name", name);
    record_set_text(r, "text", text);
    if (out != NULL) {
        *out = r;
    }
    return store_save(tx, a, r, e);
}

// ---- a folder -----------------------------------------------------------------------------------

static enum err read_head(struct arena *a, const char *folder, struct pack_inner **inner,
                          const struct pack **out, struct pack_problems *problems,
                          struct err_info *e)
{
    const char *why = "";
    enum err err = !folder_exists(folder)
                       ? err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no folder {0}."),
                                 MSG("Name the folder that holds pack.yaml."), folder, NULL)
                       : pack_inner_open(a, folder, inner, e);
    if (err == ERR_NONE) {
        err = pack_check_folder(a, folder, problems, e);
    }
    if (err == ERR_NONE && pack_problems_errors(problems) > 0) {
        err = err_set(e, ERR_INPUT, NULL, MSG("{0} is not installed: it has mistakes."),
                      MSG("Each line above says where and how to mend it."), folder, NULL);
    }
    if (err == ERR_NONE) {
        *out = pack_load_head(*inner, &why);
        ensure(*out != NULL); // it was checked
        err = pack_own_check_id((*out)->id, e);
    }
    return err;
}

// Records are text: what a folder holds beside must be, too.
static enum err check_bytes(const struct pack_inner *inner, struct err_info *e)
{
    for (size_t i = 0; i < inner->n_files; i++) {
        const struct folder_file *f = &inner->files[i];
        size_t bad;
        if (!utf8_is_clean(f->bytes, f->len, &bad) || !pack_file_name_is_safe(f->path) ||
            f->len > LIMIT_PACK_FILE_BYTES) {
            return err_set(e, ERR_INPUT, NULL, MSG("{0} is not a file that a pack can have."),
                           MSG("Files are clean UTF-8 text of at most 4 MB, their names small "
                               "letters."),
                           f->path, NULL);
        }
    }
    return ERR_NONE;
}

// Another content under the same version: somebody changed it here, or there.
static enum err check_version_is_new(struct db_read *db, struct arena *a,
                                     const struct pack_inner *inner, const struct pack *p,
                                     struct err_info *e)
{
    struct pack_inner *there;
    const char *why = "";
    enum err err = pack_own_inner(db, a, p->id, &there, e);
    const struct pack *old =
        err != ERR_NONE || there->n_files == 0 ? NULL : pack_load_head(there, &why);
    if (old == NULL || strcmp(old->version, p->version) != 0) {
        return err;
    }
    bool same = there->n_files == inner->n_files;
    for (size_t i = 0; same && i < inner->n_files; i++) {
        const struct folder_file *f = &inner->files[i];
        const struct folder_file *other = pack_inner_file(there, f->path);
        same = other != NULL && other->len == f->len && memcmp(other->bytes, f->bytes, f->len) == 0;
    }
    return same ? ERR_NONE
                : err_set(e, ERR_CONFLICT, "version",
                          MSG("The pack {0} is there in version {1} already, with other content."),
                          MSG("Raise the version in pack.yaml, or add --replace; the history keeps "
                              "what is there."),
                          p->id, p->version, NULL);
}

static enum err replace_files(struct store_tx *tx, struct arena *a, const struct pack_inner *inner,
                              const char *id, size_t *changed, struct err_info *e)
{
    struct record **old;
    size_t n;
    const struct entity *kind = model_find("pack_file");
    enum err err = store_list_by(store_tx_read(tx), a, kind, "pack", id, &old, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        if (pack_inner_file(inner, record_text(old[i], "name")) == NULL) {
            err = store_delete(tx, a, kind, old[i]->id, e);
            (*changed)++;
        }
    }
    for (size_t i = 0; err == ERR_NONE && i < inner->n_files; i++) {
        const struct folder_file *f = &inner->files[i];
        struct record *before = NULL, *after = NULL;
        for (size_t k = 0; k < n; k++) {
            before = strcmp(record_text(old[k], "name"), f->path) == 0 ? old[k] : before;
        }
        err = pack_file_save(tx, a, before, id, f->path, f->bytes, &after, e);
        *changed += err == ERR_NONE &&
                    (before == NULL || strcmp(before->version, after->version) != 0);
    }
    return err;
}

enum err pack_own_install(struct store *s, struct arena *a, const struct actor *who,
                          const char *folder, bool replace, const char **id, size_t *changed,
                          struct pack_problems *problems, struct err_info *e)
{
    struct pack_inner *inner;
    const struct pack *p;
    struct store_tx *tx;
    *changed = 0;
    enum err err = read_head(a, pack_path_clean(a, folder), &inner, &p, problems, e);
    if (err == ERR_NONE) {
        err = check_bytes(inner, e);
    }
    if (err == ERR_NONE) {
        err = store_begin(s, who, NULL, &tx, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    *id = p->id;
    if (!replace) {
        err = check_version_is_new(store_tx_read(tx), a, inner, p, e);
    }
    if (err == ERR_NONE) {
        err = replace_files(tx, a, inner, p->id, changed, e);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

enum err pack_export(struct arena *a, const struct pack *p, const char *folder, size_t *n_files,
                     struct err_info *e)
{
    const struct pack_inner *inner = p->inner;
    enum err err = folder_is_empty(folder)
                       ? ERR_NONE
                       : err_set(e, ERR_CONFLICT, NULL, MSG("The folder {0} is not empty."),
                                 MSG("Give a new folder, or remove what is in it."), folder, NULL);
    for (size_t i = 0; err == ERR_NONE && i < inner->n_files; i++) {
        const struct folder_file *f = &inner->files[i];
        const char *path = arena_printf(a, "%s/%s", folder, f->path);
        const char *above = arena_copy_n(a, path, (size_t)(strrchr(path, '/') - path));
        err = pack_file_name_is_safe(f->path)
                  ? folder_make(above, 0755, e)
                  : err_set(e, ERR_INPUT, NULL, MSG("{0} is not the path of a file in a pack."), NULL,
                            f->path, NULL);
        if (err == ERR_NONE) {
            err = file_write_new(path, f->bytes, f->len, 0644, e);
        }
    }
    *n_files = inner->n_files;
    return err;
}
