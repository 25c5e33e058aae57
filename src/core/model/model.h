// SPDX-License-Identifier: AGPL-3.0-or-later
//
// model.h: what a kind of record is: its fields, their types, limits, labels and data classes.
//
// Each noun describes its records in `<noun>_entity.c` as const tables; the build collects them into
// one registry (docs/map.md). Forms, validation, JSON, CSV, command line, audit, masking, the data
// dictionary and synchronisation walk these tables and never name a noun.

#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

enum field_type {
    FIELD_TEXT,         // one line
    FIELD_LONG,         // running text
    FIELD_INT,          // whole number between min and max
    FIELD_BOOL,         // 0 or 1
    FIELD_DATE,         // YYYY-MM-DD
    FIELD_PARTIAL_DATE, // YYYY, YYYY-MM or YYYY-MM-DD
    FIELD_DECIMAL,      // exact decimal, kept as text
    FIELD_MONEY,        // integer minor units; the column is <name>_minor; currency of the programme
    FIELD_CODE,         // one of `choices` or of `vocabulary`
    FIELD_CODES,        // any of them; stored as " a b c " so that one can be looked for
    FIELD_SHARES,       // percentages of codes that come to 100, exact; stored as "NA 60 NE 40"
    FIELD_REF,          // id of a record of kind `ref`
};

// Data classes of docs/data-classes.md. C2 and above are personal or sensitive.
enum data_class {
    CLASS_NONE, // not declared: the build fails
    CLASS_C0,   // public
    CLASS_C1,   // internal
    CLASS_C2,   // personal
    CLASS_C3,   // sensitive: ratings, assessments of State bodies
    CLASS_C4,   // rights-holders, secrets
};

struct choice {
    const char *code;
    const char *label; // catalogue key
};

// A list of codes that comes from data rather than from C: countries, currencies, languages.
struct vocabulary {
    const char *name;
    // All choices, ended by {NULL, NULL}; lives as long as the program.
    const struct choice *(*list)(void);
    const char *ours; // the one code whose label is not data but a text of ours, to be translated; or NULL
};

struct field {
    const char *name;    // column, JSON name, form name, CSV heading
    const char *label;   // catalogue key
    const char *hint;    // catalogue key or NULL: how to answer
    const char *example; // of a right value, or NULL
    enum field_type type;
    enum data_class data_class;
    bool required;
    bool read_only; // set by the program, not by forms or imports
    // For those who may write where the record belongs, on pages made for it: no list, file, API answer,
    // report or history holds it, unless the owner of the workspace asks (docs/data-classes.md).
    bool confidential;
    // FIELD_TEXT: holds who did something, as the id of the person or "owner". The store lets nobody put in
    // another than themselves, whatever the way.
    bool by_actor;
    bool approval;  // a step of checking: changed on its page, by who may approve
    // Of a step of checking: codes, ended by NULL, that only who may approve gives a record, and codes
    // in which only they change or delete it, and what belongs to it (docs/core/store.md).
    const char *const *checked;
    const char *const *closed;
    int64_t min;    // FIELD_INT
    int64_t max;    // FIELD_INT: highest; FIELD_TEXT, FIELD_LONG: bytes (0: the ceiling of limits.h)
    const struct choice *choices;        // FIELD_CODE, FIELD_CODES, FIELD_SHARES; ended by {NULL, NULL}
    const struct vocabulary *vocabulary; // instead of choices
    const char *shares_of;               // FIELD_SHARES: the field of codes whose codes it shares among
    const char *ref;                     // FIELD_REF: kind
    // FIELD_TEXT of pairs "name=value" in the order of names: fields of older changes that became pairs of
    // it, ended by NULL; so that tables can still be made from the log (docs/core/store.md).
    const char *const *was;
    // FIELD_TEXT, FIELD_LONG that the program writes in signs of its own: as people read it; NULL: as it stands.
    const char *(*words)(struct arena *a, const struct lang *lang, const char *text);
};

struct record;
struct identity;
struct db;
struct db_read;
struct buf;

