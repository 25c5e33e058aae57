// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_load.c: a pack from its files: the packs that are part of the program, those of the office, or a
// folder.
//
// The heads of the program's packs are read when the first caller asks, each tool, table and
// translation when somebody asks for it. The list of packs, which is replaced as a whole, and the lock
// that guards loading are the only variables here that change; a pack does not change once a caller has
// it, and neither a pack nor a list is freed while the process lives.

#include "pack/pack_inner.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/order.h"
#include "base/sort.h"
#include "os/embedded.h"
#include "pack/pack_official.h"
#include "pack/pack_search.h"

#define MAX_PACKS 200

static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static const struct pack *embedded[MAX_PACKS]; // part of the program, sorted by id
static size_t n_embedded;

struct pack_list {
    size_t n;
    const struct pack *packs[2 * MAX_PACKS]; // sorted by id
};
static _Atomic(const struct pack_list *) current;

static int by_slot(const void *a, const void *b)
{
    return code_order(((const struct pack_slot *)a)->id, ((const struct pack_slot *)b)->id);
}

// ---- files --------------------------------------------------------------------------------------

static const char *tool_id_of(struct arena *a, const char *path)
{
    size_t len = strlen(path);
    bool is_tool = strncmp(path, "tools/", 6) == 0 && strchr(path + 6, '/') == NULL && len > 11 &&
                   strcmp(path + len - 5, ".yaml") == 0;
    return is_tool ? arena_copy_n(a, path + 6, len - 11) : NULL;
}

struct pack_inner *pack_inner_new(struct arena *a, const char *where, bool is_embedded,
                                  struct folder_file *files, size_t n_files)
{
    struct pack_inner *inner = ARENA_MAKE(a, struct pack_inner);
    *inner = (struct pack_inner){.arena = a,
                                 .where = where,
                                 .embedded = is_embedded,
                                 .files = files,
                                 .n_files = n_files,
                                 .slots = ARENA_ARRAY(a, struct pack_slot, n_files + 1)};
    for (size_t i = 0; i < n_files; i++) {
        const char *id = tool_id_of(a, files[i].path);
        if (id != NULL) {
            inner->slots[inner->n_slots++] = (struct pack_slot){.id = id, .file = i};
        }
    }
    sort_items(inner->slots, inner->n_slots, sizeof inner->slots[0], by_slot);
    return inner;
}

const struct folder_file *pack_inner_file(const struct pack_inner *inner, const char *path)
{
    for (size_t i = 0; i < inner->n_files; i++) {
        if (strcmp(inner->files[i].path, path) == 0) {
            return &inner->files[i];
        }
    }
    return NULL;
}

const char *pack_inner_path(const struct pack_inner *inner, struct arena *a, const char *path)
{
    return arena_printf(a, "%s/%s", inner->where, path);
}

struct pack *pack_load_head(struct pack_inner *inner, const char **why)
{
    const struct folder_file *file = pack_inner_file(inner, "pack.yaml");
    if (file == NULL) {
        return NULL;
    }
    struct pack *p = yaml_map(inner->arena, file->bytes, file->len, &pack_shape_head, why);
    if (p != NULL) {
        p->inner = inner;
        inner->tables = ARENA_ARRAY(inner->arena, struct tsv *, p->n_data + 1);
        inner->n_translations = p->n_languages;
        inner->translations =
            ARENA_ARRAY(inner->arena, struct pack_translation, p->n_languages + 1);
        for (unsigned i = 0; i < p->n_languages; i++) {
            inner->translations[i].language = p->languages[i];
        }
    }
    return p;
}

// ---- the packs of the program, and those of the office beside them ------------------------------

// Length of "packs/<publisher>/<slug>/" when the path begins so, else 0.
static size_t folder_length(const char *path)
{
    if (strncmp(path, "packs/", 6) != 0) {
        return 0;
    }
    const char *publisher = strchr(path + 6, '/');
    const char *slug = publisher == NULL ? NULL : strchr(publisher + 1, '/');
    return slug == NULL ? 0 : (size_t)(slug + 1 - path);
}

// The files from embedded_files[first] on that share its folder; *next is the first that does not.
static struct pack_inner *slice(struct arena *a, size_t first, size_t *next)
{
    const char *path = embedded_files[first].path;
    size_t len = folder_length(path);
    size_t end = first;
    while (end < embedded_n_files && strncmp(embedded_files[end].path, path, len) == 0) {
        end++;
    }
    struct folder_file *files = ARENA_ARRAY(a, struct folder_file, end - first);
    for (size_t i = first; i < end; i++) {
        files[i - first] = (struct folder_file){embedded_files[i].path + len,
                                                embedded_files[i].bytes, embedded_files[i].len};
    }
    *next = end;
    return pack_inner_new(a, arena_copy_n(a, path, len - 1), true, files, end - first);
}

