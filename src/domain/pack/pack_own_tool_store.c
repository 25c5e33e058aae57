// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_own_tool_store.c: see pack_own.h: copying a tool into a pack of the office, and changing it there.

#include <string.h>

#include "base/bug.h"
#include "os/clock.h"
#include "pack/pack_adapt.h"
#include "pack/pack_inner.h"
#include "pack/pack_own.h"
#include "pack/pack_own_private.h"
#include "store/store.h"

static const char *file_of(struct arena *a, const char *tool)
{
    return arena_printf(a, "tools/%s.yaml", tool);
}

// ---- copying ------------------------------------------------------------------------------------

static const char readme[] =
    "Tools that this office copied into its own pack and changed. Each says which tool it was copied\n"
    "from, and each row which row. Who changed what stands in the history of the workspace.\n";

static const char *new_head(struct arena *a, const struct pack_adapting *x)
{
    char *today = arena_alloc(a, 11);
    clock_today(today);
    const struct pack *from = x->from->pack;
    const char *needs[] = {from->id};
    const char *languages[] = {from->n_languages > 0 ? from->languages[0] : "en"};
    const struct pack head = {
        .id = x->pack,
        .version = "0.1.0",
        .title = x->pack_title == NULL ? x->pack : x->pack_title,
        .publisher = x->pack,
        .licence = from->licence,
        .published = today,
        .languages = languages,
        .n_languages = 1,
        .source = from->source,
        .needs = needs,
        .n_needs = 1,
    };
    return yaml_write(a, &pack_shape_head, &head);
}

static enum err read_head(struct arena *a, const struct record *file, struct pack **out,
                          struct err_info *e)
{
    const char *text = record_text(file, "text");
    const char *why = "";
    *out = yaml_map(a, text, strlen(text), &pack_shape_head, &why);
    return *out != NULL ? ERR_NONE
                        : err_set(e, ERR_INPUT, "pack", MSG("The pack {0} has mistakes."),
                                  MSG("“mainstay pack check {0}” lists them."),
                                  record_text(file, "pack"), NULL);
}

static enum err save_head(struct store_tx *tx, struct arena *a, struct record *file,
                          const struct pack *head, struct record **saved, struct err_info *e)
{
    return pack_file_save(tx, a, file, record_text(file, "pack"), "pack.yaml",
                          yaml_write(a, &pack_shape_head, head), saved, e);
}