struct entity {
    const char *kind;       // also the table
    const char *label;      // catalogue key: "Risk"
    const char *label_many; // catalogue key: "Risks"
    const char *about;      // catalogue key: one sentence, what it is
    const char *code_field; // field people type instead of the id, or NULL
    // Fields by which a line of a file without id or code means a record that is there, ended by NULL. The first must
    // be given; others that are not given are empty. NULL: only by id or code.
    const char *const *key;
    const char *title_field;
    const char *order_field; // default order of lists, or NULL: by id, that is by age
    // Field that leads to the programme it belongs to: "programme_id", or a REF whose record has one
    // (answer -> assessment_id). NULL: belongs to the organisation.
    const char *parent_field;
    const struct field *fields;
    size_t n_fields;
    bool admin_only; // read and written by administrators (users, roles)
    bool unsearched; // its texts cannot be searched
    // Files bring very many of them: what made them may share rows of the log (docs/change-log.md). Once true it stays.
    bool imported;
    // Counts of people below a total: only who works with the records (identity_works) sees them.
    bool for_work;
    // What the program sets (read_only) comes from pages and commands of its own alone: no file gives it, not even
    // one of the owner.
    bool sealed;
    // May be deleted in the browser with nothing but a reason. The store refuses while other records refer to it.
    // Not: values, which are returned rather than deleted, and assessments.
    bool removable;
    // Page of its programme that shows it, after /programmes/X: "/money"; NULL: a page of its own.
    const char *shown_on;
    // Not stored but computed: rows come from here instead of the table.
    enum err (*compute)(struct arena *a, struct db_read *db, struct record ***rows, size_t *n,
                        struct err_info *e);
    // Writes how the numbers of a record are computed from others, as lines of text, as far as this person (NULL:
    // the owner of the workspace) sees them. May be NULL.
    enum err (*explain)(struct arena *a, struct db_read *db, const struct lang *lang,
                        const struct identity *who, const struct record *r, struct buf *out,
                        struct err_info *e);
    // Rules over several fields, after each field was found good. May be NULL.
    enum err (*check)(const struct record *r, struct err_info *e);
    // Rule over all records together, such as "an administrator remains"; ERR_INPUT when it is broken.
    // No transaction that changes a record of this kind may break it. May be NULL.
    enum err (*keep)(struct arena *a, struct db_read *db, struct err_info *e);
    // Rule over a record before and after a change, and what it refers to; before NULL: it is made,
    // after NULL: it is deleted. Asked inside the transaction by every save and delete, and so by undo,
    // files, the API and the command line; nobody is above it. May be NULL.
    enum err (*guard)(struct arena *a, struct db_read *db, const struct record *before,
                      const struct record *after, struct err_info *e);
    // After a transaction that changed records of this kind was committed, on the thread that did it: for
    // what the process keeps of them in memory. Needs `keep`. May be NULL.
    void (*committed)(struct db *db);
};

// One value. Codes are kept as text, FIELD_CODES as " a b c ".
struct value {
    bool set;
    int64_t number;   // INT, BOOL, MONEY (minor units)
    const char *text; // all others; canonical
};

struct record {
    const struct entity *entity;
    const char *id;      // NULL for a new one
    const char *version; // hash (hex) of the change that made this state; NULL for a new one
    const char *changed_at;
    struct value *values; // one per field, in the order of the entity
};

// The registry: all entities, sorted by kind. (Generated table behind it.)
const struct entity *const *model_all(size_t *n);
const struct entity *model_find(const char *kind); // NULL when there is none
const struct field *entity_field(const struct entity *e, const char *name); // NULL when none
size_t entity_field_index(const struct entity *e, const char *name);        // must exist
// Does each record lie within a programme, at once (its parent_field says which)?
bool entity_of_programme(const struct entity *e);
const char *field_column(struct arena *a, const struct field *f);

struct record *record_new(struct arena *a, const struct entity *e);
struct record *record_copy(struct arena *a, const struct record *r);
const struct value *record_value(const struct record *r, const char *field); // field must exist
const char *record_text(const struct record *r, const char *field); // "" when not set
int64_t record_int(const struct record *r, const char *field);      // 0 when not set
bool record_is_set(const struct record *r, const char *field);
bool value_same(const struct value *x, const struct value *y);
bool record_has_code(const struct record *r, const char *field, const char *code);
void record_set_text(struct record *r, const char *field, const char *text); // NULL or "" clears
void record_set_int(struct record *r, const char *field, int64_t n);
void record_clear(struct record *r, const char *field);
// code field's text if the entity has one, else the id
const char *record_code(const struct record *r);
const char *record_title(const struct record *r);

// Reads what a person or a file wrote for a field into a value: trims, checks UTF-8, type, limits,
// choices; e->field is the field's name. minor_digits is for FIELD_MONEY (USD: 2). Does not look up
// references. An empty text clears the value; whether it is required is asked by record_check.
MUST_CHECK enum err field_parse(struct arena *a, const struct field *f, const char *text,
                                int minor_digits, struct value *out, struct err_info *e);
// Canonical text of a value as JSON, CSV and forms show it ("" when not set).
const char *field_print(struct arena *a, const struct field *f, const struct value *v,
                        int minor_digits);
// For people: codes by their labels, dates and numbers in words of the language. References are not
// looked up. "" when not set.
const char *field_for_people(struct arena *a, const struct lang *lang, const struct field *f,
                             const struct value *v, const char *currency, int minor_digits);
// Label of a code ("" when unknown).
const char *field_choice_label(const struct field *f, const char *code);
const struct choice *field_choices(const struct field *f); // choices or vocabulary; NULL when none

// One part of a FIELD_SHARES value: "NA 60 NE 40" has two.
struct share {
    const char *code;
    const char *percent; // shortest exact text: "33.34"
};
// The parts of such a value, in its order; NULL and "" have none. The array is of the arena.
size_t shares_of(struct arena *a, const char *value, struct share **parts);
// Has the code a share in such a value?
bool share_has(const char *value, const char *code);
// What field_parse does for such a field. Reads "NE 40.0 %, NA 60" into "NA 60 NE 40": the order of the list,
// each code once, every percentage between 0 and 100, all together exactly 100.
MUST_CHECK enum err shares_parse(struct arena *a, const struct field *f, const char *text,
                                 struct value *out, struct err_info *e);
// Label of a choice of a field as people read it: translated, unless it is data.
const char *choice_label(const struct lang *lang, const struct field *f, const struct choice *c);
// "Namibia 60 %, Niger 40 %", for people.
const char *shares_for_people(struct arena *a, const struct lang *lang, const struct field *f,
                              const char *value);

// ERR_INPUT: a required field is empty.
enum err field_missing(const struct field *f, struct err_info *e);
// Required fields present, then the entity's own rules.
MUST_CHECK enum err record_check(const struct record *r, struct err_info *e);

#endif
