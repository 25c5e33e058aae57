// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_profile_fill_web.c: filling a profile in, one section a page: the value of each year that is
// known, and room for one more year.
//
// Reading and saving is that of all tools (assessment_cells.h): a cell is a field and a year. What
// a value may be is in assessment_profile.c. The name of the inputs of a known year is "2.1-F03-2022", that of
// the next one "2.1-F03-new", whose year is typed in "2.1-F03-new-year".

#include <string.h>

#include "assessment/assessment_cells.h"
#include "assessment/assessment_profile_fill.html.h"
#include "assessment/assessment_profile_web.h"
#include "base/bug.h"

// The cells of one section, those of a row together: the next year first, then the known ones, newest
// first.
struct sheet {
    struct cell *cells;
    size_t n;
};

static const char *year_field(struct req *r, const struct cell *cell)
{
    return arena_printf(r->arena, "%s-year", cell->name);
}

// A year as it was typed; 0 when there is none, -1 when it is no year.
static int year_of(const char *text)
{
    int year = 0;
    size_t len = strlen(text);
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9' || len > 4) {
            return -1;
        }
        year = year * 10 + (text[i] - '0');
    }
    return len > 0 && year < 1000 ? -1 : year;
}

static struct sheet sheet_of(struct req *r, const struct checklist *c, size_t part)
{
    struct sheet s = {.cells = ARENA_ARRAY(r->arena, struct cell,
                                           (size_t)c->tool->n_rows + c->n_answers + 1)};
    for (unsigned i = 0; i < c->tool->n_rows; i++) {
        const struct pack_row *row = &c->tool->rows[i];
        if (!assessment_in_part(c->tool, part, row)) {
            continue;
        }
        struct cell *next = &s.cells[s.n++];
        *next = (struct cell){.row = row,
                              .stakeholder_id = "",
                              .group_code = "",
                              .name = arena_printf(r->arena, "%s-new", row->id),
                              .label = row->id};
        int typed = year_of(req_posted(r, year_field(r, next)));
        next->year = typed > 0 ? typed : 0;
        struct profile_series known =
            profile_series_of(r->arena, row, c->answers, c->n_answers);
        for (size_t k = 0; k < known.n; k++) {
            int year = known.values[k]->year;
            s.cells[s.n++] = (struct cell){
                .row = row,
                .stakeholder_id = "",
                .group_code = "",
                .year = year,
                .name = arena_printf(r->arena, "%s-%d", row->id, year),
                .label = year == 0 ? row->id
                                   : arena_printf(r->arena, "%s, %d", row->id, year),
                .before = known.values[k]};
        }
    }
    return s;
}

static bool is_next(const struct cell *cell)
{
    return cell->before == NULL;
}

static bool find_part(const struct checklist *c, const char *id, size_t *part)
{
    *part = id[0] == '\0' ? assessment_next_part(c->tool, 0, c->answers, c->n_answers) : 0;
    bool found = id[0] == '\0' || c->tool->n_sections == 0;
    for (unsigned i = 0; !found && i < c->tool->n_sections; i++) {
        found = strcmp(c->tool->sections[i].id, id) == 0;
        *part = found ? i : 0;
    }
    return found;
}

static enum err no_such_section(struct err_info *e)
{
    return err_set(e, ERR_NOT_FOUND, NULL, MSG("This checklist has no such section."),
                   MSG("Choose one of the sections on the side."), NULL);
}

// ---- showing ------------------------------------------------------------------------------------

static const char *said_wrong(struct req *r, const char *field)
{
    const struct form_error *error = form_error_of(r->form, field);
    if (error == NULL) {
        return NULL;
    }
    const char *hint = err_hint(r->arena, r->lang, &error->info);
    const char *words = err_text(r->arena, r->lang, &error->info);
    return hint == NULL ? words : arena_printf(r->arena, "%s %s", words, hint);
}

