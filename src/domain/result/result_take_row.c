// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_take_row.c: see result_take_row.h.

#include "result/result_take_row.h"

#include <string.h>
#include <strings.h>

#include "result/result.h"

const char *const take_column_names[TAKE_COLUMNS] = {
    "indicator", "period", "period_from", "period_to", "country", "split", "value", "numerator",
    "denominator", "answer", "source", "note", "line", "wrong", "why"};

enum err take_heading_read(const struct lang *lang, const char *const *cells, int n, struct take_heading *h,
                           struct err_info *e)
{
    for (int c = 0; c < TAKE_COLUMNS; c++) {
        h->at[c] = -1;
    }
    if (n > TAKE_MOST_COLUMNS) {
        return err_set(e, ERR_INPUT, "line 1", MSG("There are too many columns."), NULL, NULL);
    }
    for (int i = 0; i < n; i++) {
        bool known = false;
        for (int c = 0; c < TAKE_COLUMNS; c++) {
            if (strcasecmp(cells[i], take_column_names[c]) == 0) {
                h->at[c] = i;
                known = true;
            }
        }
        for (int k = 0; k < i; k++) {
            if (strcasecmp(cells[k], cells[i]) == 0) {
                return err_set(e, ERR_INPUT, "line 1", MSG("The column “{0}” stands in the file twice."),
                               MSG("Leave one of them away."), cells[i], NULL);
            }
        }
        h->characteristics[i] = known ? NULL : characteristic_read(lang, cells[i]);
        if (!known && h->characteristics[i] == NULL) {
            return err_set(e, ERR_INPUT, "line 1", MSG("There is no column “{0}”."),
                           MSG("Columns are indicator, period or period_from and period_to, country, "
                               "characteristics, value, numerator, denominator, answer, source, note."),
                           cells[i], NULL);
        }
    }
    bool period = h->at[TAKE_PERIOD] >= 0 || (h->at[TAKE_FROM] >= 0 && h->at[TAKE_TO] >= 0);
    return h->at[TAKE_INDICATOR] >= 0 && period
               ? ERR_NONE
               : err_set(e, ERR_INPUT, "line 1", MSG("The columns indicator and period are needed."),
                         MSG("Write period as 2025-Q1, or name period_from and period_to."), NULL);
}

const char *take_cell(const struct take_heading *h, const struct take_row *row, enum take_column c)
{
    return h->at[c] < 0 ? "" : row->cells[h->at[c]];
}

void take_refuse(struct take_row *row, const char *field, const struct err_info *wrong)
{
    if (!row->refused) {
        row->refused = true;
        row->verdict = TAKE_REFUSED;
        row->field = field;
        row->wrong = *wrong;
    }
}

void take_refuse_for(struct take_row *row, const char *field, const char *text, const char *hint,
                     const char *about)
{
    struct err_info wrong;
    (void)err_set(&wrong, ERR_INPUT, field, text, hint, about, NULL);
    take_refuse(row, field, &wrong);
}

void take_split_read(const struct take_heading *h, struct arena *a, const struct lang *lang, struct take_row *row)
{
    struct err_info wrong;
    const char *text = take_cell(h, row, TAKE_SPLIT);
    for (int i = 0; i < row->n_cells; i++) {
        const struct characteristic *c = h->characteristics[i];
        if (c == NULL || row->cells[i][0] == '\0') {
            continue;
        }
        text = arena_printf(a, "%s %s=%s", text, c->code,
                            characteristic_value_read(a, lang, c, row->cells[i]));
    }
    if (text[strspn(text, " ")] != '\0' && split_read(a, text, &row->split, &wrong) != ERR_NONE) {
        take_refuse(row, "split", &wrong);
    }
}

void take_period_read(const struct take_heading *h, struct arena *a, struct take_row *row, struct result_span *span)
{
    const char *word = take_cell(h, row, TAKE_PERIOD);
    *span = (struct result_span){take_cell(h, row, TAKE_FROM), take_cell(h, row, TAKE_TO)};
    if (word[0] != '\0' && !result_span_read(a, word, span)) {
        take_refuse_for(row, "period", MSG("“{0}” is no period."),
                        MSG("Write 2025, 2025-H1, 2025-Q1 or 2025-03."), word);
        *span = (struct result_span){word, word};
    }
}

const char *take_key_of(struct arena *a, struct take_row *row, const char *name, const char *text)
{
    const struct field *f = entity_field(&entity_observation, name);
    struct err_info wrong;
    struct value v = {0};
    enum err err = field_parse(a, f, text, 0, &v, &wrong);
    if (err == ERR_NONE && f->required && !v.set) {
        err = field_missing(f, &wrong);
    }
    if (err != ERR_NONE) {
        take_refuse(row, name, &wrong);
    }
    return err == ERR_NONE && v.set ? v.text : "";
}

void take_fill(const struct take_heading *h, struct arena *a, struct take_row *row,
               const enum take_column *columns, size_t n, struct record *out)
{
    for (size_t i = 0; i < n; i++) {
        const char *name = take_column_names[columns[i]];
        const struct field *f = entity_field(out->entity, name);
        struct err_info wrong;
        struct value v;
        if (take_cell(h, row, columns[i])[0] == '\0') {
            continue;
        }
        if (field_parse(a, f, take_cell(h, row, columns[i]), 0, &v, &wrong) != ERR_NONE) {
            take_refuse(row, name, &wrong);
        } else {
            out->values[entity_field_index(out->entity, name)] = v;
        }
    }
}
