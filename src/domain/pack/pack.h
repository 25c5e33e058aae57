// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack.h: content packs: tools, scales, risk grids and reference data as text files.
//
// A pack is read only after loading. Packs that are part of the program are read when somebody asks
// for them: the head (pack.yaml) of all packs once, each tool and each data file on its own. Packs of the
// office (pack_own.h) stand beside them. All functions may be called from any thread; what they give
// stays alive as long as the process, also when the office changes its pack meanwhile. Texts are English,
// the language the rows are written in; pack_words() gives the translation where the pack has one. The
// format is docs/packs.md.

#ifndef PACK_PACK_H
#define PACK_PACK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/msg.h"
#include "format/tsv/tsv.h"

// The pack asked first when a tool is named without its pack.
#define PACK_DEFAULT "unodc-hrge-2021"

enum pack_kind {
    PACK_KIND_NONE,
    PACK_KIND_GUIDANCE,
    PACK_KIND_PROFILE,
    PACK_KIND_INSTRUMENTS,
    PACK_KIND_QUESTION_TABLE,
    PACK_KIND_CHECKLIST,
    PACK_KIND_RISK_TABLE,
    PACK_KIND_INDICATOR_SET,
    PACK_KIND_RATING_MATRIX,
    PACK_KIND_DECISION_FLOW,
    PACK_KIND_RESPONSE_LADDER,
    PACK_KIND_ADVOCACY_TABLE,
    PACK_KIND_CRITERIA_MATRIX,
    PACK_KIND_REFERENCE_LIST,
    PACK_KIND_COUNT
};
// Phase of the programme cycle, in its order.
enum pack_phase {
    PACK_PHASE_NONE,
    PACK_PHASE_ANALYSE,
    PACK_PHASE_PLAN,
    PACK_PHASE_IMPLEMENT,
    PACK_PHASE_MONITOR,
    PACK_PHASE_EVALUATE,
    PACK_PHASE_COUNT
};
// What one filled-in instance of a tool is about. A recipient gets support: a force, or who commands it.
enum pack_subject {
    PACK_SUBJECT_NONE,
    PACK_SUBJECT_PROGRAMME,
    PACK_SUBJECT_COUNTRY,
    PACK_SUBJECT_PUBLICATION,
    PACK_SUBJECT_RECIPIENT
};
// What sort of row it is; one list for all kinds of tools. PACK_PART_NONE counts as a question.
enum pack_part {
    PACK_PART_NONE,
    PACK_PART_QUESTION,
    PACK_PART_SUB_ITEM,
    PACK_PART_FIELD,
    PACK_PART_RATING,
    PACK_PART_LIST,
    PACK_PART_BARRIERS,
    PACK_PART_GROUP,
    PACK_PART_DISPARITY,
    PACK_PART_OPEN,
    PACK_PART_CHAPTER,
    PACK_PART_CONCERN,
    PACK_PART_RIGHT,
    PACK_PART_STANDARD,
    PACK_PART_CRITERION,
    PACK_PART_DESCRIPTION,
    PACK_PART_OTHER // looked up only; the word says more: pack_row.part_word
};
// What a line of `counts` counts.
enum pack_count_of {
    COUNT_OF_NONE,
    COUNT_OF_TOOLS, // 1
    COUNT_OF_ROWS,
    COUNT_OF_ROWS_BY_SECTION,
    COUNT_OF_SECTIONS,
    COUNT_OF_SECTION_SOURCES,
    COUNT_OF_RESULTS,
    COUNT_OF_PRINTED_ROWS,
    COUNT_OF_PRINTED_ROWS_BY_RESULT,
    COUNT_OF_PRINTED_ROWS_WITHOUT_TARGETS,
    COUNT_OF_USER_ROWS,
    COUNT_OF_SLOTS,
    COUNT_OF_LEVELS,
    COUNT_OF_LEVELS_DESCRIBED,
    COUNT_OF_REFS,
    COUNT_OF_REFS_MOVED,
    COUNT_OF_REFS_DOUBT,
    COUNT_OF_ROWS_WITHOUT_REFS,
    COUNT_OF_ROWS_WITH_ARGUMENT,
    COUNT_OF_ROWS_WITH_SPLIT
};
enum pack_columns { PACK_COLUMNS_NONE, PACK_COLUMNS_STAKEHOLDER, PACK_COLUMNS_GROUP };
enum pack_gap { PACK_GAP_ON_NO, PACK_GAP_ON_YES, PACK_GAP_NEVER }; // an absent key: on no
enum pack_unit {
    PACK_UNIT_NONE,
    PACK_UNIT_COUNT_OF, // "count"
    PACK_UNIT_YES_NO,
    PACK_UNIT_PERCENTAGE,
    PACK_UNIT_PROPORTION,
    PACK_UNIT_RATIO,
    PACK_UNIT_DURATION,
    PACK_UNIT_SCORE,
    PACK_UNIT_RANK, // a place in a list: 1, 2, 3
    PACK_UNIT_TEXT
};
enum pack_direction { PACK_DIRECTION_NONE, PACK_MORE, PACK_LESS, PACK_NEITHER };
enum pack_accumulation { PACK_ACCUMULATION_NONE, PACK_CUMULATIVE, PACK_PER_PERIOD, PACK_LATEST };
enum pack_mitigation { PACK_MITIGATION_NONE, PACK_OPTIONAL, PACK_REQUIRED };
enum pack_yes { PACK_YES_NONE, PACK_YES, PACK_NO }; // libcyaml takes any word for a bool

