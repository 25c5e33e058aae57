// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_export.c: the table of a release as CSV and JSON. The columns are those of "mainstay protect", which reads
// them again; a share has its percentage behind them.

#include <string.h>

#include "format/csv/csv_write.h"
#include "format/json/json_write.h"
#include "release/release_record.h"
#include "release/release_share.h"
#include "release/release_table.h"

// The percentage stands in the row of the part; true when the cell is one.
static bool share_in_row(const struct release_entry *x, size_t cell, struct release_share *out)
{
    int d = release_share_of(x->table.frame);
    if (d < 0 || strcmp(release_category_name(x->table.frame, cell, d), RELEASE_PART) != 0) {
        return false;
    }
    *out = release_share_at(x, release_share_whole(x->table.frame, cell));
    return true;
}

// The table as it is kept, with the ends of lines of a CSV file.
static void write_kept(const char *csv, struct buf *out)
{
    for (const char *line = csv; *line != '\0';) {
        size_t len = strcspn(line, "\r\n");
        buf_add(out, line, len);
        buf_str(out, "\r\n");
        line += len;
        line += strspn(line, "\r\n");
    }
}

void release_csv(struct arena *a, const struct record *r, struct buf *out)
{
    struct release_entry x;
    struct release_share s;
    struct csv_out csv;
    if (!release_entry_of(a, r, &x) || release_share_of(x.table.frame) < 0) {
        write_kept(record_text(r, "counts"), out);
        return;
    }
    const struct release_frame *f = x.table.frame;
    static const char *const names[] = {"count", RELEASE_KIND, RELEASE_ROUNDED_TO, "percent", "percent_low",
                                        "percent_high"};
    csv_begin(&csv, out, false);
    for (int d = 0; d < f->n; d++) {
        csv_cell(&csv, f->of[d].name);
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        csv_cell(&csv, names[i]);
    }
    csv_row_end(&csv);
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        for (int d = 0; d < f->n; d++) {
            csv_cell(&csv, release_category_name(f, cell, d));
        }
        csv_cell_int(&csv, x.table.counts[cell]);
        csv_cell(&csv, release_kind(f, cell));
        csv_cell_int(&csv, x.table.base);
        bool shown = share_in_row(&x, cell, &s) && s.percent >= 0;
        const int numbers[] = {s.percent, s.low, s.high};
        for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
            if (shown) {
                csv_cell_int(&csv, numbers[i]);
            } else {
                csv_cell(&csv, "");
            }
        }
        csv_row_end(&csv);
    }
}

static void put_percent(struct json_out *j, const struct release_share *s)
{
    if (s->percent >= 0) {
        json_member_int(j, "percent", s->percent);
        json_member_int(j, "percent_low", s->low);
        json_member_int(j, "percent_high", s->high);
    } else {
        json_put_name(j, "percent");
        json_put_null(j);
    }
}

bool release_json(struct arena *a, const struct record *r, struct buf *out)
{
    struct release_entry x;
    struct release_share s;
    struct json_out j;
    if (!release_entry_of(a, r, &x)) {
        return false;
    }
    const struct release_frame *f = x.table.frame;
    json_begin(&j, out, true);
    json_put_array(&j);
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        json_put_object(&j);
        for (int d = 0; d < f->n; d++) {
            json_member_text(&j, f->of[d].name, release_category_name(f, cell, d));
        }
        json_member_int(&j, "count", x.table.counts[cell]);
        json_member_text(&j, RELEASE_KIND, release_kind(f, cell));
        json_member_int(&j, RELEASE_ROUNDED_TO, x.table.base);
        if (share_in_row(&x, cell, &s)) {
            put_percent(&j, &s);
        }
        json_put_object_end(&j);
    }
    json_put_array_end(&j);
    json_end(&j);
    return true;
}
