// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_check.c: notices about the newest theory of change of each programme: what is missing in it. The
// rules are listed in docs/logframe.md.

#include <string.h>

#include "logframe/logframe.h"
#include "logframe/logframe_theory.h"
#include "model/check.h"
#include "result/result.h"
#include "store/store.h"

struct all {
    struct record **programmes, **theories, **results, **indicators, **links;
    size_t n_programmes, n_theories, n_results, n_indicators, n_links;
    const struct record **newest; // theory of each programme, or NULL
};

static const char *const rules[GAP_KINDS] = {
    [GAP_NOWHERE] = "nowhere",       [GAP_NO_CAUSE] = "cause",
    [GAP_NO_INDICATOR] = "indicator", [GAP_CIRCLE] = "circle",
    [GAP_DOWN] = "down",             [GAP_NO_ASSUMPTION] = "assumption",
    [GAP_NO_EVIDENCE] = "evidence",
};

static void tell(struct notice_list *out, const struct theory *t, const struct theory_gap *g)
{
    bool of_link = theory_gap_is_of_link(g->kind);
    const struct theory_link *k = of_link ? &t->links[g->at] : NULL;
    const struct record *about = of_link ? k->record : t->results[g->at].record;
    const struct notice n = {
        .check = "theory",
        .rule = rules[g->kind],
        .about_kind = about->entity->kind,
        .about_id = about->id,
        .programme = record_text(t->programme, "number"),
        .where = of_link ? arena_printf(out->arena, "%s → %s", t->results[k->cause].code,
                                        t->results[k->effect].code)
                         : arena_printf(out->arena, "%s %s", t->results[g->at].code,
                                        record_text(about, "statement")),
        .severity = g->kind == GAP_CIRCLE ? "high"
                    : of_link             ? "low"
                                          : "medium",
        .message = notice_say(out, theory_gap_what(g->kind), NULL),
        .mend = notice_say(out, theory_gap_mend(g->kind), NULL),
    };
    notice_add(out, &n);
}

// The newest by the day it was drawn up, then by age; NULL when the programme has none.
static const struct record *newest(const struct all *all, const char *programme_id)
{
    const struct record *best = NULL;
    for (size_t i = 0; i < all->n_theories; i++) {
        const struct record *t = all->theories[i];
        if (strcmp(record_text(t, "programme_id"), programme_id) != 0) {
            continue;
        }
        int order = best == NULL
                        ? 1
                        : strcmp(record_text(t, "drawn_on"), record_text(best, "drawn_on"));
        best = order > 0 || (order == 0 && strcmp(t->id, best->id) > 0) ? t : best;
    }
    return best;
}

static enum err load(struct db_read *db, struct arena *a, const char *programme_id,
                     struct all *all, struct err_info *e)
{
    const struct store_filter one = {"id", STORE_EQUAL, programme_id};
    const struct store_filter its = {"programme_id", STORE_EQUAL, programme_id};
    struct store_filter shown = {"theory_id", STORE_ONE_OF, " "};
    const struct store_query q = {.filters = &one, .n_filters = programme_id != NULL};
    const struct store_query of = {.filters = &its, .n_filters = programme_id != NULL};
    const struct store_query of_shown = {.filters = &shown, .n_filters = 1};
    enum err err = store_list(db, a, &entity_theory, &of, &all->theories, &all->n_theories, e);
    if (err != ERR_NONE || all->n_theories == 0) {
        return err;
    }
    err = store_list(db, a, model_find("programme"), &q, &all->programmes, &all->n_programmes, e);
    if (err != ERR_NONE) {
        return err;
    }
    all->newest = ARENA_ARRAY(a, const struct record *, all->n_programmes + 1);
    for (size_t i = 0; i < all->n_programmes; i++) {
        all->newest[i] = newest(all, all->programmes[i]->id);
        shown.text = all->newest[i] == NULL ? shown.text
                                            : arena_printf(a, "%s%s ", shown.text, all->newest[i]->id);
    }
    err = store_list(db, a, &entity_result, &of, &all->results, &all->n_results, e);
    if (err == ERR_NONE) {
        err = store_list(db, a, &entity_indicator, &of, &all->indicators, &all->n_indicators, e);
    }
    return err == ERR_NONE ? store_list(db, a, &entity_result_link, &of_shown, &all->links,
                                        &all->n_links, e)
                           : err;
}

// Five statements, however many programmes there are; one while nobody has drawn up a theory.
static enum err run(struct db_read *db, const char *programme_id, struct notice_list *out,
                    struct err_info *e)
{
    struct all all = {0};
    enum err err = load(db, out->arena, programme_id, &all, e);
    for (size_t i = 0; err == ERR_NONE && i < all.n_programmes; i++) {
        struct theory t;
        struct theory_gap *gaps;
        size_t n = 0;
        if (all.newest[i] != NULL) {
            theory_make(out->arena, all.programmes[i], all.newest[i], all.results, all.n_results,
                        all.indicators, all.n_indicators, all.links, all.n_links, &t);
            theory_gaps(out->arena, &t, &gaps, &n);
        }
        for (size_t k = 0; k < n; k++) {
            tell(out, &t, &gaps[k]);
        }
    }
    return err;
}

const struct check check_theory = {
    .name = "theory",
    .label = MSG("Theories of change"),
    .about = MSG("Theories of change with results that hang loose, or links without assumption"),
    .run = run,
};
