// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_rules.c: what makes an assessment right, how far it is, what may happen to it next.
//
// Nothing here reads the database. Which questions there are, and on which scale they are answered,
// comes from the pack.

#include <stdint.h>
#include <string.h>

#include "assessment/assessment.h"
#include "assessment/assessment_profile.h"
#include "assessment/assessment_rounds.h"
#include "base/bug.h"
#include "programme/programme.h"

// A tool that is filled in, about what the record names.
static enum err check_tool(const struct record *r, struct err_info *e)
{
    static const char *const fields[] = {[PACK_SUBJECT_PROGRAMME] = "programme_id",
                                         [PACK_SUBJECT_COUNTRY] = "country",
                                         [PACK_SUBJECT_PUBLICATION] = "publication_id"};
    const char *id = record_text(r, "tool");
    const struct pack_tool *tool = pack_tool_anywhere(id);
    if (tool == NULL && r->id != NULL) {
        return ERR_NONE; // a round of a tool that is gone stays as it is
    }
    if (tool != NULL && tool->kind == PACK_KIND_CRITERIA_MATRIX) {
        return err_set(e, ERR_INPUT, "tool", MSG("{0} is read, not filled in."),
                       MSG("It helps to write the questions of an evaluation; answer those of its "
                           "checklist, tool 4.2."), id, NULL);
    }
    const char *kind = tool == NULL ? NULL : pack_tool_saved_as(tool);
    if (kind != NULL) {
        return err_set(e, ERR_INPUT, "tool", MSG("{0} is not a tool that is filled in in rounds."),
                       MSG("Give what is said with it as “answers” of the file, or as {1}: mainstay save {1} FILE."), id, kind,
                       NULL);
    }
    if (tool == NULL || !pack_tool_is_answered(tool)) {
        return err_set(e, ERR_INPUT, "tool", MSG("{0} is not a tool that is filled in in rounds."),
                       MSG("Name a checklist, a table of questions, a profile or a matrix."), id,
                       NULL);
    }
    if (tool->subject >= COUNT_OF(fields) || !record_is_set(r, fields[tool->subject])) {
        return err_set(e, ERR_INPUT, "tool", MSG("Tool {0} is filled in about a {1}."),
                       MSG("Give that, and nothing else."), id, pack_subject_word(tool->subject),
                       NULL);
    }
    return ERR_NONE;
}

enum err assessment_check(const struct record *r, struct err_info *e)
{
    int subjects = record_is_set(r, "programme_id") + record_is_set(r, "country") +
                   record_is_set(r, "publication_id");
    if (subjects != 1) {
        return err_set(e, ERR_INPUT, "programme_id",
                       MSG("An assessment is about one programme, one country or one publication."),
                       MSG("Give one of the three."), NULL);
    }
    if (strcmp(record_text(r, "state"), "returned") == 0 && !record_is_set(r, "return_reason")) {
        return err_set(e, ERR_INPUT, "return_reason", MSG("A returned assessment needs a reason."),
                       MSG("Say what must be mended."), NULL);
    }
    return check_tool(r, e);
}

// A row that is asked about each group stands under the question it answers.
static const struct pack_scale *scale_of(const struct pack_tool *tool, const struct pack_row *row)
{
    while (row != NULL && row->part == PACK_PART_GROUP) {
        row = tool_row(tool, row->parent);
    }
    return row == NULL || !assessment_is_rated(tool, row) ? NULL : row_scale(tool, row);
}

static bool holds_something(const struct record *r)
{
    static const char *const fields[] = {"value", "how",    "provision", "link",
                                         "missing", "source", "female",    "male"};
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        if (record_is_set(r, fields[i])) {
            return true;
        }
    }
    return false;
}

