// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_problem.c: the list of what is wrong in packs.

#include "pack/pack_inner.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void pack_problems_init(struct pack_problems *list, struct arena *a)
{
    *list = (struct pack_problems){.arena = a};
}

static void add(struct pack_problems *list, enum rule rule, const char *file, int line, int column,
                va_list args)
{
    if (list->n == list->cap) {
        size_t cap = list->cap == 0 ? 16 : list->cap * 2;
        struct pack_problem *more = ARENA_ARRAY(list->arena, struct pack_problem, cap);
        if (list->n > 0) {
            memcpy(more, list->items, list->n * sizeof *more);
        }
        list->items = more;
        list->cap = cap;
    }
    struct pack_problem *p = &list->items[list->n++];
    const struct pack_rule *r = &pack_rules[rule];
    *p = (struct pack_problem){r->code, r->code[5] == 'N', file, line, column, r->text, r->mend,
                               {"", "", "", ""}};
    for (int i = 0; i < 4; i++) {
        const char *text = va_arg(args, const char *);
        if (text == NULL) {
            break;
        }
        p->args[i] = arena_copy(list->arena, text);
    }
}

void problem_add(struct pack_problems *list, enum rule rule, const char *file, int line, int column,
                 ...)
{
    va_list args;
    va_start(args, column);
    add(list, rule, file, line, column, args);
    va_end(args);
}

void fault_at(struct pack_checker *c, enum rule rule, const struct yaml_places *places,
              const char *path, ...)
{
    const struct yaml_place *place = yaml_find(places, path);
    va_list args;
    va_start(args, path);
    add(c->problems, rule, places->file, place->line, place->column, args);
    va_end(args);
}

size_t pack_problems_errors(const struct pack_problems *list)
{
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++) {
        n += !list->items[i].is_note;
    }
    return n;
}

const char *pack_problem_line(struct arena *a, const struct lang *lang,
                              const struct pack_problem *p)
{
    const char *text = tr_args(a, lang, p->text, p->args, 4);
    const char *mend = tr_args(a, lang, p->mend, p->args, 4);
    char place[32] = "";
    if (p->line > 0) {
        snprintf(place, sizeof place, ":%d:%d", p->line, p->column);
    }
    return arena_printf(a, "%s%s: %s %s %s", p->file, place, p->code, text, mend);
}
