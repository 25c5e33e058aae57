// SPDX-License-Identifier: AGPL-3.0-or-later
//
// fuzz_partner.c: any bytes as a table with HXL tags, a data value set (CSV, JSON), a mapping and a period;
// what needs a child (XML, workbooks) has drivers of its own.

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "exchange/dhis2/dhis2.h"
#include "exchange/hxl/hxl.h"
#include "exchange/partner/period.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena *a = arena_new((size_t)512 * 1024 * 1024);
    struct err_info e = {0};
    struct hxl_table t;
    struct dhis2_set set;
    struct dhis2_mapping mapping;
    struct period_days days;
    const char *text = arena_copy_n(a, bytes, len);
    size_t start = strspn(text, " \t\r\n\xef\xbb\xbf");
    if (!(len > 1 && bytes[0] == 'P' && bytes[1] == 'K') &&
        hxl_table_read(a, text, len, &t, &e) == ERR_NONE &&
        (t.tag_row >= t.n || t.n_columns != t.rows[t.tag_row].n)) {
        abort();
    }
    if (text[start] != '<' && dhis2_read(a, text, len, &set, &e) == ERR_NONE) {
        for (size_t i = 0; i < set.n; i++) {
            if (set.items[i].value == NULL || set.items[i].period == NULL || set.items[i].line < 1) {
                abort();
            }
        }
    }
    (void)!dhis2_mapping_read(a, text, len, &mapping, &e);
    if (period_read(text, &days) && (!date_is_valid(days.from) || strcmp(days.to, days.from) < 0)) {
        abort();
    }
    arena_free(a);
    return 0;
}
