// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_trip_web.c: see assessment_trip_web.h; and the page where the workbook is taken out, sent back,
// looked through and accepted.

#include "assessment/assessment_trip_web.h"

#include <stdlib.h>
#include <string.h>

#include "assessment/assessment_trip.html.h"
#include "base/bug.h"
#include "format/xlsx/xlsx_read.h"
#include "programme/programme_sheet_web.h"

static const char *const headings[TRIP_COLUMNS] = {
    "row",       "question", "who",     "name",   "year",   "answer", "how",
    "provision", "link",     "missing", "source", "female", "male"};

// ---- out ----------------------------------------------------------------------------------------

// The tool with its answers, and of a matrix its bodies and groups. db: of the request, or of a transaction.
static enum err load(struct req *r, struct db_read *db, struct matrix *out, struct err_info *e)
{
    *out = (struct matrix){0};
    enum err err = checklist_load(r, db, &out->c, e);
    return err == ERR_NONE && assessment_is_matrix(out->c.tool)
               ? matrix_show_round(r, db, out, out->c.now, e)
               : err;
}

// Whom the cell is about, by id as it stands in the workbook; "" nobody.
static const char *who_of(const struct cell *cell)
{
    return cell->stakeholder_id[0] != '\0' ? cell->stakeholder_id : cell->group_code;
}

// The name of it as people read it; "" nobody, or none of the country.
static const char *name_of(const struct matrix *m, const struct cell *cell)
{
    for (size_t i = 0; i < m->n_columns; i++) {
        if (strcmp(m->columns[i].stakeholder_id, cell->stakeholder_id) == 0 &&
            strcmp(m->columns[i].group_code, cell->group_code) == 0) {
            return m->columns[i].name;
        }
    }
    return "";
}

static bool has_cells(const struct matrix *m, const struct pack_row *row)
{
    return assessment_is_matrix(m->c.tool) && matrix_row_has_cells(matrix_row_of(m->c.tool, row));
}

// What is wrong with whom the answer is about, as an error of the field; ERR_NONE: nothing.
static enum err check_whom(struct req *r, const struct matrix *m, const struct cell *cell, struct err_info *e)
{
    const char *names = "";
    if (who_of(cell)[0] != '\0' && name_of(m, cell)[0] == '\0') {
        return err_set(e, ERR_INPUT, cell->name, MSG("“who” is none that this tool rates here."),
                       MSG("Take the workbook out again."), NULL);
    }
    if (who_of(cell)[0] != '\0' && !has_cells(m, cell->row)) {
        return err_set(e, ERR_INPUT, cell->name, MSG("This row is asked once, of nobody in particular."),
                       MSG("Leave “who” and “name” empty."), NULL);
    }
    for (size_t i = 0; i < m->n_columns; i++) {
        names = arena_printf(r->arena, "%s%s%s", names, i == 0 ? "" : ", ", m->columns[i].name);
    }
    return who_of(cell)[0] != '\0' || !has_cells(m, cell->row)
               ? ERR_NONE
               : err_set(e, ERR_INPUT, cell->name, MSG("Nobody is named, so this rating is of nobody."),
                         MSG("Write one of these under “name”: {0}."), names, NULL);
}

static struct cell cell_of(struct req *r, const struct matrix *m, const struct pack_row *row,
                           const char *stakeholder, const char *group, int year)
{
    struct cell cell = {.row = row, .stakeholder_id = stakeholder, .group_code = group, .year = year};
    const char *name = name_of(m, &cell);
    cell.label = name[0] != '\0' ? arena_printf(r->arena, "%s, %s", row->id, name)
                 : year > 0      ? arena_printf(r->arena, "%s, %d", row->id, year)
                                 : row->id;
    cell.name = arena_printf(r->arena, "%s.%s.%d", row->id, who_of(&cell), year);
    cell.before = cell_answer(m->c.answers, m->c.n_answers, &cell);
    return cell;
}

static void add(struct trip *out, struct cell cell, const struct assessment_answer *w)
{
    struct trip_line *line = &out->lines[out->n++];
    *line = (struct trip_line){.at = "", .cell = cell};
    for (enum cell_text t = 0; t < CELL_TEXTS; t++) {
        line->texts[t] = cell_said(w, t);
    }
}