// ---- what a pack holds --------------------------------------------------------------------------
// Optional texts are NULL, optional numbers 0 when absent.

struct pack_level {
    const char *id;
    const char *title;
    const char *meaning;
    const char *row; // its id in the inventory of the document
};
struct pack_scale {
    const char *id;
    const char *title;
    const struct pack_level *levels; // lowest (or best answer) first
    unsigned n_levels;
};
struct pack_cell {
    const char *likelihood; // level ids
    const char *impact;
    const char *level;
    enum pack_mitigation mitigation;
};
struct pack_grid {
    const char *id;
    const char *title;
    const char *likelihood; // scale ids
    const char *impact;
    const struct pack_level *levels; // the resulting level, lowest first
    unsigned n_levels;
    const struct pack_cell *cells; // every likelihood with every impact, once
    unsigned n_cells;
    const char *note;
};
struct pack_data {
    const char *id;
    const char *file; // in the folder of the pack
    const char *title;
    const char *source;
    const char *as_of;   // date
    const char **key;    // columns that together are different in each row; none: the first column
    unsigned n_key;
};
struct pack_records {
    const char *kind; // of the model registry
    const char *file; // JSON array
};
struct pack_source {
    const char *title;
    const char *publisher;
    int year;
    const char *note;
};

struct pack_section {
    const char *id;
    const char *title;   // ours
    const char *printed; // heading as printed, or NULL; in brackets: a block printed without one
    const char *source;  // what is printed as the source of its rows
    const char *help;
};
// A group of people that a matrix asks about.
struct pack_group {
    const char *id;
    const char *title;
    const char *meaning;
    enum pack_yes added; // the printed tool forgot it
};
// A line of `mainstay pack counts`; lines with the same tool and words are added up.
struct pack_tally {
    const char *tool; // NULL: this tool
    const char *what; // {printed} and {id} stand for the section or result
    enum pack_count_of of;
    const char *part; // filters; NULL or NONE: all
    enum pack_unit unit;
    const char *like; // first letters of a printed reference
};
// A fault of the print, and how the row is read.
struct pack_correction {
    const char *fault; // id in the inventory
    const char *printed;
    const char *read;
    const char *why;
    const char **levels; // levels it is in, by their ids in the inventory; none: the row itself
    unsigned n_levels;
};
// Where a right stands: an instrument of tool 2.2, or another source by its name.
struct pack_article {
    const char *instrument; // row id, or NULL
    const char *name;
    const char *article;
};
// An answer of the analysis that suggests a risk.
struct pack_link {
    const char *row;
    const char *answer; // level of the scale of that row
    const char *why;
};
struct pack_result {
    const char *id;
    const char *title;
};
// Where a tool was copied from.
struct pack_origin {
    const char *pack;
    const char *tool;
    const char *version; // of that pack when it was copied
};
struct pack_row {
    const char *id;
    const char *origin;         // row of the tool this one was copied from
    enum pack_yes hidden;       // nobody sees it but who edits the tool
    const struct pack_row *was; // what the original said when it was copied; NULL: the same as this row
    const char *section;
    const char *part_word; // as in the file; NULL: none
    enum pack_part part;   // filled in when the tool is read
    const char *parent;    // row of the same tool
    const char *same_as;   // row whose texts this one shares; they are filled in when the tool is read
    const char *text;
    const char *help;
    const char *body; // chapters: paragraphs, and lines that begin with "- "
    const char *note; // what to know about the print
    const struct pack_correction *corrections;
    unsigned n_corrections;
    const char **sources; // publications it rests on
    unsigned n_sources;
    const struct pack_article *articles;
    unsigned n_articles;
    const char *scale; // question-table, rating-matrix: where it differs from that of the tool
    enum pack_gap gap; // question-table: which answer is a gap in the law
    const char *group; // rating-matrix
    int slots;         // lines the printed tool keeps for stakeholders
    const char *argument;  // advocacy: what answers the concern
    const char *example;   // response ladder
    const char *consider;
    const char *authority; // who must authorise it
    const char *rights;    // criteria-matrix
    const char *gender;
    const char **serves; // indicator-set: rights, as rows of guidance
    unsigned n_serves;
    const struct pack_link *suggested_by; // risk-table
    unsigned n_suggested_by;
    int year;
    const char *number; // of a goal or target
    const char **refs; // tools meant
    unsigned n_refs;
    const char **refs_printed; // where the print differs from what is meant
    unsigned n_refs_printed;
    enum pack_yes refs_doubt;
    const char **mitigation; // risk-table
    unsigned n_mitigation;
    const char *short_name; // instruments; "short" in the file
    int adopted;            // year
    int in_force;           // year
    const char *printed_year;
    int ilo;
    const char *result; // indicator-set
    enum pack_unit unit;
    enum pack_direction direction;
    enum pack_accumulation accumulation;
    const char **disaggregation; // sex age nationality status disability group crime place
    unsigned n_disaggregation;
    const char *split_printed; // the split that the printed row itself asks for
    const char *numerator;
    const char *denominator;
    const char **means;
    unsigned n_means;
    const char **assumptions;
    unsigned n_assumptions;
    const char **targets;
    unsigned n_targets;
};
struct pack;
struct pack_tool {
    const struct pack *pack;
    const char *id;
    struct pack_origin origin; // all NULL: it is nobody's copy
    enum pack_kind kind;
    const char *counted_as; // kind in the inventory of the document; NULL: not one of its tools
    const char *title;
    const char *purpose;
    enum pack_phase phase;
    enum pack_subject subject;
    const char *source;
    const char *goal;
    const char *rights_goal;
    const char *note;
    const char **see;
    unsigned n_see;
    const char *scale;
    const char *follow_up;
    const char *grid;
    int user_rows; // blank rows the printed tool keeps for its user
    const char **asks; // beside each answer: where, link, missing, year, source, sex
    unsigned n_asks;
    enum pack_columns columns; // rating-matrix
    const struct pack_group *groups;
    unsigned n_groups;
    const struct pack_tally *counts;
    unsigned n_counts;
    const struct pack_section *sections;
    unsigned n_sections;
    const struct pack_result *results;
    unsigned n_results;
    const struct pack_row *rows;
    unsigned n_rows;   // without hidden ones
    unsigned n_hidden; // these stand behind the others: rows[n_rows] and following
};
struct pack_inner; // where files and loaded tools are kept
struct pack {
    const char *id;
    const char *version;
    const char *title;
    const char *publisher;
    const char *licence;
    const char *published; // date
    const char **languages; // the first is the one the rows are written in
    unsigned n_languages;
    struct pack_source source;
    const char *counted; // what the inventory of the document calls its tools together
    const char **needs; // ids of packs
    unsigned n_needs;
    const struct pack_scale *scales;
    unsigned n_scales;
    const struct pack_grid *grids;
    unsigned n_grids;
    const struct pack_data *data;
    unsigned n_data;
    const struct pack_records *records;
    unsigned n_records;
    struct pack_inner *inner;
};

