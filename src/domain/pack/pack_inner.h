// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_inner.h: what the files of this folder share and nobody else needs.

#ifndef PACK_PACK_INNER_H
#define PACK_PACK_INNER_H

#include <cyaml/cyaml.h>

#include "os/folder.h"
#include "pack/pack.h"

// ---- ceilings of one pack -----------------------------------------------------------------------
#define PACK_MAX_FILES 500
#define PACK_MAX_BYTES ((size_t)32 * 1024 * 1024)
#define PACK_MAX_ROWS 2000  // rows of one tool; the longest of the Toolkit has 81
#define PACK_MAX_LIST 200   // entries of any other list
#define PACK_MAX_DEPTH 8    // ours need 5: rows, row, refs
#define PACK_MAX_COPIES 8   // a copy of a copy of ...; packs cannot need each other in a circle
#define PACK_MAX_LINE 400   // bytes of a title or an id
#define PACK_MAX_TEXT 20000 // bytes of running text

// ---- rules --------------------------------------------------------------------------------------
// Position in pack_rules[]; a rule that is no longer needed keeps its place, codes are never reused.
enum rule {
    RULE_UTF8,
    RULE_SIZE,
    RULE_SYNTAX,
    RULE_ALIAS,
    RULE_DEPTH,
    RULE_KEY_UNKNOWN,
    RULE_KEY_TWICE,
    RULE_KEY_MISSING,
    RULE_SHAPE,
    RULE_WORD,
    RULE_NUMBER,
    RULE_EMPTY,
    RULE_LENGTH,
    RULE_HEAD,
    RULE_README,
    RULE_FILE_NAME,
    RULE_FILE_STRAY,
    RULE_TOOL_FILE,
    RULE_ID_FORM,
    RULE_ID_TWICE,
    RULE_VERSION,
    RULE_DATE,
    RULE_NEEDS,
    RULE_SCALE_LEVELS,
    RULE_GRID_SCALE,
    RULE_GRID_CELLS,
    RULE_GRID_LEVEL,
    RULE_KIND_KEY,
    RULE_KIND_REQUIRED,
    RULE_SHARE,
    RULE_SPLIT,
    RULE_SCALE,
    RULE_GRID,
    RULE_SECTION,
    RULE_SECTION_EMPTY,
    RULE_REF,
    RULE_RESULT,
    RULE_NO_ROWS,
    RULE_PO_MISSING,
    RULE_PO_FORM,
    RULE_PO_ROW,
    RULE_DATA_FILE,
    RULE_DATA_FORM,
    RULE_DATA_COLUMN,
    RULE_DATA_KEY,
    RULE_RECORDS_KIND,
    RULE_RECORDS_FORM,
    RULE_RECORDS_FIELD,
    RULE_LOCK_CHANGED,
    RULE_LOCK_MISSING,
    RULE_PART,
    RULE_PARENT,
    RULE_SAME_AS,
    RULE_TEXT,
    RULE_GROUP,
    RULE_LINK,
    RULE_ASK,
    RULE_ARTICLE,
    RULE_TAKEN,
    RULE_ORIGIN,
    RULE_ORIGIN_ROW,
    RULE_ORIGIN_TWICE,
    RULE_NOTE_REF,
    RULE_COUNT
};
// Up to four texts for {0}.. of the rule, ended by NULL.
void problem_add(struct pack_problems *list, enum rule rule, const char *file, int line, int column,
                 ...) __attribute__((sentinel));

// ---- YAML ---------------------------------------------------------------------------------------
// Where each key and each list entry of a file stands. Paths are like "rows[3].refs[0]".
struct yaml_place {
    const char *path;
    const char *text; // the value of a single text, else NULL
    int line;
    int column;
};
struct yaml_places {
    const char *file; // as the person can open it
    struct yaml_place *items; // in the order of the file
    size_t n;
    size_t cap;
};
// Reads the file, checks it against the shape (RULE_UTF8 to RULE_LENGTH) and notes all places. False
// when a problem was added.
bool yaml_scan(struct arena *a, const char *file, const char *bytes, size_t len,
               const cyaml_schema_value_t *shape, struct yaml_places *out,
               struct pack_problems *problems);
