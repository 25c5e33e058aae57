// SPDX-License-Identifier: AGPL-3.0-or-later
//
// bug.h: the end of the process when an assumption of ours is broken. Wrong input is never a bug.

#ifndef BASE_BUG_H
#define BASE_BUG_H

// Prints file, line and what, and aborts. Personal data never goes into `what`.
_Noreturn void bug_at(const char *file, int line, const char *what);

#define bug(what) bug_at(__FILE__, __LINE__, (what))
#define ensure(condition)                                                                          \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            bug(#condition);                                                                       \
        }                                                                                          \
    } while (0)

// Length of an array whose size the compiler knows.
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#endif
