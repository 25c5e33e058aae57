// SPDX-License-Identifier: AGPL-3.0-or-later
//
// bench_columns_cli.c: mainstay bench: four questions over very many values, from the columns, beside loops written by
// hand over bare arrays (bench_scan.c).
//
// Makes a workspace that is removed afterwards, with programmes and indicators as records and the invented values of
// large.c in the file of columns. What arrives while it is asked goes through the store like any save.
// Processor time, the best of several rounds; the figures are in docs/performance.md.

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/bench_scan.h"
#include "app/large.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "cli/cli.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/mapped.h"
#include "os/temp.h"
#include "result/result.h"
#include "result/result_columns_rows_store.h"
#include "store/store.h"

#define DEFAULT_CELLS 10000000
#define ROUNDS 7
#define ARRIVING 20 // values with their parts before each question
#define ASKED 2500  // indicator of the second question

struct bench {
    struct cli *cli;
    struct store *store;
    struct db_read *db;
    struct arena *scratch;
    struct scan_rows rows;
    const char **programmes;
    const char **indicators;
    int64_t n_arrived;
    int64_t cells;
};

// ---- the workspace ---------------------------------------------------------------------------------------------

static enum err save(struct store_tx *tx, struct arena *a, struct record *r, struct err_info *e)
{
    enum err err = record_check(r, e);
    return err != ERR_NONE ? err : store_save(tx, a, r, e);
}

static enum err save_programmes(struct bench *b, struct store_tx *tx, struct err_info *e)
{
    struct arena *a = b->cli->arena;
    enum err err = ERR_NONE;
    for (int i = 0; err == ERR_NONE && i < LARGE_PROGRAMMES; i++) {
        struct record *r = record_new(a, model_find("programme"));
        record_set_text(r, "number", arena_printf(a, "BENCH%03d", i));
        record_set_text(r, "title", "Records for measuring");
        record_set_text(r, "crime", "both");
        record_set_text(r, "starts_on", "2016-01-01");
        record_set_text(r, "ends_on", "2027-12-31");
        record_set_text(r, "state", "running");
        record_set_text(r, "currency", "USD");
        err = save(tx, a, r, e);
        b->programmes[i] = r->id;
    }
    return err;
}

static enum err save_indicators(struct bench *b, struct store_tx *tx, struct err_info *e)
{
    struct arena *a = b->cli->arena;
    enum err err = ERR_NONE;
    for (int i = 0; err == ERR_NONE && i < LARGE_INDICATORS; i++) {
        struct record *r = record_new(a, &entity_indicator);
        r->id = arena_printf(a, "%026d", i); // in the order of the blocks
        record_set_text(r, "programme_id", b->programmes[i / (LARGE_INDICATORS / LARGE_PROGRAMMES)]);
        record_set_text(r, "code", arena_printf(a, "B%d", i));
        record_set_text(r, "title", "For measuring");
        record_set_text(r, "unit", "count");
        record_set_text(r, "direction", "more");
        record_set_text(r, "accumulation", "cumulative");
        record_set_text(r, "state", "active");
        err = save(tx, a, r, e);
        b->indicators[i] = r->id;
    }
    return err;
}