static struct profile_typed typed_of(struct req *r, const struct cell *cell)
{
    const struct pack_row *row = cell->row;
    bool next = is_next(cell);
    struct profile_typed t = {
        .name = cell->name,
        .mark = cell_mark(r, cell),
        .of = row->id,
        .year = next ? req_posted(r, year_field(r, cell))
                     : profile_year_words(r->arena, cell->year),
        .year_name = next ? year_field(r, cell) : NULL,
        .value = cell_shown(r, cell, CELL_VALUE),
        .female = cell_shown(r, cell, CELL_FEMALE),
        .male = cell_shown(r, cell, CELL_MALE),
        .source = cell_shown(r, cell, CELL_SOURCE),
        .how = cell_shown(r, cell, CELL_HOW),
        .year_error = said_wrong(r, year_field(r, cell)),
        .error = cell_error(r, cell, CELL_VALUE),
        .female_error = cell_error(r, cell, CELL_FEMALE),
        .male_error = cell_error(r, cell, CELL_MALE),
        .source_error = cell_error(r, cell, CELL_SOURCE),
        .sign = profile_unit_sign(row),
        .is_number = profile_is_number(row),
    };
    t.split = profile_is_number(row) || t.female[0] != '\0' || t.male[0] != '\0';
    return t;
}

static struct fill_field field_of(struct req *r, const struct checklist *c, const struct cell *cells,
                                  size_t n)
{
    const struct pack *pack = c->tool->pack;
    const struct pack_row *row = cells[0].row;
    struct profile_typed *typed = ARENA_ARRAY(r->arena, struct profile_typed, n);
    const char *unit = profile_is_number(row) ? tr(r->lang, pack_unit_label(row->unit)) : NULL;
    const char *hint = profile_unit_hint(row);
    struct fill_field f = {
        .id = row->id,
        .text = checklist_row_words(r, c->tool, row),
        .note = row->note == NULL ? NULL : pack_words(pack, r->lang, row->id, row->note),
        .help = row->help == NULL ? NULL : pack_words(pack, r->lang, row->id, row->help),
        .hint = hint == NULL ? NULL : tr(r->lang, hint),
        .unit = !profile_by_sex(row) ? unit
                : unit == NULL       ? NULL
                                     : tr_f(r->arena, r->lang, MSG("{0}, for women and men"), unit,
                                            NULL),
        .address = checklist_row_address(r, c->tool, row->id),
        .added = &typed[0],
        .newest = n > 1 ? &typed[1] : NULL,
        .older = &typed[n > 1 ? 2 : 1],
        .n_older = n > 2 ? n - 2 : 0,
    };
    if (n == 1 && c->of.country != NULL) { // the next year alone: no value yet
        f.fact = profile_fact_of(c->of.country, row->id);
    }
    for (size_t i = 0; i < n; i++) {
        typed[i] = typed_of(r, &cells[i]);
    }
    const struct profile_typed *t = &typed[0];
    f.added_open = t->year[0] != '\0' || t->value[0] != '\0' || t->source[0] != '\0';
    return f;
}

// Facts of the reference data for fields that have no value.
static int64_t count_facts(const struct checklist *c)
{
    int64_t n = 0;
    for (unsigned i = 0; c->of.country != NULL && i < c->tool->n_rows; i++) {
        const char *row = c->tool->rows[i].id;
        n += assessment_answer_of(c->answers, c->n_answers, row) == NULL &&
             profile_fact_of(c->of.country, row).found;
    }
    return n;
}

static enum err show_form(struct req *r, struct reply *p, const struct checklist *c, size_t part,
                          struct err_info *e)
{
    struct checklist_side side;
    size_t n_fields = 0;
    struct sheet s = sheet_of(r, c, part);
    struct fill_field *fields = ARENA_ARRAY(r->arena, struct fill_field, s.n + 1);
    for (size_t i = 0; i < s.n;) {
        size_t n = 1;
        while (i + n < s.n && s.cells[i + n].row == s.cells[i].row) {
            n++;
        }
        fields[n_fields++] = field_of(r, c, &s.cells[i], n);
        i += n;
    }
    checklist_side_make(r, c, part, &side);
    const struct pack_section *section = c->tool->n_sections == 0 ? NULL : &c->tool->sections[part];
    struct assessment_profile_fill_view v = {
        .side = &side,
        .action = checklist_section_address(r, c->tool, part),
        .section = section == NULL ? "" : section->id,
        .heading = side.steps[part].label,
        .help = section == NULL || section->help == NULL
                    ? NULL
                    : pack_words(c->tool->pack, r->lang, section->id, section->help),
        .source = section == NULL ? NULL : section->source,
        .fields = fields,
        .n_fields = n_fields,
        .n_facts = count_facts(c),
        .facts = checklist_address(r, c->tool, "?view=all#facts"),
        .saved_on = c->now == NULL ? NULL : arena_copy_n(r->arena, c->now->touched_at, 10),
        .saved_at = c->now == NULL ? NULL : arena_copy_n(r->arena, c->now->touched_at + 11, 5),
    };
    const struct page_action all = {.label = tr(r->lang, MSG("All fields")),
                                    .address = checklist_address(r, c->tool, "?view=all")};
    struct page page = checklist_page(r, c, c->now);
    page.actions = &all;
    page.n_actions = 1;
    struct html h;
    page_begin(&h, r, p, &page);
    assessment_profile_fill_html(&h, &v);
    return page_end(&h, e);
}

