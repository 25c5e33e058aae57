// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_label.c: what the kinds, phases, units and splits are called for people.

#include "pack/pack_inner.h"

#include <string.h>

#include "base/bug.h"

const char *pack_kind_label(enum pack_kind kind)
{
    static const char *const labels[PACK_KIND_COUNT] = {
        [PACK_KIND_NONE] = "",
        [PACK_KIND_GUIDANCE] = MSG("Guidance"),
        [PACK_KIND_PROFILE] = MSG("Profile"),
        [PACK_KIND_INSTRUMENTS] = MSG("Treaties"),
        [PACK_KIND_QUESTION_TABLE] = MSG("Questions"),
        [PACK_KIND_CHECKLIST] = MSG("Checklist"),
        [PACK_KIND_RISK_TABLE] = MSG("Risk table"),
        [PACK_KIND_INDICATOR_SET] = MSG("Indicators"),
        [PACK_KIND_RATING_MATRIX] = MSG("Ratings"),
        [PACK_KIND_DECISION_FLOW] = MSG("Decision"),
        [PACK_KIND_RESPONSE_LADDER] = MSG("Steps of response"),
        [PACK_KIND_ADVOCACY_TABLE] = MSG("Arguments"),
        [PACK_KIND_CRITERIA_MATRIX] = MSG("Criteria"),
        [PACK_KIND_REFERENCE_LIST] = MSG("Reference"),
    };
    return labels[kind];
}

const char *pack_phase_label(enum pack_phase phase)
{
    static const char *const labels[PACK_PHASE_COUNT] = {
        [PACK_PHASE_NONE] = "",
        [PACK_PHASE_ANALYSE] = MSG("Analyse"),
        [PACK_PHASE_PLAN] = MSG("Plan"),
        [PACK_PHASE_IMPLEMENT] = MSG("Implement"),
        [PACK_PHASE_MONITOR] = MSG("Monitor"),
        [PACK_PHASE_EVALUATE] = MSG("Evaluate"),
    };
    return labels[phase];
}

const char *pack_subject_label(enum pack_subject subject)
{
    static const char *const labels[] = {"", MSG("Programme"), MSG("Country"),
                                         MSG("Publication"), MSG("Recipient of support")};
    return labels[subject];
}

const char *pack_unit_label(enum pack_unit unit)
{
    static const char *const labels[] = {
        [PACK_UNIT_NONE] = "",
        [PACK_UNIT_COUNT_OF] = MSG("Count"),
        [PACK_UNIT_YES_NO] = MSG("Yes or no"),
        [PACK_UNIT_PERCENTAGE] = MSG("Percentage"),
        [PACK_UNIT_PROPORTION] = MSG("Proportion"),
        [PACK_UNIT_RATIO] = MSG("Ratio"),
        [PACK_UNIT_DURATION] = MSG("Length of time"),
        [PACK_UNIT_SCORE] = MSG("Score"),
        [PACK_UNIT_RANK] = MSG("Rank"),
        [PACK_UNIT_TEXT] = MSG("Text"),
    };
    return labels[unit];
}

const char *pack_direction_label(enum pack_direction direction)
{
    static const char *const labels[] = {"", MSG("More is better"), MSG("Less is better"),
                                         MSG("Neither is better")};
    return labels[direction];
}

const char *pack_accumulation_label(enum pack_accumulation accumulation)
{
    static const char *const labels[] = {"", MSG("Values are added up over time"),
                                         MSG("Each period counts for itself"),
                                         MSG("The newest value counts")};
    return labels[accumulation];
}

static const struct {
    const char *code;
    const char *label;
} splits[] = {
    {"sex", MSG("sex")},           {"age", MSG("age")},
    {"nationality", MSG("nationality")}, {"status", MSG("residence status")},
    {"disability", MSG("disability")},   {"group", MSG("group")},
    {"crime", MSG("crime")},       {"place", MSG("place")},
};

bool pack_split_known(const char *code)
{
    for (size_t i = 0; i < COUNT_OF(splits); i++) {
        if (strcmp(splits[i].code, code) == 0) {
            return true;
        }
    }
    return false;
}

const char *pack_split_label(const char *code)
{
    for (size_t i = 0; i < COUNT_OF(splits); i++) {
        if (strcmp(splits[i].code, code) == 0) {
            return splits[i].label;
        }
    }
    return code;
}

const char *pack_key_label(const char *key)
{
    static const struct {
        const char *key;
        const char *label;
    } labels[] = {
        {"text", MSG("Text")},
        {"help", MSG("Help")},
        {"body", MSG("Chapter")},
        {"note", MSG("Note")},
        {"section", MSG("Section")},
        {"part", MSG("Sort of row")},
        {"parent", MSG("Stands under")},
        {"scale", MSG("Answers")},
        {"gap", MSG("Which answer is a gap")},
        {"argument", MSG("Argument")},
        {"mitigation", MSG("What can be done about it")},
        {"refs", MSG("See also")},
        {"sources", MSG("Sources")},
        {"corrections", MSG("Corrections of the print")},
        {"suggested_by", MSG("Answers that suggest it")},
        {"articles", MSG("Where the right stands")},
        {"unit", MSG("Unit")},
        {"disaggregation", MSG("Split by")},
        {"numerator", MSG("Above the line")},
        {"denominator", MSG("Below the line")},
        {"means", MSG("Means of verification")},
        {"targets", MSG("What should come about")},
        {"assumptions", MSG("What must hold")},
    };
    for (size_t i = 0; i < COUNT_OF(labels); i++) {
        if (strcmp(labels[i].key, key) == 0) {
            return labels[i].label;
        }
    }
    return key;
}
