// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_web.c: the library: /library, /library/{pack}, /library/{pack}/{tool}.

#include "pack/pack_page.h"

#include <string.h>

#include "html/page.h"
#include "http/http.h"
#include "pack/pack_own.h"
#include "pack/pack_library.html.h"
#include "pack/pack_pack.html.h"
#include "pack/pack_tool.html.h"

// ---- /library -----------------------------------------------------------------------------------

// Tools of all packs, those of the default pack first.
struct all_tools {
    const struct pack_tool **items;
    size_t n;
};

static void add_tools(struct all_tools *all, const struct pack *p)
{
    size_t n;
    const struct pack_tool *const *tools = pack_tools(p, &n);
    for (size_t i = 0; i < n; i++) {
        all->items[all->n++] = tools[i];
    }
}

static struct all_tools collect_tools(struct arena *a)
{
    size_t n, total = 0, n_tools;
    const struct pack *const *packs = pack_all(&n);
    for (size_t i = 0; i < n; i++) {
        pack_tools(packs[i], &n_tools);
        total += n_tools;
    }
    struct all_tools all = {ARENA_ARRAY(a, const struct pack_tool *, total + 1), 0};
    for (int first = 1; first >= 0; first--) {
        for (size_t i = 0; i < n; i++) {
            if ((strcmp(packs[i]->id, PACK_DEFAULT) == 0) == (first == 1)) {
                add_tools(&all, packs[i]);
            }
        }
    }
    return all;
}

static bool is_kind(const struct pack_tool *t, const char *kind)
{
    return kind[0] == '\0' || strcmp(pack_kind_word(t->kind), kind) == 0;
}

static void fill_chips(struct req *r, const struct all_tools *all, const char *kind,
                       struct pack_library_view *view)
{
    struct page_chip *chips = ARENA_ARRAY(r->arena, struct page_chip, PACK_KIND_COUNT);
    chips[0] = (struct page_chip){tr(r->lang, MSG("All")), "/library", all->n, kind[0] == '\0'};
    size_t n_chips = 1;
    for (enum pack_kind k = PACK_KIND_GUIDANCE; k < PACK_KIND_COUNT; k++) {
        size_t n = 0;
        for (size_t i = 0; i < all->n; i++) {
            n += all->items[i]->kind == k;
        }
        if (n > 0) {
            const char *word = pack_kind_word(k);
            chips[n_chips++] = (struct page_chip){
                tr(r->lang, pack_kind_label(k)),
                arena_printf(r->arena, "/library?kind=%s", word), n, strcmp(word, kind) == 0};
        }
    }
    view->chips = chips;
    view->n_chips = n_chips;
}

static void fill_phases(struct req *r, const struct all_tools *all, const char *kind,
                        struct pack_library_view *view)
{
    struct page_phase *phases = ARENA_ARRAY(r->arena, struct page_phase, PACK_PHASE_COUNT);
    size_t n_phases = 0;
    for (enum pack_phase phase = PACK_PHASE_ANALYSE; phase < PACK_PHASE_COUNT; phase++) {
        struct page_entry *tools = ARENA_ARRAY(r->arena, struct page_entry, all->n + 1);
        size_t n = 0;
        for (size_t i = 0; i < all->n; i++) {
            if (all->items[i]->phase == phase && is_kind(all->items[i], kind)) {
                tools[n++] = page_entry_make(r->arena, r->lang, all->items[i]);
            }
        }
        if (n > 0) {
            phases[n_phases++] =
                (struct page_phase){tr(r->lang, pack_phase_label(phase)), tools, n};
        }
    }
    view->phases = phases;
    view->n_phases = n_phases;
}

