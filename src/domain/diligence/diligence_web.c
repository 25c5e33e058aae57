// SPDX-License-Identifier: AGPL-3.0-or-later
//
// diligence_web.c: addresses, crumbs, steps and facts that the pages about due diligence share.

#include "diligence/diligence_web.h"

#include <string.h>

#include "base/bug.h"
#include "html/form.h"
#include "pack/pack.h"
#include "place/place.h"
#include "programme/programme_web.h"
#include "stakeholder/stakeholder.h"

// ---- addresses ----------------------------------------------------------------------------------

const char *diligence_address(const struct req *r, const char *below)
{
    const char *base = r->programme != NULL ? programme_address(r, "")
                                            : url_make(r->arena, "/countries/{0}", r->country, NULL);
    return arena_printf(r->arena, "%s/due-diligence%s", base, below);
}

const char *diligence_case_address(const struct req *r, const struct record *c, const char *below)
{
    return arena_printf(r->arena, "%s%s", diligence_address(r, url_make(r->arena, "/{0}", c->id, NULL)),
                        below);
}

const struct crumb *diligence_crumbs(const struct req *r, const struct record *c, size_t *n)
{
    struct crumb *list = ARENA_ARRAY(r->arena, struct crumb, 4);
    if (r->programme != NULL) {
        list[0] = (struct crumb){tr(r->lang, MSG("Programmes")), "/programmes"};
        list[1] = (struct crumb){programme_number(r), programme_address(r, "")};
    } else {
        list[0] = (struct crumb){tr(r->lang, MSG("Countries")), "/countries"};
        list[1] = (struct crumb){tr(r->lang, country_name(r->country)),
                                 url_make(r->arena, "/countries/{0}", r->country, NULL)};
    }
    list[2] = (struct crumb){tr(r->lang, MSG("Due diligence")), diligence_address(r, "")};
    *n = 3;
    if (c != NULL) {
        list[(*n)++] = (struct crumb){record_text(c, "recipient"), diligence_case_address(r, c, "")};
    }
    return list;
}

enum err diligence_of_path(struct req *r, struct record **out, struct err_info *e)
{
    return programme_load_record(r, "due_diligence", req_capture(r, "due_diligence"), out, e);
}

const char *diligence_code(const struct req *r, const struct record *c, const char *field)
{
    const char *code = record_text(c, field);
    return code[0] == '\0' ? ""
                           : tr(r->lang, field_choice_label(entity_field(c->entity, field), code));
}

const char *diligence_look(const struct record *c)
{
    const char *state = record_text(c, "state"), *decision = record_text(c, "decision");
    if (strcmp(state, "decided") != 0) {
        return strcmp(state, "submitted") == 0 ? "progress" : "none";
    }
    return strcmp(decision, "go") == 0 ? "done" : strcmp(decision, "conditions") == 0 ? "warn" : "risk";
}

const char *diligence_word(const struct req *r, const struct record *c)
{
    bool decided = strcmp(record_text(c, "state"), "decided") == 0;
    return diligence_code(r, c, decided ? "decision" : "state");
}

