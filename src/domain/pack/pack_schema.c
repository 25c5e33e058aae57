// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_schema.c: the shape of pack.yaml and of a tool file, for libcyaml and for yaml_scan; the words
// that stand for the values of each enum, in files and for people.
//
// Which keys a kind of tool may and must have is not here but in pack_check_tool.c: here are those
// that every pack and every tool has.

#include "pack/pack_inner.h"

#include <string.h>

#include "base/bug.h"

#define LINE(key, type, member, flags)                                                             \
    CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | (flags), type, member, 0, PACK_MAX_LINE)
#define TEXT(key, type, member, flags)                                                             \
    CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | (flags), type, member, 0, PACK_MAX_TEXT)
#define LIST(key, type, member, entry, max, flags)                                                 \
    CYAML_FIELD_SEQUENCE_COUNT(key, CYAML_FLAG_POINTER | (flags), type, member, n_##member, entry, \
                               0, max)
#define WORD(key, type, member, words, flags)                                                      \
    CYAML_FIELD_ENUM(key, CYAML_FLAG_STRICT | (flags), type, member, words, CYAML_ARRAY_LEN(words))
#define MUST CYAML_FLAG_DEFAULT
#define MAY CYAML_FLAG_OPTIONAL

// ---- words --------------------------------------------------------------------------------------

static const cyaml_strval_t kinds[] = {
    {"guidance", PACK_KIND_GUIDANCE},
    {"profile", PACK_KIND_PROFILE},
    {"instruments", PACK_KIND_INSTRUMENTS},
    {"question-table", PACK_KIND_QUESTION_TABLE},
    {"checklist", PACK_KIND_CHECKLIST},
    {"risk-table", PACK_KIND_RISK_TABLE},
    {"indicator-set", PACK_KIND_INDICATOR_SET},
    {"rating-matrix", PACK_KIND_RATING_MATRIX},
    {"decision-flow", PACK_KIND_DECISION_FLOW},
    {"response-ladder", PACK_KIND_RESPONSE_LADDER},
    {"advocacy-table", PACK_KIND_ADVOCACY_TABLE},
    {"criteria-matrix", PACK_KIND_CRITERIA_MATRIX},
    {"reference-list", PACK_KIND_REFERENCE_LIST},
};
static const cyaml_strval_t phases[] = {
    {"analyse", PACK_PHASE_ANALYSE},     {"plan", PACK_PHASE_PLAN},
    {"implement", PACK_PHASE_IMPLEMENT}, {"monitor", PACK_PHASE_MONITOR},
    {"evaluate", PACK_PHASE_EVALUATE},
};
static const cyaml_strval_t subjects[] = {
    {"programme", PACK_SUBJECT_PROGRAMME},
    {"country", PACK_SUBJECT_COUNTRY},
    {"publication", PACK_SUBJECT_PUBLICATION},
    {"recipient", PACK_SUBJECT_RECIPIENT},
};
static const cyaml_strval_t units[] = {
    {"count", PACK_UNIT_COUNT_OF},        {"yes-no", PACK_UNIT_YES_NO},
    {"percentage", PACK_UNIT_PERCENTAGE}, {"proportion", PACK_UNIT_PROPORTION},
    {"ratio", PACK_UNIT_RATIO},           {"duration", PACK_UNIT_DURATION},
    {"score", PACK_UNIT_SCORE},           {"rank", PACK_UNIT_RANK},
    {"text", PACK_UNIT_TEXT},
};
static const cyaml_strval_t directions[] = {
    {"more", PACK_MORE},
    {"less", PACK_LESS},
    {"neither", PACK_NEITHER},
};
static const cyaml_strval_t accumulations[] = {
    {"cumulative", PACK_CUMULATIVE},
    {"per-period", PACK_PER_PERIOD},
    {"latest", PACK_LATEST},
};
static const cyaml_strval_t mitigations[] = {
    {"optional", PACK_OPTIONAL},
    {"required", PACK_REQUIRED},
};
static const cyaml_strval_t yes_words[] = {
    {"true", PACK_YES},
    {"false", PACK_NO},
};

