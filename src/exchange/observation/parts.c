// SPDX-License-Identifier: AGPL-3.0-or-later
//
// parts.c: see parts.h.

#include "exchange/observation/parts.h"

#include <string.h>

#include "base/decimal.h"
#include "base/msg.h"
#include "exchange/partner/partner.h"
#include "result/result.h"

const char *const part_sides[PART_SIDES] = {"sex", "age"};

bool part_code_is_known(int side, const char *code)
{
    return result_code_at(&entity_observation_part, part_sides[side], code) >= 0;
}

const char *part_code(int side, int at)
{
    return field_choices(entity_field(&entity_observation_part, part_sides[side]))[at].code;
}

size_t parts_of(struct arena *a, const struct result_value *v, struct part **out)
{
    size_t n = 0;
    *out = ARENA_ARRAY(a, struct part, v->sums.n + 1);
    for (int sex = 0; sex < RESULT_SEXES; sex++) {
        for (int age = 0; age < RESULT_AGES; age++) {
            if (v->parts.set[sex][age]) {
                (*out)[n++] = (struct part){{result_sex(sex), result_age(age)},
                                            v->parts.value[sex][age]};
            }
        }
    }
    return n;
}

// "Female, 18–24"
static const char *group_name(struct partner_import *p, const char *const codes[PART_SIDES])
{
    const char *name = "";
    for (int i = 0; i < PART_SIDES; i++) {
        const struct field *f = entity_field(&entity_observation_part, part_sides[i]);
        name = arena_printf(p->arena, "%s%s%s", name, i == 0 ? "" : ", ",
                            tr(p->lang, field_choice_label(f, codes[i])));
    }
    return name;
}

enum err part_save(struct partner_import *p, const char *observation_id, int line,
                   const char *const codes[PART_SIDES], const char *value, struct err_info *e)
{
    struct record *before;
    const char *known[PART_SIDES];
    const char *id;
    int64_t now;
    int64_t then;
    for (int i = 0; i < PART_SIDES; i++) {
        known[i] = codes[i] == NULL ? "not_known" : codes[i];
    }
    enum err err = partner_find(p, &entity_observation_part, &before, e, "observation_id",
                                observation_id, part_sides[0], known[0], part_sides[1], known[1],
                                NULL);
    if (err != ERR_NONE) {
        return err;
    }
    bool same = before != NULL && decimal_parse(value, &now) &&
                decimal_parse(record_text(before, "value"), &then) && now == then;
    struct partner_record r = {.kind = &entity_observation_part,
                               .line = line,
                               .shown = group_name(p, known)};
    partner_put(&r, "id", before == NULL ? NULL : before->id);
    partner_put(&r, "observation_id", observation_id);
    for (int i = 0; i < PART_SIDES; i++) {
        partner_put(&r, part_sides[i], known[i]);
    }
    partner_put(&r, "value", same ? NULL : value);
    return partner_save(p, &r, &id, e);
}
