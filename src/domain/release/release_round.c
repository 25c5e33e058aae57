// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_round.c: small-count rounding: every inner count that is not a multiple of the base goes to one of
// its two neighbours, so that all margins stay close. See docs/disclosure.md.
//
// Method: rounding of inner counts after J. Heldal and O. Langsrud, with the directions found by simulated
// annealing: a move turns one count round, or one up and another of the same line down, which leaves the
// margin of that line as it is. A move that makes things worse is taken with a probability that falls with
// the temperature. The price of a margin is its absolute error, dearer beyond the base and much dearer
// beyond twice the base; the grand total may not leave the base.
// A search alone would give a reader who knows it more than the table: of one count, published as 0, that it
// is not 4, since 5 were nearer. So a part of the counts, by lot, is left where the first lot put it and
// nobody can tell which: every true table within the boxes and within the stated accuracy can have given
// what is published, which is what the audit assumes.
// Randomness: the ChaCha20 stream of the seed, so that directions cannot be told from those of an earlier
// release or guessed from the time.

#include <math.h>
#include <sodium.h>
#include <string.h>

#include "base/bug.h"
#include "release/release.h"

// ---- random numbers from the seed -----------------------------------------------------------------

#define DRAWS 1024

struct draws {
    const unsigned char *seed;
    uint64_t blocks; // how many were taken from the stream
    uint64_t ready[DRAWS];
    int used;
};

static uint64_t draw(struct draws *r)
{
    static const unsigned char nonce[crypto_stream_chacha20_NONCEBYTES];
    if (r->used == DRAWS) {
        memset(r->ready, 0, sizeof r->ready);
        crypto_stream_chacha20_xor_ic((unsigned char *)r->ready, (unsigned char *)r->ready,
                                      sizeof r->ready, nonce, r->blocks, r->seed);
        r->blocks += sizeof r->ready / 64;
        r->used = 0;
    }
    return r->ready[r->used++];
}

// 0 to n - 1, from the upper or lower half of a draw.
static uint32_t below(uint32_t half, uint32_t n)
{
    return (uint32_t)((uint64_t)half * n >> 32);
}

// ---- the state of the search ----------------------------------------------------------------------

struct search {
    const struct release_frame *f;
    int base;
    int n_margins;
    uint32_t n;       // counts that can go either way
    uint32_t *cell;   // where each stands in the cube
    uint32_t *margin; // n_margins of each
    bool *up;
    bool *held;       // decided by the first lot alone
    uint32_t *free;   // numbers of the others
    uint32_t n_free;
    int32_t *which;   // by cell: its number here, or -1
    int32_t *error;   // by cell: published less true
    int32_t *price;   // of an error, from -reach to reach, by a pointer to the middle
    int32_t *price_total;
    int reach;
    struct draws draws;
    uint32_t *limit;  // by how much worse: below this of 2^32 it is taken
};

// In sixteenths of a person. Beyond the reach the price goes on as a line.
static int32_t price_of(int64_t error, int64_t dear, int64_t very_dear)
{
    int64_t size = error < 0 ? -error : error;
    int64_t price = 16 * size;
    price += size > dear ? 32 * (size - dear) : 0;
    price += size > very_dear ? 640 * (size - very_dear) : 0;
    return (int32_t)price;
}

static int32_t price(const struct search *s, bool total, int32_t error)
{
    const int32_t *of = total ? s->price_total : s->price;
    if (error >= -s->reach && error <= s->reach) {
        return of[error];
    }
    int64_t more = (error < 0 ? -(int64_t)error : error) - s->reach;
    return (int32_t)(of[s->reach] + more * 688 > INT32_MAX / 64 ? INT32_MAX / 64
                                                                : of[s->reach] + more * 688);
}

static void make_prices(struct arena *a, struct search *s)
{
    s->reach = 8 * s->base;
    s->price = ARENA_ARRAY(a, int32_t, 2 * (size_t)s->reach + 1) + s->reach;
    s->price_total = ARENA_ARRAY(a, int32_t, 2 * (size_t)s->reach + 1) + s->reach;
    for (int e = -s->reach; e <= s->reach; e++) {
        s->price[e] = price_of(e, s->base, 2 * s->base);
        s->price_total[e] = price_of(e, s->base / 2, s->base);
    }
}

