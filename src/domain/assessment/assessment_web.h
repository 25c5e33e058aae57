// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_web.h: what the pages about checklists share. Not for other nouns.

#ifndef ASSESSMENT_ASSESSMENT_WEB_H
#define ASSESSMENT_ASSESSMENT_WEB_H

#include "assessment/assessment_rounds.h"
#include "html/page.h"
#include "html/record.h"
#include "http/http.h"
#include "pack/pack_take_web.h"
#include "programme/programme.h"
#include "programme/programme_attach.h"

// The tool of the path, and what it is filled in about: the country, the publication or the programme
// of the path.
struct checklist {
    const struct pack_tool *tool;
    struct assessment_subject of;
    const struct record *publication; // that of the path; NULL: the path is about none
    struct assessment_rounds rounds;
    const struct assessment_round *now; // newest round; NULL: never begun
    const char *state;                  // of the newest round; "" when never begun
    const struct assessment_answer *answers;
    size_t n_answers;
    struct programme_people people;
};
// db: of the request, or of a transaction. ERR_NOT_FOUND when no such tool can be answered.
MUST_CHECK enum err checklist_load(struct req *r, struct db_read *db, struct checklist *out,
                                   struct err_info *e);
// What the path is about, in words: "GLOT59", "Kenya", title of the publication.
const char *checklist_subject_name(struct req *r, const struct checklist *c);
enum pack_subject checklist_subject(const struct req *r);
// "/programmes/GLOT59/checklists/3.1" and rest; "/countries/KE/tools/2.3",
// "/programmes/GLOT59/publications/FILM1/checklists/3.8". tool NULL: of the list.
const char *checklist_address(struct req *r, const struct pack_tool *tool, const char *rest);
const char *checklist_section_address(struct req *r, const struct pack_tool *tool, size_t part);
const char *checklist_row_address(struct req *r, const struct pack_tool *tool, const char *row);
// Programmes > GLOT59 > Checklists (without one `of` may be NULL), or Countries > Kenya, or Programmes > GLOT59 >
// Publications > the one; and the tool.
const struct crumb *checklist_crumbs(struct req *r, const struct checklist *of, bool with_tool, size_t *n);
// In the language of the person: title of the tool, of a part, of an answer (by the scale of the tool).
const char *checklist_title(struct req *r, const struct pack_tool *tool);
const char *checklist_part_title(struct req *r, const struct pack_tool *tool, size_t part);
const char *checklist_answer_words(struct req *r, const struct pack_tool *tool,
                                   const struct pack_row *row, const char *value);
// An answer that was given while the scale of the row still had it, in words; NULL: none, or the scale has it. It
// stays until another is chosen.
const char *checklist_answer_of_before(struct req *r, const struct pack_scale *scale, const char *value);
// How an answer is looked at: a gap in the law is a risk, an open question is none (as in html_state).
const char *checklist_answer_look(const struct pack_tool *tool, const struct pack_row *row,
                                  const char *value);
const char *checklist_row_words(struct req *r, const struct pack_tool *tool,
                                const struct pack_row *row);
// "Its 6 cases: 4 yes, 1 no, 1 not answered"; NULL for a row without cases.
const char *checklist_cases_words(struct req *r, const struct pack_tool *tool,
                                  const struct pack_row *row,
                                  const struct assessment_answer *answers, size_t n);
// "12 of 22 answered"
const char *checklist_progress_words(struct req *r, const struct assessment_progress *p);

// A tool that a row points to.
struct checklist_ref {
    const char *label;
    const char *address; // NULL: no pack has it yet
};
struct checklist_ref *checklist_refs(struct req *r, const struct pack_tool *tool,
                                     const struct pack_row *row, size_t *n);

// A risk in the register of a programme that an answer about the country of the path led to.
struct checklist_led {
    const char *number, *statement, *why, *address;
};
// Those of one question; column: code of a group or id of a stakeholder, "" without, NULL for all. One
// statement for a country, none for other subjects. Only programmes that the person may read.
MUST_CHECK enum err checklist_led_load(struct req *r, const char *row, const char *column,
                                       const struct checklist_led **out, size_t *n,
                                       struct err_info *e);

