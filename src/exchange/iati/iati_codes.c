// SPDX-License-Identifier: AGPL-3.0-or-later
//
// iati_codes.c: our codes and those of the standard. Tables and reasons: docs/exchange.md.

#include <pthread.h>
#include <string.h>

#include "base/bug.h"
#include "exchange/iati/iati_parts.h"
#include "pack/pack.h"

struct pair {
    const char *ours;
    const char *code;
};

// The first pair of a code of ours is written; the first pair of a code of theirs is read.
static const struct pair statuses[] = {{"planned", "1"}, {"running", "2"}, {"closed", "4"},
                                       {"running", "3"}, {"closed", "5"},  {"running", "6"},
                                       {NULL, NULL}};
static const struct pair levels[] = {
    {"output", "1"}, {"outcome", "2"}, {"goal", "3"}, {"output", "9"}, {NULL, NULL}};
static const struct pair units[] = {{"count", "1"},    {"percentage", "2"}, {"yes_no", "3"},
                                    {"score", "4"},    {"text", "5"},       {"proportion", "1"},
                                    {"ratio", "1"},    {"duration", "1"},   {NULL, NULL}};
static const struct pair donors[] = {{"state", "10"},        {"state", "11"}, {"state", "15"},
                                     {"organisation", NULL}, {"other", NULL}, {NULL, NULL}};
static const struct pair *const maps[] = {
    [IATI_STATUS] = statuses, [IATI_LEVEL] = levels, [IATI_UNIT] = units, [IATI_DONOR] = donors};

const char *iati_code(enum iati_map map, const char *ours)
{
    for (const struct pair *p = maps[map]; p->ours != NULL; p++) {
        if (strcmp(p->ours, ours) == 0) {
            return p->code;
        }
    }
    return NULL;
}

const char *iati_ours(enum iati_map map, const char *code)
{
    for (const struct pair *p = maps[map]; p->ours != NULL; p++) {
        if (p->code != NULL && strcmp(p->code, code) == 0) {
            return p->ours;
        }
    }
    return NULL;
}

static bool has_word(const char *words, const char *word)
{
    size_t len = strlen(word);
    for (const char *p = words; len > 0 && (p = strstr(p, word)) != NULL; p += len) {
        if ((p == words || p[-1] == ' ') && (p[len] == ' ' || p[len] == '\0')) {
            return true;
        }
    }
    return false;
}

bool iati_code_known(const char *list, const char *code)
{
    const struct pack *pack = pack_find("iati");
    ensure(pack != NULL);
    const struct tsv *lists = pack_table(pack, "code");
    ensure(lists != NULL);
    long row = tsv_find(lists, "list", list);
    return row < 0 || strcmp(tsv_cell(lists, (size_t)row, "complete"), "0") == 0 ||
           has_word(tsv_cell(lists, (size_t)row, "codes"), code);
}
