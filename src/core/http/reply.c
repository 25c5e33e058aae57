// SPDX-License-Identifier: AGPL-3.0-or-later
//
// reply.c: what handlers do to a reply. See http.h.

#include <stdarg.h>

#include "base/bug.h"
#include "http/http.h"
#include "http/url.h"

void reply_redirect(struct req *r, struct reply *p, const char *address, ...)
{
    va_list args;
    va_start(args, address);
    p->location = url_make_list(r->arena, address, args);
    va_end(args);
    if (!url_is_local(p->location)) { // an address that came from outside
        p->location = "/";
    }
    p->status = 303;
}

void reply_flash(struct reply *p, const char *translated, const char *undo_versions)
{
    p->flash = translated;
    p->undo = undo_versions;
}

void reply_file(struct reply *p, const char *media_type, const char *file_name)
{
    p->type = media_type;
    p->file_name = file_name;
}

void reply_cookie(struct reply *p, const char *cookie)
{
    ensure(p->n_set_cookies < (int)COUNT_OF(p->set_cookie));
    p->set_cookie[p->n_set_cookies++] = cookie;
}
