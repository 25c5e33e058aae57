// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_store.c: releases with what they rest on: the values of an indicator, and the releases that left before.

#include <sodium.h>
#include <string.h>

#include "base/bug.h"
#include "base/date.h"
#include "os/clock.h"
#include "os/random.h"
#include "programme/programme.h"
#include "release/release_record.h"
#include "release/release_share.h"
#include "result/result.h"
#include "store/store.h"

const char *release_today(struct arena *a)
{
    char today[11];
    clock_today(today);
    return arena_copy(a, today);
}

// ---- ledger -------------------------------------------------------------------------------------------------

enum err release_ledger_load(struct db_read *db, struct arena *a, const char *indicator_id, struct record ***out,
                             size_t *n, struct err_info *e)
{
    const struct store_filter filters[] = {{"indicator_id", STORE_EQUAL, indicator_id},
                                           {"state", STORE_ONE_OF, " published withdrawn "}};
    const struct store_query q = {.filters = filters, .n_filters = COUNT_OF(filters), .order = "id"};
    return store_list(db, a, &entity_release, &q, out, n, e);
}

const char *release_names(struct arena *a, struct record *const *releases, size_t n)
{
    const char *names = "";
    for (size_t i = 0; i < n; i++) {
        names = arena_printf(a, "%s%s%s", names, i == 0 ? "" : " ", record_text(releases[i], "code"));
    }
    return names;
}

static enum err unreadable(const char *name, struct err_info *e)
{
    return err_set(e, ERR_INPUT, NULL, MSG("The table of the release “{0}” cannot be read."),
                   MSG("“mainstay verify” says whether somebody changed it."), name, NULL);
}

// The ledger as records and as entries, with room for one more entry.
static enum err load_entries(struct db_read *db, struct arena *a, const char *indicator_id, struct record ***left,
                             struct release_entry **out, int *n, struct err_info *e)
{
    size_t n_left;
    enum err err = release_ledger_load(db, a, indicator_id, left, &n_left, e);
    if (err != ERR_NONE) {
        return err;
    }
    *out = ARENA_ARRAY(a, struct release_entry, n_left + 1);
    *n = (int)n_left;
    for (size_t i = 0; i < n_left; i++) {
        if (!release_entry_of(a, (*left)[i], &(*out)[i])) {
            return unreadable(record_text((*left)[i], "code"), e);
        }
    }
    return ERR_NONE;
}

// ---- making -------------------------------------------------------------------------------------------------

static enum err read_class(const struct release_wish *wish, int *base, struct err_info *e)
{
    *base = release_base_of(wish->class_id);
    return *base != 0 ? ERR_NONE
                      : err_set(e, ERR_USAGE, "class", MSG("There is no class of data “{0}”."),
                                MSG("“mainstay protect --help” names them."), wish->class_id, NULL);
}

static enum err check_days(const struct release_asked *asked, struct err_info *e)
{
    bool good = (asked->from == NULL || date_is_valid(asked->from)) && (asked->to == NULL || date_is_valid(asked->to));
    return good ? ERR_NONE
                : err_set(e, ERR_USAGE, asked->from == NULL || date_is_valid(asked->from) ? "to" : "from",
                          MSG("This is not a day of the calendar."), MSG("Write it as 2026-11-22."), NULL);
}

static enum err load_line(struct db_read *db, struct arena *a, const char *code, const char *today,
                          struct release_outlook *out, const struct result_line **line, struct err_info *e)
{
    struct record *indicator;
    struct record *programme;
    struct result_lines lines;
    enum err err = store_get(db, a, &entity_indicator, code, &indicator, e);
    if (err == ERR_NONE) {
        err = store_get(db, a, &entity_programme, record_text(indicator, "programme_id"), &programme, e);
    }
    if (err == ERR_NONE) {
        const struct result_ask ask = {.programme_id = programme->id, .indicator_id = indicator->id, .today = today,
                                       .parts = true}; // rounded before anybody sees them
        err = result_lines_load(db, a, &ask, &lines, e);
    }
    if (err == ERR_NONE) {
        ensure(lines.n == 1);
        *line = &lines.items[0];
        out->indicator = indicator;
        out->programme = programme;
    }
    return err;
}

// Joined as before, and then what the pack gives up when it is too thin.
static enum err collapse(struct arena *a, const struct release_entry *earlier, int n, struct release_outlook *out,
                         struct err_info *e)
{
    const char *joined;
    const struct release_cube *counts = release_ledger_join(a, earlier, n, out->counted.exact, &joined);
    out->thin = release_is_thin(counts);
    enum err err = release_collapse(a, counts, &out->collapsed, e);
    if (err == ERR_NONE && joined != NULL && out->collapsed.n_done < (int)COUNT_OF(out->collapsed.done)) {
        out->collapsed.done[out->collapsed.n_done++] = joined;
    }
    return err;
}

