// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_share.h: shares in releases: a percentage is never released, but two counts that were drawn together, from
// which everybody works out the same percentage. docs/disclosure.md, "Shares". Pure rules.
//
// A share is one dimension more: who is in the part, and the rest of the whole. Both are inner counts, rounded
// and audited like any other, and the whole is their sum; so part, rest and whole never give each other away.

#ifndef RELEASE_RELEASE_SHARE_H
#define RELEASE_RELEASE_SHARE_H

#include "release/release_ledger.h"

#define RELEASE_SHARE "share" // name of the dimension
#define RELEASE_PART "part"
#define RELEASE_REST "rest"

// What a release says of the people of one of its cells.
struct release_share {
    int64_t part; // as published
    int64_t rest;
    int64_t whole;
    int percent; // part of whole, whole per cent, halves up; -1: not shown
    int low;     // the true percentage lies from low to high, by what is stated of every release
    int high;
};

// Which dimension is the share: called so, of part and rest and nothing else, in this order; -1: none.
int release_share_of(const struct release_frame *f);
// Of a cell that counts part and rest together. From published counts alone. A percentage is not shown when the whole
// is small (limit "percent-base") or when it could be anything (limit "percent-width").
struct release_share release_share_at(const struct release_entry *x, size_t cell);
// The cell with everything but the share as in `cell`, and part and rest together.
size_t release_share_whole(const struct release_frame *f, size_t cell);

#endif
