// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_suggest.c: see risk_suggest.h; the rule, without a database.

#include "risk/risk_suggest.h"

#include <string.h>

#include "assessment/assessment_basis.h"
#include "base/buf.h"
#include "base/limits.h"

#define MOST_BASIS_BYTES LIMIT_TEXT_BYTES

// What a link asks for: the question, and the column when its row is a line for a group.
struct wanted {
    const struct pack_link *link;
    const char *question;
    const char *group; // NULL: any column
};

// Ids of rows begin with the id of their tool: only that file of the pack is read.
static struct wanted wanted_of(const struct pack_link *link)
{
    struct wanted w = {.link = link, .question = link->row};
    char tool_id[16];
    size_t len = strcspn(link->row, "-");
    if (len >= sizeof tool_id) {
        return w;
    }
    memcpy(tool_id, link->row, len);
    tool_id[len] = '\0';
    const struct pack_tool *tool = pack_tool_anywhere(tool_id);
    const struct pack_row *line = tool == NULL ? NULL : tool_row(tool, link->row);
    if (line != NULL && line->group != NULL && line->parent != NULL) {
        w.question = line->parent;
        w.group = line->group;
    }
    return w;
}

// The answer to a row of a copy answers the row of the original.
static const char *asked(const struct risk_answer *answer)
{
    return answer->root != NULL ? answer->root : answer->row;
}

static bool fits(const struct wanted *w, const struct risk_answer *answer)
{
    if (strcmp(w->link->answer, answer->value) != 0) {
        return false;
    }
    return strcmp(w->link->row, answer->row) == 0 || strcmp(w->link->row, asked(answer)) == 0 ||
           (strcmp(w->question, asked(answer)) == 0 &&
            (w->group == NULL || strcmp(w->group, answer->column) == 0));
}

bool risk_answer_fits(const struct pack_link *link, const struct risk_answer *answer)
{
    struct wanted w = wanted_of(link);
    return fits(&w, answer);
}

static size_t find_grounds(struct arena *a, const struct pack_row *row,
                           const struct risk_answer *answers, size_t n,
                           struct risk_ground **grounds)
{
    struct wanted *wanted = ARENA_ARRAY(a, struct wanted, row->n_suggested_by);
    size_t found = 0, at = 0;
    for (unsigned l = 0; l < row->n_suggested_by; l++) {
        wanted[l] = wanted_of(&row->suggested_by[l]);
        for (size_t i = 0; i < n; i++) {
            found += fits(&wanted[l], &answers[i]);
        }
    }
    *grounds = ARENA_ARRAY(a, struct risk_ground, found + 1);
    for (unsigned l = 0; at < found; l++) {
        for (size_t i = 0; i < n; i++) {
            if (fits(&wanted[l], &answers[i])) {
                (*grounds)[at++] = (struct risk_ground){wanted[l].link, &answers[i]};
            }
        }
    }
    return found;
}

static const char *mark_of(struct arena *a, const struct risk_answer *w)
{
    return basis_mark(a, &(struct basis_ground){.country = w->country, .row = w->row,
                                                .column = w->column, .value = w->value});
}

static const char *basis_of(struct arena *a, const struct risk_ground *grounds, size_t n)
{
    struct buf b;
    buf_init(&b, a, MOST_BASIS_BYTES);
    for (size_t i = 0; i < n; i++) {
        buf_printf(&b, "%s%s", i == 0 ? "" : " ", mark_of(a, grounds[i].answer));
    }
    return b.data == NULL ? "" : b.data;
}