// What is drawn and what is copied, as seen from the ledger.
static enum err plan(struct arena *a, const struct release_wish *wish, const struct release_entry *earlier, int n,
                     const char *today, struct release_outlook *out, struct err_info *e)
{
    const struct release_cube *exact = out->collapsed.cube;
    struct release_cube *counts = release_cube_new(a, exact->frame);
    memcpy(counts->counts, exact->counts, exact->frame->n_cells * sizeof *counts->counts);
    out->counts = counts;
    out->entry = (struct release_entry){.name = wish->name, .cutoff_on = today,
                                        .period = release_period_of(exact->frame),
                                        .table = {.frame = exact->frame, .counts = exact->counts, .base = out->base},
                                        .periods = out->counted.periods, .n_periods = out->counted.n_periods};
    return release_ledger_plan(a, earlier, n, &out->entry, counts, e);
}

enum err release_look_ahead(struct db_read *db, struct arena *a, const struct release_wish *wish, const char *today,
                            struct release_outlook *out, struct err_info *e)
{
    const struct result_line *line;
    struct record **left;
    struct release_entry *earlier;
    int n = 0;
    *out = (struct release_outlook){.base = 0};
    enum err err = release_check_name(wish->name, e);
    if (err == ERR_NONE) {
        err = read_class(wish, &out->base, e);
    }
    if (err == ERR_NONE) {
        err = check_days(&wish->asked, e);
    }
    if (err == ERR_NONE) {
        err = load_line(db, a, wish->indicator, today, out, &line, e);
    }
    if (err == ERR_NONE) {
        err = load_entries(db, a, out->indicator->id, &left, &earlier, &n, e);
    }
    if (err == ERR_NONE) {
        struct release_asked asked = wish->asked;
        asked.programme = out->programme;
        err = release_count(a, line, &asked, &out->counted, e);
    }
    if (err == ERR_NONE) {
        err = collapse(a, earlier, n, out, e);
    }
    return err == ERR_NONE ? plan(a, wish, earlier, n, today, out, e) : err;
}

enum err release_make(struct arena *a, const struct release_wish *wish, const struct release_outlook *x,
                      const char *maker, const char *today, struct record **out, struct release_loss *loss,
                      struct err_info *e)
{
    unsigned char seed[RELEASE_SEED_BYTES];
    random_bytes(seed, sizeof seed);
    enum err err = release_draw_record(a, wish, x, seed, maker, today, out, loss, e);
    sodium_memzero(seed, sizeof seed);
    return err == ERR_NONE ? record_check(*out, e) : err;
}

// ---- other indicators -----------------------------------------------------------------------------------------------

static bool meet(const struct release_entry *x, const struct release_entry *y)
{
    bool any = false;
    for (int i = 0; i < x->n_periods * y->n_periods; i++) {
        any = any || release_periods_meet(&x->periods[i / y->n_periods], &y->periods[i % y->n_periods]);
    }
    return any;
}

enum err release_others(struct db_read *db, struct arena *a, const struct record *r, const char **names,
                        struct err_info *e)
{
    const struct store_filter filters[] = {{"programme_id", STORE_EQUAL, record_text(r, "programme_id")},
                                           {"state", STORE_ONE_OF, " published withdrawn "}};
    const struct store_query q = {.filters = filters, .n_filters = COUNT_OF(filters), .order = "id"};
    struct record **left;
    struct release_entry own, other;
    size_t n, n_kept = 0;
    enum err err = store_list(db, a, &entity_release, &q, &left, &n, e);
    if (err == ERR_NONE && !release_entry_of(a, r, &own)) {
        err = unreadable(record_text(r, "code"), e);
    }
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        bool same = strcmp(record_text(left[i], "indicator_id"), record_text(r, "indicator_id")) == 0;
        if (!same && release_entry_of(a, left[i], &other) && meet(&own, &other)) {
            left[n_kept++] = left[i];
        }
    }
    *names = err == ERR_NONE && n_kept > 0 ? release_names(a, left, n_kept) : NULL;
    return err;
}

// ---- counting again ---------------------------------------------------------------------------------------------

static int place_of(const char *const *names, int n, const char *name)
{
    int k = 0;
    while (k < n && strcmp(names[k], name) != 0) {
        k++;
    }
    return k < n ? k : -1;
}

// The inner cell of another table with the same dimensions and categories, in whatever order. False: it has others.
static bool same_cell(const struct release_frame *f, size_t cell, const struct release_frame *g, size_t *out)
{
    *out = 0;
    for (int d = 0; d < f->n; d++) {
        int at = 0;
        while (at < g->n && strcmp(g->of[at].name, f->of[d].name) != 0) {
            at++;
        }
        int k = at == g->n ? -1 : place_of(g->of[at].categories, g->of[at].n, release_category_name(f, cell, d));
        if (k < 0) {
            return false;
        }
        *out += (size_t)k * g->step[at];
    }
    return f->n == g->n;
}

