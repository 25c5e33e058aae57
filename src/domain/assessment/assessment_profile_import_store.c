// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_profile_import_store.c: see assessment_profile_import.h.

#include "assessment/assessment_profile_import.h"

#include <string.h>
#include <strings.h>

#include "base/bug.h"
#include "format/csv/csv_read.h"
#include "format/csv/csv_write.h"
#include "store/store.h"

#define TOOL "2.1"
#define REFERENCE_PACK "reference"
#define COUNTRY_TABLE "country"

enum column { COUNTRY, ROW, YEAR, VALUE, FEMALE, MALE, SOURCE, COMMENT, COLUMNS };
static const char *const names[COLUMNS] = {"country", "row",  "year",   "value",
                                           "female",  "male", "source", "comment"};
// Other words that people write above such columns.
static const struct {
    const char *word;
    enum column column;
} aliases[] = {{"iso2", COUNTRY}, {"iso3", COUNTRY}, {"field", ROW},   {"indicator", ROW},
               {"women", FEMALE}, {"men", MALE},     {"note", COMMENT}};

struct reading {
    struct arena *arena;
    const struct lang *lang;
    const struct identity *who;
    int this_year;
    struct record **programmes;
    size_t n_programmes;
    int at[COLUMNS]; // place of each column; -1: none
    struct profile_import *out;
};

// ---- heading ------------------------------------------------------------------------------------

static enum err read_heading(struct reading *x, const struct csv_row *row, struct err_info *e)
{
    for (enum column c = 0; c < COLUMNS; c++) {
        x->at[c] = -1;
    }
    for (int i = 0; i < row->n; i++) {
        int found = -1;
        for (enum column c = 0; c < COLUMNS; c++) {
            found = strcasecmp(row->cells[i], names[c]) == 0 ? (int)c : found;
        }
        for (size_t k = 0; k < COUNT_OF(aliases); k++) {
            found = strcasecmp(row->cells[i], aliases[k].word) == 0 ? (int)aliases[k].column : found;
        }
        if (found >= 0 && x->at[found] < 0) {
            x->at[found] = i;
        }
    }
    bool figures = x->at[VALUE] >= 0 || x->at[FEMALE] >= 0 || x->at[MALE] >= 0;
    if (x->at[COUNTRY] < 0 || x->at[ROW] < 0 || !figures) {
        const char *missing = x->at[COUNTRY] < 0 ? names[COUNTRY]
                              : x->at[ROW] < 0   ? names[ROW]
                                                 : names[VALUE];
        return err_set(e, ERR_INPUT, "text", MSG("The first row names no column “{0}”."),
                       MSG("Name the columns in the first row: country, row, year, value, female, "
                           "male, source, comment."),
                       missing, NULL);
    }
    return ERR_NONE;
}

static const char *cell(struct reading *x, const struct csv_row *row, enum column c)
{
    if (x->at[c] < 0) {
        return "";
    }
    const char *text = row->cells[x->at[c]];
    size_t len = strlen(text);
    while (*text == ' ') {
        text++;
        len--;
    }
    while (len > 0 && text[len - 1] == ' ') {
        len--;
    }
    return arena_copy_n(x->arena, text, len);
}

// ---- what a line is about -----------------------------------------------------------------------

static const char *find_country(const char *text)
{
    static const char *const columns[] = {"iso2", "iso3", "name"};
    const struct pack *p = pack_find(REFERENCE_PACK);
    const struct tsv *t = p == NULL ? NULL : pack_table(p, COUNTRY_TABLE);
    for (size_t c = 0; t != NULL && c < COUNT_OF(columns); c++) {
        for (size_t i = 0; i < t->n_rows; i++) {
            if (strcasecmp(tsv_cell(t, i, columns[c]), text) == 0) {
                return tsv_cell(t, i, "iso2");
            }
        }
    }
    return NULL;
}

static const struct pack_row *find_row(const struct pack_tool *tool, const char *text)
{
    const char *prefix = TOOL "-";
    for (unsigned i = 0; i < tool->n_rows; i++) {
        const struct pack_row *row = &tool->rows[i];
        if (assessment_is_asked(row) &&
            (strcasecmp(row->id, text) == 0 || strcasecmp(row->text, text) == 0 ||
             (strncmp(row->id, prefix, strlen(prefix)) == 0 &&
              strcasecmp(row->id + strlen(prefix), text) == 0))) {
            return row;
        }
    }
    return NULL;
}

