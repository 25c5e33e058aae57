// SPDX-License-Identifier: AGPL-3.0-or-later
//
// large_save.c: mainstay demo --large: the invented values of large.c as records, through the store, so that
// the change log holds them and verify finds it sound.

#include <inttypes.h>
#include <string.h>

#include "app/large.h"
#include "base/bug.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "cli/cli.h"
#include "result/result.h"
#include "store/store.h"

#define SAVES_A_TRANSACTION 5000 // about 10 MB of change records wait for one commit
#define TELL_EVERY 100000

struct saving {
    struct cli *cli;
    struct store *store;
    struct store_tx *tx;    // NULL: none is open
    struct arena *arena;    // of the open transaction
    struct arena *kept;     // of the programme that is being saved
    int n_in_transaction;
    int64_t done, all, told;
};

static enum err commit(struct saving *s, struct err_info *e)
{
    enum err err = s->tx == NULL ? ERR_NONE : store_commit(s->tx, e);
    s->tx = NULL;
    s->n_in_transaction = 0;
    arena_reset(s->arena);
    if (s->done - s->told >= TELL_EVERY || s->done == s->all) {
        buf_printf(&s->cli->out, "%" PRId64 " / %" PRId64 "\n", s->done, s->all);
        cli_flush(s->cli);
        s->told = s->done;
    }
    return err;
}

// A new transaction begins when there is none, or the open one is long enough. What belongs together is saved
// between two calls.
static enum err make_room(struct saving *s, struct err_info *e)
{
    enum err err = s->n_in_transaction >= SAVES_A_TRANSACTION ? commit(s, e) : ERR_NONE;
    if (err == ERR_NONE && s->tx == NULL) {
        err = store_begin(s->store, &s->cli->actor, "large demonstration", &s->tx, e);
    }
    return err;
}

static enum err save(struct saving *s, struct record *r, struct err_info *e)
{
    enum err err = record_check(r, e);
    s->n_in_transaction++;
    return err == ERR_NONE ? store_save(s->tx, s->arena, r, e) : err;
}

static void set_number(struct arena *a, struct record *r, const char *field, int64_t n)
{
    record_set_text(r, field, decimal_int_text(a, n));
}

// ---- programmes and indicators --------------------------------------------------------------------

static enum err save_programme(struct saving *s, int number, const char **id, struct err_info *e)
{
    struct arena *a = s->kept;
    struct record *r = record_new(a, model_find("programme"));
    struct buf list, shares;
    int n;
    const char *const *codes = large_countries_of(number, &n);
    buf_init(&list, a, LIMIT_TEXT_BYTES);
    buf_init(&shares, a, LIMIT_TEXT_BYTES);
    for (int i = 0; i < n; i++) { // shares in whole percents, what is left over with the first ones
        buf_printf(&list, " %s", codes[i]);
        buf_printf(&shares, "%s%s %d", i == 0 ? "" : " ", codes[i], 100 / n + (i < 100 % n ? 1 : 0));
    }
    buf_str(&list, " ");
    record_set_text(r, "number", arena_printf(a, "LARGE%03d", number + 1));
    record_set_text(r, "title", arena_printf(a, "Invented programme %d", number + 1));
    record_set_text(r, "crime", number % 3 == 0 ? "tip" : number % 3 == 1 ? "som" : "both");
    record_set_text(r, "starts_on", "2016-07-01");
    record_set_text(r, "ends_on", "2027-06-30");
    record_set_text(r, "state", "running");
    record_set_text(r, "currency", "USD");
    record_set_text(r, "countries", list.data);
    record_set_text(r, "country_shares", n > 1 ? shares.data : "");
    enum err err = save(s, r, e);
    *id = arena_copy(s->kept, r->id); // longer than the transaction
    return err;
}

static enum err save_target(struct saving *s, const struct large_indicator *k, const char *indicator_id,
                            struct err_info *e)
{
    struct record *r = record_new(s->arena, &entity_target);
    record_set_text(r, "indicator_id", indicator_id);
    record_set_text(r, "due_on", k->number % 2 == 0 ? "2026-12-31" : "2027-06-30");
    set_number(s->arena, r, "value", k->unit == LARGE_COUNT    ? k->n_values * (100 + k->number % 400)
                                     : k->unit == LARGE_YES_NO ? 1
                                                               : 1 + k->number % 99);
    return save(s, r, e);
}

