// SPDX-License-Identifier: AGPL-3.0-or-later
//
// diligence_record.c: rules over the fields of one due diligence and of one measure.
//
// A draft may have gaps. What is submitted answers everything; what is decided obeys the rules
// (diligence_rules.c) and says who decided on which level.

#include <string.h>

#include "base/bug.h"
#include "base/msg.h"
#include "diligence/diligence.h"

static bool is(const struct record *r, const char *field, const char *code)
{
    return strcmp(record_text(r, field), code) == 0;
}

static enum diligence_answer answer(const struct record *r, const char *field)
{
    return is(r, field, "yes")  ? DILIGENCE_YES
           : is(r, field, "no") ? DILIGENCE_NO
                                : DILIGENCE_OPEN;
}

struct diligence_facts diligence_facts_of(const struct record *r)
{
    bool during = is(r, "moment", "during");
    return (struct diligence_facts){
        .is_authority = is(r, "force", "authority"),
        .during = during,
        .crimes = answer(r, "grave_crimes"),
        .pattern = answer(r, "grave_pattern"),
        .command = answer(r, "grave_command"),
        .units = answer(r, "grave_units"),
        .impunity = answer(r, "grave_impunity"),
        .threat = answer(r, during ? "continuing" : "real_risk"),
        .failed = is(r, "measures", "taken")                                  ? DILIGENCE_NO
                  : is(r, "measures", "not_taken") || is(r, "measures", "none") ? DILIGENCE_YES
                                                                              : DILIGENCE_OPEN,
        .efforts = answer(r, "efforts"),
    };
}

bool diligence_is_decided(const struct record *r)
{
    return is(r, "state", "decided") || is(r, "state", "superseded");
}

// ---- what is asked where ------------------------------------------------------------------------

// when: 0 always, 'u' of a unit, 'a' of authorities, 'b' before support, 'd' during support.
static const struct asked {
    const char *field;
    const char *step;
    char when;
    bool needed; // before it can be submitted
} asked[] = {
    {"country", "recipient", 0, true},      {"recipient", "recipient", 0, true},
    {"stakeholder_id", "recipient", 0, false}, {"force", "recipient", 0, true},
    {"direction", "recipient", 0, true},    {"support", "support", 0, true},
    {"support_from", "support", 0, true},   {"support_until", "support", 0, false},
    {"closeness", "support", 0, false},     {"moment", "support", 0, true},
    {"sources", "sources", 0, true},        {"conduct", "sources", 0, true},
    {"grave_crimes", "grave", 'u', true},   {"grave_pattern", "grave", 'u', true},
    {"grave_command", "grave", 'u', true},  {"grave_units", "grave", 'a', true},
    {"grave_impunity", "grave", 'a', true}, {"grave_why", "grave", 0, true},
    {"real_risk", "test", 'b', true},       {"continuing", "test", 'd', true},
    {"efforts", "test", 'd', true},         {"efforts_what", "test", 'd', false},
    {"measures", "test", 0, true},          {"measures_what", "test", 0, true},
    {"decision", "proposal", 0, true},      {"grounds", "proposal", 0, true},
    {"conditions", "proposal", 0, false},   {"review_on", "proposal", 0, false},
};

static bool applies(const struct diligence_facts *f, char when)
{
    return when == 0 || (when == 'u' && !f->is_authority) || (when == 'a' && f->is_authority) ||
           (when == 'b' && !f->during) || (when == 'd' && f->during);
}

static bool is_needed(const struct record *r, const struct asked *q)
{
    const char *decision = record_text(r, "decision");
    if (strcmp(q->field, "conditions") == 0) {
        return strcmp(decision, "conditions") == 0;
    }
    if (strcmp(q->field, "review_on") == 0) {
        return diligence_lets(decision) || strcmp(decision, "suspend") == 0;
    }
    return q->needed;
}

const char *diligence_tool_id(const struct record *r)
{
    return record_is_set(r, "tool") ? record_text(r, "tool") : DILIGENCE_TOOL;
}

const struct pack_tool *diligence_tool_of(const struct record *r)
{
    const struct pack_tool *tool = pack_family_tool(DILIGENCE_TOOL, diligence_tool_id(r));
    return tool != NULL ? tool : pack_tool_anywhere(DILIGENCE_TOOL);
}

size_t diligence_asked(const struct record *r, const char *step, const char **fields)
{
    struct diligence_facts f = r == NULL ? (struct diligence_facts){0} : diligence_facts_of(r);
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(asked); i++) {
        if (strcmp(asked[i].step, step) == 0 && (r == NULL || applies(&f, asked[i].when))) {
            fields[n++] = asked[i].field;
        }
    }
    fields[n] = NULL;
    ensure(n < DILIGENCE_MOST_ASKED);
    return n;
}

