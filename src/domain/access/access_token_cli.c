// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_token_cli.c: mainstay user token, user tokens, user revoke.

#include <stdlib.h>
#include <string.h>

#include "access/access_private.h"
#include "access/access_token_private.h"
#include "cli/cli.h"
#include "store/store.h"

// People may have tokens of their own; those of others are for administrators.
static enum err find_person(struct cli *c, struct record **person, struct err_info *e)
{
    bool own = c->who != NULL && strcmp(c->who->name_key, c->args[0]) == 0;
    if (!own && !cli_may(c, MAY_ADMINISTER, NULL)) {
        return err_set(e, ERR_NOT_ALLOWED, NULL, MSG("Only an administrator may do this."),
                       MSG("Leave out --as to act as the owner of the workspace."), NULL);
    }
    return access_token_owner(c->store, c->arena, c->args[0], person, e);
}

static enum err finish(struct store_tx *tx, enum err err, struct err_info *e)
{
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

static int64_t days_of(const struct cli *c)
{
    const char *text = cli_option_of(c, "--days");
    if (text == NULL) {
        return ACCESS_TOKEN_DAYS;
    }
    bool number = text[0] != '\0' && strlen(text) < 10 &&
                  strspn(text, "0123456789") == strlen(text);
    return number ? strtoll(text, NULL, 10) : 0; // 0 is refused with the range
}

static enum err token_run(struct cli *c, struct err_info *e)
{
    struct record *person;
    struct store_tx *tx;
    const char *token;
    const char *expires_at;
    const char *name = cli_option_of(c, "--name");
    enum err err = find_person(c, &person, e);
    if (err == ERR_NONE && name == NULL) {
        err = err_set(e, ERR_USAGE, "--name", MSG("What is the token for?"),
                      MSG("Add --name \"Monthly report\"."), NULL);
    }
    if (err == ERR_NONE) {
        err = store_begin(c->store, &c->actor, NULL, &tx, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    err = finish(tx,
                 access_token_make(tx, c->arena, person->id, name, cli_has(c, "--read-only"),
                                   days_of(c), &token, &expires_at, e),
                 e);
    if (err == ERR_NONE) {
        buf_printf(&c->out, "%s\n%s\n", token,
                   tr_f(c->arena, c->lang, MSG("Keep it now: it is shown only once. It ends on {0}."),
                        arena_copy_n(c->arena, expires_at, 10), NULL));
    }
    return err;
}

const struct command cmd_user_token = {
    .name = "user token",
    .usage = "user token SIGN-IN-NAME --name TEXT [--read-only] [--days N]",
    .about = MSG("makes an access token for the API"),
    .help = MSG("The token carries the rights of the person and is printed once, on the first line."),
    .options = (const struct cli_option[]){
        {"--name", "TEXT", MSG("what it is for"), false},
        {"--read-only", NULL, MSG("it reads only, whatever the person may do"), false},
        {"--days", "N", MSG("how long it lives, 1 to 366 (90)"), false},
        {0}},
    .min_args = 1,
    .max_args = 1,
    .needs_store = true,
    .writes = true,
    .run = token_run,
};

static enum err tokens_run(struct cli *c, struct err_info *e)
{
    struct record *person;
    struct access_token *tokens;
    size_t n;
    enum err err = find_person(c, &person, e);
    if (err == ERR_NONE) {
        err = access_tokens_now(c->store, c->arena, person->id, &tokens, &n, e);
    }
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        const struct access_token *t = &tokens[i];
        buf_printf(&c->out, "%-30s %s  %s  %s\n", t->name,
                   tr(c->lang, t->read_only ? MSG("reads only") : MSG("reads and writes")),
                   tr_f(c->arena, c->lang, MSG("ends {0}"),
                        arena_copy_n(c->arena, t->expires_at, 10), NULL),
                   t->used_at == NULL
                       ? tr(c->lang, MSG("never used"))
                       : tr_f(c->arena, c->lang, MSG("last used {0}"),
                              arena_copy_n(c->arena, t->used_at, 10), NULL));
    }
    return err;
}

const struct command cmd_user_tokens = {
    .name = "user tokens",
    .usage = "user tokens SIGN-IN-NAME",
    .about = MSG("lists the access tokens of a person"),
    .min_args = 1,
    .max_args = 1,
    .needs_store = true,
    .run = tokens_run,
};

static enum err revoke_run(struct cli *c, struct err_info *e)
{
    struct record *person;
    struct store_tx *tx;
    enum err err = find_person(c, &person, e);
    if (err == ERR_NONE) {
        err = store_begin(c->store, &c->actor, NULL, &tx, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    err = finish(tx, access_token_revoke(tx, c->arena, person->id, c->args[1], e), e);
    if (err == ERR_NONE) {
        buf_printf(&c->out, "%s\n", tr(c->lang, MSG("The token is taken back; it opens nothing now.")));
    }
    return err;
}

const struct command cmd_user_revoke = {
    .name = "user revoke",
    .usage = "user revoke SIGN-IN-NAME TOKEN-NAME",
    .about = MSG("takes an access token back"),
    .min_args = 2,
    .max_args = 2,
    .needs_store = true,
    .writes = true,
    .run = revoke_run,
};
