// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_sheet_web.c: see programme_sheet_web.h.

#include "programme/programme_sheet_web.h"

#include "os/clock.h"

enum err programme_send_sheet(struct req *r, struct reply *p, const struct sheet *s,
                              const char *name, const char *about, struct err_info *e)
{
    const char *format = req_query(r, "format");
    char today[11];
    if (!sheet_knows(format)) {
        return err_set(e, ERR_INPUT, "format", MSG("There is no such format."),
                       MSG("Choose csv or xlsx."), NULL);
    }
    struct sheet whole = *s;
    whole.foot = req_foot(r);
    enum err err = sheet_write(r->arena, &whole, format, &p->body, e);
    if (err == ERR_NONE) {
        err = req_note_export(r, about, e);
    }
    if (err == ERR_NONE) {
        clock_today(today);
        reply_file(p, sheet_media_type(format),
                   arena_printf(r->arena, "%s-%s.%s", name, today, format));
    }
    return err;
}