// ---- finding ------------------------------------------------------------------------------------

// Packs that are part of the program and those of the office, sorted by id.
const struct pack *const *pack_all(size_t *n);
bool pack_is_own(const struct pack *p); // of the office, not of the program
// The tool this one was copied from, and the row; NULL when it is no copy or the original is gone.
const struct pack_tool *pack_tool_origin(const struct pack_tool *t);
const struct pack_row *pack_row_origin(const struct pack_tool *t, const struct pack_row *row);
// Id of the tool at the beginning of all copies ("3.1" for a copy of a copy), and of the row: what was
// said about that is true of these. Their own ids when they are no copies.
const char *pack_tool_root(const struct pack_tool *t);
const char *pack_row_root(const struct pack_tool *t, const struct pack_row *row);
// Id of the row that this one asks again (`same_as`), which a copy asks again when its original does; NULL: none.
const char *pack_row_shared(const struct pack_tool *t, const struct pack_row *row);
const struct pack *pack_find(const char *id); // NULL when there is none
// All tools of a pack, in the order of their ids as a person counts: 3.4 before 3.10 before annex-1.
const struct pack_tool *const *pack_tools(const struct pack *p, size_t *n);
const struct pack_tool *pack_tool(const struct pack *p, const char *id); // NULL when there is none
// The tool with this id in the default pack, else in any other; NULL when nobody has it.
const struct pack_tool *pack_tool_anywhere(const char *tool_id);
const struct pack_row *tool_row(const struct pack_tool *t, const char *row_id);
// The same, hidden ones too: what was said about a row stays when the office hides it.
const struct pack_row *tool_row_ever(const struct pack_tool *t, const char *row_id);
const struct pack_section *tool_section(const struct pack_tool *t, const char *id);
const struct pack_result *tool_result(const struct pack_tool *t, const char *id);
const struct pack_group *tool_group(const struct pack_tool *t, const char *id);
// True when answers of this tool have this field beside them ("where", "year", ...).
bool tool_asks(const struct pack_tool *t, const char *field);
// "3.1 Checklist for planning and design"; the title alone where the id is no number.
const char *pack_tool_name(struct arena *a, const struct lang *lang, const struct pack_tool *t);
// Is it filled in, in rounds? A checklist or a table of questions, with a scale; a profile or a matrix about a country.
bool pack_tool_is_answered(const struct pack_tool *tool);
// Kind of the records that keep what is said with a tool that has no rounds ("risk"); NULL: it has rounds, or is only
// read.
const char *pack_tool_saved_as(const struct pack_tool *tool);
// Is it worked with at all? Else it is only read.
bool pack_tool_is_used(const struct pack_tool *tool);
// The scale a row is answered on: its own, else that of the tool; NULL for rows answered in words.
const struct pack_scale *row_scale(const struct pack_tool *t, const struct pack_row *row);
// A row by its id, in the default pack, else in any other, and its tool. NULL when nobody has it.
const struct pack_row *pack_row_anywhere(const char *row_id, const struct pack_tool **tool);
const struct pack_row *pack_row(const struct pack *p, const char *row_id,
                                const struct pack_tool **tool);
