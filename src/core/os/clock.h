// SPDX-License-Identifier: AGPL-3.0-or-later
//
// clock.h: the only source of time. A test fixes it with the environment variable MAINSTAY_NOW.

#ifndef OS_CLOCK_H
#define OS_CLOCK_H

#include <stdint.h>

// Milliseconds since 1970-01-01 UTC. With MAINSTAY_NOW=2026-11-22T10:00:00Z: that moment, plus one
// millisecond for each call, so that order is kept.
int64_t clock_now_ms(void);
// Milliseconds of a clock that never goes back; for measuring.
int64_t clock_steady_ms(void);
// Microseconds of processor time that this process has used; for measuring on a busy machine.
int64_t clock_cpu_us(void);
// Today in UTC as YYYY-MM-DD (11 bytes).
void clock_today(char out[11]);

#endif