static bool may_write(const struct reading *x, const char *country)
{
    bool may = x->who == NULL || identity_may(x->who, MAY_WRITE, NULL);
    for (size_t i = 0; i < x->n_programmes && !may; i++) {
        may = record_has_code(x->programmes[i], "countries", country) &&
              identity_may(x->who, MAY_WRITE, x->programmes[i]->id);
    }
    return may;
}

static bool read_year(const char *text, int *year)
{
    *year = 0;
    size_t len = strlen(text);
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9' || len != 4) {
            return false;
        }
        *year = *year * 10 + (text[i] - '0');
    }
    return true;
}

// ---- verdicts -----------------------------------------------------------------------------------

static void refuse(struct reading *x, struct import_line *line, const char *text, const char *hint,
                   const char *about)
{
    const char *words = tr_f(x->arena, x->lang, text, about, NULL);
    line->verdict = IMPORT_REFUSED;
    line->why = hint == NULL ? words
                             : arena_printf(x->arena, "%s %s", words, tr(x->lang, hint));
}

// Countries and rows are those of the packs: one address each.
static bool says_the_same(const struct import_line *line, const struct import_line *other)
{
    return other->row == line->row && other->entry.year == line->entry.year &&
           other->country == line->country && other->verdict != IMPORT_REFUSED;
}

// What is kept for the same country, field and year, and whether it may be changed.
static void compare(struct reading *x, struct import_line *line)
{
    const struct assessment_subject of = {.country = line->country};
    const struct assessment_round *now = assessment_newest(&x->out->rounds, &of, TOOL);
    if (now != NULL && !assessment_may_edit(record_text(now->record, "state"))) {
        refuse(x, line, MSG("The profile of {0} was submitted or approved."),
               MSG("Ask for it to be returned, or start a new round."), line->country);
        return;
    }
    for (size_t i = 0; i < x->out->n; i++) {
        if (says_the_same(line, &x->out->lines[i])) {
            refuse(x, line, MSG("Row {0} of the file is about the same field and year."),
                   MSG("Keep one of the two."),
                   arena_printf(x->arena, "%d", x->out->lines[i].number));
            return;
        }
    }
    for (size_t i = 0; now != NULL && i < now->n_answers && line->before == NULL; i++) {
        const struct assessment_answer *w = &now->answers[i];
        if (w->year == line->entry.year && strcmp(w->row, line->row->id) == 0) {
            line->before = w;
        }
    }
    const struct profile_entry *n = &line->entry;
    const struct assessment_answer *w = line->before;
    line->verdict = w == NULL ? IMPORT_NEW
                    : strcmp(w->value, n->value) == 0 && strcmp(w->female, n->female) == 0 &&
                            strcmp(w->male, n->male) == 0 && strcmp(w->source, n->source) == 0 &&
                            strcmp(w->how, n->how) == 0
                        ? IMPORT_SAME
                        : IMPORT_CHANGED;
}

// Would the record take these texts? (Lengths; the rest was checked.)
static bool fits(struct reading *x, const struct import_line *line)
{
    static const char *const fields[] = {"value", "female", "male", "source", "how"};
    const char *const texts[] = {line->entry.value, line->entry.female, line->entry.male,
                                 line->entry.source, line->entry.how};
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        struct value v;
        struct err_info e;
        if (texts[i][0] != '\0' && field_parse(x->arena, entity_field(&entity_answer, fields[i]),
                                               texts[i], 0, &v, &e) != ERR_NONE) {
            return false;
        }
    }
    return true;
}