static const cyaml_strval_t columns_words[] = {
    {"stakeholder", PACK_COLUMNS_STAKEHOLDER},
    {"group", PACK_COLUMNS_GROUP},
};
static const cyaml_strval_t gaps[] = {
    {"no", PACK_GAP_ON_NO},
    {"yes", PACK_GAP_ON_YES},
    {"none", PACK_GAP_NEVER},
};
static const cyaml_strval_t counted[] = {
    {"tools", COUNT_OF_TOOLS},
    {"rows", COUNT_OF_ROWS},
    {"rows-by-section", COUNT_OF_ROWS_BY_SECTION},
    {"sections", COUNT_OF_SECTIONS},
    {"section-sources", COUNT_OF_SECTION_SOURCES},
    {"results", COUNT_OF_RESULTS},
    {"printed-rows", COUNT_OF_PRINTED_ROWS},
    {"printed-rows-by-result", COUNT_OF_PRINTED_ROWS_BY_RESULT},
    {"printed-rows-without-targets", COUNT_OF_PRINTED_ROWS_WITHOUT_TARGETS},
    {"user-rows", COUNT_OF_USER_ROWS},
    {"slots", COUNT_OF_SLOTS},
    {"levels", COUNT_OF_LEVELS},
    {"levels-described", COUNT_OF_LEVELS_DESCRIBED},
    {"refs", COUNT_OF_REFS},
    {"refs-moved", COUNT_OF_REFS_MOVED},
    {"refs-doubt", COUNT_OF_REFS_DOUBT},
    {"rows-without-refs", COUNT_OF_ROWS_WITHOUT_REFS},
    {"rows-with-argument", COUNT_OF_ROWS_WITH_ARGUMENT},
    {"rows-with-split", COUNT_OF_ROWS_WITH_SPLIT},
};
// Parts that the program treats in a way of their own. Any other known word is PACK_PART_OTHER: such rows
// are read, searched and counted, never answered.
static const cyaml_strval_t parts[] = {
    {"question", PACK_PART_QUESTION},   {"sub-item", PACK_PART_SUB_ITEM},
    {"field", PACK_PART_FIELD},         {"rating", PACK_PART_RATING},
    {"list", PACK_PART_LIST},           {"barriers", PACK_PART_BARRIERS},
    {"group", PACK_PART_GROUP},         {"disparity", PACK_PART_DISPARITY},
    {"open", PACK_PART_OPEN},           {"chapter", PACK_PART_CHAPTER},
    {"concern", PACK_PART_CONCERN},     {"right", PACK_PART_RIGHT},
    {"standard", PACK_PART_STANDARD},   {"criterion", PACK_PART_CRITERION},
    {"description", PACK_PART_DESCRIPTION},
};
static const char *const other_parts[] = {
    "fact",      "stereotype", "interview",  "definition", "principle", "consideration",
    "see",       "barrier",    "cause",      "solution",   "aspect",    "item",
    "ground",    "letter",     "target",     "goal",       "response",  "body",
    "mandate",   "count",      "reference",  "publication", "footnote", "table-note",
    "level",     "force",      "continue",   "grave",      "test",      "step",
    "policy",    "duty",       "context",
};

bool pack_part_known(const char *word, enum pack_part *part)
{
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (strcmp(parts[i].str, word) == 0) {
            *part = (enum pack_part)parts[i].val;
            return true;
        }
    }
    *part = PACK_PART_OTHER;
    for (size_t i = 0; i < COUNT_OF(other_parts); i++) {
        if (strcmp(other_parts[i], word) == 0) {
            return true;
        }
    }
    return false;
}

static const char *word_of(const cyaml_strval_t *words, size_t n, int value)
{
    for (size_t i = 0; i < n; i++) {
        if (words[i].val == value) {
            return words[i].str;
        }
    }
    return "";
}

const char *pack_kind_word(enum pack_kind kind)
{
    return word_of(kinds, COUNT_OF(kinds), (int)kind);
}
const char *pack_phase_word(enum pack_phase phase)
{
    return word_of(phases, COUNT_OF(phases), (int)phase);
}
const char *pack_subject_word(enum pack_subject subject)
{
    return word_of(subjects, COUNT_OF(subjects), (int)subject);
}
const char *pack_unit_word(enum pack_unit unit)
{
    return word_of(units, COUNT_OF(units), (int)unit);
}
const char *pack_direction_word(enum pack_direction direction)
{
    return word_of(directions, COUNT_OF(directions), (int)direction);
}
const char *pack_accumulation_word(enum pack_accumulation accumulation)
{
    return word_of(accumulations, COUNT_OF(accumulations), (int)accumulation);
}

