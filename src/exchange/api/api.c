// SPDX-License-Identifier: AGPL-3.0-or-later
//
// api.c: see api.h.

#include "exchange/api/api.h"

#include <string.h>

#include "base/bug.h"

enum err api_kind(struct req *r, const struct entity **kind, struct err_info *e)
{
    ensure(r->who != NULL); // the routes ask for somebody; NULL would be the owner of the workspace
    const char *name = req_capture(r, "kind");
    *kind = model_find(name);
    if (*kind == NULL || ((*kind)->admin_only && !identity_may(r->who, MAY_ADMINISTER, NULL))) {
        return err_set(e, ERR_NOT_FOUND, "kind", MSG("There is no kind of record “{0}”."),
                       MSG("“/api/v1/openapi.json” lists the kinds."), name, NULL);
    }
    return ERR_NONE;
}

enum err api_if_match(struct req *r, const char **version, struct err_info *e)
{
    const char *line = req_header(r, "If-Match");
    size_t len = strlen(line);
    *version = NULL;
    if (len == 0) {
        return ERR_NONE;
    }
    if (strcmp(line, "*") == 0) {
        *version = line;
        return ERR_NONE;
    }
    if (len < 3 || line[0] != '"' || line[len - 1] != '"' ||
        memchr(line + 1, '"', len - 2) != NULL) {
        return err_set(e, ERR_INPUT, "If-Match", MSG("If-Match names one version in quotes."),
                       MSG("Send the ETag as it was received."), NULL);
    }
    *version = arena_copy_n(r->arena, line + 1, len - 2);
    return ERR_NONE;
}

void api_blame_field(struct err_info *e)
{
    static const char one[] = "record 1";
    size_t len = sizeof one - 1;
    if (strncmp(e->field, one, len) != 0 || (e->field[len] != '\0' && e->field[len] != ',')) {
        return;
    }
    const char *rest = e->field[len] == ',' ? e->field + len + 2 : "";
    memmove(e->field, rest, strlen(rest) + 1);
}

const char *api_address(struct arena *a, const char *kind, const char *id)
{
    return url_make(a, "/api/v1/{0}/{1}", kind, id, NULL);
}

void api_json(struct reply *p, struct json_out *j)
{
    p->type = "application/json";
    json_begin(j, &p->body, true);
}