static void judge(struct reading *x, struct import_line *line)
{
    struct profile_fault fault;
    line->entry = line->given;
    line->country = find_country(line->given_country);
    line->row = find_row(x->out->tool, line->given_row);
    if (line->country == NULL) {
        refuse(x, line, MSG("There is no country “{0}”."),
               MSG("Give its two or three letters (ISO 3166), or its name as the UN writes it."),
               line->given_country);
    } else if (line->row == NULL) {
        refuse(x, line, MSG("The profile has no field “{0}”."),
               MSG("Give its number, for example 2.1-F03, or its words."), line->given_row);
    } else if (!may_write(x, line->country)) {
        refuse(x, line, MSG("You may not change the profile of {0}."), NULL, line->country);
    } else if (!read_year(line->given_year, &line->entry.year)) {
        refuse(x, line, MSG("“{0}” is not a year."), MSG("Write four digits: 2022."),
               line->given_year);
    } else if (!profile_entry_check(x->arena, line->row, x->this_year, &line->entry, &fault)) {
        refuse(x, line, fault.text, fault.hint, line->row->id);
    } else if (!fits(x, line)) {
        refuse(x, line, MSG("{0}: a text is too long, or holds signs that cannot be kept."),
               MSG("Shorten it, or type it again."), line->row->id);
    } else {
        compare(x, line);
    }
}

// ---- the file -----------------------------------------------------------------------------------

static enum err read_lines(struct reading *x, struct csv_in *in, struct err_info *e)
{
    struct profile_import *out = x->out;
    struct csv_row row;
    bool more = true;
    size_t cap = 0;
    for (;;) {
        enum err err = csv_next(x->arena, in, &row, &more, e);
        if (err != ERR_NONE || !more) {
            return err;
        }
        if (out->n == cap) {
            struct import_line *wider = ARENA_ARRAY(x->arena, struct import_line, cap * 2 + 64);
            if (out->n > 0) {
                memcpy(wider, out->lines, out->n * sizeof *wider);
            }
            out->lines = wider;
            cap = cap * 2 + 64;
        }
        struct import_line line = {.number = row.number,
                                   .given_country = cell(x, &row, COUNTRY),
                                   .given_row = cell(x, &row, ROW),
                                   .given_year = cell(x, &row, YEAR),
                                   .given = {.value = cell(x, &row, VALUE),
                                             .female = cell(x, &row, FEMALE),
                                             .male = cell(x, &row, MALE),
                                             .source = cell(x, &row, SOURCE),
                                             .how = cell(x, &row, COMMENT)}};
        if (line.given.value[0] == '\0' && line.given.female[0] == '\0' &&
            line.given.male[0] == '\0') {
            out->n_empty++;
            continue;
        }
        if (out->n == PROFILE_IMPORT_LINES) {
            return err_set(e, ERR_TOO_LARGE, "text", MSG("The file has more than {0} lines."),
                           MSG("Cut it into several files."),
                           arena_printf(x->arena, "%d", PROFILE_IMPORT_LINES), NULL);
        }
        judge(x, &line);
        out->lines[out->n++] = line;
        out->counts[line.verdict]++;
    }
}

// Stands for what would be saved and what it would replace.
static const char *mark_of(struct arena *a, const struct profile_import *im)
{
    const char **texts = ARENA_ARRAY(a, const char *, im->n * 5 + 1);
    size_t n = 0;
    for (size_t i = 0; i < im->n; i++) {
        const struct import_line *line = &im->lines[i];
        if (line->verdict == IMPORT_NEW || line->verdict == IMPORT_CHANGED) {
            texts[n++] = line->country;
            texts[n++] = line->row->id;
            texts[n++] = line->given_year;
            texts[n++] = line->entry.value;
            texts[n++] = line->before == NULL ? "" : line->before->changed_at;
        }
    }
    return assessment_mark(a, texts, n);
}

enum err profile_import_read(struct db_read *db, struct arena *a, const struct lang *lang,
                             const struct identity *who, int this_year, const char *bytes,
                             size_t len, struct profile_import *out, struct err_info *e)
{
    *out = (struct profile_import){.tool = assessment_tool(TOOL)};
    struct reading x = {
        .arena = a, .lang = lang, .who = who, .this_year = this_year, .out = out};
    struct csv_in in;
    struct csv_row heading;
    bool more = false;
    if (out->tool == NULL) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no tool {0}."), NULL, TOOL, NULL);
    }
    enum err err = csv_open(&in, bytes, len, e);
    if (err == ERR_NONE) {
        err = csv_next(a, &in, &heading, &more, e);
    }
    if (err == ERR_NONE && !more) {
        err = err_set(e, ERR_INPUT, "text", MSG("There is nothing to import."),
                      MSG("Paste the table with its heading, or choose a file."), NULL);
    }
    if (err == ERR_NONE) {
        err = read_heading(&x, &heading, e);
    }
    if (err == ERR_NONE) {
        err = assessment_rounds_load(db, a, NULL, TOOL, &out->rounds, e);
    }
    if (err == ERR_NONE) {
        err = store_list(db, a, model_find("programme"), NULL, &x.programmes, &x.n_programmes, e);
    }
    if (err == ERR_NONE) {
        err = read_lines(&x, &in, e);
    }
    out->mark = err == ERR_NONE ? mark_of(a, out) : "";
    return err;
}