// ---- shapes -------------------------------------------------------------------------------------

static const cyaml_schema_value_t line_entry = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char *, 0, PACK_MAX_LINE)};
static const cyaml_schema_value_t text_entry = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char *, 0, PACK_MAX_TEXT)};

static const cyaml_schema_field_t level_fields[] = {
    LINE("id", struct pack_level, id, MUST),
    LINE("title", struct pack_level, title, MUST),
    TEXT("meaning", struct pack_level, meaning, MAY),
    LINE("row", struct pack_level, row, MAY),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t level_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct pack_level, level_fields)};

static const cyaml_schema_field_t scale_fields[] = {
    LINE("id", struct pack_scale, id, MUST),
    LINE("title", struct pack_scale, title, MAY),
    LIST("levels", struct pack_scale, levels, &level_entry, PACK_MAX_LIST, MUST),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t scale_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct pack_scale, scale_fields)};

static const cyaml_schema_field_t cell_fields[] = {
    LINE("likelihood", struct pack_cell, likelihood, MUST),
    LINE("impact", struct pack_cell, impact, MUST),
    LINE("level", struct pack_cell, level, MUST),
    WORD("mitigation", struct pack_cell, mitigation, mitigations, MUST),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t cell_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct pack_cell, cell_fields)};

static const cyaml_schema_field_t grid_fields[] = {
    LINE("id", struct pack_grid, id, MUST),
    LINE("title", struct pack_grid, title, MUST),
    LINE("likelihood", struct pack_grid, likelihood, MUST),
    LINE("impact", struct pack_grid, impact, MUST),
    LIST("levels", struct pack_grid, levels, &level_entry, PACK_MAX_LIST, MUST),
    LIST("cells", struct pack_grid, cells, &cell_entry, PACK_MAX_LIST, MUST),
    TEXT("note", struct pack_grid, note, MAY),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t grid_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct pack_grid, grid_fields)};

static const cyaml_schema_field_t data_fields[] = {
    LINE("id", struct pack_data, id, MUST),
    LINE("file", struct pack_data, file, MUST),
    LINE("title", struct pack_data, title, MUST),
    LINE("source", struct pack_data, source, MUST),
    LINE("as_of", struct pack_data, as_of, MUST),
    LIST("key", struct pack_data, key, &line_entry, PACK_MAX_LIST, MAY),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t data_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct pack_data, data_fields)};

static const cyaml_schema_field_t records_fields[] = {
    LINE("kind", struct pack_records, kind, MUST),
    LINE("file", struct pack_records, file, MUST),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t records_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct pack_records, records_fields)};

static const cyaml_schema_field_t source_fields[] = {
    LINE("title", struct pack_source, title, MUST),
    LINE("publisher", struct pack_source, publisher, MUST),
    CYAML_FIELD_INT("year", MAY, struct pack_source, year),
    TEXT("note", struct pack_source, note, MAY),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t head_fields[] = {
    LINE("id", struct pack, id, MUST),
    LINE("version", struct pack, version, MUST),
    LINE("title", struct pack, title, MUST),
    LINE("publisher", struct pack, publisher, MUST),
    LINE("licence", struct pack, licence, MUST),
    LINE("published", struct pack, published, MUST),
    LIST("languages", struct pack, languages, &line_entry, PACK_MAX_LIST, MUST),
    CYAML_FIELD_MAPPING("source", MUST, struct pack, source, source_fields),
    LINE("counted", struct pack, counted, MAY),
    LIST("needs", struct pack, needs, &line_entry, PACK_MAX_LIST, MAY),
    LIST("scales", struct pack, scales, &scale_entry, PACK_MAX_LIST, MAY),
    LIST("grids", struct pack, grids, &grid_entry, PACK_MAX_LIST, MAY),
    LIST("data", struct pack, data, &data_entry, PACK_MAX_LIST, MAY),
    LIST("records", struct pack, records, &records_entry, PACK_MAX_LIST, MAY),
    CYAML_FIELD_END,
};
const cyaml_schema_value_t pack_shape_head = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct pack, head_fields)};

