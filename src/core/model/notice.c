// SPDX-License-Identifier: AGPL-3.0-or-later
//
// notice.c: lists of what standing checks find, and the words in them. See check.h.

#include "model/check.h"

#include <stdarg.h>

#include "base/date.h"

#define MOST_ARGS 10 // {0} to {9}

void notice_add(struct notice_list *list, const struct notice *n)
{
    list->items = arena_room(list->arena, list->items, sizeof *n, list->n, &list->cap);
    list->items[list->n++] = *n;
}

const struct lang *notice_lang(const struct notice_list *list)
{
    return list->lang == NULL ? &lang_en : list->lang;
}

const char *notice_say(const struct notice_list *list, const char *key, ...)
{
    const char *args[MOST_ARGS];
    int n = 0;
    va_list given;
    va_start(given, key);
    while (n < MOST_ARGS && (args[n] = va_arg(given, const char *)) != NULL) {
        if (date_is_valid(args[n])) {
            args[n] = date_for_people(list->arena, notice_lang(list), args[n]);
        }
        n++;
    }
    va_end(given);
    return tr_args(list->arena, notice_lang(list), key, args, n);
}

const char *notice_say_n(const struct notice_list *list, const char *one, const char *many,
                         int64_t n)
{
    return tr_n(list->arena, notice_lang(list), one, many, n);
}
