// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_profile_import_web.c: values of country profiles from a CSV file, in three steps: send it, see
// row by row what would happen, save. Nothing is kept between the steps but the text itself, which goes
// along in the form.

#include <string.h>

#include "assessment/assessment_profile_import.h"
#include "assessment/assessment_profile_import.html.h"
#include "assessment/assessment_profile_web.h"
#include "base/bug.h"
#include "place/place.h"

// More rows than these are counted, not shown.
#define MOST_SHOWN 500

static const struct {
    const char *look, *label;
} verdicts[] = {
    [IMPORT_NEW] = {"progress", MSG("New")},
    [IMPORT_CHANGED] = {"warn", MSG("Changed")},
    [IMPORT_SAME] = {"none", MSG("Already there")},
    [IMPORT_REFUSED] = {"risk", MSG("Refused")},
};

static const char example[] =
    "country,row,year,value,female,male,source\n"
    "KE,2.1-F03,2022,54027000,,,World Population Prospects\n"
    "KEN,Life expectancy at birth,2021,61.4,64.1,58.9,UNDP\n"
    "Namibia,F16,2023,,,,\n";

static const char *value_words(struct req *r, const struct import_line *line)
{
    const char *text = line->entry.value;
    return line->row == NULL || text[0] == '\0' ? text : profile_words(r->arena, r->lang, line->row, text);
}

static struct import_row row_of(struct req *r, const struct pack_tool *tool,
                                const struct import_line *line)
{
    const char *country = line->country == NULL ? NULL : country_name(line->country);
    const struct assessment_answer split = {.female = line->entry.female,
                                            .male = line->entry.male};
    const char *none = tr(r->lang, MSG("nothing"));
    return (struct import_row){
        .number = line->number,
        .look = verdicts[line->verdict].look,
        .verdict = tr(r->lang, verdicts[line->verdict].label),
        .country = country == NULL ? line->given_country : tr(r->lang, country),
        .field = line->row == NULL ? line->given_row : checklist_row_words(r, tool, line->row),
        .id = line->row == NULL ? "" : line->row->id,
        .year = line->given_year,
        .value = value_words(r, line),
        .sex = line->row == NULL ? NULL : profile_sex_words(r, line->row, &split),
        .source = line->entry.source,
        .before = line->verdict != IMPORT_CHANGED       ? NULL
                  : line->before->value[0] == '\0' ? none
                                                   : profile_words(r->arena, r->lang, line->row,
                                                                   line->before->value),
        .why = line->why,
    };
}

// Refused rows first, then the rest in the order of the file.
static void fill_rows(struct req *r, const struct profile_import *im,
                      struct assessment_profile_import_view *v)
{
    struct import_row *rows = ARENA_ARRAY(r->arena, struct import_row, MOST_SHOWN);
    for (int others = 0; others < 2; others++) {
        for (size_t i = 0; i < im->n && v->n_rows < MOST_SHOWN; i++) {
            if ((im->lines[i].verdict != IMPORT_REFUSED) == (others == 1)) {
                rows[v->n_rows++] = row_of(r, im->tool, &im->lines[i]);
            }
        }
    }
    v->rows = rows;
    if (im->n > v->n_rows) {
        v->more = tr_f(r->arena, r->lang, MSG("Only the first {0} of {1} rows are shown."),
                       arena_printf(r->arena, "%zu", v->n_rows),
                       arena_printf(r->arena, "%zu", im->n), NULL);
    }
}

