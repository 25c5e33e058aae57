// SPDX-License-Identifier: AGPL-3.0-or-later
//
// record.h: the record pattern: read first, in sections with a Change link, and its history.

#ifndef HTML_RECORD_H
#define HTML_RECORD_H

#include <stdbool.h>
#include <stddef.h>

#include "html/html.h"
#include "model/model.h"
#include "store/store.h"

// What a reference leads to. label NULL: it cannot be shown (gone, or the person may not know).
struct record_link {
    const char *label;
    const char *address; // NULL: no link
};
// Title and address of the record of kind `f->ref` with this id; called once per reference shown.
typedef struct record_link record_resolve(void *context, struct arena *a, const struct field *f,
                                          const char *id);

struct record_view {
    const struct record *record;
    const char *currency; // of money; NULL: that of the page (html.currency)
    int minor_digits;
    record_resolve *resolve; // NULL: references are shown by their ids
    void *context;
    bool inline_text; // running text without paragraphs, to stand within a line
};

struct record_section {
    const char *title;         // translated
    const char *const *fields; // ended by NULL; NULL: all that are not the parent field
    const char *change;        // address, or NULL when the person may not change it
    const char *change_what;   // "the statement": for those who cannot see where the link stands
};
// A section: heading, Change link, list of facts. A value that is not known is shown as a dash.
void record_show_section(struct html *h, const struct record_view *v,
                         const struct record_section *s);
// The list of facts alone (side column).
void record_show_facts(struct html *h, const struct record_view *v, const char *const *fields);

// One value as people read it, with its link; what C4 or `confidential` hides is never written.
void record_show_value(struct html *h, const struct record_view *v, const struct field *f,
                       const struct value *value);

// ---- history ------------------------------------------------------------------------------------

// A reference that stands in a history.
struct record_ref {
    const struct field *field;
    const char *id;
};

struct record_history {
    const struct change *changes; // newest first
    size_t n;
    // Name of who made a change; NULL: the actor as it is kept.
    const char *(*name_of)(void *names, const char *actor);
    void *names;
    // Title and address of the record of a change, for lists over many records; NULL: not shown.
    struct record_link (*about)(void *context, struct arena *a, const struct change *c);
    record_resolve *resolve;
    // Is told all references before the first is resolved, so that they can be loaded together; or NULL.
    void (*expect)(void *context, struct arena *a, const struct record_ref *refs, size_t n);
    void *context;
    const char *currency;
    int minor_digits;
    bool may_undo; // offers POST /undo for each change of a record
    // Of these only those for which this is true; NULL: all.
    bool (*may_undo_one)(void *context, const struct change *c);
};
// "22 Nov 2026, 10:20 UTC" of the time of a change.
const char *record_moment(struct html *h, const char *wall);
// Who, when, why, and each field before and after.
void record_show_history(struct html *h, const struct record_history *history);

#endif
