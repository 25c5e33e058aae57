// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_fill_web.c: answering a tool, one section a page, all answers of it in one go.
//
// The form takes nothing but the answers of the rows of one section: state, reason and person of the
// assessment are set by assessment_state_web.c. Each answer is sent with a mark of what it was when the
// person read it, so that what was not touched is left alone and what two people changed is seen.

#include <string.h>

#include "assessment/assessment_fill.html.h"
#include "assessment/assessment_web.h"
#include "base/bug.h"

static const struct field fill_fields[] = {
    {.name = "section", .label = MSG("Section"), .type = FIELD_TEXT, .data_class = CLASS_C0,
     .max = 60},
    {.name = "go", .label = MSG("What next"), .type = FIELD_TEXT, .data_class = CLASS_C0, .max = 10},
};

// Name of a posted field of a row: "3.1-Q01-how".
static const char *name_of(struct req *r, const struct pack_row *row, const char *what)
{
    return arena_printf(r->arena, "%s%s", row->id, what);
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

static const char *error_at(struct req *r, const char *field)
{
    const struct form_error *error = form_error_of(r->form, field);
    if (error == NULL) {
        return NULL;
    }
    const char *hint = err_hint(r->arena, r->lang, &error->info);
    const char *text = err_text(r->arena, r->lang, &error->info);
    return hint == NULL ? text : arena_printf(r->arena, "%s %s", text, hint);
}

static struct fill_choice *choices_of(struct req *r, const struct pack_tool *tool,
                                      const char *chosen, size_t *n)
{
    const struct pack_scale *scale = pack_scale(tool->pack, tool->scale);
    struct fill_choice *list = ARENA_ARRAY(r->arena, struct fill_choice, scale->n_levels + 1u);
    *n = scale->n_levels;
    for (unsigned i = 0; i < scale->n_levels; i++) {
        const struct pack_level *level = &scale->levels[i];
        list[i] = (struct fill_choice){
            .code = level->id,
            .label = pack_words(tool->pack, r->lang, level->id, level->title),
            .key = (int)i + 1,
            .chosen = strcmp(level->id, chosen) == 0,
        };
    }
    return list;
}

static struct fill_question question_of(struct req *r, const struct checklist *c,
                                        const struct attach_set *set, const struct pack_row *row)
{
    const struct pack *pack = c->tool->pack;
    const struct assessment_answer *answer =
        assessment_answer_of(c->answers, c->n_answers, row->id);
    bool typed = r->form->n_typed > 0;
    const char *value = typed ? req_posted(r, row->id) : answer == NULL ? "" : answer->value;
    struct fill_question q = {
        .id = row->id,
        .text = checklist_row_words(r, c->tool, row),
        .help = row->help == NULL ? NULL : pack_words(pack, r->lang, row->id, row->help),
        .note = row->note == NULL ? NULL : pack_words(pack, r->lang, row->id, row->note),
        .may_clear = answer != NULL,
        .nothing = value[0] == '\0',
        .more = name_of(r, row, "-more"),
        .how = typed            ? req_posted(r, name_of(r, row, "-how"))
               : answer == NULL ? ""
                                : answer->how,
        .mark = answer == NULL ? assessment_mark(r->arena, "", "")
                               : assessment_mark(r->arena, answer->value, answer->how),
        .error = error_at(r, row->id),
        .error_how = error_at(r, name_of(r, row, "-how")),
        .address = answer == NULL ? NULL : checklist_row_address(r, c->tool, row->id),
    };
    if (typed && form_error_of(r->form, row->id) == NULL) {
        q.mark = req_posted(r, name_of(r, row, "-was")); // still what the person read
    }
    if (c->rounds.n > 1) {
        const struct assessment_round *last = &c->rounds.items[1];
        const struct assessment_answer *w =
            assessment_answer_of(last->answers, last->n_answers, row->id);
        q.last_time = w == NULL ? NULL : checklist_answer_words(r, c->tool, w->value);
    }
    q.stays = value[0] == '\0' && q.how[0] != '\0';
    q.choices = choices_of(r, c->tool, value, &q.n_choices);
    q.refs = checklist_refs(r, c->tool, row, &q.n_refs);
    if (answer != NULL) {
        const struct attached *beside = attach_of(set, answer->id);
        q.n_attached = beside->n_evidence + beside->n_actions;
    }
    return q;
}

static enum err show_form(struct req *r, struct reply *p, const struct checklist *c, size_t part,
                          struct err_info *e)
{
    struct attach_set *set;
    struct checklist_side side;
    size_t n_crumbs;
    enum err err = attach_load(r, "answer", NULL, &set, e);
    if (err != ERR_NONE) {
        return err;
    }
    checklist_side_make(r, c, part, &side);
    struct fill_question *questions =
        ARENA_ARRAY(r->arena, struct fill_question, (size_t)c->tool->n_rows + 1);
    const char *follow_up = c->tool->follow_up;
    struct assessment_fill_view v = {
        .side = &side,
        .action = checklist_section_address(r, c->tool, part),
        .section = c->tool->n_sections == 0 ? "" : c->tool->sections[part].id,
        .heading = side.steps[part].label,
        .follow_up = follow_up == NULL
                         ? tr(r->lang, entity_field(&entity_answer, "how")->label)
                         : pack_words(c->tool->pack, r->lang, c->tool->id, follow_up),
        .questions = questions,
        .saved_on = c->now == NULL ? NULL : arena_copy_n(r->arena, c->now->touched_at, 10),
        .saved_at = c->now == NULL ? NULL : arena_copy_n(r->arena, c->now->touched_at + 11, 5),
    };
    for (unsigned i = 0; i < c->tool->n_rows; i++) {
        if (assessment_in_part(c->tool, part, &c->tool->rows[i])) {
            questions[v.n_questions++] = question_of(r, c, set, &c->tool->rows[i]);
        }
    }
    const struct crumb *crumbs = checklist_crumbs(r, NULL, &n_crumbs);
    const struct page_action all = {.label = tr(r->lang, MSG("All questions")),
                                    .address = checklist_address(r, c->tool, "?view=all")};
    struct html h;
    page_begin(&h, r, p,
               &(struct page){
                   .title = tr_f(r->arena, r->lang, MSG("{0} of {1}"), checklist_title(r, c->tool),
                                 record_text(r->programme, "number"), NULL),
                   .about = pack_words(c->tool->pack, r->lang, c->tool->id, c->tool->purpose),
                   .crumbs = crumbs,
                   .n_crumbs = n_crumbs,
                   .tag = c->tool->id,
                   .state_kind = assessment_state_look(c->state),
                   .state = tr(r->lang, assessment_state_label(c->state)),
                   .actions = &all,
                   .n_actions = 1});
    assessment_fill_html(&h, &v);
    return page_end(&h, e);
}

static enum err fill_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct checklist c;
    size_t part;
    enum err err = checklist_load(r, r->db, &c, e);
    if (err != ERR_NONE) {
        return err;
    }
    bool open = c.now == NULL || assessment_may_edit(c.state);
    if (!open || !checklist_may(r, MAY_WRITE) || strcmp(req_query(r, "view"), "all") == 0) {
        return checklist_show_all(r, p, &c, c.now, e);
    }
    if (!find_part(&c, req_query(r, "section"), &part)) {
        return no_such_section(e);
    }
    return show_form(r, p, &c, part, e);
}

