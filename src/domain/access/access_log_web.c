// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_log_web.c: the log in words: who did what, when and why, newest first, a page at a time.

#include <string.h>

#include "access/access_log.html.h"
#include "access/access_web_private.h"
#include "base/bug.h"
#include "base/date.h"

#define ENTRIES_A_PAGE 50

static int64_t page_asked(const struct req *r)
{
    int64_t page = 0;
    for (const char *p = req_query(r, "page"); *p >= '0' && *p <= '9' && page < 1000000; p++) {
        page = page * 10 + (*p - '0');
    }
    return page < 1 ? 1 : page;
}

static enum err read_query(struct req *r, struct log_query *q, struct err_info *e)
{
    *q = (struct log_query){.kind = req_query(r, "kind"), .actor = req_query(r, "person"),
                            .from = req_query(r, "from"), .to = req_query(r, "to"),
                            .most = ENTRIES_A_PAGE,
                            .skip = (page_asked(r) - 1) * ENTRIES_A_PAGE};
    const char *days[] = {q->from, q->to};
    const char *names[] = {"from", "to"};
    for (size_t i = 0; i < COUNT_OF(days); i++) {
        if (days[i][0] != '\0' && !date_is_valid(days[i])) {
            return err_set(e, ERR_INPUT, names[i], MSG("This is not a day."),
                           MSG("Write it as 2026-11-22."), NULL);
        }
    }
    return ERR_NONE;
}

static struct log_line line_of(struct req *r, const struct log_entry *entry)
{
    struct change_read c = {.kind = entry->kind, .asked = req_query(r, "kind"), .op = entry->op, .fields = entry->fields,
                            .made = entry->made, .about_name = entry->about_name,
                            .record_id = entry->record_id};
    const char *who = entry->actor_name;
    if (who == NULL) {
        who = strcmp(entry->actor, "owner") == 0    ? tr(r->lang, MSG("Command line"))
              : strcmp(entry->actor, "nobody") == 0 ? tr(r->lang, MSG("Nobody signed in"))
                                                    : entry->actor;
    }
    return (struct log_line){.entry = entry, .words = change_in_words(r->arena, r->lang, &c),
                             .when = moment_in_words(r->arena, r->lang, entry->wall), .who = who};
}

static void fill_kinds(struct req *r, struct access_log_view *v)
{
    size_t n;
    const struct entity *const *all = model_all(&n);
    struct choice *kinds = ARENA_ARRAY(r->arena, struct choice, n + 2);
    kinds[v->n_kinds++] = (struct choice){"event", tr(r->lang, MSG("Sign-ins and refusals"))};
    for (size_t i = 0; i < n; i++) {
        if (all[i]->compute == NULL) {
            kinds[v->n_kinds++] = (struct choice){all[i]->kind, tr(r->lang, all[i]->label_many)};
        }
    }
    v->kinds = kinds;
}

static enum err log_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct html h;
    struct log_entry *entries;
    struct person *people;
    size_t n;
    struct access_log_view v = {.tabs = admin_tabs_for(r, "/administration/log"),
                                .page = page_asked(r)};
    enum err err = read_query(r, &v.q, e);
    if (err == ERR_NONE) {
        err = log_list(r->db, r->arena, &v.q, &entries, &n, &v.total, e);
    }
    if (err == ERR_NONE) {
        err = people_list(r->db, r->arena, &people, &v.n_people, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct log_line *lines = ARENA_ARRAY(r->arena, struct log_line, n + 1);
    for (size_t i = 0; i < n; i++) {
        lines[i] = line_of(r, &entries[i]);
    }
    v.people = people;
    v.lines = lines;
    v.n_lines = n;
    v.first = v.q.skip + 1;
    v.last = v.q.skip + (int64_t)n;
    fill_kinds(r, &v);
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("Log")),
                              .about = tr(r->lang, MSG("Every change, sign-in and refusal, newest "
                                                       "first. Nothing is ever removed from it; "
                                                       "“mainstay verify” proves that."))});
    access_log_html(&h, &v);
    return page_end(&h, e);
}

const struct route access_log_route = {
    .path = "/administration/log",
    .needs = MAY_ADMINISTER,
    .get = log_get,
    .title = MSG("Log"),
    .menu = MENU_ADMINISTRATION,
};
