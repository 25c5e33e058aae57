// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_cells_web.c: see assessment_cells.h.

#include "assessment/assessment_cells.h"

#include <string.h>

#include "assessment/assessment_kept.html.h"
#include "base/bug.h"

static const struct {
    const char *field;  // of the answer
    const char *behind; // the name in the form
    const char *ask;    // word in `asks` of the tool; NULL: always
} texts[CELL_TEXTS] = {
    [CELL_VALUE] = {"value", "", NULL},
    [CELL_HOW] = {"how", "-how", NULL},
    [CELL_PROVISION] = {"provision", "-provision", "where"},
    [CELL_LINK] = {"link", "-link", "link"},
    [CELL_MISSING] = {"missing", "-missing", "missing"},
    [CELL_SOURCE] = {"source", "-source", "source"},
    [CELL_FEMALE] = {"female", "-female", "sex"},
    [CELL_MALE] = {"male", "-male", "sex"},
};

const struct assessment_answer *cell_answer(const struct assessment_answer *answers, size_t n,
                                            const struct cell *cell)
{
    for (size_t i = 0; i < n; i++) {
        const struct assessment_answer *w = &answers[i];
        if (strcmp(w->row, cell->row->id) == 0 && w->year == cell->year &&
            strcmp(w->stakeholder_id, cell->stakeholder_id) == 0 &&
            strcmp(w->group_code, cell->group_code) == 0) {
            return w;
        }
    }
    return NULL;
}

const char *cell_field(struct req *r, const struct cell *cell, enum cell_text text)
{
    return arena_printf(r->arena, "%s%s", cell->name, texts[text].behind);
}

const char *cell_column(enum cell_text text)
{
    return texts[text].field;
}

const char *cell_said(const struct assessment_answer *answer, enum cell_text text)
{
    if (answer == NULL) {
        return "";
    }
    switch (text) {
    case CELL_VALUE: return answer->value;
    case CELL_HOW: return answer->how;
    case CELL_PROVISION: return answer->provision;
    case CELL_LINK: return answer->link;
    case CELL_MISSING: return answer->missing;
    case CELL_SOURCE: return answer->source;
    case CELL_FEMALE: return answer->female;
    case CELL_MALE: return answer->male;
    case CELL_TEXTS: break;
    }
    return "";
}

bool cell_asks(const struct pack_tool *tool, enum cell_text text)
{
    return texts[text].ask == NULL || tool_asks(tool, texts[text].ask);
}

const char *cell_label(enum cell_text text)
{
    return entity_field(&entity_answer, texts[text].field)->label;
}

// Was the form sent, and comes back with an error?
static bool is_typed(const struct req *r)
{
    return r->form != NULL && r->form->n_typed > 0;
}

const char *cell_shown(struct req *r, const struct cell *cell, enum cell_text text)
{
    return is_typed(r) ? req_posted(r, cell_field(r, cell, text))
                                : cell_said(cell->before, text);
}

// A mark of what these texts say.
static const char *mark_of(struct req *r, const char *const said[CELL_TEXTS])
{
    return assessment_mark(r->arena, said, CELL_TEXTS);
}

static const char *mark_now(struct req *r, const struct assessment_answer *answer)
{
    const char *said[CELL_TEXTS];
    for (enum cell_text t = 0; t < CELL_TEXTS; t++) {
        said[t] = cell_said(answer, t);
    }
    return mark_of(r, said);
}

static const char *mark_read(struct req *r, const struct cell *cell)
{
    return req_posted(r, arena_printf(r->arena, "%s-was", cell->name));
}

const char *cell_mark(struct req *r, const struct cell *cell)
{
    return is_typed(r) && form_error_of(r->form, cell->name) == NULL ? mark_read(r, cell)
                                                               : mark_now(r, cell->before);
}

static const char changed_by_other[] =
    MSG("{0}: somebody else changed this answer while you wrote. Yours still stands here.");

