// SPDX-License-Identifier: AGPL-3.0-or-later
//
// notice_web.c: what the standing checks found, for one programme or for all that a person may read.

#include <string.h>

#include "base/bug.h"
#include "html/page.h"
#include "notice/notice.h"
#include "notice/notice_list.html.h"
#include "http/http.h"

// So many notices stand on one page; a filter shows the rest.
#define MOST_ON_PAGE 500

static const char *const severities[] = {"high", "medium", "low"};

static const char *severity_word(const struct req *r, const char *severity)
{
    const struct field *f = entity_field(&entity_notice, "severity");
    return tr(r->lang, field_choice_label(f, severity));
}

static const char *severity_look(const char *severity)
{
    return strcmp(severity, "high") == 0 ? "risk" : strcmp(severity, "medium") == 0 ? "warn" : "none";
}

// ---- what may be seen ---------------------------------------------------------------------------

static bool is_of(const struct notice *n, struct record *const *programmes, size_t n_programmes)
{
    for (size_t i = 0; n->programme != NULL && i < n_programmes; i++) {
        if (strcmp(record_text(programmes[i], "number"), n->programme) == 0) {
            return true;
        }
    }
    return false;
}

// Notices of programmes the person may read; those of no programme for readers of the organisation.
static enum err load(struct req *r, struct notice_list *list, struct err_info *e)
{
    struct record **programmes;
    size_t n, n_mine = 0, kept = 0;
    if (r->programme != NULL || identity_may(r->who, MAY_READ, NULL)) {
        return check_run_all(r->arena, r->lang, r->db, r->programme == NULL ? NULL : r->programme->id, list, e);
    }
    enum err err = store_list(r->db, r->arena, model_find("programme"), &(struct store_query){0}, &programmes, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    const char **ids = ARENA_ARRAY(r->arena, const char *, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (identity_may(r->who, MAY_READ, programmes[i]->id)) {
            ids[n_mine] = programmes[i]->id;
            programmes[n_mine++] = programmes[i];
        }
    }
    err = check_run_many(r->arena, r->lang, r->db, ids, n_mine, list, e);
    for (size_t i = 0; err == ERR_NONE && i < list->n; i++) {
        if (is_of(&list->items[i], programmes, n_mine)) {
            list->items[kept++] = list->items[i];
        }
    }
    list->n = err == ERR_NONE ? kept : 0;
    return err;
}

// ---- filters ------------------------------------------------------------------------------------

struct ask {
    const char *severity; // or NULL
    const char *check;    // or NULL
};

static bool fits(const struct notice *n, const struct ask *ask)
{
    return (ask->severity == NULL || strcmp(ask->severity, n->severity) == 0) &&
           (ask->check == NULL || strcmp(ask->check, n->check) == 0);
}

static const char *ask_address(struct req *r, const char *severity, const char *check)
{
    const char *level = severity == NULL ? "" : arena_printf(r->arena, "severity=%s", severity);
    const char *which = check == NULL ? "" : arena_printf(r->arena, "check=%s", url_escape(r->arena, check));
    const char *both = *level != '\0' && *which != '\0' ? "&" : "";
    const char *mark = *level != '\0' || *which != '\0' ? "?" : "";
    return arena_printf(r->arena, "%s%s%s%s%s", r->path, mark, level, both, which);
}

static void add_chip(struct req *r, const struct notice_list *list, const struct ask *shown,
                     const char *label, const struct ask *ask, struct notice_chip *chips, size_t *n)
{
    int64_t count = 0;
    for (size_t i = 0; i < list->n; i++) {
        count += fits(&list->items[i], ask);
    }
    bool same = (ask->severity == NULL ? shown->severity == NULL
                                       : shown->severity != NULL &&
                                             strcmp(ask->severity, shown->severity) == 0) &&
                (ask->check == NULL ? shown->check == NULL
                                    : shown->check != NULL && strcmp(ask->check, shown->check) == 0);
    if (count > 0 || same) {
        chips[(*n)++] = (struct notice_chip){.label = label, .count = count, .current = same,
                                             .address = ask_address(r, ask->severity, ask->check)};
    }
}

static struct notice_chip *fill_chips(struct req *r, const struct notice_list *list,
                                      const struct ask *shown, size_t *n)
{
    size_t n_checks;
    const struct check *const *checks = check_all(&n_checks);
    struct notice_chip *chips = ARENA_ARRAY(r->arena, struct notice_chip, n_checks + 5);
    *n = 0;
    add_chip(r, list, shown, tr(r->lang, MSG("All")), &(struct ask){0}, chips, n);
    for (size_t i = 0; i < COUNT_OF(severities); i++) {
        add_chip(r, list, shown, severity_word(r, severities[i]),
                 &(struct ask){.severity = severities[i]}, chips, n);
    }
    for (size_t i = 0; i < n_checks; i++) {
        add_chip(r, list, shown, tr(r->lang, checks[i]->label),
                 &(struct ask){.check = checks[i]->name}, chips, n);
    }
    return chips;
}

// ---- page ---------------------------------------------------------------------------------------

static const char *record_address(struct req *r, const struct notice *n)
{
    return n->programme == NULL
               ? url_make(r->arena, "/records/{0}/{1}", n->about_kind, n->about_id, NULL)
               : url_make(r->arena, "/programmes/{0}/records/{1}/{2}", n->programme, n->about_kind,
                          n->about_id, NULL);
}

static void fill_line(struct req *r, const struct notice *n, struct notice_line *line)
{
    const struct entity *kind = model_find(n->about_kind);
    const char *about = kind == NULL ? n->about_kind : tr(r->lang, kind->label);
    *line = (struct notice_line){
        .address = record_address(r, n),
        .message = n->message,
        .place = arena_printf(r->arena, "%s%s%s · %s", n->programme != NULL && r->programme == NULL ? n->programme : "",
                              n->programme != NULL && r->programme == NULL ? " · " : "", about,
                              n->where == NULL ? "" : n->where),
        .mend = n->mend,
        .look = severity_look(n->severity),
        .severity = severity_word(r, n->severity),
    };
}

// One section for each check, the serious ones first within it.
static struct notice_section *fill_sections(struct req *r, const struct notice_list *list,
                                            const struct ask *ask, size_t *n, size_t *shown)
{
    size_t n_checks;
    const struct check *const *checks = check_all(&n_checks);
    struct notice_section *sections = ARENA_ARRAY(r->arena, struct notice_section, n_checks + 1);
    *n = 0;
    *shown = 0;
    for (size_t i = 0; i < n_checks; i++) {
        struct notice_section *section = &sections[*n];
        struct notice_line *lines = ARENA_ARRAY(r->arena, struct notice_line, list->n + 1);
        section->n_lines = 0;
        for (size_t s = 0; s < COUNT_OF(severities); s++) {
            for (size_t k = 0; k < list->n && *shown < MOST_ON_PAGE; k++) {
                const struct notice *item = &list->items[k];
                if (strcmp(item->check, checks[i]->name) == 0 && fits(item, ask) &&
                    strcmp(item->severity, severities[s]) == 0) {
                    fill_line(r, item, &lines[section->n_lines++]);
                    (*shown)++;
                }
            }
        }
        if (section->n_lines > 0) {
            section->title = tr(r->lang, checks[i]->label);
            section->about = checks[i]->about == NULL ? NULL : tr(r->lang, checks[i]->about);
            section->lines = lines;
            (*n)++;
        }
    }
    return sections;
}

static struct ask read_ask(const struct req *r)
{
    struct ask ask = {0};
    size_t n;
    const struct check *const *checks = check_all(&n);
    for (size_t i = 0; i < COUNT_OF(severities); i++) {
        if (strcmp(req_query(r, "severity"), severities[i]) == 0) {
            ask.severity = severities[i];
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (strcmp(req_query(r, "check"), checks[i]->name) == 0) {
            ask.check = checks[i]->name;
        }
    }
    return ask;
}

static enum err notices_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct notice_list list = {0};
    enum err err = load(r, &list, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct ask ask = read_ask(r);
    size_t n_chips, n_sections, shown;
    const struct notice_chip *chips = fill_chips(r, &list, &ask, &n_chips);
    const struct notice_section *sections = fill_sections(r, &list, &ask, &n_sections, &shown);
    struct crumb crumbs[2] = {{tr(r->lang, MSG("Programmes")), "/programmes"}};
    size_t n_crumbs = 1;
    const char *number = r->programme == NULL ? NULL : record_text(r->programme, "number");
    if (number != NULL) {
        crumbs[n_crumbs++] =
            (struct crumb){number, url_make(r->arena, "/programmes/{0}", number, NULL)};
    }
    struct html h;
    page_begin(&h, r, p, &(struct page){
        .title = number == NULL ? tr(r->lang, MSG("Notices"))
                                : tr_f(r->arena, r->lang, MSG("Notices of {0}"), number, NULL),
        .count = arena_printf(r->arena, "%zu", list.n),
        .about = tr(r->lang, MSG("What Mainstay found by looking at the data again. Nothing was changed; each notice says where it is and how to mend it, and goes away by itself when it is mended.")),
        .crumbs = crumbs, .n_crumbs = n_crumbs});
    notice_list_html(&h, &(struct notice_list_view){
        .chips = chips, .n_chips = n_chips, .sections = sections, .n_sections = n_sections,
        .more = shown == MOST_ON_PAGE});
    return page_end(&h, e);
}

const struct route notice_programme_page = {
    .path = "/programmes/{programme}/notices",
    .needs = MAY_READ,
    .get = notices_get,
    .title = MSG("Notices"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_OVERVIEW,
};

const struct route notice_all_page = {
    .path = "/notices",
    .needs = MAY_SIGNED_IN, // shows the notices of programmes the person may read
    .get = notices_get,
    .title = MSG("Notices"),
    .menu = MENU_PROGRAMMES,
};