// ---- saving -------------------------------------------------------------------------------------

struct begun {
    const char *country, *round;
};

static enum err round_for(struct store_tx *tx, struct arena *a, const struct profile_import *im,
                          const char *country, struct begun *begun, size_t *n_begun,
                          const char **round, struct err_info *e)
{
    const struct assessment_subject of = {.country = country};
    const struct assessment_round *now = assessment_newest(&im->rounds, &of, TOOL);
    if (now != NULL) {
        *round = now->record->id;
        return ERR_NONE;
    }
    for (size_t i = 0; i < *n_begun; i++) {
        if (strcmp(begun[i].country, country) == 0) {
            *round = begun[i].round;
            return ERR_NONE;
        }
    }
    struct record *made;
    enum err err = assessment_begin(tx, a, &of, im->tool, &made, e);
    if (err == ERR_NONE) {
        *round = made->id;
        begun[(*n_begun)++] = (struct begun){country, made->id};
    }
    return err;
}

static enum err save_line(struct store_tx *tx, struct arena *a, const struct import_line *line,
                          const char *round, struct err_info *e)
{
    struct record *r;
    enum err err = ERR_NONE;
    if (line->before != NULL) {
        err = store_get(store_tx_read(tx), a, &entity_answer, line->before->id, &r, e);
    } else {
        r = record_new(a, &entity_answer);
        record_set_text(r, "assessment_id", round);
        record_set_text(r, "row", line->row->id);
        if (line->entry.year != 0) {
            record_set_int(r, "year", line->entry.year);
        }
    }
    if (err == ERR_NONE) {
        record_set_text(r, "value", line->entry.value);
        record_set_text(r, "female", line->entry.female);
        record_set_text(r, "male", line->entry.male);
        record_set_text(r, "source", line->entry.source);
        record_set_text(r, "how", line->entry.how);
        err = record_check(r, e);
    }
    return err != ERR_NONE ? err : store_save(tx, a, r, e);
}

enum err profile_import_save(struct store_tx *tx, struct arena *a, const struct profile_import *im,
                             struct err_info *e)
{
    struct begun *begun = ARENA_ARRAY(a, struct begun, im->n + 1);
    size_t n_begun = 0;
    enum err err = ERR_NONE;
    for (size_t i = 0; err == ERR_NONE && i < im->n; i++) {
        const struct import_line *line = &im->lines[i];
        const char *round = NULL;
        if (line->verdict != IMPORT_NEW && line->verdict != IMPORT_CHANGED) {
            continue;
        }
        err = round_for(tx, a, im, line->country, begun, &n_begun, &round, e);
        if (err == ERR_NONE) {
            err = save_line(tx, a, line, round, e);
        }
    }
    return err;
}

void profile_import_refused(const struct profile_import *im, bool for_spreadsheets,
                            struct buf *out)
{
    struct csv_out csv;
    csv_begin(&csv, out, for_spreadsheets);
    for (enum column c = 0; c < COLUMNS; c++) {
        csv_cell(&csv, names[c]);
    }
    csv_cell(&csv, "why");
    csv_row_end(&csv);
    for (size_t i = 0; i < im->n; i++) {
        const struct import_line *line = &im->lines[i];
        if (line->verdict != IMPORT_REFUSED) {
            continue;
        }
        const char *const cells[] = {line->given_country, line->given_row,   line->given_year,
                                     line->given.value,   line->given.female, line->given.male,
                                     line->given.source,  line->given.how,    line->why};
        for (size_t k = 0; k < COUNT_OF(cells); k++) {
            csv_cell(&csv, cells[k]);
        }
        csv_row_end(&csv);
    }
}
