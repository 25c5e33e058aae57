// SPDX-License-Identifier: AGPL-3.0-or-later
//
// home_web.c: the first page: what awaits me, what is at risk, what changed.

#include <string.h>

#include "access/access.h"
#include "base/bug.h"
#include "base/date.h"
#include "base/utf8.h"
#include "home/home.h"
#include "home/home_page.html.h"
#include "html/page.h"
#include "http/http.h"
#include "os/clock.h"
#include "pack/pack.h"
#include "place/place.h"

#define MOST_SHOWN 8      // things that wait, before the rest is folded
#define MOST_PROGRAMMES_AT_RISK 5
#define MOST_AT_RISK 8 // with the notices
#define MOST_PROGRAMMES 6
#define MOST_NOTICES 300 // looked at, to choose those that are shown
#define MOST_TEXT_BYTES 140

// ---- where things lead --------------------------------------------------------------------------

// The page of a record, of its programme, or NULL: nothing on this page leads nowhere.
static const char *record_address(struct arena *a, const char *number, const char *kind,
                                  const char *id)
{
    if (number == NULL) {
        return id != NULL && route_has_page("/records/{kind}/{record}")
                   ? url_make(a, "/records/{0}/{1}", kind, id, NULL)
                   : NULL;
    }
    if (id != NULL && route_has_page("/programmes/{programme}/records/{kind}/{record}")) {
        return url_make(a, "/programmes/{0}/records/{1}/{2}", number, kind, id, NULL);
    }
    return route_has_page("/programmes/{programme}") ? url_make(a, "/programmes/{0}", number, NULL) : NULL;
}

// A page of a programme ("risks"), or its overview where there is none.
static const char *programme_address(struct arena *a, const char *number, const char *page)
{
    if (page != NULL && route_has_page(arena_printf(a, "/programmes/{programme}/%s", page))) {
        return arena_printf(a, "%s/%s", url_make(a, "/programmes/{0}", number, NULL), page);
    }
    return record_address(a, number, NULL, NULL);
}

static const char *values_address(struct arena *a, const char *number)
{
    static const char *const pages[] = {"values", "observations", "indicators"};
    for (size_t i = 0; i < COUNT_OF(pages); i++) {
        if (route_has_page(arena_printf(a, "/programmes/{programme}/%s", pages[i]))) {
            return programme_address(a, number, pages[i]);
        }
    }
    return programme_address(a, number, NULL);
}

// ---- words --------------------------------------------------------------------------------------

static const char *shorten(struct arena *a, const char *text)
{
    size_t len = utf8_prefix(text, MOST_TEXT_BYTES);
    return text[len] == '\0' ? text : arena_printf(a, "%.*s…", (int)len, text);
}

static const char *number_text(struct arena *a, int64_t n)
{
    return arena_printf(a, "%lld", (long long)n);
}

// "Planning checklist (tool 3.1)", by the title of the pack.
static const char *tool_name(struct req *r, const struct home_item *i)
{
    const struct pack_tool *tool = pack_tool_anywhere(i->tool);
    const char *title = i->title[0] != '\0' ? i->title
                        : tool != NULL
                            ? pack_words(tool->pack, r->lang, tool->id, tool->title)
                            : "";
    return title[0] != '\0'
               ? tr_f(r->arena, r->lang, MSG("{0} (tool {1})"), title, i->tool, NULL)
               : tr_f(r->arena, r->lang, MSG("tool {0}"), i->tool, NULL);
}

