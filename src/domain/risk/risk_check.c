// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_check.c: notices about risks: not rated, without a needed mitigation, review late, high after
// mitigation.

#include <string.h>

#include "model/check.h"
#include "os/clock.h"
#include "risk/risk.h"
#include "risk/risk_register.h"
#include "store/store.h"

static void look_at(struct notice_list *out, const char *number, const struct risk_line *line)
{
    struct notice n = {
        .check = "risk",
        .about_kind = "risk",
        .about_id = line->record->id,
        .programme = number,
        .where = record_text(line->record, "statement"),
    };
    if (line->days_late > 0) {
        n.rule = "review";
        n.severity = strcmp(line->level, "high") == 0 ? "high" : "medium";
        n.message = arena_printf(out->arena, "The review was due on %s, %d days ago.",
                                 record_text(line->record, "review_on"), line->days_late);
        n.mend = "Review the risk: is the rating still right, does the mitigation work? Then set "
                 "the next date.";
        notice_add(out, &n);
    }
    if (line->needs_mitigation) {
        n.rule = "mitigation";
        n.severity = "high";
        n.message = "The rating asks for a mitigation and there is none.";
        n.mend = "Say what will be done, by whom and by when.";
        notice_add(out, &n);
    }
    if (line->is_open && line->level[0] == '\0') {
        n.rule = "rating";
        n.severity = "medium";
        n.message = "The risk is not rated.";
        n.mend = "Choose likelihood and impact, with reasons.";
        notice_add(out, &n);
    }
    if (line->is_open && strcmp(line->residual_level, "high") == 0) {
        n.rule = "residual";
        n.severity = "high";
        n.message = "The risk stays high after mitigation.";
        n.mend = "Strengthen the mitigation, or decide with management whether this work can go on.";
        notice_add(out, &n);
    }
}

static enum err run(struct db_read *db, const char *programme_id, struct notice_list *out,
                    struct err_info *e)
{
    struct record **programmes;
    size_t n;
    char today[11];
    clock_today(today);
    struct store_filter one = {.field = "id", .op = STORE_EQUAL, .text = programme_id};
    struct store_query q = {.filters = &one, .n_filters = programme_id != NULL};
    enum err err = store_list(db, out->arena, model_find("programme"), &q, &programmes, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        struct risk_register register_of;
        err = risk_register_load(db, out->arena, programmes[i]->id, today, &register_of, e);
        for (size_t k = 0; err == ERR_NONE && k < register_of.n; k++) {
            look_at(out, record_text(programmes[i], "number"), &register_of.lines[k]);
        }
    }
    return err;
}

const struct check check_risk = {
    .name = "risk",
    .about = MSG("risks that are not rated, not mitigated, not reviewed, or stay high"),
    .run = run,
};
