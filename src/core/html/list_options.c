// SPDX-License-Identifier: AGPL-3.0-or-later
//
// list_options.c: the choices of a filter as HTML. Those of a vocabulary (the 248 countries) are the
// same for everybody, in every language, and as long as the program lives (model.h): making them was a
// tenth of the work of a list, so they are made once.

#include "html/list_options.h"

#include <pthread.h>

#include "base/bug.h"
#include "base/limits.h"
#include "html/list_options.html.h"

// There are two, countries and currencies.
#define MOST_VOCABULARIES 16

static struct {
    pthread_mutex_t lock;
    struct arena *arena; // as long as the process
    struct {
        const struct vocabulary *of;
        struct safe_html html;
    } list[MOST_VOCABULARIES];
    size_t n;
} kept = {.lock = PTHREAD_MUTEX_INITIALIZER};

struct safe_html list_options(struct arena *a, const struct lang *lang,
                              const struct choice *choices, size_t n)
{
    struct buf b;
    buf_init(&b, a, LIMIT_REPLY_BYTES);
    struct html h = {.out = &b, .lang = lang, .arena = a};
    list_options_html(&h, &(struct list_options_view){.choices = choices, .n = n});
    return (struct safe_html){b.data, b.len};
}

static struct safe_html keep(const struct vocabulary *vocabulary)
{
    const struct choice *choices = vocabulary->list();
    size_t n = 0;
    while (choices[n].code != NULL) {
        n++;
    }
    if (kept.arena == NULL) {
        kept.arena = arena_new(LIMIT_PROCESS_BYTES);
    }
    ensure(kept.n < MOST_VOCABULARIES);
    kept.list[kept.n].of = vocabulary;
    kept.list[kept.n].html = list_options(kept.arena, &lang_en, choices, n); // labels are data
    return kept.list[kept.n++].html;
}

struct safe_html list_vocabulary_options(const struct vocabulary *vocabulary)
{
    pthread_mutex_lock(&kept.lock);
    size_t i = 0;
    while (i < kept.n && kept.list[i].of != vocabulary) {
        i++;
    }
    struct safe_html html = i < kept.n ? kept.list[i].html : keep(vocabulary);
    pthread_mutex_unlock(&kept.lock);
    return html;
}
