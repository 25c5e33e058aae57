// SPDX-License-Identifier: AGPL-3.0-or-later
//
// parts.c: see parts.h.

#include "exchange/observation/parts.h"

#include <string.h>

#include "base/decimal.h"
#include "base/msg.h"
#include "base/sort.h"
#include "exchange/partner/partner.h"
#include "result/result.h"

static int by_text(const void *x, const void *y)
{
    return strcmp(((const struct part *)x)->text, ((const struct part *)y)->text);
}

size_t parts_of(struct arena *a, const struct result_value *v, struct part **out)
{
    size_t n = 0;
    *out = ARENA_ARRAY(a, struct part, v->n_parts + 1);
    for (size_t i = 0; i < v->n_parts; i++) {
        if (v->parts[i].has_value) {
            (*out)[n++] = (struct part){v->parts[i].split, *v->splits[i], v->parts[i].value};
        }
    }
    sort_items(*out, n, sizeof **out, by_text);
    return n;
}

const char *parts_whole(struct arena *a, const struct part *parts, size_t n)
{
    const struct result_figure none = {0};
    struct result_part *list = ARENA_ARRAY(a, struct result_part, n + 1);
    struct result_cut *cuts = ARENA_ARRAY(a, struct result_cut, n + 1);
    for (size_t i = 0; i < n; i++) {
        list[i] = (struct result_part){
            .keys = split_keys(a, &parts[i].split), .has_value = true, .value = parts[i].scaled};
    }
    size_t n_cuts = result_cuts_of(list, n, &none, cuts);
    return n_cuts == 0 || cuts[0].too_large ? NULL : decimal_short(a, cuts[0].value);
}

bool value_is_written(const struct result_line *line, size_t i, bool unapproved)
{
    enum result_state state = line->entries[i].state;
    return (state >= STATE_APPROVED || (unapproved && state != STATE_RETURNED)) &&
           (line->values[i].figure.known || line->rule.unit == UNIT_TEXT);
}

enum err part_save(struct partner_import *p, const char *observation_id, int line,
                   const struct split *split, const char *value, struct err_info *e)
{
    struct record *before;
    const char *id;
    int64_t now;
    int64_t then;
    const char *text = split_text(p->arena, split);
    enum err err = partner_find(p, &entity_observation_part, &before, e, "observation_id",
                                observation_id, "split", text, NULL);
    if (err != ERR_NONE) {
        return err;
    }
    bool same = before != NULL && decimal_parse(value, &now) &&
                decimal_parse(record_text(before, "value"), &then) && now == then;
    struct partner_record r = {.kind = &entity_observation_part,
                               .line = line,
                               .shown = split_words(p->arena, p->lang, split)};
    partner_put(&r, "id", before == NULL ? NULL : before->id);
    partner_put(&r, "observation_id", observation_id);
    partner_put(&r, "split", text);
    partner_put(&r, "value", same ? NULL : value);
    bool open = true;
    err = same ? ERR_NONE : partner_open_value(p, line, observation_id, &open, e);
    if (!open) {
        partner_refuse_record(p, &r, PARTNER_CLOSED, NULL);
    }
    return err == ERR_NONE && open ? partner_save(p, &r, &id, e) : err;
}