// Figures of a profile fit the unit of their row and have a year.
static enum err check_figures(const struct record *r, const struct pack_row *row,
                              struct err_info *e)
{
    static const char *const fields[] = {"value", "female", "male"};
    for (size_t i = 0; profile_is_number(row) && i < COUNT_OF(fields); i++) {
        int64_t scaled;
        if (record_is_set(r, fields[i]) &&
            !profile_number(row, record_text(r, fields[i]), &scaled)) {
            return err_set(e, ERR_INPUT, fields[i], MSG("{0}: this value does not fit the unit."),
                           profile_unit_hint(row), row->id, NULL);
        }
    }
    if (profile_is_number(row) && !record_is_set(r, "year")) {
        return err_set(e, ERR_INPUT, "year", MSG("{0}: a figure needs its year."),
                       MSG("Give the year for which the value is true: 2022."), row->id, NULL);
    }
    return ERR_NONE;
}

enum err answer_check(const struct record *r, struct err_info *e)
{
    const struct pack_tool *tool = NULL;
    const struct pack_row *row = pack_row_anywhere(record_text(r, "row"), &tool);
    if (row == NULL) {
        return err_set(e, ERR_INPUT, "row", MSG("No tool has the row {0}."),
                       MSG("Look in the library for the rows of the tool."), record_text(r, "row"),
                       NULL);
    }
    if (record_is_set(r, "stakeholder_id") && record_is_set(r, "group_code")) {
        return err_set(e, ERR_INPUT, "group_code",
                       MSG("An answer is about one stakeholder or about one group."),
                       MSG("Take one of the two away."), NULL);
    }
    if (!holds_something(r)) {
        return err_set(e, ERR_INPUT, "value", MSG("The answer is empty."),
                       MSG("Give an answer, or delete the record."), NULL);
    }
    const struct pack_scale *scale = scale_of(tool, row);
    if (scale != NULL && scale_level(scale, record_text(r, "value")) == NULL) {
        return err_set(e, ERR_INPUT, "value", MSG("{0}: this is not one of the answers."),
                       MSG("“mainstay pack show {1} {0}” lists them."), row->id, tool->pack->id,
                       NULL);
    }
    if (record_is_set(r, "link") && !link_is_whole(record_text(r, "link"))) {
        return err_set(e, ERR_INPUT, "link", MSG("{0}: a link begins with https:// or http://."),
                       MSG("Copy the whole address from the browser."), row->id, NULL);
    }
    return tool->kind == PACK_KIND_PROFILE ? check_figures(r, row, e) : ERR_NONE;
}

// ---- which tools, which rows, which parts -------------------------------------------------------

const struct pack_tool *assessment_tool(const char *id)
{
    const struct pack_tool *tool = pack_tool_anywhere(id);
    return tool != NULL && pack_tool_is_answered(tool) ? tool : NULL;
}

bool assessment_is_asked(const struct pack_row *row)
{
    switch (row->part) {
    case PACK_PART_NONE:
    case PACK_PART_QUESTION:
    case PACK_PART_SUB_ITEM:
    case PACK_PART_FIELD:
    case PACK_PART_RATING:
    case PACK_PART_LIST:
    case PACK_PART_BARRIERS:
    case PACK_PART_OPEN:
    case PACK_PART_DISPARITY: return true;
    default: return false;
    }
}

bool assessment_is_rated(const struct pack_tool *tool, const struct pack_row *row)
{
    bool rated = row->part == PACK_PART_NONE || row->part == PACK_PART_QUESTION ||
                 row->part == PACK_PART_SUB_ITEM || row->part == PACK_PART_RATING;
    return rated && row_scale(tool, row) != NULL;
}

enum assessment_gap assessment_gap_of(const struct pack_tool *tool, const struct pack_row *row,
                                      const char *value)
{
    if (tool->kind != PACK_KIND_QUESTION_TABLE || row->gap == PACK_GAP_NEVER) {
        return ASSESSMENT_NO_GAP;
    }
    const char *gap = row->gap == PACK_GAP_ON_YES ? "yes" : "no";
    return strcmp(value, gap) == 0      ? ASSESSMENT_GAP
           : strcmp(value, "part") == 0 ? ASSESSMENT_GAP_IN_PART
                                        : ASSESSMENT_NO_GAP;
}

size_t assessment_n_parts(const struct pack_tool *tool)
{
    return tool->n_sections == 0 ? 1 : tool->n_sections;
}

