// SPDX-License-Identifier: AGPL-3.0-or-later
//
// bench_cli.c: mainstay bench save: what one durable save costs.
//
// Saves records one by one, each in a transaction of its own with its change of the log, as a form
// does. bench/run compares it with a bare loop of commits (bench/bare_commit.c); the figures are in
// docs/performance.md. It works in a workspace that it makes and that is left for a look.

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "cli/cli.h"
#include "os/clock.h"
#include "store/store.h"

#define DEFAULT_SAVES 2000

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

static enum err save_one(struct cli *c, struct store *s, struct arena *a, struct record *r,
                         struct err_info *e)
{
    struct store_tx *tx;
    enum err err = store_begin(s, &c->actor, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = store_save(tx, a, r, e);
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

static enum err measure(struct cli *c, struct store *s, int saves, struct err_info *e)
{
    struct record *programme = sample_programme(c->arena);
    enum err err = save_one(c, s, c->arena, programme, e);
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    int64_t start = clock_steady_ms();
    for (int i = 0; err == ERR_NONE && i < saves; i++) {
        struct record *r = record_new(a, model_find("partner"));
        record_set_text(r, "programme_id", programme->id);
        record_set_text(r, "name", arena_printf(a, "Partner %d of the sample", i));
        record_set_text(r, "role", "gives rooms and people for courses");
        err = record_check(r, e);
        if (err == ERR_NONE) {
            err = save_one(c, s, a, r, e);
        }
        arena_reset(a);
    }
    int64_t ms = clock_steady_ms() - start;
    arena_free(a);
    if (err == ERR_NONE) {
        buf_printf(&c->out, "saves\t%d\nms\t%lld\nsaves_per_second\t%.0f\n", saves, (long long)ms,
                   ms == 0 ? 0.0 : saves * 1000.0 / (double)ms);
    }
    return err;
}

static enum err run(struct cli *c, struct err_info *e)
{
    const char *number = cli_option_of(c, "--saves");
    long saves = number == NULL ? DEFAULT_SAVES : strtol(number, NULL, 10);
    if (saves < 1 || saves > 1000000) {
        return err_set(e, ERR_USAGE, "--saves", MSG("How many saves?"),
                       MSG("Give a number from 1 to 1000000."), NULL);
    }
    struct store *s;
    enum err err = store_init(c->args[0], e);
    if (err == ERR_NONE) {
        err = store_open(c->args[0], false, &s, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    err = measure(c, s, (int)saves, e);
    store_close(s);
    return err;
}

const struct command cmd_bench_save = {
    .name = "bench save",
    .usage = "bench save DIR [--saves N]",
    .about = MSG("measures durable saves of one record, in a new workspace"),
    .options = (const struct cli_option[]){{"--saves", "N", MSG("how many; 2000 when not said"),
                                            false},
                                           {0}},
    .min_args = 1,
    .max_args = 1,
    .own_process = true,
    .run = run,
};