static const char *say(struct req *r, const struct home_item *i)
{
    struct arena *a = r->arena;
    switch (i->waits) {
    case HOME_ACTION:
        return shorten(a, i->title);
    case HOME_REVIEW:
        return tr_f(a, r->lang, MSG("Review the risk: {0}"), shorten(a, i->title), NULL);
    case HOME_FILL_IN:
        return tr_f(a, r->lang, MSG("Go on with {0}"), tool_name(r, i), NULL);
    case HOME_RETURNED:
        return tr_f(a, r->lang, MSG("Mend {0}: it came back with a reason"), tool_name(r, i),
                    NULL);
    case HOME_APPROVE_TOOL:
        return tr_f(a, r->lang, MSG("Approve or return {0}"), tool_name(r, i), NULL);
    case HOME_VERIFY_VALUES:
        return tr_n(a, r->lang, MSG("Verify one value"), MSG("Verify {0} values"), i->n);
    case HOME_APPROVE_VALUES:
        return tr_n(a, r->lang, MSG("Approve one verified value"),
                    MSG("Approve {0} verified values"), i->n);
    case HOME_RETURNED_VALUES:
        return tr_n(a, r->lang, MSG("Mend one value that came back"),
                    MSG("Mend {0} values that came back"), i->n);
    }
    bug("a thing that waits is of no known sort");
}

static const char *sort_of(struct req *r, const struct home_item *i)
{
    switch (i->waits) {
    case HOME_ACTION:
        return tr(r->lang, MSG("Action"));
    case HOME_REVIEW:
        return tr(r->lang, MSG("Risk"));
    case HOME_FILL_IN:
    case HOME_RETURNED:
    case HOME_APPROVE_TOOL:
        return tr_n(r->arena, r->lang, MSG("One answer so far"), MSG("{0} answers so far"), i->n);
    default:
        return tr(r->lang, MSG("Indicators"));
    }
}

static void say_state(struct req *r, const struct home_item *i, struct home_line *line)
{
    if (i->due_on == NULL) {
        bool back = i->waits == HOME_RETURNED || i->waits == HOME_RETURNED_VALUES;
        bool open = i->waits == HOME_ACTION || i->waits == HOME_FILL_IN;
        line->state_kind = back ? "warn" : open ? "none" : "progress";
        line->state = back   ? tr(r->lang, MSG("Came back"))
                      : open ? tr(r->lang, MSG("No date"))
                             : tr(r->lang, MSG("Waits for you"));
        return;
    }
    line->state_kind = i->days_late > 0 ? "risk" : i->days_late > -8 ? "warn" : "progress";
    line->state = i->days_late > 730 ? tr_n(r->arena, r->lang, MSG("1 year late"),
                                            MSG("{0} years late"), i->days_late / 365)
                  : i->days_late > 0 ? tr_n(r->arena, r->lang, MSG("1 day late"),
                                             MSG("{0} days late"), i->days_late)
                  : i->days_late == 0 ? tr(r->lang, MSG("Due today"))
                                      : tr_n(r->arena, r->lang, MSG("Due tomorrow"),
                                             MSG("Due in {0} days"), -i->days_late);
}

static struct home_line item_line(struct req *r, const struct home_item *i)
{
    const char *of = i->country != NULL ? country_words(r->lang, i->country) : i->number;
    bool of_values = i->waits == HOME_VERIFY_VALUES || i->waits == HOME_APPROVE_VALUES ||
                     i->waits == HOME_RETURNED_VALUES;
    struct home_line line = {
        .text = say(r, i),
        .meta = of == NULL ? sort_of(r, i) : arena_printf(r->arena, "%s · %s", of, sort_of(r, i)),
        .address = of_values ? values_address(r->arena, i->number)
                   : i->country != NULL ? url_make(r->arena, "/countries/{0}/records/{1}/{2}",
                                                   i->country, i->kind, i->id, NULL)
                                        : record_address(r->arena, i->number, i->kind, i->id)};
    say_state(r, i, &line);
    return line;
}

// ---- at risk ------------------------------------------------------------------------------------

struct lines {
    struct home_line *list;
    size_t n;
};

// Adds a part to "8 high risks · 3 reviews overdue".
static void add_part(struct req *r, const char **text, const char *one, const char *many,
                     int64_t n)
{
    if (n > 0) {
        *text = arena_printf(r->arena, "%s%s%s", *text, (*text)[0] == '\0' ? "" : " · ",
                             tr_n(r->arena, r->lang, one, many, n));
    }
}