// ---- what was posted ----------------------------------------------------------------------------

enum what { LEAVE, SAVE, CLEAR };
struct posted_answer {
    const struct pack_row *row;
    const struct assessment_answer *before; // NULL: not answered
    const char *value, *how;                // as they will be kept
    enum what what;
};
struct posted_form {
    struct posted_answer *answers;
    size_t n;
    size_t n_changed;
    struct err_info *errors;
    size_t n_errors;
};

static void add_error(struct posted_form *f, const char *field, const char *row, const char *text,
                      const char *hint)
{
    (void)err_set(&f->errors[f->n_errors++], ERR_INPUT, field, text, hint, row, NULL);
}

static const char *read_text(struct req *r, struct posted_form *f, const struct pack_row *row,
                             const char *field, const char *name)
{
    struct value v = {0};
    struct err_info wrong;
    if (field_parse(r->arena, entity_field(&entity_answer, field), req_posted(r, name), 0, &v,
                    &wrong) != ERR_NONE) {
        bool is_value = strcmp(field, "value") == 0;
        add_error(f, name, row->id,
                  is_value ? MSG("{0}: this is not one of the answers.")
                           : MSG("{0}: this text cannot be kept: it is too long, or holds signs "
                                 "that cannot be kept."),
                  is_value ? MSG("Choose one of them.") : MSG("Shorten it, or type it again."));
        return NULL;
    }
    return v.set ? v.text : "";
}

static bool on_scale(const struct pack_tool *tool, const char *value)
{
    return scale_level(pack_scale(tool->pack, tool->scale), value) != NULL;
}

