// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dhis2_cli.c: mainstay export dhis2, export adx, import dhis2, import adx.

#include <string.h>

#include "base/date.h"
#include "base/limits.h"
#include "cli/cli.h"
#include "exchange/dhis2/dhis2.h"
#include "exchange/partner/partner.h"
#include "os/clock.h"
#include "os/file.h"

// The table of --mapping; without one all codes are the same on both sides.
static enum err read_mapping(struct cli *c, struct dhis2_mapping *out, struct err_info *e)
{
    const char *file = cli_option_of(c, "--mapping");
    const char *bytes;
    size_t len;
    *out = (struct dhis2_mapping){0};
    if (file == NULL) {
        return ERR_NONE;
    }
    if (c->in_server && file[0] != '/') {
        return err_set(e, ERR_USAGE, "--mapping",
                       MSG("A server runs this workspace, and it does not know your folder."),
                       MSG("Write the whole path of the mapping, from / on."), NULL);
    }
    enum err err = file_read(c->arena, file, LIMIT_PACK_FILE_BYTES, &bytes, &len, e);
    return err != ERR_NONE ? err : dhis2_mapping_read(c->arena, bytes, len, out, e);
}

static enum err form_of(const struct cli *c, enum dhis2_form *out, struct err_info *e)
{
    static const char *const names[] = {"json", "xml", "csv"};
    const char *format = cli_option_of(c, "--format");
    *out = DHIS2_JSON;
    for (size_t i = 0; format != NULL && i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(format, names[i]) == 0) {
            *out = (enum dhis2_form)i;
            return ERR_NONE;
        }
    }
    return format == NULL ? ERR_NONE
                          : err_set(e, ERR_USAGE, "--format", MSG("There is no format “{0}”."),
                                    MSG("Choose json, xml or csv."), format, NULL);
}

static enum err export_as(struct cli *c, enum dhis2_form form, struct err_info *e)
{
    char now[25];
    struct dhis2_mapping mapping;
    struct record **programmes;
    struct buf notes;
    struct db_read *db;
    size_t n;
    time_to_text(clock_now_ms(), now);
    struct dhis2_options o = {.lang = c->lang,
                              .now = arena_printf(c->arena, "%.19sZ", now),
                              .form = form,
                              .mapping = &mapping,
                              .unapproved = cli_has(c, "--unapproved"),
                              .parts = cli_has(c, "--with-parts")};
    buf_init(&notes, c->arena, LIMIT_TEXT_BYTES);
    enum err err = read_mapping(c, &mapping, e);
    if (err == ERR_NONE) {
        err = partner_export_begin(c, &db, &programmes, &n, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    err = dhis2_write(c, db, programmes, n, &o, &notes, e);
    db_snapshot_end(db);
    if (err != ERR_NONE) {
        buf_reset(&c->out); // half a file is none
    }
    buf_add(&c->err, notes.data, notes.len);
    return err;
}

static enum err export_dhis2(struct cli *c, struct err_info *e)
{
    enum dhis2_form form;
    enum err err = form_of(c, &form, e);
    return err != ERR_NONE ? err : export_as(c, form, e);
}

static enum err export_adx(struct cli *c, struct err_info *e)
{
    return export_as(c, DHIS2_ADX, e);
}

// ---- in -----------------------------------------------------------------------------------------------

struct input {
    struct dhis2_set set;
    struct dhis2_mapping mapping;
};

static enum err save_input(struct partner_import *p, void *of, struct err_info *e)
{
    const struct input *in = of;
    return dhis2_save(p, &in->set, &in->mapping, e);
}

static enum err import_as(struct cli *c, bool adx, struct err_info *e)
{
    struct input in;
    enum err err = read_mapping(c, &in.mapping, e);
    if (err == ERR_NONE) {
        err = adx ? adx_read(c->arena, c->input, c->input_len, &in.mapping, &in.set, e)
                  : dhis2_read(c->arena, c->input, c->input_len, &in.set, e);
    }
    return err != ERR_NONE ? err
                           : partner_run(c,
                                         tr(c->lang, adx ? MSG("imported from an ADX file")
                                                         : MSG("imported from DHIS2")),
                                         save_input, &in, e);
}

static enum err import_dhis2(struct cli *c, struct err_info *e)
{
    return import_as(c, false, e);
}

static enum err import_adx(struct cli *c, struct err_info *e)
{
    return import_as(c, true, e);
}

#define MAPPING {"--mapping", "FILE", MSG("what is called how there: CSV with kind,ours,theirs"), false}
#define EXPORT_OPTIONS                                                                             \
    {"--programme", "NUMBER", MSG("only this programme"), false}, MAPPING,                         \
        {"--unapproved", NULL, MSG("also values that nobody has approved"), false},                \
        PARTS_OPTION

const struct command cmd_export_dhis2 = {
    .name = "export dhis2",
    .usage = "export dhis2 [--programme NUMBER] [--mapping FILE] [--format json|xml|csv] "
             "[--unapproved] [--with-parts] [--output FILE]",
    .about = MSG("writes values of indicators as a data value set of DHIS2"),
    .options = (const struct cli_option[]){EXPORT_OPTIONS,
                                            {"--format", "FORMAT", MSG("json, xml or csv"), false},
                                            {0}},
    .min_args = 0,
    .max_args = 0,
    .needs_store = true,
    .run = export_dhis2,
};

const struct command cmd_export_adx = {
    .name = "export adx",
    .usage = "export adx --mapping FILE [--programme NUMBER] [--unapproved] [--with-parts] "
             "[--output FILE]",
    .about = MSG("writes values of indicators as ADX"),
    .options = (const struct cli_option[]){EXPORT_OPTIONS, {0}},
    .min_args = 0,
    .max_args = 0,
    .needs_store = true,
    .run = export_adx,
};

const struct command cmd_import_dhis2 = {
    .name = "import dhis2",
    .usage = "import dhis2 [FILE|-] [--mapping FILE] [--dry-run] [--skip-refused] [--reason TEXT]",
    .about = MSG("reads values of indicators from a data value set of DHIS2: JSON, XML or CSV"),
    .options = (const struct cli_option[]){PARTNER_OPTIONS, MAPPING, {0}},
    .min_args = 0,
    .max_args = 1,
    .needs_store = true,
    .writes = true,
    .reads_input = true,
    .run = import_dhis2,
};

const struct command cmd_import_adx = {
    .name = "import adx",
    .usage = "import adx [FILE|-] [--mapping FILE] [--dry-run] [--skip-refused] [--reason TEXT]",
    .about = MSG("reads values of indicators from an ADX file"),
    .options = (const struct cli_option[]){PARTNER_OPTIONS, MAPPING, {0}},
    .min_args = 0,
    .max_args = 1,
    .needs_store = true,
    .writes = true,
    .reads_input = true,
    .run = import_adx,
};
