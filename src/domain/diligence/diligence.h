// SPDX-License-Identifier: AGPL-3.0-or-later
//
// diligence.h: due diligence before and during support to forces that are not of the United Nations.
//
// One record `due_diligence` is one decision: about one force in one country, before or during support.
// What the answers lead to is worked out here (diligence_rules.c; docs/due-diligence.md has the table),
// and a decision that contradicts it is refused. A decision is never changed; a new one supersedes it.
// Source of the method: tool 2.5 of the Toolkit and its introduction, footnote 27.

#ifndef DILIGENCE_DILIGENCE_H
#define DILIGENCE_DILIGENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "model/model.h"
#include "pack/pack.h"

struct db_read;

extern const struct entity entity_due_diligence;
extern const struct entity entity_diligence_measure;

#define DILIGENCE_TOOL "2.5"
#define DILIGENCE_REVIEW_DAYS 30 // a review is told of so many days before it is due

// ---- what the answers lead to (diligence_rules.c) -----------------------------------------------

// OPEN: not answered, or not known yet.
enum diligence_answer { DILIGENCE_OPEN, DILIGENCE_NO, DILIGENCE_YES };

struct diligence_facts {
    bool is_authority; // manages or commands forces: 2.5-D12; else a unit or force
    bool during;       // support is being given; else before support
    enum diligence_answer crimes, pattern, command; // of a unit: 2.5-D22, D23, D24
    enum diligence_answer units, impunity;          // of authorities: 2.5-D25, D26
    enum diligence_answer threat;  // before: is there a real risk; during: do the violations go on
    enum diligence_answer failed;  // did the authorities fail to take corrective or mitigating measures
    enum diligence_answer efforts; // during: were efforts made to end the violations
};

enum diligence_outcome {
    DILIGENCE_UNKNOWN,    // an answer is open that could forbid the support
    DILIGENCE_FREE,       // the test forbids nothing
    DILIGENCE_CONDITIONS, // there are grounds; support only with conditions
    DILIGENCE_FORBIDDEN,  // cannot be given; must be suspended or withdrawn
};

// Are the violations grave? By a unit if any of its three legs is met, by authorities only if both are.
enum diligence_answer diligence_grave(const struct diligence_facts *f);
enum diligence_outcome diligence_outcome(const struct diligence_facts *f);
// Why this decision ("go", "conditions", "refuse", "suspend", "withdraw") cannot be taken on this
// outcome: a text of the catalogue; NULL: it can.
const char *diligence_objection(bool during, enum diligence_outcome outcome, const char *decision);

// Id of the tool that a case was worked through with: 2.5, or a copy of it.
const char *diligence_tool_id(const struct record *r);
// That tool; when no pack has it any more, tool 2.5; NULL when no pack has that.
const struct pack_tool *diligence_tool_of(const struct record *r);
struct diligence_facts diligence_facts_of(const struct record *r);
// One sentence on the outcome, as a text of the catalogue.
const char *diligence_outcome_words(bool during, enum diligence_outcome outcome);
// Does the decision let support be given?
bool diligence_lets(const char *decision);
bool diligence_is_decided(const struct record *r); // also when it is superseded by now
// May this office take this decision? A text of the catalogue that says who may; NULL: it may.
const char *diligence_level_objection(const char *decision, const char *authority);
// The first field that is needed before it can be submitted and is empty; NULL: none.
const char *diligence_missing(const struct record *r);
// Why the proposed decision cannot be taken on these answers, as diligence_objection; NULL: it can, or
// nothing is proposed.
const char *diligence_contradicts(const struct record *r);
// Fields asked in a step ("recipient", "support", "sources", "grave", "test", "proposal") of a case like
// this, ended by NULL; r NULL: of any case, as the paper form has them. fields must have room for DILIGENCE_MOST_ASKED. Gives their number.
#define DILIGENCE_MOST_ASKED 12
size_t diligence_asked(const struct record *r, const char *step, const char **fields);
bool diligence_step_is_done(const struct record *r, const char *step);

// Rules over several fields of one record.
enum err diligence_check(const struct record *r, struct err_info *e);
enum err diligence_measure_check(const struct record *r, struct err_info *e);

// ---- which decision holds (diligence_hold.c) ----------------------------------------------------

// Why support in these countries cannot rest on a decision.
enum diligence_bar {
    DILIGENCE_HOLDS,      // it can
    DILIGENCE_NONE,       // there is no decision
    DILIGENCE_UNDECIDED,  // not decided yet
    DILIGENCE_SUPERSEDED, // another one took its place
    DILIGENCE_ELSEWHERE,  // about another country, or of another programme
    DILIGENCE_REFUSED,    // it does not let the support be given
    DILIGENCE_STOPPED,    // it suspends or withdraws support
    DILIGENCE_EXPIRED,    // the day of its review has passed
};
struct diligence_need {
    const char *programme_id;
    const char *countries; // " KE TZ "
    bool continues;        // work that may go on when support is suspended: 2.5-D18 to D20
    const char *today;     // YYYY-MM-DD
};
// decision NULL: none. is_superseded: a decision names it as the one it supersedes.
enum diligence_bar diligence_bar_of(const struct record *decision, bool is_superseded,
                                    const struct diligence_need *need);
// What is wrong and what to do about it, as texts of the catalogue.
const char *diligence_bar_words(enum diligence_bar bar);
const char *diligence_bar_mend(enum diligence_bar bar);

// Decisions as loaded; finds what took the place of what.
struct diligence_set {
    struct record **items;
    size_t n;
};
const struct record *diligence_in(const struct diligence_set *set, const char *id); // NULL: none
// The decided record that supersedes this one; NULL: none.
const struct record *diligence_successor(const struct diligence_set *set, const char *id);
// The one that holds now: follows successors to the last.
const struct record *diligence_newest(const struct diligence_set *set, const struct record *of);

// ---- loading (diligence_store.c) ----------------------------------------------------------------

// Those of a programme and of its countries as a whole. programme NULL: all. One statement.
MUST_CHECK enum err diligence_load(struct db_read *db, struct arena *a,
                                   const struct record *programme, struct diligence_set *out,
                                   struct err_info *e);
// Can support in these countries rest on this decision? Two statements; one when id is "".
MUST_CHECK enum err diligence_ask(struct db_read *db, struct arena *a, const char *id,
                                  const struct diligence_need *need, enum diligence_bar *out,
                                  struct err_info *e);

// A decision that was taken stays as it was (entity.guard).
enum err diligence_guard(struct arena *a, struct db_read *db, const struct record *before,
                         const struct record *after, struct err_info *e);
enum err diligence_measure_guard(struct arena *a, struct db_read *db, const struct record *before,
                                 const struct record *after, struct err_info *e);

#endif
