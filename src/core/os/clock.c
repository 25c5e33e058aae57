// SPDX-License-Identifier: AGPL-3.0-or-later
//
// clock.c: see clock.h.

#include "os/clock.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/bug.h"
#include "base/date.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int64_t fixed_ms; // 0: not fixed
static atomic_int_fast64_t calls;

static void read_fixed(void)
{
    const char *text = getenv("MAINSTAY_NOW");
    int hour, minute, second;
    if (text == NULL || strlen(text) < 20) {
        return;
    }
    char day[11];
    memcpy(day, text, 10);
    day[10] = '\0';
    if (date_is_valid(day) && sscanf(text + 10, "T%2d:%2d:%2dZ", &hour, &minute, &second) == 3) {
        fixed_ms = date_to_days(day) * 86400000 + (hour * 3600 + minute * 60 + second) * 1000LL;
    }
}

int64_t clock_now_ms(void)
{
    pthread_once(&once, read_fixed);
    if (fixed_ms != 0) {
        return fixed_ms + atomic_fetch_add(&calls, 1);
    }
    struct timespec t;
    if (clock_gettime(CLOCK_REALTIME, &t) != 0) {
        bug("the system has no clock");
    }
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t clock_steady_ms(void)
{
    struct timespec t;
    if (clock_gettime(CLOCK_MONOTONIC, &t) != 0) {
        bug("the system has no clock");
    }
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t clock_cpu_us(void)
{
    struct timespec t;
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t) != 0) {
        bug("the system has no clock");
    }
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void clock_today(char out[11])
{
    char now[25];
    time_to_text(clock_now_ms(), now);
    memcpy(out, now, 10);
    out[10] = '\0';
}
