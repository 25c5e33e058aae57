// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_setting_cli.c: mainstay setting: what holds for the whole workspace.
//
// Only settings that people choose are known here; what the program keeps for itself is not shown.

#include <string.h>

#include "access/access.h"
#include "base/bug.h"
#include "cli/cli.h"

static const struct setting {
    const char *name;
    const char *about;
} settings[] = {
    {"organisation", MSG("name of the organisation, on the sign-in page and in files")},
    {"iati-ref", MSG("IATI identifier of the organisation, such as XM-DAC-99999")},
    {"iati-type", MSG("kind of the organisation, a code of the IATI list OrganisationType")},
};

static const struct setting *find(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(settings); i++) {
        if (strcmp(settings[i].name, name) == 0) {
            return &settings[i];
        }
    }
    return NULL;
}

static enum err print_one(struct cli *c, struct db_read *db, const struct setting *s,
                          struct err_info *e)
{
    const char *value;
    enum err err = access_setting(db, c->arena, s->name, &value, e);
    if (err == ERR_NONE && c->n_args == 1) {
        buf_printf(&c->out, "%s\n", value == NULL ? "" : value);
    } else if (err == ERR_NONE) {
        buf_printf(&c->out, "%-14s %-24s %s\n", s->name, value == NULL ? "-" : value,
                   tr(c->lang, s->about));
    }
    return err;
}

static enum err change(struct cli *c, const struct setting *s, struct err_info *e)
{
    struct store_tx *tx;
    if (!cli_may(c, MAY_ADMINISTER, NULL)) {
        return err_set(e, ERR_NOT_ALLOWED, NULL, MSG("Only an administrator may do this."),
                       MSG("Leave out --as to act as the owner of the workspace."), NULL);
    }
    if (strlen(c->args[1]) > 200) {
        return err_set(e, ERR_INPUT, s->name, MSG("The value is too long."),
                       MSG("Write at most 200 letters."), NULL);
    }
    enum err err = strcmp(s->name, "iati-ref") == 0 ? access_iati_ref_check(c->args[1], s->name, e) : ERR_NONE;
    if (err == ERR_NONE) {
        err = store_begin(c->store, &c->actor, NULL, &tx, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    err = access_setting_set(tx, s->name, c->args[1], e);
    if (err == ERR_NONE) {
        err = store_event(tx, "setting", s->name, e);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

static enum err run(struct cli *c, struct err_info *e)
{
    struct db_read *db;
    const struct setting *one = c->n_args == 0 ? NULL : find(c->args[0]);
    if (c->n_args > 0 && one == NULL) {
        return err_set(e, ERR_USAGE, NULL, MSG("There is no setting “{0}”."),
                       MSG("“mainstay setting” lists them."), c->args[0], NULL);
    }
    if (c->n_args == 2) {
        return change(c, one, e);
    }
    enum err err = db_reader(store_db(c->store), &db, e);
    for (size_t i = 0; err == ERR_NONE && i < COUNT_OF(settings); i++) {
        if (one == NULL || one == &settings[i]) {
            err = print_one(c, db, &settings[i], e);
        }
    }
    return err;
}

const struct command cmd_setting = {
    .name = "setting",
    .usage = "setting [NAME [VALUE]]",
    .about = MSG("shows or changes what holds for the whole workspace"),
    .min_args = 0,
    .max_args = 2,
    .needs_store = true,
    .writes = true,
    .run = run,
};
