// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_label.c: what the kinds, phases, units and splits are called for people, and the titles of
// the tools of the published Toolkit, so that a reference to one that no pack has yet can be named.

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

// Titles in our words, after the table of contents of the Toolkit.
static const struct {
    const char *id;
    const char *title;
} known[] = {
    {"1.1", MSG("Legislation")},
    {"1.2", MSG("Prevention")},
    {"1.3", MSG("Identification and referral")},
    {"1.4", MSG("Protection and assistance")},
    {"1.5", MSG("Return and reintegration")},
    {"1.6", MSG("Investigation")},
    {"1.7", MSG("Criminal justice and other data")},
    {"1.8", MSG("Prosecution and defence")},
    {"1.9", MSG("Sentencing")},
    {"2.1", MSG("Country profile")},
    {"2.2", MSG("Treaties that bind the country")},
    {"2.3", MSG("National law")},
    {"2.4", MSG("Institutions")},
    {"2.5", MSG("Human rights due diligence")},
    {"2.6", MSG("Rights-holders")},
    {"3.1", MSG("Checklist for planning and design")},
    {"3.2", MSG("Risks of strategy and policy")},
    {"3.3", MSG("Risks of legislation")},
    {"3.4", MSG("Risks of criminal justice capacity building")},
    {"3.5", MSG("Risks of regional cooperation")},
    {"3.6", MSG("Risks of protection and assistance")},
    {"3.7", MSG("Arguments for rights and gender equality")},
    {"3.8", MSG("Checklist for awareness raising")},
    {"4.1", MSG("Checklist for monitoring")},
    {"4.2", MSG("Checklist for evaluation")},
    {"4.3.1", MSG("Indicators of strategy and policy")},
    {"4.3.2", MSG("Indicators of legislation")},
    {"4.3.3", MSG("Indicators of criminal justice capacity building")},
    {"4.3.4", MSG("Indicators of regional cooperation")},
    {"4.3.5", MSG("Indicators of protection and assistance")},
    {"annex-1", MSG("Annex 1: human rights and gender in the Trafficking Protocol")},
    {"annex-2", MSG("Annex 2: human rights in the Smuggling Protocol")},
    {"annex-3", MSG("Annex 3: human rights bodies under the UN Charter")},
    {"annex-4", MSG("Annex 4: human rights bodies under the treaties")},
    {"resources", MSG("Resources")},
};

const char *pack_known_tool(const char *tool_id)
{
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        if (strcmp(known[i].id, tool_id) == 0) {
            return known[i].title;
        }
    }
    return NULL;
}
