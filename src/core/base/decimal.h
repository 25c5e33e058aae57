// SPDX-License-Identifier: AGPL-3.0-or-later
//
// decimal.h: exact decimal numbers, kept as text ("12.50") and computed as a scaled integer.
//
// Values of indicators and printed percentages are decimals, never floating point: what was typed is
// what is stored, with its number of places. Up to 12 digits before the point and 6 after.

#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

// A number times 1,000,000.
#define DECIMAL_ONE INT64_C(1000000)
#define DECIMAL_PLACES 6

// Reads "-12.50" (also with thousands separated by ',' or a space, that of spreadsheets too); false when it is no such number.
bool decimal_parse(const char *text, int64_t *scaled);
// Canonical text of a parsed number, without separators, with the places given (0 to 6), rounded
// half away from zero.
const char *decimal_text(struct arena *a, int64_t scaled, int places);
// Number of places typed after the point: "89.95" has 2, "93" has 0.
int decimal_places(const char *text);
// Shortest exact text: 12.500000 gives "12.5".
const char *decimal_short(struct arena *a, int64_t scaled);
// part / whole x 100 in scaled form, rounded half away from zero to `places` places (0 to 6). whole
// must not be 0. Worked example: 926646800 of 1031310000 with 2 places is 89.85.
int64_t decimal_percent(int64_t part, int64_t whole, int places);
// A whole number, written into out by hand: pages are full of them, and printf takes ten times as
// long. Returns where it begins in out.
#define DECIMAL_INT_BYTES 24
const char *decimal_int(char out[DECIMAL_INT_BYTES], int64_t n);
// The same in memory of its own.
const char *decimal_int_text(struct arena *a, int64_t n);
// For people: 1443686 gives "1,443,686".
const char *decimal_for_people(struct arena *a, const char *canonical);

// Money: integer minor units with so many digits (USD 2) to text "1443686.29" and back.
bool money_parse(const char *text, int minor_digits, int64_t *minor);
const char *money_text(struct arena *a, int64_t minor, int minor_digits);
// For people: "USD 1,443,686.29"; cents are left out when they are zero.
const char *money_for_people(struct arena *a, const char *currency, int64_t minor,
                             int minor_digits);

#endif
