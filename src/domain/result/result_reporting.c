// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_reporting.c: see result_reporting.h.

#include "result/result_reporting.h"

#include <stdint.h>
#include <string.h>

#include "base/bug.h"
#include "base/date.h"
#include "base/map.h"
#include "base/decimal.h"
#include "result/result.h"

// ---- periods as words ---------------------------------------------------------------------------

static bool is_digits(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
    }
    return true;
}

// A span of whole months: month 1 to 12.
static struct result_span months(struct arena *a, int year, int month, int n)
{
    char *first = arena_alloc(a, 11), *last = arena_alloc(a, 11);
    int end_year = year + (month - 2 + n) / 12, end = (month - 2 + n) % 12 + 1;
    date_write(year, month, 1, first);
    date_write(end_year, end, date_month_days(end_year, end), last);
    return (struct result_span){first, last};
}

static int number_of(const char *digits, size_t n)
{
    int number = 0;
    for (size_t i = 0; i < n; i++) {
        number = number * 10 + (digits[i] - '0');
    }
    return number;
}

bool result_span_read(struct arena *a, const char *text, struct result_span *out)
{
    size_t len = strlen(text);
    if (len < 4 || !is_digits(text, 4) || text[0] == '0' || (len > 4 && text[4] != '-')) {
        return false;
    }
    int year = number_of(text, 4);
    const char *rest = text + 5;
    int month = 1, n = 12;
    if (len == 7 && (rest[0] == 'Q' || rest[0] == 'q') && rest[1] >= '1' && rest[1] <= '4') {
        month = 3 * (rest[1] - '1') + 1;
        n = 3;
    } else if (len == 7 && (rest[0] == 'H' || rest[0] == 'h') && rest[1] >= '1' && rest[1] <= '2') {
        month = 6 * (rest[1] - '1') + 1;
        n = 6;
    } else if (len == 7 && is_digits(rest, 2) && number_of(rest, 2) >= 1 && number_of(rest, 2) <= 12) {
        month = number_of(rest, 2);
        n = 1;
    } else if (len != 4) {
        return false;
    }
    *out = months(a, year, month, n);
    return true;
}

// ---- what should be there -----------------------------------------------------------------------

size_t result_places_of(struct arena *a, const struct record *programme, const char ***out)
{
    const char *codes = record_text(programme, "countries");
    size_t n = 0;
    *out = ARENA_ARRAY(a, const char *, strlen(codes) / 2 + 1);
    for (const char *p = codes + strspn(codes, " "); *p != '\0'; p += strspn(p, " ")) {
        size_t len = strcspn(p, " ");
        (*out)[n++] = arena_copy_n(a, p, len);
        p += len;
    }
    return n;
}

struct result_expect result_expect_of(struct arena *a, const struct result_line *line,
                                      const struct record *programme, const char *today)
{
    struct result_expect x = {
        .frequency = (enum result_frequency)(
            result_code_at(&entity_indicator, "frequency", record_text(line->record, "frequency")) + 1),
        .starts = record_text(programme, "starts_on"),
        .ends = record_text(programme, "ends_on"),
        .today = today,
    };
    if (line->per_country) {
        const char **countries;
        x.n_places = result_places_of(a, programme, &countries);
        x.places = countries;
    }
    return x;
}

size_t result_spans_due(struct arena *a, const struct result_expect *x, struct result_span **out)
{
    static const int lengths[] = {[FREQUENCY_MONTH] = 1, [FREQUENCY_QUARTER] = 3, [FREQUENCY_HALF] = 6,
                                  [FREQUENCY_YEAR] = 12};
    size_t n = 0;
    *out = NULL;
    if (x->frequency == FREQUENCY_NONE || x->frequency == FREQUENCY_EVENT || x->starts[0] == '\0' ||
        x->ends[0] == '\0' || strcmp(x->starts, x->ends) > 0) {
        return 0;
    }
    if (x->frequency == FREQUENCY_ONCE || x->frequency == FREQUENCY_TWICE) {
        *out = ARENA_MAKE(a, struct result_span);
        **out = (struct result_span){x->starts, x->ends};
        return strcmp(x->ends, x->today) < 0;
    }
    int length = lengths[x->frequency];
    int year = number_of(x->starts, 4);
    int month = (number_of(x->starts + 5, 2) - 1) / length * length + 1;
    int years = number_of(x->ends, 4) - year + 1;
    struct result_span *spans = ARENA_ARRAY(a, struct result_span, (size_t)(years * 12 / length) + 1);
    for (;;) {
        struct result_span s = months(a, year, month, length);
        s.from = strcmp(s.from, x->starts) < 0 ? x->starts : s.from;
        s.to = strcmp(s.to, x->ends) > 0 ? x->ends : s.to;
        if (strcmp(s.from, x->ends) > 0 || strcmp(s.to, x->today) >= 0) {
            break;
        }
        spans[n++] = s;
        year += (month - 1 + length) / 12;
        month = (month - 1 + length) % 12 + 1;
    }
    *out = spans;
    return n;
}

// ---- what is there ------------------------------------------------------------------------------

// A date as a number in the same order, also one that says the year alone.
static uint64_t date_key(const char *date)
{
    static const int at[] = {0, 1, 2, 3, 5, 6, 8, 9}; // of YYYY-MM-DD
    size_t len = strlen(date);
    uint64_t key = 0;
    for (size_t i = 0; i < COUNT_OF(at); i++) {
        key = key << 8 | (unsigned char)((size_t)at[i] < len ? date[at[i]] : 0);
    }
    return key;
}