enum err profile_fill(struct req *r, struct reply *p, const struct checklist *c, struct err_info *e)
{
    size_t part;
    return find_part(c, req_query(r, "section"), &part) ? show_form(r, p, c, part, e)
                                                        : no_such_section(e);
}

// ---- saving -------------------------------------------------------------------------------------

static void refuse(struct req *r, const struct cell *cell, const char *field, const char *text,
                   const char *hint, size_t *n)
{
    struct err_info info;
    (void)err_set(&info, ERR_INPUT, field, text, hint, cell->label, NULL);
    form_add_error(r->arena, r->form, &info);
    (*n)++;
}

// Field of the form for the part of an entry that is wrong.
static const char *field_for(struct req *r, const struct cell *cell, const char *part)
{
    return strcmp(part, "year") == 0     ? (is_next(cell) ? year_field(r, cell) : cell->name)
           : strcmp(part, "female") == 0 ? cell_field(r, cell, CELL_FEMALE)
           : strcmp(part, "male") == 0   ? cell_field(r, cell, CELL_MALE)
                                         : cell->name;
}

// What is wrong is put aside, so that the rest is looked at too; false: nothing is left.
static bool put_aside(struct profile_entry *entry, const char *part)
{
    if (strcmp(part, "year") == 0) {
        entry->year = profile_this_year();
        return true;
    }
    *(strcmp(part, "female") == 0 ? &entry->female : strcmp(part, "male") == 0 ? &entry->male : &entry->value) = "";
    return entry->value[0] != '\0' || entry->female[0] != '\0' || entry->male[0] != '\0';
}

// Units and years; writes figures in their canonical form.
static void check(struct req *r, const struct checklist *c, struct posted_cells *f,
                  struct posted_cell *p, size_t *n_wrong)
{
    const struct cell *cell = p->cell;
    const struct assessment_answer *known = cell->before;
    struct profile_entry entry = {.year = cell->year,
                                  .value = p->texts[CELL_VALUE],
                                  .female = p->texts[CELL_FEMALE],
                                  .male = p->texts[CELL_MALE],
                                  .source = p->texts[CELL_SOURCE],
                                  .how = p->texts[CELL_HOW]};
    struct profile_fault fault;
    size_t wrong_before = *n_wrong;
    if (is_next(cell)) {
        known = cell_answer(c->answers, c->n_answers, cell);
        p->as = arena_printf(r->arena, "%s-%d", cell->row->id, cell->year);
    }
    bool more = true;
    if (is_next(cell) && year_of(req_posted(r, year_field(r, cell))) < 0) {
        refuse(r, cell, year_field(r, cell), MSG("{0}: this is not a year."),
               MSG("Write four digits: 2022."), n_wrong);
        more = put_aside(&entry, "year");
    }
    while (more && !profile_entry_check(r->arena, cell->row, profile_this_year(), &entry, &fault)) {
        refuse(r, cell, field_for(r, cell, fault.part), fault.text, fault.hint, n_wrong);
        more = put_aside(&entry, fault.part);
    }
    if (*n_wrong == wrong_before) {
        p->texts[CELL_VALUE] = entry.value;
        p->texts[CELL_FEMALE] = entry.female;
        p->texts[CELL_MALE] = entry.male;
        if (cells_same(r, p, known)) { // in other digits, or it arrived before
            cells_leave(f, p);
        } else if (is_next(cell) && known != NULL) {
            refuse(r, cell, year_field(r, cell), MSG("{0}: this year has a value already."),
                   MSG("Change that value, or give another year."), n_wrong);
        }
    }
    if (*n_wrong > wrong_before) {
        cells_leave(f, p);
        p->as = NULL;
    }
}

