// SPDX-License-Identifier: AGPL-3.0-or-later
//
// files_web.c: a programme in the formats of partners: what the files hold, what a check says about them,
// and the files. Counts of people below a total are never in them.

#include <string.h>

#include "base/date.h"
#include "base/limits.h"
#include "exchange/hxl/hxl.h"
#include "exchange/iati/iati.h"
#include "exchange/iati/iati_check.h"
#include "files/files.html.h"
#include "format/xml/xml_write.h"
#include "html/page.h"
#include "os/clock.h"
#include "programme/programme.h"

static const char *now_text(struct arena *a)
{
    char text[25];
    time_to_text(clock_now_ms(), text);
    return arena_printf(a, "%.19sZ", text);
}

// The file of the programme, and what it leaves out.
static enum err make_iati(struct req *r, const struct iati_publisher *publisher, struct buf *out,
                          struct buf *notes, struct err_info *e)
{
    const struct iati_options o = {.publisher = publisher,
                                   .lang = r->lang,
                                   .now = now_text(r->arena),
                                   .equal_shares = strcmp(req_query(r, "shares"), "equal") == 0};
    struct xml_out x;
    enum err err = db_snapshot_begin(r->db, e);
    if (err != ERR_NONE) {
        return err;
    }
    iati_begin(&x, out, &o);
    err = iati_activity(r->db, r->arena, &x, r->programme, &o, notes, e);
    db_snapshot_end(r->db);
    if (err == ERR_NONE) {
        iati_finish(&x);
    }
    return err;
}

// ---- the page -------------------------------------------------------------------------------------------

static void fill_notes(struct req *r, struct buf *notes, struct files_view *v)
{
    size_t room = 1;
    for (size_t i = 0; i < notes->len; i++) {
        room += notes->data[i] == '\n';
    }
    const char **list = ARENA_ARRAY(r->arena, const char *, room);
    char *state = NULL;
    size_t skip = strlen(v->number) + 2; // "SAMPLE1: "
    for (char *line = strtok_r(notes->data, "\n", &state); line != NULL;
         line = strtok_r(NULL, "\n", &state)) {
        list[v->n_notes++] = strlen(line) > skip ? line + skip : line;
    }
    v->notes = list;
}

// A file too large to be read is not checked; the page says so and shows the rest.
static enum err fill_check(struct req *r, const struct buf *file, struct files_view *v,
                           struct err_info *e)
{
    const struct xml_node *root;
    struct err_info why;
    struct iati_report report = {
        .arena = r->arena, .lang = r->lang, .today = arena_copy_n(r->arena, now_text(r->arena), 10)};
    enum err err = buf_is_full(file) ? ERR_TOO_LARGE : xml_read(r->arena, file->data, file->len, &root, &why);
    if (err == ERR_TOO_LARGE) {
        v->unchecked = true;
        return ERR_NONE;
    }
    if (err != ERR_NONE) {
        *e = why;
        return err;
    }
    iati_check(&report, root);
    v->n_errors = iati_report_errors(&report);
    v->problems = ARENA_ARRAY(r->arena, struct file_problem, report.n + 1);
    for (size_t i = 0; i < report.n; i++) {
        const struct iati_problem *p = &report.problems[i];
        bool advice = p->sort == IATI_ADVICE;
        v->problems[v->n_problems++] = (struct file_problem){
            .look = advice ? "warn" : "risk",
            .sort = advice ? tr(r->lang, MSG("Advice")) : tr(r->lang, MSG("Error")),
            .place = p->place,
            .what = p->what,
            .mend = p->mend};
    }
    return ERR_NONE;
}

static enum err files_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct html h;
    struct iati_publisher publisher;
    struct err_info missing;
    struct buf file;
    struct buf notes;
    struct files_view v = {.number = record_text(r->programme, "number"),
                           .may_administer = identity_may(r->who, MAY_ADMINISTER, NULL),
                           .may_write = req_may(r, MAY_WRITE),
                           .several = codes_count(record_text(r->programme, "countries")) > 1 &&
                                      !record_is_set(r->programme, "country_shares")};
    enum err err =
        iati_publisher_find(r->db, r->arena, NULL, NULL, NULL, &publisher, &missing);
    if (err != ERR_NONE && err != ERR_INPUT) {
        *e = missing;
        return err;
    }
    v.ready = err == ERR_NONE;
    if (v.ready) {
        buf_init(&file, r->arena, LIMIT_REPLY_BYTES);
        buf_init(&notes, r->arena, LIMIT_TEXT_BYTES);
        err = make_iati(r, &publisher, &file, &notes, e);
        if (err == ERR_NONE) {
            err = fill_check(r, &file, &v, e);
        }
        if (err != ERR_NONE) {
            return err;
        }
        fill_notes(r, &notes, &v);
    }
    page_begin(&h, r, p,
               &(struct page){
                   .title = tr_f(r->arena, r->lang, MSG("{0} in the formats of partners"), v.number,
                                 NULL),
                   .about = tr(r->lang, MSG("Files that donors, partners and publishers read.")),
                   .crumbs = (struct crumb[]){{tr(r->lang, MSG("Programmes")), "/programmes"},
                                              {v.number, url_make(r->arena, "/programmes/{0}",
                                                                  v.number, NULL)}},
                   .n_crumbs = 2});
    files_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_partner_files = {
    .path = "/programmes/{programme}/partner-files",
    .needs = MAY_EXPORT,
    .get = files_get,
    .title = MSG("Files for partners"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_EVALUATE,
    .slow = true,
};

// ---- the files ------------------------------------------------------------------------------------------

static const char *file_name(struct req *r, const char *ending)
{
    char today[11];
    clock_today(today);
    return arena_printf(r->arena, "%s-%s.%s", record_text(r->programme, "number"), today, ending);
}

static enum err iati_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct iati_publisher publisher;
    struct buf notes;
    buf_init(&notes, r->arena, LIMIT_TEXT_BYTES);
    enum err err = iati_publisher_find(r->db, r->arena, NULL, NULL, NULL, &publisher, e);
    if (err == ERR_NONE) {
        err = make_iati(r, &publisher, &p->body, &notes, e);
    }
    if (err == ERR_NONE) {
        err = req_note_export(r, r->programme->id, e);
    }
    if (err == ERR_NONE) {
        reply_file(p, "application/xml; charset=utf-8", file_name(r, "iati.xml"));
    }
    return err;
}

const struct route route_partner_iati = {
    .path = "/programmes/{programme}/partner-files/iati",
    .needs = MAY_EXPORT,
    .get = iati_get,
    .title = MSG("IATI file"),
    .slow = true,
};

static enum err hxl_get(struct req *r, struct reply *p, struct err_info *e)
{
    char today[11];
    struct record *programme = record_copy(r->arena, r->programme);
    const struct hxl_options o = {.lang = r->lang, .today = today};
    struct buf notes;
    clock_today(today);
    buf_init(&notes, r->arena, LIMIT_TEXT_BYTES);
    enum err err = hxl_write(r->db, r->arena, &programme, 1, &o, &p->body, &notes, e);
    if (err == ERR_NONE) {
        err = req_note_export(r, r->programme->id, e);
    }
    if (err == ERR_NONE) {
        reply_file(p, "text/csv; charset=utf-8", file_name(r, "hxl.csv"));
    }
    return err;
}

const struct route route_partner_hxl = {
    .path = "/programmes/{programme}/partner-files/hxl",
    .needs = MAY_EXPORT,
    .get = hxl_get,
    .title = MSG("Table with HXL tags"),
    .slow = true,
};