static int by_pack_id(const void *a, const void *b)
{
    return strcmp((*(const struct pack *const *)a)->id, (*(const struct pack *const *)b)->id);
}

static bool is_embedded(const char *id)
{
    for (size_t i = 0; i < n_embedded; i++) {
        if (strcmp(embedded[i]->id, id) == 0) {
            return true;
        }
    }
    return false;
}

// Under the lock of whoever sets it.
static void publish(const struct pack *const *own, size_t n_own)
{
    static struct arena *lists;
    if (lists == NULL) {
        lists = arena_new(LIMIT_PROCESS_BYTES);
    }
    struct pack_list *list = ARENA_MAKE(lists, struct pack_list);
    memcpy(list->packs, embedded, n_embedded * sizeof embedded[0]);
    list->n = n_embedded;
    for (size_t i = 0; i < n_own && i < MAX_PACKS; i++) {
        if (!is_embedded(own[i]->id)) {
            list->packs[list->n++] = own[i];
        }
    }
    sort_items(list->packs, list->n, sizeof list->packs[0], by_pack_id);
    atomic_store(&current, list);
}

static void read_heads(void)
{
    struct arena *kept = arena_new(LIMIT_PROCESS_BYTES);
    for (size_t i = 0; i < embedded_n_files;) {
        if (folder_length(embedded_files[i].path) == 0) {
            i++;
            continue;
        }
        const char *why = "it has no pack.yaml";
        struct pack_inner *inner = slice(kept, i, &i);
        const struct pack *p = pack_load_head(inner, &why);
        if (p == NULL) {
            bug(arena_printf(kept, "%s: %s", inner->where, why));
        }
        ensure(n_embedded < MAX_PACKS);
        embedded[n_embedded++] = p;
    }
    publish(NULL, 0);
}

void pack_list_set(const struct pack *const *own, size_t n_own)
{
    pthread_once(&once, read_heads);
    publish(own, n_own);
}

const struct pack *const *pack_all(size_t *n)
{
    pthread_once(&once, read_heads);
    const struct pack_list *list = atomic_load(&current);
    *n = list->n;
    return list->packs;
}

const struct pack *pack_find(const char *id)
{
    size_t n;
    const struct pack *const *all = pack_all(&n);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(all[i]->id, id) == 0) {
            return all[i];
        }
    }
    return NULL;
}

struct pack_inner *pack_inner_again(struct arena *a, const struct pack *p)
{
    struct pack_inner *inner =
        pack_inner_new(a, p->inner->where, p->inner->embedded, p->inner->files, p->inner->n_files);
    inner->own = p->inner->own;
    return inner;
}

const struct pack *pack_needed(const struct pack *p, const char *id)
{
    for (size_t i = 0; i < p->inner->n_neighbours; i++) {
        if (strcmp(p->inner->neighbours[i]->id, id) == 0) {
            return p->inner->neighbours[i];
        }
    }
    return pack_find(id);
}

// ---- tools, tables, translations ----------------------------------------------------------------

void pack_slot_fill(const struct pack *p, struct pack_slot *slot, struct pack_tool *tool)
{
    tool->pack = p;
    slot->tool = tool;
    slot->tried = true;
}

struct pack_tool *pack_slot_load(const struct pack *p, struct pack_slot *slot)
{
    if (!slot->tried) {
        const struct folder_file *file = &p->inner->files[slot->file];
        const char *why = "";
        struct pack_tool *tool =
            yaml_map(p->inner->arena, file->bytes, file->len, &pack_shape_tool, &why);
        slot->tried = true;
        if (tool != NULL) {
            pack_slot_fill(p, slot, tool);
            pack_tool_finish(p, tool);
            pack_tool_hide(p->inner->arena, tool);
        } else if (p->inner->embedded) {
            bug(arena_printf(p->inner->arena, "%s/%s: %s", p->inner->where, file->path, why));
        }
    }
    return slot->tool;
}

