// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_list_web.c: the checklists of a programme and how far each is.

#include "assessment/assessment_list.html.h"
#include "assessment/assessment_web.h"
#include "base/bug.h"
#include "pack/pack_own.h"

static const char *next_words(struct req *r, const char *state)
{
    if (assessment_may_edit(state)) {
        return req_may(r, MAY_WRITE) ? tr(r->lang, MSG("Continue")) : NULL;
    }
    if (state[0] == '\0') {
        return req_may(r, MAY_WRITE) ? tr(r->lang, MSG("Start")) : NULL;
    }
    bool waits = !assessment_may_begin(state);
    return waits && req_may(r, MAY_APPROVE) ? tr(r->lang, MSG("Check")) : NULL;
}

static struct list_tool line_of(struct req *r, const struct pack_tool *tool,
                                const struct assessment_rounds *rounds)
{
    const struct assessment_round *now = assessment_newest(rounds, &(struct assessment_subject){.programme_id = r->programme->id}, tool->id);
    const char *state = now == NULL ? "" : record_text(now->record, "state");
    struct assessment_progress p =
        assessment_progress_of(tool, ASSESSMENT_WHOLE, now == NULL ? NULL : now->answers,
                               now == NULL ? 0 : now->n_answers);
    return (struct list_tool){
        .id = tool->id,
        .title = checklist_title(r, tool),
        .purpose = pack_words(tool->pack, r->lang, tool->id, tool->purpose),
        .address = checklist_address(r, tool, "?view=all"),
        .look = assessment_state_look(state),
        .state = tr(r->lang, assessment_state_label(state)),
        .answered = checklist_progress_words(r, &p),
        .n_answered = p.answered,
        .of = p.of,
        .touched = now == NULL ? "" : arena_copy_n(r->arena, now->touched_at, 10),
        .do_label = next_words(r, state),
        .do_address = checklist_address(r, tool, ""),
    };
}

// Checklists first, then tables of questions, each in the order of packs and tools.
static struct list_tool *lines_of(struct req *r, const struct assessment_rounds *rounds, size_t *n)
{
    size_t n_packs, n_tools, most = 0;
    const struct pack *const *packs = pack_all(&n_packs);
    for (size_t i = 0; i < n_packs; i++) {
        (void)pack_tools(packs[i], &n_tools);
        most += n_tools;
    }
    struct list_tool *lines = ARENA_ARRAY(r->arena, struct list_tool, most + 1);
    *n = 0;
    for (int others = 0; others < 2; others++) {
        for (size_t i = 0; i < n_packs; i++) {
            const struct pack_tool *const *tools = pack_tools(packs[i], &n_tools);
            for (size_t k = 0; k < n_tools; k++) {
                bool other = tools[k]->kind != PACK_KIND_CHECKLIST;
                if (pack_tool_is_answered(tools[k]) && tools[k]->subject == PACK_SUBJECT_PROGRAMME &&
                    other == (others == 1)) {
                    lines[(*n)++] = line_of(r, tools[k], rounds);
                }
            }
        }
    }
    return lines;
}

static enum err list_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct assessment_rounds rounds;
    const struct assessment_subject of = {.programme_id = r->programme->id};
    struct assessment_list_view v = {0};
    size_t n_crumbs;
    enum err err = pack_own_look(r->db, e);
    err = err == ERR_NONE ? assessment_rounds_load(r->db, r->arena, &of, NULL, &rounds, e) : err;
    if (err != ERR_NONE) {
        return err;
    }
    v.tools = lines_of(r, &rounds, &v.n_tools);
    const struct crumb *crumbs = checklist_crumbs(r, NULL, false, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr_f(r->arena, r->lang, MSG("Checklists of {0}"),
                                            record_text(r->programme, "number"), NULL),
                              .about = tr(r->lang, MSG("Questions to ask before and while the work "
                                                       "goes on. Stop whenever you like; what is "
                                                       "saved stays.")),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs - 1});
    assessment_list_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_checklists = {
    .path = "/programmes/{programme}/checklists",
    .needs = MAY_READ,
    .get = list_get,
    .title = MSG("Checklists"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_PLAN,
};
