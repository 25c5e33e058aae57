// SPDX-License-Identifier: AGPL-3.0-or-later
//
// iati_parts.h: what the files of this folder share.

#ifndef EXCHANGE_IATI_PARTS_H
#define EXCHANGE_IATI_PARTS_H

#include "base/map.h"
#include "exchange/iati/iati.h"
#include "exchange/partner/partner.h"
#include "format/xml/xml_read.h"
#include "format/xml/xml_write.h"
#include "result/result_lines.h"

// ---- iati_codes.c: our codes and theirs -------------------------------------------------------------

// Code of the standard for a code of ours, and back; NULL when there is none.
enum iati_map { IATI_STATUS, IATI_LEVEL, IATI_UNIT, IATI_DONOR };
const char *iati_code(enum iati_map map, const char *ours);
const char *iati_ours(enum iati_map map, const char *code);
// Is this a code of a list of the standard? True also when the list is not at hand, or may hold others.
bool iati_code_known(const char *list, const char *code);

// ---- iati_results.c: results with their indicators --------------------------------------------------

struct iati_work {
    struct db_read *db;
    struct arena *arena;
    struct xml_out *x;
    const struct record *programme;
    const struct iati_options *o;
    struct buf *notes;
    const char *today;
};
// One line into the notes: "SAMPLE1: ...". The arguments after text are for {0}.., ended by NULL.
void iati_note(struct iati_work *w, const char *text, ...) __attribute__((sentinel));
// <name><narrative>text</narrative></name>
void iati_narrative(struct xml_out *x, const char *name, const char *text);
// <name iso-date="2026-11-22"/>
void iati_date(struct xml_out *x, const char *name, const char *date);
MUST_CHECK enum err iati_results(struct iati_work *w, struct err_info *e);

// ---- iati_read_results.c, and what it shares with iati_read.c -----------------------------------------

struct iati_in {
    struct partner_import *p;
    const struct xml_node *activity;
    const struct record *programme; // as it is after it was saved
    const char *number;
    const char *currency; // of amounts that name none, asked once for them all; NULL: the file does not say
    struct map used; // indicators of this activity that the file named already, by id
    struct map values; // its <actual>s without parts by indicator, period and country
};
// Text of <name><narrative>, in English or without a language where there are several; NULL: none.
const char *iati_words(const struct xml_node *parent, const char *name);
const char *iati_words_of(const struct xml_node *n);
// Our attribute, or NULL.
const char *iati_own(const struct xml_node *n, const char *name);
// The day of an attribute, without a zone; NULL when there is none.
const char *iati_day(struct arena *a, const struct xml_node *n, const char *attribute);
MUST_CHECK enum err iati_read_results(struct iati_in *in, struct err_info *e);

#endif
