// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_tree.c: see result_tree.h.

#include "result/result_tree.h"

#include <string.h>

// An indicator in use that came from a row of the library.
struct leaf {
    const struct result_line *line;
    const char *row;
    const char *result;
};

struct tree {
    struct arena *a;
    struct record *const *results;
    size_t n_results;
    const struct leaf *leaves;
    size_t n;
    const char *top;
};

static struct leaf *leaves_of(struct arena *a, const struct result_lines *lines, size_t *n)
{
    struct leaf *leaves = ARENA_ARRAY(a, struct leaf, lines->n + 1);
    *n = 0;
    for (size_t i = 0; i < lines->n; i++) {
        const struct record *k = lines->items[i].record;
        if (record_is_set(k, "row") && strcmp(record_text(k, "state"), "active") == 0) {
            leaves[(*n)++] = (struct leaf){&lines->items[i], record_text(k, "row"), record_text(k, "result_id")};
        }
    }
    return leaves;
}

static bool is_in_row(const struct leaf *leaf, const char *row)
{
    return strcmp(leaf->row, row) == 0;
}

// The result that one serves; "": none.
static const char *above(const struct tree *t, const char *id)
{
    size_t at = 0;
    while (at < t->n_results && strcmp(t->results[at]->id, id) != 0) {
        at++;
    }
    return at < t->n_results ? record_text(t->results[at], "parent_id") : "";
}

// Is it below the top, and no other of its row in between?
static bool is_member(const struct tree *t, const struct leaf *leaf)
{
    const char *id = above(t, leaf->result);
    bool taken = false;
    for (size_t steps = 0; steps < t->n_results && !taken && id[0] != '\0' && strcmp(id, t->top) != 0; steps++) {
        for (size_t i = 0; i < t->n && !taken; i++) {
            taken = is_in_row(&t->leaves[i], leaf->row) && strcmp(t->leaves[i].result, id) == 0;
        }
        id = above(t, id);
    }
    return !taken && strcmp(id, t->top) == 0;
}

static void compare(struct result_branch *b)
{
    const struct result_total *own = b->own == NULL ? NULL : &b->own->total;
    if (own == NULL || !own->figure.known || own->has_least || !b->sum.figure.known || b->sum.has_least ||
        own->figure.is_fraction != b->sum.figure.is_fraction) {
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
    struct result_member *members = ARENA_ARRAY(a, struct result_member, t->n);
    *out = (struct result_branch){.row = row, .below = ARENA_ARRAY(a, const struct result_line *, t->n),
                                  .why = ARENA_ARRAY(a, enum result_why_not, t->n)};
    for (size_t i = 0; i < t->n; i++) {
        const struct result_line *line = t->leaves[i].line;
        if (!is_in_row(&t->leaves[i], row)) {
            continue;
        }
        if (strcmp(t->leaves[i].result, t->top) == 0) {
            out->own = out->own == NULL ? line : out->own;
        } else if (is_member(t, &t->leaves[i])) {
            members[out->n] = (struct result_member){.rule = line->rule, .total = &line->total};
            out->below[out->n++] = line;
        }
    }
    if (out->n < (out->own == NULL ? 2 : 1)) {
        return false;
    }
    const struct result_rule *rule = out->own == NULL ? &out->below[0]->rule : &out->own->rule;
    out->unit = rule->unit;
    out->sum = result_together_of(rule->unit, rule->over, REPEAT_RESULT, members, out->n, out->why);
    compare(out);
    return true;
}

size_t result_tree_of(struct arena *a, struct record *const *results, size_t n_results, const struct result_lines *lines,
                      const char *top, struct result_branch **out)
{
    size_t n_leaves;
    const struct leaf *leaves = leaves_of(a, lines, &n_leaves);
    const struct tree t = {a, results, n_results, leaves, n_leaves, top};
    size_t n = 0;
    *out = ARENA_ARRAY(a, struct result_branch, n_leaves + 1);
    for (size_t i = 0; i < n_leaves; i++) {
        bool again = false;
        for (size_t k = 0; k < i && !again; k++) {
            again = is_in_row(&leaves[k], leaves[i].row);
        }
        n += !again && branch_of(&t, leaves[i].row, &(*out)[n]);
    }
    return n;
}