// One line for each programme that is not closed and has something high or overdue; those with high
// risks first.
static void add_programme_risks(struct req *r, const struct home *home, struct lines *lines)
{
    for (size_t k = 0; k < 2 * home->n_programmes; k++) {
        const struct home_programme *p = &home->programmes[k % home->n_programmes];
        bool now = (p->high > 0) == (k < home->n_programmes);
        const char *text = "";
        add_part(r, &text, MSG("One risk at high level"), MSG("{0} risks at high level"), p->high);
        add_part(r, &text, MSG("One review of a risk overdue"), MSG("{0} reviews of risks overdue"),
                 p->overdue);
        add_part(r, &text, MSG("One action late"), MSG("{0} actions late"), p->late_actions);
        if (!now || text[0] == '\0' || strcmp(p->state, "closed") == 0 ||
            lines->n == MOST_PROGRAMMES_AT_RISK) {
            continue;
        }
        const char *page = p->high > 0 || p->overdue > 0 ? "risks" : "actions";
        lines->list[lines->n++] = (struct home_line){
            .text = text, .meta = arena_printf(r->arena, "%s · %s", p->number, p->title),
            .address = programme_address(r->arena, p->number, page),
            .state_kind = p->high > 0 ? "risk" : "warn",
            .state = tr(r->lang, p->high > 0 ? MSG("High") : MSG("Late"))};
    }
}

static void add_notice(struct req *r, const struct notice *n, struct lines *lines)
{
    bool high = strcmp(n->severity, "high") == 0;
    bool medium = strcmp(n->severity, "medium") == 0;
    lines->list[lines->n++] = (struct home_line){
        .text = n->message,
        .meta = arena_printf(r->arena, "%s · %s", n->programme, n->where),
        .address = record_address(r->arena, n->programme, n->about_kind, n->about_id),
        .state_kind = high ? "risk" : medium ? "warn" : "none",
        .state = tr(r->lang, high ? MSG("High") : medium ? MSG("Medium") : MSG("Low"))};
}

static bool same_rule(const struct notice *a, const struct notice *b)
{
    return strcmp(a->check, b->check) == 0 && strcmp(a->rule, b->rule) == 0;
}

// The gravest notices; of equally grave ones, one of each rule before a second of any.
static void add_notices(struct req *r, const struct home *home, struct lines *lines)
{
    // turn[i]: how many of the same rule and gravity stand before notice i
    size_t n = home->n_notices < MOST_NOTICES ? home->n_notices : MOST_NOTICES;
    size_t *turn = ARENA_ARRAY(r->arena, size_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++) {
            turn[i] += same_rule(&home->notices[i], &home->notices[k]) &&
                       strcmp(home->notices[i].severity, home->notices[k].severity) == 0;
        }
    }
    for (size_t from = 0; from < n;) {
        size_t end = from, most = 0;
        while (end < n &&
               strcmp(home->notices[end].severity, home->notices[from].severity) == 0) {
            most = turn[end] > most ? turn[end] : most;
            end++;
        }
        for (size_t t = 0; t <= most; t++) {
            for (size_t i = from; i < end && lines->n < MOST_AT_RISK; i++) {
                if (turn[i] == t) {
                    add_notice(r, &home->notices[i], lines);
                }
            }
        }
        from = end;
    }
}

// ---- changes ------------------------------------------------------------------------------------

static struct home_news news_of(struct req *r, const struct home_change *c)
{
    struct arena *a = r->arena;
    struct change_read read = {.kind = c->kind, .op = c->op, .fields = c->fields, .made = c->made,
                               .record_id = c->record_id};
    struct change_words w = change_in_words(a, r->lang, &read);
    const struct entity *kind = model_find(c->kind);
    struct home_news news = {
        .who = c->actor_name != NULL               ? c->actor_name
               : strcmp(c->actor, "owner") == 0 ? tr(r->lang, MSG("Command line"))
                                                : "",
        .what = w.what,
        .kind = w.kind,
        .title = shorten(a, w.title),
        .when = moment_in_words(a, r->lang, c->wall),
        .wall = c->wall,
        .number = c->number,
        .address = strcmp(c->op, "delete") == 0
                       ? NULL
                       : record_address(a, c->number, c->kind, c->record_id)};
    if (c->n > 1 && kind != NULL) {
        news.kind = tr_f(a, r->lang, MSG("{0} ({1})"), tr(r->lang, kind->label_many),
                         number_text(a, c->n), NULL);
        news.title = "";
        news.address = record_address(a, c->number, NULL, NULL);
    }
    const char *fields = "";
    for (size_t i = 0; c->n == 1 && i < w.n_fields && i < 4; i++) {
        fields = arena_printf(a, "%s%s%s", fields, i == 0 ? "" : ", ", w.fields[i].label);
    }
    news.fields = fields;
    return news;
}

