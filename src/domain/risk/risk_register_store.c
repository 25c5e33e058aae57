// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_register_store.c: see risk_register.h.

#include "risk/risk_register.h"

#include <string.h>

#include "base/date.h"
#include "base/sort.h"
#include "risk/risk.h"
#include "store/store.h"

int risk_rank(const char *level)
{
    return strcmp(level, "low") == 0      ? 1
           : strcmp(level, "medium") == 0 ? 2
           : strcmp(level, "high") == 0   ? 3
                                          : 0;
}

const char *risk_level_label(const char *level)
{
    static const char *const labels[] = {MSG("Not rated"), MSG("Low"), MSG("Medium"),
                                         MSG("High")};
    return labels[risk_rank(level)];
}

static struct risk_line line_of(const struct record *r, const char *today)
{
    const char *likelihood = record_text(r, "likelihood");
    const char *impact = record_text(r, "impact");
    const char *review = record_text(r, "review_on");
    struct risk_line line = {
        .record = r,
        .level = risk_level(likelihood, impact),
        .residual_level =
            risk_level(record_text(r, "residual_likelihood"), record_text(r, "residual_impact")),
        .is_open = strcmp(record_text(r, "state"), "open") == 0,
    };
    line.needs_mitigation = line.is_open && !record_is_set(r, "mitigation") &&
                            risk_mitigation_required(likelihood, impact);
    if (line.is_open && review[0] != '\0' && strcmp(review, today) < 0) {
        line.days_late = (int)date_days_between(review, today);
    }
    return line;
}

// What happened asks for a response now, then what is open, then what is closed.
static int urgency(const struct risk_line *line)
{
    const char *state = record_text(line->record, "state");
    return strcmp(state, "happened") == 0 ? 0 : strcmp(state, "open") == 0 ? 1 : 2;
}

// By urgency, worst before better, earlier review before later, older before newer.
static int worst_first(const void *x, const void *y)
{
    const struct risk_line *a = x;
    const struct risk_line *b = y;
    if (urgency(a) != urgency(b)) {
        return urgency(a) - urgency(b);
    }
    int rank = risk_rank(b->level) - risk_rank(a->level);
    if (rank != 0) {
        return rank;
    }
    const char *first = record_text(a->record, "review_on");
    const char *second = record_text(b->record, "review_on");
    if (first[0] == '\0' || second[0] == '\0') {
        return first[0] == second[0] ? strcmp(a->record->id, b->record->id)
                                     : (first[0] == '\0') - (second[0] == '\0');
    }
    int order = strcmp(first, second);
    return order != 0 ? order : strcmp(a->record->id, b->record->id);
}

void risk_register_make(struct arena *a, struct record *const *risks, size_t n, const char *today,
                        struct risk_register *out)
{
    *out = (struct risk_register){.lines = ARENA_ARRAY(a, struct risk_line, n + 1), .n = n};
    for (size_t i = 0; i < n; i++) {
        struct risk_line *line = &out->lines[i];
        *line = line_of(risks[i], today);
        if (!line->is_open) {
            continue;
        }
        int likelihood = risk_rank(record_text(line->record, "likelihood"));
        int impact = risk_rank(record_text(line->record, "impact"));
        if (likelihood > 0 && impact > 0) {
            out->open[likelihood - 1][impact - 1]++;
        }
        out->levels[risk_rank(line->level)]++;
        out->residual_levels[risk_rank(line->residual_level)]++;
        out->late += line->days_late > 0;
    }
    if (n > 0) {
        sort_items(out->lines, n, sizeof *out->lines, worst_first);
    }
}

enum err risk_register_load(struct db_read *db, struct arena *a, const char *programme_id,
                            const char *today, struct risk_register *out, struct err_info *e)
{
    struct record **risks;
    size_t n;
    enum err err = store_list_by(db, a, &entity_risk, "programme_id", programme_id, &risks, &n, e);
    if (err == ERR_NONE) {
        risk_register_make(a, risks, n, today, out);
    }
    return err;
}
