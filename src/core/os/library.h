// SPDX-License-Identifier: AGPL-3.0-or-later
//
// library.h: a shared library that is loaded when it is first needed, not when the program starts.
//
// Whoever uses one keeps a structure of its functions, one pointer for each name in the same order:
//
//     #define LIBX_FUNCTIONS(F) F(x_open) F(x_close)
//     struct libx { LIBRARY_TABLE(LIBX_FUNCTIONS) };
//     static struct libx functions;
//     static struct library library = {"libx.so.1", LIBRARY_NAMES(LIBX_FUNCTIONS), &functions};

#ifndef OS_LIBRARY_H
#define OS_LIBRARY_H

#include <stdbool.h>

#include "base/err.h"

#define LIBRARY_MEMBER(name) __typeof__(name) *name;
#define LIBRARY_NAME(name) #name,
#define LIBRARY_TABLE(FUNCTIONS) FUNCTIONS(LIBRARY_MEMBER)
#define LIBRARY_NAMES(FUNCTIONS) ((const char *const[]){FUNCTIONS(LIBRARY_NAME) NULL})

struct library {
    const char *file;
    const char *const *names; // of its functions; NULL after the last
    void *functions;          // a structure of pointers to them, in the same order
    bool loaded;              // the structure is filled, for as long as the process lives
};

// Loads it unless it is loaded; any thread may ask. ERR_FAILED when it is not installed or lacks a function: text
// and hint are for the person, as err_set takes them; the loader's own words go to the detail.
enum err library_load(struct library *l, const char *text, const char *hint,
                      struct err_info *e) MUST_CHECK;
// The structure, once library_load has succeeded.
const void *library_functions(const struct library *l);

#endif