// By what it was asked for: part and rest of a share come by themselves.
static const char *asked_by(struct arena *a, const struct record *r)
{
    const char *by = record_text(r, "split_by");
    size_t len = strlen(by), share = strlen(RELEASE_SHARE);
    if (len >= share && strcmp(by + len - share, RELEASE_SHARE) == 0 && (len == share || by[len - share - 1] == ',')) {
        return arena_copy_n(a, by, len == share ? 0 : len - share - 1);
    }
    return by;
}

enum err release_recount(struct db_read *db, struct arena *a, const struct record *r, const char *today, size_t *n_far,
                         struct err_info *e)
{
    struct release_entry entry;
    struct release_outlook now = {.base = 0};
    const struct result_line *line;
    struct err_info ignored;
    *n_far = 0;
    if (!release_entry_of(a, r, &entry)) {
        return unreadable(record_text(r, "code"), e);
    }
    enum err err = load_line(db, a, record_text(r, "indicator_id"), today, &now, &line, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct release_asked asked = {.by = asked_by(a, r), .from = entry.periods[0].from, .to = entry.periods[0].to,
                                  .programme = now.programme};
    for (int i = 1; i < entry.n_periods; i++) {
        const struct release_period *p = &entry.periods[i];
        asked.from = strcmp(p->from, asked.from) < 0 ? p->from : asked.from;
        asked.to = strcmp(p->to, asked.to) > 0 ? p->to : asked.to;
    }
    const struct release_frame *f = entry.table.frame;
    if (release_count(a, line, &asked, &now.counted, &ignored) != ERR_NONE) {
        *n_far = f->n_inner; // what was counted is no longer approved, or cannot be counted
        return ERR_NONE;
    }
    const char *joined;
    const struct release_cube *counts = release_ledger_join(a, &entry, 1, now.counted.exact, &joined);
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        size_t here;
        if (release_summed(f, cell) == 0 && same_cell(f, cell, counts->frame, &here)) {
            int64_t off = counts->counts[here] - entry.table.counts[cell];
            *n_far += off >= entry.table.base || off <= -entry.table.base;
        }
    }
    return ERR_NONE;
}

// ---- auditing -----------------------------------------------------------------------------------------------

static void note_audit(struct record *r, const struct release_audit *audit, const char *today)
{
    record_set_text(r, "audited_on", today);
    record_set_text(r, "verdict", release_verdict_name(audit->verdict));
    record_set_int(r, "audited_counts", (int64_t)audit->n_audited);
    if (audit->verdict != RELEASE_UNPROVED) {
        record_set_int(r, "weakest_low", audit->weakest.low);
        record_set_int(r, "weakest_high", audit->weakest.high);
    }
    if (audit->verdict == RELEASE_PROTECTED) {
        release_set_state(r, "audited", "");
    } else {
        release_set_state(r, "refused", release_verdict_words(audit));
    }
}

enum err release_audit_record(struct db_read *db, struct arena *a, struct record *r, const char *today,
                              struct err_info *e)
{
    struct record **left;
    struct release_entry *all;
    int n_left = 0;
    int n;
    struct release_table tables[RELEASE_MAX_TABLES];
    struct release_audit audit;
    struct release_effort effort = {.base = (int)record_int(r, "base"), .time_ms = RELEASE_AUDIT_MS};
    if (!release_is(r, "draft") && !release_is(r, "audited")) {
        return err_set(e, ERR_INPUT, "state", MSG("Only a draft is audited."), NULL, NULL);
    }
    enum err err = load_entries(db, a, record_text(r, "indicator_id"), &left, &all, &n_left, e);
    if (err == ERR_NONE && !release_entry_of(a, r, &all[n_left])) {
        err = unreadable(record_text(r, "code"), e);
    }
    if (err == ERR_NONE) {
        err = release_ledger_check(a, all, n_left, &all[n_left], e);
    }
    if (err == ERR_NONE) {
        err = release_ledger_tables(a, all, n_left + 1, tables, &n, e);
    }
    for (int i = 0; err == ERR_NONE && i < n; i++) { // each table is held to its own base, none to a larger one
        effort.base = tables[i].base < effort.base ? tables[i].base : effort.base;
    }
    if (err == ERR_NONE) {
        err = release_audit_tables(a, tables, n, &effort, &audit, e);
    }
    if (err == ERR_NONE) {
        record_set_text(r, "audited_against", release_names(a, left, (size_t)n_left));
        note_audit(r, &audit, today);
    }
    return err;
}
