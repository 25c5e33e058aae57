// SPDX-License-Identifier: AGPL-3.0-or-later
//
// diligence_rules.c: what the answers of a due diligence lead to, and which decisions that leaves.
//
// Source of the method: tool 2.5 of the Toolkit: the test before support (2.5-D05), the test during
// support (2.5-D16), what violations are grave (2.5-D22 to D26). Worked table: docs/due-diligence.md;
// slow second way: diligence_test.c.
// Not here: rules over the fields of a record (diligence_record.c), which decision holds
// (diligence_hold.c).

#include <string.h>

#include "base/bug.h"
#include "base/msg.h"
#include "diligence/diligence.h"

// OPEN is undecided: "no" on one side settles an AND, "yes" an OR.
static enum diligence_answer both(enum diligence_answer a, enum diligence_answer b)
{
    if (a == DILIGENCE_NO || b == DILIGENCE_NO) {
        return DILIGENCE_NO;
    }
    return a == DILIGENCE_OPEN || b == DILIGENCE_OPEN ? DILIGENCE_OPEN : DILIGENCE_YES;
}

static enum diligence_answer either(enum diligence_answer a, enum diligence_answer b)
{
    if (a == DILIGENCE_YES || b == DILIGENCE_YES) {
        return DILIGENCE_YES;
    }
    return a == DILIGENCE_OPEN || b == DILIGENCE_OPEN ? DILIGENCE_OPEN : DILIGENCE_NO;
}

enum diligence_answer diligence_grave(const struct diligence_facts *f)
{
    return f->is_authority ? both(f->units, f->impunity)
                           : either(f->crimes, either(f->pattern, f->command));
}

enum diligence_outcome diligence_outcome(const struct diligence_facts *f)
{
    enum diligence_answer grounds = both(diligence_grave(f), f->threat);
    enum diligence_answer forbids = both(grounds, f->failed);
    if (f->during) {
        forbids = both(forbids, f->efforts);
    }
    if (forbids == DILIGENCE_YES) {
        return DILIGENCE_FORBIDDEN;
    }
    if (forbids == DILIGENCE_OPEN) {
        return DILIGENCE_UNKNOWN;
    }
    return grounds == DILIGENCE_NO ? DILIGENCE_FREE : DILIGENCE_CONDITIONS;
}

bool diligence_lets(const char *decision)
{
    return strcmp(decision, "go") == 0 || strcmp(decision, "conditions") == 0;
}

const char *diligence_objection(bool during, enum diligence_outcome outcome, const char *decision)
{
    bool lets = diligence_lets(decision);
    if (!lets && during && strcmp(decision, "refuse") == 0) {
        return MSG("Support is being given already: suspend it or withdraw it.");
    }
    if (!lets && !during && strcmp(decision, "refuse") != 0) {
        return MSG("Support has not begun: there is nothing to suspend or withdraw. Decide that it may "
                   "not be given.");
    }
    if (!lets) {
        return NULL; // caution is always open
    }
    switch (outcome) {
    case DILIGENCE_UNKNOWN:
        return MSG("Answers are open that could forbid the support. Find them out first.");
    case DILIGENCE_FORBIDDEN:
        return during ? MSG("Grave violations go on and the authorities failed to act in spite of "
                            "efforts: support must be suspended or withdrawn (2.5-D16).")
                      : MSG("There is a real risk of grave violations and the authorities do not act "
                            "against it: support cannot be given (2.5-D05).");
    case DILIGENCE_CONDITIONS:
        return strcmp(decision, "conditions") == 0
                   ? NULL
                   : MSG("There are grounds for concern: support may go ahead only with conditions.");
    case DILIGENCE_FREE:
        return NULL;
    }
    bug("an outcome that is none");
}

const char *diligence_outcome_words(bool during, enum diligence_outcome outcome)
{
    switch (outcome) {
    case DILIGENCE_UNKNOWN:
        return MSG("Answers are open that could forbid the support.");
    case DILIGENCE_FREE:
        return MSG("The test forbids nothing.");
    case DILIGENCE_CONDITIONS:
        return MSG("There are grounds for concern. Support may go ahead only with conditions.");
    case DILIGENCE_FORBIDDEN:
        return during ? MSG("Support must be suspended or withdrawn.")
                      : MSG("Support cannot be given.");
    }
    bug("an outcome that is none");
}

// The ladder of the introduction: a freeze needs senior management (RL-5), withdrawal is decided on high
// level after consultation with the wider United Nations (RL-6).
const char *diligence_level_objection(const char *decision, const char *authority)
{
    bool high = strcmp(authority, "high") == 0;
    if (strcmp(decision, "suspend") == 0 && !high && strcmp(authority, "senior") != 0) {
        return MSG("To suspend support needs senior management of UNODC (RL-5).");
    }
    if (strcmp(decision, "withdraw") == 0 && !high) {
        return MSG("To withdraw support needs a decision on high level, after consultation with the "
                   "wider United Nations (RL-6).");
    }
    return NULL;
}