// The side of the pages about a tool: sections, progress, people, earlier rounds; and what is said above
// the answers of one round.
struct checklist_side {
    struct checklist_step {
        const char *label, *address, *progress;
        bool current;
    } *steps;
    size_t n_steps;
    const char *steps_title;
    struct assessment_progress whole;
    const char *whole_words;
    const char *assigned; // name, or NULL
    const char *assign;   // address; NULL: may not
    const char *return_reason; // NULL unless it was returned
    const char *old;           // of an earlier round: sentence that says so; NULL: the newest one
    const char *other_version; // it was filled in with another version of the pack; or NULL
    const char *touched;       // YYYY-MM-DD, or ""
    struct pack_take take; // all NULL: nothing to take along
    const char *sheet; // of the page of the spreadsheet
    struct checklist_earlier {
        const char *address, *date, *state_label, *differ;
    } *earlier;
    size_t n_earlier;
};
// part: the one that is open, or ASSESSMENT_WHOLE.
void checklist_side_make(struct req *r, const struct checklist *c, size_t part,
                         struct checklist_side *out);
// The side of a page that shows a whole round; its steps lead to places on that page. round NULL:
// nothing is answered.
void checklist_side_of_round(struct req *r, const struct checklist *c,
                             const struct assessment_round *round, struct checklist_side *out);
struct checklist_step checklist_step_of(struct req *r, const char *label, const char *address,
                                        struct assessment_progress p);

// Title, way back and state of a page about a tool. round: c->now for the newest; an earlier one is
// named by its date. The actions are left to the caller.
struct page checklist_page(struct req *r, const struct checklist *c,
                           const struct assessment_round *round);

// What can be done with the newest round, most wanted first; at most two. p: how far it is;
// fill_address: where it is answered.
size_t checklist_actions_for(struct req *r, const struct checklist *c, struct assessment_progress p,
                         const char *fill_address, struct page_action *out);

// Begins a round of a tool, as a draft.
MUST_CHECK enum err checklist_begin(struct store_tx *tx, struct req *r, const struct checklist *c,
                                    struct record **out, struct err_info *e);

// What the kinds of tools do their own way. NULL: as tables of questions.
typedef enum err checklist_show(struct req *r, struct reply *p, const struct checklist *c,
                                struct err_info *e);
struct checklist_pages {
    checklist_show *fill; // the form
    handler *post;        // saves what it sends
    enum err (*all)(struct req *r, struct reply *p, const struct checklist *c,
                    const struct assessment_round *round, struct err_info *e);
};
const struct checklist_pages *checklist_pages_of(const struct pack_tool *tool);
// What can be done with the newest round, most wanted first; at most two.
size_t checklist_actions(struct req *r, const struct checklist *c, struct page_action out[2]);

// What was answered to the same question when it was planned, as assessment_planned.html shows it.
struct checklist_planned {
    const char *words;   // "In part"
    const char *day;     // YYYY-MM-DD of its round
    const char *tool;    // id
    const char *address; // of that question
};
// asking: tool of the row; planned: from assessment_planned_load. NULL when there is nothing to show.
const struct checklist_planned *checklist_planned_of(struct req *r, const struct pack_tool *asking,
                                                     const struct assessment_round *planned,
                                                     const struct pack_row *row);

// The page that shows all questions of one round. round NULL: nothing is answered.
MUST_CHECK enum err checklist_show_all(struct req *r, struct reply *p, const struct checklist *c,
                                       const struct assessment_round *round, struct err_info *e);

// ---- handlers, also under the addresses of assessment_subject_web.c -----------------------------
handler checklist_fill_get, checklist_fill_post, checklist_row_get, checklist_round_get;
handler checklist_submit_post, checklist_approve_post, checklist_again_post;
handler checklist_sheet_get, checklist_sheet_post, checklist_sheet_file_get,
    checklist_sheet_save_post; // assessment_trip_web.c
handler checklist_return_get, checklist_return_post, checklist_assign_get, checklist_assign_post;
#define CHECKLIST_FILL_FIELDS 2
extern const struct field checklist_fill_fields[CHECKLIST_FILL_FIELDS];
extern const struct field checklist_return_fields[1];
extern const struct field checklist_assign_fields[1];

#endif
