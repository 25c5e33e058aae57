// SPDX-License-Identifier: AGPL-3.0-or-later
//
// err.c: see err.h.

#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/bug.h"

const char err_look[] = MSG("Look at the list for what there is.");

enum err err_set(struct err_info *e, enum err code, const char *field, const char *text,
                 const char *hint, ...)
{
    *e = (struct err_info){.code = code, .text = text, .hint = hint};
    snprintf(e->field, sizeof e->field, "%s", field == NULL ? "" : field);
    va_list args;
    va_start(args, hint);
    for (int i = 0; i < ERR_ARGS; i++) {
        const char *arg = va_arg(args, const char *);
        if (arg == NULL) {
            break;
        }
        snprintf(e->args[i], sizeof e->args[i], "%s", arg);
    }
    va_end(args);
    return code;
}

enum err err_without_room(const struct arena *a, size_t more, struct err_info *e)
{
    if (arena_has_room(a, more)) {
        return ERR_NONE;
    }
    enum err code = err_set(e, ERR_TOO_MANY, NULL, MSG("This is more than one page or command can hold."),
                            MSG("Ask for less: a shorter period, one country, one indicator, or another filter. Lists and "
                                "files can be taken in parts."),
                            NULL);
    err_detail(e, "%zu bytes are in use, %zu more are needed", arena_used_bytes(a), more);
    return code;
}

enum err err_file_too_long(struct err_info *e)
{
    return err_set(e, ERR_TOO_MANY, NULL, MSG("The file holds more than one command or page can read."),
                   MSG("Split it into smaller files."), NULL);
}

enum err err_word(struct err_info *e, int i, const char *key)
{
    ensure(i >= 0 && i < ERR_ARGS);
    e->words[i] = key;
    return e->code;
}

void err_detail(struct err_info *e, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(e->detail, sizeof e->detail, format, args);
    va_end(args);
}

static const char *translate(struct arena *a, const struct lang *lang, const struct err_info *e,
                             const char *key)
{
    const char *args[ERR_ARGS];
    for (int i = 0; i < ERR_ARGS; i++) {
        args[i] = e->words[i] != NULL ? tr(lang, e->words[i]) : e->args[i];
    }
    return tr_args(a, lang, key, args, ERR_ARGS);
}

const char *err_text(struct arena *a, const struct lang *lang, const struct err_info *e)
{
    ensure(e->text != NULL);
    return translate(a, lang, e, e->text);
}

const char *err_hint(struct arena *a, const struct lang *lang, const struct err_info *e)
{
    return e->hint == NULL ? NULL : translate(a, lang, e, e->hint);
}

int err_http_status(enum err code)
{
    switch (code) {
    case ERR_NONE:
        return 200;
#define ERR(name, number, http, exit)                                                              \
    case name:                                                                                     \
        return http;
#include "base/errors.def"
#undef ERR
    }
    bug("an unknown error code");
}

int err_exit_status(enum err code)
{
    switch (code) {
    case ERR_NONE:
        return 0;
#define ERR(name, number, http, exit)                                                              \
    case name:                                                                                     \
        return exit;
#include "base/errors.def"
#undef ERR
    }
    bug("an unknown error code");
}

const char *err_name(enum err code)
{
    switch (code) {
    case ERR_NONE:
        return "none";
#define ERR(name, number, http, exit)                                                              \
    case name:                                                                                     \
        return #name;
#include "base/errors.def"
#undef ERR
    }
    bug("an unknown error code");
}
