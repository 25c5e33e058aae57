// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_protect.h: from counts to a cube that is proved to be protected, in one step, for commands and
// releases.

#ifndef RELEASE_RELEASE_PROTECT_H
#define RELEASE_RELEASE_PROTECT_H

#include "release/release.h"

// Hex of a BLAKE2b hash that shows later which seed was used, and gives nothing of it away.
#define RELEASE_COMMITMENT_BYTES 65

// One draw of a cube.
struct release_drawn {
    const struct release_cube *rounded;
    struct release_loss loss; // for who may see the true counts
    char commitment[RELEASE_COMMITMENT_BYTES];
};
// Rounds. ERR_INPUT when the totals are not as close as is stated of every release (docs/disclosure.md,
// "Rounding").
enum err release_draw(struct arena *a, const struct release_cube *exact, int base,
                      const unsigned char seed[RELEASE_SEED_BYTES], struct release_drawn *out,
                      struct err_info *e) MUST_CHECK;

struct release_protected {
    struct release_drawn drawn;
    struct release_audit audit; // verdict is RELEASE_PROTECTED
};

// Time of all linear programmes of one audit.
#define RELEASE_AUDIT_MS 60000

// Rounds and audits. earlier: published tables of the same people (may be none), oldest first; those on the
// layer of the new table must be equal to it where they overlap, so they are audited too. ERR_INPUT as
// release_draw, or when the result is not protected: nothing is given then.
enum err release_protect(struct arena *a, const struct release_cube *exact, int base,
                         const unsigned char seed[RELEASE_SEED_BYTES],
                         const struct release_table *earlier, int n_earlier, int layer,
                         struct release_protected *out, struct err_info *e) MUST_CHECK;
// The commitment to a seed.
void release_commit(const unsigned char seed[RELEASE_SEED_BYTES], char out[RELEASE_COMMITMENT_BYTES]);

// "protected", "open" or "unproved".
const char *release_verdict_name(enum release_verdict verdict);
// Why a table is protected or not, in words.
const char *release_verdict_words(const struct release_audit *audit);
// What rounding did to the margins, in a line, and what is said with it: it comes from the true counts.
const char *release_loss_words(struct arena *a, const struct release_loss *loss);
#define RELEASE_FOR_YOU MSG("These figures are for you: they come from the true counts. Do not publish them with the table.")
// The place of a cell in words: "province=North, sex=female".
const char *release_cell_words(struct arena *a, const struct release_frame *f, size_t cell);

#endif