// Maps the file onto structures of the shape. NULL when libcyaml refuses it (*why is its reason).
void *yaml_map(struct arena *a, const char *bytes, size_t len, const cyaml_schema_value_t *shape,
               const char **why);
// The place with this path, or of the nearest thing around it.
const struct yaml_place *yaml_find(const struct yaml_places *places, const char *path);
bool yaml_has(const struct yaml_places *places, const char *path);

extern const cyaml_schema_value_t pack_shape_head;
extern const cyaml_schema_value_t pack_shape_tool;
extern const cyaml_schema_value_t pack_shape_row;
// The structure as YAML that yaml_map reads to the same structure: keys in the order of the shape, those
// that are not set left out. The text is in the arena.
const char *yaml_write(struct arena *a, const cyaml_schema_value_t *shape, const void *from);
// One key of a structure as people read it: a list has an item on each line, after "- ". NULL: not set.
const char *yaml_value(struct arena *a, const cyaml_schema_field_t *field, const void *from);

// ---- translations -------------------------------------------------------------------------------
struct po_entry {
    const char *context;
    const char *text;
    const char *translation;
};
struct po {
    struct po_entry *entries; // sorted by context and text; without empty and fuzzy ones
    size_t n;
};
// False with the line of the fault in *line.
bool po_parse(struct arena *a, const char *bytes, size_t len, struct po *out, int *line);
const char *po_find(const struct po *po, const char *context, const char *text);

// ---- a pack and its files -----------------------------------------------------------------------
struct pack_slot { // of one tool file
    const char *id; // from the name of the file
    size_t file;
    bool tried;
    struct pack_tool *tool; // NULL until somebody asked, or when it cannot be read
};
struct pack_translation {
    const char *language;
    bool tried;
    struct po po;
};
struct pack_inner {
    struct arena *arena; // lives as long as the pack
    const char *where;   // folder as the person knows it
    const char *hash;    // of its content; NULL until asked for
    bool embedded;       // then a file that cannot be read is a fault of ours
    bool own;            // of the office, kept in the workspace
    struct folder_file *files; // sorted
    size_t n_files;
    struct pack_slot *slots;
    size_t n_slots;
    const struct pack_tool **tools; // all, once asked for
    size_t n_tools;
    struct tsv **tables; // one per data file, NULL until asked for
    struct pack_translation *translations;
    size_t n_translations;
    const struct pack *const *neighbours; // packs of the same folder of packs, for `needs`
    size_t n_neighbours;
};
// Readies `inner` for files that are already there; the head is read by pack_load_head.
struct pack_inner *pack_inner_new(struct arena *a, const char *where, bool is_embedded,
                                  struct folder_file *files, size_t n_files);
const struct folder_file *pack_inner_file(const struct pack_inner *inner, const char *path);
const char *pack_inner_path(const struct pack_inner *inner, struct arena *a, const char *path);
// Reads pack.yaml; NULL when there is none or libcyaml refuses it.
struct pack *pack_load_head(struct pack_inner *inner, const char **why);
// A tool that was read already (by the checker) takes its slot.
void pack_slot_fill(const struct pack *p, struct pack_slot *slot, struct pack_tool *tool);
// The tool of a slot, read when it was not yet; NULL when it cannot be read. Under the lock of loading.
struct pack_tool *pack_slot_load(const struct pack *p, struct pack_slot *slot);
// Fills in what the file leaves to the program: sorts of rows, and texts shared with another row.
void pack_tool_finish(const struct pack *p, struct pack_tool *tool);
// Puts rows that are hidden, or stand under one that is, behind the others, and leaves out sections that
// have no other.
void pack_tool_hide(struct arena *a, struct pack_tool *tool);
// From now on pack_all gives the packs of the program and these; one whose id the program has is left out.
// They live as long as the process.
void pack_list_set(const struct pack *const *own, size_t n_own);
// The row that `same_as` names; NULL when there is none, or when it shares another's texts itself.
const struct pack_row *pack_shared_row(const struct pack *p, const char *row_id);
// False for a word that is no sort of row.
bool pack_part_known(const char *word, enum pack_part *part);
// All packs a pack needs can be asked here: neighbours first, then the program's own.
const struct pack *pack_needed(const struct pack *p, const char *id);
// The files of a pack once more, with nothing read yet.
struct pack_inner *pack_inner_again(struct arena *a, const struct pack *p);