// What the answer says that somebody else gave meanwhile: not part of the error, which holds no words of people.
static const char *said_meanwhile(struct req *r, const struct cell *cell)
{
    const struct assessment_answer *now = cell->before;
    const struct pack_tool *tool = assessment_tool(req_capture(r, "tool"));
    const char *said = now == NULL || now->value[0] == '\0'
                           ? tr(r->lang, MSG("No answer"))
                           : checklist_answer_words(r, tool, cell->row, now->value);
    for (enum cell_text t = CELL_HOW; t < CELL_TEXTS; t++) {
        if (cell_said(now, t)[0] != '\0') {
            said = arena_printf(r->arena, "%s · %s", said, cell_said(now, t));
        }
    }
    return tr_f(r->arena, r->lang, MSG("Theirs: {0}."), said, NULL);
}

// An error as it stands beside its field. cell: what the field belongs to, or NULL.
static const char *error_words(struct req *r, const struct form_error *error,
                               const struct cell *cell)
{
    const char *hint = err_hint(r->arena, r->lang, &error->info);
    const char *words = err_text(r->arena, r->lang, &error->info);
    if (cell != NULL && error->info.text == changed_by_other) {
        words = arena_printf(r->arena, "%s %s", words, said_meanwhile(r, cell));
    }
    return hint == NULL ? words : arena_printf(r->arena, "%s %s", words, hint);
}

const char *cell_error(struct req *r, const struct cell *cell, enum cell_text text)
{
    const struct form_error *error = form_error_of(r->form, cell_field(r, cell, text));
    return error == NULL ? NULL : error_words(r, error, cell);
}

// ---- what was posted ----------------------------------------------------------------------------

static void add_error(struct posted_cells *p, const char *field, const struct cell *cell,
                      const char *text, const char *hint)
{
    (void)err_set(&p->errors[p->n_errors++], ERR_INPUT, field, text, hint, cell->label, NULL);
}

// False when a text cannot be kept; an error says which.
static bool read_texts(struct req *r, const struct pack_tool *tool, struct posted_cells *p,
                       struct posted_cell *out)
{
    bool good = true;
    for (enum cell_text t = 0; t < CELL_TEXTS; t++) {
        struct value v = {0};
        struct err_info wrong;
        const char *name = cell_field(r, out->cell, t);
        if (!cell_asks(tool, t)) { // kept as it is, should another version of the tool have asked
            out->texts[t] = cell_said(out->cell->before, t);
            continue;
        }
        bool is_number = t == CELL_FEMALE || t == CELL_MALE;
        if (field_parse(r->arena, entity_field(&entity_answer, texts[t].field), req_posted(r, name),
                        0, &v, &wrong) != ERR_NONE) {
            add_error(p, name, out->cell,
                      is_number ? MSG("{0}: this is not a number.")
                                : MSG("{0}: this text cannot be kept: it is too long, or holds "
                                      "signs that cannot be kept."),
                      is_number ? MSG("Write digits, with a point before decimals: 51.4.")
                                : MSG("Shorten it, or type it again."));
            good = false;
        }
        out->texts[t] = v.set ? v.text : "";
    }
    return good;
}

static bool is_empty(const struct posted_cell *p)
{
    for (enum cell_text t = 0; t < CELL_TEXTS; t++) {
        if (p->texts[t][0] != '\0') {
            return false;
        }
    }
    return true;
}

static bool same_words(const struct posted_cell *p)
{
    for (enum cell_text t = CELL_HOW; t < CELL_TEXTS; t++) {
        if (strcmp(p->texts[t], cell_said(p->cell->before, t)) != 0) {
            return false;
        }
    }
    return true;
}

