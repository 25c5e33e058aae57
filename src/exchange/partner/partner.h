// SPDX-License-Identifier: AGPL-3.0-or-later
//
// partner.h: files of partners on their way in: what each record of them became, line by line.
//
// A reader of a format turns its file into records by names and texts and saves each here; what a form
// refuses is refused here, in the same words (record_io.h). A refusal is a line, not the end: the person
// sees all of them at once. Everything happens in one transaction, which is committed only when nothing
// was refused, or when the refused may be left out.

#ifndef EXCHANGE_PARTNER_PARTNER_H
#define EXCHANGE_PARTNER_PARTNER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "exchange/record/record_io.h"

struct actor;
struct cli;
struct lang;
struct store;

// What happened to something at a line of the file.
enum partner_verdict {
    PARTNER_NEW, PARTNER_CHANGED, PARTNER_SAME, PARTNER_LEFT_OUT, PARTNER_REFUSED, PARTNER_VERDICTS
};
// One field, in words: "Likelihood", "Low", "High". before is "" for a new record, after where it was emptied.
struct partner_change {
    const char *label, *before, *after;
};
struct partner_line {
    struct partner_line *next;
    int number;
    enum partner_verdict verdict;
    const char *record; // "Value SAMPLE1/I1 2026-01-01–2026-06-30", "": no record
    const char *text;   // why, or which fields; "": nothing to add
    const struct partner_change *changes; // of a record saved, when `values` is asked for
    size_t n_changes;
};

struct partner_import {
    struct import im;
    struct arena *arena; // until partner_forget: a file may hold a million records
    struct arena *kept;  // as long as the import
    const struct lang *lang;
    struct db_read *db; // of the transaction
    const char *where;  // catalogue key: "line {0}", or "row {0}" for tables
    bool values;        // say of each record which values it got, not only which fields
    struct partner_line *lines; // in the order in which it happened; after 32 MB of words they are only counted
    struct partner_line **end;
    size_t n_lines;
    size_t line_bytes;
    size_t refused;
};
// Forgets what was read and saved so far, but for what is kept: between two rows, two activities.
void partner_forget(struct partner_import *p);

#define PARTNER_FIELDS 64
struct partner_record {
    const struct entity *kind;
    int line;          // of the file, or row
    const char *shown; // code or name for people
    const char *names[PARTNER_FIELDS];
    const char *texts[PARTNER_FIELDS];
    int n;
};
// Gives a field; NULL: it is not mentioned and keeps its value.
void partner_put(struct partner_record *r, const char *field, const char *text);
// Creates or changes it. *id is NULL when it was refused, which is a line and no error.
MUST_CHECK enum err partner_save(struct partner_import *p, struct partner_record *r, const char **id,
                                 struct err_info *e);
// Says what a record became that partner_save was not asked to save: it is the same, or refused for this reason.
void partner_same(struct partner_import *p, const struct partner_record *r);
void partner_refuse_record(struct partner_import *p, const struct partner_record *r, const char *text, ...)
    __attribute__((sentinel));
// Says that something at a line was left out, or refused. The arguments are for {0}.., ended by NULL.
void partner_left_out(struct partner_import *p, int line, const char *text, ...)
    __attribute__((sentinel));
void partner_refuse(struct partner_import *p, int line, const char *text, ...)
    __attribute__((sentinel));

// The record of a kind whose fields have these values, or NULL. Pairs: field, text (NULL: not set), ...; NULL.
MUST_CHECK enum err partner_find(struct partner_import *p, const struct entity *kind,
                                 struct record **out, struct err_info *e, ...)
    __attribute__((sentinel));

// The indicator with this code that the person may read, or NULL.
MUST_CHECK enum err partner_find_indicator(struct partner_import *p, const char *code,
                                           struct record **out, struct err_info *e);

// ---- values of indicators, the same for all formats ---------------------------------------------------

struct partner_value {
    int line;
    const char *from; // YYYY-MM-DD
    const char *to;
    const char *country; // two letters; NULL: the whole programme
    const char *value; // decimal, NULL: none; for yes or no 1, 0.5 and 0
    const char *part;  // of a percentage
    const char *whole;
    const char *note;  // for descriptions
};
// What is said of a value, or a part of one, that a file would change.
#define PARTNER_CLOSED MSG("This value is approved or locked, and the file says something else. Correct it on its page, " \
                           "with a reason.")
// Creates or changes the value of an indicator for a period and country. A number that is the same is left as it was
// typed; a value that changes is to be checked again, and one that is approved or locked is refused, as is a part without
// its whole. *id: of the observation, NULL when refused.
MUST_CHECK enum err partner_save_value(struct partner_import *p, const struct record *indicator,
                                       const struct partner_value *v, const char **id,
                                       struct err_info *e);

// Is the value of a file about this country, of the programme or not? No when it is the only one of the programme, and
// the indicator has no values by country: then it is about the whole.
bool partner_is_place(const struct record *indicator, const struct record *programme, const char *country);
// Before a part of a value changes: the value is to be checked again. *open: false when it is approved or locked.
MUST_CHECK enum err partner_open_value(struct partner_import *p, int line, const char *observation_id, bool *open,
                                       struct err_info *e);

// ---- the commands (partner_cli.c) -----------------------------------------------------------------------

// "line 12" or "row 12".
const char *partner_where(struct arena *a, const struct partner_import *p, int number);
// For exports: the programme of --programme, or all that may be exported; ERR_NOT_FOUND when there is none. *db sees
// the records as they are now, until db_snapshot_end.
MUST_CHECK enum err partner_export_begin(struct cli *c, struct db_read **db, struct record ***programmes,
                                         size_t *n, struct err_info *e);

// Turns a file into records, saving each with the functions above; of is its own.
typedef enum err partner_reader(struct partner_import *p, void *of, struct err_info *e);

struct partner_job {
    struct store *store;
    const struct actor *actor;
    const struct identity *who; // whose rights count; NULL: the owner of the workspace
    struct arena *arena;
    const struct lang *lang;
    const char *reason;
    bool keep;         // false: a trial that is rolled back
    bool skip_refused; // keep the rest although something is refused
    partner_reader *read;
    void *of;
};
// Reads inside one transaction. *saved: it was committed.
MUST_CHECK enum err partner_do(const struct partner_job *job, struct partner_import *p, bool *saved,
                               struct err_info *e);
// The same for a command: --dry-run, --skip-refused and --reason, the lines and totals printed.
MUST_CHECK enum err partner_run(struct cli *c, const char *reason, partner_reader *read, void *of,
                                struct err_info *e);
// The same for a command that has no --skip-refused: a trial in which something is refused is ERR_INPUT, too.
MUST_CHECK enum err partner_run_whole(struct cli *c, const char *reason, partner_reader *read, void *of,
                                      struct err_info *e);
// The options that such a command has, to be put among its own.
#define PARTNER_OPTIONS                                                                            \
    {"--dry-run", NULL, MSG("only say line by line what would happen"), false},                    \
        {"--skip-refused", NULL, MSG("save the rest although something is refused"), false},       \
        {"--reason", "TEXT", MSG("why, for the history"), false}

#endif
