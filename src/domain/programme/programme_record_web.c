// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_record_web.c: from a kind and an id to the page that shows the record.
//
// Lists over many kinds (evidence, actions, history, notices) link here, so that they need not know
// the pages of each noun and need not load what they link to. The page is found among the routes: the
// captures of its path must be fields of the record. A kind without a page of its own leads to the
// page of what it belongs to.

#include <string.h>

#include "programme/programme.h"
#include "programme/programme_web.h"

// Value of one capture ("{risk}") for this record; NULL when the record has none.
static const char *capture_value(const struct req *r, const struct record *record, const char *name)
{
    if (strcmp(name, "programme") == 0) {
        return r->programme == NULL ? NULL : programme_number(r);
    }
    if (strcmp(name, record->entity->kind) == 0) {
        return record->id;
    }
    const char *ref = arena_printf(r->arena, "%s_id", name);
    const char *field = entity_field(record->entity, ref) != NULL    ? ref
                        : entity_field(record->entity, name) != NULL ? name
                                                                     : NULL;
    if (field == NULL || !record_is_set(record, field)) {
        return NULL;
    }
    const struct value *v = record_value(record, field);
    return v->text; // NULL for numbers
}

static bool names_record(const struct req *r, const char *path, const struct record *record)
{
    return strstr(path, arena_printf(r->arena, "{%s}", record->entity->kind)) != NULL;
}

// The address of a route for this record, when its path ends in a capture and all of them are known.
static const char *fill_path(const struct req *r, const struct record *record, const char *path)
{
    size_t len = strlen(path);
    bool own = false;
    struct buf b;
    buf_init(&b, r->arena, 4096);
    bool inside = strncmp(path, "/programmes/{programme}", 23) == 0;
    bool other = names_record(r, path, record) || strstr(path, "{country}") != NULL;
    if (path[len - 1] != '}' || strstr(path, "/records/") != NULL ||
        !(r->programme != NULL ? inside : other)) {
        return NULL;
    }
    for (const char *p = path; *p != '\0'; p++) {
        if (*p != '{') {
            buf_char(&b, *p);
            continue;
        }
        const char *name = arena_copy_n(r->arena, p + 1, strcspn(p + 1, "}"));
        const char *value = capture_value(r, record, name);
        if (value == NULL) {
            return NULL;
        }
        own = own || strcmp(name, "programme") != 0;
        buf_str(&b, url_escape(r->arena, value));
        p = strchr(p, '}');
    }
    return own ? b.data : NULL;
}

// Pages that name the record itself win over those of what it belongs to; then the shortest path.
static const char *page_of(const struct req *r, const struct record *record)
{
    size_t n;
    const struct route *const *all = route_all(&n);
    const char *best = NULL, *best_path = NULL;
    for (size_t i = 0; i < n; i++) {
        const char *path = all[i]->path;
        const char *address = all[i]->get == NULL || strncmp(path, "/api/", 5) == 0
                                  ? NULL
                                  : fill_path(r, record, path);
        if (address == NULL) {
            continue;
        }
        bool closer = best == NULL || names_record(r, path, record) > names_record(r, best_path, record);
        bool same = best != NULL && names_record(r, path, record) == names_record(r, best_path, record);
        if (closer || (same && strlen(path) < strlen(best_path))) {
            best = address;
            best_path = path;
        }
    }
    return best;
}

static const char *part_page(const struct req *r, const struct record *record)
{
    const char *page = record->entity->shown_on;
    bool leads = r->programme != NULL && page != NULL &&
                 route_has_page(arena_printf(r->arena, "/programmes/{programme}%s", page));
    return leads ? programme_address(r, page) : NULL;
}

static enum err record_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *record;
    enum err err =
        programme_load_record(r, req_capture(r, "kind"), req_capture(r, "record"), &record, e);
    // At most as many steps as records lie within each other: part, observation, indicator.
    for (int step = 0; err == ERR_NONE && step < 4; step++) {
        const char *address = part_page(r, record);
        address = address != NULL ? address : page_of(r, record);
        if (address != NULL) {
            reply_redirect(r, p, address, NULL);
            return ERR_NONE;
        }
        const char *parent = record->entity->parent_field;
        if (parent == NULL || strcmp(parent, "programme_id") == 0 || !record_is_set(record, parent)) {
            break;
        }
        err = store_get(r->db, r->arena, model_find(entity_field(record->entity, parent)->ref),
                        record_text(record, parent), &record, e);
    }
    const char *home = programme_address(r, ""), *country = "";
    if (err == ERR_NONE && home[0] == '\0') { // evidence and actions of a country have no page: what they are about has
        err = store_country_of(r->db, r->arena, record, &country, e);
        home = err != ERR_NONE || country[0] == '\0' || entity_field(record->entity, "about_id") == NULL
                   ? "/"
                   : arena_printf(r->arena, "%s%s", url_make(r->arena, "/countries/{0}", country, NULL),
                                  url_make(r->arena, "/records/{0}/{1}", record_text(record, "about_kind"),
                                           record_text(record, "about_id"), NULL));
    }
    if (err == ERR_NONE) {
        reply_redirect(r, p, home, NULL);
    }
    return err;
}

const struct route programme_record_page = {
    .path = "/programmes/{programme}/records/{kind}/{record}",
    .needs = MAY_READ,
    .get = record_get,
    .title = MSG("Find a record"),
    .menu = MENU_PROGRAMMES,
};

const struct route organisation_record_page = {
    .path = "/records/{kind}/{record}",
    .needs = MAY_READ,
    .get = record_get,
    .title = MSG("Find a record"),
};

const struct route country_record_page = {
    .path = "/countries/{country}/records/{kind}/{record}",
    .needs = MAY_READ,
    .get = record_get,
    .title = MSG("Find a record"),
    .menu = MENU_COUNTRIES,
};
