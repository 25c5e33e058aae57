// SPDX-License-Identifier: AGPL-3.0-or-later
//
// period.h: periods as partners write them, and as first and last day.
//
//   2025  2025-06  202506  2025-06-30  20250630   year, month, day
//   2025Q2  2025-Q2  2025S1                      quarter, half-year
//   2025-01-01/P1Y  .../P6M  .../P3M  .../P1M  .../P7D  .../P1D   ADX: first day and length
//
// Method: DHIS2 periods (relative ones are not read), ADX and ISO 8601 intervals.

#ifndef EXCHANGE_PARTNER_PERIOD_H
#define EXCHANGE_PARTNER_PERIOD_H

#include <stdbool.h>

#include "base/arena.h"

struct period_days {
    char from[11];
    char to[11];
};

// False when it is no such period.
bool period_read(const char *text, struct period_days *out);
// As DHIS2 writes it ("2025", "2025S1", "2025Q2", "202506", "20250630"); NULL: it has no name for it.
const char *period_name(struct arena *a, const char *from, const char *to);
// As ADX writes it ("2025-01-01/P6M"): whole months, else days.
const char *period_interval(struct arena *a, const char *from, const char *to);

#endif