// ---- folders ------------------------------------------------------------------------------------
const char *pack_path_clean(struct arena *a, const char *path); // without slashes at the end
MUST_CHECK enum err pack_inner_open(struct arena *a, const char *where, struct pack_inner **out,
                                    struct err_info *e);
// Folders PUBLISHER/SLUG below a folder of packs that hold a pack.yaml.
MUST_CHECK enum err pack_find_folders(struct arena *a, const char *folder, const char ***out,
                                      size_t *n, struct err_info *e);
// All rules on one folder, of a pack that need not be in LOCK yet.
MUST_CHECK enum err pack_check_folder(struct arena *a, const char *where,
                                      struct pack_problems *problems, struct err_info *e);
// The LOCK of a folder of packs; *out stays NULL when it has none.
MUST_CHECK enum err pack_lock_read(struct arena *a, const char *folder, const struct tsv **out,
                                   struct err_info *e);

// ---- checking -----------------------------------------------------------------------------------
// All rules on packs whose files are there already, each the neighbour of the others; without LOCK.
void pack_check_inners(struct arena *a, struct pack_inner *const *inners, size_t n,
                       struct pack_problems *problems);
struct check_tool {
    struct pack_tool *tool;
    struct yaml_places places;
};
struct pack_checker {
    struct arena *arena;
    struct pack *pack;
    struct yaml_places head;
    struct check_tool *tools;
    size_t n_tools;
    struct pack_problems *problems;
    const struct tsv *lock; // NULL: not checked
    bool unlocked;          // a pack in the making need not be in LOCK yet
};
// A fault at the place of a key or an entry ("rows[3].refs[0]") of a file that was scanned.
void fault_at(struct pack_checker *c, enum rule rule, const struct yaml_places *places,
              const char *path, ...) __attribute__((sentinel));
bool pack_split_known(const char *code);

void check_file_names(struct pack_checker *c);
void check_readme(struct pack_checker *c);
void check_stray_files(struct pack_checker *c);
void check_tool_files(struct pack_checker *c);
void check_id_forms(struct pack_checker *c);
void check_ids_once(struct pack_checker *c);
void check_version(struct pack_checker *c);
void check_dates(struct pack_checker *c);
void check_needs(struct pack_checker *c);
void check_levels(struct pack_checker *c);
void check_grid_scales(struct pack_checker *c);
void check_grid_cells(struct pack_checker *c);
void check_grid_levels(struct pack_checker *c);
void check_kind_keys(struct pack_checker *c);
void check_kind_required(struct pack_checker *c);
void check_shares(struct pack_checker *c);
void check_splits(struct pack_checker *c);
void check_tool_scales(struct pack_checker *c);
void check_tool_grids(struct pack_checker *c);
void check_sections(struct pack_checker *c);
void check_section_rows(struct pack_checker *c);
void check_refs(struct pack_checker *c);
void check_planned_refs(struct pack_checker *c);
void check_results(struct pack_checker *c);
void check_rows(struct pack_checker *c);
void check_parts(struct pack_checker *c);
void check_parents(struct pack_checker *c);
void check_same_as(struct pack_checker *c);
void check_texts(struct pack_checker *c);
void check_groups(struct pack_checker *c);
void check_links(struct pack_checker *c);
void check_asks(struct pack_checker *c);
void check_articles(struct pack_checker *c);
void check_taken(struct pack_checker *c);
void check_origin(struct pack_checker *c);
void check_origin_rows(struct pack_checker *c);
void check_origin_twice(struct pack_checker *c);
void check_po_files(struct pack_checker *c);
void check_po_form(struct pack_checker *c);
void check_po_rows(struct pack_checker *c);
void check_data_files(struct pack_checker *c);
void check_data_form(struct pack_checker *c);
void check_data_columns(struct pack_checker *c);
void check_data_keys(struct pack_checker *c);
void check_record_kinds(struct pack_checker *c);
void check_record_files(struct pack_checker *c);
void check_record_fields(struct pack_checker *c);
void check_lock_changed(struct pack_checker *c);
void check_lock_missing(struct pack_checker *c);

#endif