// All tools of packs of the office, in the order of packs and tools; the list is in the arena.
size_t pack_tools_own(struct arena *a, const struct pack_tool ***out);
// Where a tool and its rows are used by other tools of any pack: tools that lead to it, and rows that
// refer to them, share their words, rest on them or are suggested by them. What leads to the tool at the
// beginning leads to its copies, too. In the order of the packs and tools; the list is in the arena. Copies
// of the tool are not uses of it: pack_copies.
struct pack_use {
    const char *of;               // the tool, or one of its rows
    const struct pack_tool *tool; // that uses it
    const struct pack_row *row;   // NULL: the tool as a whole
};
size_t pack_used_by(struct arena *a, const struct pack_tool *of, const struct pack_use **out);
// Tools that were copied from this one, or from a copy of it, in the order of packs and tools.
size_t pack_copies(struct arena *a, const struct pack_tool *of, const struct pack_tool ***out);
// A tool and its copies are a family; it is named by the id of the tool at the beginning, "2.2". Who works
// with one of them names it in the address or in the record, and everybody finds it so. All of a family,
// the tool at the beginning first; 0 when no pack has that.
size_t pack_family(struct arena *a, const char *family, const struct pack_tool ***out);
// The one with this id, for NULL and "" the tool at the beginning; NULL when it is none of the family.
const struct pack_tool *pack_family_tool(const char *family, const char *id);
// A row of one of them, hidden or not, and whose it is; NULL when none has it.
const struct pack_row *pack_family_row(const char *family, const char *row_id, const struct pack_tool **tool);
// Ids of the rows at the beginning (pack_row_root), one for each row of the tool; the list is in the arena.
const char **pack_row_roots(struct arena *a, const struct pack_tool *t);
// The row that came from this one, or is it; NULL when the tool has none, or hides it.
const struct pack_row *tool_row_from(const struct pack_tool *t, const char *root_row);
// In the pack or in one it needs; NULL when there is none.
const struct pack_scale *pack_scale(const struct pack *p, const char *id);
const struct pack_grid *pack_grid(const struct pack *p, const char *id);
const struct pack_level *scale_level(const struct pack_scale *s, const char *level);
// The level a risk has on the grid; NULL when a level is unknown or empty.
const struct pack_level *grid_level(const struct pack_grid *g, const char *likelihood,
                                    const char *impact);
// True when the grid asks for a mitigation there; false for unknown or empty levels.
bool grid_mitigation_required(const struct pack_grid *g, const char *likelihood,
                              const char *impact);
