// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_web.c: see result_web.h.

#include "result/result_web.h"

#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "html/form.h"
#include "os/clock.h"
#include "result/result.h"
#include "result/result_words.h"

const char *result_row_address(struct req *r, const struct pack_tool *tool, const char *row_id)
{
    return arena_printf(r->arena, "%s#%s",
                        url_make(r->arena, "/library/{0}/{1}", tool->pack->id, tool->id, NULL),
                        url_escape(r->arena, row_id));
}

enum err result_next_number(struct req *r, long *out, struct err_info *e)
{
    struct record **indicators;
    size_t n;
    long highest = 0;
    const char *start = arena_printf(r->arena, "%s/I", record_text(r->programme, "number"));
    enum err err = store_list_by(r->db, r->arena, &entity_indicator, "programme_id",
                                 r->programme->id, &indicators, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        const char *code = record_text(indicators[i], "code");
        long number = 0;
        if (strncmp(code, start, strlen(start)) != 0) {
            continue;
        }
        const char *digit = code + strlen(start);
        while (*digit >= '0' && *digit <= '9' && number < 100000) {
            number = number * 10 + (*digit++ - '0');
        }
        highest = *digit == '\0' && number > highest ? number : highest;
    }
    *out = highest + 1;
    return err;
}

const char *result_address(struct req *r, const char *rest)
{
    return arena_printf(r->arena, "%s%s",
                        url_make(r->arena, "/programmes/{0}/indicators",
                                 record_text(r->programme, "number"), NULL),
                        rest);
}

const char *result_indicator_address(struct req *r, const char *indicator_id, const char *below)
{
    return arena_printf(r->arena, "%s/%s%s", result_address(r, ""),
                        url_escape(r->arena, indicator_id), below);
}

const struct crumb *result_crumbs(struct req *r, const struct record *indicator, size_t *n)
{
    const char *number = record_text(r->programme, "number");
    struct crumb *c = ARENA_ARRAY(r->arena, struct crumb, 4);
    c[0] = (struct crumb){tr(r->lang, MSG("Programmes")), "/programmes"};
    c[1] = (struct crumb){number, url_make(r->arena, "/programmes/{0}", number, NULL)};
    c[2] = (struct crumb){tr(r->lang, MSG("Indicators")), result_address(r, "")};
    *n = 3;
    if (indicator != NULL) {
        c[(*n)++] = (struct crumb){result_short_code(indicator),
                                   result_indicator_address(r, indicator->id, "")};
    }
    return c;
}

bool result_may(const struct req *r, enum verb verb)
{
    return identity_may(r->who, verb, r->programme->id);
}

enum err result_line_of_path(struct req *r, struct result_line **out, struct err_info *e)
{
    struct result_lines lines;
    char today[11];
    clock_today(today);
    const struct result_ask ask = {.programme_id = r->programme->id, .indicator_id = req_capture(r, "indicator"),
                                   .today = arena_copy(r->arena, today),
                                   .parts = result_may_see_parts(r->who, r->programme->id)};
    enum err err = result_lines_load(r->db, r->arena, &ask, &lines, e);
    if (err == ERR_NONE && lines.n == 0) {
        err = err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such indicator."),
                      MSG("Look in the list of indicators."), NULL);
    }
    if (err == ERR_NONE) {
        *out = &lines.items[0];
    }
    return err;
}

enum err result_value_of_path(struct req *r, const struct result_line *line,
                              const struct result_value **out, struct err_info *e)
{
    const char *id = req_capture(r, "observation");
    for (size_t i = 0; i < line->n_values; i++) {
        if (strcmp(line->entries[i].id, id) == 0) {
            struct result_value *value = ARENA_MAKE(r->arena, struct result_value);
            struct record *observation;
            enum err err = store_get(r->db, r->arena, &entity_observation, id, &observation, e);
            *value = line->values[i];
            value->record = observation;
            *out = value;
            return err;
        }
    }
    return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such value."),
                   MSG("Look in the values of the indicator."), NULL);
}

void result_blame(struct req *r, const char *name, struct err_info *wrong)
{
    (void)snprintf(wrong->field, sizeof wrong->field, "%s", name);
    if (form_error_of(r->form, name) == NULL) {
        form_add_error(r->arena, r->form, wrong);
    }
}

const char *result_blamed(struct req *r, const char *name)
{
    const struct form_error *wrong = form_error_of(r->form, name);
    const char *hint = wrong == NULL ? NULL : err_hint(r->arena, r->lang, &wrong->info);
    return wrong == NULL ? NULL
                         : arena_printf(r->arena, "%s%s%s", err_text(r->arena, r->lang, &wrong->info),
                                        hint == NULL ? "" : " ", hint == NULL ? "" : hint);
}

bool result_typed_number(struct req *r, enum result_unit unit, const char *name, int64_t *out)
{
    struct value v;
    struct err_info wrong;
    if (field_parse(r->arena, entity_field(&entity_observation_part, "value"), req_posted(r, name), 0, &v,
                    &wrong) != ERR_NONE) {
        result_blame(r, name, &wrong);
        return false;
    }
    if (!v.set || !decimal_parse(v.text, out)) {
        return false;
    }
    if (*out < 0) {
        (void)err_set(&wrong, ERR_INPUT, name, MSG("A number of people cannot be negative."),
                      MSG("Check the sign."), NULL);
        result_blame(r, name, &wrong);
    } else if (unit == UNIT_COUNT && count_check("count", name, v.text, &wrong) != ERR_NONE) {
        result_blame(r, name, &wrong);
    }
    return true;
}
