// SPDX-License-Identifier: AGPL-3.0-or-later
//
// bench_search_cli.c: mainstay bench search: what a search costs among many assessments.
//
// Measured is processor time, since the machine may be busy with other things. Makes a workspace with assessments whose answers are put together from texts of the packs, takes all of
// it into the index, then searches as the page does: refresh, statement, groups, marks. bench/run compares
// it with the query alone (bench/bare_search.c); the figures are in docs/performance.md.

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/sort.h"
#include "cli/cli.h"
#include "os/clock.h"
#include "pack/pack.h"
#include "search/search.h"
#include "store/store.h"
#include "words/stem.h"

#define DEFAULT_ASSESSMENTS 10000
#define DEFAULT_ROUNDS 200
#define A_TRANSACTION 1000

static enum err save(struct store_tx *tx, struct arena *a, struct record *r, struct err_info *e)
{
    enum err err = record_check(r, e);
    return err != ERR_NONE ? err : store_save(tx, a, r, e);
}

static struct record *sample_programme(struct arena *a)
{
    struct record *r = record_new(a, model_find("programme"));
    record_set_text(r, "number", "BENCH");
    record_set_text(r, "title", "Records for measuring");
    record_set_text(r, "crime", "both");
    record_set_text(r, "starts_on", "2026-01-01");
    record_set_text(r, "ends_on", "2026-12-31");
    record_set_text(r, "state", "running");
    record_set_text(r, "currency", "USD");
    return r;
}

// Texts of rows of the packs, so that words are as frequent as they are there.
static const char *words_of(const struct pack_tool *const *tools, size_t n, unsigned number)
{
    const struct pack_tool *t = tools[number % n];
    return t->n_rows == 0 ? t->purpose : t->rows[number / n % t->n_rows].text;
}

static enum err fill(struct cli *c, struct store *s, long assessments, struct err_info *e)
{
    size_t n;
    const struct pack_tool *const *tools = pack_tools(pack_find(PACK_DEFAULT), &n);
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    struct store_tx *tx = NULL;
    struct record *programme = sample_programme(c->arena);
    enum err err = ERR_NONE;
    for (long i = 0; err == ERR_NONE && i < assessments; i++) {
        if (tx == NULL) {
            arena_reset(a);
            err = store_begin(s, &c->actor, NULL, &tx, e);
        }
        if (err == ERR_NONE && i == 0) {
            err = save(tx, c->arena, programme, e);
        }
        struct record *assessment = record_new(a, model_find("assessment"));
        record_set_text(assessment, "programme_id", programme->id);
        record_set_text(assessment, "tool", "3.1");
        record_set_text(assessment, "pack", PACK_DEFAULT);
        record_set_text(assessment, "pack_version", "1.0.0");
        record_set_text(assessment, "title", arena_printf(a, "Planning check %ld", i));
        record_set_text(assessment, "state", "draft");
        if (err == ERR_NONE) {
            err = save(tx, a, assessment, e);
        }
        struct record *answer = record_new(a, model_find("answer"));
        record_set_text(answer, "assessment_id", assessment->id);
        record_set_text(answer, "row", "3.1-Q01");
        record_set_text(answer, "value", "part");
        record_set_text(answer, "how", arena_printf(a, "%s %s", words_of(tools, n, (unsigned)i * 7),
                                                    words_of(tools, n, (unsigned)i * 13 + 5)));
        if (err == ERR_NONE) {
            err = save(tx, a, answer, e);
        }
        if (err == ERR_NONE && (i % A_TRANSACTION == A_TRANSACTION - 1 || i + 1 == assessments)) {
            err = store_commit(tx, e);
            tx = NULL;
        }
    }
    if (err != ERR_NONE && tx != NULL) {
        store_rollback(tx);
    }
    arena_free(a);
    return err;
}

static int by_size(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x;
    int64_t b = *(const int64_t *)y;
    return a < b ? -1 : a > b;
}

static enum err measure(struct cli *c, struct store *s, const char *query, long rounds,
                        struct err_info *e)
{
    struct db_read *db;
    struct search_results found = {0};
    struct buf match;
    int64_t *us = ARENA_ARRAY(c->arena, int64_t, (size_t)rounds);
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    buf_init(&match, c->arena, LIMIT_TEXT_BYTES);
    enum err err = db_reader(store_db(s), &db, e);
    for (long i = 0; err == ERR_NONE && i < rounds; i++) {
        int64_t start = clock_cpu_us();
        err = search_find(s, db, a, NULL, query, NULL, &found, e);
        us[i] = clock_cpu_us() - start;
        if (i + 1 < rounds) {
            arena_reset(a);
        }
    }
    if (err == ERR_NONE && stem_query(&match, query, STEM_FTS5)) {
        sort_items(us, (size_t)rounds, sizeof *us, by_size);
        buf_printf(&c->out, "query\t%s\nfound\t%lld\nus\t%lld\nmatch\t%s\n", query,
                   (long long)found.total, (long long)us[rounds / 2], match.data);
    }
    arena_free(a);
    return err;
}

static enum err number_of(struct cli *c, const char *option, long otherwise, long *out,
                          struct err_info *e)
{
    const char *text = cli_option_of(c, option);
    *out = text == NULL ? otherwise : strtol(text, NULL, 10);
    return *out >= 1 && *out <= 1000000
               ? ERR_NONE
               : err_set(e, ERR_USAGE, option, MSG("How many?"),
                         MSG("Give a number from 1 to 1000000."), NULL);
}

static enum err run(struct cli *c, struct err_info *e)
{
    long assessments, rounds;
    struct store *s = NULL;
    enum err err = number_of(c, "--assessments", DEFAULT_ASSESSMENTS, &assessments, e);
    if (err == ERR_NONE) {
        err = number_of(c, "--rounds", DEFAULT_ROUNDS, &rounds, e);
    }
    if (err == ERR_NONE) {
        err = store_init(c->args[0], e);
    }
    if (err == ERR_NONE) {
        err = store_open(c->args[0], false, &s, e);
    }
    if (err == ERR_NONE) {
        err = fill(c, s, assessments, e);
    }
    for (int i = 1; err == ERR_NONE && i < c->n_args; i++) {
        err = measure(c, s, c->args[i], rounds, e);
    }
    if (s != NULL) {
        store_close(s);
    }
    return err;
}

const struct command cmd_bench_search = {
    .name = "bench search",
    .usage = "bench search DIR WORDS... [--assessments N] [--rounds N]",
    .about = MSG("measures searches among many assessments, in a new workspace"),
    .options = (const struct cli_option[]){{"--assessments", "N",
                                            MSG("how many; 10000 when not said"), false},
                                           {"--rounds", "N",
                                            MSG("searches for each query; 200 when not said"), false},
                                           {0}},
    .min_args = 2,
    .max_args = -1,
    .own_process = true,
    .run = run,
};
