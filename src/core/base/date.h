// SPDX-License-Identifier: AGPL-3.0-or-later
//
// date.h: days of the Gregorian calendar, as ISO 8601 text, and times in UTC.
//
// A partial date is a year, a year and month, or a day: treaty data often know only the year.

#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/msg.h"

// Years 1000 to 9999. "2024-02-30" is not a date.
bool date_is_valid(const char *text);
bool date_is_valid_partial(const char *text);

// Days since 1970-01-01, of a valid date. (Hinnant, "chrono-compatible low-level date algorithms".)
int64_t date_to_days(const char *date);
// Writes YYYY-MM-DD and a zero byte into out (11 bytes).
void date_from_days(int64_t days, char out[11]);
// Writes the day itself so; years 0 to 9999.
void date_write(int year, int month, int day, char out[11]);
// 28 to 31; month 1 to 12.
int date_month_days(int year, int month);
// Days from a to b; positive when b is later.
int64_t date_days_between(const char *a, const char *b);

// UTC time of a moment in milliseconds since 1970, as 2026-11-22T10:20:30.123Z (25 bytes with zero).
void time_to_text(int64_t ms, char out[25]);
// A moment as 2026-11-22T10:20:30Z or with milliseconds, and back to milliseconds since 1970. Without them it
// is the last millisecond of the second, so that "until then" takes the whole second in.
bool time_is_valid(const char *text);
int64_t time_from_text(const char *text);

// For people: "22 Nov 2026", "Nov 2026", "2026". The month's short name is translated.
const char *date_for_people(struct arena *a, const struct lang *lang, const char *partial);

#endif