// What is to be done with one cell, or an error.
static void decide(struct req *r, const struct pack_tool *tool, struct posted_cells *p,
                   const struct cell *cell)
{
    const char *was = mark_read(r, cell);
    if (was[0] == '\0') {
        return; // this cell was not on the page
    }
    struct posted_cell *out = &p->items[p->n];
    *out = (struct posted_cell){.cell = cell};
    if (!read_texts(r, tool, p, out)) {
        return;
    }
    const char *value = out->texts[CELL_VALUE];
    bool rated = assessment_is_rated(tool, cell->row) || cell->row->part == PACK_PART_GROUP;
    const struct pack_row *asked = cell->row;
    while (asked != NULL && asked->part == PACK_PART_GROUP) {
        asked = tool_row(tool, asked->parent);
    }
    const struct pack_scale *scale = rated && asked != NULL ? row_scale(tool, asked) : NULL;
    const char *now = mark_now(r, cell->before);
    const char *mine = mark_of(r, out->texts);
    bool unchanged = strcmp(mine, was) == 0 || strcmp(mine, now) == 0;
    // an answer that the scale had when it was given stays as long as nobody touches it
    if (!unchanged && scale != NULL && value[0] != '\0' && scale_level(scale, value) == NULL) {
        add_error(p, cell->name, cell, MSG("{0}: this is not one of the answers."),
                  MSG("Choose one of them."));
        return;
    }
    p->n++;
    if (unchanged) {
        return;
    }
    bool no_answer = scale != NULL && value[0] == '\0';
    if (strcmp(was, now) != 0) {
        add_error(p, cell->name, cell, changed_by_other,
                  MSG("Save again to keep yours instead, or write down what is true of both."));
    } else if (no_answer && !is_empty(out) && !same_words(out)) {
        add_error(p, cell->name, cell, MSG("{0}: there are words but no answer."),
                  MSG("Choose an answer, or take the words away."));
    } else if (out->texts[CELL_LINK][0] != '\0' && !link_is_whole(out->texts[CELL_LINK])) {
        add_error(p, cell_field(r, cell, CELL_LINK), cell,
                  MSG("{0}: a link begins with https:// or http://."),
                  MSG("Copy the whole address from the browser."));
    } else {
        out->what = no_answer || is_empty(out) ? CELL_CLEAR : CELL_SAVE;
        p->n_changed++;
    }
}

// An answer with evidence or actions beside it stays: they would hang on nothing.
static enum err refuse_lost(struct req *r, struct db_read *db, struct posted_cells *p,
                            struct err_info *e)
{
    const struct entity *const kinds[] = {&entity_evidence, &entity_action};
    for (size_t i = 0; i < p->n; i++) {
        const struct posted_cell *x = &p->items[i];
        for (size_t k = 0; x->what == CELL_CLEAR && k < COUNT_OF(kinds); k++) {
            const struct store_filter of[] = {
                {.field = "about_kind", .op = STORE_EQUAL, .text = "answer"},
                {.field = "about_id", .op = STORE_EQUAL, .text = x->cell->before->id}};
            int64_t n = 0;
            enum err err = store_count(db, r->arena, kinds[k],
                                       &(struct store_query){.filters = of, .n_filters = 2}, &n, e);
            if (err != ERR_NONE) {
                return err;
            }
            if (n > 0) {
                add_error(p, x->cell->name, x->cell,
                          MSG("{0}: this answer has evidence or actions, so it cannot be cleared."),
                          MSG("Remove them first, or choose another answer."));
                break;
            }
        }
    }
    return ERR_NONE;
}

static bool is_of_cell(const char *name, const struct cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(cells[i].name);
        if (strncmp(name, cells[i].name, len) == 0 && (name[len] == '\0' || name[len] == '-')) {
            return true;
        }
    }
    return false;
}

// What was typed for a question that is not on this page (a mistake, or a row that went away meanwhile) would be
// lost in silence.
static void refuse_stranger(const struct req *r, const struct cell *cells, size_t n, struct posted_cells *p)
{
    for (size_t i = 0; i < r->n_posted; i++) {
        const char *name = r->posted[i].name;
        bool known = name[0] == '_' || strcmp(name, "section") == 0 || strcmp(name, "go") == 0 ||
                     is_of_cell(name, cells, n);
        if (!known) {
            struct err_info *e = &p->errors[p->n_errors++];
            (void)form_no_field(name, e);
            e->field[0] = '\0'; // no place of the page; the text names it
            return;
        }
    }
}

