// SPDX-License-Identifier: AGPL-3.0-or-later
//
// partner_web.c: see partner_web.h.

#include "exchange/partner/partner_web.h"

#include <string.h>

#include "base/decimal.h"
#include "base/utf8.h"

#define MOST_SHOWN 500

enum err partner_web_sent(struct req *r, const char **bytes, size_t *len, bool *sent,
                          struct err_info *e)
{
    const struct upload *file = req_upload(r, "file");
    *sent = file != NULL && file->len > 0;
    *bytes = *sent ? arena_copy_n(r->arena, file->bytes, file->len) : req_posted(r, "text");
    *len = *sent ? file->len : strlen(*bytes);
    return *len > 0 ? ERR_NONE
                    : err_set(e, ERR_INPUT, "file", MSG("No file was chosen."), MSG("Choose the file."), NULL);
}

enum err partner_web_fits(const char *text, size_t len, const char *larger, struct err_info *e)
{
    size_t bad;
    if (len > PARTNER_WEB_BYTES) {
        return err_set(e, ERR_INPUT, "file", MSG("The file is larger than 1 MB."), larger, NULL);
    }
    if (!utf8_is_clean(text, len, &bad)) { // what a form would bring back changed
        return err_set(e, ERR_INPUT, "file", MSG("The file is not written in UTF-8."),
                       MSG("Save it as UTF-8, and send that."), NULL);
    }
    return ERR_NONE;
}

static const struct {
    const char *look, *label;
} verdicts[PARTNER_VERDICTS] = {
    [PARTNER_NEW] = {"progress", MSG("New")},
    [PARTNER_CHANGED] = {"warn", MSG("Changed")},
    [PARTNER_SAME] = {"none", MSG("Unchanged")},
    [PARTNER_LEFT_OUT] = {"warn", MSG("Left out")},
    [PARTNER_REFUSED] = {"risk", MSG("Refused")},
};

static struct outcome_line shown(struct req *r, const struct partner_import *im, const struct partner_line *l)
{
    return (struct outcome_line){.where = partner_where(r->arena, im, l->number),
                                 .look = verdicts[l->verdict].look,
                                 .verdict = tr(r->lang, verdicts[l->verdict].label),
                                 .record = l->record,
                                 .text = l->text,
                                 .changes = l->changes,
                                 .n_changes = l->n_changes};
}

void partner_web_outcome(struct req *r, const struct partner_import *im, struct outcome_view *out)
{
    struct outcome_line *lines = ARENA_ARRAY(r->arena, struct outcome_line, MOST_SHOWN);
    struct outcome_line *same = ARENA_ARRAY(r->arena, struct outcome_line, MOST_SHOWN);
    out->good = im->refused == 0 && im->im.created + im->im.updated > 0;
    out->mend = im->refused == 0 ? NULL
                                 : tr(r->lang, MSG("Nothing can be saved while a line is refused. Mend these lines in "
                                                   "the file, and send it again."));
    out->summary = tr_f(r->arena, r->lang,
                        MSG("{0} new, {1} changed, {2} already there, {3} refused."),
                        decimal_int_text(r->arena, im->im.created),
                        decimal_int_text(r->arena, im->im.updated),
                        decimal_int_text(r->arena, im->im.same),
                        decimal_int_text(r->arena, (int64_t)im->refused), NULL);
    // what is refused stands first: it has to be mended
    for (const struct partner_line *l = im->lines; l != NULL; l = l->next) {
        if (l->verdict == PARTNER_REFUSED && out->n_lines < MOST_SHOWN) {
            lines[out->n_lines++] = shown(r, im, l);
        }
    }
    for (const struct partner_line *l = im->lines; l != NULL; l = l->next) {
        if (l->verdict == PARTNER_SAME) {
            if (out->n_same < MOST_SHOWN) {
                same[out->n_same++] = shown(r, im, l);
            }
            out->n_unchanged++;
        } else if (l->verdict != PARTNER_REFUSED && out->n_lines < MOST_SHOWN) {
            lines[out->n_lines++] = shown(r, im, l);
        }
    }
    out->lines = lines;
    out->same = same;
    size_t n_other = im->n_lines - (size_t)out->n_unchanged;
    if (n_other > out->n_lines) {
        out->more = tr_f(r->arena, r->lang, MSG("Only the first {0} of {1} lines are shown."),
                         decimal_int_text(r->arena, (int64_t)out->n_lines),
                         decimal_int_text(r->arena, (int64_t)n_other), NULL);
    }
}

const char *partner_web_refusal(struct req *r, const struct err_info *why)
{
    const char *hint = err_hint(r->arena, r->lang, why);
    return arena_printf(r->arena, "%s%s%s", err_text(r->arena, r->lang, why), hint == NULL ? "" : " ",
                        hint == NULL ? "" : hint);
}
