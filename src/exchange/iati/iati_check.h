// SPDX-License-Identifier: AGPL-3.0-or-later
//
// iati_check.h: what is wrong with an IATI activity file, in plain words, without a network.
//
// Three kinds of rules: the schema of 2.03 (which elements and attributes, in which order, of which form),
// the lists of codes, and the rules of the standard over several elements (dates, shares, identifiers).
// The first two are tables of the pack "iati"; the third follow IATI-Rulesets 2.03 in words of our own.

#ifndef EXCHANGE_IATI_CHECK_H
#define EXCHANGE_IATI_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "format/xml/xml_read.h"

struct lang;

enum iati_sort { IATI_SCHEMA, IATI_CODE, IATI_RULE, IATI_ADVICE };

struct iati_problem {
    int line;
    enum iati_sort sort;  // IATI_ADVICE: the file can be published all the same
    const char *place;    // "result/indicator/period"
    const char *activity; // its identifier, or ""
    const char *what;     // translated
    const char *mend;     // translated, or ""
};

#define IATI_MOST_PROBLEMS 1000

struct iati_report {
    struct arena *arena;
    const struct lang *lang;
    const char *today; // YYYY-MM-DD
    struct iati_problem *problems; // by line
    size_t n;
    bool more;                     // there are more than are kept
    size_t n_activities;
};
// Fills the report, whose first three members are given.
void iati_check(struct iati_report *r, const struct xml_node *root);
// Problems that are more than advice.
size_t iati_report_errors(const struct iati_report *r);

// ---- for the files of the check ---------------------------------------------------------------------

// Notes a problem at an element; the arguments after mend are for {0}.. of both texts, ended by NULL.
void iati_blame(struct iati_report *r, enum iati_sort sort, const struct xml_node *at,
                const char *what, const char *mend, ...) __attribute__((sentinel));
// iati_schema.c and iati_rules.c: the two halves.
void iati_check_schema(struct iati_report *r, const struct xml_node *root);
void iati_check_rules(struct iati_report *r, const struct xml_node *root);

#endif
