// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_fill_web.c: answering a tool, one section a page, all answers of it in one go.
//
// The form takes nothing but the answers of the rows of one section: state, reason and person of the
// assessment are set by assessment_state_web.c. Reading and saving answers is assessment_cells.h.

#include <string.h>

#include "assessment/assessment_cells.h"
#include "assessment/assessment_fill.html.h"
#include "base/bug.h"

const struct field checklist_fill_fields[CHECKLIST_FILL_FIELDS] = {
    {.name = "section", .label = MSG("Section"), .type = FIELD_TEXT, .data_class = CLASS_C0,
     .max = 60},
    {.name = "go", .label = MSG("What next"), .type = FIELD_TEXT, .data_class = CLASS_C0, .max = 10},
};

// One cell for each row of the part that is answered. tool: with its answers, or NULL.
static struct cell *cells_of(struct req *r, const struct checklist *c, size_t part, size_t *n)
{
    struct cell *cells = ARENA_ARRAY(r->arena, struct cell, (size_t)c->tool->n_rows + 1);
    *n = 0;
    for (unsigned i = 0; i < c->tool->n_rows; i++) {
        const struct pack_row *row = &c->tool->rows[i];
        if (assessment_in_part(c->tool, part, row)) {
            cells[*n] = (struct cell){.row = row, .stakeholder_id = "", .group_code = "",
                                      .name = row->id, .label = row->id};
            cells[*n].before = cell_answer(c->answers, c->n_answers, &cells[*n]);
            (*n)++;
        }
    }
    return cells;
}

// The part with this id; from the answers when nothing was asked for. False for an unknown id.
static bool find_part(const struct checklist *c, const char *id, size_t *part)
{
    *part = 0;
    if (id[0] == '\0') {
        *part = assessment_next_part(c->tool, 0, c->answers, c->n_answers);
        return true;
    }
    for (unsigned i = 0; i < c->tool->n_sections; i++) {
        if (strcmp(c->tool->sections[i].id, id) == 0) {
            *part = i;
            return true;
        }
    }
    return false;
}

static enum err no_such_section(struct err_info *e)
{
    return err_set(e, ERR_NOT_FOUND, NULL, MSG("This checklist has no such section."),
                   MSG("Choose one of the sections on the side."), NULL);
}

// ---- showing ------------------------------------------------------------------------------------

static struct fill_choice *choices_of(struct req *r, const struct pack_tool *tool,
                                      const struct pack_row *row, const char *chosen, size_t *n)
{
    *n = 0;
    if (!assessment_is_rated(tool, row)) {
        return NULL;
    }
    const struct pack_scale *scale = row_scale(tool, row);
    struct fill_choice *list = ARENA_ARRAY(r->arena, struct fill_choice, scale->n_levels + 1u);
    for (unsigned i = 0; i < scale->n_levels; i++) {
        const struct pack_level *level = &scale->levels[i];
        list[(*n)++] = (struct fill_choice){
            .code = level->id,
            .label = pack_words(tool->pack, r->lang, level->id, level->title),
            .key = (int)i + 1,
            .chosen = strcmp(level->id, chosen) == 0,
        };
    }
    const char *before = checklist_answer_of_before(r, scale, chosen);
    if (before != NULL) {
        list[*n] = (struct fill_choice){.code = chosen, .label = before, .key = (int)*n + 1, .chosen = true};
        (*n)++;
    }
    return list;
}

// The texts beside an answer that this tool asks for. Where the tool asks where the law says so and what is
// missing, each has a field of its own, and what else is to be said comes last.
static struct fill_text *texts_of(struct req *r, const struct checklist *c, const struct cell *cell,
                                  size_t *n)
{
    static const enum cell_text usual[] = {CELL_VALUE, CELL_HOW, CELL_PROVISION, CELL_LINK,
                                           CELL_MISSING, CELL_SOURCE};
    static const enum cell_text of_law[] = {CELL_VALUE, CELL_PROVISION, CELL_LINK, CELL_MISSING,
                                            CELL_SOURCE, CELL_HOW};
    struct fill_text *list = ARENA_ARRAY(r->arena, struct fill_text, CELL_TEXTS);
    bool law = cell_asks(c->tool, CELL_PROVISION);
    const char *follow_up = law ? NULL : c->tool->follow_up;
    bool rated = assessment_is_rated(c->tool, cell->row);
    *n = 0;
    for (size_t i = rated ? 1 : 0; i < COUNT_OF(usual); i++) {
        enum cell_text t = law ? of_law[i] : usual[i];
        if (!cell_asks(c->tool, t) || (!rated && t == CELL_HOW)) {
            continue;
        }
        list[(*n)++] = (struct fill_text){
            .name = cell_field(r, cell, t),
            .label = t == CELL_HOW && follow_up != NULL
                         ? pack_words(c->tool->pack, r->lang, c->tool->id, follow_up)
                     : t == CELL_HOW && law ? tr(r->lang, MSG("Comment"))
                                            : tr(r->lang, cell_label(t)),
            .text = cell_shown(r, cell, t),
            .error = t == CELL_VALUE ? NULL : cell_error(r, cell, t),
            .is_long = t == CELL_VALUE || t == CELL_HOW || t == CELL_MISSING,
            .of_gap = t == CELL_MISSING && cell_shown(r, cell, t)[0] == '\0' &&
                      cell_error(r, cell, t) == NULL,
        };
    }
    return list;
}