static enum err library_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct pack_library_view view = {.kind = req_query(r, "kind")};
    if (req_query(r, "q")[0] != '\0') { // where addresses kept by people led before
        reply_redirect(r, p, "/search?q={0}", req_query(r, "q"), NULL);
        return ERR_NONE;
    }
    enum err err = pack_own_look(r->db, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct all_tools all = collect_tools(r->arena);
    fill_chips(r, &all, view.kind, &view);
    fill_phases(r, &all, view.kind, &view);
    size_t n;
    const struct pack *const *packs = pack_all(&n);
    struct page_pack *shown = ARENA_ARRAY(r->arena, struct page_pack, n + 1);
    for (size_t i = 0; i < n; i++) {
        shown[i] = page_pack_make(r->arena, r->lang, packs[i]);
    }
    view.packs = shown;
    view.n_packs = n;
    struct html h;
    const struct page page = {
        .about = tr(r->lang, MSG("The tools and guidance that the work rests on, by the phase in "
                                 "which they are used, and the packs they come from.")),
    };
    page_begin(&h, r, p, &page);
    pack_library_html(&h, &view);
    return page_end(&h, e);
}

const struct route pack_library = {
    .path = "/library",
    .needs = MAY_SIGNED_IN,
    .get = library_get,
    .title = MSG("Library"),
    .menu = MENU_LIBRARY,
};

// ---- /library/{pack} ----------------------------------------------------------------------------

static enum err find_pack(const struct req *r, const struct pack **out, struct err_info *e)
{
    *out = pack_find(req_capture(r, "pack"));
    return *out != NULL ? ERR_NONE
                        : err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no pack {0}."),
                                  MSG("The library lists the packs."), req_capture(r, "pack"),
                                  NULL);
}

static enum err pack_get(struct req *r, struct reply *p, struct err_info *e)
{
    const struct pack *found;
    enum err err = pack_own_look(r->db, e);
    err = err == ERR_NONE ? find_pack(r, &found, e) : err;
    if (err != ERR_NONE) {
        return err;
    }
    size_t n;
    const struct pack_tool *const *tools = pack_tools(found, &n);
    struct page_entry *entries = ARENA_ARRAY(r->arena, struct page_entry, n + 1);
    for (size_t i = 0; i < n; i++) {
        entries[i] = page_entry_make(r->arena, r->lang, tools[i]);
    }
    struct page_grid *grids = ARENA_ARRAY(r->arena, struct page_grid, found->n_grids + 1);
    for (unsigned i = 0; i < found->n_grids; i++) {
        grids[i] = page_grid_make(r->arena, r->lang, found, &found->grids[i]);
    }
    struct page_data *data = ARENA_ARRAY(r->arena, struct page_data, found->n_data + 1);
    for (unsigned i = 0; i < found->n_data; i++) {
        const struct pack_data *d = &found->data[i];
        const struct tsv *table = pack_table(found, d->id);
        data[i] = (struct page_data){pack_words(found, r->lang, d->id, d->title), d->source,
                                     d->as_of, table == NULL ? 0 : (long)table->n_rows};
    }
    const struct page_pack shown = page_pack_make(r->arena, r->lang, found);
    const struct pack_pack_view view = {&shown, entries, n, grids, found->n_grids, data,
                                        found->n_data};
    const struct crumb crumbs[] = {{tr(r->lang, MSG("Library")), "/library"}};
    const struct page page = {.title = shown.title, .crumbs = crumbs, .n_crumbs = 1};
    struct html h;
    page_begin(&h, r, p, &page);
    pack_pack_html(&h, &view);
    return page_end(&h, e);
}

const struct route pack_show = {
    .path = "/library/{pack}",
    .needs = MAY_SIGNED_IN,
    .get = pack_get,
    .title = MSG("Pack"),
    .menu = MENU_LIBRARY,
};

// ---- /library/{pack}/{tool} ---------------------------------------------------------------------