void trip_of(struct req *r, const struct matrix *m, const struct assessment_round *round,
             struct trip *out)
{
    const struct checklist *c = &m->c;
    size_t n_answers = round == NULL ? 0 : round->n_answers;
    *out = (struct trip){
        .lines = ARENA_ARRAY(r->arena, struct trip_line, c->tool->n_rows * (m->n_columns + 1) + n_answers + 1)};
    for (unsigned i = 0; i < c->tool->n_rows; i++) {
        const struct pack_row *row = &c->tool->rows[i];
        bool each = has_cells(m, row), any = false;
        for (size_t k = 0; each && k < m->n_columns; k++) {
            struct cell cell = cell_of(r, m, row, m->columns[k].stakeholder_id, m->columns[k].group_code, 0);
            add(out, cell, cell_answer(round == NULL ? NULL : round->answers, n_answers, &cell));
        }
        for (size_t k = 0; !each && k < n_answers; k++) {
            const struct assessment_answer *w = &round->answers[k];
            if (strcmp(w->row, row->id) == 0) {
                add(out, cell_of(r, m, row, w->stakeholder_id, w->group_code, w->year), w);
                any = true;
            }
        }
        bool list = assessment_is_matrix(c->tool) && matrix_row_of(c->tool, row) == MATRIX_LIST;
        if (!each && !any && !list && assessment_is_asked(row)) {
            add(out, cell_of(r, m, row, "", "", 0), NULL);
        }
    }
}

// Only what the tool asks, so that nobody fills in what is not kept.
static bool is_used(const struct checklist *c, enum trip_column column)
{
    const struct pack_tool *tool = c->tool;
    switch (column) {
    case TRIP_WHO:
    case TRIP_NAME: return tool->kind == PACK_KIND_RATING_MATRIX;
    case TRIP_YEAR: return tool->kind == PACK_KIND_PROFILE;
    default:
        return column < TRIP_TEXTS ||
               cell_asks(tool, (enum cell_text)(column - TRIP_TEXTS + CELL_HOW));
    }
}

// As people read it: of an answer the words of its level.
static const char *shown(struct req *r, const struct checklist *c, const struct trip_line *line,
                         enum cell_text t, const char *text)
{
    return t == CELL_VALUE && text[0] != '\0'
               ? checklist_answer_words(r, c->tool, line->cell.row, text)
               : text;
}

static const char *text_of(struct req *r, const struct matrix *m, const struct trip_line *line,
                           enum trip_column column)
{
    const struct cell *cell = &line->cell;
    switch (column) {
    case TRIP_ROW: return cell->row->id;
    case TRIP_QUESTION: return checklist_row_words(r, m->c.tool, cell->row);
    case TRIP_WHO: return who_of(cell);
    case TRIP_NAME: return name_of(m, cell);
    case TRIP_YEAR: return cell->year == 0 ? "" : arena_printf(r->arena, "%d", cell->year);
    case TRIP_ANSWER: return shown(r, &m->c, line, CELL_VALUE, line->texts[CELL_VALUE]);
    default: return line->texts[column - TRIP_TEXTS + CELL_HOW];
    }
}

void trip_sheet(struct req *r, const struct matrix *m, const struct trip *trip, struct sheet *out)
{
    const struct checklist *c = &m->c;
    struct sheet_column *columns = ARENA_ARRAY(r->arena, struct sheet_column, TRIP_COLUMNS);
    const char **cells = ARENA_ARRAY(r->arena, const char *, (trip->n + 1) * TRIP_COLUMNS);
    enum trip_column used[TRIP_COLUMNS];
    size_t n = 0, at = 0;
    for (enum trip_column k = 0; k < TRIP_COLUMNS; k++) {
        if (is_used(c, k)) {
            columns[n] = (struct sheet_column){.name = headings[k], .kind = SHEET_TEXT};
            used[n++] = k;
        }
    }
    for (size_t i = 0; i < trip->n; i++) {
        for (size_t k = 0; k < n; k++) {
            cells[at++] = text_of(r, m, &trip->lines[i], used[k]);
        }
    }
    *out = (struct sheet){.title = c->tool->id,
                          .columns = columns,
                          .n_columns = n,
                          .cells = cells,
                          .n_rows = trip->n};
}