enum err cells_read(struct req *r, struct db_read *db, const struct checklist *c,
                    const struct cell *cells, size_t n, struct posted_cells *out,
                    struct err_info *e)
{
    *out = (struct posted_cells){
        .items = ARENA_ARRAY(r->arena, struct posted_cell, n + 1),
        .errors = ARENA_ARRAY(r->arena, struct err_info, (CELL_TEXTS + 1) * n + 1)};
    refuse_stranger(r, cells, n, out);
    for (size_t i = 0; i < n; i++) {
        decide(r, c->tool, out, &cells[i]);
    }
    return refuse_lost(r, db, out, e);
}

enum err cells_errors(struct req *r, const struct posted_cells *p, struct err_info *e)
{
    bool keep = cells_keep(r);
    if (p->n_errors == 0) {
        return ERR_NONE;
    }
    for (size_t i = 0; i + 1 < p->n_errors + keep; i++) {
        form_add_error(r->arena, r->form, &p->errors[i]);
    }
    if (keep) {
        return ERR_NONE;
    }
    *e = p->errors[p->n_errors - 1]; // the dispatcher adds this one
    return ERR_INPUT;
}

enum err cells_may_change(const struct checklist *c, struct err_info *e)
{
    return c->now == NULL || assessment_may_edit(c->state)
               ? ERR_NONE
               : err_set(e, ERR_CONFLICT, NULL,
                         MSG("This checklist was submitted, so its answers cannot be changed."),
                         MSG("Ask for it to be returned, or start a new round once it is "
                             "approved."),
                         NULL);
}

const char *cells_reason(struct req *r, const struct cell *cells, size_t n)
{
    const char *none = mark_now(r, NULL);
    const char *rows = "";
    for (size_t i = 0; i < n; i++) {
        const char *was = mark_read(r, &cells[i]);
        if (was[0] != '\0' && strcmp(was, none) != 0 && req_posted(r, cells[i].name)[0] == '\0') {
            rows = arena_printf(r->arena, "%s%s%s", rows, rows[0] == '\0' ? "" : ", ",
                                cells[i].label);
        }
    }
    return rows[0] == '\0' ? NULL : tr_f(r->arena, r->lang, MSG("cleared: {0}"), rows, NULL);
}

// ---- saving -------------------------------------------------------------------------------------

static enum err save_cell(struct store_tx *tx, struct req *r, const char *round,
                          const struct posted_cell *p, const char **version, struct err_info *e)
{
    const struct cell *cell = p->cell;
    if (p->what == CELL_CLEAR) {
        return store_delete(tx, r->arena, &entity_answer, cell->before->id, e);
    }
    struct record *answer;
    enum err err = ERR_NONE;
    if (cell->before != NULL) {
        err = store_get(store_tx_read(tx), r->arena, &entity_answer, cell->before->id, &answer, e);
    } else {
        answer = record_new(r->arena, &entity_answer);
        record_set_text(answer, "assessment_id", round);
        record_set_text(answer, "row", cell->row->id);
        record_set_text(answer, "stakeholder_id", cell->stakeholder_id);
        record_set_text(answer, "group_code", cell->group_code);
        if (cell->year > 0) {
            record_set_int(answer, "year", cell->year);
        }
    }
    for (enum cell_text t = 0; err == ERR_NONE && t < CELL_TEXTS; t++) {
        record_set_text(answer, texts[t].field, p->texts[t]);
    }
    if (err == ERR_NONE) {
        err = record_check(answer, e);
    }
    if (err == ERR_NONE) {
        err = store_save(tx, r->arena, answer, e);
        *version = answer->version;
    }
    return err;
}

enum err cells_save(struct store_tx *tx, struct req *r, const struct checklist *c,
                    const struct posted_cells *p, const char **version, struct err_info *e)
{
    enum err err = ERR_NONE;
    const char *round = c->now == NULL ? NULL : c->now->record->id;
    if (round == NULL) {
        struct record *begun;
        err = checklist_begin(tx, r, c, &begun, e);
        round = err == ERR_NONE ? begun->id : NULL;
    }
    for (size_t i = 0; err == ERR_NONE && i < p->n; i++) {
        if (p->items[i].what != CELL_LEAVE) {
            err = save_cell(tx, r, round, &p->items[i], version, e);
        }
    }
    return err;
}

