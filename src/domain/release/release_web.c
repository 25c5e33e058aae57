// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_web.c: see release_web.h.

#include "release/release_web.h"

#include <string.h>

#include "base/date.h"
#include "place/place.h"
#include "programme/programme_web.h"
#include "release/release_share.h"
#include "result/result_split.h"

const char *release_address(struct req *r, const struct record *x, const char *rest)
{
    return arena_printf(r->arena, "%s%s", url_make(r->arena, "/releases/{0}", record_text(x, "code"), NULL), rest);
}

const char *release_step_address(struct req *r, const char *programme, const struct record *x, const char *rest)
{
    return arena_printf(r->arena, "%s%s",
                        url_make(r->arena, "/programmes/{0}/releases/{1}", programme, record_text(x, "code"), NULL),
                        rest);
}

const struct crumb *release_crumbs(struct req *r, size_t *n)
{
    struct crumb *c = ARENA_ARRAY(r->arena, struct crumb, 1);
    c[0] = (struct crumb){tr(r->lang, MSG("Releases")), "/releases"};
    *n = 1;
    return c;
}

const char *release_look_of(const struct record *x)
{
    return release_is(x, "published")                                ? "done"
           : release_is(x, "audited")                                ? "progress"
           : release_is(x, "withdrawn") || release_is(x, "refused") ? "warn"
                                                                     : "none";
}

const char *release_word(struct req *r, const struct record *x, const char *field)
{
    return tr(r->lang, field_choice_label(entity_field(&entity_release, field), record_text(x, field)));
}

bool release_may(const struct req *r, enum verb verb, const struct record *x)
{
    return identity_may(r->who, verb, record_text(x, "programme_id"));
}

bool release_works(const struct req *r, const struct record *x)
{
    return identity_works(r->who, record_text(x, "programme_id"));
}

enum err release_of_path(struct req *r, bool public, struct record **out, struct err_info *e)
{
    enum err err = store_get(r->db, r->arena, &entity_release, req_capture(r, "release"), out, e);
    if (err != ERR_NONE) {
        return err == ERR_NOT_FOUND ? programme_not_found(e) : err;
    }
    bool here = r->programme == NULL || strcmp(record_text(*out, "programme_id"), r->programme->id) == 0;
    bool published = release_is(*out, "published");
    bool may = public ? published && release_class_is_public(record_text(*out, "class"))
                      : published || release_works(r, *out);
    return here && may ? ERR_NONE : programme_not_found(e);
}

// ---- words --------------------------------------------------------------------------------------------------

const char *release_dimension_words(struct req *r, const char *name)
{
    return strcmp(name, RELEASE_PERIOD) == 0 ? tr(r->lang, MSG("Period"))
           : strcmp(name, "country") == 0    ? tr(r->lang, MSG("Country"))
                                             : characteristic_title(r->lang, name);
}

// "1 Jan 2025 – 30 Jun 2025" of "2025-01-01/2025-06-30".
static const char *days_words(struct req *r, const char *label)
{
    if (strlen(label) != 21) {
        return label;
    }
    return arena_printf(r->arena, "%s – %s", date_for_people(r->arena, r->lang, arena_copy_n(r->arena, label, 10)),
                        date_for_people(r->arena, r->lang, label + 11));
}

const char *release_category_words(struct req *r, const char *dimension, const char *category)
{
    const struct characteristic *c = characteristic_find(dimension);
    if (strcmp(category, RELEASE_TOTAL) == 0) {
        return tr(r->lang, MSG("All"));
    }
    if (strcmp(category, RELEASE_NOT_KNOWN) == 0) {
        return tr(r->lang, MSG("Not known"));
    }
    if (strcmp(dimension, RELEASE_SHARE) == 0) {
        return tr(r->lang, strcmp(category, RELEASE_PART) == 0 ? MSG("Part") : MSG("Rest"));
    }
    if (strcmp(dimension, RELEASE_PERIOD) == 0) {
        return days_words(r, category);
    }
    if (strcmp(dimension, "country") == 0) {
        return country_name(category) == NULL ? category : tr(r->lang, country_name(category));
    }
    for (size_t i = 0; c != NULL && i < c->n_values; i++) {
        if (strcmp(c->values[i].code, category) == 0) {
            return tr(r->lang, c->values[i].label);
        }
    }
    return category; // joined: "18+"
}

const char *release_by_words(struct req *r, const char *split_by)
{
    const char *words = "";
    for (const char *at = split_by; *at != '\0';) {
        size_t len = strcspn(at, ",");
        const char *name = arena_copy_n(r->arena, at, len);
        if (strcmp(name, RELEASE_SHARE) != 0) { // the title says what is shared
            words = arena_printf(r->arena, "%s%s%s", words, words[0] == '\0' ? "" : " × ",
                                 release_dimension_words(r, name));
        }
        at += len;
        at += *at == ',';
    }
    return words[0] == '\0' ? tr(r->lang, MSG("All people together")) : words;
}

const char *release_given_up_words(struct req *r, const char *collapsed)
{
    const char *words = "";
    for (const char *at = collapsed; *at != '\0';) {
        size_t len = strcspn(at, ";");
        size_t name = strcspn(at, ":");
        bool joined = len > name && strncmp(at + name, ": grouped", 9) == 0;
        words = arena_printf(r->arena, "%s%s%s: %s", words, at == collapsed ? "" : "; ",
                             release_dimension_words(r, arena_copy_n(r->arena, at, name < len ? name : len)),
                             tr(r->lang, joined ? MSG("joined into larger groups") : MSG("left out")));
        at += len;
        at += strspn(at, "; ");
    }
    return words;
}
