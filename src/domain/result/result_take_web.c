// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_take_web.c: values from a CSV or XLSX table, in three steps: send it, see line by line what would happen,
// save what is right. Nothing is kept between the steps but the table itself, which goes along in the form.

#include <string.h>

#include "base/bug.h"
#include "format/csv/csv_read.h"
#include "format/sheet/sheet.h"
#include "html/html.h"
#include "programme/programme_web.h"
#include "result/result_take.h"
#include "result/result_take.html.h"
#include "result/result_web.h"
#include "store/store.h"

// More lines than these are counted, not shown.
#define MOST_SHOWN 300

static const struct {
    const char *look, *label;
} verdicts[TAKE_VERDICTS] = {
    [TAKE_NEW] = {"progress", MSG("New")},
    [TAKE_CHANGED] = {"warn", MSG("Changed")},
    [TAKE_SAME] = {"none", MSG("Already there")},
    [TAKE_REFUSED] = {"risk", MSG("Refused")},
};

static const char *number(struct req *r, size_t n)
{
    return arena_printf(r->arena, "%zu", n);
}

static void fill_lines(struct req *r, const struct result_take *t, struct result_take_view *v)
{
    v->heading = t->heading;
    v->n_heading = (size_t)t->n_heading;
    v->lines = ARENA_ARRAY(r->arena, struct shown_line, MOST_SHOWN);
    for (int others = 0; others < 2; others++) { // refused ones first
        for (size_t i = 0; i < t->n_lines && v->n_lines < MOST_SHOWN; i++) {
            const struct take_line *line = &t->lines[i];
            if ((line->verdict != TAKE_REFUSED) == (others == 1)) {
                v->lines[v->n_lines++] = (struct shown_line){.number = line->number,
                                                           .look = verdicts[line->verdict].look,
                                                           .verdict = tr(r->lang, verdicts[line->verdict].label),
                                                           .cells = line->cells,
                                                           .why = line->why};
            }
        }
    }
    v->more = t->n_rows > v->n_lines ? tr_f(r->arena, r->lang, MSG("Only {0} of {1} lines are shown."),
                                            number(r, v->n_lines), number(r, t->n_rows), NULL)
                                     : NULL;
    v->n_good = t->counts[TAKE_NEW] + t->counts[TAKE_CHANGED];
    v->n_refused = t->counts[TAKE_REFUSED];
    v->summary = tr_f(r->arena, r->lang, MSG("{0} new, {1} changed, {2} already there, {3} refused."),
                      number(r, t->counts[TAKE_NEW]), number(r, t->counts[TAKE_CHANGED]),
                      number(r, t->counts[TAKE_SAME]), number(r, t->counts[TAKE_REFUSED]), NULL);
}

static enum err show(struct req *r, struct reply *p, const char *text, const struct result_take *t,
                     const struct err_info *wrong, struct err_info *e)
{
    size_t n_crumbs;
    struct result_take_view v = {.text = text,
                                 .action = programme_address(r, "/values/import"),
                                 .cancel = programme_address(r, "/values"),
                                 .example = arena_printf(r->arena,
                                                         "indicator,period,country,sex,age,value,source\n"
                                                         "%s/I1,2026-H1,,,,54,Lists of two courses\n"
                                                         "%s/I1,2026-H1,,female,25-34,13,\n"
                                                         "%s/I1,2026-H1,,male,not_known,2,\n",
                                                         programme_number(r), programme_number(r),
                                                         programme_number(r))};
    if (wrong != NULL) {
        const char *hint = err_hint(r->arena, r->lang, wrong);
        v.error = arena_printf(r->arena, "%s %s", err_text(r->arena, r->lang, wrong), hint == NULL ? "" : hint);
    }
    if (t != NULL) {
        fill_lines(r, t, &v);
    }
    const struct crumb *crumbs = result_crumbs(r, NULL, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr_f(r->arena, r->lang, MSG("Import values of {0}"), programme_number(r),
                                            NULL),
                              .about = tr(r->lang, MSG("From a table in CSV or XLSX. You see line by line what "
                                                       "would happen; nothing is saved before you say so.")),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs});
    result_take_html(&h, &v);
    return page_end(&h, e);
}

static enum err take_get(struct req *r, struct reply *p, struct err_info *e)
{
    return show(r, p, "", NULL, NULL, e);
}

// What was sent as CSV: the file, else what was pasted.
static enum err text_of(struct req *r, const char **text, struct err_info *e)
{
    const struct upload *file = req_upload(r, "file");
    *text = req_posted(r, "text");
    return file == NULL || file->len == 0 ? ERR_NONE : sheet_csv(r->arena, file->bytes, file->len, text, e);
}

// Takes the table in; keeps it only when asked to.
static enum err take(struct req *r, const char *text, bool keep, struct result_take *t, struct err_info *e)
{
    struct store_tx *tx;
    struct actor who = req_actor(r);
    *t = (struct result_take){.arena = r->arena, .lang = r->lang, .who = r->who,
                              .programme_id = r->programme->id, .number = record_text(r->programme, "number"),
                              .most_lines = MOST_SHOWN};
    enum err err = store_begin(r->store, &who, tr(r->lang, MSG("imported from a table")), &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    t->tx = tx;
    err = result_take_csv(t, &(struct csv_from){.bytes = text, .len = strlen(text)}, e);
    if (err != ERR_NONE || !keep) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

static enum err take_post(struct req *r, struct reply *p, struct err_info *e)
{
    const char *text = "";
    const char *go = req_posted(r, "go");
    bool keep = strcmp(go, "save") == 0;
    struct result_take t;
    struct err_info wrong;
    enum err err = text_of(r, &text, &wrong);
    if (err == ERR_NONE) {
        err = take(r, text, keep, &t, &wrong);
    }
    if (err == ERR_INPUT || err == ERR_USAGE || err == ERR_TOO_LARGE) {
        p->status = 422;
        return show(r, p, text, NULL, &wrong, e);
    }
    if (err != ERR_NONE) {
        *e = wrong;
        return err;
    }
    if (strcmp(go, "refused") == 0) {
        reply_file(p, "text/csv; charset=utf-8", "refused.csv");
        result_take_refused(&t, &p->body);
        return ERR_NONE;
    }
    if (!keep) {
        return show(r, p, text, &t, NULL, e);
    }
    reply_flash(p,
                tr_n(r->arena, r->lang, MSG("One line is saved."), MSG("{0} lines are saved."),
                     (int64_t)(t.counts[TAKE_NEW] + t.counts[TAKE_CHANGED])),
                NULL);
    reply_redirect(r, p, "/programmes/{0}/values", programme_number(r), NULL);
    return ERR_NONE;
}

const struct route route_values_import = {
    .path = "/programmes/{programme}/values/import",
    .needs = MAY_WRITE,
    .get = take_get,
    .post = take_post,
    .also = (const char *const[]){"text", "file", "go", NULL},
    .title = MSG("Import values"),
    .menu = MENU_PROGRAMMES,
    .uploads = true,
};
