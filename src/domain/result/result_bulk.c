// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_bulk.c: see result_bulk.h.

#include "result/result_bulk.h"

#include <string.h>
#include <strings.h>

#include "result/result.h"

const char *bulk_words(struct arena *a, const struct lang *lang, enum result_unit unit,
                       const struct record *o)
{
    if (unit == UNIT_YES_NO && record_is_set(o, "answer")) {
        return tr(lang, field_choice_label(entity_field(&entity_observation, "answer"), record_text(o, "answer")));
    }
    if (result_is_share(unit) && record_is_set(o, "denominator")) {
        return arena_printf(a, "%s/%s", record_text(o, "numerator"), record_text(o, "denominator"));
    }
    return record_text(o, "value");
}

static enum err read_number(struct arena *a, const char *field, const char *text, struct record *o,
                            struct err_info *e)
{
    struct value v;
    enum err err = field_parse(a, entity_field(&entity_observation, field), text, 0, &v, e);
    if (err == ERR_NONE) {
        record_set_text(o, field, v.set ? v.text : NULL);
    }
    return err;
}

static enum err read_answer(const struct lang *lang, const char *text, struct record *o, struct err_info *e)
{
    static const char *const shorts[][2] = {{"y", "yes"}, {"p", "part"}, {"n", "no"}};
    const struct choice *c = field_choices(entity_field(&entity_observation, "answer"));
    for (; c->code != NULL; c++) {
        bool fits = strcasecmp(text, c->code) == 0 || strcasecmp(text, c->label) == 0 ||
                    strcasecmp(text, tr(lang, c->label)) == 0;
        for (int i = 0; i < 3; i++) {
            fits = fits || (strcasecmp(text, shorts[i][0]) == 0 && strcmp(c->code, shorts[i][1]) == 0);
        }
        if (fits) {
            record_set_text(o, "answer", c->code);
            return ERR_NONE;
        }
    }
    return err_set(e, ERR_INPUT, NULL, MSG("“{0}” is no answer."), MSG("Write yes, in part or no."), text, NULL);
}

enum err bulk_read(struct arena *a, const struct lang *lang, enum result_unit unit, const char *text,
                   struct record *o, struct err_info *e)
{
    const char *stroke = strchr(text, '/');
    record_clear(o, "value");
    record_clear(o, "numerator");
    record_clear(o, "denominator");
    record_clear(o, "answer");
    if (text[strspn(text, " ")] == '\0') {
        return ERR_NONE;
    }
    if (unit == UNIT_YES_NO) {
        return read_answer(lang, text + strspn(text, " "), o, e);
    }
    if (!result_is_share(unit)) {
        return read_number(a, "value", text, o, e);
    }
    if (stroke == NULL) {
        enum err one = read_number(a, "value", text, o, e);
        return one == ERR_NONE ? one : err_set(e, ERR_INPUT, NULL, MSG("“{0}” is no share."),
                                               MSG("Write part and whole, such as 29/40."), text, NULL);
    }
    enum err err = read_number(a, "numerator", arena_copy_n(a, text, (size_t)(stroke - text)), o, e);
    return err == ERR_NONE ? read_number(a, "denominator", stroke + 1, o, e) : err;
}