// ---- back ---------------------------------------------------------------------------------------

// Where each column stands in the file; 0: it is not there.
static void find_columns(const struct xlsx_table *sheet, int at[TRIP_COLUMNS])
{
    for (int k = 0; k < TRIP_COLUMNS; k++) {
        at[k] = 0;
        for (int column = 1; column <= sheet->n_columns && at[k] == 0; column++) {
            at[k] = strcmp(xlsx_text_at(sheet, 1, column), headings[k]) == 0 ? column : 0;
        }
    }
}

static const char *text_at(const struct xlsx_table *sheet, int row, int column)
{
    return column == 0 ? "" : xlsx_text_at(sheet, row, column);
}

// name: whom the line is about, or "". why: translated.
static void fault(struct req *r, struct trip *out, int row, const char *name, const char *why)
{
    const char *at =
        tr_f(r->arena, r->lang, MSG("Line {0}"), arena_printf(r->arena, "%d", row), NULL);
    out->faults[out->n_faults++] = (struct trip_fault){
        name[0] == '\0' ? at : arena_printf(r->arena, "%s, %s", at, name), why};
}

// Whom a line is about: by id, else by the name; a name that nobody or somebody else too has stays as it is.
static const char *whom(const struct matrix *m, const char *who, const char *name)
{
    const struct matrix_column *found = NULL;
    for (size_t i = 0; who[0] == '\0' && i < m->n_columns; i++) {
        if (strcmp(m->columns[i].name, name) == 0) {
            if (found != NULL) {
                return name;
            }
            found = &m->columns[i];
        }
    }
    return who[0] != '\0'   ? who
           : found == NULL ? name
           : found->stakeholder_id[0] != '\0' ? found->stakeholder_id
                                              : found->group_code;
}

// A group of the tool, or a stakeholder by its id.
static bool is_group(const struct pack_tool *tool, const char *who)
{
    return tool_group(tool, who) != NULL;
}

// A level by its id, or by its title as people write it.
static const char *level_of(struct req *r, const struct pack_tool *tool, const struct pack_row *row,
                            const char *text)
{
    const struct pack_scale *scale = assessment_is_rated(tool, row) ? row_scale(tool, row) : NULL;
    for (unsigned i = 0; scale != NULL && i < scale->n_levels; i++) {
        const struct pack_level *level = &scale->levels[i];
        if (strcmp(text, level->title) == 0 ||
            strcmp(text, pack_words(tool->pack, r->lang, level->id, level->title)) == 0) {
            return level->id;
        }
    }
    return text;
}

// Why the answer cannot be kept as it stands in the file; NULL: nothing is wrong, or nothing changed.
static const char *wrong_with(struct req *r, const struct matrix *m, const struct trip_line *line)
{
    const struct checklist *c = &m->c;
    const struct pack_row *row = line->cell.row;
    struct record *answer = record_new(r->arena, &entity_answer);
    struct err_info wrong;
    bool changed = false, empty = true;
    record_set_text(answer, "row", row->id);
    record_set_text(answer, "stakeholder_id", line->cell.stakeholder_id);
    record_set_text(answer, "group_code", line->cell.group_code);
    if (line->cell.year > 0) {
        record_set_int(answer, "year", line->cell.year);
    }
    for (enum cell_text t = 0; t < CELL_TEXTS; t++) {
        record_set_text(answer, cell_column(t), line->texts[t]);
        changed = changed || strcmp(line->texts[t], cell_said(line->cell.before, t)) != 0;
        empty = empty && line->texts[t][0] == '\0';
    }
    if (!changed || empty) {
        return NULL;
    }
    bool of_nobody = check_whom(r, m, &line->cell, &wrong) != ERR_NONE;
    if (!of_nobody && answer_check(answer, &wrong) == ERR_NONE) {
        return NULL;
    }
    const struct pack_scale *scale =
        !of_nobody && strcmp(wrong.field, "value") == 0 && assessment_is_rated(c->tool, row)
            ? row_scale(c->tool, row)
            : NULL;
    const char *levels = "";
    for (unsigned i = 0; scale != NULL && i < scale->n_levels; i++) {
        levels = arena_printf(r->arena, "%s%s%s", levels, i == 0 ? "" : ", ",
                              pack_words(c->tool->pack, r->lang, scale->levels[i].id,
                                         scale->levels[i].title));
    }
    const char *mend = scale != NULL
                           ? tr_f(r->arena, r->lang, MSG("Write one of these: {0}."), levels, NULL)
                           : err_hint(r->arena, r->lang, &wrong);
    return arena_printf(r->arena, "%s%s%s", err_text(r->arena, r->lang, &wrong),
                        mend == NULL ? "" : " ", mend == NULL ? "" : mend);
}