static enum err add_need(struct store_tx *tx, struct arena *a, const struct pack_adapting *x,
                         struct record *file, struct pack **head, struct err_info *e)
{
    const char *id = x->from->pack->id;
    enum err err = read_head(a, file, head, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct pack *p = *head;
    bool there = strcmp(id, p->id) == 0;
    for (unsigned i = 0; i < p->n_needs; i++) {
        there = there || strcmp(p->needs[i], id) == 0;
    }
    if (there) {
        return ERR_NONE;
    }
    const char **needs = ARENA_ARRAY(a, const char *, (size_t)p->n_needs + 1);
    for (unsigned i = 0; i < p->n_needs; i++) {
        needs[i] = p->needs[i];
    }
    needs[p->n_needs++] = id;
    p->needs = needs;
    return save_head(tx, a, file, p, NULL, e);
}

// The head of the pack, made when there is none; *title is what the pack is called.
static enum err ready_pack(struct store_tx *tx, struct arena *a, const struct pack_adapting *x,
                           const char **title, struct err_info *e)
{
    struct record *file;
    struct pack *head;
    enum err err = pack_file_find(store_tx_read(tx), a, x->pack, "pack.yaml", &file, e);
    if (err == ERR_NONE && file != NULL) {
        err = add_need(tx, a, x, file, &head, e);
        *title = err == ERR_NONE ? head->title : NULL;
        return err;
    }
    *title = x->pack_title == NULL ? x->pack : x->pack_title;
    if (err == ERR_NONE) {
        err = pack_file_save(tx, a, NULL, x->pack, "pack.yaml", new_head(a, x), NULL, e);
    }
    return err != ERR_NONE
               ? err
               : pack_file_save(tx, a, NULL, x->pack, "README.md", readme, NULL, e);
}

static enum err adapt(struct store_tx *tx, struct arena *a, const struct pack_adapting *x,
                      const char *tool, const char **version, struct err_info *e)
{
    const char *pack_title = NULL;
    struct record *file = NULL, *saved = NULL;
    enum err err = ready_pack(tx, a, x, &pack_title, e);
    if (err == ERR_NONE) {
        err = pack_file_find(store_tx_read(tx), a, x->pack, file_of(a, tool), &file, e);
    }
    if (err == ERR_NONE && file != NULL) {
        err = err_set(e, ERR_CONFLICT, "copy", MSG("The pack {0} has a tool {1} already."),
                      MSG("Give the copy another id."), x->pack, tool, NULL);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const char *title = x->title != NULL && x->title[0] != '\0'
                            ? x->title
                            : arena_printf(a, "%s (%s)", x->from->title, pack_title);
    const struct pack_tool *draft = pack_adapt(a, x->from, tool, title);
    err = pack_file_save(tx, a, NULL, x->pack, file_of(a, tool), pack_draft_write(a, draft), &saved,
                         e);
    *version = err == ERR_NONE ? saved->version : NULL;
    return err;
}

enum err pack_own_adapt(struct store *s, struct arena *a, const struct actor *who,
                        const struct pack_adapting *x, const char **tool, const char **version,
                        struct err_info *e)
{
    struct store_tx *tx;
    *tool = x->tool != NULL && x->tool[0] != '\0' ? x->tool
                                                  : arena_printf(a, "%s-%s", x->pack, x->from->id);
    enum err err = store_begin(s, who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = adapt(tx, a, x, *tool, version, e);
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

// ---- changing -----------------------------------------------------------------------------------

enum err pack_own_tool(struct db_read *db, struct arena *a, const struct pack *p, const char *tool,
                       struct pack_tool **out, struct record **record, struct err_info *e)
{
    *out = NULL;
    enum err err = pack_file_find(db, a, p->id, file_of(a, tool), record, e);
    if (err == ERR_NONE && *record != NULL) {
        const char *text = record_text(*record, "text");
        *out = pack_draft_read(a, text, strlen(text));
    }
    if (err == ERR_NONE && *out == NULL) {
        err = err_set(e, ERR_NOT_FOUND, NULL, MSG("The pack {0} has no tool {1} that can be changed."),
                      MSG("Only tools of packs of the office can be; adapt the tool first."), p->id,
                      tool, NULL);
    }
    if (err == ERR_NONE) {
        (*out)->pack = p;
    }
    return err;
}

enum err pack_own_begin(struct store *s, struct arena *a, const struct actor *who,
                        const struct pack *p, const char *tool, struct pack_own_edit *out,
                        struct err_info *e)
{
    *out = (struct pack_own_edit){0};
    enum err err = store_begin(s, who, NULL, &out->tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = pack_own_tool(store_tx_read(out->tx), a, p, tool, &out->tool, &out->record, e);
    if (err != ERR_NONE) {
        store_rollback(out->tx);
    }
    return err;
}

enum err pack_own_head(struct db_read *db, struct arena *a, const struct pack *p, struct record **out,
                       struct err_info *e)
{
    enum err err = pack_file_find(db, a, p->id, "pack.yaml", out, e);
    ensure(err != ERR_NONE || *out != NULL); // no pack is without
    return err;
}

enum err pack_own_scale_put(struct pack_own_edit *x, struct arena *a, const struct pack_scale *scale,
                            const char *read, struct err_info *e)
{
    struct record *file, *saved;
    struct pack *head;
    enum err err = pack_own_head(store_tx_read(x->tx), a, x->tool->pack, &file, e);
    if (err == ERR_NONE && read[0] != '\0' && strcmp(read, file->version) != 0) {
        err = err_set(e, ERR_CONFLICT, NULL,
                      MSG("Somebody else changed the answers of this pack while you were working on it."),
                      MSG("Look at them as they are now, then enter your change again."), NULL);
    }
    if (err == ERR_NONE) {
        err = read_head(a, file, &head, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct pack_scale *scales = ARENA_ARRAY(a, struct pack_scale, (size_t)head->n_scales + 1);
    unsigned at = 0;
    for (unsigned i = 0; i < head->n_scales; i++) {
        scales[i] = head->scales[i];
        at += strcmp(scales[i].id, scale->id) != 0 && at == i;
    }
    scales[at] = *scale;
    head->scales = scales;
    head->n_scales += at == head->n_scales;
    err = save_head(x->tx, a, file, head, &saved, e);
    x->head = err == ERR_NONE && strcmp(saved->version, file->version) != 0 ? saved->version : NULL;
    return err;
}

enum err pack_own_end(struct pack_own_edit *x, struct arena *a, enum err err, const char **version,
                      struct err_info *e)
{
    struct record *saved = NULL;
    *version = NULL;
    if (err == ERR_NONE) {
        err = pack_file_save(x->tx, a, x->record, record_text(x->record, "pack"),
                             record_text(x->record, "name"), pack_draft_write(a, x->tool), &saved, e);
    }
    if (err != ERR_NONE) {
        store_rollback(x->tx);
        return err;
    }
    *version = strcmp(saved->version, x->record->version) != 0 ? saved->version : x->head;
    return store_commit(x->tx, e);
}