static struct fill_question question_of(struct req *r, const struct checklist *c,
                                        const struct attach_set *set,
                                        const struct assessment_round *planned,
                                        const struct cell *cell)
{
    const struct pack *pack = c->tool->pack;
    const struct pack_row *row = cell->row;
    const char *value = cell_shown(r, cell, CELL_VALUE);
    struct fill_question q = {
        .id = row->id,
        .text = checklist_row_words(r, c->tool, row),
        .help = row->help == NULL ? NULL : pack_words(pack, r->lang, row->id, row->help),
        .note = row->note == NULL ? NULL : pack_words(pack, r->lang, row->id, row->note),
        .sub = row->parent != NULL,
        .may_clear = cell->before != NULL,
        .nothing = value[0] == '\0',
        .more = arena_printf(r->arena, "%s-more", row->id),
        .mark = cell_mark(r, cell),
        .error = cell_error(r, cell, CELL_VALUE),
        .address = cell->before == NULL ? NULL : checklist_row_address(r, c->tool, row->id),
        .gap = assessment_gap_of(c->tool, row, value),
        .gap_on = c->tool->kind != PACK_KIND_QUESTION_TABLE || row->gap == PACK_GAP_NEVER ? NULL
                  : row->gap == PACK_GAP_ON_YES                                          ? "yes"
                                                                                          : "no",
        .law = cell_asks(c->tool, CELL_PROVISION),
        .cases = checklist_cases_words(r, c->tool, row, c->answers, c->n_answers),
        .planned = checklist_planned_of(r, c->tool, planned, row),
    };
    if (c->rounds.n > 1) {
        const struct assessment_round *last = &c->rounds.items[1];
        const struct assessment_answer *w =
            assessment_answer_of(last->answers, last->n_answers, row->id);
        q.last_time = w == NULL ? NULL : checklist_answer_words(r, c->tool, row, w->value);
    }
    q.choices = choices_of(r, c->tool, row, value, &q.n_choices);
    q.texts = texts_of(r, c, cell, &q.n_texts);
    for (size_t i = 0; i < q.n_texts; i++) {
        q.failed = q.failed || q.texts[i].error != NULL;
        q.stays = q.stays || (value[0] == '\0' && q.texts[i].text[0] != '\0');
    }
    q.stays = q.stays || q.n_choices == 0;
    q.failed = q.failed || q.error != NULL;
    q.refs = checklist_refs(r, c->tool, row, &q.n_refs);
    if (cell->before != NULL) {
        const struct attached *beside = attach_of(set, cell->before->id);
        q.n_attached = beside->n_evidence + beside->n_actions;
    }
    return q;
}

