// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_tree.c: see result_tree.h.

#include "result/result_tree.h"

#include <string.h>

#include "result/result_narrow.h"

struct tree {
    struct arena *a;
    struct record *const *results;
    size_t n_results;
    const struct result_lines *lines;
    const char *top;
};

static const char *result_of(const struct result_line *line)
{
    return record_text(line->record, "result_id");
}

static bool is_of(const struct result_line *line, const char *row)
{
    return row[0] != '\0' && strcmp(record_text(line->record, "row"), row) == 0 &&
           strcmp(record_text(line->record, "state"), "active") == 0;
}

static bool is_under(const struct tree *t, const char *id, const char *top)
{
    return strcmp(id, top) != 0 && result_is_below(t->results, t->n_results, id, top);
}

// Below the result, and no other of the row in between.
static bool is_member(const struct tree *t, const struct result_line *line, const char *row)
{
    bool member = is_of(line, row) && is_under(t, result_of(line), t->top);
    for (size_t i = 0; member && i < t->lines->n; i++) {
        const struct result_line *other = &t->lines->items[i];
        member = !is_of(other, row) || !is_under(t, result_of(other), t->top) ||
                 !is_under(t, result_of(line), result_of(other));
    }
    return member;
}

static void compare(struct result_branch *b)
{
    const struct result_total *own = b->own == NULL ? NULL : &b->own->total;
    const struct result_rule *rule = &b->below[0]->rule;
    if (own == NULL || !own->figure.known || own->has_least || !b->sum.figure.known || b->sum.has_least ||
        b->own->rule.unit != rule->unit || own->figure.is_fraction != b->sum.figure.is_fraction) {
        return;
    }
    bool share = own->figure.is_fraction;
    b->has_difference = true;
    b->difference = share ? own->figure.part - b->sum.figure.part : own->figure.scaled - b->sum.figure.scaled;
    b->difference_whole = share ? own->figure.whole - b->sum.figure.whole : 0;
}

static bool branch_of(const struct tree *t, const char *row, struct result_branch *out)
{
    struct arena *a = t->a;
    struct result_member *members = ARENA_ARRAY(a, struct result_member, t->lines->n);
    *out = (struct result_branch){.row = row, .below = ARENA_ARRAY(a, const struct result_line *, t->lines->n),
                                  .why = ARENA_ARRAY(a, enum result_why_not, t->lines->n)};
    for (size_t i = 0; i < t->lines->n; i++) {
        const struct result_line *line = &t->lines->items[i];
        if (is_of(line, row) && strcmp(result_of(line), t->top) == 0 && out->own == NULL) {
            out->own = line;
        }
        if (is_member(t, line, row)) {
            members[out->n] = (struct result_member){.rule = line->rule, .total = &line->total};
            out->below[out->n++] = line;
        }
    }
    if (out->n < (out->own == NULL ? 2 : 1)) {
        return false;
    }
    const struct result_rule *rule = out->own == NULL ? &out->below[0]->rule : &out->own->rule;
    out->sum = result_together_of(rule->unit, rule->over, REPEAT_RESULT, members, out->n, out->why);
    compare(out);
    return true;
}

size_t result_tree_of(struct arena *a, struct record *const *results, size_t n_results, const struct result_lines *lines,
                      const char *top, struct result_branch **out)
{
    const struct tree t = {a, results, n_results, lines, top};
    size_t n = 0;
    *out = ARENA_ARRAY(a, struct result_branch, lines->n + 1);
    for (size_t i = 0; i < lines->n; i++) {
        const char *row = record_text(lines->items[i].record, "row");
        bool again = row[0] == '\0';
        for (size_t k = 0; k < i && !again; k++) {
            again = strcmp(record_text(lines->items[k].record, "row"), row) == 0;
        }
        n += !again && branch_of(&t, row, &(*out)[n]);
    }
    return n;
}
