// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_sisters.c: see result_sisters.h. Indicators of the programme stand before rows of the library, so
// that the warning names what people know.

#include "result/result_sisters.h"

#include <string.h>

#include "result/result.h"

static const char *expected_of(const struct record *k)
{
    const struct pack_tool *tool;
    const struct pack_row *row = library_row(record_text(k, "row"), &tool);
    return row == NULL || row->result == NULL ? "" : row->result;
}

static struct sister sister_of(const struct record *k)
{
    return (struct sister){.name = record_text(k, "code"),
                           .result = record_text(k, "result_id"),
                           .expected = expected_of(k),
                           .asks = library_indicator_asks(k)};
}

unsigned sisters_missing(struct arena *a, struct record *const *indicators, size_t n,
                         const struct record *indicator, const char *by[SPLITS])
{
    const struct pack_tool *tool = NULL;
    const struct pack_row *row = library_row(record_text(indicator, "row"), &tool);
    size_t n_rows = row == NULL ? 0 : tool->n_rows;
    struct sister *items = ARENA_ARRAY(a, struct sister, n + n_rows + 1);
    size_t n_items = 0;
    size_t first[SPLITS];
    if (strcmp(record_text(indicator, "unit"), "count") != 0 ||
        record_is_set(indicator, "split_note")) {
        return 0;
    }
    items[n_items++] = sister_of(indicator);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(indicators[i]->id, indicator->id) != 0 &&
            strcmp(record_text(indicators[i], "state"), "active") == 0) {
            items[n_items++] = sister_of(indicators[i]);
        }
    }
    for (size_t i = 0; i < n_rows; i++) {
        const struct pack_row *other = &tool->rows[i];
        if (other != row) {
            items[n_items++] = (struct sister){
                .name = other->id, .expected = other->result, .asks = library_asks(other)};
        }
    }
    unsigned missing = library_missing_splits(items, n_items, 0, first);
    for (int bit = 0; bit < SPLITS; bit++) {
        if ((missing >> bit & 1) != 0) {
            by[bit] = items[first[bit]].name;
        }
    }
    return missing;
}
