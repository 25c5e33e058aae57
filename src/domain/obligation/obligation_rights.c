// SPDX-License-Identifier: AGPL-3.0-or-later
//
// obligation_rights.c: see obligation_rights.h; the rule, without a database.

#include "obligation/obligation_rights.h"

#include <string.h>

#define INSTRUMENTS "2.2"

const struct obligation_fact *obligation_fact_of(const struct obligation_facts *facts,
                                                 const char *country, const char *instrument)
{
    for (size_t i = 0; i < facts->n; i++) {
        if (strcmp(facts->items[i].country, country) == 0 &&
            strcmp(facts->items[i].instrument, instrument) == 0) {
            return &facts->items[i];
        }
    }
    return NULL;
}

static void add_states(struct arena *a, const char *countries, const struct obligation_facts *facts,
                       struct right_article *article)
{
    const char *instrument = article->article->instrument;
    size_t most = strlen(countries) / 2 + 1;
    article->binding = ARENA_ARRAY(a, const struct obligation_fact *, most);
    article->unsure = ARENA_ARRAY(a, const struct obligation_fact *, most);
    char *copy = arena_copy(a, countries);
    char *state = NULL;
    for (char *c = strtok_r(copy, " ", &state); c != NULL; c = strtok_r(NULL, " ", &state)) {
        const struct obligation_fact *f = obligation_fact_of(facts, c, instrument);
        if (f == NULL || strcmp(f->status, "party") != 0) {
            continue;
        }
        if (f->confirmed) {
            article->binding[article->n_binding++] = f;
        } else {
            article->unsure[article->n_unsure++] = f;
        }
    }
}

static struct right_line line_of(struct arena *a, const char *countries,
                                 const struct obligation_facts *facts,
                                 const struct pack_tool *tool, const struct pack_row *row)
{
    const struct pack_tool *instruments = pack_tool_anywhere(INSTRUMENTS);
    struct right_line line = {.tool = tool,
                              .row = row,
                              .articles = ARENA_ARRAY(a, struct right_article, row->n_articles),
                              .n_articles = row->n_articles};
    for (unsigned i = 0; i < row->n_articles; i++) {
        struct right_article *article = &line.articles[i];
        article->article = &row->articles[i];
        if (article->article->instrument != NULL) {
            article->instrument = instruments == NULL
                                      ? NULL
                                      : tool_row(instruments, article->article->instrument);
            add_states(a, countries, facts, article);
        }
        line.n_binding += article->n_binding > 0;
    }
    return line;
}

// ---- where a right is used ----------------------------------------------------------------------

static bool is_named(const char *const *names, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static bool uses(const struct pack_tool *tool, const struct pack_row *row,
                 const struct right_line *right)
{
    if (is_named(row->serves, row->n_serves, right->row->id)) {
        return true;
    }
    bool refers = tool->kind == PACK_KIND_RISK_TABLE || tool->kind == PACK_KIND_ADVOCACY_TABLE;
    return refers && (is_named(row->refs, row->n_refs, right->tool->id) ||
                      is_named(row->refs, row->n_refs, right->row->id));
}

static void add_uses(struct arena *a, const struct pack_tool *const *all, size_t n_all,
                     struct right_line *line)
{
    for (int turn = 0; turn < 2; turn++) { // count, then fill
        size_t n = 0;
        for (size_t t = 0; t < n_all; t++) {
            for (unsigned i = 0; i < all[t]->n_rows; i++) {
                if (!uses(all[t], &all[t]->rows[i], line)) {
                    continue;
                }
                if (turn == 1) {
                    line->uses[n] = (struct right_use){all[t], &all[t]->rows[i]};
                }
                n++;
            }
        }
        line->n_uses = n;
        if (turn == 0) {
            line->uses = ARENA_ARRAY(a, struct right_use, n + 1);
        }
    }
}

void obligation_rights_make(struct arena *a, const char *countries,
                            const struct obligation_facts *facts, const char *const *tools,
                            size_t n_tools, bool with_uses, struct right_list *out)
{
    const struct pack *pack = pack_find(PACK_DEFAULT);
    size_t n_all = 0, most = 0;
    const struct pack_tool *const *all = pack == NULL ? NULL : pack_tools(pack, &n_all);
    for (size_t t = 0; t < n_all; t++) {
        most += all[t]->n_rows;
    }
    *out = (struct right_list){.lines = ARENA_ARRAY(a, struct right_line, most + 1)};
    for (size_t t = 0; t < n_all; t++) {
        if (tools != NULL && !is_named(tools, n_tools, all[t]->id)) {
            continue;
        }
        for (unsigned i = 0; i < all[t]->n_rows; i++) {
            const struct pack_row *row = &all[t]->rows[i];
            if (row->n_articles == 0) {
                continue;
            }
            struct right_line *line = &out->lines[out->n++];
            *line = line_of(a, countries, facts, all[t], row);
            if (with_uses) {
                add_uses(a, all, n_all, line);
            }
            out->n_bound += line->n_binding > 0;
        }
    }
}
