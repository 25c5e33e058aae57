// SPDX-License-Identifier: AGPL-3.0-or-later
//
// problem.c: see problem.h. The plain page stands in where no noun draws pages yet and in tests.

#include "http/problem.h"

#include <string.h>

#include "base/bug.h"
#include "base/limits.h"

static void add_json(struct buf *b, const char *text)
{
    buf_char(b, '"');
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '"' || *p == '\\') {
            buf_char(b, '\\');
            buf_char(b, *p);
        } else if ((unsigned char)*p < 0x20) {
            buf_printf(b, "\\u%04x", (unsigned char)*p);
        } else {
            buf_char(b, *p);
        }
    }
    buf_char(b, '"');
}

static void add_html(struct buf *b, const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        switch (*p) {
        case '&':
            buf_str(b, "&amp;");
            break;
        case '<':
            buf_str(b, "&lt;");
            break;
        case '>':
            buf_str(b, "&gt;");
            break;
        case '"':
            buf_str(b, "&quot;");
            break;
        default:
            buf_char(b, *p);
        }
    }
}

static void add_member(struct buf *b, const char *name, const char *value)
{
    if (value != NULL && *value != '\0') {
        buf_printf(b, ",\"%s\":", name);
        add_json(b, value);
    }
}

// Short name of the sort of problem: what the status means.
static const char *title_of(int status)
{
    static const struct {
        int status;
        const char *title;
    } titles[] = {
        {400, MSG("The request is put wrongly")}, {401, MSG("Not signed in")},
        {403, MSG("Not allowed")},                {404, MSG("Not found")},
        {405, MSG("Not possible at this address")}, {409, MSG("Changed meanwhile")},
        {411, MSG("Length missing")},             {412, MSG("Another version")},
        {413, MSG("Too large")},                  {414, MSG("Address too long")},
        {415, MSG("Wrong kind of content")},      {421, MSG("Wrong server")},
        {422, MSG("A value was refused")},        {429, MSG("Too much at once")},
        {431, MSG("Head too large")},
    };
    for (size_t i = 0; i < COUNT_OF(titles); i++) {
        if (titles[i].status == status) {
            return titles[i].title;
        }
    }
    return MSG("Something went wrong");
}

static void write_json(struct req *r, struct reply *p, const struct err_info *e)
{
    p->type = "application/problem+json";
    buf_str(&p->body, "{\"type\":\"about:blank\",\"title\":");
    add_json(&p->body, tr(r->lang, title_of(p->status)));
    buf_printf(&p->body, ",\"status\":%d", p->status);
    add_member(&p->body, "detail", err_text(r->arena, r->lang, e));
    struct err_info look = *e;
    if (e->hint == err_look) {
        look.hint = MSG("GET /api/v1/{0} lists what there is.");
    } else if (p->status == 404 && r->route == NULL) {
        look.hint = MSG("/api/v1/openapi.json lists the addresses.");
    }
    add_member(&p->body, "hint", err_hint(r->arena, r->lang, &look));
    add_member(&p->body, "field", e->field);
    add_member(&p->body, "code", err_name(e->code));
    buf_str(&p->body, "}\n");
}

static void write_page(struct req *r, struct reply *p, const struct err_info *e)
{
    const char *text = err_text(r->arena, r->lang, e);
    const char *hint = err_hint(r->arena, r->lang, e);
    buf_printf(&p->body, "<!doctype html>\n<html lang=\"%s\"%s>\n<meta charset=\"utf-8\">\n<title>",
               r->lang->code, r->lang->right_to_left ? " dir=\"rtl\"" : "");
    add_html(&p->body, text);
    buf_str(&p->body, "</title>\n<h1>");
    add_html(&p->body, text);
    buf_str(&p->body, "</h1>\n");
    if (hint != NULL) {
        buf_str(&p->body, "<p>");
        add_html(&p->body, hint);
        buf_str(&p->body, "</p>\n");
    }
    buf_str(&p->body, "</html>\n");
}

void problem_reply(struct req *r, struct reply *p, const struct http_hooks *hooks, bool api,
                   int status, const struct err_info *e)
{
    *p = (struct reply){
        .status = status != 0 ? status : err_http_status(e->code),
        .type = "text/html; charset=utf-8",
    };
    buf_init(&p->body, r->arena, LIMIT_REPLY_BYTES);
    r->form = NULL; // an error page is not the form with its errors
    if (api) {
        write_json(r, p, e);
    } else if (hooks->error_page != NULL) {
        hooks->error_page(r, p, e);
    } else {
        write_page(r, p, e);
    }
}