static enum err save_indicator(struct saving *s, const struct large_indicator *k, const char *programme_id,
                               const char **id, struct err_info *e)
{
    static const char *const units[] = {"count", "percentage", "yes_no", "duration", "score"};
    static const char *const splits[] = {NULL, " sex ", " age sex ", " age sex status ", " age group sex "};
    static const char *const what[] = {"People reached", "Cases handled in time", "Law in force", "Days of a procedure",
                                       "Score of the service"};
    struct arena *a = s->kept;
    struct record *r = record_new(a, &entity_indicator);
    int own = k->number % (LARGE_INDICATORS / LARGE_PROGRAMMES) + 1;
    record_set_text(r, "programme_id", programme_id);
    record_set_text(r, "code", arena_printf(a, "LARGE%03d/I%d", k->programme + 1, own));
    record_set_text(r, "title", arena_printf(a, "%s, invented %d", what[k->unit], own));
    record_set_text(r, "unit", units[k->unit]);
    record_set_text(r, "direction", k->unit == LARGE_DURATION ? "less" : "more");
    record_set_text(r, "accumulation", k->unit != LARGE_COUNT ? "latest" : own % 4 == 0 ? "per_period" : "cumulative");
    record_set_text(r, "frequency", k->months == 12 ? "yearly" : k->months == 3 ? "quarterly" : "monthly");
    record_set_int(r, "per_country", 1);
    record_set_text(r, "disaggregation", splits[k->split]);
    record_set_text(r, "baseline", "0");
    record_set_text(r, "baseline_on", "2016-07-01");
    record_set_text(r, "state", "active");
    enum err err = save(s, r, e);
    *id = arena_copy(s->kept, r->id); // longer than the transaction
    return err == ERR_NONE ? save_target(s, k, *id, e) : err;
}

// ---- values ----------------------------------------------------------------------------------------

// One in 200 was returned; of the others most are approved.
static const char *state_of(const struct large_indicator *k, int64_t value)
{
    int64_t n = large_number(k->number, value, -2, 200);
    return n == 0 ? "returned" : n < 20 ? "entered" : n < 60 ? "verified" : n < 160 ? "approved" : "locked";
}

static void set_figure(struct arena *a, struct record *r, const struct large_indicator *k, struct large_cell c)
{
    if (k->unit == LARGE_PERCENTAGE) {
        set_number(a, r, "numerator", c.value);
        set_number(a, r, "denominator", c.whole);
    } else if (k->unit == LARGE_YES_NO) {
        record_set_text(r, "answer", c.value % 3 == 0 ? "yes" : c.value % 3 == 1 ? "part" : "no");
    } else if (k->unit == LARGE_SCORE) {
        record_set_text(r, "value", decimal_short(a, c.value % 50 * DECIMAL_ONE / 10));
    } else {
        set_number(a, r, "value", c.value);
    }
}

static enum err save_value(struct saving *s, const struct large_indicator *k, const char *indicator_id, int64_t value,
                           struct err_info *e)
{
    struct arena *a = s->arena;
    struct record *r = record_new(a, &entity_observation);
    char from[11], to[11];
    const char *country;
    large_place_of(k, value, from, to, &country);
    record_set_text(r, "indicator_id", indicator_id);
    record_set_text(r, "period_from", from);
    record_set_text(r, "period_to", to);
    record_set_text(r, "country", country);
    record_set_text(r, "state", state_of(k, value));
    if (strcmp(record_text(r, "state"), "returned") == 0) {
        record_set_text(r, "return_reason", "The list of participants is missing.");
    }
    set_figure(a, r, k, large_value_of(k, value));
    enum err err = save(s, r, e);
    for (int i = 0; err == ERR_NONE && i < k->n_parts; i++) {
        struct record *p = record_new(a, &entity_observation_part);
        record_set_text(p, "observation_id", r->id);
        record_set_text(p, "split", large_split_text(a, k->split, i));
        set_figure(a, p, k, large_part_of(k, value, i));
        err = save(s, p, e);
    }
    s->done += 1 + k->n_parts;
    return err;
}

static enum err save_programme_whole(struct saving *s, int number, struct err_info *e)
{
    const int each = LARGE_INDICATORS / LARGE_PROGRAMMES;
    const char *programme_id, *indicator_id;
    enum err err = make_room(s, e);
    if (err == ERR_NONE) {
        err = save_programme(s, number, &programme_id, e);
    }
    for (int i = number * each; err == ERR_NONE && i < (number + 1) * each; i++) {
        const struct large_indicator k = large_indicator_at(i, s->all - s->done);
        err = make_room(s, e);
        if (err == ERR_NONE) {
            err = save_indicator(s, &k, programme_id, &indicator_id, e);
        }
        for (int64_t v = 0; err == ERR_NONE && v < k.n_values; v++) {
            err = make_room(s, e);
            if (err == ERR_NONE) {
                err = save_value(s, &k, indicator_id, v, e);
            }
        }
    }
    return err;
}

enum err large_save(struct cli *c, struct store *store, int64_t cells, struct err_info *e)
{
    struct saving s = {.cli = c, .store = store, .all = cells};
    enum err err = ERR_NONE;
    s.arena = arena_new(LIMIT_REQUEST_BYTES);
    s.kept = arena_new(LIMIT_REQUEST_BYTES);
    for (int i = 0; err == ERR_NONE && i < LARGE_PROGRAMMES; i++) {
        arena_reset(s.kept);
        err = save_programme_whole(&s, i, e);
    }
    if (err == ERR_NONE) {
        s.all = s.done;
        err = commit(&s, e);
    } else if (s.tx != NULL) {
        store_rollback(s.tx);
    }
    arena_free(s.kept);
    arena_free(s.arena);
    return err;
}