static const cyaml_schema_field_t section_fields[] = {
    LINE("id", struct pack_section, id, MUST),
    LINE("title", struct pack_section, title, MUST),
    LINE("printed", struct pack_section, printed, MAY),
    TEXT("source", struct pack_section, source, MAY),
    TEXT("help", struct pack_section, help, MAY),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t section_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct pack_section, section_fields)};

static const cyaml_schema_field_t result_fields[] = {
    LINE("id", struct pack_result, id, MUST),
    TEXT("title", struct pack_result, title, MUST),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t result_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct pack_result, result_fields)};

static const cyaml_schema_field_t group_fields[] = {
    LINE("id", struct pack_group, id, MUST),
    LINE("title", struct pack_group, title, MUST),
    TEXT("meaning", struct pack_group, meaning, MAY),
    WORD("added", struct pack_group, added, yes_words, MAY),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t group_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct pack_group, group_fields)};

static const cyaml_schema_field_t tally_fields[] = {
    LINE("tool", struct pack_tally, tool, MAY),
    LINE("what", struct pack_tally, what, MUST),
    WORD("of", struct pack_tally, of, counted, MUST),
    LINE("part", struct pack_tally, part, MAY),
    WORD("unit", struct pack_tally, unit, units, MAY),
    LINE("like", struct pack_tally, like, MAY),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t tally_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct pack_tally, tally_fields)};

static const cyaml_schema_field_t correction_fields[] = {
    LINE("fault", struct pack_correction, fault, MAY),
    TEXT("printed", struct pack_correction, printed, MAY),
    TEXT("read", struct pack_correction, read, MUST),
    TEXT("why", struct pack_correction, why, MUST),
    LIST("levels", struct pack_correction, levels, &text_entry, PACK_MAX_LIST, MAY),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t correction_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct pack_correction, correction_fields)};

static const cyaml_schema_field_t article_fields[] = {
    LINE("instrument", struct pack_article, instrument, MAY),
    LINE("name", struct pack_article, name, MAY),
    LINE("article", struct pack_article, article, MAY),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t article_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct pack_article, article_fields)};

static const cyaml_schema_field_t link_fields[] = {
    LINE("row", struct pack_link, row, MUST),
    LINE("answer", struct pack_link, answer, MUST),
    TEXT("why", struct pack_link, why, MUST),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t link_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct pack_link, link_fields)};

static const cyaml_schema_field_t row_fields[] = {
    LINE("id", struct pack_row, id, MUST),
    LINE("origin", struct pack_row, origin, MAY),
    WORD("hidden", struct pack_row, hidden, yes_words, MAY),
    LINE("section", struct pack_row, section, MAY),
    LINE("part", struct pack_row, part_word, MAY),
    LINE("parent", struct pack_row, parent, MAY),
    LINE("same_as", struct pack_row, same_as, MAY),
    TEXT("text", struct pack_row, text, MAY),
    TEXT("help", struct pack_row, help, MAY),
    TEXT("body", struct pack_row, body, MAY),
    LIST("corrections", struct pack_row, corrections, &correction_entry, PACK_MAX_LIST, MAY),
    LIST("sources", struct pack_row, sources, &text_entry, PACK_MAX_LIST, MAY),
    LIST("articles", struct pack_row, articles, &article_entry, PACK_MAX_LIST, MAY),
    LINE("scale", struct pack_row, scale, MAY),
    WORD("gap", struct pack_row, gap, gaps, MAY),
    LINE("group", struct pack_row, group, MAY),
    CYAML_FIELD_INT("slots", MAY, struct pack_row, slots),
    TEXT("argument", struct pack_row, argument, MAY),
    TEXT("example", struct pack_row, example, MAY),
    TEXT("consider", struct pack_row, consider, MAY),
    TEXT("authority", struct pack_row, authority, MAY),
    TEXT("rights", struct pack_row, rights, MAY),
    TEXT("gender", struct pack_row, gender, MAY),
    LIST("serves", struct pack_row, serves, &line_entry, PACK_MAX_LIST, MAY),
    LIST("suggested_by", struct pack_row, suggested_by, &link_entry, PACK_MAX_LIST, MAY),
    CYAML_FIELD_INT("year", MAY, struct pack_row, year),
    LINE("number", struct pack_row, number, MAY),
    TEXT("note", struct pack_row, note, MAY),
    LIST("refs", struct pack_row, refs, &line_entry, PACK_MAX_LIST, MAY),
    LIST("refs_printed", struct pack_row, refs_printed, &line_entry, PACK_MAX_LIST, MAY),
    WORD("refs_doubt", struct pack_row, refs_doubt, yes_words, MAY),
    LIST("mitigation", struct pack_row, mitigation, &text_entry, PACK_MAX_LIST, MAY),
    LINE("short", struct pack_row, short_name, MAY),
    CYAML_FIELD_INT("adopted", MAY, struct pack_row, adopted),
    CYAML_FIELD_INT("in_force", MAY, struct pack_row, in_force),
    LINE("printed_year", struct pack_row, printed_year, MAY),
    CYAML_FIELD_INT("ilo", MAY, struct pack_row, ilo),
    LINE("result", struct pack_row, result, MAY),
    WORD("unit", struct pack_row, unit, units, MAY),
    WORD("direction", struct pack_row, direction, directions, MAY),
    WORD("accumulation", struct pack_row, accumulation, accumulations, MAY),
    LIST("disaggregation", struct pack_row, disaggregation, &line_entry, PACK_MAX_LIST, MAY),
    LINE("split_printed", struct pack_row, split_printed, MAY),
    TEXT("numerator", struct pack_row, numerator, MAY),
    TEXT("denominator", struct pack_row, denominator, MAY),
    LIST("means", struct pack_row, means, &text_entry, PACK_MAX_LIST, MAY),
    LIST("assumptions", struct pack_row, assumptions, &text_entry, PACK_MAX_LIST, MAY),
    LIST("targets", struct pack_row, targets, &text_entry, PACK_MAX_LIST, MAY),
    CYAML_FIELD_MAPPING_PTR("was", MAY, struct pack_row, was, row_fields),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t row_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct pack_row, row_fields)};