// What is to be done with one row, or an error.
static void decide(struct req *r, const struct checklist *c, struct posted_form *f,
                   const struct pack_row *row)
{
    struct posted_answer *p = &f->answers[f->n];
    const char *was = req_posted(r, name_of(r, row, "-was"));
    if (was[0] == '\0') {
        return; // this question was not on the page
    }
    *p = (struct posted_answer){
        .row = row,
        .before = assessment_answer_of(c->answers, c->n_answers, row->id),
        .value = read_text(r, f, row, "value", row->id),
        .how = read_text(r, f, row, "how", name_of(r, row, "-how")),
    };
    if (p->value == NULL || p->how == NULL) {
        return;
    }
    if (p->value[0] != '\0' && !on_scale(c->tool, p->value)) {
        add_error(f, row->id, row->id, MSG("{0}: this is not one of the answers."),
                  MSG("Choose one of them."));
        return;
    }
    f->n++;
    const char *now = p->before == NULL
                          ? assessment_mark(r->arena, "", "")
                          : assessment_mark(r->arena, p->before->value, p->before->how);
    const char *mine = assessment_mark(r->arena, p->value, p->how);
    bool same_words = p->before != NULL && strcmp(p->how, p->before->how) == 0;
    if (strcmp(mine, was) == 0 || strcmp(mine, now) == 0) {
        return;
    }
    if (strcmp(was, now) != 0) {
        add_error(f, row->id, row->id,
                  MSG("{0}: somebody else changed this answer while you wrote."),
                  MSG("Open the page once more to see it, or send yours again to keep yours."));
    } else if (p->value[0] == '\0' && p->how[0] != '\0' && !same_words) {
        add_error(f, row->id, row->id, MSG("{0}: there are words but no answer."),
                  MSG("Choose an answer, or take the words away."));
    } else {
        p->what = p->value[0] == '\0' ? CLEAR : SAVE;
        f->n_changed++;
    }
}

static void read_posted(struct req *r, const struct checklist *c, size_t part,
                        struct posted_form *f)
{
    size_t most = (size_t)c->tool->n_rows;
    *f = (struct posted_form){.answers = ARENA_ARRAY(r->arena, struct posted_answer, most + 1),
                              .errors = ARENA_ARRAY(r->arena, struct err_info, 2 * most + 1)};
    for (unsigned i = 0; i < c->tool->n_rows; i++) {
        if (assessment_in_part(c->tool, part, &c->tool->rows[i])) {
            decide(r, c, f, &c->tool->rows[i]);
        }
    }
}

// An answer with evidence or actions beside it stays: they would hang on nothing.
static enum err refuse_lost(struct store_tx *tx, struct req *r, struct posted_form *f,
                            struct err_info *e)
{
    const struct entity *const kinds[] = {&entity_evidence, &entity_action};
    for (size_t i = 0; i < f->n; i++) {
        const struct posted_answer *p = &f->answers[i];
        for (size_t k = 0; p->what == CLEAR && k < COUNT_OF(kinds); k++) {
            const struct store_filter of[] = {
                {.field = "about_kind", .op = STORE_EQUAL, .text = "answer"},
                {.field = "about_id", .op = STORE_EQUAL, .text = p->before->id}};
            int64_t n = 0;
            enum err err = store_count(store_tx_read(tx), r->arena, kinds[k],
                                       &(struct store_query){.filters = of, .n_filters = 2}, &n, e);
            if (err != ERR_NONE) {
                return err;
            }
            if (n > 0) {
                add_error(f, p->row->id, p->row->id,
                          MSG("{0}: this answer has evidence or actions, so it cannot be cleared."),
                          MSG("Remove them first, or choose another answer."));
                break;
            }
        }
    }
    return ERR_NONE;
}

// ---- saving -------------------------------------------------------------------------------------

enum err checklist_begin(struct store_tx *tx, struct req *r, const struct pack_tool *tool,
                         struct record **out, struct err_info *e)
{
    struct record *round = record_new(r->arena, &entity_assessment);
    record_set_text(round, "programme_id", r->programme->id);
    record_set_text(round, "tool", tool->id);
    record_set_text(round, "pack", tool->pack->id);
    record_set_text(round, "pack_version", tool->pack->version);
    record_set_text(round, "title", tool->title);
    record_set_text(round, "state", "draft");
    *out = round;
    enum err err = record_check(round, e);
    return err != ERR_NONE ? err : store_save(tx, r->arena, round, e);
}

static enum err save_answer(struct store_tx *tx, struct req *r, const char *round,
                            const struct posted_answer *p, const char **version,
                            struct err_info *e)
{
    if (p->what == CLEAR) {
        return store_delete(tx, r->arena, &entity_answer, p->before->id, e);
    }
    struct record *answer;
    enum err err = ERR_NONE;
    if (p->before != NULL) {
        err = store_get(store_tx_read(tx), r->arena, &entity_answer, p->before->id, &answer, e);
    } else {
        answer = record_new(r->arena, &entity_answer);
        record_set_text(answer, "assessment_id", round);
        record_set_text(answer, "row", p->row->id);
    }
    if (err == ERR_NONE) {
        record_set_text(answer, "value", p->value);
        record_set_text(answer, "how", p->how);
        err = record_check(answer, e);
    }
    if (err == ERR_NONE) {
        err = store_save(tx, r->arena, answer, e);
        *version = answer->version;
    }
    return err;
}

