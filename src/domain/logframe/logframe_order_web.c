// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_order_web.c: the order of results and indicators, by buttons or by drag (assets/drag.js).

#include <string.h>

#include "base/bug.h"
#include "base/buf.h"
#include "base/limits.h"
#include "logframe/logframe_order.h"
#include "logframe/logframe_order.html.h"
#include "logframe/logframe_table.h"
#include "logframe/logframe_web.h"
#include "programme/programme_web.h"
#include "result/result.h"
#include "result/result_words.h"
#include "store/store.h"

static const char *const ways[] = {
    [LOGFRAME_UP] = "up", [LOGFRAME_DOWN] = "down", [LOGFRAME_BEFORE] = "before", [LOGFRAME_AFTER] = "after"};

// ---- the page -----------------------------------------------------------------------------------

static void fill_line(struct req *r, const struct logframe *l, const struct record *x, struct logframe_order_line *out)
{
    bool moved = strcmp(req_query(r, "moved"), x->id) == 0;
    bool went_down = strcmp(req_query(r, "by"), ways[LOGFRAME_DOWN]) == 0;
    out->id = x->id;
    out->code = record_text(x, "code");
    out->up = logframe_may_go(r->arena, l, x, LOGFRAME_UP);
    out->down = logframe_may_go(r->arena, l, x, LOGFRAME_DOWN);
    out->focus_up = moved && out->up && (!went_down || !out->down);
    out->focus_down = moved && out->down && !out->focus_up;
}

static size_t fill_lines(struct req *r, const struct logframe *l, struct logframe_order_line *lines)
{
    size_t n = 0;
    for (size_t i = 0; i < l->n_rows; i++) {
        const struct logframe_row *row = &l->rows[i];
        int indent = row->depth > 3 ? 3 : row->depth;
        if (row->result != NULL) {
            lines[n] = (struct logframe_order_line){.level = logframe_level_name(r->lang, l->programme, row->level),
                                                    .words = record_text(row->result, "statement"),
                                                    .kind = record_text(row->result, "level"),
                                                    .indent = indent};
            fill_line(r, l, row->result, &lines[n++]);
        }
        for (size_t k = 0; k < row->n_measures; k++) {
            lines[n] = (struct logframe_order_line){.level = tr(r->lang, MSG("Indicator")),
                                                    .words = record_text(row->measures[k].record, "title"),
                                                    .kind = "indicator",
                                                    .indent = indent,
                                                    .is_indicator = true};
            fill_line(r, l, row->measures[k].record, &lines[n]);
            lines[n++].code = result_short_code(row->measures[k].record);
        }
    }
    return n;
}

static enum err order_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct logframe l;
    size_t n_crumbs, n = 0;
    enum err err = logframe_load(r->db, r->arena, r->programme, NULL, &l, e);
    if (err != ERR_NONE) {
        return err;
    }
    for (size_t i = 0; i < l.n_rows; i++) {
        n += 1 + l.rows[i].n_measures;
    }
    struct logframe_order_line *lines = ARENA_ARRAY(r->arena, struct logframe_order_line, n + 1);
    n = fill_lines(r, &l, lines);
    const struct crumb *crumbs = logframe_crumbs(r, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr_f(r->arena, r->lang, MSG("Order of the logframe of {0}"), programme_number(r), NULL),
                              .about = tr(r->lang, MSG("Put the results that serve the same result, and the indicators "
                                                       "of one result, in the order you want.")),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs});
    logframe_order_html(&h, &(struct logframe_order_view){.action = logframe_address(r, "/order"),
                                                          .back = logframe_address(r, ""),
                                                          .lines = lines,
                                                          .n_lines = n});
    return page_end(&h, e);
}

// ---- a move -------------------------------------------------------------------------------------

struct asked {
    enum logframe_where where;
    const char *what, *onto; // ids; onto NULL without one
};

// "up ID", "before ID ID".
static bool read_move(struct arena *a, const char *text, struct asked *out)
{
    const char *first = strchr(text, ' ');
    const char *second = first == NULL ? NULL : strchr(first + 1, ' ');
    if (first == NULL) {
        return false;
    }
    *out = (struct asked){.where = COUNT_OF(ways),
                          .what = second == NULL ? first + 1 : arena_copy_n(a, first + 1, (size_t)(second - first - 1)),
                          .onto = second == NULL ? NULL : second + 1};
    for (size_t i = 0; i < COUNT_OF(ways); i++) {
        if (strcmp(ways[i], arena_copy_n(a, text, (size_t)(first - text))) == 0) {
            out->where = (enum logframe_where)i;
        }
    }
    bool steps = out->where == LOGFRAME_UP || out->where == LOGFRAME_DOWN;
    return out->where < COUNT_OF(ways) && steps == (out->onto == NULL);
}

// All in one transaction; *versions: of all changes, for undo.
static enum err save(struct req *r, const struct logframe_move *m, const char **versions, struct err_info *e)
{
    struct store_tx *tx;
    struct actor actor = req_actor(r);
    struct buf undo;
    buf_init(&undo, r->arena, LIMIT_REPLY_BYTES);
    enum err err = store_begin(r->store, &actor, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    for (size_t i = 0; err == ERR_NONE && i < m->n_changed; i++) {
        err = store_save(tx, r->arena, m->changed[i], e);
        buf_printf(&undo, "%s%s", i == 0 ? "" : " ", m->changed[i]->version);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    *versions = undo.data;
    return store_commit(tx, e);
}

static enum err order_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct logframe l;
    struct logframe_move m;
    struct asked asked;
    const char *versions = NULL;
    if (!read_move(r->arena, req_posted(r, "move"), &asked)) {
        return err_set(e, ERR_INPUT, NULL, MSG("This is no move."), MSG("Use the buttons beside each line."), NULL);
    }
    enum err err = logframe_load(r->db, r->arena, r->programme, NULL, &l, e);
    if (err == ERR_NONE) {
        err = logframe_move(r->arena, &l, asked.where, asked.what, asked.onto, &m, e);
    }
    if (err == ERR_NONE && m.n_changed > 0) {
        err = save(r, &m, &versions, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    reply_flash(p, tr_f(r->arena, r->lang, MSG("{0} is now number {1} of {2}."),
                        m.record->entity == &entity_indicator ? result_short_code(m.record) : record_text(m.record, "code"),
                        arena_printf(r->arena, "%zu", m.place), arena_printf(r->arena, "%zu", m.of), NULL),
                versions);
    // no #: it would win over autofocus
    const char *here = arena_printf(r->arena, "%s%s", logframe_address(r, "/order"),
                                    url_make(r->arena, "?moved={0}&by={1}", m.record->id, ways[asked.where], NULL));
    p->status = 303;
    p->location = programme_back(r, here);
    return ERR_NONE;
}

static const struct field order_fields[] = {
    {.name = "move", .label = MSG("Move"), .type = FIELD_TEXT, .data_class = CLASS_C1, .required = true, .max = 64},
};

const struct route route_logframe_order = {
    .path = "/programmes/{programme}/logframe/order",
    .needs = MAY_WRITE,
    .get = order_get,
    .post = order_post,
    .fields = order_fields,
    .n_fields = COUNT_OF(order_fields),
    .title = MSG("Order of the logframe"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_PLAN,
};