const cyaml_schema_value_t pack_shape_row = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct pack_row, row_fields)};

static const cyaml_schema_field_t origin_fields[] = {
    LINE("pack", struct pack_origin, pack, MUST),
    LINE("tool", struct pack_origin, tool, MUST),
    LINE("version", struct pack_origin, version, MUST),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t tool_fields[] = {
    LINE("id", struct pack_tool, id, MUST),
    CYAML_FIELD_MAPPING("origin", MAY, struct pack_tool, origin, origin_fields),
    WORD("kind", struct pack_tool, kind, kinds, MUST),
    LINE("counted_as", struct pack_tool, counted_as, MAY),
    LINE("title", struct pack_tool, title, MUST),
    TEXT("purpose", struct pack_tool, purpose, MUST),
    WORD("phase", struct pack_tool, phase, phases, MUST),
    WORD("subject", struct pack_tool, subject, subjects, MUST),
    LINE("source", struct pack_tool, source, MUST),
    TEXT("goal", struct pack_tool, goal, MAY),
    TEXT("rights_goal", struct pack_tool, rights_goal, MAY),
    TEXT("note", struct pack_tool, note, MAY),
    LIST("see", struct pack_tool, see, &line_entry, PACK_MAX_LIST, MAY),
    LINE("scale", struct pack_tool, scale, MAY),
    LINE("follow_up", struct pack_tool, follow_up, MAY),
    LINE("grid", struct pack_tool, grid, MAY),
    CYAML_FIELD_INT("user_rows", MAY, struct pack_tool, user_rows),
    LIST("asks", struct pack_tool, asks, &line_entry, PACK_MAX_LIST, MAY),
    WORD("columns", struct pack_tool, columns, columns_words, MAY),
    LIST("groups", struct pack_tool, groups, &group_entry, PACK_MAX_LIST, MAY),
    LIST("counts", struct pack_tool, counts, &tally_entry, PACK_MAX_LIST, MAY),
    LIST("sections", struct pack_tool, sections, &section_entry, PACK_MAX_LIST, MAY),
    LIST("results", struct pack_tool, results, &result_entry, PACK_MAX_LIST, MAY),
    LIST("rows", struct pack_tool, rows, &row_entry, PACK_MAX_ROWS, MUST),
    CYAML_FIELD_END,
};
const cyaml_schema_value_t pack_shape_tool = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct pack_tool, tool_fields)};
