// SPDX-License-Identifier: AGPL-3.0-or-later
//
// notice_entity.c: see notice.h.

#include "notice/notice.h"

#include <string.h>

#include "base/bug.h"

static const struct choice severities[] = {
    {"high", MSG("High")},
    {"medium", MSG("Medium")},
    {"low", MSG("Low")},
    {NULL, NULL},
};

static const struct field notice_fields[] = {
    {.name = "check", .label = MSG("Check"), .type = FIELD_TEXT, .data_class = CLASS_C1},
    {.name = "rule", .label = MSG("Rule"), .type = FIELD_TEXT, .data_class = CLASS_C1},
    {.name = "programme", .label = MSG("Programme"), .type = FIELD_TEXT, .data_class = CLASS_C1},
    {.name = "where", .label = MSG("Where"), .type = FIELD_TEXT, .data_class = CLASS_C1},
    {.name = "severity", .label = MSG("Severity"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .choices = severities},
    {.name = "message", .label = MSG("What is wrong"), .type = FIELD_LONG, .data_class = CLASS_C1},
    {.name = "mend", .label = MSG("What to do"), .type = FIELD_LONG, .data_class = CLASS_C1},
    {.name = "about_kind", .label = MSG("Kind of record"), .type = FIELD_TEXT,
     .data_class = CLASS_C1},
    {.name = "about_id", .label = MSG("Record"), .type = FIELD_TEXT, .data_class = CLASS_C1},
};

// As records, in lists of the command line, files and the JSON API, notices are in English: other
// programs read them.
static enum err compute(struct arena *a, struct db_read *db, struct record ***rows, size_t *n,
                        struct err_info *e)
{
    struct notice_list list;
    enum err err = check_run_all(a, &lang_en, db, NULL, &list, e);
    if (err != ERR_NONE) {
        return err;
    }
    *rows = ARENA_ARRAY(a, struct record *, list.n + 1);
    *n = list.n;
    for (size_t i = 0; i < list.n; i++) {
        const struct notice *found = &list.items[i];
        struct record *r = record_new(a, &entity_notice);
        // The same finding has the same id each time it is computed.
        r->id = arena_printf(a, "%s-%s-%s", found->check, found->rule, found->about_id);
        record_set_text(r, "check", found->check);
        record_set_text(r, "rule", found->rule);
        record_set_text(r, "programme", found->programme);
        record_set_text(r, "where", found->where);
        record_set_text(r, "severity", found->severity);
        record_set_text(r, "message", found->message);
        record_set_text(r, "mend", found->mend);
        record_set_text(r, "about_kind", found->about_kind);
        record_set_text(r, "about_id", found->about_id);
        (*rows)[i] = r;
    }
    return ERR_NONE;
}

const struct entity entity_notice = {
    .kind = "notice",
    .label = MSG("Notice"),
    .label_many = MSG("Notices"),
    .about = MSG("What a standing check found, and how to mend it. Computed, never stored."),
    .title_field = "message",
    .fields = notice_fields,
    .n_fields = COUNT_OF(notice_fields),
    .compute = compute,
};
