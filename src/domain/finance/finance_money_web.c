// SPDX-License-Identifier: AGPL-3.0-or-later
//
// finance_money_web.c: the Money tab: budget and expenditure by year as printed, what follows from the
// figures beside it, the programme's own totals, and pledges by donor.
//
// Nothing printed is changed here. Where a figure does not follow from the others the row is amber and
// says why, in the words of the budget check.

#include <string.h>

#include "base/decimal.h"
#include "base/limits.h"
#include "finance/finance.h"
#include "finance/finance_money.html.h"
#include "finance/finance_store.h"
#include "format/csv/csv_write.h"
#include "format/svg/chart.h"
#include "html/page.h"
#include "model/check.h"
#include "programme/programme_web.h"

struct money {
    struct req *r;
    struct record **budgets;
    struct finance_row *rows;
    size_t n_rows;
    struct finance_pledge *pledges;
    size_t n_pledges;
    struct notice_list notices;
    const char *currency;
    int digits;
    bool may_write;
};

static enum err load(struct req *r, struct money *m, struct err_info *e)
{
    const char *id = r->programme->id;
    *m = (struct money){.r = r, .notices = {.arena = r->arena, .lang = r->lang},
                        .currency = record_text(r->programme, "currency"),
                        .digits = r->minor_digits, .may_write = programme_may(r, MAY_WRITE)};
    enum err err = store_list_by(r->db, r->arena, &entity_budget, "programme_id", id, &m->budgets,
                                 &m->n_rows, e);
    if (err == ERR_NONE) {
        err = finance_pledges_load(r->db, r->arena, id, &m->pledges, &m->n_pledges, e);
    }
    if (err == ERR_NONE) {
        err = check_budget.run(r->db, id, &m->notices, e);
    }
    if (err == ERR_NONE) {
        m->rows = ARENA_ARRAY(r->arena, struct finance_row, m->n_rows + 1);
        for (size_t i = 0; i < m->n_rows; i++) {
            m->rows[i] = finance_row_of(m->budgets[i]);
        }
    }
    return err;
}

// ---- words --------------------------------------------------------------------------------------

static const char *number(struct arena *a, int64_t n)
{
    return arena_printf(a, "%lld", (long long)n);
}

static const char *years(struct req *r, int64_t from, int64_t to)
{
    const char *first = number(r->arena, from);
    return from == to ? first : tr_f(r->arena, r->lang, MSG("{0} to {1}"), first,
                                     number(r->arena, to), NULL);
}

// "1,443,686.29" without the currency, which stands in the heading.
static const char *amount(const struct money *m, int64_t minor)
{
    struct arena *a = m->r->arena;
    const char *text = decimal_for_people(a, money_text(a, minor, m->digits));
    size_t whole = strcspn(text, ".");
    bool cents = text[whole] != '\0' && strspn(text + whole + 1, "0") < strlen(text + whole + 1);
    return cents ? text : arena_copy_n(a, text, whole);
}

static const char *full_amount(const struct money *m, int64_t minor)
{
    return money_for_people(m->r->arena, m->currency, minor, m->digits);
}

static const char *percent(struct arena *a, int64_t scaled, int places)
{
    return arena_printf(a, "%s %%", decimal_text(a, scaled, places));
}

// The share as it follows from the amounts, and how.
static const struct html_figure *share(const struct money *m, const struct finance_row *row,
                                       const char *source)
{
    struct arena *a = m->r->arena;
    int places = row->printed == NULL ? 1 : decimal_places(row->printed);
    int64_t scaled, exact;
    if (!finance_percent(row, places, &scaled) || !finance_percent(row, 4, &exact)) {
        return NULL;
    }
    struct html_figure *f = ARENA_MAKE(a, struct html_figure);
    *f = (struct html_figure){
        .shown = percent(a, scaled, places),
        .exact = percent(a, exact, 4),
        .means = tr(m->r->lang, MSG("Expenditure in per cent of the approved budget.")),
        .period = years(m->r, row->from, row->to),
        .rule = tr_f(a, m->r->lang,
                     MSG("{0} divided by {1}, times 100, rounded to as many places as are printed."),
                     amount(m, row->amount[FINANCE_SPENT]), amount(m, row->amount[FINANCE_APPROVED]),
                     NULL),
        .source = source};
    return f;
}

static const char *source_of(const struct record *budget)
{
    return record_is_set(budget, "source") ? record_text(budget, "source") : NULL;
}

// ---- the table ----------------------------------------------------------------------------------

