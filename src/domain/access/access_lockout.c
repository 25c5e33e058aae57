// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_lockout.c: how long somebody waits after failing to sign in. Pure arithmetic.
//
// The wait grows instead of a lock that an administrator must open: whoever guesses is slowed to a
// few tries an hour, whoever mistyped waits seconds. Example with 5 free tries: the 5th failure asks
// for 15 s, the 6th for 30 s, then 60, 120, 240, 480, and 900 s from the 11th on. (docs/sign-in.md)

#include "access/access.h"

int64_t lockout_wait_s(int64_t failures, int64_t free_tries)
{
    if (failures < free_tries) {
        return 0;
    }
    int64_t doublings = failures - free_tries;
    if (doublings >= 6) { // 15 s x 64 is above the most
        return ACCESS_WAIT_MOST_S;
    }
    return (int64_t)ACCESS_WAIT_FIRST_S << doublings;
}

int64_t lockout_failures_at(int64_t failures, int64_t last_ms, int64_t free_tries, int64_t now_ms)
{
    int64_t forgotten_ms = last_ms + (lockout_wait_s(failures, free_tries) + ACCESS_FORGET_S) * 1000;
    return now_ms >= forgotten_ms ? 0 : failures;
}

int64_t lockout_left_s(int64_t failures, int64_t last_ms, int64_t free_tries, int64_t now_ms)
{
    int64_t wait_s = lockout_wait_s(failures, free_tries);
    int64_t left_ms = last_ms + wait_s * 1000 - now_ms;
    if (left_ms <= 0) {
        return 0;
    }
    int64_t left_s = (left_ms + 999) / 1000;
    return left_s > wait_s ? wait_s : left_s; // a clock that was set back locks nobody out for longer
}