// Our words or those of the document, where the workspace has them: as ?words=ours or ?words=official
// says, else as the person chose for all pages.
static enum err make_tool(struct req *r, const struct pack_tool *t, struct page_tool *out,
                          struct err_info *e)
{
    struct official o = {0};
    bool there = false;
    const char *asked = req_query(r, "words");
    bool wanted = asked[0] == '\0' ? r->lang->wording != NULL : strcmp(asked, "official") == 0;
    // rows of a copy that say what the original says are rows of the same document
    const struct pack_tool *from = pack_tool_origin(t);
    const struct pack *p = from == NULL ? t->pack : from->pack;
    enum err err = wanted ? pack_official_load(r->db, r->arena, p, &o, e)
                          : pack_official_is_there(r->db, r->arena, p, &there, e);
    if (err != ERR_NONE) {
        return err;
    }
    there = there || o.n > 0;
    const struct lang *lang = wanted ? r->lang : pack_wording_ours(r->arena, r->lang);
    *out = page_tool_make(r->arena, lang, t, wanted && there ? &o : NULL);
    if (there) {
        const char *here = url_make(r->arena, "/library/{0}/{1}", t->pack->id, t->id, NULL);
        out->our_words = r->lang->wording == NULL ? here : arena_printf(r->arena, "%s?words=ours", here);
        out->official_words = arena_printf(r->arena, "%s?words=official", here);
    }
    return ERR_NONE;
}

// What whoever administers packs can do with a tool.
static const struct page_action *actions_of(struct req *r, const struct pack_tool *t, size_t *n)
{
    struct page_action *list = ARENA_ARRAY(r->arena, struct page_action, 3);
    const char *here = url_make(r->arena, "/library/{0}/{1}", t->pack->id, t->id, NULL);
    *n = 0;
    if (!req_may(r, MAY_ADMINISTER)) {
        return list;
    }
    if (pack_is_own(t->pack)) {
        list[(*n)++] = (struct page_action){.label = tr(r->lang, MSG("Change this tool")),
                                            .address = arena_printf(r->arena, "%s/edit", here),
                                            .icon = "edit"};
    }
    if (pack_is_own(t->pack) && pack_tool_origin(t) != NULL) {
        list[(*n)++] = (struct page_action){.label = tr(r->lang, MSG("Compare with the original")),
                                            .address = arena_printf(r->arena, "%s/compare", here)};
    }
    if (!pack_is_own(t->pack)) {
        list[(*n)++] = (struct page_action){.label = tr(r->lang, MSG("Adapt this tool")),
                                            .address = arena_printf(r->arena, "%s/adapt", here)};
    }
    return list;
}

// Leads to where the tool is worked with; nothing for one that is only read.
static struct page_action use_of(struct req *r, const struct pack_tool *t)
{
    return pack_tool_is_used(t) && route_has_page("/library/{pack}/{tool}/use")
               ? (struct page_action){.label = tr(r->lang, MSG("Use this tool")),
                                      .address = url_make(r->arena, "/library/{0}/{1}/use", t->pack->id, t->id, NULL)}
               : (struct page_action){0};
}

static enum err tool_get(struct req *r, struct reply *p, struct err_info *e)
{
    const struct pack *found;
    enum err err = pack_own_look(r->db, e);
    err = err == ERR_NONE ? find_pack(r, &found, e) : err;
    if (err != ERR_NONE) {
        return err;
    }
    const struct pack_tool *t = pack_tool(found, req_capture(r, "tool"));
    if (t == NULL) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("The pack {0} has no tool {1}."),
                       MSG("The page of the pack lists its tools."), found->id,
                       req_capture(r, "tool"), NULL);
    }
    struct page_tool shown;
    err = make_tool(r, t, &shown, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct page_entry entry = page_entry_make(r->arena, r->lang, t);
    const struct crumb crumbs[] = {
        {tr(r->lang, MSG("Library")), "/library"},
        {shown.pack_title, arena_printf(r->arena, "/library/%s", found->id)},
    };
    size_t n_actions;
    const struct page_action *actions = actions_of(r, t, &n_actions);
    const struct page page = {.title = entry.name,
                              .about = entry.purpose,
                              .crumbs = crumbs,
                              .n_crumbs = 2,
                              .primary = use_of(r, t),
                              .actions = actions,
                              .n_actions = n_actions,
                              .tag = entry.kind};
    const struct pack_tool_view view = {&shown};
    struct html h;
    page_begin(&h, r, p, &page);
    pack_tool_html(&h, &view);
    return page_end(&h, e);
}

const struct route pack_tool_show = {
    .path = "/library/{pack}/{tool}",
    .needs = MAY_SIGNED_IN,
    .get = tool_get,
    .title = MSG("Tool"),
    .menu = MENU_LIBRARY,
};