bool assessment_in_part(const struct pack_tool *tool, size_t part, const struct pack_row *row)
{
    if (!assessment_is_asked(row)) {
        return false;
    }
    if (part == ASSESSMENT_WHOLE || tool->n_sections == 0) {
        return true;
    }
    return row->section != NULL && strcmp(row->section, tool->sections[part].id) == 0;
}

// ---- counting -----------------------------------------------------------------------------------

const struct assessment_answer *assessment_answer_of(const struct assessment_answer *answers,
                                                     size_t n, const char *row)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(answers[i].row, row) == 0) {
            return &answers[i];
        }
    }
    return NULL;
}

struct assessment_progress assessment_progress_of(const struct pack_tool *tool, size_t part,
                                                  const struct assessment_answer *answers,
                                                  size_t n)
{
    struct assessment_progress p = {0};
    for (unsigned i = 0; i < tool->n_rows; i++) {
        const struct pack_row *row = &tool->rows[i];
        if (!assessment_in_part(tool, part, row)) {
            continue;
        }
        p.of++;
        const struct assessment_answer *answer = assessment_answer_of(answers, n, row->id);
        if (answer == NULL) {
            continue;
        }
        p.answered++;
        p.yes += strcmp(answer->value, "yes") == 0;
        p.part += strcmp(answer->value, "part") == 0;
        p.no += strcmp(answer->value, "no") == 0;
        p.na += strcmp(answer->value, "na") == 0;
    }
    return p;
}

int assessment_count_of(const struct pack_tool *tool, const struct assessment_answer *answers,
                        size_t n, const char *value)
{
    int count = 0;
    for (unsigned i = 0; i < tool->n_rows; i++) {
        const struct assessment_answer *w =
            assessment_is_asked(&tool->rows[i])
                ? assessment_answer_of(answers, n, tool->rows[i].id)
                : NULL;
        count += w != NULL && strcmp(w->value, value) == 0;
    }
    return count;
}

size_t assessment_next_part(const struct pack_tool *tool, size_t from,
                            const struct assessment_answer *answers, size_t n)
{
    size_t n_parts = assessment_n_parts(tool);
    for (size_t i = 0; i < n_parts; i++) {
        size_t part = (from + i) % n_parts;
        struct assessment_progress p = assessment_progress_of(tool, part, answers, n);
        if (p.answered < p.of) {
            return part;
        }
    }
    return from % n_parts;
}

// What a row was answered and is; x, y NULL: nothing.
static struct assessment_change change_of(const struct pack_row *row, const struct assessment_answer *x,
                                          const struct assessment_answer *y)
{
    return (struct assessment_change){
        .row = row,
        .before = x == NULL ? "" : x->value,
        .after = y == NULL ? "" : y->value,
        .how_before = x == NULL ? "" : x->how,
        .how_after = y == NULL ? "" : y->how,
    };
}

struct assessment_change *assessment_changes(struct arena *a, const struct pack_tool *tool,
                                             const struct assessment_answer *before,
                                             size_t n_before,
                                             const struct assessment_answer *after,
                                             size_t n_after, size_t *n)
{
    struct assessment_change *list =
        ARENA_ARRAY(a, struct assessment_change, (size_t)tool->n_rows + 1);
    *n = 0;
    for (unsigned i = 0; i < tool->n_rows; i++) {
        const struct assessment_answer *x =
            assessment_answer_of(before, n_before, tool->rows[i].id);
        const struct assessment_answer *y = assessment_answer_of(after, n_after, tool->rows[i].id);
        const struct assessment_change c = change_of(&tool->rows[i], x, y);
        if (c.after[0] != '\0' && strcmp(c.before, c.after) != 0) {
            list[(*n)++] = c;
        }
    }
    return list;
}

const struct pack_tool *assessment_planned_in(const struct pack_tool *tool)
{
    for (unsigned i = 0; i < tool->n_rows; i++) {
        const struct pack_tool *owner = NULL;
        const char *shared = pack_row_shared(tool, &tool->rows[i]);
        if (shared != NULL && pack_row_anywhere(shared, &owner) != NULL &&
            owner->phase == PACK_PHASE_PLAN && owner->subject == tool->subject &&
            pack_tool_is_answered(owner)) {
            return owner;
        }
    }
    return NULL;
}

