// SPDX-License-Identifier: AGPL-3.0-or-later
//
// page.c: the frame of every page. See page.h.
//
// The map of the place is docs/interface (main menu, tabs of the programme cycle). A main menu
// entry stands for one address; a tab for whatever routes carry it.

#include "html/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "html/page_foot.html.h"
#include "html/page_head.html.h"
#include "os/clock.h"

#define PROGRAMME_PATH "/programmes/{programme}"

static const struct {
    enum menu menu;
    const char *label;
    const char *path;
} menu_entries[] = {
    {MENU_HOME, MSG("Home"), "/"},
    {MENU_PROGRAMMES, MSG("Programmes"), "/programmes"},
    {MENU_COUNTRIES, MSG("Countries"), "/countries"},
    {MENU_LIBRARY, MSG("Library"), "/library"},
    {MENU_REPORTS, MSG("Reports"), "/releases"},
    {MENU_ADMINISTRATION, MSG("Administration"), "/administration"},
};

static const struct {
    enum tab tab;
    const char *label;
} tab_entries[] = {
    {TAB_OVERVIEW, MSG("Overview")}, {TAB_ANALYSE, MSG("Analyse")},
    {TAB_PLAN, MSG("Plan")},         {TAB_IMPLEMENT, MSG("Implement")},
    {TAB_MONITOR, MSG("Monitor")},   {TAB_EVALUATE, MSG("Evaluate")},
    {TAB_MONEY, MSG("Money")},       {TAB_DOCUMENTS, MSG("Documents")},
    {TAB_HISTORY, MSG("History")},
};

// Tabs of a country: each stands for one address, and is there when a route leads to it.
static const struct {
    const char *label;
    const char *route; // behind /countries/{country}
    const char *rest;  // the same with what stands for the captures
} country_entries[] = {
    {MSG("Overview"), "", ""},
    {MSG("Profile"), "/tools/{tool}", "/tools/2.1"},
    {MSG("Obligations"), "/obligations", "/obligations"},
    {MSG("National law"), "/tools/{tool}", "/tools/2.3"},
    {MSG("Institutions"), "/tools/{tool}", "/tools/2.4"},
    {MSG("Due diligence"), "/due-diligence", "/due-diligence"},
    {MSG("Rights-holders"), "/tools/{tool}", "/tools/2.6"},
    {MSG("Stakeholders"), "/stakeholders", "/stakeholders"},
    {MSG("Rights"), "/rights", "/rights"},
    {MSG("Programmes"), "/programmes", "/programmes"},
};

// ---- what leads somewhere -----------------------------------------------------------------------

// May this person do what the route needs, anywhere (programme NULL) or on this programme?
static bool may_open(unsigned needs, const struct identity *who, const char *programme_id)
{
    return programme_id == NULL ? identity_may_anywhere(who, (enum verb)needs)
                                : identity_may(who, (enum verb)needs, programme_id);
}

// The routes are sorted by path, as route_all gives them: every page asks this a dozen times.
static bool leads_somewhere(const struct route *const *routes, size_t n, const char *path,
                            const struct identity *who, enum method method)
{
    const struct route *r = route_at(routes, n, path);
    if (r == NULL) {
        return false;
    }
    unsigned needs = method == METHOD_POST && r->post_needs != 0 ? r->post_needs : r->needs;
    return (method == METHOD_POST ? r->post : r->get) != NULL && may_open(needs, who, NULL);
}

struct page_links page_menu(struct arena *a, const struct lang *lang,
                            const struct route *const *routes, size_t n_routes,
                            const struct identity *who, enum menu current)
{
    struct page_links links = {
        .items = ARENA_ARRAY(a, struct page_link, COUNT_OF(menu_entries))};
    for (size_t i = 0; i < COUNT_OF(menu_entries); i++) {
        if (leads_somewhere(routes, n_routes, menu_entries[i].path, who, METHOD_GET)) {
            links.items[links.n++] = (struct page_link){.label = tr(lang, menu_entries[i].label),
                                                        .address = menu_entries[i].path,
                                                        .current = menu_entries[i].menu == current};
        }
    }
    return links;
}

