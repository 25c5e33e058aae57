// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_cli.c: mainstay user list, add, password, role, disable.
//
// A password never stands on a command line, where others can see it: it comes from a file or from
// standard input, or is made and printed once.

#include <string.h>

#include "access/access_private.h"
#include "base/bug.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "os/password.h"

static enum err must_administer(struct cli *c, struct err_info *e)
{
    return cli_may(c, MAY_ADMINISTER, NULL)
               ? ERR_NONE
               : err_set(e, ERR_NOT_ALLOWED, NULL, MSG("Only an administrator may do this."),
                         MSG("Leave out --as to act as the owner of the workspace."), NULL);
}

// The password given as input, or a new one; *made tells.
static enum err take_password(struct cli *c, const char *name_key, const char **password,
                              bool *made, struct err_info *e)
{
    *made = c->n_args < 2; // neither FILE nor -
    if (*made) {
        *password = access_password_new(c->arena);
        return ERR_NONE;
    }
    size_t len = c->input_len; // the first line, without spaces around, as a form would take it
    const char *end = memchr(c->input, '\n', len);
    len = end == NULL ? len : (size_t)(end - c->input);
    const char *start = c->input;
    while (len > 0 && (*start == ' ' || *start == '\t')) {
        start++;
        len--;
    }
    while (len > 0 && strchr(" \t\r", start[len - 1]) != NULL) {
        len--;
    }
    *password = arena_copy_n(c->arena, start, len);
    size_t at;
    if (!utf8_is_clean(start, len, &at)) { // no form could send it
        return err_set(e, ERR_INPUT, "password", MSG("The password is not valid UTF-8."),
                       MSG("Write it in UTF-8, without control characters (see byte {0})."),
                       arena_printf(c->arena, "%zu", at + 1), NULL);
    }
    return access_password_check(*password, name_key, "password", e);
}

static void print_made(struct cli *c, const char *password)
{
    buf_printf(&c->out, "%s\n",
               tr_f(c->arena, c->lang, MSG("Password: {0} (shown only now)"), password, NULL));
}

static enum err find_programme(struct cli *c, struct db_read *db, const char *number,
                               const char **id, struct err_info *e)
{
    struct record *programme;
    enum err err = store_get(db, c->arena, model_find("programme"), number, &programme, e);
    if (err == ERR_NONE) {
        *id = programme->id;
    }
    return err;
}

// --role and --programme belong together; the role must exist.
static enum err check_role(const char *role, struct err_info *e)
{
    if (role_find(role) != NULL) {
        return ERR_NONE;
    }
    return err_set(e, ERR_USAGE, "role", MSG("There is no role “{0}”."),
                   MSG("Roles are administrator, manager, monitor, adviser, officer, evaluator, "
                       "donor and reader."),
                   role, NULL);
}

static enum err finish(struct store_tx *tx, enum err err, struct err_info *e)
{
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

// ---- user list ----------------------------------------------------------------------------------

static enum err list_run(struct cli *c, struct err_info *e)
{
    struct db_read *db;
    struct person *people;
    size_t n;
    enum err err = must_administer(c, e);
    if (err == ERR_NONE) {
        err = access_reader(c->store, &db, e);
    }
    if (err == ERR_NONE) {
        err = people_list(db, c->arena, &people, &n, e);
    }
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        const struct person *p = &people[i];
        buf_printf(&c->out, "%-16s %-24s %s", p->name_key, p->name,
                   tr(c->lang, !p->active         ? MSG("may not sign in")
                               : !p->has_password ? MSG("has no password")
                                                  : MSG("may sign in")));
        for (size_t k = 0; k < p->n_grants; k++) {
            buf_printf(&c->out, "%s%s%s%s", k == 0 ? "  " : ", ", p->grants[k].role,
                       p->grants[k].number == NULL ? "" : " ",
                       p->grants[k].number == NULL ? "" : p->grants[k].number);
        }
        buf_char(&c->out, '\n');
    }
    return err;
}

const struct command cmd_user_list = {
    .name = "user list",
    .usage = "user list",
    .about = MSG("lists the people who sign in, with their roles"),
    .needs_store = true,
    .run = list_run,
};

// ---- user add -----------------------------------------------------------------------------------