const struct assessment_answer *assessment_planned_answer(const struct pack_tool *tool,
                                                          const struct pack_row *row,
                                                          const struct assessment_round *planned)
{
    const struct pack_tool *plan = assessment_tool(record_text(planned->record, "tool"));
    const char *shared = plan == NULL ? NULL : pack_row_shared(tool, row);
    const struct pack_row *asked = shared == NULL ? NULL : tool_row_from(plan, shared);
    return asked == NULL ? NULL : assessment_answer_of(planned->answers, planned->n_answers, asked->id);
}

struct assessment_change *assessment_planned_changes(struct arena *a, const struct pack_tool *tool,
                                                     const struct assessment_round *planned,
                                                     const struct assessment_answer *now,
                                                     size_t n_now, size_t *n)
{
    struct assessment_change *list =
        ARENA_ARRAY(a, struct assessment_change, (size_t)tool->n_rows + 1);
    *n = 0;
    for (unsigned i = 0; i < tool->n_rows; i++) {
        const struct pack_row *row = &tool->rows[i];
        const struct assessment_answer *x = assessment_planned_answer(tool, row, planned);
        const struct assessment_answer *y = assessment_answer_of(now, n_now, row->id);
        const struct assessment_change c = change_of(row, x, y);
        if (c.before[0] != '\0' && c.after[0] != '\0' && strcmp(c.before, c.after) != 0) {
            list[(*n)++] = c;
        }
    }
    return list;
}

// ---- states -------------------------------------------------------------------------------------

bool assessment_may_edit(const char *state)
{
    return strcmp(state, "draft") == 0 || strcmp(state, "returned") == 0;
}

bool assessment_may_move(const char *from, const char *to)
{
    if (strcmp(to, "submitted") == 0) {
        return assessment_may_edit(from);
    }
    return strcmp(from, "submitted") == 0 &&
           (strcmp(to, "approved") == 0 || strcmp(to, "returned") == 0);
}

bool assessment_may_begin(const char *newest_state)
{
    return newest_state[0] == '\0' || strcmp(newest_state, "approved") == 0;
}

const char *assessment_state_label(const char *state)
{
    return state[0] == '\0' ? MSG("Not started")
                            : field_choice_label(entity_field(&entity_assessment, "state"), state);
}

const char *assessment_state_look(const char *state)
{
    return state[0] == '\0'                 ? "none"
           : strcmp(state, "approved") == 0 ? "done"
           : strcmp(state, "returned") == 0 ? "warn"
                                            : "progress";
}

const char *assessment_answer_label(const struct pack_tool *tool, const struct pack_row *row,
                                    const char *value)
{
    const struct pack_scale *scale = assessment_is_rated(tool, row) ? row_scale(tool, row) : NULL;
    const struct pack_level *level = scale == NULL ? NULL : scale_level(scale, value);
    return level != NULL ? level->title : value[0] == '\0' ? MSG("Not answered") : value;
}

// ---- age ----------------------------------------------------------------------------------------

static int number_at(const char *text, int digits)
{
    int n = 0;
    for (int i = 0; i < digits; i++) {
        n = n * 10 + (text[i] - '0');
    }
    return n;
}

int assessment_months_between(const char *from, const char *to)
{
    int months = (number_at(to, 4) - number_at(from, 4)) * 12 + number_at(to + 5, 2) -
                 number_at(from + 5, 2);
    return months - (number_at(to + 8, 2) < number_at(from + 8, 2));
}

// ---- two people at once -------------------------------------------------------------------------

// FNV-1a, 64 bits (Fowler, Noll, Vo); texts are kept apart by a byte that they never hold.
const char *assessment_mark(struct arena *a, const char *const *texts, size_t n)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (size_t t = 0; t < n; t++) {
        for (const char *p = texts[t]; *p != '\0'; p++) {
            h = (h ^ (unsigned char)*p) * UINT64_C(1099511628211);
        }
        h = (h ^ 0xff) * UINT64_C(1099511628211);
    }
    return arena_printf(a, "%016llx", (unsigned long long)h);
}
