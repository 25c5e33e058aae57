// SPDX-License-Identifier: AGPL-3.0-or-later
//
// iati_check.c: the check as a whole: keeps what was found, and says where. See iati_check.h.

#include "exchange/iati/iati_check.h"

#include <stdarg.h>
#include <string.h>

#include "base/err.h"
#include "base/msg.h"
#include "base/sort.h"

// "result/indicator" of an element below an activity; its name above.
static const char *place_of(struct arena *a, const struct xml_node *n)
{
    const char *place = n->name;
    for (const struct xml_node *up = n->parent;
         up != NULL && up->parent != NULL && strcmp(up->name, "iati-activity") != 0;
         up = up->parent) {
        place = arena_printf(a, "%s/%s", up->name, place);
    }
    return place;
}

static const char *activity_of(const struct xml_node *n)
{
    while (n != NULL && strcmp(n->name, "iati-activity") != 0) {
        n = n->parent;
    }
    const struct xml_node *id = n == NULL ? NULL : xml_child(n, "iati-identifier");
    return id == NULL ? "" : id->text;
}

void iati_blame(struct iati_report *r, enum iati_sort sort, const struct xml_node *at,
                const char *what, const char *mend, ...)
{
    const char *args[ERR_ARGS];
    int n = 0;
    va_list list;
    if (r->n == IATI_MOST_PROBLEMS) {
        r->more = true;
        return;
    }
    va_start(list, mend);
    while (n < ERR_ARGS && (args[n] = va_arg(list, const char *)) != NULL) {
        n++;
    }
    va_end(list);
    r->problems[r->n++] = (struct iati_problem){
        .line = at->line,
        .sort = sort,
        .place = place_of(r->arena, at),
        .activity = activity_of(at),
        .what = tr_args(r->arena, r->lang, what, args, n),
        .mend = mend == NULL ? "" : tr_args(r->arena, r->lang, mend, args, n),
    };
}

size_t iati_report_errors(const struct iati_report *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++) {
        n += r->problems[i].sort != IATI_ADVICE;
    }
    return n;
}

static int by_line(const void *x, const void *y)
{
    const struct iati_problem *a = x;
    const struct iati_problem *b = y;
    return a->line != b->line ? (a->line < b->line ? -1 : 1) : strcmp(a->what, b->what);
}

void iati_check(struct iati_report *r, const struct xml_node *root)
{
    r->problems = ARENA_ARRAY(r->arena, struct iati_problem, IATI_MOST_PROBLEMS);
    if (strcmp(root->name, "iati-activities") != 0 || root->space[0] != '\0') {
        bool organisations = strcmp(root->name, "iati-organisations") == 0;
        iati_blame(r, IATI_SCHEMA, root,
                   organisations ? MSG("This is an organisation file, which is not checked here.")
                                 : MSG("This is no IATI activity file: it begins with <{0}>."),
                   MSG("An activity file begins with <iati-activities version=\"2.03\">."),
                   root->name, NULL);
        return;
    }
    for (const struct xml_node *n = xml_child(root, "iati-activity"); n != NULL; n = xml_again(n)) {
        r->n_activities++;
    }
    iati_check_schema(r, root);
    iati_check_rules(r, root);
    sort_items(r->problems, r->n, sizeof *r->problems, by_line);
}
