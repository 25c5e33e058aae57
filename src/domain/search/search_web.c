// SPDX-License-Identifier: AGPL-3.0-or-later
//
// search_web.c: /search?q=WORDS: one search over the library and the records a person may read.

#include "search/search.h"

#include "html/page.h"
#include "http/http.h"
#include "search/search_page.html.h"

static enum err search_get(struct req *r, struct reply *p, struct err_info *e)
{
    const char *query = req_query(r, "q");
    const char *kind = req_query(r, "kind");
    struct search_results found = {0};
    enum err err = search_find(r->store, r->db, r->arena, r->who, query,
                               kind[0] == '\0' ? NULL : kind, &found, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct page page = {.title = NULL};
    const struct search_page_view view = {.query = query, .kind = kind, .found = &found};
    struct html h;
    page_begin(&h, r, p, &page);
    search_page_html(&h, &view);
    return page_end(&h, e);
}

const struct route search_page = {
    .path = "/search",
    .needs = MAY_SIGNED_IN,
    .get = search_get,
    .title = MSG("Search"),
    .menu = MENU_LIBRARY,
    .slow = true, // the first search of a workspace takes everything in
};