const struct assessment_answer *cells_after(struct req *r, const struct checklist *c,
                                            const struct posted_cells *p, size_t *n)
{
    struct assessment_answer *all =
        ARENA_ARRAY(r->arena, struct assessment_answer, c->n_answers + p->n + 1);
    *n = 0;
    for (size_t i = 0; i < c->n_answers; i++) {
        bool posted = false;
        for (size_t k = 0; k < p->n; k++) {
            posted = posted ||
                     (p->items[k].what != CELL_LEAVE && p->items[k].cell->before == &c->answers[i]);
        }
        if (!posted) {
            all[(*n)++] = c->answers[i];
        }
    }
    for (size_t k = 0; k < p->n; k++) {
        const struct posted_cell *x = &p->items[k];
        if (x->what == CELL_SAVE) {
            all[(*n)++] = (struct assessment_answer){.row = x->cell->row->id,
                                                     .stakeholder_id = x->cell->stakeholder_id,
                                                     .group_code = x->cell->group_code,
                                                     .year = x->cell->year,
                                                     .value = x->texts[CELL_VALUE],
                                                     .how = x->texts[CELL_HOW]};
        }
    }
    return all;
}

// ---- saving in the background -------------------------------------------------------------------

bool cells_keep(const struct req *r)
{
    return strcmp(req_posted(r, "go"), "keep") == 0;
}

void cells_leave(struct posted_cells *p, struct posted_cell *cell)
{
    p->n_changed -= cell->what != CELL_LEAVE;
    cell->what = CELL_LEAVE;
}

bool cells_same(struct req *r, const struct posted_cell *cell,
                const struct assessment_answer *answer)
{
    return strcmp(mark_of(r, cell->texts), mark_now(r, answer)) == 0;
}

enum err cells_kept(struct req *r, struct reply *p, const struct posted_cells *f,
                    struct err_info *e)
{
    struct kept_mark *marks = ARENA_ARRAY(r->arena, struct kept_mark, f->n);
    struct kept_error *errors = ARENA_ARRAY(r->arena, struct kept_error, r->form->n_errors);
    struct assessment_kept_view v = {.marks = marks, .errors = errors};
    for (size_t i = 0; i < f->n; i++) {
        const struct posted_cell *x = &f->items[i];
        const struct assessment_answer *kept = x->what == CELL_LEAVE ? x->cell->before : NULL;
        bool is_new_year = x->as != NULL && x->what != CELL_CLEAR;
        const struct form_error *wrong = form_error_of(r->form, x->cell->name);
        if (wrong != NULL && wrong->info.text == changed_by_other) {
            marks[v.n_marks++] = (struct kept_mark){
                .name = x->cell->name, .mark = mark_now(r, x->cell->before), .seen = true};
            continue;
        }
        if (x->what == CELL_LEAVE && !is_new_year && !cells_same(r, x, kept)) {
            continue; // wrong: the mark stays what the person read
        }
        marks[v.n_marks++] = (struct kept_mark){
            .name = is_new_year ? x->as : x->cell->name,
            .from = is_new_year ? x->cell->name : NULL,
            .mark = x->what == CELL_CLEAR ? mark_now(r, NULL) : mark_of(r, x->texts)};
    }
    for (size_t i = 0; i < r->form->n_errors; i++) {
        const struct form_error *wrong = &r->form->errors[i];
        const struct cell *cell = NULL;
        for (size_t k = 0; cell == NULL && k < f->n; k++) {
            cell = strcmp(f->items[k].cell->name, wrong->field) == 0 ? f->items[k].cell : NULL;
        }
        errors[v.n_errors++] =
            (struct kept_error){.field = wrong->field, .words = error_words(r, wrong, cell)};
    }
    struct html h;
    r->script_wants_part = true; // never a page
    page_begin(&h, r, p, &(struct page){.title = NULL});
    assessment_kept_html(&h, &v);
    return page_end(&h, e);
}
