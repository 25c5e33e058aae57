// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_test_help.h: seeds, and invented persons in skewed tables, for the tests of this folder.

#ifndef RELEASE_RELEASE_TEST_HELP_H
#define RELEASE_RELEASE_TEST_HELP_H

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/bug.h"
#include "release/release.h"

static const unsigned char seed[RELEASE_SEED_BYTES] = "a seed for tests, never in use";
static const unsigned char other_seed[RELEASE_SEED_BYTES] = "another seed for tests";

// A small generator of its own, so that the tables never change with the program.
struct lot {
    uint64_t state;
};

static inline uint32_t lot_next(struct lot *l)
{
    l->state = l->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    uint64_t x = l->state ^ l->state >> 29;
    return (uint32_t)(x * UINT64_C(0x9E3779B97F4A7C15) >> 32);
}

static inline double lot_share(struct lot *l)
{
    return lot_next(l) / 4294967296.0;
}

// A frame of dimensions a, b, c, d with categories a1, a2, ...; sizes end with 0.
static inline struct release_frame *frame_of(struct arena *a, const int *sizes)
{
    struct release_frame *f = ARENA_MAKE(a, struct release_frame);
    for (; sizes[f->n] != 0; f->n++) {
        struct release_dimension *d = &f->of[f->n];
        *d = (struct release_dimension){.name = arena_printf(a, "%c", 'a' + f->n),
                                        .categories = ARENA_ARRAY(a, const char *, (size_t)sizes[f->n]),
                                        .n = sizes[f->n]};
        for (int k = 0; k < d->n; k++) {
            d->categories[k] = arena_printf(a, "%c%d", 'a' + f->n, k + 1);
        }
    }
    ensure(release_frame_finish(f));
    return f;
}

// Persons fall into categories with shares that shrink as 1 / place; each dimension leans on the one
// before, so that the table is no product of its margins.
static inline struct release_cube *persons(struct arena *a, const int *sizes, int n, uint64_t seed)
{
    struct lot lot = {seed};
    struct release_cube *c = release_cube_new(a, frame_of(a, sizes));
    for (int i = 0; i < n; i++) {
        size_t cell = 0;
        int before = 0;
        for (int d = 0; d < c->frame->n; d++) {
            int size = c->frame->of[d].n;
            int k = (int)(pow(size + 1, lot_share(&lot)) - 1);
            k = lot_share(&lot) < 0.3 ? (k + before) % size : k;
            cell += (size_t)k * c->frame->step[d];
            before = k;
        }
        c->counts[cell]++;
    }
    release_cube_sum(c);
    return c;
}

// Published whole.
static inline struct release_table shown(const struct release_cube *c, int base)
{
    return (struct release_table){.frame = c->frame, .counts = c->counts, .base = base};
}

#endif