// The part of a path after the programme, or NULL when it needs something else too.
static const char *after_programme(const struct route *r)
{
    size_t n = strlen(PROGRAMME_PATH);
    bool fits = strncmp(r->path, PROGRAMME_PATH, n) == 0 && strchr(r->path + n, '{') == NULL;
    return fits ? r->path + n : NULL;
}

static const char *tab_address(struct arena *a, const struct route *const *routes, size_t n,
                               const struct identity *who, const struct record *programme,
                               enum tab tab, const char *label)
{
    const char *best = NULL;
    bool named = false; // a page that has the name of the tab is its own page
    for (size_t i = 0; i < n; i++) {
        const struct route *r = routes[i];
        const char *rest = r->tab == tab && r->get != NULL ? after_programme(r) : NULL;
        if (rest == NULL || !may_open(r->needs, who, programme->id)) {
            continue;
        }
        bool own = r->title != NULL && strcmp(r->title, label) == 0;
        if (r->post != NULL && !own) { // a tab leads to what is looked at, not to what is filled in
            continue;
        }
        bool shorter = best == NULL || strlen(rest) < strlen(best) ||
                       (strlen(rest) == strlen(best) && strcmp(rest, best) < 0);
        if (own > named || (own == named && shorter)) {
            best = rest;
            named = own;
        }
    }
    if (best == NULL) {
        return NULL;
    }
    struct buf b;
    buf_init(&b, a, LIMIT_ADDRESS_BYTES);
    struct html h = {.out = &b, .arena = a};
    buf_str(&b, "/programmes/");
    html_url_segment(&h, record_text(programme, "number"));
    buf_str(&b, best);
    return b.data;
}

// The tab of a page, else that of the page it stands below; the overview stands above all and says nothing.
static enum tab tab_of(const struct route *const *routes, size_t n, const struct route *page)
{
    enum tab tab = page->tab;
    size_t best = 0;
    for (size_t i = 0; page->tab == TAB_NONE && i < n; i++) {
        size_t len = strlen(routes[i]->path);
        if (routes[i]->tab != TAB_NONE && routes[i]->tab != TAB_OVERVIEW && len > best &&
            strncmp(page->path, routes[i]->path, len) == 0 && page->path[len] == '/') {
            tab = routes[i]->tab;
            best = len;
        }
    }
    return tab;
}

struct page_links page_tabs(struct arena *a, const struct lang *lang,
                            const struct route *const *routes, size_t n_routes,
                            const struct identity *who, const struct record *programme,
                            enum tab current)
{
    struct page_links links = {.items = ARENA_ARRAY(a, struct page_link, COUNT_OF(tab_entries))};
    for (size_t i = 0; i < COUNT_OF(tab_entries); i++) {
        enum tab tab = tab_entries[i].tab;
        const char *address = tab_address(a, routes, n_routes, who, programme, tab,
                                          tab_entries[i].label);
        if (address != NULL) {
            links.items[links.n++] = (struct page_link){
                .label = tr(lang, tab_entries[i].label), .address = address,
                .current = tab == current};
        }
    }
    return links;
}

// Does the path lie at or below this address? Below the overview lies nothing.
static bool is_at(const char *path, const char *address, bool overview)
{
    size_t n = strlen(address);
    return strncmp(path, address, n) == 0 && (path[n] == '\0' || (path[n] == '/' && !overview));
}

struct page_links page_country_tabs(struct arena *a, const struct lang *lang,
                                    const struct route *const *routes, size_t n_routes,
                                    const char *country, unsigned verbs, const char *path)
{
    struct page_links links = {
        .items = ARENA_ARRAY(a, struct page_link, COUNT_OF(country_entries))};
    const char *base = url_make(a, "/countries/{0}", country, NULL);
    for (size_t i = 0; i < COUNT_OF(country_entries); i++) {
        const char *pattern = arena_printf(a, "/countries/{country}%s", country_entries[i].route);
        const struct route *found = route_at(routes, n_routes, pattern);
        if (found == NULL || found->get == NULL || (found->needs & (verbs | MAY_SIGNED_IN)) == 0) {
            continue;
        }
        const char *address = arena_printf(a, "%s%s", base, country_entries[i].rest);
        links.items[links.n++] = (struct page_link){
            .label = tr(lang, country_entries[i].label),
            .address = strstr(country_entries[i].rest, "/tools/") != NULL
                           ? arena_printf(a, "%s?view=all", address)
                           : address,
            .current = is_at(path, address, country_entries[i].rest[0] == '\0')};
    }
    return links;
}