static void find_movable(struct arena *a, struct search *s, const struct release_cube *exact)
{
    const struct release_frame *f = s->f;
    s->which = ARENA_ARRAY_UNSET(a, int32_t, f->n_cells);
    s->error = ARENA_ARRAY(a, int32_t, f->n_cells);
    s->cell = ARENA_ARRAY_UNSET(a, uint32_t, f->n_inner);
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        bool movable = release_summed(f, cell) == 0 && exact->counts[cell] % s->base != 0;
        s->which[cell] = movable ? (int32_t)s->n : -1;
        if (movable) {
            s->cell[s->n++] = (uint32_t)cell;
        }
    }
    s->margin = ARENA_ARRAY_UNSET(a, uint32_t, (size_t)s->n * (size_t)s->n_margins + 1);
    s->up = ARENA_ARRAY(a, bool, (size_t)s->n + 1);
    s->held = ARENA_ARRAY(a, bool, (size_t)s->n + 1);
    s->free = ARENA_ARRAY(a, uint32_t, (size_t)s->n + 1);
    for (uint32_t i = 0; i < s->n; i++) {
        size_t margins[RELEASE_MARGINS];
        release_margins_of(f, s->cell[i], margins);
        for (int m = 0; m < s->n_margins; m++) {
            s->margin[(size_t)i * (size_t)s->n_margins + (size_t)m] = (uint32_t)margins[m];
        }
    }
}

static void add_error(struct search *s, uint32_t i, int32_t by)
{
    const uint32_t *m = s->margin + (size_t)i * (size_t)s->n_margins;
    for (int k = 0; k < s->n_margins; k++) {
        s->error[m[k]] += by;
    }
}

// Of 1,000 counts, how many are left to the first lot: a twentieth, in small tables about ten, at most half.
static uint32_t held_of_1000(uint32_t n)
{
    return n > 200 ? 50 : n > 20 ? 10000 / n : 500;
}

// Each count begins where its distance says, by lot: 4 of base 5 goes up four times in five.
static void begin(struct search *s, const struct release_cube *exact, bool hold)
{
    memset(s->error, 0, s->f->n_cells * sizeof *s->error);
    s->n_free = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        int32_t rest = (int32_t)(exact->counts[s->cell[i]] % s->base);
        uint64_t lots = draw(&s->draws);
        s->up[i] = below((uint32_t)lots, (uint32_t)s->base) < (uint32_t)rest;
        s->held[i] = hold && below((uint32_t)(lots >> 32), 1000) < held_of_1000(s->n);
        if (!s->held[i]) {
            s->free[s->n_free++] = i;
        }
        add_error(s, i, s->up[i] ? s->base - rest : -rest);
    }
}

// No margin beyond twice the base, the grand total within it: what is stated of every release.
static bool keeps_what_is_stated(const struct search *s)
{
    for (size_t cell = 0; cell < s->f->n_cells; cell++) {
        int32_t most = cell == s->f->n_cells - 1 ? s->base : 2 * s->base;
        if (s->error[cell] > most || s->error[cell] < -most) {
            return false;
        }
    }
    return true;
}

// ---- moves ------------------------------------------------------------------------------------------

static int32_t change_of_one(const struct search *s, uint32_t i)
{
    const uint32_t *m = s->margin + (size_t)i * (size_t)s->n_margins;
    int32_t by = s->up[i] ? -s->base : s->base;
    int32_t change = 0;
    for (int k = 0; k < s->n_margins; k++) {
        bool total = k == s->n_margins - 1;
        int32_t error = s->error[m[k]];
        change += price(s, total, error + by) - price(s, total, error);
    }
    return change;
}

// i and j go opposite ways; margins of both stay as they are.
static int32_t change_of_two(const struct search *s, uint32_t i, uint32_t j)
{
    const uint32_t *m = s->margin + (size_t)i * (size_t)s->n_margins;
    const uint32_t *o = s->margin + (size_t)j * (size_t)s->n_margins;
    int32_t by = s->up[i] ? -s->base : s->base;
    int32_t change = 0;
    for (int k = 0; k < s->n_margins; k++) {
        if (m[k] != o[k]) {
            change += price(s, false, s->error[m[k]] + by) - price(s, false, s->error[m[k]]);
            change += price(s, false, s->error[o[k]] - by) - price(s, false, s->error[o[k]]);
        }
    }
    return change;
}

static void turn(struct search *s, uint32_t i)
{
    add_error(s, i, s->up[i] ? -s->base : s->base);
    s->up[i] = !s->up[i];
}

