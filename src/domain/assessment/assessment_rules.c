// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_rules.c: what makes an assessment right, how far it is, what may happen to it next.
//
// Nothing here reads the database. Which questions there are, and on which scale they are answered,
// comes from the pack.

#include <stdint.h>
#include <string.h>

#include "assessment/assessment.h"
#include "base/bug.h"

enum err assessment_check(const struct record *r, struct err_info *e)
{
    if (record_is_set(r, "programme_id") == record_is_set(r, "country")) {
        return err_set(e, ERR_INPUT, "programme_id",
                       MSG("An assessment is about one programme or one country."),
                       MSG("Give one of the two."), NULL);
    }
    if (strcmp(record_text(r, "state"), "returned") == 0 && !record_is_set(r, "return_reason")) {
        return err_set(e, ERR_INPUT, "return_reason", MSG("A returned assessment needs a reason."),
                       MSG("Say what must be mended."), NULL);
    }
    return ERR_NONE;
}

// ---- which tools, which parts -------------------------------------------------------------------

bool assessment_fits(const struct pack_tool *tool)
{
    bool kind = tool->kind == PACK_KIND_CHECKLIST || tool->kind == PACK_KIND_QUESTION_TABLE;
    if (!kind || tool->subject != PACK_SUBJECT_PROGRAMME || tool->scale == NULL) {
        return false;
    }
    const struct pack_scale *scale = pack_scale(tool->pack, tool->scale);
    const struct field *f = entity_field(&entity_answer, "value");
    for (unsigned i = 0; scale != NULL && i < scale->n_levels; i++) {
        if (field_choice_label(f, scale->levels[i].id)[0] == '\0') {
            return false;
        }
    }
    return scale != NULL && scale->n_levels > 0;
}

const struct pack_tool *assessment_tool(const char *id)
{
    const struct pack_tool *tool = pack_tool_anywhere(id);
    return tool != NULL && assessment_fits(tool) ? tool : NULL;
}

size_t assessment_n_parts(const struct pack_tool *tool)
{
    return tool->n_sections == 0 ? 1 : tool->n_sections;
}

bool assessment_in_part(const struct pack_tool *tool, size_t part, const struct pack_row *row)
{
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
        struct assessment_change c = {
            .row = &tool->rows[i],
            .before = x == NULL ? "" : x->value,
            .after = y == NULL ? "" : y->value,
            .how_before = x == NULL ? "" : x->how,
            .how_after = y == NULL ? "" : y->how,
        };
        if (c.after[0] != '\0' && strcmp(c.before, c.after) != 0) {
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

const char *assessment_answer_label(const char *value)
{
    return value[0] == '\0' ? MSG("Not answered")
                            : field_choice_label(entity_field(&entity_answer, "value"), value);
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

// FNV-1a, 64 bits (Fowler, Noll, Vo); the two texts are kept apart by a byte that texts never hold.
const char *assessment_mark(struct arena *a, const char *value, const char *how)
{
    uint64_t h = UINT64_C(14695981039346656037);
    const char *texts[] = {value, how};
    for (size_t t = 0; t < COUNT_OF(texts); t++) {
        for (const char *p = texts[t]; *p != '\0'; p++) {
            h = (h ^ (unsigned char)*p) * UINT64_C(1099511628211);
        }
        h = (h ^ 0xff) * UINT64_C(1099511628211);
    }
    return arena_printf(a, "%016llx", (unsigned long long)h);
}
