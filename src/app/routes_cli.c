// SPDX-License-Identifier: AGPL-3.0-or-later
//
// routes_cli.c: the command `routes`: every address of the program and the right that it asks for. The
// matrix test of tests/access reads it, so that no route escapes the test.

#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "format/json/json_write.h"
#include "http/http.h"

static const char *verb_name(unsigned verb)
{
    static const struct {
        unsigned verb;
        const char *name;
    } names[] = {
        {MAY_PUBLIC, "public"}, {MAY_SIGNED_IN, "signed-in"}, {MAY_READ, "read"},
        {MAY_WRITE, "write"},   {MAY_APPROVE, "approve"},     {MAY_EXPORT, "export"},
        {MAY_GRANT, "grant"},   {MAY_ADMINISTER, "administer"},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (names[i].verb == verb) {
            return names[i].name;
        }
    }
    return "?";
}

// What a method needs, NULL when the route has no such method.
static const char *get_needs(const struct route *r)
{
    return r->get != NULL ? verb_name(r->needs) : NULL;
}
static const char *post_needs(const struct route *r)
{
    return r->post != NULL ? verb_name(r->post_needs != 0 ? r->post_needs : r->needs) : NULL;
}

static void put(struct json_out *j, const char *name, const char *text)
{
    json_put_name(j, name);
    if (text == NULL) {
        json_put_null(j);
    } else {
        json_put_text(j, text);
    }
}

static enum err routes_run(struct cli *c, struct err_info *e)
{
    const char *format = cli_option_of(c, "--format");
    bool json = format != NULL && strcmp(format, "json") == 0;
    if (format != NULL && !json && strcmp(format, "text") != 0) {
        return err_set(e, ERR_USAGE, NULL, MSG("There is no format “{0}”."),
                       MSG("Use text or json."), format, NULL);
    }
    size_t n;
    const struct route *const *routes = route_all(&n);
    struct json_out j;
    if (json) {
        json_begin(&j, &c->out, true);
        json_put_array(&j);
    }
    for (size_t i = 0; i < n; i++) {
        const struct route *r = routes[i];
        const char *get = get_needs(r);
        const char *post = post_needs(r);
        if (!json) {
            buf_printf(&c->out, "%-12s %-12s %s\n", get != NULL ? get : "-",
                       post != NULL ? post : "-", r->path);
            continue;
        }
        json_put_object(&j);
        json_member_text(&j, "path", r->path);
        put(&j, "get", get);
        put(&j, "post", post);
        put(&j, "edits", r->edits);
        json_member_bool(&j, "uploads", r->uploads);
        json_put_object_end(&j);
    }
    if (json) {
        json_put_array_end(&j);
        json_end(&j);
    }
    return ERR_NONE;
}

const struct command cmd_routes = {
    .name = "routes",
    .usage = "routes [--format text|json]",
    .about = MSG("lists every address and the right it asks for: GET, POST, path"),
    .options = (const struct cli_option[]){{"--format", "FORMAT", MSG("text or json"), false}, {0}},
    .run = routes_run,
};
