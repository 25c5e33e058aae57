// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_fits.h: numbers that are larger for a moment than what is kept, for the files of the arithmetic alone.

#ifndef RESULT_RESULT_FITS_H
#define RESULT_RESULT_FITS_H

#include <stdbool.h>
#include <stdint.h>

// 4 x 10^12 in scaled form; decimal_parse reads less than 10^12. The sum or difference of two such
// numbers stays within int64_t.
#define RESULT_MOST (INT64_C(4000000) * 1000000 * 1000000)

static inline bool result_fits(__int128 n)
{
    return n <= RESULT_MOST && n >= -RESULT_MOST;
}

// n / d, half away from zero.
static inline __int128 result_divide(__int128 n, __int128 d)
{
    if (d < 0) {
        n = -n;
        d = -d;
    }
    return n >= 0 ? (n + d / 2) / d : (n - d / 2) / d;
}

#endif
