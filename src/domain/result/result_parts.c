// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_parts.c: the parts of a value put together. See result_figures.h; the second, slow implementation is in
// result_parts_test.c.

#include <string.h>

#include "result/result_figures.h"

static void compare_with_whole(const struct result_figure *of, struct result_cut *c)
{
    if (!of->known || c->too_large) {
        return;
    }
    if (of->is_fraction) {
        c->difference = of->part - c->part;
        c->difference_whole = of->whole - c->whole;
    } else {
        c->difference = of->scaled - c->value;
    }
    c->differs = c->difference != 0 || c->difference_whole != 0;
}

size_t result_cuts_of(const struct result_part *parts, size_t n, const struct result_figure *of,
                      struct result_cut *out)
{
    size_t n_out = 0;
    for (size_t i = 0; i < n; i++) {
        size_t at = 0;
        while (at < n_out && strcmp(out[at].keys, parts[i].keys) != 0) {
            at++;
        }
        if (at == n_out) {
            out[n_out++] = (struct result_cut){.keys = parts[i].keys};
        }
        struct result_cut *c = &out[at];
        c->n++;
        c->too_large |= !result_add(&c->value, parts[i].has_value ? parts[i].value : 0) ||
                        !result_add(&c->part, parts[i].has_fraction ? parts[i].part : 0) ||
                        !result_add(&c->whole, parts[i].has_fraction ? parts[i].whole : 0);
    }
    for (size_t i = 0; i < n_out; i++) {
        compare_with_whole(of, &out[i]);
    }
    return n_out;
}

// Is key among the words of keys?
static bool has_key(const char *keys, const char *key)
{
    size_t len = strlen(key);
    for (const char *p = keys; *p != '\0'; p += strcspn(p, " "), p += *p == ' ' ? 1 : 0) {
        if (strcspn(p, " ") == len && strncmp(p, key, len) == 0) {
            return true;
        }
    }
    return false;
}

size_t result_keys_count(const char *keys)
{
    size_t n = keys[0] != '\0';
    for (const char *p = keys; *p != '\0'; p++) {
        n += *p == ' ';
    }
    return n;
}

size_t result_cut_by(const struct result_cut *cuts, size_t n_cuts, const char *key)
{
    size_t best = n_cuts;
    for (size_t i = 0; i < n_cuts; i++) {
        if (has_key(cuts[i].keys, key) &&
            (best == n_cuts || result_keys_count(cuts[i].keys) < result_keys_count(cuts[best].keys))) {
            best = i;
        }
    }
    return best;
}