static enum err save_person(struct cli *c, struct store_tx *tx, const char *hash,
                            struct err_info *e)
{
    const char *role = cli_option_of(c, "--role");
    const char *number = cli_option_of(c, "--programme");
    const char *programme_id = NULL;
    bool given;
    struct record *u = record_new(c->arena, &entity_user);
    record_set_text(u, "name_key", c->args[0]);
    record_set_text(u, "name", cli_option_of(c, "--name"));
    record_set_text(u, "language", "en");
    record_set_int(u, "active", 1);
    enum err err = record_check(u, e);
    if (err == ERR_NONE) {
        err = store_save(tx, c->arena, u, e);
    }
    if (err == ERR_NONE && number != NULL) {
        err = find_programme(c, store_tx_read(tx), number, &programme_id, e);
    }
    if (err == ERR_NONE && role != NULL) {
        err = person_give_role(tx, c->arena, u->id, role, programme_id, &given, e);
    }
    return err == ERR_NONE ? access_set_password_hash(tx, u->id, hash, e) : err;
}

static enum err add_run(struct cli *c, struct err_info *e)
{
    struct store_tx *tx;
    const char *password;
    const char *hash;
    bool made;
    const char *role = cli_option_of(c, "--role");
    enum err err = must_administer(c, e);
    if (err == ERR_NONE && cli_option_of(c, "--name") == NULL) {
        err = err_set(e, ERR_USAGE, "--name", MSG("The name is missing."),
                      MSG("Add --name \"Amina Karimova\"."), NULL);
    }
    if (err == ERR_NONE && role == NULL && cli_has(c, "--programme")) {
        err = err_set(e, ERR_USAGE, "--role", MSG("Which role in the programme?"),
                      MSG("Add --role ROLE."), NULL);
    }
    if (err == ERR_NONE && role != NULL) {
        err = check_role(role, e);
    }
    if (err == ERR_NONE) {
        err = take_password(c, c->args[0], &password, &made, e);
    }
    if (err == ERR_NONE) {
        err = password_hash(c->arena, password, &hash, e);
    }
    if (err == ERR_NONE) {
        err = store_begin(c->store, &c->actor, NULL, &tx, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    err = finish(tx, save_person(c, tx, hash, e), e);
    if (err == ERR_NONE) {
        buf_printf(&c->out, "%s\n",
                   tr_f(c->arena, c->lang, MSG("{0} may sign in."), c->args[0], NULL));
        if (made) {
            print_made(c, password);
        }
    }
    return err;
}

static const struct cli_option add_options[] = {
    {"--name", "TEXT", MSG("name shown to others"), false},
    {"--role", "ROLE", MSG("role to give"), false},
    {"--programme", "NUMBER", MSG("give the role in this programme only"), false},
    {0},
};

const struct command cmd_user_add = {
    .name = "user add",
    .usage = "user add SIGN-IN-NAME [FILE|-] --name TEXT [--role ROLE] [--programme NUMBER]",
    .about = MSG("adds a person who can sign in"),
    .help = MSG("The password is the first line of FILE, or of standard input when - is given; "
                "else one is made and printed once."),
    .options = add_options,
    .min_args = 1,
    .max_args = 2,
    .needs_store = true,
    .writes = true,
    .reads_input = true,
    .input_optional = true,
    .run = add_run,
};

// ---- user password ------------------------------------------------------------------------------

static enum err find_person(struct cli *c, struct record **person, struct err_info *e)
{
    struct db_read *db;
    enum err err = must_administer(c, e);
    if (err == ERR_NONE) {
        err = access_reader(c->store, &db, e);
    }
    return err == ERR_NONE ? store_get(db, c->arena, &entity_user, c->args[0], person, e) : err;
}

static enum err password_run(struct cli *c, struct err_info *e)
{
    struct record *person;
    struct store_tx *tx;
    const char *password;
    const char *hash;
    bool made;
    enum err err = find_person(c, &person, e);
    if (err == ERR_NONE) {
        err = take_password(c, record_text(person, "name_key"), &password, &made, e);
    }
    if (err == ERR_NONE) {
        err = password_hash(c->arena, password, &hash, e);
    }
    if (err == ERR_NONE) {
        err = store_begin(c->store, &c->actor, NULL, &tx, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    err = finish(tx, access_set_password_hash(tx, person->id, hash, e), e);
    if (err == ERR_NONE) {
        buf_printf(&c->out, "%s\n",
                   tr_f(c->arena, c->lang, MSG("The password of {0} is set; they are signed out "
                                               "everywhere."),
                        record_text(person, "name_key"), NULL));
        if (made) {
            print_made(c, password);
        }
    }
    return err;
}

const struct command cmd_user_password = {
    .name = "user password",
    .usage = "user password SIGN-IN-NAME [FILE|-]",
    .about = MSG("sets the password of a person"),
    .help = MSG("The password is the first line of FILE, or of standard input when - is given; "
                "else one is made and printed once."),
    .min_args = 1,
    .max_args = 2,
    .needs_store = true,
    .writes = true,
    .reads_input = true,
    .input_optional = true,
    .run = password_run,
};

// ---- user role ----------------------------------------------------------------------------------

static enum err take_role(struct cli *c, struct store_tx *tx, const char *user_id,
                          const char *programme_id, struct err_info *e)
{
    struct person_grant *grants;
    size_t n;
    enum err err = person_grants(store_tx_read(tx), c->arena, user_id, &grants, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        const char *there = grants[i].programme_id;
        bool same = there == NULL || programme_id == NULL ? there == programme_id
                                                          : strcmp(there, programme_id) == 0;
        if (same && strcmp(grants[i].role, c->args[1]) == 0) {
            return person_take_role(tx, c->arena, grants[i].id, e);
        }
    }
    return err != ERR_NONE ? err
                           : err_set(e, ERR_NOT_FOUND, NULL,
                                     MSG("{0} does not hold this role there."),
                                     MSG("“mainstay user list” shows who holds what."), c->args[0],
                                     NULL);
}

static enum err role_run(struct cli *c, struct err_info *e)
{
    struct db_read *db;
    struct record *person;
    struct store_tx *tx;
    const char *programme_id = NULL;
    const char *number = cli_option_of(c, "--programme");
    bool given = true;
    enum err err = access_reader(c->store, &db, e);
    if (err == ERR_NONE) {
        err = check_role(c->args[1], e);
    }
    if (err == ERR_NONE) {
        err = store_get(db, c->arena, &entity_user, c->args[0], &person, e);
    }
    if (err == ERR_NONE && number != NULL) {
        err = find_programme(c, db, number, &programme_id, e);
    }
    if (err == ERR_NONE && c->who != NULL && !role_may_give(c->who, c->args[1], programme_id)) {
        err = err_set(e, ERR_NOT_ALLOWED, NULL, MSG("You may not give or take this role there."),
                      MSG("Nobody can give more than they hold. Ask somebody who holds it."), NULL);
    }
    if (err == ERR_NONE) {
        err = store_begin(c->store, &c->actor, NULL, &tx, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    bool take = cli_has(c, "--remove");
    err = take ? take_role(c, tx, person->id, programme_id, e)
               : person_give_role(tx, c->arena, person->id, c->args[1], programme_id, &given, e);
    err = finish(tx, err, e);
    if (err == ERR_NONE) {
        buf_printf(&c->out, "%s\n",
                   tr(c->lang, take    ? MSG("The role is taken away.")
                               : given ? MSG("The role is given.")
                                       : MSG("The person holds this role already.")));
    }
    return err;
}

static const struct cli_option role_options[] = {
    {"--programme", "NUMBER", MSG("in this programme only"), false},
    {"--remove", NULL, MSG("take the role away"), false},
    {0},
};

const struct command cmd_user_role = {
    .name = "user role",
    .usage = "user role SIGN-IN-NAME ROLE [--programme NUMBER] [--remove]",
    .about = MSG("gives a role, or takes it away"),
    .options = role_options,
    .min_args = 2,
    .max_args = 2,
    .needs_store = true,
    .writes = true,
    .run = role_run,
};

// ---- user disable -------------------------------------------------------------------------------

static enum err disable_run(struct cli *c, struct err_info *e)
{
    struct record *person;
    struct store_tx *tx;
    bool back = cli_has(c, "--undo");
    enum err err = find_person(c, &person, e);
    if (err == ERR_NONE) {
        err = store_begin(c->store, &c->actor, NULL, &tx, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    err = finish(tx, person_set_active(tx, c->arena, person->id, back, e), e);
    if (err == ERR_NONE) {
        buf_printf(&c->out, "%s\n",
                   tr_f(c->arena, c->lang,
                        back ? MSG("{0} may sign in again.")
                             : MSG("{0} is signed out and may not sign in any more."),
                        record_text(person, "name_key"), NULL));
    }
    return err;
}

static const struct cli_option disable_options[] = {
    {"--undo", NULL, MSG("let the person sign in again"), false},
    {0},
};

const struct command cmd_user_disable = {
    .name = "user disable",
    .usage = "user disable SIGN-IN-NAME [--undo]",
    .about = MSG("stops a person from signing in"),
    .options = disable_options,
    .min_args = 1,
    .max_args = 1,
    .needs_store = true,
    .writes = true,
    .run = disable_run,
};
