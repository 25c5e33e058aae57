// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_overlay_cli.c: mainstay pack overlay: reads the published document and lays its wording over
// our rows. Without a workspace it only tells what it found.

#include "pack/pack_overlay.h"

#include "format/json/json_write.h"
#include "pack/pack_cli.h"
#include "pack/pack_official.h"

#define MISSING_SHOWN 20

static void as_json(struct cli *c, const struct overlay *o, size_t matched)
{
    struct json_out j;
    json_begin(&j, &c->out, true);
    json_put_object(&j);
    json_member_int(&j, "matched", (int64_t)matched);
    json_member_int(&j, "cells", (int64_t)o->n_found);
    json_put_name(&j, "unmatched");
    json_put_array(&j);
    for (size_t i = 0, k = 0; i < o->n_rows; i++) {
        const struct overlay_row *row = &o->rows[i];
        if (row->n_found == 0) {
            json_put_text(&j, row->id);
        }
        for (size_t end = k + row->n_cells; k < end; k++) {
            if (row->n_found > 0 && o->cells[k].text == NULL) {
                json_put_text(&j, arena_printf(c->arena, "%s %s", row->id, o->cells[k].cell));
            }
        }
    }
    json_put_array_end(&j);
    json_put_name(&j, "ids");
    json_put_array(&j);
    for (size_t i = 0; i < o->n_rows; i++) {
        if (o->rows[i].n_found > 0) {
            json_put_text(&j, o->rows[i].id);
        }
    }
    json_put_array_end(&j);
    json_put_object_end(&j);
    json_end(&j);
}

static void as_text(struct cli *c, const struct overlay *o, size_t matched, size_t changed)
{
    buf_printf(&c->out, "%s\n",
               tr_f(c->arena, c->lang,
                    MSG("{0} of {1} rows have the wording of the document ({2} of {3} texts)."),
                    arena_printf(c->arena, "%zu", matched),
                    arena_printf(c->arena, "%zu", o->n_rows),
                    arena_printf(c->arena, "%zu", o->n_found),
                    arena_printf(c->arena, "%zu", o->n_cells), NULL));
    size_t missing = 0;
    for (size_t i = 0; i < o->n_cells; i++) {
        if (o->cells[i].text == NULL && missing++ < MISSING_SHOWN) {
            buf_printf(&c->out, "%s\n",
                       tr_f(c->arena, c->lang, MSG("Not in the document: {0}, {1}"),
                            o->cells[i].row, o->cells[i].cell, NULL));
        }
    }
    if (missing > MISSING_SHOWN) {
        buf_printf(&c->out, "%s\n",
                   tr_f(c->arena, c->lang, MSG("And {0} more; --format json names all."),
                        arena_printf(c->arena, "%zu", missing - MISSING_SHOWN), NULL));
    }
    if (c->store != NULL) {
        buf_printf(&c->out, "%s\n",
                   changed == 0 ? tr(c->lang, MSG("The workspace holds all of this already."))
                                : tr_n(c->arena, c->lang, MSG("The workspace keeps 1 new text."),
                                       MSG("The workspace keeps {0} new texts."),
                                       (int64_t)changed));
    }
}

static enum err overlay_run(struct cli *c, struct err_info *e)
{
    bool json;
    enum err err = pack_cli_wants_json(c, &json, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (c->store != NULL && !cli_may(c, MAY_ADMINISTER, NULL)) {
        return err_set(e, ERR_NOT_ALLOWED, NULL, MSG("You may not change the wording of packs."),
                       MSG("An administrator may."), NULL);
    }
    const struct pack *p = pack_find(c->args[0]);
    if (p == NULL) {
        return pack_cli_not_found(c->args[0], e);
    }
    struct overlay o;
    size_t changed = 0;
    err = overlay_lay(c->arena, p, c->input, c->input_len, &o, e);
    if (err == ERR_NONE && c->store != NULL) {
        err = pack_official_keep(c->store, c->arena, &c->actor, p, &o, &changed, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    size_t matched = 0;
    for (size_t i = 0; i < o.n_rows; i++) {
        matched += o.rows[i].n_found > 0;
    }
    if (json) {
        as_json(c, &o, matched);
    } else {
        as_text(c, &o, matched, changed);
    }
    return ERR_NONE;
}

const struct command cmd_pack_overlay = {
    .name = "pack overlay",
    .usage = "pack overlay PACK DOCUMENT.txt|- [--format text|json]",
    .about = MSG("lays the wording of the published document over the rows of a pack"),
    .help = MSG("DOCUMENT.txt is a text export (UTF-8) of the document that the pack was made from. "
                "Every text is found by exact equality of its words; nothing is guessed. With a "
                "workspace the wording is kept there; without, the command only reports."),
    .options = (const struct cli_option[]){{"--format", "FORMAT", MSG("text or json"), false}, {0}},
    .min_args = 2,
    .max_args = 2,
    .store_if_named = true,
    .writes = true,
    .reads_input = true,
    .run = overlay_run,
};
