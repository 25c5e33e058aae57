// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_protect.c: see release_protect.h.

#include "release/release_protect.h"

#include <sodium.h>
#include <string.h>

#include "base/bug.h"

void release_commit(const unsigned char seed[RELEASE_SEED_BYTES], char out[RELEASE_COMMITMENT_BYTES])
{
    unsigned char hash[32];
    crypto_generichash(hash, sizeof hash, seed, RELEASE_SEED_BYTES, (const unsigned char *)"release", 7);
    sodium_bin2hex(out, RELEASE_COMMITMENT_BYTES, hash, sizeof hash);
}

const char *release_verdict_words(const struct release_audit *audit)
{
    return audit->verdict == RELEASE_PROTECTED ? MSG("nothing small can be worked out")
           : audit->impossible                 ? MSG("the tables contradict each other")
           : audit->verdict == RELEASE_UNPROVED ? MSG("the proof did not end in time")
           : audit->n_exact > 0                 ? MSG("counts can be worked out exactly")
           : audit->n_group > 0                 ? MSG("everybody of a group is known to be in one category")
           : audit->low_base                    ? MSG("the counts are not rounded to the base, or do not say so")
           : audit->n_narrow > 0 ? MSG("counts can be worked out too closely")
                                 : MSG("who is counted can work out the others of the cell too closely");
}

const char *release_verdict_name(enum release_verdict verdict)
{
    return verdict == RELEASE_PROTECTED ? "protected" : verdict == RELEASE_OPEN ? "open" : "unproved";
}

const char *release_loss_words(struct arena *a, const struct release_loss *l)
{
    return arena_printf(a, "error of margins: mean %.2f, nine in ten at most %lld, largest %lld; grand total %+lld",
                        l->margin_mean, (long long)l->margin_p90, (long long)l->margin_max,
                        (long long)l->total_error);
}

const char *release_cell_words(struct arena *a, const struct release_frame *f, size_t cell)
{
    const char *words = "";
    for (int d = 0; d < f->n; d++) {
        words = arena_printf(a, "%s%s%s=%s", words, d == 0 ? "" : ", ", f->of[d].name,
                             release_category_name(f, cell, d));
    }
    return words;
}

enum err release_draw(struct arena *a, const struct release_cube *exact, int base,
                      const unsigned char seed[RELEASE_SEED_BYTES], struct release_drawn *out, struct err_info *e)
{
    out->rounded = release_round(a, exact, base, seed);
    release_loss_measure(a, exact, out->rounded, base, &out->loss);
    release_commit(seed, out->commitment);
    if (out->loss.margin_max > 2 * base || out->loss.total_error > base || out->loss.total_error < -base) {
        return err_set(e, ERR_INPUT, NULL,
                       MSG("No rounding was found whose totals are as close as is stated."),
                       MSG("Try again, or use fewer dimensions or categories."), NULL);
    }
    return ERR_NONE;
}

enum err release_protect(struct arena *a, const struct release_cube *exact, int base,
                         const unsigned char seed[RELEASE_SEED_BYTES],
                         const struct release_table *earlier, int n_earlier, int layer,
                         struct release_protected *out, struct err_info *e)
{
    ensure(n_earlier < RELEASE_MAX_TABLES);
    struct release_table tables[RELEASE_MAX_TABLES];
    const struct release_effort effort = {.base = base, .time_ms = RELEASE_AUDIT_MS};
    enum err err = release_draw(a, exact, base, seed, &out->drawn, e);
    if (err != ERR_NONE) {
        return err;
    }
    for (int i = 0; i < n_earlier; i++) {
        tables[i] = earlier[i];
    }
    tables[n_earlier] = (struct release_table){.frame = exact->frame, .counts = out->drawn.rounded->counts,
                                               .base = base, .layer = layer};
    err = release_audit_tables(a, tables, n_earlier + 1, &effort, &out->audit, e);
    if (err == ERR_NONE && out->audit.verdict != RELEASE_PROTECTED) {
        err = err_set(e, ERR_INPUT, NULL, MSG("The table would not be protected: {0}."),
                      n_earlier > 0 ? MSG("Publish the earlier table again, as it is, or wait until more people "
                                          "were counted.")
                                    : MSG("Use fewer dimensions or categories, or a larger base."),
                      "", NULL);
        err_word(e, 0, release_verdict_words(&out->audit));
    }
    return err;
}