static const char *missing_in(const struct record *r, const char *step)
{
    struct diligence_facts f = diligence_facts_of(r);
    for (size_t i = 0; i < COUNT_OF(asked); i++) {
        if ((step == NULL || strcmp(asked[i].step, step) == 0) && applies(&f, asked[i].when) &&
            is_needed(r, &asked[i]) && !record_is_set(r, asked[i].field)) {
            return asked[i].field;
        }
    }
    return NULL;
}

const char *diligence_missing(const struct record *r)
{
    return missing_in(r, NULL);
}

bool diligence_step_is_done(const struct record *r, const char *step)
{
    return missing_in(r, step) == NULL;
}

const char *diligence_contradicts(const struct record *r)
{
    struct diligence_facts f = diligence_facts_of(r);
    return record_is_set(r, "decision")
               ? diligence_objection(f.during, diligence_outcome(&f), record_text(r, "decision"))
               : NULL;
}

// ---- rules --------------------------------------------------------------------------------------

static enum err missing(const char *field, struct err_info *e)
{
    return field_missing(entity_field(&entity_due_diligence, field), e);
}

static enum err check_decision(const struct record *r, struct err_info *e)
{
    const char *decision = record_text(r, "decision");
    static const char *const needed[] = {"decided_by", "authority", "decided_on"};
    for (size_t i = 0; i < COUNT_OF(needed); i++) {
        if (!record_is_set(r, needed[i])) {
            return missing(needed[i], e);
        }
    }
    const char *wrong = diligence_level_objection(decision, record_text(r, "authority"));
    if (wrong != NULL) {
        return err_set(e, ERR_INPUT, "authority", wrong,
                       MSG("Bring the case to them, then write down their decision."), NULL);
    }
    if (!diligence_lets(decision) && strcmp(decision, "refuse") != 0 &&
        !record_is_set(r, "consulted")) {
        return err_set(e, ERR_INPUT, "consulted", MSG("Nobody was consulted."),
                       MSG("Support is suspended or withdrawn after talks with OHCHR, the country team "
                           "or the Resident Coordinator (2.5-D27). Say with whom."),
                       NULL);
    }
    if (record_is_set(r, "review_on") &&
        strcmp(record_text(r, "review_on"), record_text(r, "decided_on")) <= 0) {
        return err_set(e, ERR_INPUT, "review_on",
                       MSG("The next look has to come after the day of the decision."),
                       MSG("Give a later day."), NULL);
    }
    return ERR_NONE;
}

enum err diligence_check(const struct record *r, struct err_info *e)
{
    if (record_is_set(r, "support_from") && record_is_set(r, "support_until") &&
        strcmp(record_text(r, "support_until"), record_text(r, "support_from")) < 0) {
        return err_set(e, ERR_INPUT, "support_until",
                       MSG("The support ends before it begins."), MSG("Check both days."), NULL);
    }
    if (r->id != NULL && is(r, "supersedes_id", r->id)) {
        return err_set(e, ERR_INPUT, "supersedes_id", MSG("A decision cannot supersede itself."),
                       MSG("Name an earlier decision, or leave this out."), NULL);
    }
    if (r->id == NULL && pack_family_tool(DILIGENCE_TOOL, diligence_tool_id(r)) == NULL) {
        return err_set(e, ERR_INPUT, "tool", MSG("{0} is neither tool 2.5 nor a copy of it."),
                       MSG("Name one of these, or leave this out."), diligence_tool_id(r), NULL);
    }
    if (is(r, "state", "draft")) {
        return ERR_NONE;
    }
    const char *field = diligence_missing(r);
    if (field != NULL) {
        return missing(field, e);
    }
    const char *wrong = diligence_contradicts(r);
    if (wrong != NULL) {
        return err_set(e, ERR_INPUT, "decision", wrong,
                       MSG("Choose a decision that the test allows, or mend the answers if they are "
                           "wrong."),
                       NULL);
    }
    return is(r, "state", "submitted") ? ERR_NONE : check_decision(r, e);
}

enum err diligence_measure_check(const struct record *r, struct err_info *e)
{
    if (record_is_set(r, "done_on") && !record_is_set(r, "seen")) {
        return err_set(e, ERR_INPUT, "seen", MSG("How do you know that it was done?"),
                       MSG("Say what you saw or were shown."), NULL);
    }
    return ERR_NONE;
}