enum err diligence_bodies(struct req *r, struct html *h, struct err_info *e)
{
    struct record **rows;
    size_t n, kept = 0;
    const char *countries = r->programme == NULL ? "" : record_text(r->programme, "countries");
    enum err err = store_list(r->db, r->arena, &entity_stakeholder, &(struct store_query){0}, &rows,
                              &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct choice *choices = ARENA_ARRAY(r->arena, struct choice, n + 1);
    for (size_t i = 0; i < n; i++) {
        const char *country = record_text(rows[i], "country");
        bool here = r->programme == NULL ? strcmp(country, r->country) == 0
                                         : countries[0] == '\0' || strstr(countries, country) != NULL;
        bool body = strcmp(record_text(rows[i], "sort"), STAKEHOLDER_GROUP) != 0;
        if (here && body) {
            const char *where = country_name(country);
            choices[kept++] = (struct choice){
                rows[i]->id, arena_printf(r->arena, "%s (%s)", record_text(rows[i], "name"),
                                          where == NULL ? country : tr(r->lang, where))};
        }
    }
    form_set_choices(h, "stakeholder_id", choices, kept);
    return ERR_NONE;
}

// ---- steps --------------------------------------------------------------------------------------

const struct diligence_page diligence_pages[DILIGENCE_STEPS] = {
    {"recipient", MSG("Who is it?"),
     MSG("The force or authority, and who supports whom."), {"context", "forces"}},
    {"support", MSG("What support, and has it begun?"),
     MSG("What is given, for how long, how closely, and which of the two tests applies."),
     {"support"}},
    {"sources", MSG("What is known about it?"),
     MSG("Who was asked, and what its record is."), {"sources"}},
    {"grave", MSG("Are the violations grave?"),
     MSG("What counts as grave is defined. Answer each part on what you know."),
     {"grave-unit", "grave-authority"}},
    {"test", MSG("The test"), MSG("Is it real, and do the authorities act against it?"),
     {"test-before", "test-during"}},
    {"measures", MSG("What lowers the risk?"),
     MSG("Measures with the office that does them and a day."), {"mitigation"}},
    {"proposal", MSG("Proposed decision"),
     MSG("What you propose, and why. Somebody who may approve decides."),
     {"decision", "continue", "response"}},
};

size_t diligence_page_of(const char *step)
{
    size_t i = 0;
    while (i < DILIGENCE_STEPS && strcmp(diligence_pages[i].step, step) != 0) {
        i++;
    }
    return i;
}

// Of two sections of which one applies, the other is left out.
static bool is_beside(const char *section, const struct record *c)
{
    struct diligence_facts f = {0};
    if (c != NULL) {
        f = diligence_facts_of(c);
    }
    return !((strcmp(section, "grave-unit") == 0 && f.is_authority) ||
             (strcmp(section, "grave-authority") == 0 && !f.is_authority) ||
             (strcmp(section, "test-before") == 0 && f.during) ||
             (strcmp(section, "test-during") == 0 && !f.during));
}

const char *diligence_library(const struct req *r, const struct pack_tool *tool)
{
    return url_make(r->arena, "/library/{0}/{1}", tool->pack->id, tool->id, NULL);
}

static const char *words(const struct req *r, const struct pack_tool *tool,
                         const struct pack_row *row, const char *text)
{
    return text == NULL ? NULL : pack_words(tool->pack, r->lang, row->id, text);
}

struct diligence_fact *diligence_section_facts(const struct req *r, const struct record *c,
                                               const char *section, size_t *n)
{
    const struct pack_tool *tool = diligence_tool_of(c);
    size_t most = tool == NULL ? 0 : tool->n_rows;
    struct diligence_fact *facts = ARENA_ARRAY(r->arena, struct diligence_fact, most + 1);
    *n = 0;
    for (size_t i = 0; i < most; i++) {
        const struct pack_row *row = &tool->rows[i];
        if (row->section != NULL && strcmp(row->section, section) == 0) {
            facts[(*n)++] = (struct diligence_fact){
                .id = row->id, .text = words(r, tool, row, row->text),
                .help = words(r, tool, row, row->help),
                .note = row->n_corrections > 0 ? words(r, tool, row, row->corrections[0].why)
                                               : NULL,
                .address = arena_printf(r->arena, "%s#%s", diligence_library(r, tool), row->id)};
        }
    }
    return facts;
}

struct diligence_fact *diligence_page_facts(const struct req *r, const struct diligence_page *page,
                                            const struct record *c, size_t *n)
{
    struct diligence_fact *all = NULL;
    *n = 0;
    for (size_t s = 0; s < COUNT_OF(page->sections) && page->sections[s] != NULL; s++) {
        size_t more = 0;
        if (!is_beside(page->sections[s], c)) {
            continue;
        }
        struct diligence_fact *of = diligence_section_facts(r, c, page->sections[s], &more);
        struct diligence_fact *both = ARENA_ARRAY(r->arena, struct diligence_fact, *n + more + 1);
        if (*n > 0) {
            memcpy(both, all, *n * sizeof *both);
        }
        memcpy(both + *n, of, more * sizeof *both);
        all = both;
        *n += more;
    }
    return all;
}

struct diligence_stop *diligence_stops(const struct req *r, const struct record *c,
                                       size_t n_measures, const char *current, size_t *n)
{
    struct diligence_stop *stops = ARENA_ARRAY(r->arena, struct diligence_stop, DILIGENCE_STEPS);
    for (size_t i = 0; i < DILIGENCE_STEPS; i++) {
        const struct diligence_page *page = &diligence_pages[i];
        bool measures = strcmp(page->step, "measures") == 0;
        bool done = c != NULL && (measures ? n_measures > 0 : diligence_step_is_done(c, page->step));
        stops[i] = (struct diligence_stop){
            .label = tr(r->lang, page->title),
            .address = c == NULL ? NULL
                       : measures
                           ? diligence_case_address(r, c, "/measures")
                           : diligence_case_address(
                                 r, c, arena_printf(r->arena, "/steps/%s", page->step)),
            .state = done && measures ? tr_n(r->arena, r->lang, MSG("One measure"),
                                             MSG("{0} measures"), (int64_t)n_measures)
                     : done     ? tr(r->lang, MSG("Answered"))
                     : measures ? tr(r->lang, MSG("None yet"))
                                : tr(r->lang, MSG("Not complete")),
            .look = done ? "done" : "none",
            .current = strcmp(page->step, current) == 0,
        };
    }
    *n = DILIGENCE_STEPS;
    return stops;
}