// ---- the page -----------------------------------------------------------------------------------

static const char *lead(struct req *r, const char *today, const struct home *home)
{
    struct arena *a = r->arena;
    const char *day = date_for_people(a, r->lang, today);
    if (home->n_waiting == 0) {
        return tr_f(a, r->lang, MSG("{0}. Nothing waits for you."), day, NULL);
    }
    const char *waits = tr_n(a, r->lang, MSG("One thing waits for you"),
                             MSG("{0} things wait for you"), home->n_waiting);
    if (home->n_late == 0) {
        return tr_f(a, r->lang, MSG("{0}. {1}; nothing is late."), day, waits, NULL);
    }
    return tr_f(a, r->lang, MSG("{0}. {1}; {2}."), day, waits,
                tr_n(a, r->lang, MSG("one is late"), MSG("{0} are late"), home->n_late), NULL);
}

static void fill(struct req *r, const struct home *home, struct home_page_view *v)
{
    struct arena *a = r->arena;
    struct home_line *items = ARENA_ARRAY(a, struct home_line, home->n_items + 1);
    for (size_t i = 0; i < home->n_items; i++) {
        items[i] = item_line(r, &home->items[i]);
    }
    v->items = items;
    v->n_items = home->n_items < MOST_SHOWN ? home->n_items : MOST_SHOWN;
    v->more = items + v->n_items;
    v->n_more = home->n_items - v->n_items;
    struct lines lines = {ARENA_ARRAY(a, struct home_line, MOST_AT_RISK), 0};
    add_programme_risks(r, home, &lines);
    add_notices(r, home, &lines);
    v->risks = lines.list;
    v->n_risks = lines.n;
    struct home_card *cards = ARENA_ARRAY(a, struct home_card, MOST_PROGRAMMES);
    for (size_t i = 0; i < home->n_programmes && i < MOST_PROGRAMMES; i++) {
        cards[v->n_cards++] = (struct home_card){
            .programme = &home->programmes[i],
            .address = record_address(a, home->programmes[i].number, NULL, NULL)};
    }
    v->cards = cards;
    struct home_news *news = ARENA_ARRAY(a, struct home_news, home->n_changes + 1);
    for (size_t i = 0; i < home->n_changes; i++) {
        news[i] = news_of(r, &home->changes[i]);
    }
    v->news = news;
    v->n_news = home->n_changes;
}

static enum err home_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct html h;
    struct home home;
    char today[11];
    clock_today(today);
    enum err err = home_load(r->db, r->arena, r->who, r->lang, arena_copy(r->arena, today),
                              &home, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct home_page_view v = {
        .home = &home,
        .has_role = r->who->n_grants > 0,
        .may_add = identity_may(r->who, MAY_WRITE, NULL) && route_has_page("/programmes/new"),
        .has_programmes = route_has_page("/programmes"),
        .has_notices = route_has_page("/notices")};
    fill(r, &home, &v);
    const struct page_action dashboard = {.label = tr(r->lang, MSG("Dashboard")), .address = "/dashboard"};
    page_begin(&h, r, p,
               &(struct page){.title = tr_f(r->arena, r->lang, MSG("Good day, {0}"), r->who->name,
                                            NULL),
                              .about = lead(r, today, &home),
                              .actions = &dashboard,
                              .n_actions = 1});
    home_page_html(&h, &v);
    return page_end(&h, e);
}

const struct route home_page_route = {
    .path = "/",
    .needs = MAY_SIGNED_IN,
    .get = home_get,
    .title = MSG("Home"),
    .menu = MENU_HOME,
};