// Worse by more than this is never taken.
#define WORST 2048

static bool is_taken(struct search *s, int32_t change, uint32_t chance)
{
    return change <= 0 || (change < WORST && chance < s->limit[change]);
}

// Another count that differs from i in one dimension only and stands the other way; i when there is none.
static uint32_t partner(const struct search *s, uint32_t i, uint32_t chance)
{
    const struct release_frame *f = s->f;
    int d = (int)below(chance, (uint32_t)f->n);
    uint32_t n = (uint32_t)f->of[d].n;
    uint32_t k = below(chance * 2654435761U, n);
    size_t first = s->cell[i] - (size_t)release_category(f, s->cell[i], d) * f->step[d];
    for (uint32_t tries = 0; tries < 4 && tries < n; tries++) {
        int32_t j = s->which[first + (size_t)((k + tries) % n) * f->step[d]];
        if (j >= 0 && !s->held[j] && s->up[j] != s->up[i]) {
            return (uint32_t)j;
        }
    }
    return i;
}

static void move(struct search *s)
{
    uint64_t a = draw(&s->draws);
    uint64_t b = draw(&s->draws);
    uint32_t i = s->free[below((uint32_t)a, s->n_free)];
    uint32_t chance = (uint32_t)(b >> 32);
    uint32_t j = (a >> 63) != 0 ? i : partner(s, i, (uint32_t)b);
    if (j == i) {
        if (is_taken(s, change_of_one(s, i), chance)) {
            turn(s, i);
        }
    } else if (is_taken(s, change_of_two(s, i, j), chance)) {
        turn(s, i);
        turn(s, j);
    }
}

// ---- the search ---------------------------------------------------------------------------------------

#define STAGES 60
#define TRIES 6
// Moves for each of the first counts that can go either way, for each further one, and at most: a small
// table gets all it can use, the largest stays within a minute.
#define MOVES_EACH 8000
#define MOVES_FULL 500
#define MOVES_FURTHER 400
#define MOVES_MOST 25000000

static uint64_t moves_for(uint64_t n)
{
    uint64_t moves = n <= MOVES_FULL ? n * MOVES_EACH
                                     : (uint64_t)MOVES_FULL * MOVES_EACH + (n - MOVES_FULL) * MOVES_FURTHER;
    return moves > MOVES_MOST ? MOVES_MOST : moves;
}

static void set_temperature(struct search *s, double temperature)
{
    for (int change = 0; change < WORST; change++) {
        double p = temperature > 0 ? exp(-change / temperature) : 0;
        s->limit[change] = (uint32_t)(p * 4294967295.0);
    }
}

static void anneal(struct search *s)
{
    const double hot = 16.0 * s->base * 0.6;
    const double cold = 16.0 * s->base * 0.15;
    uint64_t moves = moves_for(s->n_free);
    for (int stage = 0; stage <= STAGES; stage++) {
        set_temperature(s, stage == STAGES ? 0 : hot * pow(cold / hot, stage / (STAGES - 1.0)));
        for (uint64_t k = 0; k < moves / STAGES; k++) {
            move(s);
        }
    }
}

struct release_cube *release_round(struct arena *a, const struct release_cube *exact, int base,
                                   const unsigned char seed[RELEASE_SEED_BYTES])
{
    ensure(base >= RELEASE_LEAST_BASE && base <= RELEASE_MOST_BASE);
    struct release_cube *out = release_cube_new(a, exact->frame);
    struct search *s = ARENA_MAKE(a, struct search);
    *s = (struct search){.f = exact->frame, .base = base, .n_margins = (1 << exact->frame->n) - 1,
                         .limit = ARENA_ARRAY(a, uint32_t, WORST)};
    s->draws = (struct draws){.seed = seed, .used = DRAWS};
    make_prices(a, s);
    find_movable(a, s, exact);
    // Few tables need a second try. The last holds nothing.
    bool kept = false;
    for (int try = 0; !kept && try < TRIES; try++) {
        begin(s, exact, try < TRIES - 1);
        if (s->n_free > 0) {
            anneal(s);
        }
        kept = keeps_what_is_stated(s);
    }
    for (size_t cell = 0; cell < exact->frame->n_cells; cell++) {
        int64_t count = exact->counts[cell];
        int32_t i = s->which[cell];
        bool up = i >= 0 && s->up[i];
        out->counts[cell] = count - count % base + (up ? base : 0);
    }
    release_cube_sum(out);
    return out;
}
