// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_report.c: see programme_report.h.

#include "report/programme_report.h"

#include <string.h>

#include "base/date.h"
#include "base/decimal.h"
#include "db/db.h"
#include "place/place.h"
#include "report/report_file.h"

const char *report_tr(const struct report_of *o, const char *key)
{
    return tr(o->lang, key);
}

const char *report_money_text(const struct report_of *o, int64_t minor)
{
    return money_for_people(o->arena, o->currency, minor, o->minor_digits);
}

const char *report_plain_money(const struct report_of *o, int64_t minor)
{
    return money_text(o->arena, minor, o->minor_digits);
}

const char *report_number_text(const struct report_of *o, int64_t n)
{
    return decimal_for_people(o->arena, arena_printf(o->arena, "%lld", (long long)n));
}

struct report_cell *report_money_cell(struct report_of *o, struct report_table *t,
                                      const struct record *r, const char *field)
{
    if (!record_is_set(r, field)) {
        return report_cell(t, "");
    }
    int64_t minor = record_int(r, field);
    return report_cell_value(t, report_money_text(o, minor), report_plain_money(o, minor));
}

int report_explain_as_of(struct report_of *o, struct report_explanation x)
{
    x.cut_off = date_for_people(o->arena, o->lang, o->today);
    return report_explain(o->report, &x);
}

const char *report_address(const struct report_of *o, const char *below)
{
    return arena_printf(o->arena, "/programmes/%s%s", o->number, below);
}

typedef enum err section(struct report_of *o, struct err_info *e);

enum err programme_report_make(struct arena *a, struct db_read *db, const struct lang *lang,
                               const struct record *programme, enum report_reach reach,
                               struct report **out, struct err_info *e)
{
    static section *const sections[] = {
        report_section_facts,      report_section_theory, report_section_money,
        report_section_obligations, report_section_checklist,  report_section_risks, report_section_advocacy,
        report_section_indicators, report_section_releases,  report_section_notices,
    };
    const char *number = record_text(programme, "number");
    struct report_of o = {
        .arena = a,
        .db = db,
        .lang = lang,
        .programme = programme,
        .number = number,
        .currency = record_text(programme, "currency"),
        .minor_digits = currency_minor_digits(record_text(programme, "currency")),
        .reach = reach,
    };
    if (o.minor_digits < 0) {
        o.minor_digits = 2;
    }
    enum err err = report_begin(a, db, lang, record_text(programme, "title"), &o.report, e);
    if (err != ERR_NONE) {
        return err;
    }
    o.report->subtitle = tr_f(a, lang, MSG("Programme report of {0}"), number, NULL);
    o.today = arena_copy_n(a, o.report->made_at_iso, 10);
    // All sections see the same state of the records.
    err = db_snapshot_begin(db, e);
    if (err != ERR_NONE) {
        return err;
    }
    for (size_t i = 0; err == ERR_NONE && i < sizeof sections / sizeof sections[0]; i++) {
        err = sections[i](&o, e);
    }
    db_snapshot_end(db);
    *out = o.report;
    return err;
}
