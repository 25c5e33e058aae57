// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_search.c: see pack_search.h. Translations are found beside the English text.

#include "pack/pack_search.h"

#include <string.h>

#include "base/bug.h"
#include "base/buf.h"
#include "base/limits.h"
#include "pack/pack_inner.h"

struct gathering {
    const struct pack *pack;
    struct arena *arena; // of one document
    struct buf body;
    const char *context;
};

static void add(struct gathering *g, const char *text)
{
    if (text == NULL || text[0] == '\0') {
        return;
    }
    buf_str(&g->body, g->body.len > 0 ? "\n" : "");
    buf_str(&g->body, text);
    for (unsigned i = 1; i < g->pack->n_languages; i++) {
        const struct lang *lang = lang_find(g->pack->languages[i]);
        const char *other =
            lang == NULL ? text : pack_words(g->pack, lang, g->context, text);
        if (strcmp(other, text) != 0) {
            buf_str(&g->body, "\n");
            buf_str(&g->body, other);
        }
    }
}

static void add_list(struct gathering *g, const char *const *list, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        add(g, list[i]);
    }
}

static void begin(struct gathering *g, const char *id)
{
    arena_reset(g->arena);
    buf_init(&g->body, g->arena, LIMIT_TEXT_BYTES * 10);
    g->context = id;
    buf_str(&g->body, id);
}

static enum err hand_on(struct gathering *g, const char *kind, const char *key, const char *title,
                        pack_search_fn *fn, void *context, struct err_info *e)
{
    const struct pack_found found = {kind, key, title, g->body.data};
    return fn(context, &found, e);
}

static const char *kind_of_row(const struct pack_tool *t, const struct pack_row *r)
{
    return t->kind == PACK_KIND_INSTRUMENTS ? "treaty"
           : r->part == PACK_PART_CHAPTER || r->body != NULL ? "chapter"
                                                             : "row";
}

static enum err each_row(struct gathering *g, const struct pack_tool *t, const struct pack_row *r,
                         pack_search_fn *fn, void *context, struct err_info *e)
{
    begin(g, r->id);
    const char *const texts[] = {r->short_name, r->help,      r->body,    r->argument, r->example,
                                 r->consider,   r->authority, r->rights,  r->gender,   r->numerator,
                                 r->denominator, r->note};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        add(g, texts[i]);
    }
    add_list(g, r->mitigation, r->n_mitigation);
    add_list(g, r->means, r->n_means);
    add_list(g, r->assumptions, r->n_assumptions);
    add_list(g, r->targets, r->n_targets);
    add_list(g, r->sources, r->n_sources);
    for (unsigned i = 0; i < r->n_articles; i++) {
        add(g, r->articles[i].name);
    }
    const char *key = arena_printf(g->arena, "%s#%s", t->id, r->id);
    return hand_on(g, kind_of_row(t, r), key, r->text, fn, context, e);
}

static enum err each_correction(struct gathering *g, const struct pack_tool *t,
                                const struct pack_row *r, pack_search_fn *fn, void *context,
                                struct err_info *e)
{
    enum err err = ERR_NONE;
    for (unsigned i = 0; err == ERR_NONE && i < r->n_corrections; i++) {
        const struct pack_correction *c = &r->corrections[i];
        begin(g, r->id);
        const char *fault = c->fault == NULL ? "" : c->fault;
        buf_printf(&g->body, " %s", fault);
        add(g, c->why);
        add(g, r->text);
        const char *title = c->printed == NULL
                                ? c->read
                                : arena_printf(g->arena, "%s → %s", c->printed, c->read);
        const char *key = arena_printf(g->arena, "%s#%s!%u%s", t->id, r->id, i, fault);
        err = hand_on(g, "correction", key, title, fn, context, e);
    }
    return err;
}

static enum err each_tool(struct gathering *g, const struct pack_tool *t, pack_search_fn *fn,
                          void *context, struct err_info *e)
{
    begin(g, t->id);
    add(g, t->purpose);
    add(g, t->goal);
    add(g, t->rights_goal);
    add(g, t->note);
    for (unsigned i = 0; i < t->n_sections; i++) {
        add(g, t->sections[i].title);
    }
    enum err err = hand_on(g, "tool", t->id, t->title, fn, context, e);
    for (unsigned i = 0; err == ERR_NONE && i < t->n_rows; i++) {
        err = each_row(g, t, &t->rows[i], fn, context, e);
        if (err == ERR_NONE) {
            err = each_correction(g, t, &t->rows[i], fn, context, e);
        }
    }
    return err;
}

enum err pack_search_each(const struct pack *p, pack_search_fn *fn, void *context, struct err_info *e)
{
    struct gathering g = {.pack = p, .arena = arena_new(LIMIT_PROCESS_BYTES)};
    size_t n;
    const struct pack_tool *const *tools = pack_tools(p, &n);
    enum err err = ERR_NONE;
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        err = each_tool(&g, tools[i], fn, context, e);
    }
    arena_free(g.arena);
    return err;
}