static void fill_line(const struct money *m, size_t i, struct money_line *line)
{
    struct req *r = m->r;
    const struct finance_row *row = &m->rows[i];
    const struct record *b = m->budgets[i];
    *line = (struct money_line){
        .label = row->is_total ? tr_f(r->arena, r->lang, MSG("{0}, as printed"),
                                      years(r, row->from, row->to), NULL)
                               : years(r, row->from, row->to),
        .change = m->may_write
                      ? programme_address(r, url_make(r->arena, "/budget/{0}/change", b->id, NULL))
                      : NULL,
        .approved = row->has[FINANCE_APPROVED] ? amount(m, row->amount[FINANCE_APPROVED]) : NULL,
        .spent = row->has[FINANCE_SPENT] ? amount(m, row->amount[FINANCE_SPENT]) : NULL,
        .printed = row->printed == NULL ? NULL : arena_printf(r->arena, "%s %%", row->printed),
        .share = share(m, row, source_of(b)),
        .note = record_is_set(b, "note") ? record_text(b, "note") : NULL,
    };
    const char **messages = ARENA_ARRAY(r->arena, const char *, m->notices.n + 1);
    for (size_t k = 0; k < m->notices.n; k++) {
        if (strcmp(m->notices.items[k].about_id, row->id) == 0) {
            messages[line->n_messages++] = m->notices.items[k].message;
        }
    }
    line->messages = messages;
}

// A sum over years, added up by us.
static const struct html_figure *sum_figure(const struct money *m, enum finance_column column,
                                            int64_t from, int64_t to)
{
    struct req *r = m->r;
    size_t n;
    int64_t sum = finance_sum(m->rows, m->n_rows, column, from, to, &n);
    if (n == 0) {
        return NULL;
    }
    int64_t length = to - from + 1;
    struct html_figure *f = ARENA_MAKE(r->arena, struct html_figure);
    *f = (struct html_figure){
        .shown = amount(m, sum),
        .exact = full_amount(m, sum),
        .means = column == FINANCE_APPROVED ? tr(r->lang, MSG("Approved budget of all years together."))
                                            : tr(r->lang, MSG("Money spent in all years together.")),
        .period = years(r, from, to),
        .rule = (int64_t)n == length
                    ? tr_f(r->arena, r->lang, MSG("Sum of {0} rows of one year; no year is missing."),
                           number(r->arena, (int64_t)n), NULL)
                    : tr_f(r->arena, r->lang,
                           MSG("Sum of {0} rows of one year; {1} years have no amount."),
                           number(r->arena, (int64_t)n), number(r->arena, length - (int64_t)n), NULL)};
    return f;
}

static void fill_sum(const struct money *m, int64_t from, int64_t to, struct money_sum *sum)
{
    struct req *r = m->r;
    size_t n[2];
    struct finance_row row = {.is_total = true, .from = from, .to = to, .printed = "0.00"};
    row.amount[FINANCE_APPROVED] = finance_sum(m->rows, m->n_rows, FINANCE_APPROVED, from, to, &n[0]);
    row.amount[FINANCE_SPENT] = finance_sum(m->rows, m->n_rows, FINANCE_SPENT, from, to, &n[1]);
    row.has[FINANCE_APPROVED] = n[0] > 0;
    row.has[FINANCE_SPENT] = n[1] > 0;
    *sum = (struct money_sum){
        .label = tr_f(r->arena, r->lang, MSG("{0}, added up"), years(r, from, to), NULL),
        .approved = sum_figure(m, FINANCE_APPROVED, from, to),
        .spent = sum_figure(m, FINANCE_SPENT, from, to),
        .share = share(m, &row, NULL),
    };
}

// First and last year of the rows of single years; false when there is none.
static bool span(const struct money *m, int64_t *from, int64_t *to)
{
    bool any = false;
    for (size_t i = 0; i < m->n_rows; i++) {
        if (m->rows[i].is_total) {
            continue;
        }
        *from = !any || m->rows[i].from < *from ? m->rows[i].from : *from;
        *to = !any || m->rows[i].to > *to ? m->rows[i].to : *to;
        any = true;
    }
    return any;
}

static void fill_table(const struct money *m, struct finance_money_view *v)
{
    struct money_line *lines = ARENA_ARRAY(m->r->arena, struct money_line, m->n_rows + 1);
    struct money_line *totals = ARENA_ARRAY(m->r->arena, struct money_line, m->n_rows + 1);
    struct money_sum *sum = ARENA_MAKE(m->r->arena, struct money_sum);
    int64_t from = 0, to = 0;
    for (size_t i = 0; i < m->n_rows; i++) {
        fill_line(m, i, m->rows[i].is_total ? &totals[v->n_totals++] : &lines[v->n_lines++]);
    }
    v->lines = lines;
    v->totals = totals;
    if (span(m, &from, &to)) {
        fill_sum(m, from, to, sum);
        v->sum = sum;
    }
}