static enum err save_all(struct store_tx *tx, struct req *r, const struct checklist *c,
                         const struct posted_form *f, const char **version, struct err_info *e)
{
    enum err err = ERR_NONE;
    const char *round = c->now == NULL ? NULL : c->now->record->id;
    if (round == NULL) {
        struct record *begun;
        err = checklist_begin(tx, r, c->tool, &begun, e);
        round = err == ERR_NONE ? begun->id : NULL;
    }
    for (size_t i = 0; err == ERR_NONE && i < f->n; i++) {
        if (f->answers[i].what != LEAVE) {
            err = save_answer(tx, r, round, &f->answers[i], version, e);
        }
    }
    return err;
}

// The answers as they are after saving, for what comes next.
static const struct assessment_answer *after_saving(struct req *r, const struct checklist *c,
                                                    const struct posted_form *f, size_t *n)
{
    struct assessment_answer *all =
        ARENA_ARRAY(r->arena, struct assessment_answer, c->n_answers + f->n + 1);
    *n = 0;
    for (size_t i = 0; i < c->n_answers; i++) {
        bool posted = false;
        for (size_t k = 0; k < f->n; k++) {
            posted = posted || (f->answers[k].what != LEAVE && f->answers[k].before == &c->answers[i]);
        }
        if (!posted) {
            all[(*n)++] = c->answers[i];
        }
    }
    for (size_t k = 0; k < f->n; k++) {
        if (f->answers[k].what == SAVE) {
            all[(*n)++] = (struct assessment_answer){.row = f->answers[k].row->id,
                                                     .value = f->answers[k].value,
                                                     .how = f->answers[k].how};
        }
    }
    return all;
}

static void go_on(struct req *r, struct reply *p, const struct checklist *c, size_t part,
                  const struct posted_form *f, const char *version)
{
    size_t n;
    const struct assessment_answer *answers = after_saving(r, c, f, &n);
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
                     f->n_changed == 0 ? MSG("Nothing was changed: {0}.") : MSG("Saved: {0}."),
                     progress, NULL),
                f->n_changed == 1 && c->now != NULL ? version : NULL);
}

// Why, for the history: which answers were taken away.
static const char *reason_of(struct req *r)
{
    const struct pack_tool *tool = assessment_tool(req_capture(r, "tool"));
    const char *none = assessment_mark(r->arena, "", "");
    const char *rows = "";
    for (unsigned i = 0; tool != NULL && i < tool->n_rows; i++) {
        const struct pack_row *row = &tool->rows[i];
        const char *was = req_posted(r, name_of(r, row, "-was"));
        if (was[0] != '\0' && strcmp(was, none) != 0 && req_posted(r, row->id)[0] == '\0') {
            rows = arena_printf(r->arena, "%s%s%s", rows, rows[0] == '\0' ? "" : ", ", row->id);
        }
    }
    return rows[0] == '\0' ? NULL : tr_f(r->arena, r->lang, MSG("cleared: {0}"), rows, NULL);
}

static enum err check_posted(struct store_tx *tx, struct req *r, const struct checklist *c,
                             size_t *part, struct posted_form *f, struct err_info *e)
{
    if (c->now != NULL && !assessment_may_edit(c->state)) {
        return err_set(e, ERR_CONFLICT, NULL,
                       MSG("This checklist was submitted, so its answers cannot be changed."),
                       MSG("Ask for it to be returned, or start a new round once it is approved."),
                       NULL);
    }
    if (!find_part(c, req_posted(r, "section"), part)) {
        return no_such_section(e);
    }
    read_posted(r, c, *part, f);
    enum err err = refuse_lost(tx, r, f, e);
    if (err == ERR_NONE && f->n_errors > 0) {
        for (size_t i = 0; i + 1 < f->n_errors; i++) {
            form_add_error(r->arena, r->form, &f->errors[i]);
        }
        *e = f->errors[f->n_errors - 1]; // the dispatcher adds this one
        err = ERR_INPUT;
    }
    return err;
}

static enum err fill_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct checklist c;
    struct posted_form f;
    struct store_tx *tx;
    size_t part;
    const char *version = NULL;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, reason_of(r), &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = checklist_load(r, store_tx_read(tx), &c, e);
    if (err == ERR_NONE) {
        err = check_posted(tx, r, &c, &part, &f, e);
    }
    if (err == ERR_NONE && f.n_changed > 0) {
        err = save_all(tx, r, &c, &f, &version, e);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    if (f.n_changed == 0) {
        store_rollback(tx);
    } else {
        err = store_commit(tx, e);
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
    .get = fill_get,
    .post = fill_post,
    .fields = fill_fields,
    .n_fields = COUNT_OF(fill_fields),
    .title = MSG("Checklist"),
    .menu = MENU_PROGRAMMES,
};