static void read_line(struct req *r, const struct matrix *m, const struct xlsx_table *sheet,
                      int number, const int at[TRIP_COLUMNS], struct trip *out)
{
    const struct checklist *c = &m->c;
    const char *id = text_at(sheet, number, at[TRIP_ROW]);
    const struct pack_row *row = tool_row(c->tool, id);
    const char *who = whom(m, text_at(sheet, number, at[TRIP_WHO]), text_at(sheet, number, at[TRIP_NAME]));
    const char *year = text_at(sheet, number, at[TRIP_YEAR]);
    long y = year[0] == '\0' ? 0 : strtol(year, NULL, 10);
    if (id[0] == '\0') {
        return;
    }
    if (row == NULL || !assessment_is_asked(row)) {
        fault(r, out, number, "", tr(r->lang, MSG("This row is not one that the tool asks.")));
        return;
    }
    if (y != 0 && (y < 1900 || y > 2100)) {
        fault(r, out, number, "", tr(r->lang, MSG("The year is not between 1900 and 2100.")));
        return;
    }
    bool group = is_group(c->tool, who);
    struct trip_line *line = &out->lines[out->n];
    *line = (struct trip_line){
        .at = tr_f(r->arena, r->lang, MSG("Line {0}"), arena_printf(r->arena, "%d", number), NULL),
        .cell = cell_of(r, m, row, group ? "" : who, group ? who : "", (int)y)};
    for (size_t i = 0; i < out->n; i++) {
        if (strcmp(out->lines[i].cell.name, line->cell.name) == 0) {
            fault(r, out, number, "", tr(r->lang, MSG("The same answer stands twice in the file.")));
            return;
        }
    }
    line->texts[CELL_VALUE] =
        level_of(r, c->tool, row, text_at(sheet, number, at[TRIP_ANSWER]));
    for (int t = CELL_HOW; t < CELL_TEXTS; t++) {
        int column = at[TRIP_TEXTS + t - CELL_HOW];
        // A column that was taken out of the file changes nothing.
        line->texts[t] = column == 0 ? cell_said(line->cell.before, (enum cell_text)t)
                                     : text_at(sheet, number, column);
    }
    if (at[TRIP_ANSWER] == 0) {
        line->texts[CELL_VALUE] = cell_said(line->cell.before, CELL_VALUE);
    }
    const char *wrong = wrong_with(r, m, line);
    if (wrong != NULL) {
        fault(r, out, number, name_of(m, &line->cell), wrong);
        return;
    }
    out->n++;
}

