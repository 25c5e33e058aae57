// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_words.c: see release_words.h.

#include "release/release_words.h"

#include <string.h>

#include "base/date.h"
#include "base/decimal.h"
#include "place/place.h"
#include "release/release_count.h"
#include "release/release_share.h"
#include "result/result_split.h"

const char *release_dimension_words(const struct lang *lang, const char *name)
{
    return strcmp(name, RELEASE_PERIOD) == 0 ? tr(lang, MSG("Period"))
           : strcmp(name, "country") == 0    ? tr(lang, MSG("Country"))
                                             : characteristic_title(lang, name);
}

// "1 Jan 2025 – 30 Jun 2025" of "2025-01-01/2025-06-30".
static const char *days_words(struct arena *a, const struct lang *lang, const char *label)
{
    if (strlen(label) != 21) {
        return label;
    }
    return arena_printf(a, "%s – %s", date_for_people(a, lang, arena_copy_n(a, label, 10)),
                        date_for_people(a, lang, label + 11));
}

const char *release_category_words(struct arena *a, const struct lang *lang, const char *dimension,
                                   const char *category)
{
    const struct characteristic *c = characteristic_find(dimension);
    if (strcmp(category, RELEASE_TOTAL) == 0) {
        return tr(lang, MSG("All"));
    }
    if (strcmp(category, RELEASE_NOT_KNOWN) == 0) {
        return tr(lang, MSG("Not known"));
    }
    if (strcmp(dimension, RELEASE_SHARE) == 0) {
        return tr(lang, strcmp(category, RELEASE_PART) == 0 ? MSG("Part") : MSG("Rest"));
    }
    if (strcmp(dimension, RELEASE_PERIOD) == 0) {
        return days_words(a, lang, category);
    }
    if (strcmp(dimension, "country") == 0) {
        return country_name(category) == NULL ? category : tr(lang, country_name(category));
    }
    for (size_t i = 0; c != NULL && i < c->n_values; i++) {
        if (strcmp(c->values[i].code, category) == 0) {
            return tr(lang, c->values[i].label);
        }
    }
    return category; // joined: "18+"
}

const char *release_by_words(struct arena *a, const struct lang *lang, const char *split_by)
{
    const char *words = "";
    for (const char *at = split_by; *at != '\0';) {
        size_t len = strcspn(at, ",");
        const char *name = arena_copy_n(a, at, len);
        if (strcmp(name, RELEASE_SHARE) != 0) { // the title says what is shared
            words = arena_printf(a, "%s%s%s", words, words[0] == '\0' ? "" : " × ",
                                 release_dimension_words(lang, name));
        }
        at += len;
        at += *at == ',';
    }
    return words[0] == '\0' ? tr(lang, MSG("All people together")) : words;
}

const char *release_given_up_words(struct arena *a, const struct lang *lang, const char *collapsed)
{
    const char *words = "";
    for (const char *at = collapsed; *at != '\0';) {
        size_t len = strcspn(at, ";");
        size_t name = strcspn(at, ":");
        bool joined = len > name && strncmp(at + name, ": grouped", 9) == 0;
        words = arena_printf(a, "%s%s%s: %s", words, at == collapsed ? "" : "; ",
                             release_dimension_words(lang, arena_copy_n(a, at, name < len ? name : len)),
                             tr(lang, joined ? MSG("joined into larger groups") : MSG("left out")));
        at += len;
        at += strspn(at, "; ");
    }
    return words;
}

// ---- what was done ------------------------------------------------------------------------------------------

static const char *number(struct arena *a, int64_t n)
{
    return decimal_int_text(a, n);
}

void release_done_words(struct arena *a, const struct lang *lang, const struct record *x,
                        const struct release_entry *entry, struct release_done *out)
{
    int64_t base = record_int(x, "base");
    bool copied = false;
    for (int i = 0; i < entry->n_periods; i++) {
        copied = copied || strcmp(entry->periods[i].drawn, entry->name) != 0;
    }
    *out = (struct release_done){
        .base = number(a, base),
        .zero = tr_f(a, lang, MSG("A 0 stands for 0 to {0} people."), number(a, base - 1), NULL),
        .other = tr_f(a, lang, MSG("Any other count is true to within {0} people."), number(a, base - 1), NULL),
        .off = tr_f(a, lang,
                    MSG("Totals are sums of the rounded counts. The total of all is off by at most {0} people, every "
                        "other total by at most {1}."),
                    number(a, base), number(a, 2 * base), NULL),
        .copies = !copied ? NULL
                          : tr(lang, MSG("Counts of some periods are those of an earlier release, so that nobody can "
                                         "compare two roundings of the same people. Totals over such periods can be "
                                         "off by more, since their errors add up.")),
        .collapsed = !record_is_set(x, "collapsed")
                         ? NULL
                         : tr_f(a, lang,
                                MSG("Given up, because there were too few people for so many cells, now or in an "
                                    "earlier release: {0}."),
                                release_given_up_words(a, lang, record_text(x, "collapsed")), NULL),
        .repeats = record_int(x, "repeats") == 0
                       ? NULL
                       : tr(lang, MSG("The same person may be counted more than once: in several periods or places.")),
        .proof = strcmp(record_text(x, "verdict"), "protected") != 0
                     ? NULL
                     : tr_f(a, lang,
                            MSG("Proved on {0}: whoever has all releases, knows the method and is one of the people "
                                "counted still cannot narrow any of {1} counts further than to “{2} to {3}”."),
                            date_for_people(a, lang, record_text(x, "audited_on")),
                            number(a, record_int(x, "audited_counts")), number(a, record_int(x, "weakest_low")),
                            number(a, record_int(x, "weakest_high")), NULL)};
}
