// SPDX-License-Identifier: AGPL-3.0-or-later
//
// home_cycle_store.c: loads the programme cycle. See home_cycle.h.

#include <string.h>

#include "assessment/assessment.h"
#include "country/country.h"
#include "home/home_cycle.h"
#include "home/home_sql.h"
#include "risk/risk.h"

struct loading {
    struct arena *arena;
    const struct record *programme;
    struct home_cycle_rounds_row *rounds;
    size_t n_rounds;
    struct home_cycle_records_row *records;
    size_t n_records;
    struct home_cycle_last_row *last;
    size_t n_last;
    struct country_line *countries; // of the programme
    size_t n_countries;
    struct cycle *out;
};

static int asked_rows(const struct pack_tool *tool)
{
    int n = 0;
    for (unsigned i = 0; i < tool->n_rows; i++) {
        n += assessment_is_asked(&tool->rows[i]);
    }
    return n;
}

static struct cycle_line *add(struct loading *l, const struct pack_tool *tool)
{
    struct cycle_line *line = &l->out->lines[l->out->n++];
    *line = (struct cycle_line){
        .tool = tool, .wanted = true, .state = "", .touched = "", .assigned_id = "",
        .last_by = ""};
    return line;
}

static const char *day_of(struct loading *l, const char *time)
{
    return arena_copy_n(l->arena, time, 10);
}

// A record names a row of its tool, or the tool; one that names nothing is of that of the program.
static bool is_of(const struct pack_tool *tool, const char *named)
{
    return named == NULL ? !pack_is_own(tool->pack)
                         : strcmp(named, tool->id) == 0 || tool_row_ever(tool, named) != NULL;
}

// Who made the newest change to what the line counts: rounds, or records of a kind.
static void see_last(const struct loading *l, struct cycle_line *line, const char *what)
{
    int64_t newest = -1;
    for (size_t i = 0; i < l->n_last; i++) {
        const struct home_cycle_last_row *r = &l->last[i];
        bool here = line->country == NULL || r->country == NULL
                        ? line->country == r->country
                        : strcmp(line->country, r->country) == 0;
        if (here && strcmp(r->what, what) == 0 && is_of(line->tool, r->row) &&
            r->logical > newest) {
            newest = r->logical;
            line->last_by = r->actor_name == NULL ? "" : r->actor_name;
            line->by_command = strcmp(r->actor, "owner") == 0;
        }
    }
}

// A tool about countries: a line for each of the programme.
static void add_countries(struct loading *l, const struct pack_tool *tool)
{
    for (size_t i = 0; i < l->n_countries; i++) {
        const struct country_line *c = &l->countries[i];
        for (size_t k = 0; k < c->n_tools; k++) {
            const struct country_tool *t = &c->tools[k];
            if (t->tool != tool) {
                continue;
            }
            struct cycle_line *line = add(l, tool);
            line->country = c->code;
            line->filled_in = tool->kind != PACK_KIND_INSTRUMENTS;
            line->state = t->state;
            line->answered = t->answered;
            line->of = t->of;
            line->touched = t->touched;
            line->assigned_id = t->assigned_id;
            see_last(l, line, line->filled_in ? "round" : "obligation");
        }
    }
}

static void add_rounds(struct loading *l, const struct pack_tool *tool)
{
    struct cycle_line *line = add(l, tool);
    line->filled_in = true;
    line->of = asked_rows(tool);
    see_last(l, line, "round");
    for (size_t i = 0; i < l->n_rounds; i++) {
        const struct home_cycle_rounds_row *r = &l->rounds[i];
        if (strcmp(r->tool, tool->id) == 0) {
            const char *touched = r->touched != NULL && strcmp(r->touched, r->changed_at) > 0
                                      ? r->touched
                                      : r->changed_at;
            line->state = r->state;
            line->answered = r->answered < line->of ? (int)r->answered : line->of;
            line->touched = day_of(l, touched);
            line->assigned_id = r->assigned_id == NULL ? "" : r->assigned_id;
        }
    }
}