// An entry as it is asked again and again.
struct reported {
    uint64_t from, to;
    uint64_t earliest; // first day of this and all that come after: nothing from here on holds a span that begins before
    size_t place;      // number among the places, EVERYWHERE, or NOWHERE: none that is expected
    bool returned;
};
#define EVERYWHERE ((size_t)-1)
#define NOWHERE ((size_t)-2)

static struct reported *reported_of(struct arena *a, const struct result_entry *entries, size_t n,
                                    const char *const *places, size_t n_places)
{
    struct reported *out = ARENA_ARRAY(a, struct reported, n + 1);
    struct map numbers; // + 1
    map_init(&numbers, a);
    for (size_t p = 0; p < n_places; p++) {
        *map_at(&numbers, places[p]) = (void *)(uintptr_t)(p + 1);
    }
    for (size_t i = 0; i < n; i++) {
        size_t place = (uintptr_t)map_get(&numbers, entries[i].place);
        out[i] = (struct reported){
            .from = date_key(entries[i].from), .to = date_key(entries[i].to),
            .place = entries[i].place[0] == '\0' ? EVERYWHERE : place == 0 ? NOWHERE : place - 1,
            .returned = entries[i].state == STATE_RETURNED};
    }
    for (size_t i = n; i > 0; i--) {
        bool last = i == n || out[i - 1].from < out[i].earliest;
        out[i - 1].earliest = last ? out[i - 1].from : out[i].earliest;
    }
    return out;
}

enum { MISSING, RETURNED, THERE };

// What is known of each place for a span. first: entries before it end before the span does.
static void look_at_span(const struct reported *entries, size_t first, size_t n, const struct result_span *span,
                         unsigned char *known, size_t n_places)
{
    uint64_t from = date_key(span->from), to = date_key(span->to);
    memset(known, MISSING, n_places);
    for (size_t i = first; i < n && entries[i].earliest <= from; i++) {
        const struct reported *x = &entries[i];
        unsigned char found = x->returned ? RETURNED : THERE;
        if (x->from > from || x->to < to || x->place == NOWHERE) {
            continue;
        }
        size_t p = x->place == EVERYWHERE ? 0 : x->place;
        size_t end = x->place == EVERYWHERE ? n_places : p + 1;
        for (; p < end; p++) {
            known[p] = known[p] < found ? found : known[p];
        }
    }
}

void result_reporting_of(struct arena *a, const struct result_expect *x, const struct result_entry *entries,
                         size_t n, struct result_reporting *out)
{
    static const char *const whole[] = {""};
    struct result_span *spans;
    size_t n_spans = result_spans_due(a, x, &spans);
    const char *const *places = x->n_places > 0 ? x->places : whole;
    size_t n_places = x->n_places > 0 ? x->n_places : 1;
    size_t *open = ARENA_ARRAY(a, size_t, n_places); // gaps of each place
    unsigned char *known = ARENA_ARRAY(a, unsigned char, n_places);
    const struct reported *reported = reported_of(a, entries, n, places, n_places);
    bool sorted = true; // by last day, as result_sort does
    for (size_t i = 1; i < n; i++) {
        sorted = sorted && reported[i - 1].to <= reported[i].to;
    }
    *out = (struct result_reporting){.n_expected = n_spans * n_places, .n_spans = n_spans,
                                     .n_places = x->n_places,
                                     .gaps = ARENA_ARRAY(a, struct result_gap, n_spans * n_places + 1)};
    for (size_t s = 0, first = 0; s < n_spans; s++) {
        size_t before = out->n_gaps;
        while (sorted && first < n && reported[first].to < date_key(spans[s].to)) {
            first++; // spans come in their order
        }
        look_at_span(reported, first, n, &spans[s], known, n_places);
        bool late = date_days_between(spans[s].to, x->today) > RESULT_DAYS_OF_GRACE;
        for (size_t p = 0; p < n_places; p++) {
            if (known[p] == THERE) {
                out->n_there++;
                continue;
            }
            open[p]++;
            out->gaps[out->n_gaps++] = (struct result_gap){
                .span = spans[s], .place = places[p], .returned = known[p] == RETURNED, .late = late};
        }
        out->n_spans_complete += out->n_gaps == before;
    }
    for (size_t p = 0; p < x->n_places; p++) {
        out->n_places_complete += open[p] == 0;
    }
}

const char *result_reporting_words(struct arena *a, const struct lang *lang,
                                   const struct result_reporting *r)
{
    if (r->n_expected == 0) {
        return NULL;
    }
    const char *there = decimal_int_text(a, (int64_t)r->n_there);
    const char *expected = decimal_int_text(a, (int64_t)r->n_expected);
    if (r->n_places == 0) {
        return tr_f(a, lang, MSG("{0} of {1} expected values are in."), there, expected, NULL);
    }
    return tr_f(a, lang,
                MSG("{0} of {1} expected values are in: {2} of {3} countries and {4} of {5} periods are "
                    "complete."),
                there, expected, decimal_int_text(a, (int64_t)r->n_places_complete),
                decimal_int_text(a, (int64_t)r->n_places),
                decimal_int_text(a, (int64_t)r->n_spans_complete),
                decimal_int_text(a, (int64_t)r->n_spans), NULL);
}