const char *risk_basis_of(struct arena *a, const struct risk_suggestion *s)
{
    struct buf b;
    buf_init(&b, a, MOST_BASIS_BYTES);
    for (size_t i = 0; i < s->n_grounds; i++) {
        const struct risk_answer *w = s->grounds[i].answer;
        const char *line = basis_line(
            a, &(struct basis_ground){.country = w->country, .row = w->row, .column = w->column,
                                      .value = w->value, .round = w->round,
                                      .why = s->grounds[i].link->why});
        if (b.len + strlen(line) + 1 < MOST_BASIS_BYTES) {
            buf_printf(&b, "%s%s", b.len == 0 ? "" : "\n", line);
        }
    }
    return b.data == NULL ? "" : b.data;
}

static bool holds_word(const char *words, const char *word)
{
    size_t len = strlen(word);
    for (const char *p = words; (p = strstr(p, word)) != NULL; p++) {
        if ((p == words || p[-1] == ' ') && (p[len] == ' ' || p[len] == '\0')) {
            return true;
        }
    }
    return false;
}

// A decision holds as long as no ground has come that was not there when it was taken.
static bool is_covered(struct arena *a, const struct risk_suggestion *s, const char *basis)
{
    for (size_t i = 0; i < s->n_grounds; i++) {
        if (!holds_word(basis, mark_of(a, s->grounds[i].answer))) {
            return false;
        }
    }
    return true;
}

static bool has_row(struct record *const *records, size_t n, const char *row)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(record_text(records[i], "row"), row) == 0) {
            return true;
        }
    }
    return false;
}

// Is there a row among the tables that was copied from this one? Then the office's words stand for both.
static bool has_copy(const struct pack_tool *const *tables, size_t n, const char *row)
{
    for (size_t t = 0; t < n; t++) {
        for (unsigned i = 0; tables[t]->origin.tool != NULL && i < tables[t]->n_rows; i++) {
            const char *origin = tables[t]->rows[i].origin;
            if (origin != NULL && strcmp(origin, row) == 0) {
                return true;
            }
        }
    }
    return false;
}

static void look_at_dismissals(struct arena *a, struct risk_suggestion *s,
                               struct record *const *dismissals, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(record_text(dismissals[i], "row"), s->row->id) != 0) {
            continue;
        }
        if (is_covered(a, s, record_text(dismissals[i], "basis"))) {
            s->declined = dismissals[i];
        } else {
            s->again = true;
        }
    }
    s->again = s->again && s->declined == NULL;
}

void risk_suggest(struct arena *a, const struct pack_tool *const *tables, size_t n_tables,
                  const struct risk_answer *answers, size_t n_answers,
                  struct record *const *risks, size_t n_risks, struct record *const *dismissals,
                  size_t n_dismissals, struct risk_suggestions *out)
{
    size_t most = 0;
    for (size_t t = 0; t < n_tables; t++) {
        most += tables[t]->n_rows;
    }
    *out = (struct risk_suggestions){.items = ARENA_ARRAY(a, struct risk_suggestion, most + 1)};
    for (size_t t = 0; t < n_tables; t++) {
        for (unsigned i = 0; i < tables[t]->n_rows; i++) {
            const struct pack_row *row = &tables[t]->rows[i];
            struct risk_suggestion s = {.tool = tables[t], .row = row};
            if (row->n_suggested_by == 0 || has_row(risks, n_risks, row->id) ||
                (row->origin != NULL && has_row(risks, n_risks, row->origin)) ||
                has_copy(tables, n_tables, row->id)) {
                continue;
            }
            s.n_grounds = find_grounds(a, row, answers, n_answers, &s.grounds);
            if (s.n_grounds == 0) {
                continue;
            }
            s.basis = basis_of(a, s.grounds, s.n_grounds);
            look_at_dismissals(a, &s, dismissals, n_dismissals);
            out->n_open += s.declined == NULL;
            out->items[out->n++] = s;
        }
    }
}

const struct risk_suggestion *risk_suggestion_of(const struct risk_suggestions *all, const char *row)
{
    for (size_t i = 0; i < all->n; i++) {
        if (strcmp(all->items[i].row->id, row) == 0) {
            return &all->items[i];
        }
    }
    return NULL;
}