// Bytes of the first character of a valid UTF-8 text; 0 at its end.
static size_t first_character(const char *p)
{
    size_t n = *p != '\0';
    while (n > 0 && ((unsigned char)p[n] & 0xC0) == 0x80) {
        n++;
    }
    return n;
}

const char *page_initials(struct arena *a, const char *name)
{
    while (*name == ' ') {
        name++;
    }
    const char *last = name;
    for (const char *p = name; *p != '\0'; p++) {
        last = *p == ' ' && p[1] != ' ' && p[1] != '\0' ? p + 1 : last;
    }
    const char *first = arena_copy_n(a, name, first_character(name));
    return last == name ? first
                        : arena_printf(a, "%s%.*s", first, (int)first_character(last), last);
}

// ---- the frame ----------------------------------------------------------------------------------

static const char *address_of(const struct req *r)
{
    return r->address != NULL ? r->address : r->path;
}

void page_begin(struct html *h, struct req *r, struct reply *p, const struct page *page)
{
    if (p->body.arena == NULL) {
        buf_init(&p->body, r->arena, LIMIT_REPLY_BYTES);
    }
    *h = (struct html){.out = &p->body, .lang = r->lang, .arena = r->arena, .req = r};
    if (r->programme != NULL && entity_field(r->programme->entity, "currency") != NULL) {
        h->currency = record_text(r->programme, "currency");
    }
    if (r->script_wants_part) {
        return;
    }
    size_t n = 0;
    const struct route *const *all = route_all(&n);
    struct page_head_view v = {
        .r = r,
        .page = page,
        .title = page->title != NULL ? page->title : tr(r->lang, r->route->title),
        .menu = page_menu(r->arena, r->lang, all, n, r->who, r->route->menu),
        .address = address_of(r),
        .initials = r->who == NULL ? NULL : page_initials(r->arena, r->who->name),
        .has_search = leads_somewhere(all, n, "/search", r->who, METHOD_GET),
        .has_account = leads_somewhere(all, n, "/account", r->who, METHOD_GET),
        .has_preferences = leads_somewhere(all, n, "/preferences", r->who, METHOD_POST),
        .has_sign_out = leads_somewhere(all, n, "/sign-out", r->who, METHOD_POST),
        .has_undo = leads_somewhere(all, n, "/undo", r->who, METHOD_POST),
    };
    if (r->programme != NULL) {
        v.number = record_text(r->programme, "number");
        v.tabs = page_tabs(r->arena, r->lang, all, n, r->who, r->programme, tab_of(all, n, r->route));
        v.tabs_label = tr_f(r->arena, r->lang, MSG("Programme {0}"), v.number, NULL);
    } else if (r->country != NULL) {
        v.tabs = page_country_tabs(r->arena, r->lang, all, n, r->country, r->country_verbs, r->path);
        v.tabs_label = tr(r->lang, MSG("Country file"));
    }
    page_head_html(h, &v);
}

enum err page_end(struct html *h, struct err_info *e)
{
    if (!h->req->script_wants_part) {
        char today[11];
        clock_today(today);
        size_t n = 0;
        const struct route *const *all = route_all(&n);
        page_foot_html(h, &(struct page_foot_view){
                              .address = address_of(h->req),
                              .today = arena_copy(h->arena, today),
                              .name = h->req->who == NULL ? NULL : h->req->who->name,
                              .has_help = leads_somewhere(all, n, "/library", h->req->who,
                                                          METHOD_GET)});
    }
    if (buf_is_full(h->out)) {
        return err_set(e, ERR_TOO_LARGE, NULL, MSG("This page is too large to show."),
                       MSG("Choose less with the filters, or export it."), NULL);
    }
    return ERR_NONE;
}
