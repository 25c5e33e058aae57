// SPDX-License-Identifier: AGPL-3.0-or-later
//
// iati.h: programmes as activities of the IATI Standard 2.03: out, in, and files checked offline.
//
// docs/exchange.md says field by field what becomes what and why. What IATI has no place for, and is
// needed to read our own files back, stands in attributes of a name space of ours, as the standard allows.

#ifndef EXCHANGE_IATI_IATI_H
#define EXCHANGE_IATI_IATI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/model.h"

struct db_read;
struct lang;
struct import;
struct xml_out;
struct xml_node;

#define IATI_OURS "urn:mainstay:exchange:1" // our name space, prefix "mainstay"

// ---- out (iati_write.c) ---------------------------------------------------------------------------

// Who publishes. Identifiers are those of the IATI Standard, "XM-DAC-99999".
struct iati_publisher {
    const char *ref;
    const char *type;     // code of the list OrganisationType
    const char *name;
    const char *language; // of the texts: "en"
};
// What was given, else the settings iati-ref, iati-type and organisation. ERR_INPUT says what is missing.
MUST_CHECK enum err iati_publisher_find(struct db_read *db, struct arena *a, const char *ref,
                                        const char *type, const char *name,
                                        struct iati_publisher *out, struct err_info *e);

struct iati_options {
    const struct iati_publisher *publisher;
    const struct lang *lang; // of notes
    const char *now;         // 2026-11-22T10:20:30Z
    bool unapproved;         // with values that nobody has approved yet
    bool parts;              // with counts below a total: for a file that is not published
    bool equal_shares;       // countries get equal percentages where their shares are not known
};
// Begins a file; writes one programme; ends it. Notes say line by line what the file leaves out.
void iati_begin(struct xml_out *x, struct buf *out, const struct iati_options *o);
MUST_CHECK enum err iati_activity(struct db_read *db, struct arena *a, struct xml_out *x,
                                  const struct record *programme, const struct iati_options *o,
                                  struct buf *notes, struct err_info *e);
void iati_finish(struct xml_out *x);

// ---- in (iati_read.c) -------------------------------------------------------------------------------

struct partner_import;
struct iati_file {
    const struct xml_node *root;
    const char *crime; // of programmes whose activity does not say it, or NULL
};
// Reads the activities of a struct iati_file into programmes with all that belongs to them. (A
// partner_reader of partner.h.)
enum err iati_read(struct partner_import *p, void *file, struct err_info *e);

#endif