static enum err show(struct req *r, struct reply *p, const char *text,
                     const struct profile_import *im, const struct err_info *wrong,
                     const char *changed, struct err_info *e)
{
    struct arena *a = r->arena;
    struct assessment_profile_import_view v = {
        .text = text, .im = im, .changed = changed, .example = example};
    if (wrong != NULL) {
        const char *hint = err_hint(a, r->lang, wrong);
        v.error = arena_printf(a, "%s %s", err_text(a, r->lang, wrong), hint == NULL ? "" : hint);
    }
    if (im != NULL) {
        fill_rows(r, im, &v);
        v.n_good = im->counts[IMPORT_NEW] + im->counts[IMPORT_CHANGED];
        v.summary = tr_f(a, r->lang,
                         MSG("{0} new, {1} changed, {2} already there, {3} refused, {4} without a "
                             "value."),
                         arena_printf(a, "%zu", im->counts[IMPORT_NEW]),
                         arena_printf(a, "%zu", im->counts[IMPORT_CHANGED]),
                         arena_printf(a, "%zu", im->counts[IMPORT_SAME]),
                         arena_printf(a, "%zu", im->counts[IMPORT_REFUSED]),
                         arena_printf(a, "%zu", im->n_empty), NULL);
    }
    struct html h;
    page_begin(&h, r, p,
               &(struct page){
                   .title = tr(r->lang, MSG("Import values for country profiles")),
                   .about = tr(r->lang, MSG("From a table in CSV. You see row by row what would "
                                            "happen; nothing is saved before you say so.")),
                   .crumbs = (struct crumb[]){{tr(r->lang, MSG("Countries")), "/countries"}},
                   .n_crumbs = 1});
    assessment_profile_import_html(&h, &v);
    return page_end(&h, e);
}

static enum err import_get(struct req *r, struct reply *p, struct err_info *e)
{
    return show(r, p, "", NULL, NULL, NULL, e);
}

// What was sent, as a text that ends in a zero byte: the file, else what was pasted.
static const char *text_of(struct req *r)
{
    const struct upload *file = req_upload(r, "file");
    return file != NULL && file->len > 0 ? arena_copy_n(r->arena, file->bytes, file->len)
                                         : req_posted(r, "text");
}

static enum err save(struct req *r, struct reply *p, const char *text, struct err_info *e)
{
    struct profile_import im;
    struct store_tx *tx;
    struct actor who = req_actor(r);
    enum err err =
        store_begin(r->store, &who, tr(r->lang, MSG("imported from a table")), &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = profile_import_read(store_tx_read(tx), r->arena, r->lang, r->who, profile_this_year(),
                              text, strlen(text), &im, e);
    bool as_seen = err == ERR_NONE && strcmp(im.mark, req_posted(r, "mark")) == 0;
    if (as_seen) {
        err = profile_import_save(tx, r->arena, &im, e);
    }
    if (err != ERR_NONE || !as_seen) {
        store_rollback(tx);
        return err != ERR_NONE
                   ? err
                   : show(r, p, text, &im, NULL,
                          tr(r->lang, MSG("The profiles were changed since you looked. Look once "
                                          "more, then save.")),
                          e);
    }
    err = store_commit(tx, e);
    if (err == ERR_NONE) {
        reply_flash(p,
                    tr_n(r->arena, r->lang, MSG("One value was saved."),
                         MSG("{0} values were saved."),
                         (int64_t)(im.counts[IMPORT_NEW] + im.counts[IMPORT_CHANGED])),
                    NULL);
        reply_redirect(r, p, "/countries", NULL);
    }
    return err;
}

static enum err import_post(struct req *r, struct reply *p, struct err_info *e)
{
    const char *text = text_of(r);
    const char *go = req_posted(r, "go");
    struct profile_import im;
    struct err_info wrong;
    enum err err = profile_import_read(r->db, r->arena, r->lang, r->who, profile_this_year(), text,
                                       strlen(text), &im, &wrong);
    if (err == ERR_INPUT || err == ERR_USAGE || err == ERR_TOO_LARGE) {
        p->status = 422;
        return show(r, p, text, NULL, &wrong, NULL, e);
    }
    if (err != ERR_NONE) {
        *e = wrong;
        return err;
    }
    if (strcmp(go, "refused") == 0) {
        reply_file(p, "text/csv; charset=utf-8", "refused.csv");
        profile_import_refused(&im, true, &p->body);
        return ERR_NONE;
    }
    return strcmp(go, "accept") == 0 ? save(r, p, text, e) : show(r, p, text, &im, NULL, NULL, e);
}

// Anybody may look; which rows may be saved is asked for each country.
const struct route route_country_import = {
    .path = "/countries/import",
    .needs = MAY_SIGNED_IN,
    .get = import_get,
    .post = import_post,
    .also = (const char *const[]){"text", "file", "mark", "go", NULL},
    .title = MSG("Import values for country profiles"),
    .menu = MENU_COUNTRIES,
    .uploads = true,
};
