// SPDX-License-Identifier: AGPL-3.0-or-later
//
// demo_cli.c: a workspace with sample programmes, for a first look and for tests.
//
// The records are those of the pack mainstay/demo, saved as `mainstay save` saves them. Only here do
// people get a password that is known beforehand; the workspace is marked as a demonstration, and the
// page to sign in says so.

#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "app/large.h"
#include "base/limits.h"
#include "cli/cli.h"
#include "exchange/record/record_io.h"
#include "pack/pack.h"

#define DEMO_PACK "demo"
#define DEMO_PASSWORD "sample-anchor-2026"
#define LARGE_CELLS 10000000

static enum err load_records(struct import *im, const struct pack *p, struct err_info *e)
{
    for (unsigned i = 0; i < p->n_records; i++) {
        const struct entity *kind = model_find(p->records[i].kind);
        size_t len;
        const char *bytes = pack_file(p, p->records[i].file, &len);
        if (kind == NULL || bytes == NULL) {
            return err_set(e, ERR_DAMAGED, NULL, MSG("The pack of the demonstration lacks {0}."),
                           NULL, p->records[i].file, NULL);
        }
        enum err err = import_json(im, kind, bytes, len, e);
        if (err != ERR_NONE) {
            err_detail(e, "in %s", p->records[i].file);
            return err;
        }
    }
    return ERR_NONE;
}

// The same role for another programme.
static bool is_given_before(struct record *const *grants, size_t n)
{
    bool before = false;
    for (size_t i = 0; i < n; i++) {
        before = before || strcmp(record_text(grants[i], "role"), record_text(grants[n], "role")) == 0;
    }
    return before;
}

static enum err print_people(struct cli *c, struct store *s, struct err_info *e)
{
    struct db_read *db;
    struct record **people;
    size_t n;
    enum err err = db_reader(store_db(s), &db, e);
    if (err == ERR_NONE) {
        err = store_list(db, c->arena, &entity_user, NULL, &people, &n, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    buf_printf(&c->out, "%s\n\n",
               tr_f(c->arena, c->lang,
                    MSG("A workspace with sample programmes is in {0}. Sign in as one of these, "
                        "password {1}:"),
                    c->args[0], DEMO_PASSWORD, NULL));
    for (size_t i = 0; i < n; i++) {
        struct record **grants;
        size_t n_grants;
        err = store_list_by(db, c->arena, &entity_role_grant, "user_id", people[i]->id, &grants,
                            &n_grants, e);
        if (err != ERR_NONE) {
            return err;
        }
        buf_printf(&c->out, "  %-8s", record_text(people[i], "name_key"));
        for (size_t k = 0; k < n_grants; k++) {
            if (!is_given_before(grants, k)) {
                const struct field *role = entity_field(&entity_role_grant, "role");
                buf_printf(&c->out, "%s %s", k == 0 ? "" : ",",
                           tr(c->lang, field_choice_label(role, record_text(grants[k], "role"))));
            }
        }
        buf_char(&c->out, '\n');
    }
    return ERR_NONE;
}

static enum err fill(struct cli *c, struct store *s, struct err_info *e)
{
    const struct pack *p = pack_find(DEMO_PACK);
    struct store_tx *tx;
    if (p == NULL) {
        return err_set(e, ERR_DAMAGED, NULL, MSG("There is no pack “{0}”."), NULL, DEMO_PACK, NULL);
    }
    enum err err = store_begin(s, &c->actor, "demonstration", &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct import im = {.arena = c->arena, .tx = tx};
    err = load_records(&im, p, e);
    if (err == ERR_NONE) {
        err = access_demo_begin(tx, c->arena, DEMO_PASSWORD, e);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

// Values and parts that --large makes; 0 without it.
static enum err large_asked(const struct cli *c, int64_t *cells, struct err_info *e)
{
    const char *number = cli_option_of(c, "--observations");
    char *end;
    long long n = number == NULL ? LARGE_CELLS : strtoll(number, &end, 10);
    *cells = cli_has(c, "--large") ? n : 0;
    if (number != NULL && (!cli_has(c, "--large") || *end != '\0' || n < LARGE_INDICATORS || n > 100000000)) {
        return err_set(e, ERR_USAGE, "--observations", MSG("How many values?"),
                       MSG("Give a number from 5000 to 100000000, together with --large."), NULL);
    }
    return ERR_NONE;
}

static enum err demo_run(struct cli *c, struct err_info *e)
{
    struct store *s;
    int64_t cells;
    enum err err = large_asked(c, &cells, e);
    if (err == ERR_NONE) {
        err = store_init(c->args[0], e);
    }
    if (err == ERR_NONE) {
        err = store_open(c->args[0], false, &s, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    err = fill(c, s, e);
    if (err == ERR_NONE && cells > 0) {
        err = large_save(c, s, cells, e);
    }
    if (err == ERR_NONE) {
        err = print_people(c, s, e);
    }
    store_close(s);
    return err;
}

const struct command cmd_demo = {
    .name = "demo",
    .usage = "demo DIR|postgresql://... [--large [--observations N]]",
    .about = MSG("makes a workspace with sample programmes"),
    .help = MSG("With --large it gets 200 invented programmes more, with 5,000 indicators in 60 countries and "
                "10 million values and parts of values, for measuring: that takes some minutes and 10 GB."),
    .options = (const struct cli_option[]){{"--large", NULL, MSG("with a large number of invented values"), false},
                                           {"--observations", "N",
                                            MSG("how many values and parts of values; 10000000 when not said"), false},
                                           {0}},
    .min_args = 1,
    .max_args = 1,
    .own_process = true,
    .run = demo_run,
};