static enum err make_records(struct bench *b, struct err_info *e)
{
    struct store_tx *tx;
    enum err err = store_begin(b->store, &b->cli->actor, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = save_programmes(b, tx, e);
    if (err == ERR_NONE) {
        err = save_indicators(b, tx, e);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

// ---- the same numbers as columns and as bare arrays -----------------------------------------------------------------

static void add_row(struct bench *b, const struct large_indicator *k, int period, int country, int part, int64_t value)
{
    struct scan_rows *r = &b->rows;
    if (part >= 18 && k->split == LARGE_AGE_SEX_AND_GROUP) {
        return; // of another cut
    }
    r->indicator[r->n] = (uint16_t)k->number;
    r->period[r->n] = (uint16_t)period;
    r->country[r->n] = (uint8_t)country;
    r->age[r->n] = (uint8_t)(k->split == LARGE_SEX ? SCAN_AGES - 1 : part / 3 % 6);
    r->sex[r->n] = (uint8_t)(part % 3);
    r->value[r->n++] = value;
}

static uint32_t number_of_word(void *context, unsigned kind, const char *text)
{
    return columns_word(context, kind, text);
}

static struct column_value value_of(struct bench *b, struct columns_writer *w, const struct large_indicator *k,
                                    int64_t number, const uint32_t *splits)
{
    static const char *const cuts[] = {"", "sex", "age sex", "age sex status", "?"};
    struct arena *a = b->scratch;
    struct column_part *parts = ARENA_ARRAY(a, struct column_part, (size_t)k->n_parts + 1);
    char from[11], to[11];
    const char *country;
    large_place_of(k, number, from, to, &country);
    struct column_value v = {.id = arena_printf(a, "%08d%018" PRId64, k->number, number),
                             .from = number_of_word(w, WORD_DAY, from), .to = number_of_word(w, WORD_DAY, to),
                             .country = number_of_word(w, WORD_COUNTRY, country),
                             .cut = number_of_word(w, WORD_CUT, cuts[k->split]), .state = STATE_APPROVED,
                             .has = HAS_NUMBER, .parts = parts, .n_parts = (size_t)k->n_parts};
    for (int i = 0; i < k->n_parts; i++) {
        const struct large_cell c = large_part_of(k, number, i);
        parts[i] = (struct column_part){.split = splits[i], .has = HAS_NUMBER, .number = c.value * DECIMAL_ONE};
        v.number += i < 18 || k->split != LARGE_AGE_SEX_AND_GROUP ? parts[i].number : 0;
        add_row(b, k, (int)v.from, (int)v.country, i, parts[i].number);
    }
    return v;
}

// Periods of an indicator from the oldest on: the numbers of large.c begin with the newest.
static enum err write_indicator(struct bench *b, struct columns_writer *w, const struct large_indicator *k,
                                struct err_info *e)
{
    struct arena *a = b->scratch;
    uint32_t splits[LARGE_PARTS_MAX];
    int n_countries;
    (void)large_countries_of(k->programme, &n_countries);
    for (int i = 0; i < k->n_parts; i++) {
        splits[i] = number_of_word(w, WORD_SPLIT, large_split_text(a, k->split, i));
    }
    struct column_value *values = ARENA_ARRAY(a, struct column_value, (size_t)k->n_values);
    const struct column_value **order = ARENA_ARRAY(a, const struct column_value *, (size_t)k->n_values);
    size_t n = 0;
    for (int64_t period = (k->n_values - 1) / n_countries; period >= 0; period--) {
        for (int64_t i = period * n_countries; i < (period + 1) * n_countries && i < k->n_values; i++) {
            values[n] = value_of(b, w, k, i, splits);
            order[n] = &values[n];
            n++;
        }
    }
    struct columns_block block;
    column_block_of(a, b->indicators[k->number], order, n, &block);
    return columns_write_block(w, &block, e);
}

static void make_rows(struct bench *b, struct arena *a, size_t most)
{
    b->rows = (struct scan_rows){.indicator = ARENA_ARRAY_UNSET(a, uint16_t, most),
                                 .period = ARENA_ARRAY_UNSET(a, uint16_t, most),
                                 .country = ARENA_ARRAY_UNSET(a, uint8_t, most),
                                 .age = ARENA_ARRAY_UNSET(a, uint8_t, most),
                                 .sex = ARENA_ARRAY_UNSET(a, uint8_t, most),
                                 .value = ARENA_ARRAY_UNSET(a, int64_t, most)};
}

static enum err make_columns(struct bench *b, struct err_info *e)
{
    struct arena *a = b->cli->arena;
    const char *position;
    struct columns_writer *w;
    enum err err = folder_make(arena_printf(a, "%s/columns", store_folder(b->store)), 0700, e);
    if (err == ERR_NONE) {
        err = store_position(b->db, a, &position, e);
    }
    if (err == ERR_NONE) {
        err = columns_write_begin(a, result_columns_path(a, b->store), &result_columns_shape, &w, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    int64_t done = 0;
    for (int i = 0; err == ERR_NONE && i < LARGE_INDICATORS; i++) {
        const struct large_indicator k = large_indicator_at(i, b->cells - done);
        err = write_indicator(b, w, &k, e);
        done += large_cells_of(&k);
        arena_reset(b->scratch);
    }
    if (err == ERR_NONE) {
        err = columns_write_end(w, position, e);
    }
    columns_write_drop(w);
    b->cells = done;
    return err;
}

// ---- what arrives ------------------------------------------------------------------------------------------------

static enum err save_value(struct bench *b, struct store_tx *tx, struct err_info *e)
{
    struct arena *a = b->scratch;
    int64_t number = b->n_arrived++;
    struct record *r = record_new(a, &entity_observation);
    record_set_text(r, "indicator_id", b->indicators[number * 37 % LARGE_INDICATORS]);
    record_set_text(r, "period_from", arena_printf(a, "2026-07-%02d", (int)(number / LARGE_INDICATORS % 28) + 1));
    record_set_text(r, "period_to", "2026-07-31");
    record_set_text(r, "country", "KE");
    record_set_text(r, "state", "entered");
    record_set_text(r, "value", "180");
    enum err err = save(tx, a, r, e);
    for (int i = 0; err == ERR_NONE && i < 18; i++) {
        struct record *p = record_new(a, &entity_observation_part);
        record_set_text(p, "observation_id", r->id);
        record_set_text(p, "split", large_split_text(a, LARGE_AGE_SEX, i));
        record_set_text(p, "value", "10");
        err = save(tx, a, p, e);
    }
    return err;
}

static enum err arrive(struct bench *b, struct err_info *e)
{
    struct store_tx *tx;
    enum err err = store_begin(b->store, &b->cli->actor, NULL, &tx, e);
    for (int i = 0; err == ERR_NONE && i < ARRIVING; i++) {
        err = save_value(b, tx, e);
        if (err != ERR_NONE) {
            store_rollback(tx);
        }
    }
    arena_reset(b->scratch);
    return err == ERR_NONE ? store_commit(tx, e) : err;
}

// ---- the questions -------------------------------------------------------------------------------------------------

static void take_row(void *context, const struct result_cube_row *row)
{
    scan_take(context, row->sum);
}

static struct result_cube question(const struct bench *b, int number)
{
    static const struct result_cube all[] = {
        {.by = BY_INDICATOR | BY_PERIOD | BY_COUNTRY, .splits = {"age", "sex"}},
        {.by = BY_PERIOD | BY_COUNTRY, .splits = {"age", "sex"}},
        {.by = BY_INDICATOR | BY_PERIOD, .splits = {"sex"}},
        {.by = BY_COUNTRY, .splits = {"sex"}},
    };
    struct result_cube ask = all[number];
    ask.indicator_id = number == 1 ? b->indicators[ASKED] : NULL;
    if (number == 2) {
        ask.splits[0] = NULL;
    }
    return ask;
}

static enum err ask(struct bench *b, int number, struct scan_answer *out, int64_t *us, struct err_info *e)
{
    const struct result_cube q = question(b, number);
    bool done = false;
    *out = (struct scan_answer){0};
    int64_t start = clock_cpu_us();
    enum err err = result_cube_of(b->db, b->scratch, &q, take_row, out, &done, e);
    arena_reset(b->scratch);
    *us = clock_cpu_us() - start;
    return err != ERR_NONE || done ? err : err_set(e, ERR_FAILED, NULL, MSG("The columns cannot be read."), NULL, NULL);
}

static struct scan_answer scan(const struct bench *b, int number)
{
    return number == 0   ? scan_q1(&b->rows)
           : number == 1 ? scan_q2(&b->rows, ASKED)
           : number == 2 ? scan_q3(&b->rows)
                         : scan_q4(&b->rows);
}

static void tell(struct bench *b, const char *name, int number, int64_t ours, int64_t reference)
{
    buf_printf(&b->cli->out, "columns_q%d%s\t%.3f\t%.3f\t%.2f\n", number + 1, name, (double)ours / 1000,
               (double)reference / 1000, reference == 0 ? 0.0 : (double)ours / (double)reference);
    cli_flush(b->cli);
}

// Milliseconds of processor time, the best of several rounds in turns; `_first` includes the sums over all blocks.
static enum err measure(struct bench *b, int number, int64_t *scanned, struct err_info *e)
{
    int64_t best = INT64_MAX, first, us;
    struct scan_answer ours, reference = {0};
    *scanned = INT64_MAX;
    enum err err = ask(b, number, &ours, &first, e);
    for (int i = 0; err == ERR_NONE && i < ROUNDS; i++) {
        int64_t start = clock_cpu_us();
        reference = scan(b, number);
        us = clock_cpu_us() - start;
        *scanned = us < *scanned ? us : *scanned;
        err = ask(b, number, &ours, &us, e);
        best = us < best ? us : best;
    }
    if (err == ERR_NONE && memcmp(&ours, &reference, sizeof ours) != 0) {
        return err_set(e, ERR_FAILED, NULL, MSG("The two ways do not say the same."), NULL, NULL);
    }
    if (err == ERR_NONE) {
        tell(b, "", number, best, *scanned);
        tell(b, "_first", number, first, *scanned);
    }
    return err;
}

// The same while values arrive before each question; `followed`: and are read before it, as a server does each second.
static enum err measure_arriving(struct bench *b, int number, bool followed, int64_t scanned, struct err_info *e)
{
    int64_t best = INT64_MAX, us;
    struct scan_answer ours;
    enum err err = ERR_NONE;
    for (int i = 0; err == ERR_NONE && i < ROUNDS; i++) {
        err = arrive(b, e);
        err = err == ERR_NONE && followed ? result_columns_follow(b->store, e) : err;
        err = err == ERR_NONE ? ask(b, number, &ours, &us, e) : err;
        best = err == ERR_NONE && us < best ? us : best;
    }
    if (err == ERR_NONE) {
        tell(b, followed ? "_followed" : "_arriving", number, best, scanned);
    }
    return err;
}

static enum err measure_all(struct bench *b, struct err_info *e)
{
    int64_t scanned[4];
    enum err err = ERR_NONE;
    for (int i = 0; err == ERR_NONE && i < 4; i++) {
        err = measure(b, i, &scanned[i], e);
    }
    for (int i = 0; err == ERR_NONE && i < 4; i++) {
        err = measure_arriving(b, i, false, scanned[i], e);
        err = err == ERR_NONE ? measure_arriving(b, i, true, scanned[i], e) : err;
    }
    return err;
}

// The bare arrays as text, for another database: indicator, period, country, age, sex, value.
static enum err write_rows(const struct bench *b, const char *path, struct err_info *e)
{
    const struct scan_rows *r = &b->rows;
    struct file_out *f;
    enum err err = file_out_begin(b->scratch, path, &f, e);
    for (size_t i = 0; err == ERR_NONE && i < r->n; i++) {
        char line[96];
        int n = snprintf(line, sizeof line, "%d\t%d\t%d\t%d\t%d\t%" PRId64 "\n", r->indicator[i], r->period[i],
                         r->country[i], r->age[i], r->sex[i], r->value[i]);
        err = file_out_add(f, line, (size_t)n, e);
    }
    return err == ERR_NONE ? file_out_end(f, "", 0, e) : err;
}

static enum err run_in(struct bench *b, const char *rows, struct err_info *e)
{
    size_t most = (size_t)b->cells + (size_t)LARGE_INDICATORS * (LARGE_PARTS_MAX + 1);
    struct arena *a = arena_new(most * 16 + LIMIT_PROCESS_BYTES);
    b->scratch = arena_new(LIMIT_REQUEST_BYTES);
    b->programmes = ARENA_ARRAY(b->cli->arena, const char *, LARGE_PROGRAMMES);
    b->indicators = ARENA_ARRAY(b->cli->arena, const char *, LARGE_INDICATORS);
    make_rows(b, a, most);
    enum err err = make_records(b, e);
    if (err == ERR_NONE) {
        err = db_reader(store_db(b->store), &b->db, e);
    }
    if (err == ERR_NONE) {
        err = make_columns(b, e);
    }
    if (err == ERR_NONE) {
        err = rows != NULL ? write_rows(b, rows, e) : measure_all(b, e);
    }
    arena_free(b->scratch);
    arena_free(a);
    return err;
}

static enum err run(struct cli *c, struct err_info *e)
{
    const char *number = cli_option_of(c, "--observations");
    struct bench b = {.cli = c, .cells = number == NULL ? DEFAULT_CELLS : strtoll(number, NULL, 10)};
    const char *folder;
    if (b.cells < LARGE_INDICATORS || b.cells > 100000000) {
        return err_set(e, ERR_USAGE, "--observations", MSG("How many values?"),
                       MSG("Give a number from 5000 to 100000000."), NULL);
    }
    enum err err = temp_folder(c->arena, &folder, e);
    if (err != ERR_NONE) {
        return err;
    }
    folder = arena_printf(c->arena, "%s/workspace", folder);
    err = store_init(folder, e);
    if (err == ERR_NONE) {
        err = store_open(folder, false, &b.store, e);
    }
    if (err == ERR_NONE) {
        err = run_in(&b, cli_option_of(c, "--rows"), e);
        store_close(b.store);
    }
    struct err_info ignored;
    (void)!folder_remove(folder, &ignored);
    return err;
}

const struct command cmd_bench = {
    .name = "bench",
    .usage = "bench [--observations N] [--rows FILE]",
    .about = MSG("measures questions over very many values beside loops written by hand"),
    .help = MSG("Prints name, milliseconds of ours, milliseconds of the loop, and their ratio. What it makes for that is "
                "removed."),
    .options = (const struct cli_option[]){{"--observations", "N",
                                            MSG("how many values and parts of values; 10000000 when not said"), false},
                                           {"--rows", "FILE", MSG("only write the numbers as text, for another database"),
                                            false},
                                           {0}},
    .min_args = 0,
    .max_args = 0,
    .own_process = true,
    .run = run,
};
