// SPDX-License-Identifier: AGPL-3.0-or-later
//
// page.h: the frame of every page: where am I, what is this for, what is next.
//
// A handler calls page_begin, then its own template, then page_end. The main menu, the tabs of a
// programme and the person's menu are made from the routes that exist and what the person may do:
// nothing in the frame leads to a page that would be refused.

#ifndef HTML_PAGE_H
#define HTML_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "html/html.h"
#include "http/http.h"

// All texts are translated already.
struct crumb {
    const char *label;
    const char *address;
};
struct page_action {
    const char *label;   // says what happens: "Add a risk"; NULL: there is none
    const char *address; // local
    const char *icon;    // of assets/icons.svg, or NULL
    bool post;           // a button of its own form instead of a link
};
enum page_width { PAGE_NORMAL, PAGE_NARROW, PAGE_WIDE };

struct page {
    const char *title; // part of a sentence: "Risks of GLOT59"; NULL: the title of the route
    const char *count; // in a pill behind the title, or NULL
    const char *about; // one sentence: what this page is; or NULL
    const struct crumb *crumbs; // without the page itself
    size_t n_crumbs;
    struct page_action primary; // the one thing to do here
    const struct page_action *actions; // others, quieter
    size_t n_actions;
    enum page_width width;
    bool no_head; // the page writes its own h1 (sign-in, question tool)
    // The state of the record the page is about, beside its code; or NULL.
    const char *state_kind; // as in html_state
    const char *state;
    const char *tag;
};

// Fills h and writes everything up to the content: head, menus, title, tabs, what just happened,
// and the summary of errors of r->form. Nothing of it when a script asked for part of a page.
void page_begin(struct html *h, struct req *r, struct reply *p, const struct page *page);
// Closes what page_begin opened. ERR_TOO_LARGE when the page passed its ceiling.
MUST_CHECK enum err page_end(struct html *h, struct err_info *e);

// ---- what the frame is made of (also for tests) -------------------------------------------------

struct page_link {
    const char *label; // translated
    const char *address;
    bool current;
};
struct page_links {
    struct page_link *items;
    size_t n;
};
// Entries of the main menu that this person may open, among these routes (sorted by path).
struct page_links page_menu(struct arena *a, const struct lang *lang,
                            const struct route *const *routes, size_t n_routes,
                            const struct identity *who, enum menu current);
// Tabs of a programme that lead somewhere for this person. A tab leads to the page that has its
// name, else to the shortest address among the routes that carry it and need nothing but the programme.
struct page_links page_tabs(struct arena *a, const struct lang *lang,
                            const struct route *const *routes, size_t n_routes,
                            const struct identity *who, const struct record *programme,
                            enum tab current);
// Tabs of a country that lead somewhere for whoever has these rights there. path: of the page; the tab
// whose address it begins with is current.
struct page_links page_country_tabs(struct arena *a, const struct lang *lang,
                                    const struct route *const *routes, size_t n_routes,
                                    const char *country, unsigned verbs, const char *path);
// First letters of the first and the last word: "Ana Maria Moreau" gives "AM".
const char *page_initials(struct arena *a, const char *name);

// The page for a form that was sent without a session, or one of another session that cannot be shown
// again: what was posted stands on it, to be sent once more. Secrets (CLASS_C4) and files are left out.
MUST_CHECK enum err page_kept(struct req *r, struct reply *p, struct err_info *e);

#endif
