// SPDX-License-Identifier: AGPL-3.0-or-later
//
// diligence_web.h: what the pages about due diligence share. Not for other nouns.
//
// The same handlers stand under a programme and under a country (diligence_country_web.c).

#ifndef DILIGENCE_DILIGENCE_WEB_H
#define DILIGENCE_DILIGENCE_WEB_H

#include "diligence/diligence.h"
#include "html/page.h"
#include "http/http.h"
#include "pack/pack_take_web.h"

// "/programmes/SAMPLE1/due-diligence", or "/countries/NE/due-diligence", and below.
const char *diligence_address(const struct req *r, const char *below);
const char *diligence_case_address(const struct req *r, const struct record *c, const char *below);
const struct crumb *diligence_crumbs(const struct req *r, const struct record *c, size_t *n);
// The case of the path; ERR_NOT_FOUND when it belongs elsewhere.
MUST_CHECK enum err diligence_of_path(struct req *r, struct record **out, struct err_info *e);
// Label of a code of a field, translated; "" when not set.
const char *diligence_code(const struct req *r, const struct record *c, const char *field);
// How a case looks, as in html_state, and its word.
const char *diligence_look(const struct record *c);
const char *diligence_word(const struct req *r, const struct record *c);
// Bodies of the country that may be chosen. One statement.
MUST_CHECK enum err diligence_bodies(struct req *r, struct html *h, struct err_info *e);

// ---- steps --------------------------------------------------------------------------------------

#define DILIGENCE_STEPS 7
struct diligence_page {
    const char *step;  // in the address
    const char *title; // catalogue keys
    const char *about;
    const char *sections[3]; // of the tool in the pack, whose facts stand beside the questions
};
extern const struct diligence_page diligence_pages[DILIGENCE_STEPS];
size_t diligence_page_of(const char *step); // DILIGENCE_STEPS: none
// A fact of the tool, in the language of the person.
struct diligence_fact {
    const char *id, *text, *help, *note, *address;
};
// Those that stand beside a step of a case like this, in the words of its tool.
struct diligence_fact *diligence_page_facts(const struct req *r, const struct diligence_page *page,
                                            const struct record *c, size_t *n);
// Those of one section of the tool of a case.
struct diligence_fact *diligence_section_facts(const struct req *r, const struct record *c,
                                               const char *section, size_t *n);
// Where one stands in the flow.
struct diligence_stop {
    const char *label, *address, *state; // state: translated
    const char *look;
    bool current;
};
// Where a tool is read.
const char *diligence_library(const struct req *r, const struct pack_tool *tool);
// All steps and, last, the page to check everything. case NULL: not begun.
struct diligence_stop *diligence_stops(const struct req *r, const struct record *c,
                                       size_t n_measures, const char *current, size_t *n);

// ---- handlers, also under the addresses of countries ----------------------------------------------
handler diligence_list_get, diligence_new_get, diligence_new_post, diligence_step_get,
    diligence_step_post, diligence_case_get, diligence_submit_post, diligence_decide_get,
    diligence_decide_post, diligence_return_get, diligence_return_post, diligence_again_post,
    diligence_measures_get, diligence_measures_post, diligence_done_get, diligence_done_post;
enum err diligence_is_here(struct req *r, struct form *f, struct err_info *e);
enum err diligence_decide_prepare(struct req *r, struct form *f, struct err_info *e);
extern const char *const diligence_not_in_steps[];
extern const char *const diligence_not_in_decision[];
extern const char *const diligence_not_in_done[];
extern const char *const diligence_not_in_measure[];
extern const struct field diligence_return_fields[1];

#endif