const struct pack_tool *const *pack_tools(const struct pack *p, size_t *n)
{
    struct pack_inner *inner = p->inner;
    pthread_mutex_lock(&loading);
    if (inner->tools == NULL) {
        inner->tools = ARENA_ARRAY(inner->arena, const struct pack_tool *, inner->n_slots + 1);
        for (size_t i = 0; i < inner->n_slots; i++) {
            struct pack_tool *tool = pack_slot_load(p, &inner->slots[i]);
            if (tool != NULL) {
                inner->tools[inner->n_tools++] = tool;
            }
        }
    }
    pthread_mutex_unlock(&loading);
    *n = inner->n_tools;
    return inner->tools;
}

const struct pack_tool *pack_tool(const struct pack *p, const char *id)
{
    const struct pack_tool *found = NULL;
    pthread_mutex_lock(&loading);
    for (size_t i = 0; i < p->inner->n_slots; i++) {
        if (strcmp(p->inner->slots[i].id, id) == 0) {
            found = pack_slot_load(p, &p->inner->slots[i]);
            break;
        }
    }
    pthread_mutex_unlock(&loading);
    return found;
}

const struct pack_tool *pack_tool_anywhere(const char *tool_id)
{
    const struct pack *first = pack_find(PACK_DEFAULT);
    const struct pack_tool *tool = first == NULL ? NULL : pack_tool(first, tool_id);
    size_t n;
    const struct pack *const *all = pack_all(&n);
    for (size_t i = 0; tool == NULL && i < n; i++) {
        tool = pack_tool(all[i], tool_id);
    }
    return tool;
}

const char *pack_file(const struct pack *p, const char *name, size_t *len)
{
    const struct folder_file *file = pack_inner_file(p->inner, name);
    *len = file == NULL ? 0 : file->len;
    return file == NULL ? NULL : file->bytes;
}

const char *pack_search_state(const struct pack *p)
{
    pthread_mutex_lock(&loading); // the hash is made in the memory that tools are read into
    if (p->inner->hash == NULL) {
        p->inner->hash = pack_hash(p->inner->arena, p);
    }
    pthread_mutex_unlock(&loading);
    return p->inner->hash;
}

static struct tsv *load_table(const struct pack *p, const struct pack_data *data)
{
    const struct folder_file *file = pack_inner_file(p->inner, data->file);
    struct tsv *table = ARENA_MAKE(p->inner->arena, struct tsv);
    struct err_info e;
    bool good = file != NULL && tsv_parse(p->inner->arena, file->path, file->bytes, file->len,
                                          table, &e) == ERR_NONE;
    if (!good && p->inner->embedded) {
        bug(data->file);
    }
    return good ? table : NULL;
}

const struct tsv *pack_table(const struct pack *p, const char *data_id)
{
    const struct tsv *found = NULL;
    pthread_mutex_lock(&loading);
    for (unsigned i = 0; i < p->n_data; i++) {
        if (strcmp(p->data[i].id, data_id) == 0) {
            if (p->inner->tables[i] == NULL) {
                p->inner->tables[i] = load_table(p, &p->data[i]);
            }
            found = p->inner->tables[i];
        }
    }
    pthread_mutex_unlock(&loading);
    return found;
}

static void load_translation(const struct pack *p, struct pack_translation *t)
{
    char path[64];
    size_t n = strlen(t->language);
    if (n < sizeof path - 10) {
        memcpy(path, "i18n/", 5);
        memcpy(path + 5, t->language, n);
        memcpy(path + 5 + n, ".po", 4);
        const struct folder_file *file = pack_inner_file(p->inner, path);
        int line;
        if (file != NULL && !po_parse(p->inner->arena, file->bytes, file->len, &t->po, &line)) {
            t->po = (struct po){0};
        }
    }
    t->tried = true;
}

const char *pack_words(const struct pack *p, const struct lang *lang, const char *context,
                       const char *english)
{
    const char *found = lang->wording == NULL || english == NULL
                            ? NULL
                            : pack_wording_find(lang->wording, context, english);
    return found != NULL ? found : pack_words_ours(p, lang, context, english);
}

const char *pack_words_ours(const struct pack *p, const struct lang *lang, const char *context,
                            const char *english)
{
    const char *found = NULL;
    if (english == NULL) {
        return NULL;
    }
    for (size_t i = 1; found == NULL && i < p->inner->n_translations; i++) {
        struct pack_translation *t = &p->inner->translations[i];
        if (strcmp(t->language, lang->code) == 0) {
            pthread_mutex_lock(&loading);
            if (!t->tried) {
                load_translation(p, t);
            }
            pthread_mutex_unlock(&loading);
            found = po_find(&t->po, context, english);
        }
    }
    return found == NULL ? english : found;
}