// The area of work that a table of risks, or the indicators that belong to one, are for; "" any.
static const char *area_of(const struct pack_tool *tool)
{
    const char *area = tool->kind == PACK_KIND_RISK_TABLE ? risk_table_area(tool) : "";
    for (unsigned i = 0; tool->kind == PACK_KIND_INDICATOR_SET && i < tool->n_see; i++) {
        const struct pack_tool *risks = pack_tool_anywhere(tool->see[i]);
        area = risks == NULL ? area : risk_table_area(risks);
    }
    return area;
}

// Records of a kind that come from this tool; rows: as many as it has rows would be all.
static void add_records(struct loading *l, const struct pack_tool *tool, const char *what, bool rows)
{
    struct cycle_line *line = add(l, tool);
    const char *area = area_of(tool);
    line->of = rows ? (int)tool->n_rows : 0;
    see_last(l, line, what);
    line->wanted = area[0] == '\0' || record_has_code(l->programme, "areas", area);
    for (size_t i = 0; i < l->n_records; i++) {
        const struct home_cycle_records_row *r = &l->records[i];
        if (strcmp(r->what, what) == 0 && is_of(tool, r->row)) {
            line->answered += (int)r->n;
            line->touched = strncmp(r->touched, line->touched, 10) > 0 ? day_of(l, r->touched)
                                                                       : line->touched;
        }
    }
}

static void add_tool(struct loading *l, const struct pack_tool *tool)
{
    switch (tool->kind) {
    case PACK_KIND_RISK_TABLE: add_records(l, tool, "risk", true); return;
    case PACK_KIND_INDICATOR_SET: add_records(l, tool, "indicator", true); return;
    case PACK_KIND_ADVOCACY_TABLE: add_records(l, tool, "advocacy_use", false); return;
    case PACK_KIND_DECISION_FLOW: add_records(l, tool, "due_diligence", false); return;
    case PACK_KIND_INSTRUMENTS: add_countries(l, tool); return;
    case PACK_KIND_CRITERIA_MATRIX: add(l, tool)->is_read = true; return;
    default: break;
    }
    if (!pack_tool_is_answered(tool)) {
        return;
    }
    switch (tool->subject) {
    case PACK_SUBJECT_COUNTRY: add_countries(l, tool); return;
    case PACK_SUBJECT_PUBLICATION: add_records(l, tool, "publication", false); return;
    default: add_rounds(l, tool); return;
    }
}

static void add_all(struct loading *l)
{
    size_t n_packs, n_tools, most = 1;
    const struct pack *const *packs = pack_all(&n_packs);
    for (size_t p = 0; p < n_packs; p++) {
        (void)pack_tools(packs[p], &n_tools);
        most += n_tools * (l->n_countries + 1);
    }
    l->out->lines = ARENA_ARRAY(l->arena, struct cycle_line, most);
    for (enum pack_phase phase = PACK_PHASE_ANALYSE; phase < PACK_PHASE_COUNT; phase++) {
        for (size_t p = 0; p < n_packs; p++) {
            const struct pack_tool *const *tools = pack_tools(packs[p], &n_tools);
            for (size_t i = 0; i < n_tools; i++) {
                if (tools[i]->phase == phase) {
                    add_tool(l, tools[i]);
                }
            }
        }
    }
}

enum err cycle_load(struct db_read *db, struct arena *a, const struct identity *who,
                    const struct record *programme, struct cycle *out, struct err_info *e)
{
    struct loading l = {.arena = a, .programme = programme, .out = out};
    const struct home_cycle_rounds_in rounds = {.programme_id = programme->id};
    const struct home_cycle_records_in records = {.programme_id = programme->id};
    *out = (struct cycle){0};
    enum err err = home_cycle_rounds_all(a, db, &rounds, &l.rounds, &l.n_rounds, e);
    if (err == ERR_NONE) {
        err = home_cycle_records_all(a, db, &records, &l.records, &l.n_records, e);
    }
    if (err == ERR_NONE) {
        const struct home_cycle_last_in last = {.programme_id = programme->id,
                                                .countries = record_text(programme, "countries")};
        err = home_cycle_last_all(a, db, &last, &l.last, &l.n_last, e);
    }
    if (err == ERR_NONE) {
        err = country_lines_load(db, a, who, record_text(programme, "countries"), &l.countries,
                                 &l.n_countries, e);
    }
    if (err == ERR_NONE) {
        add_all(&l);
        cycle_spare(out);
    }
    return err;
}