enum err trip_read(struct req *r, const struct matrix *m, const char *bytes, size_t len,
                   struct trip *out, struct err_info *e)
{
    const struct xlsx_book *book;
    int at[TRIP_COLUMNS];
    enum err err = xlsx_read(r->arena, bytes, len, &book, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct xlsx_table *sheet = xlsx_first_sheet(book);
    if (sheet != NULL) {
        find_columns(sheet, at);
    }
    if (sheet == NULL || at[TRIP_ROW] == 0) {
        return err_set(e, ERR_INPUT, "file",
                       MSG("The first sheet has no column “row” in its first line."),
                       MSG("Send back the workbook that was taken out here; leave its first line as "
                           "it is."),
                       NULL);
    }
    size_t most = (size_t)sheet->n_rows + 1;
    *out = (struct trip){.lines = ARENA_ARRAY(r->arena, struct trip_line, most),
                         .faults = ARENA_ARRAY(r->arena, struct trip_fault, most)};
    for (int i = 0; i < sheet->n_rows; i++) {
        if (sheet->rows[i].number > 1) {
            read_line(r, m, sheet, sheet->rows[i].number, at, out);
        }
    }
    return ERR_NONE;
}

// ---- the page -----------------------------------------------------------------------------------

// What would change, field by field, and the hidden fields that say so when it is accepted.
static void fill_changes(struct req *r, const struct matrix *m, const struct trip *trip,
                         struct assessment_trip_view *v)
{
    const struct checklist *c = &m->c;
    struct trip_change *list = ARENA_ARRAY(r->arena, struct trip_change, trip->n + 1);
    for (size_t i = 0; i < trip->n; i++) {
        const struct trip_line *line = &trip->lines[i];
        struct trip_field *fields = ARENA_ARRAY(r->arena, struct trip_field, CELL_TEXTS);
        size_t n = 0;
        struct cell cell = line->cell;
        cell.name = arena_printf(r->arena, "c%zu", v->n_changes);
        for (enum cell_text t = 0; t < CELL_TEXTS; t++) {
            const char *was = cell_said(cell.before, t);
            fields[t] = (struct trip_field){.name = cell_field(r, &cell, t),
                                            .value = line->texts[t],
                                            .label = tr(r->lang, cell_label(t)),
                                            .before = shown(r, c, line, t, was),
                                            .after = shown(r, c, line, t, line->texts[t]),
                                            .changed = strcmp(was, line->texts[t]) != 0};
            n += fields[t].changed;
        }
        if (n > 0) {
            list[v->n_changes++] = (struct trip_change){
                .at = line->at,
                .row = cell.row->id,
                .who = who_of(&cell),
                .name = name_of(m, &cell),
                .year = cell.year == 0 ? "" : arena_printf(r->arena, "%d", cell.year),
                .question = checklist_row_words(r, c->tool, cell.row),
                .mark = cell_mark(r, &cell),
                .is_new = cell.before == NULL,
                .fields = fields,
                .n_fields = CELL_TEXTS};
        }
    }
    v->changes = list;
    v->faults = trip->faults;
    v->n_faults = trip->n_faults;
}

static enum err show(struct req *r, struct reply *p, const struct matrix *m,
                     const struct trip *trip, struct err_info *e)
{
    const struct checklist *c = &m->c;
    size_t n_crumbs;
    struct assessment_trip_view v = {
        .action = checklist_address(r, c->tool, "/sheet"),
        .save = checklist_address(r, c->tool, "/sheet/save"),
        .file = req_may(r, MAY_EXPORT) ? checklist_address(r, c->tool, "/sheet/workbook") : NULL,
        .may_write = req_may(r, MAY_WRITE) && (c->now == NULL || assessment_may_edit(c->state)),
        .read = trip != NULL,
    };
    if (trip != NULL) {
        fill_changes(r, m, trip, &v);
    }
    const struct crumb *crumbs = checklist_crumbs(r, c, true, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){
                   .title = tr_f(r->arena, r->lang, MSG("{0} in a spreadsheet"),
                                 checklist_title(r, c->tool), NULL),
                   .about = tr(r->lang, MSG("Take the answers out as a workbook, work on it without "
                                            "internet, send it back, and look at what "
                                            "changed before it is saved.")),
                   .crumbs = crumbs,
                   .n_crumbs = n_crumbs,
                   .tag = c->tool->id});
    assessment_trip_html(&h, &v);
    return page_end(&h, e);
}

enum err checklist_sheet_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct matrix m;
    enum err err = load(r, r->db, &m, e);
    return err != ERR_NONE ? err : show(r, p, &m, NULL, e);
}