// ---- chart --------------------------------------------------------------------------------------

static struct chart_value value_of(const struct money *m, const struct finance_row *row,
                                   enum finance_column column)
{
    int64_t unit = DECIMAL_ONE;
    for (int i = 0; i < m->digits; i++) {
        unit /= 10;
    }
    return (struct chart_value){.known = row->has[column], .scaled = row->amount[column] * unit,
                                .label = row->has[column] ? amount(m, row->amount[column]) : NULL};
}

static void fill_chart(const struct money *m, struct finance_money_view *v)
{
    struct req *r = m->r;
    struct chart_bar *bars = ARENA_ARRAY(r->arena, struct chart_bar, m->n_rows + 1);
    int n = 0;
    for (size_t i = 0; i < m->n_rows; i++) {
        if (!m->rows[i].is_total) {
            bars[n++] = (struct chart_bar){.name = years(r, m->rows[i].from, m->rows[i].to),
                                           .value = value_of(m, &m->rows[i], FINANCE_SPENT),
                                           .target = value_of(m, &m->rows[i], FINANCE_APPROVED)};
        }
    }
    if (n == 0) {
        return;
    }
    struct chart_shapes *shapes = ARENA_MAKE(r->arena, struct chart_shapes);
    const char *title = tr(r->lang, MSG("Spent in each year, beside the approved budget"));
    const char *about = v->sum == NULL || v->sum->share == NULL
                            ? title
                            : tr_f(r->arena, r->lang,
                                   MSG("Bars of the expenditure of {0} years, with a mark for the budget of each. Over all years {1} of the budget was spent."),
                                   number(r->arena, n), v->sum->share->shown, NULL);
    chart_draw_bars(r->arena, &(struct chart_bars){
        .head = {.title = title, .description = about, .unit = m->currency,
                 .right_to_left = r->lang->right_to_left},
        .bars = bars, .n = n, .target_name = tr(r->lang, MSG("Approved budget"))}, shapes);
    v->chart_title = title;
    v->chart = shapes;
}

// ---- the programme and its pledges --------------------------------------------------------------

static const struct html_figure *typed_figure(const struct money *m, const char *field,
                                              const char *means)
{
    struct req *r = m->r;
    if (!record_is_set(r->programme, field)) {
        return NULL;
    }
    struct html_figure *f = ARENA_MAKE(r->arena, struct html_figure);
    const char *shown = full_amount(m, record_int(r->programme, field));
    *f = (struct html_figure){
        .shown = shown, .exact = shown, .means = means,
        .rule = tr(r->lang, MSG("Typed as printed; not added up from the years.")),
        .source = record_is_set(r->programme, "source") ? record_text(r->programme, "source") : NULL};
    return f;
}

static const struct html_figure *pledge_figure(const struct money *m)
{
    struct req *r = m->r;
    int64_t sum = 0, known = 0;
    for (size_t i = 0; i < m->n_pledges; i++) {
        sum += m->pledges[i].amount;
        known += m->pledges[i].has_amount;
    }
    if (known == 0) {
        return NULL;
    }
    int64_t unknown = (int64_t)m->n_pledges - known;
    struct html_figure *f = ARENA_MAKE(r->arena, struct html_figure);
    *f = (struct html_figure){
        .shown = full_amount(m, sum), .exact = full_amount(m, sum),
        .means = tr(r->lang, MSG("Money donors have promised to this programme.")),
        .rule = unknown == 0
                    ? tr_f(r->arena, r->lang, MSG("Sum of {0} pledges."), number(r->arena, known), NULL)
                    : tr_f(r->arena, r->lang,
                           MSG("Sum of {0} pledges; {1} more have no known amount and are not in it."),
                           number(r->arena, known), number(r->arena, unknown), NULL)};
    return f;
}

static void fill_pledges(const struct money *m, struct finance_money_view *v)
{
    struct req *r = m->r;
    const struct field *earmark = entity_field(&entity_pledge, "earmark");
    struct pledge_line *lines = ARENA_ARRAY(r->arena, struct pledge_line, m->n_pledges + 1);
    for (size_t i = 0; i < m->n_pledges; i++) {
        const struct finance_pledge *p = &m->pledges[i];
        lines[i] = (struct pledge_line){
            .donor = p->donor,
            .amount = p->has_amount ? amount(m, p->amount) : NULL,
            .earmark = tr(r->lang, field_choice_label(earmark, p->earmark)),
            .note = p->note,
            .change = m->may_write ? programme_address(
                                         r, url_make(r->arena, "/pledges/{0}/change", p->id, NULL))
                                   : NULL};
    }
    v->pledges = lines;
    v->n_pledges = m->n_pledges;
}

