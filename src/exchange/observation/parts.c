// SPDX-License-Identifier: AGPL-3.0-or-later
//
// parts.c: see parts.h.

#include "exchange/observation/parts.h"

#include "result/result.h"

const char *const part_sides[PART_SIDES] = {"sex", "age"};

bool part_code_is_known(int side, const char *code)
{
    return result_code_at(&entity_observation_part, part_sides[side], code) >= 0;
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
