// SPDX-License-Identifier: AGPL-3.0-or-later
//
// record_rights.c: see record_rights.h.

#include "exchange/record/record_rights.h"

#include <string.h>

bool record_may(const struct identity *who, enum verb verb, const char *programme_id)
{
    return who == NULL || identity_may(who, verb, programme_id);
}

bool record_may_write(const struct identity *who, const struct entity *kind,
                      const char *programme_id)
{
    return kind->admin_only ? record_may(who, MAY_ADMINISTER, NULL)
                            : record_may(who, MAY_WRITE, programme_id);
}

// A notice says the number of its programme; "" in a notice about the organisation.
static enum err programme_of_notice(struct db_read *db, struct arena *a, const struct record *r,
                                    const char **programme_id, struct err_info *e)
{
    struct record *found;
    const char *number = record_text(r, "programme");
    *programme_id = NULL;
    if (number[0] == '\0') {
        return ERR_NONE;
    }
    enum err err = store_get(db, a, model_find("programme"), number, &found, e);
    if (err == ERR_NONE) {
        *programme_id = found->id;
    }
    return err;
}

enum err record_programme(struct db_read *db, struct arena *a, const struct record *r,
                          const char **programme_id, struct err_info *e)
{
    return strcmp(r->entity->kind, "notice") == 0 ? programme_of_notice(db, a, r, programme_id, e)
                                                  : store_programme_of(db, a, r, programme_id, e);
}

enum err record_visible(struct db_read *db, struct arena *a, const struct identity *who,
                        enum verb verb, const struct record *r, bool *yes, struct err_info *e)
{
    const char *programme;
    *yes = true;
    if (who == NULL) {
        return ERR_NONE;
    }
    if (r->entity->admin_only) {
        *yes = identity_may(who, MAY_ADMINISTER, NULL);
        return ERR_NONE;
    }
    enum err err = record_programme(db, a, r, &programme, e);
    if (err == ERR_NONE) {
        *yes = (programme == NULL ? identity_may_anywhere(who, verb) : identity_may(who, verb, programme)) &&
               identity_sees(who, r->entity, programme);
    }
    return err;
}

enum err record_keep_visible(struct db_read *db, struct arena *a, const struct identity *who,
                             enum verb verb, struct record **rows, size_t *n, struct err_info *e)
{
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++) {
        bool yes;
        enum err err = record_visible(db, a, who, verb, rows[i], &yes, e);
        if (err != ERR_NONE) {
            return err;
        }
        if (yes) {
            rows[kept++] = rows[i];
        }
    }
    *n = kept;
    return ERR_NONE;
}

// What was found, if it may be read.
static enum err only_visible(struct db_read *db, struct arena *a, const struct identity *who, const char *key,
                             const struct record *r, struct err_info *e)
{
    bool yes;
    enum err err = record_visible(db, a, who, MAY_READ, r, &yes, e);
    return err != ERR_NONE || yes ? err
                                  : err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no {0} “{1}”."), err_look,
                                            r->entity->kind, key, NULL);
}

enum err record_get_visible(struct db_read *db, struct arena *a, const struct identity *who,
                            const struct entity *kind, const char *key, struct record **r,
                            struct err_info *e)
{
    enum err err = store_get(db, a, kind, key, r, e);
    return err != ERR_NONE ? err : only_visible(db, a, who, key, *r, e);
}

enum err record_get_in_programme(struct db_read *db, struct arena *a, const struct identity *who,
                                 const struct entity *kind, const char *programme, const char *code,
                                 struct record **r, struct err_info *e)
{
    struct record *found;
    enum err err = record_get_visible(db, a, who, model_find("programme"), programme, &found, e);
    if (err == ERR_NONE) {
        err = store_get_in_programme(db, a, kind, found->id, code, r, e);
    }
    return err != ERR_NONE ? err : only_visible(db, a, who, code, *r, e);
}

enum err record_filter(struct db_read *db, struct arena *a, const struct identity *who,
                       const struct entity *kind, const char *name, const char *value,
                       struct store_filter *out, struct err_info *e)
{
    const struct field *f = entity_field(kind, name);
    bool hidden = f != NULL && f->confidential && who != NULL; // looking for it would tell it
    if (hidden || (f == NULL && strcmp(name, "id") != 0)) {
        return err_set(e, ERR_INPUT, name, MSG("{0} has no field “{1}”."),
                       MSG("Look at openapi.json for the names of the fields."), kind->kind, name,
                       NULL);
    }
    *out = (struct store_filter){.field = name, .op = STORE_EQUAL, .text = value};
    if (f == NULL) {
        return ERR_NONE;
    }
    if (value[0] == '\0') {
        out->op = STORE_IS_EMPTY;
    } else if (f->type == FIELD_CODES) {
        out->op = STORE_HAS_CODE;
    } else if (f->type == FIELD_REF) {
        struct record *r;
        enum err err = record_get_visible(db, a, who, model_find(f->ref), value, &r, e);
        if (err != ERR_NONE) {
            return err;
        }
        out->text = r->id;
    } else if (f->type != FIELD_TEXT && f->type != FIELD_LONG) {
        struct value v;
        enum err err = field_parse(a, f, value, 2, &v, e);
        if (err != ERR_NONE) {
            return err;
        }
        out->text = v.text != NULL ? v.text : arena_printf(a, "%lld", (long long)v.number);
    }
    return ERR_NONE;
}