// Notices on the programme itself: its totals and pledges.
static void fill_messages(const struct money *m, struct finance_money_view *v)
{
    const char **list = ARENA_ARRAY(m->r->arena, const char *, m->notices.n + 1);
    for (size_t i = 0; i < m->notices.n; i++) {
        if (strcmp(m->notices.items[i].about_kind, "programme") == 0) {
            list[v->n_messages++] = m->notices.items[i].message;
        }
    }
    v->messages = list;
}

// ---- CSV ----------------------------------------------------------------------------------------

static void show_csv(const struct money *m, struct reply *p)
{
    static const char *const heads[] = {"row", "from_year", "to_year", "currency", "approved",
                                        "spent", "printed_percent", "computed_percent", "notices"};
    struct arena *a = m->r->arena;
    struct csv_out c;
    csv_begin(&c, &p->body, true);
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        csv_cell(&c, heads[i]);
    }
    csv_row_end(&c);
    for (size_t i = 0; i < m->n_rows; i++) {
        const struct finance_row *row = &m->rows[i];
        int64_t scaled;
        int places = row->printed == NULL ? 2 : decimal_places(row->printed);
        csv_cell(&c, row->is_total ? "total" : "year");
        csv_cell_int(&c, row->from);
        csv_cell_int(&c, row->to);
        csv_cell(&c, m->currency);
        for (int column = 0; column < 2; column++) {
            csv_cell(&c, row->has[column] ? money_text(a, row->amount[column], m->digits) : NULL);
        }
        csv_cell(&c, row->printed);
        csv_cell(&c, finance_percent(row, places, &scaled) ? decimal_text(a, scaled, places) : NULL);
        struct buf b;
        buf_init(&b, a, LIMIT_TEXT_BYTES);
        for (size_t k = 0; k < m->notices.n; k++) {
            if (strcmp(m->notices.items[k].about_id, row->id) == 0) {
                buf_printf(&b, "%s%s", b.len == 0 ? "" : " ", m->notices.items[k].message);
            }
        }
        csv_cell(&c, b.len == 0 ? NULL : b.data);
        csv_row_end(&c);
    }
    reply_file(p, "text/csv; charset=utf-8",
               arena_printf(a, "%s-money.csv", programme_number(m->r)));
}

static enum err export_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct money m;
    enum err err = load(r, &m, e);
    if (err == ERR_NONE) {
        err = req_note_export(r, "budget", e);
    }
    if (err == ERR_NONE) {
        show_csv(&m, p);
    }
    return err;
}

const struct route route_money_export = {
    .path = "/programmes/{programme}/money/export",
    .needs = MAY_EXPORT,
    .get = export_get,
    .title = MSG("Export"),
    .slow = true,
};

// ---- page ---------------------------------------------------------------------------------------

static enum err money_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct money m;
    size_t n_crumbs;
    enum err err = load(r, &m, e);
    if (err != ERR_NONE) {
        return err;
    }
    bool may_export = programme_may(r, MAY_EXPORT);
    const struct crumb *crumbs = programme_crumbs(r, &n_crumbs);
    struct html h;
    page_begin(&h, r, p, &(struct page){
        .title = tr_f(r->arena, r->lang, MSG("Money of {0}"), programme_number(r), NULL),
        .about = tr(r->lang, MSG("Approved and spent by year, beside what was printed. Where the two do not agree the page says so and changes nothing.")),
        .crumbs = crumbs, .n_crumbs = n_crumbs,
        .primary = {.label = m.may_write ? tr(r->lang, MSG("Add a year or a total")) : NULL,
                    .address = programme_address(r, "/budget/new"), .icon = "add"}});
    struct finance_money_view v = {
        .currency = m.currency,
        .csv = may_export && m.n_rows > 0 ? programme_address(r, "/money/export") : NULL,
        .pledge_new = m.may_write ? programme_address(r, "/pledges/new") : NULL,
        .notices = programme_address(r, "/notices"),
        .approved = typed_figure(&m, "approved_total", tr(r->lang, MSG("Money that donors have agreed to give."))),
        .overall = typed_figure(&m, "overall_total", tr(r->lang, MSG("Money needed for everything planned."))),
        .pledged = pledge_figure(&m),
        .change = m.may_write ? programme_address(r, "/change") : NULL,
    };
    fill_table(&m, &v);
    fill_chart(&m, &v);
    fill_pledges(&m, &v);
    fill_messages(&m, &v);
    finance_money_html(&h, &v);
    return page_end(&h, e);
}

const struct route finance_money_page = {
    .path = "/programmes/{programme}/money",
    .needs = MAY_READ,
    .get = money_get,
    .title = MSG("Money"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_MONEY,
};