// Rows of a data file; NULL when the pack has no such data. Lives as long as the pack.
const struct tsv *pack_table(const struct pack *p, const char *data_id);
// Bytes of a file of the pack ("records/010_user.json"); NULL when there is none.
const char *pack_file(const struct pack *p, const char *name, size_t *len);
// What a reader of `lang` sees for an English text of this pack; context is the id of the row, tool,
// section, scale or level it belongs to. Gives the English text where there is no translation.
const char *pack_words(const struct pack *p, const struct lang *lang, const char *context,
                       const char *english);
// The same, never the official wording that a reader chose to see: for words that are kept in a record, where
// others read them.
const char *pack_words_ours(const struct pack *p, const struct lang *lang, const char *context,
                            const char *english);

// Catalogue keys for people: "Checklist", "Plan", "Percentage", ... "" for NONE.
const char *pack_kind_label(enum pack_kind kind);
const char *pack_phase_label(enum pack_phase phase);
const char *pack_subject_label(enum pack_subject subject);
const char *pack_unit_label(enum pack_unit unit);
const char *pack_direction_label(enum pack_direction direction);
const char *pack_accumulation_label(enum pack_accumulation accumulation);
const char *pack_key_label(const char *key);    // of a row; the key itself if it has none
const char *pack_split_label(const char *code); // of a disaggregation; the code itself if unknown
// The word used in files: "risk-table". "" for NONE.
const char *pack_kind_word(enum pack_kind kind);
const char *pack_phase_word(enum pack_phase phase);
const char *pack_subject_word(enum pack_subject subject);
const char *pack_unit_word(enum pack_unit unit);
const char *pack_direction_word(enum pack_direction direction);
const char *pack_accumulation_word(enum pack_accumulation accumulation);
// English title of a tool of the default pack, for references from packs that do not need it; NULL for
// an id that it does not have.
const char *pack_known_tool(const char *tool_id);

// ---- problems, checking, counting ---------------------------------------------------------------

struct pack_rule;
struct pack_problem {
    const char *code; // "PACK-E16"; notes, which do not fail, begin with PACK-N
    bool is_note;
    const char *file; // as the person can open it
    int line;         // from 1; 0: the file as a whole
    int column;
    const char *text; // catalogue key with {0}..
    const char *mend; // catalogue key with {0}..
    const char *args[4];
};
struct pack_problems {
    struct arena *arena;
    struct pack_problem *items;
    size_t n;
    size_t cap;
};
void pack_problems_init(struct pack_problems *list, struct arena *a);
size_t pack_problems_errors(const struct pack_problems *list); // without notes
// "3.4.yaml:12:5: PACK-E16: what is wrong. What to do."
const char *pack_problem_line(struct arena *a, const struct lang *lang,
                              const struct pack_problem *p);

// A rule of `pack check`. Rules without `run` are those of reading the files.
struct pack_checker;
struct pack_rule {
    const char *code;
    const char *text; // catalogue keys of the problem
    const char *mend;
    void (*run)(struct pack_checker *c);
};
extern const struct pack_rule pack_rules[];
extern const size_t pack_n_rules;

// Reads the pack in a folder; everything in it is loaded into a. ERR_NOT_FOUND when there is no such
// folder, ERR_INPUT with the problems when it cannot be read as a pack.
MUST_CHECK enum err pack_load_folder(struct arena *a, const char *path, const struct pack **out,
                                     struct pack_problems *problems, struct err_info *e);
// All rules on one pack of the program, on a folder with a pack.yaml, or on a folder of packs with
// its LOCK. *n_packs is how many were looked at. Fails only when nothing could be looked at.
MUST_CHECK enum err pack_check_path(struct arena *a, const char *id_or_folder,
                                    struct pack_problems *problems, size_t *n_packs,
                                    struct err_info *e);
MUST_CHECK enum err pack_check_embedded(struct arena *a, struct pack_problems *problems,
                                        size_t *n_packs, struct err_info *e);

// What can be counted in a tool, in the words of the inventory of the Toolkit.
struct pack_count {
    const char *tool;
    const char *what;
    long count;
};
struct pack_count *pack_counts(struct arena *a, const struct pack *p, size_t *n);

// Hash (hex of BLAKE2b-256) over names and bytes of all files but the README: what the version
// stands for.
const char *pack_hash(struct arena *a, const struct pack *p);
// Writes FOLDER/LOCK: one line for each pack and version, old versions are kept. Refuses when the
// content of a version that is already there changed, unless `replace` (versions never released).
MUST_CHECK enum err pack_lock_write(struct arena *a, const char *folder, bool replace,
                                    size_t *n_packs, struct err_info *e);

#endif