static void check_all(struct req *r, const struct checklist *c, struct posted_cells *f,
                      size_t *n_wrong)
{
    *n_wrong = 0;
    for (size_t i = 0; i < f->n; i++) {
        const struct cell *cell = f->items[i].cell;
        if (f->items[i].what == CELL_SAVE) {
            check(r, c, f, &f->items[i], n_wrong);
        } else if (is_next(cell) && req_posted(r, year_field(r, cell))[0] != '\0') {
            refuse(r, cell, cell->name, MSG("{0}: there is a year but no value."),
                   MSG("Give the value, or take the year away."), n_wrong);
        }
    }
}

static enum err save_posted(struct store_tx *tx, struct req *r, struct checklist *c, size_t *part,
                            struct posted_cells *f, const char **version, struct err_info *e)
{
    size_t n_wrong = 0;
    enum err err = checklist_load(r, store_tx_read(tx), c, e);
    if (err == ERR_NONE) {
        err = cells_may_change(c, e);
    }
    if (err == ERR_NONE && !find_part(c, req_posted(r, "section"), part)) {
        err = no_such_section(e);
    }
    if (err == ERR_NONE) {
        struct sheet s = sheet_of(r, c, *part);
        err = cells_read(r, store_tx_read(tx), c, s.cells, s.n, f, e);
    }
    if (err == ERR_NONE) {
        check_all(r, c, f, &n_wrong);
        err = cells_errors(r, f, e);
    }
    if (err == ERR_NONE && n_wrong > 0 && !cells_keep(r)) { // the dispatcher adds the last one
        struct form *form = r->form;
        *e = form->errors[--form->n_errors].info;
        return ERR_INPUT;
    }
    if (err == ERR_NONE && f->n_changed > 0) {
        err = cells_save(tx, r, c, f, version, e);
    }
    return err;
}

static void go_on(struct req *r, struct reply *p, const struct checklist *c, size_t part,
                  const struct posted_cells *f, const char *version)
{
    size_t n;
    const struct assessment_answer *answers = cells_after(r, c, f, &n);
    struct assessment_progress whole =
        assessment_progress_of(c->tool, ASSESSMENT_WHOLE, answers, n);
    const char *go = req_posted(r, "go");
    bool last = part + 1 == assessment_n_parts(c->tool);
    p->location = strcmp(go, "stay") == 0 ? checklist_section_address(r, c->tool, part)
                  : strcmp(go, "leave") == 0 || last
                      ? checklist_address(r, c->tool, "?view=all")
                      : checklist_section_address(r, c->tool, part + 1);
    p->status = 303;
    const char *progress = checklist_progress_words(r, &whole);
    reply_flash(p,
                tr_f(r->arena, r->lang,
                     f->n_changed == 0 ? MSG("All is saved: {0}.") : MSG("Saved: {0}."),
                     progress, NULL),
                f->n_changed == 1 && c->now != NULL ? version : NULL);
}

// Which values are taken away, for the history, before the transaction begins.
static enum err reason_of(struct req *r, const char **reason, struct err_info *e)
{
    struct checklist c;
    enum err err = checklist_load(r, r->db, &c, e);
    *reason = NULL;
    if (err == ERR_NONE) {
        struct sheet s = sheet_of(r, &c, ASSESSMENT_WHOLE);
        *reason = cells_reason(r, s.cells, s.n);
    }
    return err;
}

enum err profile_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct checklist c;
    struct posted_cells f;
    struct store_tx *tx;
    size_t part;
    const char *version = NULL, *reason;
    struct actor who = req_actor(r);
    enum err err = reason_of(r, &reason, e);
    if (err == ERR_NONE) {
        err = store_begin(r->store, &who, reason, &tx, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    err = save_posted(tx, r, &c, &part, &f, &version, e);
    if (err != ERR_NONE || f.n_changed == 0) {
        store_rollback(tx);
    } else {
        err = store_commit(tx, e);
    }
    if (err == ERR_NONE && cells_keep(r)) {
        return cells_kept(r, p, &f, e);
    }
    if (err == ERR_NONE) {
        go_on(r, p, &c, part, &f, version);
    }
    return err;
}