enum err checklist_sheet_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct matrix m;
    struct trip trip;
    const struct upload *file = req_upload(r, "file");
    enum err err = load(r, r->db, &m, e);
    if (err == ERR_NONE && (file == NULL || file->len == 0)) {
        err = err_set(e, ERR_INPUT, "file", MSG("No file was sent."),
                      MSG("Choose the workbook that was taken out here."), NULL);
    }
    if (err == ERR_NONE) {
        err = cells_may_change(&m.c, e);
    }
    if (err == ERR_NONE) {
        err = trip_read(r, &m, file->bytes, file->len, &trip, e);
    }
    if (err == ERR_NONE) {
        err = show(r, p, &m, &trip, e);
    }
    return err;
}

enum err checklist_sheet_file_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct matrix m;
    struct trip trip;
    struct sheet sheet;
    enum err err = load(r, r->db, &m, e);
    if (err != ERR_NONE) {
        return err;
    }
    const char *subject = r->country != NULL ? r->country : record_text(r->programme, "number");
    trip_of(r, &m, m.c.now, &trip);
    trip_sheet(r, &m, &trip, &sheet);
    return programme_send_sheet_as(r, p, &sheet, "xlsx",
                                   arena_printf(r->arena, "%s-%s-answers", subject, m.c.tool->id), "answer", e);
}

// ---- accepting ----------------------------------------------------------------------------------

// The cells that the page of changes sent along: "c0-row", "c0-who", "c0-year".
static const struct cell *cells_sent(struct req *r, const struct matrix *m, size_t *n)
{
    const struct checklist *c = &m->c;
    struct cell *cells = ARENA_ARRAY(r->arena, struct cell, r->n_posted + 1);
    for (*n = 0; *n < r->n_posted; (*n)++) {
        const char *name = arena_printf(r->arena, "c%zu", *n);
        const char *id = req_posted(r, arena_printf(r->arena, "%s-row", name));
        const struct pack_row *row = tool_row(c->tool, id);
        if (row == NULL || !assessment_is_asked(row)) {
            break;
        }
        const char *who = req_posted(r, arena_printf(r->arena, "%s-who", name));
        long year = strtol(req_posted(r, arena_printf(r->arena, "%s-year", name)), NULL, 10);
        bool group = is_group(c->tool, who);
        cells[*n] = cell_of(r, m, row, group ? "" : who, group ? who : "",
                            year > 1899 && year < 2101 ? (int)year : 0);
        cells[*n].name = name;
    }
    return cells;
}

static enum err save(struct store_tx *tx, struct req *r, struct matrix *m,
                     struct posted_cells *posted, struct err_info *e)
{
    const struct checklist *c = &m->c;
    size_t n;
    const char *version = NULL;
    enum err err = load(r, store_tx_read(tx), m, e);
    if (err == ERR_NONE) {
        err = cells_may_change(c, e);
    }
    if (err == ERR_NONE) {
        const struct cell *cells = cells_sent(r, m, &n);
        for (size_t i = 0; err == ERR_NONE && i < n; i++) {
            err = check_whom(r, m, &cells[i], e);
        }
        err = err != ERR_NONE ? err : cells_read(r, store_tx_read(tx), c, cells, n, posted, e);
    }
    if (err == ERR_NONE && posted->n_errors > 0) {
        *e = posted->errors[0];
        err = ERR_INPUT;
    }
    if (err == ERR_NONE && posted->n_changed > 0) {
        err = cells_save(tx, r, c, posted, &version, e);
    }
    return err;
}

enum err checklist_sheet_save_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct matrix m;
    struct posted_cells posted = {0};
    struct store_tx *tx;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, tr(r->lang, MSG("from a spreadsheet")), &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = save(tx, r, &m, &posted, e);
    if (err != ERR_NONE || posted.n_changed == 0) {
        store_rollback(tx);
    } else {
        err = store_commit(tx, e);
    }
    if (err == ERR_NONE) {
        reply_flash(p,
                    tr_n(r->arena, r->lang, MSG("One answer was taken over."),
                         MSG("{0} answers were taken over."), (int64_t)posted.n_changed),
                    NULL);
        p->location = checklist_address(r, m.c.tool, "?view=all");
        p->status = 303;
    }
    return err;
}
