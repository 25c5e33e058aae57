// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_history_web.c: /library/{pack}/{tool}/history: who changed what of a tool of the office, row by
// row. The log holds the whole file before and after; here it is said in words.

#include <jansson.h>
#include <string.h>

#include "html/record.h"
#include "pack/pack_history.html.h"
#include "pack/pack_own_web.h"

#define CHANGES_SHOWN 50

// A state of the file: what one change left is what the next one found, so it is read once.
struct state {
    const char *text;
    const struct pack_tool *tool;
};

// The file before (0) or after (1) a change; the tool is NULL when there was none.
static struct state side_of(struct req *r, const json_t *fields, size_t side, const struct state *known)
{
    const char *text = json_string_value(json_array_get(json_object_get(fields, "text"), side));
    if (text == NULL || (known->text != NULL && strcmp(known->text, text) == 0)) {
        return text == NULL ? (struct state){0} : *known;
    }
    text = arena_copy(r->arena, text);
    return (struct state){text, pack_draft_read(r->arena, text, strlen(text))};
}

// known: what the newer change found, then what this one did.
static void fill_lines(struct req *r, const struct change *c, struct state *known,
                       struct tool_change *out)
{
    json_t *fields = json_loads(c->fields, 0, NULL);
    const struct pack_tool *after = side_of(r, fields, 1, known).tool;
    *known = side_of(r, fields, 0, known);
    json_decref(fields);
    const struct pack_tool *before = known->tool;
    size_t n = 0;
    const struct pack_done *done =
        before == NULL || after == NULL ? NULL : draft_changes(r->arena, before, after, &n);
    out->lines = ARENA_ARRAY(r->arena, const char *, n + 1);
    for (size_t i = 0; i < n; i++) {
        out->lines[out->n_lines++] =
            done[i].id == NULL ? tr(r->lang, done[i].what)
                               : tr_f(r->arena, r->lang, done[i].what, done[i].id, NULL);
    }
    if (before == NULL || after == NULL) {
        out->lines[out->n_lines++] = after == NULL ? tr(r->lang, MSG("The tool was taken away"))
                                                   : tr(r->lang, MSG("The tool was put in"));
    }
}

// Who made the changes; fifty of them need two statements.
static enum err people_load(struct req *r, const struct change *changes, size_t n,
                            struct record ***out, size_t *n_out, struct err_info *e)
{
    const char **ids = ARENA_ARRAY(r->arena, const char *, n + 1);
    for (size_t i = 0; i < n; i++) {
        ids[i] = changes[i].actor;
    }
    return store_get_many(r->db, r->arena, model_find("user"), ids, n, out, n_out, e);
}

static const char *who_of(struct req *r, const struct change *c, struct record *const *people, size_t n)
{
    const char *who = strcmp(c->actor, "owner") == 0 ? tr(r->lang, MSG("Command line"))
                                                     : tr(r->lang, MSG("Somebody who was removed"));
    for (size_t i = 0; i < n; i++) {
        who = strcmp(people[i]->id, c->actor) == 0 ? record_title(people[i]) : who;
    }
    return who;
}

static enum err history_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct own_tool t;
    struct change *changes;
    struct record **people;
    struct state known = {0};
    size_t n, n_people, n_crumbs;
    enum err err = own_tool_load(r, &t, e);
    if (err == ERR_NONE) {
        err = store_history(r->db, r->arena, "pack_file", t.file->id, CHANGES_SHOWN, &changes, &n, e);
    }
    if (err == ERR_NONE) {
        err = people_load(r, changes, n, &people, &n_people, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const struct crumb *crumbs = own_tool_crumbs(r, &t, true, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr_f(r->arena, r->lang, MSG("History of “{0}”"), t.draft->title, NULL),
                              .about = tr(r->lang, MSG("Who changed what, the newest first.")),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs});
    struct pack_history_view v = {.back = r->path,
                                  .changes = ARENA_ARRAY(r->arena, struct tool_change, n + 1)};
    for (size_t i = 0; i < n; i++) {
        struct tool_change *c = &v.changes[v.n_changes++];
        *c = (struct tool_change){
            .hash = changes[i].hash,
            .wall = changes[i].wall,
            .when = record_moment(&h, changes[i].wall),
            .who = who_of(r, &changes[i], people, n_people),
            .reason = changes[i].reason == NULL ? "" : changes[i].reason,
            .may_undo = i == 0 && strcmp(changes[i].op, "update") == 0,
        };
        fill_lines(r, &changes[i], &known, c);
    }
    pack_history_html(&h, &v);
    return page_end(&h, e);
}

const struct route pack_history_page = {
    .path = "/library/{pack}/{tool}/history",
    .needs = MAY_ADMINISTER,
    .get = history_get,
    .title = MSG("History of this tool"),
    .menu = MENU_LIBRARY,
};
