// SPDX-License-Identifier: AGPL-3.0-or-later
//
// err.h: one shape for every error.
//
// A function that can fail returns `enum err` (0 is success) and takes `struct err_info *` last,
// which is untouched on success. What went wrong is a catalogue text with arguments, so that the
// layer that meets the person can translate it. `detail` is for the log only.

#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/arena.h"
#include "base/msg.h"

enum err {
    ERR_NONE = 0,
#define ERR(name, number, http, exit) name = number,
#include "base/errors.def"
#undef ERR
};

#define MUST_CHECK __attribute__((warn_unused_result))
#define ERR_ARGS 4

struct err_info {
    enum err code;
    const char *text;         // catalogue key: what is wrong, with {0}..
    const char *hint;         // catalogue key: what to do, or NULL
    char args[ERR_ARGS][200]; // for text and hint; never personal data
    const char *words[ERR_ARGS]; // catalogue keys of arguments that are texts of ours, or NULL
    char field[64];           // the form field, column or place to blame, or ""
    char detail[240];         // for the log only: engine messages, file and line
};

// Fills e and returns code, so that `return err_set(...)` reads well. The arguments after hint are
// texts for {0}.., ended by NULL. text and hint must be literals or live as long as the program.
enum err err_set(struct err_info *e, enum err code, const char *field, const char *text,
                 const char *hint, ...) __attribute__((sentinel));
// ERR_TOO_MANY when arena_has_room says no. Asked where records come in (db_step, blocks of columns), so that who
// opens very many ends one request and not the process.
enum err err_without_room(const struct arena *a, size_t more, struct err_info *e);
// ERR_TOO_MANY for a file that is read into an arena that has no more room (arena_has_room, map_has_room).
enum err err_file_too_long(struct err_info *e);
// Says that argument i, which was set, is this text of the catalogue (the label of a field), so that
// it is translated like the rest. Returns the code of e.
enum err err_word(struct err_info *e, int i, const char *key);
// Adds what only the log should hold.
void err_detail(struct err_info *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Hint of "There is no {0} “{1}”.", where {0} is the word of a kind of records: “Look at the list for what there
// is.” The command line and the API say in its place how that list is asked for.
extern const char err_look[];

// What went wrong, in the language of the person. err_hint gives NULL when there is none.
const char *err_text(struct arena *a, const struct lang *lang, const struct err_info *e);
const char *err_hint(struct arena *a, const struct lang *lang, const struct err_info *e);

int err_http_status(enum err code);
int err_exit_status(enum err code);
const char *err_name(enum err code);

#endif