static enum err show_form(struct req *r, struct reply *p, const struct checklist *c, size_t part,
                          struct err_info *e)
{
    struct attach_set *set;
    const struct assessment_round *planned;
    struct checklist_side side;
    enum err err = attach_load_round(r, c->now == NULL ? NULL : c->now->record->id, &set, e);
    if (err == ERR_NONE) {
        err = assessment_planned_load(r->db, r->arena, &c->of, c->tool, &planned, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    checklist_side_make(r, c, part, &side);
    size_t n_cells;
    const struct cell *cells = cells_of(r, c, part, &n_cells);
    struct fill_question *questions = ARENA_ARRAY(r->arena, struct fill_question, n_cells + 1);
    const struct pack_section *section = c->tool->n_sections == 0 ? NULL : &c->tool->sections[part];
    struct assessment_fill_view v = {
        .side = &side,
        .action = checklist_section_address(r, c->tool, part),
        .section = section == NULL ? "" : section->id,
        .heading = side.steps[part].label,
        .help = section == NULL ? NULL
                                : pack_words(c->tool->pack, r->lang, section->id, section->help),
        .questions = questions,
        .n_questions = n_cells,
        .saved_on = c->now == NULL ? NULL : arena_copy_n(r->arena, c->now->touched_at, 10),
        .saved_at = c->now == NULL ? NULL : arena_copy_n(r->arena, c->now->touched_at + 11, 5),
    };
    for (size_t i = 0; i < n_cells; i++) {
        questions[i] = question_of(r, c, set, planned, &cells[i]);
    }
    const struct page_action all = {.label = tr(r->lang, MSG("All questions")),
                                    .address = checklist_address(r, c->tool, "?view=all")};
    struct page page = checklist_page(r, c, c->now);
    page.actions = &all;
    page.n_actions = 1;
    struct html h;
    page_begin(&h, r, p, &page);
    assessment_fill_html(&h, &v);
    return page_end(&h, e);
}

enum err checklist_fill_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct checklist c;
    size_t part;
    enum err err = checklist_load(r, r->db, &c, e);
    if (err != ERR_NONE) {
        return err;
    }
    bool open = c.now == NULL || assessment_may_edit(c.state);
    if (!open || !req_may(r, MAY_WRITE) || strcmp(req_query(r, "view"), "all") == 0) {
        return checklist_show_all(r, p, &c, c.now, e);
    }
    const struct checklist_pages *own = checklist_pages_of(c.tool);
    if (own->fill != NULL) {
        return own->fill(r, p, &c, e);
    }
    if (!find_part(&c, req_query(r, "section"), &part)) {
        return no_such_section(e);
    }
    return show_form(r, p, &c, part, e);
}

// ---- saving -------------------------------------------------------------------------------------

enum err checklist_begin(struct store_tx *tx, struct req *r, const struct checklist *c,
                         struct record **out, struct err_info *e)
{
    return assessment_begin(tx, r->arena, &c->of, c->tool, out, e);
}

static void go_on(struct req *r, struct reply *p, const struct checklist *c, size_t part,
                  const struct posted_cells *f, const char *version)
{
    size_t n;
    const struct assessment_answer *answers = cells_after(r, c, f, &n);
    struct assessment_progress whole =
        assessment_progress_of(c->tool, ASSESSMENT_WHOLE, answers, n);
    size_t next = assessment_next_part(c->tool, part + 1, answers, n);
    bool leave = strcmp(req_posted(r, "go"), "leave") == 0 || whole.answered == whole.of;
    p->location = leave ? checklist_address(r, c->tool, "?view=all")
                        : checklist_section_address(r, c->tool, next);
    p->status = 303;
    const char *progress = checklist_progress_words(r, &whole);
    reply_flash(p,
                tr_f(r->arena, r->lang,
                     f->n_changed == 0 ? MSG("All is saved: {0}.") : MSG("Saved: {0}."),
                     progress, NULL),
                f->n_changed == 1 && c->now != NULL ? version : NULL);
}

// Why, for the history, before the answers are loaded.
static const char *reason_of(struct req *r)
{
    const struct checklist c = {.tool = assessment_tool(req_capture(r, "tool"))};
    size_t n = 0;
    const struct cell *cells = c.tool == NULL ? NULL : cells_of(r, &c, ASSESSMENT_WHOLE, &n);
    return cells_reason(r, cells, n);
}

static enum err save_posted(struct store_tx *tx, struct req *r, struct checklist *c, size_t *part,
                            struct posted_cells *f, const char **version, struct err_info *e)
{
    size_t n;
    enum err err = checklist_load(r, store_tx_read(tx), c, e);
    if (err == ERR_NONE) {
        err = cells_may_change(c, e);
    }
    if (err == ERR_NONE && !find_part(c, req_posted(r, "section"), part)) {
        err = no_such_section(e);
    }
    if (err == ERR_NONE) {
        const struct cell *cells = cells_of(r, c, *part, &n);
        err = cells_read(r, store_tx_read(tx), c, cells, n, f, e);
    }
    if (err == ERR_NONE) {
        err = cells_errors(r, f, e);
    }
    if (err == ERR_NONE && f->n_changed > 0) {
        err = cells_save(tx, r, c, f, version, e);
    }
    return err;
}

enum err checklist_fill_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct checklist c;
    struct posted_cells f;
    struct store_tx *tx;
    size_t part;
    const char *version = NULL;
    struct actor who = req_actor(r);
    const struct pack_tool *tool = assessment_tool(req_capture(r, "tool"));
    handler *own = tool == NULL ? NULL : checklist_pages_of(tool)->post;
    if (own != NULL) {
        return own(r, p, e);
    }
    enum err err = store_begin(r->store, &who, reason_of(r), &tx, e);
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

const struct route route_checklist = {
    .path = "/programmes/{programme}/checklists/{tool}",
    .needs = MAY_READ,
    .post_needs = MAY_WRITE,
    .get = checklist_fill_get,
    .post = checklist_fill_post,
    .fields = checklist_fill_fields,
    .n_fields = CHECKLIST_FILL_FIELDS,
    .also = (const char *const[]){"*", NULL},
    .title = MSG("Checklist"),
    .menu = MENU_PROGRAMMES,
};
