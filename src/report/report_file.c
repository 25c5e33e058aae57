// SPDX-License-Identifier: AGPL-3.0-or-later
//
// report_file.c: see report_file.h.

#include "report/report_file.h"

#include <string.h>

#include "access/access.h"
#include "base/date.h"
#include "os/clock.h"
#include "report/draw.h"

#define OFFICE "application/vnd.openxmlformats-officedocument."

static const struct report_file files[] = {
    {"html", "text/html; charset=utf-8"},
    {"pdf", "application/pdf"},
    {"docx", OFFICE "wordprocessingml.document"},
    {"xlsx", OFFICE "spreadsheetml.sheet"},
    {"md", "text/markdown; charset=utf-8"},
};

enum err report_file_format(const char *name, struct report_file *out, struct err_info *e)
{
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        if (strcmp(files[i].ending, name) == 0) {
            *out = files[i];
            return ERR_NONE;
        }
    }
    return err_set(e, ERR_INPUT, "format", MSG("There is no format “{0}”."),
                   MSG("Choose html, pdf, docx, xlsx or md."), name, NULL);
}

enum err report_file_draw(struct arena *a, const struct report *r, const struct report_file *file,
                          struct buf *out, struct err_info *e)
{
    const char *bytes = NULL;
    size_t len = 0;
    enum err err = ERR_NONE;
    if (strcmp(file->ending, "html") == 0) {
        report_html_page(out, r);
    } else if (strcmp(file->ending, "md") == 0) {
        report_markdown(out, r);
    } else if (strcmp(file->ending, "pdf") == 0) {
        err = report_pdf(a, r, &bytes, &len, e);
    } else if (strcmp(file->ending, "docx") == 0) {
        err = report_docx(a, r, &bytes, &len, e);
    } else {
        err = report_xlsx(a, r, &bytes, &len, e);
    }
    buf_add(out, bytes, len);
    return err;
}

enum err report_send(struct req *r, struct reply *p, const struct report *report,
                     const struct report_file *file, const char *name, const char *about, struct err_info *e)
{
    enum err err = report_file_draw(r->arena, report, file, &p->body, e);
    if (err == ERR_NONE && about != NULL) {
        err = req_note_export(r, about, e);
    }
    if (err == ERR_NONE) {
        reply_file(p, file->media_type, arena_printf(r->arena, "%s.%s", name, file->ending));
    }
    return err;
}

enum err report_begin(struct arena *a, struct db_read *db, const struct lang *lang,
                      const char *title, struct report **out, struct err_info *e)
{
    char now[25];
    bool demo;
    struct report *r = *out = report_new(a, lang, title);
    time_to_text(clock_now_ms(), now);
    r->made_at = tr_f(a, lang, MSG("{0}, {1} UTC"),
                      date_for_people(a, lang, arena_copy_n(a, now, 10)),
                      arena_copy_n(a, now + 11, 5), NULL);
    r->made_at_iso = arena_printf(a, "%.19sZ", now);
    if (db == NULL) {
        return ERR_NONE;
    }
    r->classification = tr(lang, MSG("Internal: not for publication"));
    enum err err = access_is_demo(db, a, &demo, e);
    if (err == ERR_NONE && demo) {
        r->sample = tr(lang, MSG("Sample data: invented"));
    }
    return err;
}
