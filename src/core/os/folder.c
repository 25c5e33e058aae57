// SPDX-License-Identifier: AGPL-3.0-or-later
//
// folder.c: see folder.h. Used for content packs; evidence files are kept by the store.

#include "os/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/sort.h"
#include "os/file.h"

#define MAX_DEPTH 8

struct walk {
    struct arena *arena;
    const char *root;
    size_t limit_files;
    size_t limit_bytes;
    struct folder_file *files;
    size_t n;
    size_t cap;
    size_t bytes;
};

bool folder_exists(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0 && S_ISDIR(s.st_mode);
}

bool folder_has_file(const char *folder, const char *name)
{
    char path[4096];
    struct stat s;
    int n = snprintf(path, sizeof path, "%s/%s", folder, name);
    return n > 0 && (size_t)n < sizeof path && stat(path, &s) == 0 && S_ISREG(s.st_mode);
}

static enum err too_large(struct err_info *e, const char *path)
{
    return err_set(e, ERR_TOO_LARGE, "", MSG("{0} is too large to be read."),
                   MSG("Take out what does not belong there."), path, NULL);
}

static enum err cannot(struct err_info *e, const char *path, const char *text)
{
    int code = errno;
    err_set(e, ERR_FAILED, "", text, MSG("Look at the rights and the free space there."), path,
            NULL);
    err_detail(e, "%s", strerror(code));
    return ERR_FAILED;
}

static enum err walk_add(struct walk *w, const char *full, const char *path, struct err_info *e)
{
    if (w->n == w->limit_files) {
        return too_large(e, w->root);
    }
    w->files = arena_room(w->arena, w->files, sizeof *w->files, w->n, &w->cap);
    struct folder_file *f = &w->files[w->n];
    f->path = path;
    enum err err =
        file_read(w->arena, full, w->limit_bytes - w->bytes, &f->bytes, &f->len, e);
    if (err == ERR_NONE) {
        w->bytes += f->len;
        w->n++;
    }
    return err;
}

static enum err walk_folder(struct walk *w, const char *below, int depth, struct err_info *e)
{
    const char *folder =
        below[0] == '\0' ? w->root : arena_printf(w->arena, "%s/%s", w->root, below);
    if (depth > MAX_DEPTH) {
        return too_large(e, folder);
    }
    DIR *d = opendir(folder);
    if (d == NULL) {
        return cannot(e, folder, MSG("{0} cannot be read."));
    }
    enum err err = ERR_NONE;
    for (struct dirent *entry; err == ERR_NONE && (entry = readdir(d)) != NULL;) {
        const char *name = entry->d_name;
        if (name[0] == '.') {
            continue;
        }
        const char *path =
            below[0] == '\0' ? arena_copy(w->arena, name) : arena_printf(w->arena, "%s/%s", below, name);
        const char *full = arena_printf(w->arena, "%s/%s", w->root, path);
        struct stat s;
        if (lstat(full, &s) != 0) {
            err = cannot(e, full, MSG("{0} cannot be read."));
        } else if (S_ISDIR(s.st_mode)) {
            err = walk_folder(w, path, depth + 1, e);
        } else if (S_ISREG(s.st_mode)) {
            err = walk_add(w, full, path, e);
        }
    }
    closedir(d);
    return err;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct folder_file *)a)->path, ((const struct folder_file *)b)->path);
}

static enum err must_exist(const char *folder, struct err_info *e)
{
    return folder_exists(folder)
               ? ERR_NONE
               : err_set(e, ERR_NOT_FOUND, "", MSG("There is no folder {0}."),
                         MSG("Look at the spelling of the path."), folder, NULL);
}

enum err folder_read(struct arena *a, const char *folder, size_t limit_files, size_t limit_bytes,
                     struct folder_file **out, size_t *n, struct err_info *e)
{
    enum err err = must_exist(folder, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct walk w = {a, folder, limit_files, limit_bytes, NULL, 0, 0, 0};
    err = walk_folder(&w, "", 1, e);
    if (err == ERR_NONE) {
        sort_items(w.files, w.n, sizeof *w.files, by_path);
        *out = w.files;
        *n = w.n;
    }
    return err;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

enum err folder_names(struct arena *a, const char *folder, const char ***out, size_t *n,
                      struct err_info *e)
{
    enum { MAX_NAMES = 1000 };
    enum err err = must_exist(folder, e);
    if (err != ERR_NONE) {
        return err;
    }
    DIR *d = opendir(folder);
    if (d == NULL) {
        return cannot(e, folder, MSG("{0} cannot be read."));
    }
    *out = ARENA_ARRAY(a, const char *, MAX_NAMES);
    *n = 0;
    for (struct dirent *entry; (entry = readdir(d)) != NULL && *n < MAX_NAMES;) {
        if (entry->d_name[0] != '.' &&
            folder_exists(arena_printf(a, "%s/%s", folder, entry->d_name))) {
            (*out)[(*n)++] = arena_copy(a, entry->d_name);
        }
    }
    closedir(d);
    sort_items(*out, *n, sizeof **out, by_name);
    return ERR_NONE;
}
